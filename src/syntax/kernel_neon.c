/* The kernels for AArch64: with what every such processor has, and with the dot product of bytes that is
 * asked for at run time. Activations stop at 127, so that they are signed bytes as well as unsigned ones. */
#ifdef __aarch64__

#include <arm_neon.h>
#ifdef __linux__
#include <sys/auxv.h>
#endif

#include "syntax/kernel_loops.h"

extern const kernels kernels_neon, kernels_dotprod;

#ifdef __clang__
#define DOT __attribute__((target("dotprod")))
#else
#define DOT __attribute__((target("arch=armv8.2-a+dotprod")))
#endif
#define INLINE static inline __attribute__((always_inline))

typedef struct target {
    void *out;
    size_t at, stride;
    dense_mode mode;
} target;

/* Four inputs, four times. */
INLINE int8x16_t four_inputs(const uint8_t *x)
{
    int32_t v;
    memcpy(&v, x, 4);
    return vreinterpretq_s8_s32(vdupq_n_s32(v));
}

/* ---- what becomes of sums ----------------------------------------------------------------------- */

/* Of a number and what is none, the number, as cut() gives it. */
INLINE int32x4_t cut_and_round(float32x4_t y, float low, float high)
{
    return vcvtnq_s32_f32(vminnmq_f32(vmaxnmq_f32(y, vdupq_n_f32(low)), vdupq_n_f32(high)));
}

INLINE void store_words(const float32x4_t y[4], float limit, int16_t *out)
{
    for (size_t i = 0; i < 4; i++) vst1_s16(out + 4 * i, vmovn_s32(cut_and_round(y[i], -limit, limit)));
}

INLINE void store_bytes(const float32x4_t y[4], uint8_t *out)
{
    int16x4_t h[4];
    for (size_t i = 0; i < 4; i++) h[i] = vmovn_s32(cut_and_round(y[i], 0, ACTIVATION_MAX));
    vst1q_s8((int8_t *)out,
             vcombine_s8(vmovn_s16(vcombine_s16(h[0], h[1])), vmovn_s16(vcombine_s16(h[2], h[3]))));
}

INLINE void scale_panel(const int32x4_t sum[4], const float *scale, float32x4_t y[4])
{
    for (size_t i = 0; i < 4; i++) y[i] = vmulq_f32(vcvtq_f32_s32(sum[i]), vld1q_f32(scale + 4 * i));
}

INLINE void store_panel(const int32x4_t sum[4], const float *scale, target to)
{
    float32x4_t y[4];
    scale_panel(sum, scale, y);
    if (to.mode == DENSE_U7) store_bytes(y, (uint8_t *)to.out + to.at);
    else if (to.mode == DENSE_I16) store_words(y, PART_LIMIT, (int16_t *)to.out + to.at);
    else
        for (size_t i = 0; i < 4; i++) vst1q_f32((float *)to.out + to.at + 4 * i, y[i]);
}

/* ---- panels ------------------------------------------------------------------------------------- */

/* Two products of each pair of inputs fit 16 bits. half[2 i], half[2 i + 1]: outputs 4 i … 4 i + 3, each in
 * two parts. */
INLINE void add_groups(size_t g_n, const uint8_t *x, const int8_t *w, int32x4_t half[8])
{
    int8x16_t a = four_inputs(x), b = g_n > 1 ? four_inputs(x + 4) : a;
    for (size_t i = 0; i < 4; i++) {
        int8x16_t v = vld1q_s8(w + 16 * i), next = g_n > 1 ? vld1q_s8(w + 4 * PANEL + 16 * i) : v;
        int16x8_t low = vmull_s8(vget_low_s8(a), vget_low_s8(v)), high = vmull_high_s8(a, v);
        if (g_n > 1) {
            low = vmlal_s8(low, vget_low_s8(b), vget_low_s8(next));
            high = vmlal_high_s8(high, b, next);
        }
        half[2 * i] = vpadalq_s16(half[2 * i], low);
        half[2 * i + 1] = vpadalq_s16(half[2 * i + 1], high);
    }
}

static void dense_neon(const dense *d, const uint8_t *x, size_t x_stride, size_t n, dense_mode mode,
                       void *out, size_t out_stride)
{
    for (size_t j = 0; j < d->m; j += PANEL)
        for (size_t r = 0; r < n; r++) {
            const int8_t *w = d->w + j * d->k;
            const uint8_t *row = x + r * x_stride;
            int32x4_t half[8], sum[4];
            size_t g = 0;
            for (size_t i = 0; i < 8; i++) half[i] = vdupq_n_s32(0);
            for (; g + 8 <= d->k; g += 8) add_groups(2, row + g, w + g * PANEL, half);
            if (g < d->k) add_groups(1, row + g, w + g * PANEL, half);
            for (size_t i = 0; i < 4; i++)
                sum[i] =
                    vaddq_s32(vpaddq_s32(half[2 * i], half[2 * i + 1]), vld1q_s32(d->bias + j + 4 * i));
            store_panel(sum, d->scale + j, (target){out, r * out_stride + j, out_stride, mode});
        }
}

