/* trace: why claims came out as they did: every trigger, rule, slot and candidate that was looked at.
 * In: nothing. Out: what src/claim writes where document.trace is set, and src/write shows in explanations.
 * It lives in the document's arena. Where document.trace is NULL nothing is kept and nothing is lost. */
#ifndef SITREP_RECORD_TRACE_H
#define SITREP_RECORD_TRACE_H

#include "record/record.h"

/* A condition of a rule, as a codebook writes it: "obj=@place". */
typedef struct trace_condition {
    str text;
    bool holds;
} trace_condition;

/* A rule of the codebook whose words stand there; the best of each type. */
typedef struct trace_option {
    str type, rule; /* "shelling", "shelling/12" */
    str words;      /* "noun air strike" */
    bool fits;      /* all conditions hold */
    ARRAY(trace_condition) conditions;
} trace_option;

/* Who stands where round the trigger, by the names that conditions and frames use; after "^" round the verb that carries
 * it. */
typedef struct trace_slot {
    str slot;
    uint32_t token;
} trace_slot;

typedef enum trace_fate {
    FATE_CLAIM,
    FATE_JOINED,   /* it tells of the same happening as `other` */
    FATE_UNLIKELY, /* the judge found it too unlikely */
    FATE_UNMET,    /* of a type that the judge was not taught: only rules that fit whole count */
    FATE_UNNAMED,  /* its type asks for an actor and there is none */
    FATE_PASSED    /* a word of the codebook that was not taken for a trigger; `reason` says why */
} trace_fate;

typedef struct trace_trigger {
    uint32_t token, first, last;
    trace_fate fate;
    uint32_t other; /* FATE_JOINED: the trigger that took it in; UINT32_MAX = not known */
    const char *reason;
    str rule, type;    /* the rule that was preferred, and the type that it became */
    str carrier;       /* the verb that carries a noun ("launch"), "" = none */
    double likelihood; /* of being a happening; 0 = nobody was asked */
    ARRAY(trace_option) options;
    ARRAY(trace_slot) slots;
} trace_trigger;

/* A question to the judge. */
typedef struct trace_answer {
    const char *question; /* "actor", "place" … */
    span trigger;
    str type;
    span about;          /* the party, place … asked about */
    claim_status status; /* of the question "status" */
    double likelihood, threshold;
} trace_answer;

typedef ARRAY(trace_trigger) trace_trigger_array;
typedef ARRAY(trace_answer) trace_answer_array;

struct trace {
    trace_trigger_array
        triggers; /* in text order but for those passed over, which follow in their sentence */
    trace_answer_array answers; /* in the order in which they were asked */
};

#endif
