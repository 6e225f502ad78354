#define _POSIX_C_SOURCE 200809L
#include "place/translit.h"

#include <pthread.h>
#include <stdlib.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "base/utf8.h"

/* Ukrainian is Cyrillic with letters that Russian lacks. */
enum { UKRAINIAN, RUSSIAN, ARABIC, HEBREW, GREEK, GEORGIAN, ARMENIAN, ETHIOPIC, OTHER, N_TABLES };

static const struct {
    UScriptCode script;
    const char *id; /* of ICU; leftovers go through its general table */
} tables[N_TABLES] = {
    [UKRAINIAN] = {USCRIPT_INVALID_CODE, "Ukrainian-Latin/BGN; Any-Latin"},
    [RUSSIAN] = {USCRIPT_CYRILLIC, "Russian-Latin/BGN; Any-Latin"},
    [ARABIC] = {USCRIPT_ARABIC, "Arabic-Latin/BGN; Any-Latin"},
    [HEBREW] = {USCRIPT_HEBREW, "Hebrew-Latin/BGN; Any-Latin"},
    [GREEK] = {USCRIPT_GREEK, "Greek-Latin/BGN; Any-Latin"},
    [GEORGIAN] = {USCRIPT_GEORGIAN, "Georgian-Latin/BGN; Any-Latin"},
    [ARMENIAN] = {USCRIPT_ARMENIAN, "Armenian-Latin/BGN; Any-Latin"},
    [ETHIOPIC] = {USCRIPT_ETHIOPIC, "Amharic-Latin/BGN; Any-Latin"},
    [OTHER] = {USCRIPT_INVALID_CODE, "Any-Latin"},
};

struct translit {
    pthread_mutex_t lock;
    UTransliterator *table[N_TABLES];
    bool tried[N_TABLES];
};

translit *translit_open(void)
{
    translit *t = calloc(1, sizeof *t);
    if (t && pthread_mutex_init(&t->lock, NULL) == 0) return t;
    free(t);
    return NULL;
}

void translit_close(translit *t)
{
    if (!t) return;
    for (int i = 0; i < N_TABLES; i++)
        if (t->table[i]) utrans_close(t->table[i]);
    pthread_mutex_destroy(&t->lock);
    free(t);
}

/* The first letter that is of a script other than Latin; 0 = none. */
static UChar32 other_letter(str name)
{
    for (size_t i = 0; i < name.len;) {
        uint32_t c;
        i += utf8_decode(name, i, &c);
        UErrorCode status = U_ZERO_ERROR;
        if (c < 0x370 || !utf8_is_letter(c)) continue;
        UScriptCode script = uscript_getScript((UChar32)c, &status);
        if (script != USCRIPT_LATIN && script != USCRIPT_COMMON && script != USCRIPT_INHERITED)
            return (UChar32)c;
    }
    return 0;
}

bool translit_needed(str name)
{
    return other_letter(name) != 0;
}

static int table_of(str name)
{
    UErrorCode status = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript(other_letter(name), &status);
    for (size_t i = 0; script == USCRIPT_CYRILLIC && i < name.len;) {
        uint32_t c;
        i += utf8_decode(name, i, &c);
        c = utf8_lower(c);
        if (c == 0x456 || c == 0x457 || c == 0x454 || c == 0x491) return UKRAINIAN;
    }
    for (int i = 0; i < N_TABLES; i++)
        if (tables[i].script == script) return i;
    return OTHER;
}

/* ---- Arabic before the table ----------------------------------------------------------------- */

static bool ends_word(const UChar *s, int32_t n, int32_t i)
{
    return i >= n || s[i] == ' ' || s[i] == '-';
}

/* The article apart, ayn at the beginning as the vowel that romanisations have there, ta marbuta between two words as
 * the t that is heard. */
static int32_t prepare_arabic(const UChar *s, int32_t n, UChar out[SPELLING_MAX])
{
    int32_t m = 0, after_article = -1;
    for (int32_t i = 0; i < n && m + 2 < SPELLING_MAX; i++) {
        bool begins = i == 0 || s[i - 1] == ' ' || s[i - 1] == '-' || i == after_article;
        bool article = begins && s[i] == 0x627 && i + 1 < n && s[i + 1] == 0x644;
        int32_t letters = 0;
        while (article && !ends_word(s, n, i + letters)) letters++;
        if (article && letters > 4) {
            after_article = ++i + 1; /* alif and lam count for nothing, as articles do */
            continue;
        }
        bool open =
            s[i] == 0x639 || s[i] == 0x622 || s[i] == 0x623 || s[i] == 0x625; /* ayn, alif with a hamza */
        if (begins && (open || s[i] == 0x627)) out[m++] = 'a';
        else if (s[i] == 0x629 && !ends_word(s, n, i + 1)) out[m++] = 0x62A;
        else if (s[i] == 0x629) out[m++] = i + 1 < n ? 0x62A : 0x647;
        else if (s[i] == 0x626 || s[i] == 0x624 || s[i] == 0x621) continue; /* hamza */
        else if (s[i] < 0x64B || s[i] > 0x65F) out[m++] = s[i];
    }
    return m;
}

/* ---- the tables of ICU ----------------------------------------------------------------------- */

static UTransliterator *table_at(translit *t, int i)
{
    UChar id[64];
    UErrorCode status = U_ZERO_ERROR;
    if (t->tried[i]) return t->table[i];
    t->tried[i] = true;
    u_uastrcpy(id, tables[i].id);
    t->table[i] = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    if (U_FAILURE(status)) t->table[i] = NULL;
    return t->table[i];
}

static size_t to_latin(translit *t, int table, str name, char out[SPELLING_MAX])
{
    UChar wide[SPELLING_MAX], text[4 * SPELLING_MAX];
    UErrorCode status = U_ZERO_ERROR;
    int32_t n = 0, limit, len = 0;
    u_strFromUTF8WithSub(wide, SPELLING_MAX, &n, name.ptr, (int32_t)name.len, 0xFFFD, NULL, &status);
    if (U_FAILURE(status)) return 0;
    if (table == ARABIC) n = prepare_arabic(wide, n, text);
    else u_memcpy(text, wide, n);
    limit = n;
    pthread_mutex_lock(&t->lock);
    UTransliterator *icu = table_at(t, table);
    if (icu) utrans_transUChars(icu, text, &n, 4 * SPELLING_MAX, 0, &limit, &status);
    pthread_mutex_unlock(&t->lock);
    if (!icu || U_FAILURE(status)) return 0;
    u_strToUTF8(out, SPELLING_MAX, &len, text, n, &status);
    return U_FAILURE(status) || len >= SPELLING_MAX ? 0 : (size_t)len;
}

size_t translit_skeletons(translit *t, const place_rules *r, str name,
                          char out[TRANSLIT_VARIANTS][SPELLING_MAX], size_t n[TRANSLIT_VARIANTS])
{
    char latin[SPELLING_MAX], folded[SPELLING_MAX];
    if (!t || name.len >= SPELLING_MAX || !translit_needed(name)) return 0;
    int table = table_of(name);
    size_t m = to_latin(t, table, name, latin);
    m = m ? spelling_fold((str){latin, m}, folded) : 0;
    n[0] = m ? spelling_skeleton(r, (str){folded, m}, out[0]) : 0;
    if (!n[0]) return 0;
    n[1] = 0;
    for (size_t i = 0; i < n[0]; i++)
        if (i == 0 || out[0][i] != 'w') out[1][n[1]++] = out[0][i];
    return table == ARABIC && n[1] >= 3 && n[1] < n[0] ? 2 : 1;
}
