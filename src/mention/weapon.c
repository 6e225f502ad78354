#include "mention/weapon.h"

struct weapon_rules {
    str folder;
};

bool weapon_rules_open(arena *a, str codebook_folder, weapon_rules **rules, error *e)
{
    (void)e;
    *rules = arena_new(a, weapon_rules, 1);
    (*rules)->folder = arena_copy(a, codebook_folder);
    return true;
}

void weapon_mentions(const weapon_rules *rules, document *d)
{
    (void)rules, (void)d;
}
