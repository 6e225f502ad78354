#include "reading.h"

#define PARAGRAPH_A                                                                                        \
    "The army took the town of Tal on Monday after heavy shelling, officials said, and the road to the "   \
    "coast was closed."
#define PARAGRAPH_B                                                                                        \
    "Eleven men were killed, according to residents, who said that the bodies had been brought to the "    \
    "clinic of a nearby village."
#define PARAGRAPH_C                                                                                        \
    "A spokesman for the ministry, who asked not to be named, said that fighting went on in the hills, "   \
    "where rebels had dug in."

static const char page[] =
    "<!doctype html><html lang=\"en-GB\"><head><title>Army takes Tal | Example News</title>"
    "<meta property=\"og:site_name\" content=\"Example News\"><meta name=\"author\" content=\"Jane Doe\">"
    "<meta property=\"article:published_time\" content=\"2020-02-03T10:00:00Z\">"
    "<link rel=\"canonical\" href=\"https://example.org/tal\"><link rel=\"license\" "
    "href=\"https://example.org/licence\"></head><body>"
    "<nav><ul><li><a href=\"/\">Home</a><li><a href=\"/w\">World</a></ul></nav>"
    "<div class=\"cookie-banner\">We use cookies, as everybody does, to make the site better, faster and "
    "more useful.</div>"
    "<article><h1>Army takes Tal</h1><p class=\"byline\">By Jane Doe</p>"
    "<p>" PARAGRAPH_A "</p>\n<p>Caf&eacute; owners &amp; shop&shy;keepers   <b>left</b>: " PARAGRAPH_B
    "</p>"
    "<figure><img src=\"a.png\"><figcaption>Smoke over the town of Tal.</figcaption></figure>"
    "<ul><li>Eleven men were killed</li><li>Two tanks burned</li></ul><p>" PARAGRAPH_C "</p></article>"
    "<div class=\"related-stories\"><h2>Related</h2><ul><li><a href=\"/1\">Another town "
    "falls</a></li><li><a href=\"/2\">A third</a></li></ul></div>"
    "<footer>Copyright Example News. All rights reserved, of course, in every country.</footer><script>var "
    "x = \"<p>no</p>\";</script></body></html>";

static bool read_page(arena *a, str bytes, document *d, error *e)
{
    arena_reset(a);
    *d = (document){.arena = a};
    read_input in = {.bytes = bytes, .format = READ_HTML, .path = STR("page.html")};
    return read_document(rules, &in, d, e);
}

static void the_article_is_found(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    document d;
    error e;
    assert_true(read_page(&a, STR(page), &d, &e));
    check_document(&d, sizeof page);
    str shown = blocks_of(&d, 24);
    if (!str_is(shown, "T Army takes Tal|N By Jane Doe|P The army took the town o|P Caf\u00E9 owners & "
                       "shop\u00ADkee|C Smoke over the town of T|"
                       "I Eleven men were killed|I Two tanks burned|P A spokesman for the mini"))
        fail_msg("%.*s", (int)shown.len, shown.ptr);
    arena_release(&a);
}

static void what_the_page_says_of_itself_is_kept(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    document d;
    error e;
    assert_true(read_page(&a, STR(page), &d, &e));
    assert_true(str_is(d.title, "Army takes Tal"));
    assert_true(str_is(d.author, "Jane Doe"));
    assert_true(str_is(d.publisher, "Example News"));
    assert_true(str_is(d.language, "en-gb"));
    assert_true(str_is(d.url, "https://example.org/tal"));
    assert_true(str_is(d.licence, "https://example.org/licence"));
    assert_true(d.published.year == 2020 && d.published.month == 2 && d.published.day == 3);
    static const char linked[] = "<script type=\"application/ld+json\">{\"@graph\": [{\"@type\": "
                                 "\"NewsArticle\", \"headline\": \"Tal falls\", \"author\": "
                                 "[{\"name\": \"A\"}, {\"name\": \"B\"}], \"datePublished\": "
                                 "\"2021-01-02\", \"publisher\": {\"name\": \"P\"}}]}</script>"
                                 "<p>" PARAGRAPH_A "</p>";
    assert_true(read_page(&a, STR(linked), &d, &e));
    assert_true(str_is(d.title, "Tal falls") && str_is(d.author, "A, B") && str_is(d.publisher, "P")
                && d.published.year == 2021);
    arena_release(&a);
}

