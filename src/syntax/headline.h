/* headline: trees of headlines whose verb was taken for a noun ("RSF shells market", "Police fire tear gas").
 * In: a document after syntax_run. Out: tags, lemmas, trees and hints of such sentences.
 *
 * Treebanks hold few headlines, and in "RSF shells market" only the sense tells the verb. The past tense tells it by its
 * form: the headline is read again with "shelled" in its place, and where that is the root, with somebody who does it
 * before and something it is done to behind, this tree stands. Which words are tried: codebooks/en/headlines.txt. */
#ifndef SITREP_SYNTAX_HEADLINE_H
#define SITREP_SYNTAX_HEADLINE_H

#include "syntax/syntax.h"

typedef struct headline_rules headline_rules; /* const, shared by threads; lives in the arena given */

/* NULL and *e: SITREP_NO_FILE, SITREP_BAD_CODEBOOK. */
headline_rules *headline_rules_open(arena *a, str codebook_folder, error *e);

void headline_run(const headline_rules *r, const syntax_model *m, syntax_scratch *s, document *d);

#endif
