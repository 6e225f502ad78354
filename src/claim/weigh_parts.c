/* The parts of a happening: each party, claimant, place, date and weapon that rules propose or that stands
 * near is asked about on its own. */
#include <math.h>

#include "claim/hint.h"
#include "claim/link.h"
#include "claim/weigh.h"
#include "claim/weigh_toll.h"

#include "record/labels.h"

enum { SENTENCES_BACK = 3 };

typedef struct asking {
    const scene *s;
    const judge *j;
    const happening_array *all;
    happening *h;
    uint32_t sentence;
} asking;

/* First and last mention (exclusive) of the sentences that are looked at. */
static void window(const asking *a, uint32_t back, size_t *from, size_t *to)
{
    *from = a->s->first_mention[a->sentence > back ? a->sentence - back : 0];
    *to = a->s->first_mention[a->sentence + 1];
}

static judge_subject subject_of(const asking *a, span about)
{
    return (judge_subject){
        .doc = a->s->doc, .trigger = a->h->claim.trigger, .type = a->h->type->name, .about = about};
}

/* "here", "before" (the last sentence), "far"; "below". */
static const char *where_told(const asking *a, uint32_t t)
{
    uint32_t at = scene_token(a->s, t)->sentence;
    if (at > a->sentence) return "below";
    return at == a->sentence ? "here" : at + 1 == a->sentence ? "before" : "far";
}

static double ask_about(const asking *a, judge_question q, uint32_t t, const judge_subject *about,
                        const char *proposed, evidence *e)
{
    weigh_pair(a->s, a->all, a->h, t, e);
    uint32_t first, last;
    weigh_cover(a->s, t, &first, &last);
    hint_pair_evidence(a->s, hint_peak(a->s, a->h), a->h->type->name, first, last,
                       str_from(judge_question_text(q)), e);
    str where = str_from(where_told(a, t));
    evidence_habit(e, "where", where, a->h->type->name);
    evidence_habit(e, "proposed", str_from(proposed), where);
    evidence_add(e, "proposed", str_from(proposed), STR(""));
    evidence_add(e, "proposed-type", str_from(proposed), a->h->type->name);
    return judge_ask(a->j, q, e, about);
}

static double ask(const asking *a, judge_question q, uint32_t t, span at, const char *proposed, evidence *e)
{
    judge_subject about = subject_of(a, at);
    return ask_about(a, q, t, &about, proposed, e);
}

/* ---- parties ------------------------------------------------------------------------------------ */

static const char *proposed_role(const claim *c, uint32_t t)
{
    for (size_t i = 0; i < c->actors.n; i++)
        if (c->actors.v[i].token == t) return label_text(LABELS_ACTOR_ROLE, (int)c->actors.v[i].role);
    return "none";
}

static bool says_so(const claim *c, uint32_t t)
{
    for (size_t i = 0; i < c->claimants.n; i++)
        if (c->claimants.v[i].token == t) return true;
    return false;
}

typedef struct party_test {
    uint32_t token, chain;
    actor_role role;
    bool is_other; /* somebody else has the role */
} party_test;

static bool has_party(const scene *s, const claim *c, const void *with)
{
    const party_test *p = with;
    bool other = false;
    for (size_t i = 0; i < c->actors.n; i++) {
        const claim_actor *a = &c->actors.v[i];
        if (a->role != p->role) continue;
        if (a->token == p->token || (p->chain && scene_chain(s, a->token) == p->chain)) return !p->is_other;
        other = true;
    }
    return p->is_other && other;
}

/* What the earlier claims of the same happening say of the party. */
static void add_party_links(const asking *a, uint32_t t, evidence *e)
{
    bool here = scene_token(a->s, t)->sentence == a->sentence;
    party_test p = {.token = t, .chain = scene_chain(a->s, t)};
    for (int role = 0; role < 2; role++)
        for (int other = 0; other < 2; other++) {
            static const char *const name[2][2] = {{"link-does", "link-other-does"},
                                                   {"link-done-to", "link-other-done-to"}};
            p.role = role ? ROLE_RECIPIENT : ROLE_ACTOR;
            p.is_other = other;
            evidence_odds(e, name[role][other], link_best(a->s, a->h, has_party, &p),
                          here ? STR("here") : STR("far"));
        }
}

