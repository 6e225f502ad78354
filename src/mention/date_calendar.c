/* Calendar dates: months and days, weekdays, holidays, seasons, quarters, centuries, and the year of what has none. */
#include "mention/date_resolver.h"

#include <stdlib.h>

#define DAYS_AROUND 8 /* "the 3rd", said at the 10th */

/* ---- years ------------------------------------------------------------------------------------- */

/* The year, nearest to the base, that puts the month (and day) on the side that the tense asks for. */
static int year_beside(date_base b, int month, int day, tense how)
{
    int year = edtf_civil(b.day).year;
    int day_here = day && day <= edtf_month_days(EDTF_ANY_YEAR, month) ? day : 1;
    int32_t here = edtf_day_number(year, month, day_here);
    civil_date base_day = edtf_civil(b.day);
    bool later = day ? here > b.day : month > base_day.month,
         earlier = day ? here < b.day : month < base_day.month;
    if (how == TENSE_PAST) return year - (later && !(day && here - b.day <= 3));
    if (how == TENSE_FUTURE) return year + (earlier && b.day - here > 100);
    int32_t ahead = day ? here - b.day : here + 14 - b.day;
    if (ahead > 100) return year - 1;
    return ahead < -265 ? year + 1 : year;
}

/* In a story the year goes on, and turns after the last months. */
static int year_of_story(const resolver *s, int month)
{
    civil_date c = edtf_civil(s->current.from);
    if (s->current.grain > GRAIN_SEASON) return c.year;
    if (c.month - month >= 8) return c.year + 1;
    return c.year;
}

static bool current_rules(const resolver *s, const date_piece *p)
{
    if (!s->has_current || s->current.no_year) return false;
    if (s->is_narrative) return true;
    if (!s->has_anchor) return s->current_has_full_year || s->current.grain == GRAIN_YEAR;
    uint32_t gap = resolver_sentence_of(s, p) - s->current_sentence;
    /* "in late October 2021 … in December" of one sentence, "on 14 March 2021. … On 2 April" of two */
    bool exact = s->current.grain == GRAIN_DAY || (s->current.grain == GRAIN_MONTH && gap == 0);
    bool near = gap <= 1 && s->current_has_full_year && exact && resolver_tense_of(s, p) != TENSE_FUTURE;
    return near && abs(edtf_civil(s->current.from).year - edtf_civil(s->anchor).year) >= 1;
}

/* "The September 11 attacks": words behind a month and day that tell its year. */
static bool year_by_fame(const resolver *s, const date_piece *p, int *year)
{
    const date_rules *rules = s->r->rules;
    const atom *next = date_atom(s->r, p->first, (int64_t)p->first + p->n);
    if (!p->month || !p->day || p->has_year || p->outer || !next || next->word == MAP_NONE) return false;
    const index_array *names = &rules->word.v[next->word].holidays;
    for (size_t i = 0; i < names->n; i++) {
        const holiday_name *h = &rules->holidays.v[names->v[i]];
        if (h->rule != HOLIDAY_KNOWN || h->n != 1 || h->arg[1] != p->month || h->arg[2] != p->day) continue;
        *year = h->arg[0];
        return true;
    }
    return false;
}

bool resolver_is_known_day(const resolver *s, const date_piece *p)
{
    int year;
    return year_by_fame(s, p, &year);
}

/* The year of a month and day that have none; *no_year where nothing tells it. */
static int choose_year(const resolver *s, const date_piece *p, int month, int day, bool *no_year)
{
    *no_year = false;
    if (current_rules(s, p)) return year_of_story(s, month);
    if (s->has_anchor && !s->anchor_no_year)
        return year_beside(resolver_anchor_base(s), month, day, resolver_tense_of(s, p));
    *no_year = true;
    return EDTF_ANY_YEAR;
}

/* The year nearest to the anchor in which the day is the weekday that stands beside it. */
static bool year_by_weekday(const resolver *s, const date_piece *p, int *year)
{
    if (!p->weekday || !p->month || !p->day || !s->has_anchor || s->anchor_no_year) return false;
    int here = edtf_civil(s->anchor).year;
    static const int8_t steps[] = {0, -1, 1, -2};
    for (size_t i = 0; i < sizeof steps; i++) {
        int y = here + steps[i];
        if (!edtf_is_day(y, p->month, p->day)
            || edtf_weekday(edtf_day_number(y, p->month, p->day)) != p->weekday)
            continue;
        if (abs(edtf_day_number(y, p->month, p->day) - s->anchor) > 250) continue;
        *year = y;
        return true;
    }
    return false;
}

