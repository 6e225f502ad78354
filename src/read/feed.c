#include "read/feed.h"

#include <gumbo.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/sha256.h"
#include "base/utf8.h"
#include "read/address.h"
#include "read/charset.h"
#include "read/date.h"
#include "read/document.h"
#include "read/feed_parts.h"
#include "read/html.h"
#include "read/page.h"

struct feed {
    arena memory;
    atomic_uint holders;
    feed_item_array items;
    error fault;
};

/* ---- recognising ------------------------------------------------------------------------- */

/* The bytes without those that UTF-16 puts between. */
static str narrowed(str head, char *room, size_t cap)
{
    size_t n = 0;
    for (size_t i = 0; i < head.len && n < cap; i++)
        if (head.ptr[i]) room[n++] = head.ptr[i];
    return (str){room, n};
}

static bool has_root(str s, const char *name)
{
    size_t n = strlen(name);
    return str_eq_nocase(str_part(s, 0, n), str_from(name)) && s.len > n && strchr(" \t\r\n>", s.ptr[n]);
}

/* Past what may stand before a root element. */
static str at_root(str s)
{
    size_t at = 0;
    for (;;) {
        const char *hit = at < s.len ? memchr(s.ptr + at, '<', s.len - at) : NULL;
        if (!hit) return (str){0};
        s = str_part(s, (size_t)(hit - s.ptr), s.len);
        const char *end = str_starts(s, STR("<!--")) ? "-->" : str_starts(s, STR("<?")) ? "?>" : NULL;
        if (!end && !str_starts(s, STR("<!"))) return s; /* <!DOCTYPE, and <!ENTITY inside it */
        at = str_find(s, str_from(end ? end : ">"), 0);
    }
}

static bool is_xml_feed(str s)
{
    s = at_root(s);
    if (has_root(s, "<rss") || has_root(s, "<channel")) return true;
    if (has_root(s, "<rdf:RDF") || has_root(s, "<rdf"))
        return str_find(s, STR("purl.org/rss/1.0/\""), 0) < s.len || str_find(s, STR("<channel"), 0) < s.len
               || str_find(s, STR("my.netscape.com/rdf"), 0) < s.len;
    if (has_root(s, "<atom:feed")) return true;
    return has_root(s, "<feed");
}

static bool is_json_feed(str s)
{
    if (!s.len || s.ptr[0] != '{') return false;
    size_t at = str_find(s, STR("\"version\""), 0);
    at = str_find(s, STR("jsonfeed.org"), at);
    return at < s.len && str_find(str_part(s, at, 40), STR("/version"), 0) < 40;
}

bool feed_recognise(str head)
{
    enum { LOOK_AT = 4096, JUNK = 512 };
    char room[LOOK_AT];
    if (str_starts(head, STR("\xEF\xBB\xBF"))) head = str_part(head, 3, head.len);
    str s = narrowed(head, room, sizeof room);
    if (str_starts(s, STR("\xFF\xFE")) || str_starts(s, STR("\xFE\xFF"))) s = str_part(s, 2, s.len);
    s = str_trim(s);
    if (is_json_feed(s)) return true;
    size_t mark = str_find(s, STR("<?xml"), 0);
    bool junk = mark > 0 && mark < JUNK && mark < s.len;
    return (junk || str_starts(s, STR("<"))) && is_xml_feed(junk ? str_part(s, mark, s.len) : s);
}

/* ---- plain words ------------------------------------------------------------------------- */

size_t feed_visible(str html)
{
    size_t n = 0;
    bool inside = false;
    for (size_t i = 0; i < html.len; i++) {
        char c = html.ptr[i], next = i + 1 < html.len ? html.ptr[i + 1] : ' ';
        if (c == '<' && (next == '/' || next == '!' || ((next | 32) >= 'a' && (next | 32) <= 'z')))
            inside = true;
        else if (c == '>' && inside) inside = false;
        else n += !inside && (unsigned char)c > ' ';
    }
    return n;
}

static bool has_tags(str s)
{
    for (size_t i = 0; i + 1 < s.len; i++) {
        char next = s.ptr[i + 1];
        if (s.ptr[i] == '<' && (next == '/' || next == '!' || ((next | 32) >= 'a' && (next | 32) <= 'z')))
            return true;
    }
    return false;
}

static void *allocate(void *a, size_t bytes)
{
    return arena_alloc(a, bytes ? bytes : 1, 1, alignof(max_align_t));
}

static void forget(void *a, void *memory)
{
    (void)a, (void)memory;
}

