/* reading: what the tests of this stage share: rules opened once, documents read from bytes, blocks shown. */
#ifndef SITREP_TESTS_READING_H
#define SITREP_TESTS_READING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "read/read.h"

static arena tables;
static read_rules *rules;

static int open_rules(void **state)
{
    (void)state;
    error e;
    arena_init(&tables, 0);
    rules = read_rules_open(&tables, STR(SOURCE_ROOT "/codebooks"), &e);
    return rules ? 0 : -1;
}

static int close_rules(void **state)
{
    (void)state;
    arena_release(&tables);
    return 0;
}

/* "T title|P paragraph|I item|C caption|N notice|F another language", each with its first `width` bytes. */
static inline str blocks_of(const document *d, size_t width)
{
    str out = {"", 0};
    for (size_t i = 0; i < d->blocks.n; i++) {
        str s = document_str(d, d->blocks.v[i].at);
        if (s.len > width) s.len = width;
        out = arena_format(d->arena, "%.*s%s%c %.*s", (int)out.len, out.ptr, i ? "|" : "",
                           "TPICNF"[d->blocks.v[i].kind], (int)s.len, s.ptr);
    }
    return out;
}

/* Text valid, without NUL; blocks inside it, in order, apart; runs in order, inside the bytes. */
static inline void check_document(const document *d, size_t raw_len)
{
    assert_int_equal(utf8_valid_prefix(d->text), d->text.len);
    if (d->text.len) assert_null(memchr(d->text.ptr, 0, d->text.len));
    uint32_t at = 0;
    for (size_t i = 0; i < d->blocks.n; i++) {
        assert_true(d->blocks.v[i].at.len > 0);
        assert_true(d->blocks.v[i].at.start >= at);
        at = span_end(d->blocks.v[i].at);
        assert_true(at <= d->text.len);
    }
    for (size_t i = 0; i < d->raw_runs.n; i++) {
        assert_true(i == 0 ? d->raw_runs.v[i].text_start == 0
                           : d->raw_runs.v[i].text_start > d->raw_runs.v[i - 1].text_start);
        assert_true(d->raw_runs.v[i].raw_start <= raw_len || d->raw_runs.v[i].raw_start == RAW_NONE);
    }
    assert_int_equal(strlen(d->sha256), 64);
    assert_true(d->id.len > 0);
}

static inline uint32_t random_number(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

/* A copy that ends where its memory ends, so that reading past it is seen. The caller frees ptr. */
static inline str exact_copy(str s)
{
    char *p = malloc(s.len ? s.len : 1);
    if (s.len) memcpy(p, s.ptr, s.len);
    return (str){p, s.len};
}

#endif
