#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "place/build_rows.h"
#include "place/spelling.h"

typedef struct posting {
    uint64_t hash;
    uint32_t entry; /* entry << 2 | spelling */
} posting;

typedef struct index {
    builder *b;
    gaz_entry *entries;
    size_t n_entries;
    posting *postings;
    size_t n_postings, cap_postings;
    char *strings;
    size_t n_strings, cap_strings;
    uint32_t countries[676];
} index;

/* ---- entries --------------------------------------------------------------------------------- */

static uint32_t string_add(index *x, str s)
{
    if (x->n_strings + s.len + 1 > x->cap_strings) {
        x->cap_strings = (x->cap_strings + s.len + 1) * 2;
        char *larger = arena_new(x->b->a, char, x->cap_strings);
        if (x->n_strings) memcpy(larger, x->strings, x->n_strings);
        x->strings = larger;
    }
    uint32_t at = (uint32_t)x->n_strings;
    memcpy(x->strings + at, s.ptr, s.len);
    x->n_strings += s.len + 1;
    return at;
}

static void take_point(gaz_entry *e, const str cols[N_COLS])
{
    double lat, lon;
    if ((e->flags & GAZ_HAS_POINT) || !str_to_number(cols[COL_LAT], &lat)
        || !str_to_number(cols[COL_LON], &lon))
        return;
    if (lat < -90 || lat > 90 || lon < -180 || lon > 180) return;
    e->lat_e6 = (int32_t)lround(lat * 1e6);
    e->lon_e6 = (int32_t)lround(lon * 1e6);
    e->flags |= GAZ_HAS_POINT;
}

/* What one row of the thing knows and those before did not. */
static void take_row(gaz_entry *e, const build_row *row, const str cols[N_COLS])
{
    int64_t people;
    double km;
    take_point(e, cols);
    if (!e->geonameid) e->geonameid = row->geonameid;
    if (!e->population && str_to_int(cols[COL_POPULATION], &people) && people > 0)
        e->population = people > UINT32_MAX ? UINT32_MAX : (uint32_t)people;
    if (!e->radius_m && str_to_number(cols[COL_RADIUS], &km) && km > 0 && km < 20000)
        e->radius_m = (uint32_t)(km * 1000);
    if (str_is(cols[COL_CURATED], "1")) e->flags |= GAZ_CURATED;
}

static void entry_make(index *x, size_t i)
{
    const build_row *row = &x->b->rows.v[i];
    gaz_entry *e = &x->entries[i];
    str cols[N_COLS];
    row_columns(row->line, cols);
    e->name = string_add(x, cols[COL_NAME]);
    e->admin1 = e->admin2 = GAZ_NONE;
    e->members_end = (uint32_t)i + 1;
    memcpy(e->country, row->country, 2);
    e->feature_class = cols[COL_CLASS].len ? cols[COL_CLASS].ptr[0] : 'P';
    if (cols[COL_CODE].len) memcpy(e->feature, cols[COL_CODE].ptr, cols[COL_CODE].len);
    else memcpy(e->feature, "PPL", 3);
    for (uint32_t r = (uint32_t)i; r != GAZ_NONE; r = x->b->rows.v[r].also) {
        row_columns(x->b->rows.v[r].line, cols);
        take_row(e, &x->b->rows.v[r], cols);
    }
}

/* Tree order makes the members of an area the run behind it. */
static void link_tree(index *x)
{
    const build_row *rows = x->b->rows.v;
    uint32_t country = GAZ_NONE, first = GAZ_NONE, second = GAZ_NONE;
    for (uint32_t i = 0; i < x->n_entries; i++) {
        const build_row *r = &rows[i];
        bool is_new = i == 0 || memcmp(r->country, rows[i - 1].country, 2) != 0;
        if (is_new) country = r->rank == 0 && !r->admin1 ? i : GAZ_NONE;
        if (is_new || r->admin1 != rows[i - 1].admin1)
            first = r->rank == 0 && r->admin1 && !r->admin2 ? i : GAZ_NONE;
        if (is_new || r->admin1 != rows[i - 1].admin1 || r->admin2 != rows[i - 1].admin2)
            second = r->rank == 0 && r->admin2 ? i : GAZ_NONE;
        if (country != GAZ_NONE) x->entries[country].members_end = i + 1;
        if (first != GAZ_NONE) x->entries[first].members_end = i + 1;
        if (second != GAZ_NONE) x->entries[second].members_end = i + 1;
        x->entries[i].admin1 = first;
        x->entries[i].admin2 = second;
        if (country == i) x->countries[(r->country[0] - 'A') * 26 + (r->country[1] - 'A')] = i;
    }
}

