#include "token/mend.h"

#include "base/utf8.h"

/* ---- the table --------------------------------------------------------------------------------- */

static uint32_t hex_digit(char c)
{
    if (c >= '0' && c <= '9') return (uint32_t)(c - '0');
    return c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10 : 16;
}

/* "\u00a0": the number of the character at `at`, 0 = none is spelled there. */
static uint32_t spelled_at(str s, size_t at)
{
    enum { DIGITS = 4 };
    str spelled = str_part(s, at, 2 + DIGITS);
    uint32_t cp = 0, digit;
    if (spelled.len < 2 + DIGITS || !str_starts(spelled, STR("\\u"))) return 0;
    for (size_t i = 2; i < spelled.len; i++, cp = cp << 4 | digit)
        if ((digit = hex_digit(spelled.ptr[i])) > 15) return 0;
    return cp;
}

/* A copy with the characters that are spelled by number. */
static str unspelled(arena *a, str s)
{
    char *out = arena_new(a, char, s.len + 1);
    size_t n = 0;
    for (size_t at = 0; at < s.len;) {
        uint32_t cp = spelled_at(s, at);
        if (cp) n += utf8_put(cp, out + n), at += 6;
        else out[n++] = s.ptr[at++];
    }
    return (str){out, n};
}

static bool add_pair(arena *a, mend_table *t, str sequence, str meant)
{
    uint32_t cp;
    bool one = meant.len && utf8_decode(meant, 0, &cp) == meant.len;
    if (!one || sequence.len < 2 || sequence.len < meant.len) return false;
    map_put(a, &t->meant, sequence)->value = cp;
    t->first[(unsigned char)sequence.ptr[0]] = t->second[(unsigned char)sequence.ptr[1]] = true;
    if (sequence.len > t->longest) t->longest = sequence.len;
    return true;
}

static str next_word(str *rest)
{
    str word = str_cut(rest, ' ');
    while (!word.len && rest->ptr) word = str_cut(rest, ' ');
    return word;
}

bool mend_add(arena *a, mend_table *t, str pairs)
{
    while (pairs.ptr) {
        str sequence = unspelled(a, next_word(&pairs)), meant = unspelled(a, next_word(&pairs));
        if (!add_pair(a, t, sequence, meant)) return false;
    }
    return true;
}

/* ---- the text ---------------------------------------------------------------------------------- */

/* Bytes of the longest damaged sequence at `at`, 0 = none; *meant is its character. */
static size_t damaged_at(const mend_table *t, str text, size_t at, uint32_t *meant)
{
    size_t left = text.len - at;
    for (size_t n = left < t->longest ? left : t->longest; n >= 2; n--)
        if ((*meant = map_get(&t->meant, str_part(text, at, n))) != MAP_NONE) return n;
    return 0;
}

/* The next damaged sequence from *at on, which becomes its place; its bytes, 0 = none is left. */
static size_t next_damaged(const mend_table *t, str text, size_t *at, uint32_t *meant)
{
    for (size_t i = *at, n; i + 1 < text.len; i++) {
        if (!t->first[(unsigned char)text.ptr[i]] || !t->second[(unsigned char)text.ptr[i + 1]]) continue;
        if ((n = damaged_at(t, text, i, meant))) return *at = i, n;
    }
    return 0;
}

static void plain_append(str *plain, char *room, str words)
{
    memcpy(room + plain->len, words.ptr, words.len);
    plain->len += words.len;
}

void mend_run(const mend_table *t, document *d)
{
    size_t at = 0, behind = 0, len;
    uint32_t meant;
    char *room = NULL, mark[4];
    while ((len = next_damaged(t, d->text, &at, &meant))) {
        if (!room) d->plain.ptr = room = arena_new(d->arena, char, d->text.len + 1);
        plain_append(&d->plain, room, str_part(d->text, behind, at - behind));
        span from = {(uint32_t)at, (uint32_t)len}, to = {(uint32_t)d->plain.len, 0};
        to.len = (uint32_t)utf8_put(meant, mark);
        plain_append(&d->plain, room, (str){mark, to.len});
        *array_push(d->arena, &d->mends) = (mend){{from, to}};
        behind = at = at + len;
    }
    if (room) plain_append(&d->plain, room, str_part(d->text, behind, d->text.len));
}
