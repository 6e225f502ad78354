#include "mention/date_piece.h"

/* One attempt of a pattern. The piece is filled as elements match and copied on the way, so that a
 * choice that leads nowhere leaves nothing behind. */
typedef struct attempt {
    const date_reader *r;
    const date_pattern *p;
    uint32_t first;
    uint32_t best_end; /* 0 = none yet */
    date_piece best;
} attempt;

const atom *date_atom(const date_reader *r, uint32_t of, int64_t i)
{
    if (i < 0 || i >= (int64_t)r->atoms.n) return NULL;
    const atom *x = &r->atoms.v[i];
    const token_array *tokens = &r->d->tokens;
    return tokens->v[x->token].sentence == tokens->v[r->atoms.v[of].token].sentence ? x : NULL;
}

bool date_atom_is(const atom *x, const char *norm)
{
    return x && str_is(x->norm, norm);
}

static bool is_plain_number(const atom *x, unsigned min_digits, unsigned max_digits)
{
    return x && x->kind == ATOM_NUMBER && !x->is_clock && !x->is_decimal && !x->has_comma && !x->is_plural
           && x->n_digits >= min_digits && x->n_digits <= max_digits;
}

/* ---- classes of numbers: atoms read, 0 = no match --------------------------------------------- */

static uint32_t match_day(const attempt *t, uint32_t i, date_piece *out, bool ordinal_only)
{
    const atom *x = &t->r->atoms.v[i];
    if (x->kind == ATOM_NUMBER) {
        if (!is_plain_number(x, 1, 2) || x->value < 1 || x->value > 31 || (ordinal_only && !x->is_ordinal))
            return 0;
        out->day = (int)x->value;
        return 1;
    }
    number n = number_read(&t->r->rules->numbers, t->r->d, &t->r->atoms, i);
    if (!n.n || !n.is_ordinal || n.value < 1 || n.value > 31 || (x->is_capital && !x->is_upper)) return 0;
    out->day = (int)n.value;
    return n.n;
}

static void set_year(date_piece *out, int year)
{
    out->has_year = true;
    out->year = year;
}

/* "nineteen ninety-six", "two thousand and six" */
static uint32_t match_year_words(const attempt *t, uint32_t i, date_piece *out)
{
    number a = number_read(&t->r->rules->numbers, t->r->d, &t->r->atoms, i);
    if (!a.n || !a.in_words || a.is_ordinal) return 0;
    if (a.value >= 1900 && a.value <= 2100) return set_year(out, (int)a.value), a.n;
    if (a.value < 13 || a.value > 20 || !date_atom(t->r, i, i + a.n)) return 0;
    uint32_t next = i + a.n;
    next += date_atom_is(&t->r->atoms.v[next], "-") && date_atom(t->r, i, next + 1);
    number b = number_read(&t->r->rules->numbers, t->r->d, &t->r->atoms, next);
    if (!b.n || !b.in_words || b.is_ordinal || b.value < 10 || b.value > 99) return 0;
    set_year(out, (int)(100 * a.value + b.value));
    return next + b.n - i;
}

static uint32_t match_year(const attempt *t, uint32_t i, date_piece *out)
{
    const atom *x = &t->r->atoms.v[i];
    if (x->kind == ATOM_WORD) return match_year_words(t, i, out);
    if (!is_plain_number(x, 4, 4) || x->is_ordinal || x->value < 1000 || x->value > 2100) return 0;
    set_year(out, (int)x->value);
    return 1;
}

/* 89, '89 in a date; the century is the one that lies nearest to now. */
static uint32_t match_yy(const attempt *t, uint32_t i, date_piece *out)
{
    const atom *x = &t->r->atoms.v[i], *digits = x;
    bool apostrophe = date_atom_is(x, "'");
    if (apostrophe) digits = date_atom(t->r, i, i + 1);
    if (!is_plain_number(digits, 2, 2) || digits->is_ordinal) return 0;
    const atom *next = date_atom(t->r, i, i + 1 + apostrophe);
    if (!apostrophe && next && next->kind != ATOM_MARK) return 0;
    out->two_digit_year = true;
    set_year(out, (int)digits->value + (digits->value < 50 ? 2000 : 1900));
    return 1 + apostrophe;
}

