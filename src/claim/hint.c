#include "claim/hint.h"

#include <math.h>

#include "record/labels.h"

enum { MAX_RIVALS = 128 };

/* Words less likely to tell of a happening do not count where the means of a document are asked. */
#define MEANS_LEAST 0.2

/* What else a happening's window names, and how likely it plays each role. */
typedef struct pair_ranking {
    uint32_t asking; /* the token that tells the happening; NO_TOKEN = none yet */
    uint32_t n;
    struct rival {
        uint32_t first, last;
        double likelihood[PAIR_MAX_ROLES];
    } v[MAX_RIVALS];
} pair_ranking;

/* Fills scene.means. */
static void find_means(scene *s);

void hint_begin(scene *s)
{
    if (!s->judge || !s->judge->hears_hints || !s->doc->hints.score) return;
    double *weight = arena_new(s->doc->arena, double, 256);
    for (int i = 0; i < 256; i++) weight[i] = exp(HINT_UNIT * (i + INT8_MIN));
    s->hint_weight = weight;
    s->hints = &s->doc->hints;
    s->ranking = arena_new(s->doc->arena, pair_ranking, 1);
    s->ranking->asking = NO_TOKEN;
    find_means(s);
}

bool hint_is_given(const scene *s)
{
    return s->hint_weight != NULL;
}

/* ---- likelihoods --------------------------------------------------------------------------------- */

typedef struct row {
    const hint_names *names;
    const int8_t *score;
    const double *weight;
    uint32_t first, end; /* columns */
} row;

static row row_of(const scene *s, uint32_t t, hint_kind kind)
{
    const hint_scores *h = s->hints;
    return (row){h->names, h->score + (size_t)t * h->names->first[N_HINT_KIND], s->hint_weight,
                 h->names->first[kind], h->names->first[kind + 1]};
}

static double share(const row *r, uint32_t column)
{
    double sum = 0;
    for (uint32_t i = r->first; i < r->end; i++) sum += r->weight[r->score[i] - INT8_MIN];
    return r->weight[r->score[column] - INT8_MIN] / sum;
}

double hint_at(const scene *s, uint32_t t, hint_kind kind, str name)
{
    if (!hint_is_given(s)) return -1;
    row r = row_of(s, t, kind);
    for (uint32_t i = r.first + 1; i < r.end; i++)
        if (str_eq(r.names->name[i], name)) return share(&r, i);
    return -1;
}

double hint_within(const scene *s, uint32_t first, uint32_t last, hint_kind kind, str name)
{
    double most = -1;
    for (uint32_t t = first; t <= last; t++) most = fmax(most, hint_at(s, t, kind, name));
    return most;
}

double hint_any(const scene *s, uint32_t t, hint_kind kind)
{
    if (!hint_is_given(s)) return -1;
    row r = row_of(s, t, kind);
    return 1 - share(&r, r.first);
}

static uint32_t best_column(const row *r)
{
    uint32_t best = r->first + 1;
    for (uint32_t i = best; i < r->end; i++)
        if (r->score[i] > r->score[best]) best = i;
    return best;
}

str hint_best(const scene *s, uint32_t t, hint_kind kind)
{
    row r = row_of(s, t, kind);
    return r.end - r.first > 1 ? r.names->name[best_column(&r)] : STR("-");
}

static scene deep_scene(const scene *s);

const claim_type *hint_type(const scene *given, uint32_t t, double least)
{
    if (!hint_is_given(given)) return NULL;
    bool deeply = given->doc->deep_hints.score && given->doc->pairs.window[t];
    scene deep = deeply ? deep_scene(given) : *given;
    const scene *s = &deep;
    str name = hint_best(s, t, HINT_HAPPENING);
    double any = hint_any(s, t, HINT_HAPPENING), p = hint_at(s, t, HINT_HAPPENING, name);
    return p >= least * any ? codebook_type(s->book, name) : NULL;
}

/* ---- evidence ------------------------------------------------------------------------------------ */

static double log_odds(double p)
{
    return log((p + 1e-4) / (1 - p + 1e-4));
}

