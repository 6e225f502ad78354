#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "fetch/robots.h"

typedef struct robots_case {
    const char *text, *path;
    bool allowed;
} robots_case;

static void rules_decide(void **state)
{
    (void)state;
    static const robots_case cases[] = {
        {"", "/x", true},
        {"User-agent: *\nDisallow: /", "/x", false},
        {"User-agent: *\nDisallow:", "/x", true},
        {"Disallow: /", "/x", true}, /* belongs to nobody */
        {"\xEF\xBB\xBFuser-AGENT: * # all\r\ndisallow : /a # not this\r\n", "/a/b", false},
        {"User-agent: *\nDisallow: /a", "/abc", false},
        {"User-agent: *\nDisallow: /a/", "/a", true},
        /* the longest pattern, Allow of two that are equally long */
        {"User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/b/c", true},
        {"User-agent: *\nDisallow: /a/b\nAllow: /a", "/a/b/c", false},
        {"User-agent: *\nDisallow: /page\nAllow: /page", "/page", true},
        {"User-agent: *\nAllow: /page\nDisallow: /page", "/page", true},
        {"User-agent: *\nAllow: /page\nDisallow: /*.htm", "/page.htm", false},
        {"User-agent: *\nAllow: /$\nDisallow: /", "/", true},
        {"User-agent: *\nAllow: /$\nDisallow: /", "/x", false},
        /* wildcards */
        {"User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", false},
        {"User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", true},
        {"User-agent: *\nDisallow: /*?", "/a?b", false},
        {"User-agent: *\nDisallow: /a*z*q", "/axxzyyzyq1", false},
        {"User-agent: *\nDisallow: /a*z*q", "/axxzyy", true},
        {"User-agent: *\nDisallow: *", "/x", false},
        {"User-agent: *\nDisallow: /a$b", "/a$b", false},
        /* escapes are the same however they are written */
        {"User-agent: *\nDisallow: /%7ejoe", "/~joe/x", false},
        {"User-agent: *\nDisallow: /caf\xC3\xA9", "/caf%c3%a9", false},
        {"User-agent: *\nDisallow: /a%2fb", "/a/b", true},
        {"User-agent: *\nDisallow: /a%2fb", "/a%2Fb", false},
        /* groups */
        {"User-agent: sitrep\nAllow: /\n\nUser-agent: *\nDisallow: /", "/x", true},
        {"User-agent: *\nDisallow: /\nUser-agent: SITREP/2.0 (x)\nDisallow: /y", "/x", true},
        {"User-agent: other\nUser-agent: sitrep\nDisallow: /x", "/x", false},
        {"User-agent: sitrep\nUser-agent: other\nDisallow: /x", "/x", false},
        {"User-agent: other\nDisallow: /x", "/x", true},
        {"User-agent: sitrepbot\nDisallow: /\n", "/x", true},
        {"User-agent: sitrep\nDisallow: /a\n\nUser-agent: b\nDisallow: /b\n\nUser-agent: sitrep\nDisallow: "
         "/c",
         "/c", false},
        {"User-agent: sitrep\nDisallow: /a\n\nUser-agent: b\nDisallow: /b\n\nUser-agent: sitrep\nDisallow: "
         "/c",
         "/b", true},
        {"User-agent: sitrep\nCrawl-delay: 1\nUser-agent: b\nDisallow: /b", "/b", true},
        {"User-agent: *\nSitemap: https://x/\n\n\nDisallow: /x", "/x", false},
        {"<html>User-agent: *\nDisallow: /", "/x", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        robots *r = robots_parse(cases[i].text, strlen(cases[i].text), "sitrep");
        if (robots_allow(r, cases[i].path) != cases[i].allowed)
            fail_msg("\"%s\" is wrong for %s", cases[i].text, cases[i].path);
        robots_free(r);
    }
    assert_true(robots_allow(NULL, "/x"));
}

static double delay_of(const char *text)
{
    robots *r = robots_parse(text, strlen(text), "sitrep");
    double s = robots_delay(r);
    robots_free(r);
    return s;
}

static void delays(void **state)
{
    (void)state;
    assert_true(delay_of("User-agent: *\nCrawl-delay: 2.5") == 2.5);
    assert_true(delay_of("User-agent: *\nCrawl-delay: 9\n\nUser-agent: sitrep\nCrawl-delay: 1") == 1);
    assert_true(delay_of("User-agent: x\nCrawl-delay: 9") == 0);
    assert_true(delay_of("User-agent: *\nCrawl-delay: -3") == 0);
    assert_true(delay_of("User-agent: *\nCrawl-delay: nan") == 0);
    assert_true(delay_of("User-agent: *\nCrawl-delay: soon") == 0);
}

/* Many stars against a path that nearly fits, and bytes of any kind: bounded time, no crash. */
static void hostile_files(void **state)
{
    (void)state;
    char text[6000] = "User-agent: *\nDisallow: /", path[4000];
    size_t n = strlen(text);
    for (int i = 0; i < 1000; i++) n += (size_t)(text[n] = '*', text[n + 1] = 'a', 2);
    text[n] = 0;
    memset(path, 'a', sizeof path - 1);
    path[0] = '/';
    path[sizeof path - 1] = 0;
    robots *r = robots_parse(text, n, "sitrep");
    assert_false(robots_allow(r, path));
    robots_free(r);
    uint32_t seed = 5;
    for (int round = 0; round < 2000; round++) {
        static const char signs[] = "User-agent: *\nDisallow: /*$%a\r\n#:\xFF";
        char junk[300];
        for (size_t i = 0; i < sizeof junk; i++) {
            seed = seed * 1664525 + 1013904223;
            junk[i] = signs[(seed >> 16) % (sizeof signs)];
        }
        r = robots_parse(junk, sizeof junk, "sitrep");
        robots_allow(r, "/a%20b*$");
        robots_free(r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rules_decide), cmocka_unit_test(delays),
                                       cmocka_unit_test(hostile_files)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