/* 480, to be followed by an era. */
static uint32_t match_shortyear(const attempt *t, uint32_t i, date_piece *out)
{
    const atom *x = &t->r->atoms.v[i];
    if (!is_plain_number(x, 1, 4) || x->is_ordinal || x->value < 1) return 0;
    set_year(out, (int)x->value);
    return 1;
}

/* "a", "two", "2.5", "several" comes by {few} */
static uint32_t match_n(const attempt *t, uint32_t i, date_piece *out)
{
    const atom *x = &t->r->atoms.v[i];
    number n = number_read(&t->r->rules->numbers, t->r->d, &t->r->atoms, i);
    if (n.n && !n.is_ordinal && n.value < 100000) {
        out->count = (int)n.value;
        out->has_count = true;
        out->has_half = n.is_half;
        return n.n;
    }
    if (!str_is(x->norm, "a") && !str_is(x->norm, "an")) return 0;
    out->count = 1;
    return out->has_count = true, 1;
}

static uint32_t match_ord(const attempt *t, uint32_t i, date_piece *out)
{
    const atom *x = &t->r->atoms.v[i];
    number n = number_read(&t->r->rules->numbers, t->r->d, &t->r->atoms, i);
    if (n.n && n.is_ordinal && n.value > 0 && n.value < 400) return out->ordinal = (int)n.value, n.n;
    if (date_word_in(t->r->rules, x->word, CLASS_LASTWORD)) return out->ordinal = -1, 1;
    return 0;
}

static bool is_separator(const atom *x)
{
    return x && x->glued && (date_atom_is(x, "-") || date_atom_is(x, "/") || date_atom_is(x, "."));
}

/* 20160709 */
static uint32_t match_compact(const atom *x, date_piece *out)
{
    int year = (int)(x->value / 10000), month = (int)(x->value / 100 % 100), day = (int)(x->value % 100);
    if (year < 1900 || year > 2100 || !edtf_is_day(year, month, day)) return 0;
    set_year(out, year);
    out->month = month;
    out->day = day;
    return 1;
}

/* The time of an ISO stamp: 2019-11-14T23:00:00Z */
static uint32_t stamp_len(const attempt *t, uint32_t i)
{
    const atom *mark = date_atom(t->r, i - 1, i), *clock = date_atom(t->r, i - 1, (int64_t)i + 1);
    const atom *zone = date_atom(t->r, i - 1, (int64_t)i + 2);
    if (!mark || !clock || !mark->glued || !clock->glued || !str_is(mark->norm, "t") || !clock->is_clock)
        return 0;
    return zone && zone->glued && str_is(zone->norm, "z") ? 3 : 2;
}

static bool set_numeric(date_piece *out, const atom *a, const atom *b, const atom *c)
{
    int x = (int)a->value, y = (int)b->value, z = (int)c->value;
    if (a->n_digits == 4) {
        set_year(out, x);
        out->month = y;
        out->day = z;
        return edtf_is_day(x, y, z);
    }
    set_year(out, c->n_digits == 4 ? z : z + (z < 50 ? 2000 : 1900));
    out->two_digit_year = c->n_digits == 2;
    out->is_ambiguous = x <= 12 && y <= 12 && x != y;
    out->day = x; /* day first; date_resolve turns it round where the document says so */
    out->month = y;
    if (y > 12) out->day = y, out->month = x;
    return edtf_is_day(out->year, out->month, out->day);
}