static bool holds_party(const scene *s, const claim *c, actor_role role, uint32_t t)
{
    party_test p = {.token = t, .chain = scene_chain(s, t), .role = role};
    return has_party(s, c, &p);
}

enum { PARTY_CLAIMS_BACK = 6, MAX_FAR = 8 };

static str both(const asking *a, str x, str y)
{
    return arena_format(a->s->arena, "%.*s %.*s", (int)x.len, x.ptr, (int)y.len, y.ptr);
}

/* What the last claims say of the party, be they of the same happening or not; and whether the role is taken by one that
 * stands nearer. A story goes on about its doer where nobody else is named. */
static void add_party_use(const asking *a, const claim *taken, uint32_t t, actor_role role, evidence *e)
{
    const document *d = a->s->doc;
    str where = str_from(where_told(a, t)), form = weigh_guise(a->h), as = STR("-");
    bool last = false, like = false, is_taken = false;
    for (size_t i = d->claims.n, back = 0; i-- > 0 && back < PARTY_CLAIMS_BACK; back++) {
        const claim *c = &d->claims.v[i];
        bool does = holds_party(a->s, c, ROLE_ACTOR, t), done_to = holds_party(a->s, c, ROLE_RECIPIENT, t);
        if (!does && !done_to) continue;
        if (str_is(as, "-")) as = does ? STR("doer") : STR("target"), last = back == 0;
        like = like || ((role == ROLE_ACTOR ? does : done_to) && str_eq(c->type, a->h->type->name));
    }
    for (size_t i = 0; i < taken->actors.n; i++) is_taken = is_taken || taken->actors.v[i].role == role;
    str free = is_taken ? STR("taken") : STR("free");
    evidence_add(e, "party-taken", free, where);
    evidence_add(e, "party-taken-guise", free, both(a, where, form));
    evidence_add(e, "party-used", as, where);
    evidence_add(e, "party-used-last", as, last ? STR("last") : STR("-"));
    evidence_add(e, "party-used-free", as, both(a, where, free));
    evidence_add(e, "party-used-like", like ? STR("y") : STR("n"), where);
    evidence_add(e, "party-where-type", a->h->type->name, where);
    evidence_habit(e, "party-taken", free, where);
}

static double ask_role(const asking *a, const claim *taken, judge_question q, uint32_t t, span about)
{
    evidence e;
    evidence_begin(&e, q);
    const claim *c = &a->h->claim;
    add_party_use(a, taken, t, q == JUDGE_ACTOR ? ROLE_ACTOR : ROLE_RECIPIENT, &e);
    bool other = false;
    for (size_t i = 0; i < c->actors.n; i++)
        other = other
                || ((q == JUDGE_ACTOR) == (c->actors.v[i].role == ROLE_ACTOR) && c->actors.v[i].token != t);
    evidence_add(&e, "other-proposed", other ? STR("y") : STR("n"), str_from(proposed_role(c, t)));
    uint32_t who = a->s->who_at[t];
    str kind = str_from(
        who == MAP_NONE ? "none" : label_text(LABELS_ACTOR_KIND, (int)a->s->doc->mentions.v[who].actor));
    for (size_t i = 0; i < c->actors.n; i++)
        if (c->actors.v[i].token != t)
            evidence_add(&e, c->actors.v[i].role == ROLE_ACTOR ? "kind-by-doer" : "kind-by-other", kind,
                         str_from(label_text(LABELS_ACTOR_KIND, (int)c->actors.v[i].kind)));
    evidence_flag(&e, "says-so", says_so(c, t));
    add_party_links(a, t, &e);
    evidence_flag(&e, "place", a->s->place_over[t] != MAP_NONE);
    evidence_flag(&e, "weapon", a->s->weapon_at[t] != MAP_NONE);
    return ask(a, q, t, about, proposed_role(c, t), &e);
}

enum { MAX_PARTIES = 64 };

/* Words that were asked about, and what stands of them. */
typedef struct party_list {
    uint32_t token[MAX_PARTIES];
    size_t n;
    claim out;
} party_list;

