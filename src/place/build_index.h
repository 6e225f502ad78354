/* build_index: what the parts share that turn rows in tree order into the sections of the file.
 * In: rows in tree order. Out: entries and strings in temporary files, spellings in one temporary file for each range
 * of their hashes, so that a range at a time is sorted in memory. */
#ifndef SITREP_PLACE_BUILD_INDEX_H
#define SITREP_PLACE_BUILD_INDEX_H

#include "place/build_rows.h"
#include "place/translit.h"

enum { N_RANGES = 64 };

/* An area whose members are being read. */
typedef struct open_area {
    uint32_t entry; /* GAZ_NONE = none */
    gaz_entry e;
    double *lat, *lon; /* of its towns */
    size_t n, cap;
    uint64_t people;
} open_area;

/* An entry that is not as it was written: areas know their members only at their end. */
typedef struct patch {
    uint32_t entry;
    gaz_entry e;
} patch;

/* A base or region that lies in the division of the nearest town. */
typedef struct spot {
    uint32_t entry, admin1, admin2;
    gaz_entry e;
    double km;
} spot;

typedef struct index {
    builder *b;
    FILE *entries, *strings, *ranges[N_RANGES];
    uint32_t n_entries;
    uint64_t n_strings, n_postings;
    ARRAY(patch) patches;
    ARRAY(spot) spots;
    uint32_t countries[676];
    open_area country, first, second;
    str first_line; /* the row of `first`, whose capital shares its spellings; in first_memory */
    arena first_memory;
    translit *scripts;
    bool failed;
} index;

/* All spellings of a row as those of an entry; `seat`: lent by the capital that an area is called after. */
void spell_entry(index *x, const str cols[N_COLS], const gaz_entry *e, uint32_t as,
                 const gaz_entry *as_entry, bool seat);

/* A province and the capital that it is called after share their other spellings: "Halab" is Aleppo both ways. */
void spell_seat(index *x, const str area[N_COLS], const gaz_entry *area_entry, uint32_t area_at,
                const str seat[N_COLS], const gaz_entry *seat_entry, uint32_t seat_at);

/* What is left over of an area when its last member was read. */
void area_derive(open_area *o);

bool index_file_write(index *x, error *e);

#endif
