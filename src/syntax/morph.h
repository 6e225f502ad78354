/* morph: what tag and tree say of a word's inflection: tense, voice, mood, number …
 * In: a document with trees. Out: UD features (universaldependencies.org/u/feat). English shows little
 * on the
 * words themselves: the Penn tag carries most, the auxiliaries around a verb the rest. */
#ifndef SITREP_SYNTAX_MORPH_H
#define SITREP_SYNTAX_MORPH_H

#include "record/record.h"

typedef enum morph_tense { TENSE_NONE, TENSE_PAST, TENSE_PRESENT, TENSE_FUTURE } morph_tense;
typedef enum morph_voice { VOICE_NONE, VOICE_ACTIVE, VOICE_PASSIVE } morph_voice;
typedef enum morph_mood { MOOD_NONE, MOOD_INDICATIVE, MOOD_IMPERATIVE, MOOD_CONDITIONAL } morph_mood;
typedef enum morph_number { NUMBER_NONE, NUMBER_SINGULAR, NUMBER_PLURAL } morph_number;

/* Of a clause: the verb (or predicate) `token` with its auxiliaries. "had been shelled": past, passive,
 * perfect; "will not attack": future, negated. Tense of a bare participle is that of its form. */
typedef struct morph_clause {
    morph_tense tense;
    morph_voice voice;
    morph_mood mood;
    bool perfect, progressive, negated, finite;
    int32_t modal; /* token of a modal auxiliary other than will/shall, -1 = none */
} morph_clause;

morph_clause morph_of_clause(const document *d, uint32_t token);

/* Of a noun or pronoun by its tag and form; of a verb, of its subject where it has one. */
morph_number morph_of_number(const document *d, uint32_t token);

/* "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"; "" = none. In `a`, or static. */
str morph_feats(arena *a, const document *d, uint32_t token);

#endif
