/* feed: RSS 0.9 to 2.0, Atom 0.3 and 1.0, JSON Feed 1 and 1.1 -> their items.
 * In: the bytes of a feed. Out: items in the feed's order, each with what the feed tells of it (address, title, author,
 * dates, identifier, language, licence, media) and the fullest of its texts; a damaged feed gives the items that can be
 * read and a fault with its line.
 *
 * XML is read by expat: it does no more than it is told to, where libxml2's recovery mode guesses. What real feeds do
 * wrong is mended before (feed_mend.c): wrong declarations of the character set, junk in front, ampersands and signs that
 * should have been escaped, characters that XML forbids. Document type declarations are cut out there, so that no entity
 * is ever declared: nothing expands, nothing is fetched. Namespaces are looked up by address, and where none is declared
 * by the usual prefix. */
#ifndef SITREP_READ_FEED_H
#define SITREP_READ_FEED_H

#include "read/read.h"

enum { FEED_MAX_DEPTH = 400 /* of elements */, FEED_MAX_ITEMS = 100000 };

/* All strings live in the feed's memory and end with a NUL byte that the view does not count. */
typedef struct feed_item {
    str id;  /* guid, id; else the address; else the SHA-256 of title and content */
    str url; /* of the article */
    str title, author, publisher, language, licence;
    civil_date published, updated;
    str content; /* HTML or text, as the feed has it */
    bool is_html;
    bool is_summary; /* the feed seems to hold but a part of the article */
    media_array media;
} feed_item;
typedef ARRAY(feed_item) feed_item_array;

/* Counted: whoever keeps a pointer to an item holds its feed. */
typedef struct feed feed;

/* Does this look like the beginning of a feed? A few hundred bytes do. */
bool feed_recognise(str head);

/* Reads a feed. about->path is for messages, about->charset wins over what the feed says. NULL with *e where the bytes
 * are no feed at all. Give back with feed_release. Thread-safe. */
feed *feed_open(str bytes, const read_input *about, error *e);

size_t feed_count(const feed *f);
const feed_item *feed_at(const feed *f, size_t i);

/* NULL: the feed is whole. Else what is wrong with it, with file and line; the items are what could be read. */
const error *feed_fault(const feed *f);

/* Bytes of text that can be seen in HTML, by a rough count that passes over tags. */
size_t feed_visible(str html);

/* Thread-safe. */
feed *feed_hold(feed *f);
void feed_release(feed *f); /* NULL is let be */

/* The document of an item: its title as a heading, then its content. `defaults` fills in what the item does not tell.
 * sha256 and the map to raw bytes refer to the content in UTF-8. Thread-safe. */
bool feed_read_item(const read_rules *rules, const feed_item *item, const read_input *defaults, document *d,
                    error *e);

#endif
