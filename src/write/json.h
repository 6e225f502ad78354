/* json: JSON (RFC 8259) written straight to an out, one line, no spaces.
 * In: keys and values in the order in which they shall stand. Out: text that any parser takes: strings are
 * made valid UTF-8, control characters are escaped. Depth is not limited by anything here. */
#ifndef SITREP_WRITE_JSON_H
#define SITREP_WRITE_JSON_H

#include "write/out.h"

typedef struct json {
    out *o;
    bool comma; /* the next member or element needs one before it */
} json;

void json_open(json *j, char bracket);
void json_close(json *j, char bracket);

/* `"name":`; the value follows. */
void json_key(json *j, const char *name);

void json_null(json *j);
void json_int(json *j, int64_t value);
void json_fixed(json *j, double value, int decimals);
void json_string(json *j, str s);

/* As json_string; null where `s` is empty. */
void json_known(json *j, str s);

#endif
