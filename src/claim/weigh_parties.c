/* Who does it and to whom it is done: every party that rules propose or that stands near. */
#include "claim/party_rules.h"

#include <math.h>

#include "claim/hint.h"
#include "claim/link.h"
#include "record/labels.h"

typedef struct party_test {
    uint32_t token, chain;
    actor_role role;
    bool is_other; /* somebody else has the role */
} party_test;

static bool has_party(const scene *s, const claim *c, const void *with)
{
    const party_test *p = with;
    bool other = false;
    for (size_t i = 0; i < c->actors.n; i++) {
        const claim_actor *a = &c->actors.v[i];
        if (a->role != p->role) continue;
        if (a->token == p->token || (p->chain && scene_chain(s, a->token) == p->chain)) return !p->is_other;
        other = true;
    }
    return p->is_other && other;
}

/* What the earlier claims of the same happening say of the party. */
static void add_party_links(const part_asking *a, uint32_t t, evidence *e)
{
    bool here = scene_token(a->s, t)->sentence == a->sentence;
    party_test p = {.token = t, .chain = scene_chain(a->s, t)};
    for (int role = 0; role < 2; role++)
        for (int other = 0; other < 2; other++) {
            static const char *const name[2][2] = {{"link-does", "link-other-does"},
                                                   {"link-done-to", "link-other-done-to"}};
            p.role = role ? ROLE_RECIPIENT : ROLE_ACTOR;
            p.is_other = other;
            evidence_odds(e, name[role][other], link_best(a->s, a->h, has_party, &p),
                          here ? STR("here") : STR("far"));
        }
}

static bool holds_party(const scene *s, const claim *c, actor_role role, uint32_t t)
{
    party_test p = {.token = t, .chain = scene_chain(s, t), .role = role};
    return has_party(s, c, &p);
}

enum { PARTY_CLAIMS_BACK = 6, MAX_FAR = 8 };

/* What the last claims say of the party, be they of the same happening or not; and whether the role is taken by one that
 * stands nearer. A story goes on about its doer where nobody else is named. */
static void add_party_use(const part_asking *a, const claim *taken, uint32_t t, actor_role role,
                          evidence *e)
{
    const document *d = a->s->doc;
    str where = weigh_where(a->s, a->sentence, t), form = weigh_guise(a->h), as = STR("-");
    bool last = false, like = false, is_taken = false;
    for (size_t i = d->claims.n, back = 0; i-- > 0 && back < PARTY_CLAIMS_BACK; back++) {
        const claim *c = &d->claims.v[i];
        bool does = holds_party(a->s, c, ROLE_ACTOR, t), done_to = holds_party(a->s, c, ROLE_RECIPIENT, t);
        if (!does && !done_to) continue;
        if (str_is(as, "-")) as = does ? STR("doer") : STR("target"), last = back == 0;
        like = like || ((role == ROLE_ACTOR ? does : done_to) && str_eq(c->type, a->h->type->name));
    }
    for (size_t i = 0; i < taken->actors.n; i++) is_taken = is_taken || taken->actors.v[i].role == role;
    str free = is_taken ? STR("taken") : STR("free");
    evidence_add(e, "party-taken", free, where);
    evidence_add(e, "party-taken-guise", free, part_both(a, where, form));
    evidence_add(e, "party-used", as, where);
    evidence_add(e, "party-used-last", as, last ? STR("last") : STR("-"));
    evidence_add(e, "party-used-free", as, part_both(a, where, free));
    evidence_add(e, "party-used-like", like ? STR("y") : STR("n"), where);
    evidence_add(e, "party-where-type", a->h->type->name, where);
    evidence_habit(e, "party-taken", free, where);
}

static str country_at(const scene *s, uint32_t t)
{
    uint32_t who = s->who_at[t];
    return who == MAP_NONE ? STR("") : s->doc->mentions.v[who].country;
}

/* Whether the party is of the same country as the others: an army seldom kills its own soldiers. */
static void add_nations_of(const part_asking *a, const claim *others, const char *name, uint32_t t,
                           evidence *e)
{
    str own = country_at(a->s, t);
    for (size_t i = 0; i < others->actors.n; i++) {
        const claim_actor *o = &others->actors.v[i];
        str theirs = o->token == t ? STR("") : country_at(a->s, o->token);
        if (!theirs.len) continue;
        evidence_add(e, name, str_eq(own, theirs) ? STR("same") : STR("differ"),
                     part_both(a, str_from(label_text(LABELS_ACTOR_ROLE, (int)o->role)), a->h->type->name));
    }
}

