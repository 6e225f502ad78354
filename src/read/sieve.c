#include "read/sieve.h"

#include "read/builder.h"
#include "read/markup.h"
#include "read/tags.h"

enum {
    MAX_DEPTH = 512,     /* elements inside each other; browsers stop there, too */
    MAX_FORMATTING = 32, /* formatting elements left open; every paragraph opens them again */
    MAX_VALUE = 1 << 16, /* bytes of an attribute */
    MAX_CLASS = 2048,
    MAX_SRCSET = 8192,
    GLUE_BYTES = 34, /* "&" and the longest name of a character */
    MAX_KEPT = 32
};

#define NOWHERE SIZE_MAX

typedef enum edge { AT_BLOCK, AT_TEXT } edge;

typedef struct sieve {
    arena *a;
    str page;
    size_t at;   /* everything before it is dealt with */
    size_t kept; /* from here to `at` it stays, not yet written */
    text_builder b;
    edge last;                              /* what was kept last */
    size_t space;                           /* white space that stays if no block follows; NOWHERE = none */
    bool pre;                               /* white space counts */
    uint32_t depth, beyond;                 /* open elements; those that were cut */
    uint32_t formatting, formatting_beyond; /* the same of formatting elements */
    sieved *out;
} sieve;

static void flush(sieve *s, size_t upto)
{
    if (upto > s->kept) builder_add(&s->b, str_part(s->page, s->kept, upto - s->kept), s->kept);
    s->kept = upto;
}

/* Leaves out [from, to); what is before it stays. */
static void cut(sieve *s, size_t from, size_t to)
{
    flush(s, from);
    s->kept = s->at = to;
}

/* ---- text -------------------------------------------------------------------------------- */

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static void give_space(sieve *s)
{
    if (s->space != NOWHERE) builder_add(&s->b, STR(" "), s->space);
    s->space = NOWHERE;
}

/* White space of more than two bytes becomes one. */
static void text(sieve *s, size_t end)
{
    size_t start = s->at;
    while (start < end && is_space(s->page.ptr[start])) start++;
    if (start == end && !s->pre) {
        if (s->last == AT_TEXT && s->space == NOWHERE && end > s->at) s->space = s->at;
        cut(s, s->at, end);
        return;
    }
    give_space(s);
    for (size_t i = s->at; i < end && !s->pre; i++) {
        if (!is_space(s->page.ptr[i])) continue;
        size_t k = i + 1;
        while (k < end && is_space(s->page.ptr[k])) k++;
        if (k > i + 2) cut(s, i + 1, k);
        i = k;
    }
    s->at = end;
    s->last = AT_TEXT;
}

/* Would what stands before a cut join what stands behind it to another tag or character? */
static bool would_glue(const sieve *s, size_t from)
{
    size_t n = from < GLUE_BYTES ? from : GLUE_BYTES;
    return n && (s->page.ptr[from - 1] == '<' || memchr(s->page.ptr + from - n, '&', n));
}

/* Cuts a piece of markup. */
static void cut_piece(sieve *s, size_t to)
{
    bool glue = would_glue(s, s->at);
    cut(s, s->at, to);
    if (glue) builder_add(&s->b, STR("<!---->"), to);
}

/* ---- which attributes stay --------------------------------------------------------------- */

typedef enum attribute_rule {
    KEEP,
    KEEP_NAMES,
    KEEP_STYLE,
    KEEP_OF_HTML,
    KEEP_OF_META,
    KEEP_OF_INPUT,
    KEEP_LINK,
    KEEP_MEDIA
} attribute_rule;

static const struct {
    const char *name;
    attribute_rule rule;
} known_attributes[] = {
    {"class", KEEP_NAMES},
    {"id", KEEP_NAMES},
    {"href", KEEP_LINK},
    {"src", KEEP_MEDIA},
    {"style", KEEP_STYLE},
    {"alt", KEEP_MEDIA},
    {"title", KEEP_MEDIA},
    {"rel", KEEP},
    {"role", KEEP},
    {"type", KEEP_OF_INPUT},
    {"name", KEEP_OF_META},
    {"content", KEEP},
    {"property", KEEP},
    {"itemprop", KEEP},
    {"hidden", KEEP},
    {"aria-hidden", KEEP},
    {"datetime", KEEP},
    {"pubdate", KEEP},
    {"lang", KEEP_OF_HTML},
    {"xml:lang", KEEP_OF_HTML},
    {"srcset", KEEP_MEDIA},
    {"data-src", KEEP_MEDIA},
    {"data-srcset", KEEP_MEDIA},
    {"data-original", KEEP_MEDIA},
    {"data-lazy-src", KEEP_MEDIA},
    {"data-lazy-srcset", KEEP_MEDIA},
    {"data", KEEP_MEDIA},
    {"poster", KEEP_MEDIA},
    {"width", KEEP_MEDIA},
    {"height", KEEP_MEDIA},
};

