/* syntax: tokens -> lemma, part of speech, dependency tree.
 * In: document.tokens and sentences. Out: lemma, pos, tag, rel, head of every token; document.hints where the model
 * gives them.
 *
 * A small neural net (convolutions, quasi-recurrent layers; integers at run time) reads the sentence
 * once and
 * tags it; a greedy arc-hybrid parser over its states draws the tree (arc.h). Chosen for accuracy at
 * hundreds
 * of thousands of words a second on one core. Lemmas come from rules and tables (lemma.h); tense,
 * voice, mood
 * and number from tag and tree (morph.h). */
#ifndef SITREP_SYNTAX_H
#define SITREP_SYNTAX_H

#include "base/error.h"
#include "record/record.h"

typedef struct syntax_model syntax_model;     /* mapped, const, shared by threads */
typedef struct syntax_scratch syntax_scratch; /* one a thread */

/* NULL and *e: SITREP_NO_FILE, SITREP_BAD_MODEL, SITREP_NO_MEMORY. */
syntax_model *syntax_model_open(str model_path, error *e);
void syntax_model_close(syntax_model *m);

/* A line of the model's description ("language", "licence", "data", "scores" …), "" = not given. */
str syntax_model_about(const syntax_model *m, str key);

/* Makes the model run on the kernels of that name ("portable", "avx2", "avx512-vnni"); false where this
 * machine cannot. Results are the same; for tests and measuring, before threads share the model. */
bool syntax_model_use(syntax_model *m, const char *kernels_name);

/* NULL and *e: SITREP_NO_MEMORY. */
syntax_scratch *syntax_scratch_open(const syntax_model *m, error *e);
void syntax_scratch_close(syntax_scratch *s);

/* All sentences. */
void syntax_run(const syntax_model *m, syntax_scratch *s, document *d);

/* Reads a sentence again with `form` in the place of token `t`, whose text stays what it is. */
void syntax_run_instead(const syntax_model *m, syntax_scratch *s, document *d, uint32_t index, uint32_t t,
                        str form);

/* The sentence document.sentences[index] alone, so that a caller can pass over those that it does not need.
 * Every sentence gets one root and no cycles, whatever its words. */
void syntax_run_sentence(const syntax_model *m, syntax_scratch *s, document *d, uint32_t index);

#endif
