/* RSS, RDF and Atom: expat's events -> drafts. A stack of places (feed, item, person …) says what an element means; the
 * text of a field is captured, elements inside it are written down again as HTML. */
#include <expat.h>
#include <stdio.h>

#include "read/feed_parts.h"

/* ---- names ------------------------------------------------------------------------------- */

typedef enum space {
    SPACE_NATIVE, /* RSS of any version, Atom, none */
    SPACE_CONTENT,
    SPACE_DC,
    SPACE_ITUNES,
    SPACE_MEDIA,
    SPACE_LICENCE,
    SPACE_FEEDBURNER,
    SPACE_ATOM, /* under a prefix */
    SPACE_XHTML,
    SPACE_RDF,
    SPACE_XML,
    SPACE_OTHER
} space;

typedef struct known_space {
    const char *prefix; /* the usual one */
    const char *part;   /* of the address */
    space is;
} known_space;

/* By a part of the address, since feeds write them in many ways. The first that fits counts. */
static const known_space spaces[] = {
    {"content", "/rss/1.0/modules/content", SPACE_CONTENT},
    {"dc", "purl.org/dc/", SPACE_DC},
    {"dcterms", "purl.org/dc/terms", SPACE_DC},
    {"itunes", "itunes.com/dtds", SPACE_ITUNES},
    {"media", "search.yahoo.com/mrss", SPACE_MEDIA},
    {"creativeCommons", "userland.com/creativeCommons", SPACE_LICENCE},
    {"cc", "creativecommons.org/ns", SPACE_LICENCE},
    {"cc", "creativeCommonsRssModule", SPACE_LICENCE},
    {"cc", "web.resource.org/cc", SPACE_LICENCE},
    {"feedburner", "rssnamespace.org/feedburner", SPACE_FEEDBURNER},
    {"pheedo", "pheedo.com/namespace", SPACE_FEEDBURNER},
    {"atom", "w3.org/2005/Atom", SPACE_ATOM},
    {"atom03", "purl.org/atom/ns", SPACE_ATOM},
    {"xhtml", "w3.org/1999/xhtml", SPACE_XHTML},
    {"rdf", "w3.org/1999/02/22-rdf-syntax", SPACE_RDF},
    {"xml", "w3.org/XML/1998", SPACE_XML},
    {"rss", "purl.org/rss/1.0/", SPACE_NATIVE},
    {"rss", "purl.org/net/rss", SPACE_NATIVE},
    {"rss", "my.netscape.com/", SPACE_NATIVE},
    {"rss", "channel.netscape.com/", SPACE_NATIVE},
    {"rss", "backend.userland.com", SPACE_NATIVE},
    {"rss", "blogs.law.harvard.edu", SPACE_NATIVE},
};

static bool has_part_nocase(str s, const char *part)
{
    size_t n = strlen(part);
    for (size_t i = 0; i + n <= s.len; i++)
        if (str_eq_nocase(str_part(s, i, n), str_from(part))) return true;
    return false;
}

static space space_of_address(str address)
{
    if (!address.len) return SPACE_NATIVE;
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (has_part_nocase(address, spaces[i].part)) return spaces[i].is;
    return SPACE_OTHER;
}

static space space_of_prefix(str prefix)
{
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (str_eq_nocase(prefix, str_from(spaces[i].prefix))) return spaces[i].is;
    return SPACE_OTHER;
}

/* ---- fields ------------------------------------------------------------------------------ */

typedef enum field {
    FIELD_NONE,
    FIELD_TITLE,
    FIELD_CONTENT,
    FIELD_SUMMARY,
    FIELD_LINK,
    FIELD_ORIGIN,
    FIELD_GUID,
    FIELD_AUTHOR,
    FIELD_PUBLISHED,
    FIELD_UPDATED,
    FIELD_LANGUAGE,
    FIELD_LICENCE,
    FIELD_PUBLISHER,
    FIELD_ENCLOSURE,
    FIELD_GROUP, /* what is inside belongs to what is round it */
    FIELD_SOURCE
} field;

