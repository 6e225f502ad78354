/* OpenDocument text (OASIS OpenDocument 1.x, ISO/IEC 26300). */
#include <string.h>

#include "base/map.h"
#include "read/flow.h"
#include "read/office.h"
#include "read/package.h"

typedef struct odt {
    arena *a;
    flow f;
    map parent_of;       /* automatic style -> index in `parents` */
    ARRAY(str) parents;  /* the style that it is made of */
    size_t depth, skip;  /* as in docx.c */
    size_t in_text;      /* inside office:text */
    size_t lists, spans; /* open lists; paragraphs and headings that are open */
    office_facts *facts;
    str *fact;
} odt;

static bool is_one(str name, const char *const *names)
{
    for (; *names; names++)
        if (str_is(name, *names)) return true;
    return false;
}

/* Not shown, or said elsewhere: changes that were deleted, comments, contents and indexes, forms, numbers of notes. */
static bool is_left_out(str name)
{
    static const char *const names[] = {"tracked-changes",
                                        "annotation",
                                        "annotation-end",
                                        "table-of-content",
                                        "illustration-index",
                                        "table-index",
                                        "alphabetical-index",
                                        "user-index",
                                        "object-index",
                                        "bibliography",
                                        "note-citation",
                                        "forms",
                                        "sequence-decls",
                                        "hidden-text",
                                        "hidden-paragraph",
                                        "desc",
                                        "ruby-text",
                                        "title",
                                        "binary-data",
                                        "sender-initials",
                                        NULL};
    return is_one(name, names);
}

static void remember_style(odt *x, const char **attributes)
{
    str name = xml_attribute(attributes, "name"), parent = xml_attribute(attributes, "parent-style-name");
    if (!name.len || !parent.len || x->parents.n >= 10000) return;
    map_put(x->a, &x->parent_of, arena_copy(x->a, name))->value = (uint32_t)x->parents.n;
    *array_push(x->a, &x->parents) = arena_copy(x->a, parent);
}

/* The kind of a paragraph by its style's name, which is English in every language's files; spaces are "_20_". */
static block_kind kind_of(const odt *x, str style)
{
    uint32_t at = map_get(&x->parent_of, style);
    if (at != MAP_NONE) style = x->parents.v[at];
    bool title = str_is(style, "Title") || str_is(style, "Subtitle") || str_starts(style, STR("Heading"));
    bool caption = str_is(style, "Caption") || str_is(style, "Illustration") || str_is(style, "Figure");
    return title                     ? BLOCK_TITLE
           : caption                 ? BLOCK_CAPTION
           : x->lists && !x->f.notes ? BLOCK_LIST_ITEM
                                     : BLOCK_PARAGRAPH;
}

static void add_spaces(odt *x, str name)
{
    if (str_is(name, "s") || str_is(name, "tab")) flow_add(&x->f, STR(" "));
    else if (str_is(name, "line-break")) flow_add(&x->f, STR("\n"));
}

static void content_start(void *context, str name, const char **attributes)
{
    odt *x = context;
    x->depth++;
    if (x->skip) return;
    if (str_is(name, "style")) remember_style(x, attributes);
    else if (str_is(name, "text")) x->in_text++;
    else if (!x->in_text) return;
    else if (is_left_out(name)) x->skip = x->depth;
    else if (str_is(name, "h")) flow_begin(&x->f, BLOCK_TITLE);
    else if (str_is(name, "p")) flow_begin(&x->f, kind_of(x, xml_attribute(attributes, "style-name")));
    else if (str_is(name, "list")) x->lists++;
    else if (str_is(name, "table")) flow_table_begin(&x->f);
    else if (str_is(name, "note")) flow_note_begin(&x->f);
    else add_spaces(x, name);
}

static void content_end(void *context, str name)
{
    odt *x = context;
    size_t depth = x->depth--;
    if (x->skip) {
        if (x->skip == depth) x->skip = 0;
    } else if (str_is(name, "text") && x->in_text) x->in_text--;
    else if (!x->in_text) return;
    else if (str_is(name, "h") || str_is(name, "p")) flow_end(&x->f);
    else if (str_is(name, "list") && x->lists) x->lists--;
    else if (str_is(name, "table-cell") || str_is(name, "covered-table-cell")) flow_cell_next(&x->f);
    else if (str_is(name, "table-row")) flow_row_end(&x->f);
    else if (str_is(name, "table")) flow_table_end(&x->f);
    else if (str_is(name, "note")) flow_note_end(&x->f);
}

/* Line feeds in the file are spaces; real ones are elements. */
static void content_text(void *context, str text)
{
    odt *x = context;
    if (x->skip || !x->in_text) return;
    while (text.len) {
        const char *hit = memchr(text.ptr, '\n', text.len);
        size_t n = hit ? (size_t)(hit - text.ptr) : text.len;
        flow_add(&x->f, str_part(text, 0, n));
        if (hit) flow_add(&x->f, STR(" "));
        text = str_part(text, n + (hit != NULL), text.len);
    }
}

static bool content_full(void *context)
{
    return ((odt *)context)->f.over;
}

static void fact_start(void *context, str name, const char **attributes)
{
    odt *x = context;
    (void)attributes;
    bool second = str_is(name, "creator") && !x->facts->author.len; /* who saved it last */
    x->fact = str_is(name, "title")                       ? &x->facts->title
              : str_is(name, "initial-creator") || second ? &x->facts->author
              : str_is(name, "creation-date")             ? &x->facts->created
              : str_is(name, "language")                  ? &x->facts->language
                                                          : NULL;
    if (x->fact) *x->fact = (str){0};
}

static void fact_end(void *context, str name)
{
    (void)name;
    ((odt *)context)->fact = NULL;
}

static void fact_text(void *context, str text)
{
    odt *x = context;
    if (!x->fact || x->fact->len > 1000) return;
    str so_far = *x->fact;
    *x->fact = arena_format(x->a, "%.*s%.*s", (int)so_far.len, so_far.len ? so_far.ptr : "", (int)text.len,
                            text.ptr);
}

bool odt_read(str bytes, size_t cap_bytes, document *d, office_facts *facts, error *e)
{
    odt *x = arena_new(d->arena, odt, 1);
    *x = (odt){.a = d->arena, .facts = facts};
    package *p = package_open(d->arena, bytes, e);
    if (!p) return false;
    flow_init(&x->f, d, cap_bytes);
    xml_calls calls = {x, content_start, content_end, content_text, content_full};
    if (!package_read(p, "content.xml", &calls, e)) return false;
    package_read(p, "meta.xml",
                 &(xml_calls){.context = x, .start = fact_start, .end = fact_end, .text = fact_text}, NULL);
    flow_finish(&x->f);
    return !x->f.over
           || error_set(e, SITREP_OVER_LIMIT, "read", "its text is longer than the limit of %zu bytes",
                        cap_bytes);
}
