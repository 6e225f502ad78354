#include "read/language.h"

#include <stdio.h>
#include <unicode/uloc.h>
#include <unicode/uscript.h>

#include "base/utf8.h"
#include "read/cld2.h"

/* ---- the table --------------------------------------------------------------------------- */

static bool add_names(arena *a, map *m, uint32_t bit, str value)
{
    while (value.ptr) {
        str name = str_cut(&value, ' ');
        if (!name.len) continue;
        map_slot *s = map_put(a, m, name);
        s->value = (s->value == MAP_NONE ? 0 : s->value) | bit;
    }
    return true;
}

static void add_group(arena *a, language_rules *r, str value)
{
    while (value.ptr) {
        str code = str_cut(&value, ' ');
        if (code.len) map_put(a, &r->near, code)->value = r->n_groups;
    }
    r->n_groups++;
}

static bool add_line(arena *a, language_rules *r, const table *t, const table_line *l, error *e)
{
    if (l->indent == 0 && str_is(l->keyword, "near")) return add_group(a, r, l->value), true;
    if (l->indent == 0) {
        if (r->n == LANGUAGES_MAX) return table_fault(t, l, e, "more than %d languages", LANGUAGES_MAX);
        if (!r->n && !str_is(l->keyword, "en")) return table_fault(t, l, e, "English comes first");
        r->codes[r->n++] = l->keyword;
        return true;
    }
    if (!r->n) return table_fault(t, l, e, "no language stands above");
    uint32_t bit = (uint32_t)1 << (r->n - 1);
    if (str_is(l->keyword, "words")) return add_names(a, &r->words, bit, l->value);
    if (str_is(l->keyword, "letters")) return add_names(a, &r->letters, bit, l->value);
    return table_fault(t, l, e, "\"words\" or \"letters\" is meant");
}

bool language_rules_read(arena *a, language_rules *rules, str path, error *e)
{
    table t;
    if (!table_read(a, path, &t, e)) return false;
    for (size_t i = 0; i < t.lines.n; i++)
        if (!add_line(a, rules, &t, &t.lines.v[i], e)) return false;
    return true;
}

/* ---- counting ---------------------------------------------------------------------------- */

enum { WORD_MAX = 40 };

typedef struct census {
    size_t words, letters, latin; /* letters of scripts without spaces count three */
    size_t hits[LANGUAGES_MAX];   /* words of the table; hits[0]: English */
    size_t letter_hits[LANGUAGES_MAX];
    size_t capitalised; /* words that begin with a capital */
    bool lower;         /* there are small letters */
    uint32_t other;     /* a letter of another script than Latin, 0 = none */
} census;

static void count_bits(size_t *hits, uint32_t bits)
{
    for (size_t i = 0; bits; i++, bits >>= 1) hits[i] += bits & 1;
}

static void end_word(const language_rules *r, census *c, const char *word, size_t *len)
{
    if (!*len) return;
    uint32_t bits = *len <= WORD_MAX ? map_get(&r->words, (str){word, *len}) : MAP_NONE;
    if (bits != MAP_NONE) count_bits(c->hits, bits);
    c->words++;
    *len = 0;
}

static bool is_dense(uint32_t cp) /* kana, Han, Hangul: a character is a syllable or a word */
{
    return (cp >= 0x3040 && cp < 0xA000) || (cp >= 0xAC00 && cp < 0xD7B0) || cp >= 0x20000;
}

static void count_letter(const language_rules *r, census *c, str s, size_t at, size_t n, uint32_t cp)
{
    c->letters += is_dense(cp) ? 3 : 1;
    bool latin = cp < 0x250 || (cp >= 0x1E00 && cp < 0x1F00);
    c->latin += latin;
    if (!latin) c->other = cp;
    uint32_t bits = cp >= 0x300 ? map_get(&r->letters, str_part(s, at, n)) : MAP_NONE;
    if (bits != MAP_NONE) count_bits(c->letter_hits, bits);
}

