/* encode: the float encoder that train/teacher/encoder.py wrote -> the model file of src/syntax/encoder_format.h.
 *
 * What comes in: "sitrepE1", then arrays, each of them a name (16 bytes, padded with NUL), a kind ("f4", "u4" or
 * "text", 8 bytes likewise), two uint32, rows and columns, and their bytes, little-endian. Matrices lie by input:
 * N.qkv.w, N.out.w, N.up.w, N.down.w, hints.w, key.w, query.w, each with .b; piece, shape, place, norm.g and .b, N.n1.g
 * … N.n2.b, mix; letters, letters.far; vocabulary, hint names, roles, meta. */
#include <math.h>
#include <stdio.h>

#include "base/os.h"
#include "commands.h"
#include "sections.h"
#include "syntax/encoder_format.h"
#include "syntax/hint_names.h"
#include "syntax/kernel.h"

typedef struct matrix {
    char name[MODEL_NAME_LEN];
    uint32_t rows, columns;
    const char *bytes;
    size_t len;
} matrix;

typedef struct writer {
    arena *a;
    ARRAY(matrix) in;
    sections out;
    error *e;
    bool ok;
} writer;

/* ---- what comes in ----------------------------------------------------------------------------- */

static bool refuse(writer *w, const char *what, const char *name)
{
    if (w->ok) error_set(w->e, SITREP_BAD_FORMAT, "train", "%s: %s", name, what);
    return w->ok = false;
}

static bool read_arrays(writer *w, str file)
{
    enum { HEAD = MODEL_NAME_LEN + 16 };
    if (!str_starts(file, STR("sitrepE1"))) return refuse(w, "not what encoder.py writes", "the file");
    for (size_t at = 8; at < file.len;) {
        matrix *m = array_push(w->a, &w->in);
        if (file.len - at < HEAD) return refuse(w, "is cut short", "the file");
        memcpy(m->name, file.ptr + at, MODEL_NAME_LEN - 1);
        size_t size = file.ptr[at + MODEL_NAME_LEN] == 't' ? 1 : 4;
        memcpy(&m->rows, file.ptr + at + MODEL_NAME_LEN + 8, 4);
        memcpy(&m->columns, file.ptr + at + MODEL_NAME_LEN + 12, 4);
        m->len = (size_t)m->rows * m->columns * size;
        at += HEAD;
        if (m->len > file.len - at) return refuse(w, "is cut short", m->name);
        m->bytes = arena_copy(w->a, str_part(file, at, m->len)).ptr;
        at += m->len;
    }
    return true;
}

/* rows or columns 0: any. */
static matrix find(writer *w, const char *name, const char *part, size_t rows, size_t columns)
{
    char full[32];
    snprintf(full, sizeof full, "%s%s", name, part);
    for (size_t i = 0; i < w->in.n; i++) {
        matrix *m = &w->in.v[i];
        if (strcmp(m->name, full) != 0) continue;
        if ((!rows || m->rows == rows) && (!columns || m->columns == columns)) return *m;
        refuse(w, "is of the wrong shape", full);
    }
    refuse(w, "is missing", full);
    return (matrix){.rows = (uint32_t)rows, .columns = (uint32_t)columns};
}

static const float *floats(writer *w, const matrix *m)
{
    float *v = arena_new(w->a, float, (size_t)m->rows * m->columns + 1);
    if (w->ok) memcpy(v, m->bytes, m->len);
    return v;
}

/* ---- what goes out ------------------------------------------------------------------------------ */

static void add(writer *w, const char *name, const char *part, const void *bytes, size_t len)
{
    char full[32];
    snprintf(full, sizeof full, "%s%s", name, part);
    if (w->ok) sections_add(&w->out, full, bytes, len);
}

static void hand_on(writer *w, const char *name, const char *part, size_t rows, size_t columns)
{
    matrix m = find(w, name, part, rows, columns);
    add(w, name, part, m.bytes, m.len);
}

static int8_t quantised(float v, float unit)
{
    float q = rintf(v / unit);
    return (int8_t)(q > 127 ? 127 : q < -127 ? -127 : q);
}

static void add_pieces(writer *w, size_t n, size_t width)
{
    matrix m = find(w, "piece", "", n, width);
    const float *v = floats(w, &m);
    int8_t *q = arena_new(w->a, int8_t, n * width);
    float *unit = arena_new(w->a, float, n);
    for (size_t r = 0; r < n; r++) {
        float top = 1e-9f;
        for (size_t k = 0; k < width; k++) top = fmaxf(top, fabsf(v[r * width + k]));
        unit[r] = top / 127;
        for (size_t k = 0; k < width; k++) q[r * width + k] = quantised(v[r * width + k], unit[r]);
    }
    add(w, "piece", ".w", q, n * width);
    add(w, "piece", ".s", unit, n * sizeof *unit);
}

/* What a layer's activations mean: 64 is 0, or 0 is -GELU_LOW. */
typedef enum activations { SIGNED, AFTER_GELU } activations;

typedef struct column {
    size_t index, k_n;
    const float *w;
    size_t stride;
    float factor, bias;
    activations reads;
} column;

