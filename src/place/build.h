/* build: compiles a gazetteer file.
 * In: GeoNames tables, JSON and CSV files of places, the tables of the codebook folder. Out: one file as
 * place/format.h draws it; the same input gives the same bytes.
 * Every source is brought to one form first, the line of a GeoNames table, so that merging, sorting and
 * indexing know only that. Sources are mapped and rows point into them. */
#ifndef SITREP_PLACE_BUILD_H
#define SITREP_PLACE_BUILD_H

#include "base/arena.h"
#include "base/error.h"

typedef enum gaz_source_kind {
    SOURCE_GEONAMES,    /* tab-separated, 19 columns (download.geonames.org/export/dump) */
    SOURCE_CITIES_JSON, /* [{"name", "lat", "lng", "country", "admin1", "admin2"}] */
    SOURCE_ADMIN_JSON,  /* [{"code": "SY.12", "name"}], first or second order by the dots in the code */
    SOURCE_CSV          /* comma-separated with a heading, columns by `mapping` */
} gaz_source_kind;

typedef struct gaz_source {
    gaz_source_kind kind;
    str path;
    str mapping; /* of CSV: "name=ADM3_EN,lat=Y,lon=X,country==SY,admin1=ADM1_EN"; "==" gives a constant */
} gaz_source;

typedef struct gaz_build_report {
    size_t n_read, n_merged, n_entries, n_spellings, n_without_point, file_bytes;
} gaz_build_report;

/* Reads the sources in order (of two rows for one thing the first that has a value gives it, both give
 * spellings), then the tables of the folder `codebooks` ("" = none), and writes `out`, first to a file beside it that is then renamed.
 * Memory comes from the arena. `report` may be NULL. */
bool gazetteer_build(arena *a, const gaz_source *sources, size_t n_sources, str codebooks, str out,
                     gaz_build_report *report, error *e);

#endif
