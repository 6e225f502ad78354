#include "read/flow.h"

#include "base/utf8.h"

enum { SHORT_CELL = 160 /* bytes; a longer one is prose */ };

void flow_init(flow *f, document *d, size_t cap_bytes)
{
    *f = (flow){.a = d->arena, .d = d, .cap_bytes = cap_bytes};
}

static void append(flow *f, char_array *to, str s)
{
    if (to->cap - to->n < s.len) {
        size_t cap = (to->cap + s.len) * 2 + 64;
        char *v = arena_new(f->a, char, cap);
        if (to->n) memcpy(v, to->v, to->n);
        to->v = v;
        to->cap = cap;
    }
    if (s.len) memcpy(to->v + to->n, s.ptr, s.len);
    to->n += s.len;
}

/* ---- what is finished -------------------------------------------------------------------- */

/* Runs of white space become one space, or one line feed where there is one among them; none at the ends. */
static str collapsed(flow *f, str s)
{
    char_array out = {0};
    char gap = 0;
    uint32_t cp;
    for (size_t at = 0, n; at < s.len; at += n) {
        n = utf8_decode(s, at, &cp);
        if (cp == 0xAD || cp == 0xFEFF) continue; /* soft hyphens */
        if (utf8_is_space(cp) || cp < 0x20) {
            gap = cp == '\n' || gap == '\n' ? '\n' : ' ';
            continue;
        }
        if (gap && out.n) append(f, &out, (str){&gap, 1});
        gap = 0;
        append(f, &out, str_part(s, at, n));
    }
    return (str){out.v, out.n};
}

static void put_block(flow *f, str s, block_kind kind)
{
    if (f->text.n + s.len + 2 > f->cap_bytes) f->over = true;
    if (!s.len || f->over) return;
    block *last = f->d->blocks.n ? &f->d->blocks.v[f->d->blocks.n - 1] : NULL;
    bool list = last && kind == BLOCK_LIST_ITEM && last->kind == kind;
    if (last) append(f, &f->text, list ? STR("\n") : STR("\n\n"));
    *array_push(f->a, &f->d->blocks) = (block){{(uint32_t)f->text.n, (uint32_t)s.len}, kind};
    append(f, &f->text, s);
}

static void put_all(flow *f, flow_cell_array *cells)
{
    for (size_t i = 0; i < cells->n; i++) put_block(f, cells->v[i].text, cells->v[i].kind);
    cells->n = 0;
}

/* ---- paragraphs -------------------------------------------------------------------------- */

void flow_begin(flow *f, block_kind kind)
{
    if (f->depth++ >= FLOW_DEPTH) return;
    flow_paragraph *p = &f->open[f->depth - 1];
    p->text.n = 0;
    p->kind = kind;
}

void flow_kind(flow *f, block_kind kind)
{
    if (f->depth && f->depth <= FLOW_DEPTH) f->open[f->depth - 1].kind = kind;
}

void flow_add(flow *f, str text)
{
    if (!f->depth || f->over) return;
    flow_paragraph *p = &f->open[(f->depth < FLOW_DEPTH ? f->depth : FLOW_DEPTH) - 1];
    if (p->text.n + text.len > f->cap_bytes) f->over = true;
    else append(f, &p->text, text);
}

void flow_end(flow *f)
{
    if (!f->depth || f->depth-- > FLOW_DEPTH) return;
    const flow_paragraph *p = &f->open[f->depth];
    flow_cell done = {collapsed(f, (str){p->text.v, p->text.n}), p->kind, f->cell};
    if (!done.text.len) return;
    if (f->notes) *array_push(f->a, &f->behind) = done;
    else if (f->tables) *array_push(f->a, &f->row) = done;
    else put_block(f, done.text, done.kind);
}

/* ---- tables ------------------------------------------------------------------------------ */

void flow_table_begin(flow *f)
{
    f->tables++;
}

void flow_cell_next(flow *f)
{
    if (f->tables == 1) f->cell++;
}

/* No cell has two paragraphs or a long one. */
static bool is_plain_row(const flow *f)
{
    for (size_t i = 0; i < f->row.n; i++) {
        bool second = i && f->row.v[i].cell == f->row.v[i - 1].cell;
        if (second || f->row.v[i].text.len > SHORT_CELL) return false;
    }
    return true;
}

void flow_row_end(flow *f)
{
    if (f->tables != 1) return;
    f->cell = 0;
    if (f->row.n < 2 || !is_plain_row(f)) {
        put_all(f, &f->row);
        return;
    }
    char_array line = {0};
    for (size_t i = 0; i < f->row.n; i++) {
        if (i) append(f, &line, STR(" | "));
        append(f, &line, f->row.v[i].text);
    }
    f->row.n = 0;
    put_block(f, (str){line.v, line.n}, BLOCK_LIST_ITEM);
}

void flow_table_end(flow *f)
{
    if (f->tables == 1) put_all(f, &f->row);
    if (f->tables) f->tables--;
}

/* ---- notes, and the end ------------------------------------------------------------------ */

void flow_note_begin(flow *f)
{
    f->notes++;
}

void flow_note_end(flow *f)
{
    if (f->notes) f->notes--;
}

void flow_finish(flow *f)
{
    while (f->depth) flow_end(f);
    put_all(f, &f->row);
    put_all(f, &f->behind);
    f->d->text = f->text.n ? (str){f->text.v, f->text.n} : STR("");
    *array_push(f->d->arena, &f->d->raw_runs) = (raw_run){0, RAW_NONE};
    *array_push(f->a, &f->d->raw_runs) = (raw_run){0, RAW_NONE};
}
