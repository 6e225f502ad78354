#include "read/pdf_layout.h"

#include <math.h>

#include "base/utf8.h"
#include "read/builder.h"

/* ---- what is usual ----------------------------------------------------------------------- */

enum { SIZES = 200, PITCHES = 400 /* histogram steps of half a point */ };

static size_t step_of(float v, size_t most)
{
    float s = v * 2 + 0.5F;
    return s > 0 && s < (float)most ? (size_t)s : 0;
}

static size_t peak(const size_t *counts, size_t n)
{
    size_t best = 0;
    for (size_t i = 1; i < n; i++)
        if (counts[i] > counts[best] || !best) best = i;
    return best;
}

/* The size of most letters. */
static float body_size(const pdf *p)
{
    size_t counts[SIZES] = {0};
    for (size_t i = 0; i < p->lines.n; i++)
        if (!p->lines.v[i].dropped) counts[step_of(p->lines.v[i].size, SIZES)] += p->lines.v[i].text.len;
    size_t best = peak(counts, SIZES);
    return best ? (float)best / 2 : 10;
}

static bool overlaps(const pdf_line *a, const pdf_line *b)
{
    float both = fminf(a->x1, b->x1) - fmaxf(a->x0, b->x0), least = fminf(a->x1 - a->x0, b->x1 - b->x0);
    return both > 0.5F * least;
}

/* Does b stand below a in the same column? */
static bool is_below(const pdf_line *a, const pdf_line *b)
{
    return a->page == b->page && b->y0 > a->y0 && overlaps(a, b);
}

/* The distance from line to line of most lines, in sizes of their letters. */
static float usual_pitch(const pdf *p, float body)
{
    size_t counts[PITCHES] = {0};
    for (size_t i = 1; i < p->lines.n; i++) {
        const pdf_line *a = &p->lines.v[i - 1], *b = a + 1;
        if (fabsf(b->size - body) < 0.6F && is_below(a, b) && b->y0 - a->y0 < 4 * body)
            counts[step_of((b->y0 - a->y0), PITCHES)]++;
    }
    size_t best = peak(counts, PITCHES);
    return best && counts[best] ? (float)best / 2 / body : 1.2F;
}

/* Edges of the column: the outermost of the lines near it, in order of reading, that overlap it. */
static void find_columns(pdf *p)
{
    enum { NEAR = 40 };
    for (size_t i = 0; i < p->lines.n; i++) {
        pdf_line *l = &p->lines.v[i];
        l->left = l->x0;
        l->right = l->x1;
        for (size_t k = i; k-- > 0 && i - k < NEAR && is_below(&p->lines.v[k], &p->lines.v[k + 1]);) {
            l->left = fminf(l->left, p->lines.v[k].x0);
            l->right = fmaxf(l->right, p->lines.v[k].x1);
        }
        for (size_t k = i + 1;
             k < p->lines.n && k - i < NEAR && is_below(&p->lines.v[k - 1], &p->lines.v[k]); k++) {
            l->left = fminf(l->left, p->lines.v[k].x0);
            l->right = fmaxf(l->right, p->lines.v[k].x1);
        }
    }
}

/* ---- does the paragraph go on? ----------------------------------------------------------- */

typedef struct layout {
    const pdf *p;
    const map *hyphens;
    document *d;
    text_builder b;
    map words; /* words of the document that stand inside lines, folded; with their hyphens */
    float body, pitch;
} layout;

static uint32_t first_letter(str s)
{
    uint32_t cp = 0;
    for (size_t at = 0; at < s.len;) {
        at += utf8_decode(s, at, &cp);
        if (utf8_is_letter(cp) || (cp >= '0' && cp <= '9')) return cp;
        if (utf8_is_space(cp)) break;
    }
    return cp;
}

static bool begins_lower(str s)
{
    uint32_t cp = first_letter(s);
    return utf8_is_letter(cp) && !utf8_is_upper(cp);
}

static bool ends_sentence(str s)
{
    while (s.len && strchr("\"')]", s.ptr[s.len - 1])) s.len--;
    while (str_ends(s, STR("\xE2\x80\x9D")) || str_ends(s, STR("\xE2\x80\x99"))) s.len -= 3;
    return s.len && strchr(".!?:;", s.ptr[s.len - 1]) != NULL;
}

