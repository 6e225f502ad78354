#include <unicode/uchar.h>
#include <unicode/ustring.h>

#include <stdlib.h>

#include "base/utf8.h"
#include "score/facts.h"

/* Part of what the measure is, so that figures stay comparable: no table for anybody to change. */
static const char *const common[] = {"the", "a",   "an", "of",  "in",    "on",  "at",  "to",  "by",
                                     "for", "and", "s",  "its", "their", "his", "her", "said"};

static bool is_common(str word)
{
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (str_is(word, common[i])) return true;
    return false;
}

static bool is_ascii(str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] >= 0x80) return false;
    return true;
}

/* Full lower case of Unicode (final sigma, dotted I), in the root locale. */
static str lower(arena *a, str s)
{
    UErrorCode status = U_ZERO_ERROR;
    char *bytes = arena_new(a, char, s.len * 3 + 1);
    if (is_ascii(s)) {
        for (size_t i = 0; i < s.len; i++) bytes[i] = (char)u_tolower((UChar32)s.ptr[i]);
        return (str){bytes, s.len};
    }
    if (s.len > INT32_MAX / 4) return s;
    int32_t room = (int32_t)s.len * 3 + 1, n = 0, len = 0;
    UChar *wide = arena_new(a, UChar, s.len + 1), *small = arena_new(a, UChar, (size_t)room);
    u_strFromUTF8WithSub(wide, (int32_t)s.len + 1, &n, s.ptr, (int32_t)s.len, 0xFFFD, NULL, &status);
    n = u_strToLower(small, room, wide, n, "", &status);
    u_strToUTF8WithSub(bytes, room, &len, small, n, 0xFFFD, NULL, &status);
    return U_SUCCESS(status) ? (str){bytes, (size_t)len} : s;
}

static bool is_word(uint32_t cp)
{
    return cp == '_' || (U_GET_GC_MASK((UChar32)cp) & (U_GC_L_MASK | U_GC_N_MASK));
}

static uint32_t number_of(vocabulary *v, str word)
{
    map_slot *slot = map_put(v->a, &v->numbers, word);
    if (slot->value == MAP_NONE) slot->value = (uint32_t)v->numbers.n;
    return slot->value;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

word_set words_of(vocabulary *v, str phrase)
{
    ARRAY(uint32_t) found = {0};
    str s = lower(v->a, phrase);
    uint32_t cp;
    for (size_t i = 0; i < s.len;) {
        size_t from = i, n = 0;
        while (i < s.len && (n = utf8_decode(s, i, &cp), is_word(cp))) i += n;
        str word = str_part(s, from, i - from);
        if (word.len && !is_common(word)) *array_push(v->a, &found) = number_of(v, word);
        if (i < s.len) i += n;
    }
    if (!found.n) *array_push(v->a, &found) = number_of(v, s);
    qsort(found.v, found.n, sizeof *found.v, by_number);
    size_t n = 1;
    for (size_t i = 1; i < found.n; i++)
        if (found.v[i] != found.v[n - 1]) found.v[n++] = found.v[i];
    return (word_set){found.v, n};
}

bool words_alike(word_set a, word_set b)
{
    size_t both = 0;
    for (size_t i = 0, k = 0; i < a.n && k < b.n;) {
        both += a.v[i] == b.v[k];
        uint32_t x = a.v[i], y = b.v[k];
        i += x <= y;
        k += y <= x;
    }
    return 4 * both >= a.n + b.n;
}
