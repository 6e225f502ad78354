/* agreement: the two files as two coders. Types, status and numbers are compared over paired claims, as
 * coded units; what was found at all over the texts, as stretches that both coders marked or did not. */
#include <math.h>
#include <stdlib.h>

#include "score/alpha.h"
#include "score/compare.h"

static void add_agreement(arena *a, agreement_array *to, const char *field, const char *metric,
                          alpha_result r)
{
    bool known = r.expected > 0;
    *array_push(a, to) = (sitrep_agreement){.field = field,
                                            .metric = metric,
                                            .units = r.units,
                                            .has_alpha = known,
                                            .alpha = known ? 1 - r.observed / r.expected : 0};
}

/* ---- paired claims ---------------------------------------------------------------------------------- */

/* A category's number, or a toll; NAN where the claim tells none. */
static double value_of(arena *a, map *categories, const score_claim *c, score_field field)
{
    for (size_t i = 0; i < c->facts.n; i++) {
        const score_fact *f = &c->facts.v[i];
        if (f->field != field) continue;
        if (field == FIELD_KILLED || field == FIELD_INJURED) return f->number;
        map_slot *slot = map_put(a, categories, f->text);
        if (slot->value == MAP_NONE) slot->value = (uint32_t)categories->n;
        return (double)slot->value;
    }
    return NAN;
}

static size_t count_pairs(const comparison *c)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++) n += c->cases[i].n_pairs;
    return n;
}

static double *pair_values(arena *a, const comparison *c, score_field field, size_t n)
{
    map categories = {0};
    double *values = arena_new(a, double, 2 * n + 1), *next = values;
    for (size_t i = 0; i < c->n; i++)
        for (size_t k = 0; k < c->cases[i].n_pairs; k++) {
            *next++ = value_of(a, &categories, c->cases[i].pairs[k].gold, field);
            *next++ = value_of(a, &categories, c->cases[i].pairs[k].system, field);
        }
    return values;
}

/* ---- stretches of text ------------------------------------------------------------------------------ */

typedef struct stretch {
    str type;
    uint32_t document;
    int coder;
    alpha_unit at;
} stretch;
typedef ARRAY(stretch) stretch_array;

static int by_place(const void *a, const void *b)
{
    const stretch *x = a, *y = b;
    int type = str_compare(x->type, y->type);
    if (type) return type;
    if (x->document != y->document) return x->document < y->document ? -1 : 1;
    if (x->coder != y->coder) return x->coder - y->coder;
    return (x->at.start > y->at.start) - (x->at.start < y->at.start);
}

static void add_stretch(arena *a, stretch_array *out, const comparison *c, const score_claim *x, int coder,
                        bool typed)
{
    uint64_t length = c->documents->v.v[x->document].length;
    uint64_t start = (uint64_t)x->trigger.start, end = (uint64_t)x->trigger.end;
    if (end > length) end = length;
    if (start >= end) return;
    *array_push(a, out) = (stretch){typed ? x->type : STR(""), x->document, coder, {start, end - start}};
}

/* The triggers of both coders in order; those of one coder that overlap become one. */
static stretch_array stretches_of(arena *a, const comparison *c, bool typed)
{
    stretch_array all = {0};
    for (size_t i = 0; i < c->n; i++) {
        const score_case *x = &c->cases[i];
        for (size_t k = 0; k < x->n_gold; k++) add_stretch(a, &all, c, &x->gold[k], 0, typed);
        for (size_t k = 0; k < x->n_system; k++) add_stretch(a, &all, c, &x->system[k], 1, typed);
    }
    if (all.n) qsort(all.v, all.n, sizeof *all.v, by_place);
    size_t n = 0;
    for (size_t i = 0; i < all.n; i++) {
        stretch *last = n ? &all.v[n - 1] : NULL, *x = &all.v[i];
        bool beside = last && str_eq(last->type, x->type) && last->document == x->document
                      && last->coder == x->coder && x->at.start < last->at.start + last->at.length;
        uint64_t end = x->at.start + x->at.length;
        if (!beside) all.v[n++] = *x;
        else if (end > last->at.start + last->at.length) last->at.length = end - last->at.start;
    }
    all.n = n;
    return all;
}

/* One type: its stretches stand together, ordered by document and coder. */
static alpha_result unitize_type(arena *a, const comparison *c, const stretch *s, size_t n)
{
    alpha_text *texts = arena_new(a, alpha_text, c->n + 1);
    alpha_unit *units = arena_new(a, alpha_unit, n);
    for (size_t i = 0; i < c->n; i++) texts[i].length = c->documents->v.v[i].length;
    for (size_t i = 0; i < n; i++) {
        alpha_text *t = &texts[s[i].document];
        units[i] = s[i].at;
        if (!t->n[s[i].coder]++) t->units[s[i].coder] = &units[i];
    }
    return alpha_unitized(a, texts, c->n);
}

/* A file with more types than this has none that mean anything. */
enum { MOST_TYPES = 400 };

static alpha_result unitize(arena *a, const comparison *c, bool typed)
{
    stretch_array s = stretches_of(a, c, typed);
    alpha_result sum = {0};
    size_t n_types = 0;
    for (size_t i = 0, n; i < s.n; i += n) {
        for (n = 1; i + n < s.n && str_eq(s.v[i].type, s.v[i + n].type); n++) {
        }
        if (++n_types > MOST_TYPES) return (alpha_result){0};
        alpha_result r = unitize_type(a, c, s.v + i, n);
        sum.observed += r.observed;
        sum.expected += r.expected;
        sum.units += r.units;
    }
    return sum;
}

void compare_agreement(arena *a, const comparison *c, agreement_array *agreements)
{
    static const struct {
        score_field field;
        alpha_metric metric;
        const char *name;
    } coded[] = {
        {FIELD_TYPE, ALPHA_NOMINAL, "nominal"},      {FIELD_STATUS, ALPHA_NOMINAL, "nominal"},
        {FIELD_KILLED, ALPHA_INTERVAL, "interval"},  {FIELD_KILLED, ALPHA_RATIO, "ratio"},
        {FIELD_INJURED, ALPHA_INTERVAL, "interval"}, {FIELD_INJURED, ALPHA_RATIO, "ratio"},
    };
    size_t n = count_pairs(c);
    if (c->documents->given) { /* else nobody knows how long the texts are */
        add_agreement(a, agreements, "trigger", "unitizing", unitize(a, c, false));
        add_agreement(a, agreements, "trigger_and_type", "unitizing", unitize(a, c, true));
    }
    for (size_t i = 0; i < sizeof coded / sizeof *coded; i++) {
        const double *values = pair_values(a, c, coded[i].field, n);
        add_agreement(a, agreements, score_field_name(coded[i].field), coded[i].name,
                      alpha_coded(a, values, n, 2, coded[i].metric));
    }
}
