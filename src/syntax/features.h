/* features: what the net knows of a word before it looks around: its form alone.
 * In: form and folded form. Out: a key into the table of known words, and rows of one hashed table that
 * holds affixes, shapes and character n-grams. The trainer links this file; nothing here is copied.
 *
 * Digits count as 0. A word of a sentence without case information has a shape that says nothing of
 * capitals, so that headlines and text in capitals look like the text that training saw. */
#ifndef SITREP_SYNTAX_FEATURES_H
#define SITREP_SYNTAX_FEATURES_H

#include "base/str.h"

enum {
    FEATURE_SET = 1, /* raised whenever the numbers below or the code change */
    WORD_DIM = 100,  /* of the table of known words */
    GRAM_DIM = 60,   /* of the hashed table */
    FORM_DIM = WORD_DIM + GRAM_DIM,
    GRAM_ROWS = 1 << 15,
    MAX_SUMMED = 16,
    MAX_AVERAGED = 96,
    FORM_BYTES = 48 /* longer words are read at both ends */
};

typedef enum form_flags {
    FORM_CASED = 1,        /* letter case tells something */
    FORM_SPACE_BEFORE = 2, /* these two count for punctuation only */
    FORM_SPACE_AFTER = 4
} form_flags;

typedef struct form_features {
    uint64_t key, digit_key; /* of the folded word; the second with its digits made 0 */
    uint32_t n_summed, n_averaged;
    uint16_t summed[MAX_SUMMED];     /* affixes, shape, length */
    uint16_t averaged[MAX_AVERAGED]; /* character n-grams */
} form_features;

/* Fills *f. `form` is the word as written, `norm` its utf8_fold. */
void form_features_read(str form, str norm, unsigned flags, form_features *f);

/* Drops the flags that do not matter for this form, so that fewer forms are told apart. */
unsigned form_flags_that_count(str form, unsigned flags);

/* The table of known words: open addressing over slots of 48 bits of the key and 16 bits of row + 1;
 * n_slots is a power of two. The row, or -1. */
int vocabulary_find(const uint64_t *slots, size_t n_slots, uint64_t key);

/* As above by both keys of a form. */
int vocabulary_row(const uint64_t *slots, size_t n_slots, const form_features *f);

#endif
