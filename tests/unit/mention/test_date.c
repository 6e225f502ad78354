#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

#include "mention/date.h"
#include "support.h"

/* Published, words, and what is to be found: "TEXT=EDTF | TEXT=EDTF"; an interval stands after ">". */
typedef struct row {
    const char *published, *words, *found;
} row;

static const row calendar_rows[] = {
    {"", "On November 14 +, 2019 +, shells fell +.", "November 14, 2019=2019-11-14"},
    {"", "on 14 November 2019", "14 November 2019=2019-11-14"},
    {"", "the 14th of November +, 2019", "14th of November, 2019=2019-11-14"},
    {"", "Thursday +, 14 Nov. 2019", "Thursday, 14 Nov. 2019=2019-11-14"},
    {"", "on Nov.14th 2019", "Nov.14th 2019=2019-11-14"},
    {"", "dated Jun 142016 in the log", "Jun 142016=2016-06-14"},
    {"", "2016-07-09", "2016-07-09=2016-07-09"},
    {"", "2016 +- +07 +- +09", "2016-07-09=2016-07-09"},
    {"", "at 2016-07-09T21:30:00Z", "2016-07-09T21:30:00Z=2016-07-09"},
    {"", "on 28//04//2016", "28/04/2016=2016-04-28"},
    {"", "on 4//28//2016", "4/28/2016=2016-04-28"},
    {"", "on 28.04.2016", "28.04.2016=2016-04-28"},
    {"", "on 03//04//2016", "03/04/2016=2016-04-03?"},
    {"", "on 03//04//2016 and on 17//04//2016", "03/04/2016=2016-04-03 | 17/04/2016=2016-04-17"},
    {"", "on 03//04//2016 and on 04//17//2016", "03/04/2016=2016-03-04 | 04/17/2016=2016-04-17"},
    {"", "contact at 142300ZNOV19", "142300ZNOV19=2019-11-14"},
    {"", "contact at 142300Z NOV 19 +.", "142300Z NOV 19=2019-11-14"},
    {"", "In March 2011 protests began", "March 2011=2011-03"},
    {"", "in mid +- +May 2012", "mid-May 2012=2012-05"},
    {"", "around mid-May 2012", "around mid-May 2012=2012-05~"},
    {"", "in late 2016", "late 2016=2016"},
    {"", "since the early 1980s", "early 1980s=198X>1980/.."},
    {"", "in the nineties", "nineties=199X"},
    {"", "in the 18th century", "18th century=17XX"},
    {"", "in 480 BC", "480 BC=-0479"},
    {"", "in the summer of 2017", "summer of 2017=2017-06/2017-08"},
    {"", "in the third quarter of 2016", "third quarter of 2016=2016-07/2016-09"},
    {"", "at Christmas 2016", "Christmas 2016=2016-12-25"},
    {"", "on Easter Sunday 2016", "Easter Sunday 2016=2016-03-27"},
    {"", "since Ramadan 2016", "Ramadan 2016=2016-06-07~/2016-07-06~>2016-06-07~/.."},
    {"", "nineteen ninety-six", "nineteen ninety-six=1996"},
    {"", "a 2014 deal , of 1500 rifles/NOUN/NNS and 2000 men/NOUN/NNS", "2014=2014"},
    {"", "In July 2000 people/NOUN/NNS", "July 2000=2000-07"},
    {"", "on 31 February 2016", "February 2016=2016-02"},
};

