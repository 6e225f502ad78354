/* reading: one document while its mentions are being found.
 * In: tokens with trees. Out: proper names found so far, which become mentions.
 * The parts work one after another: known names (table), names by their shape (names), the nature of each
 * (nature), phrases round them (people, where), then chains. Trees come from a learned parser and may be odd: every walk is
 * bounded. */
#ifndef SITREP_MENTION_READING_H
#define SITREP_MENTION_READING_H

#include "mention/lexicon.h"

#define NO_TOKEN UINT32_MAX
#define NO_NAME UINT32_MAX

typedef enum proper_kind {
    PROPER_UNDECIDED, /* not decided */
    PROPER_ACTOR,     /* of the actor table */
    PROPER_NATION,    /* a country's name */
    PROPER_ADJECTIVE, /* "Syrian" */
    PROPER_PEOPLE,    /* "Syrians" */
    PROPER_PERSON,
    PROPER_ORG,
    PROPER_PLACE,
    PROPER_NOTHING /* capitalised, yet no name */
} proper_kind;

/* A proper name: tokens [first, end). Atoms stand in text order and do not overlap. */
typedef struct proper_name {
    uint32_t first, end, head;
    proper_kind kind;
    str key;                   /* name_key of its words */
    const actor *actor;        /* PROPER_ACTOR */
    const nation *nation;      /* PROPER_NATION, _ADJECTIVE, _PEOPLE */
    place_hint hint;           /* what the gazetteer says of the key */
    actor_kind role;           /* of a person, where title or apposition tells it */
    int8_t person, org, place; /* evidence */
    bool is_acting_state;      /* a place that stands for its government */
} proper_name;
typedef ARRAY(proper_name) proper_name_array;

typedef struct reading {
    const lexicon *lex;
    const place_lookup *places; /* may be NULL */
    document *doc;
    arena *arena;
    str *key;   /* token -> name_key of its text */
    str *lemma; /* token -> name_key of its lemma */
    uint32_t *first_child, *next_sibling;
    uint32_t *name_at;    /* token -> proper_name that covers it */
    bool *taken;          /* token -> covered by a date, weapon, platform or quantity */
    uint32_t *mention_at; /* token -> mention of a party that it heads */
    proper_name_array names;
} reading;

#define FOR_CHILDREN(r, child, t)                                                                          \
    for (uint32_t child = (r)->first_child[t]; child != NO_TOKEN; child = (r)->next_sibling[child])

static inline const token *reading_token(const reading *r, uint32_t t)
{
    return &r->doc->tokens.v[t];
}

static inline const sentence *reading_sentence(const reading *r, uint32_t t)
{
    return &r->doc->sentences.v[r->doc->tokens.v[t].sentence];
}

static inline uint32_t sentence_end(const sentence *s)
{
    return s->first + s->n;
}

void reading_init(reading *r, const lexicon *lex, const place_lookup *places, document *d);

/* First child with the relation (its universal part), or NO_TOKEN. */
uint32_t reading_child(const reading *r, uint32_t t, deprel rel);

/* Key of the preposition before a nominal; "" = none. A possessive mark is none. */
str reading_preposition(const reading *r, uint32_t t);

/* The token above, or NO_TOKEN. */
uint32_t reading_head(const reading *r, uint32_t t);

/* The word in [first, end) whose head lies outside. */
uint32_t reading_top(const reading *r, uint32_t first, uint32_t end);

/* What the gazetteer says of the words [first, end); only where there is one. */
place_hint reading_place(const reading *r, uint32_t first, uint32_t end);

/* Words [first, end) as one key, in the arena. */
str reading_key(const reading *r, uint32_t first, uint32_t end);

bool reading_is_clitic(const reading *r, uint32_t t);       /* "'s", which belongs to the word before it */
uint32_t reading_count_upper(const reading *r, uint32_t t); /* capitals in the word */
bool reading_is_upper(const reading *r, uint32_t t);        /* begins with a capital */
bool reading_is_caps(const reading *r, uint32_t t);         /* two capitals or more and no small letter */
/* "Secretary of State John Kerry": the first word behind the office of the title at t; t + 1 where it has none. */
uint32_t reading_office_end(const reading *r, uint32_t t);
uint32_t reading_age(const reading *r, uint32_t t);  /* "22" of "22-year-old", t being "old"; else t */
bool reading_is_joint(const reading *r, uint32_t t); /* a hyphen or slash written to its neighbours */

/* "Mara Lind" of "the envoy for Syria Mara Lind": the name that stands behind a description without a comma; NO_NAME. */
uint32_t reading_name_behind(const reading *r, uint32_t head);

/* The noun phrase of a head without article: tokens [*first, *end). */
void phrase_of(const reading *r, uint32_t head, uint32_t *first, uint32_t *end);

/* The parts, in their order. */
void names_known(reading *r);    /* names of the tables */
void names_by_shape(reading *r); /* the other capitalised names */
void names_decide(reading *r);   /* person, organisation or place */
void mentions_of_places(reading *r);
void mentions_of_parties(reading *r);
void mentions_chain(reading *r); /* doc->mentions are in text order */

/* Whether the words [first, end), a nation's or an actor's, are part of the name of a town, sea or lake that the gazetteer
 * has: "Sudan" of "Port Sudan", "China" of "South China Sea", "Cuba" of "Santiago de Cuba". */
bool names_in_place(const reading *r, uint32_t first, uint32_t end);

/* Whether a nation's name at [first, end) is somebody's given name: "Israel" of "Defence Minister Israel Katz". */
bool names_in_person(const reading *r, uint32_t first, uint32_t end);

/* What single words beside a name say for certain, added to its evidence; names with first names among them. */
void doubt_name(const reading *r, proper_name *a);
void follow_first_names(reading *r);
void spread_first_names(reading *r);

/* Names in `at` order are sorted by their first token. */
void names_sort(reading *r);
void names_add(reading *r, proper_name a);

#endif
