#define _POSIX_C_SOURCE 200809L
#include "syntax/net.h"

#include <stdio.h>
#include <stdlib.h>

#include "syntax/hint_names.h"
#include "syntax/rows.h"

/* ---- opening ----------------------------------------------------------------------------------- */

typedef struct opening {
    arena *a;
    const model *m;
    error *e;
    bool ok;
} opening;

static const void *need(opening *o, const char *name, size_t count, size_t size)
{
    const void *p = o->ok ? model_need(o->m, name, count * size, o->e) : NULL;
    o->ok = o->ok && p;
    return p;
}

static const void *need_part(opening *o, const char *base, const char *part, size_t count, size_t size)
{
    char name[24];
    snprintf(name, sizeof name, "%s.%s", base, part);
    return need(o, name, count, size);
}

static dense need_dense(opening *o, const char *name, size_t k, size_t m)
{
    return (dense){(uint32_t)k, (uint32_t)m, need_part(o, name, "w", k * m, 1),
                   need_part(o, name, "b", m, 4), need_part(o, name, "s", m, 4)};
}

/* For a layer that reads activations most of which are 0. */
static dense need_sparse(opening *o, const char *name, size_t k, size_t m)
{
    dense d = need_dense(o, name, k, m);
    if (!o->ok || k > SPARSE_MAX_K) return d;
    char *room = arena_alloc(o->a, by_input_size(&d) + BLOCK, 1, 1);
    int8_t *w = (int8_t *)(room + (BLOCK - (uintptr_t)room % BLOCK));
    by_input_fill(&d, w);
    d.by_input = w;
    return d;
}

static bool shape_fault(opening *o)
{
    if (o->ok) {
        error_set(o->e, SITREP_BAD_MODEL, "model", "the shape of its net is not one that can be run");
        error_at(o->e, o->m->path, 0, 0);
    }
    return o->ok = false;
}

static bool layer_fits(const net_layer_shape *l, uint32_t index, uint32_t in)
{
    if (l->in != in || l->out == 0 || l->out % PANEL || l->out > NET_MAX_WIDTH) return false;
    if (l->kind == NET_FIRST) return index == 0 && l->width % 2 && l->width <= 2 * NET_PADDING + 1;
    if (index == 0) return false;
    if (l->kind == NET_CONV) return l->width % 2 && l->width <= 2 * NET_PADDING + 1;
    return l->kind == NET_QRNN && l->width == 1 && l->out % (2 * PANEL) == 0;
}

static bool read_shape(opening *o, net *n)
{
    size_t len = 0;
    const char *p = model_find(o->m, "net", &len);
    if (!p || len < sizeof n->shape) return shape_fault(o);
    memcpy(&n->shape, p, sizeof n->shape);
    const net_shape *s = &n->shape;
    bool fits = s->n_layers >= 1 && s->n_layers <= NET_MAX_LAYERS && s->hidden && s->hidden % PANEL == 0
                && s->hidden <= NET_MAX_WIDTH && s->n_words < 65535 && s->n_slots
                && !(s->n_slots & (s->n_slots - 1)) && s->n_slots <= 1u << 20
                && len == sizeof *s + s->n_layers * sizeof(net_layer_shape);
    for (uint32_t l = 0, in = FORM_DIM; fits && l < s->n_layers; l++) {
        net_layer_shape *shape = &n->layer[l].shape;
        memcpy(shape, p + sizeof *s + l * sizeof *shape, sizeof *shape);
        fits = layer_fits(shape, l, in);
        in = shape->out;
    }
    return fits || shape_fault(o);
}

/* A damaged table of words must not point outside the vectors. */
static void check_slots(opening *o, const net *n)
{
    for (uint32_t i = 0; o->ok && i < n->shape.n_slots; i++)
        if ((n->slots[i] & 0xFFFF) > n->shape.n_words) shape_fault(o);
}

static void open_first(opening *o, net *n)
{
    const net_layer_shape *l = &n->layer[0].shape;
    size_t columns = (size_t)l->width * l->out;
    n->first_w = need(o, "first.w", FORM_DIM * columns, sizeof *n->first_w);
    n->slots = need(o, "slots", n->shape.n_slots, sizeof *n->slots);
    n->word = need(o, "word", (size_t)n->shape.n_words * WORD_DIM, 1);
    n->gram = need(o, "gram", (size_t)GRAM_ROWS * GRAM_DIM, 1);
    n->input_scale = need(o, "input.s", FORM_DIM, sizeof(float));
    n->first_cut = need(o, "first.q", l->out, sizeof(float));
    n->first_bias = need(o, "first.b", l->out, sizeof(int16_t));
    n->first_scale = need(o, "first.s", l->out, sizeof(float));
    check_slots(o, n);
}

