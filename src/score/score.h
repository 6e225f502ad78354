/* score: two files of claims -> how well they agree.
 * In: paths of two files of claims (hand-coded or sitrep.claim/1, one a line) and, where claims quote their
 * text, of the documents. Out: precision, recall and F1 of claims found and of each kind of fact, with
 * ranges; Krippendorff's alpha; the mistakes.
 *
 * Claims are paired one to one, best first: overlapping triggers count before a shared sentence with the
 * same type, a same type before another, more shared facts before fewer. A pair's facts are then compared
 * kind by kind: types, status, dates and numbers must be equal, words (actors, places, weapons, claimants)
 * must share half of their words (Dice's coefficient over words without the commonest). All figures are
 * micro-averages. Ranges are percentiles of a bootstrap over documents (Efron and Tibshirani 1993, ch. 13),
 * since claims of one document are not independent of each other. */
#ifndef SITREP_SCORE_H
#define SITREP_SCORE_H

#include "record/score.h"

/* Fills *report, which lives in `a`. A line that cannot be used is told to options->on_fault and left out;
 * false with *e where a file cannot be read. Thread-safe for different arenas. */
bool score_run(arena *a, str gold_path, str system_path, const sitrep_score_options *options,
               score_report *report, error *e);

#endif
