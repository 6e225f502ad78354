#include "syntax/kernel.h"

#include "syntax/kernel_loops.h"

static void store(const int32_t *acc, const float *scale, dense_mode mode, void *out, size_t at)
{
    for (size_t j = 0; j < PANEL; j++) {
        float y = (float)acc[j] * scale[j];
        if (mode == DENSE_F32) ((float *)out)[at + j] = y;
        else if (mode == DENSE_I16)
            ((int16_t *)out)[at + j] = (int16_t)round_even(cut(y, -PART_LIMIT, PART_LIMIT));
        else ((uint8_t *)out)[at + j] = (uint8_t)(int)round_even(cut(y, 0, ACTIVATION_MAX));
    }
}

static void panel_row(const uint8_t *x, const int8_t *w, size_t k, int32_t *acc)
{
    for (size_t g = 0; g < k; g += 4, w += 4 * PANEL)
        for (size_t j = 0; j < PANEL; j++)
            acc[j] += x[g] * w[4 * j] + x[g + 1] * w[4 * j + 1] + x[g + 2] * w[4 * j + 2]
                      + x[g + 3] * w[4 * j + 3];
}

static void portable_dense(const dense *d, const uint8_t *x, size_t x_stride, size_t n, dense_mode mode,
                           void *out, size_t out_stride)
{
    for (size_t j = 0; j < d->m; j += PANEL)
        for (size_t r = 0; r < n; r++) {
            int32_t acc[PANEL];
            for (size_t i = 0; i < PANEL; i++) acc[i] = d->bias[j + i];
            panel_row(x + r * x_stride, d->w + j * d->k, d->k, acc);
            store(acc, d->scale + j, mode, out, r * out_stride + j);
        }
}

static void portable_mix(const int16_t *x, size_t k, const int16_t *w, size_t m, const float *scale,
                         size_t period, int16_t *out)
{
    for (size_t j = 0; j < m; j += PANEL) {
        int32_t acc[PANEL] = {0};
        for (size_t t = 0; t < k; t += 2, w += 2 * PANEL)
            for (size_t i = 0; i < PANEL; i++) acc[i] += x[t] * w[2 * i] + x[t + 1] * w[2 * i + 1];
        for (size_t i = 0; i < PANEL; i++) {
            float y = (float)acc[i] * scale[j % period + i];
            out[j + i] = (int16_t)(int)round_even(cut(y, -ROW_LIMIT, ROW_LIMIT));
        }
    }
}

static void portable_sum_rows(const int16_t *const *rows, size_t n_rows, size_t n, const float *scale,
                              uint8_t *out)
{
    loop_sum_rows(rows, n_rows, n, scale, out);
}

static void portable_qrnn(const float *gates, ptrdiff_t stride, size_t n, size_t h, const float *scale,
                          float *state, uint8_t *out, ptrdiff_t out_stride)
{
    loop_qrnn(gates, stride, n, h, scale, state, out, out_stride);
}

static bool always(void)
{
    return true;
}

static const kernels portable = {"portable",        always,       portable_dense, portable_mix,
                                 portable_sum_rows, portable_qrnn};

#ifdef __x86_64__
extern const kernels kernels_avx2, kernels_vnni;
const kernels *const kernels_all[] = {&kernels_vnni, &kernels_avx2, &portable, NULL};
#else
const kernels *const kernels_all[] = {&portable, NULL};
#endif

const kernels *kernels_best(void)
{
    const kernels *const *k = kernels_all;
    while (!(*k)->usable()) k++;
    return *k;
}
