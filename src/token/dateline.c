#include "token/dateline.h"

#include "base/utf8.h"

enum { SHORTEST = 2, LONGEST = 18, TOWN_MIN = 3, REST_MIN = 3 };

static str form_of(const document *d, uint32_t i)
{
    return document_str(d, d->tokens.v[i].at);
}

static bool is_one_of(str s, const char *const *set, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(s, set[i])) return true;
    return false;
}

static bool is_dash(const document *d, uint32_t i)
{
    static const char *const set[] = {"-", "--", "---", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\x95"};
    return is_one_of(form_of(d, i), set, sizeof set / sizeof *set);
}

static bool is_upper(str s)
{
    uint32_t cp;
    for (size_t i = 0; i < s.len; i += utf8_decode(s, i, &cp))
        if (s.ptr[i] >= 'a' && s.ptr[i] <= 'z') return false;
    utf8_decode(s, 0, &cp);
    return s.len > 0 && utf8_is_upper(cp);
}

static bool begins_upper(str s)
{
    uint32_t cp;
    utf8_decode(s, 0, &cp);
    return utf8_is_upper(cp);
}

/* What a dateline holds outside of parentheses: names, months, numbers, commas. */
static bool may_stand(str s)
{
    static const char *const set[] = {",",  ".",  "/",  ":",  "'",  "-",  "--",
                                      "of", "de", "la", "el", "al", "and"};
    return begins_upper(s) || (s.ptr[0] >= '0' && s.ptr[0] <= '9')
           || is_one_of(s, set, sizeof set / sizeof *set);
}

static bool is_month(const token_rules *rules, const document *d, uint32_t i)
{
    str norm = d->tokens.v[i].norm;
    if (norm.len > 1 && norm.ptr[norm.len - 1] == '.') norm.len--;
    return lexicon_flags(rules, norm) & LEX_MONTH;
}

typedef struct parts {
    bool note, date; /* "(Reuters)", "Jan. 25" */
} parts;

static bool read_parts(const token_rules *rules, const document *d, uint32_t start, uint32_t end, parts *p)
{
    int depth = 0;
    for (uint32_t i = start; i < end; i++) {
        str s = form_of(d, i);
        p->date = p->date || is_month(rules, d, i);
        if (str_is(s, "(") && i > start) depth++, p->note = true;
        else if (str_is(s, ")") && depth) depth--;
        else if (!depth && !may_stand(s)) return false;
    }
    return depth == 0;
}

static bool is_weekday(str norm)
{
    static const char *const names[] = {"monday", "tuesday",  "wednesday", "thursday",
                                        "friday", "saturday", "sunday"};
    return is_one_of(norm, names, sizeof names / sizeof *names);
}

/* "14 Apr -", "March 12:", "Monday, 3 June 2024 -": the day that an entry of a chronicle begins with. */
static bool is_day(const token_rules *rules, const document *d, uint32_t start, uint32_t end)
{
    enum { DAY_TOKENS = 7 };
    bool month = false, number = false;
    if (end - start < SHORTEST || end - start > DAY_TOKENS) return false;
    for (uint32_t i = start; i < end; i++) {
        str s = form_of(d, i);
        if (is_month(rules, d, i)) month = true;
        else if (s.ptr[0] >= '0' && s.ptr[0] <= '9' && s.len <= 4) number = true;
        else if (!str_is(s, ",") && !str_is(s, ".") && !is_weekday(d->tokens.v[i].norm)) return false;
    }
    return month && number;
}

bool dateline_ends(const token_rules *rules, const document *d, uint32_t start, uint32_t i, uint32_t end)
{
    parts p = {0};
    if (i < start + SHORTEST || i > start + LONGEST || i + REST_MIN > end) return false;
    bool colon = str_is(form_of(d, i - 1), ":");
    if (!colon && !is_dash(d, i - 1)) return false;
    if (d->tokens.v[i].space_before && is_day(rules, d, start, i - 1)) return true;
    if (colon) return false;
    str town = form_of(d, start), next = form_of(d, i);
    if (!begins_upper(town) || town.len < TOWN_MIN || !d->tokens.v[i].space_before) return false;
    if (!read_parts(rules, d, start, i - 1, &p)) return false;
    if (next.ptr[0] >= 'a' && next.ptr[0] <= 'z') return false;
    if (p.note || p.date) return true;
    /* A town alone must stand out in capitals, and the sentence must begin like one. */
    return is_upper(town) && begins_upper(next) && !is_upper(next) && !is_month(rules, d, i)
           && d->tokens.v[i - 1].space_before;
}
