/* Dates that the text tells outside of the happening's sentence. */
#include "claim/hint.h"
#include "claim/weigh_same.h"

#include "record/labels.h"

enum {
    MAX_DAYS = 24,
    SENTENCES_BACK = 3,
    SENTENCES_AHEAD = 3,
    LOOK_BACK = 150,
    EARLY_SENTENCES = 2,
    CLAIMS_BACK = 12
};

/* A date that the happening may have. */
typedef struct day {
    const mention *m;
    const date *when;
    span at;
    uint32_t rank;       /* candidates nearer to the trigger */
    uint32_t times;      /* claims that have it */
    uint32_t since;      /* later ones that have another */
    bool in_last;        /* the very last has it */
    const claim *before; /* the nearest of them */
    double same;         /* the likelihood that one of them tells of the same happening */
} day;

typedef struct asking {
    const scene *s;
    const judge *j;
    const happening_array *all;
    happening *h;
    uint32_t sentence;
    const dated *own;
    const double *same; /* that the last claim tells of the same, the one before it … */
    double most;        /* the highest of these */
    uint32_t broken;    /* the last sentence up to this one that is at a later time, not told; 0 = none */
    day days[MAX_DAYS];
    uint32_t n;
} asking;

/* ---- candidates ---------------------------------------------------------------------------------------- */

static bool has(const claim *c, const date *when)
{
    return c->has_date && strcmp(c->date.edtf, when->edtf) == 0;
}

static void find_use(const asking *a, day *k)
{
    const document *d = a->s->doc;
    for (size_t i = d->claims.n, back = 0; i-- > 0 && back < SAME_BACK; back++) {
        const claim *c = &d->claims.v[i];
        if (has(c, k->when) && a->same[back] > k->same) k->same = a->same[back];
        if (back >= CLAIMS_BACK) continue;
        if (!has(c, k->when)) {
            k->since += !k->times && c->has_date;
            continue;
        }
        if (!k->times++) k->before = c;
        k->in_last = k->in_last || i + 1 == d->claims.n;
    }
}

static bool is_known(const asking *a, const date *when)
{
    for (uint32_t i = 0; i < a->n; i++)
        if (strcmp(a->days[i].when->edtf, when->edtf) == 0) return true;
    return false;
}

static bool is_early(const asking *a, const mention *m)
{
    return scene_token(a->s, m->head)->sentence < EARLY_SENTENCES;
}

/* "soon after that …", "in the following weeks …" */
static bool is_break(const scene *s, const sentence *sent)
{
    enum { MOST_AHEAD = 5, MOST_WORDS = 3, ROOM = 48 };
    for (uint32_t i = 0; i < MOST_AHEAD && i < sent->n; i++) {
        char text[ROOM];
        size_t n = 0;
        for (uint32_t k = 0; k < MOST_WORDS && i + k < sent->n; k++) {
            const str w = scene_token(s, sent->first + i + k)->norm;
            if (n + w.len + 1 > ROOM) break;
            if (k) text[n++] = ' ';
            memcpy(text + n, w.ptr, w.len);
            n += w.len;
            if (map_get(&s->book->breaks, (str){text, n}) != MAP_NONE) return true;
        }
    }
    return false;
}

static uint32_t last_break(const scene *s, uint32_t sentence_index)
{
    enum { MOST_BACK = 12 };
    for (uint32_t i = sentence_index; i > 0 && sentence_index - i < MOST_BACK; i--)
        if (is_break(s, &s->doc->sentences.v[i])) return i;
    return 0;
}

/* An exact day told before such a sentence, and one that a verb of leaving has left behind. */
static bool is_left_behind(const asking *a, const day *k)
{
    enum { DAYS = 2 };
    const double likely = 0.5;
    const uint32_t told = scene_token(a->s, k->m->head)->sentence;
    if (k->when->precision > DAYS || told >= a->sentence || k->same > likely) return false;
    const happening *h = a->h;
    const bool departs = h->first == h->last && scene_is_verb(a->s, h->token)
                         && scene_in(a->s, &a->s->book->depart_verbs, h->token)
                         && !a->s->doc->published.year;
    return told < a->broken || departs;
}

static void add_day(asking *a, const mention *m, const date *when, span at, bool is_near)
{
    if (!when->edtf[0] || a->n == MAX_DAYS) return;
    when = weigh_until_told(a->s, &a->h->claim, when);
    if (is_known(a, when)) return;
    day k = {.m = m, .when = when, .at = at, .rank = a->n};
    find_use(a, &k);
    if (is_left_behind(a, &k)) return;
    if (is_near || k.times || k.same > 0.1 || is_early(a, m)) a->days[a->n++] = k;
}