/* Adds what stands in `s` to the census. */
static void count_text(const language_rules *r, str s, census *c)
{
    char word[WORD_MAX + 4];
    size_t len = 0;
    uint32_t cp;
    for (size_t at = 0, n; at < s.len; at += n) {
        n = utf8_decode(s, at, &cp);
        bool mark = cp == '\'' || cp == 0x2019 || (cp >= 0x300 && cp < 0x370);
        if (!utf8_is_letter(cp) && !mark) {
            end_word(r, c, word, &len);
            continue;
        }
        if (!mark) count_letter(r, c, s, at, n, cp);
        if (mark && !len) continue;
        bool upper = utf8_is_upper(cp);
        c->capitalised += !len && upper;
        c->lower |= !upper && !mark;
        if (len <= WORD_MAX) len += utf8_put(cp == 0x2019 ? '\'' : utf8_lower(cp), word + len);
    }
    end_word(r, c, word, &len);
}

/* ---- one piece of text ------------------------------------------------------------------- */

enum {
    LETTERS_MIN = 12,   /* less tells nothing */
    LATIN_MIN = 60,     /* letters of Latin script that the detector needs to be believed … */
    LATIN_DOCUMENT = 36 /* … and where it is all that there is */
};

typedef enum verdict { UNSURE, ENGLISH, FOREIGN } verdict;

typedef struct finding {
    verdict is;
    str code; /* of FOREIGN; "und" where nobody knows it */
} finding;

static bool is_english(const census *c)
{
    return c->hits[0] * 12 >= c->words && (c->hits[0] >= 2 || (c->hits[0] && c->words <= 12));
}

/* What BCP 47 calls it. */
static str plain_code(const char *code)
{
    static const char *const odd[][2] = {{"iw", "he"},  {"jw", "jv"},  {"in", "id"},    {"mo", "ro"},
                                         {"un", "und"}, {"tl", "fil"}, {"sr-ME", "cnr"}};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        if (strcmp(code, odd[i][0]) == 0) return str_from(odd[i][1]);
    return strlen(code) > 3 && code[2] != '-' ? STR("und") : str_from(code);
}

/* A language of the table that the text is full of, -1 = none. */
static int table_language(const language_rules *r, const census *c)
{
    int best = -1;
    size_t most = 0;
    for (size_t i = 1; i < r->n; i++) {
        bool worded = c->hits[i] >= 3 && c->hits[i] * 8 >= c->words;
        bool lettered = c->letter_hits[i] >= 2 && c->letter_hits[i] * 60 >= c->letters;
        size_t n = (worded ? 4 * c->hits[i] : 0) + (lettered ? c->letter_hits[i] : 0);
        if (n > most) most = n, best = (int)i;
    }
    return best;
}

/* The language that a script is mostly written for (likely subtags of CLDR); "und" for scripts of many languages. */
static str script_language(arena *a, uint32_t letter)
{
    static const UScriptCode many[] = {USCRIPT_ARABIC, USCRIPT_CYRILLIC, USCRIPT_DEVANAGARI, USCRIPT_COMMON,
                                       USCRIPT_INHERITED};
    char id[32], full[64], code[16];
    UErrorCode fault = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript((UChar32)letter, &fault);
    for (size_t i = 0; i < sizeof many / sizeof *many; i++)
        if (script == many[i]) return STR("und");
    const char *name = U_SUCCESS(fault) ? uscript_getShortName(script) : NULL;
    if (!name || strlen(name) != 4) return STR("und");
    snprintf(id, sizeof id, "und_%s", name);
    uloc_addLikelySubtags(id, full, sizeof full, &fault);
    int32_t len = U_SUCCESS(fault) ? uloc_getLanguage(full, code, sizeof code, &fault) : 0;
    bool known = U_SUCCESS(fault) && len > 0 && len < (int32_t)sizeof code && strcmp(code, "en") != 0;
    return known ? arena_copy(a, (str){code, (size_t)len}) : STR("und");
}

/* Names say nothing of the language of a text that consists of them. */
static bool is_names(const census *c)
{
    return c->lower && c->capitalised * 10 >= c->words * 6;
}