/* ---- calendar dates ------------------------------------------------------------------------------ */

edtf_value resolver_one_day(int32_t day, bool no_year)
{
    return (edtf_value){.grain = GRAIN_DAY, .from = day, .to = day, .no_year = no_year};
}

static void turn_numeric(const resolver *s, const date_piece *p, int *month, int *day)
{
    bool month_first = s->month_first > s->day_first;
    if (s->month_first == s->day_first && s->has_anchor && !s->anchor_no_year && p->has_year) {
        int32_t a = edtf_day_number(p->year, *month, *day), b = edtf_day_number(p->year, *day, *month);
        month_first = abs(b - s->anchor) < abs(a - s->anchor) && abs(b - s->anchor) < 40;
    }
    if (!month_first) return;
    int swap = *month;
    *month = *day;
    *day = swap;
}

edtf_value resolver_month_and_day(resolver *s, const date_piece *p, const edtf_value *outer)
{
    bool no_year = false;
    int month = p->month, day = p->day, year = p->year;
    if (p->is_ambiguous) turn_numeric(s, p, &month, &day);
    if (!p->has_year && outer) {
        year = edtf_civil(outer->from).year;
        no_year = outer->no_year;
    } else if (!p->has_year && !year_by_weekday(s, p, &year) && !year_by_fame(s, p, &year)) {
        year = choose_year(s, p, month, day, &no_year);
    }
    if (!day) {
        edtf_value v = edtf_around(edtf_day_number(year, month, 1), GRAIN_MONTH);
        v.no_year = no_year;
        return v;
    }
    if (!edtf_is_day(year, month, day)) return no_value;
    edtf_value v = resolver_one_day(edtf_day_number(year, month, day), no_year);
    if (p->unit == GRAIN_WEEK && !no_year)
        v = edtf_around(v.from, GRAIN_WEEK); /* "the week of 4 November" */
    v.uncertain = p->is_ambiguous && s->day_first == s->month_first;
    return v;
}

int32_t resolver_step_to_weekday(const resolver *s, date_base b, int weekday, int direction)
{
    int here = resolver_weekday_of(s, b.day, b.no_year);
    if (direction > 0) return b.day + (weekday - here + 6) % 7 + 1;
    if (direction < 0) return b.day - ((here - weekday + 6) % 7 + 1);
    return b.day - (here - weekday + 7) % 7;
}

/* Which day of the unknown year a weekday is cannot be told; its month can, where all days that it may be
 * are in one. */
edtf_value resolver_month_of(int32_t first, int32_t last)
{
    edtf_value v = edtf_around(first, GRAIN_MONTH);
    v.no_year = true;
    return v.to >= last ? v : no_value;
}

edtf_value resolver_bare_weekday(resolver *s, const date_piece *p)
{
    date_base b = s->is_narrative || !s->has_anchor ? resolver_current_base(s) : resolver_anchor_base(s);
    if (!b.ok || b.grain != GRAIN_DAY) return no_value;
    if (b.no_year && !s->knows_weekday && !s->has_anchor) return no_value;
    if (b.no_year && !s->knows_weekday)
        return resolver_tense_of(s, p) == TENSE_FUTURE ? resolver_month_of(b.day, b.day + 6)
                                                       : resolver_month_of(b.day - 6, b.day);
    int32_t day = resolver_step_to_weekday(s, b, p->weekday, 0);
    tense how = s->has_anchor ? resolver_tense_of(s, p) : TENSE_NONE;
    if (how == TENSE_FUTURE && day != b.day) day += 7;
    if (!s->has_anchor && b.day - day > 3) day += 7;
    return resolver_one_day(day, b.no_year);
}

static edtf_value in_year(resolver *s, const date_piece *p, const edtf_value *outer, int month,
                          bool *no_year)
{
    int year = p->year;
    *no_year = false;
    if (!p->has_year && outer) year = edtf_civil(outer->from).year, *no_year = outer->no_year;
    else if (!p->has_year) year = choose_year(s, p, month, 0, no_year);
    return (edtf_value){.grain = GRAIN_YEAR, .from = year, .no_year = *no_year};
}

