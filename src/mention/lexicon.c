#include "mention/lexicon.h"

#include "base/os.h"
#include "mention/name_key.h"

typedef struct word_set_name {
    const char *keyword;
    word_set set;
} word_set_name;

static const word_set_name set_names[] = {
    {"particle", SET_PARTICLE},
    {"article", SET_ARTICLE},
    {"kunya", SET_KUNYA},
    {"suffix", SET_SUFFIX},
    {"inner", SET_INNER},
    {"not_name", SET_NOT_NAME},
    {"not_place", SET_NOT_PLACE},
    {"speech", SET_SPEECH},
    {"deed", SET_DEED},
    {"armed", SET_ARMED},
    {"address", SET_ADDRESS},
    {"possessor", SET_POSSESSOR},
    {"region", SET_REGION},
    {"before", SET_BEFORE},
    {"after", SET_AFTER},
    {"between", SET_BETWEEN},
    {"side", SET_SIDE},
    {"locative", SET_LOCATIVE},
    {"part", SET_PART},
    {"given", SET_GIVEN},
    {"strong", SET_STRONG},
    {"taken", SET_TAKEN},
    {"woman", SET_WOMAN},
    {"man", SET_MAN},
    {"vague", SET_VAGUE},
    {"befallen", SET_BEFALLEN},
    {"complement", SET_COMPLEMENT},
    {"charge", SET_CHARGE},
    {"origin", SET_ORIGIN},
    {"determiner", SET_DETERMINER},
    {"he", SET_HE},
    {"she", SET_SHE},
    {"they", SET_THEY},
    {"it", SET_IT},
    {"who", SET_WHO},
    {"speaker", SET_SPEAKER},
    {"we", SET_WE},
    {"paper", SET_PAPER},
    {"telling", SET_TELLING},
    {"office", SET_OFFICE},
    {"alias", SET_ALIAS},
    {"vessel", SET_VESSEL},
    {"undertaking", SET_UNDERTAKING},
    {"yield", SET_YIELD},
    {"struggle", SET_STRUGGLE},
    {"held", SET_HELD},
    {"loose", SET_LOOSE},
    {"club", SET_CLUB},
    {"street", SET_STREET},
    {"hinge", SET_HINGE},
    {"event", SET_EVENT},
    {"venue", SET_VENUE},
    {"force", SET_FORCE},
    {"of_name", SET_OF_NAME},
};

static const char *const shape_names[N_SHAPES] = {"person",   "group",    "org",
                                                  "platform", "modifier", "light"};

bool lexicon_has(const lexicon *lex, word_set set, str word)
{
    return map_get(&lex->sets[set], word) != MAP_NONE;
}

head_noun lexicon_shape(const lexicon *lex, head_shape shape, str word)
{
    uint32_t v = map_get(&lex->heads[shape], word);
    if (v == MAP_NONE) return (head_noun){0};
    return (head_noun){true, shape, (actor_kind)(v & 0xff), v >> 8 != 0};
}

head_noun lexicon_head(const lexicon *lex, str lemma)
{
    static const head_shape order[] = {SHAPE_PERSON, SHAPE_GROUP, SHAPE_ORG, SHAPE_LIGHT, SHAPE_PLATFORM};
    head_noun h = {0};
    for (size_t i = 0; i < sizeof order / sizeof *order && !h.known; i++)
        h = lexicon_shape(lex, order[i], lemma);
    return h;
}

/* ---- lists of single words ------------------------------------------------------------------------- */

/* "town-of" in a list is the two words "town of". */
static void add_words(lexicon *lex, map *m, str words, uint32_t value)
{
    while (words.ptr) {
        str word = name_key(lex->arena, str_cut(&words, ' '));
        if (!word.len) continue;
        map_slot *s = map_put(lex->arena, m, word);
        if (s->value == MAP_NONE) s->value = value;
    }
}

typedef bool (*entry_reader)(lexicon *lex, const table *t, const table_line *l, const table_line *entry,
                             error *e);

