/* gazetteer: sitrep.h's way to build gazetteers and to ask them. It needs no engine. */
#include <stdio.h>
#include <stdlib.h>

#include "base/map.h"
#include "place/build.h"
#include "place/find.h"
#include "place/geo.h"

#ifndef SITREP_DATA_FOLDER
#define SITREP_DATA_FOLDER "/usr/local/share/sitrep"
#endif

enum { MOST_MATCHES = 1000 };

struct sitrep_gazetteer {
    arena memory;
    gazetteer *g;
    str path;
    map kinds; /* "A.ADM1" -> index into `kind` */
    ARRAY(str) kind;
};

const char *sitrep_gazetteer_credit(void)
{
    return "Place names and coordinates: GeoNames (geonames.org), CC BY 4.0";
}

/* ---- building -------------------------------------------------------------------------------- */

void sitrep_gazetteer_build_options_init_sized(sitrep_gazetteer_build_options *options, size_t size_bytes)
{
    sitrep_gazetteer_build_options known = {.size_bytes = size_bytes,
                                            .max_memory_bytes = (size_t)128 << 20};
    memset(options, 0, size_bytes);
    memcpy(options, &known, size_bytes < sizeof known ? size_bytes : sizeof known);
}

static str codebooks_of(arena *a, const sitrep_gazetteer_build_options *o)
{
    const char *environment = getenv("SITREP_DATA");
    const char *folder = o->data_folder                ? o->data_folder
                         : environment && *environment ? environment
                                                       : SITREP_DATA_FOLDER;
    return os_path_join(a, str_from(folder), STR("codebooks"));
}

static bool build_guarded(arena *a, const sitrep_gazetteer_source *sources, size_t n, const char *out,
                          const sitrep_gazetteer_build_options *o, gaz_build_report *r, error *e)
{
    gaz_source *own = arena_new(a, gaz_source, n + 1);
    for (size_t i = 0; i < n; i++)
        own[i] = (gaz_source){arena_copy(a, str_from(sources[i].path)), str_from(sources[i].mapping)};
    gaz_build b = {.sources = own,
                   .n_sources = n,
                   .codebooks = codebooks_of(a, o),
                   .out = arena_copy(a, str_from(out)),
                   .memory_bytes = o->max_memory_bytes,
                   .without_rows = o->without_rows};
    return gazetteer_build(a, &b, r, e);
}

bool sitrep_gazetteer_build(const sitrep_gazetteer_source *sources, size_t n_sources, const char *out,
                            const sitrep_gazetteer_build_options *options, sitrep_gazetteer_report *report,
                            sitrep_error *e)
{
    arena a;
    error fault = {0};
    gaz_build_report r = {0};
    sitrep_gazetteer_build_options o;
    sitrep_gazetteer_build_options_init(&o);
    if (options) memcpy(&o, options, options->size_bytes < sizeof o ? options->size_bytes : sizeof o);
    arena_init(&a, 0);
    bool ok = build_guarded(&a, sources, n_sources, out, &o, &r, &fault);
    arena_release(&a);
    if (!ok && e) *e = fault;
    if (ok && report)
        *report = (sitrep_gazetteer_report){r.n_read,      r.n_merged,        r.n_entries,
                                            r.n_spellings, r.n_without_point, r.file_bytes};
    return ok;
}

/* ---- asking ---------------------------------------------------------------------------------- */

static void read_kinds(sitrep_gazetteer *s)
{
    str rest = gazetteer_features(s->g);
    while (rest.len) {
        str line = str_cut(&rest, '\n'), name = line, code = str_cut(&name, '\t');
        if (!code.len || !name.len) continue;
        map_slot *slot = map_put(&s->memory, &s->kinds, code);
        if (slot->value != MAP_NONE) continue; /* the codebook's own names stand first */
        slot->value = (uint32_t)s->kind.n;
        *array_push(&s->memory, &s->kind) = arena_copy(&s->memory, name);
    }
}

sitrep_gazetteer *sitrep_gazetteer_open(const char *path, sitrep_error *e)
{
    error fault = {0};
    sitrep_gazetteer *s = calloc(1, sizeof *s);
    if (!s) {
        error_set(e, SITREP_NO_MEMORY, "gazetteer", "out of memory");
        return NULL;
    }
    arena_init(&s->memory, 0);
    s->path = arena_copy(&s->memory, str_from(path));
    s->g = gazetteer_open(s->path, &fault);
    if (s->g) return read_kinds(s), s;
    if (e) *e = fault;
    sitrep_gazetteer_close(s);
    return NULL;
}

