#include "base/arena.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

enum { CHUNK_BYTES = 64 * 1024 };

struct arena_chunk {
    arena_chunk *next;
    size_t size, used;
    alignas(max_align_t) unsigned char bytes[];
};

struct arena_cleanup {
    arena_cleanup *next;
    void (*fn)(void *);
    void *resource;
};

void arena_init(arena *a, size_t cap_bytes)
{
    *a = (arena){.cap_bytes = cap_bytes};
}

static _Noreturn void arena_full(arena *a)
{
    if (a->on_full) longjmp(*a->on_full, 1);
    abort();
}

static void run_cleanups(arena *a)
{
    while (a->cleanups) {
        arena_cleanup *c = a->cleanups;
        a->cleanups = c->next;
        c->fn(c->resource);
    }
}

void arena_reset(arena *a)
{
    run_cleanups(a);
    arena_chunk *keep = NULL;
    while (a->chunks) {
        arena_chunk *c = a->chunks;
        a->chunks = c->next;
        if (!keep && c->size <= 64 * (size_t)CHUNK_BYTES) keep = c;
        else free(c);
    }
    if (keep) {
        keep->next = NULL;
        keep->used = 0;
        a->chunks = keep;
    }
    a->used_bytes = 0;
}

void arena_release(arena *a)
{
    arena_reset(a);
    free(a->chunks);
    a->chunks = NULL;
}

static arena_chunk *add_chunk(arena *a, size_t need)
{
    size_t size = a->chunks ? a->chunks->size * 2 : CHUNK_BYTES;
    if (size > 64 * (size_t)CHUNK_BYTES) size = 64 * (size_t)CHUNK_BYTES;
    if (size < need) size = need;
    arena_chunk *c = malloc(sizeof *c + size);
    if (!c) arena_full(a);
    *c = (arena_chunk){.next = a->chunks, .size = size};
    a->chunks = c;
    return c;
}

void *arena_alloc(arena *a, size_t count, size_t size, size_t align)
{
    assert(align && (align & (align - 1)) == 0 && align <= alignof(max_align_t));
    if (size && count > (SIZE_MAX / 2) / size) arena_full(a);
    size_t bytes = count * size;
    if (a->cap_bytes && (bytes > a->cap_bytes || a->used_bytes > a->cap_bytes - bytes)) arena_full(a);
    arena_chunk *c = a->chunks;
    size_t start = c ? (c->used + align - 1) & ~(align - 1) : 0;
    if (!c || start > c->size || bytes > c->size - start) {
        c = add_chunk(a, bytes);
        start = 0;
    }
    c->used = start + bytes;
    a->used_bytes += bytes;
    return memset(c->bytes + start, 0, bytes);
}

void arena_defer(arena *a, void (*fn)(void *), void *resource)
{
    arena_cleanup *c = arena_new(a, arena_cleanup, 1);
    *c = (arena_cleanup){a->cleanups, fn, resource};
    a->cleanups = c;
}

str arena_copy(arena *a, str s)
{
    char *p = arena_new(a, char, s.len + 1);
    if (s.len) memcpy(p, s.ptr, s.len);
    return (str){p, s.len};
}

str arena_format(arena *a, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0) return (str){0};
    char *p = arena_new(a, char, (size_t)n + 1);
    va_start(args, format);
    vsnprintf(p, (size_t)n + 1, format, args);
    va_end(args);
    return (str){p, (size_t)n};
}
