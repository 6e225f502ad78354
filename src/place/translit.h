/* translit: names of other scripts in Latin letters, for matching by consonants.
 * In: a name in Arabic, Cyrillic, Greek, Hebrew, Georgian, Armenian, Ethiopic, Burmese, Devanagari, Chinese … letters.
 * Out: its romanisation, about as reports write it: by the tables of BGN/PCGN where ICU has them, else by ICU's own.
 * Scripts without vowels give the consonants, which is what the third strictness level compares. */
#ifndef SITREP_PLACE_TRANSLIT_H
#define SITREP_PLACE_TRANSLIT_H

#include "place/spelling.h"

enum { TRANSLIT_VARIANTS = 2 };

/* Opens a table when it is first needed, behind a lock: thread-safe. Never NULL short of memory running out. */
typedef struct translit translit;
translit *translit_open(void);
void translit_close(translit *t);

/* Whether the name has letters of another script than Latin. */
bool translit_needed(str name);

/* The skeletons (spelling_skeleton) of a name in another script: the Arabic waw is a consonant in one and a vowel in the
 * other. Returns how many there are; their lengths are in n. 0 where nothing can be done. */
size_t translit_skeletons(translit *t, const place_rules *r, str name,
                          char out[TRANSLIT_VARIANTS][SPELLING_MAX], size_t n[TRANSLIT_VARIANTS]);

#endif
