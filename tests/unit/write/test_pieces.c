#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <math.h>

#include "write/json.h"
#include "write/position.h"
#include "write/terminal.h"

/* Collects what is written; refuses once `cap` is reached. */
typedef struct sunk {
    char text[4096];
    size_t n, cap;
} sunk;

static bool sink(void *context, const void *bytes, size_t n)
{
    sunk *s = context;
    if (s->n + n > s->cap) return false;
    memcpy(s->text + s->n, bytes, n);
    s->n += n;
    return true;
}

static void assert_sunk(const sunk *s, const char *expected)
{
    assert_int_equal(s->n, strlen(expected));
    assert_memory_equal(s->text, expected, s->n);
}

static void numbers_are_short_and_free_of_the_locale(void **state)
{
    (void)state;
    static const struct {
        double value;
        int decimals;
        const char *text;
    } rows[] = {
        {35.61, 5, "35.61"},
        {-0.5, 5, "-0.5"},
        {4, 5, "4"},
        {0.000004, 5, "0"},
        {-0.000004, 5, "0"},
        {0.125, 2, "0.13"},
        {179.99999, 5, "179.99999"},
        {0.83, 2, "0.83"},
        {1e20, 5, "0"},
        {NAN, 2, "0"},
        {36.05, 5, "36.05"},
        {0.999999, 5, "1"},
        {-12.00001, 5, "-12.00001"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sunk s = {.cap = sizeof s.text};
        out o;
        out_init(&o, sink, &s);
        out_fixed(&o, rows[i].value, rows[i].decimals);
        assert_true(out_flush(&o));
        assert_sunk(&s, rows[i].text);
    }
}

static void integers_reach_both_ends(void **state)
{
    (void)state;
    sunk s = {.cap = sizeof s.text};
    out o;
    out_init(&o, sink, &s);
    out_int(&o, INT64_MIN);
    out_char(&o, ' ');
    out_int(&o, INT64_MAX);
    out_char(&o, ' ');
    out_int(&o, 0);
    assert_true(out_flush(&o));
    assert_sunk(&s, "-9223372036854775808 9223372036854775807 0");
}

static void strings_become_valid_json(void **state)
{
    (void)state;
    static const struct {
        str in;
        const char *text;
    } rows[] = {
        {{"plain", 5}, "\"plain\""},
        {{"a\"b\\c/d", 7}, "\"a\\\"b\\\\c/d\""},
        {{"\n\r\t\x01\x7F\0", 6}, "\"\\n\\r\\t\\u0001\\u007f\\u0000\""},
        {{"Ma\u2019aret", 9}, "\"Ma\u2019aret\""},
        {{"a\xFF"
          "b\xE2\x80",
          5},
         "\"a\uFFFD"
         "b\uFFFD\uFFFD\""},
        {{"", 0}, "\"\""},
        {{"\u2028x\u2029\u202A\xC2\x85", 12}, "\"\\u2028x\\u2029\u202A\\u0085\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sunk s = {.cap = sizeof s.text};
        out o;
        out_init(&o, sink, &s);
        json j = {.o = &o};
        out_json_string(&j, rows[i].in);
        assert_true(out_flush(&o));
        assert_sunk(&s, rows[i].text);
    }
}

static void commas_stand_between_members_only(void **state)
{
    (void)state;
    sunk s = {.cap = sizeof s.text};
    out o;
    out_init(&o, sink, &s);
    json j = {.o = &o};
    out_json_open(&j, '{');
    out_json_key(&j, "a");
    out_json_open(&j, '[');
    out_json_int(&j, 1);
    out_json_open(&j, '{');
    out_json_close(&j, '}');
    out_json_null(&j);
    out_json_close(&j, ']');
    out_json_key(&j, "b");
    out_json_known(&j, (str){0});
    out_json_close(&j, '}');
    assert_true(out_flush(&o));
    assert_sunk(&s, "{\"a\":[1,{},null],\"b\":null}");
}

static void nothing_follows_a_refusal(void **state)
{
    (void)state;
    sunk s = {.cap = 4};
    out o;
    out_init(&o, sink, &s);
    out_text(&o, "abc");
    assert_true(out_flush(&o));
    out_text(&o, "defgh");
    assert_false(out_flush(&o));
    out_text(&o, "x");
    assert_false(out_flush(&o));
    assert_sunk(&s, "abc");
}

static void positions_count_code_points(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    char text[2000];
    size_t n = 0, points[2000], at = 0;
    for (unsigned i = 0; n + 8 < sizeof text; i++, at++) {
        static const char *const pieces[] = {"a", "\u00E9", "\u0643", "\u20AC", "\U0001F600", " "};
        const char *p = pieces[i * 7 % 6];
        for (size_t k = 0; p[k]; k++) points[n + k] = at + (k > 0);
        memcpy(text + n, p, strlen(p));
        n += strlen(p);
    }
    positions p = positions_build(&a, (str){text, n});
    for (size_t i = 0; i < n; i++)
        if (((unsigned char)text[i] & 0xC0) != 0x80) assert_int_equal(position_of(&p, i), points[i]);
    assert_int_equal(position_of(&p, n), at);
    assert_int_equal(position_of(&p, n + 100), at);
    arena_release(&a);
}

static void stepping_stops_at_the_ends(void **state)
{
    (void)state;
    str text = STR("\u20ACab\u20AC");
    assert_int_equal(position_forth(text, 0, 1), 3);
    assert_int_equal(position_forth(text, 0, 3), 5);
    assert_int_equal(position_forth(text, 0, 99), 8);
    assert_int_equal(position_back(text, 8, 1), 5);
    assert_int_equal(position_back(text, 5, 3), 0);
    assert_int_equal(position_back(text, 5, 99), 0);
}

static void lines_break_at_spaces(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t width;
        const char *lines[4];
    } rows[] = {
        {"one two three", 7, {"one two", "three"}},
        {"  one \n two  ", 20, {"one \n two"}},
        {"unbreakable", 4, {"unbr", "eaka", "ble"}},
        {"\u4E2D\u6587\u5B57", 4, {"\u4E2D\u6587", "\u5B57"}},
        {"", 10, {NULL}},
        {"   ", 10, {NULL}},
        {"ab c", 2, {"ab", "c"}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        str rest = str_from(rows[i].text), line;
        size_t k = 0;
        for (; terminal_wrap(&rest, rows[i].width, &line); k++) {
            assert_non_null(rows[i].lines[k]);
            assert_true(str_is(line, rows[i].lines[k]));
        }
        assert_null(rows[i].lines[k]);
    }
}

static void a_document_cannot_steer_the_terminal(void **state)
{
    (void)state;
    sunk s = {.cap = sizeof s.text};
    out o;
    out_init(&o, sink, &s);
    terminal_str(&o, STR("a\033[31mb\u202Ec\xC2\x9B"
                         "d\ne"));
    assert_true(out_flush(&o));
    assert_sunk(&s, "a [31mb c d e");
    assert_int_equal(terminal_width(STR("e\u0301\u4E2Dx")), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_short_and_free_of_the_locale),
        cmocka_unit_test(integers_reach_both_ends),
        cmocka_unit_test(strings_become_valid_json),
        cmocka_unit_test(commas_stand_between_members_only),
        cmocka_unit_test(nothing_follows_a_refusal),
        cmocka_unit_test(positions_count_code_points),
        cmocka_unit_test(stepping_stops_at_the_ends),
        cmocka_unit_test(lines_break_at_spaces),
        cmocka_unit_test(a_document_cannot_steer_the_terminal),
    };
    return cmocka_run_group_tests_name("write/pieces", tests, NULL, NULL);
}
