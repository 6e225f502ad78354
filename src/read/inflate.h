/* inflate: one compressed body in memory -> its bytes.
 * In: the name that HTTP gives the compression, the body. Out: what was packed, in the document's arena. zlib for
 * gzip and deflate, libbrotlidec for br, libarchive for zstd. */
#ifndef SITREP_READ_INFLATE_H
#define SITREP_READ_INFLATE_H

#include "record/record.h"

/* A body that is not what it is called (crawlers undo compression and keep the header) stays as it is; one that
 * breaks off is used up to there, with a note of `d`. False with SITREP_OVER_LIMIT beyond `cap`, or where a body
 * of some MiB unpacks to more than 250 times its size; with SITREP_BAD_FORMAT for a compression that nobody knows. */
bool inflate_body(str encoding, str body, size_t cap, document *d, str *out, error *e);

#endif