bool sitrep_gazetteer_check(const sitrep_gazetteer *s, sitrep_error *e)
{
    return gazetteer_check(s->g, s->path, e);
}

void sitrep_gazetteer_close(sitrep_gazetteer *s)
{
    if (!s) return;
    gazetteer_close(s->g);
    arena_release(&s->memory);
    free(s);
}

void sitrep_find_options_init_sized(sitrep_find_options *options, size_t size_bytes)
{
    sitrep_find_options known = {.size_bytes = size_bytes, .strictness = SITREP_SPELLING_GENERIC};
    memset(options, 0, size_bytes);
    memcpy(options, &known, size_bytes < sizeof known ? size_bytes : sizeof known);
}

static const char *kind_of(const sitrep_gazetteer *s, const gaz_entry *e)
{
    char code[8];
    int n = snprintf(code, sizeof code, "%c.%.5s", e->feature_class, e->feature);
    uint32_t i = n > 0 && n < (int)sizeof code ? map_get(&s->kinds, (str){code, (size_t)n}) : MAP_NONE;
    return i == MAP_NONE ? NULL : s->kind.v[i].ptr;
}

static const char *name_or_null(const gazetteer *g, uint32_t entry)
{
    str name = gazetteer_name(g, entry);
    return name.len ? name.ptr : NULL;
}

static sitrep_gazetteer_match match_of(const sitrep_gazetteer *s, gaz_match m, const sitrep_find_options *o)
{
    static const char *const how[] = {"exact", "alternate", "generic", "skeleton", "pcode"};
    const gaz_entry *e = gazetteer_entry(s->g, m.entry);
    sitrep_gazetteer_match out = {.name = name_or_null(s->g, m.entry),
                                  .feature = e->feature,
                                  .kind = kind_of(s, e),
                                  .admin1 = name_or_null(s->g, e->admin1),
                                  .admin2 = name_or_null(s->g, e->admin2),
                                  .geonameid = e->geonameid,
                                  .population = e->population,
                                  .radius_m = e->radius_m,
                                  .has_point = (e->flags & GAZ_HAS_POINT) != 0,
                                  .km = -1,
                                  .match = how[m.spelling]};
    memcpy(out.country, e->country, 2);
    out.lat = e->lat_e6 / 1e6;
    out.lon = e->lon_e6 / 1e6;
    if (o->has_near && out.has_point)
        out.km = geo_km((geo_point){o->lat, o->lon}, (geo_point){out.lat, out.lon});
    return out;
}

static int nearest_first(const void *x, const void *y)
{
    const sitrep_gazetteer_match *a = x, *b = y;
    if (a->km != b->km) return a->km < 0 ? 1 : b->km < 0 || a->km < b->km ? -1 : 1;
    if (a->population != b->population) return a->population > b->population ? -1 : 1;
    return (a->geonameid > b->geonameid) - (a->geonameid < b->geonameid);
}

bool sitrep_gazetteer_find(const sitrep_gazetteer *s, const char *name, const sitrep_find_options *options,
                           sitrep_gazetteer_match *out, size_t max, size_t *n_all, sitrep_error *e)
{
    sitrep_find_options o;
    sitrep_find_options_init(&o);
    if (options) memcpy(&o, options, options->size_bytes < sizeof o ? options->size_bytes : sizeof o);
    gaz_range range;
    *n_all = 0;
    if (!find_range(s->g, str_from(o.within), &range))
        return error_set(e, SITREP_BAD_USAGE, "gazetteer", "no such country or province: %s", o.within);
    if (o.strictness == SITREP_SPELLING_SKELETON && !range.is_province)
        return error_set(e, SITREP_BAD_USAGE, "gazetteer",
                         "by consonants only inside a province (\"SY/Idlib\")");
    gaz_match *found = malloc(MOST_MATCHES * sizeof *found);
    sitrep_gazetteer_match *all = malloc(MOST_MATCHES * sizeof *all);
    bool ok = found && all;
    if (ok) {
        *n_all = find_spelling(s->g, str_from(name), &range, (gaz_spelling)(o.strictness + 1), found,
                               MOST_MATCHES);
        size_t n = *n_all < MOST_MATCHES ? *n_all : MOST_MATCHES;
        for (size_t i = 0; i < n; i++) all[i] = match_of(s, found[i], &o);
        qsort(all, n, sizeof *all, nearest_first);
        memcpy(out, all, (n < max ? n : max) * sizeof *out);
    }
    free(found);
    free(all);
    return ok || error_set(e, SITREP_NO_MEMORY, "gazetteer", "out of memory");
}
