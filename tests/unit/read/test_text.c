#include "reading.h"

typedef struct row {
    const char *bytes, *blocks;
} row;

static void paragraphs_are_found(void **state)
{
    (void)state;
    static const row rows[] = {
        {"Army takes town\n\nThe army took the town.\n\nIt was quiet.",
         "T Army takes town|P The army took the town.|P It was quiet."},
        {"The army took the town.\r\nRebels fled.\r\n", "P The army took the town.|P Rebels fled."},
        {"One paragraph only.", "P One paragraph only."},
        {"Losses:\n- two tanks\n- one truck\n", "P Losses:|I - two tanks|I - one truck"},
        {"ARMY TAKES TOWN\n"
         "    HOMS, March 3 - The army took the town of Tal on Monday after a\n"
         "week of shelling, and the rebels who had held it since January left\n"
         "for the hills in the north, residents said.\n"
         "    Officials said that eleven men had been killed in the fighting and\n"
         "that the road was open.\n",
         "T ARMY TAKES TOWN|P HOMS, March 3 - The army t|P Officials said that eleven"},
        {"\n\n \t\n", ""},
        {"", ""},
        {"## Northern front\n\nShells fell.", "T Northern front|P Shells fell."},
        {"![a map](https://example.org/a.png)\n\nShells fell.",
         "N ![a map](https://example.o|P Shells fell."},
        {"First line.\u2028Second line.", "P First line.|P Second line."},
    };
    arena a;
    arena_init(&a, 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        read_input in = {.bytes = str_from(rows[i].bytes), .format = READ_TEXT};
        document d = {.arena = &a};
        error e;
        assert_true(read_document(rules, &in, &d, &e));
        check_document(&d, in.bytes.len);
        str shown = blocks_of(&d, 26);
        if (!str_is(shown, rows[i].blocks)) fail_msg("%zu: \"%.*s\"", i, (int)shown.len, shown.ptr);
    }
    arena_release(&a);
}

static void notices_are_told_from_news(void **state)
{
    (void)state;
    static const struct {
        const char *block;
        bool notice;
    } rows[] = {
        {"Share this article with your friends.", true},
        {"Follow us on Twitter @example", true},
        {"By Jane Doe and John Roe", true},
        {"By Friday evening the troops had left the town.", false},
        {"Reporting by Jane Doe; Editing by John Roe", true},
        {"(Reporting by Jane Doe in Beirut; Editing by John Roe)", true},
        {"Photo: John Roe/Example Images", true},
        {"\u00A9 2020 Example News. All rights reserved.", true},
        {"Subscribe to our newsletter and never miss a story.", true},
        {"If you value our work, please support the project via PayPal.", true},
        {"Related articles", true},
        {"Read more: Army takes another town", true},
        {"Tags: war, peace", true},
        {"Advertisement", true},
        {"The views expressed here are those of the author and do not necessarily reflect those of "
         "Example.",
         true},
        {"The minister called on readers of the paper to support the army.", false},
        {"Comments by the minister that the army would attack drew protests in the capital on Sunday.",
         false},
        {"Contact with the patrol was lost near the border, the army said.", false},
        {"The related attack on a market killed nine.", false},
        {"Donors pledged two million dollars for the displaced.", false},
        {"The video of the strike was shared widely, and the army said it was authentic.", false},
        {"Sources close to the government said that the convoy was hit by a drone.", false},
        {"The copyright office in the capital was shelled.", false},
    };
    arena a;
    arena_init(&a, 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        str text = arena_format(&a,
                                "Shells fell on the old market of the town on Monday, officials "
                                "said.\n\n%s\n\nNobody was hurt.",
                                rows[i].block);
        read_input in = {.bytes = text, .format = READ_TEXT};
        document d = {.arena = &a};
        error e;
        assert_true(read_document(rules, &in, &d, &e));
        bool notice = d.blocks.n > 1 && d.blocks.v[1].kind == BLOCK_NOTICE;
        if (notice != rows[i].notice) fail_msg("\"%s\" is %sa notice", rows[i].block, notice ? "" : "not ");
    }
    arena_release(&a);
}

static void a_region_of_furniture_ends_where_news_begins(void **state)
{
    (void)state;
    const char *text = "The army took the town of Tal on Monday after heavy shelling that had begun in the "
                       "night, officials in the capital said.\n\n"
                       "A spokesman for the ministry said that the fighting went on in the hills, where "
                       "the rebels had dug in before the winter.\n\n"
                       "Eleven men were killed, and the road to the coast was closed by the police until "
                       "the evening, residents told us by phone.\n\n"
                       "Note to readers: please send this to your friends.\n\n"
                       "Our work depends on you.\n\n"
                       "Disclaimer: the site is not liable.\n\n"
                       "In the neighbouring province a roadside bomb killed three soldiers of the third "
                       "brigade on patrol, and two vehicles burned.\n";
    arena a;
    arena_init(&a, 0);
    read_input in = {.bytes = str_from(text), .format = READ_TEXT};
    document d = {.arena = &a};
    error e;
    assert_true(read_document(rules, &in, &d, &e));
    assert_true(str_is(blocks_of(&d, 4), "P The |P A sp|P Elev|N Note|N Our |N Disc|P In t"));
    arena_release(&a);
}

