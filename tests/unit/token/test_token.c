#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "token/token.h"

static arena tables;
static token_rules *rules;

static int open_rules(void **state)
{
    (void)state;
    error e;
    arena_init(&tables, 0);
    rules = token_rules_open(&tables, STR(SOURCE_ROOT "/codebooks"), &e);
    return rules ? 0 : -1;
}

static int close_rules(void **state)
{
    (void)state;
    arena_release(&tables);
    return 0;
}

static void cut(document *d, arena *a, str text, block_kind kind)
{
    *d = (document){.arena = a, .text = text};
    *array_push(a, &d->blocks) = (block){{0, (uint32_t)text.len}, kind};
    token_run(rules, d);
}

/* Tokens joined by spaces, sentences by " / ". */
static str shown(const document *d)
{
    str out = {"", 0};
    for (size_t i = 0; i < d->tokens.n; i++) {
        str t = document_str(d, d->tokens.v[i].at);
        bool new_sentence = i && d->tokens.v[i].sentence != d->tokens.v[i - 1].sentence;
        out = arena_format(d->arena, "%.*s%s%.*s", (int)out.len, out.ptr,
                           new_sentence ? " / "
                           : i          ? " "
                                        : "",
                           (int)t.len, t.ptr);
    }
    return out;
}

typedef struct row {
    const char *text, *tokens;
} row;

static const row token_rows[] = {
    {"The army didn't stop.", "The army did n't stop ."},
    {"We can't, they won\u2019t.", "We ca n't , they wo n\u2019t ."},
    {"Iraq's and the militants' camps", "Iraq 's and the militants ' camps"},
    {"Ma'aret al-Numan and Qa'im", "Ma'aret al - Numan and Qa'im"},
    {"US-backed pro-government forces re-entered", "US - backed pro-government forces re-entered"},
    {"UN-brokered talks", "UN - brokered talks"},
    {"Mi-8 and S-300 and T-72B3", "Mi - 8 and S - 300 and T - 72B3"},
    {"Gen. Ali and Lt. Col. J. Smith", "Gen. Ali and Lt. Col. J. Smith"},
    {"the U.S. and U.N.-run camp", "the U.S. and U.N. - run camp"},
    {"at 5 a.m. on Jan. 25, 2013", "at 5 a.m. on Jan. 25 , 2013"},
    {"a 105mm gun, 30km away, the 20th, the 1990s", "a 105 mm gun , 30 km away , the 20th , the 1990s"},
    {"1,269 dead, 3.5 percent, 10:30, 1/2", "1,269 dead , 3.5 percent , 10:30 , 1/2"},
    {"$5 or 20% or US$4", "$ 5 or 20 % or US$ 4"},
    {"from 1979-1981 call 713-853-3989", "from 1979 - 1981 call 713-853-3989"},
    {"see https://example.org/a?b=c, or a.b@example.com.",
     "see https://example.org/a?b=c , or a.b@example.com ."},
    {"(see http://example.org/a_(b)).", "( see http://example.org/a_(b) ) ."},
    {"on 02.10.2017The army", "on 02.10.2017 The army"},
    {"mail [email protected] now", "mail [email protected] now"},
    {"read example.com and map.pdf", "read example.com and map.pdf"},
    {"cannot, dont, gonna", "can not , do nt , gon na"},
    {"\u201CGo,\u201D he said", "\u201C Go , \u201D he said"},
    {"wait... what?!", "wait ... what ?!"},
    {"AT&T and R&D", "AT&T and R&D"},
    {"and/or 24/7 w/o", "and / or 24/7 w/o"},
    {"the front \u2014 quiet\u2014fell", "the front \u2014 quiet \u2014 fell"},
    {"zero\u200Bwidth\u200E end\u200E", "zero\u200Bwidth end"},
    {"Art. 5 but no art. Here", "Art. 5 but no art . / Here"},
    {"", ""},
    {" \t\n ", ""},
    {"...", "..."},
    {"'s", "'s"},
    {"n't", "n't"},
    {"-", "-"},
    {"a.", "a ."},
};

