#include "place/place.h"

#include <math.h>

#include "place/choose.h"
#include "place/spelling.h"

/* ---- precision ------------------------------------------------------------------------------- */

static bool is_sea(const gaz_entry *e)
{
    static const char *const codes[] = {"SEA", "OCN", "GULF", "STRT", "BAY", "CHN", "SD", "CHNM", "BGHT"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (e->feature_class == 'H' && str_is(str_from(e->feature), codes[i])) return true;
    return false;
}

/* UCDP GED's where_prec (Codebook 23.1): 1 exact to 7 sea or air. */
static uint8_t precision_of(const gaz_entry *e)
{
    if (gaz_is_country(e) || str_is(str_from(e->feature), "CONT")) return PRECISION_COUNTRY;
    if (gaz_is_admin(e, '1')) return PRECISION_ADMIN1;
    if (e->feature_class == 'A') return PRECISION_ADMIN2;
    if (is_sea(e)) return PRECISION_SEA;
    if (e->feature_class == 'P' || e->radius_m <= 15000) return PRECISION_EXACT;
    return e->radius_m <= 60000 && e->feature_class != 'H' ? PRECISION_ADMIN2 : PRECISION_WIDER;
}

/* A town spreads with the root of its people: 1.7 km for 15,000, 7 km for a million. */
static uint32_t radius_of(const gaz_entry *e)
{
    if (e->feature_class == 'P') return 1000 + (uint32_t)(6 * sqrt(e->population));
    return e->radius_m ? e->radius_m : 5000;
}

/* ---- writing the place ----------------------------------------------------------------------- */

static const place_match match_of[] = {[GAZ_NAME] = MATCH_EXACT,
                                       [GAZ_ALTERNATE] = MATCH_ALTERNATE,
                                       [GAZ_GENERIC] = MATCH_GENERIC,
                                       [GAZ_SKELETON] = MATCH_SKELETON};

static void put_point(place *p, geo_point at, uint32_t radius_m)
{
    p->lat = round(at.lat * 1e5) / 1e5;
    p->lon = round(at.lon * 1e5) / 1e5;
    p->has_point = true;
    p->radius_m = radius_m;
}

static void put_divisions(const gazetteer *g, place *p, const gaz_entry *e)
{
    if (e->country[0]) p->country = (str){e->country, 2};
    p->admin1 = gazetteer_name(g, e->admin1);
    p->admin2 = gazetteer_name(g, e->admin2);
}

static void put_entry(const gazetteer *g, place *p, uint32_t entry, gaz_spelling spelling)
{
    const gaz_entry *e = &g->entries[entry];
    p->name = gazetteer_name(g, entry);
    p->geonameid = e->geonameid;
    p->feature = str_from(e->feature);
    p->match = match_of[spelling];
    p->precision = precision_of(e);
    put_divisions(g, p, e);
    if (e->flags & GAZ_HAS_POINT) {
        put_point(p, place_point(e), radius_of(e));
    } else if (e->admin1 < g->n_entries && (g->entries[e->admin1].flags & GAZ_HAS_POINT)) {
        const gaz_entry *a =
            &g->entries[e->admin1]; /* a district without a point: its province, and so says it */
        put_point(p, place_point(a), radius_of(a));
        p->precision = PRECISION_ADMIN1;
    }
}

/* An unknown village in a known area has the area's point and its own name. */
static void put_inside(const gazetteer *g, place *p, uint32_t area)
{
    str name = p->name;
    put_entry(g, p, area, GAZ_NAME);
    p->name = name;
    p->geonameid = 0;
    p->feature = (str){0};
    p->match = MATCH_CONTAINMENT;
    if (p->precision < PRECISION_ADMIN2) p->precision = PRECISION_NEAR;
    if (p->precision == PRECISION_NEAR && p->radius_m < 25000) p->radius_m = 25000;
}

/* ---- words that move or widen ---------------------------------------------------------------- */

static void widen(place *p, uint32_t radius_m)
{
    if (p->radius_m < radius_m) p->radius_m = radius_m;
    if (p->precision == PRECISION_EXACT) p->precision = PRECISION_NEAR;
}

/* "northern Aleppo": the middle of that part of the area. In a very large one the point moves 150 km at most, and
 * the radius says that the rest is not known. */
static void cut_side(place *p, str side)
{
    double bearing = geo_bearing(side.ptr, (int)side.len);
    if (p->precision < PRECISION_ADMIN2 || p->precision == PRECISION_SEA) return;
    if (p->precision == PRECISION_COUNTRY) p->precision = PRECISION_WIDER;
    geo_point at = {p->lat, p->lon};
    double km = fmin(150, p->radius_m * 0.45 / 1000);
    if (bearing >= 0) at = geo_step(at, bearing, km);
    put_point(p, at, (uint32_t)fmax(p->radius_m * 0.6, p->radius_m - 1000 * km));
}

static void step_toward(place *p, const toponym *t)
{
    double bearing = t->toward.len ? geo_bearing(t->toward.ptr, (int)t->toward.len) : -1;
    if (t->km > 0 && bearing >= 0) {
        put_point(p, geo_step((geo_point){p->lat, p->lon}, bearing, t->km),
                  (uint32_t)(1000 * fmax(3, 0.3 * t->km)));
        p->precision = PRECISION_NEAR;
    } else {
        widen(p, t->near->radius_m);
    }
}

static void apply_words(place *p, const toponym *t)
{
    if (!p->has_point) return;
    bool local = p->precision <= PRECISION_NEAR;
    if (t->side && !local) cut_side(p, t->side->canon);
    if (t->near && local) step_toward(p, t);
    if (t->object && local) widen(p, t->object->radius_m);
    if (str_is(t->feature, "AREA") && local) widen(p, 25000);
}

/* ---- names that the gazetteer has not -------------------------------------------------------- */

/* What an entry can hold an unknown name by: itself, where it is smaller than a country. */
static uint32_t area_of_entry(const gazetteer *g, uint32_t entry)
{
    const gaz_entry *e = &g->entries[entry];
    if (gaz_is_country(e)) return GAZ_NONE;
    return e->radius_m <= 300000 ? entry : e->admin1;
}

static uint32_t named_area(const chooser *c, const toponym *t)
{
    for (int depth = 0; t->inside != GAZ_NONE && depth < 4; depth++) {
        t = &c->toponyms.v[t->inside];
        const candidate *k = choose_for(c, t);
        uint32_t area = k ? area_of_entry(c->g, k->entry) : GAZ_NONE;
        if (area != GAZ_NONE) return area;
    }
    return GAZ_NONE;
}

static uint32_t division_of(const chooser *c, const toponym *t)
{
    const candidate *k = choose_for(c, t);
    if (!k) return t->division; /* itself put there by what stood before it */
    return gaz_is_admin(&c->g->entries[k->entry], '1') ? k->entry : c->g->entries[k->entry].admin1;
}

/* The first in this sentence or behind it; they stand in text order. */
static size_t first_toponym(const chooser *c, uint32_t from)
{
    size_t low = 0, high = c->toponyms.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->toponyms.v[middle].sentence < from) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* Whether the text speaks enough of the area's country for unknown villages to lie there: those of a report
   from Iraq that names Moscow once are none of Moscow. */
static bool is_of_subject(const chooser *c, uint32_t area)
{
    int code = country_index(c->g->entries[area].country);
    return code < 0 || c->country[code] >= 0.25f * c->total;
}

/* The one first-order division that the places of these sentences lie in; GAZ_NONE where there are two. */
static uint32_t only_division(const chooser *c, uint32_t from, uint32_t to)
{
    uint32_t found = GAZ_NONE;
    for (size_t i = first_toponym(c, from); i < c->toponyms.n && c->toponyms.v[i].sentence <= to; i++) {
        uint32_t area = c->toponyms.v[i].is_allusion ? GAZ_NONE : division_of(c, &c->toponyms.v[i]);
        if (area == GAZ_NONE || !is_of_subject(c, area)) continue;
        if (found != GAZ_NONE && found != area) return GAZ_NONE;
        found = area;
    }
    return found;
}

/* The town that was spoken of last, up to three sentences back. */
static uint32_t last_town(const chooser *c, const toponym *t)
{
    for (const toponym *b = t; b-- > c->toponyms.v && b->sentence + 3 >= t->sentence;) {
        const candidate *k = b->is_allusion ? NULL : choose_for(c, b);
        if (k && c->g->entries[k->entry].feature_class == 'P') return k->entry;
    }
    return GAZ_NONE;
}

/* The town that the document names most, if it names it as often as all others together; GAZ_NONE = none. */
static uint32_t find_main_town(const chooser *c)
{
    uint32_t most = 0, all = 0, town = GAZ_NONE;
    for (size_t i = 0; i < c->groups.n; i++) {
        const group *gr = &c->groups.v[i];
        const gaz_entry *e = gr->chosen < 0 ? NULL : &c->g->entries[gr->v[gr->chosen].entry];
        if (!e || e->feature_class != 'P' || (e->flags & GAZ_QUARTER)) continue;
        all += gr->n_toponyms;
        if (gr->n_toponyms > most) most = gr->n_toponyms, town = gr->v[gr->chosen].entry;
    }
    return most * 2 >= all ? town : GAZ_NONE;
}

/* The division that nearly everything in the document lies in: four fifths of three places or more. */
static uint32_t find_main_division(const chooser *c)
{
    uint32_t best = GAZ_NONE, votes = 0, all = 0, agree = 0;
    for (size_t i = 0; i < c->toponyms.n; i++) {
        uint32_t d = choose_for(c, &c->toponyms.v[i]) ? division_of(c, &c->toponyms.v[i]) : GAZ_NONE;
        if (d == GAZ_NONE) continue;
        if (!votes) best = d;
        votes = d == best ? votes + 1 : votes - 1; /* majority vote of Boyer and Moore */
    }
    for (size_t i = 0; i < c->toponyms.n; i++) {
        uint32_t d = choose_for(c, &c->toponyms.v[i]) ? division_of(c, &c->toponyms.v[i]) : GAZ_NONE;
        all += d != GAZ_NONE;
        agree += d != GAZ_NONE && d == best;
    }
    return all >= 3 && agree * 5 >= all * 4 ? best : GAZ_NONE;
}

static uint32_t spoken_area(const chooser *c, const toponym *t)
{
    uint32_t area = named_area(c, t);
    bool in_town =
        t->object || str_is(t->feature, "PPLX"); /* "Main Street": of the town that this is about */
    if (area == GAZ_NONE && in_town) area = last_town(c, t);
    if (area == GAZ_NONE) area = only_division(c, t->sentence, t->sentence);
    if (area != GAZ_NONE || t->sentence == 0) return area;
    const sentence *s = &c->d->sentences.v[t->sentence];
    if (c->d->sentences.v[t->sentence - 1].block != s->block) return GAZ_NONE;
    return only_division(c, t->sentence - 1, t->sentence - 1);
}

static uint32_t known_area(const chooser *c, const toponym *t)
{
    uint32_t area = spoken_area(c, t);
    if (area == GAZ_NONE && (t->object || str_is(t->feature, "PPLX"))) area = c->main_town;
    return area != GAZ_NONE ? area : c->main_division;
}

static void resolve_unknown(const chooser *c, toponym *t, place *p)
{
    uint32_t area = known_area(c, t);
    const uint32_t country = c->toponyms.v[c->groups.v[t->group].first].in_country;
    if (country != GAZ_NONE && (area == GAZ_NONE || !place_is_in(c->g, area, country)))
        area = country; /* "the Kenyan village of Harun" */
    if (area == GAZ_NONE) return;
    t->division = gaz_is_admin(&c->g->entries[area], '1') ? area : c->g->entries[area].admin1;
    gaz_match m[2];
    char code[2] = {c->g->entries[area].country[0], c->g->entries[area].country[1]};
    for (int i = 0; i < 2; i++) code[i] = (char)(code[i] | 32);
    bool romanised = rules_find(&c->g->rules, RULE_ROMANISED, (str){code, 2}) && !t->object;
    uint32_t range = gaz_is_admin(&c->g->entries[area], '1') ? area : c->g->entries[area].admin1;
    size_t n =
        range == GAZ_NONE || !romanised
            ? 0
            : gazetteer_by_skeleton(c->g, t->name, range + 1, c->g->entries[range].members_end, m, 2);
    if (n == 1 && c->g->entries[m[0].entry].feature_class == 'P')
        put_entry(c->g, p, m[0].entry, GAZ_SKELETON);
    else put_inside(c->g, p, area);
}

/* "Fairview Southdale Hospital in Edina": the town of a part of the name is none far from where it is said to be. */
static bool is_far_part(const toponym *t, const gaz_entry *e, const gaz_entry *area)
{
    enum { FAR_KM = 60 };
    const bool points = (e->flags & GAZ_HAS_POINT) && (area->flags & GAZ_HAS_POINT);
    return t->is_part && points && area->feature_class == 'P'
           && geo_km(place_point(e), place_point(area)) > FAR_KM;
}

/* "Holliday, Missouri": a hamlet that the gazetteer has not there is no hamlet of that name elsewhere. */
static bool is_elsewhere(const chooser *c, const toponym *t, const candidate *k)
{
    const gaz_entry *e = &c->g->entries[k->entry];
    if (t->inside == GAZ_NONE || e->feature_class != 'P') return false;
    if (e->population > 100000 && !t->is_part) return false;
    const candidate *in = choose_for(c, &c->toponyms.v[t->inside]);
    if (!in) return false;
    const gaz_entry *area = &c->g->entries[in->entry];
    if (is_far_part(t, e, area)) return true;
    return (gaz_is_country(area) || gaz_is_admin(area, '1')) && !place_is_in(c->g, k->entry, in->entry);
}

/* "the Greek capital" is Athens, "the Turkish border" somewhere of Turkey. */
static void resolve_country(const chooser *c, const toponym *t, place *p)
{
    uint32_t entry = t->in_country;
    if (str_is(t->feature, "PPLC"))
        for (uint32_t i = entry; i < c->g->entries[t->in_country].members_end; i++)
            if (str_is(str_from(c->g->entries[i].feature), "PPLC")) entry = i;
    put_entry(c->g, p, entry, GAZ_GENERIC);
}

/* ---- the document ---------------------------------------------------------------------------- */

static void resolve(const chooser *c, toponym *t)
{
    mention *m = t->m;
    place *p = &m->place;
    const group *gr = &c->groups.v[t->group];
    const candidate *k = choose_for(c, t);
    bool street = t->object && t->object->kind == RULE_STREET;
    if (t->is_of_country) resolve_country(c, t, p);
    else if (k && !street && !is_elsewhere(c, t, k)) put_entry(c->g, p, k->entry, k->spelling);
    else if (!t->is_allusion) resolve_unknown(c, t, p);
    p->n_rivals = gr->n_all > 1 ? gr->n_all - 1 : 0;
    apply_words(p, t);
}

/* "between Manbij and Jarabulus": half-way, with a radius that reaches both. */
static void place_between(const chooser *c)
{
    enum { FARTHEST_KM = 250 };
    for (size_t i = 0; i < c->toponyms.n; i++) {
        uint32_t other = c->toponyms.v[i].between;
        if (other == GAZ_NONE || other <= i) continue;
        place *p = &c->toponyms.v[i].m->place, *q = &c->toponyms.v[other].m->place;
        bool points = p->has_point && q->has_point && p->precision && q->precision
                      && p->precision <= PRECISION_NEAR && q->precision <= PRECISION_NEAR;
        double km = points ? geo_km((geo_point){p->lat, p->lon}, (geo_point){q->lat, q->lon}) : 0;
        if (km < 0.1 || km > FARTHEST_KM || fabs(p->lon - q->lon) > 180) continue;
        geo_point middle = {(p->lat + q->lat) / 2, (p->lon + q->lon) / 2};
        uint32_t radius = (uint32_t)(500 * km) + 1;
        put_point(p, middle, radius);
        put_point(q, middle, radius);
        p->precision = q->precision = km <= 60 ? PRECISION_NEAR : PRECISION_ADMIN2;
    }
}

/* An allusion to what is no place after all is none. */
static void drop_unresolved(document *d)
{
    size_t n = 0;
    for (size_t i = 0; i < d->allusions.n; i++)
        if (d->allusions.v[i].place.precision) d->allusions.v[n++] = d->allusions.v[i];
    d->allusions.n = n;
}

static void name_all(document *d, mention_array *mentions)
{
    for (size_t i = 0; i < mentions->n; i++) {
        mention *m = &mentions->v[i];
        if (m->kind == MENTION_LOCATION) m->place = (place){.name = document_str(d, m->at)};
    }
}

void place_run(const gazetteer *g, document *d)
{
    name_all(d, &d->mentions);
    name_all(d, &d->allusions);
    if (!g) return;
    chooser *c = arena_new(d->arena, chooser, 1);
    *c = (chooser){.g = g, .d = d, .toponyms = toponyms_read(g, d)};
    if (!c->toponyms.n) return;
    choose_run(c);
    c->main_town = find_main_town(c);
    c->main_division = find_main_division(c);
    for (size_t i = 0; i < c->toponyms.n; i++) resolve(c, &c->toponyms.v[i]);
    place_between(c);
    drop_unresolved(d);
}
