/* map: byte strings to 32-bit numbers, open addressing, in an arena.
 * Keys are not copied: they must live as long as the map. Reading is thread-safe once built. */
#ifndef SITREP_BASE_MAP_H
#define SITREP_BASE_MAP_H

#include "base/arena.h"

typedef struct map_slot {
    str key; /* key.ptr == NULL: free */
    uint32_t value;
} map_slot;

typedef struct map {
    map_slot *slots;
    size_t n, cap; /* cap is a power of two */
} map;

#define MAP_NONE UINT32_MAX

/* The value of `key`, or MAP_NONE. */
uint32_t map_get(const map *m, str key);

/* The value of the key that two strings joined by `between` spell, or MAP_NONE; so for keys of more than 512 bytes. */
uint32_t map_get_pair(const map *m, str left, char between, str right);

/* The slot of `key`, made with value MAP_NONE where it was absent. */
map_slot *map_put(arena *a, map *m, str key);

#endif
