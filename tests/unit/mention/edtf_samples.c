/* Prints "EDTF FROM TO" of every date of many random documents, for check_edtf.py. */
#include <stdio.h>

#include "mention/date.h"
#include "random_text.h"

static void print(const date *d)
{
    if (!d->edtf[0]) return;
    printf("%s %d-%d-%d %d-%d-%d\n", d->edtf, d->from.year, d->from.month, d->from.day, d->to.year,
           d->to.month, d->to.day);
}

int main(void)
{
    arena table, a;
    date_rules *rules;
    error e;
    arena_init(&table, 0);
    arena_init(&a, 0);
    if (!date_rules_open(&table, STR(SOURCE_ROOT "/codebooks"), &rules, &e)) return 1;
    for (uint64_t seed = 1; seed <= 2000; seed++, arena_reset(&a)) {
        document *d = random_document(&a, seed);
        date_mentions(rules, d);
        for (size_t i = 0; i < d->mentions.n; i++)
            print(&d->mentions.v[i].date), print(&d->mentions.v[i].interval);
    }
    arena_release(&a);
    arena_release(&table);
    return 0;
}
