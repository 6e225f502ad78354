#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "token/mend.h"

static arena tables, scratch;
static token_rules *rules;

static int open_rules(void **state)
{
    (void)state;
    error e;
    arena_init(&tables, 0);
    arena_init(&scratch, 0);
    rules = token_rules_open(&tables, STR(SOURCE_ROOT "/codebooks"), &e);
    return rules ? 0 : -1;
}

static int close_rules(void **state)
{
    (void)state;
    arena_release(&scratch);
    arena_release(&tables);
    return 0;
}

static void cut(document *d, const char *text)
{
    arena_reset(&scratch);
    *d = (document){.arena = &scratch, .text = str_from(text)};
    *array_push(&scratch, &d->blocks) = (block){{0, (uint32_t)d->text.len}, BLOCK_PARAGRAPH};
    token_run(rules, d);
}

/* Tokens joined by spaces, sentences by " / ": as they were written, or as they are read. */
static str shown(const document *d, bool is_read)
{
    str out = {"", 0};
    for (size_t i = 0; i < d->tokens.n; i++) {
        const token *t = &d->tokens.v[i];
        str s = is_read ? document_plain(d, t->at) : document_str(d, t->at);
        const char *gap = !i ? "" : t->sentence != t[-1].sentence ? " / " : " ";
        out = arena_format(d->arena, "%.*s%s%.*s", (int)out.len, out.ptr, gap, (int)s.len, s.ptr);
    }
    return out;
}

typedef struct row {
    const char *text, *written, *read;
} row;

static const row rows[] = {
    {"The unionaEUR(tm)s men didnaEUR(tm)t go.", "The union aEUR(tm)s men did naEUR(tm)t go .",
     "The union \u2019s men did n\u2019t go ."},
    {"aEURoewe are leaving,aEUR he said. aEURoeThey won.aEUR The band left.",
     "aEURoe we are leaving , aEUR he said . / aEURoe They won . aEUR / The band left .",
     "\u201C we are leaving , \u201D he said . / \u201C They won . \u201D / The band left ."},
    {"aEUR~aEUR~It was calmaEUR(tm)aEUR(tm), said aEUR~RamuaEUR(tm).",
     "aEUR~aEUR~ It was calm aEUR(tm)aEUR(tm) , said aEUR~ Ramu aEUR(tm) .",
     "\u201C It was calm \u201D , said \u2018 Ramu \u2019 ."},
    {"The fair aEUR\" a large one aEUR\" began aEUR| and ended.",
     "The fair aEUR\" a large one aEUR\" began aEUR| and ended .",
     "The fair \u2014 a large one \u2014 began \u2026 and ended ."},
    {"in 1992-aEUR(tm)93,aEURsaid Ramu", "in 1992 - aEUR(tm) 93 , aEUR said Ramu",
     "in 1992 - \u2019 93 , \u201D said Ramu"},
    {"It\u00E2\u20AC\u2122s \u00E2\u20AC\u0153over\u00E2\u20AC\xC2\x9D. "
     "\u00E2\u20AC\u0153Go!\u00E2\u20AC She ran.",
     "It \u00E2\u20AC\u2122s \u00E2\u20AC\u0153 over \u00E2\u20AC\xC2\x9D . / "
     "\u00E2\u20AC\u0153 Go ! \u00E2\u20AC / She ran .",
     "It \u2019s \u201C over \u201D . / \u201C Go ! \u201D / She ran ."},
    {"Ma\u00E2\u20AC\u2122arib\u00E2\u20AC\u201Da "
     "town\u00E2\u20AC\u201C\u00E2\u20AC\u00A2\u00E2\u20AC\u00A6",
     "Ma\u00E2\u20AC\u2122arib \u00E2\u20AC\u201D a town \u00E2\u20AC\u201C \u00E2\u20AC\u00A2 "
     "\u00E2\u20AC\u00A6",
     "Ma\u2019arib \u2014 a town \u2013 \u2022 \u2026"},
    {"It\u00C3\u00A2\u00E2\u201A\u00AC\u00E2\u201E\u00A2s so",
     "It \u00C3\u00A2\u00E2\u201A\u00AC\u00E2\u201E\u00A2s so", "It \u2019s so"},
    {"5\u00C2\u00A0km from \u00C2\u00ABBogot\u00C3\u00A1\u00C2\u00BB",
     "5 km from \u00C2\u00AB Bogot\u00C3\u00A1 \u00C2\u00BB", "5 km from \u00AB Bogot\u00E1 \u00BB"},
    {"aEUR", "aEUR", "\u201D"},
};

