/* choose: which of its namesakes a place is.
 * In: toponyms with what stands around them. Out: for each spelling one entry, or none.
 * One sense per document: a spelling means one place throughout. Every spelling begins with the candidates
 * of the gazetteer, scored by what is known of them (people, kind, spelling); then, over a few rounds, by what
 * the text says (containment, the countries and provinces that it speaks of) and by nearness to the choices of
 * the others. A small place in a country that the text never speaks of is not taken where it speaks of others. */
#ifndef SITREP_PLACE_CHOOSE_H
#define SITREP_PLACE_CHOOSE_H

#include "place/around.h"
#include "place/geo.h"

enum { MAX_CANDIDATES = 64 };

typedef struct candidate {
    uint32_t entry;
    gaz_spelling spelling;
    float prior, score;
} candidate;

typedef struct group {
    str name;             /* the first spelling that was met */
    uint32_t first, last; /* of its toponyms; toponym.next leads on */
    candidate *v;
    uint32_t n, n_all; /* kept, and found in the gazetteer */
    uint32_t n_toponyms;
    int32_t chosen; /* index into v, -1 = none */
} group;
typedef ARRAY(group) group_array;

typedef struct chooser {
    const gazetteer *g;
    document *d;
    toponym_array toponyms;
    group_array groups;
    float said[676];    /* how much is said of each country by words other than places */
    float country[676]; /* the same with the choices of places */
    bool named[676];    /* by its own name, as a place */
    float total;
    /* Of the whole document, for places that nothing nearer tells of; set by place_run. */
    uint32_t main_town, main_division;
} chooser;

void choose_run(chooser *c);

/* The entry of a toponym's group that fits its own words best (the province or its capital), or GAZ_NONE. */
const candidate *choose_for(const chooser *c, const toponym *t);

/* Whether an entry lies in (or is) an area. */
bool place_is_in(const gazetteer *g, uint32_t entry, uint32_t area);

static inline geo_point place_point(const gaz_entry *e)
{
    return (geo_point){e->lat_e6 / 1e6, e->lon_e6 / 1e6};
}

/* 0 to 675, or -1 for a place of no country. */
static inline int country_index(const char code[2])
{
    return code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' && code[1] <= 'Z'
               ? (code[0] - 'A') * 26 + (code[1] - 'A')
               : -1;
}

#endif
