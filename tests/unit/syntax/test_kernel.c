/* Every form of the kernels gives the same bits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "syntax/kernel.h"

enum { MAX_K = 1536, MAX_M = 160, MAX_N = 71 };

static uint32_t state_of_chance = 12345;

static uint32_t chance(void)
{
    state_of_chance = state_of_chance * 1664525u + 1013904223u;
    return state_of_chance >> 8;
}

static int8_t weights[MAX_K * MAX_M], by_input[MAX_K * (MAX_M + BLOCK)];
static int32_t bias[MAX_M];
static float scale[MAX_M];
static uint8_t x[MAX_N * MAX_K];

typedef enum activations { ANY, MANY_ZEROS, BOTH_SIGNS, FULL, EMPTY, MIXED, N_ACTIVATIONS } activations;

static uint8_t activation(activations kind)
{
    switch (kind) {
    case MANY_ZEROS: return (uint8_t)(chance() % 5 ? 0 : chance() % 8 ? chance() % 40 : 127);
    case BOTH_SIGNS: return (uint8_t)(chance() % 50 ? 56 + chance() % 17 : chance() % 128);
    case FULL: return 127;
    case EMPTY: return 0;
    default: return (uint8_t)(chance() % 4 ? chance() % 128 : 127);
    }
}

/* Extremes more often than chance would give them, for sums that overflow where they should not. */
static void fill(activations kind)
{
    int8_t extreme = chance() % 2 ? 127 : -128;
    unsigned one_in = kind == FULL ? 1 : 4;
    for (size_t i = 0; i < sizeof weights; i++)
        weights[i] = (int8_t)(chance() % one_in ? (int)(chance() % 255) - 127 : extreme);
    for (size_t i = 0; i < sizeof x; i++)
        x[i] = activation(kind == MIXED ? (activations)(i / 100 % MIXED) : kind);
    for (size_t i = 0; i < MAX_M; i++) {
        bias[i] = (int32_t)(chance() % 200001) - 100000;
        scale[i] = (float)(chance() % 1000 + 1) * 1e-6f;
    }
}

static void dense_agrees(const kernels *k, const kernels *plain, dense *d, size_t x_stride, size_t n,
                         dense_mode mode)
{
    static float a[MAX_N * MAX_M], b[MAX_N * MAX_M];
    memset(a, 0, sizeof a);
    memset(b, 0, sizeof b);
    plain->dense(d, x, x_stride, n, mode, b, d->m);
    k->dense(d, x, x_stride, n, mode, a, d->m);
    assert_memory_equal(a, b, sizeof a);
    if (d->k % PANEL || d->k > SPARSE_MAX_K) return;
    d->by_input = by_input;
    by_input_fill(d, by_input);
    memset(a, 0, sizeof a);
    k->sparse(d, x, x_stride, n, mode, a, d->m);
    assert_memory_equal(a, b, sizeof a);
}

static void products_agree(const kernels *k, const kernels *plain)
{
    for (int round = 0; round < 30; round++) {
        size_t limit = round % 3 ? SPARSE_MAX_K : MAX_K, step = round % 2 ? 4 : PANEL;
        size_t k_n = step * (chance() % (limit / step) + 1), m = PANEL * (chance() % (MAX_M / PANEL) + 1);
        size_t stride = chance() % 2 ? k_n : chance() % k_n + 1;
        dense d = {(uint32_t)k_n, (uint32_t)m, weights, bias, scale, NULL};
        fill((activations)(round % N_ACTIVATIONS));
        for (int mode = DENSE_U7; mode <= DENSE_F32; mode++)
            dense_agrees(k, plain, &d, stride, chance() % MAX_N + 1, (dense_mode)mode);
    }
}

static void sums_agree(const kernels *k, const kernels *plain)
{
    static int16_t rows[19][MAX_M];
    const int16_t *row[19];
    uint8_t a[MAX_M] = {0}, b[MAX_M] = {0};
    for (size_t r = 0; r < 19; r++) {
        row[r] = rows[r];
        for (size_t j = 0; j < MAX_M; j++)
            rows[r][j] = (int16_t)((int)(chance() % (2 * PART_LIMIT + 1)) - PART_LIMIT);
    }
    for (size_t j = 0; j < MAX_M; j++) scale[j] = (float)(chance() % 1000) * 2e-5f;
    for (size_t n = PANEL; n <= MAX_M; n += PANEL) {
        k->sum_rows(row, 19, n, scale, a);
        plain->sum_rows(row, 19, n, scale, b);
        assert_memory_equal(a, b, sizeof a);
    }
}

static void mixtures_agree(const kernels *k, const kernels *plain)
{
    enum { K = 40, M = 5 * 80 };
    static int16_t w[K * M], input[K], a[M], b[M];
    for (size_t period = 16; period <= 80; period += 64) {
        for (size_t i = 0; i < K; i++)
            input[i] = (int16_t)((int)(chance() % (2 * MIX_LIMIT + 1)) - MIX_LIMIT);
        for (size_t i = 0; i < K * M; i++)
            w[i] = (int16_t)((int)(chance() % (2 * MIX_LIMIT + 1)) - MIX_LIMIT);
        for (size_t j = 0; j < period; j++) scale[j] = (float)(chance() % 1000) * 1e-6f;
        k->mix(input, K, w, M, scale, period, a);
        plain->mix(input, K, w, M, scale, period, b);
        assert_memory_equal(a, b, sizeof a);
    }
}

static void recurrences_agree(const kernels *k, const kernels *plain)
{
    enum { H = 48 };
    static float gates[MAX_N * 3 * H];
    float state[H], unit[H];
    uint8_t a[MAX_N * H], b[MAX_N * H];
    for (size_t i = 0; i < MAX_N * 3 * H; i++) gates[i] = ((float)(chance() % 2001) - 1000) * 0.005f;
    for (size_t j = 0; j < H; j++) unit[j] = 63 + (float)(chance() % 100);
    k->qrnn(gates, 3 * H, MAX_N, H, unit, state, a, H);
    plain->qrnn(gates, 3 * H, MAX_N, H, unit, state, b, H);
    assert_memory_equal(a, b, sizeof a);
    k->qrnn(gates + (MAX_N - 1) * 3 * H, -3 * H, MAX_N, H, unit, state, a + (MAX_N - 1) * H, -H);
    plain->qrnn(gates + (MAX_N - 1) * 3 * H, -3 * H, MAX_N, H, unit, state, b + (MAX_N - 1) * H, -H);
    assert_memory_equal(a, b, sizeof a);
}

static void all_forms_agree(void **state)
{
    (void)state;
    size_t last = 0;
    while (kernels_all[last + 1]) last++;
    for (size_t i = 0; i <= last; i++) {
        if (!kernels_all[i]->usable()) continue;
        printf("%s\n", kernels_all[i]->name);
        products_agree(kernels_all[i], kernels_all[last]);
        sums_agree(kernels_all[i], kernels_all[last]);
        mixtures_agree(kernels_all[i], kernels_all[last]);
        recurrences_agree(kernels_all[i], kernels_all[last]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_forms_agree)};
    return cmocka_run_group_tests_name("syntax/kernel", tests, NULL, NULL);
}
