#include "place/around.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "place/spelling.h"

enum { MAX_WORDS_BACK = 8 };

typedef struct reader {
    const gazetteer *g;
    document *d;
} reader;

static str token_word(const reader *r, uint32_t i)
{
    return document_plain(r->d, r->d->tokens.v[i].at);
}

/* The rule of a kind for the words of tokens [first, last], folded; NULL = none. */
static const place_rule *rule_at(const reader *r, rule_kind kind, uint32_t first, uint32_t last)
{
    char key[SPELLING_MAX];
    span s = span_join(r->d->tokens.v[first].at, r->d->tokens.v[last].at);
    size_t n = s.len < SPELLING_MAX ? spelling_fold(document_plain(r->d, s), key) : 0;
    return n ? rules_find(&r->g->rules, kind, (str){key, n}) : NULL;
}

/* The longest run of up to four tokens that ends at `last` (not before `floor`) and has a rule of the kind. */
static const place_rule *rule_before(const reader *r, rule_kind kind, uint32_t floor, uint32_t last,
                                     uint32_t *first)
{
    for (uint32_t n = 4; n >= 1; n--) {
        if (last + 1 < floor + n) continue;
        const place_rule *rule = rule_at(r, kind, last + 1 - n, last);
        if (rule) return *first = last + 1 - n, rule;
    }
    return NULL;
}

static bool word_is(const reader *r, uint32_t i, const char *word)
{
    return str_is(r->d->tokens.v[i].norm, word);
}

static bool is_known(const reader *r, span s)
{
    gaz_match m;
    return gazetteer_by_name(r->g, document_plain(r->d, s), &m, 1) > 0;
}

static bool begins_large(const reader *r, uint32_t i)
{
    uint32_t c;
    str w = token_word(r, i);
    return w.len && utf8_decode(w, 0, &c) && utf8_is_upper(c);
}

/* ---- inside the mention ---------------------------------------------------------------------- */

typedef struct core {
    uint32_t first, last; /* tokens */
} core;

static span core_span(const reader *r, core c)
{
    return span_join(r->d->tokens.v[c.first].at, r->d->tokens.v[c.last].at);
}

/* Takes one word off the core that tells of the place but is not its name; false where there is none. */
static bool take_off(const reader *r, core *c, toponym *t)
{
    if (c->first == c->last) return false;
    const place_rule *rule;
    bool bare = c->first + 1 == c->last; /* "central Gulf" leaves no name if both words go */
    if (bare && rule_at(r, RULE_SIDE, c->first, c->first) && rule_at(r, RULE_AREA, c->last, c->last))
        return false;
    if (bare && rule_at(r, RULE_AREA, c->first, c->first) && rule_at(r, RULE_SIDE, c->last, c->last))
        return false; /* "River North" */
    if (word_is(r, c->first, "the") || word_is(r, c->first, "of")) return c->first++, true;
    /* "southern Indian Ocean": what is left is known whole */
    if ((rule = rule_at(r, RULE_SIDE, c->first, c->first))
        && is_known(r, core_span(r, (core){c->first + 1, c->last})))
        return t->side = rule, c->first++, true;
    if (rule_at(r, RULE_WORD, c->first, c->first)) return c->first++, true;
    if ((rule = rule_at(r, RULE_AREA, c->last, c->last))) return t->feature = rule->canon, c->last--, true;
    if ((rule = rule_at(r, RULE_STREET, c->last, c->last))) return t->object = rule, c->last--, true;
    if ((rule = rule_at(r, RULE_OBJECT, c->last, c->last))) return t->object = rule, c->last--, true;
    if ((rule = rule_at(r, RULE_SIDE, c->first, c->first))) return t->side = rule, c->first++, true;
    if ((rule = rule_at(r, RULE_NEAR, c->first, c->first))) return t->near = rule, c->first++, true;
    if ((rule = rule_at(r, RULE_AREA, c->first, c->first)))
        return t->feature = rule->canon, c->first++, true;
    return false;
}

