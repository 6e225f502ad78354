/* weigh_date: on which date a happening is.
 * In: happenings of a sentence; later all claims of the document. Out: their dates.
 * Two questions. The first is about the dates of the happening's own sentence, asked while the sentence is at hand. The
 * second is asked when all of the document is read, about claims whose sentence gives none: nearly every such date is
 * one that another claim has, told before or after it, of the same happening or of the one that the story is at. */
#ifndef SITREP_CLAIM_WEIGH_DATE_H
#define SITREP_CLAIM_WEIGH_DATE_H

#include "claim/weigh.h"

/* What the second question needs to know of a happening once its sentence is done. */
typedef struct dated {
    uint32_t predicate;
    str guise; /* as evidence names it */
    bool is_vague, is_definite;
    double own; /* likelihood of the likeliest date of its own sentence; -1 = none stands there */
} dated;
typedef ARRAY(dated) dated_array;

/* Chooses among the dates of the sentence. What is likeliest may have no value ("Tuesday" in a text without any date):
 * then the claim has its words alone. */
dated weigh_date(const scene *s, const judge *j, uint32_t at_sentence, const happening_array *all,
                 happening *h);

enum { SAME_BACK = 12 }; /* claims that are looked back at */

/* Chooses among dates told elsewhere for a claim without one. `same`: the likelihood that the last claim tells of the
 * same happening, the one before it … (weigh_same.h) */
void weigh_day(const scene *s, const judge *j, uint32_t at_sentence, const happening_array *all,
               happening *h, const dated *own, const double same[SAME_BACK]);

/* How long before the document's publication, roughly. */
const char *weigh_age(const document *d, const date *when);

/* What has happened by the day of the report, or goes on, reaches no further than that day: the "this week" of a Friday ends
 * on it. Gives `when`, or a shorter one in the arena of the scene. */
const date *weigh_until_told(const scene *s, const claim *c, const date *when);

/* "said on Monday" tells when it was said: a word of saying, not the trigger, governs the date. */
bool weigh_dates_a_saying(const scene *s, uint32_t trigger, uint32_t predicate, uint32_t date_head);

/* Whether a date of the happening's own sentence is that of something else: of what is told behind "two days after", of the
 * number in "up from 65,000 a year earlier", of the saying in "said on Monday that". */
bool weigh_dates_other(const scene *s, const happening *h, const mention *date);

/* Whether a date is that of a verb of the law, of mourning, of promising: "was jailed on Friday". */
bool weigh_dates_aftermath(const scene *s, const mention *m);

/* How the verb at a token tells: its tag and auxiliaries, "VBN have be". */
str weigh_tense(const scene *s, uint32_t predicate);

#endif