static const row yearless_rows[] = {
    {"", "On November 14 , shells fell", "November 14=XXXX-11-14"},
    {"", "in November", "November=XXXX-11"},
    {"", "Thursday +, Dec. 15 +. On Friday came the rest .",
     "Thursday, Dec. 15=XXXX-12-15 | Friday=XXXX-12-16"},
    {"", "on Sunday", "Sunday="},
    {"", "DAMASCUS , Oct. 19 ( Agency ) - Shells fell on Friday .", "Oct. 19=XXXX-10-19 | Friday=XXXX-10"},
    {"", "DAMASCUS , Oct. 3 ( Agency ) - Shells fell on Friday .", "Oct. 3=XXXX-10-03 | Friday="},
    {"2019-11-15", "On November 14 , shells fell", "November 14=2019-11-14"},
    {"2019-01-15", "On December 14 , shells fell", "December 14=2018-12-14"},
    {"", "On 5 May 2016 it began . On 9 May it was over .", "5 May 2016=2016-05-05 | 9 May=2016-05-09"},
    {"", "In December 2015 it began . In January it was over .", "December 2015=2015-12 | January=2016-01"},
};

static const row relative_rows[] = {
    {"2019-11-15", "yesterday", "yesterday=2019-11-14"},
    {"2019-11-15", "two men died today", "today=2019-11-15"},
    {"2019-11-15", "the day before yesterday", "day before yesterday=2019-11-13"},
    {"2019-11-15", "on Friday", "Friday=2019-11-15"},
    {"2019-11-15", "on Thursday", "Thursday=2019-11-14"},
    {"2019-11-15",
     "They/PRON/PRP/they/nsubj/3 will/AUX/MD/will/aux/3 meet/VERB/VB/meet/root/0 "
     "Tuesday/PROPN/NNP/Tuesday/obl/3",
     "Tuesday=2019-11-19"},
    {"2019-11-15", "They/PRON/PRP/they/nsubj/2 met/VERB/VBD/meet/root/0 Tuesday/PROPN/NNP/Tuesday/obl/2",
     "Tuesday=2019-11-12"},
    {"2019-11-15", "last Friday", "last Friday=2019-11-08"},
    {"2019-11-15", "next Monday", "next Monday=2019-11-18"},
    {"2019-11-15", "Tuesday last week", "Tuesday last week=2019-11-05"},
    {"2019-11-15", "last week", "last week=2019-11-04/2019-11-10"},
    {"2019-11-15", "early last month", "early last month=2019-10"},
    {"2019-11-15", "this year", "this year=2019"},
    {"2019-11-15", "25 February last year", "25 February last year=2018-02-25"},
    {"2019-11-15", "last summer", "last summer=2019-06/2019-08"},
    {"2019-11-15", "two weeks ago", "two weeks ago=2019-10-28/2019-11-03"},
    {"2019-11-15", "some three years ago", "three years ago=2016"},
    {"2019-11-15", "last night", "last night=2019-11-14"},
    {"2019-11-15", "overnight", "overnight=2019-11-14/2019-11-15"},
    {"2019-11-15", "over the past two years", "past two years=2017-11/2019-11"},
    {"2019-11-15", "in the past 24 hours", "past 24 hours=2019-11-14/2019-11-15"},
    {"2019-11-18", "at the weekend", "weekend=2019-11-16/2019-11-17"},
    {"", "On 5 May 2016 it began . The next day it ended .", "5 May 2016=2016-05-05 | next day=2016-05-06"},
    {"2019-11-15",
     "Troops came on 14 November 2019 . They are currently there . On the same day others left .",
     "14 November 2019=2019-11-14 | currently=2019-11-15 | same day=2019-11-14"},
    {"", "On 5 May 2016 it began . On the same day it ended .",
     "5 May 2016=2016-05-05 | same day=2016-05-05"},
    {"", "On 5 May 2016 it began . Two days later it ended .",
     "5 May 2016=2016-05-05 | Two days later=2016-05-07"},
    {"", "On 5 May 2016 it began . It ended later that month .",
     "5 May 2016=2016-05-05 | later that month=2016-05"},
    {"2016-07-22", "Following Sunday +'s battle they fled .", "Sunday=2016-07-17"},
    {"2016-07-22", "They fled on Monday . The following Sunday it fell .",
     "Monday=2016-07-18 | following Sunday=2016-07-24"},
    {"", "On 5 May 2016 it began . It ended the following year .",
     "5 May 2016=2016-05-05 | following year=2017"},
    {"", "On 5 May 2016 it began . The next morning it ended .",
     "5 May 2016=2016-05-05 | next morning=2016-05-06"},
    {"", "He fled recently +.", "recently="},
    {"", "On 5 May 2016 it began . Since then ten died .",
     "5 May 2016=2016-05-05 | then=2016-05-05>2016-05-05/.."},
    {"", "Then it began .", ""},
    {"", "It began on 10 May 2016 . On the 12th , it ended .", "10 May 2016=2016-05-10 | 12th=2016-05-12"},
    {"", "It began on 10 May 2016 . On the 3rd , it ended .", "10 May 2016=2016-05-10 | 3rd=2016-05-03"},
    {"", "It began on 20 May 2016 . On the 3rd , it ended .", "20 May 2016=2016-05-20 | 3rd="},
    {"", "On the 12th/ADJ/JJ/12th/amod/1 floor/NOUN/NN/floor/obl/2 .", ""},
    {"", "2010 +- +05 +- +CA +- +039\nKABUL ( May 11 ) - Two men were held yesterday .",
     "May 11=2010-05-11 | yesterday=2010-05-10"},
    {"", "DAMASCUS +, 14 Nov. 2019 ( Agency ) - Shells fell . He spoke yesterday +.",
     "14 Nov. 2019=2019-11-14 | yesterday=2019-11-13"},
    {"2019-11-15", "around 8 pm on Friday", "8 pm on Friday=2019-11-15"},
    {"2019-11-15", "Friday morning", "Friday morning=2019-11-15"},
    {"2019-11-15", "on the morning of 12 November", "morning of 12 November=2019-11-12"},
    {"2019-11-15", "yesterday ( 14 November )", "yesterday ( 14 November )=2019-11-14"},
};

