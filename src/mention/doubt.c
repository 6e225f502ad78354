/* What a few words beside a name say for certain: ships, operations and peoples are no places, what is besieged or held is
 * one, and first names of persons are persons. */
#include "mention/reading.h"

enum { NEVER = -40 }; /* no other evidence makes up for it */

static bool in(const reading *r, word_set set, uint32_t t)
{
    return lexicon_has(r->lex, set, r->key[t]);
}

static void add(int8_t *evidence, int n)
{
    *evidence = (int8_t)(*evidence + n);
}

/* "MV Harlow", "HMS Sheffield"; the tree may hang the letters apart. */
static bool is_ship(const reading *r, const proper_name *a)
{
    const bool apart =
        a->first > reading_sentence(r, a->first)->first && reading_token(r, a->first)->space_before;
    if (a->end - a->first > 1 && in(r, SET_VESSEL, a->first)) return reading_is_caps(r, a->first);
    return apart && in(r, SET_VESSEL, a->first - 1) && reading_is_caps(r, a->first - 1);
}

/* "its Beja population", "their Dinka neighbours" */
static bool is_people(const reading *r, const proper_name *a)
{
    const token *k = reading_token(r, a->head);
    const uint32_t h = reading_head(r, a->head);
    if (h == NO_TOKEN || h < a->end || a->first == reading_sentence(r, a->first)->first) return false;
    if (deprel_universal(k->rel) != DEPREL_COMPOUND && deprel_universal(k->rel) != DEPREL_AMOD)
        return false;
    const token *before = reading_token(r, a->first - 1);
    if (before->rel != DEPREL_NMOD_POSS || before->pos != UPOS_PRON) return false;
    const head_noun n = lexicon_head(r->lex, r->lemma[h]);
    if (a->hint.is_country || a->hint.population >= 50000) return false; /* "his Lisbon relatives" */
    return n.known && (n.shape == SHAPE_PERSON || n.shape == SHAPE_GROUP);
}

/* "the fall of Tel Maruk", "the battle for Kisal" */
static bool is_fought_for(const reading *r, uint32_t t)
{
    const uint32_t start = reading_sentence(r, t)->first;
    const bool of = str_is(r->key[t], "of") || str_is(r->key[t], "for") || str_is(r->key[t], "over")
                    || str_is(r->key[t], "at");
    return of && t > start
           && (lexicon_has(r->lex, SET_STRUGGLE, r->lemma[t - 1]) || in(r, SET_STRUGGLE, t - 1));
}

/* "government-controlled Novoselke", "the besieged Harun" */
static bool is_held(const reading *r, uint32_t t)
{
    const token *k = reading_token(r, t);
    const bool joined = t > reading_sentence(r, t)->first && reading_is_joint(r, t - 1);
    return in(r, SET_HELD, t) && (joined || k->rel == DEPREL_AMOD || k->pos == UPOS_ADJ);
}

/* "fell to Tamerlane": of what is no known town, "to" names a party. */
static bool is_yielded_to(const reading *r, const proper_name *a, uint32_t t)
{
    const uint32_t h = reading_head(r, a->head);
    return h != NO_TOKEN && str_is(r->key[t], "to") && lexicon_has(r->lex, SET_YIELD, r->lemma[h])
           && !a->hint.is_country && a->hint.population < 50000;
}

/* "the My Lai Massacre" */
static bool is_event_place(const reading *r, const proper_name *a)
{
    return a->end < sentence_end(reading_sentence(r, a->first)) && in(r, SET_EVENT, a->end)
           && reading_is_upper(r, a->end) && a->hint.known && !reading_sentence(r, a->first)->is_headline;
}

/* "the Union Army of the Potomac": X of a body that is called after it. */
static bool is_force_of(const reading *r, const proper_name *a)
{
    const uint32_t start = reading_sentence(r, a->first)->first;
    uint32_t t = a->first;
    if (t > start && str_is(r->key[t - 1], "the")) t--;
    return t > start + 1 && str_is(r->key[t - 1], "of") && in(r, SET_FORCE, t - 2)
           && reading_is_upper(r, t - 2) && reading_sentence(r, t)->has_case && !a->hint.is_country;
}

