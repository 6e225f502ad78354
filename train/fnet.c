#define _POSIX_C_SOURCE 200809L
#include "fnet.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parse.h"

static void *zeroed(size_t n, size_t size)
{
    void *p = NULL;
    size_t bytes = (n * size + 63) / 64 * 64 + 256;
    if (posix_memalign(&p, 64, bytes)) abort();
    memset(p, 0, bytes);
    return p;
}

static void *regrow(void *old, size_t n, size_t size)
{
    free(old);
    return zeroed(n, size);
}

int fnet_shape_parse(fnet_shape *s, const char *layers, uint32_t first_width, uint32_t hidden)
{
    *s = (fnet_shape){.hidden = hidden};
    uint32_t in = FORM_DIM;
    for (const char *p = layers; *p && s->n_layers < FNET_MAX_LAYERS;) {
        char kind = *p++;
        char *end;
        uint32_t size = (uint32_t)strtoul(p, &end, 10);
        fnet_layer_shape l = {FNET_CONV, in, size, 3};
        if (s->n_layers == 0) l = (fnet_layer_shape){FNET_FIRST, in, size, first_width};
        else if (kind == 'q') l = (fnet_layer_shape){FNET_QRNN, in, 2 * size, 1};
        if (end == p || size % 16 || (s->n_layers == 0 && kind != 'c')) return 0;
        s->layer[s->n_layers++] = l;
        in = l.out;
        p = *end == ',' ? end + 1 : end;
    }
    return s->n_layers > 0;
}

static param *add_param(fnet *n, const char *name, size_t count, size_t rows)
{
    param *p = &n->params[n->n_params++];
    *p = (param){.name = name, .n = count, .rows = rows};
    p->w = zeroed(count, sizeof(float));
    p->m = zeroed(count, sizeof(float));
    p->v = zeroed(count, sizeof(float));
    for (int s = 0; s < FNET_SHARDS; s++) {
        p->grad[s] = zeroed(count, sizeof(float));
        p->touched[s] = zeroed(rows, sizeof(uint32_t));
        p->is_touched[s] = zeroed(rows, 1);
    }
    return p;
}

static void fill(param *p, float scale, rng *r)
{
    for (size_t i = 0; i < p->n; i++) p->w[i] = scale * rng_normal(r);
}

/* A convolution that begins by passing its input on can be one of many. */
static void begin_as_identity(float *w, const fnet_layer_shape *s)
{
    for (size_t i = 0; i < (size_t)s->width * s->in * s->out; i++) w[i] *= 0.5f;
    for (size_t i = 0; i < s->out; i++) w[((s->width / 2) * s->in + i) * s->out + i] += 0.7f;
}

static void init_layer(fnet *n, uint32_t l, rng *r)
{
    const fnet_layer_shape *s = &n->shape.layer[l];
    uint32_t columns = s->kind == FNET_QRNN ? 3 * s->out : s->out;
    n->layer_w[l] = add_param(n, "layer.w", (size_t)s->width * s->in * columns, 0);
    n->layer_b[l] = add_param(n, "layer.b", columns, 0);
    float gain = s->kind == FNET_QRNN ? 1.0f : 2.0f;
    fill(n->layer_w[l], sqrtf(gain / (float)(s->width * s->in)), r);
    if (s->kind == FNET_CONV && s->in == s->out) begin_as_identity(n->layer_w[l]->w, s);
    if (s->kind != FNET_QRNN) return;
    uint32_t h = s->out / 2;
    for (int d = 0; d < 2; d++)
        for (uint32_t j = 0; j < h; j++) n->layer_b[l]->w[(size_t)d * 3 * h + h + j] = 1;
}

