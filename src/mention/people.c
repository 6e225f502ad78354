/* Parties: every nominal that names people or an organisation, with its noun phrase and its kind.
 * A kind comes from a known name, else from the head noun, which a modifier, a nation or a known name beside it
 * overrules where it is only a guess. */
#include "mention/reading.h"

typedef struct party {
    bool is_party;
    mention_kind kind;
    actor_kind actor;
    bool is_named, is_pronoun;
    str name, entity, country;
} party;

static str text_country(const actor *a)
{
    return a->country;
}

static const proper_name *name_over(const reading *r, uint32_t t)
{
    return r->name_at[t] == NO_NAME ? NULL : &r->names.v[r->name_at[t]];
}

/* "Turkish-backed", "Iran-linked": the nation is not the party's own. */
static bool is_backer(const reading *r, const proper_name *a)
{
    const document *d = r->doc;
    return a->end + 1 < d->tokens.n && reading_is_joint(r, a->end)
           && (d->tokens.v[a->end + 1].tag == XPOS_VBN || d->tokens.v[a->end + 1].tag == XPOS_VBD
               || d->tokens.v[a->end + 1].pos == UPOS_VERB
               || str_ends(d->tokens.v[a->end + 1].norm, STR("ed"))
               || str_ends(d->tokens.v[a->end + 1].norm, STR("led")));
}

/* "envoy for Syria", "troops in Iraq": it is not theirs. */
static bool is_elsewhere(const reading *r, const proper_name *a, uint32_t head)
{
    str p = a->first > head ? reading_preposition(r, a->head) : STR("");
    return p.len && !str_is(p, "of") && !str_is(p, "from");
}

/* The nation that a phrase names as that of its head. */
static const nation *nation_in(const reading *r, uint32_t first, uint32_t end, uint32_t head)
{
    for (uint32_t t = first; t < end; t++) {
        const proper_name *a = name_over(r, t);
        if (a && a->nation && !is_backer(r, a) && !is_elsewhere(r, a, head)) return a->nation;
    }
    return NULL;
}

static const actor *actor_in(const reading *r, uint32_t first, uint32_t end)
{
    for (uint32_t t = first; t < end; t++) {
        const proper_name *a = name_over(r, t);
        if (a && a->actor && !is_backer(r, a)) return a->actor;
    }
    return NULL;
}

/* ---- the state's own organs: "Syrian Arab Army", "Russia's defence ministry" ------------------------------------ */

static const organ *organ_of(const reading *r, uint32_t first, uint32_t end, uint32_t head)
{
    for (uint32_t t = first; t <= head; t++) {
        if (!r->key[t].len) continue;
        uint32_t o = map_get(&r->lex->organ_words, reading_key(r, t, head + 1));
        if (o == MAP_NONE && end > head + 1) o = map_get(&r->lex->organ_words, reading_key(r, t, end));
        if (o != MAP_NONE) return &r->lex->organs.v[o];
    }
    return NULL;
}

static bool state_organ(const reading *r, uint32_t first, uint32_t end, uint32_t head, party *p)
{
    const nation *n = nation_in(r, first, end, head);
    if (!n) return false;
    const organ *o = organ_of(r, first, end, head);
    if (!o || (!n->country.len && o->kind != ACTOR_CIVILIANS)) return false;
    str before = o->pattern, after = o->pattern;
    size_t at = str_find(o->pattern, STR("%"), 0);
    before = str_part(o->pattern, 0, at);
    after = str_part(o->pattern, at + 1, SIZE_MAX);
    p->actor = o->kind;
    p->country = n->country;
    if (o->kind == ACTOR_CIVILIANS) return true;
    p->name = arena_format(r->arena, "%.*s%.*s%.*s", (int)before.len, before.ptr, (int)n->name.len,
                           n->name.ptr, (int)after.len, after.ptr);
    p->entity =
        arena_format(r->arena, "%.*s.%.*s", (int)n->slug.len, n->slug.ptr, (int)o->id.len, o->id.ptr);
    return true;
}

/* ---- kinds from words --------------------------------------------------------------------------------------------- */

