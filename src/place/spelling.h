/* spelling: keys under which the spellings of one place name meet.
 * In: a name as somebody wrote it. Out: keys of three strictness levels.
 *
 *   1 folded    letter case, diacritics, apostrophes and punctuation count for nothing:
 *               "Ma'aret Hurmah" = "maaret hurmah", "Deir ez-Zor" = "Deir Ez Zor"
 *   2 generic   articles dropped, generics unified, common doublets of romanisation levelled, no spaces:
 *               "Kafar Nabl" = "Kafr Nabl", "al-Qamishly" = "Qamishli"
 *   3 skeleton  consonants alone: "Manbij" = "Munbej"; safe only inside a province that is known
 *
 * Romanisation loses vowels first and doubles consonants at will, which is why the levels go in this
 * order. Nothing is allocated: keys are written to buffers of SPELLING_MAX bytes. Thread-safe. */
#ifndef SITREP_PLACE_SPELLING_H
#define SITREP_PLACE_SPELLING_H

#include "place/rules.h"

enum { SPELLING_MAX = 256 };

/* Each returns the length of the key, 0 where there is none (nothing left, or longer than a name is). */
size_t spelling_fold(str name, char out[SPELLING_MAX]);
size_t spelling_generic(const place_rules *r, str folded, char out[SPELLING_MAX]);
size_t spelling_skeleton(const place_rules *r, str folded, char out[SPELLING_MAX]);

/* "US", "U.S.", "UAE": two to five capitals. Such names are matched with their case alone, or every
 * "us" would be a country. Writes the capitals. */
size_t spelling_acronym(str name, char out[SPELLING_MAX]);

#endif