static str numeral(int i)
{
    static const char digits[] = "0123456789abcdefghij";
    return (str){digits + i, 1};
}

static str odds_step(double p)
{
    int step = (int)floor(log_odds(p) * 0.8 + 6);
    return numeral(step < 0 ? 0 : step > 11 ? 11 : step);
}

void evidence_odds(evidence *e, const char *name, double p, str b)
{
    if (p >= 0) evidence_add(e, name, odds_step(p), b);
}

str evidence_step(double p)
{
    return numeral(p < 0.05 ? 0 : p < 0.25 ? 1 : p < 0.6 ? 2 : 3);
}

uint32_t hint_peak(const scene *s, const happening *h)
{
    uint32_t best = h->token;
    for (uint32_t t = h->first; t <= h->last; t++)
        if (hint_any(s, t, HINT_HAPPENING) > hint_any(s, best, HINT_HAPPENING)) best = t;
    return best;
}

/* How likely another word near tells of something, be it the same. */
static double told_beside(const scene *s, const happening *h, str type)
{
    const sentence *sent = &s->doc->sentences.v[scene_token(s, h->token)->sentence];
    uint32_t from = h->first > sent->first + 6 ? h->first - 6 : sent->first, end = sent->first + sent->n;
    double most = 0;
    for (uint32_t t = from; t < end && t <= h->last + 6; t++)
        if (t < h->first || t > h->last)
            most =
                fmax(most, type.ptr ? hint_at(s, t, HINT_HAPPENING, type) : hint_any(s, t, HINT_HAPPENING));
    return most;
}

/* What a question is about besides the happening. */
typedef struct subject {
    const claim_type *type;
    str name;             /* what proposes the type; the status asked about; the path to the part */
    str by_rule;          /* the status that the rules give */
    uint32_t first, last; /* the part's tokens */
} subject;

typedef void evidence_of(const scene *s, const happening *h, const subject *about, evidence *e);

static void happening_evidence(const scene *s, const happening *h, const subject *about, evidence *e)
{
    (void)about;
    str type = h->type->name;
    uint32_t t = hint_peak(s, h);
    str best = hint_best(s, t, HINT_HAPPENING);
    double any = hint_any(s, t, HINT_HAPPENING), asked = hint_at(s, t, HINT_HAPPENING, type);
    evidence_odds(e, "hint", any, STR(""));
    evidence_habit(e, "hint", odds_step(any), STR(""));
    evidence_odds(e, "hint-type", any, type);
    evidence_add(e, "hint-word", evidence_step(any), scene_word(s, h->token));
    evidence_add(e, "hint-tag", evidence_step(any),
                 str_from(label_text(LABELS_XPOS, (int)scene_token(s, h->token)->tag)));
    evidence_odds(e, "hint-head", hint_any(s, h->token, HINT_HAPPENING), STR(""));
    if (h->predicate != h->token)
        evidence_odds(e, "hint-predicate", hint_any(s, h->predicate, HINT_HAPPENING), evidence_step(any));
    evidence_odds(e, "hint-asked", asked, STR(""));
    evidence_add(e, "hint-best", str_eq(best, type) ? STR("y") : STR("n"), evidence_step(any));
    evidence_add(e, "hint-best-type", best, evidence_step(any));
    evidence_odds(e, "hint-beside", told_beside(s, h, (str){0}), evidence_step(any));
    evidence_odds(e, "hint-beside-same", told_beside(s, h, best), evidence_step(any));
    evidence_add(e, "hint-status", hint_best(s, t, HINT_STATUS), evidence_step(any));
    evidence_add(e, "hint-rule", h->rule->words[0], evidence_step(any));
    evidence_odds(e, "hint-part", hint_any(s, h->token, HINT_ROLE), evidence_step(any));
}

