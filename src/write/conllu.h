/* conllu: document -> CoNLL-U (universaldependencies.org/format).
 * In: tokens with trees. Out: ten columns a word, a blank line after each sentence; the FEATS column holds
 * what the `feats` function makes of a word, SpaceAfter=No stands in MISC. */
#ifndef SITREP_WRITE_CONLLU_H
#define SITREP_WRITE_CONLLU_H

#include "record/record.h"

/* Takes `len` bytes of output; false ends the writing. */
typedef bool (*conllu_sink)(void *user, const char *bytes, size_t len);

/* Features of a token as "Name=Value|…", "" = none; NULL where the column shall stay empty. */
typedef str (*conllu_feats)(arena *a, const document *d, uint32_t token);

/* False as soon as the sink says so. Scratch comes from `a`. Bytes of forms that would break the format
 * (white space) are written as spaces or dropped. */
bool conllu_write(arena *a, const document *d, conllu_feats feats, conllu_sink put, void *user);

#endif
