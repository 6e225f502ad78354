/* encoder_loops: the floating-point work between the products of the encoder (kernel.h), in a form for each kind of
 * machine. All forms give the same bits (lanes.h). Widths are multiples of 16. */
#ifndef SITREP_SYNTAX_ENCODER_LOOPS_H
#define SITREP_SYNTAX_ENCODER_LOOPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A vector that a dense layer made: sums[j] · unit + add[j]. */
typedef struct made_row {
    const float *sums, *add;
    float unit;
} made_row;

typedef struct gain_bias {
    const float *gain, *bias;
} gain_bias;

typedef struct encoder_loops {
    const char *name; /* of the kernels that it goes with */

    /* x = w unit + shape + place */
    void (*embed)(const int8_t *w, float unit, const float *shape, const float *place, size_t n, float *x);

    /* x = normalised(x + row) (Ba et al. 2016); row.sums may be NULL: nothing is added */
    void (*normalise)(float *x, made_row row, gain_bias g, size_t n);

    /* y = y + x share */
    void (*add_share)(const float *x, float share, size_t n, float *y);

    /* q = x / unit + SIGNED_ZERO; returns the unit */
    float (*to_bytes)(const float *x, size_t n, uint8_t *q);

    /* q = (gelu(row) + GELU_LOW) / unit (tanh form); returns the unit. row.sums becomes the gelu. */
    float (*gelu_to_bytes)(made_row row, float *room, size_t n, uint8_t *q);

    /* y = row */
    void (*finish)(made_row row, size_t n, float *y);

    /* x[j] = e^(x[j] - the highest); returns 1 / their sum. Past n up to the next multiple of 16 x is room. */
    float (*weigh)(float *x, size_t n);

    /* One head of attention over n rows; out is n rows of ENCODER_HEAD_WIDTH, out_stride apart. q, k, v are made from
     * `sums`, stride apart, at 0, `width` and 2 width, with `add` likewise and a unit for each row. `room`: see
     * attend_room. */
    void (*attend)(const float *sums, size_t stride, size_t width, const float *unit, const float *add,
                   size_t n, float *room, float *out, size_t out_stride);
} encoder_loops;

/* Floats of room for n rows. */
size_t attend_room(size_t n);

/* The loops that go with the kernels of that name. */
const encoder_loops *encoder_loops_for(const char *kernels_name);

#endif
