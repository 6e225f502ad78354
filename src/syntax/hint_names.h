/* hint_names: the names of what the net hints at.
 * In: lines "kind<TAB>name", as they stand in a model's section "hints" and in nets of the trainer. Out: columns by
 * kind. What the names mean is the business of codebooks; the net only learned to tell them apart. */
#ifndef SITREP_SYNTAX_HINT_NAMES_H
#define SITREP_SYNTAX_HINT_NAMES_H

#include "record/record.h"

/* "happening", "status", "role". */
const char *hint_kind_text(hint_kind kind);

/* False where a line is of no kind, kinds are out of order, or a kind does not begin with "-". Names point into
 * `lines`. */
bool hint_names_read(arena *a, str lines, hint_names *n);

/* The lines of names, in the arena. */
str hint_names_write(arena *a, const hint_names *n);

/* The column of `name`; -1 where there is none. */
int32_t hint_column(const hint_names *n, hint_kind kind, str name);

#endif
