/* The dates of a happening's own sentence. */
#include "claim/weigh_date.h"

#include "claim/hint.h"

#include "record/labels.h"

#include <stdio.h>

enum {
    MAX_DATES = 16,
    FULL_DAY = sizeof "YYYY-MM-DD" - 1,
    FULL_RANGE = 2 * FULL_DAY + 1,
    PRECISION_DAY = 1, /* UCDP GED date_prec */
    PRECISION_DAYS = 2,
    PRECISION_WEEK = 3
};

typedef struct own_date {
    const mention *m;
    const date *when;
    span at;
    const char *form; /* "day", "bound" (one end of an interval), "since", "range", "none" */
    uint32_t distance;
} own_date;

typedef struct own_dates {
    own_date v[MAX_DATES];
    uint32_t n;
} own_dates;

typedef struct asking {
    const scene *s;
    const judge *j;
    const happening_array *all;
    happening *h;
    uint32_t sentence;
    own_dates dates;
} asking;

bool weigh_dates_a_saying(const scene *s, uint32_t trigger, uint32_t predicate, uint32_t date_head)
{
    int32_t up = scene_token(s, date_head)->head;
    return up >= 0 && (uint32_t)up != trigger && (uint32_t)up != predicate
           && scene_in(s, &s->book->reporting, (uint32_t)up);
}

const char *weigh_age(const document *d, const date *when)
{
    if (!d->published.year || !when->from.year) return "unknown";
    int days = (d->published.year - when->from.year) * 365 + (d->published.month - when->from.month) * 30
               + d->published.day - when->from.day;
    return days < 0 ? "future" : days < 1 ? "same" : days < 8 ? "week" : days < 62 ? "months" : "old";
}

static int compare_days(civil_date a, civil_date b)
{
    return a.year != b.year ? a.year - b.year : a.month != b.month ? a.month - b.month : a.day - b.day;
}

const date *weigh_until_told(const scene *s, const claim *c, const date *when)
{
    civil_date told = s->doc->published, from = when->from;
    bool over = c->status == STATUS_OCCURRED || c->status == STATUS_ONGOING;
    if (!over || !told.year || !told.month || !told.day || !from.year || !when->to.year
        || strlen(when->edtf) != FULL_RANGE)
        return when;
    int days = compare_days(told, from);
    if (days < 0 || compare_days(told, when->to) >= 0) return when;
    date *out = arena_new(s->arena, date, 1);
    *out = *when;
    out->to = told;
    out->edtf[FULL_DAY] = '\0';
    out->precision = !days                               ? PRECISION_DAY
                     : when->precision == PRECISION_WEEK ? PRECISION_DAYS
                                                         : when->precision;
    if (days)
        snprintf(out->edtf, sizeof out->edtf, "%.*s/%04d-%02d-%02d", FULL_DAY, when->edtf, told.year,
                 told.month, told.day);
    return out;
}

str weigh_tense(const scene *s, uint32_t predicate)
{
    str out = str_from(label_text(LABELS_XPOS, (int)scene_token(s, predicate)->tag));
    FOR_CHILDREN (s, c, predicate) {
        const token *k = scene_token(s, c);
        if (k->rel != DEPREL_AUX && k->rel != DEPREL_AUX_PASS && k->rel != DEPREL_COP) continue;
        str word = k->tag == XPOS_VBD ? k->norm : k->lemma;
        out = arena_format(s->arena, "%.*s %.*s", (int)out.len, out.ptr, (int)word.len, word.ptr);
    }
    return out;
}

/* ---- which dates stand there ---------------------------------------------------------------------- */

static void add_date(asking *a, const mention *m, const date *when, span at, const char *form)
{
    if (a->dates.n == MAX_DATES) return;
    uint32_t x = scene_distance(a->s, m->head, a->h->token),
             y = scene_distance(a->s, m->head, a->h->predicate);
    when = weigh_until_told(a->s, &a->h->claim, when);
    a->dates.v[a->dates.n++] = (own_date){m, when, at, form, x < y ? x : y};
}