static const struct {
    space in;
    const char *name;
    field is;
} fields[] = {
    {SPACE_NATIVE, "title", FIELD_TITLE},
    {SPACE_NATIVE, "link", FIELD_LINK},
    {SPACE_NATIVE, "description", FIELD_SUMMARY},
    {SPACE_NATIVE, "summary", FIELD_SUMMARY},
    {SPACE_NATIVE, "content", FIELD_CONTENT},
    {SPACE_NATIVE, "fulltext", FIELD_CONTENT},
    {SPACE_NATIVE, "guid", FIELD_GUID},
    {SPACE_NATIVE, "id", FIELD_GUID},
    {SPACE_NATIVE, "author", FIELD_AUTHOR},
    {SPACE_NATIVE, "pubDate", FIELD_PUBLISHED},
    {SPACE_NATIVE, "published", FIELD_PUBLISHED},
    {SPACE_NATIVE, "issued", FIELD_PUBLISHED},
    {SPACE_NATIVE, "created", FIELD_PUBLISHED},
    {SPACE_NATIVE, "date", FIELD_PUBLISHED},
    {SPACE_NATIVE, "updated", FIELD_UPDATED},
    {SPACE_NATIVE, "modified", FIELD_UPDATED},
    {SPACE_NATIVE, "lastBuildDate", FIELD_UPDATED},
    {SPACE_NATIVE, "language", FIELD_LANGUAGE},
    {SPACE_NATIVE, "copyright", FIELD_LICENCE},
    {SPACE_NATIVE, "rights", FIELD_LICENCE},
    {SPACE_NATIVE, "enclosure", FIELD_ENCLOSURE},
    {SPACE_NATIVE, "source", FIELD_SOURCE},
    {SPACE_ATOM, "link", FIELD_LINK},
    {SPACE_ATOM, "author", FIELD_AUTHOR},
    {SPACE_ATOM, "updated", FIELD_UPDATED},
    {SPACE_ATOM, "published", FIELD_PUBLISHED},
    {SPACE_ATOM, "summary", FIELD_SUMMARY},
    {SPACE_ATOM, "content", FIELD_CONTENT},
    {SPACE_CONTENT, "encoded", FIELD_CONTENT},
    {SPACE_XHTML, "body", FIELD_CONTENT},
    {SPACE_XHTML, "div", FIELD_CONTENT},
    {SPACE_DC, "title", FIELD_TITLE},
    {SPACE_DC, "description", FIELD_SUMMARY},
    {SPACE_DC, "creator", FIELD_AUTHOR},
    {SPACE_DC, "date", FIELD_PUBLISHED},
    {SPACE_DC, "issued", FIELD_PUBLISHED},
    {SPACE_DC, "created", FIELD_PUBLISHED},
    {SPACE_DC, "modified", FIELD_UPDATED},
    {SPACE_DC, "language", FIELD_LANGUAGE},
    {SPACE_DC, "rights", FIELD_LICENCE},
    {SPACE_DC, "license", FIELD_LICENCE},
    {SPACE_DC, "publisher", FIELD_PUBLISHER},
    {SPACE_ITUNES, "author", FIELD_AUTHOR},
    {SPACE_ITUNES, "summary", FIELD_SUMMARY},
    {SPACE_MEDIA, "group", FIELD_GROUP},
    {SPACE_MEDIA, "content", FIELD_ENCLOSURE},
    {SPACE_MEDIA, "description", FIELD_SUMMARY},
    {SPACE_MEDIA, "license", FIELD_LICENCE},
    {SPACE_LICENCE, "license", FIELD_LICENCE},
    {SPACE_FEEDBURNER, "origLink", FIELD_ORIGIN},
};

static field field_of(space in, str name)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (fields[i].in == in && str_eq_nocase(name, str_from(fields[i].name))) return fields[i].is;
    return FIELD_NONE;
}

/* ---- the reader -------------------------------------------------------------------------- */

typedef enum position { AT_TOP, AT_FEED, AT_ITEM, AT_SOURCE, AT_PERSON, AT_NOWHERE } position;

