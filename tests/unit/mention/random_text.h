/* random_text: documents of words that dates, quantities and weapons are made of, in any order.
 * In: a seed. Out: a document with random tags and trees; the same for the same seed. */
#ifndef SITREP_TESTS_RANDOM_TEXT_H
#define SITREP_TESTS_RANDOM_TEXT_H

#include "record/record.h"

document *random_document(arena *a, uint64_t seed);

#endif
