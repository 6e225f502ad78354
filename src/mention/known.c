/* Names of the tables: actors, nations, their people and adjectives; longest first.
 * A name of several actors goes to the one whose country the document speaks of most. */
#include "mention/reading.h"

enum { MAX_TOKENS = 24 };

typedef struct match {
    uint32_t end;
    proper_kind kind;
    uint32_t value; /* actor_name or nation */
} match;

static bool breaks_name(const reading *r, uint32_t t)
{
    /* "Islamic State - Khorasan Province", "U.S.", "Jama'at" */
    const str w = reading_token(r, t)->norm;
    return !r->key[t].len && !reading_is_joint(r, t) && !str_is(w, "-") && !str_is(w, ".")
           && !str_is(w, "'");
}

/* Capitals tell a name where the sentence has case; "IS" and "US" are never "is" and "us". */
static bool case_fits(const reading *r, const actor_name *n, uint32_t first, uint32_t end)
{
    const token *k = reading_token(r, first);
    if (n->any_case) return true;
    if (!reading_sentence(r, first)->has_case)
        return end - first > 1 || !n->all_caps || k->pos == UPOS_PROPN;
    if (n->two_caps && end - first == 1) return reading_count_upper(r, first) > 1;
    if (n->all_caps && end - first == 1) return reading_is_caps(r, first);
    /* "al-Qaida", "25th Division" */
    const bool small = lexicon_has(r->lex, SET_ARTICLE, r->key[first]) || n->is_common;
    uint32_t t = first;
    while (small && t + 1 < end && !reading_is_upper(r, t)) t++;
    return reading_is_upper(r, t);
}

static bool name_fits(const reading *r, uint32_t first, uint32_t end)
{
    return reading_is_upper(r, first) || !reading_sentence(r, first)->has_case || end - first > 1;
}

static bool look_up(const reading *r, str key, uint32_t first, uint32_t end, match *m)
{
    const lexicon *lex = r->lex;
    const struct {
        const map *names;
        proper_kind kind;
    } tables[] = {{&lex->nation_names, PROPER_NATION},
                  {&lex->nation_adjectives, PROPER_ADJECTIVE},
                  {&lex->nation_people, PROPER_PEOPLE}};
    uint32_t v = map_get(&lex->actor_by_name, key);
    if (v != MAP_NONE && case_fits(r, &lex->actor_names.v[v], first, end)) {
        *m = (match){end, PROPER_ACTOR, v};
        return true;
    }
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        v = map_get(tables[i].names, key);
        if (v == MAP_NONE || !name_fits(r, first, end)) continue;
        /* "us" is no "U.S.", nor is "car" the Central African Republic */
        if (end - first == 1 && key.len <= 3 && !reading_is_caps(r, first)) continue;
        if (end - first == 1 && key.len <= 3 && reading_token(r, first)->pos == UPOS_PRON) continue;
        *m = (match){end, tables[i].kind, v};
        return true;
    }
    return false;
}

/* "Today" of "Russia Today", "Sunday" of "Sunday Times", "AK" of "AK Party": a date or a weapon, unless the name has it. */
static bool may_be_of_name(const reading *r, uint32_t t)
{
    return reading_is_upper(r, t) || (r->key[t].len && r->key[t].ptr[0] >= '0' && r->key[t].ptr[0] <= '9');
}

/* Where the candidates that begin at `first` end, and how long the key of each is; the key of the longest. */
static uint32_t candidates(const reading *r, uint32_t first, uint32_t most, uint32_t *ends, size_t *lens,
                           str *key)
{
    const uint32_t limit = sentence_end(reading_sentence(r, first));
    uint32_t n = 0, words = 0;
    for (uint32_t t = first; t < limit && n < MAX_TOKENS && words < most; t++) {
        if ((r->taken[t] && !may_be_of_name(r, t)) || breaks_name(r, t)) break;
        if (!r->key[t].len) continue;
        ends[n++] = t + 1;
        words += t == first || !reading_is_clitic(r, t);
    }
    *key = reading_key(r, first, n ? ends[n - 1] : first);
    size_t len = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t t = ends[i] - 1;
        len += r->key[t].len + (i > 0 && !reading_is_clitic(r, t));
        lens[i] = len;
    }
    return n;
}