typedef struct frame {
    position at;
    field is;          /* its text is captured for this field */
    size_t n_bindings; /* outside it */
    str language;      /* in force outside it */
} frame;

typedef struct binding {
    str prefix;
    space is;
} binding;

typedef struct reader {
    arena *a;
    XML_Parser parser;
    feed_drafts *out;
    ARRAY(frame) stack;
    ARRAY(binding) bindings;
    str language;     /* xml:lang in force */
    feed_draft draft; /* of the item that is open */
    bool has_item;
    feed_draft source;   /* of the feed that the item was taken from */
    unsigned captured;   /* elements open inside the field that is captured; 0 = none */
    feed_text_kind kind; /* of it */
    bool unreadable;     /* its content is no text */
    char *text;
    size_t n, cap;
    str person;
    bool ended, too_deep; /* the root is closed */
} reader;

static void add(reader *r, str s)
{
    if (r->cap - r->n < s.len) {
        size_t cap = r->cap * 2 + s.len + 256;
        char *text = arena_new(r->a, char, cap);
        if (r->n) memcpy(text, r->text, r->n);
        r->text = text;
        r->cap = cap;
    }
    if (s.len) memcpy(r->text + r->n, s.ptr, s.len);
    r->n += s.len;
}

static void add_escaped(reader *r, str s)
{
    for (size_t i = 0, from = 0; i <= s.len; i++) {
        char c = i < s.len ? s.ptr[i] : 0;
        const char *as = c == '<'   ? "&lt;"
                         : c == '>' ? "&gt;"
                         : c == '&' ? "&amp;"
                         : c == '"' ? "&quot;"
                                    : NULL;
        if (!as && i < s.len) continue;
        add(r, str_part(s, from, i - from));
        if (as) add(r, str_from(as));
        from = i + 1;
    }
}

static str attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (str_eq_nocase(str_from(attributes[0]), str_from(name)))
            return str_trim(str_from(attributes[1]));
    return (str){0};
}

static str local_name(str name)
{
    const char *colon = memchr(name.ptr, ':', name.len);
    return colon ? str_part(name, (size_t)(colon + 1 - name.ptr), name.len) : name;
}

static space space_of(const reader *r, str name)
{
    const char *colon = memchr(name.ptr, ':', name.len);
    str prefix = str_part(name, 0, colon ? (size_t)(colon - name.ptr) : 0);
    for (size_t i = r->bindings.n; i-- > 0;)
        if (str_eq(r->bindings.v[i].prefix, prefix)) {
            space is = r->bindings.v[i].is;
            return is == SPACE_ATOM && !colon ? SPACE_NATIVE : is;
        }
    return colon ? space_of_prefix(prefix) : SPACE_NATIVE;
}

/* Namespaces and language that an element declares. */
static void declare(reader *r, const char **attributes)
{
    for (; *attributes; attributes += 2) {
        str name = str_from(attributes[0]), value = str_trim(str_from(attributes[1]));
        if (str_is(name, "xml:lang")) r->language = arena_copy(r->a, value);
        if (!str_starts(name, STR("xmlns"))) continue;
        str prefix = name.len > 5 && name.ptr[5] == ':' ? str_part(name, 6, name.len) : (str){"", 0};
        *array_push(r->a, &r->bindings) = (binding){arena_copy(r->a, prefix), space_of_address(value)};
    }
}

/* ---- what a field's value goes into ------------------------------------------------------- */

static void take(reader *r, str *into, str value)
{
    value = str_trim(value);
    if (!into->len && value.len) *into = arena_copy(r->a, value);
}

static void take_also(reader *r, str *into, str value)
{
    value = str_trim(value);
    if (!value.len || str_eq_nocase(value, *into)) return;
    if (!into->len) *into = arena_copy(r->a, value);
    else if (into->len < 500 && str_find(*into, value, 0) > into->len)
        *into = arena_format(r->a, "%.*s, %.*s", (int)into->len, into->ptr, (int)value.len, value.ptr);
}

