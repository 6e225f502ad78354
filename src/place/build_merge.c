#include "place/build_rows.h"

#include <stdlib.h>

#include "base/os.h"
#include "place/spelling.h"

static bool disk_fault(error *e)
{
    return error_set(e, SITREP_BAD_OUTPUT, "gazetteer",
                     "cannot write a temporary file; the disk may be full");
}

static uint32_t get_number(const char *from)
{
    uint32_t n = 0;
    for (int i = 0; i < 4; i++) n = n << 8 | (unsigned char)from[i];
    return n;
}

static void put_number(char *to, uint32_t n)
{
    for (int i = 0; i < 4; i++) to[i] = (char)(n >> (24 - 8 * i));
}

/* ---- the order of the tree ------------------------------------------------------------------- */

/* Country, division, district, each with what it is itself before what lies in it; `sequence` is the order of reading. */
static bool put_in_tree(builder *b, const str cols[N_COLS], uint32_t sequence, error *e)
{
    row_spot s = row_spot_of(cols);
    int64_t id = 0;
    char key[512];
    size_t n = 2;
    memcpy(key, s.country, 2);
    if (s.admin1.len) memcpy(key + n, s.admin1.ptr, s.admin1.len), n += s.admin1.len;
    key[n++] = 0;
    if (s.admin2.len) memcpy(key + n, s.admin2.ptr, s.admin2.len), n += s.admin2.len;
    key[n++] = 0;
    key[n++] = s.is_area ? 0 : 1;
    if (!s.is_area && str_to_int(cols[COL_ID], &id)) put_number(key + n, (uint32_t)id), n += 4;
    else if (!s.is_area) put_number(key + n, 0), n += 4;
    put_number(key + n, sequence);
    return sorter_add(b->by_tree, (str){key, n + 4}, row_line(&b->row, cols), e);
}

/* ---- divisions that are given by name -------------------------------------------------------- */

static bool keep_row(builder *b, const str cols[N_COLS], error *e)
{
    if (!b->packer || cols[COL_CURATED].len) return true;
    str line = row_line(&b->row, cols);
    return (packer_put(b->packer, line) && packer_put(b->packer, STR("\n"))) || disk_fault(e);
}

/* The code of the division that is called so, made up where nobody has one; then the division is a row of its own. */
static str code_of_name(builder *b, str within, str name)
{
    if (map_get_pair(&b->codes, within, '.', name) != MAP_NONE) return name;
    str code = division_by_name(b, within, name, false);
    if (!code.ptr) code = division_by_name(b, within, name, true);
    return code;
}

static bool make_division(builder *b, const str cols[N_COLS], str name, str admin1, str admin2, error *e)
{
    str own[N_COLS] = {0};
    own[COL_NAME] = name;
    own[COL_CLASS] = STR("A");
    own[COL_CODE] = admin2.len ? STR("ADM2") : STR("ADM1");
    own[COL_COUNTRY] = cols[COL_COUNTRY];
    own[COL_ADMIN1] = admin1;
    own[COL_ADMIN2] = admin2;
    row_note_division(b, own);
    return put_in_tree(b, own, b->n_rows++, e) && keep_row(b, own, e);
}

static bool resolve_code(builder *b, str cols[N_COLS], int col, str within, error *e)
{
    str name = cols[col];
    if (!name.len || name.ptr[0] != '=') return true;
    name = str_part(name, 1, name.len);
    cols[col] = (str){0};
    if (!within.len || !str_trim(name).len || name.len > 200) return true;
    cols[col] = code_of_name(b, within, name);
    if (cols[col].ptr) return true;
    str code = cols[col] = arena_format(b->a, "~%.*s", (int)name.len, name.ptr);
    bool second = col == COL_ADMIN2;
    return make_division(b, cols, name, second ? cols[COL_ADMIN1] : code, second ? code : (str){0}, e);
}

