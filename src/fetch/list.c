#define _POSIX_C_SOURCE 200809L
#include "fetch/list.h"

#include <errno.h>
#include <expat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "fetch/fetch.h"

enum { MAX_FEEDS = 100000, MAX_LIST_BYTES = 64 << 20 };

static bool fault(sitrep_error *e, sitrep_code code, const char *name, size_t line, const char *what)
{
    *e = (sitrep_error){.code = code, .line = line};
    snprintf(e->stage, sizeof e->stage, "watch");
    snprintf(e->where, sizeof e->where, "%s", name);
    snprintf(e->message, sizeof e->message, "%s", what);
    return false;
}

static bool add_url(feed_list *l, const char *url)
{
    char origin[512], path[FETCH_URL_CAP];
    if (!fetch_split_url(url, origin, path)) return false;
    for (size_t i = 0; i < l->n; i++)
        if (strcmp(l->urls[i], url) == 0) return true;
    if (l->n == l->room) {
        size_t room = l->room * 2 + 16;
        char **larger = realloc(l->urls, room * sizeof *larger);
        if (!larger) return false;
        l->urls = larger;
        l->room = room;
    }
    char *copy = l->n < MAX_FEEDS ? strdup(url) : NULL;
    if (copy) l->urls[l->n++] = copy;
    return copy != NULL;
}

/* ---- OPML -------------------------------------------------------------------------------- */

typedef struct opml {
    feed_list *list;
    const char *name;
    XML_Parser parser;
    sitrep_error *e;
    bool failed, is_opml;
} opml;

static void XMLCALL on_outline(void *context, const char *element, const char **attributes)
{
    opml *o = context;
    if (strcasecmp(element, "opml") == 0) o->is_opml = true;
    if (strcasecmp(element, "outline") != 0 || o->failed) return;
    for (; *attributes; attributes += 2) {
        if (strcasecmp(attributes[0], "xmlUrl") != 0 || !*attributes[1] || add_url(o->list, attributes[1]))
            continue;
        o->failed = true;
        fault(o->e, SITREP_BAD_FORMAT, o->name, XML_GetCurrentLineNumber(o->parser),
              "not an address of a feed (http, https)");
    }
}

/* No declarations of entities: nothing is to expand. */
static void XMLCALL on_doctype(void *context, const char *name, const char *id, const char *public_id,
                               int has_subset)
{
    opml *o = context;
    (void)name, (void)id, (void)public_id;
    if (has_subset) XML_StopParser(o->parser, XML_FALSE);
}

static bool parse_opml(feed_list *l, const char *name, const char *bytes, size_t len, sitrep_error *e)
{
    opml o = {.list = l, .name = name, .e = e, .parser = XML_ParserCreate(NULL)};
    if (!o.parser) return fault(e, SITREP_NO_MEMORY, name, 0, "out of memory");
    XML_SetUserData(o.parser, &o);
    XML_SetStartElementHandler(o.parser, on_outline);
    XML_SetStartDoctypeDeclHandler(o.parser, on_doctype);
    bool ok = XML_Parse(o.parser, bytes, (int)len, 1) == XML_STATUS_OK;
    if (!ok && !o.failed)
        fault(e, SITREP_BAD_FORMAT, name, XML_GetCurrentLineNumber(o.parser),
              XML_ErrorString(XML_GetErrorCode(o.parser)));
    else if (!o.is_opml) ok = fault(e, SITREP_BAD_FORMAT, name, 0, "neither OPML nor a list of addresses");
    XML_ParserFree(o.parser);
    return ok && !o.failed;
}

/* ---- lines ------------------------------------------------------------------------------- */

static bool parse_lines(feed_list *l, const char *name, const char *bytes, size_t len, sitrep_error *e)
{
    const char *at = bytes, *end = bytes + len;
    for (size_t number = 1; at < end; number++) {
        char url[FETCH_URL_CAP];
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (!stop) stop = end;
        while (at < stop && strchr(" \t\r", *at)) at++;
        const char *last = stop;
        while (last > at && strchr(" \t\r", last[-1])) last--;
        size_t n = (size_t)(last - at);
        bool is_url = n && *at != '#' && n < sizeof url && !memchr(at, 0, n);
        if (is_url) snprintf(url, sizeof url, "%.*s", (int)n, at);
        if ((n && *at != '#') && !(is_url && add_url(l, url)))
            return fault(e, SITREP_BAD_FORMAT, name, number, "not an address of a feed (http, https)");
        at = stop < end ? stop + 1 : end;
    }
    return true;
}

bool feed_list_parse(feed_list *l, const char *name, const char *bytes, size_t len, sitrep_error *e)
{
    size_t at = len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < len && strchr(" \t\r\n", bytes[at]) && bytes[at]) at++;
    if (at < len && bytes[at] == '<') return parse_opml(l, name, bytes + at, len - at, e);
    return parse_lines(l, name, bytes + at, len - at, e);
}

static bool add_stream(feed_list *l, const char *name, FILE *file, sitrep_error *e)
{
    char *bytes = NULL;
    size_t n = 0, room = 0, got;
    do {
        if (n == room) {
            char *larger = room < MAX_LIST_BYTES ? realloc(bytes, room * 2 + 65536) : NULL;
            if (!larger)
                return free(bytes), fault(e, SITREP_OVER_LIMIT, name, 0, "too large for a list of feeds");
            bytes = larger;
            room = room * 2 + 65536;
        }
        got = fread(bytes + n, 1, room - n, file);
        n += got;
    } while (got);
    bool ok = ferror(file) ? fault(e, SITREP_NO_FILE, name, 0, "cannot read")
                           : feed_list_parse(l, name, bytes, n, e);
    free(bytes);
    return ok;
}

bool feed_list_add(feed_list *l, const char *name, sitrep_error *e)
{
    if (strncasecmp(name, "http://", 7) == 0 || strncasecmp(name, "https://", 8) == 0)
        return add_url(l, name)
               || fault(e, SITREP_BAD_FORMAT, name, 0,
                        "not an address of a feed (http, https, without password)");
    if (strcmp(name, "-") == 0) return add_stream(l, "standard input", stdin, e);
    FILE *file = fopen(name, "rbe");
    if (!file) return fault(e, SITREP_NO_FILE, name, 0, strerror(errno));
    bool ok = add_stream(l, name, file, e);
    fclose(file);
    return ok;
}

void feed_list_release(feed_list *l)
{
    for (size_t i = 0; i < l->n; i++) free(l->urls[i]);
    free(l->urls);
    *l = (feed_list){0};
}
