/* figures: precision, recall and F1, of all claims and of groups, with ranges. */
#include <stdlib.h>

#include "score/compare.h"

enum { ROW_FOUND, ROW_TYPED, ROW_FIELDS, ROW_ALL = ROW_FIELDS + N_SCORE_FIELDS, N_ROWS };

typedef struct row_count {
    uint64_t gold, system, gold_found, system_found;
} row_count;

typedef struct counts {
    row_count row[N_ROWS];
} counts;

static const char *row_name(int row)
{
    if (row == ROW_FOUND) return "found";
    if (row == ROW_TYPED) return "found_with_type";
    return row == ROW_ALL ? "all_facts" : score_field_name((score_field)(row - ROW_FIELDS));
}

/* ---- counting --------------------------------------------------------------------------------------- */

static void count_claim(counts *t, const score_claim *c, bool is_gold)
{
    for (size_t i = 0; i < c->facts.n + 2; i++) {
        size_t row = i < c->facts.n ? ROW_FIELDS + (size_t)c->facts.v[i].field : i - c->facts.n;
        ++*(is_gold ? &t->row[row].gold : &t->row[row].system);
        if (i < c->facts.n) ++*(is_gold ? &t->row[ROW_ALL].gold : &t->row[ROW_ALL].system);
    }
}

static void count_hit(counts *gold, counts *system, size_t row)
{
    gold->row[row].gold_found++;
    system->row[row].system_found++;
}

/* What the pair shares counts for gold's group as found and for system's as right. */
static void count_pair(counts *gold, counts *system, const score_pair *p)
{
    bool taken[SCORE_MAX_FACTS];
    count_hit(gold, system, ROW_FOUND);
    if (str_eq(p->gold->type, p->system->type)) count_hit(gold, system, ROW_TYPED);
    facts_shared(p->gold, p->system, taken, NULL);
    for (size_t i = 0; i < p->gold->facts.n; i++) {
        if (!taken[i]) continue;
        count_hit(gold, system, ROW_FIELDS + (size_t)p->gold->facts.v[i].field);
        count_hit(gold, system, ROW_ALL);
    }
}

static void count_case(counts *t, const score_case *c)
{
    for (size_t i = 0; i < c->n_gold; i++) count_claim(t, &c->gold[i], true);
    for (size_t i = 0; i < c->n_system; i++) count_claim(t, &c->system[i], false);
    for (size_t i = 0; i < c->n_pairs; i++) count_pair(t, t, &c->pairs[i]);
}

static void counts_add(counts *to, const counts *from)
{
    for (int i = 0; i < N_ROWS; i++) {
        to->row[i].gold += from->row[i].gold;
        to->row[i].system += from->row[i].system;
        to->row[i].gold_found += from->row[i].gold_found;
        to->row[i].system_found += from->row[i].system_found;
    }
}

/* ---- from counts to figures ------------------------------------------------------------------------- */

static sitrep_figure figure_of(const row_count *r, const char *group, const char *field)
{
    double p = r->system ? (double)r->system_found / (double)r->system : 0;
    double q = r->gold ? (double)r->gold_found / (double)r->gold : 0;
    return (sitrep_figure){.group = group,
                           .field = field,
                           .gold = r->gold,
                           .system = r->system,
                           .gold_found = r->gold_found,
                           .system_found = r->system_found,
                           .precision = p,
                           .recall = q,
                           .f1 = p + q > 0 ? 2 * p * q / (p + q) : 0};
}

static void add_figures(arena *a, figure_array *figures, const counts *t, const char *group)
{
    for (int i = 0; i < N_ROWS; i++)
        if (i < ROW_FIELDS || i == ROW_ALL || t->row[i].gold || t->row[i].system)
            *array_push(a, figures) = figure_of(&t->row[i], group, row_name(i));
}

/* ---- ranges ----------------------------------------------------------------------------------------- */

