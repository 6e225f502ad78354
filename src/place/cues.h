/* cues: what tells of a country without naming it.
 * In: a word of the text. Out: the country whose reports write it, by the words, the telephone numbers and the area codes of
 * the rules ("519-555-0134" is Canadian, "+254 20 555 0134" Kenyan), and how much that says. */
#ifndef SITREP_PLACE_CUES_H
#define SITREP_PLACE_CUES_H

#include "place/rules.h"
#include "record/record.h"

typedef struct country_cue {
    char country[2];
    float weight; /* 0 = none */
} country_cue;

country_cue cue_at(const place_rules *r, const document *d, size_t at);

#endif
