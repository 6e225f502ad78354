#include "mention/date_resolve.h"

#include <stdlib.h>

#define DAYS_TO_PRINT                                                                                      \
    10 /* a dateline's day without a year lies so shortly before publication, or is not trusted */
#define DAYS_AROUND 8     /* "the 3rd", said at the 10th */
#define DATELINE_ATOMS 80 /* a dateline stands among the first of a document */

typedef struct resolver {
    date_reader *r;
    bool has_anchor, anchor_no_year;
    int32_t anchor;
    bool knows_weekday; /* of the days of the unknown year */
    int weekday_shift;
    bool has_current; /* the date that the text is at */
    edtf_value current;
    uint32_t current_sentence;
    bool current_has_full_year; /* it was written with its year */
    bool is_narrative;
    int day_first, month_first; /* numeric dates that can be read one way only */
} resolver;

static const edtf_value no_value = {GRAIN_NONE};

static edtf_value resolve(resolver *s, const date_piece *p);

static uint32_t token_of(const resolver *s, const date_piece *p)
{
    return s->r->atoms.v[p->core].token;
}

static uint32_t sentence_of(const resolver *s, const date_piece *p)
{
    return s->r->d->tokens.v[token_of(s, p)].sentence;
}

static int weekday_of(const resolver *s, int32_t day, bool no_year)
{
    int w = edtf_weekday(day);
    return no_year ? (w - 1 + s->weekday_shift) % 7 + 1 : w;
}

/* The day to which "last week", "the next day" are told from. */
typedef struct base {
    bool ok, no_year;
    int32_t day;
    edtf_grain grain;
} base;

static base anchor_base(const resolver *s)
{
    return (base){s->has_anchor, s->anchor_no_year, s->anchor, GRAIN_DAY};
}

static base current_base(const resolver *s)
{
    return (base){s->has_current, s->current.no_year, s->current.from, s->current.grain};
}

static base speaking_base(const resolver *s)
{
    base current = current_base(s);
    if (s->is_narrative && current.ok) return current;
    return s->has_anchor ? anchor_base(s) : current;
}

static base telling_base(const resolver *s)
{
    return s->has_current ? current_base(s) : anchor_base(s);
}

/* "under the November deal troops were to withdraw": the verb's future is not the deal's; nor is the text in 2016 where it
 * speaks of "the 2016 peace deal". */
static bool names_a_thing(const resolver *s, const date_piece *p)
{
    const token *all = s->r->d->tokens.v, *k = &all[token_of(s, p)];
    return k->head > (int32_t)token_of(s, p) && all[k->head].pos == UPOS_NOUN
           && (k->rel == DEPREL_COMPOUND || k->rel == DEPREL_AMOD || k->rel == DEPREL_NUMMOD
               || deprel_universal(k->rel) == DEPREL_NMOD);
}

/* A limit or goal ("until Friday", "by May") lies ahead whatever the verb; "since" looks back. */
static tense tense_of(const resolver *s, const date_piece *p)
{
    bool direct = false;
    uint32_t first = p->first;
    const atom *before = date_atom(s->r, first, (int64_t)first - 1);
    if (date_atom_is(before, "the")) before = date_atom(s->r, first, (int64_t)first - 2);
    tense how = date_tense(s->r, s->r->atoms.v[p->core].token, &direct);
    uint32_t word = before ? before->word : MAP_NONE;
    if (date_word_in(s->r->rules, word, CLASS_SINCE)) return TENSE_PAST;
    if (date_atom_is(date_atom(s->r, first, (int64_t)first + p->n), "'s"))
        return TENSE_PAST; /* "Friday's attack" */
    if (date_atom_is(date_atom(s->r, first, (int64_t)first + p->n), "'")
        && date_atom_is(date_atom(s->r, first, (int64_t)first + p->n + 1), "s"))
        return TENSE_PAST;
    bool limit = date_word_in(s->r->rules, word, CLASS_LIMIT) != NULL;
    if (how == TENSE_FUTURE && names_a_thing(s, p)) return TENSE_NONE;
    return how == TENSE_PAST && (limit || !direct) ? TENSE_NONE : how;
}

