/* claim: codebook x tree x mentions -> claims.
 * In: sentences with trees, mentions with places and dates. Out: document.claims. */
#ifndef SITREP_CLAIM_H
#define SITREP_CLAIM_H

#include "base/error.h"
#include "record/record.h"

typedef struct codebook codebook; /* const once built; shared by threads */

codebook *codebook_open(arena *a, str folder, error *e);

/* "conflict 1.0.0". */
str codebook_version(const codebook *c);

void claim_run(const codebook *c, document *d);

#endif
