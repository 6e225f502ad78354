#include "place/gazetteer.h"

#include <stdlib.h>

#include "base/table.h"
#include "place/spelling.h"

enum { CHECKED_BYTES = 32 << 20 };

static bool refuse(error *e, str path, const char *why)
{
    error_set(e, SITREP_BAD_MODEL, "gazetteer", "%s", why);
    return error_at(e, path, 0, 0);
}

static bool check_header(const gaz_header *h, const os_map *file, str path, error *e)
{
    if (file->len_bytes < sizeof *h || memcmp(h->magic, "SITREPGZ", 8) != 0)
        return refuse(e, path, "not a gazetteer file");
    if (h->version != GAZ_VERSION || h->byte_order != 0x01020304)
        return refuse(e, path, "a gazetteer of another version; build it again");
    if (h->file_bytes != file->len_bytes) return refuse(e, path, "the file is cut short or too long");
    if (h->checksum != gaz_checksum(h, offsetof(gaz_header, checksum)))
        return refuse(e, path, "the header is damaged");
    return true;
}

/* Opening takes milliseconds however large the file is: of a large section the checksum is left to gazetteer_check, and
 * asking never follows a number out of its section. The rows are no business of asking. */
static bool is_checked(gaz_section_kind k, gaz_section s, bool thoroughly)
{
    return thoroughly || (k != GAZ_ROWS && s.len_bytes <= CHECKED_BYTES);
}

static bool check_sections(const gaz_header *h, const os_map *file, str path, bool thoroughly, error *e)
{
    for (int k = 0; k < N_GAZ_SECTIONS; k++) {
        gaz_section s = h->sections[k];
        if (s.offset % 8 || s.offset > file->len_bytes || s.len_bytes > file->len_bytes - s.offset)
            return refuse(e, path, "a section lies outside of the file");
        if (!is_checked((gaz_section_kind)k, s, thoroughly)) continue;
        if (s.checksum != gaz_checksum(file->bytes + s.offset, s.len_bytes))
            return refuse(e, path, "the checksum does not fit; the file is damaged");
    }
    return true;
}

static const void *section(const gazetteer *g, gaz_section_kind kind, size_t size, size_t *n)
{
    gaz_section s = g->header->sections[kind];
    *n = s.len_bytes / size;
    return g->file.bytes + s.offset;
}

static bool check_shape(const gazetteer *g, size_t n_countries, str path, error *e)
{
    bool fits = g->strings_len && g->strings[g->strings_len - 1] == 0 && n_countries == 676
                && g->header->bucket_bits > 0 && g->header->bucket_bits < 32
                && g->n_buckets == ((size_t)1 << g->header->bucket_bits) + 1 && g->n_entries < (1u << 30);
    return fits || refuse(e, path, "its sections do not fit together");
}

/* Words stand apart by white space; folding turns the '_' inside one into a space. */
static void add_stops(gazetteer *g, str words)
{
    while (words.len) {
        size_t n = 0;
        while (n < words.len && words.ptr[n] != ' ' && words.ptr[n] != '\t') n++;
        char key[SPELLING_MAX];
        size_t len = spelling_fold(str_part(words, 0, n), key);
        if (len) map_put(&g->memory, &g->stops, arena_copy(&g->memory, (str){key, len}))->value = 0;
        words = str_trim(str_part(words, n, words.len));
    }
}

static bool read_words(gazetteer *g, str path, error *e)
{
    size_t n;
    const char *rules = section(g, GAZ_RULES, 1, &n);
    if (!rules_parse(&g->memory, path, (str){rules, n}, &g->rules, e)) return false;
    const char *stops = section(g, GAZ_STOPS, 1, &n);
    table t;
    if (!table_parse(&g->memory, path, (str){stops, n}, &t, e)) return false;
    for (size_t i = 0; i < t.lines.n; i++) add_stops(g, t.lines.v[i].whole);
    return true;
}

static bool attach(gazetteer *g, str path, error *e)
{
    size_t n_countries;
    g->header = (const gaz_header *)(const void *)g->file.bytes;
    if (!check_header(g->header, &g->file, path, e) || !check_sections(g->header, &g->file, path, false, e))
        return false;
    g->strings = section(g, GAZ_STRINGS, 1, &g->strings_len);
    g->entries = section(g, GAZ_ENTRIES, sizeof(gaz_entry), &g->n_entries);
    g->buckets = section(g, GAZ_BUCKETS, sizeof(uint32_t), &g->n_buckets);
    g->postings = section(g, GAZ_POSTINGS, sizeof(gaz_posting), &g->n_postings);
    g->countries = section(g, GAZ_COUNTRIES, sizeof(uint32_t), &n_countries);
    return check_shape(g, n_countries, path, e) && read_words(g, path, e);
}