/* Bytes of a bullet or a list's number in front, 0 = none. */
static size_t bullet_len(str s)
{
    static const char *const signs[] = {"\xE2\x80\xA2", "\xE2\x97\xA6", "\xE2\x96\xAA", "\xEF\x82\xB7",
                                        "\xE2\x97\x8F", "\xE2\x9E\xA2", "\xE2\x80\xA3", "\xEF\x82\xA7",
                                        "\xC2\xB7",     "- ",           "\xE2\x80\x93 "};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (str_starts(s, str_from(signs[i]))) return strlen(signs[i]);
    size_t i = s.len && s.ptr[0] == '(', start = i;
    while (i < s.len && i < start + 2 && s.ptr[i] >= '0' && s.ptr[i] <= '9') i++;
    if (i == start && i < s.len && s.ptr[i] >= 'a' && s.ptr[i] <= 'z') i++;
    bool closed = i > start && i + 1 < s.len && (s.ptr[i] == ')' || (s.ptr[i] == '.' && !start))
                  && s.ptr[i + 1] == ' ';
    return closed ? i + 1 : 0;
}

static bool ends_open(str s)
{
    return str_ends(s, STR("-")) || str_ends(s, STR("\xC2\xAD")) || str_ends(s, STR("\xE2\x80\x90"))
           || str_ends(s, STR(","));
}

/* Over the end of a column or page. */
static bool goes_on_elsewhere(const pdf_line *a, const pdf_line *b)
{
    if (ends_open(a->text) || begins_lower(b->text)) return !bullet_len(b->text) && !ends_sentence(a->text);
    bool full = a->x1 > a->right - 0.12F * (a->right - a->left),
         indented = b->x0 > b->left + 0.8F * b->size;
    return full && !indented && !ends_sentence(a->text) && !bullet_len(b->text) && b->text.len > 40;
}

static bool goes_on(const layout *y, const pdf_line *a, const pdf_line *b, const pdf_line *first)
{
    float width = a->right - a->left, em = b->size;
    if (fabsf(a->size - b->size) > fmaxf(0.9F, 0.09F * a->size)) return false;
    if (a->note && pdf_begins_note(b->text)) return false;
    if (!is_below(a, b)) {
        bool same_line = a->page == b->page && fabsf(a->y0 - b->y0) < 0.3F * em && b->x0 >= a->x1 - 1;
        return same_line ? b->x0 - a->x1 < 2 * em : goes_on_elsewhere(a, b);
    }
    if (b->y0 - a->y0 > y->pitch * em * 1.22F + 1) return false;
    if (bullet_len(b->text)) return false;
    bool hanging = bullet_len(first->text) > 0;
    if (hanging && b->x0 > first->x0 - 0.3F * em)
        return b->x0 > first->x0 + 0.3F * em || begins_lower(b->text);
    if (a != first && b->x0 > a->x0 + 0.8F * em && !begins_lower(b->text)) return false;
    if (a == first && b->x0 > a->x0 + 0.8F * em && ends_sentence(a->text)) return false;
    bool is_short = a->x1 < a->right - 0.15F * width;
    if (is_short && ends_sentence(a->text) && !begins_lower(b->text)) return false;
    return !(a->x1 < a->right - 0.4F * width && !begins_lower(b->text) && !ends_open(a->text));
}

/* ---- putting lines together -------------------------------------------------------------- */