/* By hand: clang declares the intrinsic only where every processor of the target has the instruction. */
DOT INLINE int32x4_t add_products(int32x4_t sum, int8x16_t x, int8x16_t w)
{
    __asm__("sdot %0.4s, %1.16b, %2.16b" : "+w"(sum) : "w"(x), "w"(w));
    return sum;
}

/* `r_n` rows against one panel: 16 sums stay in registers. */
DOT INLINE void tile_dot(size_t r_n, const dense *d, size_t j, const uint8_t *x, size_t x_stride, target to)
{
    int32x4_t sum[4][4];
    const int8_t *w = d->w + j * d->k;
    for (size_t r = 0; r < r_n; r++)
        for (size_t i = 0; i < 4; i++) sum[r][i] = vld1q_s32(d->bias + j + 4 * i);
    for (size_t g = 0; g < d->k; g += 4, w += 4 * PANEL) {
        int8x16_t v[4];
        for (size_t i = 0; i < 4; i++) v[i] = vld1q_s8(w + 16 * i);
#pragma GCC unroll 4
        for (size_t r = 0; r < r_n; r++) {
            int8x16_t a = four_inputs(x + r * x_stride + g);
#pragma GCC unroll 4
            for (size_t i = 0; i < 4; i++) sum[r][i] = add_products(sum[r][i], a, v[i]);
        }
    }
    for (size_t r = 0; r < r_n; r++, to.at += to.stride) store_panel(sum[r], d->scale + j, to);
}

DOT static void dense_dot(const dense *d, const uint8_t *x, size_t x_stride, size_t n, dense_mode mode,
                          void *out, size_t out_stride)
{
    for (size_t j = 0; j < d->m; j += PANEL) {
        const uint8_t *row = x;
        target to = {out, j, out_stride, mode};
        size_t left = n;
        for (; left >= 4; left -= 4, row += 4 * x_stride, to.at += 4 * out_stride)
            tile_dot(4, d, j, row, x_stride, to);
        for (; left; left--, row += x_stride, to.at += out_stride) tile_dot(1, d, j, row, x_stride, to);
    }
}

/* ---- activations most of which are 0 ------------------------------------------------------------ */

/* A row's inputs that are not 0, cut where a sum of 16 bits might be full. */
typedef struct input_list {
    size_t n_cuts;
    uint16_t index[SPARSE_MAX_K + LIST_SLACK];
    uint16_t cut[SPARSE_MAX_K];
} input_list;

enum { LANE_MAX = 255 /* times a weight of -128 fits 16 bits */ };

static void cut_inputs(const uint8_t *x, size_t k, input_list *l)
{
    size_t n = list_inputs(x, k, l->index);
    unsigned sum = 0;
    l->n_cuts = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned v = x[l->index[i]];
        sum += v;
        if (sum <= LANE_MAX) continue;
        l->cut[l->n_cuts++] = (uint16_t)i;
        sum = v;
    }
    l->cut[l->n_cuts++] = (uint16_t)n;
}

INLINE void sum_block_inputs(const uint8_t *x, const input_list *l, const int8_t *w, int32x4_t sum[16])
{
    size_t i = 0;
    for (size_t t = 0; t < 16; t++) sum[t] = vdupq_n_s32(0);
    for (size_t c = 0; c < l->n_cuts; c++) {
        int16x8_t acc[8];
        for (size_t t = 0; t < 8; t++) acc[t] = vdupq_n_s16(0);
        for (; i < l->cut[c]; i++) {
            const int8_t *row = w + (size_t)l->index[i] * BLOCK;
            int8x16_t v = vdupq_n_s8((int8_t)x[l->index[i]]);
            for (size_t t = 0; t < 4; t++) {
                int8x16_t weights = vld1q_s8(row + 16 * t);
                acc[2 * t] = vmlal_s8(acc[2 * t], vget_low_s8(v), vget_low_s8(weights));
                acc[2 * t + 1] = vmlal_high_s8(acc[2 * t + 1], v, weights);
            }
        }
        for (size_t t = 0; t < 8; t++) {
            sum[2 * t] = vaddw_s16(sum[2 * t], vget_low_s16(acc[t]));
            sum[2 * t + 1] = vaddw_high_s16(sum[2 * t + 1], acc[t]);
        }
    }
}

static void sparse_row(const dense *d, size_t j, const uint8_t *x, const input_list *l, target to)
{
    int32x4_t sum[16];
    sum_block_inputs(x, l, d->by_input + j * d->k, sum);
    for (size_t t = 0; t < 16 && j + 4 * t < d->m; t += 4) {
        for (size_t i = 0; i < 4; i++)
            sum[t + i] = vaddq_s32(sum[t + i], vld1q_s32(d->bias + j + 4 * (t + i)));
        store_panel(sum + t, d->scale + j + 4 * t, (target){to.out, to.at + j + 4 * t, to.stride, to.mode});
    }
}

