/* token: text -> sentences and tokens, in the manner of the English UD treebanks.
 * In: document.text and blocks. Out: document.tokens (at, norm, sentence, space_before) and sentences, plain and mends
 * (src/token/mend.h). */
#ifndef SITREP_TOKEN_H
#define SITREP_TOKEN_H

#include "base/error.h"
#include "record/record.h"

typedef struct token_rules token_rules; /* abbreviations and the like; const; shared by threads */

token_rules *token_rules_open(arena *a, str codebook_folder, error *e);

void token_run(const token_rules *rules, document *d);

#endif
