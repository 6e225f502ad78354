#include "score/alpha.h"

#include <math.h>
#include <stdlib.h>

/* ---- coded data ------------------------------------------------------------------------------------- */

typedef struct value_count {
    double value, n;
} value_count;

static double difference(alpha_metric metric, double c, double k)
{
    if (c == k) return 0;
    switch (metric) {
    case ALPHA_INTERVAL: return (c - k) * (c - k);
    case ALPHA_RATIO: return c + k == 0 ? 0 : (c - k) / (c + k) * ((c - k) / (c + k));
    default: return 1;
    }
}

/* The differences of all pairs of values in a unit, divided by the number of values less one. */
static double unit_disagreement(const double *values, size_t coders, alpha_metric metric, size_t *n)
{
    double sum = 0;
    *n = 0;
    for (size_t i = 0; i < coders; i++) {
        if (isnan(values[i])) continue;
        ++*n;
        for (size_t k = 0; k < coders; k++)
            if (!isnan(values[k])) sum += difference(metric, values[i], values[k]);
    }
    return *n > 1 ? sum / (double)(*n - 1) : 0;
}

static int by_value(const void *a, const void *b)
{
    double x = ((const value_count *)a)->value, y = ((const value_count *)b)->value;
    return (x > y) - (x < y);
}

/* Joins equal values of a sorted list. */
static size_t join_values(value_count *v, size_t n)
{
    size_t distinct = 0;
    for (size_t i = 0; i < n; i++) {
        if (distinct && v[distinct - 1].value == v[i].value) v[distinct - 1].n += v[i].n;
        else v[distinct++] = v[i];
    }
    return distinct;
}

/* Sum over all pairs of values of n_c n_k difference(c, k). */
static double paired_differences(const value_count *v, size_t n, double all, alpha_metric metric)
{
    double sum = 0, mean = 0;
    for (size_t i = 0; i < n; i++) mean += v[i].value * v[i].n / all;
    for (size_t i = 0; i < n; i++) {
        if (metric == ALPHA_NOMINAL) sum += v[i].n * (all - v[i].n);
        else if (metric == ALPHA_INTERVAL)
            sum += 2 * all * v[i].n * (v[i].value - mean) * (v[i].value - mean);
        else
            for (size_t k = 0; k < n; k++)
                sum += v[i].n * v[k].n * difference(metric, v[i].value, v[k].value);
    }
    return sum;
}

alpha_result alpha_coded(arena *a, const double *values, size_t n_units, size_t coders, alpha_metric metric)
{
    alpha_result r = {0};
    value_count *counted = arena_new(a, value_count, n_units * coders + 1);
    size_t n = 0, here;
    for (size_t u = 0; u < n_units; u++) {
        const double *unit = values + u * coders;
        r.observed += unit_disagreement(unit, coders, metric, &here);
        if (here < 2) continue; /* values without a partner tell nothing */
        r.units++;
        for (size_t i = 0; i < coders; i++)
            if (!isnan(unit[i])) counted[n++] = (value_count){unit[i], 1};
    }
    if (n < 2) return (alpha_result){0};
    double all = (double)n;
    qsort(counted, n, sizeof *counted, by_value);
    n = join_values(counted, n);
    r.observed /= all;
    r.expected = paired_differences(counted, n, all, metric) / (all * (all - 1));
    return r;
}

/* ---- unitizing -------------------------------------------------------------------------------------- */

/* A unit, or the gap between two of them. */
typedef struct section {
    uint64_t start, length;
    bool is_unit;
} section;

/* Cuts a text into one coder's units and gaps. */
static size_t sections_of(const alpha_text *t, int coder, section *out)
{
    size_t n = 0;
    uint64_t at = 0;
    for (size_t i = 0; i <= t->n[coder]; i++) {
        bool more = i < t->n[coder];
        uint64_t next = more ? t->units[coder][i].start : t->length;
        if (next > at) out[n++] = (section){at, next - at, false};
        if (!more) break;
        out[n++] = (section){next, t->units[coder][i].length, true};
        at = next + t->units[coder][i].length;
    }
    return n;
}

