/* chain: which mentions are of one thing.
 * In: doc->mentions in text order. Out: their `chain`; what a description takes from its name (name, entity, kind).
 * Method: first names (entity, words, acronym in brackets, last name), then appositions and definite descriptions ("the
 * army", "the group"), then pronouns along the tree; each links to the nearest that fits and only where little else could be meant. */
#ifndef SITREP_MENTION_CHAIN_H
#define SITREP_MENTION_CHAIN_H

#include "mention/reading.h"

typedef struct chaining {
    reading *r;
    mention *v;
    uint32_t n;
    uint32_t *link;   /* mention -> earlier mention of its chain, itself where it is the first */
    uint8_t *gender;  /* of a chain, by its first mention; pronoun.c */
    uint32_t *who_at; /* token -> party mention that it heads, or MAP_NONE */
    uint32_t *where_at;
} chaining;

static inline bool chain_is_party(const mention *m)
{
    return m->kind == MENTION_PERSON || m->kind == MENTION_ORGANISATION;
}

bool chain_is_plural(const chaining *c, uint32_t m);

/* The subject of a predicate, or of the one that it is joined to: a token or NO_TOKEN. */
uint32_t chain_subject(const chaining *c, uint32_t verb);

/* Who a pronoun of the first person stands for (speaker.c): a mention or MAP_NONE. */
uint32_t chain_speaker(const chaining *c, uint32_t self);

/* Between quotation marks, counted from the beginning of the block. */
bool chain_is_quoted(const chaining *c, uint32_t t);

/* Whether mention `m` is who speaks where pronoun `self` stands, or those that he speaks for. */
bool chain_is_speaking(const chaining *c, uint32_t self, uint32_t m);

void chain_names(chaining *c);
void chain_descriptions(chaining *c);
void chain_pronouns(chaining *c);

#endif
