#include "tiny_encoder.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "model/layout.h"
#include "syntax/kernel.h"

static const char vocabulary[] =
    "[UNK]\n[CLS]\n[SEP]\nthe\nshell\n##ing\n##ed\n##s\ntown\nfire\ne\n##e\n1\n##2\n.\n,\n-\n'\n";
static const char hint_lines[] =
    "happening\t-\nhappening\tshelling\nhappening\tclash\nstatus\t-\nstatus\toccurred\n"
    "role\t-\nrole\tplace\n";
static const char roles[] = "actor\nplace\ndate\n";

typedef struct section {
    char name[MODEL_NAME_LEN];
    const void *bytes;
    size_t len;
} section;

typedef struct builder {
    arena *a;
    uint32_t chance;
    ARRAY(section) v;
} builder;

static uint32_t chance(builder *b)
{
    b->chance = b->chance * 1664525u + 1013904223u;
    return b->chance >> 8;
}

static void add(builder *b, const char *name, const char *part, const void *bytes, size_t len)
{
    section *s = array_push(b->a, &b->v);
    snprintf(s->name, sizeof s->name, "%s%s", name, part);
    s->bytes = bytes;
    s->len = len;
}

static void add_floats(builder *b, const char *name, const char *part, size_t n, float middle, float spread)
{
    float *v = arena_new(b->a, float, n);
    for (size_t i = 0; i < n; i++) v[i] = middle + spread * ((float)(chance(b) % 2001) - 1000) * 0.001f;
    add(b, name, part, v, n * sizeof *v);
}

static void add_bytes(builder *b, const char *name, const char *part, size_t n)
{
    int8_t *v = arena_new(b->a, int8_t, n);
    for (size_t i = 0; i < n; i++) v[i] = (int8_t)((int)(chance(b) % 255) - 127);
    add(b, name, part, v, n);
}

static void add_dense(builder *b, const char *name, size_t k, size_t m)
{
    m = (m + PANEL - 1) / PANEL * PANEL;
    int32_t *bias = arena_new(b->a, int32_t, m);
    for (size_t j = 0; j < m; j++) bias[j] = (int32_t)(chance(b) % 20001) - 10000;
    add_bytes(b, name, ".w", k * m);
    add(b, name, ".b", bias, m * sizeof *bias);
    add_floats(b, name, ".s", m, 0.002f, 0.001f);
    add_floats(b, name, ".f", m, 0, 0.5f);
}

static void add_norm(builder *b, const char *name)
{
    add_floats(b, name, ".g", TINY_WIDTH, 1, 0.5f);
    add_floats(b, name, ".b", TINY_WIDTH, 0, 0.5f);
}

static uint32_t ascii(uint32_t c)
{
    uint32_t low = c >= 'A' && c <= 'Z' ? c + 32 : c;
    if (low >= 'a' && low <= 'z')
        return low | LETTER_RUN | LETTER_ALPHA | (low == c ? (uint32_t)LETTER_LOWER : LETTER_UPPER);
    if (c >= '0' && c <= '9') return c | LETTER_RUN | LETTER_DIGIT;
    return c | (c == ' ' || (c >= 9 && c <= 13) ? LETTER_SPACE : 0);
}

static void add_letters(builder *b)
{
    static const letter_range far = {0x4E00, 0x9FFF, LETTER_RUN | LETTER_ALPHA};
    uint32_t *v = arena_new(b->a, uint32_t, ENCODER_LETTERS);
    for (uint32_t c = 0; c < ENCODER_LETTERS; c++) v[c] = c < 128 ? ascii(c) : c;
    v[0xE9] = 'e' | LETTER_RUN | LETTER_ALPHA | LETTER_LOWER;
    v[0xC9] = 'e' | LETTER_RUN | LETTER_ALPHA | LETTER_UPPER;
    v[0xC4] = 'a' | LETTER_RUN | LETTER_ALPHA | LETTER_UPPER;
    v[0xA0] |= LETTER_SPACE;
    v[0x301] |= LETTER_MARK;
    add(b, "letters", "", v, ENCODER_LETTERS * sizeof *v);
    add(b, "letters.far", "", &far, sizeof far);
}