static int32_t nth_weekday(int year, int month, int weekday, int nth)
{
    if (nth < 0) {
        int32_t last = edtf_day_number(year, month, edtf_month_days(year, month));
        return last - (edtf_weekday(last) - weekday + 7) % 7;
    }
    int32_t first = edtf_day_number(year, month, 1);
    return first + (weekday - edtf_weekday(first) + 7) % 7 + 7 * (nth - 1);
}

/* Day of a holiday in a Gregorian year; *approximate where its calendar is computed by a rule of thumb. */
static int32_t holiday_day(const holiday_name *h, int year, bool *approximate)
{
    bool by_moon = h->rule == HOLIDAY_NEW_MOON || h->rule == HOLIDAY_FULL_MOON;
    *approximate = h->rule == HOLIDAY_ISLAMIC || by_moon;
    if (by_moon)
        return edtf_moon(edtf_day_number(year, h->arg[0], h->arg[1]), h->rule == HOLIDAY_FULL_MOON,
                         h->arg[2] / 24.0);
    switch (h->rule) {
    case HOLIDAY_EASTER: return edtf_easter(year) + h->arg[0];
    case HOLIDAY_ORTHODOX: return edtf_orthodox_easter(year) + h->arg[0];
    case HOLIDAY_NTH: return nth_weekday(year, h->arg[0], h->arg[1], h->arg[2]);
    case HOLIDAY_ISLAMIC: return edtf_islamic(year, h->arg[0], h->arg[1]);
    case HOLIDAY_HEBREW: return edtf_hebrew(year, h->arg[0], h->arg[1]);
    default: return edtf_day_number(year, h->arg[0], h->arg[1]);
    }
}

edtf_value resolver_holiday(resolver *s, const date_piece *p, const edtf_value *outer)
{
    const holiday_name *h = &s->r->rules->holidays.v[p->holiday - 1];
    bool no_year, approximate;
    date_base b = resolver_speaking_base(s);
    if (h->rule == HOLIDAY_ONCE)
        return resolver_one_day(edtf_day_number(h->arg[0], h->arg[1], h->arg[2]), false);
    int guess_year = b.ok ? edtf_civil(b.day).year : EDTF_ANY_YEAR;
    int month = edtf_civil(holiday_day(h, guess_year, &approximate)).month;
    int year = in_year(s, p, outer, month, &no_year).from;
    if (no_year && h->rule != HOLIDAY_FIXED) return no_value;
    if (year < 1 || year > 4000) return no_value;
    edtf_value v = resolver_one_day(holiday_day(h, year, &approximate), no_year);
    v.approximate = approximate;
    if (h->rule == HOLIDAY_FIXED && h->arg[2] > 1) v.to += h->arg[2] - 1, v.grain = GRAIN_SPAN;
    return v;
}

/* Years of other calendars lie where no report writes a civil one. */
static bool is_civil_year(edtf_calendar calendar, int year)
{
    if (calendar == CALENDAR_HEBREW) return year < 4000;
    return calendar == CALENDAR_ETHIOPIAN || year > 1600;
}

edtf_value resolver_islamic_month(resolver *s, const date_piece *p, const edtf_value *outer)
{
    bool no_year = false;
    date_base b = resolver_speaking_base(s);
    edtf_calendar calendar = (edtf_calendar)(p->islamic / 100);
    int n = p->islamic % 100, guess = b.ok ? edtf_civil(b.day).year : EDTF_ANY_YEAR;
    int year =
        p->has_year && !is_civil_year(calendar, p->year)
            ? edtf_civil_year(calendar, p->year, n)
            : in_year(s, p, outer, edtf_civil(edtf_calendar_day(calendar, guess, n, 1)).month, &no_year)
                  .from;
    if (no_year || year < 623 || year > 4000 || p->day > edtf_calendar_month_days(calendar, n))
        return no_value;
    int32_t first = edtf_calendar_day(calendar, year, n, 1);
    edtf_value v = p->day ? resolver_one_day(first + p->day - 1, false)
                          : (edtf_value){.grain = GRAIN_SPAN,
                                         .from = first,
                                         .to = first + edtf_calendar_month_days(calendar, n) - 1};
    v.approximate = calendar != CALENDAR_HEBREW;
    return v;
}

