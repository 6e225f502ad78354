#include "read/rules.h"

#include "base/os.h"

static const char *const phrase_kinds[N_PHRASE_KINDS] = {
    "any", "start", "whole", "sentence", "byline", "region", "tail", "run", "begin", "lead", "hint"};

static bool is_word_byte(str s, size_t at)
{
    unsigned char c = (unsigned char)s.ptr[at];
    if (c < 128) return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
    if (at + 1 < s.len && c == 0xC2) return (unsigned char)s.ptr[at + 1] == 0xA9; /* the copyright sign */
    if (at && (unsigned char)s.ptr[at - 1] == 0xC2 && c < 0xC0) return c == 0xA9;
    if (at + 1 < s.len && c == 0xE2 && (unsigned char)s.ptr[at + 1] == 0x80)
        return false; /* quotes, dashes */
    if (at && c == 0x80 && (unsigned char)s.ptr[at - 1] == 0xE2) return false;
    return !(at > 1 && c < 0xC0 && (unsigned char)s.ptr[at - 1] == 0x80
             && (unsigned char)s.ptr[at - 2] == 0xE2);
}

str rules_word(str folded, size_t *at)
{
    while (*at < folded.len && !is_word_byte(folded, *at)) ++*at;
    size_t start = *at;
    while (*at < folded.len && is_word_byte(folded, *at)) ++*at;
    return *at > start ? str_part(folded, start, *at - start) : (str){0};
}

static int kind_of(str keyword)
{
    for (int k = 0; k < N_PHRASE_KINDS; k++)
        if (str_is(keyword, phrase_kinds[k])) return k;
    return -1;
}

static str lowered(arena *a, str s)
{
    str copy = arena_copy(a, s);
    char *p = (char *)copy.ptr;
    for (size_t i = 0; i < copy.len; i++)
        if (p[i] >= 'A' && p[i] <= 'Z') p[i] = (char)(p[i] + 32);
    return copy;
}

/* Words of a phrase; the signs "*", "@number" and "@date" are words of their own. */
static str_array phrase_words(arena *a, str value)
{
    str_array words = {0};
    str rest = lowered(a, value);
    while (rest.ptr) {
        str piece = str_cut(&rest, ' ');
        if (str_is(piece, "*") || str_is(piece, "@number") || str_is(piece, "@date")) {
            *array_push(a, &words) = piece;
            continue;
        }
        size_t at = 0;
        for (str w = rules_word(piece, &at); w.ptr; w = rules_word(piece, &at)) *array_push(a, &words) = w;
    }
    return words;
}

static bool add_phrase(arena *a, read_rules *r, const table *t, const table_line *l, error *e)
{
    int kind = kind_of(l->keyword);
    if (kind < 0) return table_fault(t, l, e, "unknown kind \"%.*s\"", (int)l->keyword.len, l->keyword.ptr);
    str_array words = phrase_words(a, l->value);
    if (!words.n || str_is(words.v[0], "*")) return table_fault(t, l, e, "a phrase begins with a word");
    map_slot *s = map_put(a, &r->first, words.v[0]);
    *array_push(a, &r->phrases) = (phrase){(uint32_t)kind, (uint32_t)words.n, words.v, s->value};
    s->value = (uint32_t)r->phrases.n - 1;
    return true;
}

static bool add_terms(arena *a, read_rules *r, const table *t, const table_line *l, error *e)
{
    static const char *const kinds[N_TERMS_KINDS] = {"open", "closed"};
    int kind = 0;
    while (kind < N_TERMS_KINDS && !str_is(l->keyword, kinds[kind])) kind++;
    if (kind == N_TERMS_KINDS)
        return table_fault(t, l, e, "unknown kind \"%.*s\"", (int)l->keyword.len, l->keyword.ptr);
    str_array words = phrase_words(a, l->value);
    if (!words.n || str_is(words.v[0], "*") || str_is(words.v[words.n - 1], "*"))
        return table_fault(t, l, e, "a phrase begins and ends with a word");
    map_slot *s = map_put(a, &r->terms.first, words.v[0]);
    *array_push(a, &r->terms.phrases) = (phrase){(uint32_t)kind, (uint32_t)words.n, words.v, s->value};
    s->value = (uint32_t)r->terms.phrases.n - 1;
    return true;
}

static int weight_of(str keyword)
{
    static const struct {
        const char *name;
        int weight;
    } kinds[] = {{"drop", NAME_DROP},       {"poor", NAME_POOR},     {"good", NAME_GOOD},
                 {"caption", NAME_CAPTION}, {"byline", NAME_BYLINE}, {"date", NAME_DATE}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_is(keyword, kinds[i].name)) return kinds[i].weight;
    return 0;
}

static bool add_names(arena *a, read_rules *r, const table *t, const table_line *l, error *e)
{
    int flag = weight_of(l->keyword);
    if (!flag) return table_fault(t, l, e, "unknown kind \"%.*s\"", (int)l->keyword.len, l->keyword.ptr);
    str rest = lowered(a, l->value);
    while (rest.ptr) {
        str part = str_cut(&rest, ' ');
        if (!part.len) continue;
        map_slot *s = map_put(a, &r->names, part);
        s->value = (s->value == MAP_NONE ? 0 : s->value) | (uint32_t)flag;
    }
    return true;
}

static bool add_hyphen(arena *a, read_rules *r, const table *t, const table_line *l, error *e)
{
    bool before = str_is(l->keyword, "before");
    if (!before && !str_is(l->keyword, "behind"))
        return table_fault(t, l, e, "\"before\" or \"behind\" is meant");
    for (str rest = l->value; rest.ptr;) {
        str word = str_cut(&rest, ' ');
        if (!word.len) continue;
        map_slot *s = map_put(a, &r->hyphens, word);
        s->value = (s->value == MAP_NONE ? 0 : s->value) | (before ? HYPHEN_BEFORE : HYPHEN_BEHIND);
    }
    return true;
}

typedef bool add_line(arena *a, read_rules *r, const table *t, const table_line *l, error *e);

static bool read_table(arena *a, read_rules *r, str folder, const char *name, add_line *add, error *e)
{
    table t;
    if (!table_read(a, os_path_join(a, folder, str_from(name)), &t, e)) return false;
    for (size_t i = 0; i < t.lines.n; i++)
        if (!add(a, r, &t, &t.lines.v[i], e)) return false;
    return true;
}

read_rules *read_rules_open(arena *a, str codebook_folder, error *e)
{
    read_rules *r = arena_new(a, read_rules, 1);
    bool ok =
        read_table(a, r, codebook_folder, "en/notices.txt", add_phrase, e)
        && read_table(a, r, codebook_folder, "en/page-furniture.txt", add_names, e)
        && read_table(a, r, codebook_folder, "en/hyphens.txt", add_hyphen, e)
        && read_table(a, r, codebook_folder, "en/terms.txt", add_terms, e)
        && language_rules_read(a, &r->languages, os_path_join(a, codebook_folder, STR("languages.txt")), e)
        && office_rules_read(a, &r->office, os_path_join(a, codebook_folder, STR("en/office-metadata.txt")),
                             e)
        && media_rules_read(a, &r->media, os_path_join(a, codebook_folder, STR("en/media.txt")), e);
    return ok ? r : NULL;
}
