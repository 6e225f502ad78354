#define _POSIX_C_SOURCE 200809L
#include "fetch/polite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fetch/robots.h"

typedef enum robots_state {
    ROBOTS_UNKNOWN,
    ROBOTS_KNOWN,
    ROBOTS_CLOSED /* it cannot be got: nothing is allowed */
} robots_state;

typedef struct host {
    char origin[512];
    double next; /* earliest start of the next request, by fetch_clock() */
    robots_state state;
    robots *rules; /* NULL with ROBOTS_KNOWN: everything is allowed */
    double robots_until;
} host;

struct polite {
    polite_options options;
    fetch *fetch;
    host *hosts;
    size_t n, room;
};

static host *find_host(polite *p, const char *origin)
{
    for (size_t i = 0; i < p->n; i++)
        if (strcmp(p->hosts[i].origin, origin) == 0) return &p->hosts[i];
    return NULL;
}

static void forget_host(host *h)
{
    robots_free(h->rules);
    *h = (host){0};
}

/* Makes room by dropping a host that may be asked at once; there are never many. */
static host *new_host(polite *p, const char *origin)
{
    enum { MAX_HOSTS = 20000 };
    if (p->n == p->room && p->n < MAX_HOSTS) {
        size_t room = p->room * 2 + 16;
        host *larger = realloc(p->hosts, room * sizeof *larger);
        if (larger) p->hosts = larger;
        if (larger) p->room = room;
    }
    if (!p->room) return NULL;
    host *h = p->n < p->room ? &p->hosts[p->n++] : &p->hosts[(size_t)fetch_clock() % p->room];
    if (p->n == p->room) forget_host(h);
    *h = (host){0};
    snprintf(h->origin, sizeof h->origin, "%s", origin);
    return h;
}

static host *host_of(polite *p, const char *origin)
{
    host *h = find_host(p, origin);
    return h ? h : new_host(p, origin);
}

double polite_next(polite *p, const char *url)
{
    char origin[512], path[FETCH_URL_CAP];
    host *h = fetch_split_url(url, origin, path) ? find_host(p, origin) : NULL;
    return h ? h->next : 0;
}

static void put_off(host *h, double seconds)
{
    double next = fetch_clock() + (seconds < POLITE_MAX_WAIT_S ? seconds : POLITE_MAX_WAIT_S);
    if (next > h->next) h->next = next;
}

/* One request, when its host may be asked. */
static fetch_outcome ask(polite *p, host *h, const fetch_request *request, fetch_reply *reply)
{
    double delay = robots_delay(h->rules), interval = p->options.host_interval_s;
    if (!p->options.wait_until(p->options.context, h->next)) {
        *reply = (fetch_reply){0};
        return FETCH_STOPPED;
    }
    put_off(h, delay > interval ? delay : interval);
    fetch_outcome outcome = fetch_get(p->fetch, request, reply);
    if (reply->status == 429 || reply->status == 503) put_off(h, reply->retry_after_s);
    return outcome;
}

static fetch_outcome follow(polite *p, const fetch_request *request, bool ask_robots, fetch_reply *reply,
                            char **moved);

static fetch_outcome learn_robots(polite *p, const char *origin, bool may_be_private)
{
    char url[600];
    fetch_reply reply;
    snprintf(url, sizeof url, "%s/robots.txt", origin);
    fetch_request request = {
        .url = url, .accept = "text/plain,*/*;q=0.1", .may_be_private = may_be_private};
    fetch_outcome outcome = follow(p, &request, false, &reply, NULL);
    host *h = host_of(p, origin); /* the array may have moved */
    if (h && outcome != FETCH_STOPPED) {
        robots_free(h->rules);
        h->rules = outcome == FETCH_OK
                       ? robots_parse(reply.body ? reply.body : "", reply.len_bytes, p->options.agent)
                       : NULL;
        h->state = outcome == FETCH_FAILED ? ROBOTS_CLOSED : ROBOTS_KNOWN;
        h->robots_until = fetch_clock() + (outcome == FETCH_FAILED ? 600 : POLITE_ROBOTS_S);
        double delay = robots_delay(h->rules);
        if (delay > p->options.host_interval_s) put_off(h, delay);
    }
    fetch_reply_release(&reply);
    return outcome;
}

/* FETCH_OK: go on. */
static fetch_outcome check_robots(polite *p, const char *origin, const char *path, bool may_be_private,
                                  fetch_reply *reply)
{
    host *h = host_of(p, origin);
    if (h && (h->state == ROBOTS_UNKNOWN || h->robots_until < fetch_clock())) {
        if (learn_robots(p, origin, may_be_private) == FETCH_STOPPED) return FETCH_STOPPED;
        h = host_of(p, origin);
    }
    if (!h) return FETCH_FAILED;
    if (h->state == ROBOTS_CLOSED) {
        snprintf(reply->message, sizeof reply->message, "its robots.txt cannot be got");
        return FETCH_FAILED;
    }
    if (robots_allow(h->rules, path)) return FETCH_OK;
    snprintf(reply->message, sizeof reply->message, "robots.txt does not allow it");
    return FETCH_REFUSED;
}

static fetch_outcome one_hop(polite *p, const fetch_request *request, bool ask_robots, fetch_reply *reply)
{
    char origin[512], path[FETCH_URL_CAP];
    *reply = (fetch_reply){0};
    if (!fetch_split_url(request->url, origin, path)) {
        snprintf(reply->message, sizeof reply->message,
                 "not an address of the web (http, https, without password)");
        return FETCH_REFUSED;
    }
    fetch_outcome allowed =
        ask_robots ? check_robots(p, origin, path, request->may_be_private, reply) : FETCH_OK;
    if (allowed != FETCH_OK) return allowed;
    host *h = host_of(p, origin);
    return h ? ask(p, h, request, reply) : FETCH_FAILED;
}

static fetch_outcome follow(polite *p, const fetch_request *first, bool ask_robots, fetch_reply *reply,
                            char **moved)
{
    fetch_request request = *first;
    char url[FETCH_URL_CAP];
    bool for_good = true;
    if (moved) *moved = NULL;
    for (int hop = 0;; hop++) {
        fetch_outcome outcome = one_hop(p, &request, ask_robots, reply);
        if (outcome != FETCH_REDIRECT) return outcome;
        if (hop == POLITE_MAX_REDIRECTS) {
            snprintf(reply->message, sizeof reply->message, "is sent on more than %d times",
                     POLITE_MAX_REDIRECTS);
            return FETCH_REFUSED;
        }
        snprintf(url, sizeof url, "%s", reply->location);
        request.url = url;
        request.may_be_private = reply->is_private; /* who is public cannot lead inside */
        for_good &= reply->is_permanent;
        if (moved && for_good) free(*moved), *moved = strdup(url);
        fetch_reply_release(reply);
    }
}

fetch_outcome polite_get(polite *p, const fetch_request *request, bool ask_robots, fetch_reply *reply,
                         char **moved)
{
    return follow(p, request, ask_robots, reply, moved);
}

polite *polite_open(const polite_options *options)
{
    polite *p = calloc(1, sizeof *p);
    if (!p) return NULL;
    p->options = *options;
    p->fetch = fetch_open(&options->fetch);
    if (p->fetch) return p;
    free(p);
    return NULL;
}

void polite_close(polite *p)
{
    if (!p) return;
    for (size_t i = 0; i < p->n; i++) forget_host(&p->hosts[i]);
    free(p->hosts);
    fetch_close(p->fetch);
    free(p);
}