static void add_column(const column *c, int8_t *q, int32_t *b, float *unit, float *f)
{
    float top = 1e-9f;
    int32_t sum = 0;
    for (size_t k = 0; k < c->k_n; k++) top = fmaxf(top, fabsf(c->w[k * c->stride] * c->factor));
    *unit = top / 127;
    for (size_t k = 0; k < c->k_n; k++) {
        int8_t v = quantised(c->w[k * c->stride] * c->factor, *unit);
        q[(c->index / PANEL * c->k_n + k / 4 * 4) * PANEL + c->index % PANEL * 4 + k % 4] = v;
        sum += v;
    }
    *b = c->reads == SIGNED ? -SIGNED_ZERO * sum : 0;
    *f = c->bias * c->factor - (c->reads == SIGNED ? 0 : GELU_LOW * *unit * (float)sum);
}

/* The first `n_scaled` columns are multiplied by `factor`. */
static void add_dense(writer *w, const char *name, size_t k_n, size_t m_n, activations reads,
                      size_t n_scaled, float factor)
{
    size_t m = (m_n + PANEL - 1) / PANEL * PANEL;
    matrix wm = find(w, name, ".w", k_n, m_n), bm = find(w, name, ".b", 1, m_n);
    const float *weight = floats(w, &wm), *bias = floats(w, &bm);
    int8_t *q = arena_new(w->a, int8_t, k_n * m);
    int32_t *b = arena_new(w->a, int32_t, m);
    float *unit = arena_new(w->a, float, m), *f = arena_new(w->a, float, m);
    for (size_t j = 0; j < m_n; j++) {
        column c = {j, k_n, weight + j, m_n, j < n_scaled ? factor : 1, bias[j], reads};
        add_column(&c, q, &b[j], &unit[j], &f[j]);
    }
    add(w, name, ".w", q, k_n * m);
    add(w, name, ".b", b, m * sizeof *b);
    add(w, name, ".s", unit, m * sizeof *unit);
    add(w, name, ".f", f, m * sizeof *f);
}

static void add_norm(writer *w, const char *name, size_t width)
{
    hand_on(w, name, ".g", 1, width);
    hand_on(w, name, ".b", 1, width);
}

static void add_layer(writer *w, uint32_t index, size_t width, size_t inner)
{
    char name[16];
#define NAME(part) (snprintf(name, sizeof name, "%u." part, index), name)
    add_dense(w, NAME("qkv"), width, 3 * width, SIGNED, width, 1 / sqrtf(ENCODER_HEAD_WIDTH));
    add_dense(w, NAME("out"), width, width, SIGNED, 0, 1);
    add_dense(w, NAME("up"), width, inner, SIGNED, 0, 1);
    add_dense(w, NAME("down"), inner, width, AFTER_GELU, 0, 1);
    add_norm(w, NAME("n1"), width);
    add_norm(w, NAME("n2"), width);
#undef NAME
}

static uint32_t count_lines(writer *w, const char *name)
{
    matrix m = find(w, name, "", 0, 0);
    uint32_t n = 0;
    for (size_t i = 0; w->ok && i < m.len; i++) n += m.bytes[i] == '\n';
    return n;
}

static encoder_shape read_shape(writer *w)
{
    matrix piece = find(w, "piece", "", 0, 0), up = find(w, "0.up", ".b", 1, 0),
           mix = find(w, "mix", "", 1, 0);
    encoder_shape s = {.width = piece.columns,
                       .pieces = piece.rows,
                       .inner = up.columns,
                       .layers = mix.columns - 1,
                       .roles = count_lines(w, "roles"),
                       .hints = count_lines(w, "hint names")};
    s.role_width = find(w, "key", ".b", 1, 0).columns - s.roles;
    return s;
}

static void add_all(writer *w)
{
    encoder_shape *s = arena_new(w->a, encoder_shape, 1);
    *s = read_shape(w);
    if (!w->ok) return;
    hand_on(w, "meta", "", 0, 0);
    add(w, "encoder", "", s, sizeof *s);
    hand_on(w, "letters", "", 1, ENCODER_LETTERS);
    hand_on(w, "letters.far", "", 0, 3);
    hand_on(w, "vocabulary", "", 0, 0);
    add_pieces(w, s->pieces, s->width);
    hand_on(w, "shape", "", ENCODER_SHAPES, s->width);
    hand_on(w, "place", "", ENCODER_PLACES, s->width);
    add_norm(w, "norm", s->width);
    for (uint32_t l = 0; l < s->layers; l++) add_layer(w, l, s->width, s->inner);
    hand_on(w, "mix", "", 1, s->layers + 1);
    add_dense(w, "hints", s->width, s->hints, SIGNED, 0, 1);
    add_dense(w, "key", s->width, s->role_width + s->roles, SIGNED, 0, 1);
    add_dense(w, "query", s->width, (size_t)s->roles * (s->role_width + 1), SIGNED, 0, 1);
    hand_on(w, "hint names", "", 0, 0);
    hand_on(w, "roles", "", 0, 0);
}

int command_encode_export(int argc, char **argv)
{
    (void)argc;
    arena a;
    error e;
    str file;
    arena_init(&a, 0);
    writer w = {.a = &a, .out = {.a = &a}, .e = &e, .ok = true};
    if (!os_read_file(&a, str_from(argv[0]), &file, &e) || !read_arrays(&w, file)) return command_fail(&e);
    add_all(&w);
    if (!w.ok) return command_fail(&e);
    return sections_write(&w.out, argv[1], ENCODER_FEATURES) ? 0 : 1;
}
