/* mention: what the text names: people, organisations and armed groups, nationalities, places, weapons,
 * dates, quantities; and which mentions are of one thing.
 * In: sentences with trees. Out: document.mentions in text order, with chains.
 * Names are recognised by tables and by the shape of noun phrases, so that an unknown group still gets a
 * kind from its head noun. */
#ifndef SITREP_MENTION_H
#define SITREP_MENTION_H

#include "base/error.h"
#include "record/lookup.h"
#include "record/record.h"

typedef struct lexicon lexicon; /* the tables; const once built; shared by threads */

/* Reads actors, weapons, units and words of the codebook folder into the arena. */
lexicon *lexicon_open(arena *a, str codebook_folder, error *e);

/* The same, with the actors/ and weapons.txt of a codebook of the caller's own where it has them. */
lexicon *lexicon_open_own(arena *a, str codebook_folder, str own_folder, error *e);

void mention_run(const lexicon *lex, const place_lookup *places, document *d);

#endif
