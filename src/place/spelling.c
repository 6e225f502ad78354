#include "place/spelling.h"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/utf8.h"

typedef struct key {
    char *out;
    size_t n;
    bool space; /* a break stands before the next letter */
    bool full;
} key;

static void key_bytes(key *k, const char *bytes, size_t n)
{
    bool space = k->space && k->n;
    k->space = false;
    if (k->n + n + space > SPELLING_MAX) {
        k->full = true;
        return;
    }
    if (space) k->out[k->n++] = ' ';
    memcpy(k->out + k->n, bytes, n);
    k->n += n;
}

static void key_char(key *k, char c)
{
    key_bytes(k, &c, 1);
}

/* Letters that Unicode does not take apart, and the few of Arabic script that are written either way. */
static const struct {
    uint32_t from;
    const char *to;
} special_letters[] = {
    {0xDF, "ss"},        {0xE6, "ae"},        {0xF0, "d"},         {0xF8, "o"},         {0xFE, "th"},
    {0x111, "d"},        {0x127, "h"},        {0x131, "i"},        {0x138, "k"},        {0x142, "l"},
    {0x14B, "ng"},       {0x153, "oe"},       {0x167, "t"},        {0x180, "b"},        {0x199, "k"},
    {0x1B4, "y"},        {0x253, "b"},        {0x254, "o"},        {0x256, "d"},        {0x257, "d"},
    {0x259, "a"},        {0x25B, "e"},        {0x268, "i"},        {0x26B, "l"},        {0x1E9E, "ss"},
    {0x18F, "a"},        {0x181, "b"},        {0x18A, "d"},        {0x198, "k"},        {0x629, "\xD9\x87"},
    {0x649, "\xD9\x8A"}, {0x6CC, "\xD9\x8A"}, {0x6A9, "\xD9\x83"}, {0x671, "\xD8\xA7"},
};

static bool is_mark(uint32_t c)
{
    return (c >= 0x300 && c <= 0x36F) || (c >= 0x483 && c <= 0x487) || (c >= 0x591 && c <= 0x5C7)
           || (c >= 0x610 && c <= 0x61A) || c == 0x640 || (c >= 0x64B && c <= 0x65F) || c == 0x670
           || (c >= 0x200B && c <= 0x200F) || c == 0xFEFF;
}

static bool is_apostrophe(uint32_t c)
{
    return c == 0x2018 || c == 0x2019 || c == 0x201B || c == 0x2032 || c == 0xB4
           || (c >= 0x2B0 && c <= 0x2FF);
}

static void fold_char(key *k, uint32_t c)
{
    if (is_mark(c) || is_apostrophe(c)) return;
    c = utf8_lower(c);
    for (size_t i = 0; i < sizeof special_letters / sizeof *special_letters; i++)
        if (special_letters[i].from == c) {
            key_bytes(k, special_letters[i].to, strlen(special_letters[i].to));
            return;
        }
    if (c == 0xFFFD || !utf8_is_letter(c)) {
        k->space = true;
        return;
    }
    char bytes[4];
    key_bytes(k, bytes, utf8_put(c, bytes));
}

static void fold_ascii(key *k, char c)
{
    if (c >= 'A' && c <= 'Z') key_char(k, (char)(c + 32));
    else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) key_char(k, c);
    else if (c != '\'' && c != '`' && c != '.') k->space = true;
}

/* NFKD (Unicode Standard Annex 15) takes letters and their marks apart. */
static bool fold_unicode(key *k, str name)
{
    UChar wide[SPELLING_MAX], apart[SPELLING_MAX * 4];
    int32_t n = 0, m = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8WithSub(wide, SPELLING_MAX, &n, name.ptr, (int32_t)name.len, 0xFFFD, NULL, &status);
    const UNormalizer2 *nfkd = unorm2_getNFKDInstance(&status);
    if (U_FAILURE(status)) return false;
    for (int32_t i = 0; i < n; i++)
        if (wide[i] == 0xB4 || wide[i] == 0x60) wide[i] = 0x2019;
    m = unorm2_normalize(nfkd, wide, n, apart, SPELLING_MAX * 4, &status);
    if (U_FAILURE(status)) return false;
    for (int32_t i = 0; i < m;) {
        UChar32 c;
        U16_NEXT(apart, i, m, c);
        if (c < 0x80) fold_ascii(k, (char)c);
        else fold_char(k, (uint32_t)c);
    }
    return true;
}

size_t spelling_fold(str name, char out[SPELLING_MAX])
{
    key k = {.out = out};
    if (name.len >= SPELLING_MAX) return 0;
    for (size_t i = 0; i < name.len; i++) {
        if ((unsigned char)name.ptr[i] >= 0x80) {
            k = (key){.out = out};
            if (!fold_unicode(&k, name)) return 0;
            break;
        }
        fold_ascii(&k, name.ptr[i]);
    }
    return k.full ? 0 : k.n;
}

size_t spelling_acronym(str name, char out[SPELLING_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] == '.' && n) continue;
        if (name.ptr[i] < 'A' || name.ptr[i] > 'Z' || n == 5) return 0;
        out[n++] = name.ptr[i];
    }
    return n >= 2 ? n : 0;
}

/* ---- level 2 --------------------------------------------------------------------------------- */

static str next_token(str *rest)
{
    size_t n = 0;
    while (n < rest->len && rest->ptr[n] != ' ') n++;
    str token = str_part(*rest, 0, n);
    *rest = str_part(*rest, n < rest->len ? n + 1 : n, rest->len);
    return token;
}

/* "ezzor", "asshams": an article that took the sound of the letter after it and was written in one. Not
 * at the beginning of a name, where Essen and Assab stand. */
