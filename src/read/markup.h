/* markup: where the pieces of a page begin and end, by the rules of HTML's tokenizer (WHATWG HTML, 13.2.5).
 * In: the bytes of a page and a place in it. Out: places. Nothing is decoded or built; the parser does that. A piece
 * that the page's end cuts off ends at `page.len`. */
#ifndef SITREP_READ_MARKUP_H
#define SITREP_READ_MARKUP_H

#include "base/str.h"

typedef struct markup_attribute {
    size_t start, end; /* of name and value with its quotes */
    str name, value;   /* value without quotes, not decoded; ptr NULL = none */
    bool quoted;
} markup_attribute;

/* Is there a tag at `at` (a "<")? A letter stands behind "<" or "</". */
bool markup_is_tag(str page, size_t at);

/* The end of the tag's name that begins at `at`. */
size_t markup_name_end(str page, size_t at);

/* The next attribute from *at on, *at behind it. False at the tag's end: *at is behind its ">", *empty says whether
 * "/>" stood there; where the page ends first *at is page.len and *cut true. */
bool markup_attribute_next(str page, size_t *at, markup_attribute *a, bool *empty, bool *cut);

/* Behind the tag whose name ended at `at`. */
size_t markup_tag_end(str page, size_t at);

/* Behind a comment, doctype or the like that begins at `at` ("<!", "<?", "</" and no letter). */
size_t markup_declaration_end(str page, size_t at);

/* The "</NAME" that ends what began at `at`, where NAME's element holds characters alone; page.len = none. */
size_t markup_raw_end(str page, size_t at, const char *name);

/* The same for a script: "<!-- <script> </script> -->" hides what stands in it. */
size_t markup_script_end(str page, size_t at);

#endif
