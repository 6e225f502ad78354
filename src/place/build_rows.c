#include "place/build_rows.h"

#include <math.h>
#include <stdlib.h>

#include "place/spelling.h"

void row_columns(str line, str cols[N_COLS])
{
    for (int i = 0; i < N_COLS; i++) {
        const char *tab = line.len ? memchr(line.ptr, '\t', line.len) : NULL;
        size_t n = tab ? (size_t)(tab - line.ptr) : line.len;
        cols[i] = str_part(line, 0, n);
        line = str_part(line, tab ? n + 1 : n, line.len);
    }
}

str row_line(arena *a, const str cols[N_COLS])
{
    size_t n = N_COLS, at = 0;
    for (int i = 0; i < N_COLS; i++) n += cols[i].len;
    char *line = arena_new(a, char, n);
    for (int i = 0; i < N_COLS; i++) {
        for (size_t k = 0; k < cols[i].len; k++) {
            char c = cols[i].ptr[k];
            bool control = (unsigned char)c < 0x20 && (c != GAZ_NAME_BREAK || i != COL_NAMES);
            line[at++] = control ? ' ' : c;
        }
        if (i + 1 < N_COLS) line[at++] = '\t';
    }
    while (at > 0 && line[at - 1] == '\t') at--; /* empty columns at the end */
    return (str){line, at};
}

bool str_to_number(str s, double *value)
{
    char text[40], *end;
    s = str_trim(s);
    if (!s.len || s.len >= sizeof text) return false;
    memcpy(text, s.ptr, s.len);
    text[s.len] = 0;
    *value = strtod(text, &end);
    return *end == 0 && isfinite(*value);
}

static bool is_no_code(str code)
{
    return !code.len || str_is(code, "00") || str_is(code, "0");
}

row_spot row_spot_of(const str cols[N_COLS])
{
    row_spot s = {0};
    str code = cols[COL_CODE], iso = cols[COL_COUNTRY];
    if (iso.len != 2 || iso.ptr[0] < 'A' || iso.ptr[0] > 'Z' || iso.ptr[1] < 'A' || iso.ptr[1] > 'Z')
        return s;
    memcpy(s.country, iso.ptr, 2);
    bool area = str_is(cols[COL_CLASS], "A");
    if (str_starts(code, STR("PCL"))) return s.is_area = area, s;
    if (is_no_code(cols[COL_ADMIN1]) || cols[COL_ADMIN1].len + cols[COL_ADMIN2].len > 200) return s;
    s.admin1 = cols[COL_ADMIN1];
    if (str_is(code, "ADM1")) return s.is_area = area, s;
    if (is_no_code(cols[COL_ADMIN2])) return s;
    s.admin2 = cols[COL_ADMIN2];
    s.is_area = area && str_is(code, "ADM2");
    return s;
}

/* ---- joining --------------------------------------------------------------------------------- */

static bool list_has(str list, str item, char with)
{
    while (list.ptr && list.len)
        if (str_eq(str_cut(&list, with), item)) return true;
    return false;
}

/* The first list and what it lacks of the second. */
static str list_join(arena *a, str x, str y, char with)
{
    if (!x.len || !y.len || str_eq(x, y)) return x.len ? x : y;
    if (x.len + y.len > ROW_MAX / 4) return x;
    char *both = arena_new(a, char, x.len + y.len + 2);
    size_t n = x.len;
    memcpy(both, x.ptr, x.len);
    while (y.ptr && y.len) {
        str item = str_cut(&y, with);
        if (!item.len || list_has((str){both, n}, item, with)) continue;
        both[n++] = with;
        memcpy(both + n, item.ptr, item.len);
        n += item.len;
    }
    return (str){both, n};
}

static str names_join(arena *a, const str cols[N_COLS], str names, str more)
{
    while (more.ptr && more.len) {
        str name = str_cut(&more, GAZ_NAME_BREAK);
        if (str_eq(name, cols[COL_NAME]) || str_eq(name, cols[COL_ASCII])) continue;
        names = list_join(a, names, name, GAZ_NAME_BREAK);
    }
    return names;
}

void row_join(arena *a, str cols[N_COLS], const str other[N_COLS])
{
    str names = names_join(a, cols, cols[COL_NAMES], other[COL_NAME]);
    names = names_join(a, cols, names, other[COL_ASCII]);
    cols[COL_NAMES] = names_join(a, cols, names, other[COL_NAMES]);
    cols[COL_ALTERNATES] = list_join(a, cols[COL_ALTERNATES], other[COL_ALTERNATES], ',');
    cols[COL_OWN_ALTERNATES] = list_join(a, cols[COL_OWN_ALTERNATES], other[COL_OWN_ALTERNATES], ',');
    cols[COL_PCODE] = list_join(a, cols[COL_PCODE], other[COL_PCODE], ',');
    if (str_is(cols[COL_POPULATION], "0")) cols[COL_POPULATION] = (str){0};
    if (!cols[COL_LAT].len || !cols[COL_LON].len)
        cols[COL_LAT] = other[COL_LAT], cols[COL_LON] = other[COL_LON];
    static const int first_that_has[] = {COL_ID,     COL_NAME,       COL_CLASS,  COL_CODE,     COL_COUNTRY,
                                         COL_ADMIN1, COL_POPULATION, COL_RADIUS, COL_DEMONYMS};
    if (!cols[COL_ADMIN1].len) cols[COL_ADMIN2] = other[COL_ADMIN2];
    for (size_t i = 0; i < sizeof first_that_has / sizeof *first_that_has; i++) {
        int c = first_that_has[i];
        if (!cols[c].len) cols[c] = other[c];
    }
    /* a town of a source does not become a quarter */
    if (str_is(other[COL_CURATED], GAZ_OF_TABLE)) cols[COL_CURATED] = other[COL_CURATED];
}