static geo_point point_of(const gaz_entry *e)
{
    return (geo_point){e->lat_e6 / 1e6, e->lon_e6 / 1e6};
}

/* ---- areas without a point of their own ------------------------------------------------------ */

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

static void area_derive(index *x, uint32_t area, double *lat, double *lon, double *km)
{
    gaz_entry *e = &x->entries[area];
    size_t n = 0;
    uint64_t people = 0;
    for (uint32_t i = area + 1; i < e->members_end; i++) {
        const gaz_entry *m = &x->entries[i];
        if (m->feature_class != 'P') continue;
        people += m->population;
        if (!(m->flags & GAZ_HAS_POINT)) continue;
        lat[n] = m->lat_e6 / 1e6;
        lon[n++] = m->lon_e6 / 1e6;
    }
    if (!e->population) e->population = people > UINT32_MAX ? UINT32_MAX : (uint32_t)people;
    if (!n) return;
    memcpy(km, lat, n * sizeof *km); /* sorting below takes the pairs apart */
    double *pairs = km + n;
    memcpy(pairs, lon, n * sizeof *pairs);
    bool has_point = e->flags & GAZ_HAS_POINT;
    double mid_lat = has_point ? e->lat_e6 / 1e6 : middle(lat, n),
           mid_lon = has_point ? e->lon_e6 / 1e6 : middle(lon, n);
    for (size_t i = 0; i < n; i++)
        km[i] = geo_km((geo_point){mid_lat, mid_lon}, (geo_point){km[i], pairs[i]});
    qsort(km, n, sizeof *km, by_number);
    if (!e->radius_m) e->radius_m = (uint32_t)((km[n - 1 - n / 20] + 5) * 1000);
    if (has_point) return;
    e->lat_e6 = (int32_t)lround(mid_lat * 1e6);
    e->lon_e6 = (int32_t)lround(mid_lon * 1e6);
    e->flags |= GAZ_HAS_POINT | GAZ_DERIVED;
}

static void areas_derive(index *x)
{
    double *lat = arena_new(x->b->a, double, x->n_entries + 1),
           *lon = arena_new(x->b->a, double, x->n_entries + 1);
    double *km = arena_new(x->b->a, double, 2 * x->n_entries + 1);
    for (uint32_t i = 0; i < x->n_entries; i++) {
        if (x->b->rows.v[i].rank == 0 && x->b->rows.v[i].admin1) area_derive(x, i, lat, lon, km);
        if (!(x->entries[i].flags & GAZ_HAS_POINT)) x->b->report.n_without_point++;
    }
}

/* A base or region of our tables lies in the division of the nearest town. */
static void spots_adopt(index *x)
{
    for (uint32_t i = 0; i < x->n_entries; i++) {
        gaz_entry *e = &x->entries[i];
        if (!(e->flags & GAZ_CURATED) || e->feature_class == 'A' || e->admin1 != GAZ_NONE || !e->country[0])
            continue;
        if (!(e->flags & GAZ_HAS_POINT) || e->radius_m > 30000) continue;
        uint32_t at = x->countries[(e->country[0] - 'A') * 26 + (e->country[1] - 'A')];
        double best = 150;
        uint32_t nearest = GAZ_NONE;
        for (uint32_t k = at; at != GAZ_NONE && k < x->entries[at].members_end; k++) {
            const gaz_entry *m = &x->entries[k];
            if (k == i || m->feature_class != 'P' || m->admin1 == GAZ_NONE || !(m->flags & GAZ_HAS_POINT))
                continue;
            double km = geo_km(point_of(e), point_of(m));
            if (km < best) best = km, nearest = k;
        }
        if (nearest == GAZ_NONE) continue;
        e->admin1 = x->entries[nearest].admin1;
        e->admin2 = best < 10 ? x->entries[nearest].admin2 : GAZ_NONE;
    }
}

/* ---- spellings ------------------------------------------------------------------------------- */

