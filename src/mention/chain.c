#include "mention/chain.h"

enum { FAR_SENTENCES = 12 };

static str words_of(const chaining *c, uint32_t m)
{
    return reading_key(c->r, c->v[m].first, c->v[m].first + c->v[m].n);
}

static bool has_word(str words, str word)
{
    if (!word.len) return true;
    for (str rest = words; rest.ptr;)
        if (str_eq(str_cut(&rest, ' '), word)) return true;
    return false;
}

bool chain_is_plural(const chaining *c, uint32_t m)
{
    const token *k = reading_token(c->r, c->v[m].head);
    return k->tag == XPOS_NNS || k->tag == XPOS_NNPS || str_is(c->r->lemma[c->v[m].head], "people");
}

static uint32_t sentence_of(const chaining *c, uint32_t m)
{
    return reading_token(c->r, c->v[m].head)->sentence;
}

/* ---- names --------------------------------------------------------------------------------------------------- */

/* The name inside a phrase: the one behind a description, else that over its head. */
static const proper_name *name_in(const chaining *c, uint32_t m)
{
    const reading *r = c->r;
    const mention *v = &c->v[m];
    uint32_t over = reading_name_behind(r, v->head);
    if (over == NO_NAME || r->names.v[over].end > v->first + v->n) over = r->name_at[v->head];
    return over == NO_NAME || r->names.v[over].kind == PROPER_ADJECTIVE ? NULL : &r->names.v[over];
}

static void link_by_key(chaining *c, map *seen, str key, uint32_t m)
{
    if (!key.len) return;
    map_slot *s = map_put(c->r->arena, seen, key);
    if (s->value == MAP_NONE) s->value = m;
    else if (c->link[m] == m && s->value != m) c->link[m] = s->value;
}

/* Initials of the capitalised words: "Syrian Democratic Forces" -> "sdf". */
static str initials(const chaining *c, const mention *m)
{
    char *out = arena_alloc(c->r->arena, m->n + 1, 1, 1);
    size_t n = 0;
    for (uint32_t t = m->first; t < m->first + m->n; t++)
        if (c->r->key[t].len && reading_is_upper(c->r, t)) out[n++] = c->r->key[t].ptr[0];
    return (str){out, n};
}

/* "Syrian Democratic Forces (SDF)": the brackets give a second name. */
static bool is_bracketed_name_of(const chaining *c, uint32_t m, uint32_t before)
{
    const mention *a = &c->v[before], *b = &c->v[m];
    if (b->first == 0 || !str_is(reading_token(c->r, b->first - 1)->norm, "(")) return false;
    return (a->first + a->n == b->first - 1 || a->first + a->n == b->first + b->n + 1)
           && a->kind == b->kind;
}

static void take_entity(mention *v, const mention *from)
{
    if (from->entity.len)
        v->name = from->name, v->entity = from->entity, v->country = from->country, v->actor = from->actor;
}

/* Whatever else is called MoD: behind "Russian Ministry of Defense" in brackets, this is. */
static bool take_bracketed_name(chaining *c, uint32_t m)
{
    enum { INNER_MENTIONS = 4 };
    for (uint32_t back = 1; back <= INNER_MENTIONS && back <= m; back++) {
        if (!is_bracketed_name_of(c, m, m - back)) continue;
        c->link[m] = m - back;
        take_entity(&c->v[m], &c->v[m - back]);
        return true;
    }
    return false;
}

/* What two mentions of one entity share: a table's actor its id; "Syrian army" and "Syrian jets" are one entity, yet not
 * one thing, so that the noun counts too. */
static str entity_key(const chaining *c, uint32_t m, const proper_name *a)
{
    const mention *v = &c->v[m];
    if (!v->entity.len || (v->kind == MENTION_PERSON && !chain_is_plural(c, m))) return STR("");
    if (a && (a->actor || a->is_acting_state)) return v->entity;
    str head = c->r->lemma[v->head];
    return arena_format(c->r->arena, "%.*s %.*s", (int)v->entity.len, v->entity.ptr, (int)head.len,
                        head.ptr);
}