void fnet_init(fnet *n, const fnet_shape *s, uint64_t seed)
{
    rng r = rng_make(seed, 1);
    *n = (fnet){.shape = *s, .top = s->layer[s->n_layers - 1].out};
    uint32_t hp = s->hidden;
    n->word = add_param(n, "word", (size_t)s->n_words * WORD_DIM, s->n_words);
    n->gram = add_param(n, "gram", (size_t)GRAM_ROWS * GRAM_DIM, GRAM_ROWS);
    n->fixed = zeroed((size_t)s->n_words * WORD_DIM, sizeof(float));
    n->word_count = zeroed(s->n_words, sizeof(uint32_t));
    n->n_slots = 1;
    while (n->n_slots < 2 * (size_t)s->n_words) n->n_slots *= 2;
    n->slots = zeroed(n->n_slots, sizeof(uint64_t));
    fill(n->gram, 0.1f, &r);
    for (uint32_t l = 0; l < s->n_layers; l++) init_layer(n, l, &r);
    n->tag_w = add_param(n, "tag.w", (size_t)n->top * FNET_TAGS, 0);
    n->tag_b = add_param(n, "tag.b", FNET_TAGS, 0);
    n->arc_w = add_param(n, "arc.w", (size_t)n->top * ARC_POSITIONS * hp, 0);
    n->absent = add_param(n, "absent", (size_t)ARC_POSITIONS * ARC_ABSENT * hp, 0);
    n->category = add_param(n, "category", (size_t)ARC_CATEGORY_ROWS * hp, 0);
    n->hidden_b = add_param(n, "hidden.b", hp, 0);
    n->move_w = add_param(n, "move.w", (size_t)hp * FNET_MOVES, 0);
    n->move_b = add_param(n, "move.b", FNET_MOVES, 0);
    n->label_w = add_param(n, "label.w", (size_t)hp * FNET_LABELS, 0);
    n->label_b = add_param(n, "label.b", FNET_LABELS, 0);
    fill(n->tag_w, sqrtf(1.0f / (float)n->top), &r);
    fill(n->arc_w, sqrtf(1.0f / (float)(n->top * 4)), &r);
    fill(n->absent, 0.1f, &r);
    fill(n->category, 0.1f, &r);
    fill(n->move_w, sqrtf(1.0f / (float)hp), &r);
    fill(n->label_w, sqrtf(1.0f / (float)hp), &r);
}

void fnet_add_hints(fnet *n, const hint_names *names, uint64_t seed)
{
    rng r = rng_make(seed, 2);
    n->hint_names = *names;
    n->hint_columns = (names->first[N_HINT_KIND] + 15) / 16 * 16;
    if (!n->hint_columns) return;
    n->hint_w = add_param(n, "hint.w", (size_t)n->top * n->hint_columns, 0);
    n->hint_b = add_param(n, "hint.b", n->hint_columns, 0);
    fill(n->hint_w, sqrtf(1.0f / (float)n->top), &r);
}

/* ---- work space -------------------------------------------------------------------------------- */

static uint32_t gates(const fnet_layer_shape *s)
{
    return s->kind == FNET_QRNN ? 3 * s->out : s->out;
}

void fnet_work_init(fnet_work *w, const fnet *n, int shard)
{
    *w = (fnet_work){.shard = shard};
    size_t widest = 0;
    for (uint32_t l = 0; l < n->shape.n_layers; l++) {
        const fnet_layer_shape *s = &n->shape.layer[l];
        if (widest < (size_t)s->in * gates(s)) widest = (size_t)s->in * gates(s);
    }
    size_t arc = (size_t)n->top * ARC_POSITIONS * n->shape.hidden;
    w->transposed = zeroed(widest > arc ? widest : arc, sizeof(float));
}

static void reserve_words(fnet_work *w, int n)
{
    if (n <= w->cap_words) return;
    w->cap_words = n * 2;
    size_t c = (size_t)w->cap_words;
    arc_state *a = &w->arcs;
    int32_t **v[] = {&a->stack, &a->head, &a->left, &a->right};
    for (int i = 0; i < 4; i++) *v[i] = regrow(*v[i], c, sizeof(int32_t));
    a->n_left = regrow(a->n_left, c, sizeof(uint16_t));
    a->n_right = regrow(a->n_right, c, sizeof(uint16_t));
    a->rel = regrow(a->rel, c, 1);
}

