/* build_rows: what the parts of the builder share: rows, and what is done with them in turn.
 * In: sources. Out: rows that know where they stand in the tree of countries and divisions. */
#ifndef SITREP_PLACE_BUILD_ROWS_H
#define SITREP_PLACE_BUILD_ROWS_H

#include <stdio.h>

#include "base/array.h"
#include "base/map.h"
#include "place/build.h"
#include "place/format.h"
#include "place/geo.h"
#include "place/rules.h"
#include "place/sorter.h"

/* The columns of a row; a line of them stands apart by tabs. */
enum {
    COL_ID, /* GeoNames; "" = none */
    COL_NAME,
    COL_ASCII,      /* "" = like the name */
    COL_ALTERNATES, /* of a source; comma-separated */
    COL_LAT,
    COL_LON,
    COL_CLASS,
    COL_CODE,
    COL_COUNTRY,
    COL_ADMIN1, /* GeoNames' code; "=NAME" where the source gives the name */
    COL_ADMIN2,
    COL_POPULATION,
    COL_RADIUS,         /* kilometres */
    COL_DEMONYMS,       /* comma-separated */
    COL_PCODE,          /* OCHA's; several with ',' between */
    COL_CURATED,        /* GAZ_OF_TABLE, GAZ_OF_QUARTERS: from a table of the codebook */
    COL_NAMES,          /* of the rows that were joined to this one; GAZ_NAME_BREAK between */
    COL_OWN_ALTERNATES, /* of a table of the codebook; comma-separated */
    N_COLS
};

#define GAZ_OF_TABLE "1"
#define GAZ_OF_QUARTERS "2" /* that of neighbourhoods */
#define GAZ_NAME_BREAK '\x1F'
#define GAZ_CLASS_NAMES "*" /* a row that only gives further names of its number */

enum { ROW_MAX = 256 * 1024 }; /* bytes; longer ones are no places */

/* Everything that is known while a file is made. */
typedef struct builder {
    arena *a;
    arena row; /* scratch: reset for every row */
    const gaz_build *build;
    str folder; /* of the file that is made */
    sorter *by_number, *by_tree, *joined;
    uint32_t n_rows;       /* that were read */
    map codes;             /* "SY.12", "SY.12.0317": there is a division of this code */
    map names, bare_names; /* "SY|generic key", "SY.12|generic key" -> index into `code_of` */
    ARRAY(str) code_of;
    map pcodes;  /* divisions by P-code that were made already */
    FILE *spool; /* rows by number; those without one first */
    FILE *rows;  /* what goes into GAZ_ROWS, deflated */
    struct packer *packer;
    ARRAY(uint32_t) target; /* of each row without number: the row that it is joined to */
    uint32_t n_spooled, n_numberless;
    place_rules rules;
    str rules_text, stops_text, features_text;
    gaz_build_report report;
} builder;

void row_columns(str line, str cols[N_COLS]);

/* The line of a row in the arena; control characters become spaces. NULL strings are empty columns. */
str row_line(arena *a, const str cols[N_COLS]);

/* Joins the second row to the first, which keeps its values; new strings lie in the arena. */
void row_join(arena *a, str cols[N_COLS], const str other[N_COLS]);

/* Where in the tree a row stands. */
typedef struct row_spot {
    char country[2]; /* zero bytes: none */
    str admin1, admin2;
    bool is_area; /* the country or division itself */
} row_spot;
row_spot row_spot_of(const str cols[N_COLS]);

/* Takes a row in. False with *e where it could not be kept; *is_place tells whether it is a place at all. */
bool row_add(builder *b, const str cols[N_COLS], bool *is_place, error *e);

/* Remembers what code and names a division has; of one with a code of its own. */
void row_note_division(builder *b, const str cols[N_COLS]);

bool str_to_number(str s, double *value);

/* The code of a division by one of its names, or NULL. `within`: "SY" or "SY.12". */
str division_by_name(const builder *b, str within, str name, bool bare);

bool source_read(builder *b, const gaz_source *s, error *e);
bool json_read(builder *b, str path, error *e);
bool words_read(builder *b, str codebooks, error *e);
bool tables_read(builder *b, str codebooks, error *e);

/* The passes: by_number -> spool -> by_tree. */
bool rows_merge(builder *b, error *e);

/* by_tree -> entries, spellings, sections, file. */
bool index_write(builder *b, error *e);

/* Deflates what is put into it to a file. */
struct packer *packer_open(FILE *to);
bool packer_put(struct packer *p, str bytes);
bool packer_end(struct packer *p);
void packer_close(struct packer *p);

#endif
