/* The loop of `sitrep watch`: polls of feeds and visits to articles wait in one queue, and whatever may be done first is
 * done first. One request at a time; hosts are spared by fetch/polite.h. */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "fetch/keep.h"
#include "fetch/polite.h"
#include "fetch/state.h"
#include "watch.h"

enum { MAX_TRIES = 3 /* of an article */, MAX_JOBS = 200000 };
#define NEVER 1e300
#define DAY_S 86400.0

/* A feed as it came, kept while articles that it names are on their way. */
typedef struct body {
    char *bytes;
    size_t len_bytes;
    unsigned holders;
    char *name; /* for document.path: the kept file or the address */
    char retrieved[24];
    char *charset;
    bool is_private;
} body;

/* An article to be visited. */
typedef struct job {
    size_t feed;
    char key[65];
    char *id, *url, *title, *published;
    body *from;
    unsigned tries;
    double due;
} job;

typedef struct watched {
    const char *url;
    state_feed known;
    char *etag, *last_modified; /* of the last reply; remembered once all of it is read */
    double due;
    size_t n_pending; /* articles */
    bool unfinished;  /* the last reply is not remembered yet */
} watched;

typedef struct watch {
    const watch_options *options;
    cli_options print;
    const sitrep *engine;
    polite *polite;
    state *state;
    watched *feeds;
    size_t n_feeds;
    job *jobs;
    size_t n_jobs, room_jobs;
    bool broken; /* output or state are gone: end */
    bool failed; /* something could not be read */
} watch;

/* ---- signals ----------------------------------------------------------------------------- */

/* A handler has no other way to speak: the one place of the program with variables of its own. */
static volatile sig_atomic_t stop;
static int wake[2] = {-1, -1};

static void on_signal(int number)
{
    int saved = errno;
    (void)number;
    stop = 1;
    if (write(wake[1], "", 1) < 0) errno = saved;
    errno = saved;
}

static bool catch_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal,
                               .sa_flags = (int)SA_RESETHAND}; /* a second one kills */
    if (pipe(wake) != 0) return false;
    for (int i = 0; i < 2; i++) {
        fcntl(wake[i], F_SETFD, FD_CLOEXEC);
        fcntl(wake[i], F_SETFL, O_NONBLOCK);
    }
    sigemptyset(&action.sa_mask);
    return sigaction(SIGINT, &action, NULL) == 0 && sigaction(SIGTERM, &action, NULL) == 0;
}

static bool wait_until(void *context, double clock)
{
    (void)context;
    for (double left; !stop && (left = clock - fetch_clock()) > 0;) {
        struct pollfd p = {.fd = wake[0], .events = POLLIN};
        poll(&p, 1, left > 3600 ? 3600 * 1000 : (int)ceil(left * 1000));
    }
    return !stop;
}

/* ---- messages ---------------------------------------------------------------------------- */

__attribute__((format(printf, 4, 5))) static void tell(const watch *w, bool failure, const char *url,
                                                       const char *format, ...)
{
    sitrep_error e = {.code = SITREP_NO_FILE};
    va_list args;
    va_start(args, format);
    snprintf(e.where, sizeof e.where, "%s", url);
    vsnprintf(e.message, sizeof e.message, format, args);
    va_end(args);
    if (failure) cli_message(&e);
    else if (!w->print.quiet) cli_note(NULL, &e);
}

static void spell_time(double s, char out[32])
{
    if (s < 120) snprintf(out, 32, "%.0f s", ceil(s));
    else if (s < 7200) snprintf(out, 32, "%.0f min", s / 60);
    else snprintf(out, 32, "%.0f h", s / 3600);
}

/* ---- bodies ------------------------------------------------------------------------------ */

static char *copy(const char *s)
{
    return s ? strdup(s) : NULL;
}

static void release_body(body *b)
{
    if (!b || --b->holders) return;
    free(b->bytes);
    free(b->name);
    free(b->charset);
    free(b);
}

