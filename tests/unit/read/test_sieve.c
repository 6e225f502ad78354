/* What the sieve leaves of a page for the parser, and the way back to the page's bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "read/sieve.h"

static const struct {
    const char *page, *left;
} cases[] = {
    /* text and white space */
    {"plain < text & more", "plain < text & more"},
    {"<p>a    b\n\n\n\nc</p>", "<p>a b\nc</p>"},
    {"<div>\n   <p>a</p>\n\n   <p>b</p>\n</div>", "<div><p>a</p><p>b</p></div>"},
    {"<p><b>a</b>\n   <i>b</i>\n  </p>", "<p><b>a</b> <i>b</i></p>"},
    {"<pre>a    b\n\n\n  <b> </b>   <i>c</i></pre>", "<pre>a    b\n\n\n  <b> </b>   <i>c</i></pre>"},
    {"<p>a <br>   b<br>  ", "<p>a <br> b<br>"},
    /* comments and the like */
    {"a<!-- x > -- --!>b<!-->c<!--->d<!-- <!-- -->e", "abcde"},
    {"a<!-- never ends", "a"},
    {"<!DOCTYPE html><?xml x?><![CDATA[x]]></ x><p>a", "<!DOCTYPE html><p>a"},
    {"&am<!-- -->p; <<!-- -->b>", "&am<!---->p; <<!---->b>"},
    /* scripts */
    {"a<script>if (x < 1) y = '<p>';</script>b", "ab"},
    {"a<SCRIPT SRC='x'></Script >b", "ab"},
    {"a<script><!-- <script> </script> --> </script>b", "ab"},
    {"a<script><!-- </script>b", "ab"},
    {"a<script><!--><p></script>b", "ab"},
    {"a<script>x</scripty></script>b", "ab"},
    {"a<script>never ends", "a"},
    {"a<style>p > b { } </styles> </style>b", "ab"},
    {"<title>A <b> title</title><p>x", "<title>A <b> title</title><p>x"},
    {"a<textarea><p></textarea>b<select><option>x<b>y</select>c", "abc"},
    {"a<select><option>x<input>b", "a<input>b"},
    {"a<iframe src=x><p>no</p></iframe>b", "a<iframe src=x></iframe>b"},
    {"<plaintext>a<p><script>", "<plaintext>a<p><script>"},
    /* drawings */
    {"a<svg><path d='M0'/><title>x</title></svg>b", "ab"},
    {"a<svg/>b<svg><svg></svg></svg>c", "abc"},
    {"a<svg><style><p></style></svg>b", "a<p></style></svg>b"},
    {"a<svg><foreignObject><p>x</p><style></svg></style></foreignObject></svg>b", "ab"},
    {"<a><svg><path></a>b", "<a></a>b"},
    {"<div><svg><path></div>b", "<div></div>b"},
    {"<svg><a><path></a></svg>b", "b"},
    {"<svg><![CDATA[</svg>]]></svg>b", "b"},
    /* attributes */
    {"<p class=\"a b\" onclick='x > y' id=c>x", "<p class=\"a b\" id=c>x"},
    {"<p data-x=1 class=a/>x", "<p class=a/>x"},
    {"<p class=a data-x=\"1\"/>x", "<p class=a />x"},
    {"<p class=a class=b CLASS=c>x", "<p class=a>x"},
    {"<p style=\"color:red\">x<p style='display: none'>y", "<p>x<p style='display: none'>y"},
    {"<a href=\"/x\" rel=nofollow>x</a>", "<a rel=nofollow>x</a>"},
    {"<a href=\"/x\" rel=license>x</a><a href=//creativecommons.org/>y</a>",
     "<a href=\"/x\" rel=license>x</a><a href=//creativecommons.org/>y</a>"},
    {"<img onload=x src=a.png alt='A'><img src=\"data:image/png;base64,AAAA\">",
     "<img src=a.png alt='A'><img>"},
    {"<link rel=stylesheet href=x><link rel=canonical href=y><meta charset=utf-8><meta name=a content=b>",
     "<link rel=canonical href=y><meta name=a content=b>"},
    {"<p a=\"x>y\" b='>' c=>x", "<p>x"},
    {"<p =a b = c>x", "<p>x"},
    {"<p class=\"never ends><p>x", ""},
    {"a<p", "a"},
    {"a</p x='>'>b", "a</p>b"},
};

