/* net: the integer net of a model file.
 * In: the features of a sentence's words. Out: tags, and for each word the parts that it adds to the hidden
 * layer of the parser. Its shape stands in the file: a convolution over the forms (whose products depend on
 * the form alone and are cached), then convolutions of width 3 and bidirectional quasi-recurrent layers. */
#ifndef SITREP_SYNTAX_NET_H
#define SITREP_SYNTAX_NET_H

#include "base/arena.h"
#include "model/model.h"
#include "record/record.h"
#include "syntax/arc.h"
#include "syntax/features.h"
#include "syntax/kernel.h"

enum {
    NET_MAX_WORDS = 512, /* of a sentence; longer ones are read in pieces */
    NET_MAX_LAYERS = 8,
    NET_MAX_WIDTH = 1024,
    NET_PADDING = 2,      /* empty rows around a sentence; a convolution is at most 5 wide */
    NET_TAG_COLUMNS = 80, /* UPOS, then XPOS, then nothing */
    NET_MAX_HINTS = 256
};

typedef enum net_kind { NET_FIRST, NET_CONV, NET_QRNN } net_kind;

/* Section "net" of the file: this, then n_layers of net_layer_shape. */
typedef struct net_shape {
    uint32_t n_layers, hidden, n_words, n_slots;
} net_shape;

typedef struct net_layer_shape {
    uint32_t kind, in, out, width; /* out of a NET_QRNN is both directions together */
} net_layer_shape;

typedef struct net_layer {
    net_layer_shape shape;
    dense d;
    const float *out_scale; /* NET_QRNN: units of the output */
} net_layer;

typedef struct net {
    const kernels *k;
    net_shape shape;
    net_layer layer[NET_MAX_LAYERS];
    const uint64_t *slots;
    const int8_t *word, *gram;
    const float *input_scale; /* by input of the first layer: to ± MIX_LIMIT */
    const int16_t *first_w;   /* FORM_DIM × (width · out), in panels */
    const float *first_cut;   /* by output: to units of cached rows */
    const int16_t *first_bias;
    const float *first_scale;
    dense tags, parts, moves, labels;
    const int16_t *absent, *category, *hidden_bias;
    const float *hidden_scale;
    dense hints; /* m = 0: the model gives none */
    hint_names hint_names;
} net;

/* Everything that one thread writes while it runs sentences. */
typedef struct net_scratch net_scratch;

/* Reads the sections of `m`, which must outlive the net, as must `a`. */
bool net_open(arena *a, const model *m, net *n, error *e);

net_scratch *net_scratch_open(const net *n, error *e);
void net_scratch_close(net_scratch *s);

/* A word of a sentence for net_run. */
typedef struct net_word {
    str form, norm;
    unsigned flags; /* form_flags */
} net_word;

/* What comes out; arrays are the caller's, n long. head: words of the sentence, n = root. */
typedef struct net_result {
    uint8_t *pos, *tag, *rel;
    int32_t *head;
    int8_t *hints; /* n rows of the net's hint names; NULL = unwanted */
} net_result;

/* Tags and parses one sentence of 1 to NET_MAX_WORDS words. Never fails. */
void net_run(const net *n, net_scratch *s, const net_word *words, size_t n_words, net_result out);

#endif
