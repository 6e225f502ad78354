/* What a page says of itself: JSON-LD first, then meta elements (OpenGraph, Dublin Core, Parsely …), then
 * what stands on it. */
#include <jansson.h>

#include "base/utf8.h"
#include "read/date.h"
#include "read/page.h"

/* ---- meta elements ----------------------------------------------------------------------- */

/* Is the name among those of a meta element's property, name or itemprop? */
static bool bears_name(const page *p, uint32_t i, str name)
{
    static const char *const attributes[] = {"property", "name", "itemprop"};
    for (size_t k = 0; k < 3; k++) {
        str value = page_attribute(p, i, attributes[k]);
        if (str_eq_nocase(str_trim(value), name)) return true;
        while (value.ptr)
            if (str_eq_nocase(str_cut(&value, ' '), name)) return true;
    }
    return false;
}

/* The content of the first meta element of that name, property or itemprop; *where is its node. */
static str meta(const page *p, const char *const *names, size_t n, uint32_t *where)
{
    for (size_t k = 0; k < n; k++)
        for (uint32_t i = 0; i < p->nodes.n; i++) {
            if (p->nodes.v[i].tag != GUMBO_TAG_META) continue;
            if (!bears_name(p, i, str_from(names[k]))) continue;
            str content = page_collapse(p->a, page_attribute(p, i, "content"));
            if (!content.len) continue;
            if (where) *where = i;
            return content;
        }
    return (str){0};
}

str metadata_of(const page *p, const char *const *names, size_t n)
{
    return meta(p, names, n, NULL);
}

#define META(p, names, where) meta((p), (names), sizeof(names) / sizeof *(names), (where))

static bool is_address(str s)
{
    return str_starts(s, STR("http://")) || str_starts(s, STR("https://")) || str_starts(s, STR("//"))
           || str_starts(s, STR("www."));
}

/* ---- JSON-LD ----------------------------------------------------------------------------- */

typedef struct linked {
    str title, name, author, publisher, published, updated, language, licence, url;
} linked;

enum { LINKED_DEPTH = 6, LINKED_ITEMS = 200 };

static str json_text(const page *p, const json_t *v)
{
    if (!json_is_string(v)) return (str){0};
    str s = {json_string_value(v), json_string_length(v)};
    if (memchr(s.ptr, 0, s.len)) return (str){0};
    s = page_collapse(p->a, s);
    return s.len ? s : (str){0};
}

/* The name of a person or organisation: a string, an object with a name, or several of them. */
static str json_name(const page *p, const json_t *v, int depth)
{
    if (json_is_string(v)) return json_text(p, v);
    if (json_is_object(v)) return json_name(p, json_object_get(v, "name"), depth + 1);
    if (!json_is_array(v) || depth > 2) return (str){0};
    str all = {0};
    for (size_t i = 0; i < json_array_size(v) && i < 12; i++) {
        str one = json_name(p, json_array_get(v, i), depth + 1);
        if (!one.len) continue;
        all =
            all.len ? arena_format(p->a, "%.*s, %.*s", (int)all.len, all.ptr, (int)one.len, one.ptr) : one;
    }
    return all;
}

/* A licence: its address or name, or an object that has one. */
static str json_licence(const page *p, const json_t *v)
{
    static const char *const keys[] = {"url", "@id", "name"};
    if (json_is_array(v)) v = json_array_get(v, 0);
    str s = json_text(p, v);
    for (size_t i = 0; i < 3 && json_is_object(v) && !s.len; i++)
        s = json_text(p, json_object_get(v, keys[i]));
    return s;
}

static bool is_article_type(str type)
{
    static const char *const ends[] = {"Article",         "Posting",      "Report",     "WebPage",
                                       "LiveBlogPosting", "CreativeWork", "VideoObject"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(type, str_from(ends[i]))) return true;
    return false;
}

static bool has_article_type(const json_t *object, bool *is_page)
{
    const json_t *type = json_object_get(object, "@type");
    if (json_is_array(type)) type = json_array_get(type, 0);
    str s = str_from(json_string_value(type));
    *is_page = str_is(s, "WebPage") || str_is(s, "VideoObject");
    return is_article_type(s);
}

static void take(str *field, str value)
{
    if (!field->len && value.len) *field = value;
}