static bool resolve_codes(builder *b, str cols[N_COLS], error *e)
{
    str country = cols[COL_COUNTRY];
    if (country.len != 2) country = (str){0};
    if (!resolve_code(b, cols, COL_ADMIN1, country, e)) return false;
    if (!cols[COL_ADMIN2].len || cols[COL_ADMIN2].ptr[0] != '=') return true;
    str within = {0};
    if (cols[COL_ADMIN1].len)
        within = arena_format(&b->row, "%.2s.%.*s", country.ptr, (int)cols[COL_ADMIN1].len,
                              cols[COL_ADMIN1].ptr);
    return resolve_code(b, cols, COL_ADMIN2, within, e);
}

/* ---- towns without a number that another source has ------------------------------------------ */

enum { NEAR_NAME_KM = 15, NEAR_GENERIC_KM = 4 };

typedef struct named {
    uint64_t key;
    uint32_t row;
    float lat, lon;
    bool numbered, by_other, by_generic;
} named;

typedef struct named_list {
    ARRAY(named) v;
    uint64_t *keys; /* of rows without number: a set, 0 = free */
    size_t n_keys, cap_keys;
} named_list;

static uint64_t name_key(const builder *b, str country, str name, bool generic)
{
    char folded[SPELLING_MAX], key[SPELLING_MAX];
    size_t n = spelling_fold(name, folded);
    str k = {folded, n};
    if (generic) k = (str){key, spelling_generic(&b->rules, k, key)};
    if (!k.len) return 0;
    uint64_t h = gaz_hash(generic ? '\x06' : '\x07', k) + (unsigned char)country.ptr[0] * 257u
                 + (unsigned char)country.ptr[1];
    return h ? h : 1;
}

static bool key_known(const named_list *l, uint64_t key)
{
    for (size_t i = l->cap_keys ? key & (l->cap_keys - 1) : 0; l->cap_keys && l->keys[i];
         i = (i + 1) & (l->cap_keys - 1))
        if (l->keys[i] == key) return true;
    return false;
}

static void key_add(arena *a, named_list *l, uint64_t key)
{
    if (key_known(l, key)) return;
    if (l->n_keys * 2 >= l->cap_keys) {
        size_t cap = l->cap_keys ? l->cap_keys * 2 : 1024;
        uint64_t *old = l->keys, old_cap = l->cap_keys;
        l->keys = arena_new(a, uint64_t, cap);
        l->cap_keys = cap;
        l->n_keys = 0;
        for (size_t i = 0; i < old_cap; i++)
            if (old[i]) key_add(a, l, old[i]);
    }
    size_t i = key & (l->cap_keys - 1);
    while (l->keys[i]) i = (i + 1) & (l->cap_keys - 1);
    l->keys[i] = key;
    l->n_keys++;
}

static void name_add(builder *b, named_list *l, named n)
{
    if (!n.key || (n.numbered && !key_known(l, n.key))) return;
    if (!n.numbered) key_add(b->a, l, n.key);
    *array_push(b->a, &l->v) = n;
}

static void name_town(builder *b, named_list *l, const str cols[N_COLS], uint32_t row)
{
    double lat, lon;
    str country = cols[COL_COUNTRY];
    bool town = str_is(cols[COL_CLASS], "P") && country.len == 2;
    if (!town || !str_to_number(cols[COL_LAT], &lat) || !str_to_number(cols[COL_LON], &lon)) return;
    named n = {.row = row, .lat = (float)lat, .lon = (float)lon, .numbered = cols[COL_ID].len > 0};
    n.key = name_key(b, country, cols[COL_NAME], false);
    name_add(b, l, n);
    n.by_generic = true;
    n.key = name_key(b, country, cols[COL_NAME], true);
    name_add(b, l, n);
    n.by_other = true;
    n.by_generic = false;
    for (str rest = n.numbered ? (str){0} : cols[COL_OWN_ALTERNATES]; rest.ptr && rest.len;) {
        n.key = name_key(b, country, str_cut(&rest, ','), false);
        name_add(b, l, n);
    }
}