static bool modifier_kind(const reading *r, uint32_t first, uint32_t head, actor_kind *kind)
{
    for (uint32_t t = head; t-- > first;) {
        head_noun h = lexicon_shape(r->lex, SHAPE_MODIFIER, r->lemma[t]);
        if (!h.known) h = lexicon_shape(r->lex, SHAPE_MODIFIER, r->key[t]);
        if (!h.known && t + 2 < head && reading_is_joint(r, t + 1))
            h = lexicon_shape(r->lex, SHAPE_MODIFIER, reading_key(r, t, t + 3));
        if (!h.known) h = lexicon_shape(r->lex, SHAPE_ORG, r->key[t]);
        if (h.known && h.kind != ACTOR_UNKNOWN) {
            *kind = h.kind;
            return true;
        }
    }
    return false;
}

static bool is_plural(const reading *r, uint32_t t)
{
    xpos tag = reading_token(r, t)->tag;
    return tag == XPOS_NNS || tag == XPOS_NNPS;
}

static head_noun head_of(const reading *r, uint32_t t)
{
    head_noun h = lexicon_head(r->lex, r->lemma[t]);
    if (!h.known) h = lexicon_head(r->lex, r->key[t]);
    str k = r->key[t];
    if (!h.known && k.len > 3 && k.ptr[k.len - 1] == 's')
        h = lexicon_head(r->lex, str_part(k, 0, k.len - 1));
    return h;
}

/* The noun behind "of" of "members of the army". */
static uint32_t complement(const reading *r, uint32_t head)
{
    FOR_CHILDREN (r, c, head)
        if (c > head && str_is(reading_preposition(r, c), "of")) return c;
    return NO_TOKEN;
}

/* "regime jets": who flies them; "armoured vehicles" names nobody. */
static bool is_owned(const reading *r, uint32_t first, uint32_t head)
{
    for (uint32_t t = first; t < head; t++) {
        head_noun n = head_of(r, t);
        if (n.known && (n.shape == SHAPE_PERSON || n.shape == SHAPE_GROUP) && n.kind != ACTOR_UNKNOWN
            && n.kind != ACTOR_CIVILIANS)
            return true;
    }
    return false;
}

static void use_actor(const reading *r, const actor *a, party *p)
{
    (void)r;
    p->name = a->name, p->entity = a->id, p->country = text_country(a), p->actor = a->kind;
}

/* "speaker", "justice" of "the parliament speaker, Aguila Saleh": words that are titles where somebody's name is apposed. */
static head_noun office_of(const reading *r, uint32_t head)
{
    uint32_t title = map_get(&r->lex->titles, r->lemma[head]);
    FOR_CHILDREN (r, c, head) {
        const proper_name *a = name_over(r, c);
        if (title != MAP_NONE && reading_token(r, c)->rel == DEPREL_APPOS && a && a->kind == PROPER_PERSON)
            return (head_noun){.known = true, .shape = SHAPE_PERSON, .kind = (actor_kind)title};
    }
    return (head_noun){0};
}

/* "Labour peer Lord Hadley", "front-runner Susan Hale": a word that no table knows, yet somebody's name follows it. */
static head_noun bearer_of(const reading *r, uint32_t head)
{
    const token *k = reading_token(r, head);
    const uint32_t at =
        k->pos == UPOS_NOUN && r->name_at[head] == NO_NAME ? reading_name_behind(r, head) : NO_NAME;
    if (at == NO_NAME || r->names.v[at].kind != PROPER_PERSON) return (head_noun){0};
    return (head_noun){.known = true, .shape = SHAPE_PERSON, .kind = r->names.v[at].role, .is_guess = true};
}

