/* date: which day the text speaks of.
 * In: tokens (pos, tag and tree are used where they are set), document.published. Out: MENTION_DATE
 * mentions appended to document.mentions in text order, each an EDTF with bounds, precision and basis.
 * Method: recognition by table-driven patterns over tokens, then one pass through the text that keeps
 * the narrative's current date and resolves what is relative to it. What the text does not say stays
 * unsaid: a day without any year anywhere is XXXX-11-14. */
#ifndef SITREP_MENTION_DATE_H
#define SITREP_MENTION_DATE_H

#include "base/error.h"
#include "record/record.h"

typedef struct date_rules date_rules; /* words and holidays; const once built; shared by threads */

/* Reads codebooks' en/dates.txt into the arena, which owns *rules. */
bool date_rules_open(arena *a, str codebook_folder, date_rules **rules, error *e);

/* Appends the dates of the document. Thread-safe over different documents. */
void date_mentions(const date_rules *rules, document *d);

#endif
