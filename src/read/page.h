/* page: a parsed page as a flat list, between the files that read HTML.
 * In: gumbo's tree. Out: elements and texts in document order, each with its parent and the end of its
 * subtree, so that every walk is a loop: depth costs no stack. */
#ifndef SITREP_READ_PAGE_H
#define SITREP_READ_PAGE_H

#include <gumbo.h>

#include "read/rules.h"
#include "read/sieve.h"

typedef enum node_flag {
    NODE_TEXT = 1,      /* characters, not an element */
    NODE_BLOCK = 2,     /* begins a line of its own */
    NODE_DROPPED = 4,   /* not read: script, hidden, furniture */
    NODE_INVISIBLE = 8, /* script, style and the like: dropped whatever the page looks like */
    NODE_GOOD = 16,     /* class, id or markup says: article */
    NODE_POOR = 32,
    NODE_NAMED_DROP = 64, /* its class or id is one of furniture */
    NODE_BODY_HINT = 128, /* itemprop=articleBody and the like */
    NODE_CAPTION = 256,
    NODE_BYLINE = 512,
    NODE_IN_LINK = 1024, /* text inside <a> */
    NODE_KEPT = 2048     /* part of the article */
} node_flag;

#define NO_NODE UINT32_MAX

typedef struct page_node {
    const GumboNode *node;
    uint32_t parent; /* NO_NODE for the root */
    uint32_t end;    /* index behind the subtree */
    uint32_t flags;
    GumboTag tag;                              /* GUMBO_TAG_UNKNOWN for text */
    uint32_t chars, link_chars, commas;        /* of the subtree, without what is dropped */
    uint32_t own_chars, own_commas, own_links; /* of text whose nearest block this is */
    uint32_t prose; /* characters of long paragraphs with few links in the subtree */
    uint32_t paragraphs, items, inputs, images, headings_chars, blocks, list_chars;
    double score;
    bool scored;
} page_node;
typedef ARRAY(page_node) page_node_array;

/* Offsets in one text -> offsets in the text that it was made of; remembers where it looked last. */
typedef struct run_cursor {
    const raw_run_array *runs; /* empty = the same offsets */
    size_t run;
} run_cursor;

typedef struct page {
    arena *a;
    const read_rules *rules;
    const char *html; /* sieved page that gumbo's positions point into */
    size_t html_len;
    str_array linked;             /* JSON-LD */
    run_cursor to_page, to_bytes; /* from html to the decoded page, from there to the bytes */
    page_node_array nodes;
    uint32_t body; /* NO_NODE where there is none */
} page;

/* Flattens the tree. */
void page_load(page *p, const GumboOutput *tree);

/* Value of an attribute, ptr NULL where it is absent. */
str page_attribute(const page *p, uint32_t i, const char *name);

/* The visible text below i, white space collapsed, at most `cap` bytes. */
str page_text(const page *p, uint32_t i, size_t cap);

/* Copy with white space collapsed and trimmed. */
str page_collapse(arena *a, str s);

/* Name flags (rules.h) of a class or id value. */
uint32_t page_name_flags(const read_rules *rules, str names);

/* ---- article.c --------------------------------------------------------------------------- */

/* Sets NODE_KEPT on what belongs to the article. */
void article_find(page *p);

/* ---- metadata.c -------------------------------------------------------------------------- */

typedef struct page_metadata {
    str title, author, publisher, language, url, licence;
    civil_date published, updated;
    uint32_t title_node;    /* heading that bears the title, NO_NODE = none */
    uint32_t title_element; /* <title> */
} page_metadata;

void metadata_read(const page *p, page_metadata *m);

/* The content of the first meta element that bears the first of these names that any bears. */
str metadata_of(const page *p, const char *const *names, size_t n);

/* ---- media.c ----------------------------------------------------------------------------- */

/* Appends the article's pictures, films and players to document.media; `url` is the page's address, empty = unknown.
 * Call after article_find. */
void media_find(const page *p, const page_metadata *m, str url, document *d);

/* ---- render.c ---------------------------------------------------------------------------- */

/* Writes what is kept into document.text, blocks, raw_runs; the title in front. */
void render_article(const page *p, const page_metadata *m, document *d);

#endif