/* Takes the bytes over from the reply, and keeps them on disk where that is wanted. */
static body *take_body(watch *w, const char *asked, fetch_reply *r)
{
    char path[4200];
    sitrep_error e;
    body *b = calloc(1, sizeof *b);
    if (!b) return NULL;
    snprintf(path, sizeof path, "%s", r->url ? r->url : asked);
    if (w->options->keep_folder && !keep_bytes(w->options->keep_folder, asked, r, path, &e)) {
        cli_message(&e);
        w->broken = w->failed = true;
    }
    *b = (body){r->body, r->len_bytes, 1, strdup(path), "", copy(r->charset), r->is_private};
    memcpy(b->retrieved, r->retrieved, sizeof b->retrieved);
    r->body = NULL;
    return b;
}

/* Reads bytes and prints their claims. */
static cli_outcome print(watch *w, const body *b, sitrep_source_options *about)
{
    sitrep_error e = {0};
    cli_outcome outcome = {.output_gone = true};
    about->retrieved = b->retrieved;
    about->charset_hint = b->charset;
    sitrep_source *source = sitrep_source_open(about, &e);
    bool ok = source && sitrep_source_add_bytes(source, b->name, b->bytes, b->len_bytes, &e);
    if (ok) cli_run(&w->print, w->engine, source, &outcome);
    else cli_message(&e);
    sitrep_source_close(source);
    w->print.head_stands = true;
    w->failed |= outcome.n_failed > 0 || !ok;
    w->broken |= outcome.output_gone;
    return outcome;
}

/* ---- state ------------------------------------------------------------------------------- */

static void remember(watch *w, char *const *keys, size_t n)
{
    if (w->broken || state_done(w->state, keys, n)) return;
    tell(w, true, "state", "cannot be written");
    w->broken = w->failed = true;
}

static void remember_feed(watch *w, const watched *f)
{
    if (state_feed_put(w->state, f->url, &f->known)) return;
    tell(w, true, "state", "cannot be written");
    w->broken = w->failed = true;
}

static void replace(char **into, char **from)
{
    free(*into);
    *into = *from;
    *from = NULL;
}

/* Once everything of a reply is read, the next request may say that we have it. */
static void finish_feed(watch *w, watched *f)
{
    if (!f->unfinished || f->n_pending || w->broken || stop) return;
    f->unfinished = false;
    replace(&f->known.etag, &f->etag);
    replace(&f->known.last_modified, &f->last_modified);
    f->known.failures = 0;
    f->known.wait_until = 0;
    remember_feed(w, f);
}

/* ---- items of a feed --------------------------------------------------------------------- */

/* One reading of a feed. */
typedef struct reading {
    watch *w;
    size_t feed;
    body *from;
    const char *only; /* the key of the one item that is wanted; NULL: all that are new */
    char **keys;      /* of items that are read now */
    size_t n, room, n_items;
} reading;

static void release_job(job *j)
{
    char *strings[] = {j->id, j->url, j->title, j->published};
    for (size_t i = 0; i < 4; i++) free(strings[i]);
    release_body(j->from);
}

static bool add_job(reading *r, const sitrep_item *item, const char *key)
{
    watch *w = r->w;
    if (w->n_jobs == w->room_jobs) {
        size_t room = w->room_jobs * 2 + 64;
        job *larger = w->n_jobs < MAX_JOBS ? realloc(w->jobs, room * sizeof *larger) : NULL;
        if (!larger) return false;
        w->jobs = larger;
        w->room_jobs = room;
    }
    job *j = &w->jobs[w->n_jobs++];
    *j = (job){.feed = r->feed,
               .id = copy(item->about.id),
               .url = copy(item->about.url),
               .title = copy(item->about.title),
               .published = copy(item->about.published),
               .from = r->from};
    memcpy(j->key, key, sizeof j->key);
    r->from->holders++;
    w->feeds[r->feed].n_pending++;
    return true;
}

