/* build_source: what the readers of sources share. In: a source. Out: rows (place/build_rows.h). */
#ifndef SITREP_PLACE_BUILD_SOURCE_H
#define SITREP_PLACE_BUILD_SOURCE_H

#include "place/build_lines.h"
#include "place/build_rows.h"

/* Tables with a heading; by the source's mapping, or by codebooks/places/columns.txt. */
bool csv_read(builder *b, line_source *s, const gaz_source *source, error *e);

/* "PATH:LINE: what". Returns false. */
bool source_fault(str path, size_t line, error *e, const char *what);

#endif
