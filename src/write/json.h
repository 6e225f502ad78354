/* json: JSON (RFC 8259) written straight to an out, one line, no spaces.
 * In: keys and values in the order in which they shall stand. Out: text that any parser takes: strings are
 * made valid UTF-8, control characters are escaped. Depth is not limited by anything here.
 * The names begin with out_ because json_ is libjansson's, which stands in the same program. */
#ifndef SITREP_WRITE_JSON_H
#define SITREP_WRITE_JSON_H

#include "write/out.h"

typedef struct json {
    out *o;
    bool comma; /* the next member or element needs one before it */
} json;

void out_json_open(json *j, char bracket);
void out_json_close(json *j, char bracket);

/* `"name":`; the value follows. */
void out_json_key(json *j, const char *name);

void out_json_null(json *j);
void out_json_bool(json *j, bool value);
void out_json_int(json *j, int64_t value);
void out_json_fixed(json *j, double value, int decimals);
void out_json_string(json *j, str s);

/* As out_json_string; null where `s` is empty. */
void out_json_known(json *j, str s);

#endif