/* What reads layer `index`, which gives both signs or cuts at 0. */
static dense need_after(opening *o, const net *n, uint32_t index, const char *name, size_t width, size_t m)
{
    const net_layer_shape *l = &n->layer[index].shape;
    return (l->kind == NET_QRNN ? need_dense : need_sparse)(o, name, width * l->out, m);
}

static void open_layer(opening *o, net *n, uint32_t index)
{
    net_layer *l = &n->layer[index];
    char name[16];
    snprintf(name, sizeof name, "layer%u", index);
    size_t columns = l->shape.kind == NET_QRNN ? 3 * l->shape.out : l->shape.out;
    l->d = need_after(o, n, index - 1, name, l->shape.width, columns);
    if (l->shape.kind == NET_QRNN) l->out_scale = need_part(o, name, "o", l->shape.out, sizeof(float));
}

static void open_heads(opening *o, net *n)
{
    uint32_t top = n->shape.n_layers - 1;
    size_t h = n->shape.hidden;
    n->tags = need_after(o, n, top, "tags", 1, NET_TAG_COLUMNS);
    n->parts = need_after(o, n, top, "parts", 1, ARC_POSITIONS * h);
    n->moves = need_dense(o, "moves", h, PANEL);
    n->labels = need_sparse(o, "labels", h, (N_DEPREL + PANEL - 1) / PANEL * PANEL);
    n->absent = need(o, "absent", ARC_POSITIONS * ARC_ABSENT * h, sizeof(int16_t));
    n->category = need(o, "category", ARC_CATEGORY_ROWS * h, sizeof(int16_t));
    n->hidden_bias = need(o, "hidden.b", h, sizeof(int16_t));
    n->hidden_scale = need(o, "hidden.s", h, sizeof(float));
}

/* Section "hints": a line "kind<TAB>name" for each column, kinds in their order. "hint.w" and its like: the columns,
 * up to a multiple of PANEL. */
static void open_hints(opening *o, net *n)
{
    size_t len = 0;
    const char *lines = model_find(o->m, "hints", &len);
    if (!o->ok || !lines) return;
    if (!hint_names_read(o->a, (str){lines, len}, &n->hint_names)
        || n->hint_names.first[N_HINT_KIND] > NET_MAX_HINTS) {
        shape_fault(o);
        return;
    }
    n->hints = need_after(o, n, n->shape.n_layers - 1, "hint", 1,
                          (n->hint_names.first[N_HINT_KIND] + PANEL - 1) / PANEL * PANEL);
}

bool net_open(arena *a, const model *m, net *n, error *e)
{
    opening o = {a, m, e, true};
    *n = (net){.k = kernels_best()};
    if (!read_shape(&o, n)) return false;
    open_first(&o, n);
    for (uint32_t l = 1; l < n->shape.n_layers; l++) open_layer(&o, n, l);
    open_heads(&o, n);
    open_hints(&o, n);
    return o.ok;
}

/* ---- running ----------------------------------------------------------------------------------- */

enum { N_PARTS = ARC_POSITIONS + ARC_CATEGORIES + 1 };

struct net_scratch {
    row_cache *rows;
    uint8_t *activation[2]; /* NET_PADDING + NET_MAX_WORDS + NET_PADDING rows of the widest layer */
    size_t widest;
    float *gates;
    float state[NET_MAX_WIDTH];
    int16_t *parts;
    arc_state arcs;
    uint8_t hidden[NET_MAX_WIDTH];
};

static void *take(bool *ok, size_t count, size_t size)
{
    void *p = NULL;
    if (posix_memalign(&p, 64, (count * size + 127) / 64 * 64)) p = NULL;
    if (p) memset(p, 0, count * size);
    *ok = *ok && p;
    return p;
}

static void open_arcs(arc_state *s, bool *ok)
{
    int32_t **v[] = {&s->stack, &s->head, &s->left, &s->right};
    for (int i = 0; i < 4; i++) *v[i] = take(ok, NET_MAX_WORDS, sizeof(int32_t));
    s->n_left = take(ok, NET_MAX_WORDS, sizeof(uint16_t));
    s->n_right = take(ok, NET_MAX_WORDS, sizeof(uint16_t));
    s->rel = take(ok, NET_MAX_WORDS, 1);
}