static void reserve_rows(const fnet *n, fnet_work *w, size_t rows)
{
    const fnet_shape *s = &n->shape;
    if (rows <= w->cap_rows) return;
    size_t c = w->cap_rows = rows + rows / 2;
    for (uint32_t l = 0; l <= s->n_layers; l++) {
        size_t width = l ? s->layer[l - 1].out : s->layer[0].in;
        w->x[l] = regrow(w->x[l], c * width, sizeof(float));
        w->dx[l] = regrow(w->dx[l], c * width, sizeof(float));
        w->mask[l] = regrow(w->mask[l], c * width, sizeof(float));
        if (l == s->n_layers) break;
        w->pre[l] = regrow(w->pre[l], c * gates(&s->layer[l]), sizeof(float));
        w->c[l] = regrow(w->c[l], c * s->layer[l].out, sizeof(float));
    }
    w->tags = regrow(w->tags, c * FNET_TAGS, sizeof(float));
    w->dtags = regrow(w->dtags, c * FNET_TAGS, sizeof(float));
    w->hints = regrow(w->hints, c * n->hint_columns, sizeof(float));
    w->dhints = regrow(w->dhints, c * n->hint_columns, sizeof(float));
    w->f = regrow(w->f, c * ARC_POSITIONS * s->hidden, sizeof(float));
    w->df = regrow(w->df, c * ARC_POSITIONS * s->hidden, sizeof(float));
}

static void lay_out(const fnet *n, fnet_work *w, fnet_sentence *s, int n_sentences)
{
    size_t row = FNET_PAD;
    for (int i = 0; i < n_sentences; i++) {
        s[i].first_row = (int)row;
        row += (size_t)s[i].n + FNET_PAD;
        reserve_words(w, s[i].n);
    }
    w->n_rows = row;
    reserve_rows(n, w, row);
}

/* ---- forward ----------------------------------------------------------------------------------- */

static void embed_word(const fnet *n, const fnet_word *t, float *x)
{
    if (t->row >= 0 && !(t->drop & 1)) {
        const float *fixed = n->fixed + (size_t)t->row * WORD_DIM,
                    *own = n->word->w + (size_t)t->row * WORD_DIM;
        for (int k = 0; k < WORD_DIM; k++) x[k] = fixed[k] + (t->drop & 2 ? 0 : own[k]);
    }
    float *g = x + WORD_DIM, share = t->f.n_averaged ? 1.0f / (float)t->f.n_averaged : 0;
    for (uint32_t i = t->drop & 2 ? 1 : 0; i < t->f.n_summed; i++)
        for (int k = 0; k < GRAM_DIM; k++)
            g[k] += n->gram->w[(size_t)t->f.summed[i] * GRAM_DIM + (size_t)k];
    for (uint32_t i = 0; i < t->f.n_averaged; i++)
        for (int k = 0; k < GRAM_DIM; k++)
            g[k] += share * n->gram->w[(size_t)t->f.averaged[i] * GRAM_DIM + (size_t)k];
}

static void embed(const fnet *n, fnet_work *w, const fnet_sentence *s, int n_sentences)
{
    memset(w->x[0], 0, w->n_rows * FORM_DIM * sizeof(float));
    for (int i = 0; i < n_sentences; i++)
        for (int t = 0; t < s[i].n; t++)
            embed_word(n, &s[i].word[t], w->x[0] + (size_t)(s[i].first_row + t) * FORM_DIM);
}

static void drop_out(fnet_work *w, int l, size_t width, float rate)
{
    size_t n = w->n_rows * width;
    if (!w->training || rate <= 0) return;
    float keep = 1 / (1 - rate);
    uint32_t limit = (uint32_t)(rate * 65536.0f);
    for (size_t i = 0; i < n; i += 4) {
        uint64_t bits = rng_next(&w->r);
        for (size_t k = i; k < i + 4; k++, bits >>= 16) w->mask[l][k] = (bits & 0xFFFF) < limit ? 0 : keep;
    }
    for (size_t i = 0; i < n; i++) w->x[l][i] *= w->mask[l][i];
}

static void fill_bias(size_t rows, size_t columns, const float *b, float *y)
{
    for (size_t r = 0; r < rows; r++) memcpy(y + r * columns, b, columns * sizeof(float));
}