static bool is_address(str s)
{
    return str_starts(s, STR("http://")) || str_starts(s, STR("https://"));
}

/* An address of a licence says more than words. */
static void take_licence(reader *r, str *into, str value)
{
    value = str_trim(value);
    if (is_address(value) && !is_address(*into)) *into = (str){0};
    take(r, into, value);
}

static feed_draft *draft_of(reader *r, position at)
{
    if (at == AT_SOURCE) return &r->source;
    return at == AT_ITEM ? &r->draft : &r->out->whole;
}

void feed_take_text(feed_text *into, feed_text found)
{
    if (!str_trim(found.s).len) return;
    if (!into->s.len || feed_visible(found.s) > feed_visible(into->s)) *into = found;
}

static void take_text(reader *r, feed_text *into)
{
    if (!r->unreadable) feed_take_text(into, (feed_text){arena_copy(r->a, (str){r->text, r->n}), r->kind});
}

static void store(reader *r, position at, field is)
{
    feed_draft *d = draft_of(r, at);
    str value = {r->text, r->n};
    switch (is) {
    case FIELD_TITLE:
        if (!d->title.s.len) take_text(r, &d->title);
        break;
    case FIELD_CONTENT: take_text(r, &d->content); break;
    case FIELD_SUMMARY: take_text(r, &d->summary); break;
    case FIELD_LINK: take(r, &d->link, value); break;
    case FIELD_ORIGIN: take(r, &d->origin, value); break;
    case FIELD_GUID: take(r, &d->guid, value); break;
    case FIELD_AUTHOR: take_also(r, &d->author, value); break;
    case FIELD_PUBLISHED: take(r, &d->published, value); break;
    case FIELD_UPDATED: take(r, &d->updated, value); break;
    case FIELD_LANGUAGE: take(r, &d->language, value); break;
    case FIELD_LICENCE: take_licence(r, &d->licence, value); break;
    case FIELD_PUBLISHER: take(r, &d->publisher, value); break;
    default: break;
    }
}

/* ---- elements ---------------------------------------------------------------------------- */

static bool is_void_tag(str name)
{
    static const char *const names[] = {"area",  "base", "br",   "col",   "embed",  "hr",    "img",
                                        "input", "link", "meta", "param", "source", "track", "wbr"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq_nocase(name, str_from(names[i]))) return true;
    return false;
}

static void write_start(reader *r, str name, const char **attributes)
{
    add(r, STR("<"));
    add(r, local_name(name));
    for (; *attributes; attributes += 2) {
        if (str_starts(str_from(attributes[0]), STR("xml"))) continue;
        add(r, STR(" "));
        add(r, str_from(attributes[0]));
        add(r, STR("=\""));
        add_escaped(r, str_from(attributes[1]));
        add(r, STR("\""));
    }
    add(r, STR(">"));
}

static void write_end(reader *r, str name)
{
    name = local_name(name);
    if (is_void_tag(name)) return;
    add(r, STR("</"));
    add(r, name);
    add(r, STR(">"));
}

static feed_text_kind kind_of(reader *r, const char **attributes)
{
    str type = attribute(attributes, "type"), mode = attribute(attributes, "mode");
    r->unreadable = str_eq_nocase(mode, STR("base64"));
    if (!type.len) return FEED_TEXT_EITHER;
    if (str_eq_nocase(type, STR("text")) || str_eq_nocase(type, STR("text/plain"))) return FEED_TEXT_PLAIN;
    if (has_part_nocase(type, "html") || has_part_nocase(type, "xml")) return FEED_TEXT_HTML;
    r->unreadable |= !str_starts(type, STR("text"));
    return FEED_TEXT_EITHER;
}

