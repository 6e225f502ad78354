/* terms: what a document says of its use: licences, terms of republication, reserved rights.
 * In: text round an article and the phrases of codebooks/en/terms.txt. Out: the sentence that says it, as licence where
 * markup gave none; a permission is preferred to a reservation. Phrases alone can tell: few pages of outlets mark their
 * terms up, most write a line at the foot of the page. */
#ifndef SITREP_READ_TERMS_H
#define SITREP_READ_TERMS_H

#include "read/rules.h"

typedef struct terms_found {
    str open, closed; /* sentences, in the document's arena; ptr NULL = none */
} terms_found;

/* Looks through a piece of text, at most some thousands of words of it; keeps what was found before. */
void terms_look(const read_rules *rules, arena *a, str text, terms_found *found);

/* From the notices and the last blocks of a finished document, unless its licence is known. */
void terms_of_document(const read_rules *rules, document *d, terms_found *found);

#endif