static void link_last_name(chaining *c, map *persons, const proper_name *a, uint32_t m)
{
    const reading *r = c->r;
    map_slot *s = map_put(r->arena, persons, r->key[a->end - 1]);
    if (s->value == MAP_NONE) s->value = m;
    else if (c->link[m] == m && s->value != m && c->v[s->value].kind == MENTION_PERSON)
        c->link[m] = s->value;
}

void chain_names(chaining *c)
{
    map by_entity = {0}, by_key = {0}, by_initials = {0}, persons = {0};
    for (uint32_t m = 0; m < c->n; m++) {
        mention *v = &c->v[m];
        if (v->kind == MENTION_LOCATION) link_by_key(c, &by_key, words_of(c, m), m);
        if (!chain_is_party(v) || v->is_pronoun) continue;
        const proper_name *a = name_in(c, m);
        const bool named = a && a->kind != PROPER_NATION;
        if (!named || !take_bracketed_name(c, m)) link_by_key(c, &by_entity, entity_key(c, m, a), m);
        if (!named) continue;
        const uint32_t office = reading_office_end(c->r, a->end - 1);
        link_by_key(c, &by_key, office > a->end ? reading_key(c->r, a->first, office) : a->key, m);
        /* one spelling is one entity: "the MoD" behind "(MoD)" */
        if (c->link[m] != m && v->entity.len) take_entity(v, &c->v[c->link[m]]);
        if (office > a->end) continue; /* "Secretary of State": other secretaries are others */
        if (v->kind == MENTION_PERSON && a->kind == PROPER_PERSON) link_last_name(c, &persons, a, m);
        if (v->kind != MENTION_ORGANISATION) continue;
        if (a->end - a->first > 1) link_by_key(c, &by_initials, initials(c, v), m);
        else if (reading_is_caps(c->r, a->first)) link_by_key(c, &by_initials, a->key, m);
    }
}

/* ---- descriptions ---------------------------------------------------------------------------------------------- */

static bool is_definite(const chaining *c, uint32_t m)
{
    const uint32_t first = c->v[m].first;
    if (first == 0) return false;
    str w = c->r->key[first - 1];
    return str_is(w, "the") || str_is(w, "this") || str_is(w, "these") || str_is(w, "those");
}

static bool is_armed(actor_kind k)
{
    return k == ACTOR_REBELS || k == ACTOR_MILITIA || k == ACTOR_EXTREMISTS;
}

/* Every word of the description but the head stands in the candidate too. */
static bool modifiers_fit(const chaining *c, uint32_t m, str candidate)
{
    const mention *v = &c->v[m];
    for (uint32_t t = v->first; t < v->first + v->n; t++)
        if (t != v->head && c->r->key[t].len && !has_word(candidate, c->r->key[t])) return false;
    return true;
}

static bool stands_for(const chaining *c, uint32_t m, uint32_t candidate)
{
    const mention *v = &c->v[m], *a = &c->v[candidate];
    const reading *r = c->r;
    if (!chain_is_party(a) || a->is_pronoun || a->first + a->n > v->first || candidate == m) return false;
    str words = words_of(c, candidate);
    bool general = lexicon_has(r->lex, SET_VAGUE, r->lemma[v->head]) && v->n == 1 && a->is_named
                   && a->kind == MENTION_ORGANISATION && (is_armed(a->actor) || a->actor == ACTOR_UNKNOWN);
    if (general) return true;
    if (chain_is_plural(c, m) != chain_is_plural(c, candidate)) return false;
    bool same_head =
        str_eq(r->lemma[v->head], r->lemma[a->head]) || (a->is_named && has_word(words, r->key[v->head]));
    return same_head && modifiers_fit(c, m, words);
}