static str without_assimilated_article(str token)
{
    if (token.len < 5 || (token.ptr[0] != 'a' && token.ptr[0] != 'e')) return token;
    if (token.ptr[1] != token.ptr[2] || !strchr("dnrstz", token.ptr[1])) return token;
    return str_part(token, 2, token.len);
}

static bool is_vowel(char c)
{
    return c && strchr("aeiou", c);
}

/* Endings that romanisations write in many ways. */
static const struct {
    const char *from, *to;
} endings[] = {
    {"iyyah", "ia"}, {"iyyeh", "ia"}, {"iyah", "ia"}, {"iyeh", "ia"}, {"iyya", "ia"}, {"iyye", "ia"},
    {"eyyeh", "ia"}, {"eyah", "ia"},  {"iye", "ia"},  {"iya", "ia"},  {"ieh", "ia"},  {"iah", "ia"},
    {"ah", "a"},     {"eh", "a"},     {"yy", "i"},    {"iy", "i"},    {"ey", "i"},    {"y", "i"},
};

static str ending_of(str token, const char **to)
{
    *to = "";
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t n = strlen(endings[i].from);
        if (token.len <= n || !str_ends(token, (str){endings[i].from, n})) continue;
        *to = endings[i].to;
        return str_part(token, 0, token.len - n);
    }
    return token;
}

static void key_level(key *k, str token)
{
    const char *end;
    str stem = ending_of(token, &end);
    for (size_t i = 0; i < stem.len; i++) {
        char c = stem.ptr[i], next = i + 1 < stem.len ? stem.ptr[i + 1] : *end;
        if (next && c == next) {
            if (c == 'o' || c == 'e') key_char(k, c == 'o' ? 'u' : 'i'), i++;
            continue; /* a doubled letter is written once */
        }
        if (c == 'o' && next == 'u') continue;
        key_char(k, c);
    }
    key_bytes(k, end, strlen(end));
}

/* The article's l becomes the letter after it: ar-Raqqa, an-Nabk; before any other letter it is no article. */
static bool fits_next(str article, str rest)
{
    char last = article.len ? article.ptr[article.len - 1] : 0;
    if (article.len < 2 || article.len > 3 || !strchr("dnrstzh", last) || article.ptr[0] == 't')
        return true;
    return rest.len && rest.ptr[0] == article.ptr[1];
}

static void each_token(const place_rules *r, str folded, key *k, void (*emit)(key *, str))
{
    str rest = folded, whole = folded;
    for (bool first = true; rest.len; first = false) {
        str token = next_token(&rest);
        bool only = token.len == whole.len || (k->n == 0 && !rest.len);
        if (!only && rules_find(r, RULE_ARTICLE, token) && fits_next(token, rest)) continue;
        const place_rule *unify = rules_find(r, RULE_UNIFY, token);
        if (unify) token = unify->canon;
        else if (!first) token = without_assimilated_article(token);
        emit(k, token);
    }
}

size_t spelling_generic(const place_rules *r, str folded, char out[SPELLING_MAX])
{
    key k = {.out = out};
    each_token(r, folded, &k, key_level);
    return k.full ? 0 : k.n;
}

/* ---- level 3 --------------------------------------------------------------------------------- */

/* Two letters that stand for one consonant; a '-' stands for nothing. */
static const struct {
    char pair[3], to;
} digraphs[] = {
    {"sh", 's'}, {"ch", 's'}, {"kh", 'k'}, {"gh", 'j'}, {"dh", 'd'}, {"th", 't'}, {"ph", 'f'}, {"zh", 'j'},
    {"dj", 'j'}, {"ts", 's'}, {"tz", 's'}, {"ck", 'k'}, {"aw", '-'}, {"ow", '-'}, {"ew", '-'},
};

static char skeleton_letter(char c)
{
    static const char to[26] = {
        ['b' - 'a'] = 'b', ['c' - 'a'] = 'k', ['d' - 'a'] = 'd', ['f' - 'a'] = 'f', ['g' - 'a'] = 'j',
        ['j' - 'a'] = 'j', ['k' - 'a'] = 'k', ['l' - 'a'] = 'l', ['m' - 'a'] = 'm', ['n' - 'a'] = 'n',
        ['p' - 'a'] = 'b', ['q' - 'a'] = 'k', ['r' - 'a'] = 'r', ['s' - 'a'] = 's', ['t' - 'a'] = 't',
        ['v' - 'a'] = 'w', ['w' - 'a'] = 'w', ['x' - 'a'] = 'k', ['z' - 'a'] = 'z',
    };
    return c >= 'a' && c <= 'z' ? to[c - 'a'] : 0;
}

static void key_skeleton(key *k, str token)
{
    char last = 0; /* a consonant right behind itself is doubled */
    for (size_t i = 0; i < token.len; i++) {
        char c = token.ptr[i], next = i + 1 < token.len ? token.ptr[i + 1] : 0, letter = 0;
        if ((unsigned char)c >= 0x80) {
            k->full = true; /* only Latin script has a skeleton */
            return;
        }
        for (size_t d = 0; d < sizeof digraphs / sizeof *digraphs && !letter; d++)
            if (c == digraphs[d].pair[0] && next == digraphs[d].pair[1]) letter = digraphs[d].to, i++;
        if (!letter) letter = c >= '0' && c <= '9' ? c : skeleton_letter(c);
        bool begins = k->n == 0 && i == 0;
        if (begins && c == 'h') letter = c;
        if (begins && is_vowel(c)) letter = 'a';
        if (letter && letter != '-' && letter != last) key_char(k, letter);
        last = letter;
    }
}

size_t spelling_skeleton(const place_rules *r, str folded, char out[SPELLING_MAX])
{
    key k = {.out = out};
    each_token(r, folded, &k, key_skeleton);
    return k.full || k.n < 3 ? 0 : k.n;
}
