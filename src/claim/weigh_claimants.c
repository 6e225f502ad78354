/* Who says so. */
#include "claim/weigh_part.h"

#include "claim/hint.h"
#include "record/labels.h"

static void add_word_of_saying(const part_asking *a, const char *where, uint32_t t, evidence *e)
{
    const sentence *sent = &a->s->doc->sentences.v[scene_token(a->s, t)->sentence];
    if (!scene_in(a->s, &a->s->book->reporting, t)) return;
    bool at_end = t + 5 >= sent->first + sent->n;
    evidence_add(e, where, scene_word(a->s, t), STR(""));
    evidence_add(e, where, scene_is_verb(a->s, t) ? STR("verb") : STR("noun"),
                 at_end ? STR("end") : STR(""));
}

/* A verb of saying right behind the party or right before it, or "according to": where text has lost its commas the
 * tree seldom shows it. */
static void add_saying_evidence(const part_asking *a, uint32_t t, evidence *e)
{
    const document *d = a->s->doc;
    const sentence *sent = &d->sentences.v[scene_token(a->s, t)->sentence];
    uint32_t who = a->s->who_at[t], first = t, last = t;
    if (who != MAP_NONE) first = d->mentions.v[who].first, last = first + d->mentions.v[who].n - 1;
    if (last + 1 < sent->first + sent->n) add_word_of_saying(a, "saying-behind", last + 1, e);
    while (first > sent->first && scene_token(a->s, first - 1)->pos == UPOS_DET) first--;
    if (first > sent->first) add_word_of_saying(a, "saying-before", first - 1, e);
    bool according = first > sent->first + 1 && str_is(scene_token(a->s, first - 1)->norm, "to")
                     && str_is(scene_token(a->s, first - 2)->norm, "according");
    evidence_flag(e, "according", according);
    evidence_flag(e, "opens-sentence", first == sent->first);
    evidence_flag(e, "ends-sentence", last + 2 >= sent->first + sent->n);
}

static bool holds(const token_list *l, uint32_t t)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->v[i] == t) return true;
    return false;
}

/* What the party is to the word of saying that it hangs on: who is blamed says nothing. */
static void add_part_of_saying(const part_asking *a, uint32_t t, evidence *e)
{
    int32_t verb = scene_token(a->s, t)->head;
    if (verb < 0 || !scene_is_verb(a->s, (uint32_t)verb)
        || !scene_in(a->s, &a->s->book->reporting, (uint32_t)verb))
        return;
    token_list says = {0}, told = {0};
    scene_subjects(a->s, (uint32_t)verb, &says);
    scene_objects(a->s, (uint32_t)verb, &told);
    str part = holds(&says, t) ? STR("subject") : holds(&told, t) ? STR("object") : STR("-");
    evidence_add(e, "saying-part", part, STR(""));
    evidence_add(e, "saying-part-word", part, scene_word(a->s, (uint32_t)verb));
}

static bool is_in_quotes(const part_asking *a)
{
    const sentence *sent = &a->s->doc->sentences.v[a->sentence];
    uint32_t quotes = 0;
    for (uint32_t t = sent->first; t < a->h->first; t++) {
        str w = scene_token(a->s, t)->norm;
        quotes += str_is(w, "\"") || str_is(w, "''") || str_is(w, "``") || str_is(w, "\"\"");
    }
    return quotes % 2;
}

/* "told the minister", "she was told": who hears it does not say so. */
static bool only_hears(const part_asking *a, uint32_t t)
{
    const token *k = scene_token(a->s, t);
    if (k->head < 0 || !scene_in(a->s, &a->s->book->address_verbs, (uint32_t)k->head)) return false;
    if (k->rel == DEPREL_NSUBJ_PASS) return true;
    return (k->rel == DEPREL_OBJ || k->rel == DEPREL_IOBJ) && !source_may_hear(a->s, t);
}

enum { SENTENCES_BACK = 6 };

/* Whether the happening is told between quotation marks that open in its paragraph. */
static bool is_spoken(const part_asking *a)
{
    const sentence *all = a->s->doc->sentences.v;
    uint32_t from = a->sentence, quotes = 0;
    while (from > 0 && a->sentence - from < SENTENCES_BACK && all[from - 1].block == all[a->sentence].block)
        from--;
    for (uint32_t t = all[from].first; t < a->h->first; t++) {
        const str w = scene_token(a->s, t)->norm;
        quotes += str_is(w, "\"") || str_is(w, "''") || str_is(w, "``") || str_is(w, "\"\"");
    }
    return quotes % 2;
}

