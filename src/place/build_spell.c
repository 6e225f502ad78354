#include "base/utf8.h"
#include "place/build_index.h"
#include "place/spelling.h"

static void post(index *x, char mark, const char *key, size_t n, uint32_t entry, gaz_spelling spelling)
{
    if (!n) return;
    uint64_t hash = gaz_hash(mark, (str){key, n});
    uint32_t record[3] = {(uint32_t)hash, (uint32_t)(hash >> 32), entry << 2 | spelling};
    x->failed |= fwrite(record, sizeof record, 1, x->ranges[hash >> 58]) != 1;
    x->n_postings++;
}

static void spell(index *x, str name, uint32_t entry, gaz_spelling spelling)
{
    char folded[SPELLING_MAX], key[SPELLING_MAX];
    const place_rules *rules = &x->b->rules;
    size_t n = spelling_fold(name, folded);
    if (!n) return;
    post(x, 0, folded, n, entry, spelling);
    size_t m = spelling_generic(rules, (str){folded, n}, key);
    if (m != n || memcmp(key, folded, n) != 0) post(x, 0, key, m, entry, GAZ_GENERIC);
    m = spelling_skeleton(rules, (str){folded, n}, key);
    post(x, GAZ_MARK_SKELETON, key, m, entry, GAZ_SKELETON);
}

/* GeoNames lists codes of airports ("PAR") and letter-by-letter transliterations ("yi de li bo") among the
 * other names of a town; nobody writes those. */
static bool is_worth_indexing(str name)
{
    char capitals[SPELLING_MAX];
    if (spelling_acronym(name, capitals)) return false;
    bool is_upper = false, is_ascii = true;
    for (size_t i = 0; i < name.len; i++) {
        is_upper |= name.ptr[i] >= 'A' && name.ptr[i] <= 'Z';
        is_ascii &= (unsigned char)name.ptr[i] < 0x80;
    }
    return (is_upper || !is_ascii) && name.len > 1;
}

static void spell_list(index *x, str list, uint32_t entry, bool curated)
{
    char capitals[SPELLING_MAX];
    while (list.ptr && list.len) {
        str name = str_cut(&list, ',');
        size_t n = curated ? spelling_acronym(name, capitals) : 0;
        if (n) post(x, GAZ_MARK_ACRONYM, capitals, n, entry, GAZ_ALTERNATE);
        else if (is_worth_indexing(name)) spell(x, name, entry, GAZ_ALTERNATE);
    }
}

static bool is_division_word(const place_rules *r, str word)
{
    const place_rule *rule = rules_find(r, RULE_AREA, word);
    return rule
           && (str_starts(rule->canon, STR("ADM")) || str_is(rule->canon, "AREA") || str_is(word, "city"));
}

/* "Kyiv Oblast" is called Kyiv too, "State of Alagoas" Alagoas. The folded name without such a word, or nothing. */
static str bare_area(const index *x, str name, char folded[SPELLING_MAX])
{
    size_t n = spelling_fold(name, folded), first = 0, last = n;
    while (first < n && folded[first] != ' ') first++;
    while (last > 0 && folded[last - 1] != ' ') last--;
    if (first == n || !last) return (str){0};
    const place_rules *r = &x->b->rules;
    str rest = str_part((str){folded, n}, first + 1, n);
    if (is_division_word(r, (str){folded + last, n - last})) rest = (str){folded, last - 1};
    else if (!is_division_word(r, (str){folded, first})) return (str){0};
    if (str_starts(rest, STR("of "))) rest = str_part(rest, 3, rest.len);
    bool word = rest.len < 4 || rules_find(r, RULE_SIDE, rest) || rules_find(r, RULE_AREA, rest);
    return word ? (str){0} : rest;
}

static void spell_bare_area(index *x, str name, uint32_t entry)
{
    char folded[SPELLING_MAX];
    str bare = bare_area(x, name, folded);
    if (bare.len) spell(x, bare, entry, GAZ_ALTERNATE);
}

/* Where names are not transcribed, the other names of small towns are those of a century ago: Maxwell for
 * Hermiston, Oregon. */
static bool has_other_names(const index *x, const gaz_entry *e)
{
    char code[2] = {(char)(e->country[0] | 32), (char)(e->country[1] | 32)};
    return e->feature_class != 'P' || e->population >= 10000
           || rules_find(&x->b->rules, RULE_ROMANISED, (str){code, 2});
}

static void spell_keys(index *x, const str cols[N_COLS], uint32_t as)
{
    char key[SPELLING_MAX];
    for (str rest = cols[COL_DEMONYMS]; rest.ptr && rest.len;)
        post(x, GAZ_MARK_DEMONYM, key, spelling_fold(str_cut(&rest, ','), key), as, GAZ_NAME);
    for (str rest = cols[COL_PCODE]; rest.ptr && rest.len;)
        post(x, GAZ_MARK_PCODE, key, spelling_fold(str_cut(&rest, ','), key), as, GAZ_NAME);
}

/* A name that is given in another script alone is found by the consonants of its romanisation. */
static void spell_romanised(index *x, str name, uint32_t as)
{
    char keys[TRANSLIT_VARIANTS][SPELLING_MAX];
    size_t n[TRANSLIT_VARIANTS], variants = translit_skeletons(x->scripts, &x->b->rules, name, keys, n);
    for (size_t i = 0; i < variants; i++) post(x, GAZ_MARK_SKELETON, keys[i], n[i], as, GAZ_SKELETON);
}

void spell_entry(index *x, const str cols[N_COLS], const gaz_entry *e, uint32_t as,
                 const gaz_entry *as_entry, bool seat)
{
    bool area = as_entry->feature_class == 'A' && memcmp(as_entry->feature, "PCL", 3) != 0;
    spell(x, cols[COL_NAME], as, seat ? GAZ_ALTERNATE : GAZ_NAME);
    if (area) spell_bare_area(x, cols[COL_NAME], as);
    spell_romanised(x, cols[COL_NAME], as);
    spell(x, cols[COL_ASCII], as, GAZ_ALTERNATE);
    for (str rest = cols[COL_NAMES]; rest.ptr && rest.len;) {
        str name = str_cut(&rest, GAZ_NAME_BREAK);
        spell(x, name, as, GAZ_ALTERNATE);
        if (area) spell_bare_area(x, name, as);
    }
    if (has_other_names(x, e)) spell_list(x, cols[COL_ALTERNATES], as, false);
    spell_list(x, cols[COL_OWN_ALTERNATES], as, true);
    if (!seat) spell_keys(x, cols, as);
}

static bool bears_name(const index *x, str own, str name)
{
    char f1[SPELLING_MAX], f2[SPELLING_MAX], bare[SPELLING_MAX], k1[SPELLING_MAX], k2[SPELLING_MAX];
    str short_name = bare_area(x, own, bare);
    size_t n1 = spelling_fold(short_name.len ? short_name : own, f1), n2 = spelling_fold(name, f2);
    n1 = spelling_generic(&x->b->rules, (str){f1, n1}, k1);
    n2 = spelling_generic(&x->b->rules, (str){f2, n2}, k2);
    return n1 && n2 && str_eq((str){k1, n1}, (str){k2, n2});
}

void spell_seat(index *x, const str area[N_COLS], const gaz_entry *area_entry, uint32_t area_at,
                const str seat[N_COLS], const gaz_entry *seat_entry, uint32_t seat_at)
{
    if (!bears_name(x, area[COL_NAME], seat[COL_NAME])) return;
    spell_entry(x, seat, seat_entry, area_at, area_entry, true);
    spell_list(x, area[COL_OWN_ALTERNATES], seat_at, false);
}
