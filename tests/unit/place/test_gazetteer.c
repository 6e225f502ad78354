#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <unistd.h>

#include "base/os.h"
#include "fixture.h"
#include "place/gazetteer.h"

static arena memory;
static str path;
static gazetteer *g;
static gaz_build_report report;

static int build(void **state)
{
    (void)state;
    error e;
    arena_init(&memory, 0);
    path = fixture_gazetteer(&memory, &report);
    g = gazetteer_open(path, &e);
    return g ? 0 : -1;
}

static int drop(void **state)
{
    (void)state;
    gazetteer_close(g);
    unlink(path.ptr);
    arena_release(&memory);
    return 0;
}

static void find_tells_how_well_a_spelling_is_known(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        bool known, country, admin;
        const char *iso;
        uint64_t at_least;
    } rows[] = {
        {"Idlib", true, false, true, "SY", 128840},
        {"IDLIB", true, false, true, "SY", 128840},
        {"Halab", true, false, true, "SY", 1000000},
        {"ALP", false, false, false, "", 0},
        {"adlb", false, false, false, "", 0},
        {"Kafar Nabl", true, false, false, "SY", 15455},
        {"al-Qamishly", true, false, false, "SY", 1000},
        {"Tel Abyad", true, false, false, "SY", 14825},
        {"Deir Ezzor", true, false, true, "SY", 200000},
        {"Syria", true, true, false, "SY", 1000000},
        {"U.S.", true, true, false, "US", 1000000},
        {"US", true, true, false, "US", 1000000},
        {"us", false, false, false, "", 0},
        {"Zaire", true, true, false, "CD", 1000000},
        {"Syrian", false, false, false, "", 0},
        {"Of", false, false, false, "", 0},
        {"Police", false, false, false, "", 0},
        {"March", false, false, false, "", 0},
        {"Army", false, false, false, "", 0},
        {"Van", true, false, false, "TR", 371713},
        {"Lebanon", true, true, false, "LB", 1000000},
        {"Paris", true, false, false, "FR", 2138551},
        {"Kiev", true, false, true, "UA", 2797553},
        {"Artemivsk", true, false, false, "UA", 75798},
        {"Munbej", false, false, false, "", 0},
        {"", false, false, false, "", 0},
        {"\xD8\xAD\xD9\x84\xD8\xA8", true, false, true, "SY", 1000000},
    };
    place_lookup l = gazetteer_lookup(g);
    size_t failed = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        place_hint h = l.find(l.table, str_from(rows[i].name));
        if (h.known == rows[i].known && h.is_country == rows[i].country && h.is_admin == rows[i].admin
            && strcmp(h.country, rows[i].iso) == 0 && h.population >= rows[i].at_least)
            continue;
        print_message("%s: known %d country %d admin %d %s %zu\n", rows[i].name, h.known, h.is_country,
                      h.is_admin, h.country, (size_t)h.population);
        failed++;
    }
    assert_int_equal(failed, 0);
}

static void sources_are_merged(void **state)
{
    (void)state;
    gaz_match m[8];
    assert_int_equal(gazetteer_by_name(g, STR("Manbij"), m, 8), 1);
    assert_int_equal(g->entries[m[0].entry].geonameid, 90000003);
    assert_int_equal(gazetteer_by_name(g, STR("Jarabulus"), m, 8), 1);
    const gaz_entry *e = &g->entries[m[0].entry];
    assert_true(str_is(gazetteer_name(g, e->admin1), "Aleppo"));
    assert_int_equal(gazetteer_by_name(g, STR("Paris"), m, 8), 3);
}

static void areas_get_point_and_extent_from_their_members(void **state)
{
    (void)state;
    gaz_match m[8];
    size_t n = gazetteer_by_name(g, STR("Texas"), m, 8);
    assert_int_equal(n, 1);
    const gaz_entry *e = &g->entries[m[0].entry];
    assert_true(gaz_is_admin(e, '1'));
    assert_true(e->flags & GAZ_HAS_POINT);
    assert_true(e->radius_m > 0);
    assert_int_equal(gazetteer_by_name(g, STR("Lamar County"), m, 8), 1);
    assert_true(gaz_is_admin(&g->entries[m[0].entry], '2'));
}

static void consonants_match_inside_a_province(void **state)
{
    (void)state;
    gaz_match m[8];
    gazetteer_by_name(g, STR("Aleppo"), m, 8);
    uint32_t area = gaz_is_admin(&g->entries[m[0].entry], '1') ? m[0].entry : m[1].entry;
    assert_int_equal(gazetteer_by_skeleton(g, STR("Munbej"), area, g->entries[area].members_end, m, 8), 1);
    assert_int_equal(m[0].spelling, GAZ_SKELETON);
    assert_int_equal(gazetteer_by_skeleton(g, STR("Kerbela"), area, g->entries[area].members_end, m, 8), 0);
}