static const char *ligature(uint32_t cp)
{
    static const char *const letters[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    return cp >= 0xFB00 && cp <= 0xFB06 ? letters[cp - 0xFB00] : NULL;
}

/* Adds a line: white space single, ligatures as letters, private signs and soft hyphens out. */
static void add_line(layout *y, str s)
{
    uint32_t cp;
    bool gap = false;
    size_t start = y->b.n;
    for (size_t at = 0, n; at < s.len; at += n) {
        n = utf8_decode(s, at, &cp);
        const char *l = ligature(cp);
        if (cp == 0xAD || cp == 0xFEFF || cp == 0xFFFD || (cp >= 0xE000 && cp < 0xF900)) continue;
        if (utf8_is_space(cp)) {
            gap = true;
            continue;
        }
        if (gap && y->b.n > start) builder_add(&y->b, STR(" "), y->b.n);
        gap = false;
        if (l) builder_add(&y->b, str_from(l), y->b.n);
        else builder_add(&y->b, str_part(s, at, n), y->b.n);
    }
}

static bool is_word_byte(unsigned char c)
{
    return c >= 0x80 || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* Folded letters at the end (beginning) of a text. */
static str last_word(arena *a, str s)
{
    size_t at = s.len;
    while (at && is_word_byte((unsigned char)s.ptr[at - 1])) at--;
    return utf8_fold(a, str_part(s, at, s.len));
}

static str first_word(arena *a, str s)
{
    size_t n = 0;
    while (n < s.len && is_word_byte((unsigned char)s.ptr[n])) n++;
    return utf8_fold(a, str_part(s, 0, n));
}

/* Words with inner hyphens, so that it can be asked how a document writes one. */
static void learn_words(layout *y)
{
    arena *a = y->p->a;
    for (size_t i = 0; i < y->p->lines.n; i++) {
        str s = utf8_fold(a, y->p->lines.v[i].text);
        for (size_t at = 0; at < s.len;) {
            size_t start = at;
            while (at < s.len && (is_word_byte((unsigned char)s.ptr[at]) || s.ptr[at] == '-')) at++;
            if (at - start > 4 && at < s.len)
                map_put(a, &y->words, str_part(s, start, at - start))->value = 1;
            at += at == start;
        }
    }
}

/* A hyphen at a line's end stays where the document writes the word so inside a line, or where its parts are such that
 * join others by one ("anti-", "-controlled"); else the word was cut. */
static bool hyphen_stays(const layout *y, str before, str after)
{
    arena *a = y->p->a;
    str left = last_word(a, before), right = first_word(a, after);
    uint32_t l = map_get(y->hyphens, left), r = map_get(y->hyphens, right);
    if (!left.len || !right.len || utf8_is_upper(first_letter(after))) return true;
    str with = arena_format(a, "%.*s-%.*s", (int)left.len, left.ptr, (int)right.len, right.ptr);
    str without = arena_format(a, "%.*s%.*s", (int)left.len, left.ptr, (int)right.len, right.ptr);
    if (map_get(&y->words, without) != MAP_NONE) return false;
    if (map_get(&y->words, with) != MAP_NONE) return true;
    return (l != MAP_NONE && l & HYPHEN_BEFORE) || (r != MAP_NONE && r & HYPHEN_BEHIND);
}

static void join(layout *y, str after)
{
    str so_far = builder_text(&y->b);
    bool plain = str_ends(so_far, STR("-")), typographic = str_ends(so_far, STR("\xE2\x80\x90"));
    size_t sign = plain ? 1 : typographic ? 3 : 0;
    str before = str_part(so_far, 0, so_far.len - sign);
    bool in_word = sign && before.len && is_word_byte((unsigned char)before.ptr[before.len - 1])
                   && !str_ends(before, STR("\xE2\x80\x93"));
    if (!in_word) builder_add(&y->b, STR(" "), y->b.n);
    else if (!hyphen_stays(y, before, after)) y->b.n -= sign;
}

static void mark_page(layout *y, const pdf_line *l)
{
    uint32_t number = y->p->pages.v[l->page].number;
    document *d = y->d;
    if (d->pages.n && d->pages.v[d->pages.n - 1].number == number) return;
    *array_push(d->arena, &d->pages) = (page_mark){(uint32_t)y->b.n, number};
}

static block_kind kind_of(const layout *y, const pdf_line *first, size_t lines, size_t len)
{
    if (first->note) return BLOCK_PARAGRAPH;
    if (first->size > 1.12F * y->body && lines <= 4 && len < 300) return BLOCK_TITLE;
    return bullet_len(first->text) ? BLOCK_LIST_ITEM : BLOCK_PARAGRAPH;
}

static uint32_t next_line(const layout *y, uint32_t i, bool notes)
{
    for (i++; i < y->p->lines.n; i++)
        if (!y->p->lines.v[i].dropped && y->p->lines.v[i].note == notes) break;
    return i;
}

/* The paragraph that begins with line i; gives the line behind it. */
static uint32_t put_paragraph(layout *y, uint32_t i, bool notes)
{
    const pdf_line *first = &y->p->lines.v[i], *last = first;
    document *d = y->d;
    size_t lines = 1, before = y->b.n;
    if (d->blocks.n) builder_add(&y->b, STR("\n\n"), y->b.n);
    size_t start = y->b.n;
    mark_page(y, first);
    add_line(y, first->text);
    for (i = next_line(y, i, notes); i < y->p->lines.n; i = next_line(y, i, notes), lines++) {
        const pdf_line *l = &y->p->lines.v[i];
        if (!goes_on(y, last, l, first)) break;
        if (str_ends(last->text, STR("\xC2\xAD")) == false && y->b.n > start) join(y, l->text);
        mark_page(y, l);
        add_line(y, l->text);
        last = l;
    }
    span at = {(uint32_t)start, (uint32_t)(y->b.n - start)};
    if (at.len) *array_push(d->arena, &d->blocks) = (block){at, kind_of(y, first, lines, at.len)};
    else y->b.n = before;
    return i;
}

void pdf_layout(pdf *p, const map *hyphens, document *d)
{
    layout y = {.p = p, .hyphens = hyphens, .d = d};
    builder_init(&y.b, d->arena, 1 << 16);
    pdf_drop_furniture(p);
    y.body = body_size(p);
    pdf_find_notes(p, y.body);
    y.pitch = usual_pitch(p, y.body);
    find_columns(p);
    learn_words(&y);
    for (int notes = 0; notes < 2; notes++)
        for (uint32_t i = next_line(&y, UINT32_MAX, notes); i < p->lines.n;)
            i = put_paragraph(&y, i, notes);
    d->text = y.b.n ? builder_text(&y.b) : STR("");
    *array_push(d->arena, &d->raw_runs) = (raw_run){0, RAW_NONE};
}
