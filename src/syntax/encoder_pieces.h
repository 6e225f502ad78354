/* encoder_pieces: a word -> the word pieces that the encoder knows, and the look of its letters.
 * In: the text of a token. Out: numbers of rows. Letters lose case and accents; runs of letters and digits are cut into
 * the longest pieces that are known, from the left (Wu et al. 2016, as BERT does it); every other sign is a piece. What
 * code points are is read from the model file, so that training and this code agree. */
#ifndef SITREP_SYNTAX_ENCODER_PIECES_H
#define SITREP_SYNTAX_ENCODER_PIECES_H

#include "base/map.h"
#include "model/model.h"
#include "syntax/encoder_format.h"

enum {
    WORD_PIECES = 8,   /* of a word; what follows is left out */
    WORD_LETTERS = 256 /* of a word; what follows is left out */
};

typedef struct piece_table {
    const uint32_t *letters;
    const letter_range *far;
    size_t n_far;
    map by_text;
    size_t longest; /* bytes */
} piece_table;

/* Reads the sections of `m`, which must outlive the table. False: damaged, *e says how. */
bool piece_table_open(arena *a, const model *m, uint32_t n_pieces, piece_table *t, error *e);

/* Writes 1 to WORD_PIECES numbers of pieces and returns how many. Thread-safe. */
size_t word_pieces(const piece_table *t, str word, uint16_t *piece);

/* 0 to ENCODER_SHAPES - 1: has digits; no letters; lower case; capitals; one capital; capitalised; mixed. */
uint16_t word_shape(const piece_table *t, str word);

#endif
