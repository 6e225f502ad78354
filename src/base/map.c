#include "base/map.h"

#include <string.h>

static map_slot *find(map_slot *slots, size_t cap, str key)
{
    size_t i = str_hash(key) & (cap - 1);
    while (slots[i].key.ptr && !str_eq(slots[i].key, key)) i = (i + 1) & (cap - 1);
    return &slots[i];
}

uint32_t map_get(const map *m, str key)
{
    if (m->n == 0) return MAP_NONE;
    const map_slot *s = find(m->slots, m->cap, key);
    return s->key.ptr ? s->value : MAP_NONE;
}

uint32_t map_get_pair(const map *m, str left, char between, str right)
{
    char key[512];
    if (left.len >= sizeof key || right.len >= sizeof key - left.len) return MAP_NONE;
    if (left.len) memcpy(key, left.ptr, left.len);
    key[left.len] = between;
    if (right.len) memcpy(key + left.len + 1, right.ptr, right.len);
    return map_get(m, (str){key, left.len + 1 + right.len});
}

static void grow(arena *a, map *m)
{
    size_t cap = m->cap ? m->cap * 2 : 32;
    map_slot *slots = arena_new(a, map_slot, cap);
    for (size_t i = 0; i < m->cap; i++)
        if (m->slots[i].key.ptr) *find(slots, cap, m->slots[i].key) = m->slots[i];
    m->slots = slots;
    m->cap = cap;
}

map_slot *map_put(arena *a, map *m, str key)
{
    if (m->n * 4 >= m->cap * 3) grow(a, m);
    if (!key.ptr) key = STR("");
    map_slot *s = find(m->slots, m->cap, key);
    if (!s->key.ptr) {
        *s = (map_slot){key, MAP_NONE};
        m->n++;
    }
    return s;
}
