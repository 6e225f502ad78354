#define _POSIX_C_SOURCE 200809L
#include "fixture.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Towns of ten countries, with namesakes far away. Identifiers are those of GeoNames, or from 90000001 where the
 * row is invented. Columns: id, name, alternates, lat, lon, code, country, admin1, admin2, population. */
#define ROW(id, name, alt, lat, lon, code, country, a1, a2, pop)                                           \
    id "\t" name "\t" name "\t" alt "\t" lat "\t" lon "\tP\t" code "\t" country "\t\t" a1 "\t" a2          \
       "\t\t\t" pop "\t\t1\tEtc/UTC\t2020-01-01\n"

static const char towns[] = ROW("169389", "Idlib", "Idleb,İdlib,إدلب,Идлиб,adlb", "35.93062", "36.63393",
                                "PPLA", "SY", "12", "", "128840")
    ROW("170063", "Aleppo", "Halab,Haleb,Alep,حلب,ALP", "36.20124", "37.16117", "PPLA", "SY", "09", "",
        "1602264") ROW("90000001", "Kafr Nabl", "Kafranbel,كفر نبل", "35.61389", "36.56111", "PPL", "SY",
                       "12", "", "15455") ROW("90000002", "Ma`arrat an Nu`man", "Maaret al-Numan",
                                              "35.64305", "36.66845", "PPLA2", "SY", "12", "", "90000")
        ROW("90000003", "Manbij", "Membij,Menbij", "36.52814", "37.95494", "PPLA2", "SY", "09", "", "71000")
            ROW("90000004", "Al Qāmishlī", "Qamishli,Kamishli", "37.05207", "41.2314", "PPLA2", "SY", "01",
                "", "184231") ROW("173811", "Al Ḩasakah", "Hasaka,Hasakeh", "36.50237", "40.74772", "PPLA",
                                  "SY", "01", "", "188160")
                ROW("90000005", "Tall Abyaḑ", "Tell Abyad", "36.69764", "38.95671", "PPL", "SY", "04", "",
                    "14825") ROW("90000006", "Dayr az Zawr", "Deir ez-Zor", "35.33588", "40.14084", "PPLA",
                                 "SY", "07", "", "242565") ROW("90000007", "Karbala", "Kerbala", "32.61603",
                                                               "44.02488", "PPLA", "IQ", "12", "", "434450")
                    ROW("99072", "Mosul", "Al Mawsil,Mossul", "36.335", "43.11889", "PPLA", "IQ", "15", "",
                        "1739800") ROW("98182", "Baghdad", "Bagdad", "33.34058", "44.40088", "PPLC", "IQ",
                                       "07", "", "7216000")
                        ROW("1141269", "Ghazni", "Ghazna", "33.55391", "68.42096", "PPLA", "AF", "08", "",
                            "141000") ROW("1138958", "Kabul", "Caboul", "34.52813", "69.17233", "PPLC",
                                          "AF", "13", "", "3043532") ROW("703448", "Kyiv", "Kiev,Київ,Киев",
                                                                         "50.45466", "30.5238", "PPLC",
                                                                         "UA", "12", "", "2797553")
                            ROW("709717", "Donetsk", "Donets'k,Донецьк", "48.023", "37.80224", "PPLA", "UA",
                                "05", "", "901645") ROW("711104", "Bakhmut", "Artemivsk,Artemovsk,Бахмут",
                                                        "48.59446", "38.00187", "PPLA2", "UA", "05", "",
                                                        "75798") ROW("90000008", "Debal’tseve",
                                                                     "Debaltsevo", "48.34", "38.4", "PPL",
                                                                     "UA", "05", "", "24209")
                                ROW("2988507", "Paris", "Parigi", "48.85341", "2.3488", "PPLC", "FR", "11",
                                    "75", "2138551") ROW("4717560", "Paris", "", "33.66094",
                                                         "-95.55551", "PPLA2", "US", "TX", "277", "24782")
                                    ROW("4402452", "Paris", "", "39.48", "-92.0", "PPL", "US",
                                        "MO", "", "1220") ROW("4075321", "Lebanon", "", "40.0", "-86.4",
                                                              "PPLA2", "US", "IN", "", "15800")
                                        ROW("5099836", "Jersey City", "", "40.72816", "-74.07764", "PPLA2",
                                            "US", "NJ", "", "264290") ROW("90000009", "Damascus", "",
                                                                          "39.28", "-77.2", "PPL",
                                                                          "US", "MD", "", "15257")
                                            ROW("170654", "Damascus", "Dimashq,Sham,دمشق",
                                                "33.5102", "36.29128", "PPLC", "SY", "13", "", "1569394")
                                                ROW("90000010", "Tripoli", "Tarabulus", "32.88743",
                                                    "13.18733", "PPLC", "LY", "77", "", "1150989")
                                                    ROW("90000011", "Tripoli", "Trablous", "34.43352",
                                                        "35.84415", "PPLA", "LB", "09", "", "229398")
                                                        ROW("90000012", "Van", "", "38.49457", "43.38323",
                                                            "PPLA", "TR", "65", "",
                                                            "371713") ROW("90000013", "Of", "", "40.94",
                                                                          "40.27", "PPL", "TR", "61",
                                                                          "", "17000")
                                                            ROW("90000014", "Police", "", "53.55", "14.57",
                                                                "PPLA2", "PL", "87", "",
                                                                "34318") ROW("90000015", "March", "",
                                                                             "52.55", "0.09", "PPL", "GB",
                                                                             "ENG", "", "19126")
                                                                ROW("90000016", "Army", "",
                                                                    "10", "10", "PPL", "NG", "", "",
                                                                    "900") ROW("90000017", "Maiduguri",
                                                                               "Yerwa", "11.84692",
                                                                               "13.15712", "PPLA", "NG",
                                                                               "27", "", "1112449")
                                                                    ROW("90000018", "Gao", "", "16.27167",
                                                                        "-0.04472", "PPLA", "ML", "09", "",
                                                                        "87000") ROW("90000019",
                                                                                     "Al-Fashir",
                                                                                     "El Fasher",
                                                                                     "13.62793", "25.34936",
                                                                                     "PPLA", "SD", "55", "",
                                                                                     "252609")
                                                                        ROW("90000020", "Ta`izz", "Taiz",
                                                                            "13.57952", "44.02091", "PPLA",
                                                                            "YE", "25", "", "615222")
                                                                            ROW("90000021", "Marib",
                                                                                "Ma'rib", "15.46253",
                                                                                "45.32580", "PPLA", "YE",
                                                                                "14", "", "16794")
                                                                                ROW("90000022", "Mogadishu",
                                                                                    "Muqdisho", "2.03711",
                                                                                    "45.34375", "PPLC",
                                                                                    "SO", "02", "",
                                                                                    "2587183")
                                                                                    ROW("90000023",
                                                                                        "Zalmora", "",
                                                                                        "37.1", "-3.6",
                                                                                        "PPL", "ES", "51",
                                                                                        "", "1200");

