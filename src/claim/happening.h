/* happening: what one trigger tells, while it is being put together.
 * In: a scene. Out: happenings of a sentence, then claims.
 * The parts of the stage work one after another on the same list: match finds triggers, join folds what
 * tells of one happening into one, roles, harm, status, source and setting fill it in. */
#ifndef SITREP_CLAIM_HAPPENING_H
#define SITREP_CLAIM_HAPPENING_H

#include "claim/scene.h"

enum { MAX_OPTIONS = 8 };

typedef struct slot_filler {
    uint32_t token;
    str slot; /* "subj", "obj", "against" …; after "^" where it is the slot of the verb that carries a noun */
} slot_filler;

/* An earlier claim that may tell of the same happening (link.h). */
typedef struct claim_link {
    uint32_t claim; /* in document.claims */
    double likelihood;
} claim_link;

typedef struct happening {
    const trigger_rule *rule;                 /* the most particular that matched */
    const trigger_rule *options[MAX_OPTIONS]; /* the most particular of each type */
    uint8_t unmet[MAX_OPTIONS];               /* how many of its conditions do not hold */
    uint32_t n_options;
    const claim_type *type;
    uint32_t token;              /* head word of the trigger */
    uint32_t first, last;        /* tokens that the trigger covers */
    uint32_t predicate;          /* the verb that carries it: itself, a support verb, or the clause's */
    const support_verb *support; /* NULL = none */
    bool is_settled; /* words above settle its status: "managed to capture", "failed to prevent" */
    bool dropped;    /* told by another happening of the sentence, or found to be none */
    const struct happening
        *instead;             /* the object that the verb was dropped for: "sent" for "aid convoy"; NULL */
    uint32_t told_with;       /* token of one that tells it by the rules; a judge decides; NO_TOKEN */
    const char *as;           /* how that one stands to it: "subject", "setting", "result" */
    token_list victims_of;    /* verbs and adjectives whose victims are its dead or injured */
    ARRAY(slot_filler) slots; /* for the judge */
    ARRAY(claim_link) links;  /* for the judge */
    uint64_t own_classes;     /* for the judge: classes of the codebook that its own words name */
    double likelihood;        /* that it is one, as the judge says; 0 without a judge */
    claim claim;
} happening;
typedef ARRAY(happening) happening_array;

/* Triggers of sentence `n`, in text order. `generous`: also those whose word class or conditions do not fit,
 * for a judge to weigh; a tagger errs most where text is damaged. */
void happening_match(const scene *s, uint32_t n, bool generous, happening_array *out);

/* A happening of one rule at one word, before anything is known of it; false where the rule's words are not there. */
bool happening_begin(const scene *s, const trigger_rule *r, uint32_t t, happening *h);

/* The rule that says of the words round a token that they tell of nothing ("fired" of a dismissal); NULL. */
const trigger_rule *happening_nothing(const scene *s, uint32_t t, happening *h);

/* Whether some rule matched with all its conditions. */
bool happening_fits(const happening *h);

/* Whether token t is of the trigger of a happening that is not dropped. */
bool happening_is_kept(const happening_array *all, uint32_t t);

/* Whether a condition of h->rule holds for it. */
bool happening_condition_holds(const scene *s, const happening *h, const condition *k);

/* Notes in document.trace what became of every trigger of the sentence; call when all is decided. */
void happening_trace(const scene *s, uint32_t n, const happening_array *all);

/* Drops those that only carry another ("strikes hit", "killed in the blast") and hands their victims on. Where there is a
 * judge, it is asked whether a word of harm tells of a happening of its own (told_with). */
void happening_join(const scene *s, happening_array *all);

void happening_fill_roles(const scene *s, happening *h);
void happening_fill_harm(const scene *s, happening *h);
/* Gives a happening that does no harm by its type the dead and injured of words that hang on it and make no claim of their
 * own; after the judge. */
void happening_take_dead(const scene *s, const happening_array *all, happening *h);
void happening_fill_status(const scene *s, happening *h);
/* Who stands behind the colon or dash of a headline that ends "…: monitor" or "… - reports"; NO_TOKEN. */
uint32_t source_of_headline(const scene *s, const happening *h);
void happening_fill_source(const scene *s, happening *h);
void happening_fill_setting(const scene *s, happening_array *all);

/* Who is killed or hurt by a word of harm: the object of "kill", the subject of "die" and of "dead", by their heads. */
void victims_find(const scene *s, uint32_t word, token_list *out);

/* The number that counts a noun: a quantity on it or on its number word; NULL. */
const mention *victim_count(const scene *s, uint32_t t);

/* Adds whom a word of harm ("killed", "dead", "toll") makes dead or injured. */
void harm_of_word(const scene *s, claim *c, uint32_t word);

/* Speakers of quotations that run over sentences; call in text order before the sentence's sources are
 * filled. */
typedef struct quote_state {
    bool open;
    uint32_t speaker; /* token, NO_TOKEN = unknown */
} quote_state;

/* Who is named beside the quotation that a token stands in, as he who says it; NO_TOKEN. */
uint32_t source_of_quotation(const scene *s, uint32_t t);

/* Who is told to have seen or recorded the happening; NO_TOKEN. */
uint32_t source_of_perception(const scene *s, const happening *h);

/* Whether a token is one of the trigger's words. Parties may stand among them: "came under RSF control". */
bool happening_has_word(const scene *s, const happening *h, uint32_t t);

/* Whether `t` only answers the words that tell the happening: who "denounced suggestions by X that", "responding to reports
 * that". */
bool source_only_answers(const scene *s, const happening *h, uint32_t t);

/* Whether somebody to whom it is told passes it on: a medium or a named body. */
bool source_may_hear(const scene *s, uint32_t t);

/* Takes out what only says who says so: "said". The judge has seen it. */
void status_drop_plain(const scene *s, claim *c);

void source_follow_quotes(const scene *s, uint32_t sentence, quote_state *q);
void source_add_quoted(const scene *s, const quote_state *q, happening *h);

void source_add(const scene *s, claim *c, uint32_t t);

/* Adds what `t` names to the claim in this role; nothing where it names no party. */
void role_add(const scene *s, claim *c, actor_role role, uint32_t t);

#endif
