/* kernel: the inner loops of the net, each in several forms for the machine it runs on.
 * In: activations of 7 bits, weights of 8. Out: the same numbers to the bit on every machine: products are
 * summed as integers, and what is done in floating point is done element by element in the same order
 * (no sums, no fused operations).
 *
 * Seven bits for activations because AVX2 adds two products in 16 bits: 2 · 127 · 127 still fits.
 * Weights lie in panels of 16 outputs, four inputs of each output side by side, as vpdpbusd wants them.
 *
 * After a layer that cuts at 0 four activations of five are 0, anywhere: there the weights lie by input, and
 * only the inputs that are not 0 are read. That is less work than the panels on every machine, so the two
 * layouts are the net's choice, not the machine's. */
#ifndef SITREP_SYNTAX_KERNEL_H
#define SITREP_SYNTAX_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PANEL = 16,         /* outputs side by side */
    BLOCK = 64,         /* outputs side by side where weights lie by input */
    DENSE_MAX_K = 5120, /* inputs of a layer */
    SPARSE_MAX_K = 512, /* inputs of such a layer: sums of 256 parts fit 16 bits twice */
    ACTIVATION_MAX = 127,
    SIGNED_ZERO = 64,  /* the activation that means 0 after a layer with both signs */
    PART_LIMIT = 1700, /* |part| of a hidden layer: 19 of them fit 16 bits */
    ROW_LIMIT = 5400,  /* |row| of the first layer: 6 of them fit */
    MIX_LIMIT = 2047   /* inputs and weights of the first layer: 500 products fit 32 bits */
};

/* y[j] = sum over k of x[k] w[k][j] + bias[j]; k a multiple of 4, at most DENSE_MAX_K, m of PANEL. */
typedef struct dense {
    uint32_t k, m;
    const int8_t *w; /* panels */
    const int32_t *bias;
    const float *scale;     /* by output: what one unit of the sum is worth */
    const int8_t *by_input; /* the same weights in blocks of BLOCK outputs, each k × BLOCK; or NULL */
} dense;

typedef enum dense_mode {
    DENSE_U7,  /* uint8_t: scaled, cut to 0 … 127 */
    DENSE_I16, /* int16_t: scaled, cut to ± PART_LIMIT */
    DENSE_F32  /* float: scaled */
} dense_mode;

typedef struct kernels {
    const char *name;
    bool (*usable)(void);

    /* n rows of activations, x_stride apart, to rows of m outputs, out_stride elements apart. */
    void (*dense)(const dense *d, const uint8_t *x, size_t x_stride, size_t n, dense_mode mode, void *out,
                  size_t out_stride);

    /* The same numbers from d->by_input, quick where most of x is 0; k a multiple of PANEL, at most
     * SPARSE_MAX_K. */
    void (*sparse)(const dense *d, const uint8_t *x, size_t x_stride, size_t n, dense_mode mode, void *out,
                   size_t out_stride);

    /* out[j] = (sum over k of x[k] w[k][j]) · scale[j % period], cut to ± ROW_LIMIT; |x|, |w| up to
     * MIX_LIMIT. Weights lie in panels of PANEL outputs, two inputs of each output side by side; k is
     * even, m a multiple of period, period of PANEL. */
    void (*mix)(const int16_t *x, size_t k, const int16_t *w, size_t m, const float *scale, size_t period,
                int16_t *out);

    /* out[j] = (sum of rows[r][j]) · scale[j], cut to 0 … 127. Sums must fit 16 bits; n a multiple of
     * 16. */
    void (*sum_rows)(const int16_t *const *rows, size_t n_rows, size_t n, const float *scale, uint8_t *out);

    /* One direction of a quasi-recurrent layer (Bradbury et al. 2017) of width h over n rows of gates
     * (z | f | o, stride elements apart; a negative stride runs backwards); c = f c + (1 - f) z, out = o c.
     * out[t][j] = c · scale[j] + SIGNED_ZERO, cut to 0 … 127. `state` is room for h floats. */
    void (*qrnn)(const float *gates, ptrdiff_t stride, size_t n, size_t h, const float *scale, float *state,
                 uint8_t *out, ptrdiff_t out_stride);
} kernels;

/* Bytes of d->by_input; and how they follow from d->w. Outputs past m get weights of 0. */
size_t by_input_size(const dense *d);
void by_input_fill(const dense *d, int8_t *to);

/* All forms of this build, best first, NULL at the end; the last one runs everywhere. */
extern const kernels *const kernels_all[];

/* The first usable one. */
const kernels *kernels_best(void);

#endif
