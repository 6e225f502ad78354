/* http: an answer of a web server as an archive keeps it.
 * In: status line, header and body in one. Out: the header's fields as views; the body without its transfer and
 * content encodings (RFC 9112: chunked; RFC 9110: gzip, deflate, br, zstd).
 *
 * Archives are full of answers whose header lies about the body: called chunked or compressed although the
 * crawler had undone it, cut short, with wrong chunk sizes. What does not look like what it is called is taken as
 * it is; what breaks off is used up to there, with a note. */
#ifndef SITREP_READ_HTTP_H
#define SITREP_READ_HTTP_H

#include "record/record.h"

typedef struct http_head {
    bool is_http; /* false: no status line, everything is body */
    int status;   /* 0 = not a number */
    str type;     /* as written: "text/html; charset=utf-8" */
    str transfer_encoding, content_encoding;
    size_t n; /* bytes of the head with the blank line behind it */
} http_head;

/* False: the header does not end within `s`, which is filled as far as it goes (n = s.len). */
bool http_head_read(str s, http_head *h);

/* "text/html" of "Text/HTML; charset=x", written into `out` in lower case. */
str http_media_type(str type, char out[96]);

/* "x" of "text/html; charset=x", quoted or not; ptr NULL where there is none. */
str http_charset(str type);

/* The body without its encodings; views of `body` where there was nothing to undo. *dechunked is what a digest
 * may have been made of. At most `cap` bytes, else false with SITREP_OVER_LIMIT. Faults become notes of `d`,
 * whose arena is used. */
bool http_body(const http_head *h, str body, size_t cap, document *d, str *dechunked, str *decoded,
               error *e);

#endif
