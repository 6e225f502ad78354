/* Whatever the words, every sentence gets a tree; and plain sentences get the right one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "syntax/kernel.h"
#include "syntax/syntax.h"

static syntax_model *model_;
static syntax_scratch *scratch;

/* A document of one sentence, its words separated by single spaces. */
static document sentence_of(arena *a, str text)
{
    document d = {.arena = a, .text = text};
    str rest = text;
    bool upper = false, lower = false;
    for (size_t i = 0; i < text.len; i++) {
        upper |= text.ptr[i] >= 'A' && text.ptr[i] <= 'Z';
        lower |= text.ptr[i] >= 'a' && text.ptr[i] <= 'z';
    }
    while (rest.ptr) {
        str word = str_cut(&rest, ' ');
        if (!word.len) continue;
        *array_push(a, &d.tokens) = (token){.at = {(uint32_t)(word.ptr - text.ptr), (uint32_t)word.len},
                                            .norm = utf8_fold(a, word),
                                            .space_before = true};
    }
    *array_push(a, &d.sentences) =
        (sentence){.at = {0, (uint32_t)text.len}, .n = (uint32_t)d.tokens.n, .has_case = upper && lower};
    return d;
}

static void is_a_tree(const document *d)
{
    size_t roots = 0;
    for (size_t i = 0; i < d->tokens.n; i++) {
        const token *t = &d->tokens.v[i];
        assert_true(t->pos < N_UPOS && t->tag < N_XPOS && t->rel < N_DEPREL);
        assert_true(t->lemma.len > 0);
        assert_true(t->head >= -1 && t->head < (int32_t)d->tokens.n && t->head != (int32_t)i);
        assert_int_equal(t->head < 0, t->rel == DEPREL_ROOT);
        roots += t->head < 0;
        size_t steps = 0;
        for (int32_t h = t->head; h >= 0; h = d->tokens.v[h].head) assert_true(++steps <= d->tokens.n);
    }
    assert_int_equal(roots, d->tokens.n > 0);
}

static void any_words_make_a_tree(void **state)
{
    (void)state;
    const char *const cases[] = {
        "",
        "Yes",
        ".",
        "( ) ( ) - - ... ! ? \" \" '",
        "a",
        "\xD8\xA7\xD9\x84\xD9\x85\xD8\xAF\xD9\x8A\xD9\x86\xD8\xA9 .",
        "\xFF \xC3 \xE2\x82 x",
        "and and and and and and and",
        "SHELLING KILLS FOUR NEAR THE CROSSING",
        "averyveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryverylongword "
        "1234567890123456789012",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena a;
        arena_init(&a, 0);
        document d = sentence_of(&a, str_from(cases[i]));
        syntax_run(model_, scratch, &d);
        is_a_tree(&d);
        arena_release(&a);
    }
}

static void endless_sentences_make_a_tree(void **state)
{
    (void)state;
    const char *const words[] = {"mortars ", "hit ", "the ", "( ", ", ", "in ", "Kasra ", "and "};
    const size_t lengths[] = {511, 512, 513, 1024, 5000};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        arena a;
        arena_init(&a, 0);
        char *text = arena_new(&a, char, lengths[i] * 10 + 1);
        size_t n = 0;
        for (size_t w = 0; w < lengths[i]; w++) {
            const char *word = words[(w * 7 + w / 5) % 8];
            memcpy(text + n, word, strlen(word));
            n += strlen(word);
        }
        document d = sentence_of(&a, (str){text, n - 1});
        assert_int_equal(d.tokens.n, lengths[i]);
        syntax_run(model_, scratch, &d);
        is_a_tree(&d);
        arena_release(&a);
    }
}

static uint32_t find(const document *d, const char *form)
{
    for (uint32_t i = 0; i < d->tokens.n; i++)
        if (str_is(document_str(d, d->tokens.v[i].at), form)) return i;
    fail_msg("no word %s", form);
    return 0;
}