static void leads_and_titles_leave_the_first_sentence(void **state)
{
    (void)state;
    static const struct {
        const char *title, *text, *blocks, *day;
    } rows[] = {
        {"Nine killed in Tal", "Nine killed in Tal Nine people were killed in the town.",
         "T Nine killed in Tal|P Nine people were killed in", ""},
        {"Nine killed in Tal | Example News", "15 August 2016 Nine killed in Tal. Nine people were killed.",
         "N 15 August 2016|T Nine killed in Tal.|P Nine people were killed.", "2016-08-15"},
        {NULL, "Published July 27 2016 A bomb killed nine.",
         "N Published July 27 2016|P A bomb killed nine.", "2016-07-27"},
        {NULL, "On 28 March 2016 Syrian troops left.", "P On 28 March 2016 Syrian tr", ""},
        {NULL, "28 March 2016 was a day of rain.", "P 28 March 2016 was a day of", ""},
        {"The battle of Tal", "The battle of Tal was long.", "P The battle of Tal was long", ""},
        {NULL, "TAL, 18 NOV 89 (EXA) -- SHELLS FELL.", "P TAL, 18 NOV 89 (EXA) -- SH", "1989-11-18"},
        {NULL, "KABUL, Afghanistan (Oct. 5, 2012) - Two men died.", "P KABUL, Afghanistan (Oct. 5",
         "2012-10-05"},
    };
    arena a;
    arena_init(&a, 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        read_input in = {
            .bytes = str_from(rows[i].text), .format = READ_TEXT, .title = str_from(rows[i].title)};
        document d = {.arena = &a};
        error e;
        assert_true(read_document(rules, &in, &d, &e));
        str shown = blocks_of(&d, 26);
        if (!str_is(shown, rows[i].blocks)) fail_msg("%zu: \"%.*s\"", i, (int)shown.len, shown.ptr);
        char day[32] = "";
        if (d.published.year)
            snprintf(day, sizeof day, "%04d-%02d-%02d", d.published.year, d.published.month,
                     d.published.day);
        assert_string_equal(day, rows[i].day);
    }
    arena_release(&a);
}

/* Corpora that hold a page on one line. */
static void furniture_on_the_same_line_is_cut_off(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    str news = STR("The army took the town of Tal on Monday after heavy shelling that had begun in the "
                   "night officials said. ");
    str text = arena_format(&a,
                            "%.*s%.*s%.*s%.*s%.*sTags Tal Army Hill Station Nine men were killed. Related "
                            "Army Takes Another Town Rebels Leave Hills "
                            "Tags army rebels town",
                            (int)news.len, news.ptr, (int)news.len, news.ptr, (int)news.len, news.ptr,
                            (int)news.len, news.ptr, (int)news.len, news.ptr);
    read_input in = {.bytes = text, .format = READ_TEXT};
    document d = {.arena = &a};
    error e;
    assert_true(read_document(rules, &in, &d, &e));
    str shown = blocks_of(&d, 27);
    if (!str_is(shown, "P The army took the town of T|N Tags Tal Army Hill Station|P Nine men were "
                       "killed.|N Related Army Takes Another "))
        fail_msg("%.*s", (int)shown.len, shown.ptr);
    arena_release(&a);
}

static void charsets_become_utf8_with_true_offsets(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t len;
        const char *charset, *text;
        uint32_t at;
        uint64_t raw;
    } rows[] = {
        {"\xEF\xBB\xBFWar", 6, "", "War", 1, 4},
        {"caf\xE9 bar", 8, "iso-8859-1", "caf\u00E9 bar", 6, 5},
        {"\xFF\xFEW\0a\0r\0", 8, "", "War", 2, 6},
        {"\xFE\xFF\0W\0a\0r", 8, "", "War", 1, 4},
        {"A\0B", 3, "", "A\uFFFDB", 4, 2},
        {"\xC2\xAB"
         "a\xFF"
         "b\xE2\x80\x94\xD1\x8F\xD1\x8E\xD1\x8D",
         14, "utf-8",
         "\u00AB"
         "a\uFFFDb\u2014\u044F\u044E\u044D",
         6, 4},
        {"\xCF\xF0\xE8\xE2\xE5\xF2", 6, "windows-1251", "\u041F\u0440\u0438\u0432\u0435\u0442", 4, 2},
    };
    arena a;
    arena_init(&a, 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        arena_reset(&a);
        read_input in = {.bytes = {rows[i].bytes, rows[i].len},
                         .format = READ_TEXT,
                         .charset = str_from(rows[i].charset)};
        document d = {.arena = &a};
        error e;
        assert_true(read_document(rules, &in, &d, &e));
        check_document(&d, rows[i].len);
        if (!str_is(d.text, rows[i].text)) fail_msg("%zu: \"%.*s\"", i, (int)d.text.len, d.text.ptr);
        if (document_raw(&d, rows[i].at) != rows[i].raw)
            fail_msg("%zu: %llu", i, (unsigned long long)document_raw(&d, rows[i].at));
    }
    arena_release(&a);
}

