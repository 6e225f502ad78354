#include "claim/link.h"

#include "claim/weigh.h"
#include "claim/weigh_same.h"

enum { LINKS_BACK = 8 };

void link_find(const scene *s, const judge *j, happening *h)
{
    size_t n = s->doc->claims.n;
    claim c = h->claim;
    dated how = {.predicate = h->predicate, .guise = weigh_guise(h), .is_vague = h->rule->is_vague};
    c.type = h->type->name, c.trigger_token = h->token;
    size_t known = 0; /* those before it were asked about when the sentence began */
    for (size_t k = 0; k < h->links.n; k++)
        if (h->links.v[k].claim >= known) known = h->links.v[k].claim + 1;
    for (size_t i = n; i-- > known && n - i <= LINKS_BACK;)
        *array_push(s->arena, &h->links) =
            (claim_link){(uint32_t)i, weigh_link(s, j, &c, &how, (uint32_t)i)};
}

double link_best(const scene *s, const happening *h, link_test *holds, const void *with)
{
    double best = 0;
    for (size_t i = 0; i < h->links.n; i++) {
        const claim_link *l = &h->links.v[i];
        if (l->likelihood > best && holds(s, &s->doc->claims.v[l->claim], with)) best = l->likelihood;
    }
    return best;
}

double link_any(const happening *h)
{
    double best = 0;
    for (size_t i = 0; i < h->links.n; i++)
        if (h->links.v[i].likelihood > best) best = h->links.v[i].likelihood;
    return best;
}