static bool token_is_word(const reader *r, uint32_t i)
{
    str w = token_word(r, i);
    return w.len && ((unsigned char)w.ptr[0] >= 0x80 || (w.ptr[0] | 32) >= 'a');
}

static bool is_great(const reader *r, core c)
{
    gaz_match m[8];
    size_t n = gazetteer_by_name(r->g, document_plain(r->d, core_span(r, c)), m, 8);
    for (size_t i = 0; i < n && i < 8; i++) {
        const gaz_entry *e = &r->g->entries[m[i].entry];
        bool great =
            gaz_is_country(e) || gaz_is_admin(e, '1') || (e->flags & GAZ_CURATED) || e->population >= 50000;
        if (m[i].spelling <= GAZ_ALTERNATE && great) return true;
    }
    return false;
}

/* Of a longer name that nobody knows, the beginning or the end that everybody does: "Azaz Aleppo province", "Dubai
 * World Cup". What it is then lies in or near that place. */
static void take_known_part(const reader *r, core *c, toponym *t)
{
    static const place_rule beside = {.kind = RULE_OBJECT, .radius_m = 15000};
    for (uint32_t cut = 1; cut <= c->last - c->first && cut < 8; cut++) {
        core head = {c->first, c->last - cut}, tail = {c->first + cut, c->last};
        bool generic =
            rule_at(r, RULE_UNIFY, c->first, c->first) || rule_at(r, RULE_ARTICLE, c->first, c->first);
        bool at_head = !rule_at(r, RULE_SIDE, head.first, head.last) && is_great(r, head);
        if (!at_head && (generic || rule_at(r, RULE_SIDE, tail.first, tail.last) || !is_great(r, tail)))
            continue;
        *c = at_head ? head : tail;
        if (!t->object) t->object = &beside;
        t->is_part = true;
        t->feature = (str){0}; /* spoke of the whole */
        return;
    }
}

/* Whether no country and no province has the name. */
static bool is_town_only(const reader *r, core c)
{
    gaz_match m[8];
    size_t n = gazetteer_by_name(r->g, document_plain(r->d, core_span(r, c)), m, 8);
    for (size_t i = 0; i < n && i < 8; i++)
        if (r->g->entries[m[i].entry].feature_class == 'A') return false;
    return true;
}

/* "east London": written small before a town it tells a part of it, and is not the town that is called so. */
static void take_off_part(const reader *r, core *c, toponym *t)
{
    const place_rule *rule = rule_at(r, RULE_SIDE, c->first, c->first);
    const core rest = {c->first + 1, c->last};
    if (c->first == c->last || !rule || begins_large(r, c->first) || !begins_large(r, rest.first)
        || !is_known(r, core_span(r, rest)) || !is_known(r, core_span(r, *c)) || !is_town_only(r, *c))
        return;
    t->side = rule;
    c->first++;
}

/* "South Sudanese" */
static bool is_people(const reader *r, core c)
{
    return c.last == c.first + 1
           && gazetteer_demonym(r->g, document_plain(r->d, core_span(r, c))) != GAZ_NONE;
}

static core read_inside(const reader *r, const mention *m, toponym *t)
{
    core c = {m->first, m->first + m->n - 1}, whole = c;
    while (c.last > c.first && word_is(r, c.last, "'s")) c.last--;
    while (!is_known(r, core_span(r, c)) && !is_people(r, c) && take_off(r, &c, t)) continue;
    take_off_part(r, &c, t);
    const bool named_after = t->object && word_is(r, c.last, "'s"); /* "St. Mary's Cathedral" */
    const bool street = t->object && t->object->kind == RULE_STREET;
    if (named_after) c = whole;
    if (c.last - c.first <= 1 && (t->feature.len || (t->object && !street)))
        t->in_country = gazetteer_demonym(r->g, document_plain(r->d, core_span(r, c)));
    t->is_of_country = t->in_country != GAZ_NONE;
    if (t->is_of_country) c = whole;
    else if (!named_after && !is_known(r, core_span(r, c))) take_known_part(r, &c, t);
    t->name = document_plain(r->d, core_span(r, c));
    return c;
}