/* "840,000 people, up from 65,000 a year earlier": the time of the other number. */
static bool is_compared(const scene *s, const mention *m)
{
    enum { NUMBER_WORDS = 5 };
    const uint32_t start = s->doc->sentences.v[scene_token(s, m->head)->sentence].first;
    for (uint32_t t = m->first; t-- > start && m->first - t <= NUMBER_WORDS;) {
        const str w = scene_token(s, t)->norm;
        if (scene_token(s, t)->pos == UPOS_VERB || scene_token(s, t)->pos == UPOS_PUNCT) return false;
        if (!str_is(w, "from") && !str_is(w, "than") && !str_is(w, "with") && !str_is(w, "to")) continue;
        return t > start && m->first - t > 1
               && (scene_in(s, &s->book->comparisons, t - 1)
                   || map_get(&s->book->comparisons, scene_token(s, t - 1)->norm) != MAP_NONE);
    }
    return false;
}

static bool is_superlative(const scene *s, uint32_t t)
{
    const token *k = scene_token(s, t);
    return k->tag == XPOS_JJS || str_is(k->lemma, "first") || str_is(k->lemma, "most")
           || str_is(k->lemma, "only");
}

/* "the deadliest attack since 2008", "the strikes were the heaviest since the truce": the time that it is compared with. */
static bool is_of_superlative(const scene *s, const happening *h, const mention *m)
{
    if (!str_is(scene_preposition(s, m->head), "since")) return false;
    const int32_t head = scene_token(s, m->head)->head;
    if (head >= 0 && is_superlative(s, (uint32_t)head)) return true;
    FOR_CHILDREN (s, c, h->token)
        if (c < h->token && scene_token(s, c)->rel == DEPREL_AMOD && is_superlative(s, c)) return true;
    return false;
}

static bool has_mark(const scene *s, uint32_t from, uint32_t to)
{
    for (uint32_t t = from; t < to; t++)
        if (scene_token(s, t)->pos == UPOS_PUNCT) return true;
    return false;
}

/* "police said on Tuesday they had arrested": the parser may hang the day on what is said. */
static bool is_between_saying_and_said(const scene *s, const happening *h, const mention *m)
{
    const sentence *sent = &s->doc->sentences.v[scene_token(s, m->head)->sentence];
    const uint32_t end = m->first + m->n;
    if (m->first < sent->first + 2 || end >= sent->first + sent->n) return false;
    const bool led = scene_token(s, m->first - 1)->pos == UPOS_ADP;
    const uint32_t verb = m->first - 1 - led;
    const token *next = scene_token(s, end);
    const bool opens = next->tag == XPOS_PRP || next->rel == DEPREL_MARK;
    return opens && h->token > end && scene_is_verb(s, verb) && scene_in(s, &s->book->reporting, verb)
           && scene_below(s, h->token, verb);
}

/* "said on Monday that …", "told reporters on Monday", "police on Monday said …": beyond doubt the day of the saying. In "were
 * killed on Monday, police said" the parser may hang the day on the wrong verb. */
static bool is_day_of_saying(const scene *s, const happening *h, const mention *m)
{
    int32_t up = scene_token(s, m->head)->head;
    if (is_between_saying_and_said(s, h, m)) return true;
    if (up >= 0 && deprel_universal(scene_token(s, (uint32_t)up)->rel) == DEPREL_NSUBJ)
        up = scene_token(s, (uint32_t)up)->head;
    const uint32_t verb = (uint32_t)up;
    /* "issued a statement on Thursday condemning the raid" says so on that day */
    if (up >= 0 && h->type->is_speech && scene_token(s, h->token)->tag == XPOS_VBG
        && scene_token(s, h->token)->head == up)
        return false;
    if (up < 0 || verb == h->token || verb == h->predicate || !scene_is_verb(s, verb)
        || !scene_in(s, &s->book->reporting, verb))
        return false;
    if (m->first > verb) return !has_mark(s, verb + 1, m->first);
    return h->token > verb && m->first + m->n == verb;
}

