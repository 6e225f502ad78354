/* arena: memory that is freed all at once.
 * In: a cap in bytes. Out: zeroed blocks that live until the arena is reset or released.
 *
 * An allocation never returns NULL. When the cap or the machine's memory is spent the arena jumps to
 * `on_full`; the pipeline sets that around each document, so that one document is lost and not the
 * process. Foreign resources (a parse tree of a library, an open file) that must not leak over such a
 * jump are handed to arena_defer. Not thread-safe: one arena belongs to one thread at a time. */
#ifndef SITREP_BASE_ARENA_H
#define SITREP_BASE_ARENA_H

#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>

#include "base/str.h"

typedef struct arena_chunk arena_chunk;
typedef struct arena_cleanup arena_cleanup;

typedef struct arena {
    arena_chunk *chunks;     /* newest first */
    arena_cleanup *cleanups; /* newest first */
    size_t used_bytes;       /* handed out since the last reset */
    size_t cap_bytes;        /* 0 = no cap */
    jmp_buf *on_full;        /* NULL: running out aborts the process (start-up and tools only) */
} arena;

void arena_init(arena *a, size_t cap_bytes);

/* Runs what was deferred, newest first, and frees every block; one chunk is kept for reuse. */
void arena_reset(arena *a);

/* As reset, and gives everything back. */
void arena_release(arena *a);

/* `count` zeroed objects of `size` bytes. */
void *arena_alloc(arena *a, size_t count, size_t size, size_t align);

#define arena_new(a, type, count) ((type *)arena_alloc((a), (count), sizeof(type), alignof(type)))

/* Calls fn(resource) at the next reset or release. */
void arena_defer(arena *a, void (*fn)(void *), void *resource);

/* A copy in the arena, followed by a NUL byte that the view does not count. */
str arena_copy(arena *a, str s);

str arena_format(arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