static party described(const reading *r, uint32_t head, uint32_t first, uint32_t end, int depth)
{
    party p = {.kind = MENTION_PERSON};
    head_noun h = r->taken[head] ? lexicon_shape(r->lex, SHAPE_PLATFORM, r->lemma[head]) : head_of(r, head);
    if (!h.known && !r->taken[head]) h = office_of(r, head);
    if (!h.known && !r->taken[head]) h = bearer_of(r, head);
    /* "Ukrainian air defences" are a weapon and an organ of the state */
    if (!h.known && r->taken[head] && state_organ(r, first, end, head, &p)) {
        p.kind = MENTION_ORGANISATION;
        p.is_party = true;
        return p;
    }
    if (!h.known || (h.shape == SHAPE_ORG && is_plural(r, head) && h.kind == ACTOR_UNKNOWN)) return p;
    uint32_t of = complement(r, head);
    bool light = of != NO_TOKEN && lexicon_shape(r->lex, SHAPE_LIGHT, r->lemma[head]).known;
    if (light || h.shape == SHAPE_LIGHT
        || (h.shape != SHAPE_PLATFORM && h.is_guess && of != NO_TOKEN && h.kind == ACTOR_UNKNOWN)) {
        if (of == NO_TOKEN || depth > 3)
            return h.shape == SHAPE_LIGHT ? p : (party){.is_party = true, .kind = MENTION_ORGANISATION};
        uint32_t f, e;
        phrase_of(r, of, &f, &e);
        const proper_name *a = name_over(r, of);
        if (a && a->actor) {
            use_actor(r, a->actor, &p);
            p.is_party = true;
            return p;
        }
        party whole = described(r, of, f, e, depth + 1);
        if (h.shape == SHAPE_PERSON) whole.kind = MENTION_PERSON;
        if (whole.is_party || h.shape == SHAPE_LIGHT || h.kind != ACTOR_UNKNOWN) return whole;
    }
    const actor *known = actor_in(r, first, head);
    if (!known && of != NO_TOKEN && name_over(r, of)) known = name_over(r, of)->actor;
    p.is_party = true;
    p.kind = h.shape == SHAPE_PERSON ? MENTION_PERSON : MENTION_ORGANISATION;
    p.actor = h.kind;
    actor_kind by_modifier = ACTOR_UNKNOWN;
    bool modified = modifier_kind(r, first, head, &by_modifier);
    bool state = state_organ(r, first, end, head, &p);
    if (h.shape == SHAPE_PLATFORM) {
        if (state) return p;
        p.is_party = (modified && is_owned(r, first, head)) || known;
        if (known) use_actor(r, known, &p);
        else if (modified && by_modifier != ACTOR_CIVILIANS) p.actor = by_modifier;
        p.kind = MENTION_ORGANISATION;
        return p;
    }
    if (known && (h.is_guess || h.kind == ACTOR_UNKNOWN || h.shape == SHAPE_GROUP)) {
        use_actor(r, known, &p);
        if (h.shape == SHAPE_PERSON && !is_plural(r, head)) p.name = p.entity = STR("");
    } else if (modified && (h.is_guess || (h.kind == ACTOR_UNKNOWN))
               && !(state && p.actor != ACTOR_UNKNOWN)) {
        p.actor = by_modifier;
        if (state) p.actor = by_modifier;
    }
    return p;
}

/* ---- names ---------------------------------------------------------------------------------------------------------- */

static party named_organisation(const reading *r, const proper_name *a, uint32_t first, uint32_t end)
{
    party p = {.is_party = true, .kind = MENTION_ORGANISATION, .is_named = true};
    for (uint32_t t = a->end; t-- > a->first;) {
        head_noun h = lexicon_shape(r->lex, SHAPE_ORG, r->key[t]);
        if (!h.known) h = lexicon_shape(r->lex, SHAPE_GROUP, r->key[t]);
        if (h.known && h.kind != ACTOR_UNKNOWN) {
            p.actor = h.kind;
            break;
        }
    }
    actor_kind kind;
    if (p.actor == ACTOR_UNKNOWN && modifier_kind(r, first, a->end, &kind)) p.actor = kind;
    state_organ(r, first, end, a->end - 1, &p);
    return p;
}

static party named(const reading *r, const proper_name *a, uint32_t first, uint32_t end)
{
    party p = {.kind = MENTION_ORGANISATION, .is_named = true};
    switch (a->kind) {
    case PROPER_ACTOR:
        use_actor(r, a->actor, &p);
        p.is_party = true;
        return p;
    case PROPER_ORG: return named_organisation(r, a, first, end);
    case PROPER_PERSON: {
        p = (party){.is_party = true, .kind = MENTION_PERSON, .actor = a->role, .is_named = true};
        actor_kind kind;
        const nation *n = nation_in(r, first, end, a->head);
        if (n) p.country = n->country;
        if (p.actor == ACTOR_UNKNOWN && modifier_kind(r, first, a->first, &kind)) p.actor = kind;
        return p;
    }
    case PROPER_PEOPLE:
        p = (party){.is_party = true,
                    .kind = MENTION_PERSON,
                    .actor = ACTOR_CIVILIANS,
                    .is_named = true,
                    .country = a->nation->country};
        return p;
    default: return p;
    }
}