/* "Jaish" of "Jaish al-Fajr": a name that goes on with an article is another's. */
static bool goes_on(const reading *r, uint32_t end)
{
    const uint32_t limit = sentence_end(reading_sentence(r, end - 1));
    if (end >= limit || !lexicon_has(r->lex, SET_ARTICLE, r->key[end])) return false;
    uint32_t t = end + 1;
    while (t < limit && reading_is_joint(r, t)) t++;
    return t < limit && t > end + 1 && reading_is_upper(r, t);
}

static bool longest(const reading *r, uint32_t first, match *m)
{
    uint32_t ends[MAX_TOKENS];
    size_t lens[MAX_TOKENS];
    str rest = r->key[first], key;
    uint32_t most = map_get(&r->lex->name_starts, rest);
    /* "Lord's Resistance Army" */
    const uint32_t next = first + 1;
    if (next < sentence_end(reading_sentence(r, first)) && reading_is_clitic(r, next)) {
        uint32_t owned = map_get(&r->lex->name_starts, reading_key(r, first, next + 1));
        if (owned != MAP_NONE && (most == MAP_NONE || owned > most)) most = owned;
    }
    if (most == MAP_NONE && memchr(rest.ptr, ' ', rest.len))
        most = map_get(&r->lex->name_starts, str_cut(&rest, ' '));
    if (most == MAP_NONE) return false;
    for (uint32_t n = candidates(r, first, most, ends, lens, &key); n-- > 0;)
        if (look_up(r, str_part(key, 0, lens[n]), first, ends[n], m)
            && !(m->kind == PROPER_ACTOR && goes_on(r, m->end)))
            return true;
    return false;
}

static void add(reading *r, uint32_t first, const match *m)
{
    proper_name a = {.first = first, .end = m->end, .kind = m->kind, .key = reading_key(r, first, m->end)};
    if (m->kind == PROPER_ACTOR) a.actor = &r->lex->actors.v[r->lex->actor_names.v[m->value].actor];
    else a.nation = &r->lex->nations.v[m->value];
    /* "US troops", but "in the US" */
    deprel d = deprel_universal(reading_token(r, m->end - 1)->rel);
    if (m->kind == PROPER_NATION && (d == DEPREL_COMPOUND || d == DEPREL_AMOD)
        && map_get(&r->lex->nation_adjectives, a.key) != MAP_NONE)
        a.kind = PROPER_ADJECTIVE;
    /* "Syrians", but also "the French" and "Iraqi" as a noun */
    const token *last = reading_token(r, m->end - 1);
    if (m->kind == PROPER_ADJECTIVE && map_get(&r->lex->nation_people, a.key) != MAP_NONE
        && (last->tag == XPOS_NNPS || last->tag == XPOS_NNS))
        a.kind = PROPER_PEOPLE;
    names_add(r, a);
}

static void count_country(uint32_t *counts, const reading *r, str country)
{
    for (uint32_t i = 0; country.len && i < r->lex->nations.n; i++)
        if (str_eq(r->lex->nations.v[i].country, country)) counts[i]++;
}

static uint32_t weight(const uint32_t *counts, const reading *r, str country)
{
    uint32_t most = 0;
    for (uint32_t i = 0; country.len && i < r->lex->nations.n; i++)
        if (str_eq(r->lex->nations.v[i].country, country) && counts[i] > most) most = counts[i];
    return most;
}

/* "regime forces" are Syria's only in a text that speaks of Syria: an alias of common words needs its country, and so does
 * a name that is written like them. */
static bool needs_country(const reading *r, const proper_name *a)
{
    uint32_t n = a->actor ? map_get(&r->lex->actor_by_name, a->key) : MAP_NONE;
    if (n == MAP_NONE || !a->actor->country.len) return false;
    const actor_name *v = &r->lex->actor_names.v[n];
    return v->is_common || (v->any_case && !reading_is_upper(r, a->first));
}

static void choose_namesakes(reading *r)
{
    uint32_t *counts = arena_new(r->arena, uint32_t, r->lex->nations.n + 1);
    for (size_t i = 0; i < r->names.n; i++)
        if (r->names.v[i].nation) count_country(counts, r, r->names.v[i].nation->country);
        else if (!needs_country(r, &r->names.v[i])) count_country(counts, r, r->names.v[i].actor->country);
    for (size_t i = 0; i < r->names.n; i++) {
        proper_name *a = &r->names.v[i];
        uint32_t n = a->actor ? map_get(&r->lex->actor_by_name, a->key) : MAP_NONE, best = 0;
        for (; n != MAP_NONE; n = r->lex->actor_names.v[n].next) {
            const actor *other = &r->lex->actors.v[r->lex->actor_names.v[n].actor];
            uint32_t w = weight(counts, r, other->country) + 1;
            if (w > best) best = w, a->actor = other;
        }
        if (best == 1 && needs_country(r, a)) a->kind = PROPER_NOTHING, a->actor = NULL;
    }
}

