/* conllu: CoNLL-U (universaldependencies.org/format) -> document with tokens and trees.
 * In: the bytes of one file. Out: a document whose text is rebuilt from the tokens and their SpaceAfter,
 * a block for each sentence, and tokens with whatever of lemma, part of speech and tree the file gives.
 * Lines of multiword tokens and empty nodes are passed over: their words stand on lines of their own. */
#ifndef SITREP_READ_CONLLU_H
#define SITREP_READ_CONLLU_H

#include "base/error.h"
#include "record/record.h"

/* Fills *d, whose arena is `a`. `bytes` must be valid UTF-8; nothing of it is kept. A line that is no
 * CoNLL-U gives SITREP_BAD_FORMAT with its number. Columns that are "_" leave zero; a part of speech
 * or relation outside the sets of record/labels.h becomes X, NN or dep. */
bool conllu_read(arena *a, str bytes, document *d, error *e);

typedef ARRAY(str) conllu_misc;

/* The same; *misc (NULL = unwanted) gets the last column of each token, pointing into `bytes`. */
bool conllu_read_misc(arena *a, str bytes, document *d, conllu_misc *misc, error *e);

/* The value of "key=value" among what "|" parts in a last column; ptr NULL where it has none. */
str conllu_misc_value(str misc, str key);

#endif
