/* Places: the span of each ("Idlib province", "northern Aleppo"), and whether it is the place or its government. */
#include "mention/reading.h"

static bool in(const reading *r, word_set set, str key)
{
    return lexicon_has(r->lex, set, key);
}

/* Verbs and prepositions whose object is a party and not a place. */
static bool takes_party(const reading *r, const proper_name *a)
{
    const token *k = reading_token(r, a->head);
    uint32_t h = reading_head(r, a->head);
    if (h == NO_TOKEN) return false;
    str p = reading_preposition(r, a->head);
    if (k->rel == DEPREL_OBJ || k->rel == DEPREL_IOBJ || k->rel == DEPREL_NSUBJ_PASS)
        return in(r, SET_ADDRESS, r->lemma[h]);
    if (str_is(p, "on") || str_is(p, "upon"))
        return in(r, SET_ADDRESS, r->lemma[h]); /* "called on Russia" */
    if (str_is(p, "by")) return reading_token(r, h)->pos == UPOS_VERB;
    /* "the border with Iraq" */
    return str_is(p, "with") && !in(r, SET_PART, r->lemma[h])
           && (reading_token(r, h)->pos == UPOS_VERB || reading_token(r, h)->pos == UPOS_NOUN);
}

static bool is_copular(const reading *r, uint32_t v)
{
    FOR_CHILDREN (r, c, v)
        if (reading_token(r, c)->rel == DEPREL_COP) return true;
    return false;
}

/* "Moscow denied", "Turkey deployed": a capital with verbs of speech and decision, a country with any deed. */
static bool acts(const reading *r, const proper_name *a)
{
    const token *k = reading_token(r, a->head);
    uint32_t h = reading_head(r, a->head);
    for (int i = 0; i < 8 && h != NO_TOKEN && k->rel == DEPREL_CONJ; i++)
        k = reading_token(r, h), h = reading_head(r, h);
    if (h == NO_TOKEN || k->rel != DEPREL_NSUBJ || is_copular(r, h)) return false;
    const token *v = reading_token(r, h);
    if (in(r, SET_SPEECH, r->lemma[h]) || in(r, SET_DEED, r->lemma[h])) return true;
    if (a->kind != PROPER_NATION || v->pos != UPOS_VERB) return false;
    return !in(r, SET_BEFALLEN, r->lemma[h]);
}

static const nation *seat_of(const reading *r, const proper_name *a)
{
    uint32_t n = map_get(&r->lex->nation_seats, a->key);
    return n == MAP_NONE ? NULL : &r->lex->nations.v[n];
}

static bool is_state(const reading *r, const proper_name *a)
{
    return a->kind == PROPER_NATION || seat_of(r, a);
}

/* A place that is named but not meant as the place of anything. */
static void add_allusion(reading *r, uint32_t first, uint32_t end, place_use use)
{
    span at = span_join(reading_token(r, first)->at, reading_token(r, end - 1)->at);
    *array_push(r->arena, &r->doc->allusions) = (mention){.kind = MENTION_LOCATION,
                                                          .at = at,
                                                          .first = first,
                                                          .n = end - first,
                                                          .head = reading_top(r, first, end),
                                                          .is_named = true,
                                                          .use = use};
}

/* "US measures", "the UK driving licence": a country's name beside a noun, not an adjective. */
static void allude_beside(reading *r, const proper_name *a)
{
    if (r->places && reading_place(r, a->first, a->end).is_country)
        add_allusion(r, a->first, a->end, NAMED_MODIFIER);
}

static bool covers_location(const reading *r, uint32_t first, uint32_t end)
{
    for (size_t i = r->doc->mentions.n; i-- > 0;) {
        const mention *m = &r->doc->mentions.v[i];
        if (m->kind == MENTION_LOCATION && m->first < end && first < m->first + m->n) return true;
    }
    return false;
}

static bool is_great(const place_hint *h)
{
    return h->known && (h->is_country || h->is_admin || h->population >= 30000);
}

/* "Aleppo Media Centre", "University of California": the place that a body's name speaks of, by its longest part that is
 * one and no ordinary word. */
