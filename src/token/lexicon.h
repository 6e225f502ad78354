/* lexicon: the words that cutting text into tokens and sentences needs to know.
 * In: codebooks/en/abbreviations.txt, codebooks/en/tokens.txt. Out: one map from folded words to what is
 * known of them, and the sequences that are mended; const and shared by threads. */
#ifndef SITREP_TOKEN_LEXICON_H
#define SITREP_TOKEN_LEXICON_H

#include "base/map.h"
#include "token/token.h"

/* What is known of a word; several may hold. */
typedef enum lexicon_flag {
    LEX_NEVER = 1, /* abbreviations, with their stop; what each class is for stands in the tables */
    LEX_NUMBER = 2,
    LEX_MAYBE = 4,
    LEX_OPEN = 8,
    LEX_PREFIX = 16,
    LEX_WHOLE = 32,
    LEX_UNIT = 64,
    LEX_ORDINAL = 128,
    LEX_D_STEM = 256,
    LEX_DOMAIN = 512,
    LEX_EMOTICON = 1024,
    LEX_STARTER = 2048,
    LEX_RESTART = 8192,
    LEX_POSSESSOR = 16384,
    LEX_FINAL = 1 << 15,
    LEX_ZONE = 1 << 16,
    LEX_HEADER = 1 << 17,
    LEX_MONTH = 1 << 18,
    LEX_LEADS = 1 << 19,
    LEX_PEOPLE = 1 << 20,
    LEX_SPLIT = 4096 /* the upper byte holds the lengths of the first two parts */
} lexicon_flag;

#define LEX_ABBREVIATION (LEX_NEVER | LEX_NUMBER | LEX_MAYBE | LEX_OPEN | LEX_FINAL)

/* Sequences that wrongly decoded characters make; src/token/mend.h. */
typedef struct mend_table {
    map meant; /* sequence -> the character that was meant */
    size_t longest;
    bool first[256], second[256]; /* bytes that a sequence begins with */
} mend_table;

struct token_rules {
    map words; /* folded word -> flags | first part's length << 24 | second part's << 28 */
    mend_table mends;
};

/* Flags of a folded word, 0 where it is unknown. */
static inline uint32_t lexicon_flags(const token_rules *r, str folded)
{
    uint32_t v = map_get(&r->words, folded);
    return v == MAP_NONE ? 0 : v;
}

#endif