static void add_nations(const part_asking *a, const claim *taken, uint32_t t, evidence *e)
{
    if (!country_at(a->s, t).len) return;
    add_nations_of(a, &a->h->claim, "nation", t, e);
    add_nations_of(a, taken, "nation-taken", t, e);
}

static double ask_role(const part_asking *a, const claim *taken, judge_question q, uint32_t t, span about)
{
    evidence e;
    evidence_begin(&e, q);
    const claim *c = &a->h->claim;
    add_party_use(a, taken, t, q == JUDGE_ACTOR ? ROLE_ACTOR : ROLE_RECIPIENT, &e);
    bool other = false;
    for (size_t i = 0; i < c->actors.n; i++)
        other = other
                || ((q == JUDGE_ACTOR) == (c->actors.v[i].role == ROLE_ACTOR) && c->actors.v[i].token != t);
    evidence_add(&e, "other-proposed", other ? STR("y") : STR("n"), str_from(part_proposed_role(c, t)));
    uint32_t who = a->s->who_at[t];
    str kind = str_from(
        who == MAP_NONE ? "none" : label_text(LABELS_ACTOR_KIND, (int)a->s->doc->mentions.v[who].actor));
    for (size_t i = 0; i < c->actors.n; i++)
        if (c->actors.v[i].token != t)
            evidence_add(&e, c->actors.v[i].role == ROLE_ACTOR ? "kind-by-doer" : "kind-by-other", kind,
                         str_from(label_text(LABELS_ACTOR_KIND, (int)c->actors.v[i].kind)));
    evidence_flag(&e, "says-so", part_says_so(c, t));
    add_nations(a, taken, t, &e);
    add_party_links(a, t, &e);
    evidence_flag(&e, "place", a->s->place_over[t] != MAP_NONE);
    evidence_flag(&e, "weapon", a->s->weapon_at[t] != MAP_NONE);
    return part_ask(a, q, t, about, part_proposed_role(c, t), &e);
}

enum { MAX_PARTIES = 64 };

/* Words that were asked about, and what stands of them. */
typedef struct party_list {
    uint32_t token[MAX_PARTIES];
    double likely[MAX_PARTIES][N_ACTOR_ROLE]; /* that it has the role */
    size_t n;
    claim out;
} party_list;

static bool is_listed(const party_list *l, uint32_t t)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->token[i] == t) return true;
    return false;
}

static void weigh_party(const part_asking *a, party_list *l, uint32_t t, actor_role proposed,
                        bool is_proposed)
{
    if (l->n == MAX_PARTIES || is_listed(l, t) || party_is_none(a, t)) return;
    /* What the role would hold: for a pronoun its antecedent. */
    claim trial = {.trigger = a->h->claim.trigger};
    role_add(a->s, &trial, is_proposed ? proposed : ROLE_ACTOR, t);
    if (!trial.actors.n && !is_proposed) return;
    const size_t own = l->n++;
    l->token[own] = t;
    l->likely[own][ROLE_ACTOR] = l->likely[own][ROLE_RECIPIENT] = -1;
    if (!trial.actors.n || (is_proposed && proposed == ROLE_ASSOCIATE)) {
        role_add(a->s, &l->out, proposed, t);
        return;
    }
    if (party_surely_suffers(a, t, is_proposed && proposed == ROLE_RECIPIENT)) {
        role_add(a->s, &l->out, ROLE_RECIPIENT, t);
        return;
    }
    if (party_surely_acts(a, t)) {
        role_add(a->s, &l->out, ROLE_ACTOR, t);
        return;
    }
    span at = trial.actors.v[0].at;
    double actor = ask_role(a, &l->out, JUDGE_ACTOR, t, at),
           recipient = ask_role(a, &l->out, JUDGE_RECIPIENT, t, at);
    l->likely[own][ROLE_ACTOR] = actor, l->likely[own][ROLE_RECIPIENT] = recipient;
    bool does = actor >= (double)a->j->threshold[JUDGE_ACTOR] && party_may_act(a, t),
         done_to = recipient >= (double)a->j->threshold[JUDGE_RECIPIENT];
    if (does && (!done_to || actor >= recipient)) role_add(a->s, &l->out, ROLE_ACTOR, t);
    else if (done_to) role_add(a->s, &l->out, ROLE_RECIPIENT, t);
}

static bool may_be_party(const part_asking *a, const mention *m)
{
    bool who = m->kind == MENTION_PERSON || m->kind == MENTION_ORGANISATION;
    return who && !happening_has_word(a->s, a->h, m->head);
}

