/* mend: wrongly decoded characters -> the characters that were meant.
 * In: document.text, the lines "damaged" of codebooks/en/tokens.txt. Out: document.plain and mends. Texts that went through
 * the wrong code page write an apostrophe in three letters or in eight; words are cut and read as if it had come through,
 * spans go on to count the bytes that stand there. A copy beside the text and not a changed one, for what is quoted has to
 * be found in the document. */
#ifndef SITREP_TOKEN_MEND_H
#define SITREP_TOKEN_MEND_H

#include "token/lexicon.h"

/* Adds the sequences of a line: "SEQUENCE CHARACTER", any number of pairs, parted by spaces; "\u00a0" is the character of
 * that number. Keys live in `a`. False: an odd number, no character, or one longer than its sequence. */
bool mend_add(arena *a, mend_table *t, str pairs);

/* Fills d->plain and d->mends, both in d->arena; leaves both empty where nothing is damaged. The longest sequence wins. */
void mend_run(const mend_table *t, document *d);

#endif
