/* state: what a watch remembers from one run to the next.
 * In: feeds and items that were dealt with. Out: what is new. SQLite, since it survives a crash at any moment, and keeps
 * a second watch away from the same file. An item is remembered once its claims are printed: after a crash in between it
 * is read again, but none is ever left out. */
#ifndef SITREP_FETCH_STATE_H
#define SITREP_FETCH_STATE_H

#include <stdbool.h>
#include <stdint.h>
#include <sitrep.h>

typedef struct state state;

/* Opens or makes the file. NULL with *e: it cannot be, is of another kind, or is in use. */
state *state_open(const char *path, sitrep_error *e);
void state_close(state *s);

typedef struct state_feed {
    char *etag, *last_modified; /* malloc'ed, NULL = none */
    unsigned failures;          /* in a row */
    int64_t wait_until;         /* seconds since 1970: not to be asked before; 0 = at any time */
} state_feed;

/* What is known of a feed; zeros where nothing is. Give back with state_feed_release. */
void state_feed_get(state *s, const char *url, state_feed *f);
bool state_feed_put(state *s, const char *url, const state_feed *f);
void state_feed_release(state_feed *f);

/* Takes an item on: true if it is neither remembered nor taken on by this run. Keys: state_key. Any thread. */
bool state_take(state *s, const char *key);

/* Remembers all keys at once, safely on disk when it returns; or forgets that they were taken on. */
bool state_done(state *s, char *const *keys, size_t n);
void state_give_up(state *s, const char *key);

/* The key of an item: its id alone where that is unique in the world (an address, a URN), else with its feed. */
void state_key(const char *feed_url, const char *id, char key[65]);

#endif
