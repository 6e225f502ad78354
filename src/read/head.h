/* head: what stands before the content of a record of a web archive.
 * In: bytes of a WARC 0.17 to 1.1 or ARC 1 or 2 file, from the beginning of a record on. Out: its fields as views
 * of these bytes. Lenient: lines without a colon are passed over, lines may end in LF alone, fields may be folded,
 * addresses may hold spaces or stand in <>; what cannot be used is left empty.
 * Formats: ISO 28500 (WARC), the Internet Archive's "ARC file format" of 1996. */
#ifndef SITREP_READ_HEAD_H
#define SITREP_READ_HEAD_H

#include "base/arena.h"

enum { HEAD_CAP_BYTES = 1 << 18 /* a longer head is none */ };

typedef enum record_kind {
    RECORD_RESPONSE,
    RECORD_RESOURCE,
    RECORD_CONVERSION,
    RECORD_REVISIT,
    RECORD_CONTINUATION, /* of a response cut into several: not put together */
    RECORD_ABOUT,        /* warcinfo, request, metadata, an ARC file's own description */
    RECORD_UNKNOWN
} record_kind;

typedef struct record_head {
    record_kind kind;
    bool is_arc;
    bool is_broken; /* another record begins where the head should go on */
    str url, id, date, type, payload_digest, block_digest, refers_to, truncated, kind_name;
    int64_t length; /* of the content; -1 = not told, or not as a number can be */
    size_t n;       /* bytes of the head with the blank line behind it */
} record_head;

/* Does `s` begin with a line that begins a record? Of an ARC line all of it must be there. */
bool head_begins(str s);

typedef enum head_result { HEAD_READ, HEAD_UNFINISHED, HEAD_NONE } head_result;

/* HEAD_UNFINISHED: no blank line stands in `s`; more bytes are needed. */
head_result head_read(str s, record_head *h);

/* The address as it can be used: without <>, spaces as %20. */
str head_url(arena *a, str url);

/* ISO 8601 of a record's date ("20080430204825", "2014-01-02T03:04:05Z", also cut off); ptr NULL where it is
 * none. */
str head_date(arena *a, str date);

/* Cuts a line, without its end, off the front of *rest; false where *rest has no line end any more. */
bool head_line(str *rest, str *line);

#endif