static const row interval_rows[] = {
    {"", "between 9 and 12 March 2019",
     "9=2019-03-09>2019-03-09/2019-03-12 | 12 March 2019=2019-03-12>2019-03-09/2019-03-12"},
    {"", "April 6 +- +7 +, 2019",
     "April 6=2019-04-06>2019-04-06/2019-04-07 | 7, 2019=2019-04-07>2019-04-06/2019-04-07"},
    {"", "from May to July 2016", "May=2016-05>2016-05/2016-07 | July 2016=2016-07>2016-05/2016-07"},
    {"", "1980 +- +88", "1980=1980>1980/1988 | 88=1988>1980/1988"},
    {"", "on 10 , 11 and 12 May 2016",
     "10=2016-05-10>2016-05-10/2016-05-12 | 11=2016-05-11>2016-05-10/2016-05-12 | 12 May "
     "2016=2016-05-12>2016-05-10/2016-05-12"},
    {"", "on May 10 , 11 and 12 +, 2016",
     "May 10=2016-05-10>2016-05-10/2016-05-12 | 11=2016-05-11>2016-05-10/2016-05-12 | 12, "
     "2016=2016-05-12>2016-05-10/2016-05-12"},
    {"", "on May 10 , 14 and 19 +, 2016", "May 10=2016-05-10 | 14=2016-05-14 | 19, 2016=2016-05-19"},
    {"", "from the 5th to the 7th of December 2016",
     "5th=2016-12-05>2016-12-05/2016-12-07 | 7th of December 2016=2016-12-07>2016-12-05/2016-12-07"},
    {"", "since 2012", "2012=2012>2012/.."},
    {"", "until early August 2019", "early August 2019=2019-08>../2019-08"},
    {"2015-07-05", "Saturday and Sunday",
     "Saturday=2015-07-04>2015-07-04/2015-07-05 | Sunday=2015-07-05>2015-07-04/2015-07-05"},
    {"",
     "since/SCONJ/IN/since/mark/3 fighting/NOUN/NN/fighting/nsubj/3 began/VERB/VBD/begin/advcl/6 in "
     "March/PROPN/NNP/March/obl/3 "
     "2011 died/VERB/VBD/die/root/0",
     "March 2011=2011-03>2011-03/.."},
    {"", "in 2012 and 2014", "2012=2012 | 2014=2014"},
};

