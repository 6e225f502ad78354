/* atom: tokens cut finer, so that rules need not know how a tokeniser treats joints.
 * In: tokens. Out: words, numbers and marks: "mid-May" is mid - may, "MI8" is mi 8, "14th" is 14 with a
 * suffix, "p.m." is pm, "1,500" and "7:15" are one number. Dots that only end an abbreviation are
 * dropped; so a rule written once matches "Nov. 14", "Nov.14th" and "NOV 14". */
#ifndef SITREP_MENTION_ATOM_H
#define SITREP_MENTION_ATOM_H

#include "record/record.h"

typedef enum atom_kind { ATOM_WORD, ATOM_NUMBER, ATOM_MARK } atom_kind;

typedef struct atom {
    span at;
    str norm;       /* folded; words without dots */
    uint32_t token; /* where it came from */
    uint32_t word;  /* for the owner of the rules: number of the word in its vocabulary, or MAP_NONE */
    int64_t value;  /* ATOM_NUMBER: digits as a number, separators of thousands dropped; minutes for 7:15 */
    atom_kind kind;
    uint8_t n_digits; /* ATOM_NUMBER: digits before a decimal point; 255 at most */
    bool glued;       /* nothing stands between it and the atom before */
    bool is_capital;  /* begins with a capital */
    bool is_upper;    /* has no small letter */
    bool is_decimal;  /* 2.5: value is 2, the fraction below */
    bool is_clock;    /* 7:15, 19:45:30 */
    bool has_comma;   /* 1,500 */
    bool is_ordinal;  /* 1st, 22nd */
    bool is_plural;   /* 1980s */
    double fraction;  /* 0.5 of 2.5 */
} atom;

typedef struct atom_array {
    atom *v;
    size_t n;
} atom_array;

/* All atoms of the document in text order, in its arena. The sentence of an atom is its token's. */
atom_array atom_cut(document *d);

/* The token of [first, first + n) on which the others hang; the last one where there is no tree. */
uint32_t atom_head_token(const document *d, uint32_t first, uint32_t n);

#endif
