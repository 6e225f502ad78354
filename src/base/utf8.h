/* utf8: decoding, counting and folding of UTF-8 (RFC 3629). */
#ifndef SITREP_BASE_UTF8_H
#define SITREP_BASE_UTF8_H

#include "base/arena.h"

/* Decodes the code point at `s.ptr[at]` into *cp and returns its length in bytes (1 to 4).
 * A malformed byte gives U+FFFD and length 1. `at` must be below s.len. */
size_t utf8_decode(str s, size_t at, uint32_t *cp);

/* Writes `cp` to `out` (room for 4 bytes) and returns the number of bytes. */
size_t utf8_put(uint32_t cp, char *out);

/* Position of the first malformed byte, or s.len where all is well. */
size_t utf8_valid_prefix(str s);

/* Number of code points; a malformed byte counts as one. */
size_t utf8_count(str s);

/* Letter classes for the scripts that reports in English meet: Latin, Greek, Cyrillic; letters of
 * other scripts are letters without case. */
bool utf8_is_letter(uint32_t cp);
bool utf8_is_upper(uint32_t cp);
uint32_t utf8_lower(uint32_t cp);

/* Unicode white space, the no-break and zero-width spaces included. */
bool utf8_is_space(uint32_t cp);

/* Lower case, typographic quotes and dashes made plain; the same length or shorter. For matching words
 * against codebooks; diacritics stay. */
str utf8_fold(arena *a, str s);

#endif
