/* layout: sentences that begin without a stop before them.
 * In: the tokens of a block. Out: whether a new sentence begins at one. Posts, mails and lists that lost their lines
 * show where their parts begin by other means: the same bullet again, the next number, a drawn line, an address, a
 * time stamp, a smiley. */
#ifndef SITREP_TOKEN_LAYOUT_H
#define SITREP_TOKEN_LAYOUT_H

#include "token/lexicon.h"

/* Does a sentence begin at token i of a block that ends at `end`, when the one before began at `start` < i? */
bool layout_begins(const token_rules *rules, const document *d, uint32_t start, uint32_t i, uint32_t end);

#endif
