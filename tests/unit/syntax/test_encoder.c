/* The encoder: pieces, windows, the same bits from all kernels, damaged files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "syntax/encoder.h"
#include "syntax/encoder_loops.h"
#include "syntax/encoder_pieces.h"
#include "syntax/kernel.h"
#include "tiny_encoder.h"

static const char path[] = "tiny-encoder.model";

typedef struct fixture {
    arena a;
    encoder *n;
    encoder_scratch *s;
} fixture;

static int open_fixture(void **state)
{
    static fixture f;
    error e;
    arena_init(&f.a, 0);
    str bytes = tiny_encoder_bytes(&f.a, NULL);
    tiny_encoder_write(path, bytes.ptr, bytes.len);
    f.n = encoder_open(str_from(path), &e);
    f.s = f.n ? encoder_scratch_open(f.n, &e) : NULL;
    *state = &f;
    return f.s ? 0 : -1;
}

static int close_fixture(void **state)
{
    fixture *f = *state;
    encoder_scratch_close(f->s);
    encoder_close(f->n);
    arena_release(&f->a);
    return remove(path);
}

/* Words between spaces, sentences between "|". */
static document *document_of(arena *a, str text)
{
    document *d = arena_new(a, document, 1);
    d->arena = a;
    d->text = text;
    sentence *s = array_push(a, &d->sentences);
    for (size_t at = 0; at < text.len; at++) {
        size_t end = str_find(text, STR(" "), at);
        end = end > text.len ? text.len : end;
        if (end - at == 1 && text.ptr[at] == '|') {
            s = array_push(a, &d->sentences);
            s->first = (uint32_t)d->tokens.n;
        } else if (end > at) {
            *array_push(a, &d->tokens) = (token){.at = {(uint32_t)at, (uint32_t)(end - at)}};
            s->n++;
        }
        at = end;
    }
    return d;
}

static str repeated(arena *a, const char *what, size_t times)
{
    size_t len = strlen(what);
    char *all = arena_new(a, char, len *times + 1);
    for (size_t i = 0; i < times; i++) memcpy(all + i * len, what, len);
    return (str){all, len * times};
}

static document *run(fixture *f, str text, const bool *wanted, const bool *asked)
{
    document *d = document_of(&f->a, text);
    encoder_run(f->n, f->s, d, wanted, asked);
    return d;
}

/* ---- pieces ------------------------------------------------------------------------------------ */

static void words_are_cut_into_the_longest_pieces(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        uint16_t shape;
        int piece[WORD_PIECES + 1]; /* -1 ends */
    } cases[] = {
        {"the", 3, {3, -1}},
        {"The", 6, {3, -1}},
        {"SHELLING", 4, {4, 5, -1}},
        {"shelled", 3, {4, 6, -1}},
        {"shells", 3, {4, 7, -1}},
        {"shellx", 3, {0, -1}},
        {"E", 5, {10, -1}},
        {"\xC3\x89", 5, {10, -1}},
        {"e\xCC\x81\xC3\xA9", 3, {10, 11, -1}},
        {"12", 1, {12, 13, -1}},
        {"fire-shell", 3, {9, 16, 4, -1}},
        {"'The", 7, {17, 3, -1}},
        {"tHe", 7, {3, -1}},
        {".", 2, {14, -1}},
        {"%", 2, {0, -1}},
        {"the\xE4\xB8\x80", 7, {0, -1}},
        {"\xE4\xB8\x80.", 7, {0, 14, -1}},
        {"\xC2\xA0", 2, {0, -1}},
        {"", 2, {0, -1}},
        {"eeeeeeeeeeee", 3, {10, 11, 11, 11, 11, 11, 11, 11, -1}},
        {"eeeeeeeeeeeex", 3, {0, -1}},
        {"e.e.e.e.e.", 3, {10, 14, 10, 14, 10, 14, 10, 14, -1}},
    };
    arena a;
    error e;
    model m;
    piece_table t;
    arena_init(&a, 0);
    assert_true(model_open(&m, str_from(path), ENCODER_FEATURES, &e));
    assert_true(piece_table_open(&a, &m, 18, &t, &e));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint16_t piece[WORD_PIECES];
        size_t n = word_pieces(&t, str_from(cases[i].word), piece), expected = 0;
        while (expected < WORD_PIECES && cases[i].piece[expected] >= 0) expected++;
        if (n != expected) fail_msg("%s: %zu pieces, not %zu", cases[i].word, n, expected);
        for (size_t k = 0; k < n; k++) assert_int_equal(piece[k], cases[i].piece[k]);
        assert_int_equal(word_shape(&t, str_from(cases[i].word)), cases[i].shape);
    }
    str huge = repeated(&a, "the-", 100000);
    uint16_t piece[WORD_PIECES];
    assert_int_equal(word_pieces(&t, huge, piece), WORD_PIECES);
    assert_false(piece_table_open(&a, &m, 17, &t, &e));
    model_close(&m);
    arena_release(&a);
}

