#include "mat.h"

#include <string.h>

typedef float v16 __attribute__((vector_size(64), aligned(4), may_alias));

enum { K_BLOCK = 256 };

/* R rows by V vectors of 16 columns, kept in registers. */
static inline __attribute__((always_inline)) void tile(size_t r_n, size_t v_n, size_t k, const float *a,
                                                       size_t a_row, size_t a_col, const float *b,
                                                       size_t ldb, float *c, size_t ldc)
{
    v16 acc[8][2];
#pragma GCC unroll 8
    for (size_t r = 0; r < r_n; r++)
#pragma GCC unroll 2
        for (size_t v = 0; v < v_n; v++) acc[r][v] = *(const v16 *)(c + r * ldc + v * 16);
    for (size_t t = 0; t < k; t++, a += a_col, b += ldb) {
        v16 bv[2];
#pragma GCC unroll 2
        for (size_t v = 0; v < v_n; v++) bv[v] = *(const v16 *)(b + v * 16);
#pragma GCC unroll 8
        for (size_t r = 0; r < r_n; r++)
#pragma GCC unroll 2
            for (size_t v = 0; v < v_n; v++) acc[r][v] += a[r * a_row] * bv[v];
    }
#pragma GCC unroll 8
    for (size_t r = 0; r < r_n; r++)
#pragma GCC unroll 2
        for (size_t v = 0; v < v_n; v++) *(v16 *)(c + r * ldc + v * 16) = acc[r][v];
}

static void rows(size_t v_n, size_t n, size_t k, const float *a, size_t a_row, size_t a_col, const float *b,
                 size_t ldb, float *c, size_t ldc)
{
    size_t i = 0;
    if (v_n == 2) {
        for (; i + 8 <= n; i += 8) tile(8, 2, k, a + i * a_row, a_row, a_col, b, ldb, c + i * ldc, ldc);
        for (; i < n; i++) tile(1, 2, k, a + i * a_row, a_row, a_col, b, ldb, c + i * ldc, ldc);
    } else {
        for (; i + 8 <= n; i += 8) tile(8, 1, k, a + i * a_row, a_row, a_col, b, ldb, c + i * ldc, ldc);
        for (; i < n; i++) tile(1, 1, k, a + i * a_row, a_row, a_col, b, ldb, c + i * ldc, ldc);
    }
}

void mat_mul_add(size_t n, size_t k, size_t m, const float *a, size_t a_row, size_t a_col, const float *b,
                 size_t ldb, float *c, size_t ldc)
{
    for (size_t t = 0; t < k; t += K_BLOCK) {
        size_t kk = k - t < K_BLOCK ? k - t : K_BLOCK;
        for (size_t j = 0; j < m; j += 32)
            rows(m - j >= 32 ? 2 : 1, n, kk, a + t * a_col, a_row, a_col, b + t * ldb + j, ldb, c + j, ldc);
    }
}

void mat_transpose(size_t n, size_t m, const float *from, float *to)
{
    for (size_t i0 = 0; i0 < n; i0 += 16)
        for (size_t j = 0; j < m; j++)
            for (size_t i = i0; i < i0 + 16 && i < n; i++) to[j * n + i] = from[i * m + j];
}

rng rng_make(uint64_t seed, uint64_t stream)
{
    rng r = {seed * 0x9E3779B97F4A7C15u + stream * 0xD1B54A32D192ED03u + 1};
    for (int i = 0; i < 4; i++) rng_next(&r);
    return r;
}

/* SplitMix64 (Steele, Lea and Flood 2014). */
uint64_t rng_next(rng *r)
{
    uint64_t z = r->s += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

float rng_unit(rng *r)
{
    return (float)(rng_next(r) >> 40) * 0x1p-24f;
}

float rng_normal(rng *r)
{
    float s = 0;
    for (int i = 0; i < 12; i++) s += rng_unit(r);
    return s - 6;
}
