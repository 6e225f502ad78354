#include "token/layout.h"

#include "base/utf8.h"
#include "token/dateline.h"
#include "token/scan.h"

typedef struct spot {
    const token_rules *rules;
    const document *d;
    uint32_t start, i, end;
} spot;

static str form_of(const spot *p, uint32_t i)
{
    return document_str(p->d, p->d->tokens.v[i].at);
}

static str norm_of(const spot *p, uint32_t i)
{
    return p->d->tokens.v[i].norm;
}

static bool made_of(str s, const char *set)
{
    for (size_t i = 0; i < s.len; i++)
        if (!strchr(set, s.ptr[i])) return false;
    return s.len > 0;
}

static bool is_number(str s)
{
    return made_of(s, "0123456789");
}

/* "The", "A", but not "GMT". */
static bool is_capitalised(const spot *p, uint32_t i)
{
    str s = form_of(p, i);
    uint32_t cp;
    size_t n = utf8_decode(s, 0, &cp);
    if (!utf8_is_upper(cp)) return false;
    if (n == s.len) return true;
    utf8_decode(s, n, &cp);
    return !utf8_is_upper(cp);
}

static bool has_flag(const spot *p, uint32_t i, uint32_t flag)
{
    return (lexicon_flags(p->rules, norm_of(p, i)) & flag) != 0;
}

/* ---- what ends before i -------------------------------------------------------------------- */

static bool is_drawn_line(str s)
{
    enum { LINE_MIN = 5 };
    return s.len >= LINE_MIN && made_of(s, "-=_*~#");
}

static bool is_address(str s)
{
    size_t at = str_find(s, STR("@"), 1);
    bool mail = at < s.len && str_find(s, STR("."), at) < s.len;
    return mail || str_find(s, STR("://"), 0) < s.len || (str_starts(s, STR("www.")) && s.len > 4);
}

static bool is_face(const spot *p, uint32_t i)
{
    char c = form_of(p, i).ptr[0];
    return (c == ':' || c == ';' || c == '=' || c == '^') && has_flag(p, i, LEX_EMOTICON);
}

/* "08:02", "8:02:15". */
static bool is_clock(str s)
{
    return s.len >= 4 && s.len <= 8 && made_of(s, "0123456789:") && memchr(s.ptr, ':', s.len);
}

/* "03/15/2015", "2015-03-15", "15.03.2015" */
static bool is_date(str s)
{
    return s.len >= 6 && made_of(s, "0123456789/-.") && s.ptr[0] >= '0' && s.ptr[0] <= '9';
}

/* A time stamp ends before i: "03/15/2015 08:02 PM", "15.03.2015 20:02". */
static bool behind_stamp(const spot *p)
{
    uint32_t at = p->i - 1;
    bool half = at > p->start && (str_is(norm_of(p, at), "am") || str_is(norm_of(p, at), "pm"));
    if (half) at--;
    if (at == p->start || !is_clock(form_of(p, at))) return false;
    return half || is_date(form_of(p, at - 1));
}

static bool ends_before(const spot *p)
{
    str last = form_of(p, p->i - 1);
    char c = last.ptr[0];
    if (is_drawn_line(last)) return true;
    if (!p->d->tokens.v[p->i].space_before) return false;
    if (last.len > 6 && is_address(last)) return is_capitalised(p, p->i) || is_address(form_of(p, p->i));
    bool digit = c >= '0' && c <= '9', meridian = last.len == 2 && (last.ptr[1] | 32) == 'm';
    if ((digit && last.len >= 4) || meridian)
        return behind_stamp(p) && is_capitalised(p, p->i) && !has_flag(p, p->i, LEX_ZONE);
    return is_face(p, p->i - 1) && is_capitalised(p, p->i);
}

/* ---- what begins at i ---------------------------------------------------------------------- */

static bool is_pictograph(str s)
{
    uint32_t cp;
    utf8_decode(s, 0, &cp);
    return (cp >= 0x1F000 && cp <= 0x1FAFF) || (cp >= 0x2600 && cp <= 0x27BF) || cp == 0x203C
           || cp == 0x2B50 || cp == 0x2049;
}

static bool is_bullet(str s)
{
    static const char *const bullets[] = {"\u2022", "\u2023", "\u25AA", "\u25AB", "\u25CF",
                                          "\u25CB", "\u25A0", "\u25B6", "\u25BA", "\u25C6",
                                          "\u25E6", "\u27A4", "\u2756"};
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++)
        if (str_is(s, bullets[i])) return true;
    return false;
}

/* Signs that may stand before each item of a list. */
static bool may_be_bullet(str s)
{
    static const char *const set[] = {"*", "-", "--", ">", "\u2013", "\u2014", "\u00B7", "\u00BB", "+"};
    for (size_t i = 0; i < sizeof set / sizeof *set; i++)
        if (str_is(s, set[i])) return true;
    return false;
}

/* Dashes stand within sentences too: an item before one has to look finished. */
static bool ends_item(str last, str sign)
{
    bool dash = str_is(sign, "-") || str_is(sign, "--") || sign.len == 3;
    return !dash || str_is(last, ";") || str_is(last, ",") || str_is(last, "and") || str_is(last, "or");
}

/* A sign before a capital or number, as at the sentence's start. */
static bool is_next_item(const spot *p)
{
    enum { ITEM_MIN = 3 };
    str sign = form_of(p, p->i), first = form_of(p, p->start);
    if (!p->d->tokens.v[p->i].space_before || p->i + 1 >= p->end) return false;
    bool pictograph = is_pictograph(sign) && !is_pictograph(form_of(p, p->i - 1));
    bool word =
        is_capitalised(p, p->i + 1) || is_number(form_of(p, p->i + 1))
        || (form_of(p, p->i + 1).len > 1 && utf8_is_upper((unsigned char)form_of(p, p->i + 1).ptr[0]));
    if (!word) return false;
    if (is_bullet(sign)) return true;
    if (pictograph && is_pictograph(first)) return true;
    return may_be_bullet(sign) && str_eq(sign, first) && p->i - p->start >= ITEM_MIN
           && p->d->tokens.v[p->i + 1].space_before && ends_item(norm_of(p, p->i - 1), sign);
}

/* "2." or "2)" where the sentence began with "1." or "1)". */
static bool is_next_number(const spot *p)
{
    int64_t now, was;
    if (p->i + 2 >= p->end || p->i - p->start < 3 || form_of(p, p->i).len > 2) return false;
    if (!str_to_int(form_of(p, p->i), &now) || !str_to_int(form_of(p, p->start), &was)) return false;
    str mark = form_of(p, p->i + 1);
    return now == was + 1 && (str_is(mark, ".") || str_is(mark, ")"))
           && str_eq(mark, form_of(p, p->start + 1)) && !p->d->tokens.v[p->i + 1].space_before
           && p->d->tokens.v[p->i + 2].space_before;
}

static bool is_header(const spot *p, uint32_t i)
{
    return i + 1 < p->end && str_is(form_of(p, i + 1), ":") && has_flag(p, i, LEX_HEADER)
           && is_capitalised(p, i);
}

bool layout_begins(const token_rules *rules, const document *d, uint32_t start, uint32_t i, uint32_t end)
{
    spot p = {rules, d, start, i, end};
    char c = form_of(&p, i).ptr[0];
    if (ends_before(&p) || dateline_ends(rules, d, start, i, end)) return true;
    if (c >= '0' && c <= '9') return is_next_number(&p);
    if (c >= 'A' && c <= 'Z') return is_header(&p, i) && is_header(&p, start);
    return (c < 'a' || c > 'z') && is_next_item(&p);
}
