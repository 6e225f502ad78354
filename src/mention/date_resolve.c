#include "mention/date_resolver.h"

enum { PART_EVENING = 4 }; /* of the table's parts of a day; the night and midnight follow */

date_base resolver_anchor_base(const resolver *s)
{
    return (date_base){s->has_anchor, s->anchor_no_year, s->anchor, GRAIN_DAY};
}

date_base resolver_current_base(const resolver *s)
{
    return (date_base){s->has_current, s->current.no_year, s->current.from, s->current.grain};
}

date_base resolver_speaking_base(const resolver *s)
{
    date_base current = resolver_current_base(s);
    if (s->is_narrative && current.ok) return current;
    return s->has_anchor ? resolver_anchor_base(s) : current;
}

date_base resolver_telling_base(const resolver *s)
{
    return s->has_current ? resolver_current_base(s) : resolver_anchor_base(s);
}

/* "under the November deal troops were to withdraw": the verb's future is not the deal's; nor is the text in 2016 where it
 * speaks of "the 2016 peace deal". */
static bool names_a_thing(const resolver *s, const date_piece *p)
{
    const token *all = s->r->d->tokens.v, *k = &all[resolver_token_of(s, p)];
    return k->head > (int32_t)resolver_token_of(s, p) && all[k->head].pos == UPOS_NOUN
           && (k->rel == DEPREL_COMPOUND || k->rel == DEPREL_AMOD || k->rel == DEPREL_NUMMOD
               || deprel_universal(k->rel) == DEPREL_NMOD);
}

/* "since a failed July coup", "over the May attack": what is named so has been; but the July election may be to come. */
static bool names_what_was(const resolver *s, const date_piece *p, tense how)
{
    const document *d = s->r->d;
    const int32_t noun = d->tokens.v[resolver_token_of(s, p)].head;
    const sentence *in = &d->sentences.v[d->tokens.v[noun].sentence];
    for (int32_t i = (int32_t)in->first; i < noun; i++) {
        const token *k = &d->tokens.v[i];
        const uint32_t word =
            k->head == noun && k->rel == DEPREL_CASE ? map_get(&s->r->rules->words, k->norm) : MAP_NONE;
        if (date_word_in(s->r->rules, word, CLASS_SINCE) || (word != MAP_NONE && str_is(k->norm, "after")))
            return true;
    }
    const uint32_t named = map_get(&s->r->rules->words, d->tokens.v[noun].norm);
    return how == TENSE_PAST && !date_word_in(s->r->rules, named, CLASS_SCHEDULED);
}

/* "extended the truce until Friday": the weekday is yet to come. */
static bool is_put_off_to(const resolver *s, const date_piece *p, uint32_t before)
{
    const token *all = s->r->d->tokens.v, *k = &all[resolver_token_of(s, p)];
    const bool goal = date_word_in(s->r->rules, before, CLASS_UNTIL)
                      || (before != MAP_NONE && before == map_get(&s->r->rules->words, STR("for")));
    for (int up = 0; goal && up < 2 && k->head >= 0; up++) {
        k = &all[k->head];
        const uint32_t word = map_get(&s->r->rules->words, k->lemma);
        if (k->pos == UPOS_VERB && k > &all[resolver_token_of(s, p)]) return false;
        if (k->pos == UPOS_VERB) return date_word_in(s->r->rules, word, CLASS_DEFERRING) != NULL;
    }
    return false;
}

/* A limit or goal ("until Friday", "by May") lies ahead whatever the verb; "since" looks back. */
tense resolver_tense_of(const resolver *s, const date_piece *p)
{
    bool direct = false;
    uint32_t first = p->first;
    const atom *before = date_atom(s->r, first, (int64_t)first - 1);
    if (date_atom_is(before, "the")) before = date_atom(s->r, first, (int64_t)first - 2);
    tense how = date_tense(s->r, s->r->atoms.v[p->core].token, &direct);
    uint32_t word = before ? before->word : MAP_NONE;
    if (date_word_in(s->r->rules, word, CLASS_SINCE)) return TENSE_PAST;
    if (date_atom_is(date_atom(s->r, first, (int64_t)first + p->n), "'s"))
        return TENSE_PAST; /* "Friday's attack" */
    if (date_atom_is(date_atom(s->r, first, (int64_t)first + p->n), "'")
        && date_atom_is(date_atom(s->r, first, (int64_t)first + p->n + 1), "s"))
        return TENSE_PAST;
    bool limit = date_word_in(s->r->rules, word, CLASS_LIMIT) != NULL;
    if (p->weekday && is_put_off_to(s, p, word)) return TENSE_FUTURE;
    if (p->month && names_a_thing(s, p) && names_what_was(s, p, how)) return TENSE_PAST;
    if (how == TENSE_FUTURE && names_a_thing(s, p)) return TENSE_NONE;
    return how == TENSE_PAST && (limit || !direct) ? TENSE_NONE : how;
}

