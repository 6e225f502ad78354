#include "claim/happening.h"

enum { MAX_GAP = 6 };

/* ---- conditions --------------------------------------------------------------------------------- */

static bool value_fits(const scene *s, uint32_t t, const condition_value *v)
{
    if (v->group) return scene_in_class(s, t, v->group);
    return str_is(v->word, "*") || str_eq(scene_word(s, t), v->word) || str_eq(scene_token(s, t)->norm, v->word);
}

static bool some_filler_fits(const condition *k, const scene *s, const token_list *fillers)
{
    for (size_t i = 0; i < fillers->n; i++)
        for (size_t j = 0; j < k->values.n; j++)
            if (value_fits(s, fillers->v[i], &k->values.v[j])) return true;
    return false;
}

/* "any": anywhere in the sentence; "next", "before": the neighbouring word; else a slot. */
static void fillers_of(const scene *s, const happening *h, str slot, token_list *out)
{
    const sentence *sent = &s->doc->sentences.v[scene_token(s, h->token)->sentence];
    if (str_is(slot, "any")) {
        for (uint32_t t = sent->first; t < sent->first + sent->n; t++)
            if (t < h->first || t > h->last) *array_push(s->arena, out) = t;
    } else if (str_is(slot, "next")) {
        if (h->last + 1 < sent->first + sent->n) *array_push(s->arena, out) = h->last + 1;
    } else if (str_is(slot, "before")) {
        if (h->first > sent->first) *array_push(s->arena, out) = h->first - 1;
    } else if (str_is(slot, "head")) {
        if (scene_token(s, h->token)->head >= 0) *array_push(s->arena, out) = (uint32_t)scene_token(s, h->token)->head;
    } else if (str_is(slot, "self")) {
        *array_push(s->arena, out) = h->token;
    } else {
        scene_slot(s, h->token, slot, out);
        if (h->rule->guise == GUISE_NOUN && h->predicate != h->token && !out->n) scene_slot(s, h->predicate, slot, out);
    }
}

static bool conditions_hold(const scene *s, const happening *h)
{
    const condition_array *conditions = &h->rule->conditions;
    for (size_t i = 0; i < conditions->n; i++) {
        const condition *k = &conditions->v[i];
        token_list fillers = {0};
        fillers_of(s, h, k->slot, &fillers);
        if (some_filler_fits(k, s, &fillers) == k->forbid) return false;
    }
    return true;
}

/* ---- words -------------------------------------------------------------------------------------- */

static bool is_word(const scene *s, uint32_t t, str word)
{
    return str_eq(scene_word(s, t), word) || str_eq(scene_token(s, t)->norm, word);
}

/* The further words of a verb stand behind it and depend on it, directly or through one word. */
static bool verb_words(const scene *s, const trigger_rule *r, uint32_t t, uint32_t *last)
{
    const sentence *sent = &s->doc->sentences.v[scene_token(s, t)->sentence];
    uint32_t end = sent->first + sent->n, at = t + 1;
    *last = t;
    for (uint32_t w = 1; w < r->n_words; w++) {
        uint32_t limit = *last + 1 + MAX_GAP < end ? *last + 1 + MAX_GAP : end;
        bool found = false;
        for (; at < limit && !found; at++) {
            if (!is_word(s, at, r->words[w])) continue;
            found = at == t + 1 || (scene_below(s, at, t) && scene_distance(s, at, t) <= 2);
            if (found) *last = at;
        }
        if (!found) return false;
    }
    return true;
}

/* The further words of a noun stand right before it; hyphens between them do not count. */
static bool noun_words(const scene *s, const trigger_rule *r, uint32_t t, uint32_t *first)
{
    const sentence *sent = &s->doc->sentences.v[scene_token(s, t)->sentence];
    *first = t;
    for (uint32_t w = r->n_words - 1; w-- > 0;) {
        uint32_t at = *first;
        if (at > sent->first && str_is(scene_token(s, at - 1)->norm, "-")) at--;
        if (at == sent->first || !is_word(s, at - 1, r->words[w])) return false;
        *first = at - 1;
    }
    return true;
}

/* ---- what carries a noun ------------------------------------------------------------------------- */

static bool support_words(const scene *s, const support_verb *v, uint32_t verb, uint32_t noun)
{
    for (uint32_t w = 1; w < v->n_words; w++) {
        bool found = str_eq(scene_preposition(s, noun), v->words[w]);
        FOR_CHILDREN(s, c, verb)
            found = found || (c != noun && str_eq(scene_token(s, c)->norm, v->words[w]));
        if (!found) return false;
    }
    return true;
}

/* Whether the noun hangs on the verb where a carried noun does: as object, passive subject, or behind the
 * preposition that belongs to the verb. */
static bool is_carried(const scene *s, uint32_t noun, const support_verb *v)
{
    deprel r = scene_token(s, noun)->rel;
    if (r == DEPREL_OBJ || r == DEPREL_NSUBJ_PASS) return true;
    if (r == DEPREL_NSUBJ) return scene_is_passive(s, (uint32_t)scene_token(s, noun)->head);
    return deprel_universal(r) == DEPREL_OBL && v->n_words > 1;
}

