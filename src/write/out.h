/* out: bytes on their way out, gathered in a fixed buffer.
 * In: pieces of any size. Out: calls of the caller's sink, in order, with no allocation on the way.
 * After the sink has refused once nothing more is handed to it. Belongs to one thread. */
#ifndef SITREP_WRITE_OUT_H
#define SITREP_WRITE_OUT_H

#include <sitrep.h>

#include "base/str.h"

typedef struct out {
    sitrep_sink_fn *sink;
    void *context;
    bool failed;
    size_t n;
    char buffer[8192];
} out;

void out_init(out *o, sitrep_sink_fn *sink, void *context);

void out_str(out *o, str s);
void out_text(out *o, const char *c);
void out_char(out *o, char c);
void out_repeat(out *o, const char *c, size_t times);
void out_int(out *o, int64_t value);

/* `value` with at most `decimals` (0 to 9) places, without zeros at their end: 35.61, -0.5, 4. The same
 * bytes in every locale; values beyond 9e9 and NaN are printed as 0. */
void out_fixed(out *o, double value, int decimals);

/* Code points; what is not UTF-8 becomes U+FFFD. Control characters stay. */
void out_utf8(out *o, str s);

/* The same inside a quoted cell of CSV: quotation marks are doubled (RFC 4180). */
void out_csv_part(out *o, str s);

/* Hands on what is gathered; false where the sink refused, now or before. */
bool out_flush(out *o);

#endif
