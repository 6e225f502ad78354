#define _DEFAULT_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/os.h"
#include "claim/judge.h"

#define SHIPPED SOURCE_ROOT "/models/claims.model"

static void the_shipped_judge_opens(void **state)
{
    (void)state;
    error e = {0};
    judge *j = judge_open(STR(SHIPPED), &e);
    if (!j) print_error("%s: %s\n", e.where, e.message);
    assert_non_null(j);
    assert_true(judge_knows(j, STR("air_strike")));
    assert_false(judge_knows(j, STR("river_raid")));
    for (int q = 0; q < N_JUDGE_QUESTIONS; q++) assert_true(j->threshold[q] > 0 && j->threshold[q] < 1);
    assert_int_not_equal(judge_cluster(j, STR("bombed")), 0);
    assert_int_equal(judge_cluster(j, STR("xqzzv")), 0);
    judge_close(j);
}

static void evidence_moves_the_answer(void **state)
{
    (void)state;
    evidence e;
    evidence_begin(&e, JUDGE_PLACE);
    evidence_add(&e, "preposition", STR("in"), STR(""));
    static int16_t weights[JUDGE_ROWS];
    weights[e.row[1]] = 2;
    struct judge j = {.weights = weights, .step = 1};
    assert_true(judge_ask(&j, JUDGE_PLACE, &e, NULL) > 0.85);
    evidence other;
    evidence_begin(&other, JUDGE_DATE); /* the same words of another question are another feature */
    evidence_add(&other, "preposition", STR("in"), STR(""));
    assert_true(judge_ask(&j, JUDGE_DATE, &other, NULL) < 0.55);
}

static void a_habit_is_marked_and_weighed(void **state)
{
    (void)state;
    evidence e;
    evidence_begin(&e, JUDGE_PLACE);
    evidence_add(&e, "where", STR("far"), STR(""));
    evidence_habit(&e, "where", STR("far"), STR(""));
    assert_false(e.row[1] & JUDGE_HABIT);
    assert_true(e.row[2] & JUDGE_HABIT);
    uint32_t row = e.row[2] & ~JUDGE_HABIT;
    assert_int_not_equal(row, e.row[1]); /* a weight of its own */
    static int16_t weights[JUDGE_ROWS];
    weights[row] = 2;
    struct judge j = {.weights = weights, .step = 1};
    assert_true(judge_ask(&j, JUDGE_PLACE, &e, NULL) > 0.85);
}

static void too_much_evidence_is_dropped(void **state)
{
    (void)state;
    evidence e;
    evidence_begin(&e, JUDGE_PLACE);
    for (uint32_t i = 0; i < 4 * JUDGE_MAX_EVIDENCE; i++) evidence_number(&e, "n", i);
    assert_int_equal(e.n, JUDGE_MAX_EVIDENCE);
}

static void damaged_files_are_refused(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    error e = {0};
    str bytes;
    assert_true(os_read_file(&a, STR(SHIPPED), &bytes, &e));
    char path[] = "judge-test-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    static const size_t lengths[] = {0, 10, 100, 5000};
    for (size_t i = 0; i < 4; i++) {
        FILE *f = fopen(path, "wb");
        assert_int_equal(fwrite(bytes.ptr, 1, lengths[i], f), lengths[i]);
        fclose(f);
        assert_null(judge_open(str_from(path), &e));
        assert_int_equal(e.code, SITREP_BAD_MODEL);
    }
    FILE *f = fopen(path, "wb");
    char *copy = (char *)arena_copy(&a, bytes).ptr;
    copy[bytes.len / 2] ^= 4;
    fwrite(copy, 1, bytes.len, f);
    fclose(f);
    assert_null(judge_open(str_from(path), &e));
    close(fd);
    unlink(path);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shipped_judge_opens),
        cmocka_unit_test(evidence_moves_the_answer),
        cmocka_unit_test(a_habit_is_marked_and_weighed),
        cmocka_unit_test(too_much_evidence_is_dropped),
        cmocka_unit_test(damaged_files_are_refused),
    };
    return cmocka_run_group_tests_name("claim/judge", tests, NULL, NULL);
}