static void terms_of_use_are_found(void **state)
{
    (void)state;
    static const char before[] = "<html><body><article><h1>Army takes Tal</h1><p>" PARAGRAPH_A
                                 "</p><p>" PARAGRAPH_B "</p><p>" PARAGRAPH_C "</p></article><footer>";
    static const struct {
        const char *foot, *licence;
    } rows[] = {
        {"About us", NULL},
        {"<p>Contact | \u00A9 2020 Example News. All rights reserved.</p>", "\u00A9 2020 Example News."},
        {"<p>\u00A9 2020 Example</p><p>This story may be <b>republished</b> with attribution to Example. "
         "Write to us.</p>",
         "This story may be republished with attribution to Example."},
        {"<p>Text is available under the <a "
         "href=\"https://creativecommons.org/licenses/by/4.0/\">licence</a></p>",
         "https://creativecommons.org/licenses/by/4.0/"},
        {"<p>Our work is licensed under a Creative Commons Attribution 4.0 licence</p>",
         "Our work is licensed under a Creative Commons Attribution 4.0 licence"},
        {"<p>When using materials of the site a link to Example is obligatory.</p>",
         "When using materials of the site a link to Example is obligatory."},
        {"<p>Copyright 2019 Example</p>", "Copyright 2019 Example"},
        {"<a rel=license href=\"#terms\">x</a><a rel=\"license\" href=\"/terms\">y</a>", "/terms"},
        {"<script "
         "type=application/ld+json>{\"@type\":\"Article\",\"license\":{\"@id\":\"https://example.org/"
         "l\"}}</script>",
         "https://example.org/l"},
    };
    arena a, texts;
    arena_init(&a, 0);
    arena_init(&texts, 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        document d;
        error e;
        assert_true(read_page(
            &a, arena_format(&texts, "%s%s%s", before, rows[i].foot, "</footer></body></html>"), &d, &e));
        if (!str_is(d.licence, rows[i].licence ? rows[i].licence : ""))
            fail_msg("%zu: %.*s", i, (int)d.licence.len, d.licence.ptr);
    }
    arena_release(&texts);
    arena_release(&a);
}

/* Every word of the text stands in the page at the place that the map says. */
static void offsets_lead_back_to_the_page(void **state)
{
    (void)state;
    static const char *const words[] = {"shelling", "owners",    "left",   "Smoke",
                                        "tanks",    "spokesman", "keepers"};
    arena a;
    arena_init(&a, 0);
    document d;
    error e;
    assert_true(read_page(&a, STR(page), &d, &e));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t at = str_find(d.text, str_from(words[i]), 0);
        assert_true(at < d.text.len);
        uint64_t raw = document_raw(&d, (uint32_t)at);
        assert_true(str_starts(str_part(STR(page), raw, 99), str_from(words[i])));
    }
    arena_release(&a);
}

/* A span's bytes begin with its first character and end with its last: entities, tags, cut scripts, legacy bytes. */
static void spans_have_bytes(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *text, *cut;
    } rows[] = {
        {"<p>\"Yes,&rdquo; he said.</p><p>x", "\u201D he", "&rdquo; he"},
        {"<p>He said &ldquo;Yes.&rdquo;</p> <p>x", "Yes.\u201D", "Yes.&rdquo;"},
        {"<p>He said &ldquo;Yes.&rdquo;", "Yes.\u201D", "Yes.&rdquo;"},
        {"<p>one <b>two</b> three", "one two", "one <b>two"},
        {"<p>one<script>x</script>\n\n   two", "one", "one"},
        {"<p>one    \n   two<!-- x --><p>", "one two", "one    \n   two"},
        {"<title>A town &amp; its river | News</title><p>x", "A town & its river",
         "A town &amp; its river"},
        {"<title>x</title><h1 class=a>The <i>town</i></h1><p>y", "The town", "The <i>town"},
        {"<meta charset=windows-1252><p>caf\xE9</p><p>x", "caf\u00E9", "caf\xE9"},
        {"<meta charset=windows-1252><p>caf\xE9", "caf\u00E9", "caf\xE9"},
        {"<script type=\"application/ld+json\">{\"@type\": \"NewsArticle\", \"headline\": \"Only "
         "here\"}</script><p>x",
         "Only here", NULL},
    };
    arena a;
    arena_init(&a, 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        document d;
        error e;
        uint64_t start, end;
        str bytes = str_from(rows[i].bytes), text = str_from(rows[i].text);
        assert_true(read_page(&a, bytes, &d, &e));
        check_document(&d, bytes.len);
        size_t at = str_find(d.text, text, 0);
        if (at > d.text.len) fail_msg("%zu: %.*s", i, (int)d.text.len, d.text.ptr);
        bool found = document_raw_span(&d, (span){(uint32_t)at, (uint32_t)text.len}, &start, &end);
        assert_int_equal(found, rows[i].cut != NULL);
        if (!found) continue;
        str cut = str_part(bytes, start, end - start);
        if (!str_is(cut, rows[i].cut)) fail_msg("%zu: %.*s", i, (int)cut.len, cut.ptr);
    }
    arena_release(&a);
}

