/* facts: a claim as a set of facts, and the documents that claims stand in. Of src/score alone. */
#ifndef SITREP_SCORE_FACTS_H
#define SITREP_SCORE_FACTS_H

#include "base/array.h"
#include "base/error.h"
#include "base/map.h"

#define SCORE_FIELD_LIST(X)                                                                                \
    X(TYPE, "type")                                                                                        \
    X(STATUS, "status")                                                                                    \
    X(ACTOR, "actor")                                                                                      \
    X(RECIPIENT, "recipient")                                                                              \
    X(ASSOCIATE, "associate") X(PLACE, "place") X(DATE, "date") X(KILLED, "killed") X(INJURED, "injured")  \
        X(CLAIMANT, "claimant") X(WEAPON, "weapon")

#define SCORE_FIELD_VALUE(name, text) FIELD_##name,
typedef enum score_field { SCORE_FIELD_LIST(SCORE_FIELD_VALUE) N_SCORE_FIELDS } score_field;

/* "type" … "weapon". */
const char *score_field_name(score_field field);

/* Numbers of words in a vocabulary, ascending, each once. */
typedef struct word_set {
    const uint32_t *v;
    size_t n;
} word_set;

typedef struct score_fact {
    score_field field;
    str text;       /* as written; of numbers as a person would write it */
    double number;  /* killed, injured */
    word_set words; /* fields that hold phrases */
} score_fact;
typedef ARRAY(score_fact) score_fact_array;

/* Code points of the document's text: [start, end). */
typedef struct score_span {
    int64_t start, end;
} score_span;

typedef struct score_claim {
    uint32_t document; /* index into score_documents */
    size_t line;
    str type, status;
    score_span trigger, sentence;
    str trigger_text, sentence_text;
    score_fact_array facts;
} score_claim;
typedef ARRAY(score_claim) score_claim_array;

typedef struct score_document {
    str id, publisher;
    str text;        /* ptr NULL: not given */
    uint64_t length; /* of the text in code points */
} score_document;

typedef struct score_documents {
    ARRAY(score_document) v;
    map by_id;
    bool given; /* from a file: a claim of another document is a fault; else gathered from the claims */
} score_documents;

/* At most this many facts a claim: more is no claim but an attack. */
enum { SCORE_MAX_FACTS = 4096 };

/* True where the two say the same. */
bool facts_same(const score_fact *a, const score_fact *b);

/* Number of facts that both claims have, each counted once, in order of `a`; which of them in `taken_a` and
 * `taken_b` (one flag a fact; NULL: not wanted). */
size_t facts_shared(const score_claim *a, const score_claim *b, bool *taken_a, bool *taken_b);

/* ---- words ------------------------------------------------------------------------------------------ */

typedef struct vocabulary {
    arena *a;
    map numbers;
} vocabulary;

/* The words of a phrase in lower case, without the commonest; the whole phrase as one where none is left. */
word_set words_of(vocabulary *v, str phrase);

/* Dice's coefficient of the two sets is at least one half. */
bool words_alike(word_set a, word_set b);

/* ---- loading ---------------------------------------------------------------------------------------- */

typedef struct score_loader {
    arena *a;
    vocabulary words;
    score_documents documents;
    const sitrep_score_options *options;
    size_t faults;
} score_loader;

/* Reads a file of documents, then files of claims. False with *e where a file cannot be read; lines that
 * cannot be used go to options->on_fault. */
bool load_documents(score_loader *l, str path, error *e);
bool load_claims(score_loader *l, str path, score_claim_array *claims, error *e);

#endif
