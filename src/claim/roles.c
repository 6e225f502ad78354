#include "claim/happening.h"

enum { MENTIONS_BACK = 400, MENTIONS_AHEAD = 60 };

static bool is_party(const scene *s, uint32_t t)
{
    const token *k = scene_token(s, t);
    if (s->date_over[t] != MAP_NONE) return false;
    return k->pos == UPOS_NOUN || k->pos == UPOS_PROPN || k->pos == UPOS_PRON || k->pos == UPOS_NUM
           || k->pos == UPOS_ADJ || k->pos == UPOS_X || s->who_at[t] != MAP_NONE;
}

/* The first mention behind a pronoun of what it stands for: "We fired", the army said. */
static const mention *told_behind(const scene *s, uint32_t own)
{
    const mention *v = s->doc->mentions.v;
    for (uint32_t i = own + 1; i < s->doc->mentions.n && i <= own + MENTIONS_AHEAD; i++)
        if (v[i].chain == v[own].chain && !v[i].is_pronoun) return &v[i];
    return NULL;
}

/* A name before a description that holds one ("commander of the Svoboda Battalion"), which goes before any other. */
static int name_rank(const scene *s, const mention *m)
{
    return m->is_named ? 1 + (scene_token(s, m->head)->pos == UPOS_PROPN) : 0;
}

/* The fullest earlier mention of what a pronoun stands for; where there is none, the next. */
static const mention *antecedent(const scene *s, const mention *m)
{
    const mention *best = NULL;
    uint32_t own = (uint32_t)(m - s->doc->mentions.v),
             floor = own > MENTIONS_BACK ? own - MENTIONS_BACK : 0;
    for (uint32_t i = own; m->chain && i-- > floor;) {
        const mention *a = &s->doc->mentions.v[i];
        if (a->chain != m->chain || a->is_pronoun || a->at.start > m->at.start) continue;
        const int rank = name_rank(s, a), known = best ? name_rank(s, best) : -1;
        if (rank > known || (rank == known && a->at.len > best->at.len)) best = a;
    }
    return best || !m->chain ? best : told_behind(s, own);
}

/* One party is told once: by words, by entity, by chain. "Three ISIL units and four ISIL vehicles" are two. */
static bool is_same(const scene *s, const claim_actor *a, const claim_actor *b)
{
    if (span_overlaps(a->at, b->at)) return true;
    if (a->role != b->role) return false;
    if (scene_joined(s, a->token, b->token)) return false;
    if (a->entity.len && str_eq(a->entity, b->entity)) return true;
    return scene_chain(s, a->token) && scene_chain(s, a->token) == scene_chain(s, b->token);
}

static void push_actor(const scene *s, claim *c, claim_actor a)
{
    for (size_t i = 0; i < c->actors.n; i++)
        if (is_same(s, &c->actors.v[i], &a)) return;
    *array_push(s->arena, &c->actors) = a;
}

/* "No group claimed …", "none of the factions": nobody is named. */
static bool is_nobody(const scene *s, uint32_t t)
{
    const str w = scene_token(s, t)->norm;
    if (str_is(w, "nobody") || str_is(w, "none") || str_is(w, "neither")) return true;
    FOR_CHILDREN (s, c, t)
        if (str_is(scene_token(s, c)->norm, "not") && str_is(scene_token(s, c + 1)->norm, "one"))
            return true;
    const uint32_t det = scene_child(s, t, DEPREL_DET);
    return det != NO_TOKEN
           && (str_is(scene_token(s, det)->norm, "no") || str_is(scene_token(s, det)->norm, "neither"));
}

/* "Secretary" of "UN Secretary-General António Guterres", where the parser takes it for the head: the name around a word. */
static uint32_t name_over(const scene *s, uint32_t t)
{
    const mention *v = s->doc->mentions.v;
    const uint32_t at = scene_token(s, t)->sentence;
    uint32_t best = MAP_NONE;
    for (uint32_t i = s->first_mention[at]; i < s->first_mention[at + 1]; i++) {
        const bool is_party = v[i].kind == MENTION_PERSON || v[i].kind == MENTION_ORGANISATION;
        if (is_party && v[i].is_named && v[i].first <= t && t < v[i].first + v[i].n
            && (best == MAP_NONE || v[i].n > v[best].n))
            best = i;
    }
    return best;
}

/* "two farmers" of "dead two farmers" behind the trigger "shot dead" */
static span without_trigger(const scene *s, uint32_t head, span at, span trigger)
{
    if (!span_overlaps(at, trigger) || at.start < trigger.start) return at;
    uint32_t t = head;
    while (t > 0 && scene_token(s, t - 1)->at.start >= span_end(trigger)) t--;
    if (str_is(scene_token(s, t)->norm, "-")) return at; /* "the bombed-out embassy" */
    const uint32_t start = scene_token(s, t)->at.start;
    return start > at.start && start < span_end(at) ? (span){start, span_end(at) - start} : at;
}

/* The first token behind the phrase, or behind the complement between it and the comma before `limit`: "the ambassador to
 * Kenya, Robert Halden". */
