/* date_piece: what was read before it is known which day it is.
 * In: atoms and rules. Out: pieces in text order that do not overlap ("Friday", "last month", "14
 * November 2019"), then joined with what belongs to them ("early" + "on" + "Friday" + "morning", "July"
 * + "last year"). */
#ifndef SITREP_MENTION_DATE_PIECE_H
#define SITREP_MENTION_DATE_PIECE_H

#include "mention/atom.h"
#include "mention/date_rules.h"
#include "mention/edtf.h"

/* Beyond edtf_grain, of the table's units. */
enum { UNIT_FORTNIGHT = 20, UNIT_GENERATION = 21 };

typedef enum piece_link {
    LINK_NONE,
    LINK_TO,  /* "9-12 March", "from May to July", "between 2012 and 2013" */
    LINK_AND, /* "Saturday and Sunday": an interval only where the days follow each other */
} piece_link;

typedef struct date_piece {
    uint32_t first, n; /* atoms of the expression with all that was joined to it */
    uint32_t core;     /* atom at which the value itself begins */
    date_op op;
    bool has_year;
    int year; /* astronomical: 1 BC is 0 */
    /* 0 = not given */
    int month, day, weekday, season, quarter, half, holiday /* index + 1 */, part, unit;
    int islamic; /* month of the Islamic calendar; from 100 on of the other ones, 100 * edtf_calendar + month */
    int decade, century; /* the year that it begins with; 0 = not given */
    int ordinal;         /* "third quarter", "first week"; -1 = last */
    int count;           /* units; only where has_count */
    bool has_count, is_few, has_half;
    int direction;   /* -1 last, 0 this, 1 next, ago or later */
    bool is_same;    /* "the same day", "that day" */
    int offset_days; /* yesterday, today, tomorrow */
    bool names_day;  /* one of these stands in it: "currently" and "now" name none */
    bool approximate, uncertain;
    bool is_ambiguous; /* 03/04/2019 */
    bool has_clock;    /* 7:15 */
    bool
        dates_text; /* "Updated 5 May 2016 10:45", "as of 5 May": when the text is from, not what it tells */
    bool indefinite; /* "on a Friday" */
    bool two_digit_year;
    int edge;                       /* early, mid, late …: the value stays that of the whole */
    const struct date_piece *outer; /* "July" of "last year" */
    bool since, until;              /* open intervals */
    bool ends_another;              /* "until the fall of the town in May": the end of what is told */
    uint32_t since_token;           /* + 1: of a clause that "since" opens; 0 = stands before the piece */
    piece_link link;                /* to the next piece */
} date_piece;

typedef ARRAY(date_piece) piece_array;

typedef struct date_reader {
    const date_rules *rules;
    document *d;
    atom_array atoms;
    piece_array pieces;
    edtf_value
        telling; /* the day of speaking, set by date_resolve; GRAIN_NONE where it is not known or the text is a story */
} date_reader;

/* Fills reader->pieces. */
void date_match(date_reader *r);

/* Joins neighbours, adds hedges and edges, links ranges. */
void date_join(date_reader *r);

/* Marks the pieces that tell when the text was written or what it knows. */
void date_find_stamps(date_reader *r);

/* The atom at i where it stands in the sentence of atom `of`, else NULL. */
const atom *date_atom(const date_reader *r, uint32_t of, int64_t i);

bool date_atom_is(const atom *x, const char *norm);

#endif