/* ---- windows ----------------------------------------------------------------------------------- */

static void sentences_are_packed_into_windows(void **state)
{
    fixture *f = *state;
    str many = repeated(&f->a, "the ", 270), twenty = repeated(&f->a, "town ", 20);
    str text = arena_format(&f->a, "%.*s| %.*s| fire | | %.*s| the", (int)many.len, many.ptr,
                            (int)twenty.len, twenty.ptr, (int)many.len, many.ptr);
    document *d = run(f, text, NULL, NULL);
    assert_int_equal(d->tokens.n, 562);
    assert_int_equal(d->pairs.window[0], 1);
    assert_int_equal(d->pairs.window[289], 1);
    assert_int_equal(d->pairs.window[290], 2); /* 291 pieces would be too many */
    assert_int_equal(d->pairs.window[560], 2);
    assert_int_equal(d->pairs.window[561], 2);
    for (size_t t = 0; t < d->tokens.n; t++) assert_true(d->pairs.key[t] && d->pairs.query[t]);
    assert_int_equal(d->pairs.n_roles, TINY_ROLES);
    assert_int_equal(d->pairs.width, TINY_ROLE_WIDTH);
    assert_true(str_is(d->pairs.role[1], "place"));
    assert_true(str_is(d->deep_hints.names->name[2], "clash"));
}

static void only_windows_with_a_wanted_sentence_are_read(void **state)
{
    fixture *f = *state;
    str many = repeated(&f->a, "the ", 200);
    str text = arena_format(&f->a, "%.*s| %.*s| fire | %.*s", (int)many.len, many.ptr, (int)many.len,
                            many.ptr, (int)many.len, many.ptr);
    const bool wanted[] = {false, false, true, false}, none[4] = {false};
    static const bool unasked[601];
    size_t before = encoder_pieces_read(f->s);
    document *d = run(f, text, wanted, unasked);
    assert_int_equal(encoder_pieces_read(f->s) - before, 203);
    const int8_t *row = d->deep_hints.score;
    for (int i = 0; i < TINY_HINTS; i++) assert_int_equal(row[i], i == 0 || i == 3 || i == 5 ? 0 : -127);
    assert_int_equal(d->pairs.window[0], 0);
    assert_null(d->pairs.key[0]);
    assert_int_equal(d->pairs.window[200], 1);
    assert_int_equal(d->pairs.window[400], 1);
    assert_non_null(d->pairs.key[400]);
    assert_int_equal(d->pairs.window[401], 0);
    d = run(f, text, none, NULL);
    assert_int_equal(d->pairs.window[200], 0);
}

static void queries_are_for_likely_words_and_those_asked(void **state)
{
    fixture *f = *state;
    str text = repeated(&f->a, "the shelling , fire ", 25);
    bool asked[100] = {false};
    asked[3] = true;
    document *d = run(f, text, NULL, asked);
    size_t n = 0;
    assert_non_null(d->pairs.query[3]);
    for (size_t t = 0; t < 100; t++) {
        double some = 0;
        for (int i = 1; i < 3; i++)
            some += exp(d->deep_hints.score[t * TINY_HINTS + (size_t)i] * HINT_UNIT);
        if (some > 0.02) assert_non_null(d->pairs.query[t]);
        if (some < 0.005 && t != 3) assert_null(d->pairs.query[t]);
        n += d->pairs.query[t] != NULL;
    }
    assert_true(n > 0);
}

