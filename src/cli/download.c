#define _POSIX_C_SOURCE 200809L
#include "download.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fetch/fetch.h"

enum { ETAG_MAX = 256, PATH_ROOM = 4400, MAX_HOPS = 5, TIMEOUT_S = 3600 };

static cli_downloaded fail(sitrep_error *e, sitrep_code code, const char *where, const char *what)
{
    *e = (sitrep_error){.code = code, .stage = "fetch"};
    snprintf(e->where, sizeof e->where, "%.*s", (int)sizeof e->where - 1, where);
    snprintf(e->message, sizeof e->message, "%.*s", (int)sizeof e->message - 1, what);
    return DOWNLOAD_FAILED;
}

/* "PATH.ENDING"; false where it is too long. */
static bool beside(const char *path, const char *ending, char out[PATH_ROOM])
{
    int n = snprintf(out, PATH_ROOM, "%s.%s", path, ending);
    return n > 0 && n < PATH_ROOM;
}

static bool read_etag(const char *path, char etag[ETAG_MAX])
{
    char name[PATH_ROOM];
    FILE *f = access(path, R_OK) == 0 && beside(path, "etag", name) ? fopen(name, "rb") : NULL;
    size_t n = f ? fread(etag, 1, ETAG_MAX - 1, f) : 0;
    if (f) fclose(f);
    etag[n] = 0;
    return n > 0;
}

static void write_etag(const char *path, const char *etag)
{
    char name[PATH_ROOM];
    if (!beside(path, "etag", name)) return;
    FILE *f = etag && strlen(etag) < ETAG_MAX ? fopen(name, "wb") : NULL;
    if (!f) {
        remove(name);
        return;
    }
    fputs(etag, f);
    fclose(f);
}

static bool write_file(const char *path, const fetch_reply *reply, sitrep_error *e)
{
    char part[PATH_ROOM];
    FILE *f = beside(path, "part", part) ? fopen(part, "wb") : NULL;
    bool ok = f && fwrite(reply->body, 1, reply->len_bytes, f) == reply->len_bytes && fflush(f) == 0
              && fsync(fileno(f)) == 0;
    if (f && fclose(f) != 0) ok = false;
    if (ok && rename(part, path) == 0) return true;
    fail(e, SITREP_BAD_OUTPUT, path, strerror(errno));
    if (f) remove(part);
    return false;
}

static cli_downloaded keep(const char *url, const char *path, const fetch_reply *reply, sitrep_error *e)
{
    if (!reply->len_bytes) return fail(e, SITREP_BAD_FORMAT, url, "came empty");
    if (!write_file(path, reply, e)) return DOWNLOAD_FAILED;
    write_etag(path, reply->etag);
    return DOWNLOAD_NEW;
}

/* The user names the server; it may be one of his own net. Where it sends on, it may not lead into one. */
static cli_downloaded follow(fetch *f, const char *url, const char *path, sitrep_error *e)
{
    char at[FETCH_URL_CAP], etag[ETAG_MAX];
    bool has_etag = read_etag(path, etag), may_be_private = true;
    if (snprintf(at, sizeof at, "%.*s", (int)sizeof at - 1, url) < 0) return DOWNLOAD_FAILED;
    for (int hop = 0; hop <= MAX_HOPS; hop++) {
        fetch_request request = {
            .url = at, .etag = has_etag ? etag : NULL, .may_be_private = may_be_private};
        fetch_reply reply = {0};
        fetch_outcome outcome = fetch_get(f, &request, &reply);
        cli_downloaded done = DOWNLOAD_FAILED;
        bool on = outcome == FETCH_REDIRECT && reply.location && strlen(reply.location) < sizeof at;
        if (on) memcpy(at, reply.location, strlen(reply.location) + 1);
        else if (outcome == FETCH_OK) done = keep(at, path, &reply, e);
        else if (outcome == FETCH_NOT_MODIFIED) done = DOWNLOAD_UNCHANGED;
        else fail(e, SITREP_NO_FILE, at, reply.message[0] ? reply.message : "cannot be fetched");
        may_be_private = reply.is_private;
        fetch_reply_release(&reply);
        if (!on) return done;
    }
    return fail(e, SITREP_NO_FILE, url, "is sent on too often");
}

cli_downloaded cli_download(const char *url, const char *path, size_t max_bytes, sitrep_error *e)
{
    fetch_options options = {.user_agent = "sitrep", .timeout_s = TIMEOUT_S, .max_bytes = max_bytes};
    fetch *f = fetch_open(&options);
    if (!f) return fail(e, SITREP_NO_MEMORY, url, "out of memory");
    cli_downloaded done = follow(f, url, path, e);
    fetch_close(f);
    return done;
}
