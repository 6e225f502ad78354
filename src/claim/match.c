#include "claim/happening.h"

enum { MAX_GAP = 6 };

/* ---- conditions --------------------------------------------------------------------------------- */

static bool value_fits(const scene *s, uint32_t t, const condition_value *v)
{
    if (v->group) return scene_in_class(s, t, v->group);
    if (str_is(v->word, "*")) return s->date_over[t] == MAP_NONE;
    return str_eq(scene_word(s, t), v->word) || str_eq(scene_token(s, t)->norm, v->word);
}

/* "a number of rockets", "90 per cent of the city": what the part is of counts as well. */
static bool whole_fits(const scene *s, uint32_t part, const condition_value *v)
{
    token_list wholes = {0};
    if (scene_in(s, &s->book->part_words, part)) scene_slot(s, part, STR("of"), &wholes);
    for (size_t i = 0; i < wholes.n; i++)
        if (value_fits(s, wholes.v[i], v)) return true;
    return false;
}

static bool some_filler_fits(const condition *k, const scene *s, const token_list *fillers)
{
    for (size_t i = 0; i < fillers->n; i++)
        for (size_t j = 0; j < k->values.n; j++)
            if (value_fits(s, fillers->v[i], &k->values.v[j])
                || whole_fits(s, fillers->v[i], &k->values.v[j]))
                return true;
    return false;
}

/* Of a noun also what its verb has: "launched an attack on the town". */
static void slot_of(const scene *s, const happening *h, str slot, token_list *out)
{
    size_t before = out->n;
    scene_slot(s, h->token, slot, out);
    if (h->rule->guise == GUISE_NOUN && h->predicate != h->token && out->n == before)
        scene_slot(s, h->predicate, slot, out);
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
        if (scene_token(s, h->token)->head >= 0)
            *array_push(s->arena, out) = (uint32_t)scene_token(s, h->token)->head;
    } else if (str_is(slot, "self")) {
        *array_push(s->arena, out) = h->token;
    } else {
        for (str rest = slot; rest.ptr;) slot_of(s, h, str_cut(&rest, '|'), out);
    }
}

bool happening_condition_holds(const scene *s, const happening *h, const condition *k)
{
    if (k->near)
        return ((scene_classes_near(s, scene_token(s, h->token)->sentence) & k->near) != 0) != k->forbid;
    token_list fillers = {0};
    fillers_of(s, h, k->slot, &fillers);
    return some_filler_fits(k, s, &fillers) != k->forbid;
}

static uint32_t unmet_conditions(const scene *s, const happening *h)
{
    const condition_array *conditions = &h->rule->conditions;
    uint32_t unmet = 0;
    for (size_t i = 0; i < conditions->n; i++) unmet += !happening_condition_holds(s, h, &conditions->v[i]);
    return unmet;
}

/* ---- words -------------------------------------------------------------------------------------- */

static bool is_word(const scene *s, uint32_t t, str word)
{
    return str_eq(scene_word(s, t), word) || str_eq(scene_token(s, t)->norm, word);
}

/* "at" of "shot at least 38 men" */
static bool is_of_number(const scene *s, uint32_t t)
{
    const token *k = scene_token(s, t), *of = k->head >= 0 ? scene_token(s, (uint32_t)k->head) : NULL;
    return of && k->rel == DEPREL_CASE && of->tag == XPOS_JJS && of->head >= 0
           && scene_token(s, (uint32_t)of->head)->pos == UPOS_NUM;
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
            if (!is_word(s, at, r->words[w]) || is_of_number(s, at)) continue;
            /* "advanced on Mekelle", but not "advanced towards Mekelle on Monday" */
            bool stray = w + 1 == r->n_words && at > *last + 1 && scene_token(s, at)->rel == DEPREL_CASE;
            found = !stray && (at == t + 1 || (scene_below(s, at, t) && scene_distance(s, at, t) <= 2));
            if (found) *last = at;
        }
        if (!found) return false;
    }
    return true;
}

/* Whether t is the second half of a word with a hyphen: "out" of "shoot-out". */
static bool is_second_half(const scene *s, uint32_t t)
{
    const sentence *sent = &s->doc->sentences.v[scene_token(s, t)->sentence];
    return t >= sent->first + 2 && str_is(scene_token(s, t - 1)->norm, "-")
           && !scene_token(s, t - 1)->space_before && !scene_token(s, t)->space_before;
}

