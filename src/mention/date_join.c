#include "mention/date_piece.h"

#define MAX_GAP 4 /* atoms between parts of one expression */

static bool is_of(const date_reader *r, const atom *x, date_class cls)
{
    return x && date_word_in(r->rules, x->word, cls);
}

static uint32_t piece_end(const date_piece *p)
{
    return p->first + p->n;
}

static bool has_calendar(const date_piece *p)
{
    return p->op != OP_TIME && p->op != OP_VAGUE && p->op != OP_NONE && p->op != OP_SPAN;
}

/* How large a piece's value is. */
static int grain_of(const date_piece *p)
{
    if (p->op == OP_TIME || p->op == OP_TODAY || p->day || p->weekday || p->part) return GRAIN_DAY;
    if (p->holiday) return GRAIN_DAY;
    if (p->month || p->islamic) return GRAIN_MONTH;
    if (p->season) return GRAIN_SEASON;
    if (p->quarter) return GRAIN_QUARTER;
    if (p->unit == UNIT_FORTNIGHT) return GRAIN_WEEK;
    if (p->unit) return p->unit;
    if (p->has_year) return GRAIN_YEAR;
    if (p->decade) return GRAIN_DECADE;
    if (p->century) return GRAIN_CENTURY;
    return p->half || p->ordinal ? GRAIN_HALF : GRAIN_DAY;
}

static bool gap_is(const date_reader *r, const date_piece *a, const date_piece *b, date_class cls)
{
    if (b->first < piece_end(a) || b->first - piece_end(a) > MAX_GAP) return false;
    for (uint32_t i = piece_end(a); i < b->first; i++) {
        const atom *x = date_atom(r, a->first, i);
        if (!x || !(is_of(r, x, cls) || (date_atom_is(x, "-") && x->glued))) return false;
    }
    return date_atom(r, a->first, b->first) != NULL;
}

/* "July" + "last year", "the third quarter" + "of 1990", "the first week" + "of May". */
static bool goes_into(const date_reader *r, const date_piece *a, const date_piece *b)
{
    if (!has_calendar(a) || !has_calendar(b) || a->has_year || a->outer || a->op == OP_TODAY) return false;
    if (a->op == OP_AGO || a->op == OP_REFAGO || a->op == OP_EVENT) return false;
    if (a->op == OP_REFSHIFT && a->unit && !a->is_same) return false;
    if (b->op == OP_TODAY || grain_of(b) <= grain_of(a) || grain_of(b) > GRAIN_YEAR) return false;
    if (b->op == OP_NTH) return false;
    bool adjacent = b->first == piece_end(a);
    if (a->op == OP_NTH || a->op == OP_REFSHIFT || a->op == OP_SHIFT)
        return !adjacent && gap_is(r, a, b, CLASS_OF);
    return gap_is(r, a, b, CLASS_OF) && !date_atom_is(date_atom(r, a->first, piece_end(a)), "on");
}

/* "Friday" + "morning", "noon" + "on" + "Thursday". */
static bool is_time_with_day(const date_reader *r, const date_piece *a, const date_piece *b)
{
    bool time_first = a->op == OP_TIME && has_calendar(b) && grain_of(b) == GRAIN_DAY;
    bool time_last = b->op == OP_TIME && has_calendar(a) && grain_of(a) == GRAIN_DAY && a->op != OP_NTH;
    if (time_first) return gap_is(r, a, b, CLASS_OF);
    return time_last && gap_is(r, a, b, CLASS_AT) && b->first - piece_end(a) <= 3;
}

/* "10:35 a.m. (0735 GMT)" */
static bool is_same_time_again(const date_reader *r, const date_piece *a, const date_piece *b)
{
    return a->op == OP_TIME && b->op == OP_TIME && b->first == piece_end(a) + 1
           && date_atom_is(date_atom(r, a->first, piece_end(a)), "(");
}

/* "yesterday (12 December)", "Monday, Nov. 14", "this coming Sunday, March 8" */
static bool is_same_day_again(const date_reader *r, const date_piece *a, const date_piece *b, bool *bracket)
{
    bool a_day = a->op == OP_TODAY || (a->weekday && !a->month);
    bool b_day = b->op == OP_DATE && b->month && b->day;
    if (!a_day || !b_day || b->first < piece_end(a) || b->first - piece_end(a) > 2) return false;
    const atom *gap = date_atom(r, a->first, piece_end(a));
    *bracket = date_atom_is(gap, "(");
    uint32_t n = b->first - piece_end(a);
    if (n == 2)
        return date_atom_is(gap, ",") && is_of(r, date_atom(r, a->first, piece_end(a) + 1), CLASS_OF);
    return n == 0 || *bracket || date_atom_is(gap, ",");
}

