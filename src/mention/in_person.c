/* Nations within the names of people: "Defence Minister Israel Katz", "General Chad Smith". */
#include "mention/reading.h"

enum { TOKENS_AROUND = 3000 }; /* so far the same name with a title is looked for */

/* A family name may stand at t: capitalised, and no noun that goes with a nation ("Israel Defense Forces", "Jordan Valley"). */
static bool may_be_family(const reading *r, uint32_t t)
{
    const token *k = reading_token(r, t);
    return r->key[t].len > 1 && reading_is_upper(r, t) && k->space_before && k->pos == UPOS_PROPN
           && !r->taken[t] && !lexicon_head(r->lex, r->key[t]).known
           && !lexicon_has(r->lex, SET_AFTER, r->key[t]) && !lexicon_has(r->lex, SET_NOT_NAME, r->key[t])
           && !lexicon_shape(r->lex, SHAPE_ORG, r->key[t]).known;
}

/* "Defence Minister", "Gen." */
static bool is_titled(const reading *r, uint32_t t)
{
    const uint32_t start = reading_sentence(r, t)->first;
    if (t > start && str_is(reading_token(r, t - 1)->norm, ".")) t--;
    return t > start && map_get(&r->lex->titles, r->key[t - 1]) != MAP_NONE;
}

bool names_in_person(const reading *r, uint32_t first, uint32_t end)
{
    const uint32_t n = (uint32_t)r->doc->tokens.n, limit = sentence_end(reading_sentence(r, first));
    if (end - first != 1 || end >= limit || !may_be_family(r, end)) return false;
    if (is_titled(r, first)) return true;
    const uint32_t from = first > TOKENS_AROUND ? first - TOKENS_AROUND : 0;
    for (uint32_t t = from; t + 1 < n && t < first + TOKENS_AROUND; t++)
        if (str_eq(r->key[t], r->key[first]) && str_eq(r->key[t + 1], r->key[end]) && is_titled(r, t))
            return true;
    return false;
}
