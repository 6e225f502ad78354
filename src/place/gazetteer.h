/* gazetteer: the mapped file and how it is asked.
 * In: a spelling. Out: the entries that bear it, with how strictly it was matched.
 * Private to src/place; other stages see place.h. Thread-safe once open. */
#ifndef SITREP_PLACE_GAZETTEER_H
#define SITREP_PLACE_GAZETTEER_H

#include "base/os.h"
#include "place/format.h"
#include "place/place.h"
#include "place/rules.h"
#include "place/translit.h"

struct gazetteer {
    arena memory; /* of the rules */
    os_map file;
    const gaz_header *header;
    const char *strings;
    const gaz_entry *entries;
    const uint32_t *buckets;
    const gaz_posting *postings;
    const uint32_t *countries;
    size_t strings_len, n_entries, n_buckets, n_postings;
    place_rules rules;
    translit *scripts;
    map stops; /* folded spellings that are ordinary words first */
};

/* Verifies the checksums of all sections, which reads the whole file; `path` is for messages. */
bool gazetteer_check(const gazetteer *g, str path, error *e);

typedef struct gaz_match {
    uint32_t entry;
    gaz_spelling spelling;
} gaz_match;

/* The entries in [first, end) that a key stands for, in order of entries; writes at most `max`, keeping
 * the most populous, and returns the number of all. */
size_t gazetteer_by_key(const gazetteer *g, char mark, str key, uint32_t first, uint32_t end,
                        gaz_match *out, size_t max);

/* The entries that bear `name`, by the strictest level that has any: acronym, folded, generic. */
size_t gazetteer_by_name(const gazetteer *g, str name, gaz_match *out, size_t max);

/* The same by consonants, within a range of entries (the members of an area); names in another script by those of their
 * romanisation. */
size_t gazetteer_by_skeleton(const gazetteer *g, str name, uint32_t first, uint32_t end, gaz_match *out,
                             size_t max);

/* Whether the name is an ordinary word that this entry is too small for. */
bool gazetteer_refuses(const gazetteer *g, str name, const gaz_entry *e);

/* The country that an adjective or a people's name belongs to, or GAZ_NONE. */
uint32_t gazetteer_demonym(const gazetteer *g, str word);

uint32_t gazetteer_country(const gazetteer *g, const char code[2]);

str gazetteer_name(const gazetteer *g, uint32_t entry);

static inline bool gaz_is_country(const gaz_entry *e)
{
    return e->feature_class == 'A' && memcmp(e->feature, "PCL", 3) == 0;
}

static inline bool gaz_is_admin(const gaz_entry *e, char order)
{
    return e->feature_class == 'A' && memcmp(e->feature, "ADM", 3) == 0 && e->feature[3] == order;
}

#endif
