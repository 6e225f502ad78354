#include <stdlib.h>

#include "place/build_rows.h"
#include "place/spelling.h"

/* ---- rows of one thing ----------------------------------------------------------------------- */

static void join(builder *b, build_row *kept, build_row *other)
{
    other->dropped = true;
    b->report.n_merged++;
    build_row *last = kept;
    while (last->also != GAZ_NONE) last = &b->rows.v[last->also];
    last->also = other->sequence;
}

static int by_id(const void *x, const void *y)
{
    const build_row *a = *(build_row *const *)x, *b = *(build_row *const *)y;
    if (a->geonameid != b->geonameid) return a->geonameid < b->geonameid ? -1 : 1;
    return a->sequence < b->sequence ? -1 : 1;
}

static void join_same_ids(builder *b, build_row **order)
{
    size_t n = 0;
    for (size_t i = 0; i < b->rows.n; i++)
        if (b->rows.v[i].geonameid) order[n++] = &b->rows.v[i];
    if (n) qsort(order, n, sizeof *order, by_id);
    for (size_t i = 0, kept = 0; i < n; i++) {
        if (order[i]->geonameid != order[kept]->geonameid) kept = i;
        else if (i > kept) join(b, order[kept], order[i]);
    }
}

/* A division is known by its code: rows of rank 0 at one spot of the tree are one. */
static int by_spot(const void *x, const void *y)
{
    const build_row *a = *(build_row *const *)x, *b = *(build_row *const *)y;
    int c = memcmp(a->country, b->country, 2);
    if (c) return c;
    if (a->admin1 != b->admin1) return a->admin1 < b->admin1 ? -1 : 1;
    if (a->admin2 != b->admin2) return a->admin2 < b->admin2 ? -1 : 1;
    if (a->rank != b->rank) return a->rank - b->rank;
    return a->sequence < b->sequence ? -1 : 1;
}

static void join_same_areas(builder *b, build_row **order)
{
    size_t n = 0;
    for (size_t i = 0; i < b->rows.n; i++)
        if (b->rows.v[i].rank == 0 && !b->rows.v[i].dropped) order[n++] = &b->rows.v[i];
    if (n) qsort(order, n, sizeof *order, by_spot);
    for (size_t i = 1, kept = 0; i < n; i++) {
        const build_row *k = order[kept];
        if (memcmp(k->country, order[i]->country, 2) == 0 && k->admin1 == order[i]->admin1
            && k->admin2 == order[i]->admin2)
            join(b, order[kept], order[i]);
        else kept = i;
    }
}

/* ---- rows without a number that another source has with one ---------------------------------- */

typedef struct named_row {
    uint64_t key;
    build_row *row;
    bool by_other_name; /* of our tables, whose other names count here too */
} named_row;

typedef ARRAY(named_row) named_array;

static uint64_t name_key(const build_row *row, str name)
{
    char key[SPELLING_MAX];
    size_t n = spelling_fold(name, key);
    return gaz_hash(row->country[0], (str){key, n}) + (unsigned char)row->country[1];
}

static int by_key(const void *x, const void *y)
{
    const named_row *a = x, *b = y;
    if (a->key != b->key) return a->key < b->key ? -1 : 1;
    return a->row->sequence < b->row->sequence ? -1 : 1;
}

static bool is_near(const build_row *a, const build_row *b)
{
    str x[N_COLS], y[N_COLS];
    double la, lo, lb, ob;
    row_columns(a->line, x);
    row_columns(b->line, y);
    return str_to_number(x[COL_LAT], &la) && str_to_number(x[COL_LON], &lo)
           && str_to_number(y[COL_LAT], &lb) && str_to_number(y[COL_LON], &ob)
           && geo_km((geo_point){la, lo}, (geo_point){lb, ob}) < 15;
}

static named_array name_towns(builder *b)
{
    named_array named = {0};
    named.cap = b->rows.n + 1024;
    named.v = arena_new(b->a, named_row, named.cap);
    for (size_t i = 0; i < b->rows.n; i++) {
        build_row *row = &b->rows.v[i];
        str cols[N_COLS];
        row_columns(row->line, cols);
        if (row->dropped || !str_is(cols[COL_CLASS], "P")) continue;
        *array_push(b->a, &named) = (named_row){name_key(row, cols[COL_NAME]), row, false};
        if (!str_is(cols[COL_CURATED], "1")) continue;
        for (str rest = cols[COL_ALTERNATES]; rest.ptr && rest.len;)
            *array_push(b->a, &named) = (named_row){name_key(row, str_cut(&rest, ',')), row, true};
    }
    if (named.n) qsort(named.v, named.n, sizeof *named.v, by_key);
    return named;
}

/* Rows of one name and country within 15 km are one town: the one with a number is kept, or one of the others. */
static void join_same_towns(builder *b)
{
    named_array named = name_towns(b);
    for (size_t i = 0; i < named.n; i++) {
        build_row *row = named.v[i].row;
        if (row->geonameid || row->dropped) continue;
        size_t k = i;
        while (k > 0 && named.v[k - 1].key == named.v[i].key) k--;
        for (; k < named.n && named.v[k].key == named.v[i].key && !row->dropped; k++) {
            build_row *other = named.v[k].row;
            if (other != row && !other->dropped && !named.v[k].by_other_name && is_near(other, row))
                join(b, other, row);
        }
    }
}

/* ---- order ----------------------------------------------------------------------------------- */

static int in_tree_order(const void *x, const void *y)
{
    const build_row *a = x, *b = y;
    int c = memcmp(a->country, b->country, 2);
    if (c) return c;
    if (a->admin1 != b->admin1) return a->admin1 < b->admin1 ? -1 : 1;
    if (a->admin2 != b->admin2) return a->admin2 < b->admin2 ? -1 : 1;
    if (a->rank != b->rank) return a->rank - b->rank;
    if (a->geonameid != b->geonameid) return a->geonameid < b->geonameid ? -1 : 1;
    return a->sequence < b->sequence ? -1 : 1;
}

/* Dropped rows go to the end, where `also` still finds them by their new places. */
static int kept_first(const void *x, const void *y)
{
    const build_row *a = x, *b = y;
    if (a->dropped != b->dropped) return a->dropped ? 1 : -1;
    return in_tree_order(x, y);
}

void rows_merge(builder *b)
{
    size_t n = b->rows.n;
    build_row **order = arena_new(b->a, build_row *, n + 1);
    uint32_t *place = arena_new(b->a, uint32_t, n + 1);
    join_same_ids(b, order);
    join_same_areas(b, order);
    join_same_towns(b);
    if (n) qsort(b->rows.v, n, sizeof *b->rows.v, kept_first);
    for (size_t i = 0; i < n; i++) place[b->rows.v[i].sequence] = (uint32_t)i;
    for (size_t i = 0; i < n; i++)
        if (b->rows.v[i].also != GAZ_NONE) b->rows.v[i].also = place[b->rows.v[i].also];
    b->report.n_entries = 0;
    while (b->report.n_entries < n && !b->rows.v[b->report.n_entries].dropped) b->report.n_entries++;
}