/* ---- beside the mention ---------------------------------------------------------------------- */

static bool is_exact(const reader *r, core c)
{
    gaz_match m;
    return gazetteer_by_name(r->g, document_plain(r->d, core_span(r, c)), &m, 1) > 0
           && m.spelling <= GAZ_ALTERNATE;
}

/* Hyphens and articles stand in names too: "Deir ez-Zor". */
static bool fits_name(const reader *r, uint32_t i)
{
    return begins_large(r, i) || word_is(r, i, "-") || rule_at(r, RULE_ARTICLE, i, i);
}

/* The recogniser cut a name short: "New | Mexico", "Latin | America". */
static void read_longer(const reader *r, core *c, toponym *t)
{
    const sentence *s = &r->d->sentences.v[t->sentence];
    uint32_t end = s->first + s->n;
    for (uint32_t left = 3 + 1; left-- > 0;)
        for (uint32_t right = 2 + 1; right-- > 0;) {
            if (left + right == 0 || c->first < s->first + left || c->last + right >= end) continue;
            core longer = {c->first - left, c->last + right};
            bool large = begins_large(r, longer.first) && begins_large(r, longer.last);
            for (uint32_t i = longer.first; i <= longer.last; i++) large &= fits_name(r, i);
            if (!large || !is_exact(r, longer)) continue;
            *c = longer;
            t->name = document_plain(r->d, core_span(r, longer));
            return;
        }
}

/* ---- behind the mention ---------------------------------------------------------------------- */

/* "Kandahar | airport": the longer name where the gazetteer has it, else a word about the place. */
static void read_behind(const reader *r, core *c, toponym *t)
{
    const sentence *s = &r->d->sentences.v[t->sentence];
    uint32_t end = s->first + s->n, next = c->last + 1;
    for (uint32_t n = 3; n >= 1; n--) {
        if (next + n > end || !token_is_word(r, next + n - 1)) continue;
        const place_rule *object = rule_at(r, RULE_STREET, next, next + n - 1);
        if (!object) object = rule_at(r, RULE_OBJECT, next, next + n - 1);
        const place_rule *area = rule_at(r, RULE_AREA, next, next + n - 1);
        if (!object && !area) continue;
        core longer = {c->first, next + n - 1};
        if (is_known(r, core_span(r, longer))) {
            *c = longer;
            t->name = document_plain(r->d, core_span(r, longer));
        } else if (object && !area) t->object = object;
        else if (!t->feature.len) t->feature = area->canon;
        return;
    }
}

/* ---- before the mention ---------------------------------------------------------------------- */

/* "10 km" before "east of". */
static double read_distance(const reader *r, uint32_t floor, uint32_t last)
{
    static const char *const units[] = {"km",        "kms",       "kilometers", "kilometres",
                                        "kilometer", "kilometre", "miles",      "mile"};
    if (last < floor + 1) return 0;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (!word_is(r, last, units[i])) continue;
        char text[24];
        str n = token_word(r, last - 1);
        if (n.len >= sizeof text) return 0;
        memcpy(text, n.ptr, n.len);
        text[n.len] = 0;
        double km = strtod(text, NULL) * (i >= 6 ? 1.609 : 1);
        return km > 0 && km < 300 ? km : 0;
    }
    return 0;
}

static void read_near(const reader *r, uint32_t floor, uint32_t first, const place_rule *near, toponym *t)
{
    static const place_rule none;
    t->near = near ? near : &none;
    const place_rule *side = rule_at(r, RULE_SIDE, first, first);
    if (side && str_is(side->canon, "C")) side = NULL;
    if (side) t->toward = side->canon;
    if (first > floor) t->km = read_distance(r, floor, first - 1);
}

