/* The kernels for x86-64 with AVX-512 and its dot product of bytes. */
#ifdef __x86_64__

#include <immintrin.h>

#include "syntax/kernel_loops.h"

extern const kernels kernels_vnni;

#define VNNI_SETS "avx2,avx512f,avx512bw,avx512vl,avx512dq,avx512vnni"
/* clang drops a whole target attribute of which it does not know a part. */
#ifdef __clang__
#define VNNI __attribute__((target(VNNI_SETS)))
#else
#define VNNI __attribute__((target(VNNI_SETS ",prefer-vector-width=512")))
#endif
#define INLINE static inline __attribute__((always_inline))

static inline int32_t four_bytes(const uint8_t *x)
{
    int32_t v;
    memcpy(&v, x, 4);
    return v;
}

VNNI INLINE void store_vnni(__m512i acc, const float *scale, dense_mode mode, void *out, size_t at)
{
    __m512 y = _mm512_mul_ps(_mm512_cvtepi32_ps(acc), _mm512_loadu_ps(scale));
    if (mode == DENSE_F32) {
        _mm512_storeu_ps((float *)out + at, y);
        return;
    }
    float low = mode == DENSE_I16 ? -PART_LIMIT : 0, high = mode == DENSE_I16 ? PART_LIMIT : ACTIVATION_MAX;
    y = _mm512_min_ps(_mm512_max_ps(y, _mm512_set1_ps(low)), _mm512_set1_ps(high));
    __m512i q = _mm512_cvtps_epi32(y);
    if (mode == DENSE_I16)
        _mm256_storeu_si256((__m256i *)(void *)((int16_t *)out + at), _mm512_cvtepi32_epi16(q));
    else _mm_storeu_si128((__m128i *)(void *)((uint8_t *)out + at), _mm512_cvtepi32_epi8(q));
}

/* By hand: through the intrinsic gcc 12 copies every sum to another register and back. */
VNNI INLINE __m512i add_products(__m512i sum, __m512i x, __m512i w)
{
    __asm__("vpdpbusd %2, %1, %0" : "+v"(sum) : "v"(x), "v"(w));
    return sum;
}

/* `r_n` rows against `p_n` panels: 24 sums stay in registers. */
VNNI INLINE void tile_vnni(size_t r_n, size_t p_n, const dense *d, size_t j, const uint8_t *x,
                           size_t x_stride, dense_mode mode, void *out, size_t out_at, size_t out_stride)
{
    __m512i acc[6][4];
    size_t panel = (size_t)PANEL * d->k;
    const int8_t *w = d->w + j * d->k;
#pragma GCC unroll 6
    for (size_t r = 0; r < r_n; r++)
#pragma GCC unroll 4
        for (size_t p = 0; p < p_n; p++) acc[r][p] = _mm512_loadu_si512(d->bias + j + p * PANEL);
    for (size_t g = 0; g < d->k; g += 4, w += 4 * PANEL) {
        __m512i wv[4];
#pragma GCC unroll 4
        for (size_t p = 0; p < p_n; p++) wv[p] = _mm512_loadu_si512(w + p * panel);
#pragma GCC unroll 6
        for (size_t r = 0; r < r_n; r++) {
            __m512i v = _mm512_set1_epi32(four_bytes(x + r * x_stride + g));
#pragma GCC unroll 4
            for (size_t p = 0; p < p_n; p++) acc[r][p] = add_products(acc[r][p], v, wv[p]);
        }
    }
#pragma GCC unroll 6
    for (size_t r = 0; r < r_n; r++)
#pragma GCC unroll 4
        for (size_t p = 0; p < p_n; p++)
            store_vnni(acc[r][p], d->scale + j + p * PANEL, mode, out,
                       out_at + r * out_stride + j + p * PANEL);
}

