#include <stdlib.h>

#include "read/read.h"

enum { STEP = 64 * 1024 };

void read_lines_open(read_lines *l, read_source source, void *from, size_t cap_bytes)
{
    *l = (read_lines){.source = source, .from = from, .cap_bytes = cap_bytes ? cap_bytes : READ_CAP_BYTES};
}

void read_lines_close(read_lines *l)
{
    free(l->buffer);
    *l = (read_lines){0};
}

/* Room for STEP more bytes behind `end`: what was given out is dropped first. */
static bool make_room(read_lines *l)
{
    if (l->start) {
        memmove(l->buffer, l->buffer + l->start, l->end - l->start);
        l->end -= l->start;
        l->start = 0;
    }
    if (l->size - l->end >= STEP) return true;
    size_t size = l->size ? l->size * 2 : 2 * STEP;
    char *buffer = realloc(l->buffer, size);
    if (!buffer) return false;
    l->buffer = buffer;
    l->size = size;
    return true;
}

static read_line_result fill(read_lines *l, error *e)
{
    if (!make_room(l)) {
        error_set(e, SITREP_NO_MEMORY, "read", "no memory for a line of %zu bytes", l->end - l->start);
        return READ_LINE_FAILED;
    }
    int64_t n = l->source(l->from, l->buffer + l->end, STEP);
    if (n < 0) {
        error_set(e, SITREP_NO_FILE, "read", "the input cannot be read");
        error_at(e, (str){0}, l->number, l->consumed);
        return READ_LINE_FAILED;
    }
    if (n == 0) l->at_end = true;
    l->end += (size_t)n;
    return READ_LINE;
}

/* Takes `len` bytes and a line end of `n_end` bytes off the front. */
static void take(read_lines *l, size_t len, size_t n_end, str *line)
{
    l->number++;
    l->offset = l->consumed;
    l->consumed += len + n_end;
    *line = (str){l->buffer + l->start, len};
    l->start += len + n_end;
    if (line->len && line->ptr[line->len - 1] == '\r') line->len--;
}

/* A line above the cap is read to its end and dropped piece by piece. */
static read_line_result skip_long(read_lines *l, error *e)
{
    l->number++;
    l->offset = l->consumed;
    for (;;) {
        size_t left = l->end - l->start;
        const char *hit = left ? memchr(l->buffer + l->start, '\n', left) : NULL;
        size_t drop = hit ? (size_t)(hit - (l->buffer + l->start)) + 1 : left;
        l->start += drop;
        l->consumed += drop;
        if (hit || l->at_end) break;
        if (fill(l, e) == READ_LINE_FAILED) return READ_LINE_FAILED;
    }
    error_set(e, SITREP_OVER_LIMIT, "read", "a line of more than %zu bytes was skipped", l->cap_bytes);
    error_at(e, (str){0}, l->number, l->offset);
    return READ_LINE_TOO_LONG;
}

read_line_result read_lines_next(read_lines *l, str *line, error *e)
{
    size_t looked = 0;
    for (;;) {
        size_t left = l->end - l->start;
        const char *hit = left > looked ? memchr(l->buffer + l->start + looked, '\n', left - looked) : NULL;
        if (hit) {
            size_t len = (size_t)(hit - (l->buffer + l->start));
            if (len > l->cap_bytes) return skip_long(l, e);
            take(l, len, 1, line);
            return READ_LINE;
        }
        if (left > l->cap_bytes) return skip_long(l, e);
        if (l->at_end) {
            if (!left) return READ_LINE_END;
            take(l, left, 0, line);
            return READ_LINE;
        }
        looked = left;
        if (fill(l, e) == READ_LINE_FAILED) return READ_LINE_FAILED;
    }
}