static bool is_first_person(const part_asking *a, uint32_t n)
{
    const sentence *sent = &a->s->doc->sentences.v[n];
    for (uint32_t t = sent->first; t < sent->first + sent->n; t++)
        if (scene_in(a->s, &a->s->book->first_person, t)) return true;
    return false;
}

/* "I am appalled", here or in the sentence before: a quotation may have lost its marks. */
static bool speaks_of_self(const part_asking *a)
{
    return is_first_person(a, a->sentence) || (a->sentence && is_first_person(a, a->sentence - 1));
}

/* The party is named or meant in the happening's sentence as well. */
static bool is_meant_here(const part_asking *a, uint32_t chain)
{
    for (uint32_t i = a->s->first_mention[a->sentence]; chain && i < a->s->first_mention[a->sentence + 1];
         i++)
        if (a->s->doc->mentions.v[i].chain == chain) return true;
    return false;
}

/* A new paragraph in the text's own voice takes no speaker from another. */
static bool is_of_other_paragraph(const part_asking *a, uint32_t t)
{
    const sentence *all = a->s->doc->sentences.v;
    return all[scene_token(a->s, t)->sentence].block != all[a->sentence].block && !is_spoken(a)
           && !speaks_of_self(a) && !is_meant_here(a, scene_chain(a->s, t));
}

static bool is_mark(const scene *s, uint32_t t)
{
    const str w = scene_token(s, t)->norm;
    return str_is(w, "\"") || str_is(w, "''") || str_is(w, "``") || str_is(w, "\"\"");
}

/* "…," said Amina. The army attacked: a quotation that has ended, and its speaker, say nothing of the next sentence. */
static bool has_finished(const part_asking *a, uint32_t t)
{
    const uint32_t own = scene_token(a->s, t)->sentence;
    const int32_t verb = scene_token(a->s, t)->head;
    const sentence *sent = &a->s->doc->sentences.v[own];
    if (own >= a->sentence || verb < 0 || !scene_in(a->s, &a->s->book->reporting, (uint32_t)verb)
        || is_spoken(a) || is_first_person(a, a->sentence) || is_meant_here(a, scene_chain(a->s, t)))
        return false;
    bool before = false;
    for (uint32_t i = sent->first; i < sent->first + sent->n; i++) {
        if (is_mark(a->s, i) && i > t && i > (uint32_t)verb) return false;
        before = before || is_mark(a->s, i);
    }
    return before;
}

enum { MAX_SPEAKERS = 64 };

/* Who was asked about, and what stands of them. */
typedef struct speaker_list {
    uint32_t token[MAX_SPEAKERS];
    size_t n;
    claim out;
} speaker_list;

/* The last claim has the same source. */
static bool says_last(const part_asking *a, uint32_t t)
{
    const claim_array *told = &a->s->doc->claims;
    const claim *last = told->n ? &told->v[told->n - 1] : NULL;
    uint32_t chain = scene_chain(a->s, t);
    for (size_t k = 0; last && k < last->claimants.n; k++) {
        uint32_t o = last->claimants.v[k].token;
        if (o == t || (chain && scene_chain(a->s, o) == chain)) return true;
    }
    return false;
}

static void weigh_claimant(const part_asking *a, speaker_list *l, uint32_t t, bool proposed)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->token[i] == t) return;
    if (scene_is_title(a->s, t) || only_hears(a, t) || is_of_other_paragraph(a, t) || has_finished(a, t)
        || source_only_answers(a->s, a->h, t))
        return;
    claim trial = {.trigger = a->h->claim.trigger};
    source_add(a->s, &trial, t);
    if (!trial.claimants.n || l->n == MAX_SPEAKERS) return;
    l->token[l->n++] = t;
    const claim *old = &a->h->claim;
    evidence e;
    evidence_begin(&e, JUDGE_CLAIMANT);
    evidence_add(&e, "role", str_from(part_proposed_role(old, t)), STR(""));
    evidence_number(&e, "others", (uint32_t)old->claimants.n);
    str where = weigh_where(a->s, a->sentence, t), free = l->out.claimants.n ? STR("taken") : STR("free");
    evidence_add(&e, "quoted", is_in_quotes(a) ? STR("y") : STR("n"), where);
    evidence_add(&e, "taken", free, where);
    evidence_add(&e, "taken-quoted", free, is_in_quotes(a) ? STR("y") : STR("n"));
    evidence_add(&e, "said-last", says_last(a, t) ? STR("y") : STR("n"), part_both(a, where, free));
    evidence_add(&e, "where-type", where, a->h->type->name);
    add_saying_evidence(a, t, &e);
    add_part_of_saying(a, t, &e);
    if (part_ask(a, JUDGE_CLAIMANT, t, trial.claimants.v[0].at, proposed ? "yes" : "no", &e)
        >= (double)a->j->threshold[JUDGE_CLAIMANT])
        source_add(a->s, &l->out, t);
}

