/* table: the reader that all codebook files share.
 * In: a text file. Out: its lines as keyword, value and indent, with line numbers for messages.
 *
 *     # a comment, to the end of the line, where '#' begins the line or follows white space
 *     air_strike                 a line at column 0 opens an entry
 *         plover ASSAULT aerial  indented lines belong to the entry above
 *
 * White space inside a value is kept, at its ends it is not. Lines must be valid UTF-8. */
#ifndef SITREP_BASE_TABLE_H
#define SITREP_BASE_TABLE_H

#include "base/array.h"
#include "base/error.h"

typedef struct table_line {
    uint32_t number; /* from 1 */
    uint32_t indent; /* white-space characters before the keyword; 0 opens an entry */
    str keyword;     /* up to the first white space */
    str value;       /* the rest of the line, trimmed */
    str whole;       /* keyword and value as written */
} table_line;

typedef ARRAY(table_line) table_line_array;

typedef struct table {
    str path;
    table_line_array lines;
} table;

/* Reads the file at `path` into the arena; all views point there. */
bool table_read(arena *a, str path, table *t, error *e);

/* The same from bytes that the caller keeps for as long as the table is used. */
bool table_parse(arena *a, str path, str bytes, table *t, error *e);

/* Reports a fault at a line: "FILE:LINE: message". Returns false. */
bool table_fault(const table *t, const table_line *l, error *e, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
