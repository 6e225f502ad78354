/* The two sides that share one noun: "clashes between Sunni and Shiite militants" are of Sunni and of Shiite militants. */
#include "claim/party_rules.h"

static bool is_capital(const scene *s, uint32_t t)
{
    const span at = scene_token(s, t)->at;
    const char first = s->doc->text.ptr[at.start];
    return first >= 'A' && first <= 'Z';
}

/* "Sunni" of "between Sunni and Shiite militants"; NO_TOKEN. */
static uint32_t first_side(const scene *s, uint32_t noun, uint32_t *second)
{
    FOR_CHILDREN (s, c, noun) {
        const deprel r = scene_token(s, c)->rel;
        if (c > noun || (r != DEPREL_AMOD && r != DEPREL_COMPOUND && r != DEPREL_NMOD)) continue;
        const uint32_t other = scene_child(s, c, DEPREL_CONJ);
        if (other == NO_TOKEN || other < c || other >= noun || !is_capital(s, c) || !is_capital(s, other))
            continue;
        *second = other;
        return c;
    }
    return NO_TOKEN;
}

/* From the first token of a side to the last: "Sunni"; "Shiite militants". */
static span words_from(const scene *s, uint32_t side, uint32_t last)
{
    uint32_t first = side;
    FOR_CHILDREN (s, c, side) {
        const deprel r = scene_token(s, c)->rel;
        if (c < first && r != DEPREL_CC && r != DEPREL_PUNCT && r != DEPREL_CASE && r != DEPREL_DET)
            first = c;
    }
    return span_join(scene_token(s, first)->at, scene_token(s, last)->at);
}

void party_split_sides(const scene *s, claim *c)
{
    if (c->actors.n != 1) return;
    claim_actor *whole = &c->actors.v[0];
    const token *k = scene_token(s, whole->token);
    const bool plural = k->tag == XPOS_NNS || k->tag == XPOS_NNPS;
    if (!plural || !str_is(scene_preposition(s, whole->token), "between")
        || scene_child(s, whole->token, DEPREL_CONJ) != NO_TOKEN)
        return;
    uint32_t second = NO_TOKEN;
    const uint32_t first = first_side(s, whole->token, &second);
    if (first == NO_TOKEN) return;
    const claim_actor one = {.role = ROLE_ACTOR,
                             .at = words_from(s, first, first),
                             .token = first,
                             .name = STR(""),
                             .entity = STR(""),
                             .country = STR(""),
                             .kind = whole->kind};
    claim_actor other = one;
    other.role = ROLE_RECIPIENT, other.token = whole->token;
    other.at = words_from(s, second, whole->token);
    *whole = one;
    *array_push(s->arena, &c->actors) = other;
}
