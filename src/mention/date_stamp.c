/* Dates of the text itself: the lines below a headline that say when it was put up, and the day up to which it counts. */
#include "mention/date_piece.h"

#include <string.h>

#define HEAD_ATOMS 80 /* such lines stand among the first of a document */

static bool starts_line(const date_reader *r, uint32_t i)
{
    if (i == 0 || i >= r->atoms.n) return true;
    const uint32_t from = span_end(r->atoms.v[i - 1].at), to = r->atoms.v[i].at.start;
    const str gap = document_str(r->d, (span){from, to > from ? to - from : 0});
    return gap.len && memchr(gap.ptr, '\n', gap.len);
}

/* The piece that begins at an atom, from *at on. */
static date_piece *piece_at(date_reader *r, uint32_t atom_index, size_t *at)
{
    while (*at < r->pieces.n && r->pieces.v[*at].first < atom_index) ++*at;
    return *at < r->pieces.n && r->pieces.v[*at].first == atom_index ? &r->pieces.v[*at] : NULL;
}

static bool may_stand_in_stamp(const date_reader *r, const atom *x)
{
    static const date_class classes[] = {CLASS_PUBLISHED, CLASS_LEAD, CLASS_MERIDIEM, CLASS_ZONE,
                                         CLASS_LASTWORD};
    if (x->kind != ATOM_WORD) return true;
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (date_word_in(r->rules, x->word, classes[i])) return true;
    return false;
}

typedef struct stamp_line {
    uint32_t end; /* atom */
    int dates, clocks, words;
    bool is_stamp;
} stamp_line;

/* The line from an atom on: nothing but dates, times and words of publishing. */
static stamp_line read_line(date_reader *r, uint32_t from, size_t at)
{
    stamp_line line = {.end = from, .is_stamp = true};
    do {
        const date_piece *p = piece_at(r, line.end, &at);
        const atom *x = &r->atoms.v[line.end];
        if (p && p->op == OP_DATE && p->day && p->month && p->has_year)
            line.dates++, line.clocks += p->has_clock;
        else if (p && p->op == OP_TIME) line.clocks++;
        else if (!p && x->kind == ATOM_NUMBER) line.clocks++; /* "11: 41am" */
        line.words += date_word_in(r->rules, x->word, CLASS_PUBLISHED) != NULL;
        line.is_stamp = line.is_stamp && (p || may_stand_in_stamp(r, x));
        line.end += p ? p->n : 1;
    } while (line.end < r->atoms.n && !starts_line(r, line.end));
    line.is_stamp = line.is_stamp && line.dates && line.clocks + line.words > 0
                    && !date_atom_is(&r->atoms.v[line.end - 1], ".");
    return line;
}

static void mark_lines(date_reader *r)
{
    size_t at = 0;
    for (uint32_t i = 0; i < r->atoms.n && i < HEAD_ATOMS;) {
        const stamp_line line = read_line(r, i, at);
        for (; at < r->pieces.n && r->pieces.v[at].first < line.end; at++)
            r->pieces.v[at].dates_text = line.is_stamp;
        i = line.end;
    }
}

/* "as of 5 May", "as of 19:30 on Friday" */
static bool is_cutoff(const date_reader *r, const date_piece *p)
{
    return date_atom_is(date_atom(r, p->first, (int64_t)p->first - 1), "of")
           && date_atom_is(date_atom(r, p->first, (int64_t)p->first - 2), "as");
}

void date_find_stamps(date_reader *r)
{
    mark_lines(r);
    for (size_t i = 0; i < r->pieces.n; i++)
        if (is_cutoff(r, &r->pieces.v[i])) r->pieces.v[i].dates_text = true;
}
