#define _POSIX_C_SOURCE 200809L
#include "place/sorter.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/os.h"

enum { RUN_BUFFER = 256 * 1024 };

/* What stands before the bytes of a record. */
typedef struct record_head {
    uint32_t key_len, value_len, number;
} record_head;

typedef struct run {
    uint64_t at, end; /* what is still in the file */
    unsigned char *buffer;
    size_t n, used, cap;
    const unsigned char *record; /* the first that was not given out */
} run;

struct sorter {
    FILE *file;
    unsigned char *memory;
    size_t cap, used;
    uint32_t *order; /* where records begin, in units of 4 bytes */
    size_t n_order, cap_order;
    run *runs;
    size_t n_runs;
    run **heap;
    size_t n_heap, at; /* at: the next of `order`, where nothing went to the disk */
    uint64_t file_bytes;
    bool failed, taken;
};

static bool fault(error *e, sitrep_code code, const char *what)
{
    return error_set(e, code, "gazetteer", "%s", what);
}

sorter *sorter_open(str folder, size_t memory_bytes, error *e)
{
    sorter *s = calloc(1, sizeof *s);
    if (s) {
        s->cap = memory_bytes;
        s->memory = malloc(memory_bytes);
        s->cap_order = memory_bytes / 96 + 16;
        s->order = malloc(s->cap_order * sizeof *s->order);
        s->file = os_temp_file(folder, e);
        if (s->memory && s->order && s->file) return s;
        if (s->file) fault(e, SITREP_NO_MEMORY, "no memory left");
    }
    sorter_close(s);
    return NULL;
}

void sorter_close(sorter *s)
{
    if (!s) return;
    if (s->file) fclose(s->file);
    for (size_t i = 0; i < s->n_runs; i++) free(s->runs[i].buffer);
    free(s->runs);
    free(s->heap);
    free(s->memory);
    free(s->order);
    free(s);
}

static int compare(const unsigned char *a, const unsigned char *b)
{
    record_head x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    size_t n = x.key_len < y.key_len ? x.key_len : y.key_len;
    int c = memcmp(a + sizeof x, b + sizeof y, n);
    if (c || x.key_len != y.key_len) return c ? c : x.key_len < y.key_len ? -1 : 1;
    return x.number < y.number ? -1 : x.number > y.number;
}

/* Merge sort: qsort gives its comparison no context. */
static void sort_part(const unsigned char *memory, uint32_t *v, uint32_t *other, size_t n)
{
    if (n < 2) return;
    size_t half = n / 2;
    sort_part(memory, v, other, half);
    sort_part(memory, v + half, other, n - half);
    if (compare(memory + (size_t)v[half - 1] * 4, memory + (size_t)v[half] * 4) <= 0) return;
    memcpy(other, v, half * sizeof *v);
    for (size_t i = 0, k = half, at = 0; i < half; at++) {
        bool left = k == n || compare(memory + (size_t)other[i] * 4, memory + (size_t)v[k] * 4) <= 0;
        v[at] = left ? other[i++] : v[k++];
    }
}

static size_t record_bytes(const record_head *h)
{
    return (sizeof *h + h->key_len + h->value_len + 3) / 4 * 4;
}

static bool sort_memory(sorter *s)
{
    uint32_t *other = malloc((s->n_order / 2 + 1) * sizeof *other);
    if (!other) return false;
    sort_part(s->memory, s->order, other, s->n_order);
    free(other);
    return true;
}

static bool write_run(sorter *s, error *e)
{
    if (!s->n_order) return true;
    run *runs = realloc(s->runs, (s->n_runs + 1) * sizeof *runs);
    if (!runs) return fault(e, SITREP_NO_MEMORY, "no memory left");
    s->runs = runs;
    if (!sort_memory(s)) return fault(e, SITREP_NO_MEMORY, "no memory left");
    run *r = &s->runs[s->n_runs++];
    *r = (run){.at = s->file_bytes};
    for (size_t i = 0; i < s->n_order; i++) {
        const unsigned char *p = s->memory + (size_t)s->order[i] * 4;
        record_head h;
        memcpy(&h, p, sizeof h);
        size_t n = record_bytes(&h);
        if (fwrite(p, 1, n, s->file) != n)
            return fault(e, SITREP_BAD_OUTPUT, "cannot write a temporary file; the disk may be full");
        s->file_bytes += n;
    }
    r->end = s->file_bytes;
    s->used = s->n_order = 0;
    return true;
}

static bool make_room(sorter *s, size_t need, error *e)
{
    if (need > s->cap) return fault(e, SITREP_OVER_LIMIT, "a row is larger than the memory for sorting");
    if (s->used + need > s->cap && !write_run(s, e)) return false;
    if (s->n_order < s->cap_order) return true;
    uint32_t *more = realloc(s->order, s->cap_order * 2 * sizeof *more);
    if (!more) return fault(e, SITREP_NO_MEMORY, "no memory left");
    s->order = more;
    s->cap_order *= 2;
    return true;
}

