/* export: the float net -> the integer net of src/syntax/net.h. Units of activations come from the highest
 * values that a calibration text gives, channel by channel, and are folded into the weights that follow. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/os.h"
#include "commands.h"
#include "lemmas.h"
#include "sections.h"
#include "syntax/hint_names.h"
#include "syntax/net.h"

typedef struct exporter {
    arena *a;
    const fnet *n;
    sections out;
    float *peak[FNET_MAX_LAYERS], *peak_hidden, *peak_f, *peak_row, *peak_input;
    float *unit; /* of the layer last written, by channel */
    int zero;    /* its activation that means 0 */
} exporter;

static float *floats(exporter *x, size_t n)
{
    return arena_new(x->a, float, n);
}

static void add(exporter *x, const char *base, const char *part, const void *bytes, size_t len)
{
    char name[24];
    snprintf(name, sizeof name, *part ? "%s.%s" : "%s%s", base, part);
    sections_add(&x->out, name, bytes, len);
}

static int round_cut(float v, int limit)
{
    float r = rintf(v);
    return r > (float)limit ? limit : r < (float)-limit ? -limit : (int)r;
}

/* ---- calibration ------------------------------------------------------------------------------- */

static void embed_float(const fnet *n, const fnet_word *t, float *v)
{
    memset(v, 0, FORM_DIM * sizeof *v);
    if (t->row >= 0)
        for (size_t k = 0; k < WORD_DIM; k++)
            v[k] = n->fixed[(size_t)t->row * WORD_DIM + k] + n->word->w[(size_t)t->row * WORD_DIM + k];
    for (uint32_t i = 0; i < t->f.n_summed; i++)
        for (size_t k = 0; k < GRAM_DIM; k++)
            v[WORD_DIM + k] += n->gram->w[t->f.summed[i] * (size_t)GRAM_DIM + k];
    for (uint32_t i = 0; i < t->f.n_averaged; i++)
        for (size_t k = 0; k < GRAM_DIM; k++)
            v[WORD_DIM + k] += n->gram->w[t->f.averaged[i] * (size_t)GRAM_DIM + k] / (float)t->f.n_averaged;
}

/* The highest input and the highest product of any tap of the first layer, by input and output. */
static void peak_rows(exporter *x, const fnet_word *word, int n_words)
{
    const fnet_layer_shape *l = &x->n->shape.layer[0];
    float v[FORM_DIM], y[NET_MAX_WIDTH];
    for (int t = 0; t < n_words; t++)
        for (uint32_t tap = 0; tap < l->width; tap++) {
            if (tap == 0) embed_float(x->n, &word[t], v);
            for (size_t k = 0; k < FORM_DIM; k++) x->peak_input[k] = fmaxf(x->peak_input[k], fabsf(v[k]));
            memset(y, 0, sizeof y);
            mat_mul_add(1, FORM_DIM, l->out, v, FORM_DIM, 1,
                        x->n->layer_w[0]->w + (size_t)tap * FORM_DIM * l->out, l->out, y, l->out);
            for (uint32_t j = 0; j < l->out; j++) x->peak_row[j] = fmaxf(x->peak_row[j], fabsf(y[j]));
        }
}

static void calibrate(exporter *x, const data *d)
{
    fnet_work w;
    rng r = rng_make(1, 1);
    fnet_work_init(&w, x->n, 0);
    for (uint32_t l = 0; l < x->n->shape.n_layers; l++) {
        size_t out = x->n->shape.layer[l].out;
        w.peak[l] = x->peak[l] = floats(x, out);
    }
    w.peak_hidden = x->peak_hidden = floats(x, x->n->shape.hidden);
    w.peak_f = x->peak_f = floats(x, x->n->shape.hidden);
    x->peak_input = floats(x, FORM_DIM);
    x->peak_row = floats(x, x->n->shape.layer[0].out);
    size_t step = d->sentences.n / 3000 + 1;
    for (size_t i = 0; i < d->sentences.n; i += step) {
        static fnet_word word[512];
        static int32_t head[512];
        static uint8_t labels[3][512];
        const data_sentence *s = &d->sentences.v[i];
        if (s->d->sentences.v[s->index].n > 512) continue;
        data_view view = {.letters = i / step % 8 ? CASE_AS_WRITTEN : CASE_NONE};
        fnet_sentence f = {.word = word,
                           .head_out = head,
                           .rel_out = labels[0],
                           .pos_out = labels[1],
                           .tag_out = labels[2]};
        f.n = data_words(x->n, s, view, &r, word);
        fnet_run(x->n, &w, &f, 1);
        if (i / step % 4 == 0) peak_rows(x, word, f.n);
    }
}

