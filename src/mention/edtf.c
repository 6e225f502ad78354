#include "mention/edtf.h"

#include <stdio.h>

/* Eras of 400 years have 146,097 days; years begin in March so that the leap day comes last. */
int32_t edtf_day_number(int year, int month, int day)
{
    int y = year - (month <= 2);
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

civil_date edtf_civil(int32_t day_number)
{
    int32_t z = day_number + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int day_of_era = z - era * 146097;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int mp = (5 * day_of_year + 2) / 153;
    int month = mp < 10 ? mp + 3 : mp - 9;
    return (civil_date){(int16_t)(year_of_era + era * 400 + (month <= 2)), (uint8_t)month,
                        (uint8_t)(day_of_year - (153 * mp + 2) / 5 + 1)};
}

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int edtf_month_days(int year, int month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

static int floor_mod(int a, int b)
{
    int r = a % b;
    return r < 0 ? r + b : r;
}

static int floor_div(int a, int b)
{
    return (a - floor_mod(a, b)) / b;
}

int edtf_weekday(int32_t day_number)
{
    return floor_mod(day_number + 3, 7) + 1;
}

bool edtf_is_day(int year, int month, int day)
{
    return year >= -9999 && year <= 9999 && month >= 1 && month <= 12 && day >= 1
           && day <= edtf_month_days(year, month);
}

static edtf_value months(int year, int first_month, int n, edtf_grain grain)
{
    int last = first_month + n - 1, last_year = year + floor_div(last - 1, 12),
        last_month = floor_mod(last - 1, 12) + 1;
    return (edtf_value){.grain = grain,
                        .from = edtf_day_number(year, first_month, 1),
                        .to =
                            edtf_day_number(last_year, last_month, edtf_month_days(last_year, last_month))};
}

static edtf_value years(int first, int n, edtf_grain grain)
{
    return months(first, 1, 12 * n, grain);
}

edtf_value edtf_season(int year, int season)
{
    return months(year, 3 * season, 3, GRAIN_SEASON);
}

edtf_value edtf_around(int32_t day_number, edtf_grain grain)
{
    civil_date c = edtf_civil(day_number);
    int monday = day_number - (edtf_weekday(day_number) - 1);
    switch (grain) {
    case GRAIN_WEEKEND: return (edtf_value){.grain = grain, .from = monday + 5, .to = monday + 6};
    case GRAIN_WEEK: return (edtf_value){.grain = grain, .from = monday, .to = monday + 6};
    case GRAIN_MONTH: return months(c.year, c.month, 1, grain);
    case GRAIN_QUARTER: return months(c.year, (c.month - 1) / 3 * 3 + 1, 3, grain);
    case GRAIN_SEASON: return c.month < 3 ? edtf_season(c.year - 1, 4) : edtf_season(c.year, c.month / 3);
    case GRAIN_HALF: return months(c.year, c.month <= 6 ? 1 : 7, 6, grain);
    case GRAIN_YEAR: return years(c.year, 1, grain);
    case GRAIN_DECADE: return years(floor_div(c.year, 10) * 10, 10, grain);
    case GRAIN_CENTURY: return years(floor_div(c.year, 100) * 100, 100, grain);
    default: return (edtf_value){.grain = GRAIN_DAY, .from = day_number, .to = day_number};
    }
}

static int32_t shift_months(int32_t day_number, int n)
{
    civil_date c = edtf_civil(day_number);
    int month = c.month - 1 + n, year = c.year + floor_div(month, 12);
    if (year < -9000 || year > 9000) return day_number;
    month = floor_mod(month, 12) + 1;
    int last = edtf_month_days(year, month);
    return edtf_day_number(year, month, c.day < last ? c.day : last);
}

edtf_value edtf_shift(int32_t day_number, edtf_grain grain, int n)
{
    if (n > 100000 || n < -100000) return (edtf_value){GRAIN_NONE};
    switch (grain) {
    case GRAIN_WEEK:
    case GRAIN_WEEKEND: day_number += 7 * n; break;
    case GRAIN_MONTH: day_number = shift_months(day_number, n); break;
    case GRAIN_SEASON:
    case GRAIN_QUARTER: day_number = shift_months(day_number, 3 * n); break;
    case GRAIN_HALF: day_number = shift_months(day_number, 6 * n); break;
    case GRAIN_YEAR: day_number = shift_months(day_number, 12 * n); break;
    case GRAIN_DECADE: day_number = shift_months(day_number, 120 * n); break;
    case GRAIN_CENTURY: day_number = shift_months(day_number, 1200 * n); break;
    default: day_number += n;
    }
    return edtf_around(day_number, grain);
}

int32_t edtf_easter(int year)
{
    int a = year % 19, b = year / 100, c = year % 100;
    int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int m = (a + 11 * h + 22 * l) / 451;
    int n = h + l - 7 * m + 114;
    return edtf_day_number(year, n / 31, n % 31 + 1);
}

int32_t edtf_orthodox_easter(int year)
{
    int d = (19 * (year % 19) + 15) % 30, e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
    int n = d + e + 114;
    int julian_to_gregorian = year / 100 - year / 400 - 2;
    return edtf_day_number(year, n / 31, n % 31 + 1) + julian_to_gregorian;
}

/* 1 Muharram of the year 1 was 19 July 622 (Gregorian); 11 leap years in 30. */
int32_t edtf_islamic_day(int year, int month, int day)
{
    return edtf_day_number(622, 7, 19) - 1 + day + 29 * (month - 1) + month / 2 + 354 * (year - 1)
           + floor_div(3 + 11 * year, 30);
}

int32_t edtf_islamic(int gregorian_year, int month, int day)
{
    int32_t start = edtf_day_number(gregorian_year, 1, 1);
    int year = (int)((double)(gregorian_year - 622) * 33 / 32) - 1;
    while (edtf_islamic_day(year, month, day) < start) year++;
    return edtf_islamic_day(year, month, day);
}

/* Days from the epoch of the Hebrew calendar to the new year, with its postponements. */
static int32_t hebrew_new_year(int year)
{
    int month_count = floor_div(235 * year - 234, 19);
    int parts = 12084 + 13753 * month_count;
    int day = 29 * month_count + floor_div(parts, 25920);
    if (floor_mod(3 * (day + 1), 7) < 3) day++;
    return day;
}

static int32_t hebrew_year_start(int year)
{
    int32_t before = hebrew_new_year(year - 1), this = hebrew_new_year(year),
            after = hebrew_new_year(year + 1);
    int fix = after - this == 356 ? 2 : this - before == 382 ? 1 : 0;
    return edtf_day_number(-3760, 9, 7) + this + fix;
}

/* Tishri begins the year; Nisan to Elul have a fixed length, so they are counted back from the next. */
int32_t edtf_hebrew(int gregorian_year, int month, int day)
{
    static const uint8_t before_tishri[] = {0,  177, 147, 118,
                                            88, 59,  29}; /* 1 Nisan … 1 Elul to 1 Tishri */
    int32_t tishri = hebrew_year_start(gregorian_year + 3761);
    if (month < 7) return tishri - before_tishri[month] + day - 1;
    return tishri + 30 * (month - 7) + day - 1;
}

/* ---- writing --------------------------------------------------------------------------------- */

static int write_point(char *out, size_t room, int32_t day_number, edtf_grain grain, bool no_year)
{
    civil_date c = edtf_civil(day_number);
    char year[8] = "XXXX";
    if (!no_year) snprintf(year, sizeof year, c.year < 0 ? "%05d" : "%04d", c.year);
    if (grain == GRAIN_YEAR) return snprintf(out, room, "%s", year);
    if (grain == GRAIN_MONTH) return snprintf(out, room, "%s-%02d", year, c.month);
    return snprintf(out, room, "%s-%02d-%02d", year, c.month, c.day);
}

static bool starts(int32_t day_number, edtf_grain grain)
{
    return edtf_around(day_number, grain).from == day_number;
}

static bool ends(int32_t day_number, edtf_grain grain)
{
    return edtf_around(day_number, grain).to == day_number;
}

/* The coarsest of year, month and day in which both ends can be said. */
static edtf_grain common_grain(const edtf_value *v)
{
    bool from_year = v->open_from || starts(v->from, GRAIN_YEAR),
         to_year = v->open_to || ends(v->to, GRAIN_YEAR);
    bool from_month = v->open_from || starts(v->from, GRAIN_MONTH);
    bool to_month = v->open_to || ends(v->to, GRAIN_MONTH);
    if (v->grain == GRAIN_DAY || v->grain == GRAIN_WEEK || v->grain == GRAIN_WEEKEND) return GRAIN_DAY;
    if (v->grain == GRAIN_MONTH && from_month && to_month) return GRAIN_MONTH;
    if (from_year && to_year && !v->no_year) return GRAIN_YEAR;
    return from_month && to_month ? GRAIN_MONTH : GRAIN_DAY;
}

static void write_edtf(const edtf_value *v, char *out, size_t room)
{
    bool marked = v->approximate || v->uncertain; /* parsers know no mark beside unspecified digits */
    const char *mark = v->no_year                       ? ""
                       : v->approximate && v->uncertain ? "%"
                       : v->approximate                 ? "~"
                       : v->uncertain                   ? "?"
                                                        : "";
    char from[24], to[24];
    edtf_grain grain = v->to_grain ? v->grain : common_grain(v),
               to_grain = v->to_grain ? v->to_grain : grain;
    bool open = v->open_from || v->open_to;
    int year = edtf_civil(v->from).year;
    if (!open && !marked && (v->grain == GRAIN_DECADE || v->grain == GRAIN_CENTURY) && year >= 0) {
        bool decade = v->grain == GRAIN_DECADE;
        snprintf(out, room, decade ? "%03dX" : "%02dXX", decade ? year / 10 : year / 100);
        return;
    }
    write_point(from, sizeof from, v->from, grain, v->no_year);
    write_point(to, sizeof to, v->to, to_grain, v->no_year);
    if (v->open_from) snprintf(out, room, "../%.16s%s", to, mark);
    else if (v->open_to) snprintf(out, room, "%.16s%s/..", from, mark);
    else if (strcmp(from, to) == 0) snprintf(out, room, "%.16s%s", from, mark);
    else snprintf(out, room, "%.16s%s/%.16s%s", from, mark, to, mark);
}

static uint8_t precision_of(const edtf_value *v)
{
    int32_t days = v->to - v->from + 1;
    if (v->open_from || v->open_to) return 5;
    return days <= 1 ? 1 : days <= 6 ? 2 : days <= 7 ? 3 : days <= 31 ? 4 : 5;
}

void edtf_write(const edtf_value *v, date *d)
{
    d->edtf[0] = 0;
    d->from = d->to = (civil_date){0, 0, 0};
    d->precision = 0;
    bool year_zero =
        !v->no_year
        && (edtf_civil(v->from).year == 0 || edtf_civil(v->to).year == 0); /* cannot be said here */
    bool whole_unknown_year = v->no_year && v->to - v->from >= 365;
    if (v->grain == GRAIN_NONE || whole_unknown_year || year_zero
        || (!v->open_to && v->from > v->to && !v->open_from))
        return;
    write_edtf(v, d->edtf, sizeof d->edtf);
    if (!v->open_from) d->from = edtf_civil(v->from);
    if (!v->open_to) d->to = edtf_civil(v->to);
    if (v->no_year) d->from.year = d->to.year = 0;
    d->precision = precision_of(v);
}
