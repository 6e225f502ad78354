/* lookup: what a stage may ask of a table that another stage owns; the pipeline joins the two.
 * In: a spelling. Out: how well it is known as a place. Thread-safe. */
#ifndef SITREP_RECORD_LOOKUP_H
#define SITREP_RECORD_LOOKUP_H

#include "base/str.h"

typedef struct place_hint {
    bool known;          /* some entry bears this name */
    bool is_country;     /* a country's name or short name */
    bool is_admin;       /* a first- or second-order division */
    char country[3];     /* of the largest entry, ISO 3166-1 alpha-2 */
    uint64_t population; /* of the largest entry; 0 = not known */
} place_hint;

typedef struct place_lookup {
    const void *table;
    place_hint (*find)(const void *table, str name);
} place_lookup;

#endif
