/* mat: the one matrix product that training needs, and a random number generator.
 * The order of every sum is fixed: the same input gives the same bytes on every run. */
#ifndef SITREP_TRAIN_MAT_H
#define SITREP_TRAIN_MAT_H

#include <stddef.h>
#include <stdint.h>

/* c[i][j] += sum over t of a[i*a_row + t*a_col] * b[t*ldb + j], i < n, t < k, j < m; m is a multiple of
 * 16. a_row = 1 and a_col = stride multiply by the transpose of a. */
void mat_mul_add(size_t n, size_t k, size_t m, const float *a, size_t a_row, size_t a_col, const float *b,
                 size_t ldb, float *c, size_t ldc);

/* to[j*n + i] = from[i*m + j]. */
void mat_transpose(size_t n, size_t m, const float *from, float *to);

typedef struct rng {
    uint64_t s;
} rng;

rng rng_make(uint64_t seed, uint64_t stream);
uint64_t rng_next(rng *r);
float rng_unit(rng *r);   /* [0, 1) */
float rng_normal(rng *r); /* mean 0, variance 1, a sum of uniforms */

#endif