/* 2016-07-09, 28/04/2016, 4.28.16 */
static uint32_t match_numeric(const attempt *t, uint32_t i, date_piece *out)
{
    const atom *a = &t->r->atoms.v[i], *before = date_atom(t->r, i, (int64_t)i - 1);
    const atom *s1 = date_atom(t->r, i, i + 1), *b = date_atom(t->r, i, i + 2);
    const atom *s2 = date_atom(t->r, i, i + 3), *c = date_atom(t->r, i, i + 4);
    if (is_plain_number(a, 8, 8)) return match_compact(a, out);
    if (!is_separator(s1) || !is_separator(s2) || !str_eq(s1->norm, s2->norm)) return 0;
    bool shape = is_plain_number(a, 1, 4) && is_plain_number(b, 1, 2) && is_plain_number(c, 1, 4);
    bool one_year =
        shape && (a->n_digits == 4) != (c->n_digits == 4 || c->n_digits == 2) && a->n_digits != 3;
    if (shape && a->n_digits == 4 && c->n_digits <= 2) one_year = true;
    if (!one_year || !b->glued || !c->glued || (is_separator(before) && a->glued)) return 0;
    if (c->n_digits == 2 && a->n_digits <= 2 && str_is(s1->norm, "-"))
        return 0; /* a score, a designation */
    if (!set_numeric(out, a, b, c)) return 0;
    return 5 + stamp_len(t, i + 5);
}

/* 142300ZNOV19, 142300Z NOV 19: day, time, zone letter, month, year. */
static uint32_t match_dtg(const attempt *t, uint32_t i, date_piece *out)
{
    const atom *a = &t->r->atoms.v[i], *b = date_atom(t->r, i, i + 1);
    int day = (int)(a->value / 10000), hour = (int)(a->value / 100 % 100), minute = (int)(a->value % 100);
    if (!is_plain_number(a, 6, 6) || day < 1 || day > 31 || hour > 24 || minute > 59 || !b
        || b->kind != ATOM_WORD)
        return 0;
    bool together = b->norm.len == 4;
    uint32_t used = together ? 2 : 3;
    const atom *month = together ? b : date_atom(t->r, i, i + 2);
    if (!month || (!together && b->norm.len != 1)) return 0;
    uint32_t word = map_get(&t->r->rules->words, str_part(month->norm, together, month->norm.len));
    const date_word_class *m = date_word_in(t->r->rules, word, CLASS_MONTH);
    if (!m) return 0;
    out->day = day;
    out->month = m->value;
    const atom *year = date_atom(t->r, i, i + used);
    if (!is_plain_number(year, 2, 4) || year->n_digits == 3) return used;
    set_year(out,
             year->n_digits == 4 ? (int)year->value : (int)year->value + (year->value < 50 ? 2000 : 1900));
    return used + 1;
}

static uint32_t match_clock(const attempt *t, uint32_t i, date_piece *out)
{
    const atom *x = &t->r->atoms.v[i];
    bool dotted = x->kind == ATOM_NUMBER && x->is_decimal && x->at.len >= 4 && x->value < 24;
    bool military = is_plain_number(x, 4, 4) && x->value / 100 < 25 && x->value % 100 < 60;
    const atom *next = date_atom(t->r, i, i + 1);
    uint32_t word = next ? next->word : MAP_NONE;
    bool marked = date_word_in(t->r->rules, word, CLASS_ZONE)
                  || date_word_in(t->r->rules, word, CLASS_MERIDIEM) || date_atom_is(next, "hours")
                  || date_atom_is(next, "hrs");
    out->has_clock =
        (x->kind == ATOM_NUMBER && x->is_clock && x->value < 1441) || ((dotted || military) && marked);
    return out->has_clock;
}

/* The hour before am, pm, o'clock. */
static uint32_t match_hour(const attempt *t, uint32_t i)
{
    const atom *x = &t->r->atoms.v[i];
    if (is_plain_number(x, 1, 2)) return x->value <= 24 && !x->is_ordinal;
    number n = number_read(&t->r->rules->numbers, t->r->d, &t->r->atoms, i);
    return n.n && n.in_words && !n.is_ordinal && n.value <= 12 ? n.n : 0;
}

