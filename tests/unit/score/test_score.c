/* Krippendorff's own examples, and the parts of the comparison that need no files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <math.h>

#include "score/alpha.h"
#include "score/compare.h"

static double alpha_of(alpha_result r)
{
    assert_true(r.expected > 0);
    return 1 - r.observed / r.expected;
}

static void assert_near(double got, double expected, double within)
{
    if (!(fabs(got - expected) <= within)) fail_msg("%.6f is not %.6f", got, expected);
}

#define X NAN

/* "Computing Krippendorff's Alpha-Reliability" (2011): part A, binary; B, nominal; C, with missing values.
 * Units are columns there and rows of coders here. */
static const double binary[] = {0, 1, 1, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0};
static const double letters[] = {1, 2, 1, 1, 2, 2, 2, 2, 4, 2, 3, 3, 3, 3, 3, 3, 5, 5, 4, 4, 4, 4, 1, 4};
static const double with_gaps[] = {
    1, 1, X, 1, 2, 2, 3, 2, 3, 3, 3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 1, 2, 3, 4,
    4, 4, 4, 4, 1, 1, 2, 1, 2, 2, 2, 2, X, 5, 5, 5, X, X, 1, 1, X, 3, X, X,
};

static void coded_examples_of_krippendorff(void **state)
{
    arena *a = *state;
    assert_near(alpha_of(alpha_coded(a, binary, 10, 2, ALPHA_NOMINAL)), 0.095, 0.0005);
    assert_near(alpha_of(alpha_coded(a, letters, 12, 2, ALPHA_NOMINAL)), 0.692, 0.0005);
    alpha_result r = alpha_coded(a, with_gaps, 12, 4, ALPHA_NOMINAL);
    assert_int_equal(r.units, 11); /* one unit was coded by one coder alone */
    assert_near(alpha_of(r), 0.743, 0.0005);
    assert_near(alpha_of(alpha_coded(a, with_gaps, 12, 4, ALPHA_INTERVAL)), 0.849, 0.0005);
    assert_near(alpha_of(alpha_coded(a, with_gaps, 12, 4, ALPHA_RATIO)), 0.797, 0.0005);
}

static void alpha_of_next_to_nothing(void **state)
{
    arena *a = *state;
    assert_true(alpha_coded(a, NULL, 0, 2, ALPHA_NOMINAL).expected == 0);
    const double alone[] = {1, X, X, 2}, alike[] = {7, 7, 7, 7}, zeros[] = {0, 0, 0, 5, 5, 5};
    assert_int_equal(alpha_coded(a, alone, 2, 2, ALPHA_NOMINAL).units, 0);
    assert_true(alpha_coded(a, alike, 2, 2, ALPHA_INTERVAL).expected == 0);
    assert_near(alpha_of(alpha_coded(a, zeros, 3, 2, ALPHA_RATIO)), 1 - (1.0 / 3) / (18.0 / 30), 1e-12);
}

/* Content Analysis (2004), section 11.6: two observers, a continuum of 300 from 150 to 450. */
static void unitizing_example_of_krippendorff(void **state)
{
    arena *a = *state;
    const alpha_unit i_c[] = {{75, 70}, {220, 30}}, j_c[] = {{70, 80}, {205, 20}, {250, 20}};
    const alpha_unit k[] = {{30, 60}, {150, 50}};
    alpha_text of_c = {300, {i_c, j_c}, {2, 3}}, of_k = {300, {k, k}, {2, 2}};
    alpha_result c = alpha_unitized(a, &of_c, 1), both = alpha_unitized(a, &of_k, 1);
    assert_near(c.observed, 0.0144, 0.00005);
    assert_near(c.expected, 0.0532, 0.00005);
    assert_near(alpha_of(c), 0.7286, 0.0005);
    assert_true(both.observed == 0);
    assert_near(both.expected, 0.0490, 0.00005);
    double all = 1 - (c.observed + both.observed) / (c.expected + both.expected);
    assert_near(all, 0.8591, 0.0005);
}

