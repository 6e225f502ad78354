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
        if (opened && !gazetteer_check(opened, bad, &e)) { /* the rows: looked at only when asked for */
            gazetteer_close(opened);
            opened = NULL;
        }
        if (opened) print_message("byte %zu of %zu\n", at, bytes.len);
        assert_null(opened);
        copy[at] ^= 0x10;
    }
    unlink(bad.ptr);
    assert_null(gazetteer_open(STR("/nowhere/at/all"), &e));
    assert_int_equal(e.code, SITREP_NO_FILE);
}

static bool build_one(const char *text, const char *mapping, str out, error *e)
{
    gaz_source source = {fixture_file(&memory, text), str_from(mapping)};
    gaz_build b = {
        .sources = &source, .n_sources = 1, .codebooks = STR(SOURCE_ROOT "/codebooks"), .out = out};
    *e = (error){0};
    bool ok = gazetteer_build(&memory, &b, NULL, e);
    unlink(source.path.ptr);
    return ok;
}

static void bad_sources_name_file_and_line(void **state)
{
    (void)state;
    error e;
    str out = fixture_file(&memory, "");
    static const struct {
        const char *text;
        size_t line;
    } bad[] = {
        {"1\tA\tA\t\t1.0\t2.0\tP\tPPL\tSY\t\t\t\t\t\t5\t\t\t\t\nnot a row\n", 2},
        {"1\t2\ten\tName\t\t\t\t\t\t\n1\tx\ten\tName\t\t\t\t\t\t\n", 2},
        {"SY.12\tIdlib\tIdlib\t1\nnothing\n", 2},
        {"[{\"code\": \"SY.1\", \"name\": 1}, 7]", 1},
        {"[{\"code\": \"SY.1\"", 0},
        {"", 0},
        {"a,b,c\n1,2,3\n", 1},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(build_one(bad[i].text, "", out, &e));
        assert_int_equal(e.line, bad[i].line);
        assert_true(e.where[0] != 0);
    }
    unlink(out.ptr);
}

static gazetteer *open_one(const char *text, const char *mapping, str out)
{
    error e;
    if (!build_one(text, mapping, out, &e)) print_message("%s:%zu: %s\n", e.where, e.line, e.message);
    return gazetteer_open(out, &e);
}

static void csv_columns_are_mapped(void **state)
{
    (void)state;
    error e = {0};
    str out = fixture_file(&memory, "");
    static const char table[] =
        "P_CODE,NAME_EN,X,Y\nSY1,\"Town, \"\"Old\"\"\",36.5,35.5\r\nSY2,Plain Town,36.6,35.6\n";
    gazetteer *other = open_one(table, "name=NAME_EN,lat=Y,lon=X,country==SY,pcode=p_code", out);
    assert_non_null(other);
    gaz_match m[2];
    assert_int_equal(gazetteer_by_name(other, STR("Town Old"), m, 2), 1);
    assert_int_equal(other->entries[m[0].entry].lat_e6, 35500000);
    assert_int_equal(gazetteer_by_key(other, GAZ_MARK_PCODE, STR("sy1"), 0, GAZ_NONE, m, 2), 1);
    gazetteer_close(other);
    assert_false(build_one(table, "name=NOT_THERE", out, &e));
    assert_false(build_one(table, "nonsense=NAME_EN", out, &e));
    unlink(out.ptr);
}

/* The columns that tables of OCHA have are known by their headings; provinces are found by their names. */
static void pcode_tables_are_read(void **state)
{
    (void)state;
    str out = fixture_file(&memory, "");
    gazetteer *other =
        open_one("\xEF\xBB\xBF"
                 "ADM0_PCODE;ADM1_EN;ADM1_PCODE;ADM2_EN;ADM2_PCODE;village_en;village_pcode;lat;lon\n"
                 "#country+code;#adm1;;;;;;;\n"
                 "SY;Idleb;SY07;Harim;SY0703;Qah Sample;C4203;36.28;36.65\n"
                 "SY;Newprovince;SY99;Newdistrict;SY9901;Zzanur;C9;35.1;37.2\n",
                 "", out);
    assert_non_null(other);
    gaz_match m[4];
    assert_int_equal(gazetteer_by_name(other, STR("Qah Sample"), m, 4), 1);
    const gaz_entry *e = &other->entries[m[0].entry];
    uint32_t province = e->admin1;
    assert_int_equal(gazetteer_by_name(other, STR("Idlib"), m, 4),
                     1); /* codebooks/places/divisions.txt: Idleb, too */
    assert_int_equal(m[0].entry, province);
    assert_true(str_is(gazetteer_name(other, e->admin2), "Harim"));
    assert_int_equal(gazetteer_by_key(other, GAZ_MARK_PCODE, STR("sy07"), 0, GAZ_NONE, m, 4), 1);
    assert_int_equal(m[0].entry, e->admin1);
    assert_int_equal(gazetteer_by_name(other, STR("Zzanur"), m, 4), 1);
    e = &other->entries[m[0].entry];
    assert_true(str_is(gazetteer_name(other, e->admin1), "Newprovince"));
    assert_true(str_is(gazetteer_name(other, e->admin2), "Newdistrict"));
    gazetteer_close(other);
    unlink(out.ptr);
}

