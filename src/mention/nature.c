/* Person, organisation or place? Evidence from the words of a name, from what stands beside it and from the gazetteer is
 * added up; what is decided for a name in one sentence holds for the same name in the others. */
#include "mention/reading.h"

#include "base/utf8.h"
#include "mention/name_key.h"

static bool has(const reading *r, word_set set, str key)
{
    return lexicon_has(r->lex, set, key);
}

static str text_of(const reading *r, uint32_t t)
{
    return t < r->doc->tokens.n ? r->key[t] : STR("");
}

static bool same_sentence(const reading *r, uint32_t a, uint32_t b)
{
    return b < r->doc->tokens.n && reading_token(r, a)->sentence == reading_token(r, b)->sentence;
}

/* "San Marcos Department" is known as "San Marcos". */
static void ask_gazetteer(const reading *r, proper_name *a)
{
    if (!r->places) return;
    a->hint = reading_place(r, a->first, a->end);
    bool generic = a->end - a->first > 1 && has(r, SET_AFTER, r->key[a->end - 1]);
    if (a->hint.known || !generic) return;
    a->hint = reading_place(r, a->first, a->end - 1);
    if (a->hint.is_admin) a->place += 3;
}

/* ---- the name's own words ---------------------------------------------------------------------------------- */

static void weigh_organisation(const reading *r, proper_name *a)
{
    for (uint32_t t = a->first; t < a->end; t++) {
        head_noun org = lexicon_shape(r->lex, SHAPE_ORG, r->key[t]);
        head_noun group = lexicon_shape(r->lex, SHAPE_GROUP, r->key[t]);
        bool last = t + 1 == a->end,
             before_of = !last && (str_is(r->key[t + 1], "of") || str_is(r->key[t + 1], "for"));
        if ((org.known || group.known) && (last || before_of) && a->end - a->first > 1) a->org += 6;
        else if (org.known && a->end - a->first > 1) a->org += 2;
        else if (org.known && (!r->places || !a->hint.known)) a->org += 2;
    }
    bool acronym =
        a->end - a->first == 1 && reading_is_caps(r, a->first) && reading_sentence(r, a->first)->has_case;
    bool town = a->hint.known && a->hint.population > 100000; /* a dateline: "LONDON -" */
    if (acronym && !town && reading_token(r, a->first)->at.len <= 6) a->org += 3;
    if (acronym && !a->hint.known && r->places) a->place = (int8_t)(a->place - 3);
}

static void weigh_person_words(const reading *r, proper_name *a)
{
    uint32_t words = 0;
    for (uint32_t t = a->first; t < a->end; t++) words += r->key[t].len > 0;
    bool given = has(r, SET_GIVEN, r->key[a->first]);
    if (given) a->person += words > 1 ? 4 : 2;
    if (words > 1 && has(r, SET_KUNYA, r->key[a->first])) a->person += 1;
    if (words > 2 && has(r, SET_SUFFIX, r->key[a->end - 1])) a->person += 3;
    for (uint32_t t = a->first + 1; t < a->end && words > 1; t++) {
        bool initial = reading_token(r, t)->at.len <= 2
                       && span_end(reading_token(r, t)->at) > reading_token(r, t)->at.start
                       && r->key[t].len == 1;
        if (initial || (t + 1 < a->end && has(r, SET_GIVEN, r->key[t]))) a->person += 2;
        if (str_is(r->key[t], "bin") || str_is(r->key[t], "ibn")) a->person += 4;
    }
}

static uint32_t before_name(const reading *r, const proper_name *a)
{
    uint32_t t = a->first;
    const uint32_t first = reading_sentence(r, a->first)->first;
    while (t > first) {
        t--;
        const token *k = reading_token(r, t);
        bool passes = (k->pos == UPOS_DET || has(r, SET_SIDE, r->key[t])) && t + 3 >= a->first;
        if (!passes) return t;
    }
    return NO_TOKEN;
}

/* Behind "in" or "near", or what is captured or shelled. */
static bool stands_as_place(const reading *r, const proper_name *a)
{
    const token *k = reading_token(r, a->head);
    const uint32_t t = before_name(r, a), v = reading_head(r, a->head);
    if (t != NO_TOKEN && has(r, SET_STRONG, r->key[t]) && has(r, SET_LOCATIVE, r->key[t])) return true;
    return v != NO_TOKEN && (k->rel == DEPREL_OBJ || k->rel == DEPREL_NSUBJ_PASS)
           && has(r, SET_TAKEN, r->lemma[v]);
}

