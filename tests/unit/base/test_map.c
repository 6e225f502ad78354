#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "base/map.h"

static void a_pair_is_found_as_its_joined_key(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    map m = {0};
    assert_int_equal(map_get_pair(&m, STR("SD"), '.', STR("01")), MAP_NONE);
    map_put(&a, &m, STR("SD.01"))->value = 7;
    map_put(&a, &m, STR("."))->value = 8;
    assert_int_equal(map_get_pair(&m, STR("SD"), '.', STR("01")), 7);
    assert_int_equal(map_get_pair(&m, (str){0}, '.', (str){0}), 8);
    assert_int_equal(map_get_pair(&m, STR("SD"), ' ', STR("01")), MAP_NONE);
    assert_int_equal(map_get_pair(&m, STR("SD0"), '.', STR("1")), MAP_NONE);
    arena_release(&a);
}

static void a_key_too_long_is_absent(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    map m = {0};
    static char text[600];
    memset(text, 'x', sizeof text);
    for (size_t n = 505; n < sizeof text; n++) {
        char *key = arena_new(&a, char, n + 2);
        memset(key, 'x', n + 2);
        key[n] = '.';
        map_put(&a, &m, (str){key, n + 2})->value = 1;
        assert_int_equal(map_get_pair(&m, (str){text, n}, '.', STR("x")), n + 2 <= 512 ? 1 : MAP_NONE);
    }
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pair_is_found_as_its_joined_key),
        cmocka_unit_test(a_key_too_long_is_absent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