/* "during the last days" + "of January" */
static bool is_stretch_of(const date_reader *r, const date_piece *a, const date_piece *b)
{
    return a->op == OP_VAGUE && has_calendar(b) && grain_of(b) >= GRAIN_MONTH
           && b->first == piece_end(a) + 1 && is_of(r, &r->atoms.v[piece_end(a) - 1], CLASS_STRETCH)
           && date_atom_is(date_atom(r, a->first, piece_end(a)), "of");
}

static void cover(date_piece *p, uint32_t first, uint32_t end)
{
    if (first < p->first) p->n += p->first - first, p->first = first;
    if (end > piece_end(p)) p->n = end - p->first;
}

/* "last year" + "'s" + "third quarter" */
static bool owns(const date_reader *r, const date_piece *a, const date_piece *b)
{
    const uint32_t end = piece_end(a);
    const atom *x = date_atom(r, a->first, end), *y = date_atom(r, a->first, (int64_t)end + 1);
    const bool apart = date_atom_is(x, "'") && date_atom_is(y, "s");
    const bool part =
        b->op == OP_DATE && !b->has_year && !b->outer && (b->month || b->season || b->ordinal);
    return part && a->op == OP_SHIFT && a->unit == GRAIN_YEAR
           && ((date_atom_is(x, "'s") && b->first == end + 1) || (apart && b->first == end + 2));
}

static bool join_pair(date_reader *r, date_piece *a, const date_piece *b)
{
    date_piece joined;
    bool bracket = false;
    if (is_stretch_of(r, a, b)) {
        joined = *b;
        joined.edge = 1;
        cover(&joined, a->first, piece_end(b));
    } else if (is_same_day_again(r, a, b, &bracket)) {
        joined = *b;
        if (a->weekday) joined.weekday = a->weekday;
        cover(&joined, a->first, piece_end(b));
        if (bracket && date_atom_is(date_atom(r, a->first, piece_end(b)), ")")) joined.n++;
    } else if (is_same_time_again(r, a, b)) {
        joined = *a;
        cover(&joined, a->first, piece_end(b) + date_atom_is(date_atom(r, a->first, piece_end(b)), ")"));
    } else if (is_time_with_day(r, a, b)) {
        joined = a->op == OP_TIME ? *b : *a;
        joined.part = a->op == OP_TIME ? a->part : b->part;
        joined.has_clock = a->has_clock || b->has_clock;
        cover(&joined, a->first, piece_end(b));
        joined.outer = a->op == OP_TIME ? b->outer : a->outer;
    } else if (goes_into(r, a, b) || owns(r, a, b)) {
        const bool first_is_whole = owns(r, a, b);
        date_piece *outer = arena_new(r->d->arena, date_piece, 1);
        *outer = first_is_whole ? *a : *b;
        joined = first_is_whole ? *b : *a;
        joined.outer = outer;
        cover(&joined, a->first, piece_end(b));
    } else {
        return false;
    }
    *a = joined;
    return true;
}

static void join_neighbours(date_reader *r)
{
    piece_array *p = &r->pieces;
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (n && join_pair(r, &p->v[n - 1], &p->v[i])) continue;
        p->v[n++] = p->v[i];
    }
    p->n = n;
}

/* ---- edges and hedges before a piece ------------------------------------------------------------- */

/* "the end of", "early on", "mid -": extends the piece to the left. */
static void add_edge(date_reader *r, date_piece *p, uint32_t limit)
{
    uint32_t i = p->first, seen = 0;
    while (i > limit && seen < MAX_GAP) {
        const atom *x = date_atom(r, p->first, (int64_t)i - 1);
        const atom *y = is_of(r, x, CLASS_STRETCH) ? date_atom(r, p->first, (int64_t)i - 2) : NULL;
        if (y && i > limit + 1
            && (is_of(r, y, CLASS_EDGE) || is_of(r, y, CLASS_DEICTIC) || is_of(r, y, CLASS_LASTWORD)
                || is_of(r, y, CLASS_FEW) || date_atom_is(y, "dying") || y->is_ordinal)) {
            p->edge = 1; /* "the last days of January" */
            cover(p, i - 2, piece_end(p));
            return;
        }
        if (is_of(r, x, CLASS_EDGE)) {
            p->edge = 1;
            cover(p, i - 1, piece_end(p));
            return;
        }
        if (!x || !(is_of(r, x, CLASS_LEAD)) || date_atom_is(x, ",")) return;
        i--, seen++;
    }
}