static uint32_t complement_end(const scene *s, const mention *m, uint32_t limit)
{
    enum { COMPLEMENT_WORDS = 8 };
    const uint32_t from = m->first + m->n;
    uint32_t t = from;
    while (t + 1 < limit && t < from + COMPLEMENT_WORDS && scene_token(s, t)->pos != UPOS_PUNCT
           && scene_below(s, t, m->head))
        t++;
    return t + 1 == limit ? t : from;
}

/* "Mara Lind, the UN envoy for Harun", "the chief justice, Mara Lind": who somebody is, behind a comma, is told with him. */
static span with_apposition(const scene *s, const mention *m, span at)
{
    const token *k = scene_token(s, m->head);
    if (k->tag == XPOS_NNS || k->tag == XPOS_NNPS || !m->chain) return at;
    FOR_CHILDREN (s, c, m->head) {
        const uint32_t who = scene_token(s, c)->rel == DEPREL_APPOS ? s->who_at[c] : MAP_NONE;
        const mention *o = who == MAP_NONE ? NULL : &s->doc->mentions.v[who];
        const uint32_t end = o ? complement_end(s, m, o->first) : 0;
        bool person = o && (o->kind == MENTION_PERSON || m->kind == MENTION_PERSON);
        bool beside = person && o->chain == m->chain && o->first > end && o->first - end <= 2
                      && str_is(scene_token(s, end)->norm, ",")
                      && (o->first == end + 1 || scene_token(s, end + 1)->pos == UPOS_DET);
        if (beside) return span_join(at, o->at);
    }
    return at;
}

void role_add(const scene *s, claim *c, actor_role role, uint32_t t)
{
    if (!is_party(s, t) || is_nobody(s, t)) return;
    claim_actor a = {.role = role, .token = t};
    uint32_t who = s->who_at[t], where = s->place_over[t];
    const token *k = scene_token(s, t);
    if (who == MAP_NONE && (k->pos == UPOS_PROPN || (k->pos == UPOS_NOUN && k->rel == DEPREL_NSUBJ)))
        who = name_over(s, t);
    if (who == MAP_NONE && where != MAP_NONE) {
        /* A place that acts stands for its government, and so does a state that something is said or given to; others
         * that are acted on are places of the claim. */
        const mention *m = &s->doc->mentions.v[where];
        if (role == ROLE_RECIPIENT && m->place.precision != PRECISION_COUNTRY) return;
        push_actor(s, c,
                   (claim_actor){role, m->at, t, m->name, STR(""), m->place.country, ACTOR_GOVERNMENT});
        return;
    }
    if (who != MAP_NONE) {
        const mention *m = &s->doc->mentions.v[who];
        if (m->is_pronoun && (!(m = antecedent(s, m)) || is_nobody(s, m->head))) return;
        span phrase = scene_with_count(s, m->head, with_apposition(s, m, m->at));
        a = (claim_actor){role, phrase, t, m->name, m->entity, m->country, m->actor};
    } else {
        if (scene_token(s, t)->pos == UPOS_PRON || scene_token(s, t)->pos == UPOS_NUM) return;
        a.at = scene_phrase(s, t);
    }
    a.at = without_trigger(s, a.token, scene_with_attribute(s, a.token, a.at, c->trigger), c->trigger);
    push_actor(s, c, a);
}

static bool is_place(const scene *s, uint32_t t)
{
    return s->place_over[t] != MAP_NONE && s->who_at[t] == MAP_NONE;
}

static bool is_thing_that_cannot_act(const scene *s, uint32_t t)
{
    uint32_t w = s->weapon_at[t];
    return w != MAP_NONE && s->doc->mentions.v[w].kind == MENTION_WEAPON;
}

/* "the Odesa attack": where it was; "the US attack" has a doer. */
static bool is_scene_of(const scene *s, uint32_t t)
{
    return is_place(s, t) && scene_token(s, t)->rel == DEPREL_COMPOUND
           && s->doc->mentions.v[s->place_over[t]].place.precision != PRECISION_COUNTRY;
}

static void use_filler(const scene *s, happening *h, slot_use use, uint32_t t)
{
    claim *c = &h->claim;
    switch (use) {
    case USE_ACTOR:
        if (!is_thing_that_cannot_act(s, t) && !is_scene_of(s, t)) role_add(s, c, ROLE_ACTOR, t);
        break;
    case USE_ASSOCIATE: role_add(s, c, ROLE_ASSOCIATE, t); break;
    case USE_RECIPIENT:
        if (!is_place(s, t) || !(h->type->harms || h->type->moves)) role_add(s, c, ROLE_RECIPIENT, t);
        break;
    case USE_BOTH: {
        bool first = true;
        for (size_t i = 0; i < c->actors.n; i++) first = first && c->actors.v[i].role != ROLE_ACTOR;
        role_add(s, c, first ? ROLE_ACTOR : ROLE_RECIPIENT, t);
        break;
    }
    case USE_NONE:
    case USE_PLACE:
    case USE_WEAPON: break;
    }
}