static void plain_sentences_are_read_right(void **state)
{
    (void)state;
    const struct {
        const char *text, *word, *head, *rel, *tag;
    } cases[] = {
        {"The rebels attacked the town on Monday .", "rebels", "attacked", "nsubj", "NNS"},
        {"The rebels attacked the town on Monday .", "town", "attacked", "obj", "NN"},
        {"The bridge was destroyed by soldiers .", "bridge", "destroyed", "nsubj:pass", "NN"},
        {"The bridge was destroyed by soldiers .", "soldiers", "destroyed", "obl:agent", "NNS"},
        {"THE REBELS ATTACKED THE TOWN ON MONDAY .", "REBELS", "ATTACKED", "nsubj", "NNS"},
        {"Officials said that two civilians were wounded .", "wounded", "said", "ccomp", "VBN"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena a;
        arena_init(&a, 0);
        document d = sentence_of(&a, str_from(cases[i].text));
        syntax_run(model_, scratch, &d);
        const token *t = &d.tokens.v[find(&d, cases[i].word)];
        assert_int_equal(t->head, find(&d, cases[i].head));
        assert_string_equal(label_text(LABELS_DEPREL, (int)t->rel), cases[i].rel);
        assert_string_equal(label_text(LABELS_XPOS, (int)t->tag), cases[i].tag);
        arena_release(&a);
    }
}

/* What the cache of word rows holds must not change what comes out. */
static void results_do_not_depend_on_what_came_before(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    error e;
    document d =
        sentence_of(&a, STR("Heavy clashes erupted near the village of Tel Arus , activists said ."));
    document f = sentence_of(&a, d.text);
    syntax_run(model_, scratch, &d);
    for (int i = 0; i < 20000; i++) {
        arena b;
        arena_init(&b, 0);
        char word[64];
        snprintf(word, sizeof word, "word%d of%d Tel%d", i, i * 7, i * 13);
        document other = sentence_of(&b, str_from(word));
        syntax_run(model_, scratch, &other);
        arena_release(&b);
        if (i % 100 == 0) {
            syntax_run(model_, scratch, &f);
            for (size_t t = 0; t < d.tokens.n; t++) {
                assert_int_equal(d.tokens.v[t].head, f.tokens.v[t].head);
                assert_int_equal(d.tokens.v[t].tag, f.tokens.v[t].tag);
            }
        }
    }
    syntax_scratch *fresh = syntax_scratch_open(model_, &e);
    assert_non_null(fresh);
    syntax_run(model_, fresh, &f);
    for (size_t t = 0; t < d.tokens.n; t++) assert_int_equal(d.tokens.v[t].rel, f.tokens.v[t].rel);
    syntax_scratch_close(fresh);
    arena_release(&a);
}

/* "Syria s army", where the apostrophe was lost, is no "s". */
static void a_form_may_stand_for_another(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    error e;
    document letter = sentence_of(&a, STR("They painted a red s on the walls of the shop ."));
    document d = sentence_of(&a, STR("Syria s army shelled the village .")), f = sentence_of(&a, d.text);
    uint32_t s = find(&d, "s");
    d.tokens.v[s].norm = f.tokens.v[s].norm = STR("'s");
    syntax_scratch *fresh = syntax_scratch_open(model_, &e), *used = syntax_scratch_open(model_, &e);
    assert_true(fresh && used);
    syntax_run(model_, fresh, &d);
    syntax_run(model_, used, &letter);
    syntax_run(model_, used, &f);
    assert_string_equal(label_text(LABELS_XPOS, (int)d.tokens.v[s].tag), "POS");
    assert_non_null(d.hints.score);
    assert_memory_equal(d.hints.score, f.hints.score, d.tokens.n * d.hints.names->first[N_HINT_KIND]);
    syntax_scratch_close(fresh);
    syntax_scratch_close(used);
    arena_release(&a);
}

static int open_model(void **state)
{
    (void)state;
    error e;
    model_ = syntax_model_open(str_from(SOURCE_ROOT "/models/en.model"), &e);
    scratch = model_ ? syntax_scratch_open(model_, &e) : NULL;
    return scratch ? 0 : -1;
}

static int close_model(void **state)
{
    (void)state;
    syntax_scratch_close(scratch);
    syntax_model_close(model_);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_words_make_a_tree),
        cmocka_unit_test(endless_sentences_make_a_tree),
        cmocka_unit_test(plain_sentences_are_read_right),
        cmocka_unit_test(results_do_not_depend_on_what_came_before),
        cmocka_unit_test(a_form_may_stand_for_another),
    };
    return cmocka_run_group_tests_name("syntax/trees", tests, open_model, close_model);
}
