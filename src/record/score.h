/* score: what the comparison of two files of claims found, for what prints it.
 * In: nothing. Out: lists of the public structures. They live in the arena of the comparison. */
#ifndef SITREP_RECORD_SCORE_H
#define SITREP_RECORD_SCORE_H

#include "base/array.h"
#include "base/error.h"

typedef ARRAY(sitrep_figure) figure_array;
typedef ARRAY(sitrep_agreement) agreement_array;
typedef ARRAY(sitrep_mistake) mistake_array;

typedef struct score_report {
    str gold_path, system_path;
    sitrep_score_totals totals;
    sitrep_score_group by;
    figure_array figures;       /* all claims first, then group by group */
    agreement_array agreements; /* empty: not asked for */
    mistake_array mistakes;     /* those of one pair of claims stand together */
} score_report;

#endif