static void post(index *x, char mark, const char *key, size_t n, size_t entry, gaz_spelling spelling)
{
    if (!n) return;
    if (x->n_postings == x->cap_postings) {
        x->cap_postings = x->cap_postings ? x->cap_postings * 2 : 1 << 16;
        posting *larger = arena_new(x->b->a, posting, x->cap_postings);
        if (x->n_postings) memcpy(larger, x->postings, x->n_postings * sizeof *larger);
        x->postings = larger;
    }
    x->postings[x->n_postings++] =
        (posting){gaz_hash(mark, (str){key, n}), (uint32_t)entry << 2 | spelling};
}

static void spell(index *x, str name, size_t entry, gaz_spelling spelling)
{
    char folded[SPELLING_MAX], key[SPELLING_MAX];
    size_t n = spelling_fold(name, folded);
    if (!n) return;
    post(x, 0, folded, n, entry, spelling);
    size_t m = spelling_generic(&x->b->rules, (str){folded, n}, key);
    if (m != n || memcmp(key, folded, n) != 0) post(x, 0, key, m, entry, GAZ_GENERIC);
    m = spelling_skeleton(&x->b->rules, (str){folded, n}, key);
    post(x, GAZ_MARK_SKELETON, key, m, entry, GAZ_SKELETON);
}

/* GeoNames lists codes of airports ("PAR") and letter-by-letter transliterations ("yi de li bo") among the
 * other names of a town; nobody writes those. */
static bool is_worth_indexing(str name)
{
    char capitals[SPELLING_MAX];
    if (spelling_acronym(name, capitals)) return false;
    bool is_upper = false, is_ascii = true;
    for (size_t i = 0; i < name.len; i++) {
        is_upper |= name.ptr[i] >= 'A' && name.ptr[i] <= 'Z';
        is_ascii &= (unsigned char)name.ptr[i] < 0x80;
    }
    return (is_upper || !is_ascii) && name.len > 1;
}

static void spell_list(index *x, str list, size_t entry, bool curated)
{
    char capitals[SPELLING_MAX];
    while (list.ptr && list.len) {
        str name = str_cut(&list, ',');
        size_t n = curated ? spelling_acronym(name, capitals) : 0;
        if (n) post(x, GAZ_MARK_ACRONYM, capitals, n, entry, GAZ_ALTERNATE);
        else if (is_worth_indexing(name)) spell(x, name, entry, GAZ_ALTERNATE);
    }
}

static bool is_division_word(const place_rules *r, str word)
{
    const place_rule *rule = rules_find(r, RULE_AREA, word);
    return rule
           && (str_starts(rule->canon, STR("ADM")) || str_is(rule->canon, "AREA") || str_is(word, "city"));
}

/* "Kyiv Oblast" is called Kyiv too, "State of Alagoas" Alagoas. The folded name without such a word, or nothing. */
static str bare_area(const index *x, str name, char folded[SPELLING_MAX])
{
    size_t n = spelling_fold(name, folded), first = 0, last = n;
    while (first < n && folded[first] != ' ') first++;
    while (last > 0 && folded[last - 1] != ' ') last--;
    if (first == n || !last) return (str){0};
    const place_rules *r = &x->b->rules;
    str rest = str_part((str){folded, n}, first + 1, n);
    if (is_division_word(r, (str){folded + last, n - last})) rest = (str){folded, last - 1};
    else if (!is_division_word(r, (str){folded, first})) return (str){0};
    if (str_starts(rest, STR("of "))) rest = str_part(rest, 3, rest.len);
    return rest.len < 4 || rules_find(r, RULE_SIDE, rest) || rules_find(r, RULE_AREA, rest) ? (str){0}
                                                                                            : rest;
}

static void spell_bare_area(index *x, str name, size_t entry)
{
    char folded[SPELLING_MAX];
    str bare = bare_area(x, name, folded);
    if (bare.len) spell(x, bare, entry, GAZ_ALTERNATE);
}

/* Where names are not transcribed, the other names of small towns are those of a century ago: Maxwell for
 * Hermiston, Oregon. */
static bool has_other_names(const index *x, const gaz_entry *e)
{
    char code[2] = {(char)(e->country[0] | 32), (char)(e->country[1] | 32)};
    return e->feature_class != 'P' || e->population >= 10000
           || rules_find(&x->b->rules, RULE_ROMANISED, (str){code, 2});
}