static void clear_padding(float *y, size_t columns, const fnet_work *w, const fnet_sentence *s,
                          int n_sentences)
{
    memset(y, 0, FNET_PAD * columns * sizeof(float));
    for (int i = 0; i < n_sentences; i++)
        memset(y + (size_t)(s[i].first_row + s[i].n) * columns, 0, FNET_PAD * columns * sizeof(float));
    (void)w;
}

static void conv_forward(const fnet *n, fnet_work *w, uint32_t l)
{
    const fnet_layer_shape *s = &n->shape.layer[l];
    size_t half = s->width / 2, rows = w->n_rows - 2 * FNET_PAD;
    float *y = w->x[l + 1] + (size_t)FNET_PAD * s->out;
    fill_bias(rows, s->out, n->layer_b[l]->w, y);
    mat_mul_add(rows, (size_t)s->width * s->in, s->out, w->x[l] + (FNET_PAD - half) * s->in, s->in, 1,
                n->layer_w[l]->w, s->out, y, s->out);
    for (size_t i = 0; i < rows * s->out; i++) y[i] = y[i] > 0 ? y[i] : 0;
}

/* z | f | o of one direction in `p`; c = f c' + (1 - f) z, h = o c. */
static void qrnn_direction(const fnet_sentence *s, size_t h, bool back, const float *pre, float *c,
                           float *y, size_t out)
{
    float state[1024] = {0};
    for (int k = 0; k < s->n; k++) {
        size_t row = (size_t)(s->first_row + (back ? s->n - 1 - k : k)), side = back ? h : 0;
        const float *p = pre + row * 3 * out + 3 * side;
        for (size_t j = 0; j < h; j++) {
            float z = 2 * fnet_gate(2 * p[j]) - 1, f = fnet_gate(p[h + j]), o = fnet_gate(p[2 * h + j]);
            state[j] = z + f * (state[j] - z);
            c[row * out + side + j] = state[j];
            y[row * out + side + j] = o * state[j];
        }
    }
}

static void qrnn_forward(const fnet *n, fnet_work *w, uint32_t l, const fnet_sentence *s, int n_sentences)
{
    const fnet_layer_shape *shape = &n->shape.layer[l];
    size_t out = shape->out;
    fill_bias(w->n_rows, 3 * out, n->layer_b[l]->w, w->pre[l]);
    mat_mul_add(w->n_rows, shape->in, 3 * out, w->x[l], shape->in, 1, n->layer_w[l]->w, 3 * out, w->pre[l],
                3 * out);
    for (int i = 0; i < n_sentences; i++)
        for (int back = 0; back < 2; back++)
            qrnn_direction(&s[i], out / 2, back, w->pre[l], w->c[l], w->x[l + 1], out);
}

/* ---- backward ---------------------------------------------------------------------------------- */

static void sum_columns(size_t rows, size_t columns, const float *dy, float *db)
{
    for (size_t r = 0; r < rows; r++)
        for (size_t j = 0; j < columns; j++) db[j] += dy[r * columns + j];
}

/* Gradients of y = x W + b at `rows` rows: dW, db and, through W transposed, dx. */
static void dense_backward(fnet_work *w, size_t rows, size_t in, size_t columns, const float *x, float *dx,
                           const param *weight, const float *weights, float *dweights, const float *dy)
{
    (void)weight;
    mat_mul_add(in, rows, columns, x, 1, in, dy, columns, dweights, columns);
    mat_transpose(in, columns, weights, w->transposed);
    mat_mul_add(rows, columns, in, dy, columns, 1, w->transposed, in, dx, in);
}

