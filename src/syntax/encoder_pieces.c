#include "syntax/encoder_pieces.h"

#include "base/utf8.h"

/* ---- the table --------------------------------------------------------------------------------- */

static bool fault(const model *m, const char *what, error *e)
{
    error_set(e, SITREP_BAD_MODEL, "model", "%s", what);
    return error_at(e, m->path, 0, 0);
}

static bool read_vocabulary(arena *a, const model *m, uint32_t n_pieces, piece_table *t, error *e)
{
    size_t len = 0;
    const char *text = model_find(m, "vocabulary", &len);
    if (!text || n_pieces <= N_PIECE_SIGNS || n_pieces > UINT16_MAX)
        return fault(m, "its word pieces are missing", e);
    uint32_t n = 0;
    for (size_t at = 0; at < len; n++) {
        const char *end = memchr(text + at, '\n', len - at);
        str piece = {text + at, end ? (size_t)(end - text) - at : len - at};
        at += piece.len + 1;
        if (n < N_PIECE_SIGNS || !piece.len) continue;
        map_put(a, &t->by_text, piece)->value = n;
        if (piece.len > t->longest) t->longest = piece.len;
    }
    return n == n_pieces || fault(m, "its word pieces are damaged", e);
}

bool piece_table_open(arena *a, const model *m, uint32_t n_pieces, piece_table *t, error *e)
{
    size_t len = 0;
    *t = (piece_table){0};
    t->letters = model_need(m, "letters", ENCODER_LETTERS * sizeof *t->letters, e);
    if (!t->letters) return false;
    t->far = model_find(m, "letters.far", &len);
    t->n_far = t->far ? len / sizeof *t->far : 0;
    return read_vocabulary(a, m, n_pieces, t, e);
}

/* ---- letters ----------------------------------------------------------------------------------- */

static uint32_t letter_of(const piece_table *t, uint32_t cp)
{
    if (cp < ENCODER_LETTERS) return t->letters[cp];
    size_t low = 0, high = t->n_far;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (t->far[mid].last < cp) low = mid + 1;
        else high = mid;
    }
    return cp
           | (low < t->n_far && t->far[low].first <= cp ? t->far[low].flags & ~(uint32_t)LETTER_CODE : 0);
}

uint16_t word_shape(const piece_table *t, str word)
{
    size_t n_letters = 0, n_lower = 0, n_upper = 0, index = 0;
    bool first_upper = false, first_letter_lower = false;
    for (size_t at = 0; at < word.len; index++) {
        uint32_t cp;
        at += utf8_decode(word, at, &cp);
        uint32_t l = letter_of(t, cp);
        if (l & LETTER_DIGIT) return 1;
        if (index == 0) first_upper = l & LETTER_UPPER;
        if (!(l & LETTER_ALPHA)) continue;
        if (n_letters++ == 0) first_letter_lower = l & LETTER_LOWER;
        n_lower += (l & LETTER_LOWER) != 0;
        n_upper += (l & LETTER_UPPER) != 0;
    }
    if (!n_letters) return 2;
    if (n_lower == n_letters) return 3;
    if (n_upper == n_letters) return n_letters > 1 ? 4 : 5;
    return first_upper && n_lower - first_letter_lower == n_letters - 1 ? 6 : 7;
}

/* ---- pieces ------------------------------------------------------------------------------------ */

/* A run of letters, as it grows; two bytes before it are room for "##". */
typedef struct run {
    char text[2 + 4 * WORD_LETTERS];
    size_t len;
} run;

typedef struct pieces {
    uint16_t *v;
    size_t n;
} pieces;

static void add_piece(pieces *p, uint32_t number)
{
    if (p->n < WORD_PIECES) p->v[p->n++] = (uint16_t)number;
}

/* The longest known piece of the run from `at`; its end is at *end. */
static uint32_t longest_piece(const piece_table *t, run *r, size_t at, size_t *end)
{
    char saved[2], *from = r->text + 2 + at - (at ? 2 : 0);
    uint32_t found = MAP_NONE;
    size_t mark = at ? 2 : 0, len = r->len - at + mark;
    if (len > t->longest) len = t->longest;
    memcpy(saved, from, 2);
    if (at) memcpy(from, "##", 2);
    for (; len > mark; len--) {
        if (len - mark < r->len - at && ((unsigned char)from[len] & 0xC0) == 0x80) continue;
        found = map_get(&t->by_text, (str){from, len});
        if (found != MAP_NONE) break;
    }
    if (at) memcpy(from, saved, 2);
    *end = at + len - mark;
    return found;
}

/* A run that cannot be cut into known pieces is one unknown piece. */
static void cut_run(const piece_table *t, run *r, pieces *out)
{
    size_t n_before = out->n;
    for (size_t at = 0; at < r->len;) {
        uint32_t piece = longest_piece(t, r, at, &at);
        if (piece == MAP_NONE) {
            out->n = n_before;
            add_piece(out, PIECE_UNKNOWN);
            break;
        }
        add_piece(out, piece);
    }
    r->len = 0;
}

size_t word_pieces(const piece_table *t, str word, uint16_t *piece)
{
    run r = {.len = 0};
    pieces out = {piece, 0};
    size_t n = 0;
    for (size_t at = 0; at < word.len && n < WORD_LETTERS; n++) {
        uint32_t cp;
        at += utf8_decode(word, at, &cp);
        uint32_t l = letter_of(t, cp);
        if (l & LETTER_MARK) continue;
        if (!(l & LETTER_RUN)) cut_run(t, &r, &out);
        if (l & LETTER_SPACE) continue;
        r.len += utf8_put(l & LETTER_CODE, r.text + 2 + r.len);
        if (!(l & LETTER_RUN)) cut_run(t, &r, &out);
    }
    cut_run(t, &r, &out);
    if (!out.n) add_piece(&out, PIECE_UNKNOWN);
    return out.n;
}
