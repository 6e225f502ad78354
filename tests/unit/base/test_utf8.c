#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/utf8.h"

static void valid_prefix_stops_at_the_first_bad_byte(void **state)
{
    (void)state;
    static const struct {
        str text;
        size_t prefix;
    } rows[] = {
        {{"plain", 5}, 5},
        {{"Ma\xE2\x80\x99"
          "aret",
          9},
         9},
        {{"a\xC0\x80", 3}, 1},
        {{"a\xED\xA0\x80", 4}, 1},
        {{"\xF4\x90\x80\x80", 4}, 0},
        {{"ab\xE2\x80", 4}, 2},
        {{"", 0}, 0},
        {{"\xF0\x9F\x98\x80", 4}, 4},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(utf8_valid_prefix(rows[i].text), rows[i].prefix);
}

static void encoding_inverts_decoding(void **state)
{
    (void)state;
    for (uint32_t cp = 1; cp < 0x110000; cp += cp < 0x3000 ? 1 : 251) {
        if (cp >= 0xD800 && cp <= 0xDFFF) continue;
        char bytes[4];
        size_t n = utf8_put(cp, bytes);
        uint32_t back;
        assert_int_equal(utf8_decode((str){bytes, n}, 0, &back), n);
        assert_int_equal(back, cp);
    }
}

static void folding_makes_text_plain(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    assert_true(str_eq(
        utf8_fold(&a, STR("Ma\u2019aret \u201CIDLIB\u201D \u2014 \u0160abac \u041A\u0418\u0407\u0412")),
        STR("ma'aret \"idlib\" - \u0161abac \u043A\u0438\u0457\u0432")));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(valid_prefix_stops_at_the_first_bad_byte),
        cmocka_unit_test(encoding_inverts_decoding),
        cmocka_unit_test(folding_makes_text_plain),
    };
    return cmocka_run_group_tests_name("base/utf8", tests, NULL, NULL);
}