static void conv_backward(const fnet *n, fnet_work *w, uint32_t l)
{
    const fnet_layer_shape *s = &n->shape.layer[l];
    size_t half = s->width / 2, rows = w->n_rows - 2 * FNET_PAD, tap_size = (size_t)s->in * s->out;
    float *dy = w->dx[l + 1] + (size_t)FNET_PAD * s->out, *y = w->x[l + 1] + (size_t)FNET_PAD * s->out;
    for (size_t i = 0; i < rows * s->out; i++) dy[i] = y[i] > 0 ? dy[i] : 0;
    sum_columns(rows, s->out, dy, n->layer_b[l]->grad[w->shard]);
    for (size_t tap = 0; tap < s->width; tap++) {
        size_t offset = (FNET_PAD - half + tap) * s->in;
        dense_backward(w, rows, s->in, s->out, w->x[l] + offset, w->dx[l] + offset, n->layer_w[l],
                       n->layer_w[l]->w + tap * tap_size, n->layer_w[l]->grad[w->shard] + tap * tap_size,
                       dy);
    }
}

static float gate_slope(float x, float scale)
{
    float t = x * (1.0f / 6) + 0.5f;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return scale * t * (1 - t);
}

/* Turns the gates in `pre` into their gradients. */
static void qrnn_direction_backward(const fnet_sentence *s, size_t h, bool back, float *pre, const float *c,
                                    const float *dy, size_t out)
{
    float ds[1024] = {0};
    for (int k = s->n - 1; k >= 0; k--) {
        size_t row = (size_t)(s->first_row + (back ? s->n - 1 - k : k)), side = back ? h : 0;
        const float *before = k ? c + (back ? row + 1 : row - 1) * out + side : NULL;
        float *p = pre + row * 3 * out + 3 * side;
        for (size_t j = 0; j < h; j++) {
            float z = 2 * fnet_gate(2 * p[j]) - 1, f = fnet_gate(p[h + j]), o = fnet_gate(p[2 * h + j]);
            float d = dy[row * out + side + j], last = before ? before[j] : 0;
            float dc = d * o + ds[j];
            p[2 * h + j] = d * c[row * out + side + j] * gate_slope(p[2 * h + j], 1);
            p[h + j] = dc * (last - z) * gate_slope(p[h + j], 1);
            p[j] = dc * (1 - f) * gate_slope(2 * p[j], 4);
            ds[j] = dc * f;
        }
    }
}

static void qrnn_backward(const fnet *n, fnet_work *w, uint32_t l, const fnet_sentence *s, int n_sentences)
{
    const fnet_layer_shape *shape = &n->shape.layer[l];
    size_t out = shape->out;
    for (int i = 0; i < n_sentences; i++)
        for (int back = 0; back < 2; back++)
            qrnn_direction_backward(&s[i], out / 2, back, w->pre[l], w->c[l], w->dx[l + 1], out);
    clear_padding(w->pre[l], 3 * out, w, s, n_sentences);
    sum_columns(w->n_rows, 3 * out, w->pre[l], n->layer_b[l]->grad[w->shard]);
    dense_backward(w, w->n_rows, shape->in, 3 * out, w->x[l], w->dx[l], n->layer_w[l], n->layer_w[l]->w,
                   n->layer_w[l]->grad[w->shard], w->pre[l]);
}

static float *touch(const param *p_const, int shard, uint32_t row, size_t width)
{
    param *p = (param *)(uintptr_t)p_const;
    if (!p->is_touched[shard][row]) {
        p->is_touched[shard][row] = 1;
        p->touched[shard][p->n_touched[shard]++] = row;
    }
    return p->grad[shard] + (size_t)row * width;
}

static void embed_backward_word(const fnet *n, const fnet_word *t, int shard, const float *dx)
{
    if (t->row >= 0 && !t->drop) {
        float *g = touch(n->word, shard, (uint32_t)t->row, WORD_DIM);
        for (int k = 0; k < WORD_DIM; k++) g[k] += dx[k];
    }
    const float *d = dx + WORD_DIM;
    float share = t->f.n_averaged ? 1.0f / (float)t->f.n_averaged : 0;
    for (uint32_t i = t->drop & 2 ? 1 : 0; i < t->f.n_summed; i++) {
        float *g = touch(n->gram, shard, t->f.summed[i], GRAM_DIM);
        for (int k = 0; k < GRAM_DIM; k++) g[k] += d[k];
    }
    for (uint32_t i = 0; i < t->f.n_averaged; i++) {
        float *g = touch(n->gram, shard, t->f.averaged[i], GRAM_DIM);
        for (int k = 0; k < GRAM_DIM; k++) g[k] += share * d[k];
    }
}

