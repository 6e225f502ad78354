/* list: which feeds to watch.
 * In: an OPML file (outlines nested at will, xmlUrl), a file with an address a line ("#" begins a comment), or an address.
 * Out: addresses of feeds, each once. */
#ifndef SITREP_FETCH_LIST_H
#define SITREP_FETCH_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <sitrep.h>

typedef struct feed_list {
    char **urls; /* malloc'ed */
    size_t n, room;
} feed_list;

/* Adds what `name` is or holds ("-": standard input). False with *e filled: no file, damaged, an address that is none. */
bool feed_list_add(feed_list *l, const char *name, sitrep_error *e);

/* The same from bytes; `name` is for messages. */
bool feed_list_parse(feed_list *l, const char *name, const char *bytes, size_t len, sitrep_error *e);

void feed_list_release(feed_list *l);

#endif
