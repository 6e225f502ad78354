/* A model file that is damaged in any way is refused with its cause. The shipped file serves as the good one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "model/layout.h"
#include "model/model.h"
#include "syntax/features.h"
#include "syntax/syntax.h"

static const char damaged_path[] = "damaged.model";

static str good_bytes(arena *a)
{
    str bytes;
    error e;
    assert_true(os_read_file(a, str_from(SOURCE_ROOT "/models/en.model"), &bytes, &e));
    return bytes;
}

static void write_file(const char *bytes, size_t len)
{
    FILE *f = fopen(damaged_path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, len, f), len);
    assert_int_equal(fclose(f), 0);
}

static void refuses(const char *bytes, size_t len, const char *cause)
{
    error e = {0};
    write_file(bytes, len);
    assert_null(syntax_model_open(str_from(damaged_path), &e));
    assert_int_equal(e.code, SITREP_BAD_MODEL);
    assert_non_null(strstr(e.message, cause));
    assert_string_equal(e.where, damaged_path);
}

static void the_good_file_opens(void **state)
{
    (void)state;
    error e = {0};
    model m;
    size_t len = 0;
    assert_true(model_open(&m, str_from(SOURCE_ROOT "/models/en.model"), FEATURE_SET, &e));
    assert_true(str_is(model_meta(&m, STR("language")), "en"));
    assert_int_equal(model_meta(&m, STR("no such key")).len, 0);
    assert_non_null(model_find(&m, "net", &len));
    assert_null(model_find(&m, "nothing", &len));
    assert_null(model_need(&m, "net", len + 1, &e));
    model_close(&m);
    assert_false(model_open(&m, str_from(SOURCE_ROOT "/models/en.model"), FEATURE_SET + 1, &e));
    assert_non_null(strstr(e.message, "features"));
}

static void truncated_files_are_refused(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    str good = good_bytes(&a);
    const size_t lengths[] = {
        0, 1, 7, sizeof(model_header) - 1, sizeof(model_header), 1000, good.len / 2, good.len - 1};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
        refuses(good.ptr, lengths[i], lengths[i] < sizeof(model_header) ? "not a model" : "cut short");
    arena_release(&a);
}

static void changed_bytes_are_refused(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    str good = good_bytes(&a);
    char *bytes = arena_new(&a, char, good.len);
    memcpy(bytes, good.ptr, good.len);
    const struct {
        size_t at;
        const char *cause;
    } cases[] = {{0, "not a model"},
                 {offsetof(model_header, order), "byte order"},
                 {offsetof(model_header, version), "version"},
                 {offsetof(model_header, size_bytes), "cut short"},
                 {sizeof(model_header) + 3, "checksum"},
                 {good.len / 3, "checksum"},
                 {good.len - 1, "checksum"},
                 {offsetof(model_header, feature_set), "features"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bytes[cases[i].at] ^= 0x10;
        refuses(bytes, good.len, cases[i].cause);
        bytes[cases[i].at] ^= 0x10;
    }
    arena_release(&a);
}

/* Sections that point anywhere, under a checksum that is right. */
static void bad_tables_of_contents_are_refused(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    str good = good_bytes(&a);
    char *bytes = (char *)arena_new(&a, max_align_t, good.len / sizeof(max_align_t) + 1);
    for (size_t at = sizeof(model_header); at < sizeof(model_header) + 40 * sizeof(model_entry); at += 5) {
        error e = {0};
        memcpy(bytes, good.ptr, good.len);
        bytes[at] ^= (char)0x81;
        model_header *h = (model_header *)(void *)bytes;
        h->checksum = model_checksum((unsigned char *)bytes + sizeof *h, good.len - sizeof *h);
        write_file(bytes, good.len);
        syntax_model *m = syntax_model_open(str_from(damaged_path), &e);
        if (!m) assert_int_equal(e.code, SITREP_BAD_MODEL);
        syntax_model_close(m);
    }
    arena_release(&a);
}

static int remove_file(void **state)
{
    (void)state;
    return remove(damaged_path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_good_file_opens),
        cmocka_unit_test(truncated_files_are_refused),
        cmocka_unit_test(changed_bytes_are_refused),
        cmocka_unit_test(bad_tables_of_contents_are_refused),
    };
    return cmocka_run_group_tests_name("model/model", tests, NULL, remove_file);
}