enum { N_ATTRIBUTES = sizeof known_attributes / sizeof *known_attributes };
_Static_assert((int)N_ATTRIBUTES <= (int)MAX_KEPT, "a bit for each");

static int known_attribute(str name)
{
    char first = (char)(name.ptr[0] | 32);
    for (int i = 0; i < N_ATTRIBUTES; i++)
        if (known_attributes[i].name[0] == first && str_eq_nocase(str_from(known_attributes[i].name), name))
            return i;
    return -1;
}

static bool holds(str s, const char *part)
{
    str p = str_from(part);
    return str_find(s, p, 0) < s.len;
}

static bool bears_media(GumboTag t)
{
    switch (t) {
    case GUMBO_TAG_IMG:
    case GUMBO_TAG_IMAGE:
    case GUMBO_TAG_SOURCE:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_OBJECT: return true;
    default: return false;
    }
}

static bool stays(GumboTag t, attribute_rule rule, str value)
{
    switch (rule) {
    case KEEP: return value.len < MAX_VALUE;
    case KEEP_NAMES: return value.len && value.len < MAX_CLASS;
    case KEEP_STYLE:
        return value.len < MAX_CLASS
               && (holds(value, "none") || holds(value, "hidden")
                   || (t == GUMBO_TAG_A && holds(value, "background-image")));
    case KEEP_OF_HTML: return t == GUMBO_TAG_HTML;
    case KEEP_OF_META: return t == GUMBO_TAG_META && value.len < MAX_CLASS;
    case KEEP_OF_INPUT:
        return t == GUMBO_TAG_INPUT || t == GUMBO_TAG_SCRIPT || (bears_media(t) && value.len < 128);
    case KEEP_LINK:
        return (t == GUMBO_TAG_LINK || t == GUMBO_TAG_BASE || t == GUMBO_TAG_A) && value.len < MAX_CLASS;
    default: return bears_media(t) && value.len < MAX_SRCSET && !str_starts(value, STR("data:"));
    }
}

/* ---- tags -------------------------------------------------------------------------------- */

typedef struct tag {
    size_t start, name_end, end;
    GumboTag tag;
    uint32_t kinds, n_seen, n; /* attributes; those that stay */
    bool closing, empty, cut;
    str type, rel; /* of scripts, of links */
    markup_attribute kept[MAX_KEPT];
} tag;

static void take_attribute(tag *t, const markup_attribute *a, uint32_t *seen)
{
    int known = known_attribute(a->name);
    t->n_seen++;
    if (known < 0 || *seen >> known & 1 || !stays(t->tag, known_attributes[known].rule, a->value)) return;
    *seen |= 1u << known;
    t->kept[t->n++] = *a;
    if (known_attributes[known].rule == KEEP_OF_INPUT) t->type = str_trim(a->value);
    if (a->name.len == 3 && known_attributes[known].rule == KEEP && (a->name.ptr[2] | 32) == 'l')
        t->rel = a->value;
}

/* Where a link leads matters where it tells of a licence. */
static void drop_address(tag *t)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < t->n; i++) {
        str value = t->kept[i].value;
        bool dull = str_eq_nocase(t->kept[i].name, STR("href")) && !holds(t->rel, "licen")
                    && !holds(value, "licen") && !holds(value, "creativecommons");
        if (!dull) t->kept[n++] = t->kept[i];
    }
    t->n = n;
}

static void read_tag(const sieve *s, size_t at, tag *t)
{
    uint32_t seen = 0;
    markup_attribute a;
    t->start = at;
    t->closing = s->page.ptr[at + 1] == '/';
    size_t name = at + 1 + t->closing;
    t->name_end = t->end = markup_name_end(s->page, name);
    t->tag = gumbo_tagn_enum(s->page.ptr + name, (unsigned)(t->name_end - name));
    t->kinds = tag_kinds(t->tag);
    t->n = t->n_seen = 0;
    t->type = t->rel = (str){0};
    while (markup_attribute_next(s->page, &t->end, &a, &t->empty, &t->cut))
        if (!t->closing) take_attribute(t, &a, &seen);
        else t->n_seen++;
    if (t->tag == GUMBO_TAG_A) drop_address(t);
}

/* Writes the tag at s->at with the attributes that stay. */
static void keep_tag(sieve *s, const tag *t)
{
    if (t->kinds & TAG_BLOCK) s->space = NOWHERE;
    else give_space(s);
    s->last = t->kinds & TAG_BLOCK || t->tag == GUMBO_TAG_BR ? AT_BLOCK : AT_TEXT;
    s->at = t->end;
    if (t->n == t->n_seen) return;
    flush(s, t->name_end);
    for (uint32_t i = 0; i < t->n; i++) {
        const markup_attribute *a = &t->kept[i];
        builder_add(&s->b, STR(" "), a->start - 1);
        builder_add(&s->b, str_part(s->page, a->start, a->end - a->start), a->start);
    }
    if (t->empty && !(t->kinds & TAG_VOID)) builder_add(&s->b, STR(" /"), t->end - 2);
    s->kept = t->end - 1;
}