static void long_sentences_are_cut(void **state)
{
    fixture *f = *state;
    document *d = run(f, repeated(&f->a, "shelling ", 400), NULL, NULL);
    assert_int_equal(d->pairs.window[148], 1);
    assert_int_equal(d->pairs.window[149], 0); /* 298 pieces are 149 words */
    d = run(f, arena_format(&f->a, "%.*s| the", 9 * 400, repeated(&f->a, "shelling ", 400).ptr), NULL,
            NULL);
    assert_int_equal(d->pairs.window[400], 2);
}

static void empty_documents_are_read(void **state)
{
    fixture *f = *state;
    document *d = run(f, STR(""), NULL, NULL);
    assert_int_equal(d->tokens.n, 0);
    d = run(f, STR("| | |"), NULL, NULL);
    assert_non_null(d->deep_hints.names);
    document none = {.arena = &f->a};
    encoder_run(f->n, f->s, &none, NULL, NULL);
}

/* ---- numbers ----------------------------------------------------------------------------------- */

static void likelihoods_sum_to_one(void **state)
{
    fixture *f = *state;
    document *d = run(f, STR("the shelling of the town , fire . | 12 shells"), NULL, NULL);
    const uint32_t *first = d->deep_hints.names->first;
    for (size_t t = 0; t < d->tokens.n; t++)
        for (int kind = 0; kind < N_HINT_KIND; kind++) {
            double sum = 0;
            for (uint32_t i = first[kind]; i < first[kind + 1]; i++)
                sum += exp(d->deep_hints.score[t * TINY_HINTS + i] * HINT_UNIT);
            assert_true(sum > 0.9 && sum < 1.1);
        }
}

static void loops_compute_what_they_say(void **state)
{
    (void)state;
    for (const kernels *const *k = kernels_all; *k; k++) {
        if (!(*k)->usable()) continue;
        const encoder_loops *l = encoder_loops_for((*k)->name);
        float x[48], room[48], add[48] = {0};
        uint8_t q[48];
        for (int i = 0; i < 48; i++) x[i] = (float)(i - 20) * 0.25f;
        float unit = l->gelu_to_bytes((made_row){x, add, 1}, room, 48, q), sum = 0;
        for (int i = 0; i < 48; i++) {
            double gelu = x[i] * 0.5 * (1 + tanh(0.7978845608 * (x[i] + 0.044715 * pow(x[i], 3))));
            assert_true(fabs(gelu - room[i]) < 5e-6 * (1 + fabs(gelu)));
            assert_true(fabs(gelu - (q[i] * unit - GELU_LOW)) <= unit * 0.51f);
        }
        unit = l->to_bytes(x, 48, q);
        for (int i = 0; i < 48; i++)
            assert_true(fabsf(x[i] - (float)(q[i] - SIGNED_ZERO) * unit) <= unit * 0.51f);
        memcpy(room, x, sizeof room);
        float share = l->weigh(room, 41);
        for (int i = 0; i < 41; i++) {
            assert_true(fabs(room[i] - exp(x[i] - x[40])) < 5e-6 * room[i] + 1e-30);
            sum += room[i] * share;
        }
        assert_true(fabsf(sum - 1) < 1e-5f);
    }
}

static void same_rows(const float *const *a, const float *const *b, size_t n, size_t width)
{
    for (size_t t = 0; t < n; t++) assert_memory_equal(a[t], b[t], width * sizeof(float));
}

static void all_kernels_give_the_same_bits(void **state)
{
    fixture *f = *state;
    static const char words[] =
        "the shelling of the town , fire . | 12 shells 'E shelled x-fire \xC3\x89 | ";
    str text = repeated(&f->a, words, 40);
    assert_true(encoder_use(f->n, "portable"));
    document *plain = run(f, text, NULL, NULL);
    size_t n = plain->tokens.n;
    for (const kernels *const *k = kernels_all; *k; k++) {
        if (!encoder_use(f->n, (*k)->name)) continue;
        document *d = run(f, text, NULL, NULL);
        assert_memory_equal(d->deep_hints.score, plain->deep_hints.score, n * TINY_HINTS);
        same_rows(d->pairs.key, plain->pairs.key, n, TINY_ROLE_WIDTH + TINY_ROLES);
        same_rows(d->pairs.query, plain->pairs.query, n, TINY_ROLES * (TINY_ROLE_WIDTH + 1));
    }
    assert_false(encoder_use(f->n, "abacus"));
    assert_true(encoder_use(f->n, kernels_best()->name));
}