static bool add_key(reading *r, const char *key)
{
    if (r->n == r->room) {
        size_t room = r->room * 2 + 64;
        char **larger = realloc(r->keys, room * sizeof *larger);
        if (!larger) return false;
        r->keys = larger;
        r->room = room;
    }
    char *kept = strdup(key);
    if (kept) r->keys[r->n++] = kept;
    return kept != NULL;
}

static bool is_followed(const watch *w, const sitrep_item *item)
{
    char origin[512], path[FETCH_URL_CAP];
    if (w->options->articles == ARTICLES_NEVER || !item->about.url) return false;
    if (w->options->articles == ARTICLES_AUTO && !item->is_summary) return false;
    return fetch_split_url(item->about.url, origin, path);
}

/* Called under the source's lock, by whichever thread takes the next item. */
static bool on_item(void *context, const sitrep_item *item)
{
    reading *r = context;
    char key[65];
    r->n_items++;
    state_key(r->w->feeds[r->feed].url, item->about.id, key);
    if (r->only) return strcmp(key, r->only) == 0;
    if (stop || r->w->broken || !state_take(r->w->state, key)) return false;
    if (is_followed(r->w, item) && add_job(r, item, key)) return false;
    if (add_key(r, key)) return true;
    state_give_up(r->w->state, key);
    return false;
}

static cli_outcome read_items(reading *r)
{
    sitrep_source_options about;
    sitrep_source_options_init(&about);
    about.format = SITREP_FORMAT_FEED;
    about.url = r->w->feeds[r->feed].url; /* relative addresses are seen from it */
    about.on_item = on_item;
    about.item_context = r;
    return print(r->w, r->from, &about);
}

/* ---- polling ----------------------------------------------------------------------------- */

static void schedule_failure(watch *w, watched *f, double retry_after_s, const char *why)
{
    char when[32];
    double wait = w->options->interval_s * pow(2, f->known.failures < 30 ? f->known.failures + 1 : 31);
    if (wait > DAY_S && w->options->interval_s < DAY_S) wait = DAY_S;
    if (wait < retry_after_s) wait = retry_after_s < POLITE_MAX_WAIT_S ? retry_after_s : POLITE_MAX_WAIT_S;
    f->known.failures++;
    f->known.wait_until = (int64_t)time(NULL) + (int64_t)ceil(wait);
    f->due = fetch_clock() + wait;
    w->failed = true;
    remember_feed(w, f);
    spell_time(wait, when);
    tell(w, true, f->url, "%s; not asked again for %s", why, when);
}

static void read_feed(watch *w, size_t i, fetch_reply *reply)
{
    watched *f = &w->feeds[i];
    reading r = {.w = w, .feed = i, .from = take_body(w, f->url, reply)};
    if (!r.from || w->broken) {
        release_body(r.from);
        return;
    }
    f->unfinished = true;
    replace(&f->etag, &reply->etag);
    replace(&f->last_modified, &reply->last_modified);
    cli_outcome outcome = read_items(&r);
    remember(w, r.keys, r.n);
    if (outcome.n_failed && !r.n_items && !w->broken) schedule_failure(w, f, 0, "no feed that can be read");
    else finish_feed(w, f);
    for (size_t k = 0; k < r.n; k++) free(r.keys[k]);
    free(r.keys);
    release_body(r.from);
}

static void poll_feed(watch *w, size_t i)
{
    static const char accept[] =
        "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, "
        "application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1";
    watched *f = &w->feeds[i];
    char *moved;
    fetch_reply reply;
    fetch_request request = {.url = f->url,
                             .accept = accept,
                             .etag = f->known.etag,
                             .last_modified = f->known.last_modified,
                             .may_be_private = true /* whoever runs us named it */};
    f->due = fetch_clock() + w->options->interval_s;
    fetch_outcome outcome = polite_get(w->polite, &request, false, &reply, &moved);
    if (moved) tell(w, false, f->url, "has moved for good to %s", moved);
    if (outcome == FETCH_OK) read_feed(w, i, &reply);
    else if (outcome == FETCH_NOT_MODIFIED) {
        if (f->known.failures) f->known.failures = 0, f->known.wait_until = 0, remember_feed(w, f);
    } else if (outcome != FETCH_STOPPED) schedule_failure(w, f, reply.retry_after_s, reply.message);
    if (w->options->once) f->due = NEVER;
    fetch_reply_release(&reply);
    free(moved);
}

