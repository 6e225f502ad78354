/* number: number phrases, in digits and in words.
 * In: atoms. Out: the value of the longest number phrase that begins at an atom: "26", "twenty-six",
 * "1,500", "2.5 million", "two hundred and fifty", "a dozen", "twenty-first". */
#ifndef SITREP_MENTION_NUMBER_H
#define SITREP_MENTION_NUMBER_H

#include "base/error.h"
#include "base/map.h"
#include "base/table.h"
#include "mention/atom.h"

typedef enum number_kind {
    NUMBER_CARDINAL, /* 0 to 19 and the tens */
    NUMBER_SCALE,    /* hundred, thousand, million; dozen */
    NUMBER_ORDINAL,
    NUMBER_KINDS
} number_kind;

typedef struct number_word {
    number_kind kind;
    int64_t value;
} number_word;

typedef struct number_words {
    map by_spelling; /* -> words */
    ARRAY(number_word) words;
} number_words;

typedef struct number {
    uint32_t n;    /* atoms read; 0 = no number here */
    int64_t value; /* rounded down */
    bool is_ordinal;
    bool is_half;  /* "two and a half", "1.5": a half or another fraction comes on top */
    bool in_words; /* has no digit */
} number;

/* Reads en/numbers.txt; entries it does not know belong to others. */
bool number_words_open(arena *a, str codebook_folder, number_words *words, error *e);

/* Whether a number phrase may begin with this spelling. */
bool number_starts(const number_words *words, str norm);

/* The number at atom i, within the sentence. */
number number_read(const number_words *words, const document *d, const atom_array *atoms, uint32_t i);

#endif
