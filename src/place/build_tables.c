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
    if (!cols[COL_CURATED].len) cols[COL_CURATED] = STR(GAZ_OF_TABLE);
    bool is_place;
    if (!row_add(b, cols, &is_place, e)) return false;
    return is_place || table_fault(t, l, e, "not a place");
}

/* name | iso2 | iso3 | demonyms | other names | lat | lon | radius km | geonameid | population */
static bool country_line(builder *b, const table *t, const table_line *l, str f[MAX_FIELDS], error *e)
{
    str cols[N_COLS] = {0};
    if (f[1].len != 2 || f[2].len != 3)
        return table_fault(t, l, e, "the ISO codes of the country are missing");
    cols[COL_ID] = f[8];
    cols[COL_NAME] = f[0];
    cols[COL_OWN_ALTERNATES] = f[4];
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
static bool add_spot(builder *b, const table *t, const table_line *l, str f[MAX_FIELDS], str curated,
                     error *e)
{
    str cols[N_COLS] = {0}, feature = f[1];
    cols[COL_CURATED] = curated;
    cols[COL_NAME] = f[0];
    cols[COL_CLASS] = str_cut(&feature, '.');
    cols[COL_CODE] = feature;
    cols[COL_COUNTRY] = f[2];
    cols[COL_LAT] = f[3];
    cols[COL_LON] = f[4];
    cols[COL_RADIUS] = f[5];
    cols[COL_OWN_ALTERNATES] = f[6];
    cols[COL_POPULATION] = f[7];
    if (cols[COL_CLASS].len != 1 || !feature.len)
        return table_fault(t, l, e, "the feature code is missing");
    if (!cols[COL_LAT].len) return table_fault(t, l, e, "the point is missing");
    return add(b, t, l, cols, e);
}

static bool spot_line(builder *b, const table *t, const table_line *l, str f[MAX_FIELDS], error *e)
{
    return add_spot(b, t, l, f, STR(GAZ_OF_TABLE), e);
}

static bool quarter_line(builder *b, const table *t, const table_line *l, str f[MAX_FIELDS], error *e)
{
    return add_spot(b, t, l, f, STR(GAZ_OF_QUARTERS), e);
}

/* ---- divisions ------------------------------------------------------------------------------- */

/* The code that a source has for the division, by its name or another, or by that of a source with a closing word. */
static str division_code(const builder *b, str country, str name, str others)
{
    for (int bare = 0; bare < 2; bare++) {
        str rest = others;
        for (str one = name; one.len; one = rest.ptr ? str_cut(&rest, ',') : (str){0}) {
            str code = division_by_name(b, country, one, bare);
            if (code.ptr) return code;
        }
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
    cols[COL_OWN_ALTERNATES] = f[5];
    cols[COL_CLASS] = STR("A");
    cols[COL_CODE] = STR("ADM1");
    cols[COL_ADMIN1] = division_code(b, f[0], f[1], f[5]);
    if (!cols[COL_ADMIN1].ptr) cols[COL_ADMIN1] = arena_format(b->a, "~%.*s", (int)f[1].len, f[1].ptr);
    return add(b, t, l, cols, e);
}

/* "A.ADM1 province": to lines of GeoNames' featureCodes. */
static bool read_features(builder *b, str path, error *e)
{
    table t;
    if (os_path_kind(path) == OS_MISSING) return true;
    if (!table_read(b->a, path, &t, e)) return false;
    size_t n = 0, at = 0;
    for (size_t i = 0; i < t.lines.n; i++) n += t.lines.v[i].keyword.len + t.lines.v[i].value.len + 2;
    char *text = arena_new(b->a, char, n + 1);
    for (size_t i = 0; i < t.lines.n; i++) {
        str code = t.lines.v[i].keyword, name = t.lines.v[i].value;
        memcpy(text + at, code.ptr, code.len);
        text[at + code.len] = '\t';
        if (name.len) memcpy(text + at + code.len + 1, name.ptr, name.len);
        at += code.len + 1 + name.len;
        text[at++] = '\n';
    }
    b->features_text = (str){text, at};
    return true;
}

bool words_read(builder *b, str folder, error *e)
{
    if (!folder.len) return true;
    str rules = os_path_join(b->a, folder, STR("en/place-generics.txt"));
    str stops = os_path_join(b->a, folder, STR("en/not-places.txt"));
    str features = os_path_join(b->a, folder, STR("places/features.txt"));
    return os_read_file(b->a, rules, &b->rules_text, e)
           && rules_parse(b->a, rules, b->rules_text, &b->rules, e)
           && os_read_file(b->a, stops, &b->stops_text, e) && read_features(b, features, e);
}

bool tables_read(builder *b, str codebooks, error *e)
{
    if (!codebooks.len) return true;
    str places = os_path_join(b->a, codebooks, STR("places"));
    return read_table(b, places, STR("countries.txt"), country_line, e)
           && read_table(b, places, STR("divisions.txt"), division_line, e)
           && read_table(b, places, STR("regions.txt"), spot_line, e)
           && read_table(b, places, STR("landmarks.txt"), spot_line, e)
           && read_table(b, places, STR("towns.txt"), spot_line, e)
           && read_table(b, places, STR("neighbourhoods.txt"), quarter_line, e);
}