/* "Navy Capt. Jeff Davis", "Foreign Secretary", "Secretary of State": a title within. */
static bool weigh_inner_title(const reading *r, proper_name *a)
{
    uint32_t last = NO_TOKEN;
    for (uint32_t t = a->first; t < a->end; t++)
        if (map_get(&r->lex->titles, r->key[t]) != MAP_NONE) last = t;
    if (last == NO_TOKEN) return false;
    bool ends = last + 1 == a->end, person_noun = lexicon_shape(r->lex, SHAPE_PERSON, r->key[last]).known;
    if (ends && !person_noun) return false;
    if (ends && a->end - a->first == 1 && reading_office_end(r, last) == a->end) return false;
    /* "Saint-Denis", "General Santos", "Prince Sultan Air Base", "in Sheikh Said": places that are called like somebody */
    const bool generic = has(r, SET_AFTER, r->key[a->end - 1]);
    const bool like_city = last == a->first && (a->hint.population >= 50000 || stands_as_place(r, a));
    if (a->hint.known && (generic || like_city)) {
        a->person += 2;
        return true;
    }
    a->role = (actor_kind)map_get(&r->lex->titles, r->key[last]);
    a->person += 7;
    return true;
}

/* The last word of what stands before a name: of "Capt." and "Secretary of State" the title. */
static uint32_t title_before(const reading *r, uint32_t first)
{
    uint32_t before = first - 1;
    if (str_is(reading_token(r, before)->norm, ".") && before > 0) return before - 1;
    const uint32_t start = reading_sentence(r, first)->first;
    for (uint32_t t = before; has(r, SET_OFFICE, r->key[before]) && t-- > start;) {
        if (t > start && str_is(r->key[t], "of"))
            return reading_office_end(r, t - 1) == first ? t - 1 : before;
    }
    return before;
}

/* "alias Calarca", "aka 'El Chapo'" */
static void weigh_alias(const reading *r, proper_name *a)
{
    const uint32_t start = reading_sentence(r, a->first)->first;
    uint32_t t = a->first;
    while (t > start && !r->key[t - 1].len) t--;
    if (t > start && has(r, SET_ALIAS, r->key[t - 1])) a->person += 8;
}

static void weigh_titles(const reading *r, proper_name *a)
{
    if (weigh_inner_title(r, a) || a->first == 0 || !same_sentence(r, a->first, a->first - 1)) return;
    uint32_t before = title_before(r, a->first);
    uint32_t title = map_get(&r->lex->titles, r->key[before]);
    if (title == MAP_NONE) title = map_get(&r->lex->titles, r->lemma[before]);
    if (title == MAP_NONE) {
        head_noun h = lexicon_shape(r->lex, SHAPE_PERSON, r->lemma[before]);
        if (!h.known || reading_token(r, before)->tag == XPOS_NNS) return;
        title = h.kind;
    }
    a->role = (actor_kind)title;
    a->person += 5;
}

/* Hamlets bear every name there is; that alone makes no place of a name. */
static int8_t size_evidence(const place_hint *h, bool is_given_name)
{
    if (h->is_country) return 4;
    if (is_given_name && h->population < 200000) return 0;
    if (h->is_admin || h->population > 50000) return 3;
    return h->population > 10000 ? 2 : 1;
}

static void weigh_place_words(const reading *r, proper_name *a)
{
    uint32_t words = a->end - a->first;
    if (a->hint.known && words > 1 && a->hint.population <= 10000) a->place += 1;
    if (a->hint.known && words > 1 && a->hint.population >= 50000)
        a->place += 3; /* few persons are called like a city */
    if (a->hint.known) a->place += size_evidence(&a->hint, words == 1 && has(r, SET_GIVEN, a->key));
    if (a->hint.known && words > 2 && has(r, SET_AFTER, r->key[a->end - 1])) a->place += 3;
    if (has(r, SET_REGION, a->key)) a->place += 6;
    if (!a->hint.known && map_get(&r->lex->nation_seats, a->key) != MAP_NONE) a->place += 4;
    if (words > 1 && has(r, SET_AFTER, r->key[a->end - 1])
        && !lexicon_shape(r->lex, SHAPE_ORG, r->key[a->end - 1]).known)
        a->place += 5;
    else if (words > 1 && has(r, SET_AFTER, r->key[a->end - 1])) a->place += 2;
    if (words > 1 && has(r, SET_BEFORE, r->key[a->first])) a->place += 3;
    if (words > 1 && has(r, SET_SIDE, r->key[a->first])) a->place += 4;
    if (words == 1 && has(r, SET_NOT_PLACE, a->key)) a->place -= 4;
    if (has(r, SET_ARTICLE, r->key[a->first]) && words <= 4) a->place += 1;
}