static void sparse_neon(const dense *d, const uint8_t *x, size_t x_stride, size_t n, dense_mode mode,
                        void *out, size_t out_stride)
{
    enum { BATCH = 16 };
    input_list list[BATCH];
    for (size_t from = 0; from < n; from += BATCH) {
        size_t r_n = n - from < BATCH ? n - from : BATCH;
        for (size_t r = 0; r < r_n; r++) cut_inputs(x + (from + r) * x_stride, d->k, &list[r]);
        for (size_t j = 0; j < d->m; j += BLOCK)
            for (size_t r = 0; r < r_n; r++)
                sparse_row(d, j, x + (from + r) * x_stride, &list[r],
                           (target){out, (from + r) * out_stride, out_stride, mode});
    }
}

/* ---- the other loops ---------------------------------------------------------------------------- */

static void mix_neon(const int16_t *x, size_t k, const int16_t *w, size_t m, const float *scale,
                     size_t period, int16_t *out)
{
    for (size_t j = 0; j < m; j += PANEL) {
        int32x4_t half[8], sum[4];
        float32x4_t y[4];
        for (size_t i = 0; i < 8; i++) half[i] = vdupq_n_s32(0);
        for (size_t t = 0; t < k; t += 2, w += 2 * PANEL) {
            int16x8_t v = vreinterpretq_s16_s8(four_inputs((const uint8_t *)(x + t)));
            for (size_t i = 0; i < 4; i++) {
                int16x8_t weights = vld1q_s16(w + 8 * i);
                half[2 * i] = vmlal_s16(half[2 * i], vget_low_s16(v), vget_low_s16(weights));
                half[2 * i + 1] = vmlal_high_s16(half[2 * i + 1], v, weights);
            }
        }
        for (size_t i = 0; i < 4; i++) sum[i] = vpaddq_s32(half[2 * i], half[2 * i + 1]);
        scale_panel(sum, scale + j % period, y);
        store_words(y, ROW_LIMIT, out + j);
    }
}

static void sum_rows_neon(const int16_t *const *rows, size_t n_rows, size_t n, const float *scale,
                          uint8_t *out)
{
    for (size_t at = 0; at < n; at += PANEL) {
        int16x8_t a = vdupq_n_s16(0), b = a;
        for (size_t r = 0; r < n_rows; r++) {
            a = vaddq_s16(a, vld1q_s16(rows[r] + at));
            b = vaddq_s16(b, vld1q_s16(rows[r] + at + 8));
        }
        int32x4_t sum[4] = {vmovl_s16(vget_low_s16(a)), vmovl_high_s16(a), vmovl_s16(vget_low_s16(b)),
                            vmovl_high_s16(b)};
        store_panel(sum, scale + at, (target){out, at, 0, DENSE_U7});
    }
}

INLINE float32x4_t gate_neon(float32x4_t x)
{
    float32x4_t t = vaddq_f32(vmulq_n_f32(x, 1.0f / 6), vdupq_n_f32(0.5f));
    t = vminnmq_f32(vmaxnmq_f32(t, vdupq_n_f32(0)), vdupq_n_f32(1));
    return vmulq_f32(vmulq_f32(t, t), vsubq_f32(vdupq_n_f32(3), vaddq_f32(t, t)));
}

/* The operations of loop_qrnn in its order, on four columns. */
INLINE float32x4_t step_neon(const float *gates, size_t h, const float *scale, float *state)
{
    float32x4_t zg = vld1q_f32(gates), z = gate_neon(vaddq_f32(zg, zg)), c = vld1q_f32(state);
    float32x4_t f = gate_neon(vld1q_f32(gates + h)), o = gate_neon(vld1q_f32(gates + 2 * h));
    z = vsubq_f32(vaddq_f32(z, z), vdupq_n_f32(1));
    c = vaddq_f32(z, vmulq_f32(f, vsubq_f32(c, z)));
    vst1q_f32(state, c);
    return vaddq_f32(vmulq_f32(vmulq_f32(o, c), vld1q_f32(scale)), vdupq_n_f32(SIGNED_ZERO));
}

static void qrnn_neon(const float *gates, ptrdiff_t stride, size_t n, size_t h, const float *scale,
                      float *state, uint8_t *out, ptrdiff_t out_stride)
{
    memset(state, 0, h * sizeof *state);
    for (size_t t = 0; t < n; t++, gates += stride, out += out_stride)
        for (size_t j = 0; j < h; j += 16) {
            float32x4_t y[4];
            for (size_t i = 0; i < 4; i++)
                y[i] = step_neon(gates + j + 4 * i, h, scale + j + 4 * i, state + j + 4 * i);
            store_bytes(y, out + j);
        }
}

static bool has_neon(void)
{
    return true;
}

/* HWCAP_ASIMDDP is bit 20. */
static bool has_dotprod(void)
{
#if defined __linux__
    return getauxval(AT_HWCAP) >> 20 & 1;
#elif defined __ARM_FEATURE_DOTPROD
    return true;
#else
    return false;
#endif
}

const kernels kernels_neon = {"neon",   has_neon,      dense_neon, sparse_neon,
                              mix_neon, sum_rows_neon, qrnn_neon};
const kernels kernels_dotprod = {"neon-dotprod", has_dotprod,   dense_dot, sparse_neon,
                                 mix_neon,       sum_rows_neon, qrnn_neon};

#else
typedef int kernel_neon_empty;
#endif
