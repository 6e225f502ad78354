#include "claim/weigh_toll.h"

#include "claim/hint.h"
#include "record/labels.h"

typedef struct toll {
    const scene *s;
    const judge *j;
    const happening_array *all;
    happening *h;
    const sentence *sent;
    judge_question question;
    double best_p;
    claim_count best;
    bool found;
    span sum; /* the last that words of harm take by their trees; empty = none */
} toll;

static uint32_t apart(uint32_t a, uint32_t b)
{
    return a < b ? b - a : a - b;
}

/* The nearest word of a map to a token; NO_TOKEN where the sentence has none. */
static uint32_t nearest_word(const toll *k, const map *words, uint32_t t)
{
    uint32_t best = NO_TOKEN;
    for (uint32_t w = k->sent->first; w < k->sent->first + k->sent->n; w++)
        if (scene_in(k->s, words, w) && (best == NO_TOKEN || apart(w, t) < apart(best, t))) best = w;
    return best;
}

static const map *words_of(const toll *k, bool other)
{
    bool kills = k->question == JUDGE_KILLED;
    return kills != other ? &k->s->book->kill_words : &k->s->book->injure_words;
}

/* Where the number stands: what opens it ("including three"), what follows, how far its word of harm is. */
static void add_place_of_number(const toll *k, const claim_count *n, uint32_t t, uint32_t word, evidence *e)
{
    const scene *s = k->s;
    uint32_t first = t;
    while (first > k->sent->first && scene_token(s, first - 1)->at.start >= n->at.start) first--;
    str before = first > k->sent->first ? scene_token(s, first - 1)->norm : STR("|");
    str behind = t + 1 < k->sent->first + k->sent->n ? scene_token(s, t + 1)->norm : STR("|");
    uint32_t other = nearest_word(k, words_of(k, true), t);
    evidence_add(e, "number-before", before, STR(""));
    evidence_add(e, "number-behind", behind, STR(""));
    evidence_add(e, "number-rel", str_from(label_text(LABELS_DEPREL, (int)scene_token(s, t)->rel)),
                 scene_preposition(s, t));
    evidence_add(e, "number-path", weigh_path(s, t, word), STR(""));
    evidence_add(e, "number-path-word", weigh_path(s, t, word), scene_word(s, word));
    evidence_number(e, t < word ? "number-ahead" : "number-after", apart(t, word));
    evidence_flag(e, "number-person", scene_in(s, &s->book->person_nouns, t));
    evidence_cluster(e, s->judge, "number-like", scene_word(s, t), STR(""));
    evidence_add(e, "other-harm",
                 str_from(other == NO_TOKEN                  ? "none"
                          : apart(other, t) < apart(word, t) ? "nearer"
                                                             : "farther"),
                 t < word ? STR("ahead") : STR("after"));
}

/* How many counted groups of the sentence are greater. */
static uint32_t greater(const toll *k, const quantity *q)
{
    const document *d = k->s->doc;
    uint32_t n = scene_token(k->s, k->sent->first)->sentence, count = 0;
    for (uint32_t i = k->s->first_mention[n]; i < k->s->first_mention[n + 1]; i++) {
        const mention *m = &d->mentions.v[i];
        count += m->kind == MENTION_QUANTITY && m->quantity.has_low && m->quantity.low > q->low;
    }
    return count;
}

/* "31 civilians were killed and it had shot down five jets": the second clause, with a subject of its own, tells of something
 * else than the dead before it. */
static bool goes_on_to_another(const scene *s, uint32_t harm, uint32_t trigger)
{
    const token *k = scene_token(s, trigger);
    return k->rel == DEPREL_CONJ && k->head == (int32_t)harm
           && (scene_child(s, trigger, DEPREL_NSUBJ) != NO_TOKEN
               || scene_child(s, trigger, DEPREL_NSUBJ_PASS) != NO_TOKEN);
}