/* "year" of "62-year-old" */
static bool is_bound(const part_asking *a, uint32_t t)
{
    const token_array *all = &a->s->doc->tokens;
    return t + 1 < all->n && str_is(all->v[t + 1].norm, "-") && !all->v[t + 1].space_before;
}

/* "two checkpoints", "a weapons depot": what no mention covers but stands in a slot of the trigger. */
static void add_things(const part_asking *a, party_list *l)
{
    for (size_t i = 0; i < a->h->slots.n; i++) {
        uint32_t t = a->h->slots.v[i].token;
        const token *k = scene_token(a->s, t);
        if ((k->pos != UPOS_NOUN && k->pos != UPOS_PROPN) || a->s->who_at[t] != MAP_NONE
            || a->s->place_over[t] != MAP_NONE || a->s->date_over[t] != MAP_NONE
            || (t >= a->h->first && t <= a->h->last) || t == a->h->predicate || is_bound(a, t))
            continue;
        weigh_party(a, l, t, ROLE_ACTOR, false);
    }
}

#define HINTED_PARTY 0.2

/* What the encoder takes for a party though neither a mention nor a slot says so. */
static void add_hinted(const part_asking *a, party_list *l)
{
    const sentence *sent = &a->s->doc->sentences.v[a->sentence];
    for (uint32_t t = sent->first; t < sent->first + sent->n; t++) {
        const token *k = scene_token(a->s, t);
        bool heads = (k->pos == UPOS_NOUN || k->pos == UPOS_PROPN) && k->rel != DEPREL_COMPOUND
                     && k->rel != DEPREL_FLAT && k->rel != DEPREL_AMOD;
        if (!heads || a->s->who_at[t] != MAP_NONE || a->s->place_over[t] != MAP_NONE
            || a->s->date_over[t] != MAP_NONE || (t >= a->h->first && t <= a->h->last) || is_bound(a, t))
            continue;
        if (fmax(pair_within(a->s, a->h->token, t, t, STR("recipient")),
                 pair_within(a->s, a->h->token, t, t, STR("actor")))
            >= HINTED_PARTY)
            weigh_party(a, l, t, ROLE_ACTOR, false);
    }
}

static bool has_chain(const part_asking *a, const party_list *l, uint32_t chain)
{
    for (size_t i = 0; chain && i < l->n; i++)
        if (scene_chain(a->s, l->token[i]) == chain) return true;
    return false;
}

/* Parties of the last claims and of the headline that are not named near: a story goes on about them. */
static void add_far_parties(const part_asking *a, party_list *l, size_t near)
{
    const document *d = a->s->doc;
    size_t most = l->n + MAX_FAR;
    for (size_t i = d->claims.n; i-- > 0 && d->claims.n - i <= PARTY_CLAIMS_BACK && l->n < most;)
        for (size_t k = 0; k < d->claims.v[i].actors.n; k++) {
            uint32_t t = d->claims.v[i].actors.v[k].token, who = a->s->who_at[t];
            if (who == MAP_NONE || who >= near || has_chain(a, l, scene_chain(a->s, t))) continue;
            weigh_party(a, l, t, ROLE_ACTOR, false);
        }
    for (size_t i = 0; i < near && i < a->s->first_mention[1] && l->n < most; i++) {
        const mention *m = &d->mentions.v[i];
        if (!may_be_party(a, m) || m->is_pronoun || has_chain(a, l, m->chain)) continue;
        weigh_party(a, l, m->head, ROLE_ACTOR, false);
    }
}

/* Whom the encoder takes for a party, wherever in its window. */
static void add_named(const part_asking *a, party_list *l)
{
    pair_window w = pair_window_of(a->s, a->h);
    size_t most = l->n + MAX_FAR;
    for (uint32_t i = w.first; i < w.end && l->n < most; i++) {
        const mention *m = &a->s->doc->mentions.v[i];
        if (!may_be_party(a, m) || m->is_pronoun || has_chain(a, l, m->chain)) continue;
        if (pair_names(a->s, &w, m, STR("actor")) || pair_names(a->s, &w, m, STR("recipient")))
            weigh_party(a, l, m->head, ROLE_ACTOR, false);
    }
}

/* So much of the likelihood that a party needs is enough for one that is joined to a party. Who suffers with others is told
 * of oftener than who acts with others. */
#define JOINED_SHARE_ACTOR 0.25
#define JOINED_SHARE_RECIPIENT 0.6

