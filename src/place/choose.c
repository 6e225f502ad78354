#include "place/choose.h"

#include <math.h>
#include <stdlib.h>

#include "base/map.h"
#include "place/cues.h"
#include "place/spelling.h"

enum { ROUNDS = 3, NEIGHBOURS = 24 };

/* Weights in units of powers of ten of people: +1 outweighs a town ten times as large. Set by hand. */
static const struct {
    float country, division, district, region, spot; /* what a kind is worth before anything is read */
    float neighbourhood;                             /* of the codebook's table */
    float capital, seat, quarter;                    /* of towns */
    float own_name, generic;                         /* spelling */
    float asked, not_asked;                          /* "province" beside the name */
    float inside, inside_maybe, outside;             /* "Town, Province" */
    float holds, holds_maybe;                        /* the same, for the province */
    float by_alias;                                  /* a district by another name than its own */
    float side_alone;                                /* a province called North */
    float said, nearby, province; /* share of the text; neighbours; others of its province */
    float capital_named;          /* a capital, where the text names its country */
} weight = {
    .country = 8,
    .division = 4.5f,
    .district = 2,
    .region = 5,
    .spot = 4.2f,
    .neighbourhood = 2.6f,
    .capital = 1,
    .seat = 0.4f,
    .quarter = -0.6f,
    .own_name = 0.4f,
    .generic = -0.8f,
    .asked = 3,
    .not_asked = -1.5f,
    .inside = 5,
    .inside_maybe = 2.5f,
    .outside = -1.5f,
    .holds = 2.5f,
    .holds_maybe = 1,
    .by_alias = -1.2f,
    .side_alone = -3,
    .said = 3,
    .nearby = 2,
    .province = 0.7f,
    .capital_named = 1.5f,
};

bool place_is_in(const gazetteer *g, uint32_t entry, uint32_t area)
{
    const gaz_entry *e = &g->entries[entry], *a = &g->entries[area];
    if (entry == area || e->admin1 == area || e->admin2 == area) return true;
    if (entry > area && entry < a->members_end) return true;
    if (gaz_is_country(a)) return memcmp(e->country, a->country, 2) == 0;
    bool both = (e->flags & GAZ_HAS_POINT) && (a->flags & GAZ_HAS_POINT);
    if (!both || a->feature_class == 'P' || (a->feature_class == 'A' && a->radius_m == 0)) return false;
    if (a->feature_class == 'A' && memcmp(e->country, a->country, 2) != 0) return false;
    return e->radius_m <= a->radius_m && geo_km(place_point(e), place_point(a)) * 1000 < a->radius_m * 1.1
           && a->feature_class != 'A';
}

/* ---- candidates ------------------------------------------------------------------------------ */

#define UNKNOWN_DISTRICT 4.5f /* powers of ten of people, where the gazetteer has none */

static float prior_of(const gaz_entry *e, gaz_spelling spelling)
{
    float people = log10f((float)e->population + 1), p = 0.9f * people;
    if (gaz_is_country(e)) p = weight.country;
    else if (gaz_is_admin(e, '1')) p = weight.division + 0.1f * people;
    else if (e->feature_class == 'A')
        p = weight.district + 0.3f * (e->population ? people : UNKNOWN_DISTRICT);
    else if (e->flags & GAZ_QUARTER) p = weight.neighbourhood;
    else if (e->flags & GAZ_CURATED)
        p = e->feature_class == 'S' || e->feature_class == 'T' ? weight.spot : weight.region;
    else if (e->feature_class != 'P') p = 2;
    if (str_is(str_from(e->feature), "PPLC")) p += weight.capital;
    if (str_is(str_from(e->feature), "PPLA")) p += weight.seat;
    if (str_is(str_from(e->feature), "PPLX")) p += weight.quarter;
    if (gaz_is_admin(e, '2') && spelling != GAZ_NAME) p += weight.by_alias;
    if (spelling == GAZ_NAME) p += weight.own_name;
    if (spelling >= GAZ_GENERIC) p += weight.generic;
    return p;
}

/* A district without a point, where the codebook has the quarter of that name with one. */
static bool is_quarter_too(const gazetteer *g, const gaz_entry *e, const gaz_match *m, uint32_t n)
{
    if (!gaz_is_admin(e, '2') || (e->flags & GAZ_HAS_POINT)) return false;
    for (uint32_t i = 0; i < n; i++) {
        const gaz_entry *q = &g->entries[m[i].entry];
        if ((q->flags & GAZ_QUARTER) && q->admin1 == e->admin1) return true;
    }
    return false;
}