static const row holiday_rows[] = {
    {"2016-02-10", "during Tet", "Tet=2016-02-08~"},
    {"2020-02-01", "on Lunar New Year", "Lunar New Year=2020-01-25~"},
    {"2016-11-02", "on Diwali", "Diwali=2016-10-30~"},
    {"2019-11-15", "on Diwali", "Diwali=2019-10-27~"},
    {"2018-06-25", "on Vesak", "Vesak=2018-05-29~"},
    {"2019-03-25", "on Nowruz", "Nowruz=2019-03-21"},
    {"2018-12-20", "on 7 Rabi al +- +Awwal 1440", "7 Rabi al-Awwal 1440=2018-11-16~"},
    {"2018-12-20", "in Dhu al +- +Hijjah", "Dhu al-Hijjah=2018-08-13~/2018-09-10~"},
    {"2018-12-20", "Rabi al +- +Madhoun wrote", ""},
    {"2019-06-10", "for Eid al +- +Fitr", "Eid al-Fitr=2019-06-05~"},
    {"2019-09-12", "on Ashura", "Ashura=2019-09-10~"},
    {"2019-05-01", "on Orthodox Easter", "Orthodox Easter=2019-04-28"},
    {"2019-12-30", "on Hanukkah", "Hanukkah=2019-12-23"},
    {"2019-10-12", "on Yom Kippur", "Yom Kippur=2019-10-09"},
    {"2002-04-01", "on Passover", "Passover=2002-03-28"},
    {"2020-04-20", "during Songkran", "Songkran=2020-04-13/2020-04-15"},
    {"2020-04-20", "during Thingyan", "Thingyan=2020-04-13/2020-04-16"},
    {"2019-05-20", "on 15 Ramadan", "15 Ramadan=2019-05-20~"},
    {"2019-05-20", "on the third day of Ramadan", "third day of Ramadan=2019-05-08~"},
    {"2019-11-15", "on 10 Muharram 1441", "10 Muharram 1441=2019-09-10~"},
    {"2019-11-15", "on 13 Aban 1398", "13 Aban 1398=2019-11-04~"},
    {"2019-11-15", "on 2 Meskerem", "2 Meskerem=2019-09-13~"},
    {"2019-11-15", "on 14 Nisan", "14 Nisan=2019-04-19"},
    {"2019-11-15", "the Tet offensive and the Yom Kippur War", ""},
};

static const row more_rows[] = {
    {"2019-11-15", "Q3 2018", "Q3 2018=2018-07/2018-09"},
    {"2019-11-15", "in the first half of 2019", "first half of 2019=2019-01/2019-06"},
    {"2019-11-15", "in the second half of 2019", "second half of 2019=2019-07/2019-12"},
    {"2019-11-15", "in the week of 4 November", "week of 4 November=2019-11-04/2019-11-10"},
    {"2019-11-15", "In October 2019 fewer died than a year earlier",
     "October 2019=2019-10 | a year earlier=2018-10"},
    {"2019-11-15", "In October 2019 they met ; a year earlier he fled",
     "October 2019=2019-10 | a year earlier=2018"},
    {"", "In 2014 it fell . On 5 March they came , in June they left .",
     "2014=2014 | 5 March=2014-03-05 | June=2014-06"},
    {"2019-11-15", "HOMS , Nov 12 ( Agency ) - Shells fell yesterday .",
     "Nov 12=2019-11-12 | yesterday=2019-11-11"},
    {"2023-07-31", "HOMS , Nov 12 ( Agency ) - Shells fell .", "Nov 12=2022-11-12"},
    {"2019-11-15", "since Monday", "Monday=2019-11-11>2019-11-11/2019-11-15"},
    {"2019-11-15", "since March 2011", "March 2011=2011-03>2011-03/2019-11"},
    {"2019-11-15", "since 2012", "2012=2012>2012/2019-11"},
    {"2019-11-15", "until Monday", "Monday=2019-11-11>../2019-11-11"},
};

