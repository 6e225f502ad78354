#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

#include "mention/quantity.h"
#include "mention/weapon.h"
#include "support.h"

/* Words, and "TEXT=LOW/BEST/HIGH of NOUN", "-" for none. */
typedef struct row {
    const char *words, *found;
} row;

#define PEOPLE "people/NOUN/NNS/people"
#define CIVILIANS "civilians/NOUN/NNS/civilian"

static const row hedge_rows[] = {
    {"6/NUM " PEOPLE, "6 people=6/6/6 of people"},
    {"At least 6 " PEOPLE, "At least 6 people=6/6/- of people"},
    {"no fewer than six " PEOPLE, "no fewer than six people=6/6/- of people"},
    {"6 " PEOPLE " or more", "6 people=6/6/- of people"},
    {"more than 20 " PEOPLE, "more than 20 people=21/21/- of people"},
    {"well over 1,000 " PEOPLE, "well over 1,000 people=1001/1001/- of people"},
    {"up to 10 " PEOPLE, "up to 10 people=-/10/10 of people"},
    {"as many as 1,300 " PEOPLE, "as many as 1,300 people=-/1300/1300 of people"},
    {"fewer than 20 " PEOPLE, "fewer than 20 people=-/19/19 of people"},
    {"around 70 " PEOPLE, "around 70 people=-/70/- of people"},
    {"some 70 " PEOPLE, "some 70 people=-/70/- of people"},
    {"an estimated 70 " PEOPLE, "an estimated 70 people=-/70/- of people"},
    {"between 20 and 30 " PEOPLE, "between 20 and 30 people=20/-/30 of people"},
    {"20 +- +30 " PEOPLE, "20-30 people=20/-/30 of people"},
    {"six or seven " PEOPLE, "six or seven people=6/-/7 of people"},
    {"2 to 3 million " PEOPLE, "2 to 3 million people=2000000/-/3000000 of people"},
};

static const row number_rows[] = {
    {"twenty +- +six " CIVILIANS, "twenty-six civilians=26/26/26 of civilian"},
    {"two hundred and fifty thousand " PEOPLE,
     "two hundred and fifty thousand people=250000/250000/250000 of people"},
    {"2.5 million " PEOPLE, "2.5 million people=2500000/2500000/2500000 of people"},
    {"a dozen " PEOPLE, "a dozen people=12/12/12 of people"},
    {"half a million " PEOPLE, "half a million people=500000/500000/500000 of people"},
    {"more than a quarter of a million " PEOPLE,
     "more than a quarter of a million people=250001/250001/- of people"},
    {"dozens of " CIVILIANS, "dozens of civilians=-/-/- of civilian"},
    {"hundreds of thousands of " PEOPLE, "hundreds of thousands of people=-/-/- of people"},
    {"a number of " CIVILIANS, "a number of civilians=-/-/- of civilian"},
    {"several/ADJ " CIVILIANS, "several civilians=-/-/- of civilian"},
    {"no/DET " CIVILIANS, "no civilians=0/0/0 of civilian"},
    {"a/DET civilian/NOUN/NN", "a civilian=1/1/1 of civilian"},
    {"14 of the dead/NOUN/NNS", "14 of the dead=14/14/14 of dead"},
    {"12 Turkish/ADJ +- backed/ADJ fighters/NOUN/NNS/fighter", "12=12/12/12 of "},
    {"two/NUM/CD/two/nummod/3 armed/ADJ/JJ/armed/amod/3 men/NOUN/NNS/man/root/0",
     "two armed men=2/2/2 of man"},
    {"killed/VERB/VBD/kill/root/0 14/NUM/CD/14/obj/1", "14=14/14/14 of "},
    {"two/NUM Mi +- +8 helicopters/NOUN/NNS/helicopter", "two=2/2/2 of "},
    {"26 % of", "26 %=26/26/26 of percent"},
};

static const row no_rows[] = {
    {"a/DET deal/NOUN/NN and no/DET doubt/NOUN/NN", ""},
    {"a 12 +- +year/NOUN/NN/year +- +old boy", ""},
    {"for two days/NOUN/NNS/day", ""},
    {"$ 5 million and 20 dollars/NOUN/NNS/dollar", ""},
    {"Resolution/NOUN 2254 and Highway/NOUN 4", ""},
    {"Ali/PROPN , 32 , said", ""},
    {"the 47th Division/PROPN", ""},
    {"Covid +- +19", ""},
    {"[ 2 ]", ""},
    {"a score of 3 +: +2", ""},
    {"an Mi +- +8 and an S +- +300", ""},
};

static void part(char *out, size_t room, bool has, int64_t n, const char *after)
{
    size_t len = strlen(out);
    if (has) snprintf(out + len, room - len, "%lld%s", (long long)n, after);
    else snprintf(out + len, room - len, "-%s", after);
}

static void render(const document *d, const mention *m, char *out, size_t room)
{
    str text = document_str(d, m->at);
    size_t n = strlen(out);
    const quantity *q = &m->quantity;
    snprintf(out + n, room - n, "%s%.*s=", n ? " | " : "", (int)text.len, text.ptr);
    part(out, room, q->has_low, q->low, "/");
    part(out, room, q->has_best, q->best, "/");
    part(out, room, q->has_high, q->high, " of ");
    n = strlen(out);
    snprintf(out + n, room - n, "%.*s", (int)q->of.len, q->of.ptr ? q->of.ptr : "");
}

typedef struct rules {
    arena a;
    quantity_rules *quantities;
    weapon_rules *weapons;
} rules;

static int open_rules(void **state)
{
    static rules r;
    error e;
    arena_init(&r.a, 0);
    if (!quantity_rules_open(&r.a, STR(SOURCE_ROOT "/codebooks"), &r.quantities, &e)
        || !weapon_rules_open(&r.a, STR(SOURCE_ROOT "/codebooks"), &r.weapons, &e)) {
        print_error("%s:%zu: %s\n", e.where, (size_t)e.line, e.message);
        return 1;
    }
    *state = &r;
    return 0;
}

static int close_rules(void **state)
{
    arena_release(&((rules *)*state)->a);
    return 0;
}

static int fails(const rules *r, const row *one)
{
    arena a;
    arena_init(&a, 0);
    document *d = support_document(&a, one->words);
    char out[500] = "";
    weapon_mentions(r->weapons, d);
    quantity_mentions(r->quantities, d);
    for (size_t i = 0; i < d->mentions.n; i++)
        if (d->mentions.v[i].kind == MENTION_QUANTITY) render(d, &d->mentions.v[i], out, sizeof out);
    int bad = strcmp(out, one->found) != 0;
    if (bad) print_error("%s\n  expected %s\n  found    %s\n", one->words, one->found, out);
    arena_release(&a);
    return bad;
}

static void check(void **state, const row *rows, size_t n)
{
    int bad = 0;
    for (size_t i = 0; i < n; i++) bad += fails(*state, &rows[i]);
    assert_int_equal(bad, 0);
}

static void hedges(void **state)
{
    check(state, hedge_rows, sizeof hedge_rows / sizeof *hedge_rows);
}

static void numbers(void **state)
{
    check(state, number_rows, sizeof number_rows / sizeof *number_rows);
}

static void what_counts_nothing(void **state)
{
    check(state, no_rows, sizeof no_rows / sizeof *no_rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hedges),
        cmocka_unit_test(numbers),
        cmocka_unit_test(what_counts_nothing),
    };
    return cmocka_run_group_tests_name("mention/quantity", tests, open_rules, close_rules);
}
