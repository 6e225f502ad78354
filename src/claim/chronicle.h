/* chronicle: texts whose entries begin with their day: "14 Apr - RSF shells Al Fasher market", "March 12: …".
 * In: the sentences and the dates that mentions found. Out: the day that an entry's claims have where their own sentence
 * names none. One entry alone may be a dateline, which tells of printing: there must be two. */
#ifndef SITREP_CLAIM_CHRONICLE_H
#define SITREP_CLAIM_CHRONICLE_H

#include "claim/scene.h"

typedef struct chronicle {
    const mention
        *day; /* of the block at hand; NULL = it does not begin with one, or the text is no chronicle */
    uint32_t entries; /* in the document */
    uint32_t block;
} chronicle;

void chronicle_begin(chronicle *c, const scene *s);

/* To be called for each sentence in turn. */
void chronicle_follow(chronicle *c, const scene *s, uint32_t sentence);

/* Gives the claim the day of its entry where it has none. */
void chronicle_date(const chronicle *c, claim *of);

#endif