/* "tried to seize the town" is no matter of a court. */
static bool is_attempting(const scene *s, uint32_t verb)
{
    const uint32_t c = scene_child(s, verb, DEPREL_XCOMP);
    return str_is(scene_token(s, verb)->lemma, "try") && c != NO_TOKEN && c > verb
           && !scene_is_passive(s, verb);
}

/* "was jailed", "appeared in court", "was found guilty" */
static bool is_aftermath(const scene *s, uint32_t verb)
{
    if (scene_in(s, &s->book->aftermath_verbs, verb)) return !is_attempting(s, verb);
    FOR_CHILDREN (s, c, verb) {
        const deprel rel = deprel_universal(scene_token(s, c)->rel);
        if (rel == DEPREL_OBL && scene_in(s, &s->book->courts, c)) return true;
        if (rel == DEPREL_XCOMP && scene_in(s, &s->book->guilty_words, c)) return true;
    }
    return false;
}

bool weigh_dates_aftermath(const scene *s, const mention *m)
{
    const int32_t up = scene_token(s, m->head)->head;
    return up >= 0 && scene_is_verb(s, (uint32_t)up) && is_aftermath(s, (uint32_t)up);
}

static bool names_tribunal(const scene *s, uint32_t from, uint32_t to)
{
    for (uint32_t t = from; t < to; t++)
        if (scene_in(s, &s->book->courts, t)) return true;
    return false;
}

/* "was charged on Thursday in the slaying of a doctor", "accused of", "arrested over": the deed behind the verb is older. */
static bool is_charged_for(const scene *s, uint32_t deed, uint32_t verb)
{
    const token *k = scene_token(s, deed);
    return !scene_is_verb(s, deed) && k->head == (int32_t)verb && deprel_universal(k->rel) == DEPREL_OBL
           && scene_in(s, &s->book->accuse_verbs, verb)
           && map_get(&s->book->charge_joints, scene_preposition(s, deed)) != MAP_NONE;
}

/* "was jailed on Friday for killing six", "the man who threw it was identified on Friday": the day is not the deed's. In
 * "was charged with killing six on Friday" the parser may hang the day on the wrong verb. */
static bool is_day_of_aftermath(const scene *s, const happening *h, const mention *m)
{
    const int32_t up = scene_token(s, m->head)->head;
    if (up >= 0 && is_charged_for(s, h->token, (uint32_t)up) && m->first < h->token) return true;
    if (up < 0 || (uint32_t)up == h->token || (uint32_t)up == h->predicate
        || !scene_is_verb(s, (uint32_t)up))
        return false;
    const bool behind = (uint32_t)up < h->token && h->token < m->first;
    if (behind && !names_tribunal(s, h->token + 1, m->first)) return false;
    return is_aftermath(s, (uint32_t)up) && scene_below(s, h->token, (uint32_t)up);
}

/* "bombing victims", "murder suspects": the deed that only names somebody has not the day of what is told of them. */
static bool is_name_of_people(const scene *s, const happening *h, const mention *m)
{
    const token *k = scene_token(s, h->token);
    if (k->head < 0 || scene_is_verb(s, h->token) || scene_below(s, m->head, (uint32_t)k->head))
        return false;
    return (k->rel == DEPREL_COMPOUND || k->rel == DEPREL_AMOD)
           && scene_in(s, &s->book->person_nouns, (uint32_t)k->head);
}

/* "lasted until the fall of the town in May": the parser may hang the day on what lasted. */
static bool is_behind_end(const scene *s, const happening *h, const mention *m)
{
    const uint32_t start = s->doc->sentences.v[scene_token(s, m->head)->sentence].first;
    for (uint32_t t = m->first; t-- > start && scene_token(s, t)->pos != UPOS_PUNCT;)
        if (str_is(scene_token(s, t)->norm, "until") || str_is(scene_token(s, t)->norm, "till"))
            return t + 1 < m->first && h->token < t && scene_token(s, t)->head != (int32_t)m->head;
    return false;
}