static edtf_value quarter_or_half(resolver *s, const date_piece *p, const edtf_value *outer)
{
    bool no_year;
    int n = p->half ? p->half : p->ordinal, per_year = p->half ? 2 : 4;
    if (n < 1 || n > per_year) return no_value;
    int first_month = (n - 1) * (12 / per_year) + 1;
    /* "expects a loss for the third quarter", said in October: the one that is over */
    const bool ahead = resolver_tense_of(s, p) == TENSE_FUTURE;
    int year = in_year(s, p, outer, first_month + (ahead ? 12 / per_year - 1 : 0), &no_year).from;
    if (no_year) return no_value;
    const bool own = !p->has_year && !outer && s->has_anchor && !s->is_narrative && !ahead;
    if (own && edtf_day_number(year, first_month, 1) > s->anchor) year--;
    return edtf_around(edtf_day_number(year, first_month, 1), p->half ? GRAIN_HALF : GRAIN_QUARTER);
}

edtf_value resolver_season(resolver *s, const date_piece *p, const edtf_value *outer)
{
    bool no_year;
    int year = in_year(s, p, outer, p->season == 4 ? 12 : 3 * p->season, &no_year).from;
    edtf_value v = edtf_season(year, p->season);
    v.no_year = no_year;
    return v;
}

static edtf_value century(const date_piece *p)
{
    int first = (p->ordinal - 1) * 100;
    if (p->ordinal < 1 || p->ordinal > 30) return no_value;
    return edtf_around(edtf_day_number(first, 1, 1), GRAIN_CENTURY);
}

/* "Tuesday" of "last week" */
static edtf_value weekday_within(const resolver *s, const date_piece *p, const edtf_value *outer)
{
    if (outer->no_year && !s->knows_weekday) return no_value;
    int32_t day = outer->from + (p->weekday - resolver_weekday_of(s, outer->from, outer->no_year) + 7) % 7;
    return resolver_one_day(day, outer->no_year);
}

/* "the 12th": later in the month that the text is at, or within some days of there; told in the past it is not after
 * publication. */
static edtf_value day_of_month(const resolver *s, const date_piece *p, const edtf_value *outer)
{
    date_base b = resolver_telling_base(s);
    if (outer) b = (date_base){outer->grain == GRAIN_MONTH, outer->no_year, outer->from, GRAIN_DAY};
    if (!b.ok || b.grain > GRAIN_MONTH) return no_value;
    bool ahead = resolver_tense_of(s, p) == TENSE_FUTURE;
    int32_t best = 0, nearest = INT32_MAX;
    for (int step = outer ? 0 : -1; step <= !outer; step++) {
        civil_date first = edtf_civil(edtf_shift(b.day, GRAIN_MONTH, step).from);
        if (!edtf_is_day(first.year, first.month, p->day)) continue;
        int32_t day = edtf_day_number(first.year, first.month, p->day);
        bool too_late = s->has_anchor && s->anchor_no_year == b.no_year && day > s->anchor && !ahead;
        bool goes_on = step == 0 && day >= b.day;
        if (too_late || abs(day - b.day) >= nearest || (!goes_on && abs(day - b.day) > DAYS_AROUND))
            continue;
        best = day, nearest = abs(day - b.day);
    }
    return nearest == INT32_MAX ? no_value : resolver_one_day(best, b.no_year);
}

edtf_value resolver_calendar(resolver *s, const date_piece *p)
{
    edtf_value outer = p->outer ? resolver_resolve(s, p->outer) : no_value;
    const edtf_value *o = outer.grain ? &outer : NULL;
    if (p->outer && !o) outer.no_year = true, outer.from = edtf_day_number(EDTF_ANY_YEAR, 1, 1);
    if (p->outer && !o && !p->month) return no_value;
    if (p->outer && !o) o = &outer;
    if (p->month) return resolver_month_and_day(s, p, o);
    if (p->indefinite) return o && outer.grain > GRAIN_DAY ? outer : no_value;
    if (p->weekday && o) return weekday_within(s, p, o);
    if (p->weekday) return resolver_bare_weekday(s, p);
    if (p->day && !p->islamic) return day_of_month(s, p, o);
    if (p->holiday) return resolver_holiday(s, p, o);
    if (p->islamic) return resolver_islamic_month(s, p, o);
    if (p->season) return resolver_season(s, p, o);
    if (p->decade) return edtf_around(edtf_day_number(p->decade, 1, 1), GRAIN_DECADE);
    if (p->century) return century(p);
    if (p->half || p->ordinal) return quarter_or_half(s, p, o);
    return p->has_year ? edtf_around(edtf_day_number(p->year, 1, 1), GRAIN_YEAR) : no_value;
}
