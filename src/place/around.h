/* around: what stands round and inside the name of a place.
 * In: a location mention and the words beside it. Out: its bare name, what kind of place the words ask for
 * ("Ghazni province"), what they put between the happening and the place ("10 km east of", "outskirts of",
 * "airbase"), which part they cut out ("northern"), and what the text says it lies in ("Town, Country").
 * Words are those of the gazetteer's rules; the tree is not needed, so that lists and headlines work too. */
#ifndef SITREP_PLACE_AROUND_H
#define SITREP_PLACE_AROUND_H

#include "place/gazetteer.h"

typedef struct toponym {
    mention *m; /* of the document's mentions or allusions */
    uint32_t sentence;
    str name;                 /* as written, without what was taken off */
    str feature;              /* what the words ask for, of RULE_AREA: "ADM1", "PPL" …; "" = nothing */
    const place_rule *side;   /* RULE_SIDE or NULL */
    const place_rule *near;   /* RULE_NEAR or NULL */
    const place_rule *object; /* RULE_OBJECT or NULL */
    str toward;               /* compass point of "east of", "" = none */
    double km;                /* of "10 km east of"; 0 = not given */
    uint32_t inside;          /* the toponym that the text says it lies in; GAZ_NONE = none */
    uint32_t between;         /* "between this and that": the other; GAZ_NONE = none */
    bool inside_is_sure;      /* not by a comma of what may be a list */
    bool is_allusion;         /* tells of what the text speaks, but holds nothing */
    bool is_part;             /* name is the known part of a longer one that is not known */
    uint32_t in_country;      /* entry: "the Syrian town of"; GAZ_NONE = none */
    bool is_of_country;       /* "the Turkish border": nothing but in_country names it */
    uint32_t division;        /* entry of the first-order division it was found in; set by place_run */
    uint32_t group;           /* index into the groups of one spelling */
    uint32_t next;            /* the group's next toponym; GAZ_NONE = last */
} toponym;
typedef ARRAY(toponym) toponym_array;

/* Every location mention of the document and every allusion as a toponym, in text order. */
toponym_array toponyms_read(const gazetteer *g, document *d);

#endif