/* "went on until the deal was signed in May", "before the raid of 9 May": the day of the later one alone. */
static bool is_day_of_end(const scene *s, const happening *h, const mention *m)
{
    if (is_behind_end(s, h, m)) return true;
    enum { MOST_UP = 6 };
    int32_t t = (int32_t)m->head;
    for (int i = 0; i < MOST_UP && t >= 0; i++, t = scene_token(s, (uint32_t)t)->head) {
        if ((uint32_t)t == h->token || (uint32_t)t == h->predicate) return false;
        FOR_CHILDREN (s, c, (uint32_t)t) {
            const deprel r = scene_token(s, c)->rel;
            if (c >= (uint32_t)t || (r != DEPREL_CASE && r != DEPREL_MARK) || (uint32_t)t == m->head)
                continue;
            if (scene_in(s, &s->book->end_words, c)) return !scene_below(s, h->token, (uint32_t)t);
        }
    }
    return false;
}

bool weigh_dates_other(const scene *s, const happening *h, const mention *m)
{
    if (m->dates_text) return true;
    const uint32_t event = scene_event_of(s, m);
    if (event != NO_TOKEN) return !scene_below(s, h->token, event);
    return is_compared(s, m) || is_of_superlative(s, h, m) || is_day_of_saying(s, h, m)
           || is_day_of_aftermath(s, h, m) || is_name_of_people(s, h, m) || is_day_of_end(s, h, m)
           || scene_dated_apart(s, h->token, m->head);
}

static const char *form_of_interval(const date *when)
{
    size_t n = strlen(when->edtf);
    bool open = strstr(when->edtf, "..") != NULL;
    return open && n > 2 && when->edtf[0] == '.' ? "until" : open ? "since" : "range";
}

static void find_dates(asking *a)
{
    const document *d = a->s->doc;
    const sentence *sent = &d->sentences.v[a->sentence];
    const date *last = NULL;
    for (uint32_t i = a->s->first_mention[a->sentence]; i < a->s->first_mention[a->sentence + 1]; i++) {
        const mention *m = &d->mentions.v[i];
        if (m->kind != MENTION_DATE || m->head < sent->first || m->head >= sent->first + sent->n) continue;
        if (weigh_dates_other(a->s, a->h, m)) continue;
        bool bound = m->interval.edtf[0] != 0;
        add_date(a, m, &m->date, m->at, !m->date.edtf[0] ? "none" : bound ? "bound" : "day");
        if (bound && !scene_bounds_interval(a->s, a->h->token, m)
            && !(last && strcmp(last->edtf, m->interval.edtf) == 0))
            add_date(a, m, &m->interval, m->interval_at, form_of_interval(&m->interval));
        last = bound ? &m->interval : NULL;
    }
}

/* ---- evidence ---------------------------------------------------------------------------------------- */

static uint32_t nearer_dates(const asking *a, const own_date *k)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < a->dates.n; i++)
        n += a->dates.v[i].m != k->m && a->dates.v[i].distance < k->distance;
    return n;
}

static uint32_t happenings_here(const asking *a)
{
    uint32_t n = 0;
    for (size_t i = 0; i < a->all->n; i++) n += !a->all->v[i].dropped;
    return n;
}

/* What claims before it have: those of the same sentence, and of the document. */
static void add_use(const asking *a, const own_date *k, evidence *e)
{
    const document *d = a->s->doc;
    const claim *beside = NULL;
    uint32_t times = 0;
    for (size_t i = 0; i < d->claims.n; i++) {
        const claim *c = &d->claims.v[i];
        times += c->has_date && strcmp(c->date.edtf, k->when->edtf) == 0;
        if (scene_token(a->s, c->trigger_token)->sentence == a->sentence) beside = c;
    }
    evidence_number(e, "used", times);
    if (!beside) return;
    const char *has = !beside->has_date                               ? "none"
                      : strcmp(beside->date.edtf, k->when->edtf) == 0 ? "same"
                                                                      : "other";
    str path = weigh_path(a->s, a->h->token, beside->trigger_token);
    evidence_add(e, "beside", str_from(has), str_from(k->form));
    evidence_add(e, "beside-path", path, str_from(has));
    evidence_add(e, "beside-type", beside->type, str_from(has));
}