/* ---- pronouns ------------------------------------------------------------------------------------------------------- */

static bool is_pronoun(const reading *r, uint32_t t)
{
    const token *k = reading_token(r, t);
    if (k->pos != UPOS_PRON) return false;
    return k->tag == XPOS_PRP || k->tag == XPOS_PRPS || k->tag == XPOS_WP || k->tag == XPOS_WPS;
}

static bool is_argument(deprel rel)
{
    switch (deprel_universal(rel)) {
    case DEPREL_NSUBJ:
    case DEPREL_OBJ:
    case DEPREL_OBL:
    case DEPREL_NMOD:
    case DEPREL_IOBJ: return true;
    default: return false;
    }
}

/* "the wounded", "the displaced" */
static bool is_nominal_adjective(const reading *r, uint32_t t)
{
    const token *k = reading_token(r, t);
    if (k->pos != UPOS_ADJ && k->pos != UPOS_VERB) return false;
    return is_argument(k->rel) && reading_child(r, t, DEPREL_DET) != NO_TOKEN;
}

/* "the 19-year-old": somebody told by age, not a man who is that old */
static bool is_aged(const reading *r, uint32_t t)
{
    const token *k = reading_token(r, t);
    return reading_age(r, t) != t && (is_argument(k->rel) || k->rel == DEPREL_ROOT || k->rel == DEPREL_CONJ)
           && k->rel != DEPREL_OBL_UNMARKED;
}

/* "State" and "John Kerry" of "Secretary of State John Kerry" */
static bool is_of_office(const reading *r, uint32_t title, uint32_t t)
{
    const uint32_t end = reading_office_end(r, title);
    if (end == title + 1 || t < end) return t < end;
    return r->name_at[t] != NO_NAME && r->names.v[r->name_at[t]].first == end
           && r->names.v[r->name_at[t]].kind == PROPER_PERSON;
}

static bool is_nominal_head(const reading *r, uint32_t t)
{
    const token *k = reading_token(r, t);
    if (k->pos != UPOS_NOUN && k->pos != UPOS_PROPN && k->pos != UPOS_X && !is_nominal_adjective(r, t)
        && !(r->name_at[t] != NO_NAME && k->pos != UPOS_PUNCT))
        return false;
    deprel d = deprel_universal(k->rel);
    uint32_t h = reading_head(r, t);
    bool inside = d == DEPREL_FLAT || d == DEPREL_GOESWITH || d == DEPREL_FIXED
                  || (d == DEPREL_COMPOUND && h != NO_TOKEN && r->name_at[t] == NO_NAME)
                  || (k->rel == DEPREL_NMOD_DESC && h != NO_TOKEN && t < h && r->name_at[t] == NO_NAME)
                  || (d == DEPREL_NMOD && h != NO_TOKEN && h < t && is_of_office(r, h, t));
    return !inside;
}

/* "army offensive", "terrorist attack": the party that a happening is called after. */
static bool names_a_doer(const reading *r, uint32_t t)
{
    const token *k = reading_token(r, t);
    uint32_t h = reading_head(r, t);
    if (r->taken[t] || r->name_at[t] != NO_NAME || h == NO_TOKEN || h < t
        || (k->pos != UPOS_NOUN && k->pos != UPOS_ADJ && k->pos != UPOS_PROPN))
        return false;
    if (k->rel != DEPREL_COMPOUND && k->rel != DEPREL_AMOD) return false;
    if (reading_is_joint(r, t + 1) || (t > 0 && reading_is_joint(r, t - 1)) || head_of(r, h).known)
        return false;
    head_noun n = head_of(r, t);
    /* "rebel fire", but no "major attack", "general strike", "local elections" */
    if (k->pos == UPOS_ADJ && n.kind != ACTOR_REBELS && n.kind != ACTOR_EXTREMISTS
        && n.shape != SHAPE_GROUP)
        return false;
    return n.known && n.kind != ACTOR_UNKNOWN && (n.shape == SHAPE_PERSON || n.shape == SHAPE_GROUP);
}