static bool is_listed(const party_list *l, uint32_t t)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->token[i] == t) return true;
    return false;
}

static void weigh_party(const asking *a, party_list *l, uint32_t t, actor_role proposed, bool is_proposed)
{
    if (l->n == MAX_PARTIES || is_listed(l, t)) return;
    /* What the role would hold: for a pronoun its antecedent. */
    claim trial = {0};
    role_add(a->s, &trial, is_proposed ? proposed : ROLE_ACTOR, t);
    if (!trial.actors.n && !is_proposed) return;
    l->token[l->n++] = t;
    if (!trial.actors.n || (is_proposed && proposed == ROLE_ASSOCIATE)) {
        role_add(a->s, &l->out, proposed, t);
        return;
    }
    span at = trial.actors.v[0].at;
    double actor = ask_role(a, &l->out, JUDGE_ACTOR, t, at),
           recipient = ask_role(a, &l->out, JUDGE_RECIPIENT, t, at);
    bool does = actor >= (double)a->j->threshold[JUDGE_ACTOR],
         done_to = recipient >= (double)a->j->threshold[JUDGE_RECIPIENT];
    if (does && (!done_to || actor >= recipient)) role_add(a->s, &l->out, ROLE_ACTOR, t);
    else if (done_to) role_add(a->s, &l->out, ROLE_RECIPIENT, t);
}

static bool may_be_party(const asking *a, const mention *m)
{
    bool who = m->kind == MENTION_PERSON || m->kind == MENTION_ORGANISATION;
    return who && (m->head < a->h->first || m->head > a->h->last);
}

/* "two checkpoints", "a weapons depot": what no mention covers but stands in a slot of the trigger. */
static void add_things(const asking *a, party_list *l)
{
    for (size_t i = 0; i < a->h->slots.n; i++) {
        uint32_t t = a->h->slots.v[i].token;
        const token *k = scene_token(a->s, t);
        if ((k->pos != UPOS_NOUN && k->pos != UPOS_PROPN) || a->s->who_at[t] != MAP_NONE
            || a->s->place_over[t] != MAP_NONE || a->s->date_over[t] != MAP_NONE
            || (t >= a->h->first && t <= a->h->last) || t == a->h->predicate)
            continue;
        weigh_party(a, l, t, ROLE_ACTOR, false);
    }
}

#define HINTED_PARTY 0.2

/* What the encoder takes for a party though neither a mention nor a slot says so. */
static void add_hinted(const asking *a, party_list *l)
{
    const sentence *sent = &a->s->doc->sentences.v[a->sentence];
    for (uint32_t t = sent->first; t < sent->first + sent->n; t++) {
        const token *k = scene_token(a->s, t);
        bool heads = (k->pos == UPOS_NOUN || k->pos == UPOS_PROPN) && k->rel != DEPREL_COMPOUND
                     && k->rel != DEPREL_FLAT && k->rel != DEPREL_AMOD;
        if (!heads || a->s->who_at[t] != MAP_NONE || a->s->place_over[t] != MAP_NONE
            || a->s->date_over[t] != MAP_NONE || (t >= a->h->first && t <= a->h->last))
            continue;
        if (fmax(pair_within(a->s, a->h->token, t, t, STR("recipient")),
                 pair_within(a->s, a->h->token, t, t, STR("actor")))
            >= HINTED_PARTY)
            weigh_party(a, l, t, ROLE_ACTOR, false);
    }
}

static bool has_chain(const asking *a, const party_list *l, uint32_t chain)
{
    for (size_t i = 0; chain && i < l->n; i++)
        if (scene_chain(a->s, l->token[i]) == chain) return true;
    return false;
}