/* ---- tables and the first layer ---------------------------------------------------------------- */

/* The unit of a column, so that 127 units reach its highest value or six deviations. */
static float column_unit(const float *v, size_t rows, size_t columns, size_t k)
{
    double sum = 0, top = 1e-6;
    for (size_t r = 0; r < rows; r++) {
        double w = fabs(v[r * columns + k]);
        sum += w * w;
        top = w > top ? w : top;
    }
    double limit = 6 * sqrt(sum / (double)rows) + 1e-6;
    return (float)((top < limit ? top : limit) / 127);
}

static void add_table(exporter *x, const char *name, const float *v, size_t rows, size_t columns,
                      float *unit)
{
    int8_t *q = arena_new(x->a, int8_t, rows * columns);
    for (size_t k = 0; k < columns; k++) {
        unit[k] = column_unit(v, rows, columns, k);
        for (size_t r = 0; r < rows; r++)
            q[r * columns + k] = (int8_t)round_cut(v[r * columns + k] / unit[k], 127);
    }
    add(x, name, "", q, rows * columns);
}

/* Weights over inputs of MIX_LIMIT units. unit: what one unit of a table's column is worth, by input;
 * cut: room
 * for the scale of each output, which is divided by the unit of rows. */
static void add_first_weights(exporter *x, const float *unit, const float *row_unit)
{
    const fnet_layer_shape *l = &x->n->shape.layer[0];
    size_t columns = (size_t)l->width * l->out;
    const float *w = x->n->layer_w[0]->w;
    int16_t *q = arena_new(x->a, int16_t, FORM_DIM * columns);
    float *input_scale = floats(x, FORM_DIM), *cut = floats(x, l->out);
    for (size_t k = 0; k < FORM_DIM; k++) input_scale[k] = MIX_LIMIT / (x->peak_input[k] / unit[k] + 1e-9f);
    for (size_t j = 0; j < l->out; j++) {
        float top = 1e-12f;
        for (size_t i = 0; i < l->width * FORM_DIM; i++)
            top = fmaxf(top, fabsf(w[i * l->out + j] * unit[i % FORM_DIM] / input_scale[i % FORM_DIM]));
        for (size_t i = 0; i < l->width * FORM_DIM; i++) {
            size_t k = i % FORM_DIM, column = i / FORM_DIM * l->out + j;
            q[(column / PANEL * FORM_DIM + k / 2 * 2) * PANEL + column % PANEL * 2 + k % 2] =
                (int16_t)round_cut(w[i * l->out + j] * unit[k] / input_scale[k] / top * MIX_LIMIT,
                                   MIX_LIMIT);
        }
        cut[j] = top / MIX_LIMIT / row_unit[j];
    }
    add(x, "first", "w", q, FORM_DIM * columns * sizeof *q);
    add(x, "first", "q", cut, l->out * sizeof *cut);
    add(x, "input", "s", input_scale, FORM_DIM * sizeof *input_scale);
}

