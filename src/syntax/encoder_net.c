#define _POSIX_C_SOURCE 200809L
#include "syntax/encoder_net.h"

#include <stdio.h>
#include <stdlib.h>

#include "record/record.h"

/* ---- opening ----------------------------------------------------------------------------------- */

typedef struct opening {
    const model *m;
    error *e;
    bool ok;
} opening;

static const void *need(opening *o, const char *name, const char *part, size_t count, size_t size)
{
    char full[32];
    snprintf(full, sizeof full, "%s%s", name, part);
    const void *p = o->ok ? model_need(o->m, full, count * size, o->e) : NULL;
    o->ok = o->ok && p;
    return p;
}

static size_t padded(size_t n)
{
    return (n + PANEL - 1) / PANEL * PANEL;
}

static encoder_dense need_dense(opening *o, const char *name, size_t k, size_t m)
{
    m = padded(m);
    return (encoder_dense){{(uint32_t)k, (uint32_t)m, need(o, name, ".w", k * m, 1),
                            need(o, name, ".b", m, 4), need(o, name, ".s", m, 4), NULL},
                           need(o, name, ".f", m, 4)};
}

static gain_bias need_norm(opening *o, const char *name, size_t n)
{
    return (gain_bias){need(o, name, ".g", n, 4), need(o, name, ".b", n, 4)};
}

static bool shape_fits(const encoder_shape *s)
{
    return s->width && s->width % ENCODER_HEAD_WIDTH == 0 && s->width <= ENCODER_MAX_WIDTH && s->inner
           && s->inner % PANEL == 0 && s->inner <= ENCODER_MAX_INNER && s->layers
           && s->layers <= ENCODER_MAX_LAYERS && s->pieces > N_PIECE_SIGNS && s->pieces < UINT16_MAX
           && s->roles && s->roles <= PAIR_MAX_ROLES && s->role_width && s->role_width <= 256
           && (size_t)s->roles * (s->role_width + 1) <= ENCODER_MAX_COLUMNS && s->hints
           && s->hints <= ENCODER_MAX_COLUMNS;
}

static bool read_shape(opening *o, encoder_net *n)
{
    const encoder_shape *s = need(o, "encoder", "", 1, sizeof *s);
    if (s) n->shape = *s;
    if (!s || shape_fits(s)) return s;
    error_set(o->e, SITREP_BAD_MODEL, "model", "the shape of its encoder is not one that can be run");
    error_at(o->e, o->m->path, 0, 0);
    return o->ok = false;
}

static void open_layer(opening *o, encoder_net *n, uint32_t index)
{
    encoder_layer *l = &n->layer[index];
    size_t width = n->shape.width;
    char name[16];
#define NAME(part) (snprintf(name, sizeof name, "%u." part, index), name)
    l->qkv = need_dense(o, NAME("qkv"), width, 3 * width);
    l->out = need_dense(o, NAME("out"), width, width);
    l->up = need_dense(o, NAME("up"), width, n->shape.inner);
    l->down = need_dense(o, NAME("down"), n->shape.inner, width);
    l->n1 = need_norm(o, NAME("n1"), width);
    l->n2 = need_norm(o, NAME("n2"), width);
#undef NAME
}

static void use_kernels(encoder_net *n, const kernels *k)
{
    n->k = k;
    n->loops = encoder_loops_for(k->name);
}

bool encoder_net_open(const model *m, encoder_net *n, error *e)
{
    opening o = {m, e, true};
    *n = (encoder_net){0};
    use_kernels(n, kernels_best());
    if (!read_shape(&o, n)) return false;
    const encoder_shape *s = &n->shape;
    size_t width = s->width;
    n->piece = need(&o, "piece", ".w", s->pieces * width, 1);
    n->piece_unit = need(&o, "piece", ".s", s->pieces, 4);
    n->shapes = need(&o, "shape", "", ENCODER_SHAPES * width, 4);
    n->places = need(&o, "place", "", ENCODER_PLACES * width, 4);
    n->mix = need(&o, "mix", "", s->layers + 1, 4);
    n->norm = need_norm(&o, "norm", width);
    for (uint32_t l = 0; l < s->layers; l++) open_layer(&o, n, l);
    n->hints = need_dense(&o, "hints", width, s->hints);
    n->key = need_dense(&o, "key", width, s->role_width + s->roles);
    n->query = need_dense(&o, "query", width, s->roles * (s->role_width + 1));
    return o.ok;
}