/* "clashes erupted between the army and rebels": what stands behind the verb belongs to the noun. */
static bool happens_there(const scene *s, const happening *h)
{
    const token *k = scene_token(s, h->token);
    return k->rel == DEPREL_NSUBJ && k->head == (int32_t)h->predicate
           && scene_in(s, &s->book->happen_verbs, h->predicate);
}

/* The word whose slots are asked: for a carried noun the verb's subject and object come under the names
 * that its support verb gives them. */
static void slot_fillers(const scene *s, const happening *h, str slot, token_list *out)
{
    bool noun = h->rule->guise == GUISE_NOUN;
    if (!noun) {
        scene_slot(s, h->rule->guise == GUISE_ADJECTIVE ? h->predicate : h->token, slot, out);
        if (h->rule->guise == GUISE_ADJECTIVE && h->predicate != h->token)
            scene_slot(s, h->token, slot, out);
        return;
    }
    if (!str_is(slot, "subj") && !str_is(slot, "obj")) scene_slot(s, h->token, slot, out);
    /* "Saudi-led coalition air strikes": what the tree hangs on the trigger's first word */
    for (uint32_t t = h->first; t < h->token && str_is(slot, "mod"); t++) scene_slot(s, t, slot, out);
    if (h->predicate == h->token || !scene_is_verb(s, h->predicate)) return;
    if (h->support) {
        if (str_eq(slot, h->support->subject_is)) scene_subjects(s, h->predicate, out);
        if (str_eq(slot, h->support->object_is)) scene_objects(s, h->predicate, out);
        if (!str_is(slot, "subj") && !str_is(slot, "obj") && !str_is(slot, "of") && !str_is(slot, "mod")
            && !str_is(slot, "poss"))
            scene_slot(s, h->predicate, slot, out);
    } else if (str_is(slot, "obj") && scene_in(s, &s->book->impact_verbs, h->predicate)
               && !scene_is_harm(s, h->predicate)) {
        /* "strikes hit the town"; whom strikes kill is among their dead, not their target */
        scene_objects(s, h->predicate, out);
    } else if (happens_there(s, h) && !str_is(slot, "subj") && !str_is(slot, "obj") && !str_is(slot, "of")
               && !str_is(slot, "mod")) {
        scene_slot(s, h->predicate, slot, out);
    }
}

/* "the army, backed by Russian jets": who backs a doer is an associate of what it does. */
static void add_backers(const scene *s, claim *c)
{
    for (size_t i = 0; i < c->actors.n && i < 16; i++) {
        if (c->actors.v[i].role != ROLE_ACTOR) continue;
        FOR_CHILDREN (s, child, c->actors.v[i].token) {
            deprel r = deprel_universal(scene_token(s, child)->rel);
            if ((r != DEPREL_ACL && r != DEPREL_AMOD) || !scene_in(s, &s->book->backing_verbs, child)
                || !scene_is_passive(s, child))
                continue;
            token_list backers = {0};
            scene_subjects(s, child, &backers);
            /* "backed by artillery and air strikes": what is joined to a thing is no party either. */
            if (backers.n && is_thing_that_cannot_act(s, backers.v[0])) continue;
            for (size_t k = 0; k < backers.n; k++) role_add(s, c, ROLE_ASSOCIATE, backers.v[k]);
        }
    }
}

bool happening_has_word(const scene *s, const happening *h, uint32_t t)
{
    if (t < h->first || t > h->last) return false;
    if (t == h->token) return true;
    for (uint32_t i = 0; i < h->rule->n_words; i++)
        if (str_eq(h->rule->words[i], scene_word(s, t))
            || str_eq(h->rule->words[i], scene_token(s, t)->norm))
            return true;
    return false;
}

/* "blamed the attack on rebels" */
static void add_charged(const scene *s, happening *h)
{
    const int32_t verb = scene_token(s, h->token)->head;
    if (verb < 0 || !scene_in(s, &s->book->charge_verbs, (uint32_t)verb)) return;
    FOR_CHILDREN (s, t, (uint32_t)verb)
        if (scene_is_charged_with(s, t, h->token)) role_add(s, &h->claim, ROLE_ACTOR, t);
}

void happening_fill_roles(const scene *s, happening *h)
{
    const frame *f = h->rule->roles ? h->rule->roles : h->type->roles;
    if (!f) return;
    for (size_t i = 0; i < f->slots.n; i++) {
        const frame_slot *slot = &f->slots.v[i];
        token_list fillers = {0};
        slot_fillers(s, h, slot->slot, &fillers);
        for (size_t j = 0; j < fillers.n; j++) {
            uint32_t t = fillers.v[j];
            if (t == h->token || t == h->predicate || happening_has_word(s, h, t)) continue;
            if (slot->only && !scene_in_class(s, t, slot->only)) continue;
            use_filler(s, h, slot->use, t);
        }
    }
    add_charged(s, h);
    add_backers(s, &h->claim);
}
