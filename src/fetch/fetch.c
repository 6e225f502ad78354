#define _GNU_SOURCE
#include "fetch/fetch.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>

enum { MAX_HEADER_BYTES = 256 * 1024 };

struct fetch {
    fetch_options options;
    CURL *curl;
    bool has_proxy;
    /* of the request that is under way */
    const fetch_request *request;
    fetch_reply *reply;
    size_t room, header_bytes;
    bool too_large, went_private;
};

double fetch_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* ---- addresses --------------------------------------------------------------------------- */

static bool is_private_v4(uint32_t a)
{
    return a >> 24 == 0 || a >> 24 == 10 || a >> 24 == 127 || a >> 20 == 0xAC1 || a >> 16 == 0xC0A8
           || a >> 16 == 0xA9FE || a >> 22 == (0x64400000u >> 22) || a >> 28 >= 0xE;
}

static bool is_private_address(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET)
        return is_private_v4(ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr));
    if (address->sa_family != AF_INET6) return true;
    const unsigned char *b = ((const struct sockaddr_in6 *)(const void *)address)->sin6_addr.s6_addr;
    static const unsigned char mapped[12] = {[10] = 0xFF, [11] = 0xFF}, nat64[12] = {0, 0x64, 0xFF, 0x9B};
    static const unsigned char zero[15];
    if (memcmp(b, mapped, 12) == 0 || memcmp(b, nat64, 12) == 0)
        return is_private_v4((uint32_t)b[12] << 24 | (uint32_t)b[13] << 16 | (uint32_t)b[14] << 8 | b[15]);
    bool unset_or_loopback = memcmp(b, zero, 15) == 0 && b[15] <= 1;
    return unset_or_loopback || (b[0] & 0xFE) == 0xFC || (b[0] == 0xFE && b[1] >= 0x80) || b[0] == 0xFF;
}

static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    fetch *f = context;
    (void)purpose;
    bool is_private = !f->has_proxy && is_private_address(&address->addr);
    if (is_private && !f->request->may_be_private) {
        f->went_private = true;
        return CURL_SOCKET_BAD;
    }
    f->reply->is_private = is_private;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static bool copy_part(CURLU *u, CURLUPart part, unsigned flags, char *out, size_t room)
{
    char *value = NULL;
    bool ok = curl_url_get(u, part, &value, flags) == CURLUE_OK && strlen(value) < room;
    if (ok) strcpy(out, value);
    curl_free(value);
    return ok;
}

static bool has_part(CURLU *u, CURLUPart part)
{
    char *value = NULL;
    bool has = curl_url_get(u, part, &value, 0) == CURLUE_OK;
    curl_free(value);
    return has;
}

static bool split(CURLU *u, char origin[512], char path[FETCH_URL_CAP])
{
    char scheme[16], host[300], port[16];
    if (!copy_part(u, CURLUPART_SCHEME, 0, scheme, sizeof scheme) || strncmp(scheme, "http", 4) != 0
        || (scheme[4] && strcmp(scheme + 4, "s") != 0))
        return false;
    if (!copy_part(u, CURLUPART_HOST, 0, host, sizeof host) || !*host
        || !copy_part(u, CURLUPART_PORT, CURLU_DEFAULT_PORT, port, sizeof port)
        || has_part(u, CURLUPART_USER) || has_part(u, CURLUPART_PASSWORD)
        || !copy_part(u, CURLUPART_PATH, 0, path, FETCH_URL_CAP))
        return false;
    size_t n = strlen(path);
    if (has_part(u, CURLUPART_QUERY) && n + 1 < FETCH_URL_CAP) {
        path[n] = '?';
        if (!copy_part(u, CURLUPART_QUERY, 0, path + n + 1, FETCH_URL_CAP - n - 1)) return false;
    }
    snprintf(origin, 512, "%s://%s:%s", scheme, host, port);
    for (char *c = origin; *c; c++)
        if (*c >= 'A' && *c <= 'Z') *c = (char)(*c + 32);
    return true;
}

bool fetch_split_url(const char *url, char origin[512], char path[FETCH_URL_CAP])
{
    CURLU *u = strlen(url) < FETCH_URL_CAP ? curl_url() : NULL;
    bool ok = u && curl_url_set(u, CURLUPART_URL, url, 0) == CURLUE_OK && split(u, origin, path);
    curl_url_cleanup(u);
    return ok;
}

