/* codebook: the text tables that say which words tell of which happenings, as they are in memory.
 * In: a folder of tables (docs/codebook.md teaches them). Out: const structures that threads share.
 * All strings point into the arena that the codebook was opened with. */
#ifndef SITREP_CLAIM_CODEBOOK_H
#define SITREP_CLAIM_CODEBOOK_H

#include "base/map.h"
#include "base/table.h"
#include "claim/claim.h"

typedef ARRAY(str) str_array;

/* A named set of words; `@name` in a condition. A token is in it by its lemma, or by what the mention
 * that it heads is. */
typedef struct word_class {
    str name;
    map words;
    uint32_t mention_kinds; /* bit per mention_kind */
    uint32_t actor_kinds;   /* bit per actor_kind */
    map weapon_classes;
    bool numbers;       /* tokens that a number counts */
    bool is_asked_only; /* by conditions; the judge does not hear that a text has words of it */
} word_class;

typedef struct condition_value {
    str word;                /* a lemma; "*" = anything at all */
    const word_class *group; /* or a class */
} condition_value;

/* "slot=value|value": some filler of the slot is one of the values; `forbid` turns it round. */
typedef struct condition {
    str slot;
    bool forbid;
    ARRAY(condition_value) values;
    uint64_t near; /* of the slot "near": bits of its classes */
} condition;
typedef ARRAY(condition) condition_array;

typedef enum slot_use {
    USE_NONE,
    USE_ACTOR,
    USE_RECIPIENT,
    USE_ASSOCIATE,
    USE_BOTH,
    USE_PLACE,
    USE_WEAPON
} slot_use;

/* Which slot fills which role. */
typedef struct frame_slot {
    str slot;
    slot_use use;
    const word_class *only; /* NULL = any filler */
} frame_slot;

typedef struct frame {
    str name;
    ARRAY(frame_slot) slots;
} frame;

typedef struct claim_type {
    str name;
    claim_codes codes;
    claim_codes
        codes_if[N_CLAIM_STATUS]; /* what it is called where it is planned, demanded …; no name = `codes` */
    const frame *roles;
    bool harms;       /* its victims are its dead and injured */
    bool is_speech;   /* what is said in it is claimed by its actor */
    bool wants_named; /* only where an actor is told */
    bool moves;       /* takes places as from and to */
    bool has_weapons; /* weapons near it are its own */
    bool is_nothing;  /* what its rules meet tells of no happening: "fired by the company" */
} claim_type;

/* What harms in one way may have harmed in another: "attack" by aircraft, "blast" of a shell. */
static inline bool claim_type_is_violent(const claim_type *t)
{
    return t->harms && str_is(t->codes.plover, "ASSAULT");
}

typedef enum guise { GUISE_VERB, GUISE_NOUN, GUISE_ADJECTIVE, N_GUISES } guise;

enum { RULE_WORDS = 5 };

typedef struct trigger_rule {
    const claim_type *type;
    guise guise;
    str words[RULE_WORDS]; /* verbs: the verb first; nouns: the head last */
    uint32_t n_words;
    condition_array conditions;
    const frame *roles;
    str plover; /* the root of these words where it is not the type's; "" = the type's */
    claim_codes codes;
    int status;     /* claim_status that the word itself gives, -1 = none */
    bool is_sure;   /* where it holds whole the judge is not asked whether it is a happening */
    bool is_typed;  /* where it holds whole the judge is not asked of which type */
    bool is_vague;  /* names no happening alone ("attack"): takes the means that the text has told */
    str name;       /* "type/line" */
    uint32_t order; /* position in the codebook */
    uint32_t next;  /* next rule of the same head word, MAP_NONE at the end */
} trigger_rule;
typedef ARRAY(trigger_rule) trigger_rule_array;

/* A verb that carries a noun's happening: "launch an offensive", "come under fire". */
typedef struct support_verb {
    str words[RULE_WORDS];
    uint32_t n_words;
    str subject_is,
        object_is; /* the slot of the noun's frame that the verb's subject or object fills; "" = none */
    int status;    /* as above */
    bool is_sure;  /* the subject is the doer beyond doubt: "claimed responsibility for the blast" */
    uint32_t next;
} support_verb;
typedef ARRAY(support_verb) support_verb_array;

typedef enum cue_kind {
    CUE_GOVERNOR,
    CUE_AUXILIARY,
    CUE_MODIFIER,
    CUE_MARK,
    CUE_NOUN,
    N_CUE_KINDS
} cue_kind;

/* A word that gives what hangs on it a status. */
typedef struct status_cue {
    int status;       /* -1: only a hedge */
    bool hedges;      /* reported as a hedge */
    bool leaves_open; /* denied, it leaves the matter open: "did not rule out" */
} status_cue;
typedef ARRAY(status_cue) status_cue_array;

typedef struct example {
    const claim_type *type;
    bool must_match;
    str text; /* with its marks */
    const char *path;
    uint32_t line;
} example;
typedef ARRAY(example) example_array;

/* What a place is called without its name: "the town", "the province", "the country", "the base", "there". */
typedef enum place_word {
    PLACE_WORD_SETTLEMENT,
    PLACE_WORD_DIVISION,
    PLACE_WORD_LAND,
    PLACE_WORD_SPOT,
    PLACE_WORD_YONDER,
    N_PLACE_WORDS
} place_word;

