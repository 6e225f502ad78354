/* build_lines: the lines of a source, whatever it is wrapped in.
 * In: a plain file, a zip file (its largest table), the rows of a gazetteer. Out: lines, one at a time, so that sources
 * of any size take a buffer of memory. */
#ifndef SITREP_PLACE_BUILD_LINES_H
#define SITREP_PLACE_BUILD_LINES_H

#include "base/arena.h"
#include "base/error.h"

typedef enum wrapping { WRAP_NONE, WRAP_ZIP, WRAP_GAZETTEER } wrapping;

typedef struct line_source line_source;

/* Finds out what the file is. The source must be closed. NULL and *e where it cannot be read. */
line_source *lines_open(str path, error *e);
void lines_close(line_source *s);
wrapping lines_wrapping(const line_source *s);

/* What comes next without taking it: up to `max` bytes (at most 64 KiB). */
str lines_peek(line_source *s, size_t max);

/* The next line without its end; valid until the next call. False at the end and where reading failed (*e is set then:
 * look at lines_failed). Lines of more than a megabyte are a failure. */
bool lines_next(line_source *s, str *line, error *e);
bool lines_failed(const line_source *s);
size_t lines_number(const line_source *s); /* of the line that was given last, from 1 */

#endif
