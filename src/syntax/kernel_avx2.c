/* The kernels for x86-64 with AVX2, and the same with AVX-VNNI, its dot product of bytes (Alder Lake, Zen 5).
 * Each function is compiled for its instruction set; which may run is asked of the processor (kernel.c).
 *
 * AVX2 multiplies bytes and adds two products in 16 bits; making 32 bits of them costs as much again.
 * Therefore sums stay in 16 bits as long as the activations at hand prove that they fit. */
#ifdef __x86_64__

#include <cpuid.h>
#include <immintrin.h>

#include "syntax/kernel_loops.h"

extern const kernels kernels_avx2, kernels_avx_vnni;

#define AVX2 __attribute__((target("avx2")))
#define INLINE static inline __attribute__((always_inline))

typedef __m256i v32; /* 32 bytes, however divided */

enum {
    TILE_ROWS = 4,    /* rows against one panel */
    BATCH_TILES = 16, /* tiles that share what is known of a panel */
    CHUNK = 32,       /* inputs summed in 16 bits */
    MAX_CHUNKS = (DENSE_MAX_K + CHUNK - 1) / CHUNK,
    LANE_MAX = 255 /* times a weight of -128 fits 16 bits */
};

static inline int32_t four_bytes(const uint8_t *x)
{
    int32_t v;
    memcpy(&v, x, 4);
    return v;
}

AVX2 INLINE v32 load(const void *p)
{
    return _mm256_loadu_si256(p);
}

/* ---- what becomes of sums ----------------------------------------------------------------------- */

AVX2 INLINE void store_avx2(__m256i acc, const float *scale, dense_mode mode, void *out, size_t at)
{
    __m256 y = _mm256_mul_ps(_mm256_cvtepi32_ps(acc), _mm256_loadu_ps(scale));
    if (mode == DENSE_F32) {
        _mm256_storeu_ps((float *)out + at, y);
        return;
    }
    float low = mode == DENSE_I16 ? -PART_LIMIT : 0, high = mode == DENSE_I16 ? PART_LIMIT : ACTIVATION_MAX;
    y = _mm256_min_ps(_mm256_max_ps(y, _mm256_set1_ps(low)), _mm256_set1_ps(high));
    __m256i q = _mm256_cvtps_epi32(y);
    __m128i h = _mm_packs_epi32(_mm256_castsi256_si128(q), _mm256_extracti128_si256(q, 1));
    if (mode == DENSE_I16) _mm_storeu_si128((__m128i *)(void *)((int16_t *)out + at), h);
    else _mm_storel_epi64((__m128i *)(void *)((uint8_t *)out + at), _mm_packus_epi16(h, h));
}

/* ---- activations with both signs ---------------------------------------------------------------- */

/* What a panel adds for a centre c: x w = (x - c) w + c w. A chunk's sum of x w, taken modulo 2^16 from
 * `start` = - c sum(w), is its sum of (x - c) w, which fits 16 bits where the lane's |x - c| sum to
 * LANE_MAX at most. */
typedef struct panel_start {
    v32 whole[2];              /* bias + c · all weights: 32 bits */
    v32 start[MAX_CHUNKS][2];  /* 16 bits, by pairs of inputs */
    v32 centre[MAX_CHUNKS][2]; /* c · the chunk's weights: 32 bits */
} panel_start;

AVX2 INLINE size_t chunk_groups(const dense *d, size_t chunk)
{
    size_t left = (d->k - chunk * CHUNK) / 4;
    return left < CHUNK / 4 ? left : CHUNK / 4;
}

AVX2 static void start_panel(const dense *d, size_t j, int c, panel_start *p)
{
    const int8_t *w = d->w + j * d->k;
    const v32 centre = _mm256_set1_epi16((int16_t)c), one = _mm256_set1_epi8(1);
    for (size_t i = 0; i < 2; i++) p->whole[i] = load(d->bias + j + 8 * i);
    for (size_t chunk = 0; chunk * CHUNK < d->k; chunk++) {
        v32 sum[2] = {_mm256_setzero_si256(), _mm256_setzero_si256()};
        if (c)
            for (size_t g = chunk_groups(d, chunk); g > 0; g--, w += 4 * PANEL)
                for (size_t i = 0; i < 2; i++)
                    sum[i] = _mm256_add_epi16(sum[i], _mm256_maddubs_epi16(one, load(w + 32 * i)));
        for (size_t i = 0; i < 2; i++) {
            p->start[chunk][i] =
                _mm256_sub_epi16(_mm256_setzero_si256(), _mm256_mullo_epi16(sum[i], centre));
            p->centre[chunk][i] = _mm256_madd_epi16(sum[i], centre);
            p->whole[i] = _mm256_add_epi32(p->whole[i], p->centre[chunk][i]);
        }
    }
}

