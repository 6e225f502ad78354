#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "mention/edtf.h"

static void day_numbers_and_dates_are_inverse(void **state)
{
    (void)state;
    int32_t expected = edtf_day_number(-4000, 1, 1);
    for (int year = -4000; year <= 4000; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= edtf_month_days(year, month); day++, expected++) {
                if (year % 97 && day > 1 && day < 28) continue;
                int32_t n = edtf_day_number(year, month, day);
                civil_date c = edtf_civil(n);
                assert_int_equal(n, expected);
                assert_true(c.year == year && c.month == month && c.day == day);
            }
    assert_int_equal(edtf_weekday(edtf_day_number(2019, 11, 14)), 4);
    assert_int_equal(edtf_weekday(edtf_day_number(1939, 9, 1)), 5);
}

static void feasts_fall_on_their_days(void **state)
{
    (void)state;
    static const struct {
        int year, easter_month, easter_day, orthodox_month, orthodox_day;
    } easters[] = {{2000, 4, 23, 4, 30},
                   {2015, 4, 5, 4, 12},
                   {2019, 4, 21, 4, 28},
                   {2022, 4, 17, 4, 24},
                   {2024, 3, 31, 5, 5}};
    for (size_t i = 0; i < sizeof easters / sizeof *easters; i++) {
        int y = easters[i].year;
        assert_int_equal(edtf_easter(y),
                         edtf_day_number(y, easters[i].easter_month, easters[i].easter_day));
        assert_int_equal(edtf_orthodox_easter(y),
                         edtf_day_number(y, easters[i].orthodox_month, easters[i].orthodox_day));
    }
    /* Passover and Yom Kippur; Eid al-Fitr within a day of the sighted one. */
    assert_int_equal(edtf_hebrew(2019, 1, 15), edtf_day_number(2019, 4, 20));
    assert_int_equal(edtf_hebrew(1973, 7, 10), edtf_day_number(1973, 10, 6));
    assert_int_equal(edtf_hebrew(2023, 7, 1), edtf_day_number(2023, 9, 16));
    assert_in_range(edtf_islamic(2019, 10, 1), edtf_day_number(2019, 6, 3), edtf_day_number(2019, 6, 5));
    assert_in_range(edtf_islamic(2023, 9, 1), edtf_day_number(2023, 3, 22), edtf_day_number(2023, 3, 24));
    assert_in_range(edtf_islamic(1991, 12, 10), edtf_day_number(1991, 6, 21), edtf_day_number(1991, 6, 24));
}

static edtf_value span_of(int y1, int m1, int d1, int y2, int m2, int d2, edtf_grain grain)
{
    return (edtf_value){
        .grain = grain, .from = edtf_day_number(y1, m1, d1), .to = edtf_day_number(y2, m2, d2)};
}

static void values_are_written_as_edtf(void **state)
{
    (void)state;
    edtf_value day = span_of(2019, 11, 14, 2019, 11, 14, GRAIN_DAY), no_year = day, since = day,
               until = day, about = day;
    no_year.no_year = true;
    since.open_to = until.open_from = true;
    about.approximate = true;
    edtf_value both = about;
    both.uncertain = true;
    struct {
        edtf_value v;
        const char *edtf;
        int precision;
    } rows[] = {
        {day, "2019-11-14", 1},
        {no_year, "XXXX-11-14", 1},
        {since, "2019-11-14/..", 5},
        {until, "../2019-11-14", 5},
        {about, "2019-11-14~", 1},
        {both, "2019-11-14%", 1},
        {edtf_around(day.from, GRAIN_WEEK), "2019-11-11/2019-11-17", 3},
        {edtf_around(day.from, GRAIN_WEEKEND), "2019-11-16/2019-11-17", 2},
        {edtf_around(day.from, GRAIN_MONTH), "2019-11", 4},
        {edtf_around(day.from, GRAIN_QUARTER), "2019-10/2019-12", 5},
        {edtf_around(day.from, GRAIN_YEAR), "2019", 5},
        {edtf_around(day.from, GRAIN_DECADE), "201X", 5},
        {edtf_around(day.from, GRAIN_CENTURY), "20XX", 5},
        {edtf_season(2017, 2), "2017-06/2017-08", 5},
        {edtf_season(2017, 4), "2017-12/2018-02", 5},
        {span_of(2012, 1, 1, 2013, 12, 31, GRAIN_SPAN), "2012/2013", 5},
        {span_of(-479, 1, 1, -479, 12, 31, GRAIN_YEAR), "-0479", 5},
        {{GRAIN_NONE}, "", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        date d = {0};
        edtf_write(&rows[i].v, &d);
        assert_string_equal(d.edtf, rows[i].edtf);
        assert_int_equal(d.precision, rows[i].precision);
    }
    date d = {0};
    edtf_write(&no_year, &d);
    assert_true(d.from.year == 0 && d.from.month == 11 && d.to.day == 14);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(day_numbers_and_dates_are_inverse),
        cmocka_unit_test(feasts_fall_on_their_days),
        cmocka_unit_test(values_are_written_as_edtf),
    };
    return cmocka_run_group_tests_name("mention/edtf", tests, NULL, NULL);
}