struct codebook {
    arena *arena;
    str version;
    ARRAY(word_class *) classes;
    map class_bits;             /* word -> index in class_mask */
    ARRAY(uint64_t) class_mask; /* bit per class that lists the word; the first 64 classes */
    ARRAY(frame *) frames;
    ARRAY(claim_type *) types;
    trigger_rule_array rules;
    map by_word[N_GUISES];         /* head word -> first rule */
    map nothing_by_word[N_GUISES]; /* the same, of rules that tell of nothing */
    support_verb_array supports;
    map support_by_verb;
    status_cue_array cues;
    map cue_by_word[N_CUE_KINDS];
    map reporting;             /* verbs and nouns of saying -> 1 */
    map hedges;                /* one-word hedges -> 1 */
    map plain_reporting;       /* verbs that are no hedge but in the passive */
    map address_verbs;         /* "told", "asked": their object is the hearer */
    map perceiving, observers; /* "the camera recorded explosions" */
    map suffered_nouns;        /* "the mayor's murder": whose it is suffered it */
    map regard_verbs;          /* "endorsed the invasion": who only looks at a happening or judges it */
    map prompt_verbs;          /* "the attacks prompted Chile to": whom a happening makes do something */
    map ties;                  /* "in connection with the bombings" */
    map turmoils;              /* "Peru's violence": whose country's they are is where */
    map first_person;          /* "I", "our" */
    map audiences;             /* hearers that pass nothing on: "parliament", "the court" */
    map person_nouns;          /* what the dead and injured are counted in */
    map impact_verbs;          /* verbs whose subject is the happening and whose object it befalls */
    map happen_verbs;          /* verbs that say only that their subject happens */
    map aside_words;           /* what opens a time or setting that is no cause of harm: "since", "amid" */
    map part_words;            /* "a number of", "parts of": nouns whose whole counts in conditions */
    map vague_numbers;         /* "several" -> 3: the fewest that a vague word counts */
    map backing_verbs;         /* "backed by": the backer is an associate */
    map comparisons;           /* "up from 65,000 a year earlier": words before a number of another time */
    map spells;                /* "two days after the blast": units of time */
    map only_words;            /* "not" before them denies nothing */
    map apart_words; /* the words behind them that open what was at another time: "after", "before" */
    map given_words; /* verbs and nouns that take a happening for given: "examine the attacks", "details of the talks" */
    map given_behind;    /* prepositions that do: "after the attack", "despite the truce" */
    map await_words;     /* what opens the time of another happening: "when", "once" */
    map aftermath_verbs; /* whose day is not that of the deed that they are about: "jailed", "mourned" */
    map end_words;       /* what stands behind them is later: "until", "before" */
    map further_words;   /* "which also killed": besides those told before */
    map depart_verbs;    /* with which a story leaves a day: "returned to Virginia" */
    map breaks;          /* what opens a sentence of a later time: "weeks later" */
    map charge_joints;   /* between a verb of charging and the deed: "in", "over" */
    map guilty_words;    /* "found guilty": what makes a verb such a one */
    map charge_verbs; /* "blamed the attack on rebels": verbs that lay their object, a deed, to somebody's charge */
    map accuse_verbs; /* "blamed rebels for the attack": verbs whose object did what stands behind "for" or "of" */
    map contrast_words; /* before one that is joined to another only to be set against it: "but not the minister" */
    map except_words; /* words before what is left out: "across the Strip, except in Rafah" */
    map topics;       /* "over negotiate": preposition and word that a place behind them belongs to */
    map bearings;     /* "north", "km": what a way is told by */
    map distances;    /* what a distance is told with beside numbers */
    map clocks;       /* "GMT" */
    map clinics, convey_verbs; /* "taken to hospital": where the wounded were brought */
    map courts, verdicts;      /* where a deed was tried, and words that tell of it */
    map posted_words;          /* "snipers positioned in the citadel": where a doer is */
    map likened;               /* "along line": preposition and word of such */
    map likenesses;            /* "along the lines of": what another happening is likened to */
    map attributes; /* participles and adjectives behind a party that tell which one it is: "loyal to", "led by" */
    map place_words[N_PLACE_WORDS];
    map company_words;    /* "killed along with": what opens others who share somebody's lot */
    map collective_words; /* "his family": nouns that name many without a plural */
    map attempt_words;    /* "attempted murders": with which a deed was not done */
    map leave_verbs,
        suffer_verbs;  /* "left her with wounds", "suffered burns": whose object or subject is hurt */
    map inflict_verbs; /* "causing casualties": verbs that say that there were some */
    map hit_verbs, limb_words;    /* "shot in the leg": what wounds by the part of the body behind it */
    map fatal_words;              /* with which a word of injury kills: "fatally wounded" */
    map casualty_words;           /* "no casualties": nobody dead, nobody injured */
    map kill_words, injure_words; /* lemmas that make their object dead or injured */
    str_array loaded_words, loaded_neutral;
    map loaded; /* word -> index in the two above */
    example_array examples;
};

/* Reads one file of types and triggers. */
bool codebook_read_types(codebook *c, const table *t, error *e);

/* Splits "a, b | c" at any of the characters; pieces trimmed. */
str_array codebook_split(arena *a, str list, char separator);

const word_class *codebook_class(const codebook *c, str name);
const frame *codebook_frame(const codebook *c, str name);
const claim_type *codebook_type(const codebook *c, str name);

/* Bits of the classes that list a word. */
uint64_t codebook_class_bits(const codebook *c, str word);

/* What other schemes call a happening of this type, met by this rule (NULL = of another type), with this status. */
const claim_codes *codebook_codes(const claim_type *type, const trigger_rule *rule, claim_status status);

/* Whether a token's words are "a b c" of the table. */
uint32_t codebook_words(arena *a, str phrase, str words[RULE_WORDS]);

#endif
