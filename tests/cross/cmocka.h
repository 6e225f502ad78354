/* What the kernels' test takes from cmocka, for machines that we compile for but have no libraries of. */
#ifndef SITREP_CROSS_CMOCKA_H
#define SITREP_CROSS_CMOCKA_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct CMUnitTest {
    void (*run)(void **state);
};

#define cmocka_unit_test(function)                                                                         \
    {                                                                                                      \
        function                                                                                           \
    }
#define assert_memory_equal(a, b, size)                                                                    \
    (memcmp(a, b, size)                                                                                    \
         ? (fprintf(stderr, "%s:%d: %s and %s differ\n", __FILE__, __LINE__, #a, #b), abort())             \
         : (void)0)

static int cmocka_run_group_tests_name(const char *name, const struct CMUnitTest tests[], void *setup,
                                       void *teardown)
{
    (void)setup, (void)teardown;
    tests[0].run(NULL);
    printf("%s: passed\n", name);
    return 0;
}

#endif