VNNI INLINE void rows_vnni(size_t p_n, const dense *d, size_t j, const uint8_t *x, size_t x_stride,
                           size_t n, dense_mode mode, void *out, size_t out_stride)
{
    size_t r = 0;
    for (; r + 6 <= n; r += 6)
        tile_vnni(6, p_n, d, j, x + r * x_stride, x_stride, mode, out, r * out_stride, out_stride);
    x += r * x_stride;
    size_t at = r * out_stride;
    switch (n - r) {
    case 5: tile_vnni(5, p_n, d, j, x, x_stride, mode, out, at, out_stride); break;
    case 4: tile_vnni(4, p_n, d, j, x, x_stride, mode, out, at, out_stride); break;
    case 3: tile_vnni(3, p_n, d, j, x, x_stride, mode, out, at, out_stride); break;
    case 2: tile_vnni(2, p_n, d, j, x, x_stride, mode, out, at, out_stride); break;
    case 1: tile_vnni(1, p_n, d, j, x, x_stride, mode, out, at, out_stride); break;
    default: break;
    }
}

VNNI static void dense_vnni(const dense *d, const uint8_t *x, size_t x_stride, size_t n, dense_mode mode,
                            void *out, size_t out_stride)
{
    size_t j = 0;
    for (; j + 4 * PANEL <= d->m; j += 4 * PANEL) rows_vnni(4, d, j, x, x_stride, n, mode, out, out_stride);
    for (; j < d->m; j += PANEL) rows_vnni(1, d, j, x, x_stride, n, mode, out, out_stride);
}

/* Four inputs of a row that are not 0, and where their weights begin in a block. */
typedef struct input_quad {
    uint32_t x;
    uint16_t at[4];
} input_quad;

typedef struct input_list {
    size_t n;
    input_quad quad[SPARSE_MAX_K / 4];
} input_list;

VNNI INLINE size_t list_inputs_vnni(const uint8_t *x, size_t k, uint32_t *index)
{
    size_t n = 0;
    __m512i at = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    for (size_t i = 0; i < k; i += 16, at = _mm512_add_epi32(at, _mm512_set1_epi32(16))) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(x + i));
        __mmask16 some = _mm_test_epi8_mask(v, v);
        _mm512_storeu_si512(index + n, _mm512_maskz_compress_epi32(some, at));
        n += (size_t)__builtin_popcount(some);
    }
    return n;
}

VNNI static void list_quads(const uint8_t *x, size_t k, input_list *l)
{
    uint32_t index[SPARSE_MAX_K + 16];
    size_t n = list_inputs_vnni(x, k, index);
    l->n = (n + 3) / 4;
    for (size_t i = 0; i < l->n; i++) {
        input_quad *q = &l->quad[i];
        q->x = 0;
        for (size_t t = 0; t < 4; t++) {
            size_t at = 4 * i + t < n ? index[4 * i + t] : 0;
            q->x |= 4 * i + t < n ? (uint32_t)x[at] << 8 * t : 0;
            q->at[t] = (uint16_t)(at * BLOCK);
        }
    }
}

/* Unpacking leaves outputs 4 i … 4 i + 3 of each 16 in vector i. */
VNNI INLINE void sum_block_quads(const input_list *l, const int8_t *w, __m512i acc[4])
{
#pragma GCC unroll 4
    for (size_t i = 0; i < 4; i++) acc[i] = _mm512_setzero_si512();
    for (const input_quad *q = l->quad; q < l->quad + l->n; q++) {
        __m512i v = _mm512_set1_epi32((int)q->x);
        __m512i a = _mm512_loadu_si512(w + q->at[0]), b = _mm512_loadu_si512(w + q->at[1]);
        __m512i c = _mm512_loadu_si512(w + q->at[2]), d = _mm512_loadu_si512(w + q->at[3]);
        __m512i ab = _mm512_unpacklo_epi8(a, b), cd = _mm512_unpacklo_epi8(c, d);
        acc[0] = add_products(acc[0], v, _mm512_unpacklo_epi16(ab, cd));
        acc[1] = add_products(acc[1], v, _mm512_unpackhi_epi16(ab, cd));
        ab = _mm512_unpackhi_epi8(a, b), cd = _mm512_unpackhi_epi8(c, d);
        acc[2] = add_products(acc[2], v, _mm512_unpacklo_epi16(ab, cd));
        acc[3] = add_products(acc[3], v, _mm512_unpackhi_epi16(ab, cd));
    }
}