/* Parties of the last claims and of the headline that are not named near: a story goes on about them. */
static void add_far_parties(const asking *a, party_list *l, size_t near)
{
    const document *d = a->s->doc;
    size_t most = l->n + MAX_FAR;
    for (size_t i = d->claims.n; i-- > 0 && d->claims.n - i <= PARTY_CLAIMS_BACK && l->n < most;)
        for (size_t k = 0; k < d->claims.v[i].actors.n; k++) {
            uint32_t t = d->claims.v[i].actors.v[k].token, who = a->s->who_at[t];
            if (who == MAP_NONE || who >= near || has_chain(a, l, scene_chain(a->s, t))) continue;
            weigh_party(a, l, t, ROLE_ACTOR, false);
        }
    for (size_t i = 0; i < near && i < a->s->first_mention[1] && l->n < most; i++) {
        const mention *m = &d->mentions.v[i];
        if (!may_be_party(a, m) || m->is_pronoun || has_chain(a, l, m->chain)) continue;
        weigh_party(a, l, m->head, ROLE_ACTOR, false);
    }
}

/* Whom the encoder takes for a party, wherever in its window. */
static void add_named(const asking *a, party_list *l)
{
    pair_window w = pair_window_of(a->s, a->h);
    size_t most = l->n + MAX_FAR;
    for (uint32_t i = w.first; i < w.end && l->n < most; i++) {
        const mention *m = &a->s->doc->mentions.v[i];
        if (!may_be_party(a, m) || m->is_pronoun || has_chain(a, l, m->chain)) continue;
        if (pair_names(a->s, &w, m, STR("actor")) || pair_names(a->s, &w, m, STR("recipient")))
            weigh_party(a, l, m->head, ROLE_ACTOR, false);
    }
}

static void weigh_parties(const asking *a)
{
    const claim *old = &a->h->claim;
    party_list *list = arena_new(a->s->arena, party_list, 1);
    for (size_t i = 0; i < old->actors.n; i++)
        weigh_party(a, list, old->actors.v[i].token, old->actors.v[i].role, true);
    size_t from, to;
    window(a, 1, &from, &to);
    for (size_t i = to; i-- > from;)
        if (may_be_party(a, &a->s->doc->mentions.v[i]))
            weigh_party(a, list, a->s->doc->mentions.v[i].head, ROLE_ACTOR, false);
    add_things(a, list);
    add_hinted(a, list);
    add_far_parties(a, list, from);
    add_named(a, list);
    a->h->claim.actors = list->out.actors;
}

/* ---- claimants ---------------------------------------------------------------------------------- */

static void add_word_of_saying(const asking *a, const char *where, uint32_t t, evidence *e)
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
static void add_saying_evidence(const asking *a, uint32_t t, evidence *e)
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

static bool is_in_quotes(const asking *a)
{
    const sentence *sent = &a->s->doc->sentences.v[a->sentence];
    uint32_t quotes = 0;
    for (uint32_t t = sent->first; t < a->h->first; t++) {
        str w = scene_token(a->s, t)->norm;
        quotes += str_is(w, "\"") || str_is(w, "''") || str_is(w, "``") || str_is(w, "\"\"");
    }
    return quotes % 2;
}

/* Who was asked about, and what stands of them. */
typedef struct speaker_list {
    uint32_t token[MAX_PARTIES];
    size_t n;
    claim out;
} speaker_list;

/* The last claim has the same source. */
static bool says_last(const asking *a, uint32_t t)
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

static void weigh_claimant(const asking *a, speaker_list *l, uint32_t t, bool proposed)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->token[i] == t) return;
    claim trial = {0};
    source_add(a->s, &trial, t);
    if (!trial.claimants.n || l->n == MAX_PARTIES) return;
    l->token[l->n++] = t;
    const claim *old = &a->h->claim;
    evidence e;
    evidence_begin(&e, JUDGE_CLAIMANT);
    evidence_add(&e, "role", str_from(proposed_role(old, t)), STR(""));
    evidence_number(&e, "others", (uint32_t)old->claimants.n);
    str where = str_from(where_told(a, t)), free = l->out.claimants.n ? STR("taken") : STR("free");
    evidence_add(&e, "quoted", is_in_quotes(a) ? STR("y") : STR("n"), where);
    evidence_add(&e, "taken", free, where);
    evidence_add(&e, "taken-quoted", free, is_in_quotes(a) ? STR("y") : STR("n"));
    evidence_add(&e, "said-last", says_last(a, t) ? STR("y") : STR("n"), both(a, where, free));
    evidence_add(&e, "where-type", where, a->h->type->name);
    add_saying_evidence(a, t, &e);
    if (ask(a, JUDGE_CLAIMANT, t, trial.claimants.v[0].at, proposed ? "yes" : "no", &e)
        >= (double)a->j->threshold[JUDGE_CLAIMANT])
        source_add(a->s, &l->out, t);
}