/* SplitMix64 (Steele, Lea and Flood 2014): the same figures on every machine. */
static uint64_t next_random(uint64_t *state)
{
    uint64_t x = *state += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double percentile(const double *sorted, size_t n, double share)
{
    return sorted[(size_t)(share * (double)(n - 1) + 0.5)];
}

/* Below this many documents a range would only seem to tell something. */
enum { FEWEST_DOCUMENTS = 5, MOST_RESAMPLES = 100000 };

static void add_ranges(arena *a, const counts *cases, size_t n, const sitrep_score_options *o,
                       figure_array *figures)
{
    size_t rounds = o->resamples < MOST_RESAMPLES ? o->resamples : MOST_RESAMPLES;
    if (n < FEWEST_DOCUMENTS || n > UINT32_MAX || !rounds) return;
    double *values = arena_new(a, double, rounds *N_ROWS);
    uint64_t state = o->seed;
    for (size_t r = 0; r < rounds; r++) {
        counts sum = {0};
        for (size_t i = 0; i < n; i++)
            counts_add(&sum, &cases[(next_random(&state) >> 32) * (uint64_t)n >> 32]);
        for (int row = 0; row < N_ROWS; row++)
            values[(size_t)row * rounds + r] = figure_of(&sum.row[row], NULL, NULL).f1;
    }
    for (size_t i = 0, row = 0; i < figures->n; i++, row++) {
        while (strcmp(row_name((int)row), figures->v[i].field) != 0) row++;
        double *sorted = values + row * rounds;
        qsort(sorted, rounds, sizeof *sorted, by_value);
        figures->v[i].has_range = true;
        figures->v[i].f1_low = percentile(sorted, rounds, 0.025);
        figures->v[i].f1_high = percentile(sorted, rounds, 0.975);
    }
}

/* ---- groups ----------------------------------------------------------------------------------------- */

typedef struct group {
    str name;
    size_t order; /* of first appearance */
    counts t;
} group;

typedef struct groups {
    arena *a;
    ARRAY(group) v;
    map by_name;
} groups;

static size_t group_of(groups *g, str name)
{
    map_slot *slot = map_put(g->a, &g->by_name, name);
    if (slot->value == MAP_NONE) {
        slot->value = (uint32_t)g->v.n;
        group *x = array_push(g->a, &g->v);
        x->name = name;
        x->order = g->v.n;
    }
    return slot->value;
}

static void group_types(groups *g, const comparison *c)
{
    for (size_t i = 0; i < c->n; i++) {
        const score_case *x = &c->cases[i];
        for (size_t k = 0; k < x->n_gold; k++) {
            size_t at = group_of(g, x->gold[k].type);
            count_claim(&g->v.v[at].t, &x->gold[k], true);
        }
        for (size_t k = 0; k < x->n_system; k++) {
            size_t at = group_of(g, x->system[k].type);
            count_claim(&g->v.v[at].t, &x->system[k], false);
        }
        for (size_t k = 0; k < x->n_pairs; k++) {
            size_t gold = group_of(g, x->pairs[k].gold->type),
                   system = group_of(g, x->pairs[k].system->type);
            count_pair(&g->v.v[gold].t, &g->v.v[system].t, &x->pairs[k]);
        }
    }
}

static void group_cases(groups *g, const comparison *c, const counts *cases)
{
    for (size_t i = 0; i < c->n; i++) {
        const score_document *d = c->cases[i].document;
        str publisher = d->publisher.len ? d->publisher : STR("(not known)");
        size_t at = group_of(g, c->options->by == SITREP_SCORE_BY_DOCUMENT ? d->id : publisher);
        counts_add(&g->v.v[at].t, &cases[i]);
    }
}

/* Most claims of gold first. */
static int by_size(const void *a, const void *b)
{
    const group *x = a, *y = b;
    uint64_t n = x->t.row[ROW_FOUND].gold, m = y->t.row[ROW_FOUND].gold;
    if (n != m) return n > m ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

static void add_groups(arena *a, const comparison *c, const counts *cases, figure_array *figures)
{
    groups g = {.a = a};
    if (c->options->by == SITREP_SCORE_BY_TYPE) group_types(&g, c);
    else group_cases(&g, c, cases);
    if (g.v.n && c->options->by != SITREP_SCORE_BY_DOCUMENT) qsort(g.v.v, g.v.n, sizeof *g.v.v, by_size);
    for (size_t i = 0; i < g.v.n; i++)
        add_figures(a, figures, &g.v.v[i].t, arena_copy(a, g.v.v[i].name).ptr);
}

void compare_figures(arena *a, const comparison *c, figure_array *figures)
{
    counts all = {0}, *cases = arena_new(a, counts, c->n + 1);
    for (size_t i = 0; i < c->n; i++) {
        count_case(&cases[i], &c->cases[i]);
        counts_add(&all, &cases[i]);
    }
    add_figures(a, figures, &all, NULL);
    add_ranges(a, cases, c->n, c->options, figures);
    if (c->options->by != SITREP_SCORE_WHOLE) add_groups(a, c, cases, figures);
}