VNNI INLINE void store_block(const __m512i acc[4], const dense *d, size_t j, dense_mode mode, void *out,
                             size_t out_at)
{
    __m512i even[2], odd[2], panel[4];
    for (size_t i = 0; i < 2; i++) {
        even[i] = _mm512_shuffle_i32x4(acc[2 * i], acc[2 * i + 1], 0x88);
        odd[i] = _mm512_shuffle_i32x4(acc[2 * i], acc[2 * i + 1], 0xDD);
    }
    panel[0] = _mm512_shuffle_i32x4(even[0], even[1], 0x88);
    panel[1] = _mm512_shuffle_i32x4(odd[0], odd[1], 0x88);
    panel[2] = _mm512_shuffle_i32x4(even[0], even[1], 0xDD);
    panel[3] = _mm512_shuffle_i32x4(odd[0], odd[1], 0xDD);
#pragma GCC unroll 4
    for (size_t i = 0; i < 4; i++, out_at += PANEL) {
        if (j + i * PANEL >= d->m) break;
        __m512i sum = _mm512_add_epi32(panel[i], _mm512_loadu_si512(d->bias + j + i * PANEL));
        store_vnni(sum, d->scale + j + i * PANEL, mode, out, out_at + j);
    }
}

VNNI INLINE void sparse_mode_vnni(const dense *d, const uint8_t *x, size_t x_stride, size_t n,
                                  dense_mode mode, void *out, size_t out_stride)
{
    enum { BATCH = 16 };
    input_list list[BATCH];
    for (size_t from = 0; from < n; from += BATCH) {
        size_t r_n = n - from < BATCH ? n - from : BATCH;
        for (size_t r = 0; r < r_n; r++) list_quads(x + (from + r) * x_stride, d->k, &list[r]);
        for (size_t j = 0; j < d->m; j += BLOCK)
            for (size_t r = 0; r < r_n; r++) {
                __m512i acc[4];
                sum_block_quads(&list[r], d->by_input + j * d->k, acc);
                store_block(acc, d, j, mode, out, (from + r) * out_stride);
            }
    }
}

VNNI static void sparse_vnni(const dense *d, const uint8_t *x, size_t x_stride, size_t n, dense_mode mode,
                             void *out, size_t out_stride)
{
    switch (mode) {
    case DENSE_U7: sparse_mode_vnni(d, x, x_stride, n, DENSE_U7, out, out_stride); break;
    case DENSE_I16: sparse_mode_vnni(d, x, x_stride, n, DENSE_I16, out, out_stride); break;
    case DENSE_F32: sparse_mode_vnni(d, x, x_stride, n, DENSE_F32, out, out_stride); break;
    }
}

VNNI INLINE __m512i add_word_products(__m512i sum, __m512i x, __m512i w)
{
    __asm__("vpdpwssd %2, %1, %0" : "+v"(sum) : "v"(x), "v"(w));
    return sum;
}

