/* lemmas: makes the model's section "lemma" from pairs of form and lemma.
 * In: the table of irregular forms (codebooks/en/lemma.txt), the treebanks, and regular forms that are
 * worked
 * out from the list of frequent words. Out: lines "=TAG<TAB>form<TAB>lemma" for single forms,
 * "-TAG<TAB>ending<TAB>strip<TAB>add" for rules by ending, "@TAG" for tags whose lemma is the form as
 * written;
 * src/syntax/lemma.c reads them.
 *
 * Rules: for every tag and ending of up to six letters, what most of the words with that ending do;
 * kept where
 * it differs from what the shorter ending says. Words that their rule gets wrong stand alone. */
#ifndef SITREP_TRAIN_LEMMAS_H
#define SITREP_TRAIN_LEMMAS_H

#include "data.h"

/* `vectors_path`: the word vectors, whose order tells how frequent a word is. */
bool lemmas_make(arena *a, const data *d, str table_path, str vectors_path, str *section, error *e);

#endif