static void take_article(const page *p, const json_t *o, bool is_page, linked *l)
{
    take(&l->published, json_text(p, json_object_get(o, "datePublished")));
    take(&l->language, json_text(p, json_object_get(o, "inLanguage")));
    take(&l->licence, json_licence(p, json_object_get(o, "license")));
    take(&l->updated, json_text(p, json_object_get(o, "dateModified")));
    take(&l->publisher, json_name(p, json_object_get(o, "publisher"), 0));
    if (is_page) return;
    if (!l->title.len && !l->name.len) { /* both of one article */
        l->title = json_text(p, json_object_get(o, "headline"));
        l->name = json_text(p, json_object_get(o, "name"));
    }
    take(&l->author, json_name(p, json_object_get(o, "author"), 0));
    take(&l->url, json_text(p, json_object_get(o, "url")));
}

/* Articles before pages: two rounds. */
static void walk_linked(const page *p, const json_t *v, int depth, bool pages, linked *l)
{
    if (depth > LINKED_DEPTH) return;
    if (json_is_array(v))
        for (size_t i = 0; i < json_array_size(v) && i < LINKED_ITEMS; i++)
            walk_linked(p, json_array_get(v, i), depth + 1, pages, l);
    if (!json_is_object(v)) return;
    bool is_page;
    if (has_article_type(v, &is_page) && is_page == pages) take_article(p, v, is_page, l);
    walk_linked(p, json_object_get(v, "@graph"), depth + 1, pages, l);
    walk_linked(p, json_object_get(v, "mainEntity"), depth + 1, pages, l);
}

static void release_json(void *holder)
{
    json_decref(*(json_t **)holder);
}

/* The script's text without the comment signs that some put round it. */
static str script_text(str s)
{
    s = str_trim(s);
    if (str_starts(s, STR("<![CDATA["))) s = str_part(s, 9, s.len);
    if (str_ends(s, STR("]]>"))) s.len -= 3;
    size_t start = 0;
    while (start < s.len && s.ptr[start] != '{' && s.ptr[start] != '[') start++;
    size_t end = s.len;
    while (end > start && s.ptr[end - 1] != '}' && s.ptr[end - 1] != ']') end--;
    return str_part(s, start, end - start);
}

static void read_linked(const page *p, linked *l)
{
    json_t **holders = arena_new(p->a, json_t *, 16);
    size_t n = 0;
    for (size_t i = 0; i < p->linked.n && n < 16; i++) {
        str s = script_text(p->linked.v[i]);
        if (!s.len || s.len > 1 << 20) continue;
        arena_defer(p->a, release_json, &holders[n]);
        holders[n++] = json_loadb(s.ptr, s.len, 0, NULL);
    }
    for (int pages = 0; pages < 2; pages++)
        for (size_t k = 0; k < n; k++) walk_linked(p, holders[k], 0, pages, l);
}

/* ---- title ------------------------------------------------------------------------------- */

static uint32_t first_of(const page *p, GumboTag tag)
{
    for (uint32_t i = 0; i < p->nodes.n; i++)
        if (p->nodes.v[i].tag == tag) return i;
    return NO_NODE;
}

static size_t count_words(str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) n += s.ptr[i] != ' ' && (i == 0 || s.ptr[i - 1] == ' ');
    return n;
}