static void apply_mask(fnet_work *w, uint32_t l, size_t width, float rate)
{
    if (rate <= 0) return;
    for (size_t i = 0; i < w->n_rows * width; i++) w->dx[l][i] *= w->mask[l][i];
}

/* ---- heads ------------------------------------------------------------------------------------- */

/* Softmax over [from, from + n) against `gold`; the loss, and the gradient in d. */
static double softmax_loss(const float *y, int n, int gold, float weight, float *d)
{
    float top = y[0], sum = 0;
    for (int i = 1; i < n; i++) top = y[i] > top ? y[i] : top;
    for (int i = 0; i < n; i++) sum += d[i] = expf(y[i] - top);
    for (int i = 0; i < n; i++) d[i] = weight * (d[i] / sum - (i == gold));
    return weight * (logf(sum) - (y[gold] - top));
}

static int best_of(const float *y, int n)
{
    int best = 0;
    for (int i = 1; i < n; i++)
        if (y[i] > y[best]) best = i;
    return best;
}

static void tag_sentence(fnet_work *w, const fnet_sentence *s)
{
    for (int t = 0; t < s->n; t++) {
        const float *y = w->tags + (size_t)(s->first_row + t) * FNET_TAGS;
        float *d = w->dtags + (size_t)(s->first_row + t) * FNET_TAGS;
        if (w->training) {
            w->loss_tag += softmax_loss(y, N_UPOS, s->word[t].pos, s->weight_tag, d);
            w->loss_tag += softmax_loss(y + N_UPOS, N_XPOS, s->word[t].tag, s->weight_tag, d + N_UPOS);
        } else {
            s->pos_out[t] = (uint8_t)best_of(y, N_UPOS);
            s->tag_out[t] = (uint8_t)best_of(y + N_UPOS, N_XPOS);
        }
    }
}

static void hint_word(const fnet *n, fnet_work *w, const fnet_sentence *s, int t)
{
    size_t row = (size_t)(s->first_row + t) * n->hint_columns;
    for (int kind = 0; kind < N_HINT_KIND; kind++) {
        uint32_t first = n->hint_names.first[kind];
        int names = (int)(n->hint_names.first[kind + 1] - first);
        const float *y = w->hints + row + first;
        if (w->training)
            w->loss_hint +=
                softmax_loss(y, names, s->word[t].hint[kind], s->weight_hint, w->dhints + row + first);
        else s->hint_out[t * N_HINT_KIND + kind] = (uint8_t)best_of(y, names);
    }
}

static void hint_sentences(const fnet *n, fnet_work *w, const fnet_sentence *s, int n_sentences)
{
    size_t cells = w->n_rows * n->hint_columns, top = n->top;
    if (!cells) return;
    fill_bias(w->n_rows, n->hint_columns, n->hint_b->w, w->hints);
    mat_mul_add(w->n_rows, top, n->hint_columns, w->x[n->shape.n_layers], top, 1, n->hint_w->w,
                n->hint_columns, w->hints, n->hint_columns);
    if (w->training) memset(w->dhints, 0, cells * sizeof(float));
    for (int i = 0; i < n_sentences; i++) {
        bool wanted = w->training ? s[i].weight_hint > 0 : s[i].hint_out != NULL;
        for (int t = 0; wanted && t < s[i].n; t++) hint_word(n, w, &s[i], t);
        w->n_hinted += wanted ? (uint64_t)s[i].n : 0;
    }
}

