/* encoders: for each document an encoder that has not learned from it.
 * In: the encoders of train/teacher/encoder.py, one a part of the coded documents. Out: what the claim stage hears of a
 * document while its judge is taught. With an encoder that knew the answers the judge would learn to trust it blindly. */
#ifndef SITREP_TRAIN_CLAIMS_ENCODERS_H
#define SITREP_TRAIN_CLAIMS_ENCODERS_H

#include "base/error.h"
#include "syntax/encoder.h"

enum { MAX_ENCODERS = 8 };

typedef struct encoders {
    size_t n;
    encoder *encoder[MAX_ENCODERS];
    encoder_scratch *scratch[MAX_ENCODERS];
} encoders;

/* Opens models by their paths, split by commas: the k-th of n was taught without the documents whose ids have a CRC-32 that
 * leaves k when divided by n. */
bool encoders_open(encoders *all, const char *paths, error *e);
void encoders_close(encoders *all);

/* For struct sitrep.encode; `all` is struct encoders. */
void encoders_run(void *all, document *d);

#endif
