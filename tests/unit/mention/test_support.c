#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "support.h"

static void words_become_a_document(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    document *d = support_document_of(&a, "2019-11-15",
                                      "On/ADP/IN/on/case/2 9//11/NUM +,/PUNCT\nSecond\n\nThird one");
    assert_int_equal(d->published.day, 15);
    assert_int_equal(d->tokens.n, 6);
    assert_int_equal(d->sentences.n, 3);
    assert_int_equal(d->blocks.n, 2);
    assert_true(str_is(d->text, "On 9/11, Second\nThird one\n"));
    assert_true(str_is(document_str(d, d->tokens.v[1].at), "9/11"));
    assert_int_equal(d->tokens.v[0].head, 1);
    assert_int_equal(d->tokens.v[0].rel, DEPREL_CASE);
    assert_false(d->tokens.v[2].space_before);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_become_a_document)};
    return cmocka_run_group_tests_name("mention/support", tests, NULL, NULL);
}