gazetteer *gazetteer_open(str path, error *e)
{
    gazetteer *g = calloc(1, sizeof *g);
    if (!g) {
        error_set(e, SITREP_NO_MEMORY, "gazetteer", "no memory left");
        return NULL;
    }
    arena_init(&g->memory, 0);
    g->scripts = translit_open();
    if (os_map_file(path, &g->file, e) && attach(g, path, e)) return g;
    gazetteer_close(g);
    return NULL;
}

void gazetteer_close(gazetteer *g)
{
    if (!g) return;
    os_unmap(&g->file);
    translit_close(g->scripts);
    arena_release(&g->memory);
    free(g);
}

bool gazetteer_check(const gazetteer *g, str path, error *e)
{
    return check_sections(g->header, &g->file, path, true, e);
}

str gazetteer_name(const gazetteer *g, uint32_t entry)
{
    if (entry >= g->n_entries || g->entries[entry].name >= g->strings_len) return (str){0};
    return str_from(g->strings + g->entries[entry].name);
}

uint32_t gazetteer_country(const gazetteer *g, const char code[2])
{
    unsigned a = (unsigned char)code[0] - 'A', b = (unsigned char)code[1] - 'A';
    if (a > 25 || b > 25) return GAZ_NONE;
    uint32_t entry = g->countries[a * 26 + b];
    return entry < g->n_entries ? entry : GAZ_NONE;
}

/* ---- asking ---------------------------------------------------------------------------------- */

/* The postings of a key: its bucket, narrowed to its tag. */
static const gaz_posting *postings_of(const gazetteer *g, uint64_t hash, size_t *n)
{
    size_t bucket = (size_t)(hash >> (64 - g->header->bucket_bits));
    uint32_t at = g->buckets[bucket], end = g->buckets[bucket + 1], tag = (uint32_t)hash;
    *n = 0;
    if (end > g->n_postings || at > end) return NULL;
    while (at < end && g->postings[at].tag < tag) at++;
    const gaz_posting *first = g->postings + at;
    while (at + *n < end && first[*n].tag == tag) ++*n;
    return first;
}

/* Where entry numbers reach `entry`; the postings of a key are in order of entries. */
static size_t posting_from(const gaz_posting *p, size_t n, uint32_t entry)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (p[mid].entry >> 2 < entry) low = mid + 1;
        else high = mid;
    }
    return low;
}

static void keep(const gazetteer *g, gaz_match m, gaz_match *out, size_t n, size_t max)
{
    if (n < max) {
        out[n] = m;
        return;
    }
    size_t least = 0;
    for (size_t i = 1; i < max; i++)
        if (g->entries[out[i].entry].population < g->entries[out[least].entry].population) least = i;
    if (max && g->entries[out[least].entry].population < g->entries[m.entry].population) out[least] = m;
}

size_t gazetteer_by_key(const gazetteer *g, char mark, str key, uint32_t first, uint32_t end,
                        gaz_match *out, size_t max)
{
    size_t n, found = 0;
    const gaz_posting *p = postings_of(g, gaz_hash(mark, key), &n);
    if (end > g->n_entries) end = (uint32_t)g->n_entries;
    for (size_t i = n ? posting_from(p, n, first) : 0; i < n && p[i].entry >> 2 < end; i++)
        keep(g, (gaz_match){p[i].entry >> 2, (gaz_spelling)(p[i].entry & 3)}, out, found++, max);
    return found;
}

/* "at Tartus": a small word and a name, not the article of At-Tall. */
static bool begins_with_word(const gazetteer *g, str name)
{
    size_t n = 0;
    while (n < name.len && name.ptr[n] >= 'a' && name.ptr[n] <= 'z') n++;
    return n > 0 && n < name.len && name.ptr[n] == ' '
           && rules_find(&g->rules, RULE_WORD, str_part(name, 0, n));
}

/* "Syrias Idlib": the apostrophe of many a news feed is lost. Only of what nobody mistakes, and not of "Hamas". */
static size_t without_genitive(const gazetteer *g, str folded, gaz_match *out, size_t max)
{
    if (folded.len < 6 || folded.ptr[folded.len - 1] != 's' || folded.ptr[folded.len - 2] == 's') return 0;
    size_t found = gazetteer_by_key(g, 0, str_part(folded, 0, folded.len - 1), 0, GAZ_NONE, out, max),
           n = 0;
    for (size_t i = 0; i < found && i < max; i++) {
        const gaz_entry *e = &g->entries[out[i].entry];
        if (gaz_is_country(e) || gaz_is_admin(e, '1')) out[n++] = (gaz_match){out[i].entry, GAZ_GENERIC};
    }
    return n;
}