static const row sentence_rows[] = {
    {"They came. They left.", "They came . / They left ."},
    {"He met Gen. Ali. Then he left.", "He met Gen. Ali . / Then he left ."},
    {"It was in the U.S. The army knew.", "It was in the U.S. / The army knew ."},
    {"The U.S. Army knew.", "The U.S. Army knew ."},
    {"\"Stop!\" he cried. \"Why?\" She ran.", "\" Stop ! \" he cried . / \" Why ? \" / She ran ."},
    {"They fled.The army came.", "They fled . / The army came ."},
    {"It fell at 5 p.m. The next day it rained.", "It fell at 5 p.m . / The next day it rained ."},
    {"KABUL, Afghanistan (Jan. 25, 2013) \u2014 Two men died.",
     "KABUL , Afghanistan ( Jan. 25 , 2013 ) \u2014 / Two men died ."},
    {"He died.[12] She lived.", "He died . [ 12 ] / She lived ."},
    {"1. The army came.", "1 . The army came ."},
    {"\u201CWe won.\u201D The crowd left.", "\u201C We won . \u201D / The crowd left ."},
    {"THE ARMY LEFT. THE CITY FELL.", "THE ARMY LEFT . / THE CITY FELL ."},
    {"the army left. the city fell.", "the army left . / the city fell ."},
    {"He waited... and left.", "He waited ... and left ."},
    {"(They left.) Then it rained.", "( They left . ) / Then it rained ."},
};

static void check(const row *rows, size_t n)
{
    arena a;
    arena_init(&a, 0);
    for (size_t i = 0; i < n; i++) {
        document d;
        cut(&d, &a, str_from(rows[i].text), BLOCK_PARAGRAPH);
        str out = shown(&d);
        if (!str_is(out, rows[i].tokens))
            fail_msg("\"%s\" gives \"%.*s\"", rows[i].text, (int)out.len, out.ptr);
    }
    arena_release(&a);
}

static void words_are_cut_as_in_the_treebanks(void **state)
{
    (void)state;
    check(token_rows, sizeof token_rows / sizeof *token_rows);
}

static void sentences_end_where_they_should(void **state)
{
    (void)state;
    check(sentence_rows, sizeof sentence_rows / sizeof *sentence_rows);
}

static void sentences_know_their_case_and_kind(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        block_kind kind;
        bool has_case, headline, notice;
    } rows[] = {
        {"The army took Homs.", BLOCK_PARAGRAPH, true, false, false},
        {"THE ARMY TOOK HOMS.", BLOCK_PARAGRAPH, false, false, false},
        {"the army took homs.", BLOCK_PARAGRAPH, false, false, false},
        {"Army takes Homs", BLOCK_TITLE, true, true, false},
        {"Government Troops Capture Rebel Village Near Border", BLOCK_PARAGRAPH, true, true, false},
        {"Share this.", BLOCK_NOTICE, true, false, true},
    };
    arena a;
    arena_init(&a, 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        document d;
        cut(&d, &a, str_from(rows[i].text), rows[i].kind);
        assert_int_equal(d.sentences.n, 1);
        assert_int_equal(d.sentences.v[0].has_case, rows[i].has_case);
        assert_int_equal(d.sentences.v[0].is_headline, rows[i].headline);
        assert_int_equal(d.sentences.v[0].is_notice, rows[i].notice);
    }
    arena_release(&a);
}

static void forms_are_folded(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    document d;
    cut(&d, &a, STR("The N\u2019Djamena RAID"), BLOCK_PARAGRAPH);
    assert_true(str_is(d.tokens.v[0].norm, "the"));
    assert_true(str_is(d.tokens.v[1].norm, "n'djamena"));
    assert_true(str_is(d.tokens.v[2].norm, "raid"));
    arena_release(&a);
}

/* Spans in bounds and order, every character but white space and format characters covered, sentences whole. */
static void check_properties(const document *d)
{
    uint32_t at = 0;
    for (size_t i = 0; i < d->tokens.n; i++) {
        const token *t = &d->tokens.v[i];
        assert_true(t->at.len > 0);
        assert_true(t->at.start >= at);
        assert_true(span_end(t->at) <= d->text.len);
        for (uint32_t k = at; k < t->at.start;) {
            uint32_t cp;
            k += (uint32_t)utf8_decode(d->text, k, &cp);
            assert_false(cp > ' ' && cp < 127);
        }
        at = span_end(t->at);
        assert_true(t->sentence < d->sentences.n);
        const sentence *s = &d->sentences.v[t->sentence];
        assert_true(i >= s->first && i < s->first + s->n);
    }
    uint32_t next = 0;
    for (size_t i = 0; i < d->sentences.n; i++) {
        const sentence *s = &d->sentences.v[i];
        assert_int_equal(s->first, next);
        assert_true(s->n > 0 && s->n <= 400);
        next += s->n;
    }
    assert_int_equal(next, d->tokens.n);
}