static void type_evidence(const scene *s, const happening *h, const subject *about, evidence *e)
{
    const claim_type *type = about->type;
    str proposed = about->name;
    uint32_t t = hint_peak(s, h);
    str best = hint_best(s, t, HINT_HAPPENING);
    double any = hint_any(s, t, HINT_HAPPENING), p = hint_at(s, t, HINT_HAPPENING, type->name);
    if (p < 0) return;
    double most = hint_at(s, t, HINT_HAPPENING, best), of_options = p;
    for (uint32_t i = 0; i < h->n_options; i++)
        if (h->options[i]->type != type)
            of_options += fmax(0, hint_at(s, t, HINT_HAPPENING, h->options[i]->type->name));
    evidence_odds(e, "hint", p / (any + 1e-9), STR(""));
    evidence_odds(e, "hint-type", p / (any + 1e-9), type->name);
    evidence_odds(e, "hint-proposed", p / (any + 1e-9), proposed);
    evidence_odds(e, "hint-options", p / (of_options + 1e-9), proposed);
    evidence_odds(e, "hint-margin", p / (p + most + 1e-9), evidence_step(any));
    evidence_habit(e, "hint-best", best, type->name);
    evidence_add(e, "hint-best", best, type->name);
    evidence_add(e, "hint-is-best", str_eq(best, type->name) ? STR("y") : STR("n"), proposed);
    evidence_add(e, "hint-is-best-sure", str_eq(best, type->name) ? STR("y") : STR("n"),
                 evidence_step(any));
}

static void status_evidence(const scene *s, const happening *h, const subject *about, evidence *e)
{
    str asked = about->name, by_rule = about->by_rule;
    uint32_t t = hint_peak(s, h);
    double any = hint_any(s, t, HINT_STATUS), p = hint_at(s, t, HINT_STATUS, asked);
    if (p < 0) return;
    str best = hint_best(s, t, HINT_STATUS);
    evidence_odds(e, "hint", p / (any + 1e-9), STR(""));
    evidence_odds(e, "hint-asked", p / (any + 1e-9), asked);
    evidence_odds(e, "hint-rule", p / (any + 1e-9), by_rule);
    evidence_habit(e, "hint", odds_step(p / (any + 1e-9)), asked);
    evidence_habit(e, "hint-best", best, asked);
    evidence_add(e, "hint-best", best, asked);
    evidence_add(e, "hint-is-best", str_eq(best, asked) ? STR("y") : STR("n"), evidence_step(any));
}

static void part_evidence(const scene *s, const happening *h, const subject *about, evidence *e)
{
    uint32_t first = about->first, last = about->last;
    str path = about->name;
    const hint_names *names = s->hints->names;
    double most = 0, sum = 0;
    str best = STR("-");
    for (uint32_t i = names->first[HINT_ROLE] + 1; i < names->first[N_HINT_KIND]; i++) {
        double p = hint_within(s, first, last, HINT_ROLE, names->name[i]);
        evidence_odds(e, "hint-part", p, names->name[i]);
        sum += p;
        if (p > most) most = p, best = names->name[i];
    }
    str sure = evidence_step(most), type = h->type->name;
    evidence_add(e, "hint-best", best, sure);
    evidence_add(e, "hint-best-type", best, type);
    evidence_add(e, "hint-best-path", best, path);
    evidence_add(e, "hint-sure-path", sure, path);
    evidence_add(e, "hint-share", best, evidence_step(most / (sum + 1e-9)));
    evidence_add(e, "hint-told", best, evidence_step(hint_any(s, hint_peak(s, h), HINT_HAPPENING)));
}

/* ---- both nets ----------------------------------------------------------------------------------- */

static scene deep_scene(const scene *s)
{
    scene deep = *s;
    deep.hints = &s->doc->deep_hints;
    return deep;
}

/* The encoder's hints are evidence of the same kinds under other names. */
static void ask_both(const scene *s, const happening *h, evidence_of *kind, const subject *about,
                     evidence *e)
{
    if (!hint_is_given(s)) return;
    kind(s, h, about, e);
    if (!s->doc->deep_hints.score || !s->doc->pairs.window[h->token]) return;
    const uint64_t deep_seed = 0x9E3779B97F4A7C15u;
    scene deep = deep_scene(s);
    e->seed ^= deep_seed;
    kind(&deep, h, about, e);
    e->seed ^= deep_seed;
}