static void group_fill(chooser *c, group *gr)
{
    gaz_match m[MAX_CANDIDATES];
    if (c->toponyms.v[gr->first].is_of_country) return;
    gr->n_all = (uint32_t)gazetteer_by_name(c->g, gr->name, m, MAX_CANDIDATES);
    uint32_t n = gr->n_all < MAX_CANDIDATES ? gr->n_all : MAX_CANDIDATES;
    gr->v = arena_new(c->d->arena, candidate, n + 1);
    char key[SPELLING_MAX];
    bool is_side = rules_find(&c->g->rules, RULE_SIDE, (str){key, spelling_fold(gr->name, key)}) != NULL;
    for (uint32_t i = 0; i < n; i++) {
        const gaz_entry *e = &c->g->entries[m[i].entry];
        if (gazetteer_refuses(c->g, gr->name, e) || is_quarter_too(c->g, e, m, n)) continue;
        float prior = prior_of(e, m[i].spelling) + (is_side ? weight.side_alone : 0);
        gr->v[gr->n++] = (candidate){m[i].entry, m[i].spelling, prior, 0};
    }
}

static void groups_make(chooser *c)
{
    map names = {0};
    for (size_t i = 0; i < c->toponyms.n; i++) {
        char key[SPELLING_MAX];
        toponym *t = &c->toponyms.v[i];
        size_t n = spelling_acronym(t->name, key);
        if (!n) n = spelling_fold(t->name, key);
        map_slot *s = map_put(c->d->arena, &names, arena_copy(c->d->arena, (str){key, n}));
        if (s->value == MAP_NONE) {
            s->value = (uint32_t)c->groups.n;
            group *gr = array_push(c->d->arena, &c->groups);
            *gr = (group){.name = t->name, .first = (uint32_t)i, .last = (uint32_t)i, .chosen = -1};
            group_fill(c, gr);
        }
        group *gr = &c->groups.v[s->value];
        c->toponyms.v[gr->last].next = (uint32_t)i;
        t->next = GAZ_NONE;
        t->group = s->value;
        gr->last = (uint32_t)i;
        gr->n_toponyms += !t->is_allusion; /* what it speaks of counts in said_read */
    }
}

/* ---- what the text speaks of ----------------------------------------------------------------- */

static void said_add(chooser *c, const char code[2], float much)
{
    int i = country_index(code);
    if (i >= 0) c->said[i] += much;
}

static bool begins_large(str word)
{
    return word.len && word.ptr[0] >= 'A' && word.ptr[0] <= 'Z';
}

/* "Kenyan", "South Sudanese": the country that a word tells the people of, with the word before it where both do. */
static uint32_t people_at(const chooser *c, size_t i)
{
    const document *d = c->d;
    const token *k = &d->tokens.v[i];
    str word = document_plain(d, k->at);
    uint32_t one = begins_large(word) ? gazetteer_demonym(c->g, word) : GAZ_NONE;
    if (one == GAZ_NONE || i == 0 || d->tokens.v[i - 1].sentence != k->sentence) return one;
    uint32_t two = gazetteer_demonym(c->g, document_plain(d, span_join(d->tokens.v[i - 1].at, k->at)));
    return two == GAZ_NONE ? one : two;
}

static void said_read(chooser *c)
{
    const document *d = c->d;
    for (size_t i = 0; i < d->tokens.n; i++) {
        const country_cue cue = cue_at(&c->g->rules, d, i);
        if (cue.weight > 0) said_add(c, cue.country, cue.weight);
        uint32_t country = people_at(c, i);
        if (country != GAZ_NONE) said_add(c, c->g->entries[country].country, 0.7f);
    }
    for (size_t i = 0; i < d->mentions.n; i++) {
        const mention *m = &d->mentions.v[i];
        if (m->kind == MENTION_ORGANISATION && m->country.len == 2) said_add(c, m->country.ptr, 0.5f);
    }
}