static bool read_file(lexicon *lex, str path, entry_reader read, error *e)
{
    table t;
    if (!table_read(lex->arena, path, &t, e)) return false;
    const table_line *entry = NULL;
    for (size_t i = 0; i < t.lines.n; i++) {
        const table_line *l = &t.lines.v[i];
        if (l->indent == 0) entry = l;
        if (!entry) return table_fault(&t, l, e, "an indented line without an entry above it");
        if (!read(lex, &t, l, entry, e)) return false;
    }
    return true;
}

static bool read_entries(lexicon *lex, str folder, const char *name, entry_reader read, error *e)
{
    return read_file(lex, os_path_join(lex->arena, folder, str_from(name)), read, e);
}

static bool read_set_line(lexicon *lex, const table *t, const table_line *l, const table_line *entry,
                          error *e)
{
    for (size_t i = 0; i < sizeof set_names / sizeof *set_names; i++)
        if (str_is(entry->keyword, set_names[i].keyword)) {
            add_words(lex, &lex->sets[set_names[i].set], l == entry ? l->value : l->whole, 1);
            return true;
        }
    return table_fault(t, l, e, "unknown list \"%.*s\"", (int)entry->keyword.len, entry->keyword.ptr);
}

static bool kind_of(str text, actor_kind *kind, bool *is_guess)
{
    *is_guess = str_ends(text, STR("?"));
    if (*is_guess) text.len--;
    int k = label_find(LABELS_ACTOR_KIND, text);
    *kind = k < 0 ? ACTOR_UNKNOWN : (actor_kind)k;
    return k >= 0;
}

static bool read_head_line(lexicon *lex, const table *t, const table_line *l, const table_line *entry,
                           error *e)
{
    int shape = 0;
    while (shape < N_SHAPES && !str_is(entry->keyword, shape_names[shape])) shape++;
    if (shape == N_SHAPES)
        return table_fault(t, l, e, "unknown shape \"%.*s\"", (int)entry->keyword.len, entry->keyword.ptr);
    actor_kind kind = ACTOR_UNKNOWN;
    bool guess = true;
    if (shape != SHAPE_LIGHT && !kind_of(entry->value, &kind, &guess))
        return table_fault(t, l, e, "unknown kind of actor \"%.*s\"", (int)entry->value.len,
                           entry->value.ptr);
    if (l != entry) add_words(lex, &lex->heads[shape], l->whole, (uint32_t)kind | (uint32_t)guess << 8);
    return true;
}

static bool read_title_line(lexicon *lex, const table *t, const table_line *l, const table_line *entry,
                            error *e)
{
    actor_kind kind;
    bool guess;
    if (!kind_of(entry->keyword, &kind, &guess))
        return table_fault(t, l, e, "unknown kind of actor \"%.*s\"", (int)entry->keyword.len,
                           entry->keyword.ptr);
    add_words(lex, &lex->titles, l == entry ? l->value : l->whole, (uint32_t)kind);
    return true;
}

/* ---- names of several words ------------------------------------------------------------------------- */

static uint32_t count_words(str key)
{
    uint32_t n = key.len > 0;
    for (size_t i = 0; i < key.len; i++) n += key.ptr[i] == ' ';
    return n;
}

static map_slot *add_name(lexicon *lex, map *m, str name)
{
    str key = name_key(lex->arena, name);
    /* "the Kremlin" is found without its article, the newspaper "The Sun" is not */
    if (str_starts(key, STR("the ")) && (name.ptr[0] == 't' || count_words(key) > 2))
        key = str_part(key, 4, SIZE_MAX);
    if (!key.len) return NULL;
    str rest = key, first = str_cut(&rest, ' ');
    map_slot *start = map_put(lex->arena, &lex->name_starts, first);
    uint32_t words = count_words(key);
    if (start->value == MAP_NONE || start->value < words) start->value = words;
    return map_put(lex->arena, m, key);
}

static void add_names(lexicon *lex, map *m, str names, uint32_t value)
{
    while (names.ptr) {
        map_slot *s = add_name(lex, m, str_cut(&names, ';'));
        if (s && s->value == MAP_NONE) s->value = value;
    }
}

