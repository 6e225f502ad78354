#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <unistd.h>

#include "fixture.h"
#include "place/geo.h"
#include "place/place.h"
#include "support.h"

static arena memory, scratch;
static str path;
static gazetteer *g;

static int build(void **state)
{
    (void)state;
    error e;
    arena_init(&memory, 0);
    arena_init(&scratch, 0);
    path = fixture_gazetteer(&memory, NULL);
    g = gazetteer_open(path, &e);
    return g ? 0 : -1;
}

static int drop(void **state)
{
    (void)state;
    gazetteer_close(g);
    unlink(path.ptr);
    arena_release(&memory);
    arena_release(&scratch);
    return 0;
}

/* "Rebels left [Kafr Nabl] ." : words as support_document takes them, places in brackets. */
static document *read_places(const char *marked)
{
    char *words = arena_new(&scratch, char, strlen(marked) + 1);
    size_t n = 0;
    for (const char *p = marked; *p; p++)
        if (*p != '[' && *p != ']') words[n++] = *p;
    document *d = support_document(&scratch, words);
    uint32_t token_index = 0, first = 0;
    for (const char *p = marked; *p; p++) {
        if (*p == '[') first = token_index;
        if (*p == ']') {
            mention *m = array_push(&scratch, &d->mentions);
            *m = (mention){
                .kind = MENTION_LOCATION, .first = first, .n = token_index + 1 - first, .is_named = true};
            m->at = span_join(d->tokens.v[first].at, d->tokens.v[token_index].at);
        }
        if ((*p == ' ' || *p == '\n') && p[1] && p[1] != ' ' && p[1] != '\n') token_index++;
    }
    place_run(g, d);
    return d;
}

