#include "place/build_lines.h"
#include "place/build_rows.h"
#include "place/build_source.h"

bool source_fault(str path, size_t line, error *e, const char *what)
{
    error_set(e, SITREP_BAD_FORMAT, "gazetteer", "%s", what);
    return error_at(e, path, line, 0);
}

enum { MAX_FIELDS = 20 };

static size_t tab_fields(str line, str fields[MAX_FIELDS])
{
    size_t n = 0;
    while (n < MAX_FIELDS) {
        const char *tab = line.len ? memchr(line.ptr, '\t', line.len) : NULL;
        size_t len = tab ? (size_t)(tab - line.ptr) : line.len;
        fields[n++] = str_part(line, 0, len);
        if (!tab) break;
        line = str_part(line, len + 1, line.len);
    }
    return n;
}

typedef enum table_kind {
    TABLE_NONE,
    TABLE_PLACES,     /* 19 columns */
    TABLE_ALTERNATES, /* alternateNames, alternateNamesV2: id, geonameid, language, name … */
    TABLE_DIVISIONS,  /* admin1CodesASCII, admin2Codes: code, name, ascii name, geonameid */
    TABLE_FEATURES    /* featureCodes: "A.ADM1", name, description */
} table_kind;

static bool is_number(str s)
{
    double v;
    return str_to_number(s, &v);
}

static bool is_feature(str s)
{
    return s.len >= 3 && s.len <= 7 && s.ptr[0] >= 'A' && s.ptr[0] <= 'Z' && s.ptr[1] == '.';
}

static table_kind kind_of(str line)
{
    str f[MAX_FIELDS];
    size_t n = tab_fields(line, f);
    if (n >= 18 && is_number(f[0]) && is_number(f[4]) && is_number(f[5])) return TABLE_PLACES;
    if ((n == 8 || n == 10) && is_number(f[0]) && is_number(f[1])) return TABLE_ALTERNATES;
    if (n == 4 && f[0].len > 3 && f[0].ptr[2] == '.') return TABLE_DIVISIONS;
    return (n == 2 || n == 3) && is_feature(f[0]) ? TABLE_FEATURES : TABLE_NONE;
}

static bool add(builder *b, const str cols[N_COLS], error *e)
{
    bool is_place;
    return row_add(b, cols, &is_place, e);
}

static bool place_line(builder *b, const str f[MAX_FIELDS], error *e)
{
    static const struct {
        int to, from;
    } columns[] = {{COL_ID, 0},      {COL_NAME, 1},    {COL_ASCII, 2},   {COL_ALTERNATES, 3},
                   {COL_LAT, 4},     {COL_LON, 5},     {COL_CLASS, 6},   {COL_CODE, 7},
                   {COL_COUNTRY, 8}, {COL_ADMIN1, 10}, {COL_ADMIN2, 11}, {COL_POPULATION, 14}};
    str cols[N_COLS] = {0};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) cols[columns[i].to] = f[columns[i].from];
    if (str_eq(cols[COL_ASCII], cols[COL_NAME])) cols[COL_ASCII] = (str){0};
    if (str_is(cols[COL_POPULATION], "0")) cols[COL_POPULATION] = (str){0};
    return add(b, cols, e);
}

