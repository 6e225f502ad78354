#include "mention/date.h"

struct date_rules {
    str folder;
};

bool date_rules_open(arena *a, str codebook_folder, date_rules **rules, error *e)
{
    (void)e;
    *rules = arena_new(a, date_rules, 1);
    (*rules)->folder = arena_copy(a, codebook_folder);
    return true;
}

void date_mentions(const date_rules *rules, document *d)
{
    (void)rules, (void)d;
}
