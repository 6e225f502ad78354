#include "base/str.h"

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

int str_compare(str a, str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n ? memcmp(a.ptr, b.ptr, n) : 0;
    if (order) return order;
    return (a.len > b.len) - (a.len < b.len);
}

str str_trim(str a)
{
    while (a.len && is_space(a.ptr[0])) a.ptr++, a.len--;
    while (a.len && is_space(a.ptr[a.len - 1])) a.len--;
    return a;
}

size_t str_find(str a, str needle, size_t from)
{
    if (needle.len == 0) return from <= a.len ? from : a.len + 1;
    while (from + needle.len <= a.len) {
        const char *hit = memchr(a.ptr + from, needle.ptr[0], a.len - needle.len - from + 1);
        if (!hit) break;
        if (memcmp(hit, needle.ptr, needle.len) == 0) return (size_t)(hit - a.ptr);
        from = (size_t)(hit - a.ptr) + 1;
    }
    return a.len + 1;
}

str str_cut(str *rest, char sep)
{
    const char *hit = rest->len ? memchr(rest->ptr, sep, rest->len) : NULL;
    str piece = *rest;
    if (hit) {
        piece.len = (size_t)(hit - rest->ptr);
        *rest = str_part(*rest, piece.len + 1, rest->len);
    } else {
        *rest = (str){NULL, 0};
    }
    return str_trim(piece);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool str_eq_nocase(str a, str b)
{
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower(a.ptr[i]) != lower(b.ptr[i])) return false;
    return true;
}

bool str_to_int(str a, int64_t *value)
{
    bool negative = a.len && a.ptr[0] == '-';
    size_t i = negative ? 1 : 0;
    if (i == a.len) return false;
    int64_t v = 0;
    for (; i < a.len; i++) {
        if (a.ptr[i] < '0' || a.ptr[i] > '9') return false;
        if (v > (INT64_MAX - 9) / 10) return false;
        v = v * 10 + (a.ptr[i] - '0');
    }
    *value = negative ? -v : v;
    return true;
}

uint64_t str_hash(str a)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < a.len; i++) h = (h ^ (unsigned char)a.ptr[i]) * 1099511628211u;
    return h;
}