/* 1980s, 1980's, '80s */
static uint32_t match_decade(const attempt *t, uint32_t i, date_piece *out)
{
    const atom *x = &t->r->atoms.v[i], *next = date_atom(t->r, i, i + 1);
    bool apostrophe = date_atom_is(x, "'"), the = date_atom_is(date_atom(t->r, i, (int64_t)i - 1), "the");
    if (apostrophe) x = next;
    if (!x || x->kind != ATOM_NUMBER || x->value % 10 || (x->n_digits == 2 && !apostrophe && !the))
        return 0;
    uint32_t used = 1 + apostrophe;
    if (!x->is_plural) {
        const atom *s = date_atom(t->r, i, i + 2);
        if (apostrophe || !date_atom_is(next, "'") || !date_atom_is(s, "s") || !next->glued) return 0;
        used = 3;
    }
    if (x->n_digits == 2) return out->decade = 1900 + (int)x->value, used;
    if (x->n_digits != 4 || x->value < 1000 || x->value > 2090) return 0;
    return out->decade = (int)x->value, used;
}

/* Jun 142016 */
static uint32_t match_dayyear(const attempt *t, uint32_t i, date_piece *out)
{
    const atom *x = &t->r->atoms.v[i];
    int day = (int)(x->value / 10000), year = (int)(x->value % 10000);
    if (!is_plain_number(x, 5, 6) || day < 1 || day > 31 || year < 1900 || year > 2100) return 0;
    out->day = day;
    set_year(out, year);
    return 1;
}

/* Q3 */
static uint32_t match_quarter(const attempt *t, uint32_t i, date_piece *out)
{
    const atom *x = &t->r->atoms.v[i];
    if (!is_plain_number(x, 1, 1) || !x->glued || x->value < 1 || x->value > 4) return 0;
    return out->ordinal = (int)x->value, 1;
}

/* A feast, or a month whose name has several words. */
static uint32_t match_holiday(const attempt *t, uint32_t i, date_piece *out, bool month_wanted)
{
    const date_rules *rules = t->r->rules;
    uint32_t word = t->r->atoms.v[i].word, best = 0;
    if (word == MAP_NONE) return 0;
    const index_array *names = &rules->word.v[word].holidays;
    for (size_t k = 0; k < names->n; k++) {
        const holiday_name *h = &rules->holidays.v[names->v[k]];
        uint32_t at = i + 1, n = 1;
        if (h->rule == HOLIDAY_KNOWN || (h->rule == HOLIDAY_MONTH) != month_wanted) continue;
        for (; n < h->n; n++, at++) {
            const atom *x = date_atom(t->r, i, at);
            if (date_atom_is(x, "-") && x->glued) x = date_atom(t->r, i, ++at);
            if (!x || x->word != h->words[n]) break;
        }
        if (n != h->n || at - i <= best) continue;
        best = at - i;
        if (month_wanted) out->islamic = h->arg[0];
        else out->holiday = (int)names->v[k] + 1;
    }
    return best;
}

/* ---- classes of words -------------------------------------------------------------------------- */

/* "may", "march", "sun" as a name of a time, not as a verb. */
static bool stands_as_name(const date_reader *r, const atom *x)
{
    const token *t = &r->d->tokens.v[x->token];
    const atom *before = x > r->atoms.v ? x - 1 : NULL,
               *after = x + 1 < r->atoms.v + r->atoms.n ? x + 1 : NULL;
    bool beside_day = is_plain_number(before, 1, 2) || (after && is_plain_number(after, 1, 2))
                      || (after && after->is_capital && date_word_in(r->rules, after->word, CLASS_MONTH)
                          && date_word_in(r->rules, x->word, CLASS_WEEKDAY)); /* "Wed Nov 23" */
    if (beside_day && x->is_capital) return true;
    if (t->pos == UPOS_VERB || t->pos == UPOS_AUX || t->tag == XPOS_MD) return false;
    bool has_case = r->d->sentences.n == 0 || r->d->sentences.v[t->sentence].has_case;
    return has_case ? x->is_capital : t->pos == UPOS_PROPN || t->pos == UPOS_X || t->pos == UPOS_NUM;
}

