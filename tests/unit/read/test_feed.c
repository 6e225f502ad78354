#include "read/feed.h"
#include "reading.h"

/* "id|url|title|author|publisher|language|licence|published|updated|content", an item a line. */
static str shown(arena *a, const feed *f)
{
    str out = {"", 0};
    for (size_t i = 0; i < feed_count(f); i++) {
        const feed_item *x = feed_at(f, i);
        const str fields[] = {x->id,       x->url,     x->title, x->author, x->publisher,
                              x->language, x->licence, {0},      {0},       x->content};
        for (size_t k = 0; k < 10; k++) {
            civil_date d = k == 7 ? x->published : x->updated;
            str s = (k == 7 || k == 8) && d.year ? arena_format(a, "%04d-%02d-%02d", d.year, d.month, d.day)
                                                 : fields[k];
            out = arena_format(a, "%.*s%s%.*s", (int)out.len, out.ptr,
                               k   ? "|"
                               : i ? "\n"
                                   : "",
                               (int)s.len, s.ptr ? s.ptr : "");
        }
    }
    return out;
}

static feed *open_text(const char *text, error *e)
{
    read_input about = {.path = STR("x.xml"), .url = STR("https://feeds.example/dir/x.xml")};
    str copy = exact_copy(str_from(text));
    feed *f = feed_open(copy, &about, e);
    free((void *)copy.ptr);
    return f;
}

static void expect(const char *text, const char *items, size_t fault_line)
{
    arena a;
    error e = {0};
    arena_init(&a, 0);
    assert_true(feed_recognise(str_part(str_from(text), 0, 4096)));
    feed *f = open_text(text, &e);
    if (!f) fail_msg("%s", e.message);
    str got = shown(&a, f);
    assert_string_equal(arena_copy(&a, got).ptr, items);
    assert_int_equal(feed_fault(f) ? feed_fault(f)->line : 0, fault_line);
    feed_release(f);
    arena_release(&a);
}

static void formats(void **state)
{
    (void)state;
    expect("<?xml version=\"1.0\"?>\n<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
           "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Hill Post</title>"
           "<link>https://hill.example/</link><language>en-GB</language><copyright>CC BY</copyright>"
           "<image><title>Logo</title><url>l.png</url></image>"
           "<item><title>Shells &amp; fire</title><link> https://hill.example/a?x=1&amp;y=2 </link>"
           "<guid isPermaLink=\"false\">77</guid><author>desk@hill.example (Ana Roe)</author>"
           "<pubDate>Tue, 3 Feb 15 09:00:00 +0300</pubDate><description>Short.</description>"
           "<content:encoded><![CDATA[<p>Shells hit <b>Aden</b> & its port.</p>]]></content:encoded>"
           "<enclosure url=\"v.mp4\" type=\"video/mp4\"/></item>"
           "<item><title>Two</title><guid>https://hill.example/b</guid><dc:creator>Bo</dc:creator>"
           "<dc:date>2015-02-04T10:00:00Z</dc:date><description>Plain words</description></item>"
           "</channel></rss>\n<!-- served in 3 ms -->junk",
           "77|https://hill.example/a?x=1&y=2|Shells & fire|Ana Roe|Hill Post|en-gb|CC BY|2015-02-03||"
           "<p>Shells hit <b>Aden</b> & its port.</p>\n"
           "https://hill.example/b|https://hill.example/b|Two|Bo|Hill Post|en-gb|CC BY|2015-02-04||Plain "
           "words",
           0);
    expect("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\" ><title type=\"html\">River "
           "&amp;amp; Sea</title>"
           "<author><name>Desk</name></author><rights>All reserved</rights>"
           "<link rel=\"self\" href=\"/feed\"/><link href=\"https://river.example/\"/>"
           "<entry><id>urn:1</id><title>A &amp;lt; B</title><link rel=\"alternate\" href=\"/one\"/>"
           "<link rel=\"license\" href=\"https://creativecommons.org/licenses/by/4.0/\"/>"
           "<published>2019-11-14T23:30:00-05:00</published><updated>2019-11-15T01:00:00Z</updated>"
           "<summary>Sum</summary><content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">"
           "<p>Troops left<br/>Aden &amp; Taiz.</p></div></content></entry>"
           "<entry><id>urn:2</id><title>Named</title><link "
           "href=\"two\"/><author><email>x@y</email><name>Cy</name></author>"
           "<author><name>Di</name></author><updated>2019-11-16</updated>"
           "<content type=\"text\">a &lt; b</content></entry></feed>",
           "urn:1|https://river.example/one|A < B|Desk|River & "
           "Sea|en|https://creativecommons.org/licenses/by/4.0/|"
           "2019-11-14|2019-11-15|<div><p>Troops left<br>Aden &amp; Taiz.</p></div>\n"
           "urn:2|https://river.example/two|Named|Cy, Di|River & Sea|en|All "
           "reserved|2019-11-16|2019-11-16|a < b",
           0);
    expect("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
           "xmlns=\"http://purl.org/rss/1.0/\" "
           "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel "
           "rdf:about=\"https://rdf.example/\"><title>Rdf</title>"
           "<link>https://rdf.example/</link><items><rdf:Seq><rdf:li "
           "rdf:resource=\"https://rdf.example/1\"/></rdf:Seq>"
           "</items></channel><item "
           "rdf:about=\"https://rdf.example/1\"><title>One</title><dc:rights>Free</dc:rights>"
           "<dc:language>en</dc:language><description>Text</description></item></rdf:RDF>",
           "https://rdf.example/1|https://rdf.example/1|One||Rdf|en|Free|||Text", 0);
    expect(
        "<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\"><title>Old</title><entry><title>E</title>"
        "<link rel=\"alternate\" type=\"text/html\" href=\"https://o.example/e\"/><id>e</id>"
        "<issued>2003-12-13T08:29:29-04:00</issued><modified>2003-12-14</modified>"
        "<content type=\"text/html\" mode=\"escaped\">&lt;p&gt;Body&lt;/p&gt;</content></entry></feed>",
        "e|https://o.example/e|E||Old|||2003-12-13|2003-12-14|<p>Body</p>", 0);
    expect(
        "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Js\", \"language\": \"en\", "
        "\"authors\": [{\"name\": \"Ed\"}, {\"name\": \"Al\"}], \"items\": [{\"id\": 5, \"url\": "
        "\"https://j.example/5\", "
        "\"title\": \"T\", \"content_html\": \"<p>H</p>\", \"date_published\": \"2020-02-03T00:00:00Z\"}, "
        "{\"id\": \"6\", \"content_text\": \"words\", \"author\": {\"name\": \"Bo\"}}]}",
        "5|https://j.example/5|T|Ed, Al|Js|en||2020-02-03||<p>H</p>\n6|||Bo|Js|en||||words", 0);
}

