#include "read/date.h"

/* ---- pieces ------------------------------------------------------------------------------ */

typedef struct cursor {
    str s;
    size_t at;
} cursor;

static char peek(const cursor *c)
{
    return c->at < c->s.len ? c->s.ptr[c->at] : 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_alpha(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* White space (a no-break space too) and the given signs. */
static void skip(cursor *c, const char *signs)
{
    while (c->at < c->s.len) {
        char x = c->s.ptr[c->at];
        if (x == ' ' || x == '\t' || x == '\n' || x == '\r' || (x && strchr(signs, x))) c->at++;
        else if (x == '\xC2' && c->at + 1 < c->s.len && c->s.ptr[c->at + 1] == '\xA0') c->at += 2;
        else break;
    }
}

/* Up to `max` digits; the number of them. */
static size_t digits(cursor *c, size_t max, int *value)
{
    size_t n = 0;
    *value = 0;
    while (n < max && is_digit(peek(c))) {
        *value = *value * 10 + (peek(c) - '0');
        c->at++;
        n++;
    }
    return n;
}

static str word(cursor *c)
{
    size_t start = c->at;
    while (is_alpha(peek(c))) c->at++;
    return str_part(c->s, start, c->at - start);
}

static bool is_prefix_nocase(str name, str prefix)
{
    return prefix.len <= name.len && str_eq_nocase(str_part(name, 0, prefix.len), prefix);
}

/* 1 to 12 for the name of a month or its first letters (three or more), with or without full stop. */
static int month(cursor *c)
{
    static const char *const names[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};
    cursor save = *c;
    str w = word(c);
    for (int m = 0; m < 12 && w.len >= 3; m++)
        if (is_prefix_nocase(str_from(names[m]), w)) {
            if (peek(c) == '.') c->at++;
            return m + 1;
        }
    *c = save;
    return 0;
}

static bool finish(int year, int m, int day, civil_date *d)
{
    static const int lengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < 1800 || year > 2200 || m < 1 || m > 12 || day < 1 || day > lengths[m - 1]) return false;
    *d = (civil_date){(int16_t)year, (uint8_t)m, (uint8_t)day};
    return true;
}

/* Four digits; with `short_years` two ("89", "'05"). */
static bool year_of(cursor *c, bool short_years, int *year)
{
    cursor save = *c;
    if (peek(c) == '\'') c->at++;
    size_t n = digits(c, 4, year);
    if (n == 2 && short_years) *year += *year >= 50 ? 1900 : 2000;
    else if (n != 4) return *c = save, false;
    return !is_digit(peek(c));
}

/* ---- forms ------------------------------------------------------------------------------- */

/* "2019-11-14", "2019/11/14", "20191114", "28-04-2016", "4/28/2016" */
static bool numeric(cursor *c, civil_date *d)
{
    int a, b, y;
    cursor start = *c;
    if (digits(c, 9, &a) == 8 && !is_digit(peek(c)) && finish(a / 10000, a / 100 % 100, a % 100, d))
        return true;
    *c = start;
    size_t n = digits(c, 5, &a);
    char sep = peek(c);
    if (n == 0 || n == 3 || n > 4 || !sep || !strchr("-/.", sep)) return false;
    c->at++;
    if (!digits(c, 2, &b) || peek(c) != sep) return false;
    c->at++;
    size_t n_last = digits(c, 4, &y);
    if (n == 4) return n_last && n_last <= 2 && finish(a, b, y, d);
    if (n_last != 4) return false;
    return b > 12 ? finish(y, a, b, d) : finish(y, b, a, d);
}

static void ordinal(cursor *c)
{
    cursor save = *c;
    str w = word(c);
    if (!(str_eq_nocase(w, STR("st")) || str_eq_nocase(w, STR("nd")) || str_eq_nocase(w, STR("rd"))
          || str_eq_nocase(w, STR("th"))))
        *c = save;
}

/* "14 November 2019", "14th of Nov., 2019", "14-Nov-2019" */
static bool day_first(cursor *c, bool short_years, civil_date *d)
{
    int day, m, y;
    if (!digits(c, 2, &day)) return false;
    ordinal(c);
    skip(c, "-.");
    cursor save = *c;
    if (!str_eq_nocase(word(c), STR("of"))) *c = save;
    skip(c, "");
    if (!(m = month(c))) return false;
    skip(c, ",-.");
    return year_of(c, short_years, &y) && finish(y, m, day, d);
}

/* "Nov. 14, 2019", "November 14th 2019", "Apr 092017" (the space was lost) */
static bool month_first(cursor *c, bool short_years, civil_date *d)
{
    int day, y, m = month(c);
    if (!m) return false;
    skip(c, "-.");
    size_t n = digits(c, 2, &day);
    if (n == 0) return false;
    if (!is_digit(peek(c))) {
        ordinal(c);
        skip(c, ",-.");
    }
    return year_of(c, short_years, &y) && finish(y, m, day, d);
}

/* ---- around it --------------------------------------------------------------------------- */

static bool is_time_word(str w)
{
    static const char *const words[] = {"am",   "pm",  "gmt",  "utc", "est",   "edt", "cet",
                                        "cest", "bst", "msk",  "ist", "pst",   "pdt", "cst",
                                        "cdt",  "eet", "eest", "hrs", "hours", "z"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq_nocase(w, str_from(words[i]))) return true;
    return false;
}

/* "18:41", "T10:00:00+02:00", "2037 UTC+3", "at 9:15 pm" */
static bool time_of_day(cursor *c)
{
    cursor save = *c;
    int v;
    if ((peek(c) | 32) == 't') c->at++;
    size_t n = digits(c, 4, &v);
    bool clock = (n == 1 || n == 2) && (peek(c) == ':' || (peek(c) == '.' && n == 2));
    if (clock)
        for (c->at++; is_digit(peek(c)) || peek(c) == ':' || peek(c) == '.';) c->at++;
    cursor end = *c;
    skip(c, "");
    str w = word(c);
    bool named = w.len && is_time_word(w);
    if (!named) *c = end;
    if (clock || (n == 4 && named)) {
        if ((peek(c) == '+' || peek(c) == '-') && c->at + 1 < c->s.len && is_digit(c->s.ptr[c->at + 1]))
            for (c->at++; is_digit(peek(c)) || peek(c) == ':';) c->at++;
        return true;
    }
    *c = save;
    return false;
}

static bool four_digits(cursor *c)
{
    int v;
    cursor save = *c;
    if (digits(c, 5, &v) == 4) return true;
    *c = save;
    return false;
}

static void behind(cursor *c)
{
    for (int i = 0; i < 4; i++) {
        cursor save = *c;
        skip(c, ",-|");
        cursor here = *c;
        bool at = str_eq_nocase(word(c), STR("at"));
        if (!at) *c = here;
        skip(c, "");
        if (time_of_day(c) || (at && four_digits(c))) continue;
        *c = here;
        if (is_time_word(word(c)) && here.at != c->at) continue;
        *c = save;
        return;
    }
}

static bool is_lead_word(str w)
{
    static const char *const words[] = {
        "posted",  "published", "publication", "updated", "update",   "last",   "first",   "modified",
        "created", "released",  "issued",      "date",    "dated",    "time",   "on",      "at",
        "of",      "the",       "is",          "from",    "story",    "this",   "article", "written",
        "by",      "am",        "pm",          "est",     "edt",      "gmt",    "utc",     "monday",
        "tuesday", "wednesday", "thursday",    "friday",  "saturday", "sunday", "mon",     "tue",
        "tues",    "wed",       "thu",         "thur",    "thurs",    "fri",    "sat",     "sun"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq_nocase(w, str_from(words[i]))) return true;
    return false;
}

static bool one_form(cursor *c, bool short_years, civil_date *d)
{
    cursor start = *c;
    if (numeric(c, d)) return true;
    *c = start;
    if (day_first(c, short_years, d)) return true;
    *c = start;
    if (month_first(c, short_years, d)) return true;
    *c = start;
    return false;
}

bool date_scan(str s, bool short_years, civil_date *found, size_t *used)
{
    cursor c = {s, 0};
    for (int i = 0; i < 9; i++) {
        skip(&c, ",:.|()[]-");
        if (one_form(&c, short_years, found)) {
            behind(&c);
            *used = c.at;
            return true;
        }
        if (is_digit(peek(&c))) {
            if (!time_of_day(&c)) return false;
            continue;
        }
        str w = word(&c);
        if (!w.len || !is_lead_word(w)) return false;
    }
    return false;
}

bool read_date(str s, civil_date *found)
{
    size_t used;
    return date_scan(s, false, found, &used);
}
