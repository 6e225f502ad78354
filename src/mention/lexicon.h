/* lexicon: the tables that know words and names, as they are in memory.
 * In: codebooks' en/{head-nouns,titles,nations,name-words,place-words,given-names}.txt and conflict/actors/.
 * Out: answers to "what is this word". Const once built; shared by threads. All words are name_key spellings. */
#ifndef SITREP_MENTION_LEXICON_H
#define SITREP_MENTION_LEXICON_H

#include "base/map.h"
#include "base/table.h"
#include "mention/date.h"
#include "mention/mention.h"
#include "mention/quantity.h"
#include "mention/weapon.h"

typedef enum head_shape {
    SHAPE_PERSON,
    SHAPE_GROUP,
    SHAPE_ORG,
    SHAPE_PLATFORM,
    SHAPE_MODIFIER,
    SHAPE_LIGHT,
    N_SHAPES
} head_shape;

typedef struct head_noun {
    bool known;
    head_shape shape;
    actor_kind kind;
    bool is_guess; /* a modifier, nation or known name overrules the kind */
} head_noun;

typedef enum word_set {
    SET_PARTICLE,
    SET_ARTICLE,
    SET_KUNYA,
    SET_SUFFIX,
    SET_INNER,
    SET_NOT_NAME,
    SET_NOT_PLACE,
    SET_SPEECH,
    SET_DEED,
    SET_ARMED,
    SET_ADDRESS,
    SET_POSSESSOR,
    SET_REGION,
    SET_BEFORE,
    SET_AFTER,
    SET_BETWEEN,
    SET_SIDE,
    SET_LOCATIVE,
    SET_PART,
    SET_STRONG,
    SET_TAKEN,
    SET_GIVEN,
    SET_WOMAN,
    SET_MAN,
    SET_VAGUE,
    SET_BEFALLEN,
    SET_COMPLEMENT,
    SET_CHARGE,
    SET_ORIGIN,
    SET_DETERMINER,
    SET_HE,
    SET_SHE,
    SET_THEY,
    SET_IT,
    SET_WHO,
    SET_SPEAKER,
    SET_WE,
    SET_PAPER,
    SET_TELLING, /* "suggestions by Brandt that he would leave" */
    SET_OFFICE,
    SET_ALIAS,
    SET_VESSEL,
    SET_UNDERTAKING,
    SET_YIELD,
    SET_STRUGGLE,
    SET_HELD,
    SET_LOOSE,
    SET_CLUB,
    SET_STREET,
    SET_HINGE,
    SET_EVENT,
    SET_VENUE,
    SET_FORCE,
    SET_OF_NAME,
    N_SETS
} word_set;

typedef struct nation {
    str name, slug, country; /* country "" = a people without a state */
} nation;

/* What a state's organs are called: "Syrian" + "army" -> syria.military. */
typedef struct organ {
    str id, pattern; /* "Military Forces of %" */
    actor_kind kind;
} organ;

typedef struct actor {
    str id, name, country;
    actor_kind kind;
    int16_t from, to; /* years, 0 = open */
} actor;

/* One spelling of an actor. */
typedef struct actor_name {
    uint32_t actor;
    uint32_t next; /* another actor of the same spelling, MAP_NONE at the end */
    bool any_case; /* written in lower case in the table */
    bool
        is_common; /* of common words, or begins with a number: meant only where the text speaks of its country */
    bool all_caps; /* an acronym: lower case does not count */
    bool two_caps; /* "LeT": no other word that is written alike */
} actor_name;

struct lexicon {
    arena *arena;
    map heads[N_SHAPES]; /* kind | guess << 8 */
    map titles;          /* word -> kind */
    map sets[N_SETS];
    ARRAY(nation) nations;
    map nation_adjectives, nation_people, nation_names, nation_seats; /* -> nation */
    ARRAY(organ) organs;
    map organ_words; /* -> organ */
    ARRAY(actor) actors;
    ARRAY(actor_name) actor_names;
    map actor_by_name; /* -> first actor_name */
    map name_starts;   /* first word of any name of several words -> most words of such a name */
    date_rules *dates;
    quantity_rules *quantities;
    weapon_rules *weapons;
};

bool lexicon_has(const lexicon *lex, word_set set, str word);

/* The noun as head of a description ("militants") or of a proper name ("Ministry"). */
head_noun lexicon_head(const lexicon *lex, str lemma);
head_noun lexicon_shape(const lexicon *lex, head_shape shape, str word);

/* Adds one entity with its names, ";" between them. */
void lexicon_add_name(lexicon *lex, str name, uint32_t actor);

#endif
