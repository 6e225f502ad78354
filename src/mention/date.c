#include "mention/date_resolve.h"

typedef struct writer {
    date_reader *r;
    const date_answer *answers;
    size_t first_mention;
} writer;

static span span_of_atoms(const date_reader *r, uint32_t first, uint32_t n)
{
    return span_join(r->atoms.v[first].at, r->atoms.v[first + n - 1].at);
}

/* Articles and prepositions that patterns need are not shown. */
static void skip_leading_words(const date_reader *r, uint32_t *first, uint32_t *n)
{
    while (*n > 1 && date_word_in(r->rules, r->atoms.v[*first].word, CLASS_LEADING)) (*first)++, (*n)--;
}

static mention *add_mention(writer *w, size_t i)
{
    document *d = w->r->d;
    const date_piece *p = &w->r->pieces.v[i];
    uint32_t first = p->first, n = p->n;
    skip_leading_words(w->r, &first, &n);
    mention *m = array_push(d->arena, &d->mentions);
    m->kind = MENTION_DATE;
    m->at = span_of_atoms(w->r, first, n);
    m->first = w->r->atoms.v[first].token;
    m->n = w->r->atoms.v[first + n - 1].token - m->first + 1;
    m->head = atom_head_token(d, m->first, m->n);
    m->date.basis = w->answers[i].basis;
    m->dates_text = p->dates_text;
    edtf_write(&w->answers[i].value, &m->date);
    return m;
}

/* The words of an interval: those of its pieces and the "from", "between", "since" before them. */
static span interval_span(const writer *w, size_t i, size_t last)
{
    const date_piece *a = &w->r->pieces.v[i], *b = &w->r->pieces.v[last];
    uint32_t first = a->first;
    const atom *x = date_atom(w->r, first, (int64_t)first - 1);
    if (a->since_token)
        return span_join(w->r->d->tokens.v[a->since_token - 1].at,
                         span_of_atoms(w->r, first, b->first + b->n - first));
    if (date_atom_is(x, "the")) x = date_atom(w->r, first, (int64_t)first - 2);
    bool leads = x
                 && (date_word_in(w->r->rules, x->word, CLASS_FROM)
                     || date_word_in(w->r->rules, x->word, CLASS_BETWEEN)
                     || date_word_in(w->r->rules, x->word, CLASS_SINCE)
                     || date_word_in(w->r->rules, x->word, CLASS_UNTIL));
    span own = span_of_atoms(w->r, first, b->first + b->n - first);
    return leads ? span_join(x->at, own) : own;
}

static bool joined_value(const date_piece *a, const edtf_value *x, const edtf_value *y, edtf_value *out)
{
    if (a->link == LINK_NONE || !x->grain || !y->grain || x->no_year != y->no_year) return false;
    if (a->link == LINK_AND && y->from != x->to + 1) return false;
    *out = *x;
    out->to = y->to;
    out->approximate |= y->approximate;
    out->uncertain |= y->uncertain;
    if (x->grain != y->grain)
        out->grain = x->grain == GRAIN_DAY || y->grain == GRAIN_DAY ? GRAIN_DAY : GRAIN_SPAN;
    if (out->grain == GRAIN_DECADE || out->grain == GRAIN_CENTURY) out->grain = GRAIN_SPAN;
    return out->from < out->to;
}

/* What has gone on "since March" goes on to the day of telling, told as exactly as its start: by the day or by the
 * month. */
static bool close_at_telling(const edtf_value *telling, edtf_value *v)
{
    if (!telling->grain || telling->no_year != v->no_year || v->from >= telling->from) return false;
    bool by_day = v->grain == GRAIN_DAY || v->grain == GRAIN_WEEK || v->grain == GRAIN_WEEKEND
                  || edtf_around(v->from, GRAIN_MONTH).from != v->from;
    v->to_grain = by_day ? GRAIN_DAY : GRAIN_MONTH;
    v->to = edtf_around(telling->from, v->to_grain).to;
    if (v->grain == GRAIN_YEAR) return true;
    v->grain = v->to_grain;
    return true;
}

static bool open_value(const date_reader *r, const date_piece *p, const edtf_value *x, edtf_value *out)
{
    if (!x->grain || (!p->since && !p->until)) return false;
    *out = *x;
    if (p->until) out->open_from = true;
    else if (!close_at_telling(&r->telling, out)) out->open_to = true;
    return true;
}

static void write_interval(mention *m, const edtf_value *v, span at)
{
    edtf_write(v, &m->interval);
    m->interval.basis = m->date.basis;
    m->interval_at = at;
}

/* The last piece of the interval that piece i begins, and its value; i where it begins none. More than two are one where
 * each is the day after the one before it. */
static size_t last_of_interval(const writer *w, size_t i, edtf_value *v)
{
    const piece_array *pieces = &w->r->pieces;
    *v = w->answers[i].value;
    for (size_t k = i; k + 1 < pieces->n; k++) {
        if (w->answers[k + 1].is_dropped || (k > i && pieces->v[k].link != LINK_AND)
            || !joined_value(&pieces->v[k], v, &w->answers[k + 1].value, v))
            return k;
    }
    return pieces->n - 1;
}

static void write_all(writer *w)
{
    piece_array *pieces = &w->r->pieces;
    edtf_value v = {GRAIN_NONE};
    size_t last = 0; /* piece of the open interval; `v` and `at` are its value and words */
    bool is_open = false;
    span at = {0};
    for (size_t i = 0; i < pieces->n; i++) {
        if (w->answers[i].is_dropped) continue;
        mention *m = add_mention(w, i);
        if (!is_open || i >= last) {
            if (is_open && i == last) write_interval(m, &v, at);
            edtf_value next;
            size_t end = last_of_interval(w, i, &next);
            is_open = end > i;
            if (is_open) v = next, last = end, at = interval_span(w, i, end);
            else if (open_value(w->r, &pieces->v[i], &w->answers[i].value, &next))
                write_interval(m, &next, interval_span(w, i, i));
        }
        if (is_open) write_interval(m, &v, at);
    }
}

void date_mentions(const date_rules *rules, document *d)
{
    if (!d->tokens.n) return;
    date_reader r = {.rules = rules, .d = d, .atoms = atom_cut(d)};
    date_match(&r);
    date_join(&r);
    writer w = {&r, date_resolve(&r), d->mentions.n};
    write_all(&w);
}
