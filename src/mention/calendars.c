/* Calendars beside the civil one, and feasts that the moon sets. */
#include "mention/edtf.h"

#include <math.h>

#define JULIAN_DAY_OF_1970 2440587.5

static double sine(double degrees)
{
    return sin(degrees * 3.14159265358979323846 / 180);
}

/* Jean Meeus, "Astronomical Algorithms" (1998), chapter 49, its greatest terms: right to some minutes. `k` counts new
 * moons from the first of the year 2000; k + 0.5 is a full moon. */
static double moon_phase(double k)
{
    double t = k / 1236.85, m = 2.5534 + 29.1053567 * k, n = 201.5643 + 385.81693528 * k;
    double f = 160.7108 + 390.67050284 * k;
    bool full = k - floor(k) > 0.25;
    double jde = 2451550.09766 + 29.530588861 * k + 0.00015437 * t * t;
    jde += (full ? -0.40614 : -0.40720) * sine(n) + (full ? 0.17302 : 0.17241) * sine(m)
           + 0.0161 * sine(2 * n) + 0.0104 * sine(2 * f) + 0.0074 * sine(n - m) - 0.0051 * sine(n + m)
           + 0.0021 * sine(2 * m);
    return jde - 0.0008 - JULIAN_DAY_OF_1970; /* dynamical time runs about a minute ahead */
}

int32_t edtf_moon(int32_t from, bool full, double day_begins)
{
    double k = floor((from - 10957) / 29.530588861) - 1 + (full ? 0.5 : 0);
    int32_t day = 0;
    for (int i = 0; i < 5; i++, k++) {
        day = (int32_t)floor(moon_phase(k) + day_begins);
        if (day >= from) break;
    }
    return day;
}

/* The Iranian year begins at the March equinox; its first six months have 31 days, the others 30. */
static int32_t iranian_day(int gregorian_year, int month, int day)
{
    int32_t start = edtf_day_number(gregorian_year, 3, gregorian_year % 4 == 0 ? 20 : 21);
    return start + (month <= 7 ? 31 * (month - 1) : 186 + 30 * (month - 7)) + day - 1;
}

/* The Ethiopian year begins on 11 September, on the 12th before a leap year of ours; months have 30 days. */
static int32_t ethiopian_day(int gregorian_year, int month, int day)
{
    bool leap = edtf_month_days(gregorian_year + 1, 2) == 29;
    return edtf_day_number(gregorian_year, 9, leap ? 12 : 11) + 30 * (month - 1) + day - 1;
}

int32_t edtf_calendar_day(edtf_calendar calendar, int gregorian_year, int month, int day)
{
    int32_t start = edtf_day_number(gregorian_year, 1, 1), at;
    switch (calendar) {
    case CALENDAR_IRANIAN:
        at = iranian_day(gregorian_year - 1, month, day);
        return at >= start ? at : iranian_day(gregorian_year, month, day);
    case CALENDAR_ETHIOPIAN:
        at = ethiopian_day(gregorian_year - 1, month, day);
        return at >= start ? at : ethiopian_day(gregorian_year, month, day);
    case CALENDAR_HEBREW: return edtf_hebrew(gregorian_year, month, day);
    default: return edtf_islamic(gregorian_year, month, day);
    }
}

int edtf_calendar_month_days(edtf_calendar calendar, int month)
{
    if (calendar == CALENDAR_IRANIAN) return month <= 6 ? 31 : 30;
    if (calendar == CALENDAR_ETHIOPIAN) return month == 13 ? 5 : 30;
    return 29 + month % 2;
}

/* The civil year in which a month of a year of the calendar begins. */
int edtf_civil_year(edtf_calendar calendar, int year, int month)
{
    switch (calendar) {
    case CALENDAR_IRANIAN: return year + 621 + (month > 10);
    case CALENDAR_ETHIOPIAN: return year + 7 + (month > 4);
    case CALENDAR_HEBREW: return year - 3761 + (month < 7 || month > 9);
    default: return edtf_civil(edtf_islamic_day(year, month, 1)).year;
    }
}