/* <link href rel>, of Atom: the article's own address, enclosures, licences. */
static void take_link(reader *r, feed_draft *d, const char **attributes)
{
    str href = attribute(attributes, "href"), rel = attribute(attributes, "rel"),
        type = attribute(attributes, "type");
    if (!href.len) return;
    if (str_is(rel, "enclosure"))
        *array_push(r->a, &d->media) = (media_link){arena_copy(r->a, href), arena_copy(r->a, type)};
    else if (str_is(rel, "license")) take_licence(r, &d->licence, href);
    else if (!rel.len || str_is(rel, "alternate")) {
        bool page = has_part_nocase(type, "html") && d->link.len; /* better than a PDF that stood before */
        if (page) d->link = (str){0};
        take(r, &d->link, href);
    }
}

/* <content src>: the text lies elsewhere. */
static void take_distant(reader *r, feed_draft *d, const char **attributes)
{
    str src = attribute(attributes, "src"), type = attribute(attributes, "type");
    if (!src.len) return;
    if (!type.len || has_part_nocase(type, "html")) take(r, &d->link, src);
    else *array_push(r->a, &d->media) = (media_link){arena_copy(r->a, src), arena_copy(r->a, type)};
}

static void take_attributes(reader *r, position at, field is, const char **attributes)
{
    feed_draft *d = draft_of(r, at);
    str url = attribute(attributes, "url");
    switch (is) {
    case FIELD_LINK: take_link(r, d, attributes); break;
    case FIELD_ENCLOSURE:
        if (url.len && d->media.n < 100)
            *array_push(r->a, &d->media) =
                (media_link){arena_copy(r->a, url), arena_copy(r->a, attribute(attributes, "type"))};
        break;
    case FIELD_GUID:
        d->guid_is_no_link = str_eq_nocase(attribute(attributes, "isPermaLink"), STR("false"));
        break;
    case FIELD_LICENCE:
        take_licence(r, &d->licence, attribute(attributes, "rdf:resource"));
        take_licence(r, &d->licence, attribute(attributes, "href"));
        break;
    case FIELD_CONTENT: take_distant(r, d, attributes); break;
    default: break;
    }
}

static void begin_item(reader *r, const char **attributes)
{
    r->draft = (feed_draft){0};
    r->source = (feed_draft){0};
    r->has_item = true;
    take(r, &r->draft.about, attribute(attributes, "rdf:about"));
}

static void end_item(reader *r)
{
    if (!r->draft.publisher.len) r->draft.publisher = r->source.title.s;
    if (!r->draft.author.len) r->draft.author = r->source.author;
    if (!r->draft.licence.len) r->draft.licence = r->source.licence;
    if (r->has_item && r->out->items.n < FEED_MAX_ITEMS) *array_push(r->a, &r->out->items) = r->draft;
    r->has_item = false;
}

/* Where an element leads that stands at `at`; *is is the field that it fills. */
static position enter(reader *r, position at, str name, const char **attributes, field *is)
{
    space in = space_of(r, name);
    str local = local_name(name);
    bool native = in == SPACE_NATIVE || (in == SPACE_ATOM && at <= AT_FEED);
    if (at <= AT_FEED && native
        && (str_eq_nocase(local, STR("item")) || str_eq_nocase(local, STR("entry")))) {
        begin_item(r, attributes);
        if (r->language.len) r->draft.language = r->language;
        return AT_ITEM;
    }
    if (at == AT_TOP && native
        && (str_eq_nocase(local, STR("channel")) || str_eq_nocase(local, STR("feed")))) {
        if (r->language.len) r->out->whole.language = r->language;
        return AT_FEED;
    }
    if (at == AT_TOP)
        return str_eq_nocase(local, STR("rss")) || str_eq_nocase(local, STR("rdf")) ? AT_TOP : AT_NOWHERE;
    if (at == AT_PERSON) {
        *is = native && str_eq_nocase(local, STR("name")) ? FIELD_AUTHOR : FIELD_NONE;
        return AT_PERSON;
    }
    if (at == AT_NOWHERE) return AT_NOWHERE;
    *is = field_of(in, local);
    take_attributes(r, at, *is, attributes);
    if (*is == FIELD_SOURCE) return at == AT_ITEM ? AT_SOURCE : AT_NOWHERE;
    if (*is == FIELD_AUTHOR) return AT_PERSON;
    return *is == FIELD_NONE || *is == FIELD_ENCLOSURE ? AT_NOWHERE : at;
}

