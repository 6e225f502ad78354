#include "place/build.h"

#include <math.h>
#include <stdlib.h>

#include "place/build_rows.h"
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
        for (size_t k = 0; k < cols[i].len; k++)
            line[at++] = (unsigned char)cols[i].ptr[k] < 0x20 ? ' ' : cols[i].ptr[k];
        if (i + 1 < N_COLS) line[at++] = '\t';
    }
    return (str){line, at};
}

void rows_reserve(builder *b, size_t n_more)
{
    size_t need = b->rows.n + n_more;
    if (need <= b->rows.cap) return;
    build_row *v = arena_new(b->a, build_row, need);
    if (b->rows.n) memcpy(v, b->rows.v, b->rows.n * sizeof *v);
    b->rows.v = v;
    b->rows.cap = need;
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

static uint32_t code_number(builder *b, str code)
{
    map_slot *s = map_put(b->a, &b->codes, code);
    if (s->value == MAP_NONE) {
        s->key = arena_copy(b->a, code);
        s->value = ++b->n_codes;
    }
    return s->value;
}

static bool is_no_code(str code)
{
    return !code.len || str_is(code, "00") || str_is(code, "0");
}

static void row_place_in_tree(builder *b, build_row *row, const str cols[N_COLS])
{
    char code[128];
    str a1 = cols[COL_ADMIN1], a2 = cols[COL_ADMIN2];
    bool country = str_starts(cols[COL_CODE], STR("PCL")), area = str_is(cols[COL_CLASS], "A");
    row->rank =
        area && (country || str_is(cols[COL_CODE], "ADM1") || str_is(cols[COL_CODE], "ADM2")) ? 0 : 1;
    if (country || is_no_code(a1) || a1.len + a2.len > 100) {
        if (!country) row->rank = 1;
        return;
    }
    size_t n = 3 + a1.len;
    memcpy(code, row->country, 2);
    code[2] = '.';
    memcpy(code + 3, a1.ptr, a1.len);
    row->admin1 = code_number(b, (str){code, n});
    if (str_is(cols[COL_CODE], "ADM1") || is_no_code(a2)) return;
    code[n] = '.';
    memcpy(code + n + 1, a2.ptr, a2.len);
    row->admin2 = code_number(b, (str){code, n + 1 + a2.len});
}

bool row_add(builder *b, str line)
{
    str cols[N_COLS];
    int64_t id = 0;
    row_columns(line, cols);
    if (!cols[COL_NAME].len || cols[COL_NAME].len >= SPELLING_MAX) return false;
    if (cols[COL_CODE].len > 5 || cols[COL_CLASS].len > 1) return false;
    if (cols[COL_ID].len && (!str_to_int(cols[COL_ID], &id) || id < 0 || id > UINT32_MAX)) return false;
    rows_reserve(b, b->rows.n < b->rows.cap ? 1 : b->rows.n + 1024);
    build_row *row = &b->rows.v[b->rows.n];
    *row = (build_row){
        .line = line, .geonameid = (uint32_t)id, .sequence = (uint32_t)b->rows.n, .also = GAZ_NONE};
    str country = cols[COL_COUNTRY];
    bool is_code = country.len == 2 && country.ptr[0] >= 'A' && country.ptr[0] <= 'Z'
                   && country.ptr[1] >= 'A' && country.ptr[1] <= 'Z';
    if (is_code) memcpy(row->country, country.ptr, 2);
    if (is_code) row_place_in_tree(b, row, cols);
    else row->rank = 1;
    if (row->rank == 0 && row->admin1 && !row->admin2) *array_push(b->a, &b->divisions) = row->sequence;
    b->rows.n++;
    b->report.n_read++;
    return true;
}

bool gazetteer_build(arena *a, const gaz_source *sources, size_t n_sources, str codebooks, str out,
                     gaz_build_report *report, error *e)
{
    builder b = {.a = a};
    for (size_t i = 0; i < n_sources; i++)
        if (!source_read(&b, &sources[i], e)) return false;
    if (!tables_read(&b, codebooks, e)) return false;
    rows_merge(&b);
    if (!index_write(&b, out, e)) return false;
    if (report) *report = b.report;
    return true;
}
