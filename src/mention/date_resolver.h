/* date_resolver: what the parts that find the day of a piece share (date_resolve.h tells the method).
 * date_calendar: dates, weekdays, holidays, seasons by their names; date_units: days, weeks, years counted from a day;
 * date_story: what the whole document tells, its dateline first. Nothing here is kept beyond one document. */
#ifndef SITREP_MENTION_DATE_RESOLVER_H
#define SITREP_MENTION_DATE_RESOLVER_H

#include "mention/date_resolve.h"

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
    edtf_value quarter;         /* the last one that was named */
    int day_first, month_first; /* numeric dates that can be read one way only */
    bool *is_digression;        /* of each piece: a year that the story only glances at */
    bool glances;               /* `current` is such a year, until the sentence is over */
    edtf_value story;           /* what it was before */
    bool story_has_full_year;
} resolver;

static inline uint32_t resolver_token_of(const resolver *s, const date_piece *p)
{
    return s->r->atoms.v[p->core].token;
}

static inline uint32_t resolver_sentence_of(const resolver *s, const date_piece *p)
{
    return s->r->d->tokens.v[resolver_token_of(s, p)].sentence;
}

static inline int resolver_weekday_of(const resolver *s, int32_t day, bool no_year)
{
    int w = edtf_weekday(day);
    return no_year ? (w - 1 + s->weekday_shift) % 7 + 1 : w;
}

/* The day to which "last week", "the next day" are told from. */
typedef struct date_base {
    bool ok, no_year;
    int32_t day;
    edtf_grain grain;
} date_base;

static const edtf_value no_value = {GRAIN_NONE};

/* ---- date_resolve.c ---- */

date_base resolver_anchor_base(const resolver *s);
date_base resolver_current_base(const resolver *s);
date_base resolver_speaking_base(const resolver *s);
date_base resolver_telling_base(const resolver *s);

/* Whether the clause around a piece looks back or ahead; a limit or goal ("until Friday") lies ahead whatever the verb. */
tense resolver_tense_of(const resolver *s, const date_piece *p);

/* The value of a piece; a piece inside another is resolved first. */
edtf_value resolver_resolve(resolver *s, const date_piece *p);

/* ---- date_calendar.c: `outer` is the value of the piece around, NULL where there is none ---- */

edtf_value resolver_one_day(int32_t day, bool no_year);
edtf_value resolver_calendar(resolver *s, const date_piece *p);
bool resolver_is_known_day(const resolver *s, const date_piece *p); /* "the September 11 attacks" */
edtf_value resolver_month_and_day(resolver *s, const date_piece *p, const edtf_value *outer);
edtf_value resolver_season(resolver *s, const date_piece *p, const edtf_value *outer);
edtf_value resolver_holiday(resolver *s, const date_piece *p, const edtf_value *outer);
edtf_value resolver_islamic_month(resolver *s, const date_piece *p, const edtf_value *outer);
int32_t resolver_step_to_weekday(const resolver *s, date_base b, int weekday, int direction);
edtf_value resolver_month_of(int32_t first, int32_t last);
edtf_value resolver_bare_weekday(resolver *s, const date_piece *p);

/* ---- date_units.c ---- */

edtf_value resolver_shift_from(resolver *s, const date_piece *p, date_base b);
edtf_value resolver_ago(resolver *s, const date_piece *p, date_base b);
edtf_value resolver_from_event(resolver *s, const date_piece *p);
edtf_value resolver_span_of(const date_piece *p, date_base b);
edtf_value resolver_today(resolver *s, const date_piece *p);
edtf_value resolver_nth_of(resolver *s, const date_piece *p);
edtf_value resolver_time_of_day(resolver *s, const date_piece *p);

/* ---- date_story.c ---- */

/* The anchor by the dateline, the weekdays of a year that is not told, whether it is a narrative, the order of numeric dates. */
void resolver_survey(resolver *s);

/* Whether nothing that is told stands at the date: "a planned campaign in 1976". */
bool resolver_is_in_passing(const resolver *s, const date_piece *p);

#endif