/* ---- divisions, by code and by name ---------------------------------------------------------- */

static str division_key(char out[2 * SPELLING_MAX], const place_rules *r, str within, str name)
{
    char folded[SPELLING_MAX], key[SPELLING_MAX];
    size_t n = spelling_fold(name, folded);
    n = spelling_generic(r, (str){folded, n}, key);
    if (!n || within.len >= SPELLING_MAX) return (str){0};
    memcpy(out, within.ptr, within.len);
    out[within.len] = '|';
    memcpy(out + within.len + 1, key, n);
    return (str){out, within.len + 1 + n};
}

/* Without a closing "Province". */
static str bare_name(str name)
{
    while (name.len && name.ptr[name.len - 1] != ' ') name.len--;
    return str_trim(name);
}

static void name_division(builder *b, map *names, str within, str name, uint32_t code)
{
    char key[2 * SPELLING_MAX];
    str k = division_key(key, &b->rules, within, name);
    if (!k.len || map_get(names, k) != MAP_NONE) return;
    map_put(b->a, names, arena_copy(b->a, k))->value = code;
}

str division_by_name(const builder *b, str within, str name, bool bare)
{
    char key[2 * SPELLING_MAX];
    str k = division_key(key, &b->rules, within, name);
    uint32_t i = k.len ? map_get(bare ? &b->bare_names : &b->names, k) : MAP_NONE;
    return i == MAP_NONE ? (str){0} : b->code_of.v[i];
}

void row_note_division(builder *b, const str cols[N_COLS])
{
    row_spot spot = row_spot_of(cols), *s = &spot;
    bool second = s->admin2.len > 0;
    str iso = {s->country, 2}, code = second ? s->admin2 : s->admin1, within = iso;
    if (second) within = arena_format(&b->row, "%.2s.%.*s", s->country, (int)s->admin1.len, s->admin1.ptr);
    str whole = arena_format(b->a, "%.*s.%.*s", (int)within.len, within.ptr, (int)code.len, code.ptr);
    map_slot *known = map_put(b->a, &b->codes, whole);
    if (known->value == MAP_NONE) known->value = 0;
    uint32_t index = (uint32_t)b->code_of.n;
    *array_push(b->a, &b->code_of) = str_part(whole, whole.len - code.len, code.len);
    name_division(b, &b->names, within, cols[COL_NAME], index);
    name_division(b, &b->bare_names, within, bare_name(cols[COL_NAME]), index);
    for (str rest = cols[COL_OWN_ALTERNATES]; rest.ptr && rest.len;)
        name_division(b, &b->names, within, str_cut(&rest, ','), index);
    for (str rest = second ? (str){0} : cols[COL_ALTERNATES]; rest.ptr && rest.len;)
        name_division(b, &b->names, within, str_cut(&rest, ','), index);
}

/* ---- taking rows in -------------------------------------------------------------------------- */

static bool is_row(const str cols[N_COLS], uint32_t *number)
{
    int64_t id = 0;
    bool names_only = str_is(cols[COL_CLASS], GAZ_CLASS_NAMES);
    size_t bytes = 0;
    for (int i = 0; i < N_COLS; i++) bytes += cols[i].len;
    if (bytes > ROW_MAX || (!names_only && (!cols[COL_NAME].len || cols[COL_NAME].len >= SPELLING_MAX)))
        return false;
    if (cols[COL_CODE].len > 5 || cols[COL_CLASS].len > 1) return false;
    if (cols[COL_ID].len && (!str_to_int(cols[COL_ID], &id) || id < 0 || id > UINT32_MAX)) return false;
    *number = (uint32_t)id;
    return id > 0 || !names_only;
}

static void put_number(char *to, uint32_t n)
{
    for (int i = 0; i < 4; i++) to[i] = (char)(n >> (24 - 8 * i));
}

bool row_add(builder *b, const str cols[N_COLS], bool *is_place, error *e)
{
    uint32_t number = 0;
    *is_place = is_row(cols, &number);
    if (!*is_place) return true;
    row_spot s = row_spot_of(cols);
    bool by_name = s.admin1.len && (s.admin1.ptr[0] == '=' || (s.admin2.len && s.admin2.ptr[0] == '='));
    if (s.is_area && s.admin1.len && !by_name) row_note_division(b, cols);
    char key[8];
    put_number(key, number);
    put_number(key + 4, b->n_rows++);
    if (!str_is(cols[COL_CLASS], GAZ_CLASS_NAMES)) b->report.n_read++;
    bool ok = sorter_add(b->by_number, (str){key, 8}, row_line(&b->row, cols), e);
    arena_reset(&b->row);
    return ok;
}
