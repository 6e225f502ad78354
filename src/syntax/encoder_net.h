/* encoder_net: the transformer of a model file (Vaswani et al. 2017; a MiniLM, Wang et al. 2020), in integers.
 * In: a window of words, cut into pieces. Out: a vector of each word, and what linear layers make of it. Products are of
 * bytes, with a unit for each row of activations that is found as it comes (Dettmers et al. 2022, without their
 * outliers: seven bits proved enough); what lies between is in floats (encoder_loops.h). The same bits everywhere. */
#ifndef SITREP_SYNTAX_ENCODER_NET_H
#define SITREP_SYNTAX_ENCODER_NET_H

#include "model/model.h"
#include "syntax/encoder_format.h"
#include "syntax/encoder_loops.h"
#include "syntax/kernel.h"

typedef struct encoder_window {
    size_t n, n_words; /* pieces, the two signs included */
    uint16_t piece[ENCODER_PLACES], shape[ENCODER_PLACES];
    uint16_t first[ENCODER_PLACES], last[ENCODER_PLACES]; /* pieces of each word */
    uint32_t token[ENCODER_PLACES];                       /* of each word */
} encoder_window;

/* Sums of products; `add` comes last. */
typedef struct encoder_dense {
    dense d;
    const float *add;
} encoder_dense;

typedef struct encoder_layer {
    encoder_dense qkv, out, up, down;
    gain_bias n1, n2;
} encoder_layer;

typedef struct encoder_net {
    const kernels *k;
    const encoder_loops *loops;
    encoder_shape shape;
    const int8_t *piece;
    const float *piece_unit, *shapes, *places, *mix;
    gain_bias norm;
    encoder_layer layer[ENCODER_MAX_LAYERS];
    encoder_dense hints, key, query;
} encoder_net;

typedef struct encoder_work encoder_work; /* one a thread */

/* Reads the sections of `m`, which must outlive the net. False: *e says what is wrong. */
bool encoder_net_open(const model *m, encoder_net *n, error *e);

/* As syntax_model_use. */
bool encoder_net_use(encoder_net *n, const char *kernels_name);

/* NULL: no memory. */
encoder_work *encoder_work_open(const encoder_net *n);
void encoder_work_close(encoder_work *w);

/* Makes the vectors of all words of the window and keeps them in the work space. */
void encoder_net_run(const encoder_net *n, encoder_work *w, const encoder_window *window);

/* What `layer` makes of the words word[0 … n_words): n_words rows of layer->d.m floats, valid until the next call. */
const float *encoder_net_columns(const encoder_net *n, encoder_work *w, const encoder_dense *layer,
                                 const uint16_t *word, size_t n_words);

#endif