bool encoder_net_use(encoder_net *n, const char *kernels_name)
{
    for (const kernels *const *k = kernels_all; *k; k++)
        if (strcmp((*k)->name, kernels_name) == 0 && (*k)->usable()) return use_kernels(n, *k), true;
    return false;
}

/* ---- work space -------------------------------------------------------------------------------- */

enum { INNER_ROWS = 48 /* that go through the inner layer together, so that they stay in the cache */ };

struct encoder_work {
    float *x, *mixed, *sums, *seen, *room, *columns; /* rows: vectors, their mixture … */
    uint8_t *bytes, *word_bytes;
    float unit[ENCODER_PLACES], word_unit[ENCODER_PLACES];
};

/* A piece of `all`, where there is one; *used counts in either case. */
static void *cut_off(char *all, size_t *used, size_t bytes)
{
    char *p = all ? all + *used : NULL;
    *used += (bytes + 63) / 64 * 64;
    return p;
}

/* Returns the bytes that it takes; all = NULL: only counts. */
static size_t divide(const encoder_net *n, encoder_work *w, char *all)
{
    size_t row = ENCODER_PLACES * sizeof(float), width = n->shape.width, inner = n->shape.inner;
    size_t used = 0, sums = row * 3 * width, inner_sums = INNER_ROWS * sizeof(float) * inner;
    size_t bytes = ENCODER_PLACES * width, inner_bytes = INNER_ROWS * inner;
    cut_off(all, &used, sizeof *w);
    w->x = cut_off(all, &used, row * width);
    w->mixed = cut_off(all, &used, row * width);
    w->seen = cut_off(all, &used, row * width);
    w->sums = cut_off(all, &used, sums > inner_sums ? sums : inner_sums);
    w->room = cut_off(all, &used, (attend_room(ENCODER_PLACES) + inner) * sizeof(float));
    w->columns = cut_off(all, &used, row * ENCODER_MAX_COLUMNS);
    w->bytes = cut_off(all, &used, bytes > inner_bytes ? bytes : inner_bytes);
    w->word_bytes = cut_off(all, &used, bytes);
    return used;
}

encoder_work *encoder_work_open(const encoder_net *n)
{
    encoder_work measure;
    char *all = calloc(1, divide(n, &measure, NULL));
    if (!all) return NULL;
    encoder_work *w = (encoder_work *)(void *)all;
    divide(n, w, all);
    return w;
}

void encoder_work_close(encoder_work *w)
{
    free(w);
}

/* ---- running ----------------------------------------------------------------------------------- */

static void embed(const encoder_net *n, encoder_work *w, const encoder_window *in)
{
    size_t width = n->shape.width;
    for (size_t i = 0; i < in->n; i++) {
        float *x = w->x + i * width;
        n->loops->embed(n->piece + in->piece[i] * width, n->piece_unit[in->piece[i]],
                        n->shapes + in->shape[i] * width, n->places + i * width, width, x);
        n->loops->normalise(x, (made_row){0}, n->norm, width);
    }
}

/* The sums that the layer makes of n rows. */
static void make(const encoder_net *n, const encoder_dense *l, const uint8_t *bytes, size_t n_rows,
                 float *sums)
{
    n->k->dense(&l->d, bytes, l->d.k, n_rows, DENSE_F32, sums, l->d.m);
}

static void rows_to_bytes(const encoder_net *n, encoder_work *w, const float *rows, size_t n_rows)
{
    size_t width = n->shape.width;
    for (size_t i = 0; i < n_rows; i++)
        w->unit[i] = n->loops->to_bytes(rows + i * width, width, w->bytes + i * width);
}