static void add_first(exporter *x)
{
    const fnet *n = x->n;
    size_t out = n->shape.layer[0].out, cells = (size_t)n->shape.n_words * WORD_DIM;
    float *sum = floats(x, cells), *unit = floats(x, FORM_DIM);
    for (size_t i = 0; i < cells; i++) sum[i] = n->fixed[i] + n->word->w[i];
    add_table(x, "word", sum, n->shape.n_words, WORD_DIM, unit);
    add_table(x, "gram", n->gram->w, GRAM_ROWS, GRAM_DIM, unit + WORD_DIM);
    float *row_unit = floats(x, out), *scale = floats(x, out);
    int16_t *bias = arena_new(x->a, int16_t, out);
    x->unit = floats(x, out);
    for (size_t j = 0; j < out; j++) {
        float row = fmaxf(x->peak_row[j], fabsf(n->layer_b[0]->w[j])) * 1.3f / ROW_LIMIT + 1e-9f;
        x->unit[j] = x->peak[0][j] / ACTIVATION_MAX + 1e-9f;
        row_unit[j] = row;
        bias[j] = (int16_t)round_cut(n->layer_b[0]->w[j] / row, ROW_LIMIT);
        scale[j] = row / x->unit[j];
    }
    add_first_weights(x, unit, row_unit);
    add(x, "first", "b", bias, out * sizeof *bias);
    add(x, "first", "s", scale, out * sizeof *scale);
    x->zero = 0;
}

/* ---- dense layers ------------------------------------------------------------------------------ */

/* Writes w (k × m, of which `m_file` columns go to the file) over inputs of unit in_unit[k % n_in];
 * out_unit
 * (by output, NULL = 1) divides the scale. */
static void add_dense(exporter *x, const char *name, size_t k_n, size_t m, size_t m_file, const float *w,
                      const float *bias, const float *in_unit, size_t n_in, int zero, const float *out_unit)
{
    int8_t *q = arena_new(x->a, int8_t, k_n * m_file);
    int32_t *b = arena_new(x->a, int32_t, m_file);
    float *scale = floats(x, m_file);
    for (size_t j = 0; j < m_file; j++) {
        float top = 1e-9f;
        for (size_t k = 0; j < m && k < k_n; k++) top = fmaxf(top, fabsf(w[k * m + j] * in_unit[k % n_in]));
        float unit = top / 127;
        int32_t sum = 0;
        for (size_t k = 0; j < m && k < k_n; k++) {
            int v = round_cut(w[k * m + j] * in_unit[k % n_in] / unit, 127);
            q[(j / PANEL * k_n + k / 4 * 4) * PANEL + j % PANEL * 4 + k % 4] = (int8_t)v;
            sum += v;
        }
        b[j] = (bias && j < m ? round_cut(bias[j] / unit, 1 << 24) : 0) - zero * sum;
        scale[j] = out_unit ? unit / out_unit[j] : unit;
    }
    add(x, name, "w", q, k_n * m_file);
    add(x, name, "b", b, m_file * sizeof *b);
    add(x, name, "s", scale, m_file * sizeof *scale);
}

static void add_layer(exporter *x, uint32_t index)
{
    const fnet_layer_shape *l = &x->n->shape.layer[index];
    bool is_qrnn = l->kind == FNET_QRNN;
    size_t columns = is_qrnn ? 3 * l->out : l->out;
    float *unit = floats(x, l->out), *out_scale = floats(x, l->out);
    char name[16];
    snprintf(name, sizeof name, "layer%u", index);
    for (size_t j = 0; j < l->out; j++) {
        unit[j] = x->peak[index][j] / (is_qrnn ? SIGNED_ZERO - 1 : ACTIVATION_MAX) + 1e-9f;
        out_scale[j] = 1 / unit[j];
    }
    add_dense(x, name, (size_t)l->width * l->in, columns, columns, x->n->layer_w[index]->w,
              x->n->layer_b[index]->w, x->unit, l->in, x->zero, is_qrnn ? NULL : unit);
    if (is_qrnn) add(x, name, "o", out_scale, l->out * sizeof *out_scale);
    x->unit = unit;
    x->zero = is_qrnn ? SIGNED_ZERO : 0;
}

static void add_parts(exporter *x, const char *name, const param *p, const float *unit)
{
    size_t h = x->n->shape.hidden;
    int16_t *q = arena_new(x->a, int16_t, p->n);
    for (size_t i = 0; i < p->n; i++) q[i] = (int16_t)round_cut(p->w[i] / unit[i % h], PART_LIMIT);
    add(x, name, "", q, p->n * sizeof *q);
}

