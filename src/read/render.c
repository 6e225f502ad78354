/* What is kept of a page -> text: white space collapsed, paragraphs apart, a map back to the page's bytes. */
#include "base/utf8.h"
#include "read/builder.h"
#include "read/page.h"

typedef enum gap { GAP_NONE, GAP_SPACE, GAP_CELL, GAP_LINE, GAP_PARAGRAPH } gap;

typedef struct renderer {
    const page *p;
    run_cursor to_page, to_bytes;
    document *d;
    text_builder b;
    gap gap;         /* to be written before the next character */
    size_t end;      /* of the last character in the sieved page; 0 = it stands nowhere there */
    block_kind kind; /* of the block that the next character belongs to */
    size_t start;    /* of the open block; SIZE_MAX = none is open */
    block_kind open_kind;
    bool pre;
    uint32_t table_end; /* of the table of figures and names that the next node is in */
} renderer;

/* ---- the map ----------------------------------------------------------------------------- */

static uint64_t follow_runs(run_cursor *c, uint64_t at)
{
    const raw_run_array *runs = c->runs;
    if (!runs->n || at == RAW_NONE) return at;
    if (c->run >= runs->n || runs->v[c->run].text_start > at) c->run = 0;
    bool far = c->run + 8 < runs->n && runs->v[c->run + 8].text_start <= at;
    if (far) {
        size_t low = c->run, high = runs->n;
        while (high - low > 1) {
            size_t mid = (low + high) / 2;
            if (runs->v[mid].text_start <= at) low = mid;
            else high = mid;
        }
        c->run = low;
    }
    while (c->run + 1 < runs->n && runs->v[c->run + 1].text_start <= at) c->run++;
    const raw_run *r = &runs->v[c->run];
    return r->raw_start == RAW_NONE ? RAW_NONE : r->raw_start + (at - r->text_start);
}

/* Raw offset of a byte of the sieved page. */
static uint64_t raw_of(renderer *r, size_t at)
{
    return follow_runs(&r->to_bytes, follow_runs(&r->to_page, at));
}

/* The raw offset behind the last character. Its last byte is asked for, since what follows may have been cut. */
static uint64_t raw_end(renderer *r)
{
    if (!r->end) return RAW_NONE;
    return follow_runs(&r->to_bytes, follow_runs(&r->to_page, r->end - 1) + 1);
}

/* ---- blocks ------------------------------------------------------------------------------ */

static void close_block(renderer *r)
{
    if (r->start == SIZE_MAX) return;
    span at = {(uint32_t)r->start, (uint32_t)(r->b.n - r->start)};
    if (at.len) *array_push(r->d->arena, &r->d->blocks) = (block){at, r->open_kind};
    r->start = SIZE_MAX;
}

static void want(renderer *r, gap g)
{
    if (g >= GAP_LINE) close_block(r);
    if (g > r->gap) r->gap = g;
}

static void before_character(renderer *r)
{
    static const char *const signs[] = {"", " ", " | ", "\n", "\n\n"};
    if (r->start == SIZE_MAX && r->b.n && r->gap < GAP_LINE) r->gap = GAP_LINE;
    if (r->b.n && r->gap) builder_add(&r->b, str_from(signs[r->gap]), raw_end(r));
    r->gap = GAP_NONE;
    if (r->start != SIZE_MAX) return;
    r->start = r->b.n;
    r->open_kind = r->kind;
}

/* ---- characters -------------------------------------------------------------------------- */

/* A cursor in the page that follows decoded text: entities are longer there. */
typedef struct source {
    str raw; /* slice of the page */
    size_t at;
} source;

