/* attach: phrases that hang on an object though they belong to the verb ("blamed the attack on rebels").
 * In: a document with trees. Out: the same with such phrases hung on their verbs.
 *
 * The parser goes by what stands most often behind a noun, and behind "attack" stands "on" with those who are attacked: taken so,
 * the blamed would be the victims. Which verbs with which prepositions: codebooks/en/attach.txt. */
#ifndef SITREP_SYNTAX_ATTACH_H
#define SITREP_SYNTAX_ATTACH_H

#include "base/error.h"
#include "record/record.h"

typedef struct attach_rules attach_rules; /* const, shared by threads; lives in the arena given */

/* NULL and *e: SITREP_NO_FILE, SITREP_BAD_CODEBOOK. */
attach_rules *attach_rules_open(arena *a, str codebook_folder, error *e);

void attach_run(const attach_rules *r, document *d);

#endif