/* ---- what stands beside it ----------------------------------------------------------------------------------- */

static void weigh_preposition(const reading *r, proper_name *a)
{
    uint32_t t = before_name(r, a);
    if (t == NO_TOKEN) return;
    const token *k = reading_token(r, t);
    bool adposition =
        k->pos == UPOS_ADP || k->pos == UPOS_SCONJ || k->rel == DEPREL_CASE || has(r, SET_SIDE, r->key[t]);
    if (!adposition || !has(r, SET_LOCATIVE, r->key[t])) {
        if (str_is(r->key[t], "of") && t > 0
            && (has(r, SET_BEFORE, r->lemma[t - 1]) || has(r, SET_BEFORE, r->key[t - 1])
                || has(r, SET_SIDE, r->key[t - 1])))
            a->place += 5;
        if (str_is(r->key[t], "by") && a->person + a->org > 0) a->person++, a->org++;
        return;
    }
    bool strong = has(r, SET_STRONG, r->key[t]);
    a->place += strong ? 4 : 2;
    if (strong && a->end - a->first > 1 && has(r, SET_AFTER, r->key[a->end - 1])) a->place += 2;
}

static void weigh_generics(const reading *r, proper_name *a)
{
    if (same_sentence(r, a->first, a->end) && !r->taken[a->end] && has(r, SET_AFTER, r->key[a->end])
        && reading_token(r, a->end)->pos != UPOS_VERB && reading_head(r, a->end - 1) != NO_TOKEN)
        a->place += lexicon_shape(r->lex, SHAPE_ORG, r->key[a->end]).known ? 3 : 4;
    if (a->first == 0 || !same_sentence(r, a->first, a->first - 1)) return;
    if (has(r, SET_BEFORE, r->key[a->first - 1]) && reading_token(r, a->first - 1)->pos != UPOS_ADP)
        a->place += 3;
    if (has(r, SET_SIDE, r->key[a->first - 1])) a->place += 3;
}

static void weigh_noun(const reading *r, proper_name *a, uint32_t t, int8_t much)
{
    head_noun h = lexicon_head(r->lex, r->lemma[t]);
    if (reading_token(r, t)->pos != UPOS_NOUN && reading_token(r, t)->pos != UPOS_PROPN) return;
    if (h.known && h.shape == SHAPE_PERSON) {
        bool plural = reading_token(r, t)->tag == XPOS_NNS;
        a->person = (int8_t)(a->person + (plural ? 0 : much));
        if (!plural && a->role == ACTOR_UNKNOWN) a->role = h.kind;
    } else if (h.known && (h.shape == SHAPE_GROUP || h.shape == SHAPE_ORG)) {
        a->org = (int8_t)(a->org + much);
    } else if (has(r, SET_BEFORE, r->lemma[t])) {
        a->place = (int8_t)(a->place + much);
    }
}

/* "X, a local leader", "the group X", "X, the town where …" */
static void weigh_apposition(const reading *r, proper_name *a)
{
    const token *k = reading_token(r, a->head);
    uint32_t h = reading_head(r, a->head), c = reading_child(r, a->head, DEPREL_APPOS);
    if (h != NO_TOKEN && k->rel == DEPREL_APPOS) weigh_noun(r, a, h, 3);
    if (h != NO_TOKEN && (k->rel == DEPREL_FLAT || k->rel == DEPREL_COMPOUND) && h + 1 == a->first)
        weigh_noun(r, a, h, 3);
    if (c != NO_TOKEN && c > a->head) weigh_noun(r, a, c, 3);
    /* the head that it modifies: "Ansar fighters" */
    if (h != NO_TOKEN && k->rel == DEPREL_COMPOUND && h >= a->end) {
        head_noun n = lexicon_head(r->lex, r->lemma[h]);
        if (n.known && (n.shape == SHAPE_PERSON || n.shape == SHAPE_GROUP)) a->org += 2, a->place -= 2;
    }
}

