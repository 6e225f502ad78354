/* elsewhere: places that a text names but where a happening of it did not happen, by rules that leave no doubt: the point
 * that a distance is told from, the court of a trial, the hospital of the wounded, what talks are about.
 * In: a scene, a happening, a location. Out: yes or no. A judge is not asked about what is elsewhere. */
#ifndef SITREP_CLAIM_ELSEWHERE_H
#define SITREP_CLAIM_ELSEWHERE_H

#include "claim/happening.h"

/* Whether the sentence sums up years: "since 1993", "in the last five years". What harm it then counts was not done all in
 * the town that another sentence names. */
bool sentence_sums_years(const scene *s, uint32_t at);

bool place_is_elsewhere(const scene *s, const happening *h, const mention *m);

#endif
