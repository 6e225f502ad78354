/* edtf: days of the calendar, and how a stretch of them is written.
 * In: a stretch of days and what is known of it. Out: an Extended Date/Time Format string (ISO 8601-2,
 * EDTF level 1; an unknown year as XXXX), its bounds and its precision.
 * Day numbers are used for arithmetic, after Howard Hinnant, "chrono-compatible low-level date
 * algorithms" (2013); the feasts of moveable calendars are computed as E. G. Richards, "Mapping Time"
 * (1998) describes: Easter by the Meeus/Jones/Butcher rule, the Islamic calendar by its tabular (civil)
 * form, which may be off by a day or two. */
#ifndef SITREP_MENTION_EDTF_H
#define SITREP_MENTION_EDTF_H

#include "record/record.h"

/* Stands for the unknown year in arithmetic; a leap year, so that 29 February exists. */
#define EDTF_ANY_YEAR 2000

typedef enum edtf_grain {
    GRAIN_NONE,
    GRAIN_DAY,
    GRAIN_WEEKEND,
    GRAIN_WEEK,
    GRAIN_MONTH,
    GRAIN_QUARTER,
    GRAIN_SEASON,
    GRAIN_HALF,
    GRAIN_YEAR,
    GRAIN_DECADE,
    GRAIN_CENTURY,
    GRAIN_SPAN /* any other stretch of days */
} edtf_grain;

/* Days [from, to]; both in the unknown year where `no_year`. */
typedef struct edtf_value {
    edtf_grain grain;    /* GRAIN_NONE: no value */
    edtf_grain to_grain; /* of the end where it is told less exactly or more; GRAIN_NONE: as the start */
    int32_t from, to;    /* day numbers: days since 1970-01-01 */
    bool no_year;
    bool approximate, uncertain;
    bool open_from, open_to; /* "until 2016", "since Monday" */
} edtf_value;

int32_t edtf_day_number(int year, int month, int day);
civil_date edtf_civil(int32_t day_number);
int edtf_month_days(int year, int month);

/* 1 = Monday to 7 = Sunday. */
int edtf_weekday(int32_t day_number);

/* A real day of the years -9999 to 9999. */
bool edtf_is_day(int year, int month, int day);

/* The unit of the calendar that holds the day: its week from Monday, its month, its decade … */
edtf_value edtf_around(int32_t day_number, edtf_grain grain);

/* The unit that lies `n` units away from the one that holds the day. A day-sized grain moves by days; a
 * day of a month that is too short becomes its last. */
edtf_value edtf_shift(int32_t day_number, edtf_grain grain, int n);

/* Season 1 = spring to 4 = winter (December of the year to February of the next), as north of the
 * equator. */
edtf_value edtf_season(int year, int season);

/* Western and Orthodox Easter Sunday. */
int32_t edtf_easter(int year);
int32_t edtf_orthodox_easter(int year);

/* The day of the tabular Islamic calendar that falls in a Gregorian year, first one where there are two. */
int32_t edtf_islamic(int gregorian_year, int month, int day);

/* The day of the tabular Islamic calendar of a year of its own. */
int32_t edtf_islamic_day(int year, int month, int day);

/* The first new or full moon that falls on the day or after it. `day_begins`: the part of a day to add before days are
 * counted, for time zones and feasts that are kept on the evening before: 8.0 / 24 for China. Off by a day where the
 * moon is new near midnight. */
int32_t edtf_moon(int32_t from, bool full, double day_begins);

/* Months of other calendars: numbered from Muharram, Farvardin, Meskerem and Nisan. */
typedef enum edtf_calendar {
    CALENDAR_ISLAMIC,
    CALENDAR_IRANIAN,
    CALENDAR_HEBREW,
    CALENDAR_ETHIOPIAN
} edtf_calendar;

/* The first such day in a Gregorian year. All but the Hebrew one may be off by a day. */
int32_t edtf_calendar_day(edtf_calendar calendar, int gregorian_year, int month, int day);
int edtf_calendar_month_days(edtf_calendar calendar, int month);

/* The Gregorian year in which that month of a year of the calendar begins. */
int edtf_civil_year(edtf_calendar calendar, int year, int month);

/* The day of the Hebrew calendar that falls in a Gregorian year; months from 1 = Nisan, 7 = Tishri. */
int32_t edtf_hebrew(int gregorian_year, int month, int day);

/* Writes the EDTF, its bounds and its precision into *d; basis is left alone. An empty value gives an
 * empty date. */
void edtf_write(const edtf_value *v, date *d);

#endif