static void what_feeds_do_wrong(void **state)
{
    (void)state;
    expect("\n\nWarning: x in y.php\n<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><!DOCTYPE rss "
           "[<!ENTITY lol \"x\">]>"
           "<rss><channel><title>Caf\xC3\xA9</title><item><title>Fire &nbsp; &lol; at Smith & Sons "
           "&#0;\x01</title>"
           "<link>https://m.example/?a=1&b=2</link><dc:creator>No &eacute;space</dc:creator>"
           "<description>5 < 6 and "
           "<b>bold</b><br/></description><content:encoded></content:encoded></item></channel></rss>",
           "https://m.example/?a=1&b=2|https://m.example/?a=1&b=2|Fire &lol; at Smith & Sons "
           "\xEF\xBF\xBD|No \xC3\xA9space|"
           "Caf\xC3\xA9||||"
           "|5 < 6 and <b>bold</b><br>",
           0);
    /* an item that is damaged is lost, those round it are not */
    expect("<rss><channel><title>T</title>\n<item><guid>1</guid><description>One</description></item>\n"
           "<item><guid>2</guid><description>Two <p>open</description></item>\n"
           "<item><guid>3</guid><description>Three</description></item></channel></rss>",
           "1||||T|||||One\n3||||T|||||Three", 3);
    expect("<rss><channel>\n<item><guid>1</guid><title>One</title></item>\n<item><guid>2</guid>\n<title>Tw",
           "1||One|||||||", 4);
    expect("{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [\n{\"id\": \"1\", "
           "\"content_text\": \"a\"},\n{\"id\": ",
           "1|||||||||a", 3);
}

static void what_is_no_feed(void **state)
{
    (void)state;
    static const char *const others[] = {
        "",      "<html><body>rss</body></html>",  "{\"id\": \"1\", \"text\": \"jsonfeed.org\"}",
        "plain", "<?xml version=\"1.0\"?><note/>", "<!-- <rss> --><html>"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        error e = {0};
        assert_false(feed_recognise(str_from(others[i])));
        assert_null(open_text(others[i], &e));
        assert_int_equal(e.code, SITREP_BAD_FORMAT);
    }
}