static str slug_of(arena *a, str name)
{
    str key = name_key(a, name);
    char *c = arena_alloc(a, key.len + 1, 1, 1);
    for (size_t i = 0; i < key.len; i++) c[i] = key.ptr[i] == ' ' ? '_' : key.ptr[i];
    return (str){c, key.len};
}

static bool read_nation_line(lexicon *lex, const table *t, const table_line *l, const table_line *entry,
                             error *e)
{
    (void)entry;
    str rest = l->whole, field[6];
    for (size_t i = 0; i < 6; i++) field[i] = str_cut(&rest, '|');
    if (!field[1].len || rest.ptr) return table_fault(t, l, e, "a nation has six fields parted by '|'");
    uint32_t id = (uint32_t)lex->nations.n;
    str country = str_is(field[0], "-") ? STR("") : field[0];
    *array_push(lex->arena, &lex->nations) = (nation){field[1], slug_of(lex->arena, field[1]), country};
    add_names(lex, &lex->nation_adjectives, field[2], id);
    add_names(lex, &lex->nation_people, field[3], id);
    add_names(lex, &lex->nation_seats, field[4], id);
    if (country.len) {
        add_names(lex, &lex->nation_names, field[1], id);
        add_names(lex, &lex->nation_names, field[5], id);
    }
    return true;
}

static bool read_organ_line(lexicon *lex, const table *t, const table_line *l, const table_line *entry,
                            error *e)
{
    (void)entry;
    str rest = l->whole, field[4];
    for (size_t i = 0; i < 4; i++) field[i] = str_cut(&rest, '|');
    bool guess;
    organ o = {.id = field[0], .pattern = field[2]};
    if (!field[3].len || rest.ptr) return table_fault(t, l, e, "an organ has four fields parted by '|'");
    if (!kind_of(field[1], &o.kind, &guess)) return table_fault(t, l, e, "unknown kind of actor");
    uint32_t id = (uint32_t)lex->organs.n;
    *array_push(lex->arena, &lex->organs) = o;
    str names = field[3];
    while (names.ptr) {
        str key = name_key(lex->arena, str_cut(&names, ';'));
        map_slot *s = key.len ? map_put(lex->arena, &lex->organ_words, key) : NULL;
        if (s && s->value == MAP_NONE) s->value = id;
    }
    return true;
}

/* ---- actors -------------------------------------------------------------------------------------------- */

static uint32_t count_upper(str s)
{
    uint32_t n = 0;
    for (size_t i = 0; i < s.len; i++) n += s.ptr[i] >= 'A' && s.ptr[i] <= 'Z';
    return n;
}

static bool has_lower(str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] >= 'a' && s.ptr[i] <= 'z') return true;
    return false;
}

/* "al-Nusra Front" */
static bool begins_with_article(const lexicon *lex, str name)
{
    size_t n = 0;
    while (n < name.len && name.ptr[n] != ' ' && name.ptr[n] != '-') n++;
    return n < name.len && lexicon_has(lex, SET_ARTICLE, str_part(name, 0, n));
}

void lexicon_add_name(lexicon *lex, str name, uint32_t id)
{
    map_slot *s = add_name(lex, &lex->actor_by_name, name);
    if (!s) return;
    const bool is_lower = name.ptr[0] >= 'a' && name.ptr[0] <= 'z' && !begins_with_article(lex, name),
               is_number = name.ptr[0] >= '0' && name.ptr[0] <= '9';
    actor_name n = {
        .actor = id, .next = MAP_NONE, .any_case = is_lower, .is_common = is_lower || is_number};
    n.all_caps = !has_lower(name) && (unsigned char)name.ptr[0] < 0x80;
    n.two_caps = name.len <= 5 && has_lower(name) && count_upper(name) > 1;
    uint32_t at = (uint32_t)lex->actor_names.n;
    *array_push(lex->arena, &lex->actor_names) = n;
    if (s->value == MAP_NONE) {
        s->value = at;
        return;
    }
    actor_name *last = &lex->actor_names.v[s->value];
    while (last->actor != id && last->next != MAP_NONE) last = &lex->actor_names.v[last->next];
    if (last->actor != id) {
        last->next = at;
        return;
    }
    /* another way to write it: "ISIS" and "Isis", "Peshmerga" and "peshmerga" */
    last->all_caps = last->all_caps && n.all_caps;
    last->two_caps = last->two_caps && n.two_caps;
    last->any_case = last->any_case || n.any_case;
}