static void set_word_slot(date_piece *out, date_class cls, int v)
{
    switch (cls) {
    case CLASS_MONTH: out->month = v; break;
    case CLASS_WEEKDAY: out->weekday = v; break;
    case CLASS_SEASON: out->season = v; break;
    case CLASS_OVERNIGHT:
    case CLASS_PART: out->part = v; break;
    case CLASS_WHOLEUNIT: out->is_same = true; /* fall through */
    case CLASS_UNIT: out->unit = v; break;
    case CLASS_DEICTIC:
    case CLASS_ANAPHORIC:
        out->direction = v;
        out->is_same = v == 0;
        break;
    case CLASS_PASTWORD:
    case CLASS_AGO:
    case CLASS_LATER: out->direction = v; break;
    case CLASS_BESIDE:
    case CLASS_TODAY: out->offset_days += v, out->names_day = true; break;
    case CLASS_CENTURYWORD: out->century = v; break;
    case CLASS_THENWORD: out->is_same = true; break;
    case CLASS_WEEKENDWORD: out->unit = v; break;
    case CLASS_EDGE: out->edge = 1; break;
    case CLASS_HEDGE: out->approximate = true; break;
    case CLASS_DOUBT: out->uncertain = true; break;
    case CLASS_FEW: out->is_few = true; break;
    case CLASS_ERA:
        if (v < 0 && out->has_year) out->year = 1 - out->year;
        break;
    case CLASS_DECADEWORD: out->decade = 1900 + v; break;
    case CLASS_OTHERMONTH:
    case CLASS_ISLAMIC: out->islamic = v; break;
    case CLASS_HALFWORD: out->half = v; break;
    default: break;
    }
}

static uint32_t match_word_class(const attempt *t, date_class cls, uint32_t i, date_piece *out)
{
    const atom *x = &t->r->atoms.v[i];
    const date_word_class *c = x->kind == ATOM_WORD ? date_word_in(t->r->rules, x->word, cls) : NULL;
    if (!c || (c->needs_name && !stands_as_name(t->r, x))) return 0;
    set_word_slot(out, cls, c->value);
    return 1;
}

static uint32_t match_class(const attempt *t, date_class cls, uint32_t i, date_piece *out)
{
    switch (cls) {
    case CLASS_HOLIDAY: return match_holiday(t, i, out, false);
    case CLASS_ISLAMIC: {
        uint32_t n = match_word_class(t, cls, i, out);
        return n ? n : match_holiday(t, i, out, true);
    }
    case CLASS_QUARTERDIGIT: return match_quarter(t, i, out);
    case CLASS_DAY: return match_day(t, i, out, false);
    case CLASS_ORDINALDAY: return match_day(t, i, out, true);
    case CLASS_YEAR: return match_year(t, i, out);
    case CLASS_YY: return match_yy(t, i, out);
    case CLASS_SHORTYEAR: return match_shortyear(t, i, out);
    case CLASS_N: return match_n(t, i, out);
    case CLASS_ORD: return match_ord(t, i, out);
    case CLASS_NUMERIC: return match_numeric(t, i, out);
    case CLASS_DTG: return match_dtg(t, i, out);
    case CLASS_CLOCK: return match_clock(t, i, out);
    case CLASS_HOUR: return match_hour(t, i);
    case CLASS_DECADE: return match_decade(t, i, out);
    case CLASS_DAYYEAR: return match_dayyear(t, i, out);
    default: return match_word_class(t, cls, i, out);
    }
}

/* ---- patterns ---------------------------------------------------------------------------------- */

static void match_from(attempt *t, uint32_t element, uint32_t i, date_piece so_far);

