#include "mention/mention.h"

#include <stdlib.h>

#include "mention/reading.h"

/* By start; of two that start together the longer first, then by kind, so that the order is the same always. */
static int in_text_order(const void *x, const void *y)
{
    const mention *a = x, *b = y;
    if (a->at.start != b->at.start) return a->at.start < b->at.start ? -1 : 1;
    if (a->at.len != b->at.len) return a->at.len > b->at.len ? -1 : 1;
    if (a->head != b->head) return a->head < b->head ? -1 : 1;
    return (a->kind > b->kind) - (a->kind < b->kind);
}

void mention_run(const lexicon *lex, const place_lookup *places, document *d)
{
    d->mentions = d->allusions = (mention_array){0};
    date_mentions(lex->dates, d);
    weapon_mentions(lex->weapons, d);
    quantity_mentions(lex->quantities, d);
    reading r;
    reading_init(&r, lex, places, d);
    names_known(&r);
    names_by_shape(&r);
    names_decide(&r);
    mentions_of_places(&r);
    mentions_of_parties(&r);
    if (d->mentions.n) qsort(d->mentions.v, d->mentions.n, sizeof *d->mentions.v, in_text_order);
    if (d->allusions.n) qsort(d->allusions.v, d->allusions.n, sizeof *d->allusions.v, in_text_order);
    mentions_chain(&r);
}