static finding ask_detector(arena *a, const language_rules *r, const census *c, str s, bool latin)
{
    cld2_guess g;
    int own = table_language(r, c);
    if (latin && own >= 0) return (finding){FOREIGN, r->codes[own]};
    cld2_identify(s.ptr, s.len, &g);
    str code = plain_code(g.code[0]);
    if (latin) {
        bool clear = g.reliable && g.percent[0] >= 85 && !str_is(code, "en") && !str_is(code, "und");
        return clear ? (finding){FOREIGN, code} : (finding){UNSURE};
    }
    bool known = g.reliable && g.percent[0] >= 50 && !str_is(code, "en");
    if (!known && own >= 0) return (finding){FOREIGN, r->codes[own]};
    return (finding){FOREIGN, known ? code : script_language(a, c->other)};
}

/* `letters_min`: of Latin script, before the detector is asked. */
static finding judge(arena *a, const language_rules *r, const census *c, str s, size_t letters_min)
{
    if (c->letters < LETTERS_MIN) return (finding){UNSURE};
    if (c->latin * 5 < c->letters * 2) return ask_detector(a, r, c, s, false);
    if (is_english(c)) return (finding){ENGLISH};
    if (c->hits[0] * 30 > c->words || c->letters < letters_min || is_names(c)) return (finding){UNSURE};
    return ask_detector(a, r, c, s, true);
}

/* ---- the document ------------------------------------------------------------------------ */

enum {
    LOOK_AT = 1500, /* bytes of each block */
    SAMPLE = 2000,  /* bytes of blocks that say little, taken together */
    ASK_MOST = 2000 /* blocks that the detector is asked about */
};

static str clipped(str s, size_t cap)
{
    if (s.len <= cap) return s;
    while (cap && ((unsigned char)s.ptr[cap] & 0xC0) == 0x80) cap--;
    return str_part(s, 0, cap);
}

/* Votes of letters for each foreign code: few differ, so a list does. */
typedef struct votes {
    struct {
        str code;
        size_t letters;
    } v[16];
    size_t n;
} votes;

static void vote(votes *all, str code, size_t letters)
{
    size_t i = 0;
    while (i < all->n && !str_eq(all->v[i].code, code)) i++;
    if (i == sizeof all->v / sizeof *all->v) return;
    if (i == all->n) all->v[all->n++].code = code;
    all->v[i].letters += letters;
}

/* The code with most letters; "und" only where there is no other. */
static str vote_winner(const votes *all)
{
    str best = STR("und");
    size_t most = 0;
    for (size_t i = 0; i < all->n; i++)
        if (!str_is(all->v[i].code, "und") && all->v[i].letters > most)
            most = all->v[i].letters, best = all->v[i].code;
    return best;
}

typedef struct survey {
    const language_rules *rules;
    document *d;
    uint8_t *is; /* verdict of each block */
    size_t letters[FOREIGN + 1];
    votes foreign;
    census unsure; /* of the blocks that are */
    char sample[SAMPLE + 1];
    size_t sample_len, asked;
} survey;

static void keep_sample(survey *v, str s)
{
    s = clipped(s, SAMPLE - v->sample_len);
    if (s.len) memcpy(v->sample + v->sample_len, s.ptr, s.len);
    v->sample_len += s.len;
    if (v->sample_len < SAMPLE) v->sample[v->sample_len++] = '\n';
}

static void survey_block(survey *v, size_t i)
{
    str s = clipped(document_str(v->d, v->d->blocks.v[i].at), LOOK_AT);
    census c = {0};
    count_text(v->rules, s, &c);
    bool many = v->asked >= ASK_MOST;
    finding f = many && c.latin * 5 >= c.letters * 2 && !is_english(&c)
                    ? (finding){UNSURE}
                    : judge(v->d->arena, v->rules, &c, s, LATIN_MIN);
    v->asked += f.is == FOREIGN || (f.is == UNSURE && c.letters >= LATIN_MIN);
    v->is[i] = (uint8_t)f.is;
    v->letters[f.is] += c.letters;
    if (f.is == FOREIGN) vote(&v->foreign, f.code, c.letters);
    if (f.is != UNSURE || v->sample_len >= SAMPLE) return;
    count_text(v->rules, s, &v->unsure);
    keep_sample(v, s);
}