static void match_element(attempt *t, uint32_t element, uint32_t i, const date_piece *so_far)
{
    const date_rules *rules = t->r->rules;
    const pattern_element *el = &rules->elements.v[t->p->first_element + element];
    const atom *x = date_atom(t->r, t->first, i);
    if (!x) return;
    for (uint32_t k = 0; k < el->n_choices; k++) {
        pattern_choice c = rules->choices.v[el->first_choice + k];
        date_piece piece = *so_far;
        uint32_t n = c.is_class ? match_class(t, (date_class)c.id, i, &piece) : x->word == c.id;
        if (n) match_from(t, element + 1, i + n, piece);
    }
}

static void match_from(attempt *t, uint32_t element, uint32_t i, date_piece so_far)
{
    if (element == t->p->n_elements) {
        if (i > t->best_end) t->best_end = i, t->best = so_far;
        return;
    }
    const atom *x = date_atom(t->r, t->first, i), *next = date_atom(t->r, t->first, (int64_t)i + 1);
    match_element(t, element, i, &so_far);
    bool joint = i > t->first && x && next && x->glued && next->glued && date_atom_is(x, "-");
    if (joint) match_element(t, element, i + 1, &so_far);
    if (t->r->rules->elements.v[t->p->first_element + element].is_optional)
        match_from(t, element + 1, i, so_far);
}

/* ---- what a bare number must have round it to be a year ------------------------------------------ */

static bool is_of(const date_reader *r, const atom *x, date_class cls)
{
    return x && date_word_in(r->rules, x->word, cls);
}

static bool counts_a_plural(const date_reader *r, const atom *next)
{
    if (!next || next->kind != ATOM_WORD) return false;
    const token *t = &r->d->tokens.v[next->token];
    return t->tag == XPOS_NNS || t->tag == XPOS_NNPS;
}

/* "In 2019 rebels took the town": a preposition that opens the sentence takes a year where "with 2019 rebels" counts them;
 * "in", "since" and their like do so anywhere. */
static bool is_year_before_plural(const date_reader *r, uint32_t i, const atom *before, int year)
{
    bool is_late = year >= 1900 && year <= 2035;
    if (!before || !is_late || r->atoms.v[i].has_comma) return false;
    const sentence *s = &r->d->sentences.v[r->d->tokens.v[before->token].sentence];
    bool opens = before->token == s->first && is_of(r, before, CLASS_BEFOREYEAR);
    return opens || (is_of(r, before, CLASS_INYEAR) && year % 50 != 0);
}

static bool year_stands_alone(const date_reader *r, uint32_t i, uint32_t n, int year)
{
    const atom *before = date_atom(r, i, (int64_t)i - 1), *next = date_atom(r, i, (int64_t)i + n);
    const bool plural = counts_a_plural(r, next), is_late = year >= 1900 && year <= 2035;
    if (is_of(r, before, CLASS_NOTYEAR)) return false;
    if (is_late && next && next->kind == ATOM_WORD
        && (date_atom_is(before, "a") || date_atom_is(before, "an")))
        return true; /* "a 2015 police sweep" */
    if (is_of(r, next, CLASS_COUNTED) && !(plural && is_year_before_plural(r, i, before, year)))
        return false;
    bool lead = is_of(r, before, CLASS_BEFOREYEAR);
    bool glued = (before && r->atoms.v[i].glued && before->kind != ATOM_MARK)
                 || (next && next->glued && next->kind != ATOM_MARK);
    const atom *part = date_atom(r, i, (int64_t)i + n + 1), *mark = date_atom(r, i, (int64_t)i + n + 2);
    bool running = date_atom_is(next, "-") && next->glued && is_plain_number(part, 2, 2) && part->glued
                   && date_atom_is(mark, "-") && mark->glued; /* 2010-05-CA-039 */
    if (running) return false;
    if (glued) return false;
    if (plural)
        return is_year_before_plural(r, i, before, year)
               || (is_late && (date_atom_is(before, "the") || date_atom_is(before, "s")));
    return lead || is_late || !before || before->kind == ATOM_MARK;
}

