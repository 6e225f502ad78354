/* Every form of the kernels gives the same bits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "syntax/kernel.h"

enum { MAX_K = 768, MAX_M = 160, MAX_N = 23 };

static uint32_t state_of_chance = 12345;

static uint32_t chance(void)
{
    state_of_chance = state_of_chance * 1664525u + 1013904223u;
    return state_of_chance >> 8;
}

static int8_t weights[MAX_K * MAX_M];
static int32_t bias[MAX_M];
static float scale[MAX_M];
static uint8_t x[MAX_N * MAX_K];

/* Extremes more often than chance would give them, for sums that overflow where they should not. */
static void fill(void)
{
    for (size_t i = 0; i < sizeof weights; i++)
        weights[i] = (int8_t)(chance() % 4 ? (int)(chance() % 255) - 127 : 127);
    for (size_t i = 0; i < sizeof x; i++) x[i] = (uint8_t)(chance() % 4 ? chance() % 128 : 127);
    for (size_t i = 0; i < MAX_M; i++) {
        bias[i] = (int32_t)(chance() % 200001) - 100000;
        scale[i] = (float)(chance() % 1000 + 1) * 1e-6f;
    }
}

static void dense_agrees(const kernels *k, const kernels *plain, size_t k_n, size_t m, size_t n,
                         dense_mode mode)
{
    static float a[MAX_N * MAX_M], b[MAX_N * MAX_M];
    dense d = {(uint32_t)k_n, (uint32_t)m, weights, bias, scale};
    memset(a, 0, sizeof a);
    memset(b, 0, sizeof b);
    k->dense(&d, x, k_n, n, mode, a, m);
    plain->dense(&d, x, k_n, n, mode, b, m);
    assert_memory_equal(a, b, sizeof a);
}

static void products_agree(const kernels *k, const kernels *plain)
{
    for (int round = 0; round < 40; round++) {
        fill();
        size_t k_n = 4 * (chance() % (MAX_K / 4) + 1), m = PANEL * (chance() % (MAX_M / PANEL) + 1);
        for (int mode = DENSE_U7; mode <= DENSE_F32; mode++)
            dense_agrees(k, plain, k_n, m, chance() % MAX_N + 1, (dense_mode)mode);
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
    for (size_t i = 0; i < last; i++) {
        if (!kernels_all[i]->usable()) continue;
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
