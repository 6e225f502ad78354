/* dateline: "KABUL, Afghanistan (Jan. 25, 2013) -" before the first sentence of a report, "14 Apr -" before an entry of a
 * chronicle.
 * In: the tokens of a block. Out: whether a dateline ends before a token. It is a sentence of its own: whoever reads the
 * tree must not take the town for the doer of what follows. */
#ifndef SITREP_TOKEN_DATELINE_H
#define SITREP_TOKEN_DATELINE_H

#include "token/lexicon.h"

/* Do the tokens from `start` up to i, where a sentence of a block that ends at `end` would begin, make a dateline? */
bool dateline_ends(const token_rules *rules, const document *d, uint32_t start, uint32_t i, uint32_t end);

#endif