enum { SPEAKER_CLAIMS_BACK = 4 };

/* Who said the last claims may go on speaking. */
static void weigh_last_claimants(const part_asking *a, speaker_list *l)
{
    const claim_array *told = &a->s->doc->claims;
    for (size_t i = told->n; i-- > 0 && told->n - i <= SPEAKER_CLAIMS_BACK;)
        for (size_t k = 0; k < told->v[i].claimants.n; k++) {
            uint32_t t = told->v[i].claimants.v[k].token;
            bool near = false;
            for (size_t o = 0; o < l->n; o++)
                near = near || scene_chain(a->s, l->token[o]) == scene_chain(a->s, t);
            if (!near) weigh_claimant(a, l, t, false);
        }
}

static bool is_pronoun(const part_asking *a, uint32_t t)
{
    const uint32_t who = a->s->who_at[t];
    return who != MAP_NONE && a->s->doc->mentions.v[who].is_pronoun;
}

/* Whether one of the claimants is named in the sentence or in the happening's own. */
static bool has_speaker_of(const part_asking *a, const claim *c, uint32_t there)
{
    for (size_t i = 0; i < c->claimants.n; i++) {
        const uint32_t n = scene_token(a->s, c->claimants.v[i].token)->sentence;
        if (n == there || n == a->sentence) return true;
    }
    return false;
}

/* Who is named beside a quotation says it, and nobody of an earlier paragraph or sentence; a pronoun counts where nobody else
 * is known. */
static void take_quoted(const part_asking *a, claim *c)
{
    const uint32_t speaker = source_of_quotation(a->s, a->h->token);
    if (speaker == NO_TOKEN || has_speaker_of(a, c, scene_token(a->s, speaker)->sentence)) return;
    if (c->claimants.n && is_pronoun(a, speaker)) return;
    claim own = {.trigger = c->trigger};
    source_add(a->s, &own, speaker);
    if (own.claimants.n) c->claimants = own.claimants;
}

/* "vice president at the Brookings Institution": the person says so, not the house. */
static void drop_described(const part_asking *a, claim *c)
{
    size_t kept = 0;
    for (size_t i = 0; i < c->claimants.n; i++) {
        bool inner = false;
        for (size_t k = 0; k < c->claimants.n && !inner; k++)
            inner = part_yields(a, c->claimants.v[i].token, c->claimants.v[k].token);
        if (!inner) c->claimants.v[kept++] = c->claimants.v[i];
    }
    c->claimants.n = kept;
}

void weigh_claimants(const part_asking *a)
{
    const claim *old = &a->h->claim;
    speaker_list *list = arena_new(a->s->arena, speaker_list, 1);
    const uint32_t headline = source_of_headline(a->s, a->h);
    if (headline != NO_TOKEN) source_add(a->s, &list->out, headline);
    const uint32_t perceiver = source_of_perception(a->s, a->h);
    if (perceiver != NO_TOKEN) source_add(a->s, &list->out, perceiver);
    for (size_t i = 0; i < old->claimants.n; i++) weigh_claimant(a, list, old->claimants.v[i].token, true);
    size_t from, to;
    part_window(a, 1, &from, &to);
    for (size_t i = from; i < to; i++) {
        const mention *m = &a->s->doc->mentions.v[i];
        if (m->kind == MENTION_PERSON || m->kind == MENTION_ORGANISATION)
            weigh_claimant(a, list, m->head, false);
    }
    weigh_last_claimants(a, list);
    pair_window w = pair_window_of(a->s, a->h);
    for (uint32_t i = w.first; i < w.end; i++) {
        const mention *m = &a->s->doc->mentions.v[i];
        bool may_say = m->kind == MENTION_PERSON || m->kind == MENTION_ORGANISATION;
        if (may_say && pair_names(a->s, &w, m, STR("claimant"))) weigh_claimant(a, list, m->head, false);
    }
    take_quoted(a, &list->out);
    drop_described(a, &list->out);
    a->h->claim.claimants = list->out.claimants;
}