VNNI INLINE void mix_panels_vnni(size_t p_n, const int16_t *x, size_t k, const int16_t *w,
                                 const float *scale, int16_t *out)
{
    __m512i acc[4];
#pragma GCC unroll 4
    for (size_t p = 0; p < p_n; p++) acc[p] = _mm512_setzero_si512();
    for (size_t t = 0; t < k; t += 2) {
        __m512i v = _mm512_set1_epi32(four_bytes((const uint8_t *)(x + t)));
#pragma GCC unroll 4
        for (size_t p = 0; p < p_n; p++)
            acc[p] = add_word_products(acc[p], v, _mm512_loadu_si512(w + (p * k + t) * PANEL));
    }
#pragma GCC unroll 4
    for (size_t p = 0; p < p_n; p++) {
        __m512 y = _mm512_mul_ps(_mm512_cvtepi32_ps(acc[p]), _mm512_loadu_ps(scale + p * PANEL));
        y = _mm512_min_ps(_mm512_max_ps(y, _mm512_set1_ps(-ROW_LIMIT)), _mm512_set1_ps(ROW_LIMIT));
        _mm256_storeu_si256((__m256i *)(void *)(out + p * PANEL),
                            _mm512_cvtepi32_epi16(_mm512_cvtps_epi32(y)));
    }
}

VNNI static void mix_vnni(const int16_t *x, size_t k, const int16_t *w, size_t m, const float *scale,
                          size_t period, int16_t *out)
{
    for (size_t base = 0; base < m; base += period) {
        size_t j = 0;
        for (; j + 4 * PANEL <= period; j += 4 * PANEL)
            mix_panels_vnni(4, x, k, w + (base + j) * k, scale + j, out + base + j);
        for (; j < period; j += PANEL)
            mix_panels_vnni(1, x, k, w + (base + j) * k, scale + j, out + base + j);
    }
}

/* 64 sums of 16 bits at a time. */
VNNI INLINE void sum_block_vnni(const int16_t *const *rows, size_t n_rows, size_t at, const float *scale,
                                uint8_t *out)
{
    __m512i a = _mm512_setzero_si512(), b = _mm512_setzero_si512();
    for (size_t r = 0; r < n_rows; r++) {
        a = _mm512_add_epi16(a, _mm512_loadu_si512(rows[r] + at));
        b = _mm512_add_epi16(b, _mm512_loadu_si512(rows[r] + at + 32));
    }
    store_vnni(_mm512_cvtepi16_epi32(_mm512_castsi512_si256(a)), scale + at, DENSE_U7, out, at);
    store_vnni(_mm512_cvtepi16_epi32(_mm512_extracti64x4_epi64(a, 1)), scale + at + 16, DENSE_U7, out,
               at + 16);
    store_vnni(_mm512_cvtepi16_epi32(_mm512_castsi512_si256(b)), scale + at + 32, DENSE_U7, out, at + 32);
    store_vnni(_mm512_cvtepi16_epi32(_mm512_extracti64x4_epi64(b, 1)), scale + at + 48, DENSE_U7, out,
               at + 48);
}

VNNI static void sum_rows_vnni(const int16_t *const *rows, size_t n_rows, size_t n, const float *scale,
                               uint8_t *out)
{
    size_t at = 0;
    for (; at + 64 <= n; at += 64) sum_block_vnni(rows, n_rows, at, scale, out);
    for (; at < n; at += 16) {
        __m256i sum = _mm256_setzero_si256();
        for (size_t r = 0; r < n_rows; r++)
            sum = _mm256_add_epi16(sum, _mm256_loadu_si256((const __m256i *)(const void *)(rows[r] + at)));
        store_vnni(_mm512_cvtepi16_epi32(sum), scale + at, DENSE_U7, out, at);
    }
}

VNNI static void qrnn_vnni(const float *gates, ptrdiff_t stride, size_t n, size_t h, const float *scale,
                           float *state, uint8_t *out, ptrdiff_t out_stride)
{
    loop_qrnn(gates, stride, n, h, scale, state, out, out_stride);
}

static bool has_vnni(void)
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
           && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")
           && __builtin_cpu_supports("avx512vnni");
}

const kernels kernels_vnni = {"avx512-vnni", has_vnni,      dense_vnni, sparse_vnni,
                              mix_vnni,      sum_rows_vnni, qrnn_vnni};

#else
typedef int kernel_avx512_empty;
#endif
