/* WordprocessingML (ECMA-376), transitional and strict. */
#include <string.h>

#include "base/map.h"
#include "read/flow.h"
#include "read/office.h"
#include "read/package.h"

/* What a paragraph style makes of its paragraphs. */
typedef enum style_flag {
    STYLE_TITLE = 1,
    STYLE_LIST = 2,
    STYLE_CAPTION = 4,
    STYLE_CONTENTS = 8
} style_flag;

enum { MOST_STYLES = 10000 };

typedef struct style {
    str id, based_on;
    uint32_t flags;
} style;

typedef struct docx {
    arena *a;
    flow f;
    ARRAY(style) styles;
    map style_of; /* id -> index */
    style open_style;
    size_t depth, skip;      /* open elements; depth at which a subtree to be left out began, 0 = none */
    size_t run_depth;        /* open w:r … */
    bool hidden;             /* … whose text is not shown */
    size_t in_text, changes; /* inside w:t; inside w:pPrChange, w:rPrChange: what was there before */
    uint32_t paragraph_flags[FLOW_DEPTH];
    office_facts *facts;
    str *fact; /* whose text comes */
    str target;
} docx;

static str keep(arena *a, str s)
{
    return s.ptr ? arena_copy(a, s) : (str){0};
}

/* ---- the relations of the package: which part is the document ----------------------------- */

static void relation_start(void *context, str name, const char **attributes)
{
    docx *x = context;
    str type = xml_attribute(attributes, "Type"), target = xml_attribute(attributes, "Target");
    if (!str_is(name, "Relationship") || !str_ends(type, STR("/officeDocument")) || x->target.len) return;
    if (str_starts(target, STR("/"))) target = str_part(target, 1, target.len);
    x->target = keep(x->a, target);
}

/* ---- styles ------------------------------------------------------------------------------ */

/* By the style's name, which is English in every language's files. */
static uint32_t flags_of_name(str name)
{
    static const struct {
        const char *start;
        uint32_t flag;
    } names[] = {{"heading ", STYLE_TITLE},   {"title", STYLE_TITLE},
                 {"subtitle", STYLE_TITLE},   {"caption", STYLE_CAPTION},
                 {"toc ", STYLE_CONTENTS},    {"table of figures", STYLE_CONTENTS},
                 {"list bullet", STYLE_LIST}, {"list number", STYLE_LIST}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq_nocase(str_part(name, 0, strlen(names[i].start)), str_from(names[i].start)))
            return names[i].flag;
    return 0;
}

static void style_start(void *context, str name, const char **attributes)
{
    docx *x = context;
    str value = xml_attribute(attributes, "val");
    if (str_is(name, "style"))
        x->open_style = (style){.id = keep(x->a, xml_attribute(attributes, "styleId"))};
    else if (!x->open_style.id.len) return;
    else if (str_is(name, "name")) x->open_style.flags |= flags_of_name(value);
    else if (str_is(name, "basedOn")) x->open_style.based_on = keep(x->a, value);
    else if (str_is(name, "numId") && !str_is(value, "0")) x->open_style.flags |= STYLE_LIST;
    else if (str_is(name, "outlineLvl") && !str_is(value, "9")) x->open_style.flags |= STYLE_TITLE;
}

static void style_end(void *context, str name)
{
    docx *x = context;
    if (!str_is(name, "style") || !x->open_style.id.len || x->styles.n == MOST_STYLES) return;
    map_put(x->a, &x->style_of, x->open_style.id)->value = (uint32_t)x->styles.n;
    *array_push(x->a, &x->styles) = x->open_style;
    x->open_style = (style){0};
}

/* With those of the styles that it is based on. */
static uint32_t flags_of_style(const docx *x, str id)
{
    uint32_t flags = 0, at = map_get(&x->style_of, id);
    for (int i = 0; i < 12 && at != MAP_NONE; i++, at = map_get(&x->style_of, x->styles.v[at].based_on)) {
        flags |= x->styles.v[at].flags;
        if (!x->styles.v[at].based_on.len) break;
    }
    return flags ? flags : flags_of_name(id);
}