static position position_of(const reader *r)
{
    return r->stack.n ? r->stack.v[r->stack.n - 1].at : AT_TOP;
}

static void begin_text(reader *r, const char **attributes)
{
    r->n = 0;
    r->kind = kind_of(r, attributes);
    r->captured = 1;
}

static bool is_captured_whole(field is)
{
    return is != FIELD_NONE && is != FIELD_GROUP && is != FIELD_SOURCE && is != FIELD_AUTHOR
           && is != FIELD_ENCLOSURE;
}

static void XMLCALL on_start(void *context, const char *element, const char **attributes)
{
    reader *r = context;
    str name = str_from(element);
    if (r->captured) {
        r->kind = FEED_TEXT_HTML;
        if (++r->captured <= FEED_MAX_DEPTH) write_start(r, name, attributes);
        else r->too_deep = true;
    }
    if (r->stack.n >= FEED_MAX_DEPTH) r->too_deep = true;
    if (r->too_deep) {
        XML_StopParser(r->parser, XML_FALSE);
        return;
    }
    if (r->captured) return;
    frame f = {.n_bindings = r->bindings.n, .language = r->language};
    position at = position_of(r);
    declare(r, attributes);
    f.at = enter(r, at, name, attributes, &f.is);
    if (r->stack.n == 0) r->out->is_feed = f.at <= AT_FEED;
    *array_push(r->a, &r->stack) = f;
    bool person = f.at == AT_PERSON && (at != AT_PERSON || f.is == FIELD_AUTHOR);
    if (person && at != AT_PERSON) r->person = (str){0};
    if (person || f.at == AT_SOURCE) r->n = 0; /* text that may stand in them */
    if (is_captured_whole(f.is)) begin_text(r, attributes);
}

/* A person's name, or the text where there is no <name>; a source's text is its name in RSS. */
static void end_person(reader *r, position outside)
{
    str text = str_trim((str){r->text, r->n});
    if (outside == AT_PERSON) r->person = arena_copy(r->a, text);
    else take_also(r, &draft_of(r, outside)->author, r->person.len ? r->person : text);
    r->n = 0;
}

static void end_source(reader *r)
{
    if (!r->source.title.s.len) r->source.title.s = arena_copy(r->a, str_trim((str){r->text, r->n}));
    r->n = 0;
}

static void XMLCALL on_end(void *context, const char *element)
{
    reader *r = context;
    if (r->too_deep) return;
    if (r->captured > 1) {
        r->captured--;
        write_end(r, str_from(element));
        return;
    }
    if (!r->stack.n) return;
    frame f = r->stack.v[--r->stack.n];
    position outside = position_of(r);
    if (r->captured) {
        r->captured = 0;
        store(r, f.at, f.is);
        r->n = 0;
    } else if (f.at == AT_PERSON) {
        if (outside != AT_PERSON || f.is == FIELD_AUTHOR) end_person(r, outside);
    } else if (f.at == AT_SOURCE && outside == AT_ITEM) end_source(r);
    else if (f.at == AT_ITEM && outside != AT_ITEM) end_item(r);
    r->bindings.n = f.n_bindings;
    r->language = f.language;
    if (r->stack.n) return;
    r->ended = true; /* whatever stands behind the feed does no harm */
    XML_StopParser(r->parser, XML_FALSE);
}

static void XMLCALL on_text(void *context, const char *bytes, int len)
{
    reader *r = context;
    str s = {bytes, (size_t)len};
    position at = position_of(r);
    if (r->captured > 1) add_escaped(r, s);
    else if (r->captured || at == AT_SOURCE || (at == AT_PERSON && !r->person.len)) add(r, s);
}

/* ---- parsing, and parsing on behind a fault ------------------------------------------------ */

static void free_parser(void *holder)
{
    if (*(XML_Parser *)holder) XML_ParserFree(*(XML_Parser *)holder);
}

