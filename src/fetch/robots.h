/* robots: what the owner of a site asks of robots (RFC 9309, and Crawl-delay).
 * In: robots.txt. Out: whether a path may be fetched, and how long to wait between two fetches. All groups that name us
 * count together, else those for "*". The rule with the longest pattern decides, Allow where two are equally long. */
#ifndef SITREP_FETCH_ROBOTS_H
#define SITREP_FETCH_ROBOTS_H

#include <stdbool.h>
#include <stddef.h>

enum { ROBOTS_MAX_BYTES = 512 * 1024 /* what stands behind them is not read */ };

typedef struct robots robots;

/* `agent` is our product token, "sitrep". NULL where memory is out. */
robots *robots_parse(const char *text, size_t len_bytes, const char *agent);
void robots_free(robots *r);

/* `path` begins with "/" and holds the query. No rules (NULL) allow everything. */
bool robots_allow(const robots *r, const char *path);

/* Seconds of the Crawl-delay; 0 = none. */
double robots_delay(const robots *r);

#endif