/* Moves over what became `len` bytes of text (one code point); gives the place where it began. */
static size_t follow(source *s, const char *text, size_t len)
{
    size_t start = s->at;
    if (s->at >= s->raw.len) return s->raw.len;
    bool same = s->raw.len - s->at >= len && memcmp(s->raw.ptr + s->at, text, len) == 0;
    bool amp = s->raw.ptr[s->at] == '&';
    if (same && !amp) return s->at += len, start;
    if (s->raw.ptr[s->at] == '\r')
        return s->at += s->at + 1 < s->raw.len && s->raw.ptr[s->at + 1] == '\n' ? 2 : 1, start;
    if (!amp) return start; /* lost: stay */
    size_t end = s->at + 1;
    while (end < s->raw.len && end < s->at + 34
           && (s->raw.ptr[end] == '#' || (unsigned char)(s->raw.ptr[end] - '0') < 10
               || ((s->raw.ptr[end] | 32) >= 'a' && (s->raw.ptr[end] | 32) <= 'z')))
        end++;
    bool closed = end < s->raw.len && s->raw.ptr[end] == ';';
    str name = str_part(s->raw, s->at + 1, end - s->at - 1);
    bool plain = same && !(closed || str_starts(name, STR("amp"))); /* "AT&T" */
    s->at = plain ? s->at + 1 : end + closed;
    return start;
}

static source source_of(const renderer *r, const GumboText *t)
{
    const char *p = t->original_text.data;
    if (!p || p < r->p->html || p > r->p->html + r->p->html_len) return (source){0};
    size_t left = (size_t)(r->p->html + r->p->html_len - p);
    return (source){{p, t->original_text.length < left ? t->original_text.length : left}, 0};
}

static void add_text(renderer *r, const GumboText *t)
{
    str text = str_from(t->text);
    source s = source_of(r, t);
    size_t base = s.raw.ptr ? (size_t)(s.raw.ptr - r->p->html) : 0;
    uint32_t cp;
    int newlines = 0;
    for (size_t i = 0; i < text.len;) {
        size_t n = utf8_decode(text, i, &cp);
        size_t at = base + follow(&s, text.ptr + i, n);
        if (utf8_is_space(cp)) {
            newlines += cp == '\n';
            want(r, r->pre && newlines > 1 ? GAP_PARAGRAPH : GAP_SPACE);
        } else {
            newlines = 0;
            before_character(r);
            builder_add(&r->b, str_part(text, i, n), raw_of(r, at));
            r->end = base + s.at;
        }
        i += n;
    }
}

/* ---- elements ---------------------------------------------------------------------------- */

static bool tag_holds_rows(GumboTag tag)
{
    return tag == GUMBO_TAG_THEAD || tag == GUMBO_TAG_TBODY || tag == GUMBO_TAG_TFOOT;
}

/* A table with headings and short cells: a row of it is a line. Prose in cells, tables in tables: the page's layout. */
static bool is_plain_table(const page *p, uint32_t i)
{
    enum { CELL_CHARS = 160 };
    uint32_t heads = 0, cells = 0;
    for (uint32_t k = i + 1; k < p->nodes.v[i].end; k++) {
        const page_node *v = &p->nodes.v[k];
        bool cell = v->tag == GUMBO_TAG_TD || v->tag == GUMBO_TAG_TH;
        heads += v->tag == GUMBO_TAG_TH;
        cells += cell;
        if (v->tag == GUMBO_TAG_TABLE || v->tag == GUMBO_TAG_LI || v->tag == GUMBO_TAG_PRE
            || (cell && v->chars > CELL_CHARS))
            return false;
    }
    return heads >= 2 && cells > heads;
}

static gap gap_of(const renderer *r, uint32_t i, GumboTag tag)
{
    bool in_cells = i < r->table_end && tag != GUMBO_TAG_TABLE && tag != GUMBO_TAG_CAPTION;
    if (in_cells && (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH)) return GAP_CELL;
    if (in_cells && tag != GUMBO_TAG_TR) return tag_holds_rows(tag) ? GAP_NONE : GAP_SPACE;
    switch (tag) {
    case GUMBO_TAG_LI:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD: return GAP_LINE;
    default: return GAP_PARAGRAPH;
    }
}

