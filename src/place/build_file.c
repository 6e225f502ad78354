#define _POSIX_C_SOURCE 200809L
#include <stdlib.h>

#include "base/os.h"
#include "place/build_index.h"

typedef struct writer {
    FILE *f;
    gaz_header header;
    uint64_t at;
    gaz_sum sum;
    gaz_section_kind section;
    bool failed;
} writer;

static void put(writer *w, const void *bytes, size_t n)
{
    if (n && fwrite(bytes, 1, n, w->f) != n) w->failed = true;
    gaz_sum_add(&w->sum, bytes, n);
    w->at += n;
}

static void begin(writer *w, gaz_section_kind kind)
{
    w->section = kind;
    w->header.sections[kind].offset = w->at;
    gaz_sum_begin(&w->sum);
}

static void end(writer *w)
{
    static const char zero[8];
    gaz_section *s = &w->header.sections[w->section];
    s->len_bytes = w->at - s->offset;
    s->checksum = gaz_sum_end(&w->sum);
    put(w, zero, (8 - w->at % 8) % 8);
}

static void put_section(writer *w, gaz_section_kind kind, const void *bytes, size_t n)
{
    begin(w, kind);
    put(w, bytes, n);
    end(w);
}

static void put_copy(writer *w, gaz_section_kind kind, FILE *from)
{
    static const size_t block = 256 * 1024;
    char *buffer = malloc(block);
    size_t n;
    begin(w, kind);
    if (!buffer || fflush(from) != 0 || fseeko(from, 0, SEEK_SET) != 0) w->failed = true;
    while (!w->failed && (n = fread(buffer, 1, block, from)) > 0) put(w, buffer, n);
    if (ferror(from)) w->failed = true;
    free(buffer);
    end(w);
}

/* ---- entries --------------------------------------------------------------------------------- */

static geo_point point_of(const gaz_entry *e)
{
    return (geo_point){e->lat_e6 / 1e6, e->lon_e6 / 1e6};
}

static void adopt(index *x, const gaz_entry *town)
{
    if (town->feature_class != 'P' || town->admin1 == GAZ_NONE || !(town->flags & GAZ_HAS_POINT)) return;
    for (size_t i = 0; i < x->spots.n; i++) {
        spot *s = &x->spots.v[i];
        if (memcmp(s->e.country, town->country, 2) != 0 || abs(s->e.lat_e6 - town->lat_e6) > 1400000)
            continue;
        double km = geo_km(point_of(&s->e), point_of(town));
        if (km >= s->km) continue;
        s->km = km;
        s->admin1 = town->admin1;
        s->admin2 = km < 10 ? town->admin2 : GAZ_NONE;
    }
}

/* A base or region of our tables lies in the division of the nearest town. */
static void spots_adopt(index *x, writer *w)
{
    gaz_entry block[512];
    size_t n;
    if (fflush(x->entries) != 0 || fseeko(x->entries, 0, SEEK_SET) != 0) w->failed = true;
    while (x->spots.n && (n = fread(block, sizeof *block, 512, x->entries)) > 0)
        for (size_t i = 0; i < n; i++) adopt(x, &block[i]);
    for (size_t i = 0; i < x->spots.n; i++) {
        spot *s = &x->spots.v[i];
        s->e.admin1 = s->admin1;
        s->e.admin2 = s->admin2;
        *array_push(x->b->a, &x->patches) = (patch){s->entry, s->e};
    }
}

static int by_entry(const void *p, const void *q)
{
    const patch *a = p, *b = q;
    return (a->entry > b->entry) - (a->entry < b->entry);
}

static void put_entries(index *x, writer *w)
{
    gaz_entry block[512];
    size_t n, at = 0;
    spots_adopt(x, w);
    if (x->patches.n) qsort(x->patches.v, x->patches.n, sizeof *x->patches.v, by_entry);
    begin(w, GAZ_ENTRIES);
    if (fseeko(x->entries, 0, SEEK_SET) != 0) w->failed = true;
    for (uint32_t first = 0; !w->failed && (n = fread(block, sizeof *block, 512, x->entries)) > 0;
         first += (uint32_t)n) {
        for (; at < x->patches.n && x->patches.v[at].entry < first + n; at++)
            block[x->patches.v[at].entry - first] = x->patches.v[at].e;
        put(w, block, n * sizeof *block);
    }
    end(w);
}

/* ---- spellings ------------------------------------------------------------------------------- */

typedef struct posting {
    uint64_t order; /* bucket, then tag */
    uint32_t entry;
} posting;

static int in_order(const void *p, const void *q)
{
    const posting *a = p, *b = q;
    if (a->order != b->order) return a->order < b->order ? -1 : 1;
    return (a->entry > b->entry) - (a->entry < b->entry);
}

static uint32_t bucket_bits(uint64_t n_postings)
{
    uint32_t bits = 16;
    while (bits < 26 && ((uint64_t)1 << bits) < n_postings) bits++;
    return bits;
}