bool fetch_resolve(const char *base, const char *href, char url[FETCH_URL_CAP])
{
    char origin[512], path[FETCH_URL_CAP];
    CURLU *u = strlen(href) < FETCH_URL_CAP ? curl_url() : NULL;
    bool ok = u && curl_url_set(u, CURLUPART_URL, base, 0) == CURLUE_OK
              && curl_url_set(u, CURLUPART_URL, href, CURLU_URLENCODE) == CURLUE_OK
              && curl_url_set(u, CURLUPART_FRAGMENT, NULL, 0) == CURLUE_OK && split(u, origin, path)
              && copy_part(u, CURLUPART_URL, 0, url, FETCH_URL_CAP);
    curl_url_cleanup(u);
    return ok;
}

/* ---- receiving --------------------------------------------------------------------------- */

static size_t take_body(char *bytes, size_t size, size_t n, void *context)
{
    fetch *f = context;
    fetch_reply *r = f->reply;
    n *= size;
    if (n > f->options.max_bytes - r->len_bytes) {
        f->too_large = true;
        return 0;
    }
    if (r->len_bytes + n + 1 > f->room) {
        size_t room = (r->len_bytes + n + 1) * 2;
        char *larger = realloc(r->body, room);
        if (!larger) return 0;
        r->body = larger;
        f->room = room;
    }
    memcpy(r->body + r->len_bytes, bytes, n);
    r->len_bytes += n;
    r->body[r->len_bytes] = 0;
    return n;
}

static size_t count_header(char *bytes, size_t size, size_t n, void *context)
{
    fetch *f = context;
    (void)bytes;
    f->header_bytes += size * n;
    if (f->header_bytes <= MAX_HEADER_BYTES) return size * n;
    f->too_large = true;
    return 0;
}

static int look_at_stop(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    const fetch *f = context;
    (void)a, (void)b, (void)c, (void)d;
    return f->options.stop && *f->options.stop;
}

static char *header_of(CURL *curl, const char *name)
{
    struct curl_header *h;
    if (curl_easy_header(curl, name, 0, CURLH_HEADER, -1, &h) != CURLHE_OK || !*h->value
        || strlen(h->value) > 1000)
        return NULL;
    return strdup(h->value);
}

static void take_type(fetch_reply *r, CURL *curl)
{
    r->type = header_of(curl, "Content-Type");
    if (!r->type) return;
    char *charset = strcasestr(r->type, "charset=");
    if (charset) {
        charset += 8 + (charset[8] == '"' || charset[8] == '\'');
        r->charset = strndup(charset, strcspn(charset, "\"'; ,"));
    }
    r->type[strcspn(r->type, "; ")] = 0;
    for (char *c = r->type; *c; c++)
        if (*c >= 'A' && *c <= 'Z') *c = (char)(*c + 32);
}

static void take_headers(fetch *f, fetch_reply *r)
{
    curl_off_t retry = 0;
    char *location = NULL, url[FETCH_URL_CAP];
    r->etag = header_of(f->curl, "ETag");
    r->last_modified = header_of(f->curl, "Last-Modified");
    take_type(r, f->curl);
    curl_easy_getinfo(f->curl, CURLINFO_RETRY_AFTER, &retry);
    r->retry_after_s = retry > 0 ? (double)retry : 0;
    curl_easy_getinfo(f->curl, CURLINFO_REDIRECT_URL, &location);
    if (location && fetch_resolve(f->request->url, location, url)) r->location = strdup(url);
}

/* ---- asking ------------------------------------------------------------------------------ */

static struct curl_slist *add_header(struct curl_slist *list, const char *name, const char *value)
{
    char line[1200];
    if (!value || strpbrk(value, "\r\n") || strlen(value) > 1000) return list;
    snprintf(line, sizeof line, "%s: %s", name, value);
    struct curl_slist *longer = curl_slist_append(list, line);
    return longer ? longer : list;
}

