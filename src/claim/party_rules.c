/* What is certain of parties without a judge. */
#include "claim/party_rules.h"

/* "including 79 children", "among them two women": some of those that are named before */
static bool is_some_of_others(const part_asking *a, uint32_t t)
{
    const token *k = scene_token(a->s, t);
    str p = scene_preposition(a->s, t);
    if (str_is(p, "among") || str_is(p, "amongst")) return k->pos == UPOS_PRON;
    return str_is(p, "including") && k->head >= 0 && a->s->who_at[k->head] != MAP_NONE;
}

/* "armed with rifles": what somebody uses is no party, though "drones struck" names one. */
static bool is_used(const part_asking *a, uint32_t t)
{
    return a->s->weapon_at[t] != MAP_NONE && str_is(scene_preposition(a->s, t), "with");
}

/* "killed by unexploded ordnance": a weapon does nothing by itself, though a drone or a plane stands for who flies it. */
static bool is_weapon(const part_asking *a, uint32_t t)
{
    const uint32_t w = a->s->weapon_at[t];
    return w != MAP_NONE && a->s->doc->mentions.v[w].kind == MENTION_WEAPON;
}

/* "DRG" of "the District Reserve Guard (DRG)" */
static bool is_short_name(const part_asking *a, uint32_t t)
{
    const token_array *all = &a->s->doc->tokens;
    return t > 0 && t + 1 < all->n && str_is(all->v[t - 1].norm, "(") && str_is(all->v[t + 1].norm, ")")
           && a->s->who_at[t] != MAP_NONE;
}

/* "the navy" in "the navy rescued kidnapped migrants": who does something to those that something was done to did not do it
 * for that. */
static bool is_beside_participle(const part_asking *a, uint32_t t)
{
    const token *k = scene_token(a->s, a->h->token), *party = scene_token(a->s, t);
    if (k->rel != DEPREL_AMOD || k->tag != XPOS_VBN || k->head < 0) return false;
    const token *noun = scene_token(a->s, (uint32_t)k->head);
    return noun->rel == DEPREL_OBJ && party->rel == DEPREL_NSUBJ && party->head == noun->head;
}

static bool is_in_subject(const part_asking *a, uint32_t t)
{
    token_list subjects = {0};
    scene_subjects(a->s, a->h->predicate, &subjects);
    for (size_t i = 0; i < subjects.n; i++)
        if (scene_below(a->s, t, subjects.v[i])) return true;
    return false;
}

/* "the army" in "the army repelled an assault", "vowed to avenge the killing": the verb that carries the happening says that
 * it befell its subject, or that another did it. */
static bool is_befallen(const part_asking *a, uint32_t t)
{
    const support_verb *v = a->h->support;
    return v && (str_is(v->subject_is, "obj") || str_is(v->subject_is, "other")) && is_in_subject(a, t);
}

/* "the group claimed responsibility for the blast" */
static bool owns_up(const part_asking *a, uint32_t t)
{
    return a->h->support && a->h->support->is_sure && a->s->who_at[t] != MAP_NONE && is_in_subject(a, t)
           && scene_token(a->s, t)->rel == DEPREL_NSUBJ;
}

enum { MAX_CLIMB = 8 };

/* The word that stands where the happening's noun would: "series" of "a series of attacks". */
static uint32_t whole_of(const scene *s, uint32_t noun)
{
    uint32_t t = noun;
    for (int i = 0; i < MAX_CLIMB; i++) {
        const token *k = scene_token(s, t);
        const deprel r = deprel_universal(k->rel);
        if ((r != DEPREL_NMOD && r != DEPREL_CONJ && r != DEPREL_COMPOUND) || k->head < 0
            || scene_is_verb(s, (uint32_t)k->head))
            break;
        t = (uint32_t)k->head;
    }
    return t;
}

static bool is_own(const part_asking *a, uint32_t t)
{
    const uint32_t owner = scene_child(a->s, a->h->token, DEPREL_NMOD_POSS);
    return owner != NO_TOKEN && scene_chain(a->s, owner)
           && scene_chain(a->s, owner) == scene_chain(a->s, t);
}

/* "Chile" in "Chile endorsed the invasion", "reacted to the seizure of the island" */
static bool is_onlooker(const part_asking *a, uint32_t t)
{
    if (a->h->rule->guise != GUISE_NOUN || is_own(a, t)) return false;
    const uint32_t top = whole_of(a->s, a->h->token);
    const token *k = scene_token(a->s, top);
    const deprel r = deprel_universal(k->rel);
    if ((r != DEPREL_OBJ && r != DEPREL_OBL) || k->head < 0
        || !scene_in(a->s, &a->s->book->regard_verbs, (uint32_t)k->head))
        return false;
    if (r == DEPREL_OBL && !str_is(scene_preposition(a->s, top), "to")) return false;
    token_list subjects = {0};
    scene_subjects(a->s, (uint32_t)k->head, &subjects);
    for (size_t i = 0; i < subjects.n; i++)
        if (t == subjects.v[i]) return true;
    return false;
}