/* Text nodes of a tree, joined; depth is bounded by the caller's cap on bytes. */
static void collect(const GumboNode *n, char *out, size_t cap, size_t *len)
{
    if (n->type == GUMBO_NODE_ELEMENT) {
        const GumboVector *children = &n->v.element.children;
        for (unsigned i = 0; i < children->length; i++) collect(children->data[i], out, cap, len);
        return;
    }
    if (n->type != GUMBO_NODE_TEXT && n->type != GUMBO_NODE_WHITESPACE && n->type != GUMBO_NODE_CDATA)
        return;
    str s = str_from(n->v.text.text);
    if (s.len > cap - *len) return;
    memcpy(out + *len, s.ptr, s.len);
    *len += s.len;
}

/* A name or title that may hold tags and references: without them. */
static str plain(arena *a, feed_text t)
{
    enum { CAP = 2000 };
    str s = page_collapse(a, str_part(t.s, 0, CAP));
    s = str_part(s, 0, utf8_valid_prefix(s));
    bool tags = t.kind != FEED_TEXT_PLAIN && has_tags(s);
    if (!tags && !(s.len && memchr(s.ptr, '&', s.len))) return arena_copy(a, s);
    char *html = arena_new(a, char, s.len * 4 + 32), *out = arena_new(a, char, s.len * 4 + 32);
    size_t n = 0, len = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '<' && !tags) n += (size_t)sprintf(html + n, "&lt;");
        else html[n++] = s.ptr[i];
    }
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = allocate;
    options.deallocator = forget;
    options.userdata = a;
    options.max_errors = 0;
    options.fragment_context = GUMBO_TAG_DIV;
    collect(gumbo_parse_with_options(&options, html, n)->root, out, s.len * 4 + 31, &len);
    return arena_copy(a, page_collapse(a, (str){out, len}));
}

/* ---- making sense ------------------------------------------------------------------------ */

static bool all_digits(str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9') return false;
    return s.len > 0;
}

/* Days since 1970-01-01 -> civil date (Howard Hinnant, chrono-compatible low-level date algorithms). */
static civil_date day_of(int64_t days)
{
    days += 719468;
    int64_t era = days / 146097, of_era = days % 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100), m = (5 * of_year + 2) / 153;
    civil_date d = {.month = (uint8_t)(m < 10 ? m + 3 : m - 9),
                    .day = (uint8_t)(of_year - (153 * m + 2) / 5 + 1)};
    d.year = (int16_t)(year + era * 400 + (d.month <= 2));
    return d;
}

/* As documents write dates, two-digit years of RFC 822 and seconds or milliseconds since 1970 as well. */
static civil_date date_of(str s)
{
    civil_date d = {0};
    size_t used;
    int64_t seconds;
    s = str_trim(s);
    if ((s.len == 10 || s.len == 13) && all_digits(s) && str_to_int(str_part(s, 0, 10), &seconds))
        return day_of(seconds / 86400);
    if (s.len && !date_scan(s, true, &d, &used)) return (civil_date){0};
    return d;
}

static str without_space(arena *a, str s)
{
    char *out = arena_new(a, char, s.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] > ' ') out[n++] = s.ptr[i];
    return (str){out, n};
}

/* `href` as seen from `base`, without the line ends and indents that some put inside. */
static str resolved(arena *a, str href, str base)
{
    return address_resolve(a, without_space(a, href), base);
}

/* "name@host (Name)" of RSS, "Name <name@host>": the name. */
static str name_of(str s)
{
    size_t open = str_find(s, STR("("), 0), at = str_find(s, STR("@"), 0),
           angle = str_find(s, STR(" <"), 0);
    if (at < open && open < s.len && str_ends(s, STR(")")))
        return str_trim(str_part(s, open + 1, s.len - open - 2));
    return angle > 0 && angle < at && at < s.len ? str_trim(str_part(s, 0, angle)) : s;
}

static bool ends_short(str s)
{
    static const char *const ends[] = {"...",       "\xE2\x80\xA6", "[...]",    "[\xE2\x80\xA6]",
                                       "[&#8230;]", "&#8230;",      "&hellip;", "[&hellip;]"};
    s = str_trim(s);
    while (s.len && s.ptr[s.len - 1] == '>') { /* tags that close */
        size_t open = s.len;
        while (open && s.ptr[open - 1] != '<') open--;
        if (!open) break;
        s = str_trim(str_part(s, 0, open - 1));
    }
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(s, str_from(ends[i]))) return true;
    return false;
}

/* Less than an article: few words, or words that break off. */
static bool seems_short(const feed_draft *d, feed_text t)
{
    enum { SHORT_CONTENT = 400, SHORT_SUMMARY = 1200 };
    bool named_content = d->content.s.len && t.s.ptr == d->content.s.ptr;
    return feed_visible(t.s) < (named_content ? SHORT_CONTENT : SHORT_SUMMARY) || ends_short(t.s);
}