/* "Jan", "Sun" alone are more often names. */
static bool is_bare_abbreviation(const date_reader *r, uint32_t i, const date_piece *p)
{
    const atom *x = &r->atoms.v[i], *next = date_atom(r, i, (int64_t)i + 1);
    bool named = p->op == OP_DATE && (p->month || p->weekday) && !p->day && !p->has_year;
    if (!named || x->norm.len > 4 || date_atom_is(x, "may") || date_atom_is(x, "june")
        || date_atom_is(x, "july"))
        return false;
    str text = document_plain(r->d, r->d->tokens.v[x->token].at);
    return !str_ends(text, STR(".")) && !(date_atom_is(next, ".") && next->glued);
}

/* "April Glaspie", "Jan Egeland", "the May family" */
static bool is_part_of_name(const date_reader *r, uint32_t i, const date_piece *p)
{
    const atom *x = &r->atoms.v[i];
    bool bare = p->op == OP_DATE && (p->month || p->islamic) && !p->day && !p->has_year;
    if (!bare) return false;
    const token *t = &r->d->tokens.v[x->token];
    const atom *next = date_atom(r, i, (int64_t)i + 1);
    bool particle = date_atom_is(next, "al") || date_atom_is(next, "el");
    if (p->islamic && (particle || (next && r->d->tokens.v[next->token].pos == UPOS_PROPN))) return true;
    if (!next || next->kind != ATOM_WORD || !next->is_capital || next->is_upper) return false;
    const token *u = &r->d->tokens.v[next->token];
    return u->pos == UPOS_PROPN && u->rel == DEPREL_FLAT && u->head == (int32_t)x->token
           && t->pos == UPOS_PROPN;
}

/* "weeks before", "past days" say no more than that it was some time. */
static bool is_uncounted_plural(const date_reader *r, uint32_t i, uint32_t n, const date_piece *p)
{
    if (!p->unit || p->has_count || p->is_few || p->op == OP_VAGUE || p->op == OP_NONE || p->op == OP_SPAN)
        return false;
    for (uint32_t k = i; k < i + n; k++)
        if (is_of(r, &r->atoms.v[k], CLASS_UNIT) && str_ends(r->atoms.v[k].norm, STR("s"))) return true;
    return false;
}

/* "on Fridays" is a habit; "Fridays attack" has lost its apostrophe. */
static bool is_plural_weekday(const date_reader *r, uint32_t i, uint32_t n, const date_piece *p)
{
    const atom *last = &r->atoms.v[i + n - 1], *next = date_atom(r, i, (int64_t)i + n);
    if (!p->weekday || !is_of(r, last, CLASS_WEEKDAY) || !str_ends(last->norm, STR("days"))) return false;
    return !next || r->d->tokens.v[next->token].pos != UPOS_NOUN;
}

/* "a day after the attack", "a week after 44 people died" */
static bool hangs_on_event(const date_reader *r, uint32_t i, uint32_t n, const date_piece *p)
{
    if (p->op != OP_REFAGO && p->op != OP_REFSHIFT) return false;
    const atom *last = &r->atoms.v[i + n - 1], *next = date_atom(r, i, (int64_t)i + n);
    if (!is_of(r, last, CLASS_BINDING) || !next) return false;
    const atom *behind = date_atom(r, i, (int64_t)i + n + 1);
    if (next->kind == ATOM_NUMBER)
        return behind && behind->kind == ATOM_WORD && !is_of(r, behind, CLASS_MONTH);
    return next->kind == ATOM_WORD && (str_is(next->norm, "the") || !is_of(r, next, CLASS_LEAD));
}

/* "on the 12th", not "on the 12th floor", "on the first", "he was the 12th". */
static bool day_stands_alone(const date_reader *r, uint32_t i, uint32_t n)
{
    const atom *last = &r->atoms.v[i + n - 1], *next = date_atom(r, i, (int64_t)i + n),
               *before = date_atom(r, i, (int64_t)i - 1);
    bool led = date_atom_is(before, "on") || is_of(r, before, CLASS_SINCE) || is_of(r, before, CLASS_FROM)
               || is_of(r, before, CLASS_BETWEEN) || is_of(r, before, CLASS_LIMIT)
               || is_of(r, before, CLASS_TO);
    if (!led) return false;
    if (last->kind != ATOM_NUMBER || !next) return last->kind == ATOM_NUMBER;
    if (next->kind != ATOM_WORD) return next->kind == ATOM_MARK && !date_atom_is(next, "-");
    upos pos = r->d->tokens.v[next->token].pos;
    return pos != UPOS_NOUN && pos != UPOS_PROPN && pos != UPOS_ADJ && pos != UPOS_NUM;
}

