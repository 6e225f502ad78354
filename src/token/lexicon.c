#include "token/lexicon.h"

#include "base/os.h"
#include "base/table.h"
#include "base/utf8.h"
#include "token/mend.h"

typedef struct lexicon_class {
    const char *keyword;
    uint32_t flag;
} lexicon_class;

static const lexicon_class classes[] = {
    {"never", LEX_NEVER},   {"number", LEX_NUMBER},     {"maybe", LEX_MAYBE},
    {"open", LEX_OPEN},     {"prefix", LEX_PREFIX},     {"whole", LEX_WHOLE},
    {"unit", LEX_UNIT},     {"ordinal", LEX_ORDINAL},   {"d_stem", LEX_D_STEM},
    {"domain", LEX_DOMAIN}, {"emoticon", LEX_EMOTICON}, {"starter", LEX_STARTER},
    {"split", LEX_SPLIT},   {"restart", LEX_RESTART},   {"possessor", LEX_POSSESSOR},
    {"final", LEX_FINAL},   {"zone", LEX_ZONE},         {"header", LEX_HEADER},
    {"month", LEX_MONTH},   {"leads", LEX_LEADS},       {"people", LEX_PEOPLE},
};

static uint32_t flag_of(str keyword)
{
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (str_is(keyword, classes[i].keyword)) return classes[i].flag;
    return 0;
}

static void add(arena *a, token_rules *r, str word, uint32_t flags)
{
    map_slot *s = map_put(a, &r->words, word);
    s->value = (s->value == MAP_NONE ? 0 : s->value) | flags;
}

/* "cannot can not": the parts make up the word; at most three. */
static bool add_split(arena *a, token_rules *r, str value)
{
    str word = str_cut(&value, ' '), joined = {0};
    uint32_t lens[3] = {0}, n = 0;
    while (value.ptr && n < 3) {
        str part = str_cut(&value, ' ');
        if (part.len == 0) continue;
        joined = arena_format(a, "%.*s%.*s", (int)joined.len, joined.len ? joined.ptr : "", (int)part.len,
                              part.ptr);
        lens[n++] = (uint32_t)part.len;
    }
    if (n < 2 || !str_eq(joined, word) || word.len > 15) return false;
    add(a, r, word, LEX_SPLIT | lens[0] << 24 | (n == 3 ? lens[1] << 28 : 0));
    return true;
}

static bool add_line(arena *a, token_rules *r, const table *t, const table_line *l, error *e)
{
    if (str_is(l->keyword, "damaged"))
        return mend_add(a, &r->mends, l->value)
               || table_fault(t, l, e, "not pairs of a sequence and a character");
    uint32_t flag = flag_of(l->keyword);
    if (!flag) return table_fault(t, l, e, "unknown class \"%.*s\"", (int)l->keyword.len, l->keyword.ptr);
    str rest = utf8_fold(a, l->value);
    if (flag == LEX_SPLIT)
        return add_split(a, r, rest) || table_fault(t, l, e, "the parts do not make up the word");
    while (rest.ptr) {
        str word = str_cut(&rest, ' ');
        if (word.len && (flag & LEX_ABBREVIATION) && word.ptr[word.len - 1] != '.') continue;
        if (word.len) add(a, r, word, flag);
    }
    return true;
}

static bool read_table(arena *a, token_rules *r, str folder, const char *name, error *e)
{
    table t;
    if (!table_read(a, os_path_join(a, folder, str_from(name)), &t, e)) return false;
    for (size_t i = 0; i < t.lines.n; i++)
        if (!add_line(a, r, &t, &t.lines.v[i], e)) return false;
    return true;
}

token_rules *token_rules_open(arena *a, str codebook_folder, error *e)
{
    token_rules *r = arena_new(a, token_rules, 1);
    bool ok = read_table(a, r, codebook_folder, "en/abbreviations.txt", e)
              && read_table(a, r, codebook_folder, "en/tokens.txt", e);
    return ok ? r : NULL;
}