/* What a hedge can make less exact: numbers, not the names of days ("get around Friday's ruling"). */
static bool can_be_about(const date_piece *p)
{
    bool numbers = p->op == OP_DATE && (p->month || p->has_year || p->edge || p->decade);
    return numbers || p->op == OP_AGO || p->op == OP_REFAGO || p->op == OP_EVENT || p->op == OP_TIME;
}

static void add_hedge(date_reader *r, date_piece *p, uint32_t limit)
{
    uint32_t i = p->first;
    const atom *x = i > limit ? date_atom(r, i, (int64_t)i - 1) : NULL;
    if (date_atom_is(x, "the") && --i > limit) x = date_atom(r, p->first, (int64_t)i - 1);
    if (is_of(r, x, CLASS_HEDGE) && can_be_about(p)) {
        p->approximate = p->op != OP_TIME;
        cover(p, i - 1, piece_end(p));
    } else if (date_atom_is(x, "in") || date_atom_is(x, "on")) {
        x = i > limit + 1 ? date_atom(r, i, (int64_t)i - 2) : NULL;
        p->uncertain = is_of(r, x, CLASS_DOUBT);
    }
}

static void add_what_stands_before(date_reader *r)
{
    uint32_t limit = 0;
    for (size_t i = 0; i < r->pieces.n; i++) {
        date_piece *p = &r->pieces.v[i];
        if (has_calendar(p)) add_edge(r, p, limit);
        if (p->op != OP_NONE && p->op != OP_VAGUE) add_hedge(r, p, limit);
        limit = piece_end(p);
    }
}

/* ---- ranges ---------------------------------------------------------------------------------------- */

static bool is_digit_day(const atom *x)
{
    return x && x->kind == ATOM_NUMBER && !x->is_clock && !x->is_decimal && !x->has_comma && !x->is_plural
           && x->n_digits <= 2 && x->value >= 1 && x->value <= 31;
}

static bool is_full_day(const date_piece *p)
{
    return p->op == OP_DATE && p->month && p->day;
}

/* Days of one month that stand beside a full date, in text order. */
enum { MAX_LISTED_DAYS = 8 };

typedef struct day_list {
    date_piece v[MAX_LISTED_DAYS];
    uint32_t n;
} day_list;

static date_piece other_day(const date_piece *full, uint32_t atom_index, int day)
{
    date_piece out = *full;
    out.first = out.core = atom_index;
    out.n = 1;
    out.day = day;
    out.weekday = out.part = 0;
    return out;
}

/* "9" of "between 9 and 12 March", "6" of "6-7 February", "10" and "11" of "on 10, 11 and 12 May". */
static day_list days_before(const date_reader *r, const date_piece *p, uint32_t limit)
{
    day_list out = {.n = 0};
    uint32_t at = p->first;
    int day = p->day;
    if (!is_full_day(p) || r->atoms.v[at].kind != ATOM_NUMBER) return out;
    while (at >= limit + 2 && out.n < MAX_LISTED_DAYS) {
        const atom *joint = date_atom(r, p->first, (int64_t)at - 1),
                   *x = date_atom(r, p->first, (int64_t)at - 2);
        bool joins = out.n ? date_atom_is(joint, ",") : is_of(r, joint, CLASS_TO);
        if (!joins || !is_digit_day(x) || x->value >= day) break;
        at -= 2, day = (int)x->value;
        out.v[out.n++] = other_day(p, at, day);
    }
    if (!out.n) return out;
    const atom *before = date_atom(r, p->first, (int64_t)at - 1),
               *joint = date_atom(r, p->first, (int64_t)p->first - 1);
    bool led = before
               && (is_of(r, before, CLASS_FROM) || is_of(r, before, CLASS_BETWEEN)
                   || date_atom_is(before, "on") || is_of(r, before, CLASS_WEEKDAY)
                   || date_atom_is(before, "of") || date_atom_is(before, "the"));
    if (!led && !date_atom_is(joint, "-")) out.n = 0;
    for (uint32_t i = 0, k = out.n; i + 1 < k; i++) {
        date_piece swap = out.v[i];
        out.v[i] = out.v[--k];
        out.v[k] = swap;
    }
    for (uint32_t i = 0; i + 1 < out.n; i++) out.v[i].link = LINK_AND;
    return out;
}

