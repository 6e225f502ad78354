/* name_key: one spelling for the many in which a name is written.
 * In: a word or a name. Out: lower-case ASCII as far as Latin letters go: no diacritics, no apostrophes or full
 * stops, hyphens as spaces, so that "Jabhat al-Nuṣra" and "JABHAT AL NUSRA" are one key and it does not matter
 * how a tokeniser cuts. */
#ifndef SITREP_MENTION_NAME_KEY_H
#define SITREP_MENTION_NAME_KEY_H

#include "base/arena.h"

/* The key in the arena; words parted by one space, none at the ends; "" where no letter or digit is left. */
str name_key(arena *a, str name);

#endif