/* "The Times" of "The Times of India": the longer name is the one without the article. */
static bool is_begun_behind(const reading *r, uint32_t t, const match *m)
{
    match behind;
    return str_is(r->key[t], "the") && t + 1 < r->doc->tokens.n && longest(r, t + 1, &behind)
           && behind.end > m->end;
}

/* Whether a match of several words has one of its own; what else it covers is then no date and no weapon. */
static bool is_of_names(const reading *r, uint32_t first, uint32_t end)
{
    bool own = false;
    for (uint32_t t = first; t < end; t++)
        own = own || (r->key[t].len && !r->taken[t] && may_be_of_name(r, t));
    return own;
}

/* The mentions that lie within a name go; false, and nothing is changed, where one reaches beyond it. */
static bool release(reading *r, uint32_t first, uint32_t end)
{
    mention_array *all = &r->doc->mentions;
    for (size_t i = 0; i < all->n; i++) {
        const mention *m = &all->v[i];
        if (m->kind != MENTION_QUANTITY && m->first < end && m->first + m->n > first
            && (m->first < first || m->first + m->n > end))
            return false;
    }
    size_t kept = 0;
    for (size_t i = 0; i < all->n; i++) {
        const mention *m = &all->v[i];
        const bool within = m->kind != MENTION_QUANTITY && m->first >= first && m->first + m->n <= end;
        if (!within) all->v[kept++] = *m;
    }
    all->n = kept;
    for (uint32_t t = first; t < end; t++) r->taken[t] = false;
    return true;
}

static bool any_taken(const reading *r, uint32_t first, uint32_t end)
{
    bool any = false;
    for (uint32_t t = first; t < end; t++) any = any || r->taken[t];
    return any;
}

/* "Karabakh", "Somaliland": an adjective elsewhere, here the place. */
static bool is_land(const reading *r, uint32_t t, const match *m)
{
    const token *k = reading_token(r, m->end - 1);
    const deprel d = deprel_universal(k->rel);
    if (!r->places || r->lex->nations.v[m->value].country.len || k->pos != UPOS_PROPN
        || (d != DEPREL_OBL && d != DEPREL_OBJ && d != DEPREL_NMOD))
        return false;
    return reading_place(r, t, m->end).known;
}

/* "Stade de France", "Banco de Mexico": in English a nation behind such a word stands within a name. */
static bool is_end_of_name(const reading *r, uint32_t t)
{
    const uint32_t start = reading_sentence(r, t)->first;
    return t > start + 1 && !reading_is_upper(r, t - 1) && lexicon_has(r->lex, SET_OF_NAME, r->key[t - 1])
           && reading_is_upper(r, t - 2) && !r->taken[t - 2];
}

/* Whether the words of a match may be its name: they are no part of a longer one, and of nothing else. */
static bool may_add(reading *r, uint32_t t, const match *m)
{
    const bool is_short = m->kind == PROPER_NATION || m->kind == PROPER_ADJECTIVE
                          || (m->kind == PROPER_ACTOR && m->end == t + 1);
    if (is_short && names_in_place(r, t, m->end)) return false;
    if (m->kind == PROPER_NATION && (names_in_person(r, t, m->end) || is_end_of_name(r, t))) return false;
    if (m->kind == PROPER_ADJECTIVE && is_land(r, t, m)) return false;
    if (!any_taken(r, t, m->end)) return true;
    return m->kind == PROPER_ACTOR && is_of_names(r, t, m->end) && release(r, t, m->end);
}

void names_known(reading *r)
{
    const size_t n = r->doc->tokens.n;
    for (uint32_t t = 0; t < n;) {
        match m;
        const bool start = r->key[t].len && longest(r, t, &m) && !is_begun_behind(r, t, &m);
        const bool is_name = start && may_add(r, t, &m);
        if (is_name) add(r, t, &m);
        t = is_name ? m.end : t + 1;
    }
    choose_namesakes(r);
}