enum { SPEAKER_CLAIMS_BACK = 4 };

/* Who said the last claims may go on speaking. */
static void weigh_last_claimants(const asking *a, speaker_list *l)
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

static void weigh_claimants(const asking *a)
{
    const claim *old = &a->h->claim;
    speaker_list *list = arena_new(a->s->arena, speaker_list, 1);
    for (size_t i = 0; i < old->claimants.n; i++) weigh_claimant(a, list, old->claimants.v[i].token, true);
    size_t from, to;
    window(a, 1, &from, &to);
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
    a->h->claim.claimants = list->out.claimants;
}

/* ---- places, weapons ---------------------------------------------------------------------- */

static bool is_proposed_place(const claim *c, span at)
{
    for (size_t i = 0; i < c->places.n; i++)
        if (span_overlaps(c->places.v[i].at, at)) return true;
    return false;
}

enum { MAX_CANDIDATES = 24, LOOK_BACK = 150, EARLY_SENTENCES = 2, SENTENCES_AHEAD = 3, CLAIMS_BACK = 12 };

/* A place that the happening may have. */
typedef struct candidate {
    const mention *m;
    span at;
    uint32_t rank; /* other candidates nearer to the trigger */
    /* what the last claims say of it */
    uint32_t times;                        /* how many have it */
    uint32_t since;                        /* how many later ones have another */
    bool in_last;                          /* the very last has it */
    bool same_type, same_word, same_actor; /* one of them is like this happening */
} candidate;

static bool claim_has(const document *d, const claim *c, const candidate *k)
{
    for (size_t i = 0; i < c->places.n; i++)
        if (str_eq_nocase(document_str(d, c->places.v[i].at), document_str(d, k->at))) return true;
    return false;
}

static bool shares_actor(const scene *s, const claim *a, const claim *b)
{
    for (size_t i = 0; i < a->actors.n; i++)
        for (size_t k = 0; k < b->actors.n; k++) {
            uint32_t chain = scene_chain(s, a->actors.v[i].token);
            if (chain && chain == scene_chain(s, b->actors.v[k].token)) return true;
        }
    return false;
}

static void find_use(const asking *a, candidate *k)
{
    const document *d = a->s->doc;
    for (size_t i = d->claims.n; i-- > 0 && d->claims.n - i <= CLAIMS_BACK;) {
        const claim *c = &d->claims.v[i];
        if (!claim_has(d, c, k)) {
            k->since += !k->times && c->places.n > 0;
            continue;
        }
        k->times++;
        k->in_last = k->in_last || i + 1 == d->claims.n;
        k->same_type = k->same_type || str_eq(c->type, a->h->type->name);
        k->same_word =
            k->same_word || str_eq(scene_word(a->s, c->trigger_token), scene_word(a->s, a->h->token));
        k->same_actor = k->same_actor || shares_actor(a->s, c, &a->h->claim);
    }
}

static bool is_known(const asking *a, const candidate *list, size_t n, const candidate *k)
{
    const document *d = a->s->doc;
    for (size_t i = 0; i < n; i++) {
        if (str_eq_nocase(document_str(d, list[i].at), document_str(d, k->at))) return true;
    }
    return false;
}

static bool is_early(const asking *a, const mention *m)
{
    return scene_token(a->s, m->head)->sentence < EARLY_SENTENCES;
}

typedef struct candidate_list {
    candidate v[MAX_CANDIDATES];
    size_t n;
} candidate_list;

static void add_candidate(const asking *a, candidate_list *l, candidate k, bool is_near)
{
    if (l->n == MAX_CANDIDATES || is_known(a, l->v, l->n, &k)) return;
    find_use(a, &k);
    if (!is_near && !k.times && !is_early(a, k.m)) return;
    k.rank = (uint32_t)l->n;
    l->v[l->n++] = k;
}

static void add_mention(const asking *a, candidate_list *l, const mention *m, bool is_near)
{
    if (m->kind == MENTION_LOCATION) add_candidate(a, l, (candidate){.m = m, .at = m->at}, is_near);
}