/* "the Kenyan", "the South Sudanese": the country of the people that the words end with; GAZ_NONE. */
static uint32_t people_before(const reader *r, uint32_t floor, uint32_t last)
{
    const uint32_t two =
        last > floor ? gazetteer_demonym(r->g, document_plain(r->d, core_span(r, (core){last - 1, last})))
                     : GAZ_NONE;
    return two != GAZ_NONE ? two : gazetteer_demonym(r->g, token_word(r, last));
}

static void read_before(const reader *r, core c, toponym *t)
{
    const sentence *s = &r->d->sentences.v[t->sentence];
    uint32_t at = c.first, first;
    for (int k = 0; k < MAX_WORDS_BACK && at > s->first; k++) {
        const place_rule *rule;
        if (word_is(r, at - 1, "the")) {
            at--;
        } else if (!t->near && (rule = rule_before(r, RULE_NEAR, s->first, at - 1, &first))) {
            read_near(r, s->first, first, rule, t);
            at = first;
        } else if (!t->side && (rule = rule_at(r, RULE_SIDE, at - 1, at - 1))) {
            t->side = rule;
            at--;
        } else if (word_is(r, at - 1, "of") && at >= s->first + 2
                   && (rule = rule_at(r, RULE_AREA, at - 2, at - 2))) {
            /* "the southern district of Ohio" names no district called Ohio */
            if (!t->feature.len && !str_is(rule->canon, "ADM2")) t->feature = rule->canon;
            at -= 2;
        } else if (word_is(r, at - 1, "of") && at >= s->first + 2
                   && (rule = rule_at(r, RULE_SIDE, at - 2, at - 2))) {
            if (!t->side) t->side = rule; /* "the north of Idlib" */
            at -= 2;
        } else if (c.first == at && (rule = rule_at(r, RULE_AREA, at - 1, at - 1))) {
            if (!t->feature.len)
                t->feature = rule->canon; /* "Sheikh Miskin, hill 70": rare, "town Tadef" */
            at--;
        } else {
            uint32_t country = people_before(r, s->first, at - 1);
            if (country != GAZ_NONE && t->feature.len) t->in_country = country;
            break;
        }
    }
}

/* ---- what lies in what ----------------------------------------------------------------------- */

static bool is_glue(const reader *r, uint32_t i)
{
    return word_is(r, i, "the") || word_is(r, i, ",") || word_is(r, i, "(") || rule_at(r, RULE_WITHIN, i, i)
           || rule_at(r, RULE_SIDE, i, i) || rule_at(r, RULE_AREA, i, i);
}

typedef enum link { LINK_NONE, LINK_COMMA, LINK_HOLDS, LINK_JOINS } link;

/* What the words between two places make of them. LINK_HOLDS: "Saraqib in eastern Idlib", "Andar (Ghazni)"; the
 * second holds the first. LINK_COMMA: it may. LINK_JOINS: they are of one kind. At most five words, all known. */
static link link_between(const reader *r, const mention *a, const mention *b)
{
    uint32_t from = a->first + a->n;
    link found = LINK_NONE;
    if (b->first <= from || b->first - from > 5) return LINK_NONE;
    for (uint32_t i = from; i < b->first; i++) {
        if (rule_at(r, RULE_JOIN, i, i)) found = LINK_JOINS;
        else if (!is_glue(r, i)) return LINK_NONE;
        else if (found == LINK_JOINS) continue;
        else if (word_is(r, i, "(") || rule_at(r, RULE_WITHIN, i, i)) found = LINK_HOLDS;
        else if (word_is(r, i, ",") && found == LINK_NONE) found = LINK_COMMA;
    }
    return found;
}

/* "between Manbij and", "linking the town of Manbij with". */
static bool is_between(const reader *r, const mention *m)
{
    uint32_t at = m->first, floor = r->d->sentences.v[r->d->tokens.v[at].sentence].first;
    for (int back = 0; at > floor && back < 5; back++) {
        at--;
        if (rule_at(r, RULE_BETWEEN, at, at)) return true;
        bool passes = word_is(r, at, "the") || word_is(r, at, "of") || rule_at(r, RULE_AREA, at, at);
        if (!passes) return false;
    }
    return false;
}