static str either(str a, str b)
{
    return a.len ? a : b;
}

static str lowered(arena *a, str s)
{
    str copy = arena_copy(a, str_part(s, 0, 40));
    for (size_t i = 0; i < copy.len; i++)
        if (copy.ptr[i] >= 'A' && copy.ptr[i] <= 'Z') ((char *)copy.ptr)[i] |= 32;
    return copy;
}

static void set_id(arena *a, const feed_draft *d, feed_item *item)
{
    char hex[65];
    item->id = str_trim(either(d->guid, either(d->about, item->url)));
    if (item->id.len) return;
    str all = arena_format(a, "%.*s\n%.*s", (int)item->title.len, item->title.ptr, (int)item->content.len,
                           item->content.ptr);
    sha256_hex(all, hex);
    item->id = arena_copy(a, str_from(hex));
}

static void set_content(arena *a, const feed_draft *d, feed_item *item)
{
    feed_text best = d->content;
    if (feed_visible(d->summary.s) > feed_visible(best.s)) best = d->summary;
    item->is_html = best.kind == FEED_TEXT_HTML || (best.kind == FEED_TEXT_EITHER && has_tags(best.s));
    item->is_summary = seems_short(d, best);
    item->content = best.s.len ? arena_copy(a, best.s) : STR("");
    bool references = best.kind == FEED_TEXT_EITHER && best.s.len && memchr(best.s.ptr, '&', best.s.len);
    item->is_html |= references;
}

static feed_item item_of(arena *a, const feed_draft *whole, const feed_draft *d, str base)
{
    feed_item item = {.title = plain(a, d->title),
                      .publisher = plain(a, (feed_text){d->publisher, FEED_TEXT_EITHER})};
    str link = either(d->origin, either(d->link, d->about));
    if (!link.len && !d->guid_is_no_link && address_is_web(d->guid)) link = d->guid;
    item.url = arena_copy(a, resolved(a, link, either(whole->link, base)));
    item.author = plain(a, (feed_text){name_of(either(d->author, whole->author)), FEED_TEXT_EITHER});
    if (!item.publisher.len) item.publisher = plain(a, whole->title);
    item.language = lowered(a, either(d->language, whole->language));
    item.licence = plain(a, (feed_text){either(d->licence, whole->licence), FEED_TEXT_EITHER});
    item.updated = date_of(d->updated);
    item.published = date_of(d->published);
    if (!item.published.year) item.published = item.updated;
    item.media = d->media;
    for (size_t i = 0; i < item.media.n; i++)
        item.media.v[i].url = arena_copy(a, resolved(a, item.media.v[i].url, either(whole->link, base)));
    set_content(a, d, &item);
    set_id(a, d, &item);
    return item;
}

/* ---- reading ----------------------------------------------------------------------------- */

static bool read_all(feed *f, str bytes, const read_input *about, error *e)
{
    arena *a = &f->memory;
    str text;
    raw_run_array runs = {0};
    feed_drafts drafts = {0};
    str declared = about->charset_hint.len ? about->charset_hint : html_charset(bytes);
    if (!charset_decode(a, bytes, about->charset, declared, &text, &runs, e))
        return error_at(e, about->path, 0, 0);
    str start = str_trim(str_part(text, 0, 4096));
    if (start.len && start.ptr[0] == '{') feed_read_json(a, text, &drafts);
    else feed_read_xml(a, text, &drafts);
    if (!drafts.is_feed) {
        error_set(e, SITREP_BAD_FORMAT, "read", "no feed (RSS, Atom, RDF or JSON Feed)");
        return error_at(e, about->path, 0, 0);
    }
    for (size_t i = 0; i < drafts.items.n; i++)
        *array_push(a, &f->items) = item_of(a, &drafts.whole, &drafts.items.v[i], about->url);
    f->fault = drafts.fault;
    if (f->fault.code) error_at(&f->fault, about->path, drafts.fault.line, 0);
    return true;
}

static bool read_guarded(feed *f, str bytes, const read_input *about, error *e)
{
    jmp_buf full;
    f->memory.on_full = &full;
    bool ok = setjmp(full) ? error_set(e, SITREP_OVER_LIMIT, "read", "the feed needs too much memory")
                           : read_all(f, bytes, about, e);
    if (!ok && e && !e->where[0]) error_at(e, about->path, 0, 0);
    f->memory.on_full = NULL;
    return ok;
}

