/* str: a view of bytes that somebody else owns.
 * In: nothing. Out: comparisons and searches that never read past `len`.
 * A view with `ptr == NULL` is "not given"; an empty view with a pointer is "given and empty". */
#ifndef SITREP_BASE_STR_H
#define SITREP_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct str {
    const char *ptr;
    size_t len;
} str;

#define STR(literal) ((str){(literal), sizeof(literal) - 1})

static inline str str_from(const char *c)
{
    return (str){c, c ? strlen(c) : 0};
}

static inline bool str_eq(str a, str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool str_is(str a, const char *c)
{
    return str_eq(a, str_from(c));
}

static inline bool str_starts(str a, str prefix)
{
    return a.len >= prefix.len && (prefix.len == 0 || memcmp(a.ptr, prefix.ptr, prefix.len) == 0);
}

static inline bool str_ends(str a, str suffix)
{
    return a.len >= suffix.len
           && (suffix.len == 0 || memcmp(a.ptr + a.len - suffix.len, suffix.ptr, suffix.len) == 0);
}

/* The part of `a` from `start`, at most `len` bytes; clipped to `a`. */
static inline str str_part(str a, size_t start, size_t len)
{
    if (start > a.len) start = a.len;
    if (len > a.len - start) len = a.len - start;
    return (str){a.ptr ? a.ptr + start : NULL, len};
}

/* Orders bytewise; a prefix sorts before what it begins. */
int str_compare(str a, str b);

/* `a` without ASCII white space at both ends. */
str str_trim(str a);

/* Position of `needle` in `a` at or after `from`, or a.len + 1 where it is not. */
size_t str_find(str a, str needle, size_t from);

/* Cuts the piece before the first `sep` off *rest and returns it trimmed; the whole of *rest where
 * there is none. Call until rest->ptr is NULL. */
str str_cut(str *rest, char sep);

/* ASCII letters compared without case. */
bool str_eq_nocase(str a, str b);

/* A decimal integer that fills the whole view; false if it is none or does not fit. */
bool str_to_int(str a, int64_t *value);

/* 64-bit FNV-1a. */
uint64_t str_hash(str a);

#endif