/* Marks the chunks of r_n rows in which a sum might not fit 16 bits. */
AVX2 static void mark_wide(const dense *d, const uint8_t *x, size_t x_stride, size_t r_n, int c,
                           uint8_t *wide)
{
    const v32 centre = _mm256_set1_epi8((char)c), one = _mm256_set1_epi8(1);
    for (size_t at = 0; at < d->k; at += CHUNK) {
        __m128i most = _mm_setzero_si128();
        wide[at / CHUNK] = at + CHUNK > d->k;
        if (at + CHUNK > d->k) break;
        for (size_t r = 0; r < r_n; r++) {
            v32 v = load(x + r * x_stride + at);
            v = _mm256_sub_epi8(_mm256_max_epu8(v, centre), _mm256_min_epu8(v, centre));
            v = _mm256_maddubs_epi16(v, one);
            __m128i sum = _mm_add_epi16(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
            sum = _mm_add_epi16(sum, _mm_srli_si128(sum, 8));
            most = _mm_max_epi16(most, _mm_add_epi16(sum, _mm_srli_si128(sum, 4)));
        }
        wide[at / CHUNK] = _mm_extract_epi16(most, 0) > LANE_MAX || _mm_extract_epi16(most, 1) > LANE_MAX;
    }
}

/* The products of a chunk, in 32 bits at once. */
AVX2 INLINE void wide_chunk(size_t r_n, size_t g_n, const int8_t *w, const uint8_t *x, size_t x_stride,
                            const v32 centre[2], v32 sum[TILE_ROWS][2])
{
    const v32 ones = _mm256_set1_epi16(1);
    for (size_t r = 0; r < r_n; r++)
        for (size_t i = 0; i < 2; i++) {
            v32 s = _mm256_sub_epi32(sum[r][i], centre[i]);
            for (size_t g = 0; g < g_n; g++) {
                v32 v = _mm256_set1_epi32(four_bytes(x + r * x_stride + 4 * g));
                v = _mm256_maddubs_epi16(v, load(w + 4 * PANEL * g + 32 * i));
                s = _mm256_add_epi32(s, _mm256_madd_epi16(v, ones));
            }
            sum[r][i] = s;
        }
}

AVX2 INLINE void narrow_chunk(size_t r_n, const int8_t *w, const uint8_t *x, size_t x_stride,
                              const v32 start[2], v32 sum[TILE_ROWS][2])
{
    v32 acc[TILE_ROWS][2];
#pragma GCC unroll 6
    for (size_t r = 0; r < r_n; r++) acc[r][0] = start[0], acc[r][1] = start[1];
#pragma GCC unroll 2
    for (size_t g = 0; g < CHUNK / 4; g++, w += 4 * PANEL) {
        v32 w0 = load(w), w1 = load(w + 32);
#pragma GCC unroll 6
        for (size_t r = 0; r < r_n; r++) {
            v32 v = _mm256_set1_epi32(four_bytes(x + r * x_stride + 4 * g));
            acc[r][0] = _mm256_add_epi16(acc[r][0], _mm256_maddubs_epi16(v, w0));
            acc[r][1] = _mm256_add_epi16(acc[r][1], _mm256_maddubs_epi16(v, w1));
        }
    }
#pragma GCC unroll 6
    for (size_t r = 0; r < r_n; r++)
#pragma GCC unroll 2
        for (size_t i = 0; i < 2; i++)
            sum[r][i] = _mm256_add_epi32(sum[r][i], _mm256_madd_epi16(acc[r][i], _mm256_set1_epi16(1)));
}

typedef struct target {
    void *out;
    size_t at, stride;
    dense_mode mode;
} target;

AVX2 INLINE void store_tile(size_t r_n, const dense *d, size_t j, v32 sum[][2], target to)
{
#pragma GCC unroll 6
    for (size_t r = 0; r < r_n; r++)
#pragma GCC unroll 2
        for (size_t i = 0; i < 2; i++)
            store_avx2(sum[r][i], d->scale + j + 8 * i, to.mode, to.out, to.at + r * to.stride + j + 8 * i);
}

/* `r_n` rows against one panel. */
AVX2 INLINE void tile_avx2(size_t r_n, const dense *d, size_t j, const panel_start *p, const uint8_t *wide,
                           const uint8_t *x, size_t x_stride, target to)
{
    v32 sum[TILE_ROWS][2];
    const int8_t *w = d->w + j * d->k;
    for (size_t r = 0; r < r_n; r++) sum[r][0] = p->whole[0], sum[r][1] = p->whole[1];
    for (size_t at = 0; at < d->k; at += CHUNK, x += CHUNK, w += CHUNK * PANEL)
        if (wide[at / CHUNK])
            wide_chunk(r_n, chunk_groups(d, at / CHUNK), w, x, x_stride, p->centre[at / CHUNK], sum);
        else narrow_chunk(r_n, w, x, x_stride, p->start[at / CHUNK], sum);
    store_tile(r_n, d, j, sum, to);
}

AVX2 static void batch_avx2(const dense *d, const uint8_t *x, size_t x_stride, size_t n, target to)
{
    uint8_t wide[BATCH_TILES][MAX_CHUNKS];
    panel_start p;
    size_t sum = 0, tile;
    for (size_t i = 0; i < d->k; i++) sum += x[i];
    int c = sum > d->k * (SIGNED_ZERO / 2) ? SIGNED_ZERO : 0;
    for (size_t r = 0; r < n; r += TILE_ROWS)
        mark_wide(d, x + r * x_stride, x_stride, n - r < TILE_ROWS ? n - r : TILE_ROWS, c,
                  wide[r / TILE_ROWS]);
    for (size_t j = 0; j < d->m; j += PANEL) {
        const uint8_t *row = x;
        target t = to;
        start_panel(d, j, c, &p);
        for (tile = 0; tile < n / TILE_ROWS;
             tile++, row += TILE_ROWS * x_stride, t.at += TILE_ROWS * t.stride)
            tile_avx2(TILE_ROWS, d, j, &p, wide[tile], row, x_stride, t);
        switch (n % TILE_ROWS) {
        case 3: tile_avx2(3, d, j, &p, wide[tile], row, x_stride, t); break;
        case 2: tile_avx2(2, d, j, &p, wide[tile], row, x_stride, t); break;
        case 1: tile_avx2(1, d, j, &p, wide[tile], row, x_stride, t); break;
        default: break;
        }
    }
}

AVX2 static void dense_avx2(const dense *d, const uint8_t *x, size_t x_stride, size_t n, dense_mode mode,
                            void *out, size_t out_stride)
{
    enum { BATCH = BATCH_TILES * TILE_ROWS };
    for (size_t r = 0; r < n; r += BATCH)
        batch_avx2(d, x + r * x_stride, x_stride, n - r < BATCH ? n - r : BATCH,
                   (target){out, r * out_stride, out_stride, mode});
}

/* ---- activations most of which are 0 ------------------------------------------------------------ */

enum { BATCH_ROWS = 16 };

typedef struct input_pair {
    uint32_t x;    /* both activations, twice */
    uint16_t a, b; /* where their weights begin in a block */
} input_pair;

/* A row's inputs that are not 0. */
typedef struct input_list {
    size_t n;
    input_pair pair[SPARSE_MAX_K / 2];
} input_list;

AVX2 static void list_pairs(const uint8_t *x, size_t k, input_list *l)
{
    uint16_t index[SPARSE_MAX_K + LIST_SLACK];
    size_t n = list_inputs(x, k, index);
    l->n = (n + 1) / 2;
    index[n] = 0;
    for (size_t i = 0; i < l->n; i++) {
        unsigned a = index[2 * i], b = index[2 * i + 1];
        unsigned v = x[a] | (2 * i + 1 < n ? (unsigned)x[b] << 8 : 0);
        l->pair[i] = (input_pair){v * 0x10001u, (uint16_t)(a * BLOCK), (uint16_t)(b * BLOCK)};
    }
}

/* Sums of up to 256 numbers of 16 bits: modulo 2^16, and of each divided by 256 (rounded down); from both
 * follows the sum. */
typedef struct block_sums {
    v32 low[4], high[4];
} block_sums;

AVX2 INLINE void sum_block_pairs(const input_list *l, const int8_t *w, block_sums *s)
{
#pragma GCC unroll 4
    for (size_t i = 0; i < 4; i++) s->low[i] = s->high[i] = _mm256_setzero_si256();
    for (const input_pair *p = l->pair; p < l->pair + l->n; p++) {
        v32 v = _mm256_set1_epi32((int)p->x);
#pragma GCC unroll 4
        for (size_t i = 0; i < 4; i++) {
            v32 a = load(w + p->a + i / 2 * 32), b = load(w + p->b + i / 2 * 32);
            v32 sum =
                _mm256_maddubs_epi16(v, i % 2 ? _mm256_unpackhi_epi8(a, b) : _mm256_unpacklo_epi8(a, b));
            s->low[i] = _mm256_add_epi16(s->low[i], sum);
            s->high[i] = _mm256_add_epi16(s->high[i], _mm256_srai_epi16(sum, 8));
        }
    }
}

/* Eight outputs of a block. */
AVX2 INLINE void store_eight(__m128i low, __m128i high, const dense *d, size_t j, target to)
{
    low = _mm_sub_epi16(low, _mm_slli_epi16(high, 8));
    v32 sum =
        _mm256_add_epi32(_mm256_slli_epi32(_mm256_cvtepi16_epi32(high), 8), _mm256_cvtepu16_epi32(low));
    sum = _mm256_add_epi32(sum, load(d->bias + j));
    store_avx2(sum, d->scale + j, to.mode, to.out, to.at + j);
}

/* Unpacking has left outputs 0 … 7 and 16 … 23 in one vector, 8 … 15 and 24 … 31 in the next. */
AVX2 INLINE void store_block(const block_sums *s, const dense *d, size_t j, target to)
{
#pragma GCC unroll 4
    for (size_t i = 0; i < 4; i++) {
        if (j + 16 * i >= d->m) break;
#pragma GCC unroll 2
        for (size_t h = 0; h < 2; h++) {
            v32 low = s->low[i / 2 * 2 + h], high = s->high[i / 2 * 2 + h];
            if (i % 2)
                store_eight(_mm256_extracti128_si256(low, 1), _mm256_extracti128_si256(high, 1), d,
                            j + 16 * i + 8 * h, to);
            else
                store_eight(_mm256_castsi256_si128(low), _mm256_castsi256_si128(high), d,
                            j + 16 * i + 8 * h, to);
        }
    }
}

AVX2 INLINE void sparse_mode_avx2(const dense *d, const uint8_t *x, size_t x_stride, size_t n,
                                  dense_mode mode, void *out, size_t out_stride)
{
    input_list list[BATCH_ROWS];
    for (size_t from = 0; from < n; from += BATCH_ROWS) {
        size_t r_n = n - from < BATCH_ROWS ? n - from : BATCH_ROWS;
        for (size_t r = 0; r < r_n; r++) list_pairs(x + (from + r) * x_stride, d->k, &list[r]);
        for (size_t j = 0; j < d->m; j += BLOCK)
            for (size_t r = 0; r < r_n; r++) {
                block_sums s;
                sum_block_pairs(&list[r], d->by_input + j * d->k, &s);
                store_block(&s, d, j, (target){out, (from + r) * out_stride, out_stride, mode});
            }
    }
}

AVX2 static void sparse_avx2(const dense *d, const uint8_t *x, size_t x_stride, size_t n, dense_mode mode,
                             void *out, size_t out_stride)
{
    switch (mode) {
    case DENSE_U7: sparse_mode_avx2(d, x, x_stride, n, DENSE_U7, out, out_stride); break;
    case DENSE_I16: sparse_mode_avx2(d, x, x_stride, n, DENSE_I16, out, out_stride); break;
    case DENSE_F32: sparse_mode_avx2(d, x, x_stride, n, DENSE_F32, out, out_stride); break;
    }
}

/* ---- the other loops ---------------------------------------------------------------------------- */

AVX2 INLINE __m128i cut_row_avx2(__m256i acc, const float *scale)
{
    __m256 y = _mm256_mul_ps(_mm256_cvtepi32_ps(acc), _mm256_loadu_ps(scale));
    y = _mm256_min_ps(_mm256_max_ps(y, _mm256_set1_ps(-ROW_LIMIT)), _mm256_set1_ps(ROW_LIMIT));
    __m256i q = _mm256_cvtps_epi32(y);
    return _mm_packs_epi32(_mm256_castsi256_si128(q), _mm256_extracti128_si256(q, 1));
}

AVX2 static void mix_avx2(const int16_t *x, size_t k, const int16_t *w, size_t m, const float *scale,
                          size_t period, int16_t *out)
{
    for (size_t j = 0; j < m; j += PANEL) {
        __m256i a = _mm256_setzero_si256(), b = _mm256_setzero_si256();
        for (size_t t = 0; t < k; t += 2, w += 2 * PANEL) {
            __m256i v = _mm256_set1_epi32(four_bytes((const uint8_t *)(x + t)));
            a = _mm256_add_epi32(
                a, _mm256_madd_epi16(v, _mm256_loadu_si256((const __m256i *)(const void *)w)));
            b = _mm256_add_epi32(
                b, _mm256_madd_epi16(v, _mm256_loadu_si256((const __m256i *)(const void *)(w + PANEL))));
        }
        _mm_storeu_si128((__m128i *)(void *)(out + j), cut_row_avx2(a, scale + j % period));
        _mm_storeu_si128((__m128i *)(void *)(out + j + 8), cut_row_avx2(b, scale + j % period + 8));
    }
}

/* 32 sums of 16 bits at a time; the last 16 alone. */
AVX2 INLINE void sum_block_avx2(const int16_t *const *rows, size_t n_rows, size_t at, size_t n_sums,
                                const float *scale, uint8_t *out)
{
    __m256i sum[2] = {_mm256_setzero_si256(), _mm256_setzero_si256()};
    for (size_t r = 0; r < n_rows; r++)
        for (size_t i = 0; i < n_sums; i++)
            sum[i] = _mm256_add_epi16(
                sum[i], _mm256_loadu_si256((const __m256i *)(const void *)(rows[r] + at + 16 * i)));
    for (size_t i = 0; i < n_sums; i++, at += 16) {
        __m256i low = _mm256_cvtepi16_epi32(_mm256_castsi256_si128(sum[i]));
        __m256i high = _mm256_cvtepi16_epi32(_mm256_extracti128_si256(sum[i], 1));
        store_avx2(low, scale + at, DENSE_U7, out, at);
        store_avx2(high, scale + at + 8, DENSE_U7, out, at + 8);
    }
}

AVX2 static void sum_rows_avx2(const int16_t *const *rows, size_t n_rows, size_t n, const float *scale,
                               uint8_t *out)
{
    size_t at = 0;
    for (; at + 32 <= n; at += 32) sum_block_avx2(rows, n_rows, at, 2, scale, out);
    if (at < n) sum_block_avx2(rows, n_rows, at, 1, scale, out);
}

AVX2 INLINE __m256 gate_avx2(__m256 x)
{
    __m256 t = _mm256_add_ps(_mm256_mul_ps(x, _mm256_set1_ps(1.0f / 6)), _mm256_set1_ps(0.5f));
    t = _mm256_min_ps(_mm256_max_ps(t, _mm256_setzero_ps()), _mm256_set1_ps(1));
    __m256 rest = _mm256_sub_ps(_mm256_set1_ps(3), _mm256_add_ps(t, t));
    return _mm256_mul_ps(_mm256_mul_ps(t, t), rest);
}

/* gcc does not make vectors of loop_qrnn for AVX2; the operations are those of loop_qrnn, in its order. */
AVX2 static void qrnn_avx2(const float *gates, ptrdiff_t stride, size_t n, size_t h, const float *scale,
                           float *state, uint8_t *out, ptrdiff_t out_stride)
{
    memset(state, 0, h * sizeof *state);
    for (size_t t = 0; t < n; t++, gates += stride, out += out_stride)
        for (size_t j = 0; j < h; j += 8) {
            __m256 zg = _mm256_loadu_ps(gates + j), one = _mm256_set1_ps(1);
            __m256 z = gate_avx2(_mm256_add_ps(zg, zg));
            __m256 f = gate_avx2(_mm256_loadu_ps(gates + h + j));
            __m256 o = gate_avx2(_mm256_loadu_ps(gates + 2 * h + j));
            z = _mm256_sub_ps(_mm256_add_ps(z, z), one);
            __m256 c = _mm256_add_ps(z, _mm256_mul_ps(f, _mm256_sub_ps(_mm256_loadu_ps(state + j), z)));
            _mm256_storeu_ps(state + j, c);
            __m256 y = _mm256_mul_ps(_mm256_mul_ps(o, c), _mm256_loadu_ps(scale + j));
            y = _mm256_add_ps(y, _mm256_set1_ps(SIGNED_ZERO));
            y = _mm256_min_ps(_mm256_max_ps(y, _mm256_setzero_ps()), _mm256_set1_ps(ACTIVATION_MAX));
            __m256i q = _mm256_cvtps_epi32(y);
            __m128i words = _mm_packs_epi32(_mm256_castsi256_si128(q), _mm256_extracti128_si256(q, 1));
            _mm_storel_epi64((__m128i *)(void *)(out + j), _mm_packus_epi16(words, words));
        }
}

static bool has_avx2(void)
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2");
}