static const struct {
    const char *text;
    const char *expected; /* of the last place: "COUNTRY name precision match", "-" = unresolved */
} cases[] = {
    {"Shells fell on [Idlib] .", "SY Idlib 1 exact"},
    {"Shells fell on [IDLIB] .", "SY Idlib 1 exact"},
    {"Jets bombed [Halab] overnight .", "SY Aleppo 1 alternate"},
    {"Fighters entered [Kafar Nabl] .", "SY Kafr Nabl 1 generic"},
    {"Fighting went on in [Idlib] province .", "SY Idlib 4 exact"},
    {"Fighting went on in [Idlib province] .", "SY Idlib 4 exact"},
    {"Fighting went on in the province of [Idlib] .", "SY Idlib 4 exact"},
    {"Fighting went on in northern [Idlib] .", "SY Idlib 4 exact"},
    {"Troops crossed [Syria] .", "SY Syria 6 exact"},
    {"Troops crossed northern [Syria] .", "SY Syria 5 exact"},
    {"The army of [Zaire] mutinied .", "CD Democratic Republic of the Congo 6 alternate"},
    {"A ship sank in the [Black Sea] .", " Black Sea 7 exact"},
    {"Shelling in the [Donbas] went on .", "UA Donbas 5 exact"},
    {"A blast near [Manbij] killed two .", "SY Manbij 2 exact"},
    {"A blast 10 km east of [Manbij] killed two .", "SY Manbij 2 exact"},
    {"Troops hold the [Kafr Nabl] hill .", "SY Kafr Nabl 2 exact"},
    {"Troops hold the outskirts of [Kafr Nabl] .", "SY Kafr Nabl 2 exact"},
    {"Drones hit [Hmeimim] .", "SY Hmeimim Air Base 1 alternate"},
    {"The convoy reached [al-Qamishly] airbase .", "SY Qamishli Airport 1 alternate"},
    /* namesakes */
    {"The mayor of [Paris] spoke .", "FR Paris 1 exact"},
    {"A fire broke out in [Paris] , [Texas] .", "US Texas 4 exact"},
    {"Syrian troops in [Damascus] fired .", "SY Damascus 1 exact"},
    {"Fighting in [Beirut] spread through [Lebanon] .", "LB Lebanon 6 exact"},
    {"Libyan forces near [Misrata] left [Tripoli] .", "LY Tripoli 1 exact"},
    {"Lebanese soldiers patrolled [Tripoli] .", "LB Tripoli 1 exact"},
    {"Russian jets struck [Manbij] and [Idlib] . Syrian rebels in [Zalmora] fled .", "-"},
    /* unknown villages */
    {"Rebels seized [Luwaybidah] in [Idlib] province .", "SY Idlib 4 exact"},
    {"In [Idlib] province , rebels seized [Luwaybidah] .", "SY Luwaybidah 4 containment"},
    {"Strikes hit western [Idlib] . Hit were [Shnan] and [Tramla] .", "SY Tramla 4 containment"},
    {"A village called [Shnan] was hit .", "-"},
    {"Rebels of [Aleppo] and [Idlib] met in [Shnan] .", "-"},
    {"Rebels took [Munbej] in [Aleppo] province .", "SY Aleppo 4 exact"},
    {"In [Aleppo] province rebels took [Munbej] .", "SY Manbij 1 skeleton"},
    {"Rebels hold [Shnan] and [Tramla] in eastern [Aleppo] , [Idlib] and [Raqqa] .", "SY Raqqa 4 exact"},
    {"Planes hit [Idlib] . Rockets fell on [Idlib] . [Idlib] was shelled . Later [Shnan] was hit .",
     "SY Shnan 4 containment"},
    {"The war in [Syria] , [Syria] , [Syria] , not [Lebanon] . The envoy in [Texas] said [Shnan] burnt .",
     "-"},
    {"Clashes broke out in [Manbij] near the [Azaz Street] .", "SY Azaz Street 2 containment"},
    {"Clashes broke out in [Manbij] near the [Azaz] street .", "SY Azaz 2 containment"},
    {"Shells fell on [Aleppo] . The [Qwrtzp neighbourhood] was hit .",
     "SY Qwrtzp neighbourhood 2 containment"},
    /* neighbourhoods, where the text speaks of their city or country */
    {"Shells fell on [Aleppo] . The [Midan neighbourhood] was hit .", "SY Midan 1 exact"},
    {"Shells hit [Aleppo] and the streets of [al-Sakhour] .", "SY Sakhour 1 alternate"},
    {"Tanks of the army in [Gaza] entered [Rimal] .", "PS Rimal 1 exact"},
    {"The doctors of [Mogadishu] fled [Hodan] .", "SO Hodan 1 exact"},
    {"In [Somalia] a bomb went off in [Hodan] .", "SO Hodan 1 exact"},
    {"The fire in [Texas] woke [Hodan] .", "US Hodan 4 containment"},
    {"Nobody knew where [Rimal] was .", "-"},
    {"Snipers in [Baghdad] shot at [Karrada] , [Zayouna] and [Kazimiyah] .", "IQ Kadhimiya 1 alternate"},
    /* lists, names cut short, words round names */
    {"Talks were held with [Libya] , [Lebanon] and [Syria] .", "SY Syria 6 exact"},
    {"Envoys of the United States , [Mexico] , [Lebanon] and [Turkey] met .", "TR Turkey 6 exact"},
    {"Governors of Texas and New [Jersey] met .", "US New Jersey 4 exact"},
    {"The war in [Syrias] north goes on .", "SY Syria 6 generic"},
    {"A car bomb exploded [at Manbij] .", "SY Manbij 1 exact"},
    {"Fires burnt in [old Aleppo] .", "SY Aleppo 4 exact"},
    {"The [Damascus countryside] was shelled .", "SY Rif-dimashq 4 alternate"},
    {"Nothing moved in the [North] .", "-"},
    {"Troops massed on the [Turkish border] .", "TR Turkey 6 generic"},
    {"Jets circled over the [Syrian capital] .", "SY Damascus 1 generic"},
    {"Guns fired at [Manbij Aleppo province] .", "SY Manbij 2 exact"},
    {"Fighting shook the countryside of [Manbij] .", "SY Manbij 2 exact"},
    {"Mortars fell on the village of [Kafr Nabl] .", "SY Kafr Nabl 1 exact"},
    {"Tanks stood on the [Manbij] road .", "SY Manbij 2 exact"},
    {"Troops hold the [Kafr Nabl] heights .", "SY Kafr Nabl 2 exact"},
    {"Rockets hit eastern [Aleppo] .", "SY Aleppo 4 exact"},
    {"Clashes went on in northern [al-Hasakah] .", "SY Al-Hasakah 4 exact"},
    {"A drone fell south of [Manbij] .", "SY Manbij 2 exact"},
    {"Shells fell on [إدلب] .", "SY Idlib 1 alternate"},
    {"In [Aleppo] province rebels took [منبج] .", "SY Manbij 1 skeleton"},
    /* other wars */
    {"Taliban fighters attacked [Andar] district in [Ghazni] province .", "AF Ghazni 4 exact"},
    {"Boko Haram raided [Maiduguri] , Nigeria .", "NG Maiduguri 1 exact"},
    {"Ukrainian troops left [Artemivsk] .", "UA Bakhmut 1 alternate"},
    {"Fighting raged in [El Fasher] , [North Darfur] .", "SD Northern Darfur 4 alternate"},
    {"The port of [Mogadishu] reopened .", "SO Mogadishu 1 exact"},
};