static const row no_rows[] = {
    {"2019-11-15", "for two days of fighting", ""},
    {"2019-11-15", "a 12 +- +year +- +old boy", ""},
    {"2019-11-15", "every day , for months", ""},
    {"2019-11-15", "He may/AUX/MD march/VERB/VB in spring/VERB/VB .", ""},
    {"2019-11-15", "$ 2000 and Resolution 2254", ""},
    {"2019-11-15", "one day", ""},
    {"2019-11-15", "after the fall of the town", ""},
    {"2019-11-15", "Ramadan al +- +Omar fled", ""},
    {"2019-11-15", "He/PRON/PRP/he/nsubj/2 prays/VERB/VBZ/pray/root/0 on Fridays/PROPN/NNPS/Friday/obl/2",
     ""},
    {"2019-11-15", "Jan Egeland", ""},
    {"2019-11-15", "more than 2000 people", ""},
    {"2019-11-15", "a day after the attack", ""},
};

static void render(const document *d, const mention *m, char *out, size_t room)
{
    str text = document_str(d, m->at);
    size_t n = strlen(out);
    snprintf(out + n, room - n, "%s%.*s=%s%s%s", n ? " | " : "", (int)text.len, text.ptr, m->date.edtf,
             m->interval.edtf[0] ? ">" : "", m->interval.edtf);
}

static int fails(const date_rules *rules, const row *r)
{
    arena a;
    arena_init(&a, 0);
    document *d = support_document_of(&a, r->published, r->words);
    char out[600] = "";
    date_mentions(rules, d);
    for (size_t i = 0; i < d->mentions.n; i++) render(d, &d->mentions.v[i], out, sizeof out);
    int bad = strcmp(out, r->found) != 0;
    if (bad) print_error("%s [%s]\n  expected %s\n  found    %s\n", r->words, r->published, r->found, out);
    arena_release(&a);
    return bad;
}

static void check(void **state, const row *rows, size_t n)
{
    int bad = 0;
    for (size_t i = 0; i < n; i++) bad += fails(*state, &rows[i]);
    assert_int_equal(bad, 0);
}

#define CHECK(rows) check(state, rows, sizeof rows / sizeof *rows)

static void calendar_dates(void **state)
{
    CHECK(calendar_rows);
}

static void a_year_is_not_invented(void **state)
{
    CHECK(yearless_rows);
}

static void feasts_and_other_calendars(void **state)
{
    CHECK(holiday_rows);
}

static void parts_of_years_and_open_ends(void **state)
{
    CHECK(more_rows);
}

static void relative_dates(void **state)
{
    CHECK(relative_rows);
}

static void intervals(void **state)
{
    CHECK(interval_rows);
}

static void what_is_no_date(void **state)
{
    CHECK(no_rows);
}

static arena table_arena;

static int open_rules(void **state)
{
    date_rules *rules;
    error e;
    arena_init(&table_arena, 0);
    if (!date_rules_open(&table_arena, STR(SOURCE_ROOT "/codebooks"), &rules, &e)) {
        print_error("%s:%zu: %s\n", e.where, (size_t)e.line, e.message);
        return 1;
    }
    *state = rules;
    return 0;
}

static int close_rules(void **state)
{
    (void)state;
    arena_release(&table_arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calendar_dates),
        cmocka_unit_test(a_year_is_not_invented),
        cmocka_unit_test(feasts_and_other_calendars),
        cmocka_unit_test(parts_of_years_and_open_ends),
        cmocka_unit_test(relative_dates),
        cmocka_unit_test(intervals),
        cmocka_unit_test(what_is_no_date),
    };
    return cmocka_run_group_tests_name("mention/date", tests, open_rules, close_rules);
}
