/* encoder: tokens -> hints for claims and how words stand to each other, from a small transformer.
 * In: document.tokens and sentences (no trees). Out: document.deep_hints and document.pairs.
 *
 * A MiniLM, tuned on coded claims, reads windows of some sentences. It sees more than the net that draws trees
 * (syntax.h), and costs more than ten times as much a word: the caller names the sentences that are worth it. */
#ifndef SITREP_SYNTAX_ENCODER_H
#define SITREP_SYNTAX_ENCODER_H

#include "base/error.h"
#include "record/record.h"

typedef struct encoder encoder;                 /* mapped, const, shared by threads */
typedef struct encoder_scratch encoder_scratch; /* one a thread */

/* NULL and *e: SITREP_NO_FILE, SITREP_BAD_MODEL, SITREP_NO_MEMORY. */
encoder *encoder_open(str model_path, error *e);
void encoder_close(encoder *n);

/* A line of the model's description ("version", "licence" …), "" = not given. */
str encoder_about(const encoder *n, str key);

/* As syntax_model_use. */
bool encoder_use(encoder *n, const char *kernels_name);

/* NULL and *e: SITREP_NO_MEMORY. */
encoder_scratch *encoder_scratch_open(const encoder *n, error *e);
void encoder_scratch_close(encoder_scratch *s);

/* Packs the sentences into windows of at most ENCODER_WINDOW pieces, a longer one alone and cut at what fits, and reads
 * each window that has a wanted sentence; `wanted` has one flag a sentence, NULL = all. Replaces document.deep_hints: words
 * that were not read have "-" in every kind. A word that was read has a key; it has a query where it tells of a
 * happening with a likelihood of 0.01 at least or `asked`, one flag a token, says so; NULL = all. Results lie in the
 * document's arena: some 2.4 kB a word with a query, 0.3 without, for eleven roles of width 48. */
void encoder_run(const encoder *n, encoder_scratch *s, document *d, const bool *wanted, const bool *asked);

/* Pieces that were read with this scratch. */
size_t encoder_pieces_read(const encoder_scratch *s);

#endif