static void inherit(chaining *c, uint32_t m, uint32_t from)
{
    mention *v = &c->v[m];
    const mention *a = &c->v[from];
    if (v->entity.len || (v->kind == MENTION_PERSON && !chain_is_plural(c, m) && !a->entity.len)) return;
    v->name = a->name, v->entity = a->entity;
    if (!v->country.len) v->country = a->country;
    if (a->actor != ACTOR_UNKNOWN && a->entity.len) v->actor = a->actor;
}

/* It is a name, and not only a description that holds one ("the armed wing of Fatah"). */
static bool has_name(const chaining *c, uint32_t m)
{
    const proper_name *a = name_in(c, m);
    return a && a->kind != PROPER_NATION && a->kind != PROPER_PLACE;
}

/* "UN Secretary-General", "UN High Commissioner for Human Rights": what the tables know as a body is somebody's office. */
static bool is_office(const chaining *c, uint32_t m)
{
    const mention *v = &c->v[m];
    for (uint32_t t = v->first; v->kind == MENTION_ORGANISATION && t <= v->head; t++)
        if (map_get(&c->r->lex->titles, c->r->key[t]) != MAP_NONE) return true;
    return false;
}

/* "Al-Aqsa Brigades" are one body. */
static bool is_one(const chaining *c, uint32_t m)
{
    return !chain_is_plural(c, m) || (c->v[m].kind == MENTION_ORGANISATION && has_name(c, m));
}

/* "another source, a local official" */
static bool is_indefinite(const chaining *c, uint32_t m)
{
    const uint32_t det = reading_child(c->r, c->v[m].head, DEPREL_DET);
    return det != NO_TOKEN && (str_is(c->r->key[det], "a") || str_is(c->r->key[det], "an"));
}

static bool is_below(const chaining *c, uint32_t t, uint32_t top)
{
    enum { MAX_CLIMB = 8 };
    for (int i = 0; i < MAX_CLIMB && t != NO_TOKEN; i++, t = reading_head(c->r, t))
        if (t == top) return true;
    return false;
}

/* The first word behind what goes with the noun but not into its phrase: "the ambassador to Kenya, Robert Halden". */
static uint32_t complement_end(const chaining *c, uint32_t head, uint32_t from, uint32_t limit)
{
    enum { COMPLEMENT_WORDS = 8 };
    uint32_t t = from;
    while (t < limit && t < from + COMPLEMENT_WORDS && c->r->key[t].len && is_below(c, t, head)) t++;
    return t + 1 == limit && t > from ? t : from;
}

/* "Minister" of "Kenji Mori, Minister of Trade, Energy, and Industry", which the parser takes for a list of parties. */
static bool is_office_in_list(const chaining *c, uint32_t m)
{
    const mention *v = &c->v[m];
    const uint32_t h = reading_head(c->r, v->head), who = h == NO_TOKEN ? MAP_NONE : c->who_at[h];
    return reading_token(c->r, v->head)->rel == DEPREL_CONJ && who != MAP_NONE && who < m
           && c->v[who].kind == MENTION_PERSON && c->v[who].is_named
           && reading_child(c->r, v->head, DEPREL_CC) == NO_TOKEN
           && map_get(&c->r->lex->titles, c->r->key[v->head]) != MAP_NONE && v->head == v->first
           && c->v[m].n > 1;
}

/* "Altin, the gunman", "the gunman, Altin", "the ELN, a guerrilla group", "a source, an officer": the mention that this one
 * stands beside as an apposition, mostly one with a name and one without; MAP_NONE. Lists look alike where the parser errs, so each stands for one. */
