/* syntax: tokens -> lemma, part of speech, dependency tree.
 * In: document.tokens and sentences. Out: lemma, pos, tag, rel, head of every token. */
#ifndef SITREP_SYNTAX_H
#define SITREP_SYNTAX_H

#include "base/error.h"
#include "record/record.h"

typedef struct syntax_model syntax_model;     /* mapped, const, shared by threads */
typedef struct syntax_scratch syntax_scratch; /* one a thread */

syntax_model *syntax_model_open(str model_path, error *e);
void syntax_model_close(syntax_model *m);

syntax_scratch *syntax_scratch_open(const syntax_model *m, error *e);
void syntax_scratch_close(syntax_scratch *s);

void syntax_run(const syntax_model *m, syntax_scratch *s, document *d);

#endif