/* The last separator with spaces round it; its length to *len, SIZE_MAX = none. */
static size_t last_separator(str s, size_t *len, bool first)
{
    static const char *const signs[] = {
        " | ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " \\ ", " / ", " > ", " \xC2\xBB ", " :: "};
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        for (size_t k = str_find(s, str_from(signs[i]), 0); k < s.len;
             k = str_find(s, str_from(signs[i]), k + 1)) {
            bool better = best == SIZE_MAX || (first ? k < best : k > best);
            if (better) best = k, *len = strlen(signs[i]);
        }
    return best;
}

/* The heading that says just this. */
static uint32_t heading_of(const page *p, str title)
{
    for (uint32_t i = 0; i < p->nodes.n; i++) {
        const page_node *v = &p->nodes.v[i];
        if (v->tag != GUMBO_TAG_H1 && v->tag != GUMBO_TAG_H2) continue;
        if (v->flags & NODE_INVISIBLE) continue;
        str text = page_text(p, i, 400);
        if (text.len && str_eq_nocase(text, title)) return i;
    }
    return NO_NODE;
}

/* The only h1 that says something. */
static uint32_t only_heading(const page *p)
{
    uint32_t found = NO_NODE;
    for (uint32_t i = 0; i < p->nodes.n; i++) {
        if (p->nodes.v[i].tag != GUMBO_TAG_H1 || p->nodes.v[i].flags & NODE_INVISIBLE) continue;
        if (count_words(page_text(p, i, 300)) < 2) continue;
        if (found != NO_NODE) return NO_NODE;
        found = i;
    }
    return found;
}

/* Does the only heading begin with it, at a word's end? Titles are often the shorter form. */
static bool begins_heading(const page *p, str title)
{
    uint32_t only = only_heading(p);
    str s = only == NO_NODE ? (str){0} : page_text(p, only, 400);
    return count_words(title) > 2 && s.len > title.len && strchr(" :,", s.ptr[title.len])
           && str_eq_nocase(str_part(s, 0, title.len), title);
}

static str without_site(const page *p, str title)
{
    size_t len, cut = last_separator(title, &len, false);
    if (cut == SIZE_MAX) return title;
    str head = str_part(title, 0, cut);
    if (heading_of(p, head) != NO_NODE || begins_heading(p, head)) return head;
    if (count_words(head) < 3) {
        cut = last_separator(title, &len, true);
        head = str_part(title, cut + len, title.len);
    }
    return count_words(head) <= 4 && count_words(head) + 2 < count_words(title) ? title : head;
}

static str title_element(const page *p)
{
    uint32_t i = first_of(p, GUMBO_TAG_TITLE);
    return i == NO_NODE ? (str){0} : page_text(p, i, 500);
}

static void read_title(const page *p, const linked *l, page_metadata *m)
{
    static const char *const names[] = {"dc:title",       "dc.title",      "dcterm:title", "dcterms.title",
                                        "og:title",       "twitter:title", "title",        "parsely-title",
                                        "sailthru.title", "headline"};
    uint32_t only = only_heading(p);
    str given = META(p, names, NULL), written = title_element(p);
    bool name_fits = l->name.len && str_find(written, l->name, 0) < written.len
                     && str_find(written, l->title, 0) > written.len;
    str linked_title = l->title.len && !name_fits ? l->title : l->name;
    if (linked_title.len) m->title = linked_title;
    else if (given.len) m->title = given;
    else if (written.len) m->title = heading_of(p, written) != NO_NODE ? written : without_site(p, written);
    if (m->title.len < 15 && !given.len && only != NO_NODE) {
        str text = page_text(p, only, 300);
        if (text.len > m->title.len) m->title = text;
    }
    m->title_node = heading_of(p, m->title);
    if (m->title_node == NO_NODE) m->title_node = heading_of(p, without_site(p, m->title));
    m->title_element = first_of(p, GUMBO_TAG_TITLE);
}

/* ---- author ------------------------------------------------------------------------------ */

/* "By", "by", "Written by" in front, what is not a name behind. */
static str bare_name(str s)
{
    static const char *const leads[] = {"by ",      "By ",   "BY ",  "Written by ", "Posted by ",
                                        "Author: ", "From ", "by: ", "By: "};
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
        if (str_starts(s, str_from(leads[i]))) s = str_trim(str_part(s, strlen(leads[i]), s.len));
    size_t bar = str_find(s, STR(" | "), 0);
    return bar < s.len ? str_part(s, 0, bar) : s;
}

static bool is_name(str s)
{
    civil_date day;
    size_t digits = 0;
    for (size_t i = 0; i < s.len; i++) digits += s.ptr[i] >= '0' && s.ptr[i] <= '9';
    return digits < 3 && s.len > 1 && s.len < 100 && !is_address(s) && !read_date(s, &day)
           && count_words(s) <= 12;
}

/* Text of the first short element from `from` on that is marked as a byline; the innermost author inside it. */
static str byline_behind(const page *p, uint32_t from)
{
    for (uint32_t i = from; i < p->nodes.n; i++) {
        const page_node *v = &p->nodes.v[i];
        if (!(v->flags & NODE_BYLINE) || v->flags & NODE_INVISIBLE) continue;
        uint32_t best = i;
        for (uint32_t k = i + 1; k < v->end; k++)
            if (str_eq_nocase(page_attribute(p, k, "itemprop"), STR("name"))
                || str_eq_nocase(page_attribute(p, k, "rel"), STR("author")))
                best = k;
        str text = bare_name(page_text(p, best, 200));
        if (is_name(text)) return text;
    }
    return (str){0};
}

static void read_author(const page *p, const linked *l, page_metadata *m)
{
    static const char *const names[] = {
        "dc:creator",     "dc.creator",     "dcterm:creator", "dcterms.creator", "author",
        "parsely-author", "article:author", "article.author", "sailthru.author", "byl",
        "byline",         "citation_author"};
    uint32_t where;
    if (is_name(l->author)) m->author = bare_name(l->author);
    if (!m->author.len) {
        str s = META(p, names, &where);
        if (is_name(s)) m->author = bare_name(s);
    }
    if (!m->author.len && m->title_node != NO_NODE) m->author = byline_behind(p, m->title_node);
    if (!m->author.len) m->author = byline_behind(p, 0);
}

/* ---- date -------------------------------------------------------------------------------- */

static bool take_date(str s, civil_date *found)
{
    return s.len && read_date(s, found);
}

/* <time datetime>, itemprop=datePublished and elements named after dates. */
static void date_on_page(const page *p, page_metadata *m)
{
    for (int round = 0; round < 3 && !m->published.year; round++)
        for (uint32_t i = 0; i < p->nodes.n && !m->published.year; i++) {
            const page_node *v = &p->nodes.v[i];
            if (v->flags & NODE_TEXT) continue;
            bool published = str_eq_nocase(page_attribute(p, i, "itemprop"), STR("datePublished"))
                             || page_attribute(p, i, "pubdate").ptr;
            bool named = round == 2 && v->end - i < 30
                         && (page_name_flags(p->rules, page_attribute(p, i, "class"))
                             | page_name_flags(p->rules, page_attribute(p, i, "id")))
                                & NAME_DATE;
            if (!(round == 0 ? published : round == 1 ? v->tag == GUMBO_TAG_TIME : named)) continue;
            if (take_date(page_attribute(p, i, "datetime"), &m->published)
                || take_date(page_attribute(p, i, "content"), &m->published))
                continue;
            take_date(page_text(p, i, 80), &m->published);
        }
}

/* The date behind "Published:", "Posted on Tuesday, …" at the beginning of a line near the title; which word it was to
 * *is_update. */
static bool posted_date(str s, civil_date *day, bool *is_update)
{
    static const char *const words[] = {"published",      "posted",  "first published", "publication date",
                                        "date published", "updated", "last updated",    "last modified"};
    enum { FIRST_UPDATE = 5, BEHIND = 5 };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i]);
        if (!str_eq_nocase(str_part(s, 0, n), str_from(words[i])) || s.len <= n || !strchr(" :", s.ptr[n]))
            continue;
        *is_update = i >= FIRST_UPDATE;
        for (int k = 0; k < BEHIND && n < s.len; k++) {
            while (n < s.len && strchr(" :,|", s.ptr[n])) n++;
            if (take_date(str_part(s, n, s.len), day)) return true;
            while (n < s.len && s.ptr[n] != ' ') n++;
        }
    }
    return false;
}

