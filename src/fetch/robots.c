#define _POSIX_C_SOURCE 200809L
#include "fetch/robots.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MAX_PATTERN = 2048, MAX_RULES = 20000 };

typedef struct rule {
    char *pattern; /* as normal() writes it */
    size_t len;
    bool allow;
} rule;

struct robots {
    rule *rules;
    size_t n, room;
    double delay_s;
};

/* ---- paths ------------------------------------------------------------------------------- */

static int hex(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    return (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

static bool is_unreserved(int c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || (c && strchr("-._~", c));
}

/* So that "%7E" and "~", "%c3" and "%C3" and the byte itself are one and the same. At most room - 1 bytes. */
static size_t normal(const char *s, size_t len, char *out, size_t room)
{
    size_t n = 0;
    for (size_t i = 0; i < len && n + 4 < room; i++) {
        int c = (unsigned char)s[i];
        if (c == '%' && i + 2 < len && hex(s[i + 1]) >= 0 && hex(s[i + 2]) >= 0) {
            c = hex(s[i + 1]) * 16 + hex(s[i + 2]);
            i += 2;
            if (is_unreserved(c)) out[n++] = (char)c;
            else n += (size_t)sprintf(out + n, "%%%02X", (unsigned)c);
        } else if (c > ' ' && c < 0x7F) out[n++] = (char)c;
        else n += (size_t)sprintf(out + n, "%%%02X", (unsigned)c);
    }
    out[n] = 0;
    return n;
}

/* "*" is any bytes, "$" at the end the end; else a prefix will do. */
static bool matches(const char *pattern, const char *path)
{
    const char *star = NULL, *retry = NULL;
    for (;;) {
        if (*pattern == '*') {
            star = ++pattern;
            retry = path;
        } else if (!*pattern || (*pattern == '$' && !pattern[1] && !*path)) return true;
        else if (*path && *pattern == *path && !(*pattern == '$' && !pattern[1])) {
            pattern++;
            path++;
        } else if (star && *retry) {
            path = ++retry;
            pattern = star;
        } else return false;
    }
}

bool robots_allow(const robots *r, const char *path)
{
    char plain[16384];
    size_t longest = 0;
    bool allow = true;
    if (!r) return true;
    normal(path, strlen(path), plain, sizeof plain);
    for (size_t i = 0; i < r->n; i++) {
        const rule *x = &r->rules[i];
        if (x->len < longest || (x->len == longest && !x->allow && longest) || !matches(x->pattern, plain))
            continue;
        longest = x->len;
        allow = x->allow;
    }
    return allow;
}

double robots_delay(const robots *r)
{
    return r ? r->delay_s : 0;
}

/* ---- parsing ----------------------------------------------------------------------------- */

typedef struct line {
    const char *key, *value;
    size_t key_len, value_len;
} line;

static void trim(const char **s, size_t *n)
{
    while (*n && strchr(" \t", **s)) ++*s, --*n;
    while (*n && strchr(" \t", (*s)[*n - 1])) --*n;
}

/* The next line that is "key: value", comments cut off. False at the end. */
static bool next_line(const char **at, const char *end, line *l)
{
    while (*at < end) {
        const char *start = *at, *stop = start;
        while (stop < end && *stop != '\n' && *stop != '\r') stop++;
        *at = stop < end ? stop + 1 : end;
        const char *hash = memchr(start, '#', (size_t)(stop - start));
        if (hash) stop = hash;
        const char *colon = memchr(start, ':', (size_t)(stop - start));
        if (!colon) continue;
        *l = (line){start, colon + 1, (size_t)(colon - start), (size_t)(stop - colon - 1)};
        trim(&l->key, &l->key_len);
        trim(&l->value, &l->value_len);
        if (l->key_len) return true;
    }
    return false;
}

static bool is_key(const line *l, const char *name)
{
    return strlen(name) == l->key_len && strncasecmp(l->key, name, l->key_len) == 0;
}

/* Does a User-agent line name us? "sitrep/1.0" does as well. */
static bool names(const line *l, const char *agent)
{
    size_t n = 0;
    if (*agent == '*') return l->value_len >= 1 && *l->value == '*';
    while (n < l->value_len && (is_unreserved(l->value[n]) && l->value[n] != '.' && l->value[n] != '~'))
        n++;
    return n == strlen(agent) && strncasecmp(l->value, agent, n) == 0;
}

static bool add_rule(robots *r, const line *l, bool allow)
{
    char pattern[MAX_PATTERN * 3 + 8];
    if (!l->value_len || l->value_len > MAX_PATTERN || r->n == MAX_RULES)
        return true; /* an empty one says nothing */
    if (r->n == r->room) {
        size_t room = r->room * 2 + 16;
        rule *larger = realloc(r->rules, room * sizeof *larger);
        if (!larger) return false;
        r->rules = larger;
        r->room = room;
    }
    rule x = {.len = normal(l->value, l->value_len, pattern, sizeof pattern), .allow = allow};
    x.pattern = strdup(pattern);
    if (!x.pattern) return false;
    r->rules[r->n++] = x;
    return true;
}

static void take_delay(robots *r, const line *l)
{
    char text[32];
    snprintf(text, sizeof text, "%.*s", (int)(l->value_len < 31 ? l->value_len : 31), l->value);
    double s = strtod(text, NULL);
    if (s > r->delay_s && s < 1e9) r->delay_s = s;
}

/* Gathers the rules of every group that names `agent`; *named tells whether there was one. */
static bool gather(robots *r, const char *text, size_t len, const char *agent, bool *named)
{
    const char *at = text, *end = text + len;
    bool ours = false, in_names = false;
    line l;
    while (next_line(&at, end, &l)) {
        bool allow = is_key(&l, "allow");
        if (is_key(&l, "user-agent")) {
            ours = (in_names && ours) || names(&l, agent);
            in_names = true;
            *named |= ours;
        } else if (allow || is_key(&l, "disallow")) {
            in_names = false;
            if (ours && !add_rule(r, &l, allow)) return false;
        } else if (is_key(&l, "crawl-delay")) {
            in_names = false;
            if (ours) take_delay(r, &l);
        }
    }
    return true;
}

robots *robots_parse(const char *text, size_t len, const char *agent)
{
    robots *r = calloc(1, sizeof *r);
    bool named = false;
    if (!r) return NULL;
    if (len > ROBOTS_MAX_BYTES) len = ROBOTS_MAX_BYTES;
    if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) text += 3, len -= 3;
    bool ok = gather(r, text, len, agent, &named);
    if (ok && !named) ok = gather(r, text, len, "*", &named);
    if (ok) return r;
    robots_free(r);
    return NULL;
}

void robots_free(robots *r)
{
    if (!r) return;
    for (size_t i = 0; i < r->n; i++) free(r->rules[i].pattern);
    free(r->rules);
    free(r);
}