static void add_place_in_sentence(const asking *a, const own_date *k, evidence *e)
{
    const scene *s = a->s;
    const sentence *sent = &s->doc->sentences.v[a->sentence];
    uint32_t head = k->m->head;
    bool leads = k->m->first <= sent->first + 1, ends = k->m->first + k->m->n + 2 >= sent->first + sent->n;
    uint32_t own = scene_clause(s, a->h->token), its = scene_clause(s, head);
    str where = str_from(leads ? "leads" : ends ? "ends" : "inside");
    str clause = str_from(own == its ? "same" : scene_below(s, own, its) ? "below" : "other");
    uint32_t nearer = nearer_dates(a, k);
    evidence_add(e, "clause", clause, where);
    evidence_add(e, "clause-form", clause, str_from(k->form));
    evidence_add(e, "where-rel", where, str_from(label_text(LABELS_DEPREL, (int)scene_token(s, own)->rel)));
    evidence_add(e, "where-guise", where, weigh_guise(a->h));
    evidence_number(e, "dates-here", a->dates.n);
    evidence_number(e, "nearer-dates", nearer);
    evidence_add(e, "nearest-clause", nearer ? STR("n") : STR("y"), clause);
    evidence_add(e, "only", a->dates.n == 1 ? STR("y") : STR("n"), where);
    evidence_number(e, "happenings-here", happenings_here(a));
    evidence_add(e, "within", span_overlaps(k->at, a->h->claim.trigger) ? STR("y") : STR("n"),
                 str_from(k->form));
}

/* "late 1940 and early 1941": each is but a part of the whole. */
static bool is_one_of_range(const asking *a, const own_date *k)
{
    const document *d = a->s->doc;
    const uint32_t *first = a->s->first_mention;
    for (uint32_t i = first[a->sentence]; k->m->interval.edtf[0] && i < first[a->sentence + 1]; i++) {
        const mention *m = &d->mentions.v[i];
        if (m != k->m && m->kind == MENTION_DATE && m->interval.edtf[0]
            && m->interval_at.start == k->m->interval_at.start)
            return true;
    }
    return false;
}

/* "in June 1946, when war broke out on June 26" */
static bool has_own_date(const asking *a, const own_date *k, uint32_t clause)
{
    for (uint32_t i = 0; i < a->dates.n; i++)
        if (a->dates.v[i].m != k->m && scene_below(a->s, a->dates.v[i].m->head, clause)) return true;
    return false;
}

/* "two days after bombs killed six": the day is told from this very happening. "Since early 2011, when police shot at
 * protesters": it is told what happened on that day. */
#define TOLD_OF_IT 0.95

static bool is_told_behind(const asking *a, const own_date *k)
{
    const scene *s = a->s;
    const sentence *sent = &s->doc->sentences.v[a->sentence];
    const uint32_t end = sent->first + sent->n;
    uint32_t t = k->m->first + k->m->n;
    while (t < end && scene_token(s, t)->at.start < span_end(k->at)) t++;
    if (t < end && str_is(scene_token(s, t)->norm, ",")) t++;
    const bool whole = k->when == &k->m->date ? !is_one_of_range(a, k) : is_one_of_range(a, k);
    if (!whole || t >= end || !str_is(scene_token(s, t)->norm, "when")) return false;
    return scene_token(s, t)->head == (int32_t)scene_clause(s, a->h->token)
           && !has_own_date(a, k, (uint32_t)scene_token(s, t)->head);
}