const kernels kernels_avx2 = {"avx2",   has_avx2,      dense_avx2, sparse_avx2,
                              mix_avx2, sum_rows_avx2, qrnn_avx2};

/* ---- AVX-VNNI ----------------------------------------------------------------------------------- */

/* By hand: gcc 12 copies sums to other registers and back; and it needs no other target. */
AVX2 INLINE v32 add_products(v32 sum, v32 x, v32 w)
{
    __asm__("%{vex%} vpdpbusd %2, %1, %0" : "+x"(sum) : "x"(x), "x"(w));
    return sum;
}

AVX2 INLINE void tile_avx_vnni(size_t r_n, const dense *d, size_t j, const uint8_t *x, size_t x_stride,
                               target to)
{
    v32 sum[6][2];
    const int8_t *w = d->w + j * d->k;
#pragma GCC unroll 6
    for (size_t r = 0; r < r_n; r++) sum[r][0] = load(d->bias + j), sum[r][1] = load(d->bias + j + 8);
    for (size_t g = 0; g < d->k; g += 4, w += 4 * PANEL) {
        v32 w0 = load(w), w1 = load(w + 32);
#pragma GCC unroll 6
        for (size_t r = 0; r < r_n; r++) {
            v32 v = _mm256_set1_epi32(four_bytes(x + r * x_stride + g));
            sum[r][0] = add_products(sum[r][0], v, w0);
            sum[r][1] = add_products(sum[r][1], v, w1);
        }
    }
    store_tile(r_n, d, j, sum, to);
}