static bool open_parser(reader *r)
{
    XML_Parser *holder = arena_new(r->a, XML_Parser, 1);
    arena_defer(r->a, free_parser, holder);
    r->parser = *holder = XML_ParserCreate("UTF-8");
    if (!r->parser) return false;
    XML_SetUserData(r->parser, r);
    XML_SetElementHandler(r->parser, on_start, on_end);
    XML_SetCharacterDataHandler(r->parser, on_text);
    return true;
}

static void note_fault(reader *r, size_t line)
{
    if (r->out->fault.code) return;
    if (r->too_deep)
        error_set(&r->out->fault, SITREP_OVER_LIMIT, "read", "elements are nested more than %d deep",
                  FEED_MAX_DEPTH);
    else
        error_set(&r->out->fault, SITREP_BAD_FORMAT, "read", "damaged feed: %s",
                  XML_ErrorString(XML_GetErrorCode(r->parser)));
    r->out->fault.line = line;
}

/* The next tag that opens an item, from `at` on. */
static size_t next_item(str text, size_t at)
{
    for (; at < text.len; at++) {
        const char *hit = memchr(text.ptr + at, '<', text.len - at);
        if (!hit) break;
        at = (size_t)(hit - text.ptr);
        str name = str_part(text, at + 1, 40);
        size_t end = 0;
        while (end < name.len && !strchr(" \t\r\n/>", name.ptr[end])) end++;
        name = local_name((str){name.ptr, end});
        if (str_eq_nocase(name, STR("item")) || str_eq_nocase(name, STR("entry"))) return at;
    }
    return text.len;
}

/* Back to the feed's own level: what is open is lost. */
static void forget_open(reader *r)
{
    while (r->stack.n && (r->stack.v[r->stack.n - 1].at > AT_FEED || r->stack.n > 2)) {
        r->bindings.n = r->stack.v[--r->stack.n].n_bindings;
        r->language = r->stack.v[r->stack.n].language;
    }
    r->captured = 0;
    r->has_item = r->too_deep = false;
    r->n = 0;
}

/* Parses text[from …); returns where it failed, text.len where it came to the end of the feed. */
static size_t parse_from(reader *r, str text, size_t from, size_t line)
{
    str part = str_part(text, from, text.len);
    if (!open_parser(r)) {
        error_set(&r->out->fault, SITREP_NO_MEMORY, "read", "out of memory");
        return text.len;
    }
    size_t depth = r->stack.n;
    static const char *const roots[] = {"<x>", "<x><x>"};
    if (from && depth
        && depth <= 2) { /* stand-ins for what is open, to be closed by whatever closes the feed */
        XML_SetElementHandler(r->parser, NULL, NULL);
        XML_Parse(r->parser, roots[depth - 1], (int)(depth * 3), 0);
        XML_SetElementHandler(r->parser, on_start, on_end);
    }
    if (XML_Parse(r->parser, part.ptr, (int)part.len, 1) == XML_STATUS_OK || r->ended) return text.len;
    long long at = XML_GetCurrentByteIndex(r->parser) - (from ? (long long)depth * 3 : 0);
    size_t failed = at < 0 ? 0 : (size_t)at;
    note_fault(r, line + XML_GetCurrentLineNumber(r->parser) - 1);
    return from + (failed < part.len ? failed : part.len);
}

static size_t lines_before(str text, size_t from, size_t to)
{
    size_t n = 0;
    for (size_t i = from; i < to; i++) n += text.ptr[i] == '\n';
    return n;
}

void feed_read_xml(arena *a, str text, feed_drafts *out)
{
    enum { MAX_FAULTS = 1000 };
    reader r = {.a = a, .out = out};
    text = feed_mend(a, text);
    size_t from = 0, line = 1;
    for (int i = 0; i < MAX_FAULTS && from < text.len; i++) {
        size_t failed = parse_from(&r, text, from, line);
        if (failed >= text.len || !out->is_feed) return;
        forget_open(&r);
        size_t next = next_item(text, failed > from ? failed : from + 1);
        line += lines_before(text, from, next);
        from = next;
    }
}