static void prepare(fetch *f, struct curl_slist *headers)
{
    CURL *c = f->curl;
    curl_easy_reset(c);
    curl_easy_setopt(c, CURLOPT_URL, f->request->url);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(c, CURLOPT_FORBID_REUSE, 1L); /* so that every connection passes open_socket */
    curl_easy_setopt(c, CURLOPT_USERAGENT, f->options.user_agent);
    curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)(f->options.timeout_s * 1000));
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)(f->options.timeout_s * 500));
    curl_easy_setopt(c, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)f->options.max_bytes);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, f);
    curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, count_header);
    curl_easy_setopt(c, CURLOPT_HEADERDATA, f);
    curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, look_at_stop);
    curl_easy_setopt(c, CURLOPT_XFERINFODATA, f);
    curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, f);
}

static fetch_outcome say(fetch_reply *r, fetch_outcome outcome, const char *why)
{
    snprintf(r->message, sizeof r->message, "%s", why);
    return outcome;
}

static fetch_outcome judge_failure(fetch *f, CURLcode code, fetch_reply *r)
{
    if (f->options.stop && *f->options.stop) return say(r, FETCH_STOPPED, "stopped");
    if (f->went_private) return say(r, FETCH_REFUSED, "leads into a private network");
    if (f->too_large || code == CURLE_FILESIZE_EXCEEDED) {
        snprintf(r->message, sizeof r->message, "larger than %zu bytes", f->options.max_bytes);
        return FETCH_REFUSED;
    }
    if (code == CURLE_OPERATION_TIMEDOUT) return say(r, FETCH_FAILED, "takes too long");
    bool never = code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT;
    return say(r, never ? FETCH_REFUSED : FETCH_FAILED, curl_easy_strerror(code));
}

static fetch_outcome judge_status(fetch_reply *r)
{
    snprintf(r->message, sizeof r->message, "the server answers %ld", r->status);
    if (r->status == 304) return FETCH_NOT_MODIFIED;
    if (r->status >= 300 && r->status < 400 && r->status != 300) {
        r->is_permanent = r->status == 301 || r->status == 308;
        return r->location ? FETCH_REDIRECT : say(r, FETCH_REFUSED, "is sent on to nowhere");
    }
    if (r->status == 200) return FETCH_OK;
    bool later = r->status >= 500 || r->status == 408 || r->status == 429 || r->status == 425;
    return later ? FETCH_FAILED : FETCH_REFUSED;
}

fetch_outcome fetch_get(fetch *f, const fetch_request *request, fetch_reply *r)
{
    time_t now = time(NULL);
    struct tm utc;
    *r = (fetch_reply){0};
    f->request = request;
    f->reply = r;
    f->room = f->header_bytes = 0;
    f->too_large = f->went_private = false;
    r->url = strdup(request->url);
    struct curl_slist *headers = add_header(NULL, "Accept", request->accept);
    headers = add_header(headers, "If-None-Match", request->etag);
    headers = add_header(headers, "If-Modified-Since", request->last_modified);
    prepare(f, headers);
    CURLcode code = curl_easy_perform(f->curl);
    curl_slist_free_all(headers);
    strftime(r->retrieved, sizeof r->retrieved, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
    curl_easy_getinfo(f->curl, CURLINFO_RESPONSE_CODE, &r->status);
    take_headers(f, r);
    return code == CURLE_OK ? judge_status(r) : judge_failure(f, code, r);
}

void fetch_reply_release(fetch_reply *r)
{
    char *strings[] = {r->body, r->url, r->location, r->etag, r->last_modified, r->type, r->charset};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) free(strings[i]);
    *r = (fetch_reply){0};
}

fetch *fetch_open(const fetch_options *options)
{
    static const char *const proxies[] = {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy",
                                          "ALL_PROXY"};
    fetch *f = calloc(1, sizeof *f);
    if (!f || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return free(f), NULL;
    f->options = *options;
    f->curl = curl_easy_init();
    for (size_t i = 0; i < sizeof proxies / sizeof *proxies; i++) {
        const char *value = getenv(proxies[i]);
        f->has_proxy |= value && *value;
    }
    if (f->curl) return f;
    fetch_close(f);
    return NULL;
}

void fetch_close(fetch *f)
{
    if (!f) return;
    curl_easy_cleanup(f->curl);
    curl_global_cleanup();
    free(f);
}
