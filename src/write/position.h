/* position: from bytes of the text to code points, which is what the outside world counts.
 * In: the text. Out: the number of code points before any byte, in constant time: a count is kept for every
 * 128th byte and the rest is counted on the spot. Const once built. */
#ifndef SITREP_WRITE_POSITION_H
#define SITREP_WRITE_POSITION_H

#include "base/arena.h"

typedef struct positions {
    str text;
    uint32_t *before; /* code points before byte i * 128; NULL: the text is all ASCII */
} positions;

/* `text` must be valid UTF-8 and live as long as the result. */
positions positions_build(arena *a, str text);

/* Code points before `byte`, which is clipped to the text. */
size_t position_of(const positions *p, size_t byte);

/* The byte that stands `n` code points before (after) `byte`, or the text's start (end). */
size_t position_back(str text, size_t byte, size_t n);
size_t position_forth(str text, size_t byte, size_t n);

#endif