static void spell_entry(index *x, size_t i, size_t as, bool seat)
{
    str cols[N_COLS];
    bool area = x->entries[as].feature_class == 'A' && memcmp(x->entries[as].feature, "PCL", 3) != 0;
    for (uint32_t r = (uint32_t)i; r != GAZ_NONE; r = x->b->rows.v[r].also) {
        row_columns(x->b->rows.v[r].line, cols);
        bool curated = str_is(cols[COL_CURATED], "1");
        spell(x, cols[COL_NAME], as, r == i && !seat ? GAZ_NAME : GAZ_ALTERNATE);
        if (!str_eq(cols[COL_ASCII], cols[COL_NAME])) spell(x, cols[COL_ASCII], as, GAZ_ALTERNATE);
        if (curated || has_other_names(x, &x->entries[i])) spell_list(x, cols[COL_ALTERNATES], as, curated);
        if (area) spell_bare_area(x, cols[COL_NAME], as);
        for (str rest = cols[COL_DEMONYMS]; rest.ptr && rest.len;) {
            char key[SPELLING_MAX];
            post(x, GAZ_MARK_DEMONYM, key, spelling_fold(str_cut(&rest, ','), key), as, GAZ_NAME);
        }
    }
}

static bool bears_name(const index *x, uint32_t area, str name)
{
    char f1[SPELLING_MAX], f2[SPELLING_MAX], bare[SPELLING_MAX], k1[SPELLING_MAX], k2[SPELLING_MAX];
    str own = str_from(x->strings + x->entries[area].name), short_name = bare_area(x, own, bare);
    size_t n1 = spelling_fold(short_name.len ? short_name : own, f1), n2 = spelling_fold(name, f2);
    n1 = spelling_generic(&x->b->rules, (str){f1, n1}, k1);
    n2 = spelling_generic(&x->b->rules, (str){f2, n2}, k2);
    return n1 && n2 && str_eq((str){k1, n1}, (str){k2, n2});
}

/* A province and the capital that it is called after share their other spellings: "Halab" is Aleppo both ways. */
static void spell_like_seat(index *x, uint32_t area)
{
    for (uint32_t i = area + 1; i < x->entries[area].members_end; i++) {
        const gaz_entry *e = &x->entries[i];
        if (strncmp(e->feature, "PPLA", 5) != 0 && strncmp(e->feature, "PPLC", 5) != 0) continue;
        if (!bears_name(x, area, str_from(x->strings + e->name))) continue;
        spell_entry(x, i, area, true);
        if (!(x->entries[area].flags & GAZ_CURATED)) continue;
        str cols[N_COLS];
        for (uint32_t r = area; r != GAZ_NONE; r = x->b->rows.v[r].also) {
            row_columns(x->b->rows.v[r].line, cols);
            if (str_is(cols[COL_CURATED], "1")) spell_list(x, cols[COL_ALTERNATES], i, false);
        }
    }
}

static int by_hash(const void *x, const void *y)
{
    const posting *a = x, *b = y;
    if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
    return (a->entry > b->entry) - (a->entry < b->entry);
}

/* One posting for one entry under one key: the strictest. */
static void postings_settle(index *x)
{
    size_t n = 0;
    if (x->n_postings) qsort(x->postings, x->n_postings, sizeof *x->postings, by_hash);
    for (size_t i = 0; i < x->n_postings; i++) {
        const posting *last = n ? &x->postings[n - 1] : NULL;
        if (last && last->hash == x->postings[i].hash && last->entry >> 2 == x->postings[i].entry >> 2)
            continue;
        x->postings[n++] = x->postings[i];
    }
    x->n_postings = n;
}

static void spell_all(index *x)
{
    for (uint32_t i = 0; i < x->n_entries; i++) {
        spell_entry(x, i, i, false);
        if (x->entries[i].feature_class == 'A' && strncmp(x->entries[i].feature, "ADM1", 5) == 0)
            spell_like_seat(x, i);
    }
    postings_settle(x);
}

/* ---- the file -------------------------------------------------------------------------------- */

typedef struct writer {
    FILE *f;
    gaz_header header;
    uint64_t at;
    bool failed;
} writer;

static void put(writer *w, const void *bytes, size_t n)
{
    if (n && fwrite(bytes, 1, n, w->f) != n) w->failed = true;
    w->at += n;
}