static void what_is_no_text_is_refused(void **state)
{
    (void)state;
    static const struct {
        str bytes;
        const char *charset;
        size_t cap;
        sitrep_code code;
    } rows[] = {
        {{"%PDF-1.4", 8}, "", 0, SITREP_BAD_FORMAT},
        {{"\x1F\x8B\x08", 3}, "", 0, SITREP_BAD_FORMAT},
        {{"War and peace", 13}, "no-such-charset", 0, SITREP_BAD_FORMAT},
        {{"War and peace", 13}, "", 5, SITREP_OVER_LIMIT},
    };
    arena a;
    arena_init(&a, 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        read_input in = {.bytes = rows[i].bytes,
                         .path = STR("x"),
                         .charset = str_from(rows[i].charset),
                         .cap_bytes = rows[i].cap};
        document d = {.arena = &a};
        error e;
        assert_false(read_document(rules, &in, &d, &e));
        assert_int_equal(e.code, rows[i].code);
        assert_string_equal(e.where, "x");
    }
    arena_release(&a);
}

static void formats_are_recognised(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *path;
        read_format format;
    } rows[] = {
        {"<!DOCTYPE html><p>x", "", READ_HTML},
        {"<?xml version='1.0'?>\n<html>", "", READ_HTML},
        {"  <!-- x --> <html>", "a.txt", READ_HTML},
        {"{\"id\": 1}", "", READ_JSONL},
        {"# sent_id = 1\n", "", READ_CONLLU},
        {"1\ta\ta\tX\tX\t_\t0\troot\t_\t_\n", "", READ_CONLLU},
        {"The army left.", "", READ_TEXT},
        {"x", "a.html", READ_HTML},
        {"{", "a.jsonl", READ_JSONL},
        {"", "", READ_TEXT},
        {"\xEF\xBB\xBF{\"id\"", "", READ_JSONL},
        {"{army}", "", READ_TEXT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(read_recognise(str_from(rows[i].bytes), str_from(rows[i].path)), rows[i].format);
}

static void any_bytes_are_survived(void **state)
{
    (void)state;
    static const char *const pieces[] = {"The army left. ",
                                         "\n",
                                         "\r\n",
                                         "\n\n",
                                         "\xFF",
                                         "\xC3",
                                         "\0",
                                         "By ",
                                         "Read more",
                                         "Disclaimer: ",
                                         "12 May 2016",
                                         "\xE2\x80\xA8",
                                         "- ",
                                         "(",
                                         ")",
                                         "Reporting by",
                                         " | ",
                                         "# ",
                                         "\t",
                                         "\xF0\x9F",
                                         "Share this",
                                         "\xFE\xFF",
                                         "KABUL ("};
    arena a;
    arena_init(&a, 0);
    uint64_t seed = 5;
    for (int round = 0; round < 3000; round++) {
        arena_reset(&a);
        char text[1024];
        size_t n = 0, count = random_number(&seed) % 60;
        for (size_t i = 0; i < count; i++) {
            const char *p = pieces[random_number(&seed) % (sizeof pieces / sizeof *pieces)];
            size_t len = *p ? strlen(p) : 1;
            memcpy(text + n, p, len);
            n += len;
        }
        str bytes = exact_copy((str){text, n});
        read_input in = {
            .bytes = bytes, .format = READ_TEXT, .title = round % 2 ? STR("The army left") : (str){0}};
        document d = {.arena = &a};
        error e;
        if (read_document(rules, &in, &d, &e)) check_document(&d, n);
        free((char *)bytes.ptr);
    }
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paragraphs_are_found),
        cmocka_unit_test(notices_are_told_from_news),
        cmocka_unit_test(a_region_of_furniture_ends_where_news_begins),
        cmocka_unit_test(leads_and_titles_leave_the_first_sentence),
        cmocka_unit_test(furniture_on_the_same_line_is_cut_off),
        cmocka_unit_test(charsets_become_utf8_with_true_offsets),
        cmocka_unit_test(what_is_no_text_is_refused),
        cmocka_unit_test(formats_are_recognised),
        cmocka_unit_test(any_bytes_are_survived),
    };
    return cmocka_run_group_tests_name("read/text", tests, open_rules, close_rules);
}