/* ---- articles ---------------------------------------------------------------------------- */

static sitrep_format format_of(const char *type)
{
    if (!type) return SITREP_FORMAT_AUTO;
    if (strcmp(type, "text/html") == 0 || strcmp(type, "application/xhtml+xml") == 0)
        return SITREP_FORMAT_HTML;
    return strcmp(type, "text/plain") == 0 ? SITREP_FORMAT_TEXT : SITREP_FORMAT_AUTO;
}

static void read_article(watch *w, const job *j, fetch_reply *reply)
{
    sitrep_source_options about;
    char *type = reply->type, *url = reply->url;
    body *b = take_body(w, j->url, reply);
    if (!b || w->broken) {
        release_body(b);
        return;
    }
    sitrep_source_options_init(&about);
    about.format = format_of(type);
    about.id = j->id;
    about.url = url;
    about.title = j->title;
    about.published = j->published;
    print(w, b, &about);
    release_body(b);
}

/* What the feed has of an article that cannot be got. */
static void read_summary(watch *w, const job *j)
{
    reading r = {.w = w, .feed = j->feed, .from = j->from, .only = j->key};
    read_items(&r);
}

static void end_job(watch *w, size_t k)
{
    job j = w->jobs[k];
    char *keys[] = {j.key};
    memmove(&w->jobs[k], &w->jobs[k + 1], (--w->n_jobs - k) * sizeof *w->jobs);
    remember(w, keys, 1);
    w->feeds[j.feed].n_pending--;
    finish_feed(w, &w->feeds[j.feed]);
    release_job(&j);
}

/* Later, twice as late each time. False: it was tried often enough. */
static bool put_off(const watch *w, job *j, double retry_after_s)
{
    double wait = (w->options->host_interval_s + 1) * pow(4, ++j->tries);
    if (w->options->host_interval_s < 1) wait = w->options->host_interval_s * pow(4, j->tries);
    if (wait < retry_after_s) wait = retry_after_s;
    j->due = fetch_clock() + wait;
    return j->tries < MAX_TRIES && wait <= 3600;
}

static void visit_article(watch *w, size_t k)
{
    job *j = &w->jobs[k];
    fetch_reply reply;
    fetch_request request = {.url = j->url,
                             .accept = "text/html, application/xhtml+xml, */*;q=0.1",
                             .may_be_private = j->from->is_private};
    fetch_outcome outcome = polite_get(w->polite, &request, true, &reply, NULL);
    bool later = outcome == FETCH_FAILED && put_off(w, j, reply.retry_after_s);
    if (outcome == FETCH_OK) read_article(w, j, &reply);
    else if (!later && outcome != FETCH_STOPPED) {
        tell(w, false, j->url, "%s; read is what the feed has of it",
             outcome == FETCH_NOT_MODIFIED ? "the server answers 304" : reply.message);
        read_summary(w, j);
    }
    if (!later && outcome != FETCH_STOPPED) end_job(w, k);
    fetch_reply_release(&reply);
}

/* ---- the loop ---------------------------------------------------------------------------- */

static double later_of(double a, double b)
{
    return a > b ? a : b;
}

/* What may be done first: a feed, or an article (*k < n_jobs). NEVER where nothing is left. */
static double next_task(const watch *w, size_t *feed, size_t *k)
{
    double first = NEVER;
    *k = w->n_jobs;
    for (size_t i = 0; i < w->n_feeds; i++) {
        if (w->feeds[i].due >= first || w->feeds[i].n_pending) continue; /* its articles first */
        double due = later_of(w->feeds[i].due, polite_next(w->polite, w->feeds[i].url));
        if (due < first) first = due, *feed = i;
    }
    for (size_t i = 0; i < w->n_jobs; i++) {
        if (w->jobs[i].due >= first) continue;
        double due = later_of(w->jobs[i].due, polite_next(w->polite, w->jobs[i].url));
        if (due < first) first = due, *k = i;
    }
    return first;
}