AVX2 static void dense_avx_vnni(const dense *d, const uint8_t *x, size_t x_stride, size_t n,
                                dense_mode mode, void *out, size_t out_stride)
{
    for (size_t j = 0; j < d->m; j += PANEL) {
        const uint8_t *row = x;
        target to = {out, 0, out_stride, mode};
        for (size_t left = n; left >= 6; left -= 6, row += 6 * x_stride, to.at += 6 * out_stride)
            tile_avx_vnni(6, d, j, row, x_stride, to);
        switch (n % 6) {
        case 5: tile_avx_vnni(5, d, j, row, x_stride, to); break;
        case 4: tile_avx_vnni(4, d, j, row, x_stride, to); break;
        case 3: tile_avx_vnni(3, d, j, row, x_stride, to); break;
        case 2: tile_avx_vnni(2, d, j, row, x_stride, to); break;
        case 1: tile_avx_vnni(1, d, j, row, x_stride, to); break;
        default: break;
        }
    }
}

/* gcc 11 does not know the name; bit 4 of leaf 7.1's EAX says it. */
static bool has_avx_vnni(void)
{
    unsigned a, b, c, d;
    return has_avx2() && __get_cpuid_count(7, 1, &a, &b, &c, &d) && a >> 4 & 1;
}

const kernels kernels_avx_vnni = {"avx-vnni", has_avx_vnni,  dense_avx_vnni, sparse_avx2,
                                  mix_avx2,   sum_rows_avx2, qrnn_avx2};

#else
typedef int kernel_avx2_empty;
#endif
