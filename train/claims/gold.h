/* gold: hand-coded claims, for teaching and for asking what the right answer would have been.
 * In: JSONL of documents' claims as coders write them. Out: answers to the judge's questions. */
#ifndef SITREP_TRAIN_CLAIMS_GOLD_H
#define SITREP_TRAIN_CLAIMS_GOLD_H

#include <jansson.h>

#include "base/map.h"
#include "claim/judge.h"

typedef struct gold_claim {
    json_t *record;
    span trigger, sentence; /* bytes in the text */
    bool asked;             /* some trigger of the codebook met it */
} gold_claim;
typedef ARRAY(gold_claim) gold_claim_array;

typedef struct gold_document {
    str id;
    gold_claim_array claims;
    bool others; /* its coders' habits are not followed */
} gold_document;

typedef struct gold {
    arena *arena;
    map by_id;
    ARRAY(gold_document) documents;
    bool others; /* of the documents that are read next */
} gold;

/* Reads DOCS (JSONL: id, text) and CLAIMS (JSONL); both must be well-formed. Adds to *g. */
bool gold_read(gold *g, str docs_path, str claims_path, error *e);

/* The claims coded in a document; NULL where there are none. */
const gold_document *gold_find(const gold *g, str id);

/* What the followed coders answered to a question in all, also where it is never asked: claims, doers …; 0 = not
 * counted. */
size_t gold_count(const gold *g, judge_question q);

/* Prints the claims that no trigger met, one a line: type, trigger, sentence. */
void gold_print_unasked(const gold *g);

/* Whether a coder saw a happening in this trigger. */
bool gold_has(const gold *g, judge_question q, const judge_subject *about);

/* 1 or 0: whether a careful coder would say yes. *which, where not NULL, becomes the place of the coded phrase that
 * agrees in its list, so that two words for one party can be told apart from two parties. */
double gold_answer(const gold *g, judge_question q, const judge_subject *about, uint32_t *which);

#endif
