/* polite: fetching as the owners of sites ask for it.
 * In: an address. Out: what stands there, after redirects. Between two requests to one host lie some seconds, more where
 * its robots.txt or a Retry-After says so; robots.txt is asked where the caller wants it (pages found by following links)
 * and kept for a day. As RFC 9309 has it, a robots.txt that is refused (4xx) allows everything, one that cannot be got
 * now (5xx, no connection) nothing. */
#ifndef SITREP_FETCH_POLITE_H
#define SITREP_FETCH_POLITE_H

#include "fetch/fetch.h"

enum { POLITE_MAX_REDIRECTS = 5 };
#define POLITE_MAX_WAIT_S (24 * 3600.0)
#define POLITE_ROBOTS_S (24 * 3600.0)

typedef struct polite polite;

typedef struct polite_options {
    fetch_options fetch;
    const char *agent;      /* product token that robots.txt may name */
    double host_interval_s; /* between the starts of two requests to one host */
    bool (*wait_until)(void *context,
                       double clock); /* sleeps until fetch_clock() is there; false: we are to stop */
    void *context;
} polite_options;

polite *polite_open(const polite_options *options);
void polite_close(polite *p);

/* When the host of `url` may next be asked, by fetch_clock(). */
double polite_next(polite *p, const char *url);

/* Fetches request->url, waiting for its host; never FETCH_REDIRECT. `ask_robots`: of every hop. *moved (may be NULL)
 * gets where it has moved for good, malloc'ed, or NULL. */
fetch_outcome polite_get(polite *p, const fetch_request *request, bool ask_robots, fetch_reply *reply,
                         char **moved);

#endif
