/* scan: a block of text -> tokens.
 * In: a block's span. Out: tokens pushed onto document.tokens with at, norm and space_before; sentences
 * are cut afterwards (src/token/sentence.h). One pass, each byte looked at a bounded number of times. */
#ifndef SITREP_TOKEN_SCAN_H
#define SITREP_TOKEN_SCAN_H

#include "token/lexicon.h"

typedef struct scanner {
    const token_rules *rules;
    document *d;
    str text;
    size_t at, end;   /* what is left of the block */
    size_t chunk_end; /* end of the run without white space around `at` */
    bool space;       /* white space stands before `at` */
    bool bare;        /* the document has no apostrophes: they were lost */
    bool cased;       /* the block has capitals: a small letter behind a stop tells something */
    char *norms;      /* room for all folded forms of the document: folding never grows */
    size_t norms_used;
} scanner;

/* Does a text of some length hold not one apostrophe? */
bool scan_lost_apostrophes(str text);

void scan_block(scanner *s, span at);

/* Classes of the character at a place; one value per character. */
typedef enum char_class { CHAR_OTHER, CHAR_LETTER, CHAR_DIGIT, CHAR_SPACE, CHAR_MARK } char_class;

/* Class of the character at `at`, its length to *len. CHAR_MARK: belongs to the word before it (combining
 * and format characters). */
char_class scan_class(str text, size_t at, size_t *len);

/* Bytes of an apostrophe at `at` (ASCII, typographic, backtick before s), 0 = none. */
size_t scan_apostrophe(str text, size_t at, size_t end);

#endif