static void add_and_normalise(const encoder_net *n, encoder_work *w, const encoder_dense *l, gain_bias g,
                              float *x, size_t n_rows)
{
    size_t width = n->shape.width;
    for (size_t i = 0; i < n_rows; i++)
        n->loops->normalise(x + i * width, (made_row){w->sums + i * width, l->add, w->unit[i]}, g, width);
}

static void attend(const encoder_net *n, const encoder_layer *l, encoder_work *w, size_t n_rows)
{
    size_t width = n->shape.width;
    rows_to_bytes(n, w, w->x, n_rows);
    make(n, &l->qkv, w->bytes, n_rows, w->sums);
    for (size_t at = 0; at < width; at += ENCODER_HEAD_WIDTH)
        n->loops->attend(w->sums + at, 3 * width, width, w->unit, l->qkv.add + at, n_rows, w->room,
                         w->seen + at, width);
    rows_to_bytes(n, w, w->seen, n_rows);
    make(n, &l->out, w->bytes, n_rows, w->sums);
    add_and_normalise(n, w, &l->out, l->n1, w->x, n_rows);
}

/* At most INNER_ROWS rows. */
static void think(const encoder_net *n, const encoder_layer *l, encoder_work *w, float *x, size_t n_rows)
{
    size_t inner = n->shape.inner;
    rows_to_bytes(n, w, x, n_rows);
    make(n, &l->up, w->bytes, n_rows, w->sums);
    for (size_t i = 0; i < n_rows; i++)
        w->unit[i] = n->loops->gelu_to_bytes((made_row){w->sums + i * inner, l->up.add, w->unit[i]},
                                             w->room, inner, w->bytes + i * inner);
    make(n, &l->down, w->bytes, n_rows, w->sums);
    add_and_normalise(n, w, &l->down, l->n2, x, n_rows);
}

static void add_to_mixture(const encoder_net *n, encoder_work *w, float share, size_t n_rows)
{
    n->loops->add_share(w->x, share, n_rows * n->shape.width, w->mixed);
}

/* A word's vector is the mean of its first and its last piece; the unit takes the half. */
static void make_words(const encoder_net *n, encoder_work *w, const encoder_window *in)
{
    size_t width = n->shape.width;
    for (size_t i = 0; i < in->n_words; i++) {
        const float *a = w->mixed + in->first[i] * width, *b = w->mixed + in->last[i] * width;
        memcpy(w->room, a, width * sizeof *a);
        n->loops->add_share(b, 1, width, w->room);
        w->word_unit[i] = n->loops->to_bytes(w->room, width, w->word_bytes + i * width) * 0.5f;
    }
}

void encoder_net_run(const encoder_net *n, encoder_work *w, const encoder_window *in)
{
    size_t width = n->shape.width;
    embed(n, w, in);
    memset(w->mixed, 0, in->n * width * sizeof *w->mixed);
    add_to_mixture(n, w, n->mix[0], in->n);
    for (uint32_t l = 0; l < n->shape.layers; l++) {
        attend(n, &n->layer[l], w, in->n);
        for (size_t i = 0; i < in->n; i += INNER_ROWS)
            think(n, &n->layer[l], w, w->x + i * width, in->n - i < INNER_ROWS ? in->n - i : INNER_ROWS);
        add_to_mixture(n, w, n->mix[l + 1], in->n);
    }
    make_words(n, w, in);
}

const float *encoder_net_columns(const encoder_net *n, encoder_work *w, const encoder_dense *l,
                                 const uint16_t *word, size_t n_words)
{
    size_t width = n->shape.width, m = l->d.m;
    for (size_t i = 0; i < n_words; i++)
        memcpy(w->bytes + i * width, w->word_bytes + word[i] * width, width);
    make(n, l, w->bytes, n_words, w->columns);
    for (size_t i = 0; i < n_words; i++)
        n->loops->finish((made_row){w->columns + i * m, l->add, w->word_unit[word[i]]}, m,
                         w->columns + i * m);
    return w->columns;
}