/* ---- the text ---------------------------------------------------------------------------- */

static bool is_one(str name, const char *const *names)
{
    for (; *names; names++)
        if (str_is(name, *names)) return true;
    return false;
}

/* Subtrees without text that is read. Fallback says once more what stands in its sibling Choice. */
static bool is_left_out(str name)
{
    static const char *const names[] = {"del",         "moveFrom",   "Fallback",     "instrText",
                                        "fldData",     "delText",    "delInstrText", "sectPrChange",
                                        "tblPrChange", "tcPrChange", "trPrChange",   "numberingChange",
                                        "rt",          NULL};
    return is_one(name, names);
}

static uint32_t *open_flags(docx *x)
{
    size_t n = x->f.depth;
    return n ? &x->paragraph_flags[(n < FLOW_DEPTH ? n : FLOW_DEPTH) - 1] : NULL;
}

static void begin_paragraph(docx *x)
{
    flow_begin(&x->f, BLOCK_PARAGRAPH);
    *open_flags(x) = 0;
}

static void end_paragraph(docx *x)
{
    if (!x->f.depth) return;
    uint32_t flags = *open_flags(x);
    if (flags & STYLE_LIST) flow_kind(&x->f, BLOCK_LIST_ITEM);
    if (flags & STYLE_CAPTION) flow_kind(&x->f, BLOCK_CAPTION);
    if (flags & STYLE_TITLE) flow_kind(&x->f, BLOCK_TITLE);
    if (flags & STYLE_CONTENTS) flow_kind(&x->f, BLOCK_NOTICE);
    flow_end(&x->f);
}

static bool is_on(str value)
{
    return !str_is(value, "0") && !str_is(value, "false") && !str_is(value, "off");
}

static void paragraph_property(docx *x, str name, str value)
{
    uint32_t *flags = open_flags(x);
    if (!flags || x->changes) return;
    if (str_is(name, "pStyle")) *flags |= flags_of_style(x, value);
    else if (str_is(name, "outlineLvl") && !str_is(value, "9")) *flags |= STYLE_TITLE;
    else if (str_is(name, "numId"))
        *flags = str_is(value, "0") ? *flags & ~(uint32_t)STYLE_LIST : *flags | STYLE_LIST;
    else if (x->run_depth && (str_is(name, "vanish") || str_is(name, "webHidden")))
        x->hidden = is_on(value);
}

static void text_sign(docx *x, str name)
{
    if (x->hidden) return;
    if (str_is(name, "tab") && x->run_depth) flow_add(&x->f, STR(" "));
    else if (str_is(name, "br") || str_is(name, "cr")) flow_add(&x->f, STR("\n"));
    else if (str_is(name, "noBreakHyphen")) flow_add(&x->f, STR("-"));
}

static void body_start(void *context, str name, const char **attributes)
{
    docx *x = context;
    x->depth++;
    if (x->skip) return;
    str value = xml_attribute(attributes, "val");
    if (is_left_out(name)) x->skip = x->depth;
    else if (str_is(name, "p")) begin_paragraph(x);
    else if (str_is(name, "r")) x->run_depth++, x->hidden = false;
    else if (str_is(name, "t")) x->in_text++;
    else if (str_is(name, "tbl")) flow_table_begin(&x->f);
    else if (str_is(name, "pPrChange") || str_is(name, "rPrChange")) x->changes++;
    else {
        paragraph_property(x, name, value);
        text_sign(x, name);
    }
}

static void body_end(void *context, str name)
{
    docx *x = context;
    size_t depth = x->depth--;
    if (x->skip) {
        if (x->skip == depth) x->skip = 0;
    } else if (str_is(name, "p")) end_paragraph(x);
    else if (str_is(name, "r") && x->run_depth) x->run_depth--, x->hidden = false;
    else if (str_is(name, "t") && x->in_text) x->in_text--;
    else if (str_is(name, "tc")) flow_cell_next(&x->f);
    else if (str_is(name, "tr")) flow_row_end(&x->f);
    else if (str_is(name, "tbl")) flow_table_end(&x->f);
    else if ((str_is(name, "pPrChange") || str_is(name, "rPrChange")) && x->changes) x->changes--;
}

