/* Nations and short names of actors within the name of a place: "Port Sudan", "Persian Gulf", "Lashkar Gah". */
#include "mention/reading.h"

enum { MOST_WORDS = 3 }; /* that stand before or behind the name */

static bool is_bridge(const reading *r, uint32_t t)
{
    return reading_is_joint(r, t)
           || (r->key[t].len
               && (lexicon_has(r->lex, SET_PARTICLE, r->key[t])
                   || lexicon_has(r->lex, SET_INNER, r->key[t])));
}

/* A capitalised word beside the name, or a small one between two of them. */
static bool may_join(const reading *r, uint32_t t)
{
    return !r->taken[t] && (is_bridge(r, t) || (r->key[t].len && reading_is_upper(r, t)));
}

static bool may_bound(const reading *r, uint32_t t)
{
    const token *k = reading_token(r, t);
    return r->key[t].len && reading_is_upper(r, t) && k->pos != UPOS_ADP && k->pos != UPOS_SCONJ
           && k->pos != UPOS_DET && !lexicon_has(r->lex, SET_DETERMINER, r->key[t]);
}

bool names_in_place(const reading *r, uint32_t first, uint32_t end)
{
    if (!r->places) return false;
    const uint32_t from = reading_sentence(r, first)->first,
                   limit = sentence_end(reading_sentence(r, first));
    uint32_t low = first, high = end;
    while (low > from && first - low < MOST_WORDS && may_join(r, low - 1)) low--;
    while (high < limit && high - end < MOST_WORDS && may_join(r, high)) high++;
    /* "American Boulevard" */
    if (high > end && reading_is_upper(r, end) && lexicon_has(r->lex, SET_STREET, r->key[end])
        && reading_sentence(r, first)->has_case && !reading_sentence(r, first)->is_headline)
        return true;
    /* "Amhara region", "Crimean peninsula" */
    const bool generic =
        end < limit && lexicon_has(r->lex, SET_AFTER, r->key[end]) && reading_token(r, end)->space_before;
    if (generic) {
        const place_hint h = reading_place(r, first, end + 1);
        if (h.known && !h.is_country) return true;
    }
    for (uint32_t a = low; a <= first; a++)
        for (uint32_t z = high; z >= end; z--) {
            if ((a == first && z == end) || (a < first && !may_bound(r, a))
                || (z > end && !may_bound(r, z - 1)))
                continue;
            const place_hint h = reading_place(r, a, z);
            if (h.known && !h.is_country) return true;
        }
    return false;
}