/* "a Macy's store": what is called so is no town. */
static bool is_brand(const reading *r, const proper_name *a)
{
    const uint32_t start = reading_sentence(r, a->first)->first;
    return a->first > start && (str_is(r->key[a->first - 1], "a") || str_is(r->key[a->first - 1], "an"))
           && a->end < sentence_end(reading_sentence(r, a->first)) && reading_is_clitic(r, a->end);
}

/* "Sheikh Akil graveyard": what is called after somebody is a place all the same. */
static bool is_venue(const reading *r, const proper_name *a)
{
    const uint32_t end = a->end, h = reading_head(r, a->head);
    return end < sentence_end(reading_sentence(r, end - 1)) && in(r, SET_VENUE, end) && h == end
           && reading_token(r, a->head)->rel == DEPREL_COMPOUND && reading_token(r, end)->tag != XPOS_NNS;
}

void doubt_name(const reading *r, proper_name *a)
{
    if (is_force_of(r, a)) add(&a->place, NEVER), add(&a->org, 3);
    if (is_brand(r, a)) add(&a->place, NEVER), add(&a->org, 3);
    if (is_venue(r, a)) add(&a->place, 6);
    const uint32_t t = a->first;
    if (is_event_place(r, a)) add(&a->place, 3);
    if (lexicon_has(r->lex, SET_CLUB, a->key)) add(&a->place, NEVER), add(&a->org, 6);
    if (is_ship(r, a)) add(&a->place, NEVER), add(&a->org, 6);
    if (a->end - t > 1 && in(r, SET_UNDERTAKING, t)) add(&a->place, NEVER);
    if (is_people(r, a)) add(&a->place, -6), add(&a->org, 3);
    if (t == reading_sentence(r, t)->first) return;
    if (is_held(r, t - 1)) add(&a->place, 4);
    if (is_fought_for(r, t - 1)) add(&a->place, 4);
    if (is_yielded_to(r, a, t - 1)) add(&a->place, -3), add(&a->person, 2);
}

/* ---- first names ----------------------------------------------------------------------------------------------- */

static bool is_person_now(const reading *r, const proper_name *a)
{
    return a->kind == PROPER_UNDECIDED && a->end - a->first > 1 && a->person >= 3 && a->person > a->org
           && a->person >= a->place && r->key[a->first].len > 1;
}

/* One word that may be somebody's first name, and no town that everybody knows. */
static bool may_be_first_name(const reading *r, const proper_name *a)
{
    return a->kind == PROPER_UNDECIDED && a->end - a->first == 1 && !a->hint.is_country
           && (!a->hint.is_admin || in(r, SET_GIVEN, a->first))
           && a->hint.population < (in(r, SET_GIVEN, a->first) ? 500000u : 20000u);
}

/* "Julia" once "Julia Delgado" is known. */
void follow_first_names(reading *r)
{
    map first = {0};
    for (size_t i = 0; i < r->names.n; i++) {
        const proper_name *a = &r->names.v[i];
        if (is_person_now(r, a)) map_put(r->arena, &first, r->key[a->first])->value = (uint32_t)i;
    }
    for (size_t i = 0; i < r->names.n; i++) {
        proper_name *a = &r->names.v[i];
        if (!may_be_first_name(r, a) || map_get(&first, a->key) == MAP_NONE) continue;
        add(&a->person, 4);
        add(&a->place, -2);
    }
}

static bool is_listed_before(const reading *r, const proper_name *a, const proper_name *b)
{
    if (reading_token(r, a->first)->sentence != reading_token(r, b->first)->sentence) return false;
    for (uint32_t t = a->end; t < b->first; t++) {
        const token *k = reading_token(r, t);
        if (k->pos != UPOS_CCONJ && !str_is(k->norm, ",")) return false;
    }
    return b->first > a->end && b->first - a->end <= 2;
}

/* "Julia, Norma and Kevin Odell": first names before a whole one are of persons. */
void spread_first_names(reading *r)
{
    bool persons = false;
    for (size_t i = r->names.n; i-- > 0;) {
        proper_name *a = &r->names.v[i];
        const bool listed = i + 1 < r->names.n && is_listed_before(r, a, &r->names.v[i + 1]);
        if (is_person_now(r, a)) {
            persons = true;
        } else if (!persons || !listed || !in(r, SET_GIVEN, a->first) || !may_be_first_name(r, a)) {
            persons = false;
        } else {
            add(&a->person, 5);
            add(&a->place, -2);
        }
    }
}
