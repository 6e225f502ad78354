/* records: a web archive -> its records, one after another.
 * In: a window on WARC 0.17 to 1.1 or ARC bytes, packed or not. Out: records that are to be read, whole; the
 * others are passed over and counted; what is wrong is told with its offset.
 *
 * A record ends where its length says, if another record, the end or its separator is there. If not, the length
 * is wrong and the record ends before the next line that begins one; so does rubbish. Where each record is a gzip
 * member of its own, the member's end counts. Nothing behind a damaged record is lost. Memory: one record of at
 * most cap_bytes; others are skipped as they flow by. */
#ifndef SITREP_READ_RECORDS_H
#define SITREP_READ_RECORDS_H

#include "read/seen.h"
#include "read/tally.h"
#include "read/window.h"

typedef struct read_records {
    read_window *window;
    size_t cap_bytes; /* longer records are told of and skipped */
    size_t given;     /* bytes of the record last given, taken off at the next call */
    bool is_arc;      /* as the last record that was read */
    bool ended;
    seen seen;
    tally tally;
} read_records;

/* A record to be read, for record_read. */
typedef struct read_record {
    str bytes;       /* head and content; valid until the next call */
    uint64_t offset; /* of the record, packed: of its gzip member */
    bool is_cut;     /* the end of it is missing */
    bool has_wrong_length;
    bool is_feed; /* or other XML: its body tells */
} read_record;

typedef enum records_result {
    RECORDS_GIVEN,
    RECORDS_NOTE,   /* *e tells what was passed over */
    RECORDS_FAILED, /* *e tells what is lost; call again for what is behind it */
    RECORDS_END
} records_result;

void records_open(read_records *r, read_window *window, size_t cap_bytes);
void records_close(read_records *r);
records_result records_next(read_records *r, read_record *record, error *e);

#endif