static block_kind kind_of(const page_node *v, block_kind outer)
{
    if (v->flags & NODE_CAPTION || v->tag == GUMBO_TAG_FIGCAPTION) return BLOCK_CAPTION;
    if (v->tag >= GUMBO_TAG_H1 && v->tag <= GUMBO_TAG_H6) return BLOCK_TITLE;
    if (v->tag == GUMBO_TAG_LI) return BLOCK_LIST_ITEM;
    return outer;
}

/* Elements that are open, with what to return to. */
typedef struct open_element {
    uint32_t end;
    GumboTag tag;
    block_kind outer;
    bool is_block, outer_pre;
} open_element;
typedef ARRAY(open_element) open_array;

static void leave(renderer *r, open_array *open, uint32_t i)
{
    while (open->n && open->v[open->n - 1].end <= i) {
        const open_element *o = &open->v[--open->n];
        if (o->is_block) want(r, gap_of(r, o->end - 1, o->tag));
        r->kind = o->outer;
        r->pre = o->outer_pre;
    }
}

static bool ends_sentence(const renderer *r)
{
    return r->b.n && strchr(".!?:\"", r->b.bytes[r->b.n - 1]);
}

/* Does the text behind a line break begin as a member of a list does: "1. ", "2) ", "- ", a bullet? */
static bool begins_item(const renderer *r, uint32_t i)
{
    static const char *const signs[] = {
        "- ", "* ", "\xE2\x80\xA2", "\xE2\x80\x93 ", "\xE2\x80\x94 ", "\xE2\x96\xAA", "\xC2\xB7 "};
    const page *p = r->p;
    for (uint32_t k = i + 1; k < p->nodes.n && k < i + 4; k++) {
        if (!(p->nodes.v[k].flags & NODE_TEXT)) continue;
        str s = str_trim(str_part(str_from(p->nodes.v[k].node->v.text.text), 0, 64));
        if (!s.len) continue;
        for (size_t n = 0; n < sizeof signs / sizeof *signs; n++)
            if (str_starts(s, str_from(signs[n]))) return true;
        size_t digits = 0;
        while (digits < s.len && s.ptr[digits] >= '0' && s.ptr[digits] <= '9') digits++;
        return digits && digits < 4 && digits + 1 < s.len && strchr(".)", s.ptr[digits])
               && s.ptr[digits + 1] == ' ';
    }
    return false;
}

static void line_break(renderer *r, uint32_t i)
{
    if (i < r->table_end) want(r, GAP_SPACE);
    else if (begins_item(r, i) && r->gap < GAP_LINE) want(r, GAP_LINE);
    else if (r->gap == GAP_LINE) want(r, GAP_PARAGRAPH);
    else if (r->gap == GAP_PARAGRAPH) return;
    else if (ends_sentence(r) || r->kind != BLOCK_PARAGRAPH) want(r, GAP_LINE);
    else if (r->open_kind == BLOCK_PARAGRAPH && r->start != SIZE_MAX && r->b.n - r->start < 60)
        want(r, GAP_LINE);
    else want(r, GAP_SPACE);
}

static void enter(renderer *r, open_array *open, uint32_t i)
{
    const page_node *v = &r->p->nodes.v[i];
    bool is_block = v->flags & NODE_BLOCK;
    if (v->tag == GUMBO_TAG_TABLE && is_plain_table(r->p, i)) r->table_end = v->end;
    if (v->tag == GUMBO_TAG_BR) line_break(r, i);
    if (is_block) want(r, gap_of(r, i, v->tag));
    if (v->end == i + 1) return;
    *array_push(r->p->a, open) = (open_element){v->end, v->tag, r->kind, is_block, r->pre};
    r->kind = kind_of(v, r->kind);
    r->pre |= v->tag == GUMBO_TAG_PRE;
}

/* ---- the title --------------------------------------------------------------------------- */

enum { TITLE_BYTES = 600 };

/* An element's characters, white space collapsed, and where each byte's character begins and ends in the sieved page. */
typedef struct traced_text {
    char bytes[TITLE_BYTES];
    size_t n, start[TITLE_BYTES], end[TITLE_BYTES];
} traced_text;