static void countries_count(chooser *c)
{
    c->total = 0;
    memcpy(c->country, c->said, sizeof c->country);
    memset(c->named, 0, sizeof c->named);
    for (size_t i = 0; i < c->groups.n; i++) {
        const group *gr = &c->groups.v[i];
        if (gr->chosen < 0) continue;
        const gaz_entry *e = &c->g->entries[gr->v[gr->chosen].entry];
        int k = country_index(e->country);
        if (k >= 0 && gr->n_toponyms && gaz_is_country(e)) c->named[k] = true;
        if (k >= 0) c->country[k] += gr->n_toponyms < 3 ? (float)gr->n_toponyms : 3;
    }
    for (int k = 0; k < 676; k++) c->total += c->country[k];
}

/* ---- scoring --------------------------------------------------------------------------------- */

static bool feature_fits(const gaz_entry *e, str asked)
{
    if (str_is(asked, "PCL")) return gaz_is_country(e);
    if (str_is(asked, "ADM1")) return gaz_is_admin(e, '1');
    if (str_is(asked, "ADM2")) return e->feature_class == 'A' && gaz_is_admin(e, '2');
    if (str_is(asked, "PPLC")) return str_is(str_from(e->feature), "PPLC");
    if (str_starts(asked, STR("PPL"))) return e->feature_class == 'P';
    if (str_is(asked, "AREA")) return e->feature_class == 'A' || e->feature_class == 'L';
    if (str_is(asked, "MT")) return e->feature_class == 'T';
    if (str_is(asked, "ISL")) return e->feature_class == 'T' && e->feature[0] != 'M';
    return e->feature_class == 'H';
}

static float asked_score(const gaz_entry *e, const toponym *t)
{
    if (!t->feature.len) return t->side && (gaz_is_admin(e, '1') || gaz_is_country(e)) ? 1.5f : 0;
    if (feature_fits(e, t->feature)) return weight.asked;
    bool order = str_is(t->feature, "ADM2") && gaz_is_admin(e, '1');
    return order ? 0 : weight.not_asked;
}

static bool names_country(const chooser *c, const group *gr)
{
    for (uint32_t i = 0; i < gr->n; i++)
        if (gaz_is_country(&c->g->entries[gr->v[i].entry])) return true;
    return false;
}

/* The best that the candidates of the container can do for this entry; the chosen one counts most. */
static float inside_score(const chooser *c, uint32_t entry, const toponym *t)
{
    const group *container = &c->groups.v[c->toponyms.v[t->inside].group];
    bool peers = names_country(c, &c->groups.v[t->group]) && names_country(c, container);
    if (peers && !gaz_is_country(&c->g->entries[entry]))
        return 0; /* "Mexico, the United States and Canada" */
    float best = 0;
    for (uint32_t i = 0; i < container->n; i++) {
        uint32_t area = container->v[i].entry;
        if (area == entry || !place_is_in(c->g, entry, area)) continue;
        float s = (int32_t)i == container->chosen ? weight.inside : weight.inside_maybe;
        if (s > best) best = s;
    }
    if (best > 0 || container->chosen < 0) return best;
    const gaz_entry *area = &c->g->entries[container->v[container->chosen].entry];
    return t->inside_is_sure && (gaz_is_country(area) || gaz_is_admin(area, '1')) ? weight.outside : 0;
}

/* "Tacoma, Washington": what lies in the entry speaks for it, if it is no unlikely namesake itself. */
static float holds_score(const chooser *c, uint32_t area, const toponym *t)
{
    uint32_t self = (uint32_t)(t - c->toponyms.v);
    const gaz_entry *a = &c->g->entries[area];
    if (self == 0 || c->toponyms.v[self - 1].inside != self || a->feature_class == 'P') return 0;
    const group *held = &c->groups.v[c->toponyms.v[self - 1].group];
    float most = -1e9f, best = -1e9f;
    for (uint32_t i = 0; i < held->n; i++) {
        if (held->v[i].prior > most) most = held->v[i].prior;
        if (held->v[i].entry != area && held->v[i].prior > best
            && place_is_in(c->g, held->v[i].entry, area))
            best = held->v[i].prior;
    }
    return best < 0 ? 0 : best > most - 2 ? weight.holds : weight.holds_maybe;
}

/* What the words beside it say of where it lies. */
static float where_score(const chooser *c, uint32_t entry, const toponym *t)
{
    float s = holds_score(c, entry, t);
    if (t->inside != GAZ_NONE) s += inside_score(c, entry, t);
    if (t->in_country != GAZ_NONE)
        s += place_is_in(c->g, entry, t->in_country) ? weight.inside : weight.outside;
    return s;
}