/* "Border Security Force (BSF)": the short name in brackets belongs to the long one. */
static uint32_t with_acronym(const reading *r, uint32_t end)
{
    if (end + 2 >= sentence_end(reading_sentence(r, end - 1))) return end;
    str open = reading_token(r, end)->norm, close = reading_token(r, end + 2)->norm;
    bool brackets = (str_is(open, "(") && str_is(close, ")")) || (str_is(open, "[") && str_is(close, "]"));
    return brackets && reading_is_caps(r, end + 1) && !r->taken[end + 1] ? end + 3 : end;
}

static void add(reading *r, uint32_t head, uint32_t first, uint32_t end, const party *p)
{
    if (r->mention_at[head] != MAP_NONE) return;
    mention m = {.kind = p->kind,
                 .first = first,
                 .n = end - first,
                 .head = head,
                 .is_named = p->is_named || p->entity.len,
                 .is_pronoun = p->is_pronoun,
                 .actor = p->actor,
                 .name = p->name,
                 .entity = p->entity,
                 .country = p->country};
    m.at = span_join(reading_token(r, first)->at, reading_token(r, end - 1)->at);
    r->mention_at[head] = (uint32_t)r->doc->mentions.n;
    *array_push(r->arena, &r->doc->mentions) = m;
}

static void add_adjective(reading *r, const proper_name *a)
{
    party p = {.kind = MENTION_NATIONALITY,
               .is_named = true,
               .name = a->nation->name,
               .country = a->nation->country};
    if (p.country.len) p.actor = ACTOR_GOVERNMENT;
    add(r, a->head, a->first, a->end, &p);
}

/* Description and name are one: "Foreign Minister Sergei Lavrov", "the news agency Xinhua". */
static void take_name_behind(const reading *r, uint32_t head, uint32_t first, uint32_t end, party *p)
{
    const uint32_t at = reading_name_behind(r, head);
    const proper_name *a = at == NO_NAME ? NULL : &r->names.v[at];
    if (!a || a->end > end) return;
    if (p->kind == MENTION_PERSON) p->is_named = p->is_named || a->kind == PROPER_PERSON;
    else if (a->kind == PROPER_ACTOR || a->kind == PROPER_ORG) *p = named(r, a, first, end);
}

/* The name belongs to the mention of its description. */
static bool is_described(const reading *r, uint32_t t)
{
    const uint32_t h = reading_head(r, t);
    return h != NO_TOKEN && h < t && r->mention_at[h] != MAP_NONE && r->name_at[h] != r->name_at[t]
           && reading_name_behind(r, h) == r->name_at[t];
}

static void read_nominal(reading *r, uint32_t t)
{
    const proper_name *a = name_over(r, t);
    if (a && (a->head != t || a->is_acting_state)) return;
    if (a && a->kind == PROPER_ADJECTIVE) {
        add_adjective(r, a);
        return;
    }
    if (a && (a->kind == PROPER_PLACE || a->kind == PROPER_NATION || is_described(r, t))) return;
    uint32_t first, end;
    phrase_of(r, t, &first, &end);
    party p = {0};
    if (a) p = named(r, a, first, end);
    if (!p.is_party) p = described(r, t, first, end, 0);
    if (p.is_party) take_name_behind(r, t, first, end, &p);
    if (p.is_party && p.kind == MENTION_ORGANISATION && (p.is_named || p.entity.len))
        end = with_acronym(r, end);
    if (p.is_party) add(r, t, first, end, &p);
}

void mentions_of_parties(reading *r)
{
    for (uint32_t t = 0; t < r->doc->tokens.n; t++) {
        if (is_pronoun(r, t)) {
            bool thing = lexicon_has(r->lex, SET_IT, r->key[t]);
            party p = {.kind = thing ? MENTION_ORGANISATION : MENTION_PERSON, .is_pronoun = true};
            add(r, t, t, t + 1, &p);
        } else if (names_a_doer(r, t)) {
            head_noun n = head_of(r, t);
            party p = {.kind = n.shape == SHAPE_PERSON ? MENTION_PERSON : MENTION_ORGANISATION,
                       .actor = n.kind};
            add(r, t, t, t + 1, &p);
        } else if (is_aged(r, t)) {
            party p = {.kind = MENTION_PERSON, .actor = ACTOR_CIVILIANS};
            add(r, t, reading_age(r, t), t + 1, &p);
        } else if (is_nominal_head(r, t)) {
            read_nominal(r, t);
        }
    }
}