/* "Syria's Idlib". */
static bool owns(const reader *r, const mention *a, const mention *b)
{
    uint32_t from = a->first + a->n;
    if (b->first < from) return false;
    if (b->first == from) return word_is(r, from - 1, "'s");
    return b->first == from + 1 && word_is(r, from, "'s");
}

/* "provinces" of "Kunduz and Helmand provinces", behind the mention or at its end. */
static bool is_of_several(const reader *r, const toponym *t)
{
    const uint32_t end = t->m->first + t->m->n,
                   limit = r->d->sentences.v[t->sentence].first + r->d->sentences.v[t->sentence].n;
    for (uint32_t i = end - 1; t->feature.len && i <= end && i < limit; i++)
        if (str_ends(r->d->tokens.v[i].norm, STR("s")) && rule_at(r, RULE_AREA, i, i)) return true;
    return false;
}

/* From the end, so that "Foua and Kafraya in Idlib" puts both into Idlib, and the commas of "Aleppo, Idlib and
 * Hama" put none into the next. */
static void read_inside_of(const reader *r, toponym_array *t)
{
    bool in_list = false, several = false;
    for (size_t i = t->n; i-- > 1;) {
        toponym *a = &t->v[i - 1], *b = &t->v[i];
        several = (several && in_list) || is_of_several(r, b);
        const mention *ma = a->m, *mb = b->m;
        bool apart = a->sentence != b->sentence || a->is_allusion || b->is_allusion;
        link l = apart ? LINK_NONE : link_between(r, ma, mb);
        if (l == LINK_JOINS && is_between(r, ma)) {
            a->between = (uint32_t)i;
            b->between = (uint32_t)i - 1;
        }
        if (l == LINK_HOLDS || (l == LINK_COMMA && !in_list)) {
            a->inside = (uint32_t)i;
            a->inside_is_sure = l == LINK_HOLDS || a->feature.len || b->feature.len;
        } else if (l == LINK_JOINS || l == LINK_COMMA) {
            a->inside = b->inside;
            a->inside_is_sure = b->inside_is_sure;
            if (several && !a->feature.len) a->feature = b->feature;
        } else if (!apart && owns(r, ma, mb)) {
            b->inside = (uint32_t)i - 1;
            b->inside_is_sure = true;
        }
        in_list = l == LINK_JOINS || (l == LINK_COMMA && in_list);
    }
}

static bool fits_document(const document *d, const mention *m)
{
    return m->n > 0 && m->first < d->tokens.n && m->n <= d->tokens.n - m->first
           && d->tokens.v[m->first].sentence < d->sentences.n;
}

toponym_array toponyms_read(const gazetteer *g, document *d)
{
    reader r = {g, d};
    toponym_array out = {0};
    size_t i = 0, k = 0;
    for (const mention *next; (next = document_next_named(d, &i, &k));) {
        mention *m = next->use == NAMED_PLACE ? &d->mentions.v[i - 1] : &d->allusions.v[k - 1];
        if (m->kind != MENTION_LOCATION || !fits_document(d, m)) continue;
        toponym *t = array_push(d->arena, &out);
        *t = (toponym){.m = m,
                       .is_allusion = m->use != NAMED_PLACE,
                       .sentence = d->tokens.v[m->first].sentence,
                       .inside = GAZ_NONE,
                       .between = GAZ_NONE,
                       .in_country = GAZ_NONE,
                       .division = GAZ_NONE};
        if (t->is_allusion) {
            core whole = {m->first, m->first + m->n - 1};
            t->name = document_plain(d, m->at);
            read_longer(&r, &whole, t); /* "Jersey" of "the New Jersey governor" */
            continue;
        }
        core c = read_inside(&r, m, t);
        if (t->is_of_country) continue;
        read_longer(&r, &c, t);
        if (c.last == m->first + m->n - 1) read_behind(&r, &c, t);
        read_before(&r, c, t);
    }
    read_inside_of(&r, &out);
    return out;
}
