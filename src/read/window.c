#include "read/window.h"

#include <stdlib.h>

enum { STEP = 1 << 16 };

bool window_open(read_window *w, read_bytes source, bool (*begins)(str head), error *e)
{
    *w = (read_window){.mark = SIZE_MAX};
    return unpack_open(&w->unpack, source, begins, e);
}

void window_close(read_window *w)
{
    unpack_close(&w->unpack);
    free(w->bytes);
    *w = (read_window){.mark = SIZE_MAX};
}

static bool make_room(read_window *w)
{
    if (w->size - w->end >= STEP) return true;
    if (w->size && w->start >= w->end - w->start) { /* no more is moved than was taken */
        memmove(w->bytes, w->bytes + w->start, w->end - w->start);
        if (w->mark != SIZE_MAX) w->mark -= w->start;
        w->end -= w->start;
        w->start = 0;
        if (w->size - w->end >= STEP) return true;
    }
    size_t size = w->size ? w->size + w->size / 2 : 4 * STEP;
    char *larger = realloc(w->bytes, size);
    if (!larger) return error_set(&w->trouble, SITREP_NO_MEMORY, "read", "out of memory");
    w->bytes = larger;
    w->size = size;
    return true;
}

static void set_mark(read_window *w)
{
    w->mark = w->end;
    w->mark_raw = w->unpack.member_at;
}

static void fill(read_window *w)
{
    size_t n = 0;
    if (!make_room(w)) {
        w->has_trouble = w->at_end = true;
        return;
    }
    switch (unpack_read(&w->unpack, w->bytes + w->end, w->size - w->end, &n, &w->trouble)) {
    case UNPACK_BYTES: w->end += n; return;
    case UNPACK_MEMBER:
        set_mark(w);
        w->has_fence = w->unpack.begins_record;
        return;
    case UNPACK_DAMAGED:
        set_mark(w);
        w->has_fence = w->has_trouble = true;
        return;
    case UNPACK_FAILED: w->has_trouble = true; /* fall through */
    default: w->at_end = true; return;
    }
}

str window_need(read_window *w, size_t n)
{
    while (w->end - w->start < n && !w->has_fence && !w->at_end) fill(w);
    return (str){w->bytes ? w->bytes + w->start : "", w->end - w->start};
}

void window_take(read_window *w, size_t n)
{
    if (n > w->end - w->start) n = w->end - w->start;
    w->start += n;
    w->at += n;
    if (w->mark != SIZE_MAX && w->start >= w->mark) {
        w->member = w->mark_raw;
        w->mark = SIZE_MAX;
    }
}

bool window_cross(read_window *w)
{
    w->has_fence = false;
    window_take(w, 0);
    return window_need(w, 1).len > 0;
}

uint64_t window_offset(const read_window *w)
{
    return w->unpack.kind == UNPACK_GZIP ? w->member : w->at;
}

bool window_is_plain(const read_window *w)
{
    return w->unpack.kind == UNPACK_NONE && w->unpack.source.is_seekable;
}

size_t window_peek_at(const read_window *w, uint64_t offset, char *out, size_t cap)
{
    size_t n = 0;
    while (n < cap) {
        int64_t got = w->unpack.source.read(w->unpack.source.from, offset + n, out + n, cap - n);
        if (got <= 0) break;
        n += (size_t)got;
    }
    return n;
}

void window_seek(read_window *w, uint64_t offset)
{
    w->start = w->end = 0;
    w->at = offset;
    w->at_end = false;
    unpack_seek(&w->unpack, offset);
}