/* What a headline or a lead tells in short has its place below. */
static bool looks_ahead(const asking *a)
{
    return a->sentence < EARLY_SENTENCES || a->s->doc->sentences.v[a->sentence].is_headline;
}

/* Places that the happening may have, nearest first: those of the sentences before it, those that earlier
 * claims have, those that the document begins with, and for headlines those below. Of several mentions of one name
 * only the nearest. */
static void find_candidates(const asking *a, candidate_list *l)
{
    const document *d = a->s->doc;
    size_t near, to;
    window(a, SENTENCES_BACK, &near, &to);
    size_t floor = to > LOOK_BACK ? to - LOOK_BACK : 0;
    l->n = 0;
    for (size_t i = to; i-- > floor;) add_mention(a, l, &d->mentions.v[i], i >= near);
    if (looks_ahead(a)) {
        size_t last = a->sentence + 1 + SENTENCES_AHEAD;
        size_t end = a->s->first_mention[last < d->sentences.n ? last : d->sentences.n];
        for (size_t i = to; i < end; i++) add_mention(a, l, &d->mentions.v[i], true);
    }
    pair_window w = pair_window_of(a->s, a->h);
    for (uint32_t i = w.first; i < w.end; i++) {
        const mention *m = &d->mentions.v[i];
        if (m->kind == MENTION_LOCATION && pair_names(a->s, &w, m, STR("place")))
            add_mention(a, l, m, true);
    }
}

static bool is_definite(const asking *a)
{
    FOR_CHILDREN (a->s, c, a->h->token)
        if (scene_token(a->s, c)->rel == DEPREL_DET && str_is(scene_token(a->s, c)->norm, "the"))
            return true;
    return false;
}

static bool has_candidate(const scene *s, const claim *c, const void *with)
{
    return claim_has(s->doc, c, with);
}

static bool has_another(const scene *s, const claim *c, const void *with)
{
    const candidate *k = with;
    return c->places.n > 0 && !claim_has(s->doc, c, k);
}

static bool has_none(const scene *s, const claim *c, const void *with)
{
    (void)s, (void)with;
    return !c->places.n;
}

/* What the earlier claims of the same happening say of the place. */
static void add_candidate_links(const asking *a, const candidate *c, str here, evidence *e)
{
    evidence_odds(e, "link-has", link_best(a->s, a->h, has_candidate, c), here);
    evidence_odds(e, "link-another", link_best(a->s, a->h, has_another, c), here);
    evidence_odds(e, "link-none", link_best(a->s, a->h, has_none, c), here);
}

static void add_candidate_evidence(const asking *a, const candidate *c, evidence *e)
{
    str type = a->h->type->name, here = str_from(where_told(a, c->m->head));
    add_candidate_links(a, c, here, e);
    evidence_number(e, "rank", c->rank);
    evidence_number(e, "used", c->times);
    evidence_number(e, "used-since", c->since);
    evidence_add(e, "used-last", c->in_last ? STR("y") : STR("n"), c->rank ? STR("far") : STR("nearest"));
    evidence_add(e, "used-last-where", c->in_last ? STR("y") : STR("n"), here);
    evidence_add(e, "used-type", c->in_last ? STR("y") : STR("n"), type);
    evidence_add(e, "used-same-type", c->same_type ? STR("y") : STR("n"), here);
    evidence_add(e, "used-same-word", c->same_word ? STR("y") : STR("n"), here);
    evidence_add(e, "used-same-actor", c->same_actor ? STR("y") : STR("n"), here);
    evidence_add(e, "used-definite", is_definite(a) ? STR("y") : STR("n"),
                 c->same_type ? STR("type") : STR(""));
    evidence_add(e, "where-type", here, type);
    evidence_add(e, "where-guise", here, weigh_guise(a->h));
    evidence_flag(e, "early", is_early(a, c->m));
    evidence_flag(e, "first-claim", a->s->doc->claims.n == 0);
}

static uint32_t places_in_sentence(const asking *a)
{
    uint32_t n = 0;
    size_t from, to;
    window(a, 0, &from, &to);
    for (size_t i = from; i < to; i++) n += a->s->doc->mentions.v[i].kind == MENTION_LOCATION;
    return n;
}