static void add_heads(exporter *x)
{
    const fnet *n = x->n;
    size_t h = n->shape.hidden, columns = ARC_POSITIONS * h;
    float *part_unit = floats(x, columns), *hidden_unit = floats(x, h), *scale = floats(x, h);
    for (size_t j = 0; j < columns; j++) part_unit[j] = x->peak_f[j % h] * 1.1f / PART_LIMIT + 1e-9f;
    for (size_t j = 0; j < h; j++) {
        hidden_unit[j] = x->peak_hidden[j] / ACTIVATION_MAX + 1e-9f;
        scale[j] = part_unit[j] / hidden_unit[j];
    }
    add_dense(x, "tags", n->top, FNET_TAGS, NET_TAG_COLUMNS, n->tag_w->w, n->tag_b->w, x->unit, n->top,
              x->zero, NULL);
    add_dense(x, "parts", n->top, columns, columns, n->arc_w->w, NULL, x->unit, n->top, x->zero, part_unit);
    add_parts(x, "absent", n->absent, part_unit);
    add_parts(x, "category", n->category, part_unit);
    add_parts(x, "hidden.b", n->hidden_b, part_unit);
    add(x, "hidden", "s", scale, h * sizeof *scale);
    add_dense(x, "moves", h, FNET_MOVES, PANEL, n->move_w->w, n->move_b->w, hidden_unit, h, 0, NULL);
    add_dense(x, "labels", h, FNET_LABELS, FNET_LABELS, n->label_w->w, n->label_b->w, hidden_unit, h, 0,
              NULL);
}

static void add_hints(exporter *x)
{
    const fnet *n = x->n;
    size_t columns = n->hint_columns;
    if (!columns) return;
    float *unit = floats(x, columns);
    for (size_t j = 0; j < columns; j++) unit[j] = (float)HINT_UNIT;
    add_dense(x, "hint", n->top, columns, columns, n->hint_w->w, n->hint_b->w, x->unit, n->top, x->zero,
              unit);
    str names = hint_names_write(x->a, &n->hint_names);
    add(x, "hints", "", names.ptr, names.len);
}

static void add_shape(exporter *x)
{
    const fnet_shape *s = &x->n->shape;
    struct {
        net_shape shape;
        net_layer_shape layer[NET_MAX_LAYERS];
    } *f = (void *)arena_new(x->a, uint64_t, 32);
    f->shape = (net_shape){s->n_layers, s->hidden, s->n_words, (uint32_t)x->n->n_slots};
    for (uint32_t l = 0; l < s->n_layers; l++)
        f->layer[l] =
            (net_layer_shape){s->layer[l].kind, s->layer[l].in, s->layer[l].out, s->layer[l].width};
    add(x, "net", "", f, sizeof f->shape + s->n_layers * sizeof f->layer[0]);
    add(x, "slots", "", x->n->slots, x->n->n_slots * sizeof *x->n->slots);
}

/* The scales only need a text like those that will be read; lemmas are learned from all of it. */
int command_export(int argc, char **argv)
{
    arena a;
    error e;
    fnet n;
    str meta, lemmas;
    arena_init(&a, 0);
    data d = {.a = &a};
    if (!fnet_read(&a, argv[0], argv[1], &n, &e) || !os_read_file(&a, str_from(argv[5]), &meta, &e))
        return command_fail(&e);
    for (int i = 6; i < argc; i++)
        if (!data_read(&d, str_from(argv[i]), 1, &e)) return command_fail(&e);
    if (!lemmas_make(&a, &d, str_from(argv[3]), str_from(argv[2]), &lemmas, &e)) return command_fail(&e);
    exporter x = {.a = &a, .n = &n, .out = {.a = &a}};
    calibrate(&x, &d);
    add(&x, "meta", "", meta.ptr, meta.len);
    add_shape(&x);
    add_first(&x);
    for (uint32_t l = 1; l < n.shape.n_layers; l++) add_layer(&x, l);
    add_heads(&x);
    add_hints(&x);
    add(&x, "lemma", "", lemmas.ptr, lemmas.len);
    printf("%zu bytes of lemmas\n", lemmas.len);
    return sections_write(&x.out, argv[4], FEATURE_SET) ? 0 : 1;
}
