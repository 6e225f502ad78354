/* rules: the words round and inside place names, as the codebook gives them.
 * In: codebooks/en/place-generics.txt (compiled into the gazetteer, so that the file that was built and
 * the look-up can never disagree). Out: what a word does: an article, a spelling of a generic, the name
 * of an area, an object named after a town, a direction, a word of nearness. */
#ifndef SITREP_PLACE_RULES_H
#define SITREP_PLACE_RULES_H

#include "base/array.h"
#include "base/error.h"
#include "base/map.h"

typedef enum rule_kind {
    RULE_ARTICLE, /* al-, el-, the: counts for nothing in a spelling */
    RULE_UNIFY,   /* one of several spellings of a generic: tal, tel, tall -> tell */
    RULE_AREA,    /* province, district, town: what kind of place the name is; canon = GeoNames code */
    RULE_OBJECT,  /* airbase, hill, road: something that is named after the place and stands near it */
    RULE_STREET,  /* street, avenue: the place before it is only its name's origin */
    RULE_SIDE,    /* northern, eastern, central: a part of the place; canon = compass point or "C" */
    RULE_NEAR,    /* near, outside, east of: round the place */
    RULE_WORD,    /* a small word that stands for itself before a name: "at", not the article of At-Tall */
    RULE_JOIN,    /* and, or: its sides are of one kind */
    RULE_ROMANISED, /* codes of countries whose names reach English by transcription, and so in many spellings */
    RULE_WITHIN,  /* in, of, at: the place after it holds the place before it */
    RULE_BETWEEN, /* between: before two joined places */
    RULE_CUE,     /* naira, Const.: words that one country writes; canon = its code */
    RULE_DIAL,    /* 44: what its telephone numbers begin with behind a plus; canon = its code */
    RULE_TRUNK, /* 519: of the area codes of North America those of other countries than the United States */
    N_RULE_KIND
} rule_kind;

typedef struct place_rule {
    rule_kind kind;
    str canon;
    uint32_t radius_m; /* of RULE_OBJECT, RULE_STREET and RULE_NEAR */
} place_rule;

/* Const once parsed; shared by threads. */
typedef struct place_rules {
    ARRAY(place_rule) rules;
    map words[N_RULE_KIND]; /* folded word, several joined by one space -> rule */
} place_rules;

/* Parses the table; `path` only names it in messages. Everything lives in the arena. */
bool rules_parse(arena *a, str path, str bytes, place_rules *out, error *e);

/* The rule of that kind for a folded word, or NULL. */
const place_rule *rules_find(const place_rules *r, rule_kind kind, str word);

#endif
