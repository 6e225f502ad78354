/* seen: what an archive held so far, to tell what its revisit records refer to.
 * In: digests and ids of records. Out: whether one was there, and whether it was read. Keeps 64-bit hashes of at
 * most SEEN_MAX (8 MiB); what comes later is not remembered. */
#ifndef SITREP_READ_SEEN_H
#define SITREP_READ_SEEN_H

#include "base/str.h"

enum { SEEN_MAX = 1 << 20 };

typedef struct seen {
    uint64_t *slots; /* malloc'ed; 0 = free; the lowest bit: it was read */
    size_t n, cap;
} seen;

typedef enum seen_state { SEEN_NEVER, SEEN_PASSED, SEEN_READ } seen_state;

void seen_release(seen *s);

/* Empty names are nobody's. */
void seen_add(seen *s, str name, bool was_read);
seen_state seen_find(const seen *s, str name);

#endif
