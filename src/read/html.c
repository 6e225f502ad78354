#include "read/html.h"

#include "read/page.h"
#include "read/sieve.h"

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
    d->updated = m->updated;
}

/* Terms of use stand at the foot of a page, or in a box beside the article. */
static void look_for_terms(const page *p, terms_found *terms)
{
    uint32_t last = NO_NODE;
    for (uint32_t i = (uint32_t)p->nodes.n; i-- > 0 && !terms->open.ptr;) {
        const page_node *v = &p->nodes.v[i];
        if (!(v->flags & NODE_TEXT) || v->flags & (NODE_INVISIBLE | NODE_KEPT)) continue;
        uint32_t home = v->parent;
        while (home != NO_NODE && !(p->nodes.v[home].flags & NODE_BLOCK)) home = p->nodes.v[home].parent;
        if (home == NO_NODE || home == last || p->nodes.v[home].end - home > 60) continue;
        last = home;
        terms_look(p->rules, p->a, page_text(p, home, 2000), terms);
    }
}

void html_read(const read_rules *rules, str html, const raw_run_array *runs, document *d,
               terms_found *terms)
{
    sieved clean = sieve_page(d->arena, html);
    page p = {.a = d->arena,
              .rules = rules,
              .html = clean.html.ptr,
              .html_len = clean.html.len,
              .linked = clean.linked,
              .to_page = {.runs = &clean.runs},
              .to_bytes = {.runs = runs}};
    page_metadata m;
    page_load(&p, parse(d->arena, clean.html));
    metadata_read(&p, &m);
    article_find(&p);
    render_article(&p, &m, d);
    media_find(&p, &m, d->url.len ? d->url : m.url, d);
    take_metadata(d, &m);
    if (!d->licence.len) look_for_terms(&p, terms);
}