/* ---- what is cut with all that it holds -------------------------------------------------- */

/* Behind the end tag that begins at `at`. */
static size_t behind(const sieve *s, size_t at)
{
    return at < s->page.len ? markup_tag_end(s->page, markup_name_end(s->page, at + 2)) : at;
}

static void cut_script(sieve *s, const tag *t)
{
    size_t end = markup_script_end(s->page, t->end);
    static const char wanted[] = "application/ld+json";
    if (str_eq_nocase(str_part(t->type, 0, sizeof wanted - 1), STR(wanted)))
        *array_push(s->a, &s->out->linked) = str_part(s->page, t->end, end - t->end);
    cut_piece(s, behind(s, end));
}

/* Where a drawing ends: its own end, or the first tag that cannot stand in one. */
static size_t svg_end(const sieve *s, size_t at)
{
    uint32_t depth = 1, inside_html = 0, links = 0;
    str page = s->page;
    tag t;
    for (;;) {
        const char *hit = memchr(page.ptr + at, '<', page.len - at);
        if (!hit) return page.len;
        at = (size_t)(hit - page.ptr);
        if (!markup_is_tag(page, at)) {
            bool declaration = at + 1 < page.len && strchr("!?/", page.ptr[at + 1]) && page.ptr[at + 1];
            size_t cdata =
                str_starts(str_part(page, at, 9), STR("<![CDATA[")) ? str_find(page, STR("]]>"), at) : 0;
            if (cdata) at = cdata < page.len ? cdata + 3 : page.len;
            else at = declaration ? markup_declaration_end(page, at) : at + 1;
            continue;
        }
        read_tag(s, at, &t);
        bool island =
            t.tag == GUMBO_TAG_FOREIGNOBJECT || t.tag == GUMBO_TAG_DESC || t.tag == GUMBO_TAG_TITLE;
        if (t.tag == GUMBO_TAG_SVG) {
            depth += t.closing ? -1u : !t.empty;
            if (!depth) return t.end;
        } else if (island) {
            inside_html += t.closing ? (inside_html ? -1u : 0) : !t.empty;
        } else if (t.tag == GUMBO_TAG_A) {
            if (t.closing && !links && !inside_html) return at;
            links += t.closing ? (links ? -1u : 0) : 1;
        } else if (!inside_html) {
            bool foreign = !(t.kinds & (TAG_BREAKOUT | TAG_BLOCK)) && t.tag != GUMBO_TAG_BUTTON
                           && t.tag != GUMBO_TAG_LABEL;
            if (!foreign) return at;
        }
        at = t.end;
        if (inside_html && !t.closing && (t.tag == GUMBO_TAG_STYLE || t.tag == GUMBO_TAG_SCRIPT))
            at = t.tag == GUMBO_TAG_STYLE ? markup_raw_end(page, at, "style") : markup_script_end(page, at);
    }
}

/* Where a list of choices ends: its own end, or what ends it by beginning. */
static size_t select_end(const sieve *s, size_t at)
{
    for (;;) {
        const char *hit = memchr(s->page.ptr + at, '<', s->page.len - at);
        if (!hit) return s->page.len;
        at = (size_t)(hit - s->page.ptr);
        if (!markup_is_tag(s->page, at)) {
            at = str_starts(str_part(s->page, at, 4), STR("<!--")) ? markup_declaration_end(s->page, at)
                                                                   : at + 1;
            continue;
        }
        bool closing = s->page.ptr[at + 1] == '/';
        size_t name = at + 1 + closing, name_end = markup_name_end(s->page, name);
        GumboTag t = gumbo_tagn_enum(s->page.ptr + name, (unsigned)(name_end - name));
        if (t == GUMBO_TAG_SELECT) return markup_tag_end(s->page, name_end);
        bool ends = t == GUMBO_TAG_INPUT || t == GUMBO_TAG_KEYGEN || t == GUMBO_TAG_TEXTAREA
                    || t == GUMBO_TAG_TABLE || t == GUMBO_TAG_TBODY || t == GUMBO_TAG_TR
                    || t == GUMBO_TAG_TD || t == GUMBO_TAG_TH;
        if (ends) return at;
        at = markup_tag_end(s->page, name_end);
        if (t == GUMBO_TAG_SCRIPT && !closing) at = behind(s, markup_script_end(s->page, at));
    }
}

