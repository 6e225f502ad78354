/* promising: which sentences are worth the encoder's time.
 * In: document.hints of the small net. Out: a flag for each sentence; what the encoder makes of them. */
#ifndef SITREP_SYNTAX_PROMISING_H
#define SITREP_SYNTAX_PROMISING_H

#include "syntax/encoder.h"

/* Sentences with a word that tells of a happening with at least this likelihood hold 99 of 100 coded claims, and 63 of
 * 100 words of news. */
#define PROMISING_LEAST 0.15

/* One flag for each sentence, in the document's arena; all are set where the small net gives no hints. */
const bool *promising_sentences(const document *d, double least);

/* Runs the encoder over these sentences; a word has a query where it may tell of a happening. */
void promising_read(const encoder *n, encoder_scratch *s, document *d);

#endif
