#include "read/html.h"

#include "read/page.h"

/* ---- the charset that a page names ------------------------------------------------------- */

static str lowered(arena *a, str s)
{
    str copy = arena_copy(a, s);
    char *p = (char *)copy.ptr;
    for (size_t i = 0; i < copy.len; i++)
        if (p[i] >= 'A' && p[i] <= 'Z') p[i] = (char)(p[i] + 32);
    return copy;
}

static bool is_name_byte(char c)
{
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'
           || c == ':' || c == '.';
}

/* The name behind "charset=" or "encoding=", quotes or none. */
static str name_behind(str head, const char *key)
{
    size_t n = strlen(key);
    for (size_t at = 0; at + n < head.len; at++) {
        if (!str_eq_nocase(str_part(head, at, n), str_from(key))) continue;
        size_t k = at + n;
        while (k < head.len && strchr(" \t\r\n=\"'", head.ptr[k]) && head.ptr[k]) k++;
        size_t start = k;
        while (k < head.len && is_name_byte(head.ptr[k])) k++;
        if (k > start) return str_part(head, start, k - start);
    }
    return (str){0};
}

str html_charset(str bytes)
{
    enum { HEAD_BYTES = 4096 };
    str head = str_part(bytes, 0, HEAD_BYTES);
    str s = name_behind(head, "charset");
    return s.len || !str_starts(head, STR("<?xml")) ? s : name_behind(head, "encoding");
}

/* ---- depth ------------------------------------------------------------------------------- */

enum { MAX_DEPTH = 4000 };

/* Tags that close each other or hold nothing; they do not make a page deep. */
static bool is_flat_tag(str name)
{
    static const char *const names[] = {"p",     "li",    "td",    "th",    "tr",     "dt",    "dd",
                                        "br",    "hr",    "img",   "input", "meta",   "link",  "option",
                                        "col",   "area",  "base",  "embed", "source", "track", "wbr",
                                        "param", "tbody", "thead", "path",  "use"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq_nocase(name, str_from(names[i]))) return true;
    return false;
}

/* Is the page nested so deeply that parsing it would take quadratic time? A rough count of open tags. */
static bool is_too_deep(str html)
{
    int64_t depth = 0;
    for (size_t at = 0; at < html.len;) {
        const char *hit = memchr(html.ptr + at, '<', html.len - at);
        if (!hit) break;
        at = (size_t)(hit - html.ptr) + 1;
        bool closing = at < html.len && html.ptr[at] == '/';
        size_t start = at + closing, end = start;
        while (end < html.len && ((html.ptr[end] | 32) >= 'a' && (html.ptr[end] | 32) <= 'z')) end++;
        if (end == start || is_flat_tag(str_part(html, start, end - start))) continue;
        const char *close = memchr(html.ptr + end, '>', html.len - end);
        bool empty = close && close > html.ptr && close[-1] == '/';
        if (closing) depth -= depth > 0;
        else if (!empty) depth++;
        if (depth > MAX_DEPTH) return true;
    }
    return false;
}

/* ---- parsing ----------------------------------------------------------------------------- */

/* gumbo's memory is the document's: nothing to free, nothing to leak when the arena is full. */
static void *allocate(void *a, size_t bytes)
{
    return arena_alloc(a, bytes ? bytes : 1, 1, alignof(max_align_t));
}

static void forget(void *a, void *memory)
{
    (void)a, (void)memory;
}

static const GumboOutput *parse(arena *a, str html)
{
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = allocate;
    options.deallocator = forget;
    options.userdata = a;
    options.max_errors = 0;
    return gumbo_parse_with_options(&options, html.ptr, html.len);
}

static void take_metadata(document *d, const page_metadata *m)
{
    if (m->title.len) d->title = m->title;
    if (m->author.len) d->author = m->author;
    if (m->publisher.len) d->publisher = m->publisher;
    if (m->language.len) d->language = lowered(d->arena, m->language);
    if (m->url.len) d->url = arena_copy(d->arena, m->url);
    if (m->licence.len) d->licence = arena_copy(d->arena, m->licence);
    d->published = m->published;
}

bool html_read(const read_rules *rules, str html, const raw_run_array *runs, document *d, error *e)
{
    if (is_too_deep(html))
        return error_set(e, SITREP_OVER_LIMIT, "read", "tags are nested more than %d deep", MAX_DEPTH);
    page p = {.a = d->arena, .rules = rules, .html = html.ptr, .html_len = html.len};
    page_metadata m;
    page_load(&p, parse(d->arena, html));
    metadata_read(&p, &m);
    article_find(&p);
    render_article(&p, &m, runs, d);
    take_metadata(d, &m);
    return true;
}
