/* fnet: the float net that is trained; export.c makes the integer net of src/syntax from it.
 *
 *     form -> [known word | hashed affixes and n-grams] -> convolution over the forms -> layers
 *          -> tags (UPOS, XPOS)
 *          -> hints for claims, where the data have them (happening, status, role)
 *          -> rows for the parser's positions; their sum -> hidden -> move, label
 *
 * Words of a shard's sentences lie in rows one under another, with FNET_PAD empty rows around each. */
#ifndef SITREP_TRAIN_FNET_H
#define SITREP_TRAIN_FNET_H

#include "mat.h"
#include "record/record.h"
#include "syntax/arc.h"
#include "syntax/features.h"

enum {
    FNET_PAD = 2,
    FNET_MAX_LAYERS = 8,
    FNET_TAGS = 96, /* columns: UPOS, then XPOS, then padding */
    FNET_MOVES = 16,
    FNET_LABELS = 64,
    FNET_SHARDS = 2,
    FNET_MAX_PARAMS = 64
};

typedef enum fnet_kind { FNET_FIRST, FNET_CONV, FNET_QRNN } fnet_kind;

typedef struct fnet_layer_shape {
    uint32_t kind, in, out, width; /* out of a QRNN is both directions together */
} fnet_layer_shape;

typedef struct fnet_shape {
    uint32_t n_layers, hidden, n_words;
    fnet_layer_shape layer[FNET_MAX_LAYERS];
} fnet_shape;

/* Values with their gradients by shard and their moments; rows > 0: only touched rows are updated. */
typedef struct param {
    const char *name;
    size_t n, rows;
    float *w, *m, *v, *grad[FNET_SHARDS];
    uint32_t *touched[FNET_SHARDS], n_touched[FNET_SHARDS];
    uint8_t *is_touched[FNET_SHARDS];
} param;

typedef struct fnet {
    fnet_shape shape;
    uint32_t top; /* width of the last layer */
    int n_params;
    param params[FNET_MAX_PARAMS];
    param *word, *gram, *layer_w[FNET_MAX_LAYERS], *layer_b[FNET_MAX_LAYERS];
    param *tag_w, *tag_b, *arc_w, *absent, *category, *hidden_b, *move_w, *move_b, *label_w, *label_b;
    hint_names hint_names;
    uint32_t hint_columns; /* names, up to a multiple of 16; 0 = the net has no hints */
    param *hint_w, *hint_b;
    float *fixed; /* n_words × WORD_DIM, not trained */
    uint32_t *word_count;
    uint64_t *slots;
    size_t n_slots;
} fnet;

/* "c256,c256,q128": convolutions of that width and quasi-RNNs of that width a direction; the first must be
 * a convolution, over `first_width` words. */
int fnet_shape_parse(fnet_shape *s, const char *layers, uint32_t first_width, uint32_t hidden);

/* Allocates and, where seed is not 0, fills with random values. */
void fnet_init(fnet *n, const fnet_shape *s, uint64_t seed);

/* Adds outputs for hints of these names, which must outlive the net; nothing where there are none. */
void fnet_add_hints(fnet *n, const hint_names *names, uint64_t seed);

/* One sentence as the net sees it. Gold fields may be NULL. */
typedef struct fnet_word {
    form_features f;
    int row; /* in the table of known words, -1 = unknown */
    uint8_t pos, tag, rel;
    int32_t head;              /* in the sentence; n = root */
    uint8_t hint[N_HINT_KIND]; /* columns within the kind */
    uint8_t drop;              /* bit 0: whole word vector, bit 1: what was learned of the word */
} fnet_word;

typedef struct fnet_sentence {
    int n, first_row;
    fnet_word *word;
    int32_t *head_out;
    uint8_t *rel_out, *pos_out, *tag_out;
    uint8_t *hint_out;                         /* a row of N_HINT_KIND for each word; NULL = unwanted */
    float weight_tag, weight_arc, weight_hint; /* weight_hint: 0 = the sentence has no hints */
} fnet_sentence;

/* Work space of one shard. */
typedef struct fnet_work {
    int shard;
    bool training;
    float dropout, explore;
    rng r;
    size_t n_rows, cap_rows;
    int cap_words;
    float *x[FNET_MAX_LAYERS + 1], *dx[FNET_MAX_LAYERS + 1], *mask[FNET_MAX_LAYERS + 1];
    float *pre[FNET_MAX_LAYERS], *c[FNET_MAX_LAYERS]; /* of QRNN layers: gates, then states */
    float *tags, *dtags, *hints, *dhints, *f, *df, *transposed;
    arc_state arcs;
    double loss_tag, loss_arc, loss_label, loss_hint;
    uint64_t n_words, n_moves, n_hinted;
    /* highest activation of each channel, gathered when not NULL: layers, then hidden */
    float *peak[FNET_MAX_LAYERS + 1], *peak_hidden, *peak_f;
} fnet_work;

void fnet_work_init(fnet_work *w, const fnet *n, int shard);

/* Forward, and when training also backward: adds gradients to the shard. Fills *_out of the sentences
 * when not training. */
void fnet_run(const fnet *n, fnet_work *w, fnet_sentence *sentences, int n_sentences);

static inline float fnet_gate(float x)
{
    float t = x * (1.0f / 6) + 0.5f;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return t * t * (3 - 2 * t);
}

#endif