static void damaged_marks_are_read_as_they_were_meant(void **state)
{
    (void)state;
    document d;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cut(&d, rows[i].text);
        str written = shown(&d, false), read = shown(&d, true);
        if (!str_is(written, rows[i].written) || !str_is(read, rows[i].read))
            fail_msg("\"%s\" gives \"%.*s\", \"%.*s\"", rows[i].text, (int)written.len, written.ptr,
                     (int)read.len, read.ptr);
    }
}

static void sentences_hold_the_bytes_that_stand_there(void **state)
{
    (void)state;
    document d;
    cut(&d, "aEURoeWe won.aEUR  The band left ItacarÃ©.");
    assert_int_equal(d.sentences.n, 2);
    assert_true(str_is(document_str(&d, d.sentences.v[0].at), "aEURoeWe won.aEUR"));
    assert_true(str_is(document_str(&d, d.sentences.v[1].at), "The band left ItacarÃ©."));
    assert_true(str_is(document_plain(&d, d.sentences.v[1].at), "The band left Itacaré."));
    assert_true(str_is(d.tokens.v[0].norm, "\""));
    assert_false(d.tokens.v[1].space_before);
}

static void spans_go_there_and_back(void **state)
{
    (void)state;
    document d;
    cut(&d, "aEUR(tm)a aEURoeb\" aEURaEUR|");
    for (uint32_t i = 0; i < d.tokens.n; i++)
        for (uint32_t k = i; k < d.tokens.n; k++) {
            uint32_t start = d.tokens.v[i].at.start;
            span at = {start, span_end(d.tokens.v[k].at) - start};
            span back = document_span(&d, document_plain(&d, at));
            assert_int_equal(back.start, at.start);
            assert_int_equal(back.len, at.len);
        }
}

static void what_is_regular_stays(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "EUR 500 and 5 EUR, AEUR, aEur(tm) and aeur~",
        "the château, São Paulo, the Ångström",
        "\u201CIt\u2019s over\u201D \u2014 he said\u2026",
        "",
        "a",
        "\u00E2",
    };
    document d;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        cut(&d, texts[i]);
        assert_int_equal(d.mends.n, 0);
        assert_null(d.plain.ptr);
    }
}

static void a_block_may_end_inside_of_a_sequence(void **state)
{
    (void)state;
    static const char text[] = "went aEUR(tm)s home";
    for (uint32_t at = 0; at <= sizeof text - 1; at++) {
        arena_reset(&scratch);
        document d = {.arena = &scratch, .text = str_from(text)};
        *array_push(&scratch, &d.blocks) = (block){{0, at}, BLOCK_PARAGRAPH};
        *array_push(&scratch, &d.blocks) = (block){{at, (uint32_t)(sizeof text - 1 - at)}, BLOCK_PARAGRAPH};
        token_run(rules, &d);
        for (size_t i = 0; i < d.tokens.n; i++) {
            assert_true(d.tokens.v[i].at.len > 0);
            assert_true(span_end(d.tokens.v[i].at) <= d.text.len);
            assert_true(!i || span_end(d.tokens.v[i - 1].at) <= d.tokens.v[i].at.start);
        }
    }
}

static void tables_hold_pairs(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    mend_table t = {0};
    assert_true(mend_add(&a, &t, STR("x\\u0041y A  xx\\u2019 \\u2019")));
    assert_int_equal(map_get(&t.meant, STR("xAy")), 'A');
    assert_int_equal(map_get(&t.meant, STR("xx\u2019")), 0x2019);
    assert_false(mend_add(&a, &t, STR("")));
    assert_false(mend_add(&a, &t, STR("xAy")));
    assert_false(mend_add(&a, &t, STR("xAy BC")));
    assert_false(mend_add(&a, &t, STR("x A")));
    assert_false(mend_add(&a, &t, STR("xy \u2019")));
    assert_false(mend_add(&a, &t, STR("xy \\u00")));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(damaged_marks_are_read_as_they_were_meant),
        cmocka_unit_test(sentences_hold_the_bytes_that_stand_there),
        cmocka_unit_test(spans_go_there_and_back),
        cmocka_unit_test(what_is_regular_stays),
        cmocka_unit_test(a_block_may_end_inside_of_a_sequence),
        cmocka_unit_test(tables_hold_pairs),
    };
    return cmocka_run_group_tests(tests, open_rules, close_rules);
}
