/* Setting: the places, dates and weapons of a sentence go to the happening that they stand nearest to in
 * the tree. */
#include "claim/elsewhere.h"

static uint32_t distance_to(const scene *s, uint32_t t, const happening *h)
{
    uint32_t a = scene_distance(s, t, h->token), b = scene_distance(s, t, h->predicate);
    return a < b ? a : b;
}

static bool is_party_of(const happening *h, span at)
{
    for (size_t i = 0; i < h->claim.actors.n; i++)
        if (span_overlaps(h->claim.actors.v[i].at, at) && h->claim.actors.v[i].at.len <= at.len + 4)
            return true;
    for (size_t i = 0; i < h->claim.claimants.n; i++)
        if (span_overlaps(h->claim.claimants.v[i].at, at)) return true;
    return false;
}

static place_role role_of(const scene *s, const happening *h, const mention *m)
{
    str p = scene_preposition(s, m->head);
    if (str_is(p, "near") || str_is(p, "outside") || str_is(p, "around")) return PLACE_NEAR;
    if (str_is(p, "along")) return PLACE_ALONG;
    if (!h->type->moves) return PLACE_AT;
    if (str_is(p, "from")) return PLACE_FROM;
    return str_is(p, "to") || str_is(p, "into") || str_is(p, "towards") || str_is(p, "toward") ? PLACE_TO
                                                                                               : PLACE_AT;
}

static void add_place(const scene *s, happening *h, const mention *m)
{
    for (size_t i = 0; i < h->claim.places.n; i++)
        if (span_overlaps(h->claim.places.v[i].at, m->at)) return;
    *array_push(s->arena, &h->claim.places) = (claim_place){role_of(s, h, m), m->at, m->place};
}

static uint32_t nearest(const scene *s, const happening_array *all, uint32_t t)
{
    uint32_t best = 99;
    for (size_t i = 0; i < all->n; i++) {
        uint32_t d = all->v[i].dropped ? 99 : distance_to(s, t, &all->v[i]);
        if (d < best) best = d;
    }
    return best;
}

static void give_place(const scene *s, happening_array *all, const mention *m)
{
    uint32_t best = nearest(s, all, m->head);
    if (scene_is_excepted(s, m->head)) return;
    for (size_t i = 0; i < all->n; i++) {
        happening *h = &all->v[i];
        if (!h->dropped && distance_to(s, m->head, h) <= best + 1 && !is_party_of(h, m->at)
            && !place_is_elsewhere(s, h, m))
            add_place(s, h, m);
    }
}

static void add_weapon(const scene *s, happening *h, const mention *m)
{
    if (m->at.start < span_end(h->claim.trigger) && h->claim.trigger.start < span_end(m->at)) return;
    claim_weapon w = {m->at, m->weapon_class, m->name, {0}};
    if (s->count_at[m->head] != MAP_NONE) w.number = s->doc->mentions.v[s->count_at[m->head]].quantity;
    *array_push(s->arena, &h->claim.weapons) = w;
}

static void give_weapon(const scene *s, happening_array *all, const mention *m)
{
    happening *chosen = NULL;
    for (size_t i = 0; i < all->n; i++) {
        happening *h = &all->v[i];
        if (h->dropped || !h->type->has_weapons) continue;
        if (!chosen || distance_to(s, m->head, h) < distance_to(s, m->head, chosen)) chosen = h;
    }
    if (chosen) add_weapon(s, chosen, m);
}

/* "said on Monday" tells when it was said. */
static bool dates_the_saying(const scene *s, const mention *m, const happening *h)
{
    int32_t up = scene_token(s, m->head)->head;
    return up >= 0 && (uint32_t)up != h->token && (uint32_t)up != h->predicate
           && scene_in(s, &s->book->reporting, (uint32_t)up);
}

static void take_date(const scene *s, happening *h, const mention *m, uint32_t *best)
{
    uint32_t d = distance_to(s, m->head, h);
    if (d >= *best || !m->date.edtf[0] || dates_the_saying(s, m, h)) return;
    *best = d;
    h->claim.has_date = true;
    /* "since Monday", "between 9 and 12 March"; what itself stands in "since protests began in March" has the one date */
    bool bounded = m->interval.edtf[0] != 0 && !scene_bounds_interval(s, h->token, m);
    h->claim.date_at = bounded ? m->interval_at : m->at;
    h->claim.date = bounded ? m->interval : m->date;
}

void happening_fill_setting(const scene *s, happening_array *all)
{
    if (!all->n) return;
    const document *d = s->doc;
    const sentence *sent = &d->sentences.v[scene_token(s, all->v[0].token)->sentence];
    uint32_t best[512];
    for (size_t i = 0; i < 512; i++) best[i] = 99;
    uint32_t n = scene_token(s, all->v[0].token)->sentence;
    for (uint32_t i = s->first_mention[n]; i < s->first_mention[n + 1]; i++) {
        const mention *m = &d->mentions.v[i];
        if (m->first < sent->first || m->first >= sent->first + sent->n) continue;
        if (m->kind == MENTION_LOCATION) give_place(s, all, m);
        if (m->kind == MENTION_WEAPON || m->kind == MENTION_PLATFORM) give_weapon(s, all, m);
        for (size_t h = 0; m->kind == MENTION_DATE && h < all->n && h < 512; h++)
            if (!all->v[h].dropped) take_date(s, &all->v[h], m, &best[h]);
    }
    for (size_t i = 0; i < all->n; i++) {
        uint32_t q = s->count_at[all->v[i].token];
        if (q == MAP_NONE || scene_counts_by_article(s, &d->mentions.v[q])) continue;
        *array_push(s->arena, &all->v[i].claim.counts) =
            (claim_count){d->mentions.v[q].at, d->mentions.v[q].quantity};
    }
}