net_scratch *net_scratch_open(const net *n, error *e)
{
    net_scratch *s = calloc(1, sizeof *s);
    bool ok = s;
    size_t gates = 0;
    for (uint32_t l = 0; ok && l < n->shape.n_layers; l++) {
        size_t out = n->layer[l].shape.out;
        if (out > s->widest) s->widest = out;
        if (n->layer[l].shape.kind == NET_QRNN && 3 * out > gates) gates = 3 * out;
    }
    if (gates < NET_TAG_COLUMNS) gates = NET_TAG_COLUMNS;
    if (gates < n->hints.m) gates = n->hints.m;
    if (ok) {
        s->rows = row_cache_open(n);
        ok = s->rows;
        for (int i = 0; i < 2; i++)
            s->activation[i] = take(&ok, NET_MAX_WORDS + 2 * NET_PADDING, s->widest);
        s->gates = take(&ok, NET_MAX_WORDS * gates, sizeof(float));
        s->parts = take(&ok, (size_t)NET_MAX_WORDS * ARC_POSITIONS * n->shape.hidden, sizeof(int16_t));
        open_arcs(&s->arcs, &ok);
    }
    if (ok) return s;
    net_scratch_close(s);
    error_set(e, SITREP_NO_MEMORY, "syntax", "no memory for the parser's work space");
    return NULL;
}

void net_scratch_close(net_scratch *s)
{
    if (!s) return;
    arc_state *a = &s->arcs;
    void *all[] = {s->activation[0], s->activation[1], s->gates,  s->parts,   a->stack, a->head,
                   a->left,          a->right,         a->n_left, a->n_right, a->rel,   s};
    row_cache_close(s->rows);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) free(all[i]);
}

static void products(const net *n, const dense *d, const uint8_t *x, size_t x_stride, size_t n_rows,
                     dense_mode mode, void *out, size_t out_stride)
{
    (d->by_input ? n->k->sparse : n->k->dense)(d, x, x_stride, n_rows, mode, out, out_stride);
}

static void pad(uint8_t *x, size_t width, size_t n_words, int value)
{
    memset(x, value, NET_PADDING * width);
    memset(x + (NET_PADDING + n_words) * width, value, NET_PADDING * width);
}

static void run_conv(const net *n, const net_layer *l, const uint8_t *x, uint8_t *y, size_t n_words)
{
    size_t in = l->shape.in, out = l->shape.out, first = NET_PADDING - l->shape.width / 2;
    products(n, &l->d, x + first * in, in, n_words, DENSE_U7, y + NET_PADDING * out, out);
    pad(y, out, n_words, 0);
}

static void run_qrnn(const net *n, const net_layer *l, net_scratch *s, const uint8_t *x, uint8_t *y,
                     size_t n_words)
{
    size_t in = l->shape.in, out = l->shape.out, h = out / 2;
    ptrdiff_t stride = (ptrdiff_t)(3 * out);
    uint8_t *first = y + NET_PADDING * out, *last = first + (n_words - 1) * out + h;
    products(n, &l->d, x + NET_PADDING * in, in, n_words, DENSE_F32, s->gates, 3 * out);
    n->k->qrnn(s->gates, stride, n_words, h, l->out_scale, s->state, first, (ptrdiff_t)out);
    n->k->qrnn(s->gates + (n_words - 1) * 3 * out + 3 * h, -stride, n_words, h, l->out_scale + h, s->state,
               last, -(ptrdiff_t)out);
    pad(y, out, n_words, SIGNED_ZERO);
}

static const uint8_t *run_layers(const net *n, net_scratch *s, const net_word *words, size_t n_words)
{
    uint8_t *x = s->activation[0], *y = s->activation[1];
    size_t out = n->layer[0].shape.out;
    row_cache_run(s->rows, n, words, n_words, x + NET_PADDING * out);
    pad(x, out, n_words, 0);
    for (uint32_t i = 1; i < n->shape.n_layers; i++) {
        const net_layer *l = &n->layer[i];
        if (l->shape.kind == NET_QRNN) run_qrnn(n, l, s, x, y, n_words);
        else run_conv(n, l, x, y, n_words);
        uint8_t *swap = x;
        x = y;
        y = swap;
    }
    return x + NET_PADDING * n->layer[n->shape.n_layers - 1].shape.out;
}

static int best_of(const float *y, int from, int to)
{
    int best = from;
    for (int i = from + 1; i < to; i++)
        if (y[i] > y[best]) best = i;
    return best;
}

static void run_tags(const net *n, net_scratch *s, const uint8_t *x, size_t n_words, net_result out)
{
    products(n, &n->tags, x, n->tags.k, n_words, DENSE_F32, s->gates, NET_TAG_COLUMNS);
    for (size_t t = 0; t < n_words; t++) {
        const float *y = s->gates + t * NET_TAG_COLUMNS;
        out.pos[t] = (uint8_t)best_of(y, 0, N_UPOS);
        out.tag[t] = (uint8_t)(best_of(y, N_UPOS, N_UPOS + N_XPOS) - N_UPOS);
    }
}

