/* scene: a document with its trees turned for asking: children of a token, the mention that a token
 * heads, phrases and slots.
 * In: document and codebook. Out: answers; nothing of the document is changed.
 * Trees come from a learned parser and may be odd: every walk is bounded by the sentence's length. */
#ifndef SITREP_CLAIM_SCENE_H
#define SITREP_CLAIM_SCENE_H

#include "claim/codebook.h"

#define NO_TOKEN UINT32_MAX

typedef ARRAY(uint32_t) token_list;

struct dated;

typedef struct scene {
    const codebook *book;
    const judge *judge; /* NULL: rules alone */
    document *doc;
    arena *arena;
    uint32_t *first_child, *next_sibling; /* NO_TOKEN at the end */
    uint32_t *who_at, *place_at, *weapon_at, *date_at,
        *count_at;                                /* token -> mention that it heads, or MAP_NONE */
    uint64_t *sentence_classes, document_classes; /* classes of the codebook whose words occur */
    uint32_t *first_mention; /* per sentence, and one more: the first mention that begins at or after it */
    const uint32_t *word_hash;        /* of scene_word of each token; judges only */
    const struct dated *told;         /* goes with document.claims; judges only */
    const hint_scores *hints;         /* whose hints are asked */
    const double *hint_weight;        /* by score of the net, from INT8_MIN up; NULL = no hints (hint.h) */
    const double *means; /* share of each type in the document's violence (hint.h); NULL = unknown */
    struct pair_ranking *ranking;     /* of the happening asked about last (hint.h) */
    uint32_t *place_over, *date_over; /* token -> mention that covers it, or MAP_NONE */
    uint8_t *harm; /* what is known of a token as a word of harm, looked up once (scene_in) */
} scene;

void scene_init(scene *s, const codebook *book, document *d);

/* Fills sentence_classes and document_classes. */
void scene_find_classes(scene *s);

/* Classes whose words occur in a sentence, those around it or the first one, which titles a report. */
uint64_t scene_classes_near(const scene *s, uint32_t at_sentence);

/* Fills word_hash. */
void scene_hash_words(scene *s);

static inline const token *scene_token(const scene *s, uint32_t t)
{
    return &s->doc->tokens.v[t];
}

#define FOR_CHILDREN(s, child, t)                                                                          \
    for (uint32_t child = (s)->first_child[t]; child != NO_TOKEN; child = (s)->next_sibling[child])

/* The word that codebooks know a token by: its lemma in lower case. */
str scene_word(const scene *s, uint32_t t);

/* Whether either the word or the written form is in the map. */
bool scene_in(const scene *s, const map *m, uint32_t t);

/* A word that makes somebody dead or injured. */
bool scene_is_harm(const scene *s, uint32_t t);

/* The chain of the party that a token heads; 0 = none. */
uint32_t scene_chain(const scene *s, uint32_t t);

bool scene_is_verb(const scene *s, uint32_t t);
bool scene_is_passive(const scene *s, uint32_t t);

/* First child with the relation, or NO_TOKEN. */
uint32_t scene_child(const scene *s, uint32_t t, deprel rel);

/* The word that `t` hangs on, or NO_TOKEN. */
uint32_t scene_above(const scene *s, uint32_t t);

/* The place whose name `t` is a word of, or NULL. */
const mention *scene_place_on(const scene *s, uint32_t t);

/* Whether `t` hangs below `top` (or is it). */
bool scene_below(const scene *s, uint32_t t, uint32_t top);

/* The happening at a token is what the interval of a date is told by, and has but the one date itself: "erupted" in "since
 * protests erupted in 2011" and in "since 2011, when protests erupted". */
bool scene_bounds_interval(const scene *s, uint32_t t, const mention *day);

/* Two phrases that "and" or commas join, by their heads. */
bool scene_joined(const scene *s, uint32_t a, uint32_t b);

/* The heads of all the phrases that are joined to a phrase, its own among them. */
void scene_conjuncts(const scene *s, uint32_t t, token_list *out);

/* "the minister" in "the president but not the minister": joined to another, but unlike it. */
bool scene_is_contrasted(const scene *s, uint32_t t);

/* Number of edges between two tokens of a sentence; 99 where they share none. */
uint32_t scene_distance(const scene *s, uint32_t a, uint32_t b);

/* The verb, adjective or noun that is the clause's predicate around a token: itself if it is one, else the
 * nearest one above that heads a clause. */
uint32_t scene_clause(const scene *s, uint32_t t);

/* The noun phrase of a head: without leading article and preposition, without trailing relative clauses. */
span scene_phrase(const scene *s, uint32_t head);

/* A phrase with what tells behind it which party is meant: "forces loyal to the president". `keep_out` stays outside. */
span scene_with_attribute(const scene *s, uint32_t head, span phrase, span keep_out);

/* "former president" of "former president Francois Bozize": the whole phrase is the party. */
bool scene_is_title(const scene *s, uint32_t t);

/* Of a happening that a noun tells and the text takes for given ("condemned the attack", "details of the talks", "after the
 * clashes in Bara"): the head of the phrase that stands so, which is the noun itself or one above it; NO_TOKEN. */
uint32_t scene_given(const scene *s, uint32_t noun);

/* Of a date "two days after" that stands before "bombs killed six" or "the attack": the verb or noun that it dates;
 * NO_TOKEN. */
uint32_t scene_event_of(const scene *s, const mention *m);

/* "rebels" for "attack" in "blamed the attack on rebels", "condemned rebels for the attack": who is said to have done it. */
bool scene_is_charged_with(const scene *s, uint32_t t, uint32_t deed);

/* "Washington" for "attack" in "blamed by Washington for the attack": who says so of somebody else. */
bool scene_charges_with(const scene *s, uint32_t t, uint32_t deed);

/* Whether what the token names is left out: "across the Strip, except in Rafah and Khan Younis". */
bool scene_is_excepted(const scene *s, uint32_t t);

/* Whether one of two tokens of a sentence stands in what such a date tells of and the other does not: "the blast came two
 * days after bombs killed six". */
bool scene_dated_apart(const scene *s, uint32_t a, uint32_t b);

/* Of a quantity: "a member" counts one without a number. No party's name begins so, and it is no count worth telling. */
bool scene_counts_by_article(const scene *s, const mention *m);

/* A phrase with the words that count its head: "at least six militants". */
span scene_with_count(const scene *s, uint32_t head, span phrase);

/* The preposition (or possessive mark) that a nominal stands behind, folded; "" = none. */
str scene_preposition(const scene *s, uint32_t t);

/* Fills `out` with the heads that fill a slot of a happening told by `t`:
 * subj, obj, iobj (deep: passives turned), poss, mod, any preposition, and for nouns carried by a
 * support verb those of the verb. Coordination is expanded. */
void scene_slot(const scene *s, uint32_t t, str slot, token_list *out);

/* Subject and object of a verb, deep, found through passives, control, relative clauses, coordination. */
void scene_subjects(const scene *s, uint32_t verb, token_list *out);
void scene_objects(const scene *s, uint32_t verb, token_list *out);

bool scene_in_class(const scene *s, uint32_t t, const word_class *k);

#endif