bool sorter_add(sorter *s, str key, str value, error *e)
{
    record_head h = {(uint32_t)key.len, (uint32_t)value.len, 0};
    size_t need = record_bytes(&h);
    if (!make_room(s, need, e)) return false;
    h.number = (uint32_t)s->n_order; /* runs are in the order of coming; within one this number tells */
    unsigned char *p = s->memory + s->used;
    memcpy(p, &h, sizeof h);
    if (key.len) memcpy(p + sizeof h, key.ptr, key.len);
    if (value.len) memcpy(p + sizeof h + key.len, value.ptr, value.len);
    memset(p + sizeof h + key.len + value.len, 0, need - sizeof h - key.len - value.len);
    s->order[s->n_order++] = (uint32_t)(s->used / 4);
    s->used += need;
    return true;
}

/* ---- reading back ---------------------------------------------------------------------------- */

/* At least `need` bytes of the run behind `used`, or false at its end. */
static bool fill(sorter *s, run *r, size_t need)
{
    if (r->n - r->used >= need) return true;
    if (r->n - r->used + (r->end - r->at) < need) return false;
    if (need > r->cap) {
        size_t cap = need > RUN_BUFFER ? need : RUN_BUFFER;
        unsigned char *larger = realloc(r->buffer, cap);
        if (!larger) return s->failed = true, false;
        r->buffer = larger;
        r->cap = cap;
    }
    memmove(r->buffer, r->buffer + r->used, r->n - r->used);
    r->n -= r->used;
    r->used = 0;
    size_t want = r->cap - r->n;
    if (want > r->end - r->at) want = (size_t)(r->end - r->at);
    if (fseeko(s->file, (off_t)r->at, SEEK_SET) != 0 || fread(r->buffer + r->n, 1, want, s->file) != want)
        return s->failed = true, false;
    r->n += want;
    r->at += want;
    return true;
}

static bool run_next(sorter *s, run *r)
{
    record_head h;
    if (r->record) memcpy(&h, r->record, sizeof h), r->used += record_bytes(&h);
    r->record = NULL;
    if (!fill(s, r, sizeof h)) return false;
    memcpy(&h, r->buffer + r->used, sizeof h);
    if (!fill(s, r, record_bytes(&h))) return false;
    r->record = r->buffer + r->used;
    return true;
}

static bool run_less(const run *a, const run *b)
{
    record_head x, y;
    memcpy(&x, a->record, sizeof x);
    memcpy(&y, b->record, sizeof y);
    size_t n = x.key_len < y.key_len ? x.key_len : y.key_len;
    int c = memcmp(a->record + sizeof x, b->record + sizeof y, n);
    if (c) return c < 0;
    if (x.key_len != y.key_len) return x.key_len < y.key_len;
    return a < b; /* the run that was written first */
}

static void heap_sink(sorter *s, size_t i)
{
    for (size_t child; (child = 2 * i + 1) < s->n_heap; i = child) {
        if (child + 1 < s->n_heap && run_less(s->heap[child + 1], s->heap[child])) child++;
        if (!run_less(s->heap[child], s->heap[i])) return;
        run *r = s->heap[i];
        s->heap[i] = s->heap[child];
        s->heap[child] = r;
    }
}

bool sorter_start(sorter *s, error *e)
{
    if (!s->n_runs) return sort_memory(s) || fault(e, SITREP_NO_MEMORY, "no memory left");
    if (!write_run(s, e)) return false;
    if (fflush(s->file) != 0)
        return fault(e, SITREP_BAD_OUTPUT, "cannot write a temporary file; the disk may be full");
    free(s->memory);
    free(s->order);
    s->memory = NULL;
    s->order = NULL;
    s->heap = malloc(s->n_runs * sizeof *s->heap);
    if (!s->heap) return fault(e, SITREP_NO_MEMORY, "no memory left");
    for (size_t i = 0; i < s->n_runs; i++)
        if (run_next(s, &s->runs[i])) s->heap[s->n_heap++] = &s->runs[i];
    for (size_t i = s->n_heap / 2; i-- > 0;) heap_sink(s, i);
    return !s->failed || fault(e, SITREP_NO_FILE, "cannot read a temporary file");
}

static void give(const unsigned char *record, str *key, str *value)
{
    record_head h;
    memcpy(&h, record, sizeof h);
    *key = (str){(const char *)record + sizeof h, h.key_len};
    *value = (str){(const char *)record + sizeof h + h.key_len, h.value_len};
}

bool sorter_next(sorter *s, str *key, str *value)
{
    if (!s->n_runs) {
        if (s->at == s->n_order) return false;
        give(s->memory + (size_t)s->order[s->at++] * 4, key, value);
        return true;
    }
    if (s->taken) { /* what was given last is used up only now */
        if (!run_next(s, s->heap[0])) s->heap[0] = s->heap[--s->n_heap];
        heap_sink(s, 0);
    }
    s->taken = s->n_heap > 0 && !s->failed;
    if (s->taken) give(s->heap[0]->record, key, value);
    return s->taken;
}

bool sorter_failed(const sorter *s)
{
    return s->failed;
}
