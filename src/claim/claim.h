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

typedef struct judge judge; /* learned weights; mapped, const, shared by threads */

judge *judge_open(str path, error *e);
void judge_close(judge *j);

/* `j` may be NULL: then what the codebook's rules propose stands as it is. */
void claim_run(const codebook *c, const judge *j, document *d);

#endif
