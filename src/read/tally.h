/* tally: what of an archive was read and what was not, and why; told in one line at its end.
 * In: records as they come. Out: numbers. Fixed memory: few labels are kept apart, the rest is "other". */
#ifndef SITREP_READ_TALLY_H
#define SITREP_READ_TALLY_H

#include "base/error.h"
#include "read/head.h"

typedef enum tally_reason {
    TALLY_CONTENT, /* of a type that is not read */
    TALLY_STATUS,  /* an answer other than 200 */
    TALLY_REVISIT, /* the same as another record */
    TALLY_OTHER,
    N_TALLY_REASON
} tally_reason;

enum { TALLY_LABELS_EACH = 12, TALLY_LABELS = N_TALLY_REASON * TALLY_LABELS_EACH, TALLY_LABEL_BYTES = 48 };

typedef struct tally_entry {
    tally_reason reason;
    char label[TALLY_LABEL_BYTES];
    uint64_t n;
} tally_entry;

typedef struct tally {
    uint64_t records, kinds[RECORD_UNKNOWN + 1];
    uint64_t given; /* handed out to be read */
    uint64_t damaged;
    uint64_t passed[N_TALLY_REASON];
    tally_entry entries[TALLY_LABELS];
    size_t n_entries;
} tally;

void tally_pass(tally *t, tally_reason reason, str label);

/* Writes the line; false where everything was read and there is nothing to tell. */
bool tally_tell(const tally *t, error *e);

#endif
