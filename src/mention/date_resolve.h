/* date_resolve: which day a piece means.
 * In: joined pieces, document.published. Out: one value for each piece, in text order.
 * Method: an anchor (day of speaking: the dateline, else the publication date) and a current date that
 * moves through the text; the tense of the governing verb decides between before and after where the
 * words do not. Texts whose own years lie far from the publication date are told from the current date
 * alone, as HeidelTime does for narratives (Stroetgen and Gertz, "Multilingual and cross-domain temporal
 * tagging", 2013). */
#ifndef SITREP_MENTION_DATE_RESOLVE_H
#define SITREP_MENTION_DATE_RESOLVE_H

#include "mention/date_piece.h"

typedef struct date_answer {
    edtf_value value;
    date_basis basis;
    bool is_dropped; /* means no time after all */
} date_answer;

/* Answers in the document's arena, one for each piece. */
date_answer *date_resolve(date_reader *r);

/* How the clause of the token tells: before, at or after its writing; TENSE_NONE without a verb.
 * *direct (may be NULL): the token hangs on that verb itself. */
typedef enum tense { TENSE_NONE, TENSE_PAST, TENSE_PRESENT, TENSE_FUTURE } tense;
tense date_tense(const date_reader *r, uint32_t token_index, bool *direct);

#endif