/* "nine captives" of "of the nine captives, four were shot" */
static bool is_whole(const scene *s, uint32_t t)
{
    const token *k = scene_token(s, t);
    if (k->head < 0 || !str_is(scene_preposition(s, t), "of")) return false;
    uint32_t some = scene_child(s, (uint32_t)k->head, DEPREL_NSUBJ_PASS);
    if (some == NO_TOKEN) some = scene_child(s, (uint32_t)k->head, DEPREL_NSUBJ);
    return some != NO_TOKEN && some > t && scene_token(s, some)->pos == UPOS_NUM;
}

/* "one child" of "one child was among six dead" */
static bool is_some_of(const scene *s, uint32_t t, uint32_t harm)
{
    const token *k = scene_token(s, t);
    if (is_whole(s, t)) return true;
    return k->rel == DEPREL_NSUBJ && k->head == (int32_t)harm && s->count_at[harm] != MAP_NONE
           && str_is(scene_preposition(s, harm), "among");
}

/* "three attempted murders" */
static bool is_attempt(const scene *s, uint32_t t)
{
    FOR_CHILDREN (s, c, t) {
        const deprel r = scene_token(s, c)->rel;
        if ((r == DEPREL_AMOD || r == DEPREL_COMPOUND) && c < t && scene_in(s, &s->book->attempt_words, c))
            return true;
    }
    return false;
}

/* "tried to assassinate the mayor", "threatened to kill ten": nobody is dead by what has not happened. */
static bool is_unreal(const toll *k, uint32_t word)
{
    claim_status st = k->h->claim.status;
    bool ahead =
        st == STATUS_PLANNED || st == STATUS_DEMANDED || st == STATUS_THREATENED || st == STATUS_PREDICTED;
    return (ahead && word == k->h->token) || is_attempt(k->s, k->h->token) || is_attempt(k->s, word);
}

/* "two" of "three were stabbed and two were strangled" for "stabbed", and the dead of "killed five before being shot dead" for
 * "shot dead": what another verb takes, where the happening's own takes others. */
static bool is_of_other_verb(const toll *k, uint32_t t)
{
    const scene *s = k->s;
    const token *x = scene_token(s, t), *own = scene_token(s, k->h->token);
    if (x->head < 0 || x->head == (int32_t)k->h->token || !scene_is_verb(s, k->h->token)
        || !happening_is_kept(k->all, (uint32_t)x->head))
        return false;
    uint32_t subject = scene_child(s, k->h->token, DEPREL_NSUBJ_PASS);
    if (subject == NO_TOKEN) subject = scene_child(s, k->h->token, DEPREL_NSUBJ);
    const bool is_subject = x->rel == DEPREL_NSUBJ || x->rel == DEPREL_NSUBJ_PASS;
    if (is_subject) return subject != NO_TOKEN && subject != t && s->count_at[subject] != MAP_NONE;
    return x->rel == DEPREL_OBJ && own->rel == DEPREL_ADVCL && own->head == x->head
           && scene_is_passive(s, k->h->token) && scene_is_harm(s, (uint32_t)x->head);
}

/* "the war, which began when rebels attacked the base, had killed 600,000": the dead are of what is their subject, itself
 * told as a happening, and not of what is told about it. */
static bool is_of_subject(const toll *k, uint32_t word)
{
    for (size_t i = 0; i < k->all->n; i++) {
        uint32_t o = k->all->v[i].token;
        const token *x = scene_token(k->s, o);
        bool subject = x->rel == DEPREL_NSUBJ && x->head == (int32_t)word && x->pos == UPOS_NOUN;
        if (subject && o != k->h->token && scene_below(k->s, k->h->token, o)) return true;
    }
    return false;
}

/* "girls were raped during the genocide": the dead of what a phrase of time names. */
static bool is_of_setting(const toll *k, uint32_t word)
{
    const str p = scene_preposition(k->s, word);
    return word != k->h->token && p.len && !scene_is_verb(k->s, word)
           && !scene_below(k->s, k->h->token, word)
           && (str_is(p, "during") || map_get(&k->s->book->aside_words, p) != MAP_NONE
               || map_get(&k->s->book->apart_words, p) != MAP_NONE);
}