/* "Second War (1937-1945)": the years of what the words before name, of no single happening. */
static bool is_in_brackets(const asking *a, const mention *m)
{
    enum { YEAR = sizeof "YYYY" - 1, MOST_WORDS = 4 };
    const scene *s = a->s;
    if (strlen(m->date.edtf) != YEAR || scene_token(s, m->head)->sentence == a->sentence) return false;
    for (uint32_t t = m->first; t-- > 0 && m->first - t <= MOST_WORDS;) {
        const token *k = scene_token(s, t);
        if (str_is(k->norm, "(")) return true;
        if (k->pos != UPOS_PUNCT && k->pos != UPOS_NUM && k->pos != UPOS_SYM) return false;
    }
    return false;
}

static void add_mention(asking *a, const mention *m, bool is_near)
{
    if (m->kind != MENTION_DATE || m->dates_text || is_in_brackets(a, m)) return;
    const bool here = scene_token(a->s, m->head)->sentence == a->sentence;
    const bool itself = scene_in(a->s, &a->s->book->aftermath_verbs, a->h->predicate);
    if (!here && !itself && weigh_dates_aftermath(a->s, m))
        return; /* the deed of a trial was on another day */
    if (here && weigh_dates_other(a->s, a->h, m)) return;
    add_day(a, m, &m->date, m->at, is_near);
    add_day(a, m, &m->interval, m->interval_at, false);
}

static void find_days(asking *a)
{
    const document *d = a->s->doc;
    const uint32_t *first = a->s->first_mention;
    uint32_t to = first[a->sentence + 1],
             near = first[a->sentence > SENTENCES_BACK ? a->sentence - SENTENCES_BACK : 0];
    for (uint32_t i = to; i-- > (to > LOOK_BACK ? to - LOOK_BACK : 0);)
        add_mention(a, &d->mentions.v[i], i >= near);
    if (weigh_looks_ahead(a->s, a->sentence)) {
        size_t last = a->sentence + 1 + SENTENCES_AHEAD;
        uint32_t end = first[last < d->sentences.n ? last : d->sentences.n];
        for (uint32_t i = to; i < end; i++) add_mention(a, &d->mentions.v[i], true);
    }
    pair_window w = pair_window_of(a->s, a->h);
    for (uint32_t i = w.first; i < w.end; i++) {
        const mention *m = &d->mentions.v[i];
        if (m->kind == MENTION_DATE && pair_names(a->s, &w, m, STR("date"))) add_mention(a, m, true);
    }
}

/* ---- evidence ------------------------------------------------------------------------------------------- */

static str yes(bool on)
{
    return on ? STR("y") : STR("n");
}

static void add_same(const asking *a, const day *k, str where, evidence *e)
{
    bool is_best = k->same >= a->most;
    evidence_odds(e, "same", k->same, where);
    evidence_odds(e, "same-best", k->same, yes(is_best));
    evidence_odds(e, "same-any", a->most, yes(is_best));
    evidence_odds(e, "same-guise", k->same, a->own->guise);
    evidence_odds(e, "same-type", k->same, a->h->type->name);
}

/* The last claim that has the date. */
static void add_claim(const asking *a, const day *k, str where, evidence *e)
{
    const claim *c = &a->h->claim, *o = k->before;
    if (!o) return;
    likeness l = weigh_likeness(a->s, c, o);
    str like = l.word ? STR("word") : l.type ? STR("type") : STR("-");
    str party = l.actor ? STR("actor") : l.party ? STR("party") : l.differ_actor ? STR("differ") : STR("-");
    str there = l.place ? STR("same") : l.differ_place ? STR("differ") : STR("-");
    uint32_t x = scene_token(a->s, o->trigger_token)->sentence;
    evidence_number(e, "last-gap", a->sentence - x);
    evidence_add(e, "last-like", like, where);
    evidence_add(e, "last-party", party, where);
    evidence_add(e, "last-place", there, where);
    evidence_add(e, "last-place-party", there, party);
    evidence_add(e, "last-like-definite", like, yes(a->own->is_definite));
    evidence_add(e, "last-types", o->type, c->type);
    evidence_add(e, "last-statuses", str_from(label_text(LABELS_STATUS, (int)o->status)),
                 str_from(label_text(LABELS_STATUS, (int)c->status)));
    if (x != a->sentence) return;
    str path = weigh_path(a->s, c->trigger_token, o->trigger_token);
    evidence_add(e, "last-path", path, STR(""));
    evidence_add(e, "last-path-type", path, c->type);
}

/* What the day is told of where it stands: "the 2016 peace deal", "seized it in 2014". */
static void add_clause_of_day(const asking *a, const day *k, str tense, evidence *e)
{
    const token *d = scene_token(a->s, k->m->head);
    if (d->head < 0) return;
    uint32_t of = (uint32_t)d->head;
    str pos = str_from(label_text(LABELS_UPOS, (int)scene_token(a->s, of)->pos));
    evidence_add(e, "day-of", pos, str_from(label_text(LABELS_DEPREL, (int)d->rel)));
    evidence_add(e, "day-of-precision", pos, weigh_digit(k->when->precision));
    evidence_cluster(e, a->j, "day-of-like", scene_word(a->s, of), STR(""));
    evidence_add(e, "day-tenses", weigh_tense(a->s, scene_clause(a->s, k->m->head)), tense);
}