static void charsets_of_pages_are_found(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *text;
    } rows[] = {
        {"<meta charset=\"windows-1251\"><p>\xCF\xF0\xE8\xE2\xE5\xF2 \xEC\xE8\xF0",
         "\u041F\u0440\u0438\u0432\u0435\u0442 \u043C\u0438\u0440"},
        {"<meta http-equiv=content-type content='text/html; charset=iso-8859-1'><p>caf\xE9", "caf\u00E9"},
        {"<meta charset=iso-8859-1><p>caf\xC3\xA9 \xE2\x80\x94 it lies", "caf\u00E9 \u2014 it lies"},
        {"<meta charset=nonsense><p>caf\xC3\xA9", "caf\u00E9"},
    };
    arena a;
    arena_init(&a, 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        document d;
        error e;
        assert_true(read_page(&a, str_from(rows[i].bytes), &d, &e));
        if (!str_is(d.text, rows[i].text)) fail_msg("%zu: %.*s", i, (int)d.text.len, d.text.ptr);
    }
    arena_release(&a);
}

static void hostile_pages_are_survived(void **state)
{
    (void)state;
    static const struct {
        const char *piece;
        size_t times;
    } rows[] = {
        {"<div>", 3000},
        {"<div class=a>x", 100000},
        {"<b class=a>x<p>", 20000},
        {"<div>", 10000},
        {"<b>x", 3000},
        {"<p>text here", 20000},
        {"<table><tr><td>", 1000},
        {"<a href=x>", 3000},
        {"&amp;", 100000},
        {"&notanentity", 50000},
        {"<", 100000},
        {"<!--", 30000},
        {"</div>", 50000},
        {"<li>", 20000},
        {"<select><option>", 2000},
        {"<svg><p>", 1000},
        {"\xFF<p>\xC3", 20000},
    };
    arena a;
    arena_init(&a, (size_t)1 << 30);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t len = strlen(rows[i].piece), n = len * rows[i].times;
        char *bytes = malloc(n);
        for (size_t k = 0; k < n; k++) bytes[k] = rows[i].piece[k % len];
        document d;
        error e = {0};
        if (!read_page(&a, (str){bytes, n}, &d, &e)) fail_msg("%zu: %s", i, e.message);
        check_document(&d, n);
        free(bytes);
    }
    arena_release(&a);
}

static void torn_pages_are_survived(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    uint64_t seed = 3;
    for (int round = 0; round < 400; round++) {
        str bytes =
            exact_copy(str_part(STR(page), random_number(&seed) % 600, random_number(&seed) % sizeof page));
        char *p = (char *)bytes.ptr;
        for (int k = random_number(&seed) % 12; k > 0 && bytes.len; k--)
            p[random_number(&seed) % bytes.len] = "<>&\"\0\xFF/= "[random_number(&seed) % 9];
        document d;
        error e;
        if (read_page(&a, bytes, &d, &e)) check_document(&d, bytes.len);
        arena_reset(&a);
        free(p);
    }
    arena_release(&a);
}

/* When the arena is full the document is lost and nothing else: no leak, no crash. */
static void a_full_arena_loses_one_document(void **state)
{
    (void)state;
    for (size_t cap = 1000; cap < 200000; cap += 7919) {
        arena a;
        jmp_buf full;
        arena_init(&a, cap);
        a.on_full = &full;
        if (setjmp(full) == 0) {
            document d = {.arena = &a};
            error e;
            read_input in = {.bytes = STR(page), .format = READ_HTML};
            (void)read_document(rules, &in, &d, &e);
        }
        arena_release(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_article_is_found),
        cmocka_unit_test(what_the_page_says_of_itself_is_kept),
        cmocka_unit_test(offsets_lead_back_to_the_page),
        cmocka_unit_test(spans_have_bytes),
        cmocka_unit_test(terms_of_use_are_found),
        cmocka_unit_test(charsets_of_pages_are_found),
        cmocka_unit_test(hostile_pages_are_survived),
        cmocka_unit_test(torn_pages_are_survived),
        cmocka_unit_test(a_full_arena_loses_one_document),
    };
    return cmocka_run_group_tests_name("read/html", tests, open_rules, close_rules);
}
