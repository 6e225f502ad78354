#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "fetch/list.h"
#include "fetch/fetch.h"
#include "fetch/state.h"

static void addresses_are_taken_apart(void **unused)
{
    (void)unused;
    static const char *const cases[][3] = {
        {"https://News.Example/a?b=1", "https://news.example:443", "/a?b=1"},
        {"http://h.example", "http://h.example:80", "/"},
        {"http://127.0.0.1:8080/x", "http://127.0.0.1:8080", "/x"},
        {"http://u:p@h.example/", NULL, NULL},
        {"ftp://h.example/", NULL, NULL},
        {"file:///etc/passwd", NULL, NULL},
        {"javascript:alert(1)", NULL, NULL},
        {"", NULL, NULL},
        {"h.example/x", NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char origin[512], path[FETCH_URL_CAP];
        bool ok = fetch_split_url(cases[i][0], origin, path);
        if (ok != !!cases[i][1]) fail_msg("%s", cases[i][0]);
        if (!ok) continue;
        assert_string_equal(origin, cases[i][1]);
        assert_string_equal(path, cases[i][2]);
    }
    char url[FETCH_URL_CAP];
    assert_true(fetch_resolve("https://h.example/a/b", "../c#d", url));
    assert_string_equal(url, "https://h.example/c");
    assert_true(fetch_resolve("https://h.example/a/b", "//o.example/x y", url));
    assert_string_equal(url, "https://o.example/x%20y");
    assert_false(fetch_resolve("https://h.example/", "file:///x", url));
}

static void keys_of_items(void **unused)
{
    (void)unused;
    char a[65], b[65];
    state_key("https://one.example/", "https://x.example/1", a);
    state_key("https://two.example/", "https://x.example/1", b);
    assert_string_equal(a, b); /* the same article in two feeds */
    state_key("https://one.example/", "1", a);
    state_key("https://two.example/", "1", b);
    assert_string_not_equal(a, b);
}

static void any_list_is_survived(void **unused)
{
    (void)unused;
    static const char *const pieces[] = {"<opml>",  "<outline ",     "xmlUrl=\"", "http://h.example/",
                                         "\"/>",    "<body>",        "\n",        "#",
                                         "</opml>", "<!DOCTYPE x [", "]>",        "&a;",
                                         "\xFF",    "https://"};
    uint32_t seed = 3;
    for (int round = 0; round < 3000; round++) {
        char text[800] = "";
        for (int i = 0; i < 20; i++) {
            seed = seed * 1664525 + 1013904223;
            strcat(text, pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)]);
        }
        feed_list l = {0};
        sitrep_error e = {0};
        assert_true(feed_list_parse(&l, "list", text, strlen(text), &e) || e.code);
        feed_list_release(&l);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(addresses_are_taken_apart),
                                       cmocka_unit_test(keys_of_items),
                                       cmocka_unit_test(any_list_is_survived)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