static void add_day_evidence(const asking *a, const day *k, str where, evidence *e)
{
    const claim *own = &a->h->claim;
    str status = str_from(label_text(LABELS_STATUS, (int)own->status)), type = a->h->type->name;
    str age = str_from(weigh_age(a->s->doc, k->when)), tense = weigh_tense(a->s, a->h->predicate);
    bool saying = weigh_dates_a_saying(a->s, a->h->token, a->h->predicate, k->m->head);
    evidence_number(e, "precision", k->when->precision);
    evidence_add(e, "precision-where", weigh_digit(k->when->precision), where);
    add_clause_of_day(a, k, tense, e);
    evidence_add(e, "status", status, where);
    evidence_add(e, "age-status", age, status);
    evidence_add(e, "age-type", age, type);
    evidence_add(e, "age-where", age, where);
    evidence_add(e, "age-tense", age, tense);
    evidence_add(e, "tense-where", tense, where);
    evidence_add(e, "basis", str_from(label_text(LABELS_DATE_BASIS, (int)k->when->basis)), age);
    evidence_add(e, "opens", scene_token(a->s, k->m->first)->norm, STR(""));
    evidence_add(e, "saying", yes(saying), where);
    evidence_habit(e, "where", where, type);
    evidence_habit(e, "used", yes(k->in_last), where);
    evidence_add(e, "where-type", where, type);
    evidence_add(e, "where-guise", where, weigh_guise(a->h));
    evidence_number(e, "rank", k->rank);
    evidence_number(e, "used", k->times);
    evidence_number(e, "used-since", k->since);
    evidence_add(e, "used-last", yes(k->in_last), k->rank ? STR("far") : STR("nearest"));
    evidence_add(e, "used-last-where", yes(k->in_last), where);
    evidence_add(e, "used-type", yes(k->in_last), type);
    evidence_flag(e, "early", is_early(a, k->m));
    evidence_flag(e, "first-claim", a->s->doc->claims.n == 0);
    if (a->own->own < 0) evidence_add(e, "own", STR("none"), where);
    else evidence_odds(e, "own", a->own->own, where);
}

/* Words that carry a story on or break it off: "meanwhile", "earlier", "then". */
static void add_turns(const asking *a, str where, evidence *e)
{
    const scene *s = a->s;
    const sentence *sent = &s->doc->sentences.v[a->sentence];
    evidence_add(e, "sentence-opens", scene_token(s, sent->first)->norm, where);
    FOR_CHILDREN (s, t, a->h->predicate)
        if (scene_token(s, t)->rel == DEPREL_ADVMOD || scene_token(s, t)->rel == DEPREL_MARK)
            evidence_add(e, "turn", scene_word(s, t), where);
    FOR_CHILDREN (s, t, a->h->token)
        if (scene_token(s, t)->rel == DEPREL_AMOD || scene_token(s, t)->rel == DEPREL_DET)
            evidence_add(e, "turn-own", scene_word(s, t), where);
    bool toll = a->h->claim.has_killed || a->h->claim.has_injured;
    evidence_add(e, "toll", yes(toll), where);
    evidence_add(e, "said", yes(a->h->claim.claimants.n > 0), where);
    evidence_add(e, "places", yes(a->h->claim.places.n > 0), where);
}

static double ask(const asking *a, const day *k)
{
    evidence e;
    evidence_begin(&e, JUDGE_DAY);
    str where = weigh_where(a->s, a->sentence, k->m->head);
    add_day_evidence(a, k, where, &e);
    add_same(a, k, where, &e);
    add_claim(a, k, where, &e);
    add_turns(a, where, &e);
    weigh_pair(a->s, a->all, a->h, k->m->head, &e);
    hint_pair_evidence(a->s, hint_peak(a->s, a->h), a->h->type->name, k->m->first,
                       k->m->first + k->m->n - 1, STR("date"), &e);
    judge_subject about = {.doc = a->s->doc,
                           .trigger = a->h->claim.trigger,
                           .type = a->h->type->name,
                           .about = k->at,
                           .when = k->when};
    return judge_ask(a->j, JUDGE_DAY, &e, &about);
}

void weigh_day(const scene *s, const judge *j, uint32_t at_sentence, const happening_array *all,
               happening *h, const dated *own, const double same[SAME_BACK])
{
    asking *a = arena_new(s->arena, asking, 1);
    *a = (asking){.s = s, .j = j, .all = all, .h = h, .sentence = at_sentence, .own = own, .same = same};
    for (uint32_t i = 0; i < SAME_BACK; i++)
        if (same[i] > a->most) a->most = same[i];
    a->broken = last_break(s, at_sentence);
    const day *best = NULL;
    double best_p = (double)j->threshold[JUDGE_DAY];
    find_days(a);
    for (uint32_t i = 0; i < a->n; i++) {
        double p = ask(a, &a->days[i]);
        if (p >= best_p) best = &a->days[i], best_p = p;
    }
    h->claim.has_date = best != NULL;
    if (best) h->claim.date_at = best->at, h->claim.date = *best->when;
}