/* "vowed to retake it by the end of the year": what lies ahead is told from the day of speaking. */
static bool lies_ahead(const resolver *s, const date_piece *p)
{
    bool direct;
    return p->edge && p->unit && !p->direction
           && date_tense(s->r, resolver_token_of(s, p), &direct) == TENSE_FUTURE;
}

/* "last November" where nothing says when the text was written: the years that it tells of are not those of the telling. */
static date_base shift_base(const resolver *s, const date_piece *p)
{
    if (p->unit == GRAIN_DAY && p->direction > 0) return resolver_telling_base(s);
    date_base b = resolver_speaking_base(s);
    b.no_year = b.no_year || (!s->has_anchor && !s->is_narrative && p->month && !p->day);
    return b;
}

/* "in the last month of the war", "the last day of the talks": counted from no day of telling. */
static bool is_end_of_event(const resolver *s, const date_piece *p)
{
    return p->unit && !p->outer && p->direction < 0
           && date_atom_is(date_atom(s->r, p->first, (int64_t)p->first + p->n), "of");
}

/* "last month" where nothing says when the text was written and the days that it names have no year. */
static bool is_told_from_nowhere(const resolver *s, const date_piece *p)
{
    const date_base b = resolver_speaking_base(s);
    if (!b.ok || !b.no_year || s->is_narrative || (!p->unit && !p->part)) return false;
    return !s->has_anchor || p->unit >= GRAIN_YEAR;
}

edtf_value resolver_resolve(resolver *s, const date_piece *p)
{
    switch (p->op) {
    case OP_DATE: return resolver_calendar(s, p);
    case OP_SHIFT: /* "released next day": the day after the one that the text is at */
        if (is_told_from_nowhere(s, p) || is_end_of_event(s, p)) return no_value;
        return resolver_shift_from(s, p, shift_base(s, p));
    case OP_REFSHIFT:
        if (p->unit == GRAIN_QUARTER && p->is_same && !p->direction && s->quarter.grain) return s->quarter;
        return resolver_shift_from(s, p,
                                   lies_ahead(s, p) ? resolver_speaking_base(s) : resolver_telling_base(s));
    case OP_AGO: return resolver_ago(s, p, resolver_speaking_base(s));
    case OP_REFAGO: return resolver_ago(s, p, resolver_telling_base(s));
    case OP_EVENT: return resolver_from_event(s, p);
    case OP_TODAY: return resolver_today(s, p);
    case OP_SPAN: return resolver_span_of(p, resolver_speaking_base(s));
    case OP_NTH: return resolver_nth_of(s, p);
    case OP_TIME: return resolver_time_of_day(s, p);
    default: return no_value;
    }
}

static date_basis basis_of(const date_piece *p)
{
    if (p->op == OP_TODAY) return p->offset_days ? BASIS_RELATIVE : BASIS_DOCUMENT;
    if (p->op != OP_DATE) return BASIS_RELATIVE;
    bool written = p->has_year || p->month || p->decade || p->century || p->holiday;
    return written && !p->outer ? BASIS_TEXT : BASIS_RELATIVE;
}

/* "on the night of 3 to 4 May": the story is at the evening. */
static bool ends_a_night(const resolver *s, const date_piece *p)
{
    const date_piece *before = p - 1;
    return p > s->r->pieces.v && before->link != LINK_NONE && before->part >= PART_EVENING && before->day
           && p->day;
}

