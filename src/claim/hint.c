#include "claim/hint.h"

#include <math.h>

void hint_begin(scene *s)
{
    if (!s->judge || !s->judge->hears_hints || !s->doc->hints.score) return;
    double *weight = arena_new(s->doc->arena, double, 256);
    for (int i = 0; i < 256; i++) weight[i] = exp(HINT_UNIT * (i + INT8_MIN));
    s->hint_weight = weight;
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
    const hint_scores *h = &s->doc->hints;
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

const claim_type *hint_type(const scene *s, uint32_t t, double least)
{
    if (!hint_is_given(s)) return NULL;
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

void evidence_odds(evidence *e, const char *name, double p, str b)
{
    if (p < 0) return;
    int step = (int)floor(log_odds(p) * 0.8 + 6);
    evidence_add(e, name, numeral(step < 0 ? 0 : step > 11 ? 11 : step), b);
}

/* Four steps, for evidence that is joined with other evidence. */
static str rough(double p)
{
    return numeral(p < 0.05 ? 0 : p < 0.25 ? 1 : p < 0.6 ? 2 : 3);
}

/* The token of a trigger that tells most. */
static uint32_t peak(const scene *s, const happening *h)
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

void hint_happening_evidence(const scene *s, const happening *h, evidence *e)
{
    if (!hint_is_given(s)) return;
    str type = h->type->name;
    uint32_t t = peak(s, h);
    str best = hint_best(s, t, HINT_HAPPENING);
    double any = hint_any(s, t, HINT_HAPPENING), asked = hint_at(s, t, HINT_HAPPENING, type);
    evidence_odds(e, "hint", any, STR(""));
    evidence_odds(e, "hint-type", any, type);
    evidence_add(e, "hint-word", rough(any), scene_word(s, h->token));
    evidence_add(e, "hint-tag", rough(any),
                 str_from(label_text(LABELS_XPOS, (int)scene_token(s, h->token)->tag)));
    evidence_odds(e, "hint-head", hint_any(s, h->token, HINT_HAPPENING), STR(""));
    if (h->predicate != h->token)
        evidence_odds(e, "hint-predicate", hint_any(s, h->predicate, HINT_HAPPENING), rough(any));
    evidence_odds(e, "hint-asked", asked, STR(""));
    evidence_add(e, "hint-best", str_eq(best, type) ? STR("y") : STR("n"), rough(any));
    evidence_add(e, "hint-best-type", best, rough(any));
    evidence_odds(e, "hint-beside", told_beside(s, h, (str){0}), rough(any));
    evidence_odds(e, "hint-beside-same", told_beside(s, h, best), rough(any));
    evidence_add(e, "hint-status", hint_best(s, t, HINT_STATUS), rough(any));
    evidence_add(e, "hint-rule", h->rule->words[0], rough(any));
    evidence_odds(e, "hint-part", hint_any(s, h->token, HINT_ROLE), rough(any));
}

void hint_type_evidence(const scene *s, const happening *h, const claim_type *type, str proposed,
                        evidence *e)
{
    if (!hint_is_given(s)) return;
    uint32_t t = peak(s, h);
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
    evidence_odds(e, "hint-margin", p / (p + most + 1e-9), rough(any));
    evidence_add(e, "hint-best", best, type->name);
    evidence_add(e, "hint-is-best", str_eq(best, type->name) ? STR("y") : STR("n"), proposed);
    evidence_add(e, "hint-is-best-sure", str_eq(best, type->name) ? STR("y") : STR("n"), rough(any));
}

void hint_status_evidence(const scene *s, const happening *h, str asked, str by_rule, evidence *e)
{
    if (!hint_is_given(s)) return;
    uint32_t t = peak(s, h);
    double any = hint_any(s, t, HINT_STATUS), p = hint_at(s, t, HINT_STATUS, asked);
    if (p < 0) return;
    str best = hint_best(s, t, HINT_STATUS);
    evidence_odds(e, "hint", p / (any + 1e-9), STR(""));
    evidence_odds(e, "hint-asked", p / (any + 1e-9), asked);
    evidence_odds(e, "hint-rule", p / (any + 1e-9), by_rule);
    evidence_add(e, "hint-best", best, asked);
    evidence_add(e, "hint-is-best", str_eq(best, asked) ? STR("y") : STR("n"), rough(any));
}

void hint_part_evidence(const scene *s, const happening *h, uint32_t first, uint32_t last, str path,
                        evidence *e)
{
    if (!hint_is_given(s)) return;
    const hint_names *names = s->doc->hints.names;
    double most = 0, sum = 0;
    str best = STR("-");
    for (uint32_t i = names->first[HINT_ROLE] + 1; i < names->first[N_HINT_KIND]; i++) {
        double p = hint_within(s, first, last, HINT_ROLE, names->name[i]);
        evidence_odds(e, "hint-part", p, names->name[i]);
        sum += p;
        if (p > most) most = p, best = names->name[i];
    }
    str sure = rough(most), type = h->type->name;
    evidence_add(e, "hint-best", best, sure);
    evidence_add(e, "hint-best-type", best, type);
    evidence_add(e, "hint-best-path", best, path);
    evidence_add(e, "hint-sure-path", sure, path);
    evidence_add(e, "hint-share", best, rough(most / (sum + 1e-9)));
    evidence_add(e, "hint-told", best, rough(hint_any(s, peak(s, h), HINT_HAPPENING)));
}
