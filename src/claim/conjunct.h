/* conjunct: places of what is coordinated with a happening.
 * In: a happening and a place of its sentence. Out: whether the place is told of another conjunct, while the happening has a
 * place of its own ("an attack at A and landings in B"). */
#ifndef SITREP_CLAIM_CONJUNCT_H
#define SITREP_CLAIM_CONJUNCT_H

#include "claim/happening.h"

bool place_is_of_conjunct(const scene *s, const happening *h, const mention *m);

#endif
