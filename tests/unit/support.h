/* support: documents for unit tests, written out by hand, so that a stage can be tested without those
 * before it.
 * In: words with their analysis. Out: a document as the earlier stages would leave it. */
#ifndef SITREP_TESTS_SUPPORT_H
#define SITREP_TESTS_SUPPORT_H

#include "record/record.h"

/* A document in the arena from "On/ADP/IN Nov./PROPN/NNP 14/NUM +,/PUNCT 2019/NUM".
 * A token is WORD[/UPOS[/XPOS[/LEMMA[/DEPREL[/HEAD]]]]]; HEAD counts from 1 in its sentence, 0 = root.
 * Words are joined by a space, unless "+" stands before the word; "//" in it is a slash. A line break
 * ends the sentence, an empty line the block. Parts not given: pos X, tag XX, lemma = norm, rel dep,
 * head -1. Aborts on unknown labels. */
document *support_document(arena *a, const char *words);

/* As above, published on a day: "2019-11-15". */
document *support_document_of(arena *a, const char *published, const char *words);

#endif