static uint32_t apposed_to(const chaining *c, uint32_t m)
{
    const reading *r = c->r;
    const mention *v = &c->v[m];
    const uint32_t h = reading_head(r, v->head);
    const bool office = is_office_in_list(c, m);
    if ((reading_token(r, v->head)->rel != DEPREL_APPOS && !office) || h == NO_TOKEN || c->who_at[h] >= m)
        return MAP_NONE;
    const mention *a = &c->v[c->who_at[h]];
    const uint32_t end = a->first + a->n;
    const uint32_t gap = complement_end(c, h, end, v->first);
    bool beside = gap == v->first || (gap < v->first && v->first - gap <= 2 && !r->key[gap].len);
    bool holder = (v->kind == MENTION_PERSON && v->is_named && is_office(c, c->who_at[h]))
                  || (a->kind == MENTION_PERSON && a->is_named && is_office(c, m));
    bool one = is_one(c, m) && is_one(c, c->who_at[h]) && (holder || a->kind == v->kind);
    bool list =
        reading_child(r, h, DEPREL_CONJ) != NO_TOKEN || reading_child(r, v->head, DEPREL_CONJ) != NO_TOKEN;
    if (!beside || !one || (list && !office) || a->is_pronoun) return MAP_NONE;
    bool names = office || holder || has_name(c, c->who_at[h]) != has_name(c, m);
    return names || (!has_name(c, m) && is_indefinite(c, m)) ? c->who_at[h] : MAP_NONE;
}

static void chain_appositions(chaining *c)
{
    for (uint32_t m = 1; m < c->n; m++) {
        if (!chain_is_party(&c->v[m]) || c->link[m] != m) continue;
        uint32_t beside = apposed_to(c, m);
        if (beside == MAP_NONE) continue;
        c->link[m] = beside;
        if (has_name(c, beside) && c->v[m].kind == c->v[beside].kind) take_entity(&c->v[m], &c->v[beside]);
        inherit(c, m, beside);
    }
}

void chain_descriptions(chaining *c)
{
    chain_appositions(c);
    for (uint32_t m = 1; m < c->n; m++) {
        const mention *v = &c->v[m];
        if (!chain_is_party(v) || v->is_pronoun || v->is_named || c->link[m] != m || !is_definite(c, m))
            continue;
        uint32_t here = sentence_of(c, m);
        for (uint32_t i = m; i-- > 0 && sentence_of(c, i) + FAR_SENTENCES >= here;) {
            if (!stands_for(c, m, i)) continue;
            c->link[m] = i;
            inherit(c, m, i);
            break;
        }
    }
}

/* ---- together ----------------------------------------------------------------------------------------------------- */

static void index_heads(chaining *c)
{
    size_t n = c->r->doc->tokens.n;
    uint32_t **arrays[] = {&c->who_at, &c->where_at};
    for (size_t i = 0; i < 2; i++) {
        *arrays[i] = arena_new(c->r->arena, uint32_t, n + 1);
        memset(*arrays[i], 0xff, (n + 1) * sizeof **arrays[i]);
    }
    for (uint32_t m = 0; m < c->n; m++) {
        if (chain_is_party(&c->v[m])) c->who_at[c->v[m].head] = m;
        if (c->v[m].kind == MENTION_LOCATION) c->where_at[c->v[m].head] = m;
    }
}

void mentions_chain(reading *r)
{
    chaining c = {.r = r, .v = r->doc->mentions.v, .n = (uint32_t)r->doc->mentions.n};
    c.link = arena_new(r->arena, uint32_t, c.n + 1);
    for (uint32_t m = 0; m < c.n; m++) c.link[m] = m;
    index_heads(&c);
    chain_names(&c);
    chain_descriptions(&c);
    chain_pronouns(&c);
    uint32_t chains = 0;
    for (uint32_t m = 0; m < c.n; m++) c.v[m].chain = 0;
    for (uint32_t m = 0; m < c.n; m++) {
        uint32_t root = m;
        /* links of relative pronouns may point forward past others, never in a circle of more than n steps */
        for (uint32_t i = 0; i < c.n && c.link[root] != root; i++) root = c.link[root];
        if (!c.v[root].chain) c.v[root].chain = ++chains;
        c.v[m].chain = c.v[root].chain;
    }
}
