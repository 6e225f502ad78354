/* Hints of the language net as the judge hears them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "claim/hint.h"

static const str names[] = {{"-", 1},       {"raid", 4}, {"truce", 5}, {"-", 1},
                            {"planned", 7}, {"-", 1},    {"actor", 5}};
static const hint_names all = {names, {0, 3, 5, 7}};

/* Two words: the first surely a raid, of the second nothing is known. */
static int8_t scores[] = {-40, 40, 0, 8, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0};

static claim_type raid = {.name = {"raid", 4}, .codes = {.plover = {"ASSAULT", 7}}, .harms = true},
                  truce = {.name = {"truce", 5}};
static claim_type *types[] = {&truce, &raid};

typedef struct fixture {
    arena a;
    codebook book;
    token words[2];
    document d;
    struct judge j;
    scene s;
} fixture;

static void set_up(fixture *f, bool hears)
{
    *f = (fixture){0};
    arena_init(&f->a, 0);
    f->d.arena = &f->a;
    f->d.hints = (hint_scores){&all, scores};
    f->d.tokens.v = f->words, f->d.tokens.n = 2;
    f->book.types.v = types, f->book.types.n = 2;
    f->s.book = &f->book;
    f->j.hears_hints = hears;
    f->s.doc = &f->d;
    f->s.judge = &f->j;
    f->s.arena = &f->a;
    hint_begin(&f->s);
}

static void likelihoods_are_shares_of_a_kind(void **state)
{
    (void)state;
    fixture f;
    set_up(&f, true);
    assert_true(hint_is_given(&f.s));
    assert_true(hint_at(&f.s, 0, HINT_HAPPENING, STR("raid")) > 0.99);
    assert_true(hint_any(&f.s, 0, HINT_HAPPENING) > 0.99);
    assert_true(str_is(hint_best(&f.s, 0, HINT_HAPPENING), "raid"));
    double planned = hint_at(&f.s, 0, HINT_STATUS, STR("planned")),
           actor = hint_at(&f.s, 0, HINT_ROLE, STR("actor"));
    assert_true(planned > 0.26 && planned < 0.28); /* one to e */
    assert_true(actor > 0.11 && actor < 0.13);     /* one to e squared */
    double even = hint_at(&f.s, 1, HINT_HAPPENING, STR("truce"));
    assert_true(even > 0.33 && even < 0.34);
    assert_true(hint_within(&f.s, 0, 1, HINT_ROLE, STR("actor")) > 0.49);
    assert_true(hint_at(&f.s, 0, HINT_HAPPENING, STR("parley")) < 0);
    arena_release(&f.a);
}

static void a_judge_that_was_not_taught_to_listen_hears_nothing(void **state)
{
    (void)state;
    fixture f;
    evidence e, none;
    set_up(&f, false);
    happening h = {0};
    assert_false(hint_is_given(&f.s));
    assert_true(hint_at(&f.s, 0, HINT_HAPPENING, STR("raid")) < 0);
    evidence_begin(&none, JUDGE_STATUS);
    evidence_begin(&e, JUDGE_STATUS);
    hint_happening_evidence(&f.s, &h, &e);
    hint_type_evidence(&f.s, &h, NULL, STR(""), &e);
    hint_status_evidence(&f.s, &h, STR("planned"), STR("occurred"), &e);
    hint_part_evidence(&f.s, &h, 0, 1, STR(""), &e);
    evidence_odds(&e, "odds", -1, STR(""));
    assert_int_equal(e.n, none.n);
    assert_null(hint_type(&f.s, 0, 0));
    arena_release(&f.a);
}

static void the_violence_of_a_document_is_shared_among_its_types(void **state)
{
    (void)state;
    fixture f;
    set_up(&f, true);
    assert_true(hint_document_share(&f.s, &raid) > 0.99);
    assert_true(hint_document_share(&f.s, &truce) < 0);
    arena_release(&f.a);
    set_up(&f, false);
    assert_true(hint_document_share(&f.s, &raid) < 0);
    arena_release(&f.a);
}

static void odds_come_in_steps(void **state)
{
    (void)state;
    evidence e;
    evidence_begin(&e, JUDGE_STATUS);
    uint32_t before = e.n, steps = 1;
    for (int i = 0; i <= 1000; i += 4) evidence_odds(&e, "p", i / 1000.0, STR(""));
    for (uint32_t i = before + 1; i < e.n; i++) steps += e.row[i] != e.row[i - 1];
    assert_in_range(steps, 10, 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(likelihoods_are_shares_of_a_kind),
        cmocka_unit_test(a_judge_that_was_not_taught_to_listen_hears_nothing),
        cmocka_unit_test(the_violence_of_a_document_is_shared_among_its_types),
        cmocka_unit_test(odds_come_in_steps),
    };
    return cmocka_run_group_tests_name("claim/hint", tests, NULL, NULL);
}