static void put_section(writer *w, gaz_section_kind kind, const void *bytes, size_t n)
{
    static const char zero[8];
    w->header.sections[kind] = (gaz_section){w->at, n, gaz_checksum(bytes, n)};
    put(w, bytes, n);
    put(w, zero, (8 - w->at % 8) % 8);
}

static uint32_t bucket_bits(size_t n_postings)
{
    uint32_t bits = 16;
    while (bits < 26 && ((size_t)1 << bits) < n_postings) bits++;
    return bits;
}

static uint32_t *make_buckets(index *x, uint32_t bits, gaz_posting *out)
{
    size_t n = (size_t)1 << bits, at = 0;
    uint32_t *buckets = arena_new(x->b->a, uint32_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        buckets[i] = (uint32_t)at;
        for (; at < x->n_postings && x->postings[at].hash >> (64 - bits) == i; at++)
            out[at] = (gaz_posting){(uint32_t)x->postings[at].hash, x->postings[at].entry};
    }
    buckets[n] = (uint32_t)at;
    return buckets;
}

/* Within a bucket the order is by tag, which is the low half of the hash. */
static int by_tag(const void *p, const void *q)
{
    const gaz_posting *a = p, *b = q;
    if (a->tag != b->tag) return a->tag < b->tag ? -1 : 1;
    return (a->entry > b->entry) - (a->entry < b->entry);
}

static void put_all(index *x, writer *w)
{
    uint32_t bits = bucket_bits(x->n_postings);
    gaz_posting *postings = arena_new(x->b->a, gaz_posting, x->n_postings + 1);
    uint32_t *buckets = make_buckets(x, bits, postings);
    for (size_t i = 0; i < (size_t)1 << bits; i++)
        if (buckets[i + 1] - buckets[i] > 1)
            qsort(postings + buckets[i], buckets[i + 1] - buckets[i], sizeof *postings, by_tag);
    w->header = (gaz_header){
        .magic = "SITREPG", .version = GAZ_VERSION, .byte_order = 0x01020304, .bucket_bits = bits};
    w->header.magic[7] = 'Z';
    put(w, &w->header, sizeof w->header);
    put_section(w, GAZ_STRINGS, x->strings, x->n_strings);
    put_section(w, GAZ_ENTRIES, x->entries, x->n_entries * sizeof *x->entries);
    put_section(w, GAZ_BUCKETS, buckets, (((size_t)1 << bits) + 1) * sizeof *buckets);
    put_section(w, GAZ_POSTINGS, postings, x->n_postings * sizeof *postings);
    put_section(w, GAZ_COUNTRIES, x->countries, sizeof x->countries);
    put_section(w, GAZ_RULES, x->b->rules_text.ptr, x->b->rules_text.len);
    put_section(w, GAZ_STOPS, x->b->stops_text.ptr, x->b->stops_text.len);
    w->header.file_bytes = w->at;
    w->header.checksum = gaz_checksum(&w->header, offsetof(gaz_header, checksum));
    if (fseek(w->f, 0, SEEK_SET) != 0) w->failed = true;
    put(w, &w->header, sizeof w->header);
}

static bool file_write(index *x, str out, error *e)
{
    str part = arena_format(x->b->a, "%.*s.part", (int)out.len, out.ptr), path = arena_copy(x->b->a, out);
    writer w = {.f = fopen(part.ptr, "wb")};
    if (w.f) put_all(x, &w);
    if (w.f && fclose(w.f) != 0) w.failed = true;
    if (!w.f || w.failed || rename(part.ptr, path.ptr) != 0) {
        if (w.f) remove(part.ptr);
        error_set(e, SITREP_BAD_OUTPUT, "gazetteer", "cannot write the file");
        return error_at(e, out, 0, 0);
    }
    x->b->report.file_bytes = w.header.file_bytes;
    return true;
}

bool index_write(builder *b, str out, error *e)
{
    index x = {.b = b, .n_entries = b->report.n_entries};
    x.entries = arena_new(b->a, gaz_entry, x.n_entries + 1);
    memset(x.countries, 0xFF, sizeof x.countries);
    string_add(&x, STR(""));
    for (size_t i = 0; i < x.n_entries; i++) entry_make(&x, i);
    link_tree(&x);
    areas_derive(&x);
    spots_adopt(&x);
    spell_all(&x);
    b->report.n_spellings = x.n_postings;
    return file_write(&x, out, e);
}
