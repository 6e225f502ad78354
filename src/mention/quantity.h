/* quantity: how many of what.
 * In: tokens (lemma, pos and tree are used where they are set) and the date mentions found so far, whose
 * numbers are not counted again. Out: MENTION_QUANTITY mentions appended to document.mentions in text
 * order, with low, best, high and the lemma of what is counted.
 * Method: a small grammar of number words and hedges from a table, then the counted noun from the tree,
 * or from the words that follow where there is no tree. */
#ifndef SITREP_MENTION_QUANTITY_H
#define SITREP_MENTION_QUANTITY_H

#include "base/error.h"
#include "record/record.h"

typedef struct quantity_rules quantity_rules; /* const once built; shared by threads */

/* Reads codebooks' en/numbers.txt into the arena, which owns *rules. */
bool quantity_rules_open(arena *a, str codebook_folder, quantity_rules **rules, error *e);

/* Appends the quantities of the document; call after date_mentions and weapon_mentions. Thread-safe over
 * different documents. */
void quantity_mentions(const quantity_rules *rules, document *d);

#endif