static void heads(const fnet *n, fnet_work *w, fnet_sentence *s, int n_sentences)
{
    size_t top = n->top, fw = (size_t)ARC_POSITIONS * n->shape.hidden;
    const float *x = w->x[n->shape.n_layers];
    fill_bias(w->n_rows, FNET_TAGS, n->tag_b->w, w->tags);
    mat_mul_add(w->n_rows, top, FNET_TAGS, x, top, 1, n->tag_w->w, FNET_TAGS, w->tags, FNET_TAGS);
    memset(w->f, 0, w->n_rows * fw * sizeof(float));
    mat_mul_add(w->n_rows, top, fw, x, top, 1, n->arc_w->w, fw, w->f, fw);
    if (w->training) {
        memset(w->df, 0, w->n_rows * fw * sizeof(float));
        memset(w->dtags, 0, w->n_rows * FNET_TAGS * sizeof(float));
    }
    for (int i = 0; i < n_sentences; i++) {
        tag_sentence(w, &s[i]);
        parse_sentence(n, w, &s[i]);
        w->n_words += (uint64_t)s[i].n;
    }
    hint_sentences(n, w, s, n_sentences);
}

static void heads_backward(const fnet *n, fnet_work *w)
{
    size_t top = n->top, fw = (size_t)ARC_POSITIONS * n->shape.hidden;
    uint32_t l = n->shape.n_layers;
    sum_columns(w->n_rows, FNET_TAGS, w->dtags, n->tag_b->grad[w->shard]);
    dense_backward(w, w->n_rows, top, FNET_TAGS, w->x[l], w->dx[l], n->tag_w, n->tag_w->w,
                   n->tag_w->grad[w->shard], w->dtags);
    if (n->hint_columns) {
        sum_columns(w->n_rows, n->hint_columns, w->dhints, n->hint_b->grad[w->shard]);
        dense_backward(w, w->n_rows, top, n->hint_columns, w->x[l], w->dx[l], n->hint_w, n->hint_w->w,
                       n->hint_w->grad[w->shard], w->dhints);
    }
    dense_backward(w, w->n_rows, top, fw, w->x[l], w->dx[l], n->arc_w, n->arc_w->w,
                   n->arc_w->grad[w->shard], w->df);
}

static void gather_peaks(const fnet *n, fnet_work *w, uint32_t l)
{
    size_t width = n->shape.layer[l].out;
    if (!w->peak[l]) return;
    for (size_t i = 0; i < w->n_rows * width; i++) {
        float v = fabsf(w->x[l + 1][i]);
        if (v > w->peak[l][i % width]) w->peak[l][i % width] = v;
    }
}

static void backward(const fnet *n, fnet_work *w, fnet_sentence *s, int n_sentences)
{
    const fnet_shape *shape = &n->shape;
    for (uint32_t l = 0; l <= shape->n_layers; l++)
        memset(w->dx[l], 0, w->n_rows * (l ? shape->layer[l - 1].out : FORM_DIM) * sizeof(float));
    heads_backward(n, w);
    for (uint32_t l = shape->n_layers; l-- > 0;) {
        size_t out = shape->layer[l].out;
        apply_mask(w, l + 1, out, w->dropout);
        clear_padding(w->dx[l + 1], out, w, s, n_sentences);
        if (shape->layer[l].kind == FNET_QRNN) qrnn_backward(n, w, l, s, n_sentences);
        else conv_backward(n, w, l);
    }
    apply_mask(w, 0, FORM_DIM, w->dropout * 0.5f);
    for (int i = 0; i < n_sentences; i++)
        for (int t = 0; t < s[i].n; t++)
            embed_backward_word(n, &s[i].word[t], w->shard,
                                w->dx[0] + (size_t)(s[i].first_row + t) * FORM_DIM);
}

void fnet_run(const fnet *n, fnet_work *w, fnet_sentence *s, int n_sentences)
{
    lay_out(n, w, s, n_sentences);
    embed(n, w, s, n_sentences);
    drop_out(w, 0, FORM_DIM, w->dropout * 0.5f);
    for (uint32_t l = 0; l < n->shape.n_layers; l++) {
        size_t out = n->shape.layer[l].out;
        if (n->shape.layer[l].kind == FNET_QRNN) qrnn_forward(n, w, l, s, n_sentences);
        else conv_forward(n, w, l);
        clear_padding(w->x[l + 1], out, w, s, n_sentences);
        gather_peaks(n, w, l);
        drop_out(w, (int)l + 1, out, w->dropout);
    }
    heads(n, w, s, n_sentences);
    if (w->training) backward(n, w, s, n_sentences);
}
