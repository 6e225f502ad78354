#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "claim/codebook.h"
#include "claim/check.h"

static void the_shipped_codebook_opens(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    error e = {0};
    codebook *c = codebook_open(&a, STR(SOURCE_ROOT "/codebooks/conflict"), &e);
    if (!c) print_error("%s:%zu: %s\n", e.where, e.line, e.message);
    assert_non_null(c);
    assert_true(str_starts(codebook_version(c), STR("conflict ")));
    assert_int_equal(c->types.n, 37 + 1); /* and what tells of nothing */
    for (size_t i = 0; i < check_count(c); i++) {
        str text;
        if (!check_text(c, i, &a, &text, &e)) fail_msg("%s:%zu: %s", e.where, e.line, e.message);
    }
    arena_release(&a);
}

static void faults_name_file_and_line(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t line;
    } rows[] = {
        {"verb bomb\n", 1},
        {"type x\n    verb a b c d e f\n", 2},
        {"type x\n    verb bomb : obj=@nosuch\n", 2},
        {"type x\n    is harmful\n", 2},
        {"type x\n    verb bomb : status=maybe\n", 2},
        {"type x\ntype x\n", 2},
        {"type x\n    ucdp 9\n", 2},
        {"type x\n    plover AID perhaps=AGREE\n", 2},
        {"type x\n    plover AID planned\n", 2},
        {"type x\n    frame nosuch\n", 2},
        {"  verb bomb\n", 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        arena a;
        arena_init(&a, 0);
        codebook c = {.arena = &a};
        table t;
        error e = {0};
        assert_true(table_parse(&a, STR("types/x.txt"), str_from(rows[i].text), &t, &e));
        assert_false(codebook_read_types(&c, &t, &e));
        assert_string_equal(e.where, "types/x.txt");
        assert_int_equal(e.line, rows[i].line);
        arena_release(&a);
    }
}

/* A status goes before a rule, a rule before the type. */
static void roots_follow_rule_and_status(void **state)
{
    (void)state;
    static const char text[] =
        "type aid\n    plover AID planned=AGREE\n    cameo 07\n    verb feed, house\n"
        "    verb settle : plover=YIELD\n";
    static const struct {
        int rule; /* -1 = none of the type's */
        claim_status status;
        const char *root;
    } rows[] = {{0, STATUS_OCCURRED, "AID"},
                {2, STATUS_OCCURRED, "YIELD"},
                {2, STATUS_PLANNED, "AGREE"},
                {1, STATUS_PLANNED, "AGREE"},
                {-1, STATUS_DENIED, "AID"}};
    arena a;
    arena_init(&a, 0);
    codebook c = {.arena = &a};
    table t;
    error e = {0};
    assert_true(table_parse(&a, STR("types/x.txt"), str_from(text), &t, &e));
    assert_true(codebook_read_types(&c, &t, &e));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const trigger_rule *rule = rows[i].rule < 0 ? NULL : &c.rules.v[rows[i].rule];
        const claim_codes *codes = codebook_codes(c.types.v[0], rule, rows[i].status);
        assert_true(str_is(codes->plover, rows[i].root));
        assert_true(str_is(codes->cameo, "07"));
    }
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shipped_codebook_opens),
        cmocka_unit_test(faults_name_file_and_line),
        cmocka_unit_test(roots_follow_rule_and_status),
    };
    return cmocka_run_group_tests_name("claim/codebook", tests, NULL, NULL);
}