static void date_in_lines(const page *p, page_metadata *m)
{
    enum { LINE_BYTES = 90, NODES = 2000, NEAR = 8 };
    uint32_t from = m->title_node == NO_NODE ? 0 : m->title_node;
    for (uint32_t i = from, seen = 0; i < p->nodes.n && i < from + NODES; i++) {
        const page_node *v = &p->nodes.v[i];
        if (!(v->flags & NODE_TEXT) || v->flags & NODE_INVISIBLE) continue;
        str s = page_collapse(p->a, str_part(str_from(v->node->v.text.text), 0, LINE_BYTES));
        civil_date day;
        bool is_update;
        if (!s.len) continue;
        bool near = m->title_node != NO_NODE && i > m->title_node && seen++ < NEAR;
        if (near && s.len < LINE_BYTES / 2 && !m->published.year) take_date(s, &m->published);
        if (!posted_date(str_part(s, 0, utf8_valid_prefix(s)), &day, &is_update)) continue;
        civil_date *to = is_update ? &m->updated : &m->published;
        if (!to->year) *to = day;
    }
}

/* When it was last changed. */
static civil_date read_updated(const page *p, const linked *l)
{
    static const char *const names[] = {
        "article:modified_time", "og:updated_time",  "og:article:modified_time",
        "datemodified",          "dcterms.modified", "dc.date.modified",
        "last-modified",         "lastmod",          "revised",
        "article.updated",       "updated",          "parsely-modified-date"};
    civil_date day = {0};
    if (!take_date(l->updated, &day)) take_date(META(p, names, NULL), &day);
    return day;
}