/* "the January 2018 bombing": no other happening is told by that date. */
static bool is_named_by(const asking *a, const own_date *k)
{
    const scene *s = a->s;
    const token *d = scene_token(s, k->m->head);
    const deprel r = deprel_universal(d->rel);
    const bool names = r == DEPREL_COMPOUND || r == DEPREL_NUMMOD || r == DEPREL_NMOD || r == DEPREL_AMOD;
    return names && d->head == (int32_t)a->h->token && k->m->head < a->h->token && k->when == &k->m->date
           && scene_token(s, a->h->token)->pos == UPOS_NOUN && !is_one_of_range(a, k);
}

static double ask(const asking *a, const own_date *k, bool proposed)
{
    if (scene_event_of(a->s, k->m) != NO_TOKEN || is_told_behind(a, k) || is_named_by(a, k))
        return TOLD_OF_IT;
    const happening *h = a->h;
    const claim *own = &h->claim;
    const document *d = a->s->doc;
    str type = h->type->name, form = str_from(k->form);
    str status = str_from(label_text(LABELS_STATUS, (int)own->status));
    str age = str_from(weigh_age(d, k->when));
    str tense = weigh_tense(a->s, h->predicate);
    bool saying = weigh_dates_a_saying(a->s, h->token, h->predicate, k->m->head);
    evidence e;
    evidence_begin(&e, JUDGE_DATE);
    evidence_number(&e, "precision", k->when->precision);
    evidence_add(&e, "precision-guise", weigh_digit(k->when->precision), weigh_guise(h));
    evidence_add(&e, "status", status, form);
    evidence_add(&e, "age-status", age, status);
    evidence_add(&e, "age-type", age, type);
    evidence_add(&e, "age-tense", age, tense);
    evidence_add(&e, "form-type", form, type);
    evidence_add(&e, "form-tense", form, tense);
    evidence_add(&e, "basis", str_from(label_text(LABELS_DATE_BASIS, (int)k->when->basis)), age);
    evidence_add(&e, "opens", scene_token(a->s, k->m->first)->norm, STR(""));
    evidence_add(&e, "saying", saying ? STR("y") : STR("n"), STR(""));
    evidence_add(&e, "saying-guise", saying ? STR("y") : STR("n"), weigh_guise(h));
    add_place_in_sentence(a, k, &e);
    add_use(a, k, &e);
    evidence_add(&e, "form-path", form, weigh_path(a->s, k->m->head, h->token));
    weigh_pair(a->s, a->all, h, k->m->head, &e);
    hint_pair_evidence(a->s, hint_peak(a->s, a->h), a->h->type->name, k->m->first,
                       k->m->first + k->m->n - 1, STR("date"), &e);
    str by_rule = proposed ? STR("yes") : own->has_date ? STR("other") : STR("no");
    evidence_add(&e, "proposed", by_rule, form);
    evidence_add(&e, "proposed-type", by_rule, type);
    judge_subject about = {
        .doc = d, .trigger = own->trigger, .type = type, .about = k->at, .when = k->when};
    return judge_ask(a->j, JUDGE_DATE, &e, &about);
}

static bool is_definite(const scene *s, uint32_t t)
{
    FOR_CHILDREN (s, c, t)
        if (scene_token(s, c)->rel == DEPREL_DET && str_is(scene_token(s, c)->norm, "the")) return true;
    return false;
}

dated weigh_date(const scene *s, const judge *j, uint32_t at_sentence, const happening_array *all,
                 happening *h)
{
    asking a = {.s = s, .j = j, .all = all, .h = h, .sentence = at_sentence};
    dated out = {h->predicate, weigh_guise(h), h->rule->is_vague, is_definite(s, h->token), -1};
    claim *c = &h->claim;
    const own_date *best = NULL;
    find_dates(&a);
    for (uint32_t i = 0; i < a.dates.n; i++) {
        const own_date *k = &a.dates.v[i];
        double p = ask(&a, k, c->has_date && span_overlaps(c->date_at, k->m->at));
        if (p > out.own) out.own = p, best = k;
    }
    c->has_date = best && out.own >= (double)j->threshold[JUDGE_DATE];
    if (c->has_date) c->date_at = best->at, c->date = *best->when;
    return out;
}
