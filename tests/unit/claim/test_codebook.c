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
    assert_int_equal(c->types.n, 37);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shipped_codebook_opens),
        cmocka_unit_test(faults_name_file_and_line),
    };
    return cmocka_run_group_tests_name("claim/codebook", tests, NULL, NULL);
}
