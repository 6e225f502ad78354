/* What a whole document tells of its days: the dateline, the weekdays of its year, whether it is a narrative, and in which
 * order it writes numeric dates. */
#include "mention/date_resolver.h"

#include <stdlib.h>

#define DAYS_TO_PRINT                                                                                      \
    10 /* a dateline's day without a year lies so shortly before publication, or is not trusted */
#define DATELINE_ATOMS 80 /* a dateline stands among the first of a document */
#define MAX_LISTED 8      /* "due in 2005, 2006 and 2007" */
#define FIRST_SENTENCES 5 /* in which a story says on which day it was told */

static bool stands_in_dateline(const date_reader *r, const date_piece *p)
{
    if (p->first >= DATELINE_ATOMS) return false;
    if (p->dates_text && p->has_year) return true;
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
        /* "summary of 3-9 March 2025": its last day, where nothing else dates the document */
        const bool begins_period = p->link != LINK_NONE, ends_period = i > 0 && p[-1].link != LINK_NONE;
        if (begins_period || (ends_period && s->has_anchor) || (chronicle && opens_entry(s->r, p)))
            continue;
        const bool dates = stands_in_dateline(s->r, p) || (ends_period && stands_in_dateline(s->r, p - 1));
        if (p->op != OP_DATE || !p->day || !p->month || p->is_ambiguous || !dates) continue;
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

static void know_weekday(resolver *s, int32_t day, int weekday)
{
    s->weekday_shift = (weekday - edtf_weekday(day) + 7) % 7;
    s->knows_weekday = true;
}

/* "PARIS, Oct 19 - … said on Monday": a wire story tells on its own day what was said. */
static bool is_day_of_saying(const resolver *s, const date_piece *p)
{
    const token *all = s->r->d->tokens.v, *k = &all[resolver_token_of(s, p)];
    bool bare = p->op == OP_DATE && p->weekday && !p->month && !p->day && !p->outer && !p->edge;
    if (!bare || k->head < 0 || all[k->head].pos != UPOS_VERB) return false;
    return date_word_in(s->r->rules, map_get(&s->r->rules->words, all[k->head].norm), CLASS_SAYING) != NULL;
}

static void find_weekdays(resolver *s)
{
    for (size_t i = 0; i < s->r->pieces.n; i++) {
        const date_piece *p = &s->r->pieces.v[i];
        if (p->op != OP_DATE || !p->weekday || !p->day || !p->month || p->has_year) continue;
        know_weekday(s, edtf_day_number(EDTF_ANY_YEAR, p->month, p->day), p->weekday);
        return;
    }
    for (size_t i = 0; i < s->r->pieces.n && s->has_anchor && s->anchor_no_year; i++) {
        const date_piece *p = &s->r->pieces.v[i];
        if (resolver_sentence_of(s, p) >= FIRST_SENTENCES) return;
        if (!is_day_of_saying(s, p)) continue;
        know_weekday(s, s->anchor, p->weekday);
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
        else if (!year || p->year < year - 1) far++;
    }
    s->is_narrative =
        year ? far >= 8 && far > 2 * near && far > 4 * of_the_day : far >= 4 && far > 2 * of_the_day;
}

static bool writes_year(const date_piece *p)
{
    return p->op == OP_DATE && p->has_year && !p->until && !p->ends_another;
}

/* "a planned campaign in 1976", "would leave in 1976": no happening of the story stands in that year. */
bool resolver_is_in_passing(const resolver *s, const date_piece *p)
{
    const token *all = s->r->d->tokens.v, *k = &all[resolver_token_of(s, p)];
    for (int i = 0; i < MAX_LISTED && k->rel == DEPREL_CONJ && k->head >= 0; i++) k = &all[k->head];
    const bool of_noun =
        k->head >= 0 && deprel_universal(k->rel) == DEPREL_NMOD && all[k->head].pos == UPOS_NOUN;
    return of_noun || resolver_tense_of(s, p) == TENSE_FUTURE;
}

/* "In 2003 … In 2008 protesters … in 2003": the story glances at a year that it leaves again with the next one. */
static void find_digressions(resolver *s)
{
    const piece_array *pieces = &s->r->pieces;
    const date_piece *last = NULL;
    int before = 0;
    s->is_digression = arena_new(s->r->d->arena, bool, pieces->n + 1);
    for (size_t i = 0; i < pieces->n; i++) {
        const date_piece *p = &pieces->v[i];
        if (!writes_year(p)) continue;
        const int leap = last && before ? last->year - before : 0;
        const bool returns = abs(p->year - before) < abs(p->year - (last ? last->year : 0));
        const bool glances = returns && (abs(leap) > 1 || (leap > 0 && resolver_is_in_passing(s, last)));
        if (last) s->is_digression[last - pieces->v] = glances;
        if (last && !glances) before = last->year;
        last = p;
    }
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

void resolver_survey(resolver *s)
{
    find_dateline(s);
    find_year_of_release(s);
    find_weekdays(s);
    find_narrative(s);
    find_digressions(s);
    find_numeric_order(s);
}
