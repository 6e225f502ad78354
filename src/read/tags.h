/* tags: what the names of elements mean (WHATWG HTML), a table.
 * In: gumbo's number of a name. Out: kinds of tags, as flags. */
#ifndef SITREP_READ_TAGS_H
#define SITREP_READ_TAGS_H

#include <gumbo.h>
#include <stdint.h>

typedef enum tag_kind {
    TAG_BLOCK = 1,     /* begins a line of its own */
    TAG_INVISIBLE = 2, /* neither it nor what it holds is read */
    TAG_VOID = 4,      /* holds nothing, has no end tag */
    TAG_FLAT = 8,      /* is closed by the next of its kind or by its parent: does not make a page deep */
    TAG_FORMAT = 16,   /* formatting element: opened again by the parser wherever it was left open */
    TAG_BREAKOUT = 32, /* ends an SVG drawing that was left open */
    TAG_RAW = 64,      /* what it holds is characters, not elements */
    TAG_BOX = 128      /* may be furniture as a whole */
} tag_kind;

uint32_t tag_kinds(GumboTag tag);

#endif