/* After a glance at another year the story is where it was before; "that day" and the like still tell of the glance. */
static void look_back_from_glance(resolver *s, const date_piece *p)
{
    const uint32_t gap = resolver_sentence_of(s, p) - s->current_sentence;
    if (!s->glances || gap == 0 || (gap == 1 && (p->op == OP_REFSHIFT || p->op == OP_REFAGO))) return;
    s->glances = false;
    s->current = s->story;
    s->current_has_full_year = s->story_has_full_year;
}

/* The text is at this date now. */
static void move_on(resolver *s, const date_piece *p, const edtf_value *v)
{
    bool moves = v->grain != GRAIN_NONE && v->grain <= GRAIN_YEAR && p->op != OP_SPAN && p->op != OP_TIME;
    bool vague = v->grain == GRAIN_MONTH && (p->weekday || p->unit == GRAIN_WEEK);
    bool once = p->holiday && s->r->rules->holidays.v[p->holiday - 1].rule == HOLIDAY_ONCE;
    bool large = v->grain == GRAIN_YEAR || (v->grain == GRAIN_MONTH && !s->is_narrative);
    bool famed = p->op == OP_DATE && resolver_is_known_day(s, p);
    bool aside = once || famed || (large && names_a_thing(s, p));
    bool ahead = !s->has_anchor && s->has_current && p->op == OP_DATE && v->grain == GRAIN_DAY
                 && resolver_tense_of(s, p) == TENSE_FUTURE; /* "is to return on 2 October" */
    bool passes =
        v->grain == GRAIN_YEAR && !s->has_anchor && !s->is_narrative && resolver_is_in_passing(s, p);
    if (!moves || ahead || passes || p->until || p->ends_another || vague || aside || p->dates_text
        || ends_a_night(s, p) || p->op == OP_EVENT)
        return;
    bool looks_back = p->op == OP_REFAGO && p->unit >= GRAIN_YEAR && (!s->is_narrative || p->direction < 0);
    if (p->op == OP_AGO || looks_back) return;
    if (p->op == OP_TODAY && (s->is_narrative || (!p->names_day && s->has_current))) return;
    if (s->has_current && !s->glances && s->is_digression[p - s->r->pieces.v])
        s->glances = true, s->story = s->current, s->story_has_full_year = s->current_has_full_year;
    if (v->grain == GRAIN_QUARTER) s->quarter = *v;
    s->has_current = true;
    s->current = *v;
    s->current.approximate = s->current.uncertain = false;
    s->current_sentence = resolver_sentence_of(s, p);
    bool goes_on = s->current_has_full_year && !(p->op == OP_DATE && p->has_year);
    bool by_story = !s->has_anchor && p->op == OP_DATE && p->month && !v->no_year;
    s->current_has_full_year =
        (p->op == OP_DATE && p->has_year && p->month && (s->is_narrative || !names_a_thing(s, p)))
        || by_story || (goes_on && !v->no_year);
}

static bool means_nothing(const date_piece *p, const edtf_value *v)
{
    if (v->grain) return false;
    if (p->op == OP_NTH || p->op == OP_TIME || p->op == OP_SPAN || p->op == OP_EVENT) return true;
    return false;
}

date_answer *date_resolve(date_reader *r)
{
    resolver s = {.r = r};
    civil_date p = r->d->published;
    if (p.year && edtf_is_day(p.year, p.month, p.day))
        s.has_anchor = true, s.anchor = edtf_day_number(p.year, p.month, p.day);
    resolver_survey(&s);
    if (s.has_anchor && !s.is_narrative) r->telling = resolver_one_day(s.anchor, s.anchor_no_year);
    date_answer *answers = arena_new(r->d->arena, date_answer, r->pieces.n + 1);
    for (size_t i = 0; i < r->pieces.n; i++) {
        const date_piece *piece = &r->pieces.v[i];
        look_back_from_glance(&s, piece);
        edtf_value v = resolver_resolve(&s, piece);
        if (v.grain) v.approximate |= piece->approximate, v.uncertain |= piece->uncertain;
        answers[i] = (date_answer){v, v.grain ? basis_of(piece) : BASIS_NONE, means_nothing(piece, &v)};
        move_on(&s, piece, &v);
    }
    return answers;
}