/* "Chile" in "the attacks prompted Chile to declare war"; "police" in "the attacks were fuelled by hatred of the police" */
static bool is_prompted(const part_asking *a, uint32_t t)
{
    const uint32_t top = whole_of(a->s, a->h->token);
    const token *k = scene_token(a->s, top);
    if (a->h->rule->guise != GUISE_NOUN || deprel_universal(k->rel) != DEPREL_NSUBJ || k->head < 0
        || !scene_in(a->s, &a->s->book->prompt_verbs, (uint32_t)k->head))
        return false;
    FOR_CHILDREN (a->s, c, (uint32_t)k->head) {
        const deprel r = deprel_universal(scene_token(a->s, c)->rel);
        const bool done = r == DEPREL_OBJ || r == DEPREL_IOBJ || r == DEPREL_XCOMP || r == DEPREL_CCOMP;
        if (done && scene_below(a->s, t, c)) return true;
        if (r == DEPREL_OBL && str_is(scene_preposition(a->s, c), "by") && t != c
            && !scene_joined(a->s, t, c) && scene_below(a->s, t, c))
            return true;
    }
    return false;
}

static bool is_happening(const part_asking *a, uint32_t t)
{
    for (size_t i = 0; i < a->all->n; i++)
        if (!a->all->v[i].dropped && a->all->v[i].token == t) return true;
    return false;
}

/* "army" for "coup" of "the army's offensive triggered a coup": what one did prompted another's deed. */
static bool is_prompter(const part_asking *a, uint32_t t)
{
    const token *k = scene_token(a->s, a->h->token);
    if (a->h->rule->guise != GUISE_NOUN || k->rel != DEPREL_OBJ || k->head < 0
        || !scene_in(a->s, &a->s->book->prompt_verbs, (uint32_t)k->head))
        return false;
    const uint32_t subject = scene_child(a->s, (uint32_t)k->head, DEPREL_NSUBJ);
    return subject != NO_TOKEN && t != subject && is_happening(a, subject) && scene_below(a->s, t, subject);
}

/* "a man" in "a man was arrested in connection with the bombings" */
static bool is_only_tied(const part_asking *a, uint32_t t)
{
    const int32_t tie = scene_token(a->s, a->h->token)->head;
    if (tie < 0 || !scene_in(a->s, &a->s->book->ties, (uint32_t)tie)
        || !str_is(scene_preposition(a->s, (uint32_t)tie), "in"))
        return false;
    const int32_t verb = scene_token(a->s, (uint32_t)tie)->head;
    if (verb < 0 || !scene_is_verb(a->s, (uint32_t)verb)) return false;
    token_list who = {0};
    scene_objects(a->s, (uint32_t)verb, &who);
    scene_subjects(a->s, (uint32_t)verb, &who);
    for (size_t i = 0; i < who.n; i++)
        if (who.v[i] == t) return true;
    return false;
}

/* "rebels" in "six journalists were killed alongside rebels" */
static bool shares_lot(const part_asking *a, uint32_t t)
{
    const token *k = scene_token(a->s, t);
    if (k->head < 0 || map_get(&a->s->book->company_words, scene_preposition(a->s, t)) == MAP_NONE)
        return false;
    const uint32_t verb = (uint32_t)k->head;
    const bool befallen =
        scene_is_verb(a->s, verb)
        && (scene_is_passive(a->s, verb) || scene_in(a->s, &a->s->book->kill_words, verb));
    return befallen && scene_below(a->s, a->h->token, verb);
}

/* "Peru" of "Peru's political violence" */
static bool is_where(const part_asking *a, uint32_t t)
{
    const token *k = scene_token(a->s, t);
    return k->rel == DEPREL_NMOD_POSS && k->head == (int32_t)a->h->token && a->s->place_over[t] != MAP_NONE
           && a->s->who_at[t] == MAP_NONE && scene_in(a->s, &a->s->book->turmoils, a->h->token);
}

/* "the Japanese" of "pushing the Japanese back" */
static bool is_people_as_object(const part_asking *a, uint32_t t)
{
    const token *k = scene_token(a->s, t);
    return k->pos == UPOS_ADJ && k->rel == DEPREL_OBJ && k->head == (int32_t)a->h->token
           && scene_child(a->s, t, DEPREL_DET) != NO_TOKEN;
}

/* Who stands beside a happening that others did. */
static bool is_bystander(const part_asking *a, uint32_t t)
{
    return is_onlooker(a, t) || is_prompted(a, t) || is_prompter(a, t) || is_only_tied(a, t);
}