static uint32_t random_number(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

static void anything_at_all_is_cut(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a",
                                         "B",
                                         "7",
                                         " ",
                                         ".",
                                         "'",
                                         "-",
                                         "\"",
                                         "(",
                                         ")",
                                         "\u2019",
                                         "\u2014",
                                         "\u00E9",
                                         "\u0301",
                                         "\u200B",
                                         "etc.",
                                         "U.S.",
                                         "n't",
                                         "http://",
                                         "@",
                                         "[email",
                                         "www.",
                                         ".com",
                                         "/",
                                         "$",
                                         "\n",
                                         "\xF0\x9F\x98\x80",
                                         "Jan. ",
                                         "cannot ",
                                         ":)",
                                         "...",
                                         "\xEF\xBF\xBD",
                                         "&",
                                         "_",
                                         "0",
                                         ","};
    arena a;
    arena_init(&a, 0);
    uint64_t seed = 11;
    for (int round = 0; round < 4000; round++) {
        arena_reset(&a);
        char *text = malloc(1200); /* of its own, so that reading past its end is seen */
        size_t n = 0, count = random_number(&seed) % 120;
        for (size_t i = 0; i < count; i++) {
            const char *p = pieces[random_number(&seed) % (sizeof pieces / sizeof *pieces)];
            memcpy(text + n, p, strlen(p));
            n += strlen(p);
        }
        char *exact = malloc(n ? n : 1);
        memcpy(exact, text, n);
        free(text);
        document d;
        cut(&d, &a, (str){exact, n}, BLOCK_PARAGRAPH);
        check_properties(&d);
        free(exact);
    }
    arena_release(&a);
}

static void long_sentences_are_cut(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    size_t n = 400000;
    char *text = malloc(n);
    for (size_t i = 0; i < n; i++) text[i] = i % 4 == 3 ? ' ' : "abc"[i % 4];
    document d;
    cut(&d, &a, (str){text, n}, BLOCK_PARAGRAPH);
    check_properties(&d);
    for (size_t i = 0; i < n; i++) text[i] = 'a';
    cut(&d, &a, (str){text, n}, BLOCK_PARAGRAPH);
    assert_int_equal(d.tokens.n, 1);
    for (size_t i = 0; i < n; i++) text[i] = "etc. A "[i % 7];
    cut(&d, &a, (str){text, n}, BLOCK_PARAGRAPH);
    check_properties(&d);
    free(text);
    arena_release(&a);
}

/* Corpora whose commas, stops or apostrophes were taken out. */
static void lost_punctuation_is_made_up_for(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    document d;
    const char *stops = "Rebels attacked a camp of the army in the hills near the border on the first of "
                        "May and three soldiers "
                        "of the second brigade were wounded in the raid The fire was returned by the "
                        "guards of the camp and "
                        "two of the attackers were seen to fall but their bodies were not found";
    cut(&d, &a, str_from(stops), BLOCK_PARAGRAPH);
    assert_int_equal(d.sentences.n, 2);
    str text = arena_format(
        &a,
        "%s Syrias army said on Saturdays parade that the countrys borders hold and Assads guards wait %s",
        stops, stops);
    cut(&d, &a, text, BLOCK_PARAGRAPH);
    str out = shown(&d);
    assert_true(str_find(out,
                         STR("Syria s army said on Saturday s parade that the country s borders hold and "
                             "Assad s guards"),
                         0)
                < out.len);
    text = arena_format(&a, "%s Syrias army didn't move", stops);
    cut(&d, &a, text, BLOCK_PARAGRAPH);
    assert_true(str_find(shown(&d), STR("Syrias army"), 0) < text.len);
    arena_release(&a);
}

static void bad_tables_are_refused(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    error e;
    assert_null(token_rules_open(&a, STR("/nonexistent"), &e));
    assert_int_equal(e.code, SITREP_NO_FILE);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_cut_as_in_the_treebanks),
        cmocka_unit_test(sentences_end_where_they_should),
        cmocka_unit_test(sentences_know_their_case_and_kind),
        cmocka_unit_test(forms_are_folded),
        cmocka_unit_test(anything_at_all_is_cut),
        cmocka_unit_test(long_sentences_are_cut),
        cmocka_unit_test(bad_tables_are_refused),
        cmocka_unit_test(lost_punctuation_is_made_up_for),
    };
    return cmocka_run_group_tests_name("token", tests, open_rules, close_rules);
}
