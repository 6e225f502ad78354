/* unpack: compressed bytes -> bytes, as a stream.
 * In: a file, a pipe or bytes in memory. Out: what was packed, and where the members of a gzip file begin; the
 * same bytes where nothing was packed.
 *
 * gzip is undone with zlib, member by member, since web archives hold a record in each: where one is damaged,
 * the next that begins a record is looked for and nothing behind it is lost. bzip2, xz and zstd go through
 * libarchive, which reads zip files, too. What unpacks to more than UNPACK_RATIO times its size, beyond
 * UNPACK_FREE_BYTES, is taken for a bomb: it is given up like a damaged member. Memory is constant. */
#ifndef SITREP_READ_UNPACK_H
#define SITREP_READ_UNPACK_H

#include <zlib.h>

#include "base/error.h"

/* Where bytes come from. */
typedef struct read_bytes {
    void *from;
    /* Up to `cap` bytes from `offset` on; 0 = the end, -1 = failed. What is not seekable is asked in order. */
    int64_t (*read)(void *from, uint64_t offset, char *out, size_t cap);
    bool is_seekable;
    uint64_t size; /* where seekable */
} read_bytes;

enum { UNPACK_RATIO = 250, UNPACK_IN_BYTES = 1 << 17 };
#define UNPACK_FREE_BYTES ((uint64_t)64 << 20)

typedef enum unpack_kind { UNPACK_NONE, UNPACK_GZIP, UNPACK_OTHER } unpack_kind;

/* How the bytes are packed, by their beginning. */
unpack_kind unpack_recognise(str head);

typedef enum unpack_result {
    UNPACK_BYTES,   /* *n bytes are there, of one member */
    UNPACK_MEMBER,  /* a gzip member ended and another begins at member_at; begins_record tells with what */
    UNPACK_DAMAGED, /* *e says what; goes on with a later member, which begins at member_at */
    UNPACK_FAILED,  /* *e says what; nothing comes after it */
    UNPACK_END
} unpack_result;

typedef struct read_unpack {
    read_bytes source;
    unpack_kind kind;
    bool (*begins)(str head); /* NULL: damage is the end; else tells whether a member begins a record */
    uint64_t member_at;       /* offset of the current member in the source */
    uint64_t next;            /* offset of the byte that is read next from the source */
    uint64_t rescanned;       /* bytes read again to look for members: bounded */
    uint64_t member_in, member_out;
    char *in; /* malloc'ed, UNPACK_IN_BYTES */
    size_t in_start, in_end;
    z_stream z;
    bool z_open, in_member, started, at_end, begins_record;
    bool failed_later;     /* the source failed: told at the end of what came before */
    const char *fault;     /* of the current member: told once what came before it is given out */
    struct archive *other; /* libarchive's */
    read_bytes *counted;   /* what `other` reads through */
} read_unpack;

/* Begins to read `source`, whose first bytes tell how it is packed. False with *e: no memory. */
bool unpack_open(read_unpack *u, read_bytes source, bool (*begins)(str head), error *e);
void unpack_close(read_unpack *u);

/* Never gives bytes of two members at once. */
unpack_result unpack_read(read_unpack *u, char *out, size_t cap, size_t *n, error *e);

/* Nothing packed, seekable: goes on at `offset`. */
void unpack_seek(read_unpack *u, uint64_t offset);

/* Of the source, for progress. */
uint64_t unpack_consumed(const read_unpack *u);

#endif
