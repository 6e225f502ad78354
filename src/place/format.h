/* format: the gazetteer file, which is mapped and read where it lies.
 *
 *   header | sections, each at a multiple of 8 bytes
 *
 *   STRINGS    names, each closed by a NUL
 *   ENTRIES    gaz_entry, in the order of a tree: a country, then its first-order divisions, each followed by
 *              its second-order divisions, each followed by its places. The members of an area are the run
 *              of entries behind it, so that "in this province" is a range of numbers.
 *   BUCKETS    uint32 per bucket and one more: where its postings begin
 *   POSTINGS   gaz_posting: the spellings, by bucket (the high bits of the key's hash), then by tag (its low
 *              bits), then by entry. Keys are not stored: bucket and tag together are at least 48 bits.
 *   COUNTRIES  uint32[676]: the entry of each ISO 3166-1 alpha-2 code, "AA" first
 *   RULES      text of codebooks/en/place-generics.txt
 *   STOPS      text of codebooks/en/not-places.txt
 *   FEATURES   lines "A.ADM1 TAB province"
 *   ROWS       the rows that the file was built from (place/build_rows.h; without those of the codebooks' tables),
 *              deflated (RFC 1950), so that it can be merged with other sources; empty where that is not wanted
 *
 * Numbers are little-endian. A file of another version, shorter or longer than it says, or with another
 * checksum is refused. */
#ifndef SITREP_PLACE_FORMAT_H
#define SITREP_PLACE_FORMAT_H

#include "base/str.h"

enum { GAZ_VERSION = 2 };
#define GAZ_NONE UINT32_MAX

typedef enum gaz_section_kind {
    GAZ_STRINGS,
    GAZ_ENTRIES,
    GAZ_BUCKETS,
    GAZ_POSTINGS,
    GAZ_COUNTRIES,
    GAZ_RULES,
    GAZ_STOPS,
    GAZ_FEATURES,
    GAZ_ROWS,
    N_GAZ_SECTIONS
} gaz_section_kind;

typedef struct gaz_section {
    uint64_t offset, len_bytes, checksum;
} gaz_section;

typedef struct gaz_header {
    char magic[8];                /* "SITREPGZ" */
    uint32_t version, byte_order; /* 0x01020304 as this machine writes it */
    uint64_t file_bytes;
    uint32_t bucket_bits, n_sources;
    gaz_section sections[N_GAZ_SECTIONS];
    uint64_t checksum; /* of the header up to here */
} gaz_header;

typedef struct gaz_entry {
    uint32_t name;      /* offset in STRINGS */
    uint32_t geonameid; /* 0 = the source has none */
    int32_t lat_e6, lon_e6;
    uint32_t population;     /* 0 = not known */
    uint32_t radius_m;       /* 0 = not known */
    uint32_t admin1, admin2; /* the entries of its divisions, GAZ_NONE = not known */
    uint32_t members_end;    /* members are (this, members_end); of areas */
    char country[2];         /* zero bytes = of no country */
    char feature[6];         /* GeoNames feature code */
    char feature_class;      /* GeoNames: A area, P town, H water, L region, S spot, T height … */
    uint8_t flags;
    uint8_t spare[2];
} gaz_entry;

enum {
    GAZ_HAS_POINT = 1,
    GAZ_CURATED = 2, /* from a table of the codebook */
    GAZ_DERIVED = 4, /* the point was worked out from the members */
    GAZ_QUARTER = 8  /* from the codebook's table of neighbourhoods; GAZ_CURATED too */
};

/* How the spelling of a posting relates to its entry. */
typedef enum gaz_spelling { GAZ_NAME, GAZ_ALTERNATE, GAZ_GENERIC, GAZ_SKELETON } gaz_spelling;

typedef struct gaz_posting {
    uint32_t tag;
    uint32_t entry; /* entry << 2 | gaz_spelling */
} gaz_posting;

/* Marks before keys that must not meet ordinary spellings. */
#define GAZ_MARK_SKELETON '\x03'
#define GAZ_MARK_DEMONYM '\x04'
#define GAZ_MARK_ACRONYM '\x05'
#define GAZ_MARK_PCODE '\x08'

/* Hash of a key (FNV-1a, then the finaliser of MurmurHash3), `mark` 0 for ordinary spellings. */
uint64_t gaz_hash(char mark, str key);

/* The same as gaz_checksum for bytes that come in pieces. */
typedef struct gaz_sum {
    uint64_t h[4], n;
    unsigned char rest[32];
} gaz_sum;
void gaz_sum_begin(gaz_sum *s);
void gaz_sum_add(gaz_sum *s, const void *bytes, size_t n);
uint64_t gaz_sum_end(gaz_sum *s);

/* Fast checksum of whole sections: four lanes of multiply and rotate over eight bytes each. */
uint64_t gaz_checksum(const void *bytes, size_t n);

#endif