static void allude_inside(reading *r, const proper_name *a)
{
    if (!r->places || in(r, SET_GIVEN, r->key[a->first]) || covers_location(r, a->first, a->end)) return;
    if (reading_place(r, a->first, a->end).population > 200000000) { /* the European Union is land, too */
        add_allusion(r, a->first, a->end, NAMED_GOVERNMENT);
        return;
    }
    for (uint32_t n = a->end - a->first; n-- > 1;)
        for (uint32_t first = a->first; first + n <= a->end; first++) {
            bool large =
                reading_is_upper(r, first) && reading_is_upper(r, first + n - 1) && r->key[first].len > 2;
            bool word = n == 1
                        && (in(r, SET_NOT_PLACE, r->key[first])
                            || lexicon_shape(r->lex, SHAPE_ORG, r->key[first]).known);
            if (!large || word) continue;
            place_hint h = reading_place(r, first, first + n);
            if (!is_great(&h)) continue;
            add_allusion(r, first, first + n, NAMED_NAME);
            return;
        }
}

static void add_state(reading *r, proper_name *a)
{
    const nation *n = a->nation ? a->nation : seat_of(r, a);
    span at = span_join(reading_token(r, a->first)->at, reading_token(r, a->end - 1)->at);
    mention m = {.kind = MENTION_ORGANISATION,
                 .at = at,
                 .first = a->first,
                 .n = a->end - a->first,
                 .head = a->head,
                 .is_named = true,
                 .actor = ACTOR_GOVERNMENT,
                 .country = n->country};
    m.name = arena_format(r->arena, "Government of %.*s", (int)n->name.len, n->name.ptr);
    m.entity = arena_format(r->arena, "%.*s.government", (int)n->slug.len, n->slug.ptr);
    add_allusion(r, a->first, a->end, NAMED_GOVERNMENT);
    a->is_acting_state = true;
    r->mention_at[a->head] = (uint32_t)r->doc->mentions.n;
    *array_push(r->arena, &r->doc->mentions) = m;
}

/* "Harun town": written small it tells what the place is, and is no part of its name. */
static bool is_loose(const reading *r, uint32_t t)
{
    return in(r, SET_LOOSE, r->key[t]) && !reading_is_upper(r, t) && reading_sentence(r, t)->has_case;
}

/* A generic that belongs to the name: "province" behind it, hanging together with it in the tree. */
static uint32_t generic_end(const reading *r, const proper_name *a, uint32_t *head)
{
    uint32_t end = a->end, limit = sentence_end(reading_sentence(r, a->first));
    for (int i = 0; i < 3 && end < limit; i++) {
        const token *k = reading_token(r, end);
        bool fits = in(r, SET_AFTER, r->key[end]) && !is_loose(r, end)
                    && (k->pos == UPOS_NOUN || k->pos == UPOS_PROPN) && !r->taken[end]
                    && (r->name_at[end] == NO_NAME) && k->space_before;
        bool bridge = !fits && end + 1 < limit
                      && (k->pos == UPOS_ADJ || k->pos == UPOS_NOUN || k->pos == UPOS_PROPN)
                      && r->name_at[end] == NO_NAME && in(r, SET_AFTER, r->key[end + 1])
                      && reading_head(r, end) == end + 1 && reading_head(r, *head) == end + 1;
        if (!fits && !bridge) break;
        if (reading_head(r, *head) != end + bridge && reading_head(r, end) != *head) break;
        end += 1 + bridge;
        *head = reading_top(r, a->first, end);
    }
    return end;
}

static uint32_t side_start(const reading *r, const proper_name *a)
{
    uint32_t first = a->first, low = reading_sentence(r, first)->first;
    while (
        first > low && in(r, SET_SIDE, r->key[first - 1]) && reading_token(r, first - 1)->pos != UPOS_ADP
        && r->name_at[first - 1] == NO_NAME
        && (reading_token(r, first - 1)->pos == UPOS_ADJ || reading_token(r, first - 1)->pos == UPOS_PROPN))
        first--;
    while (first < a->first && !reading_token(r, first)->space_before) first++;
    return first;
}

/* "the Jordan Times", "the Paris attacks": part of another name, or still a place. */
static bool is_inside_name(const reading *r, const proper_name *a)
{
    uint32_t h = reading_head(r, a->head);
    if (h == NO_TOKEN || r->name_at[h] == NO_NAME || reading_token(r, a->head)->rel != DEPREL_COMPOUND)
        return false;
    proper_kind k = r->names.v[r->name_at[h]].kind;
    return k == PROPER_ORG || k == PROPER_ACTOR;
}