/* "the agent's slaying", "the rebels' defeat": whose deed it is called suffered it, unless it names another: "X's murder of Y". */
static bool suffers_deed(const part_asking *a, uint32_t t)
{
    const token *k = scene_token(a->s, t);
    if (k->rel != DEPREL_NMOD_POSS || k->pos == UPOS_PRON || k->head != (int32_t)a->h->token
        || a->s->who_at[t] == MAP_NONE || !scene_in(a->s, &a->s->book->suffered_nouns, a->h->token))
        return false;
    FOR_CHILDREN (a->s, c, a->h->token)
        if (c > a->h->token && deprel_universal(scene_token(a->s, c)->rel) == DEPREL_NMOD
            && str_is(scene_preposition(a->s, c), "of"))
            return false;
    return true;
}

/* "him" of "attacked him", "he" of "he was arrested": what the rule takes for the object is known, whoever it stands for. */
static bool is_object_pronoun(const part_asking *a, uint32_t t)
{
    const token *k = scene_token(a->s, t);
    const bool reflexive = str_ends(k->norm, STR("self")) || str_ends(k->norm, STR("selves"));
    const bool one = str_is(k->norm, "he") || str_is(k->norm, "she");
    return k->tag == XPOS_PRP && !reflexive
           && (k->rel == DEPREL_OBJ || (one && k->rel == DEPREL_NSUBJ_PASS))
           && k->head == (int32_t)a->h->token && a->s->who_at[t] != MAP_NONE
           && a->s->doc->mentions.v[a->s->who_at[t]].kind == MENTION_PERSON;
}

/* "its" of "its forces struck", "our" of "burned our houses": what is theirs is the party; but "its attack", "his arrest". */
static bool is_owner_of_party(const part_asking *a, uint32_t t)
{
    const token *k = scene_token(a->s, t);
    if (k->tag != XPOS_PRPS || k->head < 0 || !scene_token(a->s, (uint32_t)k->head)->lemma.len)
        return false;
    const token *noun = scene_token(a->s, (uint32_t)k->head);
    bool befallen = noun->rel == DEPREL_OBJ || noun->rel == DEPREL_NSUBJ_PASS;
    return a->s->who_at[k->head] != MAP_NONE || (befallen && (uint32_t)k->head != a->h->token);
}

/* "denied targeting civilians": what is itself told as a happening is no party. */
static bool is_told(const part_asking *a, uint32_t t)
{
    return a->s->who_at[t] == MAP_NONE && is_happening(a, t);
}

/* "Lind" of "Mara Lind's son was hurt", "Lee" of "Lee's troops": what is theirs is the party. */
static bool is_possessor_of_party(const part_asking *a, uint32_t t)
{
    const token *k = scene_token(a->s, t);
    if (k->rel != DEPREL_NMOD_POSS || k->head < 0 || a->s->who_at[t] == MAP_NONE) return false;
    const uint32_t owned = (uint32_t)k->head, who = a->s->who_at[owned];
    if (who == MAP_NONE || owned == a->h->token || scene_token(a->s, owned)->sentence != a->sentence
        || scene_below(a->s, a->h->token, owned))
        return false;
    const mention *m = &a->s->doc->mentions.v[who];
    return (m->kind == MENTION_PERSON || m->kind == MENTION_ORGANISATION) && m->first <= t
           && t < m->first + m->n;
}

bool party_is_unlike(const part_asking *a, uint32_t t)
{
    return scene_token(a->s, t)->rel == DEPREL_CONJ && scene_is_contrasted(a->s, t)
           && !scene_below(a->s, a->h->token, t);
}

bool party_is_none(const part_asking *a, uint32_t t)
{
    return is_owner_of_party(a, t) || is_possessor_of_party(a, t) || is_some_of_others(a, t)
           || party_is_unlike(a, t) || is_told(a, t) || t == source_of_perception(a->s, a->h)
           || is_used(a, t) || is_short_name(a, t) || scene_is_title(a->s, t)
           || scene_dated_apart(a->s, a->h->token, t);
}

bool party_may_act(const part_asking *a, uint32_t t)
{
    return !is_beside_participle(a, t) && !is_befallen(a, t) && !is_weapon(a, t) && !is_where(a, t)
           && !is_bystander(a, t) && !shares_lot(a, t) && !scene_charges_with(a->s, t, a->h->token);
}

bool party_surely_acts(const part_asking *a, uint32_t t)
{
    return scene_is_charged_with(a->s, t, a->h->token) || owns_up(a, t);
}

bool party_surely_suffers(const part_asking *a, uint32_t t, bool is_object)
{
    return suffers_deed(a, t) || (a->h->type->harms && shares_lot(a, t))
           || (is_object && (is_object_pronoun(a, t) || is_people_as_object(a, t)));
}
