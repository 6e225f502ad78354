/* Heads of records, HTTP answers, digests and what else web archives are made of. */
#include "read/digest.h"
#include "read/head.h"
#include "read/http.h"
#include "read/seen.h"
#include "read/tally.h"
#include "reading.h"

#define assert_str(found, expected) assert_true(str_eq((found), str_from(expected)))

static const struct {
    const char *bytes;
    head_result result;
    record_kind kind;
    int64_t length;
    const char *url, *date;
} heads[] = {
    {"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 7\r\nWARC-Target-URI: http://a/\r\n\r\nx",
     HEAD_READ, RECORD_RESPONSE, 7, "http://a/", ""},
    {"WARC/1.1\nwarc-type:Resource\ncontent-length:0\nWARC-Target-URI: <http://a/b c>\n\n", HEAD_READ,
     RECORD_RESOURCE, 0, "http://a/b c", ""},
    {"WARC/0.18\r\r\nWARC-Type: revisit\r\r\nContent-Length: 1\r\r\n\r\r\n", HEAD_READ, RECORD_REVISIT, 1,
     "", ""},
    {"WARC/1.0\r\nno colon\r\n: x\r\nWARC-Type: made-up\r\nContent-Length: -4\r\n\r\n", HEAD_READ,
     RECORD_UNKNOWN, -1, "", ""},
    {"WARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: 99999999999999999999\r\n\r\n", HEAD_READ,
     RECORD_ABOUT, -1, "", ""},
    {"WARC/1.0\r\nWARC-Type: response\r\nContent-Le", HEAD_UNFINISHED, RECORD_ABOUT, 0, "", ""},
    {"http://a/b 192.0.2.1 20080430204825 text/html 123\nHTTP", HEAD_READ, RECORD_RESPONSE, 123,
     "http://a/b", "20080430204825"},
    {"http://a/b c d 192.0.2.1 20080430204825 text/html 123\n", HEAD_READ, RECORD_RESPONSE, 123,
     "http://a/b c d", "20080430204825"},
    {"http://a/ 192.0.2.1 20080430204825 text/html 200 sum - 17 f.arc 9\n", HEAD_READ, RECORD_RESPONSE, 9,
     "http://a/", "20080430204825"},
    {"filedesc://x.arc 0.0.0.0 20080430204825 text/plain 76\n", HEAD_READ, RECORD_ABOUT, 76,
     "filedesc://x.arc", "20080430204825"},
    {"http://a/ 192.0.2.1 20080430204825 text/html -1\n", HEAD_READ, RECORD_RESPONSE, -1, "http://a/",
     "20080430204825"},
    {"a sentence 1 that is 20080430204825 no record\n", HEAD_NONE, RECORD_ABOUT, 0, "", ""},
    {"http://a/ text/html 123\n", HEAD_NONE, RECORD_ABOUT, 0, "", ""},
};

static void test_heads(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        record_head h;
        assert_int_equal(head_read(str_from(heads[i].bytes), &h), heads[i].result);
        if (heads[i].result != HEAD_READ) continue;
        assert_int_equal(h.kind, heads[i].kind);
        assert_int_equal(h.length, heads[i].length);
        assert_str(h.url, heads[i].url);
        assert_str(h.date, heads[i].date);
    }
}

static void test_a_head_ends_where_another_begins(void **state)
{
    (void)state;
    record_head h;
    const char *bytes =
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 20WARC/1.0\r\nWARC-Type: request\r\n\r\n";
    assert_int_equal(head_read(str_from(bytes), &h), HEAD_READ);
    assert_true(h.is_broken);
    assert_true(str_starts(str_from(bytes + h.n), STR("WARC/1.0\r\nWARC-Type: request")));
}

static void test_values(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    assert_str(head_url(&a, STR("http://a/b c\td")), "http://a/b%20c%09d");
    assert_str(head_date(&a, STR("20080430204825")), "2008-04-30T20:48:25Z");
    assert_str(head_date(&a, STR("20080430")), "2008-04-30");
    assert_str(head_date(&a, STR("2014-01-02T03:04:05.5Z")), "2014-01-02T03:04:05.5Z");
    assert_str(head_date(&a, STR("2014")), "2014");
    assert_null(head_date(&a, STR("yesterday")).ptr);
    char name[96];
    assert_str(http_media_type(STR("Text/HTML ; charset=x"), name), "text/html");
    assert_str(http_charset(STR("text/html; Charset=\"utf-8\"; x")), "utf-8");
    assert_null(http_charset(STR("text/html")).ptr);
    arena_release(&a);
}