static void find_support(const scene *s, happening *h)
{
    uint32_t t = h->token;
    /* "a series of attacks", "dozens of air strikes": the whole stands where the part would */
    for (int i = 0; i < 3; i++) {
        const token *k = scene_token(s, t);
        bool part = (k->rel == DEPREL_NMOD && str_is(scene_preposition(s, t), "of")) || k->rel == DEPREL_CONJ;
        if (!part || k->head < 0 || scene_is_verb(s, (uint32_t)k->head)) break;
        t = (uint32_t)k->head;
    }
    int32_t head = scene_token(s, t)->head;
    if (head < 0) return;
    uint32_t verb = (uint32_t)head;
    if (scene_token(s, t)->rel == DEPREL_NSUBJ || scene_token(s, t)->rel == DEPREL_NSUBJ_PASS) h->predicate = verb;
    for (uint32_t i = map_get(&s->book->support_by_verb, scene_word(s, verb)); i != MAP_NONE; i = s->book->supports.v[i].next) {
        const support_verb *v = &s->book->supports.v[i];
        if (!is_carried(s, t, v) || !support_words(s, v, verb, t)) continue;
        if (h->support && h->support->n_words >= v->n_words) continue;
        h->support = v;
        h->predicate = verb;
    }
    if (h->predicate == h->token) h->predicate = scene_clause(s, h->token);
}

/* ---- choosing ----------------------------------------------------------------------------------- */

static uint32_t weight(const trigger_rule *r)
{
    uint32_t w = (r->n_words - 1) * 4;
    for (size_t i = 0; i < r->conditions.n; i++) w += r->conditions.v[i].forbid ? 1 : 2;
    return w;
}

/* Keeps the heaviest rule of each type, the heaviest of all first. */
static void keep_option(happening *best, const happening *h)
{
    uint32_t at = 0;
    while (at < best->n_options && best->options[at]->type != h->type) at++;
    if (at == MAX_OPTIONS) return;
    if (at == best->n_options) best->options[best->n_options++] = h->rule;
    else if (weight(h->rule) > weight(best->options[at])) best->options[at] = h->rule;
}

static bool is_better(const trigger_rule *r, const trigger_rule *than)
{
    return !than || weight(r) > weight(than) || (weight(r) == weight(than) && r->order < than->order);
}

static void try_rules(const scene *s, uint32_t t, guise g, str word, happening *best)
{
    for (uint32_t i = map_get(&s->book->by_word[g], word); i != MAP_NONE; i = s->book->rules.v[i].next) {
        const trigger_rule *r = &s->book->rules.v[i];
        happening h = {.rule = r, .type = r->type, .token = t, .first = t, .last = t, .predicate = t};
        if (g == GUISE_NOUN ? !noun_words(s, r, t, &h.first) : !verb_words(s, r, t, &h.last)) continue;
        if (g == GUISE_NOUN) find_support(s, &h);
        if (g == GUISE_ADJECTIVE) h.predicate = scene_clause(s, t);
        if (!conditions_hold(s, &h)) continue;
        keep_option(best, &h);
        if (!is_better(r, best->rule)) continue;
        memcpy(h.options, best->options, sizeof h.options);
        h.n_options = best->n_options;
        *best = h;
    }
}

static void try_noun(const scene *s, uint32_t t, happening *best)
{
    str word = scene_word(s, t);
    try_rules(s, t, GUISE_NOUN, word, best);
    if (best->rule) return;
    str norm = scene_token(s, t)->norm;
    if (!str_eq(norm, word)) try_rules(s, t, GUISE_NOUN, norm, best);
    if (!best->rule && norm.len > 3 && str_ends(norm, STR("s"))) try_rules(s, t, GUISE_NOUN, str_part(norm, 0, norm.len - 1), best);
}

/* A noun that only modifies another names that other: "attack helicopter", "ceasefire monitor". */
static bool is_modifier(const scene *s, uint32_t t)
{
    const token *k = scene_token(s, t);
    bool loose = k->rel == DEPREL_COMPOUND || k->rel == DEPREL_NMOD_POSS || k->rel == DEPREL_AMOD;
    return loose && k->head > (int32_t)t && k->rel != DEPREL_NMOD_POSS;
}

static void match_token(const scene *s, uint32_t t, happening *best)
{
    const token *k = scene_token(s, t);
    switch (k->pos) {
    case UPOS_VERB:
        try_rules(s, t, GUISE_VERB, scene_word(s, t), best);
        if (!best->rule && k->tag == XPOS_VBG) try_noun(s, t, best);
        if (!best->rule && k->tag != XPOS_VBG) try_rules(s, t, GUISE_ADJECTIVE, k->norm, best);
        break;
    case UPOS_NOUN:
    case UPOS_PROPN:
        if (is_modifier(s, t)) break;
        try_noun(s, t, best);
        break;
    case UPOS_ADJ:
    case UPOS_ADV:
    case UPOS_AUX:
    case UPOS_ADP: try_rules(s, t, GUISE_ADJECTIVE, scene_word(s, t), best); break;
    default: break;
    }
}

void happening_match(const scene *s, uint32_t n, happening_array *out)
{
    const sentence *sent = &s->doc->sentences.v[n];
    for (uint32_t t = sent->first; t < sent->first + sent->n; t++) {
        happening best = {0};
        match_token(s, t, &best);
        if (!best.rule) continue;
        /* The longer of two overlapping triggers stays. */
        if (out->n && out->v[out->n - 1].last >= best.first) {
            happening *previous = &out->v[out->n - 1];
            if (best.last - best.first > previous->last - previous->first) *previous = best;
            continue;
        }
        *array_push(s->arena, out) = best;
    }
}
