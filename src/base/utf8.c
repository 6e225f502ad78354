#include "base/utf8.h"

size_t utf8_decode(str s, size_t at, uint32_t *cp)
{
    const unsigned char *p = (const unsigned char *)s.ptr + at;
    size_t left = s.len - at;
    static const uint32_t lowest[5] = {0, 0, 0x80, 0x800, 0x10000};
    if (p[0] < 0x80) return *cp = p[0], 1;
    size_t n = p[0] >= 0xF0 && p[0] < 0xF5 ? 4 : p[0] >= 0xE0 ? 3 : p[0] >= 0xC2 ? 2 : 0;
    *cp = 0xFFFD;
    if (n == 0 || n > left || p[0] >= 0xF5) return 1;
    uint32_t c = p[0] & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80) return 1;
        c = c << 6 | (p[i] & 0x3F);
    }
    if (c < lowest[n] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return 1;
    *cp = c;
    return n;
}

size_t utf8_put(uint32_t cp, char *out)
{
    if (cp < 0x80) return out[0] = (char)cp, 1;
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

/* Bytes of ASCII from `at` on, in steps of eight. */
static size_t ascii_run(str s, size_t at)
{
    size_t start = at;
    for (uint64_t eight; s.len - at >= sizeof eight; at += sizeof eight) {
        memcpy(&eight, s.ptr + at, sizeof eight);
        if (eight & 0x8080808080808080u) break;
    }
    return at - start;
}

size_t utf8_valid_prefix(str s)
{
    uint32_t cp;
    size_t at = 0;
    while (at < s.len) {
        at += ascii_run(s, at);
        if (at >= s.len) break;
        size_t n = utf8_decode(s, at, &cp);
        if (n == 1 && (unsigned char)s.ptr[at] >= 0x80) return at;
        at += n;
    }
    return s.len;
}

size_t utf8_count(str s)
{
    uint32_t cp;
    size_t n = 0;
    for (size_t at = 0; at < s.len; n++) at += utf8_decode(s, at, &cp);
    return n;
}

bool utf8_is_letter(uint32_t cp)
{
    if (cp < 0x80) return (cp | 32) >= 'a' && (cp | 32) <= 'z';
    if (cp < 0xC0) return cp == 0xAA || cp == 0xB5 || cp == 0xBA;
    if (cp == 0xD7 || cp == 0xF7) return false;
    if (cp >= 0x2000 && cp <= 0x2BFF) return false; /* punctuation, symbols, arrows */
    if (cp >= 0x3000 && cp <= 0x3004) return false;
    return cp < 0xE000 || (cp > 0xF8FF && cp != 0xFFFD && cp != 0xFEFF);
}

uint32_t utf8_lower(uint32_t cp)
{
    if (cp < 0x80) return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
    if (cp >= 0xC0 && cp <= 0xDE && cp != 0xD7) return cp + 32;
    if (cp >= 0x100 && cp <= 0x17F) {
        if (cp == 0x130) return 'i';
        if (cp == 0x178) return 0xFF;
        bool odd_is_upper = (cp >= 0x139 && cp <= 0x148) || (cp >= 0x179 && cp <= 0x17E);
        if (cp == 0x138 || cp == 0x149 || cp == 0x17F) return cp;
        return odd_is_upper == (cp & 1) ? cp + 1 : cp;
    }
    if (cp >= 0x391 && cp <= 0x3A9) return cp + 32;
    if (cp >= 0x410 && cp <= 0x42F) return cp + 32;
    if (cp >= 0x400 && cp <= 0x40F) return cp + 80;
    if (cp >= 0x460 && cp <= 0x52F) return cp & 1 || (cp >= 0x482 && cp <= 0x48A) ? cp : cp + 1;
    if (cp >= 0x1E00 && cp <= 0x1EFF) return cp & 1 || (cp >= 0x1E96 && cp <= 0x1E9F) ? cp : cp + 1;
    return cp;
}

bool utf8_is_upper(uint32_t cp)
{
    return utf8_lower(cp) != cp;
}

bool utf8_is_space(uint32_t cp)
{
    return cp == ' ' || (cp >= 9 && cp <= 13) || cp == 0x85 || cp == 0xA0 || cp == 0x1680
           || (cp >= 0x2000 && cp <= 0x200B) || cp == 0x2028 || cp == 0x2029 || cp == 0x202F || cp == 0x205F
           || cp == 0x3000 || cp == 0xFEFF;
}

static uint32_t plain(uint32_t cp)
{
    switch (cp) {
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x02BC:
    case 0x02BB:
    case 0x02BF:
    case 0x02BE:
    case 0x60:
    case 0xB4:
    case 0x2032: return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0xAB:
    case 0xBB:
    case 0x2033: return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212: return '-';
    default: return utf8_is_space(cp) ? ' ' : utf8_lower(cp);
    }
}

str utf8_fold(arena *a, str s)
{
    char *out = arena_new(a, char, s.len + 4);
    size_t n = 0;
    uint32_t cp;
    for (size_t at = 0; at < s.len;) {
        at += utf8_decode(s, at, &cp);
        if (n + 4 > s.len + 4) break;
        n += utf8_put(plain(cp), out + n);
    }
    return (str){out, n};
}
