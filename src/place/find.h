/* find: a gazetteer asked by people: which places bear this name, in this country or province.
 * In: a name, where it should lie, how loosely it may be spelled. Out: the entries. For documents see place.h. */
#ifndef SITREP_PLACE_FIND_H
#define SITREP_PLACE_FIND_H

#include "place/gazetteer.h"

enum { GAZ_BY_PCODE = GAZ_SKELETON + 1 }; /* as a spelling of a match */

typedef struct gaz_range {
    uint32_t first, end;
    bool is_province;
} gaz_range;

/* "SY", "Syria", "Syria/Idlib", "SY/Idlib"; nothing is everywhere. False where that is not known. */
bool find_range(const gazetteer *g, str within, gaz_range *range);

/* The entries by the strictest level that has any, up to `loosest`. Writes at most `max`, returns the number of all. */
size_t find_spelling(const gazetteer *g, str name, const gaz_range *range, gaz_spelling loosest,
                     gaz_match *out, size_t max);

/* Lines "A.ADM1 TAB province". */
str gazetteer_features(const gazetteer *g);

const gaz_entry *gazetteer_entry(const gazetteer *g, uint32_t entry);

#endif
