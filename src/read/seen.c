#include "read/seen.h"

#include <stdlib.h>

void seen_release(seen *s)
{
    free(s->slots);
    *s = (seen){0};
}

static uint64_t key_of(str name)
{
    uint64_t key = str_hash(name) & ~(uint64_t)1;
    return key ? key : 2;
}

/* The slot of `key`, or the free one where it belongs. */
static uint64_t *slot_of(const seen *s, uint64_t key)
{
    size_t at = (size_t)(key >> 20) & (s->cap - 1);
    while (s->slots[at] && (s->slots[at] & ~(uint64_t)1) != key) at = (at + 1) & (s->cap - 1);
    return &s->slots[at];
}

/* At most half full. False where there is no room any more. */
static bool make_room(seen *s)
{
    if (s->n * 2 < s->cap) return true;
    if (s->cap == SEEN_MAX) return false;
    seen larger = {.n = s->n, .cap = s->cap ? s->cap * 2 : 256};
    larger.slots = calloc(larger.cap, sizeof *larger.slots);
    if (!larger.slots) return false;
    for (size_t i = 0; i < s->cap; i++)
        if (s->slots[i]) *slot_of(&larger, s->slots[i] & ~(uint64_t)1) = s->slots[i];
    free(s->slots);
    *s = larger;
    return true;
}

void seen_add(seen *s, str name, bool was_read)
{
    if (!name.len || !make_room(s)) return;
    uint64_t key = key_of(name), *slot = slot_of(s, key);
    s->n += !*slot;
    *slot = key | (*slot & 1) | was_read;
}

seen_state seen_find(const seen *s, str name)
{
    if (!name.len || !s->cap) return SEEN_NEVER;
    uint64_t found = *slot_of(s, key_of(name));
    return !found ? SEEN_NEVER : found & 1 ? SEEN_READ : SEEN_PASSED;
}