/* What nothing could be said of block by block, taken together. */
static void judge_rest(survey *v)
{
    size_t all = v->letters[UNSURE] + v->letters[ENGLISH] + v->letters[FOREIGN];
    if (v->letters[UNSURE] * 2 < all || v->letters[ENGLISH] * 7 > all) return;
    finding f = judge(v->d->arena, v->rules, &v->unsure, (str){v->sample, v->sample_len}, LATIN_DOCUMENT);
    if (f.is == UNSURE) return;
    for (size_t i = 0; i < v->d->blocks.n; i++)
        if (v->is[i] == UNSURE) v->is[i] = (uint8_t)f.is;
    if (f.is == FOREIGN) vote(&v->foreign, f.code, v->letters[UNSURE]);
    v->letters[f.is] += v->letters[UNSURE];
    v->letters[UNSURE] = 0;
}

/* Hardly any English: at most a seventh, and something else for the greater part. */
static bool is_foreign(const survey *v)
{
    size_t all = v->letters[UNSURE] + v->letters[ENGLISH] + v->letters[FOREIGN];
    return v->letters[FOREIGN] * 2 > all && v->letters[ENGLISH] * 7 < all;
}

static str primary(str code)
{
    size_t n = 0;
    while (n < code.len && code.ptr[n] != '-' && code.ptr[n] != '_') n++;
    return str_part(code, 0, n);
}

/* Is what the page says of itself the same, or as good as the same? */
static bool agrees(const language_rules *r, str said, str found)
{
    if (str_eq_nocase(primary(said), primary(found))) return true;
    uint32_t a = map_get(&r->near, primary(said)), b = map_get(&r->near, primary(found));
    return a != MAP_NONE && a == b;
}

static void name_language(const survey *v, bool foreign)
{
    document *d = v->d;
    str found = foreign ? vote_winner(&v->foreign) : STR("en");
    bool clear = foreign ? !str_is(found, "und")
                         : v->letters[ENGLISH] * 2 > v->letters[UNSURE] && v->letters[ENGLISH];
    if (foreign && !clear && d->language.len && !str_eq_nocase(primary(d->language), STR("en"))) return;
    if (clear ? !d->language.len || !agrees(v->rules, d->language, found) : foreign) d->language = found;
}

str language_name(arena *a, str code)
{
    UChar units[96];
    UErrorCode fault = U_ZERO_ERROR;
    char id[32], name[128];
    size_t n = 0;
    if (!code.len || code.len >= sizeof id || str_is(code, "und"))
        return STR("another language than English");
    memcpy(id, code.ptr, code.len);
    id[code.len] = 0;
    int32_t len = uloc_getDisplayLanguage(id, "en", units, 96, &fault);
    if (U_FAILURE(fault)) len = 0;
    for (int32_t i = 0; i < len && n + 4 < sizeof name; i++) n += utf8_put(units[i], name + n);
    return n ? arena_copy(a, (str){name, n}) : code;
}

void language_find(const language_rules *rules, str given, language_use use, document *d)
{
    survey v = {.rules = rules, .d = d, .is = arena_new(d->arena, uint8_t, d->blocks.n + 1)};
    for (size_t i = 0; i < d->blocks.n; i++)
        if (d->blocks.v[i].kind != BLOCK_NOTICE) survey_block(&v, i);
    judge_rest(&v);
    bool foreign = is_foreign(&v), said_english = str_eq_nocase(primary(given), STR("en"));
    if (given.len) d->language = given;
    else if (v.letters[ENGLISH] + v.letters[FOREIGN]) name_language(&v, foreign);
    if (use == LANGUAGE_READ_ALL || (foreign && said_english)) return;
    if (foreign) d->foreign = language_name(d->arena, primary(given.len ? given : d->language));
    for (size_t i = 0; i < d->blocks.n; i++)
        if (v.is[i] == FOREIGN) d->blocks.v[i].kind = BLOCK_FOREIGN;
}