static const claim_actor *actor_at(const claim *c, uint32_t t)
{
    for (size_t i = 0; i < c->actors.n; i++)
        if (c->actors.v[i].token == t) return &c->actors.v[i];
    return NULL;
}

/* The role of one that is joined to a party: the same, but in "clashes between the army and rebels" the other side. */
static actor_role role_beside(const claim *proposed, const claim_actor *party, uint32_t t)
{
    const claim_actor *own = actor_at(proposed, t), *its = actor_at(proposed, party->token);
    return own && its && own->role != its->role ? own->role : party->role;
}

static bool is_same(const scene *s, uint32_t a, uint32_t b)
{
    return scene_chain(s, a) && scene_chain(s, a) == scene_chain(s, b);
}

/* Whether the claim has what `t` names, by these or other words. */
static bool has_already(const scene *s, const claim *c, uint32_t t)
{
    for (size_t i = 0; i < c->actors.n; i++)
        if (c->actors.v[i].token == t || is_same(s, c->actors.v[i].token, t)) return true;
    return false;
}

static void add_joined(const part_asking *a, party_list *l, const claim_actor *party, uint32_t t)
{
    if (has_already(a->s, &l->out, t)) return;
    if (party->role == ROLE_ASSOCIATE) {
        role_add(a->s, &l->out, ROLE_ASSOCIATE, t);
        return;
    }
    if (!is_listed(l, t)) weigh_party(a, l, t, ROLE_ACTOR, false);
    const actor_role role = role_beside(&a->h->claim, party, t);
    if (role != ROLE_ACTOR && role != ROLE_RECIPIENT) return;
    const double needed = role == ROLE_ACTOR
                              ? (double)a->j->threshold[JUDGE_ACTOR] * JOINED_SHARE_ACTOR
                              : (double)a->j->threshold[JUDGE_RECIPIENT] * JOINED_SHARE_RECIPIENT;
    for (size_t i = 0; i < l->n && !actor_at(&l->out, t); i++)
        if (l->token[i] == t && l->likely[i][role] >= needed) role_add(a->s, &l->out, role, t);
}

/* Members of one coordination stand in one place: of "signed by the council and the community" the judge is seldom as sure
 * of both as they are alike. */
static void complete_coordinations(const part_asking *a, party_list *l)
{
    const size_t found = l->out.actors.n;
    for (size_t i = 0; i < found && i < MAX_PARTIES; i++) {
        const claim_actor party = l->out.actors.v[i];
        token_list joined = {0};
        scene_conjuncts(a->s, party.token, &joined);
        for (size_t k = 0; k < joined.n && k < MAX_PARTIES; k++)
            if (joined.v[k] != party.token && !party_is_unlike(a, joined.v[k]))
                add_joined(a, l, &party, joined.v[k]);
    }
}

/* "a partner of the Red Crescent", "forces loyal to the president": who is named only to tell who a party is does nothing; who is
 * named twice does it once. */
static void drop_described(const part_asking *a, claim *c)
{
    size_t kept = 0;
    for (size_t i = 0; i < c->actors.n; i++) {
        bool inner = false;
        for (size_t k = 0; k < c->actors.n && !inner; k++)
            inner = c->actors.v[k].role == c->actors.v[i].role
                    && (part_yields(a, c->actors.v[i].token, c->actors.v[k].token)
                        || (k < i && is_same(a->s, c->actors.v[i].token, c->actors.v[k].token)));
        if (!inner) c->actors.v[kept++] = c->actors.v[i];
    }
    c->actors.n = kept;
}

void weigh_parties(const part_asking *a)
{
    const claim *old = &a->h->claim;
    party_list *list = arena_new(a->s->arena, party_list, 1);
    list->out.trigger = old->trigger;
    for (size_t i = 0; i < old->actors.n; i++)
        weigh_party(a, list, old->actors.v[i].token, old->actors.v[i].role, true);
    size_t from, to;
    part_window(a, 1, &from, &to);
    for (size_t i = to; i-- > from;)
        if (may_be_party(a, &a->s->doc->mentions.v[i]))
            weigh_party(a, list, a->s->doc->mentions.v[i].head, ROLE_ACTOR, false);
    add_things(a, list);
    add_hinted(a, list);
    add_far_parties(a, list, from);
    add_named(a, list);
    complete_coordinations(a, list);
    drop_described(a, &list->out);
    party_split_sides(a->s, &list->out);
    a->h->claim.actors = list->out.actors;
}