static void only_what_matters_is_left(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sieved got = sieve_page(&a, str_from(cases[i].page));
        if (!str_is(got.html, cases[i].left))
            fail_msg("%s\n  gives    %.*s\n  expected %s", cases[i].page, (int)got.html.len, got.html.ptr,
                     cases[i].left);
    }
    arena_release(&a);
}

/* Every kept byte stands in the page where the map says; what the sieve wrote itself is markup or a space. */
static void the_map_leads_back(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str page = str_from(cases[i].page);
        sieved got = sieve_page(&a, page);
        for (size_t k = 0, run = 0; k < got.html.len; k++) {
            while (run + 1 < got.runs.n && got.runs.v[run + 1].text_start <= k) run++;
            size_t at = got.runs.n ? got.runs.v[run].raw_start + (k - got.runs.v[run].text_start) : k;
            char c = got.html.ptr[k];
            bool own = strchr(" /<!->p", c) != NULL;
            if (!own && (at >= page.len || page.ptr[at] != c))
                fail_msg("%s: %zu is not at %zu", cases[i].page, k, at);
        }
    }
    arena_release(&a);
}

static void json_ld_is_handed_over(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    sieved got = sieve_page(&a, STR("<script type='application/LD+json'>{\"a\": \"<p>\"}</script>"
                                    "<script type=text/javascript>x</script>"
                                    "<script type=\" application/ld+json; charset=utf-8\">[]</script>"));
    assert_int_equal(got.linked.n, 2);
    assert_true(str_is(got.linked.v[0], "{\"a\": \"<p>\"}") && str_is(got.linked.v[1], "[]"));
    assert_int_equal(got.html.len, 0);
    arena_release(&a);
}

static str repeated(arena *a, const char *piece, size_t times, const char *end)
{
    size_t n = strlen(piece);
    char *bytes = arena_new(a, char, n *times + strlen(end) + 1);
    for (size_t i = 0; i < times; i++) memcpy(bytes + i * n, piece, n);
    memcpy(bytes + n * times, end, strlen(end));
    return (str){bytes, n * times + strlen(end)};
}

static size_t count(str s, const char *part)
{
    size_t n = 0;
    for (size_t at = str_find(s, str_from(part), 0); at < s.len; at = str_find(s, str_from(part), at + 1))
        n++;
    return n;
}

static void depth_is_bounded(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    str deep = repeated(&a, "<div>x", 10000, "<p>the end</p></div></div>y");
    sieved got = sieve_page(&a, deep);
    assert_int_equal(count(got.html, "<div>"), 512);
    assert_int_equal(count(got.html, "<p>"), 10000 - 512 + 1 + 2);
    assert_int_equal(count(got.html, "x"), 10000);
    assert_int_equal(count(sieve_page(&a, repeated(&a, "<b>x", 1000, "")).html, "<b>"), 32);
    assert_int_equal(count(sieve_page(&a, repeated(&a, "<b>x</b>", 1000, "")).html, "<b>"), 1000);
    assert_int_equal(count(sieve_page(&a, repeated(&a, "<p><a>x", 1000, "")).html, "<a>"), 1000);
    str many = repeated(&a, " id=a class=b x=y", 20000, ">z");
    char *tag = (char *)many.ptr;
    tag[0] = ' ';
    str page = arena_format(&a, "<p%.*s", (int)many.len, many.ptr);
    assert_true(str_is(sieve_page(&a, page).html, "<p id=a class=b>z"));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_matters_is_left),
        cmocka_unit_test(the_map_leads_back),
        cmocka_unit_test(json_ld_is_handed_over),
        cmocka_unit_test(depth_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