static float text_score(const chooser *c, uint32_t entry, const toponym *t)
{
    return asked_score(&c->g->entries[entry], t) + where_score(c, entry, t);
}

/* What a group adds to the count of the country it is chosen to lie in. */
static float own_share(const chooser *c, const group *gr, int country)
{
    if (gr->chosen < 0 || country_index(c->g->entries[gr->v[gr->chosen].entry].country) != country)
        return 0;
    return gr->n_toponyms < 3 ? (float)gr->n_toponyms : 3;
}

static float said_score(const chooser *c, size_t self, const gaz_entry *e)
{
    const group *gr = &c->groups.v[self];
    int k = country_index(e->country);
    if (k < 0)
        return gaz_is_country(e) ? 0 : 0.6f * weight.said; /* seas and continents belong to every text */
    float own = gr->chosen < 0 ? 0 : gr->n_toponyms < 3 ? (float)gr->n_toponyms : 3, total = c->total - own;
    if (total < 0.1f) return 0;
    float sure = total < 4 ? total / 4 : 1; /* a share of little says little */
    float share = (c->country[k] - own_share(c, gr, k)) / total;
    return share <= 0 ? 0 : weight.said * sqrtf(sure * share);
}

/* The neighbours are the spellings met just before and after. */
static float near_score(const chooser *c, size_t self, const gaz_entry *e)
{
    if (!(e->flags & GAZ_HAS_POINT) || gaz_is_country(e)) return 0;
    size_t from = self > NEIGHBOURS / 2 ? self - NEIGHBOURS / 2 : 0, to = self + NEIGHBOURS / 2;
    float sum = 0;
    for (size_t i = from; i <= to && i < c->groups.n; i++) {
        const group *o = &c->groups.v[i];
        if (i == self || o->chosen < 0) continue;
        const gaz_entry *other = &c->g->entries[o->v[o->chosen].entry];
        if (!(other->flags & GAZ_HAS_POINT) || gaz_is_country(other) || other->radius_m > 500000) continue;
        sum += expf(-(float)geo_km(place_point(e), place_point(other)) / 150);
    }
    return weight.nearby * (1 - expf(-sum));
}

/* Whether its neighbours lie in its province, or are the province. */
static float province_score(const chooser *c, size_t self, const gaz_entry *e)
{
    if (e->admin1 == GAZ_NONE || gaz_is_country(e) || gaz_is_admin(e, '1')) return 0;
    size_t from = self > NEIGHBOURS / 2 ? self - NEIGHBOURS / 2 : 0, to = self + NEIGHBOURS / 2;
    float n = 0;
    for (size_t i = from; i <= to && i < c->groups.n; i++) {
        const group *o = &c->groups.v[i];
        if (i == self || o->chosen < 0) continue;
        uint32_t other = o->v[o->chosen].entry;
        n += other == e->admin1 || c->g->entries[other].admin1 == e->admin1;
    }
    return weight.province * (1 - expf(-n));
}

/* "an attack in France … in Paris" */
static float capital_score(const chooser *c, const gaz_entry *e)
{
    int k = country_index(e->country);
    return k >= 0 && c->named[k] && str_is(str_from(e->feature), "PPLC") ? weight.capital_named : 0;
}

static void group_score(chooser *c, size_t self)
{
    group *gr = &c->groups.v[self];
    float best = -1e9f;
    int32_t chosen = -1;
    for (uint32_t i = 0; i < gr->n; i++) {
        candidate *k = &gr->v[i];
        const gaz_entry *e = &c->g->entries[k->entry];
        float text = 0;
        for (uint32_t j = gr->first; j != GAZ_NONE; j = c->toponyms.v[j].next) {
            float s = text_score(c, k->entry, &c->toponyms.v[j]);
            if (fabsf(s) > fabsf(text)) text = s;
        }
        k->score = k->prior + text + capital_score(c, e) + said_score(c, self, e) + near_score(c, self, e)
                   + province_score(c, self, e);
        if (k->score > best) best = k->score, chosen = (int32_t)i;
    }
    gr->chosen = chosen;
}

/* ---- refusing -------------------------------------------------------------------------------- */