static bool opens_another_date(const date_reader *r, const date_piece *p, uint32_t after_day, bool hyphen)
{
    const atom *next = date_atom(r, p->first, after_day);
    if (date_word_in(r->rules, next ? next->word : MAP_NONE, CLASS_MONTH)) return true;
    bool noun = next && next->kind == ATOM_WORD && r->d->tokens.v[next->token].pos == UPOS_NOUN;
    return noun && !hyphen;
}

/* "7" of "April 6-7", "5" of "May 4 and 5", "11" and "12" of "May 10, 11 and 12, 2016". */
static day_list days_after(const date_reader *r, const date_piece *p, uint32_t limit)
{
    day_list out = {.n = 0};
    uint32_t end = piece_end(p);
    int day = p->day;
    bool closed = false, hyphen = false;
    if (!is_full_day(p) || p->has_year) return out;
    while (!closed && end + 2 <= limit && out.n < MAX_LISTED_DAYS) {
        const atom *joint = date_atom(r, p->first, end), *x = date_atom(r, p->first, (int64_t)end + 1);
        closed = is_of(r, joint, CLASS_TO);
        hyphen = date_atom_is(joint, "-");
        if ((!closed && !date_atom_is(joint, ",")) || !is_digit_day(x) || x->value <= day) break;
        day = (int)x->value;
        out.v[out.n++] = other_day(p, end + 1, day);
        end += 2;
    }
    if (!out.n || !closed || (int)r->atoms.v[end - 1].value != day
        || opens_another_date(r, p, end, hyphen)) {
        out.n = 0;
        return out;
    }
    const atom *comma = date_atom(r, p->first, end), *year = date_atom(r, p->first, (int64_t)end + 1);
    bool has_year = date_atom_is(comma, ",") && year && year->kind == ATOM_NUMBER && year->n_digits == 4
                    && end + 2 <= limit;
    for (uint32_t i = 0; has_year && i < out.n; i++)
        out.v[i].has_year = true, out.v[i].year = (int)year->value;
    if (has_year) out.v[out.n - 1].n = 3;
    for (uint32_t i = 0; i + 1 < out.n; i++) out.v[i].link = LINK_AND;
    return out;
}

/* "60" of "1957-60" */
static bool year_after(date_reader *r, const date_piece *p, uint32_t limit, date_piece *out)
{
    uint32_t end = piece_end(p);
    const atom *joint = date_atom(r, p->first, end), *x = date_atom(r, p->first, (int64_t)end + 1);
    bool only_year = p->op == OP_DATE && p->has_year && !p->month && !p->season && !p->quarter;
    if (!only_year || end + 2 > limit || !joint || !(date_atom_is(joint, "-") || date_atom_is(joint, "/")))
        return false;
    if (!joint->glued || !x || !x->glued || x->kind != ATOM_NUMBER || x->n_digits != 2
        || x->value <= p->year % 100)
        return false;
    const atom *more = date_atom(r, p->first, (int64_t)end + 2);
    if (more && more->glued && (date_atom_is(more, "-") || date_atom_is(more, "/"))) return false;
    *out = *p;
    out->first = out->core = end + 1;
    out->n = 1;
    out->year = p->year / 100 * 100 + (int)x->value;
    return true;
}

static void push_days(const date_reader *r, piece_array *to, const day_list *days)
{
    for (uint32_t i = 0; i < days->n; i++) *array_push(r->d->arena, to) = days->v[i];
}

/* Puts the days and years that stand without their month or century into the list. */
static void add_short_ends(date_reader *r)
{
    piece_array out = {0};
    uint32_t limit = 0;
    for (size_t i = 0; i < r->pieces.n; i++) {
        date_piece p = r->pieces.v[i], year;
        uint32_t next = i + 1 < r->pieces.n ? r->pieces.v[i + 1].first : (uint32_t)r->atoms.n;
        day_list before = days_before(r, &p, limit), after = days_after(r, &p, next);
        if (after.n && after.v[0].has_year) p.has_year = true, p.year = after.v[0].year;
        if (after.n > 1) p.link = LINK_AND;
        push_days(r, &out, &before);
        *array_push(r->d->arena, &out) = p;
        push_days(r, &out, &after);
        if (!after.n && year_after(r, &p, next, &year)) *array_push(r->d->arena, &out) = year;
        limit = piece_end(&out.v[out.n - 1]);
    }
    r->pieces = out;
}

