/* weapon: weapons and platforms that the text names, from a table of designations and generic nouns.
 * In: tokens (lemma and pos are used where they are set). Out: MENTION_WEAPON and MENTION_PLATFORM mentions
 * appended to document.mentions in text order, with name (the table's) and weapon_class.
 * Method: longest match over a trie of word parts; "Mi-8", "Mi 8" and "MI8" are one spelling because joints
 * (hyphen, space, a letter beside a digit) do not count. */
#ifndef SITREP_MENTION_WEAPON_H
#define SITREP_MENTION_WEAPON_H

#include "base/error.h"
#include "record/record.h"

typedef struct weapon_rules weapon_rules; /* const once built; shared by threads */

/* Reads codebooks' conflict/weapons.txt into the arena, which owns *rules. */
bool weapon_rules_open(arena *a, str codebook_folder, weapon_rules **rules, error *e);

/* The same from a file. */
bool weapon_rules_read(arena *a, str path, weapon_rules **rules, error *e);

/* Appends the weapons and platforms of the document. Thread-safe over different documents. */
void weapon_mentions(const weapon_rules *rules, document *d);

#endif
