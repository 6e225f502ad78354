/* build_rows: what the parts of the builder share: rows in the form of GeoNames lines.
 * In: sources. Out: rows that know where they stand in the tree of countries and divisions. */
#ifndef SITREP_PLACE_BUILD_ROWS_H
#define SITREP_PLACE_BUILD_ROWS_H

#include "base/array.h"
#include "base/map.h"
#include "place/build.h"
#include "place/format.h"
#include "place/geo.h"
#include "place/rules.h"

/* The columns of GeoNames, and behind them what our tables add. */
enum {
    COL_ID,
    COL_NAME,
    COL_ASCII,
    COL_ALTERNATES,
    COL_LAT,
    COL_LON,
    COL_CLASS,
    COL_CODE,
    COL_COUNTRY,
    COL_ADMIN1 = 10,
    COL_ADMIN2 = 11,
    COL_POPULATION = 14,
    COL_RADIUS = 19, /* kilometres */
    COL_DEMONYMS,    /* comma-separated */
    COL_CURATED,     /* "1": from a table of the codebook */
    N_COLS
};

typedef struct build_row {
    str line;
    uint32_t geonameid;
    uint32_t admin1, admin2; /* running numbers of the codes within their country; 0 = none */
    uint32_t sequence;       /* order of reading */
    uint32_t also;           /* a row of the same thing, whose spellings count too; GAZ_NONE = none */
    char country[2];
    uint8_t rank; /* 0: the country or division itself, 1: what lies in it */
    bool dropped;
} build_row;

typedef ARRAY(build_row) build_row_array;

typedef struct builder {
    arena *a;
    build_row_array rows;
    ARRAY(uint32_t) divisions; /* rows of first-order divisions */
    map codes;                 /* "SY.12", "SY.12.0317" -> running number */
    uint32_t n_codes;
    place_rules rules;
    str rules_text, stops_text;
    gaz_build_report report;
} builder;

void row_columns(str line, str cols[N_COLS]);

/* Adds a row; the line must live as long as the builder. False if it is no place. */
bool row_add(builder *b, str line);

/* A line of our own making; NULL strings are empty columns. */
str row_line(arena *a, const str cols[N_COLS]);

void rows_reserve(builder *b, size_t n_more);

bool str_to_number(str s, double *value);

bool source_read(builder *b, const gaz_source *s, error *e);
bool tables_read(builder *b, str codebooks, error *e);

/* Joins rows of one thing, drops what other sources have already, and sorts into tree order. */
void rows_merge(builder *b);

/* Entries, spellings, sections, file. */
bool index_write(builder *b, str out, error *e);

#endif
