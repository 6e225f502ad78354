/* What the tests of kernels and digests take from cmocka, for machines that we compile for but have no libraries of. */
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
#define assert_string_equal(a, b)                                                                          \
    (strcmp(a, b) ? (fprintf(stderr, "%s:%d: %s and %s differ\n", __FILE__, __LINE__, #a, #b), abort())    \
                  : (void)0)

#define cmocka_run_group_tests(tests, setup, teardown)                                                     \
    cmocka_run_all(#tests, tests, sizeof(tests) / sizeof *(tests))

static inline int cmocka_run_all(const char *name, const struct CMUnitTest tests[], size_t n)
{
    for (size_t i = 0; i < n; i++) tests[i].run(NULL);
    printf("%s: passed\n", name);
    return 0;
}

static inline int cmocka_run_group_tests_name(const char *name, const struct CMUnitTest tests[],
                                              void *setup, void *teardown)
{
    (void)setup, (void)teardown;
    tests[0].run(NULL);
    printf("%s: passed\n", name);
    return 0;
}

#endif