/* Two units that meet differ by the squares of how far their ends are apart; a unit that lies wholly in a
 * gap of the other coder by the square of its length. */
static double section_difference(const section *g, const section *h)
{
    double first = (double)g->start - (double)h->start;
    double last = first + (double)g->length - (double)h->length;
    bool meet = g->start < h->start + h->length && h->start < g->start + g->length;
    if (!meet || (!g->is_unit && !h->is_unit)) return 0;
    if (g->is_unit && h->is_unit) return first * first + last * last;
    if (g->is_unit && first >= 0 && last <= 0) return (double)g->length * (double)g->length;
    if (h->is_unit && first <= 0 && last >= 0) return (double)h->length * (double)h->length;
    return 0;
}

static double text_disagreement(const section *g, size_t n, const section *h, size_t m)
{
    double sum = 0;
    for (size_t i = 0, k = 0; i < n && k < m;) {
        sum += section_difference(&g[i], &h[k]);
        uint64_t end_g = g[i].start + g[i].length, end_h = h[k].start + h[k].length;
        i += end_g <= end_h;
        k += end_h <= end_g;
    }
    return sum;
}

/* Lengths of all units and of all gaps of both coders. */
typedef struct lengths {
    double *units, *gaps;
    size_t n_units, n_gaps;
} lengths;

static void keep_lengths(lengths *l, const section *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (s[i].is_unit) l->units[l->n_units++] = (double)s[i].length;
        else l->gaps[l->n_gaps++] = (double)s[i].length;
    }
}

static int falling(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

/* What chance would give: every unit laid over every other unit and into every gap, in all ways in which it
 * meets the one and fits into the other. `whole` is the length of all texts. */
static double expected_disagreement(lengths *l, double whole)
{
    double sum = 0, alike = 0, in_gaps = 0;
    size_t k = 0;
    qsort(l->units, l->n_units, sizeof *l->units, falling);
    qsort(l->gaps, l->n_gaps, sizeof *l->gaps, falling);
    for (size_t i = 0; i < l->n_units; i++) {
        double n = l->units[i];
        for (; k < l->n_gaps && l->gaps[k] >= n; k++) in_gaps += l->gaps[k] + 1;
        sum += ((double)l->n_units - 1) / 3 * (2 * n * n * n - 3 * n * n + n);
        sum += n * n * (in_gaps - (double)k * n);
        alike += n * (n - 1);
    }
    double ways = 2 * whole * (2 * whole - 1) - alike;
    return ways > 0 ? 2 / whole * sum / ways : 0;
}

alpha_result alpha_unitized(arena *a, const alpha_text *texts, size_t n)
{
    alpha_result r = {0};
    size_t most = 0, units = 0;
    double whole = 0;
    for (size_t i = 0; i < n; i++) {
        size_t here = texts[i].n[0] + texts[i].n[1];
        units += here;
        most = here > most ? here : most;
        whole += (double)texts[i].length;
    }
    section *g = arena_new(a, section, 2 * most + 1), *h = arena_new(a, section, 2 * most + 1);
    lengths l = {arena_new(a, double, units + 1), arena_new(a, double, units + 2 * n + 1), 0, 0};
    for (size_t i = 0; i < n; i++) {
        size_t n_g = sections_of(&texts[i], 0, g), n_h = sections_of(&texts[i], 1, h);
        r.observed += text_disagreement(g, n_g, h, n_h);
        keep_lengths(&l, g, n_g);
        keep_lengths(&l, h, n_h);
    }
    if (whole < 1) return (alpha_result){0};
    r.units = units;
    r.observed /= whole * whole; /* both orders of the coders: 2 / (m (m - 1)) = 1 */
    r.expected = expected_disagreement(&l, whole);
    return r;
}