void hint_happening_evidence(const scene *s, const happening *h, evidence *e)
{
    ask_both(s, h, happening_evidence, &(subject){0}, e);
}

void hint_type_evidence(const scene *s, const happening *h, const claim_type *type, str proposed,
                        evidence *e)
{
    ask_both(s, h, type_evidence, &(subject){.type = type, .name = proposed}, e);
}

void hint_status_evidence(const scene *s, const happening *h, str asked, str by_rule, evidence *e)
{
    ask_both(s, h, status_evidence, &(subject){.name = asked, .by_rule = by_rule}, e);
}

void hint_part_evidence(const scene *s, const happening *h, uint32_t first, uint32_t last, str path,
                        evidence *e)
{
    ask_both(s, h, part_evidence, &(subject){.first = first, .last = last, .name = path}, e);
}

/* ---- the whole document -------------------------------------------------------------------------- */

/* Columns of the violent types in a row of likelihoods of happenings; 0 = none, as the first column is. */
static const uint32_t *violent_columns(const scene *s, const hint_names *names)
{
    const codebook *book = s->book;
    uint32_t *column = arena_new(s->doc->arena, uint32_t, book->types.n);
    for (size_t k = 0; k < book->types.n; k++)
        for (uint32_t i = names->first[HINT_HAPPENING] + 1; i < names->first[HINT_HAPPENING + 1]; i++)
            if (claim_type_is_violent(book->types.v[k]) && str_eq(names->name[i], book->types.v[k]->name))
                column[k] = i;
    return column;
}

static void find_means(scene *s)
{
    const size_t n = s->book->types.n;
    const scene read = s->doc->deep_hints.score ? deep_scene(s) : *s;
    const uint32_t *column = violent_columns(s, read.hints->names);
    double *means = arena_new(s->doc->arena, double, n), all = 0;
    for (uint32_t t = 0; t < s->doc->tokens.n; t++) {
        if (hint_any(&read, t, HINT_HAPPENING) < MEANS_LEAST) continue;
        const row r = row_of(&read, t, HINT_HAPPENING);
        for (size_t k = 0; k < n; k++) {
            if (!column[k]) continue;
            const double p = share(&r, column[k]);
            means[k] += p, all += p;
        }
    }
    for (size_t k = 0; k < n && all > 0; k++) means[k] /= all;
    s->means = all >= MEANS_LEAST ? means : NULL;
}

double hint_document_share(const scene *s, const claim_type *type)
{
    if (!s->means || !claim_type_is_violent(type)) return -1;
    size_t k = 0;
    while (s->book->types.v[k] != type) k++;
    return s->means[k];
}

/* ---- pairs --------------------------------------------------------------------------------------- */

static bool is_pair_known(const pair_scores *p, uint32_t from, uint32_t to)
{
    return p->window && p->window[from] && p->window[from] == p->window[to] && p->query[from] && p->key[to];
}

/* Of a role by itself: one word may be the target and the dead of one happening. */
static double pair_likelihood(const pair_scores *p, uint32_t from, uint32_t to, uint32_t role)
{
    const float *q = p->query[from], *k = p->key[to];
    float x = 0;
    for (uint32_t i = 0; i < p->width; i++) x += q[role * p->width + i] * k[i];
    return 1 / (1 + exp(-(x / sqrt(p->width) + q[p->n_roles * p->width + role] + k[p->width + role])));
}

static bool pair_most(const scene *s, uint32_t from, uint32_t first, uint32_t last, double *most)
{
    const pair_scores *p = &s->doc->pairs;
    bool any = false;
    for (uint32_t r = 0; r < PAIR_MAX_ROLES; r++) most[r] = 0;
    for (uint32_t t = first; t <= last; t++) {
        if (!is_pair_known(p, from, t)) continue;
        any = true;
        for (uint32_t r = 0; r < p->n_roles; r++) most[r] = fmax(most[r], pair_likelihood(p, from, t, r));
    }
    return any;
}