static void weigh_verb(const reading *r, proper_name *a)
{
    const token *k = reading_token(r, a->head);
    uint32_t v = reading_head(r, a->head);
    if (v != NO_TOKEN && k->rel == DEPREL_OBJ && a->hint.known) a->place += 1;
    bool is_object = k->rel == DEPREL_OBJ || k->rel == DEPREL_NSUBJ_PASS;
    if (v != NO_TOKEN && is_object && has(r, SET_TAKEN, r->lemma[v])) a->place += 3;
    if (v == NO_TOKEN || deprel_universal(k->rel) != DEPREL_NSUBJ) return;
    uint32_t words = a->end - a->first;
    /* "Moscow denied": a capital speaks as often as a person does */
    bool seat = map_get(&r->lex->nation_seats, a->key) != MAP_NONE && !has(r, SET_GIVEN, a->key);
    if (has(r, SET_SPEECH, r->lemma[v])) {
        if (words <= 3 && !seat) a->person += 2;
        a->org += 1;
    } else if (has(r, SET_ARMED, r->lemma[v]) && k->rel != DEPREL_NSUBJ_PASS) {
        a->org += 2;
    }
    if (k->rel == DEPREL_NSUBJ && reading_token(r, v)->pos == UPOS_VERB) a->place -= 1;
}

/* A name in letters of another script stands in a report for what no English name is sure of: mostly places. */
static bool is_foreign(const reading *r, const proper_name *a)
{
    uint32_t c = 0;
    str word = document_plain(r->doc, reading_token(r, a->first)->at);
    if (word.len) utf8_decode(word, 0, &c);
    return c >= 0x370 && utf8_is_letter(c) && !(c >= 0x1E00 && c < 0x1F00);
}

static void weigh(const reading *r, proper_name *a)
{
    ask_gazetteer(r, a);
    weigh_organisation(r, a);
    weigh_person_words(r, a);
    weigh_titles(r, a);
    weigh_alias(r, a);
    weigh_place_words(r, a);
    weigh_preposition(r, a);
    weigh_generics(r, a);
    weigh_apposition(r, a);
    weigh_verb(r, a);
    doubt_name(r, a);
    bool with_article = a->first > 0 && str_is(text_of(r, a->first - 1), "the");
    if (with_article) a->org++, a->person -= 2;
    /* "the Motion": villages that nobody knows stand without article */
    if (with_article && !a->hint.known && a->place < 5) a->place = (int8_t)(a->place - 2);
    if (is_foreign(r, a) && a->place >= 0 && !a->hint.known) a->place++;
    if (a->person >= 4 && a->org < 5) a->place = (int8_t)(a->place - 2);
}

/* ---- lists, repeats, decision ---------------------------------------------------------------------------------- */

/* "Shnan, al-Najeya, Furaykah and Z": neighbours parted by commas and "and" only. */
static bool is_listed_with(const reading *r, const proper_name *a, const proper_name *b)
{
    if (!same_sentence(r, a->first, b->first)) return false;
    uint32_t n = 0;
    for (uint32_t t = a->end; t < b->first; t++, n++) {
        const token *k = reading_token(r, t);
        bool part =
            k->pos == UPOS_PUNCT ? str_is(k->norm, ",") : k->pos == UPOS_CCONJ || k->pos == UPOS_DET;
        if (!part || n >= 3) return false;
    }
    return n > 0;
}

static bool is_place_now(const proper_name *a)
{
    return a->kind == PROPER_NATION
           || (a->kind == PROPER_UNDECIDED && a->place >= 3 && a->place > a->person && a->place > a->org);
}

static void spread_over_lists(reading *r)
{
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i + 1 < r->names.n; i++) {
            size_t x = pass ? r->names.n - 1 - i : i, y = pass ? x - 1 : i + 1;
            const proper_name *from = &r->names.v[x];
            proper_name *to = &r->names.v[y];
            const proper_name *left = x < y ? from : to, *right = x < y ? to : from;
            if (to->kind != PROPER_UNDECIDED || !is_place_now(from) || !is_listed_with(r, left, right))
                continue;
            if (to->org < 5 && to->person < 5 && to->place < 4) to->place = 4;
            /* "Baghdad, Anbar and Salah ad Din" */
            if (to->hint.is_admin && from->hint.is_admin && to->org < 5 && to->place <= to->person)
                to->place = (int8_t)(to->person + 1);
        }
}

/* Does things or owns them. */
static bool is_agent(const reading *r, const proper_name *a)
{
    const token *k = reading_token(r, a->head);
    uint32_t v = reading_head(r, a->head);
    if (k->rel == DEPREL_NMOD_POSS) return true;
    return k->rel == DEPREL_NSUBJ && v != NO_TOKEN && reading_token(r, v)->pos == UPOS_VERB;
}