static bool is_harmful_noun(const toll *k, uint32_t t)
{
    for (size_t i = 0; i < k->all->n; i++)
        if (k->all->v[i].token == t && k->all->v[i].rule->guise == GUISE_NOUN && k->all->v[i].type->harms)
            return true;
    return false;
}

/* "struck camps linked to an attack by militants that killed 26": the dead of the happening that the clause hangs on. */
static bool is_of_antecedent(const toll *k, uint32_t word)
{
    enum { STEPS = 4 };
    const token *w = scene_token(k->s, word);
    if (w->rel != DEPREL_ACL_RELCL || word == k->h->token) return false;
    for (int i = 0; i < STEPS && w->head >= 0 && !scene_is_verb(k->s, (uint32_t)w->head); i++) {
        if (is_harmful_noun(k, (uint32_t)w->head)) return w->head != (int32_t)k->h->token;
        w = scene_token(k->s, (uint32_t)w->head);
    }
    return false;
}

/* "170 deaths, including those of the clashes": the whole is not that of the part. */
static bool is_whole_of(const toll *k, uint32_t t)
{
    for (uint32_t i = k->h->token; i-- > t + 1 && !str_is(scene_token(k->s, i)->norm, ",");)
        if (str_is(scene_token(k->s, i)->norm, "those")
            && str_is(scene_token(k->s, i - 1)->norm, "including"))
            return true;
    return false;
}

/* So much likelier must one of several be than the sum of them: "a teacher" than "a teacher and his son". */
#define PART_MARGIN 0.1

static void try_number(toll *k, const claim_count *n, uint32_t t, uint32_t word, const char *source)
{
    const scene *s = k->s;
    if (is_unreal(k, word) || is_of_subject(k, word) || is_of_antecedent(k, word)
        || scene_dated_apart(s, k->h->token, t) || goes_on_to_another(s, word, k->h->token)
        || is_of_other_verb(k, t) || is_of_setting(k, word) || is_some_of(s, t, word) || is_whole_of(k, t)
        || scene_is_charged_with(s, t, word))
        return;
    const claim *c = &k->h->claim;
    const claim_count *by_rule = k->question == JUDGE_KILLED ? &c->killed : &c->injured;
    bool proposed = (k->question == JUDGE_KILLED ? c->has_killed : c->has_injured)
                    && span_overlaps(by_rule->at, n->at)
                    && (by_rule->number.low == n->number.low || source[0] == 's');
    evidence e;
    evidence_begin(&e, k->question);
    evidence_add(&e, "source", str_from(source), proposed ? STR("y") : STR("n"));
    evidence_add(&e, "of", n->number.of, k->h->type->name);
    evidence_add(&e, "exact", n->number.has_low && n->number.has_high ? STR("y") : STR("n"), STR(""));
    evidence_number(&e, "number", n->number.has_low ? (uint32_t)n->number.low : 0);
    evidence_number(&e, "greater", greater(k, &n->number));
    bool is_part = span_overlaps(k->sum, n->at) && k->sum.len > n->at.len;
    evidence_add(&e, "part-of-sum", is_part ? STR("y") : STR("n"), str_from(source));
    evidence_add(&e, "own", word == k->h->token ? STR("y") : STR("n"), proposed ? STR("y") : STR("n"));
    evidence_add(&e, "word-path", weigh_path(s, word, k->h->token), STR(""));
    evidence_add(&e, "harm-word", scene_word(s, word), STR(""));
    evidence_flag(&e, "word-before", word < k->h->token);
    add_place_of_number(k, n, t, word, &e);
    weigh_pair(s, k->all, k->h, word, &e);
    hint_pair_evidence(s, hint_peak(s, k->h), k->h->type->name, t, t,
                       str_from(judge_question_text(k->question)), &e);
    judge_subject about = {.doc = s->doc,
                           .trigger = k->h->claim.trigger,
                           .type = k->h->type->name,
                           .about = n->at,
                           .number = &n->number};
    double p = judge_ask(k->j, k->question, &e, &about);
    if (is_part && str_is(str_from(source), "group") && span_overlaps(k->best.at, k->sum)) p -= PART_MARGIN;
    if (p < k->best_p) return;
    k->best_p = p, k->best = *n, k->found = true;
}

