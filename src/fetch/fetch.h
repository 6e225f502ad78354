/* fetch: getting bytes from the web, politely and within bounds. Belongs to the program alone: the library knows no
 * network. This folder sees sitrep.h, libcurl, expat and SQLite, and nothing else of src/.
 * In: an address, what was got from it before. Out: the bytes with when and from where they came, or why not.
 *
 * One call is one request. Redirects are not followed here but told, so that whoever asks can apply the same rules to
 * every hop (polite.h). Only http and https; certificates are verified; no cookies, no referrer, no passwords from files;
 * time, size of the body after decompression, and size of the headers are bounded while they come in. An address that
 * someone else wrote (a link in a feed, a redirect) must not lead into a private network, unless what it stands in came
 * from one; where a proxy is used the proxy decides. */
#ifndef SITREP_FETCH_H
#define SITREP_FETCH_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

enum { FETCH_URL_CAP = 4096 /* longer addresses are refused */ };

typedef enum fetch_outcome {
    FETCH_OK,           /* 200 with a body */
    FETCH_NOT_MODIFIED, /* 304 */
    FETCH_REDIRECT,     /* reply.location is set */
    FETCH_REFUSED,      /* asking again would be in vain: 4xx, too large, not allowed */
    FETCH_FAILED,       /* may work later: 5xx, 408, 429, no connection, too slow */
    FETCH_STOPPED       /* *stop was set */
} fetch_outcome;

typedef struct fetch_options {
    const char *user_agent;
    double timeout_s; /* of a whole request */
    size_t max_bytes;
    const volatile sig_atomic_t *stop; /* looked at while waiting */
} fetch_options;

typedef struct fetch_request {
    const char *url;
    const char *accept;               /* NULL: anything */
    const char *etag, *last_modified; /* of the last reply; NULL: none */
    bool may_be_private;
} fetch_request;

/* Strings are malloc'ed, NULL where there is none. */
typedef struct fetch_reply {
    long status; /* of HTTP; 0 = none came */
    char *body;
    size_t len_bytes;
    char *url, *location;
    char *etag, *last_modified, *type, *charset; /* type in small letters, without parameters */
    double retry_after_s;                        /* 0 = not told */
    char retrieved[24];                          /* 2019-11-14T10:20:30Z */
    bool is_private;                             /* it came from a private network */
    bool is_permanent;                           /* of a redirect */
    char message[256];                           /* why not, for people */
} fetch_reply;

typedef struct fetch fetch;

/* NULL where memory is out. One thread at a time. */
fetch *fetch_open(const fetch_options *options);
void fetch_close(fetch *f);

/* Fills *reply, to be given back with fetch_reply_release whatever comes. */
fetch_outcome fetch_get(fetch *f, const fetch_request *request, fetch_reply *reply);
void fetch_reply_release(fetch_reply *reply);

/* Writes "scheme://host:port" of an http or https address, in small letters, and its path with query (from "/"). False:
 * it is none, or bears a password, or does not fit. */
bool fetch_split_url(const char *url, char origin[512], char path[FETCH_URL_CAP]);

/* `href` as seen from `base`; false as above. */
bool fetch_resolve(const char *base, const char *href, char url[FETCH_URL_CAP]);

/* Seconds of a clock that never goes back. */
double fetch_clock(void);

#endif
