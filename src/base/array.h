/* array: a growable array in an arena.
 *
 *     typedef ARRAY(token) token_array;
 *     *array_push(arena, &tokens) = (token){...};
 *
 * Growing copies into a new block of the arena: pointers to elements do not survive a push. */
#ifndef SITREP_BASE_ARRAY_H
#define SITREP_BASE_ARRAY_H

#include "base/arena.h"

#define ARRAY(type)                                                                                        \
    struct {                                                                                               \
        type *v;                                                                                           \
        size_t n, cap;                                                                                     \
    }

/* A pointer to a new zeroed element at the end. */
#define array_push(a, array)                                                                               \
    ((void)((array)->n == (array)->cap                                                                     \
            && ((array)->v = array_grow((a), (array)->v, (array)->n, &(array)->cap, sizeof *(array)->v,    \
                                        alignof(max_align_t)),                                             \
                true)),                                                                                    \
     &(array)->v[(array)->n++])

static inline void *array_grow(arena *a, void *old, size_t n, size_t *cap, size_t size, size_t align)
{
    size_t new_cap = n ? n * 2 : 8;
    void *v = arena_alloc(a, new_cap, size, align);
    if (n) memcpy(v, old, n * size);
    *cap = new_cap;
    return v;
}

#endif