/* The further words of a noun stand right before it; hyphens between them do not count. */
static bool noun_words(const scene *s, const trigger_rule *r, uint32_t t, uint32_t *first)
{
    const sentence *sent = &s->doc->sentences.v[scene_token(s, t)->sentence];
    /* "shoot-out" is one word of the rule and three of the text */
    *first = is_second_half(s, t) && !is_word(s, t, r->words[r->n_words - 1]) ? t - 2 : t;
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
        FOR_CHILDREN (s, c, verb)
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

/* "took responsibility for the blast", where the parser hangs "for" on the noun between them. */
static bool find_owner(const scene *s, happening *h)
{
    const token *k = scene_token(s, h->token),
                *between = k->head < 0 ? NULL : scene_token(s, (uint32_t)k->head);
    if (k->rel != DEPREL_NMOD || between->rel != DEPREL_OBJ || between->head < 0) return false;
    uint32_t verb = (uint32_t)between->head;
    for (uint32_t i = map_get(&s->book->support_by_verb, scene_word(s, verb)); i != MAP_NONE;
         i = s->book->supports.v[i].next) {
        const support_verb *v = &s->book->supports.v[i];
        if (v->n_words != 3 || !str_eq(v->words[1], between->norm)
            || !str_eq(v->words[2], scene_preposition(s, h->token)))
            continue;
        h->support = v;
        h->predicate = verb;
        return true;
    }
    return false;
}

static void find_support(const scene *s, happening *h)
{
    if (find_owner(s, h)) return;
    uint32_t t = h->token;
    /* "a series of attacks", "dozens of air strikes": the whole stands where the part would */
    for (int i = 0; i < 3; i++) {
        const token *k = scene_token(s, t);
        bool part =
            (k->rel == DEPREL_NMOD && str_is(scene_preposition(s, t), "of")) || k->rel == DEPREL_CONJ;
        if (!part || k->head < 0 || scene_is_verb(s, (uint32_t)k->head)) break;
        t = (uint32_t)k->head;
    }
    int32_t head = scene_token(s, t)->head;
    if (head < 0) return;
    uint32_t verb = (uint32_t)head;
    if (scene_token(s, t)->rel == DEPREL_NSUBJ || scene_token(s, t)->rel == DEPREL_NSUBJ_PASS)
        h->predicate = verb;
    for (uint32_t i = map_get(&s->book->support_by_verb, scene_word(s, verb)); i != MAP_NONE;
         i = s->book->supports.v[i].next) {
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

typedef struct choice {
    const scene *s;
    bool generous;
    happening best; /* of the rule that is preferred so far */
    uint8_t best_unmet;
} choice;

static bool is_better(const trigger_rule *r, uint32_t unmet, const trigger_rule *than, uint32_t than_unmet)
{
    if (!than || unmet != than_unmet) return !than || unmet < than_unmet;
    return weight(r) > weight(than) || (weight(r) == weight(than) && r->order < than->order);
}

/* Keeps the best rule of each type. */
static void keep_option(happening *best, const trigger_rule *r, uint32_t unmet)
{
    uint32_t at = 0;
    while (at < best->n_options && best->options[at]->type != r->type) at++;
    if (at == MAX_OPTIONS) return;
    if (at == best->n_options) best->n_options++;
    else if (!is_better(r, unmet, best->options[at], best->unmet[at])) return;
    best->options[at] = r;
    best->unmet[at] = (uint8_t)(unmet < 255 ? unmet : 255);
}

bool happening_begin(const scene *s, const trigger_rule *r, uint32_t t, happening *h)
{
    *h = (happening){.rule = r,
                     .type = r->type,
                     .token = t,
                     .first = t,
                     .last = t,
                     .predicate = t,
                     .told_with = NO_TOKEN};
    if (r->guise == GUISE_NOUN ? !noun_words(s, r, t, &h->first) : !verb_words(s, r, t, &h->last))
        return false;
    if (r->guise == GUISE_NOUN) find_support(s, h);
    if (r->guise == GUISE_ADJECTIVE) h->predicate = scene_clause(s, t);
    return true;
}

bool happening_fits(const happening *h)
{
    for (uint32_t i = 0; i < h->n_options; i++)
        if (!h->unmet[i]) return true;
    return false;
}

static void try_rule(choice *c, const trigger_rule *r, uint32_t t)
{
    const scene *s = c->s;
    happening h;
    if (!happening_begin(s, r, t, &h)) return;
    uint32_t unmet = unmet_conditions(s, &h);
    if (unmet && !c->generous) return;
    keep_option(&c->best, r, unmet);
    if (!is_better(r, unmet, c->best.rule, c->best_unmet)) return;
    memcpy(h.options, c->best.options, sizeof h.options);
    memcpy(h.unmet, c->best.unmet, sizeof h.unmet);
    h.n_options = c->best.n_options;
    c->best = h;
    c->best_unmet = (uint8_t)(unmet < 255 ? unmet : 255);
}

static void try_word(choice *c, uint32_t t, guise g, str word)
{
    const codebook *book = c->s->book;
    for (uint32_t i = map_get(&book->by_word[g], word); i != MAP_NONE; i = book->rules.v[i].next)
        try_rule(c, &book->rules.v[i], t);
}

/* "shoot-out" as "shoot-out" and "shootout". */
static void try_halves(choice *c, uint32_t t)
{
    const scene *s = c->s;
    if (!is_second_half(s, t)) return;
    str first = scene_token(s, t - 2)->norm, second = scene_word(s, t);
    static const char *const spelling[] = {"%.*s-%.*s", "%.*s%.*s"};
    for (int i = 0; i < 2 && !c->best.rule; i++)
        try_word(
            c, t, GUISE_NOUN,
            arena_format(s->arena, spelling[i], (int)first.len, first.ptr, (int)second.len, second.ptr));
}

/* As lemma, as written, and without a plural's s where the tagger took it for a name. */
static void try_noun(choice *c, uint32_t t)
{
    str word = scene_word(c->s, t), norm = scene_token(c->s, t)->norm;
    try_halves(c, t);
    if (!c->best.rule) try_word(c, t, GUISE_NOUN, word);
    if (!c->best.rule && !str_eq(norm, word)) try_word(c, t, GUISE_NOUN, norm);
    if (!c->best.rule && norm.len > 3 && str_ends(norm, STR("s")))
        try_word(c, t, GUISE_NOUN, str_part(norm, 0, norm.len - 1));
}

static void try_verb(choice *c, uint32_t t)
{
    str word = scene_word(c->s, t), norm = scene_token(c->s, t)->norm;
    try_word(c, t, GUISE_VERB, word);
    if (!c->best.rule && !str_eq(norm, word)) try_word(c, t, GUISE_VERB, norm);
}

/* "the SDF advanced on": a past tense taken for an adjective has no verb's lemma. */
static void try_participle(choice *c, uint32_t t)
{
    str norm = scene_token(c->s, t)->norm;
    if (norm.len < 5 || !str_ends(norm, STR("ed"))) return;
    try_word(c, t, GUISE_VERB, str_part(norm, 0, norm.len - 1));
    if (!c->best.rule) try_word(c, t, GUISE_VERB, str_part(norm, 0, norm.len - 2));
}

/* A noun that only modifies another names that other: "attack helicopter", "ceasefire monitor". */
static bool is_modifier(const scene *s, uint32_t t)
{
    const token *k = scene_token(s, t);
    return (k->rel == DEPREL_COMPOUND || k->rel == DEPREL_AMOD) && k->head > (int32_t)t;
}

/* Words of dates and places ("March", "Battle Creek") tell of nothing. */
static bool names_something_else(const scene *s, uint32_t t)
{
    return s->date_over[t] != MAP_NONE
           || (s->place_over[t] != MAP_NONE && scene_token(s, t)->pos == UPOS_PROPN);
}

/* Headlines and capitals make taggers take verbs for nouns. */
static bool may_be_verb(const scene *s, uint32_t t)
{
    const sentence *sent = &s->doc->sentences.v[scene_token(s, t)->sentence];
    return sent->is_headline || !sent->has_case || scene_token(s, t)->pos == UPOS_PROPN;
}

static void match_token(choice *c, uint32_t t)
{
    const token *k = scene_token(c->s, t);
    if (names_something_else(c->s, t)) return;
    switch (k->pos) {
    case UPOS_VERB:
        try_verb(c, t);
        if (!c->best.rule && (c->generous || k->tag == XPOS_VBG)) try_noun(c, t);
        if (!c->best.rule && (c->generous || k->tag != XPOS_VBG)) try_word(c, t, GUISE_ADJECTIVE, k->norm);
        break;
    case UPOS_NOUN:
    case UPOS_PROPN:
        if (is_modifier(c->s, t) && !c->generous) break;
        try_noun(c, t);
        if (!c->best.rule && c->generous && may_be_verb(c->s, t)) try_verb(c, t);
        break;
    case UPOS_ADJ:
    case UPOS_ADV:
    case UPOS_AUX:
    case UPOS_ADP:
        try_halves(c, t);
        if (!c->best.rule) try_word(c, t, GUISE_ADJECTIVE, scene_word(c->s, t));
        if (!c->best.rule && c->generous && k->pos == UPOS_ADJ) {
            try_noun(c, t);
            if (!c->best.rule) try_verb(c, t);
            if (!c->best.rule) try_participle(c, t);
        }
        break;
    default: break;
    }
}

/* ---- words that tell of nothing ------------------------------------------------------------------ */

static const trigger_rule *nothing_of(const scene *s, uint32_t t, guise g, str word, happening *h)
{
    for (uint32_t i = map_get(&s->book->nothing_by_word[g], word); i != MAP_NONE;
         i = s->book->rules.v[i].next) {
        const trigger_rule *r = &s->book->rules.v[i];
        if (happening_begin(s, r, t, h) && !unmet_conditions(s, h)) return r;
    }
    return NULL;
}

static bool may_be_guise(const token *k, guise g)
{
    bool verb = k->pos == UPOS_VERB || k->pos == UPOS_AUX;
    bool noun = k->pos == UPOS_NOUN || k->pos == UPOS_PROPN || k->tag == XPOS_VBG;
    return g == GUISE_VERB   ? verb || k->pos == UPOS_ADJ || k->pos == UPOS_PROPN
           : g == GUISE_NOUN ? noun
                             : !verb || k->tag != XPOS_VBG;
}

const trigger_rule *happening_nothing(const scene *s, uint32_t t, happening *h)
{
    str word = scene_word(s, t), norm = scene_token(s, t)->norm;
    const trigger_rule *r = NULL;
    for (int g = 0; g < N_GUISES && !r; g++) {
        if (!may_be_guise(scene_token(s, t), (guise)g)) continue;
        r = nothing_of(s, t, (guise)g, word, h);
        if (!r && !str_eq(word, norm)) r = nothing_of(s, t, (guise)g, norm, h);
    }
    return r;
}

/* Marks the words of a sentence that a rule says tell of nothing: both ends of "plead guilty". */
static const bool *find_nothing(const scene *s, const sentence *sent)
{
    bool *is_nothing = arena_new(s->arena, bool, sent->n + 1);
    for (uint32_t t = sent->first; t < sent->first + sent->n; t++) {
        happening h;
        if (happening_nothing(s, t, &h))
            is_nothing[h.first - sent->first] = is_nothing[h.last - sent->first] = true;
    }
    return is_nothing;
}

static bool is_part_of(const scene *s, const happening *before, const happening *h)
{
    bool describes = before->type == h->type || scene_token(s, before->token)->rel == DEPREL_AMOD;
    return describes && before->last + 1 == h->first && is_modifier(s, before->token)
           && scene_token(s, before->token)->head == (int32_t)h->token;
}

void happening_match(const scene *s, uint32_t n, bool generous, happening_array *out)
{
    const sentence *sent = &s->doc->sentences.v[n];
    const bool *is_nothing = find_nothing(s, sent);
    for (uint32_t t = sent->first; t < sent->first + sent->n; t++) {
        choice c = {.s = s, .generous = generous};
        if (is_nothing[t - sent->first]) continue;
        match_token(&c, t);
        if (!c.best.rule) continue;
        /* The longer of two overlapping triggers stays. */
        if (out->n && out->v[out->n - 1].last >= c.best.first) {
            happening *previous = &out->v[out->n - 1];
            bool longer = c.best.last - c.best.first > previous->last - previous->first;
            /* "car bomb blast": of two of one length the one whose head the other's is a part of */
            bool heads = c.best.last - c.best.first == previous->last - previous->first
                         && is_modifier(s, previous->token)
                         && scene_token(s, previous->token)->head == (int32_t)c.best.token;
            if (longer || heads) *previous = c.best;
            continue;
        }
        /* "combat clashes", "armed strike": one happening, told by the second word */
        if (out->n && is_part_of(s, &out->v[out->n - 1], &c.best)) out->n--;
        *array_push(s->arena, out) = c.best;
    }
}