static bool is_useless_link(const tag *t)
{
    static const char *const uses[] = {"canonical", "license", "author"};
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++)
        if (holds(t->rel, uses[i]) || str_eq_nocase(str_trim(t->rel), str_from(uses[i]))) return false;
    return true;
}

/* Elements of which nothing, or nothing but the tags, goes to the parser. True = it was one. */
static bool cut_element(sieve *s, const tag *t)
{
    switch (t->tag) {
    case GUMBO_TAG_SCRIPT: cut_script(s, t); return true;
    case GUMBO_TAG_STYLE: cut_piece(s, behind(s, markup_raw_end(s->page, t->end, "style"))); return true;
    case GUMBO_TAG_TEXTAREA:
        cut_piece(s, behind(s, markup_raw_end(s->page, t->end, "textarea")));
        return true;
    case GUMBO_TAG_SVG: cut_piece(s, t->empty ? t->end : svg_end(s, t->end)); return true;
    case GUMBO_TAG_SELECT: cut_piece(s, select_end(s, t->end)); return true;
    case GUMBO_TAG_LINK:
        if (is_useless_link(t)) cut_piece(s, t->end);
        return s->at == t->end;
    case GUMBO_TAG_META:
        if (t->n < 2) cut_piece(s, t->end);
        return s->at == t->end;
    default: return false;
    }
}

/* ---- bounds ------------------------------------------------------------------------------ */

/* Counts an open or closed element; true where its tag is one too many. */
static bool is_beyond(uint32_t *open, uint32_t *beyond, uint32_t limit, bool closing)
{
    if (!closing && *open >= limit) return ++*beyond;
    if (!closing) return ++*open, false;
    if (*beyond) return (*beyond)--;
    *open -= *open > 0;
    return false;
}

static bool is_too_much(sieve *s, const tag *t)
{
    if (t->kinds & (TAG_FLAT | TAG_RAW)) return false;
    if (t->kinds & TAG_FORMAT
        && is_beyond(&s->formatting, &s->formatting_beyond, MAX_FORMATTING, t->closing))
        return true;
    return is_beyond(&s->depth, &s->beyond, MAX_DEPTH, t->closing);
}

/* ---- all of it --------------------------------------------------------------------------- */

/* What a raw element holds, up to its end tag. */
static void raw_content(sieve *s, const tag *t)
{
    char name[16];
    size_t n = t->name_end - t->start - 1;
    if (t->tag == GUMBO_TAG_PLAINTEXT) s->at = s->page.len;
    if (!(t->kinds & TAG_RAW) || t->closing || n >= sizeof name) return;
    memcpy(name, s->page.ptr + t->start + 1, n);
    name[n] = 0;
    size_t end = markup_raw_end(s->page, s->at, name);
    if (t->tag == GUMBO_TAG_TITLE || t->tag == GUMBO_TAG_XMP) s->at = end;
    else cut(s, s->at, end);
    s->last = AT_TEXT;
}

static void start_or_end(sieve *s)
{
    tag t;
    read_tag(s, s->at, &t);
    if (t.cut) {
        cut(s, s->at, s->page.len);
        return;
    }
    if (!t.closing && cut_element(s, &t)) return;
    if (is_too_much(s, &t)) {
        cut_piece(s, t.end);
        if (t.kinds & TAG_BLOCK) {
            builder_add(&s->b, STR("<p>"), t.start);
            s->last = AT_BLOCK;
        }
        return;
    }
    keep_tag(s, &t);
    if (t.tag == GUMBO_TAG_PRE || t.tag == GUMBO_TAG_LISTING) s->pre = !t.closing;
    raw_content(s, &t);
}

static void markup(sieve *s)
{
    char c = s->at + 1 < s->page.len ? s->page.ptr[s->at + 1] : 0;
    if (markup_is_tag(s->page, s->at)) {
        start_or_end(s);
        return;
    }
    size_t end = c == '!' || c == '?' || c == '/' ? markup_declaration_end(s->page, s->at) : s->at + 1;
    bool doctype = str_eq_nocase(str_part(s->page, s->at, 9), STR("<!doctype"));
    if (end == s->at + 1) give_space(s), s->last = AT_TEXT;
    if (end == s->at + 1 || doctype) s->at = end;
    else cut_piece(s, end);
}

sieved sieve_page(arena *a, str page)
{
    sieved out = {0};
    sieve s = {.a = a, .page = page, .space = NOWHERE, .out = &out};
    builder_init(&s.b, a, page.len / 4);
    while (s.at < page.len) {
        const char *hit = memchr(page.ptr + s.at, '<', page.len - s.at);
        size_t end = hit ? (size_t)(hit - page.ptr) : page.len;
        if (end > s.at) text(&s, end);
        if (hit) markup(&s);
    }
    flush(&s, page.len);
    out.html = builder_text(&s.b);
    out.runs = s.b.runs;
    return out;
}
