#include <math.h>
#include <stdlib.h>

#include "base/os.h"
#include "place/build_index.h"

static void put_string(index *x, str s)
{
    x->failed |= (s.len && fwrite(s.ptr, 1, s.len, x->strings) != s.len) || fputc(0, x->strings) == EOF;
    x->n_strings += s.len + 1;
}

static void take_point(gaz_entry *e, const str cols[N_COLS])
{
    double lat, lon;
    if (!str_to_number(cols[COL_LAT], &lat) || !str_to_number(cols[COL_LON], &lon)) return;
    if (lat < -90 || lat > 90 || lon < -180 || lon > 180) return;
    e->lat_e6 = (int32_t)lround(lat * 1e6);
    e->lon_e6 = (int32_t)lround(lon * 1e6);
    e->flags |= GAZ_HAS_POINT;
}

static gaz_entry make_entry(index *x, const str cols[N_COLS], const row_spot *s)
{
    gaz_entry e = {.name = (uint32_t)x->n_strings,
                   .admin1 = GAZ_NONE,
                   .admin2 = GAZ_NONE,
                   .members_end = x->n_entries + 1};
    int64_t number;
    double km;
    put_string(x, cols[COL_NAME]);
    memcpy(e.country, s->country, 2);
    e.feature_class = cols[COL_CLASS].len ? cols[COL_CLASS].ptr[0] : 'P';
    if (cols[COL_CODE].len) memcpy(e.feature, cols[COL_CODE].ptr, cols[COL_CODE].len);
    else memcpy(e.feature, "PPL", 3);
    if (str_to_int(cols[COL_ID], &number)) e.geonameid = (uint32_t)number;
    if (str_to_int(cols[COL_POPULATION], &number) && number > 0)
        e.population = number > UINT32_MAX ? UINT32_MAX : (uint32_t)number;
    if (str_to_number(cols[COL_RADIUS], &km) && km > 0 && km < 20000) e.radius_m = (uint32_t)(km * 1000);
    if (cols[COL_CURATED].len) e.flags |= GAZ_CURATED;
    if (str_is(cols[COL_CURATED], GAZ_OF_QUARTERS)) e.flags |= GAZ_QUARTER;
    take_point(&e, cols);
    return e;
}

/* ---- areas ----------------------------------------------------------------------------------- */

