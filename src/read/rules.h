/* rules: what the reading stage knows by heart: phrases of notices, class names of page furniture.
 * In: codebooks/en/notices.txt, codebooks/en/page-furniture.txt. Out: phrases compiled to words, found by
 * their first word; const and shared by threads. */
#ifndef SITREP_READ_RULES_H
#define SITREP_READ_RULES_H

#include "base/map.h"
#include "base/table.h"
#include "read/language.h"
#include "read/read.h"

/* Where a phrase counts, and what follows from it. */
typedef enum phrase_kind {
    PHRASE_ANY,      /* anywhere in a short block: the block is a notice */
    PHRASE_START,    /* at a block's beginning: the block is a notice */
    PHRASE_WHOLE,    /* it is the whole block */
    PHRASE_SENTENCE, /* at a sentence's beginning: that sentence is a notice */
    PHRASE_BYLINE,   /* at a short block's beginning, names behind it */
    PHRASE_REGION,   /* at a block's beginning: it and the furniture behind it are notices */
    PHRASE_TAIL, /* inside a long block, capitalised, no sentences behind it: a notice to the block's end */
    PHRASE_RUN,  /* capitalised: it and the capitalised words behind it are a notice */
    PHRASE_BEGIN, /* a word that begins a sentence and so ends such a run */
    PHRASE_LEAD,  /* at the text's beginning: cut off */
    PHRASE_HINT,  /* a word of furniture: says that a region goes on */
    N_PHRASE_KINDS
} phrase_kind;

typedef struct phrase {
    uint32_t kind; /* phrase_kind */
    uint32_t n;    /* words; "*" stands for up to six words, "@number" for a number */
    const str *words;
    uint32_t next; /* phrase with the same first word; MAP_NONE = last */
} phrase;
typedef ARRAY(phrase) phrase_array;

typedef ARRAY(str) str_array;

/* What a class or id name says about an element; flags. */
typedef enum name_flag {
    NAME_DROP = 1,
    NAME_POOR = 2,
    NAME_GOOD = 4,
    NAME_CAPTION = 8,
    NAME_BYLINE = 16,
    NAME_DATE = 32
} name_flag;

/* What programs write into a file's fields (codebooks/en/office-metadata.txt). */
typedef enum meta_kind {
    META_TITLE,
    META_TITLE_START,
    META_TITLE_END,
    META_AUTHOR,
    N_META_KINDS
} meta_kind;
typedef struct office_row {
    meta_kind kind;
    str text; /* folded */
} office_row;
typedef struct office_rules {
    ARRAY(office_row) rows;
} office_rules;

/* Words that a hyphen of their own joins to others (codebooks/en/hyphens.txt); flags. */
typedef enum hyphen_flag { HYPHEN_BEFORE = 1, HYPHEN_BEHIND = 2 } hyphen_flag;

/* office.c; false with *e where the table cannot be read. */
bool office_rules_read(arena *a, office_rules *r, str path, error *e);

/* Whose frames and pictures are whose (codebooks/en/media.txt). */
typedef struct media_site {
    str host, path; /* path: what it begins with, lower case; empty = any */
    bool is_player; /* else its pictures are none of an article's */
} media_site;
typedef struct media_rules {
    ARRAY(media_site) sites;
    map furniture; /* words of class and file names -> 1; of class names alone -> 2 */
    map endings;   /* of file names -> index into types */
    str_array types;
} media_rules;

/* media.c; false with *e where the table cannot be read. */
bool media_rules_read(arena *a, media_rules *r, str path, error *e);

typedef enum terms_kind { TERMS_OPEN, TERMS_CLOSED, N_TERMS_KINDS } terms_kind;

struct read_rules {
    struct {
        phrase_array phrases; /* kind is a terms_kind */
        map first;
    } terms;
    phrase_array phrases;
    map first; /* first word -> phrase, chained by `next` */
    map names; /* part of a class or id name, lower case -> name_flag */
    language_rules languages;
    office_rules office;
    media_rules media;
    map hyphens; /* folded word -> hyphen_flag */
};

/* A word of folded text from *at on: letters, digits and apostrophes inside; ptr NULL at the end. *at moves
 * behind it. */
str rules_word(str folded, size_t *at);

#endif
