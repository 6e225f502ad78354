/* weigh: what the judge is asked about a happening and the evidence for it.
 * In: happenings of a sentence, filled in by rules. Out: the same, with what the judge refused taken out
 * and what it found beside the rules put in. */
#ifndef SITREP_CLAIM_WEIGH_H
#define SITREP_CLAIM_WEIGH_H

#include "claim/happening.h"
#include "claim/judge.h"

/* Chooses the type of each happening among the rules that matched its trigger, and drops those that tell of
 * none. */
void weigh_happenings(const scene *s, const judge *j, uint32_t at_sentence, happening_array *all);

/* Parties, claimants, places, dates, weapons, status of one happening. */
void weigh_happening(const scene *s, const judge *j, uint32_t at_sentence, const happening_array *all,
                     happening *h);

/* Finds the slots of a happening's words, once for all questions about it. */
void weigh_find_slots(const scene *s, happening *h);

/* The trigger's guise as evidence names it: "v", "n" or "a". */
str weigh_guise(const happening *h);

/* Relations from one token up to the common ancestor and down to another: "<obl:in^>nsubj"; "" where they
 * share no tree. */
str weigh_path(const scene *s, uint32_t from, uint32_t to);

/* The digit of a small number; 9 for what is more. */
str weigh_digit(unsigned n);

/* Where a token stands to a sentence: "here", "before" (the last sentence), "far"; "below". */
str weigh_where(const scene *s, uint32_t at_sentence, uint32_t t);

/* Whether what the sentence tells may be told again below, with place and date: a headline or a lead. */
bool weigh_looks_ahead(const scene *s, uint32_t at_sentence);

/* The tokens of the mention that a token heads or stands in; the token alone where it is of none. */
void weigh_cover(const scene *s, uint32_t t, uint32_t *first, uint32_t *last);

/* The evidence that all questions about a happening and a token near it share. */
void weigh_pair(const scene *s, const happening_array *all, const happening *h, uint32_t token,
                evidence *e);

#endif