size_t gazetteer_by_name(const gazetteer *g, str name, gaz_match *out, size_t max)
{
    char key[SPELLING_MAX], level[SPELLING_MAX];
    size_t n = spelling_acronym(name, key), found = 0;
    if (n) found = gazetteer_by_key(g, GAZ_MARK_ACRONYM, (str){key, n}, 0, GAZ_NONE, out, max);
    if (found || n == 2) return found;
    bool capitals = n > 0 && n < 5; /* "SAA" is no spelling of Sa'a */
    n = spelling_fold(name, key);
    if (n) found = gazetteer_by_key(g, 0, (str){key, n}, 0, GAZ_NONE, out, max);
    if (found || !n || capitals || begins_with_word(g, name)) return found;
    size_t m = spelling_generic(&g->rules, (str){key, n}, level);
    if (m > 1) found = gazetteer_by_key(g, 0, (str){level, m}, 0, GAZ_NONE, out, max);
    if (!found) return without_genitive(g, (str){key, n}, out, max);
    for (size_t i = 0; i < found && i < max; i++) out[i].spelling = GAZ_GENERIC;
    return found;
}

static size_t by_romanisation(const gazetteer *g, str name, uint32_t first, uint32_t end, gaz_match *out,
                              size_t max)
{
    char keys[TRANSLIT_VARIANTS][SPELLING_MAX];
    size_t n[TRANSLIT_VARIANTS], variants = translit_skeletons(g->scripts, &g->rules, name, keys, n),
                                 found = 0;
    for (size_t i = 0; i < variants && !found; i++)
        found = gazetteer_by_key(g, GAZ_MARK_SKELETON, (str){keys[i], n[i]}, first, end, out, max);
    return found;
}

size_t gazetteer_by_skeleton(const gazetteer *g, str name, uint32_t first, uint32_t end, gaz_match *out,
                             size_t max)
{
    char key[SPELLING_MAX], level[SPELLING_MAX];
    if (translit_needed(name)) return by_romanisation(g, name, first, end, out, max);
    size_t n = spelling_fold(name, key);
    n = n ? spelling_skeleton(&g->rules, (str){key, n}, level) : 0;
    return n ? gazetteer_by_key(g, GAZ_MARK_SKELETON, (str){level, n}, first, end, out, max) : 0;
}

uint32_t gazetteer_demonym(const gazetteer *g, str word)
{
    char key[SPELLING_MAX];
    gaz_match m;
    size_t n = spelling_fold(word, key);
    return n && gazetteer_by_key(g, GAZ_MARK_DEMONYM, (str){key, n}, 0, GAZ_NONE, &m, 1) ? m.entry
                                                                                         : GAZ_NONE;
}

/* ---- hints for other stages ------------------------------------------------------------------ */

/* Ordinary words stand for a place only where a country, a province or a region bears the name. */
bool gazetteer_refuses(const gazetteer *g, str name, const gaz_entry *e)
{
    char key[SPELLING_MAX], own[SPELLING_MAX];
    bool great = gaz_is_country(e) || gaz_is_admin(e, '1');
    if (!great && (e->flags & GAZ_CURATED)) return false;
    size_t n = spelling_fold(name, key);
    if (great && spelling_acronym(name, own)) return false;
    if (great) { /* Jordan is one, but "the States" and "the District" are words first */
        size_t m = spelling_fold(gazetteer_name(g, (uint32_t)(e - g->entries)), own);
        if (str_eq((str){key, n}, (str){own, m})) return false;
    }
    return map_get(&g->stops, (str){key, n}) != MAP_NONE;
}

static void hint_add(place_hint *hint, const gaz_entry *e)
{
    bool larger = !hint->known || e->population > hint->population;
    hint->known = true;
    hint->is_country |= gaz_is_country(e);
    hint->is_admin |= gaz_is_admin(e, '1') || gaz_is_admin(e, '2');
    if (!larger) return;
    hint->population = e->population;
    memcpy(hint->country, e->country, 2);
    hint->country[2] = 0;
}

static place_hint find(const void *context, str name)
{
    const gazetteer *g = context;
    place_hint hint = {0};
    gaz_match m[16];
    size_t n = g ? gazetteer_by_name(g, name, m, 16) : 0;
    for (size_t i = 0; i < n && i < 16; i++)
        if (!gazetteer_refuses(g, name, &g->entries[m[i].entry])) hint_add(&hint, &g->entries[m[i].entry]);
    return hint;
}

place_lookup gazetteer_lookup(const gazetteer *g)
{
    return (place_lookup){g, find};
}