static void body_text(void *context, str text)
{
    docx *x = context;
    if (x->in_text && !x->skip && !x->hidden) flow_add(&x->f, text);
}

static bool body_full(void *context)
{
    return ((docx *)context)->f.over;
}

/* Notes whose type says that they are lines between text and notes are no notes. */
static void note_start(void *context, str name, const char **attributes)
{
    docx *x = context;
    bool note = str_is(name, "footnote") || str_is(name, "endnote");
    if (note && !x->skip && xml_attribute(attributes, "type").len
        && !str_is(xml_attribute(attributes, "type"), "normal")) {
        x->skip = ++x->depth;
        return;
    }
    body_start(context, name, attributes);
}

static bool read_body(docx *x, package *p, const char *part, error *e)
{
    xml_calls calls = {x, body_start, body_end, body_text, body_full};
    return package_read(p, part, &calls, e);
}

static void read_notes(docx *x, package *p, const char *part)
{
    xml_calls calls = {x, note_start, body_end, body_text, body_full};
    x->depth = x->skip = x->run_depth = x->in_text = x->changes = 0;
    flow_note_begin(&x->f);
    if (package_has(p, part)) package_read(p, part, &calls, NULL);
    while (x->f.depth) flow_end(&x->f);
    flow_note_end(&x->f);
}

/* ---- what the file says of itself --------------------------------------------------------- */

static void fact_start(void *context, str name, const char **attributes)
{
    docx *x = context;
    (void)attributes;
    x->fact = str_is(name, "title")      ? &x->facts->title
              : str_is(name, "creator")  ? &x->facts->author
              : str_is(name, "created")  ? &x->facts->created
              : str_is(name, "language") ? &x->facts->language
                                         : NULL;
    if (x->fact) *x->fact = (str){0};
}

static void fact_end(void *context, str name)
{
    (void)name;
    ((docx *)context)->fact = NULL;
}

static void fact_text(void *context, str text)
{
    docx *x = context;
    if (!x->fact || x->fact->len > 1000) return;
    str so_far = *x->fact;
    *x->fact = arena_format(x->a, "%.*s%.*s", (int)so_far.len, so_far.len ? so_far.ptr : "", (int)text.len,
                            text.ptr);
}

static const char *sibling(arena *a, str part, const char *name)
{
    size_t slash = part.len;
    while (slash && part.ptr[slash - 1] != '/') slash--;
    return arena_format(a, "%.*s%s", (int)slash, part.ptr, name).ptr;
}

bool docx_read(str bytes, size_t cap_bytes, document *d, office_facts *facts, error *e)
{
    docx *x = arena_new(d->arena, docx, 1);
    *x = (docx){.a = d->arena, .facts = facts};
    package *p = package_open(d->arena, bytes, e);
    if (!p) return false;
    flow_init(&x->f, d, cap_bytes);
    package_read(p, "_rels/.rels", &(xml_calls){.context = x, .start = relation_start}, NULL);
    str part = x->target.len ? x->target : STR("word/document.xml");
    package_read(p, sibling(x->a, part, "styles.xml"),
                 &(xml_calls){.context = x, .start = style_start, .end = style_end}, NULL);
    if (!read_body(x, p, part.ptr, e)) return false;
    read_notes(x, p, sibling(x->a, part, "footnotes.xml"));
    read_notes(x, p, sibling(x->a, part, "endnotes.xml"));
    package_read(p, "docProps/core.xml",
                 &(xml_calls){.context = x, .start = fact_start, .end = fact_end, .text = fact_text}, NULL);
    flow_finish(&x->f);
    return !x->f.over
           || error_set(e, SITREP_OVER_LIMIT, "read", "its text is longer than the limit of %zu bytes",
                        cap_bytes);
}
