/* lemma: word forms -> dictionary forms.
 * In: form, folded form, tags. Out: the lemma, in lower case but for proper nouns. English inflects little:
 * a table of irregular forms, then rules of spelling by tag. The table is packed into the model file. */
#ifndef SITREP_SYNTAX_LEMMA_H
#define SITREP_SYNTAX_LEMMA_H

#include "model/model.h"
#include "record/record.h"

typedef struct lemma_table lemma_table; /* const once open; shared by threads */

/* From the model's section "lemma"; lives in `a`. NULL and *e where it is missing or damaged. */
lemma_table *lemma_table_open(arena *a, const model *m, error *e);

/* What a word is looked up by and, where no rule of its tag applies, its lemma: the folded form; of names the form
 * as written, long ones in capitals ("BAGHDAD", no acronym) with one capital; of numbers the form without the commas between digits. `keeps_form`: tags whose words are taken as written. The
 * trainer asks the same. A view, or a copy in `a`. */
str lemma_base(arena *a, str form, str norm, upos pos, xpos tag, bool keeps_form);

/* The lemma; a view of the form or table, or a copy in `a`. */
str lemma_of(const lemma_table *t, arena *a, str form, str norm, upos pos, xpos tag);

#endif