/* The end of a range tells the year and month of its start: "April and June 1955", "July 1 to July 3, 1863". */
static void share_year(date_piece *a, const date_piece *b)
{
    bool only_day = a->op == OP_DATE && a->day && !a->month && !a->weekday && !a->islamic && !a->outer;
    if (only_day && is_full_day(b) && a->day < b->day)
        a->month = b->month; /* "from the 5th to the 7th of May" */
    bool a_open = a->op == OP_DATE && !a->has_year && !a->outer && (a->month || a->season);
    if (!a_open || b->op != OP_DATE || !(b->month || b->season)) return;
    if (b->has_year) {
        a->has_year = true;
        a->year = b->year - (a->month && b->month && a->month > b->month);
    } else {
        a->outer = b->outer;
    }
}

/* How two neighbours hang together. */
static piece_link link_of(const date_reader *r, const date_piece *a, const date_piece *b, uint32_t *lead)
{
    uint32_t gap = b->first - piece_end(a);
    if (gap < 1 || gap > 2 || !date_atom(r, a->first, b->first)) return LINK_NONE;
    const atom *joint = date_atom(r, a->first, piece_end(a)),
               *more = date_atom(r, a->first, (int64_t)piece_end(a) + 1);
    if (gap == 2 && !date_atom_is(more, "the")) return LINK_NONE;
    if (!is_of(r, joint, CLASS_TO)) return LINK_NONE;
    uint32_t back = 1 + date_atom_is(date_atom(r, a->first, (int64_t)a->first - 1), "the");
    const atom *before = date_atom(r, a->first, (int64_t)a->first - back);
    bool from = is_of(r, before, CLASS_FROM), between = is_of(r, before, CLASS_BETWEEN);
    *lead = from || between ? a->first - back : a->first;
    bool is_and = date_atom_is(joint, "and") || date_atom_is(joint, "&");
    if (is_and) return between ? LINK_TO : LINK_AND;
    if (date_atom_is(joint, "to") && !from && grain_of(a) != grain_of(b)) return LINK_NONE;
    return LINK_TO;
}

static void link_ranges(date_reader *r)
{
    for (size_t i = r->pieces.n; i-- > 1;) { /* the last of a list tells the year of all */
        date_piece *a = &r->pieces.v[i - 1], *b = &r->pieces.v[i];
        uint32_t lead = 0;
        if (!has_calendar(a) || !has_calendar(b)) continue;
        if (a->link == LINK_NONE) a->link = link_of(r, a, b, &lead);
        if (a->link != LINK_NONE) share_year(a, b);
    }
}

/* The word "since" that opens the clause or phrase of a token before the date; -1 = none. */
static int64_t since_over(const date_reader *r, const date_piece *p, int64_t i)
{
    const document *d = r->d;
    const sentence *s = &d->sentences.v[d->tokens.v[i].sentence];
    const bool verb = d->tokens.v[i].pos == UPOS_VERB;
    for (uint32_t k = s->first; k < s->first + s->n && k < r->atoms.v[p->core].token; k++) {
        const token *t = &d->tokens.v[k];
        if (t->head != i || t->rel != (verb ? DEPREL_MARK : DEPREL_CASE)) continue;
        if (date_word_in(r->rules, map_get(&r->rules->words, t->norm), CLASS_SINCE)) return k;
    }
    return -1;
}

/* "since the war began in March 2011", "since the signing of the deal in July 2011": its token, or -1. */
static int64_t since_of_clause(const date_reader *r, const date_piece *p)
{
    const document *d = r->d;
    int64_t i = r->atoms.v[p->core].token;
    for (int step = 0; step < 5 && i >= 0 && i < (int64_t)d->tokens.n; step++, i = d->tokens.v[i].head) {
        /* but "since the July coup" leaves the day to the coup */
        const bool noun = step && d->tokens.v[i].pos == UPOS_NOUN && i < (int64_t)r->atoms.v[p->core].token;
        if (d->tokens.v[i].pos != UPOS_VERB && !noun) continue;
        const int64_t since = since_over(r, p, i);
        if (since >= 0 || !noun) return since;
    }
    return -1;
}