static uint32_t head_of(const toll *k, span at)
{
    uint32_t t = k->sent->first;
    while (t + 1 < k->sent->first + k->sent->n && span_end(scene_token(k->s, t)->at) < span_end(at)) t++;
    return t;
}

/* What the words of harm take by their trees. */
static void try_sums(toll *k)
{
    for (uint32_t w = k->sent->first; w < k->sent->first + k->sent->n; w++) {
        if (!scene_is_harm(k->s, w) && !scene_in(k->s, &k->s->book->casualty_words, w)) continue;
        claim trial = {0};
        harm_of_word(k->s, &trial, w);
        bool has = k->question == JUDGE_KILLED ? trial.has_killed : trial.has_injured;
        const claim_count *n = k->question == JUDGE_KILLED ? &trial.killed : &trial.injured;
        if (!has) continue;
        try_number(k, n, head_of(k, n->at), w, "sum");
        k->sum = n->at;
    }
}

static void try_groups(toll *k)
{
    const document *d = k->s->doc;
    uint32_t n = scene_token(k->s, k->sent->first)->sentence;
    for (uint32_t i = k->s->first_mention[n]; i < k->s->first_mention[n + 1]; i++) {
        const mention *m = &d->mentions.v[i];
        if (m->kind != MENTION_QUANTITY || m->head < k->sent->first
            || m->head >= k->sent->first + k->sent->n)
            continue;
        uint32_t word = nearest_word(k, words_of(k, false), m->head);
        bool nobody = m->quantity.has_high && m->quantity.high == 0;
        if (nobody && scene_in(k->s, &k->s->book->casualty_words, m->head)) word = m->head;
        if (word == NO_TOKEN) continue;
        claim_count c = {m->at, m->quantity};
        try_number(k, &c, m->head, word, "group");
    }
}

static void add_number(int64_t *sum, bool *has, int64_t n, bool has_n)
{
    *has = *has && has_n;
    *sum += n;
}

/* "two died in a blast which also killed a soldier": all three are dead of the blast. */
static void add_further(toll *k)
{
    FOR_CHILDREN (k->s, w, k->h->token) {
        const uint32_t also = scene_child(k->s, w, DEPREL_ADVMOD);
        claim trial = {0};
        if (scene_token(k->s, w)->rel != DEPREL_ACL_RELCL || also == NO_TOKEN || !scene_is_harm(k->s, w)
            || map_get(&k->s->book->further_words, scene_token(k->s, also)->norm) == MAP_NONE)
            continue;
        harm_of_word(k->s, &trial, w);
        const claim_count *n = k->question == JUDGE_KILLED ? &trial.killed : &trial.injured;
        const bool has = k->question == JUDGE_KILLED ? trial.has_killed : trial.has_injured;
        if (!has || span_overlaps(n->at, k->best.at) || n->at.start < k->best.at.start) continue;
        quantity *q = &k->best.number;
        add_number(&q->low, &q->has_low, n->number.low, n->number.has_low);
        add_number(&q->best, &q->has_best, n->number.best, n->number.has_best);
        add_number(&q->high, &q->has_high, n->number.high, n->number.has_high);
        k->best.at = span_join(k->best.at, n->at);
    }
}

static toll weigh(const scene *s, const judge *j, uint32_t at, const happening_array *all, happening *h,
                  judge_question q)
{
    toll k = {.s = s,
              .j = j,
              .all = all,
              .h = h,
              .sent = &s->doc->sentences.v[at],
              .question = q,
              .best_p = (double)j->threshold[q]};
    try_sums(&k);
    try_groups(&k);
    if (k.found) add_further(&k);
    return k;
}

void weigh_toll(const scene *s, const judge *j, uint32_t at_sentence, const happening_array *all,
                happening *h)
{
    toll killed = weigh(s, j, at_sentence, all, h, JUDGE_KILLED),
         injured = weigh(s, j, at_sentence, all, h, JUDGE_INJURED);
    h->claim.has_killed = killed.found, h->claim.killed = killed.best;
    h->claim.has_injured = injured.found, h->claim.injured = injured.best;
}