static bool is_plausible(const date_reader *r, uint32_t i, uint32_t n, const date_piece *p)
{
    bool only_day = p->op == OP_DATE && p->day && !p->month && !p->weekday && !p->islamic && !p->has_year;
    if (only_day && !day_stands_alone(r, i, n)) return false;
    bool only_year = p->op == OP_DATE && p->has_year && !p->month && !p->day && !p->season && !p->quarter
                     && !p->half && !p->holiday && !p->islamic && n == 1;
    if (only_year && !year_stands_alone(r, i, n, p->year)) return false;
    if (is_plural_weekday(r, i, n, p)) return false;
    if (is_uncounted_plural(r, i, n, p)) return false;
    const atom *before = date_atom(r, i, (int64_t)i - 1);
    bool bounded =
        is_of(r, before, CLASS_SINCE) || is_of(r, before, CLASS_UNTIL) || date_atom_is(before, "by");
    if (is_of(r, &r->atoms.v[i], CLASS_THENWORD) && !bounded) return false;
    if (n == 1 && is_bare_abbreviation(r, i, p)) return false;
    if (n == 1 && is_part_of_name(r, i, p)) return false;
    if (p->op == OP_DATE && p->unit && p->unit != GRAIN_WEEK) return false; /* "the year ending June 30" */
    if (p->month && p->day) {
        int year = p->has_year ? p->year : EDTF_ANY_YEAR;
        return edtf_is_day(year, p->month, p->day);
    }
    return true;
}

static void try_patterns(date_reader *r, const index_array *list, uint32_t i, attempt *best)
{
    const atom *second = date_atom(r, i, (int64_t)i + 1);
    bool goes_on = second && (second->word != MAP_NONE || second->kind != ATOM_WORD);
    for (size_t k = 0; k < list->n; k++) {
        if (!goes_on && r->rules->patterns.v[list->v[k]].n_required > 1) continue;
        attempt t = {.r = r, .p = &r->rules->patterns.v[list->v[k]], .first = i};
        date_piece empty = {.op = t.p->op};
        match_from(&t, 0, i, empty);
        if (t.best_end <= best->best_end || !is_plausible(r, i, t.best_end - i, &t.best)) continue;
        *best = t;
    }
}

static uint32_t match_at(date_reader *r, uint32_t i)
{
    const atom *x = &r->atoms.v[i];
    attempt best = {.r = r, .first = i};
    if (x->word != MAP_NONE) try_patterns(r, &r->rules->word.v[x->word].patterns, i, &best);
    bool may_be_number = x->kind == ATOM_NUMBER || date_atom_is(x, "'") || date_atom_is(x, "an")
                         || (x->kind == ATOM_WORD && number_starts(&r->rules->numbers, x->norm));
    if (may_be_number) try_patterns(r, &r->rules->number_patterns, i, &best);
    if (!best.best_end) return 0;
    best.best.first = best.best.core = i;
    best.best.n = best.best_end - i;
    if (hangs_on_event(r, i, best.best.n, &best.best)) best.best.op = OP_EVENT;
    *array_push(r->d->arena, &r->pieces) = best.best;
    return best.best_end - i;
}

void date_match(date_reader *r)
{
    for (uint32_t i = 0; i < r->atoms.n; i++)
        r->atoms.v[i].word = map_get(&r->rules->words, r->atoms.v[i].norm);
    for (uint32_t i = 0; i < r->atoms.n;) {
        uint32_t n = match_at(r, i);
        i += n ? n : 1;
    }
}