/* Pseudo-languages of alternateNames are codes and links; nobody writes those. */
static bool is_language(str code)
{
    static const char *const others[] = {"link", "wkdt", "post", "unlc", "iata",
                                         "icao", "faac", "tcid", "phon", "piny"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (str_is(code, others[i])) return false;
    return true;
}

static bool alternate_line(builder *b, const str f[MAX_FIELDS], error *e)
{
    str cols[N_COLS] = {0};
    if (!is_language(f[2]) || !f[3].len || f[3].len > 250) return true;
    cols[COL_ID] = f[1];
    cols[COL_CLASS] = STR(GAZ_CLASS_NAMES);
    cols[COL_ALTERNATES] = f[3];
    return add(b, cols, e);
}

static bool division_line(builder *b, const str f[MAX_FIELDS], error *e)
{
    str cols[N_COLS] = {0}, code = f[0];
    cols[COL_ID] = f[3];
    cols[COL_NAME] = f[1];
    cols[COL_ASCII] = str_eq(f[1], f[2]) ? (str){0} : f[2];
    cols[COL_CLASS] = STR("A");
    cols[COL_COUNTRY] = str_cut(&code, '.');
    cols[COL_ADMIN1] = str_cut(&code, '.');
    cols[COL_CODE] = code.ptr ? STR("ADM2") : STR("ADM1");
    cols[COL_ADMIN2] = code;
    return add(b, cols, e);
}

static void feature_line(builder *b, const str f[MAX_FIELDS])
{
    str more = arena_format(b->a, "%.*s\t%.*s\n", (int)f[0].len, f[0].ptr, (int)f[1].len, f[1].ptr);
    char *both = arena_new(b->a, char, b->features_text.len + more.len + 1);
    if (b->features_text.len) memcpy(both, b->features_text.ptr, b->features_text.len);
    memcpy(both + b->features_text.len, more.ptr, more.len);
    b->features_text = (str){both, b->features_text.len + more.len};
}

static bool table_line_read(builder *b, table_kind kind, const str f[MAX_FIELDS], error *e)
{
    switch (kind) {
    case TABLE_PLACES: return place_line(b, f, e);
    case TABLE_ALTERNATES: return alternate_line(b, f, e);
    case TABLE_DIVISIONS: return division_line(b, f, e);
    case TABLE_FEATURES: feature_line(b, f); return true;
    case TABLE_NONE: break;
    }
    return true;
}

static bool read_table(builder *b, line_source *s, str path, table_kind kind, error *e)
{
    static const char *const wanted[] = {
        [TABLE_PLACES] = "not a line of a GeoNames table (19 columns, parted by tabs)",
        [TABLE_ALTERNATES] = "not a line of alternateNames",
        [TABLE_DIVISIONS] = "not a line of admin1CodesASCII or admin2Codes",
        [TABLE_FEATURES] = "not a line of featureCodes"};
    str line, f[MAX_FIELDS];
    while (lines_next(s, &line, e)) {
        bool skip =
            !line.len || line.ptr[0] == '#' || (kind == TABLE_FEATURES && str_starts(line, STR("null")));
        if (skip) continue;
        if (kind_of(line) != kind) return source_fault(path, lines_number(s), e, wanted[kind]);
        memset(f, 0, sizeof f);
        tab_fields(line, f);
        if (!table_line_read(b, kind, f, e)) return false;
    }
    return !lines_failed(s);
}

/* The rows of another gazetteer are rows already. */
static bool read_rows(builder *b, line_source *s, error *e)
{
    str line, cols[N_COLS];
    while (lines_next(s, &line, e)) {
        row_columns(line, cols);
        if (!add(b, cols, e)) return false;
    }
    return !lines_failed(s);
}

static str first_line(str text)
{
    while (text.len) {
        const char *end = memchr(text.ptr, '\n', text.len);
        str line = str_part(text, 0, end ? (size_t)(end - text.ptr) : text.len);
        if (line.len && line.ptr[0] != '#') return line;
        text = str_part(text, line.len + 1, text.len);
    }
    return text;
}

static bool read_any(builder *b, line_source *s, const gaz_source *source, error *e)
{
    if (lines_wrapping(s) == WRAP_GAZETTEER) return read_rows(b, s, e);
    str begin = lines_peek(s, 60000);
    if (lines_failed(s))
        return source_fault(source->path, 0, e, "cannot be read; it is cut short or damaged");
    if (source->mapping.len) return csv_read(b, s, source, e);
    if (!str_trim(begin).len) return source_fault(source->path, 0, e, "the file is empty");
    table_kind kind = kind_of(first_line(begin));
    if (kind != TABLE_NONE) return read_table(b, s, source->path, kind, e);
    char first = str_trim(begin).ptr[0];
    if (first == '[' || first == '{') return json_read(b, source->path, e);
    return csv_read(b, s, source, e);
}

bool source_read(builder *b, const gaz_source *source, error *e)
{
    line_source *s = lines_open(source->path, e);
    if (!s) return false;
    bool ok = read_any(b, s, source, e);
    lines_close(s);
    return ok;
}
