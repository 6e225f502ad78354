/* keep: the bytes as they came, for whoever wants to check later what was read (chain of custody, Berkeley Protocol).
 * In: a reply. Out: FOLDER/ab/abcd….html named by its SHA-256, and a line in FOLDER/custody.jsonl with address, time of
 * retrieval, digest, size, headers. Both are on disk when keep_bytes returns. */
#ifndef SITREP_FETCH_KEEP_H
#define SITREP_FETCH_KEEP_H

#include "fetch/fetch.h"

#include <sitrep.h>

/* `asked` is the address before redirects. Writes the path of the file to `path`. */
bool keep_bytes(const char *folder, const char *asked, const fetch_reply *reply, char path[4200],
                sitrep_error *e);

#endif
