/* words: chooses the known words and stores them with their vectors, so that the 300 MB of vectors are
 * read once. File: text lines "word<TAB>count", a blank line, then float vectors. */
#ifndef SITREP_TRAIN_WORDS_H
#define SITREP_TRAIN_WORDS_H

#include "data.h"

typedef struct words {
    size_t n;
    uint64_t *key;   /* str_hash of the folded word */
    uint32_t *count; /* in the training data */
    float *vector;   /* n × WORD_DIM; zero where there is none */
} words;

/* The words of the training data that the vectors know or that occur twice, then the most frequent of the
 * vectors, `limit` in all. */
bool words_choose(arena *a, const data *d, str vectors_path, size_t limit, words *w, error *e);

bool words_write(const words *w, const char *path);
bool words_read(arena *a, str path, words *w, error *e);

/* Puts them into a net made with n_words = w->n. */
void words_to_net(const words *w, fnet *n);

#endif