/* What nobody knows as a place and mostly does or owns things is a body or a person, whatever preposition it once follows. */
static void doubt_agents(reading *r)
{
    map seen = {0};
    uint16_t *all = arena_new(r->arena, uint16_t, r->names.n + 1),
             *acts = arena_new(r->arena, uint16_t, r->names.n + 1);
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; r->places && i < r->names.n; i++) {
            proper_name *a = &r->names.v[i];
            if (a->kind != PROPER_UNDECIDED || a->hint.known) continue;
            map_slot *s = map_put(r->arena, &seen, a->key);
            if (s->value == MAP_NONE) s->value = (uint32_t)i;
            uint32_t first = s->value;
            if (pass == 0 && all[first] < UINT16_MAX) all[first]++, acts[first] += is_agent(r, a);
            if (pass == 1 && all[first] >= 3 && acts[first] * 2 >= all[first])
                a->place = (int8_t)(a->place - 4);
        }
}

static void share_over_document(reading *r)
{
    map seen = {0};
    for (size_t i = 0; i < r->names.n; i++) {
        proper_name *a = &r->names.v[i];
        if (a->kind != PROPER_UNDECIDED) continue;
        map_slot *s = map_put(r->arena, &seen, a->key);
        if (s->value == MAP_NONE) s->value = (uint32_t)i;
        proper_name *best = &r->names.v[s->value];
        if (a->person > best->person) best->person = a->person, best->role = a->role;
        if (a->org > best->org) best->org = a->org;
        if (a->place > best->place) best->place = a->place;
    }
    for (size_t i = 0; i < r->names.n; i++) {
        proper_name *a = &r->names.v[i];
        if (a->kind != PROPER_UNDECIDED) continue;
        const proper_name *best = &r->names.v[map_get(&seen, a->key)];
        if (a == best) continue;
        a->person = best->person, a->org = best->org, a->place = best->place;
        if (a->role == ACTOR_UNKNOWN) a->role = best->role;
    }
}

/* "Abadi" once "Haider al-Abadi" is known. */
static void follow_last_names(reading *r)
{
    map last = {0};
    for (size_t i = 0; i < r->names.n; i++) {
        const proper_name *a = &r->names.v[i];
        bool person = a->kind == PROPER_UNDECIDED && a->end - a->first > 1 && a->person >= 3
                      && a->person > a->org && a->person >= a->place;
        if (person) map_put(r->arena, &last, r->key[a->end - 1])->value = (uint32_t)i;
    }
    for (size_t i = 0; i < r->names.n; i++) {
        proper_name *a = &r->names.v[i];
        if (a->kind != PROPER_UNDECIDED || a->end - a->first > 3
            || (a->end - a->first > 1 && !has(r, SET_ARTICLE, r->key[a->first])))
            continue;
        uint32_t p = map_get(&last, r->key[a->end - 1]);
        if (p == MAP_NONE) continue;
        a->person = (int8_t)(a->person + 4);
        if (a->role == ACTOR_UNKNOWN) a->role = r->names.v[p].role;
    }
}

static proper_kind decide(const reading *r, const proper_name *a)
{
    if (a->place >= 3 && (a->place > a->org || (a->place == a->org && a->org < 6)) && a->place > a->person)
        return PROPER_PLACE;
    if (a->org >= 3 && a->org >= a->person) return PROPER_ORG;
    if (a->person >= 2 && a->person >= a->place) return PROPER_PERSON;
    if (a->place >= 2 && a->place > a->org) return PROPER_PLACE;
    if (a->org >= 2) return PROPER_ORG;
    if (a->place > 0 && a->person <= 0 && a->org <= 0) return PROPER_PLACE;
    uint32_t words = 0;
    for (uint32_t t = a->first; t < a->end; t++) words += r->key[t].len > 0;
    bool article = a->first > 0 && str_is(text_of(r, a->first - 1), "the");
    if (article) return PROPER_NOTHING;
    return words >= 2 && words <= 4 && reading_token(r, a->head)->pos == UPOS_PROPN ? PROPER_PERSON
                                                                                    : PROPER_NOTHING;
}

void names_decide(reading *r)
{
    for (size_t i = 0; i < r->names.n; i++) {
        proper_name *a = &r->names.v[i];
        if (a->kind == PROPER_UNDECIDED) weigh(r, a);
        else if (a->kind == PROPER_NATION) ask_gazetteer(r, a);
    }
    doubt_agents(r);
    spread_first_names(r);
    spread_over_lists(r);
    share_over_document(r);
    follow_last_names(r);
    follow_first_names(r);
    for (size_t i = 0; i < r->names.n; i++)
        if (r->names.v[i].kind == PROPER_UNDECIDED) r->names.v[i].kind = decide(r, &r->names.v[i]);
}
