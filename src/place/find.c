#include "place/find.h"

#include "place/spelling.h"

enum { MANY = 64 };

str gazetteer_features(const gazetteer *g)
{
    gaz_section s = g->header->sections[GAZ_FEATURES];
    return (str){(const char *)g->file.bytes + s.offset, s.len_bytes};
}

const gaz_entry *gazetteer_entry(const gazetteer *g, uint32_t entry)
{
    return &g->entries[entry];
}

static uint32_t find_country(const gazetteer *g, str name)
{
    gaz_match m[MANY];
    if (name.len == 2) {
        char code[2] = {(char)(name.ptr[0] & ~32), (char)(name.ptr[1] & ~32)};
        uint32_t entry = gazetteer_country(g, code);
        if (entry != GAZ_NONE) return entry;
    }
    size_t n = gazetteer_by_name(g, name, m, MANY);
    for (size_t i = 0; i < n && i < MANY; i++)
        if (gaz_is_country(&g->entries[m[i].entry])) return m[i].entry;
    return GAZ_NONE;
}

static uint32_t find_province(const gazetteer *g, const gaz_range *country, str name)
{
    gaz_match m[MANY];
    for (int level = GAZ_ALTERNATE; level <= GAZ_GENERIC; level++) {
        size_t n = find_spelling(g, name, country, (gaz_spelling)level, m, MANY);
        for (size_t i = 0; i < n && i < MANY; i++)
            if (gaz_is_admin(&g->entries[m[i].entry], '1')) return m[i].entry;
    }
    return GAZ_NONE;
}

bool find_range(const gazetteer *g, str within, gaz_range *range)
{
    *range = (gaz_range){.end = (uint32_t)g->n_entries};
    if (!within.len) return true;
    str province = within, country = str_cut(&province, '/');
    uint32_t entry = find_country(g, country);
    if (entry == GAZ_NONE) return false;
    *range = (gaz_range){.first = entry, .end = g->entries[entry].members_end};
    if (!province.len) return true;
    entry = find_province(g, range, province);
    if (entry == GAZ_NONE) return false;
    *range = (gaz_range){.first = entry, .end = g->entries[entry].members_end, .is_province = true};
    return true;
}

static size_t by_key(const gazetteer *g, char mark, str key, const gaz_range *r, gaz_match *out, size_t max)
{
    return key.len ? gazetteer_by_key(g, mark, key, r->first, r->end, out, max) : 0;
}

/* A generic form may be what was asked for: "tell" of Tal Afar. */
static size_t without_generic(gaz_match *m, size_t n, size_t max)
{
    size_t kept = 0;
    for (size_t i = 0; i < n && i < max; i++)
        if (m[i].spelling != GAZ_GENERIC) m[kept++] = m[i];
    return n > max ? n : kept;
}

size_t find_spelling(const gazetteer *g, str name, const gaz_range *r, gaz_spelling loosest, gaz_match *out,
                     size_t max)
{
    char folded[SPELLING_MAX], level[SPELLING_MAX];
    size_t n = by_key(g, GAZ_MARK_ACRONYM, (str){level, spelling_acronym(name, level)}, r, out, max);
    if (n) return n;
    str key = {folded, spelling_fold(name, folded)};
    n = by_key(g, GAZ_MARK_PCODE, key, r, out, max);
    for (size_t i = 0; i < n && i < max; i++) out[i].spelling = (gaz_spelling)GAZ_BY_PCODE;
    if (!n) n = by_key(g, 0, key, r, out, max);
    if (loosest < GAZ_GENERIC) return without_generic(out, n, max);
    if (n) return n;
    n = by_key(g, 0, (str){level, spelling_generic(&g->rules, key, level)}, r, out, max);
    for (size_t i = 0; i < n && i < max; i++) out[i].spelling = GAZ_GENERIC;
    if (n || loosest < GAZ_SKELETON) return n;
    return gazetteer_by_skeleton(g, name, r->first, r->end, out, max);
}