static const struct {
    const char *head, *body, *decoded;
    size_t notes;
} bodies[] = {
    {"X: y", "plain", "plain", 0},
    {"Transfer-Encoding: chunked", "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", "abcde", 0},
    {"Transfer-Encoding: chunked", "3\nabc\n0\n\n", "abc", 0},
    {"Transfer-Encoding: Chunked", "<p>not so", "<p>not so", 0},
    {"Transfer-Encoding: chunked", "3\r\nabc\r\nFF\r\nrest", "abcrest", 1},
    {"Transfer-Encoding: chunked", "2\r\nabc\r\n0\r\n\r\n", "abc\r\n0\r\n\r\n", 1},
    {"Transfer-Encoding: chunked", "", "", 0},
    {"Content-Encoding: gzip", "as it is", "as it is", 0},
    {"Content-Encoding: identity", "x", "x", 0},
    {"Content-Encoding: new", "readable text", "readable text", 0},
};

static void test_bodies(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        document d = {.arena = &a};
        http_head h;
        error e = {0};
        str whole = arena_format(&a, "HTTP/1.1 200 OK\r\n%s\r\n\r\n%s", bodies[i].head, bodies[i].body),
            dechunked, out;
        assert_true(http_head_read(whole, &h) && h.status == 200);
        assert_true(http_body(&h, str_part(whole, h.n, whole.len), 1000, &d, &dechunked, &out, &e));
        if (!str_is(out, bodies[i].decoded)) fail_msg("%zu: \"%.*s\"", i, (int)out.len, out.ptr);
        assert_int_equal(d.notes.n, bodies[i].notes);
    }
    arena_release(&a);
}

static const struct {
    const char *told;
    digest_result result;
} digests[] = {
    /* of "abc": FIPS 180-4 and RFC 1321 */
    {"sha1:a9993e364706816aba3e25717850c26c9cd0d89d", DIGEST_EQUAL},
    {"SHA-1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", DIGEST_EQUAL},
    {"sha1:vgmt4nsha2awvor6evyxqugcnsonbwe5", DIGEST_EQUAL},
    {"sha1:qZk+NkcGgWq6PiVxeFDCbJzQ2J0=", DIGEST_EQUAL},
    {"md5:900150983cd24fb0d6963f7d28e17f72", DIGEST_EQUAL},
    {"sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", DIGEST_EQUAL},
    {"sha1:a9993e364706816aba3e25717850c26c9cd0d89e", DIGEST_OTHER},
    {"sha1:tooshort", DIGEST_UNKNOWN},
    {"sha1:!GMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", DIGEST_UNKNOWN},
    {"crc:12", DIGEST_UNKNOWN},
    {"", DIGEST_UNKNOWN},
    {":", DIGEST_UNKNOWN},
};

static void test_digests(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof digests / sizeof *digests; i++)
        assert_int_equal(digest_check(str_from(digests[i].told), STR("abc")), digests[i].result);
}

static void test_seen(void **state)
{
    (void)state;
    seen s = {0};
    char name[32];
    assert_int_equal(seen_find(&s, STR("a")), SEEN_NEVER);
    for (int i = 0; i < 2000; i++) {
        snprintf(name, sizeof name, "record %d", i);
        seen_add(&s, str_from(name), i % 2);
    }
    assert_int_equal(seen_find(&s, STR("record 1000")), SEEN_PASSED);
    assert_int_equal(seen_find(&s, STR("record 1001")), SEEN_READ);
    assert_int_equal(seen_find(&s, STR("record 2001")), SEEN_NEVER);
    seen_add(&s, (str){0}, true);
    assert_int_equal(seen_find(&s, (str){0}), SEEN_NEVER);
    seen_release(&s);
}

static void test_tally(void **state)
{
    (void)state;
    tally t = {.records = 9, .given = 3};
    error e;
    assert_false(tally_tell(&t, &e));
    for (int i = 0; i < 40; i++) {
        char label[16];
        snprintf(label, sizeof label, "image/x%d", i % 30);
        tally_pass(&t, TALLY_CONTENT, str_from(label));
    }
    tally_pass(&t, TALLY_REVISIT, STR("of what was read"));
    assert_true(tally_tell(&t, &e));
    assert_string_equal(
        e.message,
        "9 records, 3 read; passed over 40 of other content (image/x0 2, image/x1 2, image/x2 2, "
        "image/x3 2, others 32), 1 revisit (of what was read 1)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_heads),   cmocka_unit_test(test_a_head_ends_where_another_begins),
        cmocka_unit_test(test_values),  cmocka_unit_test(test_bodies),
        cmocka_unit_test(test_digests), cmocka_unit_test(test_seen),
        cmocka_unit_test(test_tally),
    };
    return cmocka_run_group_tests(tests, open_rules, close_rules);
}
