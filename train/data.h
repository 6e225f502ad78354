/* data: treebanks as the net sees them.
 * In: CoNLL-U files. Out: sentences of net words, changed at random while training: without letter case, in
 * title case, without punctuation. */
#ifndef SITREP_TRAIN_DATA_H
#define SITREP_TRAIN_DATA_H

#include "base/error.h"
#include "fnet.h"
#include "record/record.h"

typedef struct data_sentence {
    const document *d;
    uint32_t index;
    float weight;
} data_sentence;

typedef struct data {
    arena *a;
    ARRAY(data_sentence) sentences;
    size_t n_tokens;
} data;

typedef enum data_case { CASE_AS_WRITTEN, CASE_NONE, CASE_TITLE } data_case;

typedef struct data_view {
    data_case letters;
    int drop_punctuation; /* 0 none, 1 at the end, 2 all */
    bool drop_words;
} data_view;

/* Adds the sentences of a file; each counts `weight` in training. */
bool data_read(data *d, str path, float weight, error *e);

/* A set of changes for one use of a sentence. */
data_view data_random_view(rng *r);

/* Fills word[0, n) (room for the sentence's tokens) and returns n. */
int data_words(const fnet *n, const data_sentence *s, data_view view, rng *r, fnet_word *word);

#endif