static str show(const place *p)
{
    if (p->match == MATCH_NONE) return STR("-");
    return arena_format(&scratch, "%.*s %.*s %d %s", (int)p->country.len, p->country.ptr, (int)p->name.len,
                        p->name.ptr, p->precision, label_text(LABELS_PLACE_MATCH, p->match));
}

static void names_are_resolved_from_the_document(void **state)
{
    (void)state;
    size_t failed = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        document *d = read_places(cases[i].text);
        str got = show(&d->mentions.v[d->mentions.n - 1].place);
        if (!str_is(got, cases[i].expected)) {
            print_message("%s\n    %.*s, not %s\n", cases[i].text, (int)got.len, got.ptr,
                          cases[i].expected);
            failed++;
        }
        arena_reset(&scratch);
    }
    assert_int_equal(failed, 0);
}

static void containment_reaches_backwards(void **state)
{
    (void)state;
    document *d = read_places("A fire broke out in [Paris] , [Texas] .");
    assert_int_equal(d->mentions.v[0].place.geonameid, 4717560);
    assert_int_equal(d->mentions.v[0].place.n_rivals, 2);
    assert_true(str_is(d->mentions.v[0].place.admin1, "Texas"));
    d = read_places("Rebels seized [Luwaybidah] in eastern [Idlib] .");
    assert_int_equal(d->mentions.v[0].place.match, MATCH_CONTAINMENT);
    assert_true(str_is(d->mentions.v[0].place.name, "Luwaybidah"));
    assert_true(str_is(d->mentions.v[0].place.admin1, "Idlib"));
    d = read_places("The Syrian town of [Manbij] burnt .");
    assert_true(str_is(d->mentions.v[0].place.country, "SY"));
}

static void one_spelling_is_one_place_in_a_document(void **state)
{
    (void)state;
    document *d = read_places("Troops of [Libya] entered [Tripoli] .\n[Tripoli] was quiet .");
    assert_int_equal(d->mentions.v[1].place.geonameid, 90000010);
    assert_int_equal(d->mentions.v[2].place.geonameid, 90000010);
}

static void distance_and_direction_move_the_point(void **state)
{
    (void)state;
    document *d = read_places("A blast 20 km north of [Manbij] killed two .");
    const place *p = &d->mentions.v[0].place;
    assert_true(p->lat > 36.528 + 0.16 && p->lat < 36.528 + 0.2);
    assert_int_equal(p->precision, 2);
    d = read_places("Clashes shook northern [Syria] .");
    p = &d->mentions.v[0].place;
    assert_true(p->lat > 35.2);
    assert_true(geo_km((geo_point){p->lat, p->lon}, (geo_point){35, 38.5}) < 250);
}

