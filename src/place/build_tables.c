#include <stdlib.h>

#include "base/os.h"
#include "base/table.h"
#include "place/build_rows.h"
#include "place/spelling.h"

/* The tables of codebooks/places: fields stand apart by '|', lists by ','. */
enum { MAX_FIELDS = 12 };

typedef bool (*line_reader)(builder *b, const table *t, const table_line *l, str f[MAX_FIELDS], error *e);

static bool read_table(builder *b, str folder, str name, line_reader reader, error *e)
{
    table t;
    str path = os_path_join(b->a, folder, name);
    if (os_path_kind(path) == OS_MISSING) return true;
    if (!table_read(b->a, path, &t, e)) return false;
    for (size_t i = 0; i < t.lines.n; i++) {
        str fields[MAX_FIELDS] = {0}, rest = t.lines.v[i].whole;
        for (int k = 0; k < MAX_FIELDS && rest.ptr; k++) fields[k] = str_cut(&rest, '|');
        if (!reader(b, &t, &t.lines.v[i], fields, e)) return false;
    }
    return true;
}

static bool is_point(str lat, str lon)
{
    double a, o;
    return str_to_number(lat, &a) && str_to_number(lon, &o) && a >= -90 && a <= 90 && o >= -180 && o <= 180;
}

static bool add(builder *b, const table *t, const table_line *l, str cols[N_COLS], error *e)
{
    double km;
    if (cols[COL_RADIUS].len && !str_to_number(cols[COL_RADIUS], &km))
        return table_fault(t, l, e, "radius is no number");
    if ((cols[COL_LAT].len || cols[COL_LON].len) && !is_point(cols[COL_LAT], cols[COL_LON]))
        return table_fault(t, l, e, "latitude and longitude are no point");
    cols[COL_CURATED] = STR("1");
    return row_add(b, row_line(b->a, cols)) || table_fault(t, l, e, "not a place");
}

/* name | iso2 | iso3 | demonyms | other names | lat | lon | radius km | geonameid | population */
static bool country_line(builder *b, const table *t, const table_line *l, str f[MAX_FIELDS], error *e)
{
    str cols[N_COLS] = {0};
    if (f[1].len != 2 || f[2].len != 3)
        return table_fault(t, l, e, "the ISO codes of the country are missing");
    cols[COL_ID] = f[8];
    cols[COL_NAME] = f[0];
    cols[COL_ALTERNATES] = f[4];
    cols[COL_LAT] = f[5];
    cols[COL_LON] = f[6];
    cols[COL_CLASS] = STR("A");
    cols[COL_CODE] = STR("PCLI");
    cols[COL_COUNTRY] = f[1];
    cols[COL_POPULATION] = f[9];
    cols[COL_RADIUS] = f[7];
    cols[COL_DEMONYMS] = f[3];
    return add(b, t, l, cols, e);
}

/* name | feature | country | lat | lon | radius km | other names | population */
static bool spot_line(builder *b, const table *t, const table_line *l, str f[MAX_FIELDS], error *e)
{
    str cols[N_COLS] = {0}, feature = f[1];
    cols[COL_NAME] = f[0];
    cols[COL_CLASS] = str_cut(&feature, '.');
    cols[COL_CODE] = feature;
    cols[COL_COUNTRY] = f[2];
    cols[COL_LAT] = f[3];
    cols[COL_LON] = f[4];
    cols[COL_RADIUS] = f[5];
    cols[COL_ALTERNATES] = f[6];
    cols[COL_POPULATION] = f[7];
    if (cols[COL_CLASS].len != 1 || !feature.len)
        return table_fault(t, l, e, "the feature code is missing");
    if (!cols[COL_LAT].len) return table_fault(t, l, e, "the point is missing");
    return add(b, t, l, cols, e);
}

/* ---- divisions ------------------------------------------------------------------------------- */

static bool same_generic(const builder *b, str x, str y)
{
    char fx[SPELLING_MAX], fy[SPELLING_MAX], kx[SPELLING_MAX], ky[SPELLING_MAX];
    size_t nx = spelling_fold(x, fx), ny = spelling_fold(y, fy);
    nx = spelling_generic(&b->rules, (str){fx, nx}, kx);
    ny = spelling_generic(&b->rules, (str){fy, ny}, ky);
    return nx && str_eq((str){kx, nx}, (str){ky, ny});
}

/* Whether a source's name for a division is the table's, or one of the table's other names, with or without
 * a closing "Province". */
static bool names_division(const builder *b, str source, str name, str others)
{
    str bare = source;
    while (bare.len && bare.ptr[bare.len - 1] != ' ') bare.len--;
    bare = str_trim(bare);
    for (str one = name; one.len; one = others.ptr ? str_cut(&others, ',') : (str){0})
        if (same_generic(b, source, one) || (bare.len && same_generic(b, bare, one))) return true;
    return false;
}

static str division_code(const builder *b, str country, str name, str others)
{
    for (size_t i = 0; i < b->divisions.n; i++) {
        const build_row *row = &b->rows.v[b->divisions.v[i]];
        str cols[N_COLS];
        if (memcmp(row->country, country.ptr, 2) != 0) continue;
        row_columns(row->line, cols);
        if (names_division(b, cols[COL_NAME], name, others)) return cols[COL_ADMIN1];
    }
    return (str){0};
}

/* country | name | lat | lon | radius km | other names */
static bool division_line(builder *b, const table *t, const table_line *l, str f[MAX_FIELDS], error *e)
{
    str cols[N_COLS] = {0};
    if (f[0].len != 2 || !f[1].len)
        return table_fault(t, l, e, "the country's code or the name is missing");
    cols[COL_COUNTRY] = f[0];
    cols[COL_NAME] = f[1];
    cols[COL_LAT] = f[2];
    cols[COL_LON] = f[3];
    cols[COL_RADIUS] = f[4];
    cols[COL_ALTERNATES] = f[5];
    cols[COL_CLASS] = STR("A");
    cols[COL_CODE] = STR("ADM1");
    cols[COL_ADMIN1] = division_code(b, f[0], f[1], f[5]);
    if (!cols[COL_ADMIN1].ptr) cols[COL_ADMIN1] = arena_format(b->a, "~%.*s", (int)f[1].len, f[1].ptr);
    return add(b, t, l, cols, e);
}

static bool read_words(builder *b, str folder, error *e)
{
    str rules = os_path_join(b->a, folder, STR("en/place-generics.txt"));
    str stops = os_path_join(b->a, folder, STR("en/not-places.txt"));
    if (!os_read_file(b->a, rules, &b->rules_text, e)
        || !rules_parse(b->a, rules, b->rules_text, &b->rules, e))
        return false;
    return os_read_file(b->a, stops, &b->stops_text, e);
}

bool tables_read(builder *b, str codebooks, error *e)
{
    if (!codebooks.len) return true;
    str places = os_path_join(b->a, codebooks, STR("places"));
    return read_words(b, codebooks, e) && read_table(b, places, STR("countries.txt"), country_line, e)
           && read_table(b, places, STR("divisions.txt"), division_line, e)
           && read_table(b, places, STR("regions.txt"), spot_line, e)
           && read_table(b, places, STR("landmarks.txt"), spot_line, e)
           && read_table(b, places, STR("towns.txt"), spot_line, e);
}
