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

static void portable_sparse(const dense *d, const uint8_t *x, size_t x_stride, size_t n, dense_mode mode,
                            void *out, size_t out_stride)
{
    uint16_t index[SPARSE_MAX_K + LIST_SLACK];
    for (size_t r = 0; r < n; r++, x += x_stride) {
        size_t n_inputs = list_inputs(x, d->k, index);
        for (size_t j = 0; j < d->m; j += BLOCK) {
            int32_t acc[BLOCK] = {0};
            size_t width = d->m - j < BLOCK ? d->m - j : BLOCK;
            for (size_t i = 0; i < n_inputs; i++) {
                const int8_t *w = d->by_input + j * d->k + (size_t)index[i] * BLOCK;
                for (size_t t = 0; t < BLOCK; t++) acc[t] += x[index[i]] * w[t];
            }
            for (size_t t = 0; t < width; t++) acc[t] += d->bias[j + t];
            for (size_t t = 0; t < width; t += PANEL)
                store(acc + t, d->scale + j + t, mode, out, r * out_stride + j + t);
        }
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

static const kernels portable = {
    "portable", always, portable_dense, portable_sparse, portable_mix, portable_sum_rows, portable_qrnn};

#if defined __x86_64__
extern const kernels kernels_avx2, kernels_avx_vnni, kernels_vnni;
const kernels *const kernels_all[] = {&kernels_vnni, &kernels_avx_vnni, &kernels_avx2, &portable, NULL};
#elif defined __aarch64__
extern const kernels kernels_neon, kernels_dotprod;
const kernels *const kernels_all[] = {&kernels_dotprod, &kernels_neon, &portable, NULL};
#else
const kernels *const kernels_all[] = {&portable, NULL};
#endif

const kernels *kernels_best(void)
{
    const kernels *const *k = kernels_all;
    while (!(*k)->usable()) k++;
    return *k;
}

size_t by_input_size(const dense *d)
{
    return (size_t)d->k * ((d->m + BLOCK - 1) / BLOCK * BLOCK);
}

void by_input_fill(const dense *d, int8_t *to)
{
    memset(to, 0, by_input_size(d));
    for (size_t j = 0; j < d->m; j++)
        for (size_t i = 0; i < d->k; i++)
            to[j / BLOCK * BLOCK * d->k + i * BLOCK + j % BLOCK] =
                d->w[j / PANEL * PANEL * d->k + (i / 4 * PANEL + j % PANEL) * 4 + i % 4];
}
