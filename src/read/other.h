/* other: what libarchive does for us: bzip2, xz, zstd around a file, and zip files.
 * In: a read_bytes, which must outlive it and stay where it is. Out: a stream of bytes, or of the members of
 * a zip. libarchive rather than libzip, because it streams zip files from pipes, too, and brings the other
 * compressions with it. Nothing is ever written to disk, so that names of members can do no harm. */
#ifndef SITREP_READ_OTHER_H
#define SITREP_READ_OTHER_H

#include "read/unpack.h"

typedef struct archive other_archive;

/* NULL with *e on failure. */
other_archive *other_open_packed(read_bytes *source, error *e);
other_archive *other_open_zip(read_bytes *source, error *e);
void other_close(other_archive *a);

/* The next bytes, of a zip those of its current member; 0 = the end, -1 = damaged, *e says how. */
int64_t other_read(other_archive *a, char *out, size_t cap, error *e);

typedef enum other_member {
    OTHER_FILE,
    OTHER_NO_FILE,
    OTHER_LOCKED,
    OTHER_END,
    OTHER_DAMAGED
} other_member;

/* Goes to the next member of a zip. *name is valid until the next call. */
other_member other_next(other_archive *a, str *name, error *e);

/* Unpacks bytes in memory that are of a kind that libarchive knows (the zstd of HTTP); NULL with *e. */
other_archive *other_open_memory(str bytes, error *e);

#endif
