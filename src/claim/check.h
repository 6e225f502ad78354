/* check: the codebook's own example sentences.
 * In: a codebook and the documents that the pipeline read its examples into. Out: what is wrong.
 *
 *     yes  {actor Rebels} [captured] the town of {place Bouar}.
 *     no   The photographer captured the mood.
 *
 * A "yes" sentence must give a claim of the type under which it stands, its trigger overlapping [ ], each
 * marked role overlapping a value of the claim; a "no" sentence must give none of that type. Roles: actor
 * associate recipient place date killed injured weapon claimant. */
#ifndef SITREP_CLAIM_CHECK_H
#define SITREP_CLAIM_CHECK_H

#include "claim/claim.h"

size_t check_count(const codebook *c);

/* The plain text of example `i`, in the arena; false with *e naming file and line where its marks are
 * damaged. */
bool check_text(const codebook *c, size_t i, arena *a, str *text, error *e);

/* Whether the document read from that text does what the example says; if not, *e names file and line and
 * says what is missing. */
bool check_judge(const codebook *c, size_t i, const document *d, error *e);

#endif