static const char provinces[] =
    "[{\"code\":\"SY.12\",\"name\":\"Idlib\"},{\"code\":\"SY.09\",\"name\":\"Aleppo\"},"
    "{\"code\":\"SY.01\",\"name\":\"Al-Hasakah\"},{\"code\":\"SY.04\",\"name\":\"Raqqa\"},"
    "{\"code\":\"SY.07\",\"name\":\"Deir ez-Zor\"},{\"code\":\"SY.13\",\"name\":\"Damascus Governorate\"},"
    "{\"code\":\"IQ.15\",\"name\":\"Nineveh\"},{\"code\":\"IQ.12\",\"name\":\"Karbala\"},"
    "{\"code\":\"IQ.07\",\"name\":\"Baghdad\"},{\"code\":\"AF.08\",\"name\":\"Ghazni\"},"
    "{\"code\":\"AF.13\",\"name\":\"Kabul\"},{\"code\":\"UA.05\",\"name\":\"Donetsk Oblast\"},"
    "{\"code\":\"UA.12\",\"name\":\"Kyiv City\"},{\"code\":\"US.TX\",\"name\":\"Texas\"},"
    "{\"code\":\"US.MO\",\"name\":\"Missouri\"},{\"code\":\"US.IN\",\"name\":\"Indiana\"},"
    "{\"code\":\"US.NJ\",\"name\":\"New Jersey\"},{\"code\":\"US.MD\",\"name\":\"Maryland\"},"
    "{\"code\":\"LY.77\",\"name\":\"Tripoli\"},{\"code\":\"NG.27\",\"name\":\"Borno State\"},"
    "{\"code\":\"SD.55\",\"name\":\"Northern Darfur\"},{\"code\":\"YE.14\",\"name\":\"Marib\"}]";

static const char districts[] = "[{\"code\":\"US.TX.277\",\"name\":\"Lamar County\"}]";

/* A town that the table has too, a little apart, and one that it has not. */
static const char later[] = "[{\"name\":\"Manbij\",\"lat\":\"36.53\",\"lng\":\"37.96\",\"country\":\"SY\","
                            "\"admin1\":\"09\",\"admin2\":\"\"},"
                            "{\"name\":\"Jarabulus\",\"lat\":\"36.8175\",\"lng\":\"38.0111\",\"country\":"
                            "\"SY\",\"admin1\":\"09\",\"admin2\":\"\"}]";

str fixture_file(arena *a, const char *text)
{
    str path = arena_format(a, "%s/sitrep-place-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    int fd = mkstemp((char *)(uintptr_t)path.ptr);
    FILE *f = fd < 0 ? NULL : fdopen(fd, "wb");
    if (!f || fputs(text, f) < 0 || fclose(f) != 0) abort();
    return path;
}

str fixture_gazetteer(arena *a, gaz_build_report *report)
{
    gaz_source sources[] = {{fixture_file(a, towns), {0}},
                            {fixture_file(a, provinces), {0}},
                            {fixture_file(a, districts), {0}},
                            {fixture_file(a, later), {0}}};
    str out = fixture_file(a, "");
    error e = {0};
    gaz_build build = {
        .sources = sources, .n_sources = 4, .codebooks = STR(SOURCE_ROOT "/codebooks"), .out = out};
    if (!gazetteer_build(a, &build, report, &e)) {
        fprintf(stderr, "%s:%zu: %s\n", e.where, e.line, e.message);
        abort();
    }
    for (int i = 0; i < 4; i++) unlink(sources[i].path.ptr);
    return out;
}
