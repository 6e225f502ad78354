#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

#include "mention/weapon.h"
#include "support.h"

/* Words, and "TEXT=NAME:CLASS" of what is named. */
static const struct {
    const char *words, *found;
} rows[] = {
    {"A Mi-8 and two Mi 8s , one MI8 and a Mi +- +8",
     "Mi-8=Mi-8:helicopter | Mi 8s=Mi-8:helicopter | MI8=Mi-8:helicopter | Mi-8=Mi-8:helicopter"},
    {"Su-24M jets", "Su-24M jets=Su-24:aircraft"},
    {"a Su-29", "Su-29=Su-29:aircraft"},
    {"T-72B3 tanks and BMPs", "T-72B3 tanks=T-72:tank | BMPs=BMP:armoured_vehicle"},
    {"Pantsir-S air-defence systems", "Pantsir-S air-defence systems=Pantsir:air_defence"},
    {"They fired mortar rounds and Grad rockets",
     "mortar rounds=mortar round:mortar | Grad rockets=BM-21:rocket_artillery"},
    {"long-range surface-to-surface missiles",
     "long-range surface-to-surface missiles=surface to surface missile:missile"},
    {"9M133 Kornet missiles", "9M133 Kornet missiles=9M133 Kornet:anti_tank_missile"},
    {"an AK-47 and M16 rifles", "AK-47=AK-47:rifle | M16 rifles=M16:rifle"},
    {"knives and machetes", "knives=knife:blade | machetes=machete:blade"},
    {"barrel bombs", "barrel bombs=barrel bomb:barrel_bomb"},
    {"a rocket-propelled grenade", "rocket-propelled grenade=rocket propelled grenade:rocket_launcher"},
    {"sarin gas", "sarin gas=sarin gas:chemical_weapon"},
    {"an explosive-laden vehicle", "explosive-laden vehicle=explosive laden vehicle:vbied"},
    {"They/PRON shell/VERB us/PRON", ""},
    {"An/DET 12 +- +year +- +old boy", ""},
    {"the Patriot Act and Javelin missiles", "Javelin missiles=Javelin:anti_tank_missile"},
    {"Sam said", ""},
    {"the Shahed-136 drone", "Shahed-136 drone=Shahed-136:loitering_munition"},
    {"a grad student", ""},
    {"suicide bombers and a think tank", ""},
    {"General/PROPN Tank/PROPN spoke", ""},
    {"tear gas and rubber bullets",
     "tear gas=tear gas:crowd_control | rubber bullets=rubber bullet:crowd_control"},
    {"Molotov cocktails", "Molotov cocktails=Molotov:incendiary_weapon"},
};

static void render(const document *d, const mention *m, char *out, size_t room)
{
    str text = document_str(d, m->at);
    size_t n = strlen(out);
    snprintf(out + n, room - n, "%s%.*s=%.*s:%.*s", n ? " | " : "", (int)text.len, text.ptr,
             (int)m->name.len, m->name.ptr, (int)m->weapon_class.len, m->weapon_class.ptr);
}

static weapon_rules *open_rules(arena *a)
{
    weapon_rules *rules;
    error e;
    if (weapon_rules_open(a, STR(SOURCE_ROOT "/codebooks"), &rules, &e)) return rules;
    fail_msg("%s:%zu: %s", e.where, (size_t)e.line, e.message);
    return NULL;
}

static void names_in_all_spellings(void **state)
{
    (void)state;
    arena table, a;
    int bad = 0;
    arena_init(&table, 0);
    weapon_rules *rules = open_rules(&table);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char out[400] = "";
        arena_init(&a, 0);
        document *d = support_document(&a, rows[i].words);
        weapon_mentions(rules, d);
        for (size_t k = 0; k < d->mentions.n; k++) render(d, &d->mentions.v[k], out, sizeof out);
        if (strcmp(out, rows[i].found))
            print_error("%s\n  expected %s\n  found    %s\n", rows[i].words, rows[i].found, out), bad++;
        arena_release(&a);
    }
    arena_release(&table);
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_in_all_spellings)};
    return cmocka_run_group_tests_name("mention/weapon", tests, NULL, NULL);
}