static posting *read_range(FILE *f, uint32_t bits, size_t *n)
{
    uint32_t record[3];
    off_t bytes = fflush(f) == 0 ? ftello(f) : -1;
    posting *v =
        bytes < 0 || fseeko(f, 0, SEEK_SET) != 0 ? NULL : malloc(((size_t)bytes / 12 + 1) * sizeof *v);
    *n = 0;
    while (v && fread(record, sizeof record, 1, f) == 1) {
        uint64_t bucket = record[1] >> (32 - bits);
        v[(*n)++] = (posting){bucket << 32 | record[0], record[2]};
    }
    return v;
}

/* One posting for one entry under one key: the strictest. */
static size_t settle(posting *v, size_t n)
{
    size_t kept = 0;
    qsort(v, n, sizeof *v, in_order);
    for (size_t i = 0; i < n; i++) {
        bool again = kept && v[kept - 1].order == v[i].order && v[kept - 1].entry >> 2 == v[i].entry >> 2;
        if (!again) v[kept++] = v[i];
    }
    return kept;
}

/* Where the buckets of one range begin; their postings go out. */
static void put_range(writer *w, const posting *v, size_t n, uint32_t range, uint32_t bits, uint32_t at,
                      FILE *buckets)
{
    uint32_t per_range = (uint32_t)1 << (bits - 6), first = range * per_range;
    size_t i = 0;
    for (uint32_t k = first; k < first + per_range; k++) {
        uint32_t begins = at + (uint32_t)i;
        if (fwrite(&begins, sizeof begins, 1, buckets) != 1) w->failed = true;
        for (; i < n && v[i].order >> 32 == k; i++) {
            gaz_posting p = {(uint32_t)v[i].order, v[i].entry};
            put(w, &p, sizeof p);
        }
    }
}

static void put_postings(index *x, writer *w, FILE *buckets)
{
    uint32_t bits = w->header.bucket_bits;
    uint64_t at = 0;
    begin(w, GAZ_POSTINGS);
    for (uint32_t r = 0; r < N_RANGES && !w->failed; r++) {
        size_t n;
        posting *v = read_range(x->ranges[r], bits, &n);
        if (!v) w->failed = true;
        if (!v) break;
        n = settle(v, n);
        put_range(w, v, n, r, bits, (uint32_t)at, buckets);
        at += n;
        free(v);
    }
    end(w);
    uint32_t last = (uint32_t)at;
    if (at > UINT32_MAX || fwrite(&last, sizeof last, 1, buckets) != 1) w->failed = true;
    x->b->report.n_spellings = at;
}

/* ---- the file -------------------------------------------------------------------------------- */

static void put_all(index *x, writer *w, FILE *buckets)
{
    const builder *b = x->b;
    w->header = (gaz_header){
        .version = GAZ_VERSION, .byte_order = 0x01020304, .bucket_bits = bucket_bits(x->n_postings)};
    memcpy(w->header.magic, "SITREPGZ", 8);
    put(w, &w->header, sizeof w->header);
    put_copy(w, GAZ_STRINGS, x->strings);
    put_entries(x, w);
    put_postings(x, w, buckets);
    put_copy(w, GAZ_BUCKETS, buckets);
    put_section(w, GAZ_COUNTRIES, x->countries, sizeof x->countries);
    put_section(w, GAZ_RULES, b->rules_text.ptr, b->rules_text.len);
    put_section(w, GAZ_STOPS, b->stops_text.ptr, b->stops_text.len);
    put_section(w, GAZ_FEATURES, b->features_text.ptr, b->features_text.len);
    if (b->rows) put_copy(w, GAZ_ROWS, b->rows);
    else put_section(w, GAZ_ROWS, "", 0);
    w->header.file_bytes = w->at;
    w->header.checksum = gaz_checksum(&w->header, offsetof(gaz_header, checksum));
    if (fseeko(w->f, 0, SEEK_SET) != 0) w->failed = true;
    put(w, &w->header, sizeof w->header);
}

bool index_file_write(index *x, error *e)
{
    str to = x->b->build->out;
    str part = arena_format(x->b->a, "%.*s.part", (int)to.len, to.ptr), path = arena_copy(x->b->a, to);
    FILE *buckets = os_temp_file(x->b->folder, e);
    if (!buckets) return false;
    writer w = {.f = fopen(part.ptr, "wb")};
    if (w.f) put_all(x, &w, buckets);
    fclose(buckets);
    if (w.f && fclose(w.f) != 0) w.failed = true;
    if (!w.f || w.failed || rename(part.ptr, path.ptr) != 0) {
        if (w.f) remove(part.ptr);
        error_set(e, SITREP_BAD_OUTPUT, "gazetteer", "cannot write the file");
        return error_at(e, to, 0, 0);
    }
    x->b->report.file_bytes = w.header.file_bytes;
    return true;
}