static void demonyms_lead_to_their_country(void **state)
{
    (void)state;
    assert_int_equal(gazetteer_demonym(g, STR("Syrians")), gazetteer_country(g, "SY"));
    assert_int_equal(gazetteer_demonym(g, STR("Idlib")), GAZ_NONE);
    assert_int_equal(gazetteer_country(g, "QQ"), GAZ_NONE);
    assert_int_equal(gazetteer_country(g, "s1"), GAZ_NONE);
}

static void the_same_input_gives_the_same_bytes(void **state)
{
    (void)state;
    error e;
    str other = fixture_gazetteer(&memory, NULL), a, b;
    assert_true(os_read_file(&memory, path, &a, &e));
    assert_true(os_read_file(&memory, other, &b, &e));
    assert_true(str_eq(a, b));
    unlink(other.ptr);
}

static void write_bytes(str file, str bytes)
{
    FILE *f = fopen(file.ptr, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, f), bytes.len);
    fclose(f);
}

static void damaged_files_are_refused(void **state)
{
    (void)state;
    error e;
    str bytes, bad = fixture_file(&memory, "");
    assert_true(os_read_file(&memory, path, &bytes, &e));
    char *copy = arena_new(&memory, char, bytes.len + 1);
    memcpy(copy, bytes.ptr, bytes.len);
    static const size_t cuts[] = {0, 1, 7, 8, 100, 255, 256, 300, 4096};
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        write_bytes(bad, (str){copy, cuts[i]});
        assert_null(gazetteer_open(bad, &e));
        assert_int_equal(e.code, SITREP_BAD_MODEL);
    }
    write_bytes(bad, (str){copy, bytes.len - 1});
    assert_null(gazetteer_open(bad, &e));
    write_bytes(bad, (str){copy, bytes.len + 1});
    assert_null(gazetteer_open(bad, &e));
    /* One flipped bit anywhere but in the padding between sections. */
    for (size_t at = 0; at < bytes.len; at += at < 256 ? 3 : bytes.len / 97) {
        copy[at] ^= 0x10;
        write_bytes(bad, (str){copy, bytes.len});
        gazetteer *opened = gazetteer_open(bad, &e);
        if (opened) print_message("byte %zu of %zu\n", at, bytes.len);
        assert_null(opened);
        copy[at] ^= 0x10;
    }
    unlink(bad.ptr);
    assert_null(gazetteer_open(STR("/nowhere/at/all"), &e));
    assert_int_equal(e.code, SITREP_NO_FILE);
}

static void bad_sources_name_file_and_line(void **state)
{
    (void)state;
    error e;
    str file = fixture_file(&memory, "1\tA\tA\t\t1.0\t2.0\tP\tPPL\tSY\t\t\t\t\t\t5\t\t\t\t\nnot a row\n");
    str out = fixture_file(&memory, "");
    gaz_source s = {SOURCE_GEONAMES, file, {0}};
    assert_false(gazetteer_build(&memory, &s, 1, STR(""), out, NULL, &e));
    assert_int_equal(e.line, 2);
    assert_string_equal(e.where, file.ptr);
    s.kind = SOURCE_CITIES_JSON;
    assert_false(gazetteer_build(&memory, &s, 1, STR(""), out, NULL, &e));
    unlink(file.ptr);
    unlink(out.ptr);
}

static void csv_columns_are_mapped(void **state)
{
    (void)state;
    error e = {0};
    str file = fixture_file(
        &memory, "P_CODE,NAME_EN,X,Y\nSY1,\"Town, \"\"Old\"\"\",36.5,35.5\r\nSY2,Plain,36.6,35.6\n");
    str out = fixture_file(&memory, "");
    gaz_source s = {SOURCE_CSV, file, STR("name=NAME_EN,lat=Y,lon=X,country==SY")};
    assert_true(gazetteer_build(&memory, &s, 1, STR(""), out, NULL, &e));
    gazetteer *other = gazetteer_open(out, &e);
    assert_non_null(other);
    gaz_match m[2];
    assert_int_equal(gazetteer_by_name(other, STR("Town Old"), m, 2), 1);
    assert_int_equal(other->entries[m[0].entry].lat_e6, 35500000);
    gazetteer_close(other);
    s.mapping = STR("name=NOT_THERE");
    assert_false(gazetteer_build(&memory, &s, 1, STR(""), out, NULL, &e));
    unlink(file.ptr);
    unlink(out.ptr);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(find_tells_how_well_a_spelling_is_known),
        cmocka_unit_test(sources_are_merged),
        cmocka_unit_test(areas_get_point_and_extent_from_their_members),
        cmocka_unit_test(consonants_match_inside_a_province),
        cmocka_unit_test(demonyms_lead_to_their_country),
        cmocka_unit_test(the_same_input_gives_the_same_bytes),
        cmocka_unit_test(damaged_files_are_refused),
        cmocka_unit_test(bad_sources_name_file_and_line),
        cmocka_unit_test(csv_columns_are_mapped),
    };
    return cmocka_run_group_tests_name("place/gazetteer", tests, build, drop);
}