/* ---- years ------------------------------------------------------------------------------------- */

/* The year, nearest to the base, that puts the month (and day) on the side that the tense asks for. */
static int year_beside(base b, int month, int day, tense how)
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
    if (c.month >= 10 && month <= 3) return c.year + 1;
    return c.year;
}

static bool current_rules(const resolver *s, const date_piece *p)
{
    if (!s->has_current || s->current.no_year) return false;
    if (s->is_narrative) return true;
    if (!s->has_anchor) return s->current_has_full_year || s->current.grain == GRAIN_YEAR;
    uint32_t gap = sentence_of(s, p) - s->current_sentence;
    bool near = gap <= 1 && s->current_has_full_year && s->current.grain == GRAIN_DAY
                && tense_of(s, p) != TENSE_FUTURE;
    return near && abs(edtf_civil(s->current.from).year - edtf_civil(s->anchor).year) >= 1;
}

/* The year of a month and day that have none; *no_year where nothing tells it. */
static int choose_year(const resolver *s, const date_piece *p, int month, int day, bool *no_year)
{
    *no_year = false;
    if (current_rules(s, p)) return year_of_story(s, month);
    if (s->has_anchor && !s->anchor_no_year) return year_beside(anchor_base(s), month, day, tense_of(s, p));
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

static edtf_value one_day(int32_t day, bool no_year)
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

static edtf_value month_and_day(resolver *s, const date_piece *p, const edtf_value *outer)
{
    bool no_year = false;
    int month = p->month, day = p->day, year = p->year;
    if (p->is_ambiguous) turn_numeric(s, p, &month, &day);
    if (!p->has_year && outer) {
        year = edtf_civil(outer->from).year;
        no_year = outer->no_year;
    } else if (!p->has_year && !year_by_weekday(s, p, &year)) {
        year = choose_year(s, p, month, day, &no_year);
    }
    if (!day) {
        edtf_value v = edtf_around(edtf_day_number(year, month, 1), GRAIN_MONTH);
        v.no_year = no_year;
        return v;
    }
    if (!edtf_is_day(year, month, day)) return no_value;
    edtf_value v = one_day(edtf_day_number(year, month, day), no_year);
    if (p->unit == GRAIN_WEEK && !no_year)
        v = edtf_around(v.from, GRAIN_WEEK); /* "the week of 4 November" */
    v.uncertain = p->is_ambiguous && s->day_first == s->month_first;
    return v;
}

static int32_t step_to_weekday(const resolver *s, base b, int weekday, int direction)
{
    int here = weekday_of(s, b.day, b.no_year);
    if (direction > 0) return b.day + (weekday - here + 6) % 7 + 1;
    if (direction < 0) return b.day - ((here - weekday + 6) % 7 + 1);
    return b.day - (here - weekday + 7) % 7;
}

/* Which day of the unknown year a weekday is cannot be told; its month can, where all days that it may be
 * are in one. */
static edtf_value month_of(int32_t first, int32_t last)
{
    edtf_value v = edtf_around(first, GRAIN_MONTH);
    v.no_year = true;
    return v.to >= last ? v : no_value;
}

static edtf_value bare_weekday(resolver *s, const date_piece *p)
{
    base b = s->is_narrative || !s->has_anchor ? current_base(s) : anchor_base(s);
    if (!b.ok || b.grain != GRAIN_DAY) return no_value;
    if (b.no_year && !s->knows_weekday && !s->has_anchor) return no_value;
    if (b.no_year && !s->knows_weekday)
        return tense_of(s, p) == TENSE_FUTURE ? month_of(b.day, b.day + 6) : month_of(b.day - 6, b.day);
    int32_t day = step_to_weekday(s, b, p->weekday, 0);
    tense how = s->has_anchor ? tense_of(s, p) : TENSE_NONE;
    if (how == TENSE_FUTURE && day != b.day) day += 7;
    if (!s->has_anchor && b.day - day > 3) day += 7;
    return one_day(day, b.no_year);
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

static edtf_value holiday(resolver *s, const date_piece *p, const edtf_value *outer)
{
    const holiday_name *h = &s->r->rules->holidays.v[p->holiday - 1];
    bool no_year, approximate;
    base b = speaking_base(s);
    int guess_year = b.ok ? edtf_civil(b.day).year : EDTF_ANY_YEAR;
    int month = edtf_civil(holiday_day(h, guess_year, &approximate)).month;
    int year = in_year(s, p, outer, month, &no_year).from;
    if (no_year && h->rule != HOLIDAY_FIXED) return no_value;
    if (year < 1 || year > 4000) return no_value;
    edtf_value v = one_day(holiday_day(h, year, &approximate), no_year);
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

static edtf_value islamic_month(resolver *s, const date_piece *p, const edtf_value *outer)
{
    bool no_year = false;
    base b = speaking_base(s);
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
    edtf_value v = p->day ? one_day(first + p->day - 1, false)
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
    int year = in_year(s, p, outer, first_month, &no_year).from;
    if (no_year) return no_value;
    return edtf_around(edtf_day_number(year, first_month, 1), p->half ? GRAIN_HALF : GRAIN_QUARTER);
}

static edtf_value season(resolver *s, const date_piece *p, const edtf_value *outer)
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
    int32_t day = outer->from + (p->weekday - weekday_of(s, outer->from, outer->no_year) + 7) % 7;
    return one_day(day, outer->no_year);
}

/* "the 12th": later in the month that the text is at, or within some days of there; told in the past it is not after
 * publication. */
static edtf_value day_of_month(const resolver *s, const date_piece *p, const edtf_value *outer)
{
    base b = telling_base(s);
    if (outer) b = (base){outer->grain == GRAIN_MONTH, outer->no_year, outer->from, GRAIN_DAY};
    if (!b.ok || b.grain > GRAIN_MONTH) return no_value;
    bool ahead = tense_of(s, p) == TENSE_FUTURE;
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
    return nearest == INT32_MAX ? no_value : one_day(best, b.no_year);
}

static edtf_value calendar(resolver *s, const date_piece *p)
{
    edtf_value outer = p->outer ? resolve(s, p->outer) : no_value;
    const edtf_value *o = outer.grain ? &outer : NULL;
    if (p->outer && !o) outer.no_year = true, outer.from = edtf_day_number(EDTF_ANY_YEAR, 1, 1);
    if (p->outer && !o && !p->month) return no_value;
    if (p->outer && !o) o = &outer;
    if (p->month) return month_and_day(s, p, o);
    if (p->weekday && o) return weekday_within(s, p, o);
    if (p->weekday) return bare_weekday(s, p);
    if (p->day && !p->islamic) return day_of_month(s, p, o);
    if (p->holiday) return holiday(s, p, o);
    if (p->islamic) return islamic_month(s, p, o);
    if (p->season) return season(s, p, o);
    if (p->decade) return edtf_around(edtf_day_number(p->decade, 1, 1), GRAIN_DECADE);
    if (p->century) return century(p);
    if (p->half || p->ordinal) return quarter_or_half(s, p, o);
    return p->has_year ? edtf_around(edtf_day_number(p->year, 1, 1), GRAIN_YEAR) : no_value;
}

/* ---- units from a base --------------------------------------------------------------------------- */

static edtf_grain grain_of_unit(int unit)
{
    if (unit == UNIT_FORTNIGHT) return GRAIN_WEEK;
    return unit >= GRAIN_DAY && unit <= GRAIN_CENTURY ? (edtf_grain)unit : GRAIN_NONE;
}

static edtf_value with_year(edtf_value v, bool no_year)
{
    v.no_year = no_year;
    return v;
}

/* The last or next month, season or holiday of this name. */
static edtf_value named_beside(resolver *s, const date_piece *p, base b)
{
    date_piece q = *p;
    int year = edtf_civil(b.day).year;
    edtf_value v = no_value;
    q.outer = NULL;
    q.has_year = true;
    for (q.year = year - 1; q.year <= year + 1; q.year++) {
        edtf_value here = q.month     ? month_and_day(s, &q, NULL)
                          : q.season  ? season(s, &q, NULL)
                          : q.holiday ? holiday(s, &q, NULL)
                                      : islamic_month(s, &q, NULL);
        if (!here.grain) continue;
        if (p->direction < 0 && here.to < b.day) v = here;
        if (p->direction == 0 && q.year == year) v = here;
        if (p->direction > 0 && here.from > b.day && !v.grain) v = here;
    }
    return with_year(v, b.no_year);
}

static edtf_value weekend(resolver *s, const date_piece *p, base b)
{
    if (b.no_year && !s->knows_weekday) return no_value;
    int32_t saturday = step_to_weekday(s, b, 6, 0);
    tense how = tense_of(s, p);
    bool weekend_now = b.day - saturday <= 1;
    if (p->direction < 0 && weekend_now) saturday -= 7;
    if (p->direction > 0) saturday += 7;
    if (p->direction == 0 && !weekend_now && (how == TENSE_FUTURE || how == TENSE_PRESENT)) saturday += 7;
    return (edtf_value){.grain = GRAIN_WEEKEND, .from = saturday, .to = saturday + 1, .no_year = b.no_year};
}

static edtf_value whole_unit(resolver *s, const date_piece *p, base b)
{
    edtf_grain grain = grain_of_unit(p->unit);
    if (grain == GRAIN_WEEKEND) return weekend(s, p, b);
    if (grain == GRAIN_NONE || b.grain > grain) return no_value;
    if (grain == GRAIN_WEEK && b.no_year && !s->knows_weekday)
        return p->direction
                   ? month_of(b.day + (p->direction < 0 ? -13 : 1), b.day + (p->direction < 0 ? -1 : 13))
                   : no_value;
    edtf_value v = edtf_shift(b.day, grain, p->direction);
    return with_year(v, b.no_year);
}

static edtf_value shift_from(resolver *s, const date_piece *p, base b)
{
    if (!b.ok) return no_value;
    if (p->month || p->season || p->holiday || p->islamic) return named_beside(s, p, b);
    if (p->weekday) {
        if (b.grain != GRAIN_DAY || (b.no_year && !s->knows_weekday)) return no_value;
        if (p->direction == 0 && p->op == OP_SHIFT) return bare_weekday(s, p);
        return one_day(step_to_weekday(s, b, p->weekday, p->direction), b.no_year);
    }
    if (p->part && !p->unit) {
        if (b.grain != GRAIN_DAY) return no_value;
        return one_day(b.day + p->direction, b.no_year);
    }
    if (!p->unit) return p->is_same && b.grain <= GRAIN_YEAR && s->has_current ? s->current : no_value;
    return whole_unit(s, p, b);
}

/* "the third day of May", "the first week of last month" */
static edtf_value nth_of(resolver *s, const date_piece *p)
{
    edtf_value o = p->outer ? resolve(s, p->outer) : no_value;
    edtf_grain grain = p->weekday ? GRAIN_DAY : grain_of_unit(p->unit);
    if (!o.grain || o.no_year) return no_value;
    if (o.grain == GRAIN_YEAR && !p->unit && !p->weekday && p->ordinal)
        return edtf_around(p->ordinal == 1 ? o.from : o.to, GRAIN_HALF);
    if (p->half || (!p->unit && !p->weekday)) {
        int32_t middle = o.from + (o.to - o.from) / 2;
        return (edtf_value){.grain = GRAIN_SPAN,
                            .from = p->ordinal == 2 ? middle + 1 : o.from,
                            .to = p->ordinal == 2 ? o.to : middle};
    }
    if (!grain) return no_value;
    int step = p->weekday ? 7 : 1;
    int32_t start = p->weekday ? o.from + (p->weekday - edtf_weekday(o.from) + 7) % 7 : o.from;
    edtf_value v =
        p->ordinal < 0 ? edtf_around(o.to, grain) : edtf_shift(start, grain, step * (p->ordinal - 1));
    v.approximate = o.approximate;
    return v.from > o.to ? no_value : v;
}

/* "half as many as a year earlier": the same month of that year is meant. */
static bool is_compared(const resolver *s, const date_piece *p)
{
    const atom *x = date_atom(s->r, p->first, (int64_t)p->first - 1);
    return date_atom_is(x, "from") || date_atom_is(x, "than") || date_atom_is(x, "as")
           || date_atom_is(x, "with");
}

static edtf_value ago(resolver *s, const date_piece *p, base b)
{
    edtf_grain grain = grain_of_unit(p->unit);
    if (!b.ok || (p->is_few && grain)) return no_value;
    if (!grain) return b.grain == GRAIN_DAY ? one_day(b.day, b.no_year) : no_value; /* hours */
    if (b.grain > grain || (grain == GRAIN_WEEK && b.no_year && !s->knows_weekday)) return no_value;
    int n = (p->has_count ? p->count : 1) * (p->unit == UNIT_FORTNIGHT ? 2 : 1);
    int sign = p->direction ? p->direction : 1;
    bool rough = grain == GRAIN_DECADE || grain == GRAIN_CENTURY; /* "a decade ago": ten years, about */
    if (rough) n *= grain == GRAIN_DECADE ? 10 : 100, grain = GRAIN_YEAR;
    bool by_year = grain == GRAIN_YEAR && s->has_current;
    bool of_quarter = by_year && s->current.grain == GRAIN_QUARTER;
    bool of_month = by_year && s->current.grain == GRAIN_MONTH && is_compared(s, p);
    edtf_value v = of_quarter ? edtf_shift(s->current.from, GRAIN_QUARTER, 4 * sign * n)
                   : of_month ? edtf_shift(s->current.from, GRAIN_MONTH, 12 * sign * n)
                              : edtf_shift(b.day, grain, sign * n);
    if (p->has_half || rough) v.approximate = true;
    return with_year(v, b.no_year);
}

/* "Sunday's blast came two days after bombs killed six": the six died two days before Sunday. The day of what came is
 * one that the sentence has told, or that of telling: "It comes a week after …". */
static edtf_value from_event(resolver *s, const date_piece *p)
{
    const token *all = s->r->d->tokens.v, *verb = &all[token_of(s, p)];
    for (int up = 0; up < 3 && verb->pos != UPOS_VERB && verb->head >= 0; up++) verb = &all[verb->head];
    bool told = s->has_current && s->current_sentence == sentence_of(s, p);
    bool now = !told && !s->is_narrative && (verb->tag == XPOS_VBZ || verb->tag == XPOS_VBP);
    date_piece back = *p;
    back.direction = -(p->direction ? p->direction : 1);
    if (!told && !now) return no_value;
    return ago(s, &back, told ? current_base(s) : anchor_base(s));
}

/* The last so many units up to the base. */
static edtf_value span_of(const date_piece *p, base b)
{
    edtf_grain grain = grain_of_unit(p->unit);
    if (!b.ok || p->is_few || p->direction == 0) return no_value;
    int count = p->has_count ? p->count : 1, hours_as_days = count >= 24 ? (count + 23) / 24 : 0;
    int n = p->unit ? count : hours_as_days;
    if (grain == GRAIN_DAY && n > 1) n--;
    if (grain == GRAIN_WEEK) n *= 7 * (p->unit == UNIT_FORTNIGHT ? 2 : 1), grain = GRAIN_DAY;
    if (!p->unit) grain = GRAIN_DAY;
    if (grain == GRAIN_YEAR) n = 12 * n + 6 * p->has_half, grain = GRAIN_MONTH;
    edtf_value far = edtf_shift(b.day, grain, p->direction * n);
    if (!far.grain || !n) return no_value;
    edtf_value here = edtf_around(b.day, grain);
    edtf_value v = {.grain = GRAIN_SPAN,
                    .from = p->direction < 0 ? far.from : here.from,
                    .to = p->direction < 0 ? here.to : far.to,
                    .no_year = b.no_year};
    return v;
}

static edtf_value today(resolver *s, const date_piece *p)
{
    base b = s->has_anchor ? anchor_base(s) : current_base(s);
    if (!b.ok || b.grain != GRAIN_DAY) return no_value;
    if (p->part == 7)
        return (edtf_value){.grain = GRAIN_SPAN, .from = b.day - 1, .to = b.day, .no_year = b.no_year};
    return one_day(b.day + p->offset_days, b.no_year);
}

/* A time of day belongs to the day that the text is at. */
static edtf_value time_of_day(resolver *s, const date_piece *p)
{
    base b = current_base(s);
    bool near =
        b.ok && b.grain == GRAIN_DAY && (s->is_narrative || sentence_of(s, p) - s->current_sentence <= 2);
    return near ? one_day(b.day, b.no_year) : no_value;
}

static edtf_value resolve(resolver *s, const date_piece *p)
{
    switch (p->op) {
    case OP_DATE: return calendar(s, p);
    case OP_SHIFT: /* "released next day": the day after the one that the text is at */
        return shift_from(s, p,
                          p->unit == GRAIN_DAY && p->direction > 0 ? telling_base(s) : speaking_base(s));
    case OP_REFSHIFT: return shift_from(s, p, telling_base(s));
    case OP_AGO: return ago(s, p, speaking_base(s));
    case OP_REFAGO: return ago(s, p, telling_base(s));
    case OP_EVENT: return from_event(s, p);
    case OP_TODAY: return today(s, p);
    case OP_SPAN: return span_of(p, speaking_base(s));
    case OP_NTH: return nth_of(s, p);
    case OP_TIME: return time_of_day(s, p);
    default: return no_value;
    }
}

/* ---- the document ---------------------------------------------------------------------------------- */

static bool stands_in_dateline(const date_reader *r, const date_piece *p)
{
    if (p->first >= DATELINE_ATOMS) return false;
    const sentence *s = &r->d->sentences.v[r->d->tokens.v[r->atoms.v[p->first].token].sentence];
    uint32_t end = p->first + p->n, before = r->atoms.v[p->first].token - s->first;
    if (s->n <= 12 && end - p->first + 5 >= s->n) return true; /* a line of its own */
    const atom *next = date_atom(r, p->first, end), *first = date_atom(r, p->first, (int64_t)p->first - 1);
    if (p->has_year && first && date_word_in(r->rules, first->word, CLASS_PUBLISHED)) return true;
    if (p->has_year && p->first == 0) return true;
    if (date_atom_is(first, "(") && date_atom_is(next, ")")) {
        /* "KABUL (May 11) - …", or the line ends */
        const atom *behind = date_atom(r, p->first, (int64_t)end + 1);
        next = behind && behind->kind == ATOM_MARK ? behind : first;
    }
    bool closes = next
                  && (str_is(next->norm, "(") || str_is(next->norm, "-") || str_is(next->norm, ":")
                      || str_is(next->norm, "["));
    return before <= 9 && closes
           && (before == 0 || date_atom_is(first, ",") || date_atom_is(first, "(")
               || date_atom_is(first, "."));
}

/* "14 Apr -" before an entry of a chronicle: it opens a block whose first sentence holds nothing else. */
static bool opens_entry(const date_reader *r, const date_piece *p)
{
    const document *d = r->d;
    const uint32_t first = r->atoms.v[p->first].token, n = d->tokens.v[first].sentence;
    const sentence *s = &d->sentences.v[n];
    bool alone = first == s->first && r->atoms.v[p->first + p->n - 1].token + 2 >= s->first + s->n;
    bool opens = n == 0 || d->sentences.v[n - 1].block != s->block;
    return alone && opens && n + 1 < d->sentences.n && d->sentences.v[n + 1].block == s->block;
}

static bool is_chronicle(const date_reader *r)
{
    uint32_t entries = 0;
    for (size_t i = 0; i < r->pieces.n && entries < 2; i++) entries += opens_entry(r, &r->pieces.v[i]);
    return entries >= 2;
}

static void find_dateline(resolver *s)
{
    const bool chronicle = is_chronicle(s->r);
    for (size_t i = 0; i < s->r->pieces.n && s->r->pieces.v[i].first < DATELINE_ATOMS; i++) {
        const date_piece *p = &s->r->pieces.v[i];
        if (chronicle && opens_entry(s->r, p)) continue;
        if (p->op != OP_DATE || !p->day || !p->month || p->is_ambiguous || !stands_in_dateline(s->r, p))
            continue;
        if (!p->has_year && s->has_anchor && !s->anchor_no_year) {
            int year = edtf_civil(s->anchor).year;
            if (edtf_day_number(year, p->month, p->day) > s->anchor) year--;
            int32_t day =
                edtf_is_day(year, p->month, p->day) ? edtf_day_number(year, p->month, p->day) : s->anchor;
            if (s->anchor - day > DAYS_TO_PRINT) continue;
            s->anchor = day;
            return;
        }
        if (p->has_year && !edtf_is_day(p->year, p->month, p->day)) continue;
        if (!p->has_year && s->anchor_no_year) return;
        s->anchor = edtf_day_number(p->has_year ? p->year : EDTF_ANY_YEAR, p->month, p->day);
        s->has_anchor = true;
        s->anchor_no_year = !p->has_year;
        return;
    }
}

/* The year of a running number in the head of a release, "2010-05-CA-039", for a dateline without one. */
static void find_year_of_release(resolver *s)
{
    const date_reader *r = s->r;
    for (uint32_t i = 0; s->anchor_no_year && i + 4 < r->atoms.n && i < DATELINE_ATOMS; i++) {
        const atom *x = &r->atoms.v[i];
        bool shape = x[0].kind == ATOM_NUMBER && x[0].n_digits == 4 && x[2].kind == ATOM_NUMBER
                     && x[2].n_digits == 2 && x[4].kind == ATOM_WORD;
        bool glued = x[1].glued && x[2].glued && x[3].glued && x[4].glued && str_is(x[1].norm, "-")
                     && str_is(x[3].norm, "-");
        bool fits =
            shape && glued && x[0].value > 1900 && x[0].value < 2100 && x[2].value >= 1 && x[2].value <= 12;
        civil_date c = edtf_civil(s->anchor);
        if (!fits || !edtf_is_day((int)x[0].value, c.month, c.day)) continue;
        s->anchor = edtf_day_number((int)x[0].value, c.month, c.day);
        s->anchor_no_year = false;
    }
}

static void find_weekdays(resolver *s)
{
    for (size_t i = 0; i < s->r->pieces.n; i++) {
        const date_piece *p = &s->r->pieces.v[i];
        if (p->op != OP_DATE || !p->weekday || !p->day || !p->month || p->has_year) continue;
        int here = edtf_weekday(edtf_day_number(EDTF_ANY_YEAR, p->month, p->day));
        s->weekday_shift = (p->weekday - here + 7) % 7;
        s->knows_weekday = true;
        return;
    }
}

/* Words of the day ("today", "Friday", "last week"): a text of news, whatever years it tells of. */
static bool is_of_the_day(const date_piece *p)
{
    bool weekday = p->op == OP_DATE && p->weekday && !p->month;
    return weekday || p->op == OP_TODAY || p->op == OP_SHIFT;
}

/* Most of the years that the text writes lie before its publication, and little is told from the day. */
static void find_narrative(resolver *s)
{
    int far = 0, near = 0, of_the_day = 0;
    int year = s->has_anchor && !s->anchor_no_year ? edtf_civil(s->anchor).year : 0;
    for (size_t i = 0; i < s->r->pieces.n; i++) {
        const date_piece *p = &s->r->pieces.v[i];
        of_the_day += is_of_the_day(p);
        if (p->op != OP_DATE || !p->has_year) continue;
        if (year && p->year >= year) near++;
        else if (p->year < year - 1) far++;
    }
    s->is_narrative =
        year ? far >= 8 && far > 2 * near && far > 4 * of_the_day : far >= 4 && far > 2 * of_the_day;
}

static void find_numeric_order(resolver *s)
{
    for (size_t i = 0; i < s->r->pieces.n; i++) {
        const date_piece *p = &s->r->pieces.v[i];
        const atom *x = &s->r->atoms.v[p->core];
        const atom *y = date_atom(s->r, p->core, (int64_t)p->core + 2);
        if (p->op != OP_DATE || !p->has_year || x->kind != ATOM_NUMBER || x->n_digits > 2 || !y
            || y->kind != ATOM_NUMBER)
            continue;
        if (x->value > 12) s->day_first++;
        if (y->value > 12 && y->n_digits <= 2) s->month_first++;
    }
}

static date_basis basis_of(const date_piece *p)
{
    if (p->op == OP_TODAY) return p->offset_days ? BASIS_RELATIVE : BASIS_DOCUMENT;
    if (p->op != OP_DATE) return BASIS_RELATIVE;
    bool written = p->has_year || p->month || p->decade || p->century || p->holiday;
    return written && !p->outer ? BASIS_TEXT : BASIS_RELATIVE;
}

/* The text is at this date now. */
static void move_on(resolver *s, const date_piece *p, const edtf_value *v)
{
    bool moves = v->grain != GRAIN_NONE && v->grain <= GRAIN_YEAR && p->op != OP_SPAN && p->op != OP_TIME;
    bool vague = v->grain == GRAIN_MONTH && (p->weekday || p->unit == GRAIN_WEEK);
    bool aside = v->grain == GRAIN_YEAR && names_a_thing(s, p);
    if (!moves || p->until || vague || aside || p->op == OP_EVENT) return;
    if (p->op == OP_AGO || (p->op == OP_REFAGO && p->unit >= GRAIN_YEAR && !s->is_narrative)) return;
    if (p->op == OP_TODAY && (s->is_narrative || (!p->names_day && s->has_current))) return;
    s->has_current = true;
    s->current = *v;
    s->current.approximate = s->current.uncertain = false;
    s->current_sentence = sentence_of(s, p);
    bool goes_on = s->current_has_full_year && !(p->op == OP_DATE && p->has_year);
    bool by_story = !s->has_anchor && p->op == OP_DATE && p->month && !v->no_year;
    s->current_has_full_year =
        (p->op == OP_DATE && p->has_year && p->month) || by_story || (goes_on && !v->no_year);
}

static bool means_nothing(const date_piece *p, const edtf_value *v)
{
    if (v->grain) return false;
    if (p->op == OP_NTH || p->op == OP_TIME || p->op == OP_SPAN || p->op == OP_EVENT) return true;
    return false;
}

date_answer *date_resolve(date_reader *r)
{
    resolver s = {.r = r};
    civil_date p = r->d->published;
    if (p.year && edtf_is_day(p.year, p.month, p.day))
        s.has_anchor = true, s.anchor = edtf_day_number(p.year, p.month, p.day);
    find_dateline(&s);
    find_year_of_release(&s);
    find_weekdays(&s);
    find_narrative(&s);
    find_numeric_order(&s);
    if (s.has_anchor && !s.is_narrative) r->telling = one_day(s.anchor, s.anchor_no_year);
    date_answer *answers = arena_new(r->d->arena, date_answer, r->pieces.n + 1);
    for (size_t i = 0; i < r->pieces.n; i++) {
        const date_piece *piece = &r->pieces.v[i];
        edtf_value v = resolve(&s, piece);
        if (v.grain) v.approximate |= piece->approximate, v.uncertain |= piece->uncertain;
        answers[i] = (date_answer){v, v.grain ? basis_of(piece) : BASIS_NONE, means_nothing(piece, &v)};
        move_on(&s, piece, &v);
    }
    return answers;
}