static void loop(watch *w)
{
    size_t feed = 0, k = 0;
    for (;;) {
        double due = next_task(w, &feed, &k);
        if (w->broken || due >= NEVER || !wait_until(NULL, due)) return;
        if (k < w->n_jobs) visit_article(w, k);
        else poll_feed(w, feed);
    }
}

static bool open_feeds(watch *w, const feed_list *list)
{
    w->feeds = calloc(list->n, sizeof *w->feeds);
    if (!w->feeds) return false;
    for (; w->n_feeds < list->n; w->n_feeds++) {
        watched *f = &w->feeds[w->n_feeds];
        char when[32];
        f->url = list->urls[w->n_feeds];
        state_feed_get(w->state, f->url, &f->known);
        double wait = (double)(f->known.wait_until - (int64_t)time(NULL));
        if (wait <= 0) continue;
        f->due = w->options->once ? NEVER : fetch_clock() + wait;
        spell_time(wait, when);
        tell(w, false, f->url, "failed before and is not asked for another %s", when);
    }
    return true;
}

static void close_all(watch *w)
{
    for (size_t i = 0; i < w->n_jobs; i++) release_job(&w->jobs[i]);
    for (size_t i = 0; i < w->n_feeds; i++) {
        state_feed_release(&w->feeds[i].known);
        free(w->feeds[i].etag);
        free(w->feeds[i].last_modified);
    }
    free(w->jobs);
    free(w->feeds);
    polite_close(w->polite);
    state_close(w->state);
}

/* ---- setting up -------------------------------------------------------------------------- */

static bool make_folders(char *path)
{
    for (char *c = path + 1; *c; c++) {
        if (*c != '/') continue;
        *c = 0;
        bool ok = mkdir(path, 0700) == 0 || errno == EEXIST;
        *c = '/';
        if (!ok) return false;
    }
    return true;
}

/* The usual place of the state; false where there is no home. */
static bool usual_state(char path[4200])
{
    const char *xdg = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    bool has_xdg = xdg && *xdg == '/';
    if (!has_xdg && !(home && *home == '/')) return false;
    int n =
        snprintf(path, 4200, "%s%s/sitrep/watch.db", has_xdg ? xdg : home, has_xdg ? "" : "/.local/state");
    return n < 4200 && make_folders(path);
}

static bool open_state(watch *w)
{
    char path[4200];
    sitrep_error e;
    if (!w->options->state_path && !usual_state(path)) {
        fputs("sitrep: no place for the state; name one with --state\n", stderr);
        return false;
    }
    w->state = state_open(w->options->state_path ? w->options->state_path : path, &e);
    if (!w->state) cli_message(&e);
    return w->state != NULL;
}

static bool open_polite(watch *w, char agent[320])
{
    const char *contact = w->options->contact;
    snprintf(agent, 320, "sitrep/%s (reader of news feeds%s%s)", sitrep_version(), contact ? "; " : "",
             contact ? contact : "");
    polite_options options = {.fetch = {agent, w->options->timeout_s, w->options->max_bytes, &stop},
                              .agent = "sitrep",
                              .host_interval_s = w->options->host_interval_s,
                              .wait_until = wait_until};
    w->polite = polite_open(&options);
    return w->polite != NULL;
}

int watch_run(const cli_options *o, const watch_options *options, const sitrep *engine,
              const feed_list *feeds)
{
    char agent[320];
    watch w = {.options = options, .print = *o, .engine = engine};
    if (!catch_signals() || !open_state(&w)) return EXIT_FAILED;
    bool ok = open_polite(&w, agent) && open_feeds(&w, feeds);
    if (ok) loop(&w);
    else fputs("sitrep: out of memory\n", stderr);
    bool failed = !ok || (w.failed && (options->once || w.broken));
    close_all(&w);
    return failed ? EXIT_FAILED : EXIT_READ;
}