/* A difference of latitude alone tells most pairs of a long document apart, without sines. */
static bool is_near(const gaz_entry *e, const gaz_entry *other)
{
    bool far = abs(e->lat_e6 - other->lat_e6) > 1100000; /* 122 km */
    return !far && geo_km(place_point(e), place_point(other)) < 120;
}

static bool is_hamlet(const gaz_entry *e)
{
    enum { HAMLET = 5000 };
    return e->feature_class == 'P' && e->population < HAMLET && !(e->flags & GAZ_CURATED);
}

/* Whether another spelling of the document was found within 120 km; two hamlets may be namesakes both. */
static bool has_neighbour(const chooser *c, size_t self, const gaz_entry *e)
{
    for (size_t i = 0; i < c->groups.n; i++) {
        const group *o = &c->groups.v[i];
        if (i == self || o->chosen < 0) continue;
        const gaz_entry *other = &c->g->entries[o->v[o->chosen].entry];
        if (other == e || (is_hamlet(e) && is_hamlet(other))) continue;
        bool exact = (other->flags & GAZ_HAS_POINT) && !gaz_is_country(other) && other->radius_m < 100000;
        if (exact && is_near(e, other)) return true;
    }
    return false;
}

static bool has_support(const chooser *c, size_t self, const candidate *k)
{
    const gaz_entry *e = &c->g->entries[k->entry];
    int code = country_index(e->country);
    float own = c->groups.v[self].n_toponyms < 3 ? (float)c->groups.v[self].n_toponyms : 3;
    if (code < 0 || c->country[code] - own > 0.4f) return true;
    return has_neighbour(c, self, e);
}

/* Near others, in the country that the text speaks of most, or where its words put it. */
static bool is_at_home(const chooser *c, size_t self, const candidate *k)
{
    const gaz_entry *e = &c->g->entries[k->entry];
    int code = country_index(e->country);
    if (has_neighbour(c, self, e) || (code >= 0 && c->country[code] > 0.25f * c->total)) return true;
    return where_score(c, k->entry, &c->toponyms.v[c->groups.v[self].first]) >= weight.inside_maybe;
}

/* Whether the text names several towns of the entry's country, so that one far from all of them stands out. */
static bool names_towns_of(const chooser *c, size_t self, const gaz_entry *e)
{
    enum { SEVERAL = 3 };
    int n = 0;
    for (size_t i = 0; i < c->groups.n && n < SEVERAL; i++) {
        const group *o = &c->groups.v[i];
        if (i == self || o->chosen < 0) continue;
        const gaz_entry *other = &c->g->entries[o->v[o->chosen].entry];
        n += other != e && other->feature_class == 'P' && memcmp(other->country, e->country, 2) == 0;
    }
    return n >= SEVERAL;
}

/* A neighbourhood is one where the text speaks of its city, or of its country alone, most of all and without towns. */
static bool is_strange_quarter(const chooser *c, size_t self, const gaz_entry *e)
{
    enum { CITY_KM = 80 };
    const group *gr = &c->groups.v[self];
    const str asked = c->toponyms.v[gr->first].feature;
    int code = country_index(e->country);
    bool has_town = false;
    if (asked.len && !str_starts(asked, STR("PPL")) && !str_is(asked, "ADM2") && !str_is(asked, "AREA"))
        return true; /* "the Shaar mountains" */
    for (size_t i = 0; i < c->groups.n; i++) {
        const group *o = &c->groups.v[i];
        if (i == self || o->chosen < 0) continue;
        const gaz_entry *other = &c->g->entries[o->v[o->chosen].entry];
        bool exact = (other->flags & GAZ_HAS_POINT) && !gaz_is_country(other) && other->radius_m < 100000;
        if (!exact || (other->flags & GAZ_QUARTER)) continue;
        if (is_near(e, other) && geo_km(place_point(e), place_point(other)) < CITY_KM) return false;
        has_town |= other->feature_class == 'P' && memcmp(other->country, e->country, 2) == 0;
    }
    if (has_town || code < 0) return true;
    float own = gr->n_toponyms < 3 ? (float)gr->n_toponyms : 3;
    float others = c->country[code] - own;
    return others < 0.4f || others * 2 < c->total - own;
}

/* "the Kenyan village of Harun" is no town of that name elsewhere. */
static bool is_of_other_country(const chooser *c, const group *gr)
{
    const toponym *t = &c->toponyms.v[gr->first];
    const uint32_t entry = gr->v[gr->chosen].entry;
    return t->in_country != GAZ_NONE && c->g->entries[entry].feature_class == 'P'
           && !place_is_in(c->g, entry, t->in_country);
}

