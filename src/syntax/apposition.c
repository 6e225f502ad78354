#include "syntax/apposition.h"

#define NO_DESCRIPTION UINT32_MAX

static bool is_subject(const token *k)
{
    return deprel_universal(k->rel) == DEPREL_NSUBJ && k->head >= 0;
}

/* A description in the singular: names may be apposed to it. */
static bool is_description(const token *k)
{
    return (k->pos == UPOS_NOUN && k->tag == XPOS_NN) || (k->pos == UPOS_PROPN && k->tag == XPOS_NNP);
}

/* A name that the parser hangs on the verb as if it were a part of it. */
static bool is_stray_name(const document *d, const token *k)
{
    return k->rel == DEPREL_FLAT && k->head >= 0 && k->pos == UPOS_PROPN
           && d->tokens.v[k->head].pos == UPOS_VERB;
}

static bool is_under(const document *d, uint32_t t, uint32_t top)
{
    for (uint32_t i = 0; i < d->sentences.v[d->tokens.v[top].sentence].n; i++) {
        if (t == top) return true;
        if (d->tokens.v[t].head < 0) return false;
        t = (uint32_t)d->tokens.v[t].head;
    }
    return false;
}

static uint32_t first_under(const document *d, uint32_t top)
{
    uint32_t first = top;
    while (first > 0 && d->tokens.v[first - 1].sentence == d->tokens.v[top].sentence
           && is_under(d, first - 1, top))
        first--;
    return first;
}

static bool ends_phrase(const token *k)
{
    bool bracket = k->tag == XPOS_LRB || k->tag == XPOS_RRB;
    return k->pos == UPOS_CCONJ || (k->pos == UPOS_PUNCT && !bracket && k->tag != XPOS_HYPH);
}

/* The subject of the same verb whose phrase ends where that of the name begins, at `first`; or the noun itself that the parser
 * gives the name as a subject to. NO_DESCRIPTION = none. */
static uint32_t described_by(const document *d, uint32_t name, uint32_t first)
{
    const token *all = d->tokens.v, *k = &all[name];
    uint32_t start = d->sentences.v[k->sentence].first;
    for (uint32_t t = first; t-- > start && !ends_phrase(&all[t]);) {
        bool beside =
            is_subject(&all[t]) && all[t].head == k->head && (all[t].rel == k->rel || is_stray_name(d, k));
        if (beside || (is_subject(&all[t]) && k->head == (int32_t)t)) return t;
    }
    return NO_DESCRIPTION;
}

static void name_description(document *d, uint32_t name)
{
    token *k = &d->tokens.v[name];
    if ((!is_subject(k) && !is_stray_name(d, k)) || k->pos != UPOS_PROPN) return;
    uint32_t first = first_under(d, name), described = described_by(d, name, first);
    if (described == NO_DESCRIPTION || !is_description(&d->tokens.v[described])) return;
    for (uint32_t t = described + 1; t < first; t++)
        if (!is_under(d, t, described)) return;
    k->head = (int32_t)described;
    k->rel = DEPREL_APPOS;
}

/* The description that a name stands behind without a comma; NO_DESCRIPTION. */
static uint32_t description_of(const document *d, uint32_t name)
{
    const token *all = d->tokens.v, *k = &all[name];
    if (k->rel != DEPREL_APPOS || k->pos != UPOS_PROPN || k->head < 0 || k->head > (int32_t)name)
        return NO_DESCRIPTION;
    for (uint32_t t = (uint32_t)k->head + 1; t < name; t++)
        if (ends_phrase(&all[t])) return NO_DESCRIPTION;
    return (uint32_t)k->head;
}

static void join_to_description(document *d, uint32_t joined)
{
    token *k = &d->tokens.v[joined];
    bool another = k->rel == DEPREL_CONJ && k->pos == UPOS_NOUN; /* but "the brothers Omar and Ali" */
    if (!another || k->head < 0 || k->head > (int32_t)joined) return;
    uint32_t description = description_of(d, (uint32_t)k->head);
    if (description != NO_DESCRIPTION) k->head = (int32_t)description;
}

/* "the attorney general said": of two nouns side by side the first belongs to the second. */
static void compound_noun(document *d, uint32_t noun)
{
    token *k = &d->tokens.v[noun];
    if (noun == 0 || !is_subject(k) || k->tag != XPOS_NN) return;
    token *before = k - 1;
    if (before->sentence != k->sentence || !is_subject(before) || before->tag != XPOS_NN
        || before->head != k->head)
        return;
    before->head = (int32_t)noun;
    before->rel = DEPREL_COMPOUND;
    for (uint32_t t = d->sentences.v[k->sentence].first; t < noun - 1; t++)
        if (d->tokens.v[t].head == (int32_t)noun - 1) d->tokens.v[t].head = (int32_t)noun;
}

void apposition_run(document *d)
{
    for (uint32_t t = 0; t < d->tokens.n; t++) compound_noun(d, t);
    for (uint32_t t = 0; t < d->tokens.n; t++) name_description(d, t);
    for (uint32_t t = 0; t < d->tokens.n; t++) join_to_description(d, t);
}