static int16_t year_of(str s)
{
    int64_t y;
    return str_to_int(s, &y) && y > 0 && y < 3000 ? (int16_t)y : 0;
}

static bool read_actor_line(lexicon *lex, const table *t, const table_line *l, const table_line *entry,
                            error *e)
{
    (void)entry;
    str rest = l->whole, field[6];
    for (size_t i = 0; i < 6; i++) field[i] = str_cut(&rest, '|');
    bool guess;
    actor a = {.id = field[0], .name = field[4], .country = str_is(field[2], "-") ? STR("") : field[2]};
    if (!a.name.len || rest.ptr) return table_fault(t, l, e, "an actor has six fields parted by '|'");
    if (!kind_of(field[1], &a.kind, &guess))
        return table_fault(t, l, e, "unknown kind of actor \"%.*s\"", (int)field[1].len, field[1].ptr);
    str years = field[3];
    a.from = year_of(str_cut(&years, '-'));
    a.to = years.ptr ? year_of(years) : 0;
    uint32_t id = (uint32_t)lex->actors.n;
    *array_push(lex->arena, &lex->actors) = a;
    lexicon_add_name(lex, a.name, id);
    while (field[5].ptr) lexicon_add_name(lex, str_cut(&field[5], ';'), id);
    return true;
}

/* A table of the caller's own codebook, or where that has none the shipped one. */
static str own_path(arena *a, str own_folder, str folder, const char *name)
{
    str own = own_folder.len ? os_path_join(a, own_folder, str_from(name)) : (str){0};
    if (own.len && os_path_kind(own) != OS_MISSING) return own;
    return os_path_join(a, os_path_join(a, folder, STR("conflict")), str_from(name));
}

static bool lexicon_read_actors(lexicon *lex, str root, error *e)
{
    str *paths;
    size_t n;
    if (os_path_kind(root) == OS_MISSING) return true;
    if (!os_list_files(lex->arena, root, &paths, &n, e)) return false;
    for (size_t i = 0; i < n; i++)
        if (!read_file(lex, paths[i], read_actor_line, e)) return false;
    return true;
}

lexicon *lexicon_open(arena *a, str codebook_folder, error *e)
{
    return lexicon_open_own(a, codebook_folder, (str){0}, e);
}

lexicon *lexicon_open_own(arena *a, str codebook_folder, str own_folder, error *e)
{
    lexicon *lex = arena_new(a, lexicon, 1);
    lex->arena = a;
    bool ok =
        read_entries(lex, codebook_folder, "en/head-nouns.txt", read_head_line, e)
        && read_entries(lex, codebook_folder, "en/titles.txt", read_title_line, e)
        && read_entries(lex, codebook_folder, "en/name-words.txt", read_set_line, e)
        && read_entries(lex, codebook_folder, "en/place-words.txt", read_set_line, e)
        && read_entries(lex, codebook_folder, "en/given-names.txt", read_set_line, e)
        && read_entries(lex, codebook_folder, "en/nationalities.txt", read_nation_line, e)
        && read_entries(lex, codebook_folder, "en/organs.txt", read_organ_line, e)
        && lexicon_read_actors(lex, own_path(a, own_folder, codebook_folder, "actors"), e)
        && date_rules_open(a, codebook_folder, &lex->dates, e)
        && quantity_rules_open(a, codebook_folder, &lex->quantities, e)
        && weapon_rules_read(a, own_path(a, own_folder, codebook_folder, "weapons.txt"), &lex->weapons, e);
    return ok ? lex : NULL;
}
