/* source: where documents come from, one queue for all workers.
 * In: paths, folders, standard input, bytes. Out: pieces, one document each, in order; the piece of a file is
 * its open descriptor, that of JSONL a line, that of a web archive a record as it was sent, so that what is done
 * under the lock is small and a worker does the reading of a file, the unpacking of a body and all of the parsing
 * itself. */
#ifndef SITREP_SOURCE_H
#define SITREP_SOURCE_H

#include "base/error.h"
#include "read/feed.h"
#include "read/read.h"
#include "read/record.h"

enum { SOURCE_HEAD_BYTES = 4096 /* read of each file to recognise its format */ };

typedef enum piece_kind {
    PIECE_FILE,
    PIECE_BYTES,
    PIECE_LINE,
    PIECE_RECORD,
    PIECE_ITEM,
    PIECE_FAILED
} piece_kind;

/* Belongs to a worker and is used again for the next document. */
typedef struct piece {
    piece_kind kind;
    uint64_t number;              /* place in the order of the input, from 0 */
    read_format format;           /* of PIECE_FILE and PIECE_BYTES */
    read_input about;             /* what is known beforehand: path, metadata, charset */
    str bytes;                    /* PIECE_BYTES; PIECE_LINE: the line */
    size_t line;                  /* PIECE_LINE: number from 1 … */
    uint64_t offset;              /* … and the offset of its first byte */
    read_record record;           /* PIECE_RECORD */
    int fd;                       /* PIECE_FILE; closed by the next source_take */
    char head[SOURCE_HEAD_BYTES]; /* the first bytes, already taken from fd */
    size_t head_len;
    feed *feed; /* PIECE_ITEM: held until the next source_take … */
    const feed_item *item;
    error fault;  /* PIECE_FAILED */
    char *buffer; /* malloc'ed; holds `bytes` and the path of what a container gave */
    size_t buffer_size;
} piece;

void piece_init(piece *p);
void piece_release(piece *p);

/* The next piece; false at the end. Thread-safe. */
bool source_take(sitrep_source *s, piece *p);

/* All bytes of a PIECE_FILE in the arena. Fails with SITREP_OVER_LIMIT beyond `cap`. */
bool piece_bytes(arena *a, piece *p, size_t cap, str *bytes, error *e);

#endif
