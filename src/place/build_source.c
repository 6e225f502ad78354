#include <jansson.h>

#include "base/os.h"
#include "place/build_rows.h"

static bool fault(error *e, str path, size_t line, const char *what)
{
    error_set(e, SITREP_BAD_FORMAT, "gazetteer", "%s", what);
    return error_at(e, path, line, 0);
}

static void unmap(void *mapped)
{
    os_unmap(mapped);
}

/* Mapped for as long as the arena lives, since rows point into it. */
static bool source_bytes(builder *b, str path, str *bytes, error *e)
{
    os_map *mapped = arena_new(b->a, os_map, 1);
    if (!os_map_file(path, mapped, e)) return false;
    arena_defer(b->a, unmap, mapped);
    *bytes = (str){(const char *)mapped->bytes, mapped->len_bytes};
    return true;
}

static str cut_line(str *rest)
{
    const char *hit = rest->len ? memchr(rest->ptr, '\n', rest->len) : NULL;
    str line = str_part(*rest, 0, hit ? (size_t)(hit - rest->ptr) : rest->len);
    *rest = str_part(*rest, line.len + (hit ? 1 : 0), rest->len);
    if (line.len && line.ptr[line.len - 1] == '\r') line.len--;
    return line;
}

static size_t count_lines(str bytes)
{
    size_t n = 1;
    for (const char *p = bytes.ptr, *end = p + bytes.len; p && (p = memchr(p, '\n', (size_t)(end - p)));
         p++)
        n++;
    return n;
}

static bool read_geonames(builder *b, str path, error *e)
{
    str rest, cols[N_COLS];
    if (!source_bytes(b, path, &rest, e)) return false;
    rows_reserve(b, count_lines(rest));
    for (size_t number = 1; rest.len; number++) {
        str line = cut_line(&rest);
        if (!line.len || line.ptr[0] == '#') continue;
        row_columns(line, cols);
        double lat, lon;
        if (!cols[COL_LON].ptr || !str_to_number(cols[COL_LAT], &lat)
            || !str_to_number(cols[COL_LON], &lon))
            return fault(e, path, number, "not a line of a GeoNames table (19 columns, tab-separated)");
        row_add(b, line);
    }
    return true;
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static str json_str(const json_t *object, const char *key)
{
    const json_t *v = json_object_get(object, key);
    return json_is_string(v) ? (str){json_string_value(v), json_string_length(v)} : (str){0};
}

static void add_city(builder *b, const json_t *item)
{
    str cols[N_COLS] = {0};
    cols[COL_NAME] = json_str(item, "name");
    cols[COL_LAT] = json_str(item, "lat");
    cols[COL_LON] = json_str(item, "lng");
    cols[COL_CLASS] = STR("P");
    cols[COL_CODE] = STR("PPL");
    cols[COL_COUNTRY] = json_str(item, "country");
    cols[COL_ADMIN1] = json_str(item, "admin1");
    cols[COL_ADMIN2] = json_str(item, "admin2");
    if (cols[COL_NAME].len && cols[COL_LAT].len && cols[COL_LON].len) row_add(b, row_line(b->a, cols));
}

static void add_division(builder *b, const json_t *item)
{
    str cols[N_COLS] = {0}, code = json_str(item, "code");
    cols[COL_NAME] = json_str(item, "name");
    cols[COL_CLASS] = STR("A");
    cols[COL_COUNTRY] = str_cut(&code, '.');
    cols[COL_ADMIN1] = str_cut(&code, '.');
    cols[COL_CODE] = code.ptr ? STR("ADM2") : STR("ADM1");
    cols[COL_ADMIN2] = code;
    if (cols[COL_NAME].len && cols[COL_ADMIN1].len) row_add(b, row_line(b->a, cols));
}

static void free_json(void *root)
{
    json_decref(root);
}

static bool read_json(builder *b, const gaz_source *s, error *e)
{
    str bytes;
    json_error_t je;
    if (!source_bytes(b, s->path, &bytes, e)) return false;
    json_t *root = json_loadb(bytes.ptr, bytes.len, 0, &je);
    if (!root) return fault(e, s->path, je.line > 0 ? (size_t)je.line : 0, je.text);
    arena_defer(b->a, free_json, root);
    if (!json_is_array(root)) return fault(e, s->path, 1, "not a list of places");
    size_t i;
    json_t *item;
    rows_reserve(b, json_array_size(root));
    json_array_foreach(root, i, item)(s->kind == SOURCE_CITIES_JSON ? add_city : add_division)(b, item);
    return true;
}

/* ---- CSV ------------------------------------------------------------------------------------- */

enum { CSV_MAX_FIELDS = 256 };

/* Fields of one line (RFC 4180, but a quoted field does not span lines); quotes are taken off. */
static size_t csv_fields(arena *a, str line, char separator, str fields[CSV_MAX_FIELDS])
{
    size_t n = 0, at = 0;
    while (n < CSV_MAX_FIELDS) {
        char *text = arena_new(a, char, line.len - at + 1);
        size_t len = 0;
        bool quoted = at < line.len && line.ptr[at] == '"';
        for (at += quoted; at < line.len; at++) {
            bool quote = quoted && line.ptr[at] == '"';
            if (quote && (at + 1 >= line.len || line.ptr[at + 1] != '"')) quoted = false;
            else if (!quoted && line.ptr[at] == separator) break;
            else text[len++] = line.ptr[quote ? ++at : at];
        }
        fields[n++] = (str){text, len};
        if (at++ >= line.len) break;
    }
    return n;
}

typedef struct csv_column {
    int target; /* COL_*, -1 = not mapped */
    str constant;
    size_t field;
} csv_column;

static int csv_target(str name)
{
    static const struct {
        const char *name;
        int col;
    } targets[] = {
        {"id", COL_ID},
        {"name", COL_NAME},
        {"alternates", COL_ALTERNATES},
        {"lat", COL_LAT},
        {"lon", COL_LON},
        {"class", COL_CLASS},
        {"feature", COL_CODE},
        {"country", COL_COUNTRY},
        {"admin1", COL_ADMIN1},
        {"admin2", COL_ADMIN2},
        {"population", COL_POPULATION},
        {"radius_km", COL_RADIUS},
    };
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++)
        if (str_is(name, targets[i].name)) return targets[i].col;
    return -1;
}

