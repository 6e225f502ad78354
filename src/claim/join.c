/* Folding: "strikes hit the town", "ten people were killed in the blast", "…, killing six" tell of one
 * happening each. The noun or verb that names the means stays; the verb of harm hands over its victims. */
#include "claim/happening.h"

static bool holds(const token_list *l, uint32_t t)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->v[i] == t) return true;
    return false;
}

bool happening_is_kept(const happening_array *all, uint32_t t)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->v[i].first <= t && t <= all->v[i].last && !all->v[i].dropped) return true;
    return false;
}

/* "strikes hit X": the subject of an impact verb is itself a happening. */
static bool is_subject_of(const scene *s, const happening *cause, uint32_t verb)
{
    token_list subjects = {0};
    scene_subjects(s, verb, &subjects);
    if (holds(&subjects, cause->token)) return true;
    for (size_t i = 0; i < subjects.n; i++)
        if (str_is(scene_preposition(s, cause->token), "of")
            && scene_token(s, cause->token)->head == (int32_t)subjects.v[i])
            return true;
    return false;
}

/* "four were killed and seven injured in …": what hangs on one of two joined verbs holds for both. */
static bool are_joined(const scene *s, uint32_t a, uint32_t b)
{
    if (a == b) return true;
    const token *x = scene_token(s, a), *y = scene_token(s, b);
    if (!scene_is_harm(s, a) || !scene_is_harm(s, b)) return false;
    return (x->rel == DEPREL_CONJ && x->head == (int32_t)b)
           || (y->rel == DEPREL_CONJ && y->head == (int32_t)a)
           || (x->rel == DEPREL_CONJ && y->rel == DEPREL_CONJ && x->head == y->head);
}

/* "killed since the war began", "amid protests": a time or setting, no cause. */
static bool is_aside(const scene *s, uint32_t t)
{
    FOR_CHILDREN (s, c, t) {
        deprel r = scene_token(s, c)->rel;
        if ((r == DEPREL_MARK || r == DEPREL_CASE) && scene_in(s, &s->book->aside_words, c)) return true;
    }
    return false;
}

/* "killed in an air strike", "died when a bomb exploded", "wounded by shelling". */
static bool is_circumstance_of(const scene *s, const happening *cause, uint32_t verb)
{
    uint32_t t = cause->token;
    for (int i = 0; i < 3; i++) {
        const token *k = scene_token(s, t);
        if (k->head < 0 || is_aside(s, t)) return false;
        deprel r = deprel_universal(k->rel);
        if (are_joined(s, (uint32_t)k->head, verb))
            return r == DEPREL_OBL || r == DEPREL_ADVCL || (r == DEPREL_NMOD && !scene_is_verb(s, verb));
        if (r != DEPREL_CONJ && r != DEPREL_NMOD && r != DEPREL_COMPOUND && r != DEPREL_OBL
            && r != DEPREL_APPOS)
            return false;
        t = (uint32_t)k->head;
    }
    return false;
}

/* "shelled the town, killing six", "an attack that killed six", "attacked …, leaving six dead". */
static bool is_result_of(const scene *s, const happening *cause, uint32_t verb)
{
    uint32_t t = verb;
    for (int i = 0; i < 4; i++) {
        const token *k = scene_token(s, t);
        if (k->head < 0) return false;
        uint32_t h = (uint32_t)k->head;
        if (k->rel != DEPREL_ADVCL && k->rel != DEPREL_ACL && k->rel != DEPREL_ACL_RELCL
            && k->rel != DEPREL_CONJ && k->rel != DEPREL_XCOMP && k->rel != DEPREL_PARATAXIS
            && k->rel != DEPREL_OBJ)
            return false;
        if (h == cause->token || h == cause->predicate) {
            bool participle = k->tag == XPOS_VBG || i > 0;
            return k->rel == DEPREL_ACL_RELCL || k->rel == DEPREL_ACL
                   || (k->rel == DEPREL_ADVCL && participle)
                   /* "left two people injured", "attacked a post killing six" */
                   || (k->rel == DEPREL_OBJ && i > 0)
                   || (k->rel == DEPREL_CONJ && scene_is_verb(s, verb)
                       && scene_child(s, verb, DEPREL_NSUBJ) == NO_TOKEN);
        }
        t = h;
    }
    return false;
}

static bool can_cause(const happening *h)
{
    return h->type->harms && !h->dropped;
}

/* What does no harm by its type may have done some: "burned a station, killing two". */
static bool may_cause(const happening *h)
{
    return !h->type->harms && !h->dropped;
}

static const char *tie_between(const scene *s, const happening *cause, uint32_t verb)
{
    if (is_subject_of(s, cause, verb)) return "subject";
    if (is_circumstance_of(s, cause, verb)) return "setting";
    return is_result_of(s, cause, verb) ? "result" : NULL;
}

/* The nearest of those that the word of harm is tied to, and how; NULL. */
static happening *cause_of(const scene *s, happening_array *all, const happening *harm,
                           bool (*is_wanted)(const happening *), const char **as)
{
    happening *chosen = NULL;
    for (size_t i = 0; i < all->n; i++) {
        happening *cause = &all->v[i];
        const bool is_harm = scene_is_harm(s, cause->token) && cause->type->harms;
        if (cause == harm || !is_wanted(cause) || is_harm) continue;
        const char *tie = tie_between(s, cause, harm->token);
        if (!tie) continue;
        if (!chosen
            || scene_distance(s, cause->token, harm->token) < scene_distance(s, chosen->token, harm->token))
            chosen = cause, *as = tie;
    }
    return chosen;
}