/* "On the reliability of unitizing continuous data" (1995), p. 57: observed disagreement of its examples A to D. */
static void unitizing_examples_of_1995(void **state)
{
    const alpha_unit bertha[] = {{2, 8}, {14, 6}}, bill[] = {{4, 4}, {15, 2}};
    const alpha_unit john[] = {{0, 18}};
    const alpha_unit jill[] = {{0, 2}, {2, 1}, {3, 1}, {4, 1}, {5, 1}, {6, 3}, {9, 1}};
    const alpha_unit gerret[] = {{2, 6}, {10, 2}, {14, 4}, {20, 2}};
    const alpha_unit gill[] = {{0, 2}, {4, 4}, {10, 4}, {16, 2}, {20, 2}};
    const alpha_unit heather[] = {{0, 2}, {2, 8}, {10, 4}, {14, 6}, {20, 4}};
    const alpha_unit hill[] = {{0, 4}, {4, 4}, {8, 7}, {15, 2}, {17, 7}};
    const struct {
        alpha_text text;
        double observed;
    } examples[] = {{{24, {bertha, bill}, {2, 2}}, 0.03125},
                    {{24, {john, jill}, {1, 7}}, 2.26736},
                    {{24, {gerret, gill}, {4, 5}}, 0.02777},
                    {{24, {heather, hill}, {5, 5}}, 0.38715}};
    for (size_t i = 0; i < 4; i++) {
        assert_near(alpha_unitized(*state, &examples[i].text, 1).observed, examples[i].observed, 0.00001);
        alpha_text turned = {24,
                             {examples[i].text.units[1], examples[i].text.units[0]},
                             {examples[i].text.n[1], examples[i].text.n[0]}};
        assert_near(alpha_unitized(*state, &turned, 1).observed, examples[i].observed, 0.00001);
    }
}

static void unitizing_next_to_nothing(void **state)
{
    assert_true(alpha_unitized(*state, NULL, 0).expected == 0);
    alpha_text empty[] = {{0, {0}, {0}}, {40, {0}, {0}}};
    assert_true(alpha_unitized(*state, empty, 2).expected == 0);
    const alpha_unit u[] = {
        {0, 10}, {10, 10}, {30, 10}}; /* units may touch each other and the text's end */
    alpha_text same[] = {{40, {u, u}, {3, 3}}, {5, {0}, {0}}};
    alpha_result r = alpha_unitized(*state, same, 2);
    assert_true(r.observed == 0 && r.expected > 0 && r.units == 6);
}

static void phrases_are_alike_by_half_of_their_words(void **state)
{
    static const struct {
        const char *a, *b;
        bool alike;
    } pairs[] = {
        {"Syrian government forces", "the Syrian government", true},
        {"army", "Syrian Arab Army", true},
        {"army", "Syrian Arab Army units", false},
        {"the Army", "army", true},
        {"rebels", "fighters", false},
        {"the", "The", true},
        {"the", "of", false},
        {"", "", true},
        {"", "army", false},
        {"T-72 tanks", "tanks", true},
        {"Ma\u2019arra", "Maarra", false},
        {"\u0130dlib", "\u0130DLIB", true},
        {"\u0412\u041e\u0419\u0421\u041a\u0410", "\u0432\u043e\u0439\u0441\u043a\u0430", true},
    };
    vocabulary v = {.a = *state};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        word_set a = words_of(&v, str_from(pairs[i].a)), b = words_of(&v, str_from(pairs[i].b));
        if (words_alike(a, b) != pairs[i].alike || words_alike(b, a) != pairs[i].alike)
            fail_msg("'%s' and '%s'", pairs[i].a, pairs[i].b);
    }
}

static int set_up(void **state)
{
    static arena a;
    arena_init(&a, 0);
    *state = &a;
    return 0;
}

static int tear_down(void **state)
{
    arena_release(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(coded_examples_of_krippendorff),
        cmocka_unit_test(alpha_of_next_to_nothing),
        cmocka_unit_test(unitizing_example_of_krippendorff),
        cmocka_unit_test(unitizing_examples_of_1995),
        cmocka_unit_test(unitizing_next_to_nothing),
        cmocka_unit_test(phrases_are_alike_by_half_of_their_words),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
