#include "reading.h"

static bool read_line_of(arena *a, const char *line, document *d, error *e)
{
    arena_reset(a);
    *d = (document){.arena = a};
    return read_json_line(rules, str_from(line), 7, 1000, NULL, d, e);
}

static void fields_are_taken(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    document d;
    error e;
    assert_true(read_line_of(&a,
                             "{\"id\": \"x1\", \"text\": \"Caf\\u00e9  burned.\\r\\nA\\u0000B\", "
                             "\"title\": \"T\", \"date\": \"14 Nov. 2019\","
                             " \"url\": \"u\", \"publisher\": \"p\", \"author\": \"w\", \"language\": "
                             "\"en\", \"other\": [1, {}]}",
                             &d, &e));
    assert_true(str_is(d.id, "x1"));
    assert_true(str_is(d.text, "Caf\u00E9  burned.\r\nA\uFFFDB"));
    assert_true(str_is(d.title, "T") && str_is(d.url, "u") && str_is(d.publisher, "p")
                && str_is(d.author, "w") && str_is(d.language, "en"));
    assert_true(d.published.year == 2019 && d.published.month == 11 && d.published.day == 14);
    check_document(&d, 100);
    assert_true(
        read_line_of(&a, "{\"id\": 12, \"html\": \"<p>The army <b>left</b> the town.</p>\"}", &d, &e));
    assert_true(str_is(d.id, "12"));
    assert_true(str_is(d.text, "The army left the town."));
    arena_release(&a);
}

static void bad_lines_name_their_place(void **state)
{
    (void)state;
    static const char *const lines[] = {"",
                                        "{",
                                        "[1]",
                                        "{\"id\": \"x\"}",
                                        "{\"text\": \"x\"}",
                                        "{\"id\": \"x\", \"text\": 5}",
                                        "{\"id\": null, \"text\": \"x\"}",
                                        "\xFF\xFE",
                                        "{\"id\": \"x\", \"text\": \"a\" \"b\"}"};
    arena a;
    arena_init(&a, 0);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        document d;
        error e;
        assert_false(read_line_of(&a, lines[i], &d, &e));
        assert_int_equal(e.code, SITREP_BAD_FORMAT);
        assert_int_equal(e.line, 7);
        assert_true(e.offset >= 1000 && e.offset <= 1000 + strlen(lines[i]) + 1);
    }
    arena_release(&a);
}

static void damaged_characters_are_mended(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    document d;
    error e;
    assert_true(read_line_of(&a, "{\"id\": \"x\", \"text\": \"a\\ud800b \\ud83d\\ude00 \xFF c\"}", &d, &e));
    assert_true(str_is(d.text, "a\uFFFDb \U0001F600 \uFFFD c"));
    arena_release(&a);
}

/* ---- streams ----------------------------------------------------------------------------- */

typedef struct pieces {
    str bytes;
    size_t at, step;
} pieces;

static int64_t next_piece(void *from, char *out, size_t cap)
{
    pieces *p = from;
    size_t n = p->bytes.len - p->at;
    if (n > cap) n = cap;
    if (n > p->step) n = p->step;
    memcpy(out, p->bytes.ptr + p->at, n);
    p->at += n;
    return (int64_t)n;
}

/* Every line with its number, offset and length as one string. */
static str lines_of(arena *a, str bytes, size_t step, size_t cap)
{
    pieces p = {bytes, 0, step};
    read_lines l;
    str out = {"", 0}, line;
    error e;
    read_lines_open(&l, next_piece, &p, cap);
    for (read_line_result r; (r = read_lines_next(&l, &line, &e)) != READ_LINE_END;) {
        assert_int_not_equal(r, READ_LINE_FAILED);
        bool skipped = r == READ_LINE_TOO_LONG;
        out = arena_format(a, "%.*s%zu@%llu:%.*s\n", (int)out.len, out.ptr, l.number,
                           (unsigned long long)l.offset, skipped ? 1 : (int)line.len,
                           skipped ? "!" : line.ptr);
    }
    read_lines_close(&l);
    return out;
}

static void lines_are_the_same_however_the_stream_is_cut(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    str bytes = STR("one\r\ntwo\n\nvery long line here\nfour\nno end");
    str whole = lines_of(&a, bytes, 1000, 10);
    assert_true(str_is(whole, "1@0:one\n2@5:two\n3@9:\n4@10:!\n5@30:four\n6@35:no end\n"));
    for (size_t step = 1; step < 20; step++) assert_true(str_eq(whole, lines_of(&a, bytes, step, 10)));
    assert_true(str_is(lines_of(&a, STR(""), 3, 10), ""));
    assert_true(str_is(lines_of(&a, STR("\n"), 3, 10), "1@0:\n"));
    arena_release(&a);
}

static int64_t endless(void *from, char *out, size_t cap)
{
    size_t *left = from;
    size_t n = *left < cap ? *left : cap;
    memset(out, 'x', n);
    *left -= n;
    return (int64_t)n;
}

static void a_gigantic_line_takes_little_memory(void **state)
{
    (void)state;
    size_t left = (size_t)256 << 20;
    read_lines l;
    str line;
    error e;
    read_lines_open(&l, endless, &left, 1 << 20);
    assert_int_equal(read_lines_next(&l, &line, &e), READ_LINE_TOO_LONG);
    assert_int_equal(e.code, SITREP_OVER_LIMIT);
    assert_true(l.size <= (size_t)4 << 20);
    assert_int_equal(read_lines_next(&l, &line, &e), READ_LINE_END);
    read_lines_close(&l);
}

static int64_t broken(void *from, char *out, size_t cap)
{
    (void)from, (void)out, (void)cap;
    return -1;
}

static void a_broken_stream_is_reported(void **state)
{
    (void)state;
    read_lines l;
    str line;
    error e;
    read_lines_open(&l, broken, NULL, 0);
    assert_int_equal(read_lines_next(&l, &line, &e), READ_LINE_FAILED);
    assert_int_equal(e.code, SITREP_NO_FILE);
    read_lines_close(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_taken),
        cmocka_unit_test(bad_lines_name_their_place),
        cmocka_unit_test(damaged_characters_are_mended),
        cmocka_unit_test(lines_are_the_same_however_the_stream_is_cut),
        cmocka_unit_test(a_gigantic_line_takes_little_memory),
        cmocka_unit_test(a_broken_stream_is_reported),
    };
    return cmocka_run_group_tests_name("read/jsonl", tests, open_rules, close_rules);
}
