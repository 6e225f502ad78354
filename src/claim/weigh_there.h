/* weigh_there: what a happening calls its place without the name, "in the town", "across the state", "there", and which of
 * the places named before it may mean.
 * In: a happening and the mentions before it. Out: the word, the place that it most likely stands for, and the evidence. */
#ifndef SITREP_CLAIM_WEIGH_THERE_H
#define SITREP_CLAIM_WEIGH_THERE_H

#include "claim/weigh.h"

/* A place's word near a trigger. */
typedef struct place_anaphor {
    uint32_t token;        /* NO_TOKEN: there is none */
    uint32_t words;        /* bit per place_word that lists it */
    uint32_t distance;     /* edges between it and the trigger */
    const mention *stands; /* the last place before it that it fits; NULL */
} place_anaphor;

place_anaphor there_find(const scene *s, uint32_t at_sentence, const happening *h);

/* Adds what the word says of one place that the happening may have. */
void there_evidence(const scene *s, const place_anaphor *a, const mention *m, str where, evidence *e);

#endif
