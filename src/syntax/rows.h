/* rows: the first layer, whose products depend on a word's form alone.
 * In: forms. Out: the first layer's activations. Rows of products of the forms seen last are kept, so that
 * most words cost a look-up and a few additions of rows. What is kept never changes a result. */
#ifndef SITREP_SYNTAX_ROWS_H
#define SITREP_SYNTAX_ROWS_H

#include "syntax/net.h"

typedef struct row_cache row_cache;

/* NULL where there is no memory. */
row_cache *row_cache_open(const net *n);
void row_cache_close(row_cache *c);

/* Activations of `n_words` words (at most NET_MAX_WORDS), one row after another. */
void row_cache_run(row_cache *c, const net *n, const net_word *words, size_t n_words, uint8_t *out);

#endif
