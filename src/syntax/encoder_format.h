/* encoder_format: the model file of the encoder; shared by its reader and the trainer's writer.
 *
 * Sections (model/layout.h), numbers little-endian, rows one after the other:
 *
 *     encoder       encoder_shape
 *     letters       uint32 × ENCODER_LETTERS: what becomes of each code point (letter_*); then come
 *     letters.far   letter_range × …: the code points above, in order; between them: no letters
 *     vocabulary    the pieces, a line each; those that go on a word begin with "##". First of all the signs
 *                   for what is unknown, for the beginning and the end of a window
 *     piece.w .s    int8 rows of pieces, what one unit of a row is worth
 *     shape         float rows of the letters' case (word_shape)
 *     place         float rows of places in a window
 *     norm.g .b     float: gain and bias of the first normalisation
 *     N.qkv N.out N.up N.down of layer N, then hints, key, query: int8 layers, each in four sections
 *                   .w panels as kernel.h wants them, .b int32, .s float: what one unit of a sum is worth
 *                   .f float: what is added at last
 *     N.n1.g … N.n2.b  float
 *     mix           float × (layers + 1): weights of the layers' vectors in a word's vector
 *     hint names    as in hint_names.h
 *     roles         names of the pairs' roles, a line each
 *     meta          "key<TAB>value" lines for people
 *
 * A layer reads a row of activations x as bytes q: q = x / unit + SIGNED_ZERO with the unit of that row; .b takes
 * SIGNED_ZERO times the sum of the weights away again. N.down reads what a gelu gives, which is never below
 * -GELU_LOW: q = (x + GELU_LOW) / unit; its .f takes that away. Its result is sum · .s · unit + .f. Queries of
 * attention are divided by the root of a head's width beforehand. */
#ifndef SITREP_SYNTAX_ENCODER_FORMAT_H
#define SITREP_SYNTAX_ENCODER_FORMAT_H

#include <stdint.h>

enum {
    ENCODER_FEATURES = 0x32434E45, /* the feature set of its files */
    ENCODER_LETTERS = 0x3000,
    ENCODER_SHAPES = 8,
    ENCODER_PLACES = 300,    /* pieces of a window, the two signs included */
    ENCODER_WINDOW = 290,    /* pieces that sentences are packed to */
    ENCODER_HEAD_WIDTH = 32, /* of attention */
    ENCODER_MAX_WIDTH = 1024,
    ENCODER_MAX_INNER = 4096,
    ENCODER_MAX_LAYERS = 12,
    ENCODER_MAX_COLUMNS = 2048
};

#define GELU_LOW 0.1701f

typedef struct encoder_shape {
    uint32_t width, inner, layers, pieces, roles, role_width, hints;
} encoder_shape;

/* What the exporter knows of a code point: in the low bits what it is in lower case without its accent. */
enum {
    LETTER_CODE = 0x1FFFFF,
    LETTER_RUN = 1 << 24,   /* then goes on a run of letters and digits; else it is a sign for itself */
    LETTER_SPACE = 1 << 25, /* then ends a run and is nothing */
    LETTER_MARK = 1 << 26,  /* then is left out */
    LETTER_DIGIT = 1 << 27, /* these four speak of the code point as written */
    LETTER_ALPHA = 1 << 28,
    LETTER_LOWER = 1 << 29,
    LETTER_UPPER = 1 << 30
};

typedef struct letter_range {
    uint32_t first, last, flags; /* becomes itself */
} letter_range;

enum { PIECE_UNKNOWN, PIECE_BEGIN, PIECE_END, N_PIECE_SIGNS };

#endif
