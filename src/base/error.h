/* error: what went wrong, where, in words for a person.
 * The type is the public one, so that nothing is copied on the way out. */
#ifndef SITREP_BASE_ERROR_H
#define SITREP_BASE_ERROR_H

#include <sitrep.h>

#include "base/str.h"

typedef sitrep_error error;

/* Fills *e (which may be NULL) and returns false, so that a function can end with
 * `return error_set(e, SITREP_BAD_FORMAT, "read", "…")`. `where` and the position are cleared. */
bool error_set(error *e, sitrep_code code, const char *stage, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Adds the file or document that it happened in; line counts from 1 (0 = not known), offset in bytes. */
bool error_at(error *e, str where, size_t line, size_t offset);

#endif
