/* place: from a spelling to a point with an honest precision.
 * In: mentions of locations. Out: their `place`.
 * The gazetteer is a compiled file that is mapped; a name is looked up by spelling and chosen among its
 * namesakes from the document as a whole. */
#ifndef SITREP_PLACE_H
#define SITREP_PLACE_H

#include "base/error.h"
#include "record/lookup.h"
#include "record/record.h"

typedef struct gazetteer gazetteer; /* mapped, const, shared by threads */

gazetteer *gazetteer_open(str path, error *e);
void gazetteer_close(gazetteer *g);

/* For the stages that ask whether a spelling is a place. Valid as long as the gazetteer; without one (NULL)
 * nothing is known. */
place_lookup gazetteer_lookup(const gazetteer *g);

/* Fills `place` of every MENTION_LOCATION. Strings point into the gazetteer and the text. What cannot be
 * resolved keeps its name and nothing else; without a gazetteer (NULL) that is everything. Thread-safe. */
void place_run(const gazetteer *g, document *d);

#endif
