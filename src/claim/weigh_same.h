/* weigh_same: which claims of a document tell of the same happening.
 * In: a claim and those before it. Out: for each pair that stands near enough a likelihood, and their `event`.
 * A judge's question about each pair, then every claim is joined to the likeliest of those before it, as is usual where
 * mentions of events are resolved (Bejan and Harabagiu 2010, "Unsupervised event coreference resolution with rich
 * linguistic features", for the features; "best first" linking as Ng and Cardie 2002 do it for noun phrases). */
#ifndef SITREP_CLAIM_WEIGH_SAME_H
#define SITREP_CLAIM_WEIGH_SAME_H

#include "claim/weigh_date.h"

/* The likelihood that a claim, not yet in document.claims, tells of the same as the last one there, as the one before
 * that … Sets the `event` of both where it does. */
void weigh_same(const scene *s, const judge *j, claim *c, const dated *how, double same[SAME_BACK]);

/* The same question by the same evidence before the parts of the claim are known: the likelihood for one earlier claim of
 * document.claims. */
double weigh_link(const scene *s, const judge *j, const claim *c, const dated *how, uint32_t earlier);

/* What two claims have in common. `differ`: both tell it, and of different ones. */
typedef struct likeness {
    bool type, word, cluster, actor, recipient, party, place, number, date;
    bool differ_actor, differ_recipient, differ_place, differ_number, differ_date;
} likeness;

likeness weigh_likeness(const scene *s, const claim *a, const claim *b);

#endif
