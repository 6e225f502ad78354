/* judge: learned answers to the yes-or-no questions that rules alone answer badly.
 * In: what is asked and the evidence for it. Out: a probability.
 *
 * Each question is a logistic regression over hashed features (Weinberger et al. 2009, "Feature hashing for
 * large scale multitask learning"), trained on hand-coded claims by train/claims. Types, words and roles
 * stay in the codebook: rules propose, the judge weighs what they propose. Without a model the rules'
 * proposals stand. Const and shared by threads. */
#ifndef SITREP_CLAIM_JUDGE_H
#define SITREP_CLAIM_JUDGE_H

#include "base/error.h"
#include "claim/claim.h"

#define JUDGE_QUESTIONS(X)                                                                                 \
    X(HAPPENING, "happening") /* does this trigger tell of a happening? */                                 \
    X(TYPE, "type")           /* is it of this type? */                                                    \
    X(STATUS, "status")       /* is this its status? */                                                    \
    X(ACTOR, "actor")         /* does this party do it? */                                                 \
    X(RECIPIENT, "recipient") /* is it done to this party? */                                              \
    X(PLACE, "place")         /* does it happen at this place? */                                          \
    X(DATE, "date")           /* does it happen on this date? */                                           \
    X(CLAIMANT, "claimant")   /* does this party say so? */                                                \
    X(WEAPON, "weapon")       /* is this weapon used or moved in it? */                                    \
    X(KILLED, "killed")       /* does this number count its dead? */                                       \
    X(INJURED, "injured")     /* does this number count its injured? */                                    \
    X(DAY, "day")             /* does it happen on this date, told elsewhere? */                           \
    X(LINK, "link") /* does this earlier claim tell of the same happening? Before its parts are known */   \
    X(SAME, "same") /* does it? When they are */

#define JUDGE_VALUE(id, text) JUDGE_##id,
typedef enum judge_question { JUDGE_QUESTIONS(JUDGE_VALUE) N_JUDGE_QUESTIONS } judge_question;

/* Names the features that the code computes; a model made for others is refused. */
enum { JUDGE_FEATURES = 0x434C0008 };

/* Rows of weights, a power of two; shared by all questions, each of which hashes its own features. */
enum { JUDGE_ROWS = 1 << 20, JUDGE_MAX_EVIDENCE = 448 };

/* Words of like use: open addressing by a hash of the word; cluster 0 = free. */
enum { JUDGE_CLUSTER_SLOTS = 1 << 16 };
typedef struct judge_cluster_slot {
    uint32_t word;
    uint16_t cluster, unused;
} judge_cluster_slot;

/* In a row of evidence: the feature tells of a habit of coding. */
#define JUDGE_HABIT 0x80000000u

typedef struct evidence {
    uint32_t n;
    uint32_t row[JUDGE_MAX_EVIDENCE]; /* with JUDGE_HABIT where it is one */
    uint64_t seed;                    /* of the question */
} evidence;

/* What the question is about: for the trainer, which knows the answers. */
typedef struct judge_subject {
    const document *doc;
    span trigger;
    str type;
    span about;          /* the party, place, date … asked about */
    claim_status status; /* JUDGE_STATUS */
    const quantity *number;
    const date *when; /* JUDGE_DATE, JUDGE_DAY */
    str other_type;   /* JUDGE_SAME: of the claim whose trigger `about` is */
} judge_subject;

/* Answers in the place of the weights: how the trainer listens and teaches. Returns 0 to 1. */
typedef double judge_oracle(void *context, judge_question q, const evidence *e, const judge_subject *about);

struct judge {
    const int16_t *weights; /* JUDGE_ROWS, in steps of `step` */
    float step;
    const judge_cluster_slot *clusters; /* JUDGE_CLUSTER_SLOTS */
    float threshold[N_JUDGE_QUESTIONS];
    bool hears_hints;     /* it was taught with the language net's hints */
    str types;            /* the types that it was taught, one a line */
    judge_oracle *oracle; /* NULL but for training */
    void *oracle_context;
    void *file; /* the mapped model; NULL for the trainer's own */
};

void evidence_begin(evidence *e, judge_question q);

/* Adds the feature NAME=a|b; views may be empty. What is over the maximum is dropped. */
void evidence_add(evidence *e, const char *name, str a, str b);
/* A feature that depends on who coded: how far from the happening its place is looked for, say. It is learned only from
 * the documents of those whose habits are followed (Daumé 2007, "Frustratingly easy domain adaptation", for a few
 * features). */
void evidence_habit(evidence *e, const char *name, str a, str b);
void evidence_number(evidence *e, const char *name, uint32_t n);
void evidence_flag(evidence *e, const char *name, bool on);

/* Adds the cluster that `word` is of, with b; nothing where it is of none. */
void evidence_cluster(evidence *e, const judge *j, const char *name, str word, str b);

uint16_t judge_cluster(const judge *j, str word);
void judge_cluster_put(judge_cluster_slot *table, str word, uint16_t cluster);

/* Probability of "yes". */
double judge_ask(const judge *j, judge_question q, const evidence *e, const judge_subject *about);

/* Whether it was taught the type; of one that a codebook added it knows nothing, and the rules decide. */
bool judge_knows(const judge *j, str type);

const char *judge_question_text(judge_question q);

#endif