static int by_key(const void *x, const void *y)
{
    const named *a = x, *b = y;
    if (a->key != b->key) return a->key < b->key ? -1 : 1;
    if (a->numbered != b->numbered) return a->numbered ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

static bool is_near(const named *a, const named *b)
{
    double limit = a->by_generic || b->by_generic ? NEAR_GENERIC_KM : NEAR_NAME_KM;
    return geo_km((geo_point){a->lat, a->lon}, (geo_point){b->lat, b->lon}) < limit;
}

static bool is_joined(const builder *b, uint32_t row)
{
    return row < b->n_numberless && b->target.v[row] != GAZ_NONE;
}

/* Rows of one name and country within 15 km (of nearly one name, within 4) are one town: the one with a number is
 * kept, or the first of the others. */
static void join_towns(builder *b, named_list *l)
{
    if (l->v.n) qsort(l->v.v, l->v.n, sizeof *l->v.v, by_key);
    for (size_t i = 0; i < l->v.n; i++) {
        const named *own = &l->v.v[i];
        if (own->numbered || is_joined(b, own->row)) continue;
        size_t k = i;
        while (k > 0 && l->v.v[k - 1].key == own->key) k--;
        for (; k < l->v.n && l->v.v[k].key == own->key && !is_joined(b, own->row); k++) {
            const named *other = &l->v.v[k];
            if (other->row != own->row && !other->by_other && !is_joined(b, other->row)
                && is_near(other, own))
                b->target.v[own->row] = other->row;
        }
    }
}

/* ---- first pass: rows of one number ---------------------------------------------------------- */

typedef struct group {
    str cols[N_COLS];
    uint32_t number, sequence;
    bool has_row, kept; /* kept: written to GAZ_ROWS already */
} group;

static bool spool_put(builder *b, uint32_t sequence, str line, error *e)
{
    uint32_t head[2] = {sequence, (uint32_t)line.len};
    return (fwrite(head, sizeof head, 1, b->spool) == 1
            && fwrite(line.ptr, 1, line.len, b->spool) == line.len)
           || disk_fault(e);
}

static bool group_end(builder *b, group *g, named_list *l, error *e)
{
    bool real = g->has_row && !str_is(g->cols[COL_CLASS], GAZ_CLASS_NAMES);
    if (real && !g->kept && !keep_row(b, g->cols, e)) return false;
    if (real) {
        name_town(b, l, g->cols, b->n_spooled++);
        if (!g->number) {
            b->n_numberless++;
            *array_push(b->a, &b->target) = GAZ_NONE;
        }
        if (!spool_put(b, g->sequence, row_line(&b->row, g->cols), e)) return false;
    }
    arena_reset(&b->row);
    *g = (group){0};
    return true;
}

/* A row whose number was met as that of further names alone takes its place. */
static void group_take(builder *b, group *g, str cols[N_COLS])
{
    bool names_first = g->has_row && str_is(g->cols[COL_CLASS], GAZ_CLASS_NAMES)
                       && !str_is(cols[COL_CLASS], GAZ_CLASS_NAMES);
    if (!g->has_row) memcpy(g->cols, cols, sizeof g->cols);
    else if (names_first) {
        row_join(&b->row, cols, g->cols);
        memcpy(g->cols, cols, sizeof g->cols);
    } else {
        if (!str_is(cols[COL_CLASS], GAZ_CLASS_NAMES)) b->report.n_merged++;
        row_join(&b->row, g->cols, cols);
    }
    g->has_row = true;
}

static bool join_numbers(builder *b, named_list *l, error *e)
{
    str key, line, cols[N_COLS];
    group g = {0};
    while (sorter_next(b->by_number, &key, &line)) {
        uint32_t number = get_number(key.ptr), sequence = get_number(key.ptr + 4);
        if (g.has_row && (!number || number != g.number) && !group_end(b, &g, l, e)) return false;
        row_columns(arena_copy(&b->row, line), cols);
        if (!resolve_codes(b, cols, e)) return false;
        bool curated = cols[COL_CURATED].len > 0;
        bool ready = curated && g.has_row && !g.kept && !str_is(g.cols[COL_CLASS], GAZ_CLASS_NAMES);
        if (ready && !keep_row(b, g.cols, e)) return false;
        g.kept |= ready;
        if (!g.has_row) g.number = number, g.sequence = sequence;
        group_take(b, &g, cols);
    }
    if (sorter_failed(b->by_number))
        return error_set(e, SITREP_NO_FILE, "gazetteer", "cannot read a temporary file");
    return !g.has_row || group_end(b, &g, l, e);
}

/* ---- second pass: what is joined to what ----------------------------------------------------- */

static bool spool_next(builder *b, uint32_t *sequence, str *line, error *e)
{
    uint32_t head[2];
    if (fread(head, sizeof head, 1, b->spool) != 1) return disk_fault(e);
    char *text = arena_new(&b->row, char, head[1] + 1);
    if (fread(text, 1, head[1], b->spool) != head[1]) return disk_fault(e);
    *sequence = head[0];
    *line = (str){text, head[1]};
    return true;
}

static uint32_t final_target(const builder *b, uint32_t row)
{
    while (is_joined(b, row)) row = b->target.v[row];
    return row;
}

/* Rows that are joined to others, in the order of those. */
static bool sort_joined(builder *b, error *e)
{
    b->joined = sorter_open(b->folder, 8 << 20, e);
    if (!b->joined) return false;
    rewind(b->spool);
    for (uint32_t i = 0; i < b->n_numberless; i++) {
        uint32_t sequence;
        str line;
        if (!spool_next(b, &sequence, &line, e)) return false;
        char key[8];
        put_number(key, final_target(b, i));
        put_number(key + 4, i);
        if (is_joined(b, i) && !sorter_add(b->joined, (str){key, 8}, line, e)) return false;
        arena_reset(&b->row);
    }
    return sorter_start(b->joined, e);
}

static bool place_rows(builder *b, error *e)
{
    str key, other, line, cols[N_COLS], more[N_COLS];
    bool has_other = sorter_next(b->joined, &key, &other);
    rewind(b->spool);
    for (uint32_t i = 0; i < b->n_spooled; i++) {
        uint32_t sequence;
        if (!spool_next(b, &sequence, &line, e)) return false;
        row_columns(line, cols);
        for (; has_other && get_number(key.ptr) == i; has_other = sorter_next(b->joined, &key, &other)) {
            row_columns(arena_copy(&b->row, other), more);
            row_join(&b->row, cols, more);
            b->report.n_merged++;
        }
        if (!is_joined(b, i) && !put_in_tree(b, cols, sequence, e)) return false;
        arena_reset(&b->row);
    }
    return true;
}

bool rows_merge(builder *b, error *e)
{
    named_list l = {0};
    size_t bytes = b->build->memory_bytes ? b->build->memory_bytes : 128 << 20;
    if (!sorter_start(b->by_number, e) || !(b->spool = os_temp_file(b->folder, e))) return false;
    if (!b->build->without_rows) {
        if (!(b->rows = os_temp_file(b->folder, e))) return false;
        if (!(b->packer = packer_open(b->rows)))
            return error_set(e, SITREP_NO_MEMORY, "gazetteer", "no memory left");
    }
    b->by_tree = sorter_open(b->folder, bytes, e);
    if (!b->by_tree || !join_numbers(b, &l, e)) return false;
    sorter_close(b->by_number);
    b->by_number = NULL;
    if (b->packer && !packer_end(b->packer)) return disk_fault(e);
    join_towns(b, &l);
    if (!sort_joined(b, e) || !place_rows(b, e)) return false;
    sorter_close(b->joined);
    b->joined = NULL;
    fclose(b->spool);
    b->spool = NULL;
    return sorter_start(b->by_tree, e);
}
