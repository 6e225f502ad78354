/* alpha: Krippendorff's coefficients of agreement.
 * In: values that coders gave to the same units, or units that two coders marked in the same texts. Out:
 * observed and expected disagreement; alpha = 1 - observed / expected: 1 where all agree, 0 where they agree
 * as often as chance would have it, below 0 where they agree less.
 *
 * Coded data: Krippendorff, Content Analysis (2nd ed. 2004, ch. 11; 3rd ed. 2013, ch. 12) and "Computing
 * Krippendorff's Alpha-Reliability" (2011): any number of coders, values may be missing. Unitizing: the
 * coefficient alpha_U of "On the reliability of unitizing continuous data" (Sociological Methodology 25,
 * 1995) in the form of Content Analysis (2004), section 11.6; chosen before its successors since it takes
 * one category at a time, so that units of different types may overlap, as claims do. */
#ifndef SITREP_SCORE_ALPHA_H
#define SITREP_SCORE_ALPHA_H

#include "base/arena.h"

/* Alpha is not defined where nothing could have disagreed: expected 0. */
typedef struct alpha_result {
    double observed, expected;
    size_t units; /* with values of two coders or more */
} alpha_result;

typedef enum alpha_metric { ALPHA_NOMINAL, ALPHA_INTERVAL, ALPHA_RATIO } alpha_metric;

/* values[unit * coders + coder]; NAN = missing. */
alpha_result alpha_coded(arena *a, const double *values, size_t n_units, size_t coders,
                         alpha_metric metric);

typedef struct alpha_unit {
    uint64_t start, length;
} alpha_unit;

/* A text that both coders went through, `length` long, with the units of one category that each of them
 * marked: in order, not overlapping, inside of it. */
typedef struct alpha_text {
    uint64_t length;
    const alpha_unit *units[2];
    size_t n[2];
} alpha_text;

/* One category over all texts, which lie end to end; no unit or gap goes over a text's end. The terms of
 * several categories may be added up: alpha of all is 1 - sum of observed / sum of expected. */
alpha_result alpha_unitized(arena *a, const alpha_text *texts, size_t n);

#endif