/* "lasted until the fall of the town in February 1945", "until the deal was signed in May": the end of what is told. */
static bool ends_another(const date_reader *r, const date_piece *p)
{
    enum { MOST_WORDS = 16 };
    for (int64_t i = (int64_t)p->first - 2; i >= (int64_t)p->first - MOST_WORDS; i--) {
        const atom *x = date_atom(r, p->first, i);
        if (!x || x->kind == ATOM_MARK) return false;
        if (is_of(r, x, CLASS_UNTIL)) return true;
    }
    return false;
}

/* "beginning in 1970", "dating back to the early 1990s": a word of beginning and what joins it to the date. */
static bool is_opened(const date_reader *r, const date_piece *p)
{
    int64_t i = p->core;
    for (int n = 0; n < MAX_GAP; n++) {
        const atom *x = date_atom(r, p->first, --i);
        const date_word_class *c = x ? date_word_in(r->rules, x->word, CLASS_OPENING) : NULL;
        if (c && c->value == 1) return n > 0 && !date_atom_is(date_atom(r, p->first, i - 1), "the");
        if (!c && !is_of(r, x, CLASS_EDGE)) return false;
    }
    return false;
}

static void mark_open_ends(date_reader *r)
{
    for (size_t i = 0; i < r->pieces.n; i++) {
        date_piece *p = &r->pieces.v[i];
        if (!has_calendar(p)) continue;
        uint32_t back = 1 + date_atom_is(date_atom(r, p->first, (int64_t)p->first - 1), "the");
        const atom *x = date_atom(r, p->first, (int64_t)p->first - back),
                   *after = date_atom(r, p->first, piece_end(p));
        bool linked = p->link != LINK_NONE || (i && r->pieces.v[i - 1].link != LINK_NONE);
        if (linked) continue;
        p->since = is_of(r, x, CLASS_SINCE) || (is_of(r, x, CLASS_FROM) && is_of(r, after, CLASS_ONWARDS));
        p->since = p->since || (grain_of(p) >= GRAIN_MONTH && is_opened(r, p));
        p->until = is_of(r, x, CLASS_UNTIL);
        const bool free = !p->since && !p->until && p->op == OP_DATE;
        int64_t since = free ? since_of_clause(r, p) : -1;
        p->ends_another = free && since < 0 && ends_another(r, p);
        if (since >= 0) p->since = true, p->since_token = (uint32_t)since + 1;
    }
}

/* "the fall of the city" is no season; "in the fall" is. */
static bool is_other_sense(const date_reader *r, const date_piece *p)
{
    bool bare = p->op == OP_DATE && p->season && !p->has_year && !p->outer;
    if (!bare) return false;
    const atom *before = date_atom(r, p->first, (int64_t)p->first - 1),
               *after = date_atom(r, p->first, piece_end(p));
    bool everyday = date_word_in(r->rules, r->atoms.v[piece_end(p) - 1].word, CLASS_EVERYDAY) != NULL;
    return date_atom_is(after, "of") || (everyday && !date_atom_is(before, "in") && !p->edge);
}

static void drop_what_is_none(date_reader *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->pieces.n; i++)
        if (r->pieces.v[i].op != OP_NONE && !is_other_sense(r, &r->pieces.v[i]))
            r->pieces.v[n++] = r->pieces.v[i];
    r->pieces.n = n;
}

/* "on a Friday in May", "one Monday morning": which one it was is not told; "a Friday raid" was on that day. */
static void mark_indefinite(date_reader *r)
{
    for (size_t i = 0; i < r->pieces.n; i++) {
        date_piece *p = &r->pieces.v[i];
        const atom *before = date_atom(r, p->first, (int64_t)p->first - 1),
                   *next = date_atom(r, p->first, piece_end(p));
        const bool led = date_atom_is(before, "a") || date_atom_is(before, "one");
        const upos pos = next && next->kind == ATOM_WORD ? r->d->tokens.v[next->token].pos : UPOS_PUNCT;
        const bool names = pos == UPOS_NOUN || pos == UPOS_PROPN || pos == UPOS_ADJ;
        p->indefinite =
            led && !names && p->op == OP_DATE && p->weekday && !p->day && !date_atom_is(next, "-");
    }
}

void date_join(date_reader *r)
{
    add_short_ends(r);
    join_neighbours(r);
    add_what_stands_before(r);
    join_neighbours(r);
    drop_what_is_none(r);
    link_ranges(r);
    mark_open_ends(r);
    mark_indefinite(r);
    date_find_stamps(r);
}