/* "Vichy-controlled Syria", "Ankara-backed forces": who holds or backs, and no place. */
static bool is_hinged(const reading *r, const proper_name *a)
{
    return a->end + 1 < sentence_end(reading_sentence(r, a->first)) && reading_is_joint(r, a->end)
           && in(r, SET_HINGE, r->key[a->end + 1]) && !reading_is_upper(r, a->end + 1);
}

static void add_place(reading *r, const proper_name *a)
{
    uint32_t head = a->head, end = generic_end(r, a, &head), first = side_start(r, a);
    span at = span_join(reading_token(r, first)->at, reading_token(r, end - 1)->at);
    mention m = {.kind = MENTION_LOCATION,
                 .at = at,
                 .first = first,
                 .n = end - first,
                 .head = head,
                 .is_named = true};
    if (a->nation) m.country = a->nation->country;
    *array_push(r->arena, &r->doc->mentions) = m;
}

/* "New York Police Department", "Aleppo Mayor Hagi": the town that an office or its holder is of. */
static void add_seat(reading *r, const proper_name *a)
{
    if (!r->places || a->end - a->first < 2 || in(r, SET_GIVEN, r->key[a->first])) return;
    for (uint32_t end = a->end - 1; end > a->first; end--) {
        head_noun org = lexicon_shape(r->lex, SHAPE_ORG, r->key[a->end - 1]);
        bool office = org.known || lexicon_shape(r->lex, SHAPE_PERSON, r->key[end]).known
                      || lexicon_shape(r->lex, SHAPE_GROUP, r->key[end]).known;
        if (!office || !r->key[end - 1].len || in(r, SET_NOT_PLACE, r->key[a->first])) continue;
        span at = span_join(reading_token(r, a->first)->at, reading_token(r, end - 1)->at);
        place_hint h = reading_place(r, a->first, end);
        if (!h.known || (h.population < 50000 && !h.is_admin)) continue;
        if (a->kind == PROPER_PERSON) {
            add_allusion(r, a->first, end, NAMED_NAME);
            return;
        }
        *array_push(r->arena, &r->doc->mentions) = (mention){.kind = MENTION_LOCATION,
                                                             .at = at,
                                                             .first = a->first,
                                                             .n = end - a->first,
                                                             .head = reading_top(r, a->first, end),
                                                             .is_named = true};
        return;
    }
}

/* "the Turkish border", "Syrian territory": a part of a country. */
static void add_part(reading *r, const proper_name *a)
{
    uint32_t h = reading_head(r, a->head);
    if (h == NO_TOKEN || h < a->end || !a->nation->country.len || r->name_at[h] != NO_NAME
        || !in(r, SET_PART, r->lemma[h]))
        return;
    for (uint32_t t = a->end; t < h; t++)
        if (r->name_at[t] == NO_NAME && reading_token(r, t)->pos == UPOS_PUNCT && !reading_is_joint(r, t))
            return;
    span at = span_join(reading_token(r, a->first)->at, reading_token(r, h)->at);
    *array_push(r->arena, &r->doc->mentions) = (mention){.kind = MENTION_LOCATION,
                                                         .at = at,
                                                         .first = a->first,
                                                         .n = h + 1 - a->first,
                                                         .head = h,
                                                         .country = a->nation->country};
}

void mentions_of_places(reading *r)
{
    for (size_t i = 0; i < r->names.n; i++) {
        proper_name *a = &r->names.v[i];
        if (a->kind == PROPER_ADJECTIVE) add_part(r, a), allude_beside(r, a);
        if (a->kind == PROPER_ORG || a->kind == PROPER_PERSON) add_seat(r, a);
        if (a->kind == PROPER_ORG || a->kind == PROPER_ACTOR) allude_inside(r, a);
        if (a->kind != PROPER_PLACE && a->kind != PROPER_NATION) continue;
        if (is_inside_name(r, a)) {
            add_allusion(r, a->first, a->end, NAMED_NAME);
            continue;
        }
        if (is_state(r, a) && (acts(r, a) || takes_party(r, a))) add_state(r, a);
        else if (a->kind == PROPER_PLACE && is_hinged(r, a))
            add_allusion(r, a->first, a->end, NAMED_MODIFIER);
        else add_place(r, a);
    }
}