/* A hamlet of a country that the text never speaks of, while it does speak of others, is a namesake. */
static bool is_namesake(const chooser *c, size_t self)
{
    const group *gr = &c->groups.v[self];
    const candidate *k = &gr->v[gr->chosen];
    const gaz_entry *e = &c->g->entries[k->entry];
    bool great = gaz_is_country(e) || gaz_is_admin(e, '1') || (e->flags & GAZ_CURATED)
                 || e->population > 200000 || strncmp(e->feature, "PPLC", 5) == 0;
    if (is_of_other_country(c, gr)) return true;
    if (e->flags & GAZ_QUARTER) return is_strange_quarter(c, self, e);
    bool vague = k->spelling >= GAZ_GENERIC && e->population < 1000000 && !gaz_is_country(e);
    vague |= c->toponyms.v[gr->first].is_part && !gaz_is_country(e);
    if (vague && c->total >= 2 && !is_at_home(c, self, k)) return true;
    if (is_hamlet(e) && !has_neighbour(c, self, e) && names_towns_of(c, self, e)
        && where_score(c, k->entry, &c->toponyms.v[gr->first]) < weight.inside_maybe)
        return true;
    if (great || has_support(c, self, k)) return false;
    const toponym *t = &c->toponyms.v[gr->first];
    float own = gr->n_toponyms < 3 ? (float)gr->n_toponyms : 3;
    return c->total - own >= 3 && where_score(c, k->entry, t) < weight.inside_maybe;
}

/* Whether the chosen one was a neighbourhood that is strange to the text; it is none of the candidates then. */
static bool drop_quarter(chooser *c, size_t self)
{
    group *gr = &c->groups.v[self];
    if (gr->chosen < 0) return false;
    const gaz_entry *e = &c->g->entries[gr->v[gr->chosen].entry];
    if (!(e->flags & GAZ_QUARTER) || !is_strange_quarter(c, self, e)) return false;
    gr->v[gr->chosen] = gr->v[--gr->n];
    gr->chosen = -1;
    return true;
}

void choose_run(chooser *c)
{
    groups_make(c);
    said_read(c);
    for (int round = 0; round < ROUNDS; round++) {
        countries_count(c);
        for (size_t i = 0; i < c->groups.n; i++) group_score(c, i);
    }
    /* another bearer of the name, where the quarter is strange to the text */
    countries_count(c);
    for (size_t i = 0; i < c->groups.n; i++)
        while (drop_quarter(c, i)) group_score(c, i);
    /* twice: two spellings of one namesake speak for each other until the first is gone */
    for (int round = 0; round < 2; round++) {
        countries_count(c);
        for (size_t i = 0; i < c->groups.n; i++)
            if (c->groups.v[i].chosen >= 0 && is_namesake(c, i)) c->groups.v[i].chosen = -1;
    }
}

/* The province is called like its capital: which of the two a mention means is its own words' matter. */
const candidate *choose_for(const chooser *c, const toponym *t)
{
    const group *gr = &c->groups.v[t->group];
    if (gr->chosen < 0) return NULL;
    const candidate *best = &gr->v[gr->chosen];
    const gaz_entry *e = &c->g->entries[best->entry];
    float most = asked_score(e, t);
    for (uint32_t i = 0; i < gr->n; i++) {
        const gaz_entry *o = &c->g->entries[gr->v[i].entry];
        bool same = memcmp(o->country, e->country, 2) == 0 && (o->flags & GAZ_HAS_POINT)
                    && (e->flags & GAZ_HAS_POINT)
                    && (place_is_in(c->g, gr->v[i].entry, best->entry)
                        || place_is_in(c->g, best->entry, gr->v[i].entry));
        float s = asked_score(o, t);
        bool seat = gaz_is_admin(e, '1')
                    && (str_is(str_from(o->feature), "PPLA") || str_is(str_from(o->feature), "PPLC"));
        /* "in Idlib": the town, if nothing speaks of more; but a small seat does not stand for Quebec. */
        if (seat && !t->feature.len && !t->side && o->population > e->population / 8) s += 0.5f;
        if (same && s > most) most = s, best = &gr->v[i];
    }
    return best;
}
