#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/table.h"

static void lines_keep_number_indent_and_value(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    table t;
    error e;
    assert_true(table_parse(&a, STR("x.txt"),
                            STR("# head\nair_strike\r\n\n    verb  bomb | hit # c\nC#4\n"), &t, &e));
    assert_int_equal(t.lines.n, 3);
    assert_true(str_is(t.lines.v[0].keyword, "air_strike"));
    assert_int_equal(t.lines.v[1].number, 4);
    assert_int_equal(t.lines.v[1].indent, 4);
    assert_true(str_is(t.lines.v[1].value, "bomb | hit"));
    assert_true(str_is(t.lines.v[2].whole, "C#4"));
    arena_release(&a);
}

static void a_fault_names_file_and_line(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    table t;
    error e;
    assert_false(table_parse(&a, STR("bad.txt"), STR("ok\n\xFF\n"), &t, &e));
    assert_int_equal(e.code, SITREP_BAD_CODEBOOK);
    assert_string_equal(e.where, "bad.txt");
    assert_int_equal(e.line, 2);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_keep_number_indent_and_value),
        cmocka_unit_test(a_fault_names_file_and_line),
    };
    return cmocka_run_group_tests_name("base/table", tests, NULL, NULL);
}