/* Scores of one kind, the highest becoming 0: training leaves any level, only differences mean something, and these
 * fit 8 bits. */
static void level_hints(const int16_t *y, size_t n, int8_t *out)
{
    int16_t top = INT16_MIN;
    for (size_t j = 0; j < n; j++) top = y[j] > top ? y[j] : top;
    for (size_t j = 0; j < n; j++) out[j] = (int8_t)(y[j] - top < INT8_MIN ? INT8_MIN : y[j] - top);
}

static void run_hints(const net *n, net_scratch *s, const uint8_t *x, size_t n_words, int8_t *out)
{
    const uint32_t *first = n->hint_names.first;
    size_t columns = first[N_HINT_KIND], width = n->hints.m;
    int16_t *y = (int16_t *)(void *)s->gates;
    if (!width || !out) return;
    products(n, &n->hints, x, n->hints.k, n_words, DENSE_I16, y, width);
    for (size_t t = 0; t < n_words; t++)
        for (int kind = 0; kind < N_HINT_KIND; kind++)
            level_hints(y + t * width + first[kind], first[kind + 1] - first[kind],
                        out + t * columns + first[kind]);
}

/* ---- parsing ----------------------------------------------------------------------------------- */

static void gather(const net *n, const net_scratch *s, const int16_t *part[N_PARTS])
{
    int32_t at[ARC_POSITIONS];
    uint16_t row[ARC_CATEGORIES];
    size_t h = n->shape.hidden;
    int n_words = s->arcs.n;
    arc_positions(&s->arcs, at);
    arc_categories(&s->arcs, row);
    for (size_t p = 0; p < ARC_POSITIONS; p++) {
        bool present = at[p] >= 0 && at[p] < n_words;
        part[p] = present ? s->parts + ((size_t)at[p] * ARC_POSITIONS + p) * h
                          : n->absent + (p * ARC_ABSENT + (at[p] >= n_words)) * h;
    }
    for (size_t c = 0; c < ARC_CATEGORIES; c++) part[ARC_POSITIONS + c] = n->category + row[c] * h;
    part[N_PARTS - 1] = n->hidden_bias;
}

static arc_move best_move(const net *n, const uint8_t *hidden, unsigned legal)
{
    float y[PANEL];
    int best = -1;
    products(n, &n->moves, hidden, n->moves.k, 1, DENSE_F32, y, PANEL);
    for (int m = 0; m < N_ARC_MOVES; m++)
        if (legal >> m & 1 && (best < 0 || y[m] > y[best])) best = m;
    return (arc_move)best;
}

/* Only the root's child is root. */
static deprel best_label(const net *n, const uint8_t *hidden, bool of_root)
{
    float y[(N_DEPREL + PANEL - 1) / PANEL * PANEL];
    if (of_root) return DEPREL_ROOT;
    products(n, &n->labels, hidden, n->labels.k, 1, DENSE_F32, y, n->labels.m);
    return (deprel)best_of(y, DEPREL_ROOT + 1, N_DEPREL);
}

static void run_move(const net *n, net_scratch *s)
{
    const int16_t *part[N_PARTS];
    int head, dependent;
    deprel rel = DEPREL_DEP;
    unsigned legal = arc_legal(&s->arcs);
    bool is_choice = legal & (legal - 1);
    arc_move move = legal >> ARC_SHIFT & 1 ? ARC_SHIFT : legal >> ARC_LEFT & 1 ? ARC_LEFT : ARC_RIGHT;
    if (is_choice || move == ARC_RIGHT) {
        gather(n, s, part);
        n->k->sum_rows(part, N_PARTS, n->shape.hidden, n->hidden_scale, s->hidden);
    }
    if (is_choice) move = best_move(n, s->hidden, legal);
    if (arc_would_join(&s->arcs, move, &head, &dependent))
        rel = best_label(n, s->hidden, head == s->arcs.n);
    arc_apply(&s->arcs, move, rel);
}

void net_run(const net *n, net_scratch *s, const net_word *words, size_t n_words, net_result out)
{
    const uint8_t *x = run_layers(n, s, words, n_words);
    run_tags(n, s, x, n_words, out);
    run_hints(n, s, x, n_words, out.hints);
    products(n, &n->parts, x, n->parts.k, n_words, DENSE_I16, s->parts, ARC_POSITIONS * n->shape.hidden);
    arc_begin(&s->arcs, (int)n_words);
    while (!arc_done(&s->arcs)) run_move(n, s);
    memcpy(out.head, s->arcs.head, n_words * sizeof *out.head);
    memcpy(out.rel, s->arcs.rel, n_words);
}
