#include "base/os.h"
#include "base/table.h"
#include "place/build_source.h"

enum { CSV_MAX_FIELDS = 256, MAX_LEVELS = 5 };

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
    bool given;
    str constant; /* ptr NULL: the field */
    size_t field;
} csv_column;

/* What a table has: columns of the row, and names and P-codes of the divisions 0 (the country) to 4. */
typedef struct csv_map {
    csv_column col[N_COLS], admin[MAX_LEVELS], pcode[MAX_LEVELS];
} csv_map;

static csv_column *csv_target(csv_map *m, str name)
{
    static const struct {
        const char *name;
        int col;
    } targets[] = {{"id", COL_ID},
                   {"name", COL_NAME},
                   {"ascii", COL_ASCII},
                   {"alternates", COL_ALTERNATES},
                   {"lat", COL_LAT},
                   {"lon", COL_LON},
                   {"class", COL_CLASS},
                   {"feature", COL_CODE},
                   {"country", COL_COUNTRY},
                   {"pcode", COL_PCODE},
                   {"population", COL_POPULATION},
                   {"radius_km", COL_RADIUS}};
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++)
        if (str_is(name, targets[i].name)) return &m->col[targets[i].col];
    bool admin = str_starts(name, STR("admin")), pcode = str_starts(name, STR("pcode"));
    if ((!admin && !pcode) || name.len != 6 || name.ptr[5] < '0' || name.ptr[5] >= '0' + MAX_LEVELS)
        return NULL;
    return admin ? &m->admin[name.ptr[5] - '0'] : &m->pcode[name.ptr[5] - '0'];
}

static size_t csv_heading(const str *heading, size_t n, str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq_nocase(str_trim(heading[i]), name)) return i;
    return SIZE_MAX;
}

static bool map_given(str mapping, const str *heading, size_t n, csv_map *m)
{
    while (mapping.ptr) {
        str source = str_cut(&mapping, ','), name = str_cut(&source, '=');
        csv_column *c = csv_target(m, name);
        if (!c || !source.ptr) return false;
        c->given = true;
        if (str_starts(source, STR("="))) c->constant = str_part(source, 1, source.len);
        else if ((c->field = csv_heading(heading, n, source)) == SIZE_MAX) return false;
    }
    return m->col[COL_NAME].given;
}

/* codebooks/places/columns.txt: what is sought, then headings, the first that is there. */
static bool map_by_table(builder *b, const str *heading, size_t n, csv_map *m, error *e)
{
    table t;
    str path = os_path_join(b->a, b->build->codebooks, STR("places/columns.txt"));
    if (!b->build->codebooks.len || os_path_kind(path) == OS_MISSING) return true;
    if (!table_read(b->a, path, &t, e)) return false;
    for (size_t i = 0; i < t.lines.n; i++) {
        csv_column *c = csv_target(m, t.lines.v[i].keyword);
        if (!c) return table_fault(&t, &t.lines.v[i], e, "no column of a place");
        str rest = t.lines.v[i].value;
        for (str name = str_cut(&rest, ' '); name.ptr && !c->given;
             name = rest.ptr ? str_cut(&rest, ' ') : (str){0}) {
            size_t at = name.len ? csv_heading(heading, n, name) : SIZE_MAX;
            if (at != SIZE_MAX) *c = (csv_column){.given = true, .field = at};
        }
    }
    return true;
}

/* The deepest division that the table names, where it has no name of its own for the row; 0 = none. */
static int deepest(const csv_map *m)
{
    int level = 0;
    for (int i = 1; i < MAX_LEVELS; i++)
        if (m->admin[i].given) level = i;
    return m->col[COL_NAME].given ? 0 : level;
}

static str value_of(const csv_column *c, const str *fields, size_t n)
{
    if (!c->given) return (str){0};
    return c->constant.ptr ? c->constant : c->field < n ? str_trim(fields[c->field]) : (str){0};
}

static str by_name(arena *a, str name)
{
    return name.len ? arena_format(a, "=%.*s", (int)name.len, name.ptr) : (str){0};
}

static str division_feature(int level)
{
    static const char *const codes[MAX_LEVELS] = {"PCLI", "ADM1", "ADM2", "ADM3", "ADM4"};
    return str_from(codes[level]);
}

typedef struct csv_row {
    arena *a;
    const csv_map *map;
    const str *fields;
    size_t n;
} csv_row;