/* "killed two in an operation": one happening or two? Rules say one; a judge is asked. Beside what does no harm by its type
 * it is two, unless a judge finds the second to be none: its dead are not to be lost. */
static void fold(const scene *s, happening_array *all, happening *harm)
{
    const char *as = NULL;
    happening *chosen = cause_of(s, all, harm, can_cause, &as);
    if (!chosen) {
        chosen = cause_of(s, all, harm, may_cause, &as);
        const bool names_it =
            chosen && chosen->rule->guise == GUISE_NOUN && is_subject_of(s, chosen, harm->token);
        const bool by_it = chosen && (names_it || is_result_of(s, chosen, harm->token));
        if (by_it) *array_push(s->arena, &chosen->victims_of) = harm->token;
        return;
    }
    harm->dropped = !s->judge;
    harm->told_with = chosen->token;
    harm->as = as;
    *array_push(s->arena, &chosen->victims_of) = harm->token;
}

/* "killed and wounded": the second word joins the first; but "burned shops and murdered two" are two. */
static void fold_pairs(const scene *s, happening_array *all, happening *harm)
{
    const token *k = scene_token(s, harm->token);
    if (k->rel != DEPREL_CONJ || k->head < 0 || !scene_is_harm(s, (uint32_t)k->head)) return;
    for (size_t i = 0; i < all->n; i++) {
        if (all->v[i].token != (uint32_t)k->head || !all->v[i].type->harms) continue;
        harm->dropped = true;
        *array_push(s->arena, &all->v[i].victims_of) = harm->token;
    }
}

/* "rioters killed a guard": a word of protests, but people; "suicide bombers" are an attack all the same. */
static bool is_mere_party(const scene *s, const happening *cause)
{
    const uint32_t who = s->who_at[cause->token];
    return who != MAP_NONE && s->doc->mentions.v[who].kind == MENTION_PERSON
           && !str_is(cause->type->codes.plover, "ASSAULT");
}

static void fold_impact(const scene *s, happening_array *all, happening *verb)
{
    if (!scene_is_verb(s, verb->token) || !scene_in(s, &s->book->impact_verbs, verb->token)) return;
    if (!verb->type->harms) return; /* "destroyed", "displaced": a happening of its own */
    for (size_t i = 0; i < all->n; i++) {
        happening *cause = &all->v[i];
        if (cause == verb || !can_cause(cause) || cause->rule->guise != GUISE_NOUN) continue;
        if (!is_subject_of(s, cause, verb->token) || is_mere_party(s, cause)) continue;
        verb->dropped = true;
        cause->predicate = verb->token;
        if (scene_is_harm(s, verb->token)) *array_push(s->arena, &cause->victims_of) = verb->token;
        return;
    }
}

/* "imposed sanctions", "signed an agreement": the verb's happening is its object's, which names it better where the verb but carries it. */
static void fold_object(happening_array *all, const scene *s, happening *noun)
{
    const token *k = scene_token(s, noun->token);
    if (noun->rule->guise != GUISE_NOUN || k->rel != DEPREL_OBJ || k->head < 0) return;
    for (size_t i = 0; i < all->n; i++) {
        happening *verb = &all->v[i];
        bool same = verb->token == (uint32_t)k->head && verb->type == noun->type && !verb->dropped;
        if (!same || verb->rule->guise != GUISE_VERB) continue;
        if (happening_fits(noun) && noun->support) verb->dropped = true, verb->instead = noun;
        else noun->dropped = true;
    }
}

/* "ransacked a store, leaving three dead": words of harm that hang on what does none by its type. */
static void hang_results(const scene *s, happening *h)
{
    const sentence *sent = &s->doc->sentences.v[scene_token(s, h->token)->sentence];
    enum { MOST = 64 }; /* no sentence of a report has more; one that does must not cost their square */
    size_t looked = 0;
    for (uint32_t t = sent->first; t < sent->first + sent->n && looked < MOST; t++) {
        if (!scene_is_harm(s, t) || (t >= h->first && t <= h->last)) continue;
        looked++;
        if (scene_token(s, t)->pos == UPOS_ADJ && is_result_of(s, h, t))
            *array_push(s->arena, &h->victims_of) = t;
    }
}

void happening_join(const scene *s, happening_array *all)
{
    for (size_t i = 0; i < all->n; i++) fold_impact(s, all, &all->v[i]);
    for (size_t i = 0; i < all->n; i++) fold_object(all, s, &all->v[i]);
    for (size_t i = all->n; i-- > 0;) {
        happening *h = &all->v[i];
        if (h->dropped || !scene_is_harm(s, h->token)) continue;
        fold_pairs(s, all, h);
        if (!h->dropped) fold(s, all, h);
    }
    for (size_t i = 0; i < all->n; i++) {
        happening *h = &all->v[i];
        if (scene_is_harm(s, h->token) && h->type->harms) *array_push(s->arena, &h->victims_of) = h->token;
        if (may_cause(h)) hang_results(s, h);
    }
}