/* `taken`: a candidate nearer to the trigger is a place of it. */
static double ask_place(const asking *a, const candidate *c, uint32_t here, bool taken)
{
    const mention *m = c->m;
    evidence e;
    evidence_begin(&e, JUDGE_PLACE);
    evidence_add(&e, "role", str_from(proposed_role(&a->h->claim, m->head)), STR(""));
    evidence_flag(&e, "says-so", says_so(&a->h->claim, m->head));
    evidence_number(&e, "here", here);
    str where = str_from(where_told(a, m->head)), free = taken ? STR("taken") : STR("free");
    evidence_add(&e, "taken", free, where);
    evidence_add(&e, "taken-feature", free, both(a, where, m->place.feature));
    evidence_add(&e, "taken-type", free, both(a, where, a->h->type->name));
    evidence_add(&e, "taken-used", free,
                 both(a, where,
                      c->in_last ? STR("last")
                      : c->times ? STR("used")
                                 : STR("-")));
    evidence_habit(&e, "taken", free, where);
    evidence_add(&e, "none-here", here ? STR("n") : STR("y"), c->in_last ? STR("y") : STR("n"));
    evidence_add(&e, "feature", m->place.feature, STR(""));
    evidence_add(&e, "feature-type", m->place.feature, a->h->type->name);
    evidence_add(&e, "feature-where", m->place.feature, str_from(where_told(a, c->m->head)));
    evidence_number(&e, "precision", m->place.precision);
    add_candidate_evidence(a, c, &e);
    const char *proposed = is_proposed_place(&a->h->claim, m->at) ? "yes" : "no";
    return ask(a, JUDGE_PLACE, m->head, m->at, proposed, &e);
}

static void weigh_places(const asking *a)
{
    claim_place_array old = a->h->claim.places, fresh = {0};
    candidate_list list;
    uint32_t here = places_in_sentence(a);
    find_candidates(a, &list);
    bool is_place[MAX_CANDIDATES] = {false}, taken = false;
    for (size_t i = 0; i < list.n; i++) {
        is_place[i] = ask_place(a, &list.v[i], here, taken) >= (double)a->j->threshold[JUDGE_PLACE];
        taken = taken || is_place[i];
    }
    for (size_t i = list.n; i-- > 0;) {
        if (!is_place[i]) continue;
        const mention *m = list.v[i].m;
        claim_place p = {PLACE_AT, m->at, m->place};
        for (size_t k = 0; k < old.n; k++)
            if (span_overlaps(old.v[k].at, m->at)) p.role = old.v[k].role;
        *array_push(a->s->arena, &fresh) = p;
    }
    a->h->claim.places = fresh;
}

static void weigh_weapons(const asking *a)
{
    claim_weapon_array fresh = {0};
    const claim_weapon_array old = a->h->claim.weapons;
    size_t from, to;
    window(a, 0, &from, &to);
    for (size_t i = from; i < to; i++) {
        const mention *m = &a->s->doc->mentions.v[i];
        if (m->kind != MENTION_WEAPON && m->kind != MENTION_PLATFORM) continue;
        bool proposed = false;
        for (size_t k = 0; k < old.n; k++) proposed = proposed || span_overlaps(old.v[k].at, m->at);
        evidence e;
        evidence_begin(&e, JUDGE_WEAPON);
        evidence_add(&e, "class", m->weapon_class, a->h->type->name);
        evidence_add(&e, "role", str_from(proposed_role(&a->h->claim, m->head)), STR(""));
        evidence_flag(&e, "trigger", span_overlaps(m->at, a->h->claim.trigger));
        if (ask(a, JUDGE_WEAPON, m->head, m->at, proposed ? "yes" : "no", &e)
            < (double)a->j->threshold[JUDGE_WEAPON])
            continue;
        claim_weapon w = {m->at, m->weapon_class, m->name, {0}};
        if (a->s->count_at[m->head] != MAP_NONE)
            w.number = a->s->doc->mentions.v[a->s->count_at[m->head]].quantity;
        *array_push(a->s->arena, &fresh) = w;
    }
    a->h->claim.weapons = fresh;
}

