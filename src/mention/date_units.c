/* Units from a base: "last week", "three days ago", "the third day of May", "the past two months". */
#include "mention/date_resolver.h"

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
static edtf_value named_beside(resolver *s, const date_piece *p, date_base b)
{
    date_piece q = *p;
    int year = edtf_civil(b.day).year;
    edtf_value v = no_value;
    q.outer = NULL;
    q.has_year = true;
    for (q.year = year - 1; q.year <= year + 1; q.year++) {
        edtf_value here = q.month     ? resolver_month_and_day(s, &q, NULL)
                          : q.season  ? resolver_season(s, &q, NULL)
                          : q.holiday ? resolver_holiday(s, &q, NULL)
                                      : resolver_islamic_month(s, &q, NULL);
        if (!here.grain) continue;
        if (p->direction < 0 && here.to < b.day) v = here;
        if (p->direction == 0 && q.year == year) v = here;
        if (p->direction > 0 && here.from > b.day && !v.grain) v = here;
    }
    return with_year(v, b.no_year);
}

static edtf_value weekend(resolver *s, const date_piece *p, date_base b)
{
    if (b.no_year && !s->knows_weekday) return no_value;
    int32_t saturday = resolver_step_to_weekday(s, b, 6, 0);
    tense how = resolver_tense_of(s, p);
    bool weekend_now = b.day - saturday <= 1;
    if (p->direction < 0 && weekend_now) saturday -= 7;
    if (p->direction > 0) saturday += 7;
    if (p->direction == 0 && !weekend_now && (how == TENSE_FUTURE || how == TENSE_PRESENT)) saturday += 7;
    return (edtf_value){.grain = GRAIN_WEEKEND, .from = saturday, .to = saturday + 1, .no_year = b.no_year};
}

static edtf_value whole_unit(resolver *s, const date_piece *p, date_base b)
{
    edtf_grain grain = grain_of_unit(p->unit);
    if (grain == GRAIN_WEEKEND) return weekend(s, p, b);
    if (grain == GRAIN_NONE || b.grain > grain) return no_value;
    if (grain == GRAIN_WEEK && b.no_year && !s->knows_weekday)
        return p->direction ? resolver_month_of(b.day + (p->direction < 0 ? -13 : 1),
                                                b.day + (p->direction < 0 ? -1 : 13))
                            : no_value;
    edtf_value v = edtf_shift(b.day, grain, p->direction);
    return with_year(v, b.no_year);
}

edtf_value resolver_shift_from(resolver *s, const date_piece *p, date_base b)
{
    if (!b.ok) return no_value;
    if (p->month || p->season || p->holiday || p->islamic) return named_beside(s, p, b);
    if (p->weekday) {
        if (b.grain != GRAIN_DAY || (b.no_year && !s->knows_weekday)) return no_value;
        if (p->direction == 0 && p->op == OP_SHIFT) return resolver_bare_weekday(s, p);
        return resolver_one_day(resolver_step_to_weekday(s, b, p->weekday, p->direction), b.no_year);
    }
    if (p->part && !p->unit) {
        if (b.grain != GRAIN_DAY) return no_value;
        return resolver_one_day(b.day + p->direction, b.no_year);
    }
    if (!p->unit) return p->is_same && b.grain <= GRAIN_YEAR && s->has_current ? s->current : no_value;
    return whole_unit(s, p, b);
}

/* "the third day of May", "the first week of last month" */
edtf_value resolver_nth_of(resolver *s, const date_piece *p)
{
    edtf_value o = p->outer ? resolver_resolve(s, p->outer) : no_value;
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

edtf_value resolver_ago(resolver *s, const date_piece *p, date_base b)
{
    edtf_grain grain = grain_of_unit(p->unit);
    if (!b.ok || (p->is_few && grain)) return no_value;
    if (!grain) return b.grain == GRAIN_DAY ? resolver_one_day(b.day, b.no_year) : no_value; /* hours */
    if (b.no_year && grain >= GRAIN_YEAR) return no_value;
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
edtf_value resolver_from_event(resolver *s, const date_piece *p)
{
    const token *all = s->r->d->tokens.v, *verb = &all[resolver_token_of(s, p)];
    for (int up = 0; up < 3 && verb->pos != UPOS_VERB && verb->head >= 0; up++) verb = &all[verb->head];
    bool told = s->has_current && s->current_sentence == resolver_sentence_of(s, p);
    bool now = !told && !s->is_narrative && (verb->tag == XPOS_VBZ || verb->tag == XPOS_VBP);
    date_piece back = *p;
    back.direction = -(p->direction ? p->direction : 1);
    if (!told && !now) return no_value;
    return resolver_ago(s, &back, told ? resolver_current_base(s) : resolver_anchor_base(s));
}

/* The last so many units up to the base. */
edtf_value resolver_span_of(const date_piece *p, date_base b)
{
    edtf_grain grain = grain_of_unit(p->unit);
    if (!b.ok || p->is_few || p->direction == 0) return no_value;
    int count = p->has_count ? p->count : 1, hours_as_days = count >= 24 ? (count + 23) / 24 : 0;
    int n = p->unit ? count : hours_as_days;
    if (grain == GRAIN_DAY && n > 1) n--;
    if (grain == GRAIN_WEEK) n *= 7 * (p->unit == UNIT_FORTNIGHT ? 2 : 1), grain = GRAIN_DAY;
    if (!p->unit) grain = GRAIN_DAY;
    if (grain == GRAIN_DECADE || grain == GRAIN_CENTURY)
        n *= grain == GRAIN_DECADE ? 10 : 100, grain = GRAIN_YEAR;
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

edtf_value resolver_today(resolver *s, const date_piece *p)
{
    date_base b = s->has_anchor ? resolver_anchor_base(s) : resolver_current_base(s);
    if (!b.ok || b.grain != GRAIN_DAY || (b.no_year && !s->has_anchor)) return no_value;
    if (p->part == 7)
        return (edtf_value){.grain = GRAIN_SPAN, .from = b.day - 1, .to = b.day, .no_year = b.no_year};
    return resolver_one_day(b.day + p->offset_days, b.no_year);
}

/* A time of day belongs to the day that the text is at. */
edtf_value resolver_time_of_day(resolver *s, const date_piece *p)
{
    date_base b = resolver_current_base(s);
    bool near = b.ok && b.grain == GRAIN_DAY
                && (s->is_narrative || resolver_sentence_of(s, p) - s->current_sentence <= 2);
    return near ? resolver_one_day(b.day, b.no_year) : no_value;
}
