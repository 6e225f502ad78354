/* compare: what the parts of src/score hand each other after loading. Of src/score alone. */
#ifndef SITREP_SCORE_COMPARE_H
#define SITREP_SCORE_COMPARE_H

#include "record/score.h"
#include "score/facts.h"

/* A claim of gold and the claim of system that tells the same. */
typedef struct score_pair {
    const score_claim *gold, *system;
} score_pair;

/* A document's claims of both files, in the order of the files, and their pairs, in order of gold. */
typedef struct score_case {
    const score_document *document;
    const score_claim *gold, *system;
    size_t n_gold, n_system;
    score_pair *pairs;
    size_t n_pairs;
} score_case;

typedef struct comparison {
    const score_documents *documents;
    score_case *cases; /* one a document, in their order */
    size_t n;
    const sitrep_score_options *options;
} comparison;

/* Sorts the claims by document and pairs them. Both arrays live on in the comparison. */
comparison compare_claims(arena *a, const score_documents *documents, score_claim_array *gold,
                          score_claim_array *system, const sitrep_score_options *options);

/* The three parts of the report. */
void compare_figures(arena *a, const comparison *c, figure_array *figures);
void compare_agreement(arena *a, const comparison *c, agreement_array *agreements);
void compare_mistakes(arena *a, const comparison *c, mistake_array *mistakes);

#endif
