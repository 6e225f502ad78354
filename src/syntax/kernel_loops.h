/* kernel_loops: loops without intrinsics, compiled once for each instruction set by the files that include
 * this. They vectorise, and give the same bits however wide. Only for kernel*.c. */
#ifndef SITREP_SYNTAX_KERNEL_LOOPS_H
#define SITREP_SYNTAX_KERNEL_LOOPS_H

#include <string.h>

#include "syntax/kernel.h"

#define LOOP static inline __attribute__((always_inline))

/* To the nearest integer, ties to even, as the vector instructions do; |x| below 2^22. */
LOOP float round_even(float x)
{
    return (x + 12582912.0f) - 12582912.0f;
}

LOOP float cut(float x, float low, float high)
{
    x = x > low ? x : low;
    return x < high ? x : high;
}

/* ---- activations that are not 0 ----------------------------------------------------------------- */

enum { LIST_SLACK = 4 };

/* A bit for each of eight activations. */
LOOP unsigned not_zero_8(const uint8_t *x)
{
    uint64_t v;
    memcpy(&v, x, 8);
    v = (v + 0x7F7F7F7F7F7F7F7Fu) >> 7 & 0x0101010101010101u;
    return (unsigned)(v * 0x0102040810204080u >> 56);
}

/* Writes the indices of x that are not 0 and returns how many; `index` has room for k + LIST_SLACK. Four at
 * a time, wanted or not, since branches that depend on text are what takes time here. */
LOOP size_t list_inputs(const uint8_t *x, size_t k, uint16_t *index)
{
    size_t n = 0;
    for (size_t at = 0; at < k; at += 16) {
        uint32_t bits = not_zero_8(x + at) | not_zero_8(x + at + 8) << 8;
        size_t end = n + (size_t)__builtin_popcount(bits);
        for (; n < end; n += 4)
            for (size_t i = 0; i < 4; i++, bits &= bits - 1)
                index[n + i] = (uint16_t)(at + (size_t)__builtin_ctz(bits | 1u << 16));
        n = end;
    }
    return n;
}

/* ---- whole loops -------------------------------------------------------------------------------- */

LOOP void sum_block(const int16_t *const *rows, size_t n_rows, size_t at, size_t n, const float *scale,
                    uint8_t *out)
{
    uint16_t sum[4 * PANEL] = {0};
    int32_t whole[4 * PANEL];
    for (size_t r = 0; r < n_rows; r++) {
        const int16_t *row = rows[r] + at;
        for (size_t j = 0; j < n; j++) sum[j] = (uint16_t)(sum[j] + (uint16_t)row[j]);
    }
    for (size_t j = 0; j < n; j++)
        whole[j] = (int32_t)round_even(cut((float)(int16_t)sum[j] * scale[at + j], 0, ACTIVATION_MAX));
    for (size_t j = 0; j < n; j++) out[at + j] = (uint8_t)whole[j];
}

LOOP void loop_sum_rows(const int16_t *const *rows, size_t n_rows, size_t n, const float *scale,
                        uint8_t *out)
{
    size_t at = 0;
    for (; at + 4 * PANEL <= n; at += 4 * PANEL) sum_block(rows, n_rows, at, 4 * PANEL, scale, out);
    for (; at < n; at += PANEL) sum_block(rows, n_rows, at, PANEL, scale, out);
}

/* A smooth step from 0 at -3 to 1 at 3, with the slope of the logistic function at 0. */
LOOP float gate(float x)
{
    float t = cut(x * (1.0f / 6) + 0.5f, 0, 1);
    return t * t * (3 - 2 * t);
}

LOOP void loop_qrnn(const float *gates, ptrdiff_t stride, size_t n, size_t h, const float *scale,
                    float *state, uint8_t *out, ptrdiff_t out_stride)
{
    for (size_t j = 0; j < h; j++) state[j] = 0;
    for (size_t t = 0; t < n; t++, gates += stride, out += out_stride) {
        const float *zg = gates, *fg = gates + h, *og = gates + 2 * h;
        for (size_t j = 0; j < h; j++) {
            float z = 2 * gate(2 * zg[j]) - 1, f = gate(fg[j]), o = gate(og[j]);
            float c = z + f * (state[j] - z);
            state[j] = c;
            float y = o * c * scale[j] + SIGNED_ZERO;
            out[j] = (uint8_t)(int)round_even(cut(y, 0, ACTIVATION_MAX));
        }
    }
}

#endif