feed *feed_open(str bytes, const read_input *about, error *e)
{
    static const size_t spare = (size_t)64 << 20;
    size_t cap = about->cap_bytes ? about->cap_bytes : READ_CAP_BYTES;
    if (bytes.len > cap || bytes.len > READ_CAP_BYTES) {
        error_set(e, SITREP_OVER_LIMIT, "read", "a feed of %zu bytes is more than the limit", bytes.len);
        error_at(e, about->path, 0, 0);
        return NULL;
    }
    feed *f = calloc(1, sizeof *f);
    if (!f) {
        error_set(e, SITREP_NO_MEMORY, "read", "out of memory");
        return NULL;
    }
    atomic_init(&f->holders, 1);
    arena_init(&f->memory, bytes.len * 32 + spare);
    if (read_guarded(f, bytes, about, e)) return f;
    feed_release(f);
    return NULL;
}

size_t feed_count(const feed *f)
{
    return f->items.n;
}

const feed_item *feed_at(const feed *f, size_t i)
{
    return i < f->items.n ? &f->items.v[i] : NULL;
}

const error *feed_fault(const feed *f)
{
    return f->fault.code ? &f->fault : NULL;
}

feed *feed_hold(feed *f)
{
    atomic_fetch_add(&f->holders, 1);
    return f;
}

void feed_release(feed *f)
{
    if (!f || atomic_fetch_sub(&f->holders, 1) != 1) return;
    arena_release(&f->memory);
    free(f);
}

/* ---- documents --------------------------------------------------------------------------- */

/* A page with the title as its heading; the content begins at *at. */
static str page_of(arena *a, const feed_item *item, size_t *at)
{
    static const char open[] = "<!DOCTYPE html><html><head><title>",
                      body[] = "</title></head><body><article itemprop=\"articleBody\">\n";
    size_t cap = sizeof open + sizeof body + item->title.len * 5 + item->content.len + 64,
           n = sizeof open - 1;
    char *out = arena_new(a, char, cap);
    memcpy(out, open, n);
    for (size_t i = 0; i < item->title.len; i++) {
        char c = item->title.ptr[i];
        if (c == '&' || c == '<') n += (size_t)sprintf(out + n, c == '&' ? "&amp;" : "&lt;");
        else out[n++] = c;
    }
    memcpy(out + n, body, sizeof body - 1);
    *at = n += sizeof body - 1;
    memcpy(out + n, item->content.ptr, item->content.len);
    n += item->content.len;
    n += (size_t)sprintf(out + n, "\n</article></body></html>");
    return (str){out, n};
}

/* What the item tells comes first, what the caller knows beforehand fills in. */
static read_input input_of(const feed_item *item, const read_input *defaults)
{
    read_input in = *defaults;
    if (!in.id.len) in.id = item->id;
    const struct {
        str *into, from;
    } fields[] = {{&in.url, item->url},           {&in.title, item->title},
                  {&in.author, item->author},     {&in.publisher, item->publisher},
                  {&in.language, item->language}, {&in.licence, item->licence}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (fields[i].from.len) *fields[i].into = fields[i].from;
    if (item->published.year) in.published = item->published;
    return in;
}

static void from_html(const read_rules *rules, const feed_item *item, const read_input *in, document *d)
{
    size_t at;
    raw_run_array runs = {0};
    str html = page_of(d->arena, item, &at);
    *array_push(d->arena, &runs) = (raw_run){0, RAW_NONE};
    *array_push(d->arena, &runs) = (raw_run){(uint32_t)at, 0};
    document_from_html(rules, in, html, runs, d);
}

static void from_text(const read_rules *rules, const feed_item *item, const read_input *in, document *d)
{
    size_t at = item->title.len ? item->title.len + 2 : 0;
    d->text = at ? arena_format(d->arena, "%.*s\n\n%.*s", (int)item->title.len, item->title.ptr,
                                (int)item->content.len, item->content.ptr)
                 : item->content;
    if (at) {
        *array_push(d->arena, &d->raw_runs) = (raw_run){0, RAW_NONE};
        *array_push(d->arena, &d->raw_runs) = (raw_run){(uint32_t)at, 0};
    }
    document_from_text(rules, in, d);
    if (at && d->blocks.n && d->blocks.v[0].at.start == 0 && d->blocks.v[0].at.len == item->title.len)
        d->blocks.v[0].kind = BLOCK_TITLE;
}

bool feed_read_item(const read_rules *rules, const feed_item *item, const read_input *defaults, document *d,
                    error *e)
{
    read_input in = input_of(item, defaults);
    d->updated = item->updated;
    d->media = item->media;
    sha256_hex(item->content, d->sha256);
    (void)e; /* every item can be read */
    if (item->is_html) from_html(rules, item, &in, d);
    else from_text(rules, item, &in, d);
    return true;
}