/* alternateNamesV2, admin1CodesASCII, featureCodes beside the table that they belong to. */
static void tables_of_geonames_go_together(void **state)
{
    (void)state;
    gaz_source sources[] = {
        {fixture_file(&memory, "1\t90000100\ten\tSecond "
                               "Name\t\t\t\t\t\t\n2\t90000100\tlink\thttps://example.org/Link\t\t\t\t\t\t\n"
                               "3\t99999999\ten\tOf nothing\t\t\t\t\t\t\n"),
         {0}},
        {fixture_file(&memory, "90000100\tFirst Name\tFirst "
                               "Name\t\t35.0\t36.0\tP\tPPL\tQQ\t\t05\t\t\t\t20000\t\t\t\t2020-01-01\n"),
         {0}},
        {fixture_file(&memory, "QQ.05\tThe Province\tThe Province\t90000101\n"), {0}},
        {fixture_file(&memory, "P.PPL\tpopulated thing\ta place\nnull\tnot available\t\n"), {0}}};
    str out = fixture_file(&memory, "");
    error e;
    gaz_build b = {.sources = sources, .n_sources = 4, .out = out, .without_rows = true};
    assert_true(gazetteer_build(&memory, &b, NULL, &e));
    gazetteer *other = gazetteer_open(out, &e);
    assert_non_null(other);
    gaz_match m[4];
    assert_int_equal(gazetteer_by_name(other, STR("Second Name"), m, 4), 1);
    assert_int_equal(m[0].spelling, GAZ_ALTERNATE);
    assert_true(str_is(gazetteer_name(other, m[0].entry), "First Name"));
    assert_true(str_is(gazetteer_name(other, other->entries[m[0].entry].admin1), "The Province"));
    assert_int_equal(gazetteer_by_name(other, STR("Of nothing"), m, 4), 0);
    assert_int_equal(gazetteer_by_name(other, STR("https://example.org/Link"), m, 4), 0);
    gazetteer_close(other);
    gaz_source built = {out, {0}}; /* without rows it is no source */
    str again = fixture_file(&memory, "");
    b = (gaz_build){.sources = &built, .n_sources = 1, .out = again};
    assert_false(gazetteer_build(&memory, &b, NULL, &e));
    for (int i = 0; i < 4; i++) unlink(sources[i].path.ptr);
    unlink(again.ptr);
    unlink(out.ptr);
}

/* A gazetteer is a source like others: the same places come out, and new ones join. */
static void gazetteers_are_merged(void **state)
{
    (void)state;
    gaz_source sources[] = {
        {path, {0}},
        {fixture_file(&memory, "name,lat,lon,country,admin1\nKafr Nabil,35.614,36.562,SY,Idlib\nSqelbiyeh "
                               "Sample,35.3,36.4,SY,Idlib\n"),
         {0}}};
    str out = fixture_file(&memory, "");
    error e = {0};
    gaz_build_report r;
    gaz_build b = {
        .sources = sources, .n_sources = 2, .codebooks = STR(SOURCE_ROOT "/codebooks"), .out = out};
    assert_true(gazetteer_build(&memory, &b, &r, &e));
    assert_int_equal(r.n_entries, report.n_entries + 2);
    gazetteer *other = gazetteer_open(out, &e);
    gaz_match m[4];
    assert_int_equal(gazetteer_by_name(other, STR("Sqelbiyeh Sample"), m, 4), 1);
    assert_int_equal(gazetteer_by_name(other, STR("Manbij"), m, 4), 1);
    assert_true(gazetteer_check(other, out, &e));
    gazetteer_close(other);
    unlink(sources[1].path.ptr);
    unlink(out.ptr);
}

/* So little memory for sorting that all goes over the disk. */
static void memory_for_sorting_changes_nothing(void **state)
{
    (void)state;
    gaz_source source = {path, {0}};
    str out[2], bytes[2];
    error e = {0};
    for (int i = 0; i < 2; i++) {
        out[i] = fixture_file(&memory, "");
        gaz_build b = {
            .sources = &source, .n_sources = 1, .codebooks = STR(SOURCE_ROOT "/codebooks"), .out = out[i]};
        b.memory_bytes = i ? 20000 : 64 << 20;
        assert_true(gazetteer_build(&memory, &b, NULL, &e));
        assert_true(os_read_file(&memory, out[i], &bytes[i], &e));
        unlink(out[i].ptr);
    }
    assert_true(str_eq(bytes[0], bytes[1]));
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
        cmocka_unit_test(pcode_tables_are_read),
        cmocka_unit_test(tables_of_geonames_go_together),
        cmocka_unit_test(gazetteers_are_merged),
        cmocka_unit_test(memory_for_sorting_changes_nothing),
    };
    return cmocka_run_group_tests_name("place/gazetteer", tests, build, drop);
}
