/* SHA-256 in every way that this processor can: the examples of FIPS 180-4, and all ways alike on every length
 * round a block's end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/sha256.h"
#include "base/sha256_blocks.h"

static void gives_what_the_standard_says(void **state)
{
    (void)state;
    static const struct {
        const char *text, *digest;
    } cases[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsm"
         "nopqrst"
         "nopqrstu",
         "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
    };
    for (const sha256_way *const *w = sha256_ways; *w; w++) {
        if (!(*w)->usable()) continue;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            char out[65];
            sha256_hex_by(*w, str_from(cases[i].text), out);
            assert_string_equal(out, cases[i].digest);
        }
    }
}

static void all_ways_agree(void **state)
{
    (void)state;
    static char bytes[20000];
    const sha256_way *const *last = sha256_ways;
    while (last[1]) last++;
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)(i * 2654435761u >> 11);
    for (size_t n = 0; n < sizeof bytes - 7; n += n < 300 ? 1 : 977)
        for (const sha256_way *const *w = sha256_ways; *w; w++) {
            char one[65], other[65], any[65];
            if (!(*w)->usable()) continue;
            sha256_hex_by(*w, (str){bytes + n % 7, n}, one);
            sha256_hex_by(*last, (str){bytes + n % 7, n}, other);
            sha256_hex((str){bytes + n % 7, n}, any);
            assert_string_equal(one, other);
            assert_string_equal(any, other);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_what_the_standard_says),
        cmocka_unit_test(all_ways_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
