/* weigh_part: one part of a happening after the other is asked about: what the files of parties, claimants, places and
 * status share. All pointers are the caller's; nothing is kept. */
#ifndef SITREP_CLAIM_WEIGH_PART_H
#define SITREP_CLAIM_WEIGH_PART_H

#include "claim/weigh.h"

typedef struct part_asking {
    const scene *s;
    const judge *j;
    const happening_array *all;
    happening *h;
    uint32_t sentence;
} part_asking;

/* First and last mention (exclusive) of the happening's sentence and `back` sentences before it. */
void part_window(const part_asking *a, uint32_t back, size_t *from, size_t *to);

/* What a question is about, for judge_ask. */
judge_subject part_subject(const part_asking *a, span about);

/* The likelihood of "yes" for the part at token t, words `at`; `proposed`: how rules propose it. Adds to *e what all parts
 * have. */
double part_ask(const part_asking *a, judge_question q, uint32_t t, span at, const char *proposed,
                evidence *e);

/* The role that a claim gives a token; "none". */
const char *part_proposed_role(const claim *c, uint32_t t);

/* Whether the token is a claimant of the claim. */
bool part_says_so(const claim *c, uint32_t t);

/* Whether of two parties the first is told only to say who the other is: in an apposition, a complement or an attribute; of a
 * description and the name beside it the description yields. */
bool part_yields(const part_asking *a, uint32_t t, uint32_t other);

/* "x y", in scratch memory. */
str part_both(const part_asking *a, str x, str y);

/* Each asks the judge about one kind of part and puts what it grants in the place of what rules proposed. */
void weigh_parties(const part_asking *a);
void weigh_claimants(const part_asking *a);
void weigh_places(const part_asking *a);
void weigh_status(const part_asking *a);

#endif