static void trace_text(const renderer *r, const GumboText *t, traced_text *out)
{
    str text = str_from(t->text);
    source s = source_of(r, t);
    size_t base = s.raw.ptr ? (size_t)(s.raw.ptr - r->p->html) : 0;
    uint32_t cp;
    for (size_t i = 0, n; i < text.len && out->n + 4 < TITLE_BYTES; i += n) {
        n = utf8_decode(text, i, &cp);
        size_t at = base + follow(&s, text.ptr + i, n);
        bool space = utf8_is_space(cp);
        if (space && (!out->n || out->bytes[out->n - 1] == ' ')) continue;
        for (size_t k = 0; k < (space ? 1 : n); k++, out->n++) {
            out->bytes[out->n] = space ? ' ' : text.ptr[i + k];
            out->start[out->n] = at;
            out->end[out->n] = base + s.at;
        }
    }
}

/* The title out of the element that bears it, byte by byte. */
static bool add_title_of(renderer *r, uint32_t i, str title)
{
    traced_text t = {.n = 0};
    if (i == NO_NODE || !title.len) return false;
    for (uint32_t k = i; k < r->p->nodes.v[i].end; k++) {
        const page_node *v = &r->p->nodes.v[k];
        if (v->flags & NODE_TEXT) trace_text(r, &v->node->v.text, &t);
        else if (t.n && t.n < TITLE_BYTES && t.bytes[t.n - 1] != ' '
                 && (v->flags & NODE_BLOCK || v->tag == GUMBO_TAG_BR)) {
            t.start[t.n] = t.end[t.n] = t.end[t.n - 1];
            t.bytes[t.n++] = ' ';
        }
    }
    size_t at = 0;
    while (at + title.len <= t.n && !str_eq_nocase((str){t.bytes + at, title.len}, title)) at++;
    if (at + title.len > t.n) return false;
    for (size_t k = 0; k < title.len; k++) {
        bool inside = k && t.start[at + k] == t.start[at + k - 1];
        uint64_t raw = inside ? r->b.delta + r->b.n : raw_of(r, t.start[at + k]);
        builder_add(&r->b, str_part(title, k, 1), raw);
    }
    r->end = t.end[at + title.len - 1];
    return true;
}

static void add_title(renderer *r, const page_metadata *m)
{
    if (!m->title.len) return;
    before_character(r);
    r->open_kind = BLOCK_TITLE;
    bool found = add_title_of(r, m->title_node, m->title) || add_title_of(r, m->title_element, m->title);
    if (!found) builder_add(&r->b, m->title, RAW_NONE);
    want(r, GAP_PARAGRAPH);
}

/* The heading that the title was taken from is not said twice. */
static bool repeats_title(const renderer *r, const page_metadata *m, uint32_t i)
{
    const page_node *v = &r->p->nodes.v[i];
    if (i == m->title_node) return true;
    return v->tag == GUMBO_TAG_H1 && str_eq_nocase(page_text(r->p, i, 400), m->title);
}

void render_article(const page *p, const page_metadata *m, document *d)
{
    renderer r = {.p = p,
                  .to_page = p->to_page,
                  .to_bytes = p->to_bytes,
                  .d = d,
                  .kind = BLOCK_PARAGRAPH,
                  .start = SIZE_MAX};
    open_array open = {0};
    builder_init(&r.b, d->arena, p->html_len / 4);
    add_title(&r, m);
    for (uint32_t i = 0; i < p->nodes.n; i++) {
        const page_node *v = &p->nodes.v[i];
        leave(&r, &open, i);
        if (!(v->flags & NODE_KEPT)) continue;
        if (!(v->flags & NODE_TEXT) && repeats_title(&r, m, i)) i = v->end - 1;
        else if (v->flags & NODE_TEXT) add_text(&r, &v->node->v.text);
        else enter(&r, &open, i);
    }
    close_block(&r);
    builder_end(&r.b, raw_end(&r));
    d->text = builder_text(&r.b);
    d->raw_runs = r.b.runs;
}
