/* link: which earlier claims tell of the same happening as a trigger does.
 * In: a happening as the rules fill it, and the claims told before it. Out: a likelihood for each of the last of them.
 * "The blast", "the attack", "were killed" go on about what was told before; what holds of that (place, date, doer,
 * type) most likely holds of them. The question is that of weigh_same.h, asked before the parts of the claim are known; its
 * likelihoods are evidence for the questions about them. */
#ifndef SITREP_CLAIM_LINK_H
#define SITREP_CLAIM_LINK_H

#include "claim/happening.h"
#include "claim/judge.h"

/* Asks about each of the last claims of the document that h->links does not have yet. */
void link_find(const scene *s, const judge *j, happening *h);

/* The likeliest link whose claim passes `holds`; 0 where there is none. */
typedef bool link_test(const scene *s, const claim *c, const void *with);
double link_best(const scene *s, const happening *h, link_test *holds, const void *with);

/* The likeliest link at all. */
double link_any(const happening *h);

#endif
