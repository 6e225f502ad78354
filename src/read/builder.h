/* builder: puts document text together piece by piece and remembers where each came from.
 * In: pieces with their raw offsets. Out: text, raw runs. Text and bytes advance together inside a piece
 * of the same bytes; everything else begins a run. */
#ifndef SITREP_READ_BUILDER_H
#define SITREP_READ_BUILDER_H

#include "record/record.h"

typedef struct text_builder {
    arena *a;
    char *bytes;
    size_t n, cap;
    raw_run_array runs;
    uint64_t delta; /* raw - text of the last run, modulo 2^64 */
} text_builder;

void builder_init(text_builder *b, arena *a, size_t expected_bytes);

/* Appends bytes that stand at `raw` as they are. */
void builder_add(text_builder *b, str bytes, uint64_t raw);

/* Appends one code point that stands at `raw`; NUL becomes U+FFFD. */
void builder_code_point(text_builder *b, uint32_t cp, uint64_t raw);

/* What was built ends at `raw`: a last run says so where the offsets alone would not. */
void builder_end(text_builder *b, uint64_t raw);

/* The text so far. The buffer belongs to the arena; adding more may move it. */
str builder_text(const text_builder *b);

#endif
