/* The kernels for x86-64 with AVX2, and with AVX-512 and its dot product of bytes. Each function is
 * compiled
 * for its instruction set; which may run is asked of the processor (kernel.c). */
#ifdef __x86_64__

#include <immintrin.h>
#include <string.h>

#include "syntax/kernel_loops.h"

extern const kernels kernels_avx2, kernels_vnni;

#define AVX2 __attribute__((target("avx2")))
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

/* ---- AVX2 -------------------------------------------------------------------------------------- */

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

/* `r_n` rows against one panel. */
AVX2 INLINE void tile_avx2(size_t r_n, const dense *d, size_t j, const uint8_t *x, size_t x_stride,
                           dense_mode mode, void *out, size_t out_at, size_t out_stride)
{
    __m256i acc[4][2];
    const __m256i ones = _mm256_set1_epi16(1);
    const int8_t *w = d->w + j * d->k;
#pragma GCC unroll 4
    for (size_t r = 0; r < r_n; r++) {
        acc[r][0] = _mm256_loadu_si256((const __m256i *)(const void *)(d->bias + j));
        acc[r][1] = _mm256_loadu_si256((const __m256i *)(const void *)(d->bias + j + 8));
    }
    for (size_t g = 0; g < d->k; g += 4, w += 4 * PANEL) {
        __m256i w0 = _mm256_loadu_si256((const __m256i *)(const void *)w);
        __m256i w1 = _mm256_loadu_si256((const __m256i *)(const void *)(w + 32));
#pragma GCC unroll 4
        for (size_t r = 0; r < r_n; r++) {
            __m256i v = _mm256_set1_epi32(four_bytes(x + r * x_stride + g));
            acc[r][0] = _mm256_add_epi32(acc[r][0], _mm256_madd_epi16(_mm256_maddubs_epi16(v, w0), ones));
            acc[r][1] = _mm256_add_epi32(acc[r][1], _mm256_madd_epi16(_mm256_maddubs_epi16(v, w1), ones));
        }
    }
#pragma GCC unroll 4
    for (size_t r = 0; r < r_n; r++) {
        store_avx2(acc[r][0], d->scale + j, mode, out, out_at + r * out_stride + j);
        store_avx2(acc[r][1], d->scale + j + 8, mode, out, out_at + r * out_stride + j + 8);
    }
}

AVX2 static void dense_avx2(const dense *d, const uint8_t *x, size_t x_stride, size_t n, dense_mode mode,
                            void *out, size_t out_stride)
{
    for (size_t j = 0; j < d->m; j += PANEL) {
        size_t r = 0;
        for (; r + 4 <= n; r += 4)
            tile_avx2(4, d, j, x + r * x_stride, x_stride, mode, out, r * out_stride, out_stride);
        for (; r + 2 <= n; r += 2)
            tile_avx2(2, d, j, x + r * x_stride, x_stride, mode, out, r * out_stride, out_stride);
        if (r < n) tile_avx2(1, d, j, x + r * x_stride, x_stride, mode, out, r * out_stride, out_stride);
    }
}

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

const kernels kernels_avx2 = {"avx2", has_avx2, dense_avx2, mix_avx2, sum_rows_avx2, qrnn_avx2};

/* ---- AVX-512 VNNI ------------------------------------------------------------------------------ */

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

const kernels kernels_vnni = {"avx512-vnni", has_vnni, dense_vnni, mix_vnni, sum_rows_vnni, qrnn_vnni};

#else
typedef int kernel_x86_empty;
#endif