static int by_number(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

/* Between the middle of the extent (without the outermost twentieth, which holds the errors) and the middle
 * of the members: the extent alone follows one far town, the members alone the crowded corner. */
static double middle(double *v, size_t n)
{
    qsort(v, n, sizeof *v, by_number);
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += v[i];
    size_t cut = n / 20;
    return ((v[cut] + v[n - 1 - cut]) / 2 * 2 + sum / (double)n) / 3;
}

void area_derive(open_area *o)
{
    gaz_entry *e = &o->e;
    size_t n = o->n;
    if (!e->population) e->population = o->people > UINT32_MAX ? UINT32_MAX : (uint32_t)o->people;
    double *km = n ? malloc(3 * n * sizeof *km) : NULL;
    if (!km) return;
    bool has_point = e->flags & GAZ_HAS_POINT;
    memcpy(km + n, o->lat, n * sizeof *km); /* sorting takes the pairs apart */
    memcpy(km + 2 * n, o->lon, n * sizeof *km);
    double mid_lat = has_point ? e->lat_e6 / 1e6 : middle(o->lat, n),
           mid_lon = has_point ? e->lon_e6 / 1e6 : middle(o->lon, n);
    for (size_t i = 0; i < n; i++)
        km[i] = geo_km((geo_point){mid_lat, mid_lon}, (geo_point){km[n + i], km[2 * n + i]});
    qsort(km, n, sizeof *km, by_number);
    if (!e->radius_m) e->radius_m = (uint32_t)((km[n - 1 - n / 20] + 5) * 1000);
    free(km);
    if (has_point) return;
    e->lat_e6 = (int32_t)lround(mid_lat * 1e6);
    e->lon_e6 = (int32_t)lround(mid_lon * 1e6);
    e->flags |= GAZ_HAS_POINT | GAZ_DERIVED;
}

static void area_begin(open_area *o, uint32_t entry, const gaz_entry *e)
{
    o->entry = entry;
    o->e = *e;
    o->n = 0;
    o->people = 0;
}

static void area_end(index *x, open_area *o, bool derive)
{
    if (o->entry == GAZ_NONE) return;
    o->e.members_end = x->n_entries;
    if (derive) area_derive(o);
    if (!(o->e.flags & GAZ_HAS_POINT)) x->b->report.n_without_point++;
    *array_push(x->b->a, &x->patches) = (patch){o->entry, o->e};
    o->entry = GAZ_NONE;
}

static void area_member(index *x, open_area *o, const gaz_entry *m)
{
    if (o->entry == GAZ_NONE || m->feature_class != 'P') return;
    o->people += m->population;
    if (!(m->flags & GAZ_HAS_POINT)) return;
    if (o->n == o->cap) {
        size_t cap = o->cap ? o->cap * 2 : 1024;
        double *lat = realloc(o->lat, cap * sizeof *lat);
        if (lat) o->lat = lat;
        double *lon = lat ? realloc(o->lon, cap * sizeof *lon) : NULL;
        if (lon) o->lon = lon;
        if (!lat || !lon) {
            x->failed = true;
            return;
        }
        o->cap = cap;
    }
    o->lat[o->n] = m->lat_e6 / 1e6;
    o->lon[o->n++] = m->lon_e6 / 1e6;
}

/* Tree order makes the members of an area the run behind it. */
static void leave_areas(index *x, const row_spot *last, const row_spot *s)
{
    bool country = memcmp(last->country, s->country, 2) != 0;
    bool first = country || !str_eq(last->admin1, s->admin1),
         second = first || !str_eq(last->admin2, s->admin2);
    if (second) area_end(x, &x->second, true);
    if (first) area_end(x, &x->first, true);
    if (country) area_end(x, &x->country, false);
}

static void enter_area(index *x, const row_spot *s, const gaz_entry *e, const str cols[N_COLS])
{
    if (!s->is_area) return;
    open_area *o = s->admin2.len ? &x->second : s->admin1.len ? &x->first : &x->country;
    area_begin(o, x->n_entries, e);
    if (o == &x->country) x->countries[(s->country[0] - 'A') * 26 + (s->country[1] - 'A')] = x->n_entries;
    if (o != &x->first) return;
    arena_reset(&x->first_memory);
    x->first_line = row_line(&x->first_memory, cols);
}

static void add_spot(index *x, const gaz_entry *e)
{
    if (!(e->flags & GAZ_CURATED) || e->feature_class == 'A' || e->admin1 != GAZ_NONE || !e->country[0])
        return;
    if (!(e->flags & GAZ_HAS_POINT) || e->radius_m > 30000) return;
    *array_push(x->b->a, &x->spots) = (spot){x->n_entries, GAZ_NONE, GAZ_NONE, *e, 150};
}

static void spell(index *x, const str cols[N_COLS], const gaz_entry *e)
{
    str area[N_COLS];
    spell_entry(x, cols, e, x->n_entries, e, false);
    bool seat = strncmp(e->feature, "PPLA", 5) == 0 || strncmp(e->feature, "PPLC", 5) == 0;
    if (!seat || x->first.entry == GAZ_NONE) return;
    row_columns(x->first_line, area);
    spell_seat(x, area, &x->first.e, x->first.entry, cols, e, x->n_entries);
}

static void put_row(index *x, str line, row_spot *last, arena *last_memory)
{
    str cols[N_COLS];
    row_columns(line, cols);
    row_spot s = row_spot_of(cols);
    leave_areas(x, last, &s);
    gaz_entry e = make_entry(x, cols, &s);
    e.admin1 = x->first.entry;
    e.admin2 = x->second.entry;
    enter_area(x, &s, &e, cols);
    if (s.is_area && s.admin1.len) *(s.admin2.len ? &e.admin2 : &e.admin1) = x->n_entries;
    if (s.is_area) (s.admin2.len ? &x->second : s.admin1.len ? &x->first : &x->country)->e = e;
    area_member(x, &x->first, &e);
    area_member(x, &x->second, &e);
    add_spot(x, &e);
    spell(x, cols, &e);
    if (!s.is_area && !(e.flags & GAZ_HAS_POINT)) x->b->report.n_without_point++;
    x->failed |= fwrite(&e, sizeof e, 1, x->entries) != 1;
    x->n_entries++;
    arena_reset(last_memory);
    *last = s;
    last->admin1 = arena_copy(last_memory, s.admin1);
    last->admin2 = arena_copy(last_memory, s.admin2);
}

/* ---- the rows in turn ------------------------------------------------------------------------ */

/* Rows of one area stand together: country, two codes that end with zero bytes, and 0 for "area". */
static bool same_area(str a, str b)
{
    size_t n = 2;
    for (int ends = 0; ends < 2 && n < a.len; n++) ends += a.ptr[n] == 0;
    return n < a.len && n < b.len && a.ptr[n] == 0 && memcmp(a.ptr, b.ptr, n + 1) == 0;
}

static bool read_rows(index *x, error *e)
{
    builder *b = x->b;
    arena memory[2];
    for (int i = 0; i < 2; i++) arena_init(&memory[i], 0), memory[i].on_full = b->a->on_full;
    row_spot last = {0};
    str key, line, kept_key = {0}, cols[N_COLS];
    bool has = sorter_next(b->by_tree, &key, &line);
    while (has && !x->failed && x->n_entries < (1u << 30)) {
        arena_reset(&b->row);
        kept_key = arena_copy(&b->row, key);
        str kept = arena_copy(&b->row, line);
        bool joined = false;
        for (; (has = sorter_next(b->by_tree, &key, &line)) && same_area(kept_key, key); joined = true) {
            str more[N_COLS];
            if (!joined) row_columns(kept, cols);
            row_columns(arena_copy(&b->row, line), more);
            row_join(&b->row, cols, more);
            b->report.n_merged++;
        }
        put_row(x, joined ? row_line(&b->row, cols) : kept, &last, &memory[0]);
    }
    row_spot none = {.country = "\xFF"};
    leave_areas(x, &last, &none);
    for (int i = 0; i < 2; i++) arena_release(&memory[i]);
    if (sorter_failed(b->by_tree))
        return error_set(e, SITREP_NO_FILE, "gazetteer", "cannot read a temporary file");
    if (x->n_strings > UINT32_MAX || x->n_entries >= (1u << 30))
        return error_set(e, SITREP_OVER_LIMIT, "gazetteer", "more places than a gazetteer holds");
    return !x->failed
           || error_set(e, SITREP_BAD_OUTPUT, "gazetteer",
                        "cannot write a temporary file; the disk may be full");
}

static bool open_files(index *x, error *e)
{
    str folder = x->b->folder;
    if (!(x->entries = os_temp_file(folder, e)) || !(x->strings = os_temp_file(folder, e))) return false;
    for (int i = 0; i < N_RANGES; i++)
        if (!(x->ranges[i] = os_temp_file(folder, e))) return false;
    return true;
}

static void close_files(index *x)
{
    if (x->entries) fclose(x->entries);
    if (x->strings) fclose(x->strings);
    for (int i = 0; i < N_RANGES; i++)
        if (x->ranges[i]) fclose(x->ranges[i]);
    open_area *const areas[] = {&x->country, &x->first, &x->second};
    for (int i = 0; i < 3; i++) free(areas[i]->lat), free(areas[i]->lon);
    arena_release(&x->first_memory);
    translit_close(x->scripts);
}

bool index_write(builder *b, error *e)
{
    index *x = arena_new(b->a, index, 1);
    x->b = b;
    x->country.entry = x->first.entry = x->second.entry = GAZ_NONE;
    memset(x->countries, 0xFF, sizeof x->countries);
    arena_init(&x->first_memory, 0);
    x->scripts = translit_open();
    bool ok = open_files(x, e);
    if (ok) {
        put_string(x, STR(""));
        ok = read_rows(x, e);
    }
    sorter_close(b->by_tree);
    b->by_tree = NULL;
    b->report.n_entries = x->n_entries;
    ok = ok && index_file_write(x, e);
    close_files(x);
    return ok;
}