static bool csv_mapping(str mapping, const str *heading, size_t n_heading, csv_column cols[N_COLS],
                        size_t *n)
{
    *n = 0;
    while (mapping.ptr && *n < N_COLS) {
        str source = str_cut(&mapping, ','), name = str_cut(&source, '=');
        csv_column c = {.target = csv_target(name), .field = SIZE_MAX};
        if (str_starts(source, STR("="))) c.constant = str_part(source, 1, source.len);
        for (size_t i = 0; i < n_heading && !c.constant.ptr; i++)
            if (str_eq_nocase(heading[i], source)) c.field = i;
        if (c.target < 0 || (!c.constant.ptr && c.field == SIZE_MAX)) return false;
        cols[(*n)++] = c;
    }
    return *n > 0;
}

static bool read_csv(builder *b, const gaz_source *s, error *e)
{
    str rest, *fields = arena_new(b->a, str, CSV_MAX_FIELDS);
    csv_column columns[N_COLS];
    size_t n_map;
    if (!source_bytes(b, s->path, &rest, e)) return false;
    if (str_starts(rest, STR("\xEF\xBB\xBF"))) rest = str_part(rest, 3, rest.len);
    str heading = cut_line(&rest);
    char separator = memchr(heading.ptr ? heading.ptr : "", ';', heading.len) ? ';' : ',';
    size_t n = csv_fields(b->a, heading, separator, fields);
    if (!csv_mapping(s->mapping, fields, n, columns, &n_map))
        return fault(e, s->path, 1, "the column mapping names what is not there");
    while (rest.len) {
        str cols[N_COLS] = {0};
        cols[COL_CLASS] = STR("P");
        cols[COL_CODE] = STR("PPL");
        n = csv_fields(b->a, cut_line(&rest), separator, fields);
        for (size_t i = 0; i < n_map; i++)
            cols[columns[i].target] = columns[i].constant.ptr ? columns[i].constant
                                      : columns[i].field < n  ? fields[columns[i].field]
                                                              : (str){0};
        row_add(b, row_line(b->a, cols));
    }
    return true;
}

bool source_read(builder *b, const gaz_source *s, error *e)
{
    switch (s->kind) {
    case SOURCE_GEONAMES: return read_geonames(b, s->path, e);
    case SOURCE_CITIES_JSON:
    case SOURCE_ADMIN_JSON: return read_json(b, s, e);
    case SOURCE_CSV: return read_csv(b, s, e);
    }
    return fault(e, s->path, 0, "a source of unknown kind");
}
