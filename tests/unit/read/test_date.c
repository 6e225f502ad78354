#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/sha256.h"
#include "read/read.h"

static void dates_of_publication_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text, *day;
    } rows[] = {
        {"2019-11-14", "2019-11-14"},
        {"2019-11-14T10:00:00+02:00", "2019-11-14"},
        {"2019/11/14", "2019-11-14"},
        {"20191114", "2019-11-14"},
        {"20191114T101500Z", "2019-11-14"},
        {"14 November 2019", "2019-11-14"},
        {"14th of November, 2019", "2019-11-14"},
        {"Nov. 14, 2019", "2019-11-14"},
        {"November 14th 2019 at 5:30 pm", "2019-11-14"},
        {"Thu, 14 Nov 2019 10:00:00 GMT", "2019-11-14"},
        {"Published: Thursday, November 14, 2019", "2019-11-14"},
        {"Last updated at Nov 142019", "2019-11-14"},
        {"14/11/2019", "2019-11-14"},
        {"11/14/2019", "2019-11-14"},
        {"14.11.2019", "2019-11-14"},
        {"28-04-2016", "2016-04-28"},
        {"18:41 14 Nov 2019", "2019-11-14"},
        {"29 Feb 2020", "2020-02-29"},
        {"30 Feb 2020", NULL},
        {"November 2019", NULL},
        {"14 November", NULL},
        {"2019", NULL},
        {"the army left on 14 November 2019", NULL},
        {"99999999999999", NULL},
        {"", NULL},
        {"2019-13-01", NULL},
        {"1/2/3/4", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        civil_date d = {0};
        char shown[32] = "";
        if (read_date(str_from(rows[i].text), &d))
            snprintf(shown, sizeof shown, "%04d-%02d-%02d", d.year, d.month, d.day);
        if (strcmp(shown, rows[i].day ? rows[i].day : ""))
            fail_msg("\"%s\" gives \"%s\"", rows[i].text, shown);
    }
}

static void digests_are_those_of_the_standard(void **state)
{
    (void)state;
    char hex[65];
    sha256_hex(STR(""), hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    sha256_hex(STR("abc"), hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    sha256_hex(STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"), hex);
    assert_string_equal(hex, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_of_publication_are_read),
        cmocka_unit_test(digests_are_those_of_the_standard),
    };
    return cmocka_run_group_tests_name("read/date", tests, NULL, NULL);
}
