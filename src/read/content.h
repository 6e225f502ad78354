/* content: what kind of thing a media type names, and whether it is read.
 * In: a media type in lower case without parameters. Out: its kind. */
#ifndef SITREP_READ_CONTENT_H
#define SITREP_READ_CONTENT_H

#include "base/str.h"

typedef enum content_kind {
    CONTENT_PAGE, /* HTML, XHTML */
    CONTENT_TEXT, /* plain text */
    CONTENT_XML,  /* a feed, a page or something else: its beginning tells */
    CONTENT_FEED,
    CONTENT_OFFICE,  /* PDF, word processors */
    CONTENT_UNKNOWN, /* nothing is said, or nothing that helps */
    CONTENT_OTHER    /* images, style sheets, scripts, data … */
} content_kind;

content_kind content_of_type(str media_type);

/* Is a document of this kind, which begins so, to be read? Of XML an empty beginning is let through: the body is
 * packed. */
bool content_is_read(content_kind kind, str beginning);

#endif