static void depth_is_bounded(void **state)
{
    (void)state;
    enum { DEEP = 5000 };
    char *text = malloc(DEEP * 8 + 400);
    size_t n = (size_t)sprintf(text, "<rss><channel><item><title>One</title></item><item><description>");
    for (int i = 0; i < DEEP; i++) n += (size_t)sprintf(text + n, "<b>");
    sprintf(text + n, "</description></item><item><title>Three</title></item></channel></rss>");
    error e = {0};
    feed *f = open_text(text, &e);
    assert_int_equal(feed_count(f), 2);
    assert_int_equal(feed_fault(f)->code, SITREP_OVER_LIMIT);
    feed_release(f);
    free(text);
}

static void summaries_are_told(void **state)
{
    (void)state;
    char text[3000], words[1600];
    memset(words, 'w', sizeof words);
    words[1500] = 0;
    error e;
    snprintf(text, sizeof text,
             "<rss><channel><item><description>Short</description></item><item><description>%s</"
             "description></item>"
             "<item><description>%s [&#8230;]</description></item></channel></rss>",
             words, "and so on");
    feed *f = open_text(text, &e);
    assert_true(feed_at(f, 0)->is_summary);
    assert_false(feed_at(f, 1)->is_summary);
    assert_true(feed_at(f, 2)->is_summary);
    feed_release(f);
}

static void items_become_documents(void **state)
{
    (void)state;
    error e = {0};
    feed *f = open_text(
        "<rss><channel><title>Post</title><item><title>Rebels &amp; army clash</title><guid>g</guid>"
        "<description>&lt;p&gt;Rebels shelled the town of Aden on Monday, residents said.&lt;/p&gt;"
        "</description></item><item><title>Second headline</title><guid>h</guid>"
        "<description>The army left the town.</description></item></channel></rss>",
        &e);
    static const char *const blocks[] = {
        "T Rebels & army clash|P Rebels shelled the town of Aden on Monday, residents said.",
        "T Second headline|P The army left the town."};
    arena a;
    arena_init(&a, 0);
    for (size_t i = 0; i < 2; i++) {
        arena_reset(&a);
        document d = {.arena = &a};
        assert_true(feed_read_item(rules, feed_at(f, i), &(read_input){.path = STR("x.xml")}, &d, &e));
        str got = blocks_of(&d, 100);
        assert_string_equal(arena_copy(&a, got).ptr, blocks[i]);
        assert_true(str_is(d.publisher, "Post") && str_is(d.path, "x.xml"));
        check_document(&d, feed_at(f, i)->content.len);
    }
    arena_release(&a);
    feed_release(f);
}

/* Any bytes, cut anywhere and turned over: an item or an error, never a crash. */
static void any_bytes_are_survived(void **state)
{
    (void)state;
    static const char *const pieces[] = {"<rss>",
                                         "<channel>",
                                         "<item>",
                                         "</item>",
                                         "<title>",
                                         "</title>",
                                         "<![CDATA[",
                                         "]]>",
                                         "<!--",
                                         "-->",
                                         "<?x",
                                         "&amp;",
                                         "&#x1F600;",
                                         "&#",
                                         "&lt;",
                                         "<feed xmlns='u'>",
                                         "<entry>",
                                         "</entry>",
                                         "<author><name>",
                                         "</name></author>",
                                         "<link href=\"",
                                         "\"/>",
                                         "text",
                                         "\xFF",
                                         "<source>",
                                         "</source>",
                                         "<content:encoded>",
                                         "</rss>",
                                         "<!DOCTYPE a [",
                                         "]>",
                                         "<b>",
                                         "</b>",
                                         "{\"items\":[",
                                         "\"version\":\"https://jsonfeed.org/version/1\","};
    uint64_t seed = 7;
    for (int round = 0; round < 3000; round++) {
        char text[1200];
        size_t n = (size_t)sprintf(text, "%s", round % 2 ? "<rss><channel><item>" : "<feed>");
        for (int i = 0; i < 40; i++)
            n += (size_t)sprintf(text + n, "%s", pieces[random_number(&seed) % 34]);
        error e = {0};
        feed *f = open_text(text, &e);
        assert_true(f || e.code);
        feed_release(f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats),
        cmocka_unit_test(what_feeds_do_wrong),
        cmocka_unit_test(what_is_no_feed),
        cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(summaries_are_told),
        cmocka_unit_test(items_become_documents),
        cmocka_unit_test(any_bytes_are_survived),
    };
    return cmocka_run_group_tests(tests, open_rules, close_rules);
}