static void add_all(builder *b, const encoder_shape *s, size_t n_pieces)
{
    add(b, "encoder", "", s, sizeof *s);
    add(b, "meta", "", "language\ten\n", 12);
    add_letters(b);
    add(b, "vocabulary", "", vocabulary, sizeof vocabulary - 1);
    add_bytes(b, "piece", ".w", n_pieces * TINY_WIDTH);
    add_floats(b, "piece", ".s", n_pieces, 0.01f, 0.005f);
    add_floats(b, "shape", "", (size_t)ENCODER_SHAPES * TINY_WIDTH, 0, 0.3f);
    add_floats(b, "place", "", (size_t)ENCODER_PLACES * TINY_WIDTH, 0, 0.3f);
    add_norm(b, "norm");
    static const char *const layer[TINY_LAYERS][6] = {{"0.qkv", "0.out", "0.up", "0.down", "0.n1", "0.n2"},
                                                      {"1.qkv", "1.out", "1.up", "1.down", "1.n1", "1.n2"}};
    for (int l = 0; l < TINY_LAYERS; l++) {
        add_dense(b, layer[l][0], TINY_WIDTH, 3 * TINY_WIDTH);
        add_dense(b, layer[l][1], TINY_WIDTH, TINY_WIDTH);
        add_dense(b, layer[l][2], TINY_WIDTH, TINY_INNER);
        add_dense(b, layer[l][3], TINY_INNER, TINY_WIDTH);
        add_norm(b, layer[l][4]);
        add_norm(b, layer[l][5]);
    }
    add_floats(b, "mix", "", TINY_LAYERS + 1, 0.3f, 0.1f);
    add_dense(b, "hints", TINY_WIDTH, TINY_HINTS);
    add_dense(b, "key", TINY_WIDTH, TINY_ROLE_WIDTH + TINY_ROLES);
    add_dense(b, "query", TINY_WIDTH, (size_t)TINY_ROLES * (TINY_ROLE_WIDTH + 1));
    add(b, "hint names", "", hint_lines, sizeof hint_lines - 1);
    add(b, "roles", "", roles, sizeof roles - 1);
}

static size_t aligned(size_t n)
{
    return (n + MODEL_ALIGN - 1) / MODEL_ALIGN * MODEL_ALIGN;
}

static str joined(const builder *b)
{
    size_t size = aligned(sizeof(model_header) + b->v.n * sizeof(model_entry)), at = size;
    for (size_t i = 0; i < b->v.n; i++) size += aligned(b->v.v[i].len);
    char *file = (char *)arena_new(b->a, max_align_t, size / sizeof(max_align_t) + 1);
    model_header h = {.magic = MODEL_MAGIC,
                      .order = MODEL_ORDER,
                      .version = MODEL_VERSION,
                      .feature_set = ENCODER_FEATURES,
                      .n_sections = (uint32_t)b->v.n,
                      .size_bytes = size};
    memcpy(file, &h, sizeof h);
    for (size_t i = 0; i < b->v.n; i++) {
        const section *s = &b->v.v[i];
        model_entry e = {.offset = at, .len_bytes = s->len};
        memcpy(e.name, s->name, sizeof e.name);
        memcpy(file + sizeof h + i * sizeof e, &e, sizeof e);
        memcpy(file + at, s->bytes, s->len);
        at += aligned(s->len);
    }
    tiny_encoder_sign(file, size);
    return (str){file, size};
}

str tiny_encoder_bytes(arena *a, void (*change)(encoder_shape *s))
{
    builder b = {.a = a, .chance = 7};
    uint32_t n_pieces = 0;
    for (const char *c = vocabulary; *c; c++) n_pieces += *c == '\n';
    encoder_shape s = {TINY_WIDTH, TINY_INNER,      TINY_LAYERS, n_pieces,
                       TINY_ROLES, TINY_ROLE_WIDTH, TINY_HINTS};
    if (change) change(&s);
    add_all(&b, &s, n_pieces);
    return joined(&b);
}

void tiny_encoder_sign(char *bytes, size_t len)
{
    model_header h;
    memcpy(&h, bytes, sizeof h);
    h.checksum = model_checksum((const unsigned char *)bytes + sizeof h, len - sizeof h);
    memcpy(bytes, &h, sizeof h);
}

void tiny_encoder_write(const char *path, const char *bytes, size_t len)
{
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(bytes, 1, len, f) != len || fclose(f) != 0) abort();
}