static void row_place(const csv_row *r, str cols[N_COLS])
{
    cols[COL_COUNTRY] = value_of(&r->map->col[COL_COUNTRY], r->fields, r->n);
    if (!cols[COL_COUNTRY].len) cols[COL_COUNTRY] = value_of(&r->map->pcode[0], r->fields, r->n);
    cols[COL_ADMIN1] = by_name(r->a, value_of(&r->map->admin[1], r->fields, r->n));
    cols[COL_ADMIN2] = by_name(r->a, value_of(&r->map->admin[2], r->fields, r->n));
}

/* A province or district that the row lies in, once for each of its P-codes, so that it can be found by that. */
static bool add_division(builder *b, const csv_row *r, int level, error *e)
{
    str cols[N_COLS] = {0}, pcode = value_of(&r->map->pcode[level], r->fields, r->n);
    if (!pcode.len || map_get(&b->pcodes, pcode) != MAP_NONE) return true;
    map_put(b->a, &b->pcodes, arena_copy(b->a, pcode))->value = 0;
    row_place(r, cols);
    if (level == 1) cols[COL_ADMIN2] = (str){0};
    cols[COL_NAME] = value_of(&r->map->admin[level], r->fields, r->n);
    cols[COL_CLASS] = STR("A");
    cols[COL_CODE] = division_feature(level);
    cols[COL_PCODE] = pcode;
    bool is_place;
    return row_add(b, cols, &is_place, e);
}

static bool add_row(builder *b, const csv_row *r, error *e)
{
    str cols[N_COLS] = {0};
    int level = deepest(r->map);
    bool is_place;
    for (int i = 1; i <= 2; i++)
        if (i != level && !add_division(b, r, i, e)) return false;
    for (int c = 0; c < N_COLS; c++) cols[c] = value_of(&r->map->col[c], r->fields, r->n);
    row_place(r, cols);
    if (level) {
        cols[COL_NAME] = value_of(&r->map->admin[level], r->fields, r->n);
        cols[COL_CLASS] = STR("A");
        cols[COL_CODE] = division_feature(level);
        cols[COL_PCODE] = value_of(&r->map->pcode[level], r->fields, r->n);
    }
    if (!cols[COL_CLASS].len) cols[COL_CLASS] = STR("P");
    if (!cols[COL_CODE].len && str_is(cols[COL_CLASS], "P")) cols[COL_CODE] = STR("PPL");
    return row_add(b, cols, &is_place, e);
}

static char separator_of(str heading)
{
    static const char separators[] = {'\t', ';', ','};
    for (size_t i = 0; i < sizeof separators; i++)
        if (heading.len && memchr(heading.ptr, separators[i], heading.len)) return separators[i];
    return ',';
}

static bool read_heading(builder *b, const gaz_source *source, const str *heading, size_t n, csv_map *m,
                         error *e)
{
    if (source->mapping.len)
        return map_given(source->mapping, heading, n, m)
               || source_fault(source->path, 1, e, "the column mapping names what is not there");
    if (!map_by_table(b, heading, n, m, e)) return false;
    bool named = m->col[COL_NAME].given || deepest(m);
    bool where = m->col[COL_COUNTRY].given || m->pcode[0].given;
    return (named && where)
           || source_fault(source->path, 1, e,
                           "no columns for name and country are known by their headings; give a mapping");
}

bool csv_read(builder *b, line_source *s, const gaz_source *source, error *e)
{
    str line, fields[CSV_MAX_FIELDS];
    arena scratch;
    csv_map columns = {0};
    if (!lines_next(s, &line, e))
        return !lines_failed(s) && source_fault(source->path, 1, e, "the file is empty");
    if (str_starts(line, STR("\xEF\xBB\xBF"))) line = str_part(line, 3, line.len);
    char separator = separator_of(line);
    size_t n = csv_fields(b->a, line, separator, fields);
    if (!read_heading(b, source, fields, n, &columns, e)) return false;
    arena_init(&scratch, 0);
    scratch.on_full = b->a->on_full;
    bool ok = true;
    while (ok && lines_next(s, &line, e)) {
        if (!str_trim(line).len || line.ptr[0] == '#') continue; /* the second line of HXL tags */
        n = csv_fields(&scratch, line, separator, fields);
        csv_row row = {&scratch, &columns, fields, n};
        ok = add_row(b, &row, e);
        arena_reset(&scratch);
    }
    arena_release(&scratch);
    return ok && !lines_failed(s);
}
