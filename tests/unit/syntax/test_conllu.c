/* CoNLL-U in and out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "read/conllu.h"
#include "syntax/hint_names.h"
#include "write/conllu.h"

typedef struct buffer {
    char bytes[4096];
    size_t n, room;
} buffer;

static bool into(void *user, const char *bytes, size_t len)
{
    buffer *b = user;
    if (b->n + len >= b->room) return false;
    memcpy(b->bytes + b->n, bytes, len);
    b->n += len;
    b->bytes[b->n] = 0;
    return true;
}

static const char good[] =
    "# sent_id = 1\n# text = He's here.\n"
    "1\tHe\the\tPRON\tPRP\t_\t3\tnsubj\t_\tSpaceAfter=No\n2\t's\tbe\tAUX\tVBZ\t_\t3\tcop\t_\t_\n"
    "3\there\there\tADV\tRB\t_\t0\troot\t_\tSpaceAfter=No\n4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n\n"
    "# sent_id = 2\n# text = GO\n1\tGO\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n\n";

static void what_is_read_is_written(void **state)
{
    (void)state;
    arena a;
    error e;
    buffer b = {.room = sizeof b.bytes};
    document d = {0};
    arena_init(&a, 0);
    assert_true(conllu_read(&a, str_from(good), &d, &e));
    assert_true(str_is(d.text, "He's here.\nGO"));
    assert_int_equal(d.sentences.n, 2);
    assert_true(d.sentences.v[0].has_case && !d.sentences.v[1].has_case);
    assert_false(d.tokens.v[1].space_before);
    assert_int_equal(d.tokens.v[0].head, 2);
    assert_int_equal(d.tokens.v[4].head, -1);
    assert_true(conllu_write(&a, &d, NULL, into, &b));
    assert_string_equal(b.bytes, good);
    b = (buffer){.room = 40};
    assert_false(conllu_write(&a, &d, NULL, into, &b));
    arena_release(&a);
}

static void multiword_tokens_and_empty_nodes_are_passed_over(void **state)
{
    (void)state;
    arena a;
    error e;
    document d = {0};
    arena_init(&a, 0);
    assert_true(conllu_read(
        &a,
        STR("1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\r\n1\tdo\tdo\tAUX\tVB\t_\t0\troot\t_\tSpaceAfter=No\r\n"
            "2\tn't\tnot\tPART\tRB\t_\t1\tadvmod\t_\t_\r\n2.1\tx\t_\t_\t_\t_\t_\t_\t_\t_\r\n"),
        &d, &e));
    assert_int_equal(d.tokens.n, 2);
    assert_true(str_is(d.text, "don't"));
    arena_release(&a);
}

static void faults_name_their_line(void **state)
{
    (void)state;
    const struct {
        const char *bytes;
        size_t line;
    } cases[] = {
        {"1\tHe\n", 1},
        {"\n1\tHe\the\tPRON\tPRP\t_\t9\tnsubj\t_\t_\n\n", 3},
        {"2\tHe\the\tPRON\tPRP\t_\t0\troot\t_\t_\n", 1},
        {"1\tHe\the\tPRON\tPRP\t_\tx\troot\t_\t_\n", 1},
        {"1\t\the\tPRON\tPRP\t_\t0\troot\t_\t_\n", 1},
        {"# fine\nnot at all\n", 2},
        {"\xFF", 0},
        {"1\tHe\the\tPRON\tPRP\t_\t0\troot\t_\t_\textra\n", 1},
        {"1\tHe\the\tPRON\tPRP\t_\t-1\troot\t_\t_\n", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena a;
        error e = {0};
        document d = {0};
        arena_init(&a, 0);
        assert_false(conllu_read(&a, str_from(cases[i].bytes), &d, &e));
        assert_int_equal(e.code, SITREP_BAD_FORMAT);
        assert_int_equal(e.line, cases[i].line);
        arena_release(&a);
    }
}

static void strange_labels_are_survived(void **state)
{
    (void)state;
    arena a;
    error e;
    document d = {0};
    arena_init(&a, 0);
    assert_true(conllu_read(
        &a, STR("1\tx\t_\tNEW\tZZ\t_\t0\tnsubj:odd\t_\t_\n2\ty\t_\t_\t_\t_\t1\tnever\t_\t_\n"), &d, &e));
    assert_int_equal(d.tokens.v[0].pos, UPOS_X);
    assert_int_equal(d.tokens.v[0].rel, DEPREL_NSUBJ);
    assert_int_equal(d.tokens.v[1].rel, DEPREL_DEP);
    arena_release(&a);
}

static void the_last_column_is_handed_on(void **state)
{
    (void)state;
    arena a;
    error e;
    document d = {0};
    conllu_misc misc = {0};
    arena_init(&a, 0);
    assert_true(conllu_read_misc(&a,
                                 STR("1\tShells\t_\t_\t_\t_\t0\troot\t_\tHappening=-|Role=weapon\n2-"
                                     "3\tfell.\t_\t_\t_\t_\t_\t_\t_\tRole=x\n"
                                     "2\tfell\t_\t_\t_\t_\t1\tdep\t_\tSpaceAfter=No|Happening="
                                     "shelling\n3\t.\t_\t_\t_\t_\t1\tpunct\t_\t_\n"),
                                 &d, &misc, &e));
    assert_int_equal(misc.n, d.tokens.n);
    assert_true(str_is(conllu_misc_value(misc.v[0], STR("Role")), "weapon"));
    assert_true(str_is(conllu_misc_value(misc.v[1], STR("Happening")), "shelling"));
    assert_null(conllu_misc_value(misc.v[1], STR("Happen")).ptr);
    assert_null(conllu_misc_value(misc.v[2], STR("Role")).ptr);
    arena_release(&a);
}

static void names_of_hints_are_read_and_written(void **state)
{
    (void)state;
    static const char good_names[] =
        "happening\t-\nhappening\tshelling\nstatus\t-\nrole\t-\nrole\tactor\nrole\tplace\n";
    static const char *const bad[] = {
        "",
        "happening\t-\nstatus\t-\n",
        "happening\tshelling\nstatus\t-\nrole\t-\n",
        "happening\t-\nrole\t-\nstatus\t-\n",
        "happening\t-\nstatus\t-\nrole\t-\nmood\t-\n",
    };
    arena a;
    hint_names n;
    arena_init(&a, 0);
    assert_true(hint_names_read(&a, str_from(good_names), &n));
    assert_int_equal(n.first[N_HINT_KIND], 6);
    assert_int_equal(n.first[HINT_ROLE], 3);
    assert_int_equal(hint_column(&n, HINT_ROLE, STR("place")), 5);
    assert_int_equal(hint_column(&n, HINT_STATUS, STR("place")), -1);
    assert_string_equal(hint_names_write(&a, &n).ptr, good_names);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(hint_names_read(&a, str_from(bad[i]), &n));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_read_is_written),
        cmocka_unit_test(multiword_tokens_and_empty_nodes_are_passed_over),
        cmocka_unit_test(faults_name_their_line),
        cmocka_unit_test(strange_labels_are_survived),
        cmocka_unit_test(the_last_column_is_handed_on),
        cmocka_unit_test(names_of_hints_are_read_and_written),
    };
    return cmocka_run_group_tests_name("syntax/conllu", tests, NULL, NULL);
}
