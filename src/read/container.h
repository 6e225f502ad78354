/* container: one input that holds several documents, or is packed -> what is in it, one after another.
 * In: a file, pipe or bytes in memory: web archives (WARC, ARC), WACZ and other zip files, JSONL, anything of these
 * or a single text or page inside gzip, bzip2, xz or zstd. Out: the bytes of one document at a time, in order, in
 * constant memory. A zip is gone through once; of a WACZ the web archives are read and not its indexes; zips in
 * zips are passed over. Not thread-safe. */
#ifndef SITREP_READ_CONTAINER_H
#define SITREP_READ_CONTAINER_H

#include "read/read.h"
#include "read/records.h"

/* Does what begins so have to go through a container? Else it is one document as it is. */
bool container_is_one(str head, str path, read_format format);

typedef enum found_kind {
    FOUND_WHOLE,  /* all bytes of a document of the format told */
    FOUND_LINE,   /* a line of JSONL */
    FOUND_RECORD, /* of a web archive */
    FOUND_FAULT,  /* *e: something lost, or with SITREP_PASSED_OVER something to tell; call again */
    FOUND_END
} found_kind;

/* Views are valid until the next call. */
typedef struct read_found {
    found_kind kind;
    str path; /* of the input; of a zip's member "FILE/MEMBER" */
    str bytes;
    read_format format;
    size_t line;     /* FOUND_LINE: from 1 */
    uint64_t offset; /* FOUND_LINE: of its first byte */
    read_record record;
} read_found;

typedef struct read_container read_container;

/* READ_AUTO: the format is found out, for each member of a zip. `path` and what `source` needs must outlive the
 * container. cap_bytes 0 = READ_CAP_BYTES. NULL with *e on failure. */
read_container *container_open(read_bytes source, str path, read_format format, size_t cap_bytes, error *e);
void container_close(read_container *c); /* NULL is let be */

void container_next(read_container *c, read_found *found, error *e);

/* Bytes of the source that were used, for progress. */
uint64_t container_consumed(const read_container *c);

#endif