/* ---- status ------------------------------------------------------------------------------------------- */

static void add_status_evidence(const asking *a, claim_status asked, evidence *e)
{
    const scene *s = a->s;
    const happening *h = a->h;
    str is = str_from(label_text(LABELS_STATUS, (int)asked));
    str by_rule = str_from(label_text(LABELS_STATUS, (int)h->claim.status));
    evidence_add(e, "rule", by_rule, is);
    evidence_add(e, "rule-type", by_rule, h->type->name);
    evidence_habit(e, "rule", by_rule, is);
    evidence_habit(e, "asked-type", is, h->type->name);
    evidence_habit(e, "asked-guise", is, weigh_guise(h));
    evidence_add(e, "asked-type", is, h->type->name);
    evidence_add(e, "word", scene_word(s, h->token), is);
    evidence_add(e, "tag", str_from(label_text(LABELS_XPOS, (int)scene_token(s, h->token)->tag)), is);
    evidence_add(e, "rel", str_from(label_text(LABELS_DEPREL, (int)scene_token(s, h->token)->rel)), is);
    evidence_add(e, "predicate-tag",
                 str_from(label_text(LABELS_XPOS, (int)scene_token(s, h->predicate)->tag)), is);
    evidence_add(e, "predicate", scene_word(s, h->predicate), is);
    uint32_t t = h->predicate;
    for (int level = 0; level < 3; level++) {
        FOR_CHILDREN (s, c, t) {
            deprel r = scene_token(s, c)->rel;
            if (r == DEPREL_AUX || r == DEPREL_AUX_PASS || r == DEPREL_ADVMOD || r == DEPREL_MARK
                || r == DEPREL_COP || r == DEPREL_AMOD || r == DEPREL_DET)
                evidence_add(e, level ? "cue-above" : "cue", scene_token(s, c)->norm, is);
        }
        if (scene_token(s, t)->head < 0) break;
        evidence_add(e, "up-rel", str_from(label_text(LABELS_DEPREL, (int)scene_token(s, t)->rel)), is);
        t = (uint32_t)scene_token(s, t)->head;
        evidence_add(e, level ? "above-2" : "above", scene_word(s, t), is);
        evidence_add(e, level ? "above-tag-2" : "above-tag",
                     str_from(label_text(LABELS_XPOS, (int)scene_token(s, t)->tag)), is);
    }
    FOR_CHILDREN (s, c, h->token) evidence_add(e, "cue-own", scene_token(s, c)->norm, is);
    hint_status_evidence(s, h, is, by_rule, e);
    evidence_add(e, "hedged", h->claim.hedges.n ? STR("y") : STR("n"), is);
    evidence_add(e, "headline", s->doc->sentences.v[a->sentence].is_headline ? STR("y") : STR("n"), is);
}

#define CUE_MARGIN 0.5

static void weigh_status(const asking *a)
{
    claim_status best = a->h->claim.status;
    double best_p = -1;
    for (int v = 0; v < N_CLAIM_STATUS; v++) {
        evidence e;
        evidence_begin(&e, JUDGE_STATUS);
        add_status_evidence(a, (claim_status)v, &e);
        judge_subject about = subject_of(a, a->h->claim.trigger);
        about.status = (claim_status)v;
        double p = judge_ask(a->j, JUDGE_STATUS, &e, &about);
        /* A cue of the tables stands for more than the judge has seen of it. */
        if (v == (int)a->h->claim.status && v != STATUS_OCCURRED) p += CUE_MARGIN;
        if (p > best_p) best = (claim_status)v, best_p = p;
    }
    a->h->claim.status = best;
}

void weigh_happening(const scene *s, const judge *j, uint32_t at_sentence, const happening_array *all,
                     happening *h)
{
    asking a = {s, j, all, h, at_sentence};
    weigh_find_slots(s, h);
    link_find(s, j, h);
    weigh_status(&a);
    weigh_claimants(&a);
    weigh_places(&a);
    weigh_weapons(&a);
    weigh_parties(&a);
    if (h->type->harms) weigh_toll(s, j, at_sentence, all, h);
}
