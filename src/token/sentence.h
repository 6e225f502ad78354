/* sentence: the tokens of a block -> sentences.
 * In: document.tokens from `first` on, all of one block. Out: document.sentences, each token's sentence
 * index. Rules over stops, abbreviations and the word that follows, as the treebanks cut. */
#ifndef SITREP_TOKEN_SENTENCE_H
#define SITREP_TOKEN_SENTENCE_H

#include "token/lexicon.h"

/* A longer sentence is cut at a semicolon, comma or the like. */
enum { SENTENCE_MAX_TOKENS = 400 };

void sentence_cut(const token_rules *rules, document *d, uint32_t in_block, uint32_t first);

#endif