static void read_published(const page *p, const linked *l, page_metadata *m)
{
    static const char *const names[] = {"article:published_time",
                                        "og:published_time",
                                        "og:article:published_time",
                                        "parsely-pub-date",
                                        "datepublished",
                                        "dc.date.issued",
                                        "dcterms.issued",
                                        "dcterms.created",
                                        "dc.date.created",
                                        "dc.date",
                                        "dcterms.date",
                                        "sailthru.date",
                                        "pubdate",
                                        "publishdate",
                                        "publish-date",
                                        "publication_date",
                                        "publish_date",
                                        "article.published",
                                        "published",
                                        "date",
                                        "ptime",
                                        "citation_publication_date",
                                        "citation_date",
                                        "displaydate",
                                        "originalpublicationdate",
                                        "article_date_original",
                                        "cxenseparse:recs:publishtime",
                                        "rnews:datepublished"};
    if (take_date(l->published, &m->published)) return;
    if (take_date(META(p, names, NULL), &m->published)) return;
    date_on_page(p, m);
}

/* ---- the rest ---------------------------------------------------------------------------- */

static str link_of(const page *p, const char *rel)
{
    for (uint32_t i = 0; i < p->nodes.n; i++) {
        if (p->nodes.v[i].tag != GUMBO_TAG_LINK && p->nodes.v[i].tag != GUMBO_TAG_A) continue;
        str value = page_attribute(p, i, "rel"), href = page_attribute(p, i, "href");
        while (value.ptr)
            if (str_eq_nocase(str_cut(&value, ' '), str_from(rel)) && href.len && href.ptr[0] != '#')
                return href;
    }
    return (str){0};
}

/* A link to a licence of Creative Commons, as outlets put it at the foot of their pages. */
static str commons_link(const page *p)
{
    for (uint32_t i = 0; i < p->nodes.n; i++) {
        if (p->nodes.v[i].tag != GUMBO_TAG_A) continue;
        str href = page_attribute(p, i, "href");
        if (str_find(href, STR("creativecommons.org/licenses/"), 0) < href.len
            || str_find(href, STR("creativecommons.org/publicdomain/"), 0) < href.len)
            return href;
    }
    return (str){0};
}

static str read_language(const page *p, const linked *l)
{
    static const char *const names[] = {"content-language", "language", "dc.language", "dcterms.language",
                                        "inlanguage"};
    uint32_t html = first_of(p, GUMBO_TAG_HTML);
    str s = html == NO_NODE ? (str){0} : page_attribute(p, html, "lang");
    if (!s.len && html != NO_NODE) s = page_attribute(p, html, "xml:lang");
    if (!s.len) s = META(p, names, NULL);
    if (!s.len) s = l->language;
    return str_trim(s);
}

void metadata_read(const page *p, page_metadata *m)
{
    static const char *const publishers[] = {"og:site_name",      "publisher",        "dc.publisher",
                                             "dcterms.publisher", "application-name", "cre",
                                             "copyright"};
    static const char *const licences[] = {"dc.rights", "dcterms.rights", "dcterms.license", "rights",
                                           "license"};
    static const char *const addresses[] = {"og:url", "twitter:url"};
    linked l = {0};
    *m = (page_metadata){.title_node = NO_NODE};
    read_linked(p, &l);
    read_title(p, &l, m);
    read_author(p, &l, m);
    read_published(p, &l, m);
    m->updated = read_updated(p, &l);
    if (!m->published.year) date_in_lines(p, m);
    m->publisher = l.publisher.len ? l.publisher : META(p, publishers, NULL);
    m->language = read_language(p, &l);
    m->url = link_of(p, "canonical");
    if (!m->url.len) m->url = META(p, addresses, NULL);
    m->licence = link_of(p, "license");
    if (!m->licence.len) m->licence = l.licence.len ? l.licence : META(p, licences, NULL);
    if (!m->licence.len) m->licence = commons_link(p);
}
