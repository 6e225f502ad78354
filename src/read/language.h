/* language: text -> the language that it is written in.
 * In: document.text with its blocks, what the page says of its language. Out: document.language,
 * BLOCK_FOREIGN on blocks that are not English, document.foreign where hardly anything else is there.
 *
 * English is settled first and by its own function words (codebooks/languages.txt): cheap, and proof against names,
 * capitals and letters lost in scanning, all of which mislead a detector. Only what has next to none of these words
 * goes to the detector (cld2.h), and only its clear word counts: a text that nothing is known of is read. Other
 * scripts than Latin are other languages without asking. */
#ifndef SITREP_READ_LANGUAGE_H
#define SITREP_READ_LANGUAGE_H

#include "base/map.h"
#include "base/table.h"
#include "record/record.h"

enum { LANGUAGES_MAX = 32 /* of the table; a word's languages are bits */ };

typedef struct language_rules {
    str codes[LANGUAGES_MAX]; /* codes[0] is "en" */
    size_t n;
    map words, letters; /* -> bits of languages */
    map near;           /* code -> number of its group */
    uint32_t n_groups;
} language_rules;

/* Reads the table, into `a`. False with *e where it cannot be read. */
bool language_rules_read(arena *a, language_rules *rules, str path, error *e);

/* What the caller wants done with other languages than English. */
typedef enum language_use { LANGUAGE_MARK, LANGUAGE_READ_ALL } language_use;

/* `given`: the caller says which language the documents are in; document.language is then that, and a document that is
 * said to be English is never passed over. Blocks must be known. Scratch comes from the document's arena. */
void language_find(const language_rules *rules, str given, language_use use, document *d);

/* The English name of a language, for messages: "Arabic"; the code where there is none. In the arena. */
str language_name(arena *a, str code);

#endif
