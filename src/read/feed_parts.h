/* feed_parts: what the readers of single formats hand to feed.c. */
#ifndef SITREP_READ_FEED_PARTS_H
#define SITREP_READ_FEED_PARTS_H

#include "read/feed.h"

typedef enum feed_text_kind {
    FEED_TEXT_EITHER, /* RSS does not tell */
    FEED_TEXT_PLAIN,
    FEED_TEXT_HTML
} feed_text_kind;

typedef struct feed_text {
    str s;
    feed_text_kind kind;
} feed_text;

/* What is written of an item, or of the feed itself, before it is made sense of. */
typedef struct feed_draft {
    feed_text title, content, summary; /* of several the fullest */
    str guid, link, origin, about; /* origin: the address behind a counting redirect; about: rdf:about */
    str author, publisher, language, licence;
    str published, updated;
    bool guid_is_no_link;
    media_array media;
} feed_draft;
typedef ARRAY(feed_draft) feed_draft_array;

typedef struct feed_drafts {
    feed_draft whole; /* of the feed */
    feed_draft_array items;
    error fault; /* code 0: none */
    bool is_feed;
} feed_drafts;

/* `text` is valid UTF-8 without NUL. Faults get their line; the caller adds the file. */
void feed_read_xml(arena *a, str text, feed_drafts *out);
void feed_read_json(arena *a, str text, feed_drafts *out);

/* Mended XML without declarations; its lines are those of `text`. */
str feed_mend(arena *a, str text);

/* Adds a text where it is fuller than what is there. */
void feed_take_text(feed_text *into, feed_text found);

#endif
