#include "claim/conjunct.h"

enum { MOST_UP = 12, MOST_OVER = 6, MOST_SEEN = 200 };

static bool is_where(const scene *s, uint32_t t)
{
    const str p = scene_preposition(s, t);
    return str_is(p, "in") || str_is(p, "at") || str_is(p, "on") || str_is(p, "near")
           || str_is(p, "outside");
}

/* "in a frontline area" */
static bool is_spot(const scene *s, uint32_t t)
{
    for (int kind = 0; kind < N_PLACE_WORDS; kind++)
        if (scene_in(s, &s->book->place_words[kind], t)) return true;
    return false;
}

/* A place by its name or its words: "al-Midan neighbourhood", "in the vicinity of". */
static bool is_place(const scene *s, uint32_t t)
{
    return scene_place_on(s, t) || is_spot(s, t) || (is_where(s, t) && !scene_is_verb(s, t));
}

/* The conjunct nearest above `t` that is no member of a list of places: "landings" of "an attack at A and landings in B". */
static uint32_t conjunct_of(const scene *s, uint32_t t)
{
    for (int i = 0; i < MOST_UP && t != NO_TOKEN; i++, t = scene_above(s, t))
        if (scene_token(s, t)->rel == DEPREL_CONJ && !is_place(s, t)) return t;
    return NO_TOKEN;
}

/* Whether a place hangs on the token, over nouns at most, and on no conjunct of it. */
static bool finds_place(const scene *s, uint32_t top, uint32_t but, int depth, int *seen)
{
    if (depth > MOST_OVER) return false;
    FOR_CHILDREN (s, c, top) {
        if (++*seen > MOST_SEEN) return false;
        const deprel rel = scene_token(s, c)->rel;
        if (c == but || (rel == DEPREL_CONJ && !scene_place_on(s, c)) || scene_is_verb(s, c)) continue;
        const bool hangs = deprel_universal(rel) == DEPREL_OBL || deprel_universal(rel) == DEPREL_NMOD;
        if (hangs && is_where(s, c) && (scene_place_on(s, c) || (depth == 0 && is_spot(s, c)))) return true;
        if (finds_place(s, c, but, depth + 1, seen)) return true;
    }
    return false;
}

static bool has_own_place(const scene *s, uint32_t top, uint32_t but)
{
    int seen = 0;
    return finds_place(s, top, but, 0, &seen);
}

/* "detonating a bomb in the market" beside "shelling Harun": the place is none of the conjunct that has one of its own. */
static bool is_of_first(const scene *s, uint32_t trigger, const mention *m)
{
    const uint32_t conjunct = conjunct_of(s, trigger);
    if (conjunct != trigger || m->first < scene_above(s, conjunct))
        return false; /* "In Harun, they came and went" */
    return !scene_below(s, m->head, conjunct) && scene_below(s, m->head, scene_above(s, conjunct))
           && has_own_place(s, trigger, NO_TOKEN);
}

bool place_is_of_conjunct(const scene *s, const happening *h, const mention *m)
{
    if (scene_token(s, m->head)->sentence != scene_token(s, h->token)->sentence) return false;
    if (is_of_first(s, h->token, m)) return true;
    const uint32_t conjunct = conjunct_of(s, m->head);
    if (conjunct == NO_TOKEN || conjunct == m->head || conjunct == h->token
        || scene_below(s, h->token, conjunct))
        return false;
    const uint32_t first = scene_above(s, conjunct);
    if (!scene_below(s, first, h->token) && first != h->token) return false;
    return has_own_place(s, h->token, conjunct);
}