double pair_within(const scene *s, uint32_t from, uint32_t first, uint32_t last, str role)
{
    const pair_scores *p = &s->doc->pairs;
    uint32_t r = 0;
    double most = -1;
    while (r < p->n_roles && !str_eq(p->role[r], role)) r++;
    for (uint32_t t = first; r < p->n_roles && t <= last; t++)
        if (is_pair_known(p, from, t)) most = fmax(most, pair_likelihood(p, from, t, r));
    return most;
}

/* Some sentences more than a window can hold are looked at. */
enum { WINDOW_SENTENCES = 16 };

#define NAMED_FROM 0.2

static pair_window window_around(const scene *s, uint32_t asking)
{
    if (!s->doc->pairs.window) return (pair_window){0};
    uint32_t at = scene_token(s, asking)->sentence, end = at + 1 + WINDOW_SENTENCES;
    uint32_t n = (uint32_t)s->doc->sentences.n;
    return (pair_window){s->first_mention[at > WINDOW_SENTENCES ? at - WINDOW_SENTENCES : 0],
                         s->first_mention[end < n ? end : n], asking};
}

pair_window pair_window_of(const scene *s, const happening *h)
{
    return window_around(s, hint_peak(s, h));
}

bool pair_names(const scene *s, const pair_window *w, const mention *m, str role)
{
    return pair_within(s, w->asking, m->first, m->first + m->n - 1, role) >= NAMED_FROM;
}

static const pair_ranking *ranking_of(const scene *s, uint32_t from)
{
    pair_ranking *r = s->ranking;
    if (r->asking == from) return r;
    r->asking = from, r->n = 0;
    pair_window w = window_around(s, from);
    for (uint32_t i = w.first; i < w.end && r->n < MAX_RIVALS; i++) {
        const mention *m = &s->doc->mentions.v[i];
        struct rival *v = &r->v[r->n];
        if (m->n && pair_most(s, from, m->head, m->head, v->likelihood))
            v->first = m->first, v->last = m->first + m->n - 1, r->n++;
    }
    return r;
}

/* How a likelihood stands to that of the likeliest other mention. */
static double against_rivals(const scene *s, uint32_t from, uint32_t first, uint32_t last, uint32_t role,
                             double own)
{
    const pair_ranking *r = ranking_of(s, from);
    double most = 0;
    for (uint32_t i = 0; i < r->n; i++)
        if (r->v[i].last < first || r->v[i].first > last) most = fmax(most, r->v[i].likelihood[role]);
    return own / (own + most + 1e-9);
}

void hint_pair_evidence(const scene *s, uint32_t from, str type, uint32_t first, uint32_t last, str asked,
                        evidence *e)
{
    double most[PAIR_MAX_ROLES], sum = 0;
    uint32_t best = 0;
    if (!s->doc->pairs.window) return;
    if (!pair_most(s, from, first, last, most)) {
        evidence_add(e, "pair-far", STR(""), STR(""));
        return;
    }
    bool same = scene_token(s, first)->sentence == scene_token(s, from)->sentence;
    str here = same ? STR("here") : STR("far");
    double own = 0;
    uint32_t role = 0;
    for (uint32_t r = 0; r < s->doc->pairs.n_roles; r++) {
        sum += most[r];
        if (most[r] > most[best]) best = r;
        if (str_eq(s->doc->pairs.role[r], asked)) own = most[r], role = r;
    }
    if (!str_is(asked, "same")) {
        double share = against_rivals(s, from, first, last, role, own);
        evidence_odds(e, "pair-rival", share, evidence_step(own));
        evidence_odds(e, "pair-rival-where", share, here);
    }
    evidence_odds(e, "pair", own, here);
    evidence_habit(e, "pair", odds_step(own), here);
    evidence_odds(e, "pair-type", own, type);
    evidence_odds(e, "pair-any", sum > 1 ? 1 : sum, here);
    evidence_odds(e, "pair-share", own / (sum + 1e-9), here);
    evidence_add(e, "pair-best", s->doc->pairs.role[best], evidence_step(most[best]));
    evidence_add(e, "pair-best-type", s->doc->pairs.role[best], type);
    evidence_add(e, "pair-first-step", str_from(label_text(LABELS_DEPREL, (int)scene_token(s, last)->rel)),
                 evidence_step(own));
}
