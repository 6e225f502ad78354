/* weigh_toll: which number of a sentence counts the dead of a happening, and which the injured.
 * In: a happening and its sentence. Out: claim.killed and claim.injured, or none.
 *
 * Words of harm ("killed", "dead") propose the sum of those that the tree hangs on them, and every counted group
 * of the sentence is proposed with the word of harm that stands nearest: trees err in lists ("eight civilians
 * including three children were killed"), and the judge knows better which of the two is meant. */
#ifndef SITREP_CLAIM_WEIGH_TOLL_H
#define SITREP_CLAIM_WEIGH_TOLL_H

#include "claim/weigh.h"

void weigh_toll(const scene *s, const judge *j, uint32_t at_sentence, const happening_array *all,
                happening *h);

#endif
