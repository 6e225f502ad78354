/* data: treebanks as the net sees them.
 * In: CoNLL-U files. Out: sentences of net words, changed at random while training: without letter case, in
 * title case, without punctuation. */
#ifndef SITREP_TRAIN_DATA_H
#define SITREP_TRAIN_DATA_H

#include "base/error.h"
#include "fnet.h"
#include "record/record.h"

/* Columns of the names of what a word hints at. */
typedef struct data_hints {
    uint8_t column[N_HINT_KIND];
} data_hints;

typedef struct data_sentence {
    const document *d;
    uint32_t index;
    float weight;
    const data_hints *hints; /* by token of the document; NULL = the sentence has none */
} data_sentence;

typedef struct data_hint_block {
    data_hints *v;
    size_t n;
} data_hint_block;

typedef struct data {
    arena *a;
    ARRAY(data_sentence) sentences;
    size_t n_tokens;
    ARRAY(str) hint_name[N_HINT_KIND]; /* as met */
    ARRAY(data_hint_block) hints;
} data;

typedef enum data_case { CASE_AS_WRITTEN, CASE_NONE, CASE_TITLE } data_case;

typedef struct data_view {
    data_case letters;
    int drop_punctuation; /* 0 none, 1 at the end, 2 all */
    bool drop_words;
} data_view;

/* Adds the sentences of a file. Hints stand in the last column as Happening=, Status=, Role= ("-" = none); a sentence
 * of whose words none has one of these keys has no hints. Until data_settle_hints they are columns of `hint_name`.
 * Each counts `weight` in training. */
bool data_read(data *d, str path, float weight, error *e);

/* The names of all hints, sorted, "-" first; without columns where the data have no hints. */
hint_names data_hint_names(const data *d);

/* Turns hints into columns of `names`; names that it lacks become "-". Once. */
void data_settle_hints(data *d, const hint_names *names);

/* A set of changes for one use of a sentence. */
data_view data_random_view(rng *r);

/* Fills word[0, n) (room for the sentence's tokens) and returns n. */
int data_words(const fnet *n, const data_sentence *s, data_view view, rng *r, fnet_word *word);

#endif