static void between_two_towns_is_half_way(void **state)
{
    (void)state;
    document *d = read_places("Clashes broke out between the towns of [Manbij] and [Jarabulus] .");
    const place *p = &d->mentions.v[0].place, *q = &d->mentions.v[1].place;
    assert_true(p->lat > 36.6 && p->lat < 36.75 && p->lat == q->lat && p->lon == q->lon);
    assert_int_equal(p->precision, 2);
    assert_true(p->radius_m > 14000 && p->radius_m < 20000);
    assert_true(str_is(p->name, "Manbij") && str_is(q->name, "Jarabulus"));
    d = read_places("Talks between [Syria] and [Turkey] failed .");
    assert_int_equal(d->mentions.v[0].place.precision, 6);
    d = read_places("Envoys of [Manbij] and [Idlib] met .");
    assert_int_equal(d->mentions.v[0].place.precision, 1);
}

/* Places that are named but where nothing is said to be keep their use, and hold nothing. */
static void allusions_are_resolved_apart(void **state)
{
    (void)state;
    document *d = read_places("Reporters of the Damascus Post met in [Idlib] .");
    mention *m = array_push(&scratch, &d->allusions);
    *m =
        (mention){.kind = MENTION_LOCATION, .first = 3, .n = 1, .use = NAMED_NAME, .at = d->tokens.v[3].at};
    m = array_push(&scratch, &d->allusions);
    *m =
        (mention){.kind = MENTION_LOCATION, .first = 4, .n = 1, .use = NAMED_NAME, .at = d->tokens.v[4].at};
    place_run(g, d);
    assert_int_equal(d->allusions.n, 1); /* "Post" is none */
    assert_true(str_is(d->allusions.v[0].place.country, "SY"));
    assert_int_equal(d->mentions.n, 1);
    assert_int_equal(d->mentions.v[0].place.precision, 1);
}

static void nothing_known_gives_nothing(void **state)
{
    (void)state;
    document *d = read_places("Somebody saw [Qwrtzp] .");
    const place *p = &d->mentions.v[0].place;
    assert_false(p->has_point);
    assert_int_equal(p->precision, 0);
    assert_int_equal(p->geonameid, 0);
    assert_true(str_is(p->name, "Qwrtzp"));
    place_run(NULL, d);
    assert_true(str_is(p->name, "Qwrtzp"));
    document empty = {.arena = &scratch};
    place_run(g, &empty);
}

/* Mentions that point nowhere, and rows of the same word, are survived. */
static void odd_mentions_are_survived(void **state)
{
    (void)state;
    document *d = read_places("[Idlib] [Idlib] , [Idlib] , [Idlib] in [Idlib] of [Idlib] .");
    for (size_t i = 0; i < d->mentions.n; i++)
        if (d->mentions.v[i].place.match == MATCH_NONE) fail_msg("mention %zu", i);
    d->mentions.v[0].first = 4000000000u;
    d->mentions.v[1].n = 0;
    d->mentions.v[2].n = 4000000000u;
    place_run(g, d);
    assert_int_equal(d->mentions.v[0].place.match, MATCH_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_resolved_from_the_document),
        cmocka_unit_test(containment_reaches_backwards),
        cmocka_unit_test(one_spelling_is_one_place_in_a_document),
        cmocka_unit_test(distance_and_direction_move_the_point),
        cmocka_unit_test(between_two_towns_is_half_way),
        cmocka_unit_test(allusions_are_resolved_apart),
        cmocka_unit_test(nothing_known_gives_nothing),
        cmocka_unit_test(odd_mentions_are_survived),
    };
    return cmocka_run_group_tests_name("place/place", tests, build, drop);
}