/* ---- damaged files ------------------------------------------------------------------------------ */

static void wrong_width(encoder_shape *s)
{
    s->width = 48;
}
static void no_layers(encoder_shape *s)
{
    s->layers = 0;
}
static void many_layers(encoder_shape *s)
{
    s->layers = 3;
}
static void many_pieces(encoder_shape *s)
{
    s->pieces++;
}
static void huge_inner(encoder_shape *s)
{
    s->inner = 1u << 31;
}
static void many_roles(encoder_shape *s)
{
    s->roles = 1u << 30;
}
static void few_roles(encoder_shape *s)
{
    s->roles--;
}
static void wide_roles(encoder_shape *s)
{
    s->role_width = 0x55555555;
}
static void few_hints(encoder_shape *s)
{
    s->hints--;
}

static void shapes_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    static void (*const change[])(encoder_shape *) = {wrong_width, no_layers,  many_layers,
                                                      many_pieces, huge_inner, many_roles,
                                                      few_roles,   wide_roles, few_hints};
    for (size_t i = 0; i < sizeof change / sizeof *change; i++) {
        arena a;
        error e = {0};
        arena_init(&a, 0);
        str bytes = tiny_encoder_bytes(&a, change[i]);
        tiny_encoder_write("bad-encoder.model", bytes.ptr, bytes.len);
        if (encoder_open(str_from("bad-encoder.model"), &e)) fail_msg("shape %zu is accepted", i);
        assert_int_equal(e.code, SITREP_BAD_MODEL);
        assert_string_equal(e.where, "bad-encoder.model");
        arena_release(&a);
    }
    remove("bad-encoder.model");
}

/* Bytes changed anywhere, under a checksum that is right: refused or run, never a crash. */
static void any_damage_is_survived(void **state)
{
    fixture *f = *state;
    str good = tiny_encoder_bytes(&f->a, NULL);
    char *bytes = arena_new(&f->a, char, good.len);
    uint32_t chance = 5;
    for (size_t round = 0; round < 60; round++) {
        error e = {0};
        memcpy(bytes, good.ptr, good.len);
        for (int i = 0; i < 200; i++) {
            chance = chance * 1664525u + 1013904223u;
            size_t at = (round < 30 ? 2600 + chance % 4096 : chance) % good.len;
            if (at >= 2600) bytes[at] = (char)(chance >> 24);
        }
        tiny_encoder_sign(bytes, good.len);
        tiny_encoder_write("bad-encoder.model", bytes, good.len);
        encoder *n = encoder_open(str_from("bad-encoder.model"), &e);
        if (!n) {
            assert_int_equal(e.code, SITREP_BAD_MODEL);
            continue;
        }
        encoder_scratch *s = encoder_scratch_open(n, &e);
        document *d = document_of(&f->a, STR("The shelling of the town , fire . | 12 shells 'E \xC3\x89"));
        encoder_run(n, s, d, NULL, NULL);
        encoder_scratch_close(s);
        encoder_close(n);
    }
    tiny_encoder_write("bad-encoder.model", good.ptr, good.len - 100);
    error e = {0};
    assert_null(encoder_open(str_from("bad-encoder.model"), &e));
    assert_int_equal(e.code, SITREP_BAD_MODEL);
    remove("bad-encoder.model");
    assert_null(encoder_open(str_from("bad-encoder.model"), &e));
    assert_int_equal(e.code, SITREP_NO_FILE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_cut_into_the_longest_pieces),
        cmocka_unit_test(sentences_are_packed_into_windows),
        cmocka_unit_test(only_windows_with_a_wanted_sentence_are_read),
        cmocka_unit_test(queries_are_for_likely_words_and_those_asked),
        cmocka_unit_test(long_sentences_are_cut),
        cmocka_unit_test(empty_documents_are_read),
        cmocka_unit_test(likelihoods_sum_to_one),
        cmocka_unit_test(loops_compute_what_they_say),
        cmocka_unit_test(all_kernels_give_the_same_bits),
        cmocka_unit_test(shapes_that_do_not_fit_are_refused),
        cmocka_unit_test(any_damage_is_survived),
    };
    return cmocka_run_group_tests_name("syntax/encoder", tests, open_fixture, close_fixture);
}
