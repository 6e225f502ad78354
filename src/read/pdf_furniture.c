/* What stands on a page besides the text: running heads, page numbers, the notes at its foot. */
#include <stdio.h>

#include "base/map.h"
#include "read/pdf_layout.h"

enum { OUTER_LINES = 3 /* at the top and at the bottom that may be running heads */ };

/* Digits become '#', so that the same head with another number is the same. */
static str pattern(arena *a, str s)
{
    char *p = arena_new(a, char, s.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        bool digit = s.ptr[i] >= '0' && s.ptr[i] <= '9';
        if (digit && n && p[n - 1] == '#') continue;
        p[n++] = digit ? '#' : s.ptr[i];
    }
    return (str){p, n};
}

/* "12", "- 12 -", "Page 12 of 40", "12 / 40", "xiv". */
static bool is_page_number(arena *a, str s)
{
    static const char *const shapes[] = {
        "#",           "- # -",       "-#-",         "\xE2\x80\x93 # \xE2\x80\x93",
        "Page #",      "page #",      "PAGE #",      "p. #",
        "Page # of #", "page # of #", "PAGE # OF #", "# of #",
        "#/#",         "# / #",       "Page #/#",    "| #",
        "# |",         "[#]",         "(#)",         "Page | #"};
    str p = pattern(a, str_trim(s));
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (str_is(p, shapes[i])) return true;
    size_t roman = 0;
    while (roman < s.len && strchr("ivxl", s.ptr[roman]) && s.ptr[roman]) roman++;
    return roman == s.len && s.len <= 6;
}

/* How many lines of the page lie above (below) this one. */
static size_t lines_beyond(const pdf *p, const pdf_page *page, const pdf_line *l, bool above)
{
    size_t n = 0;
    for (uint32_t i = page->first; i < page->first + page->n && n <= OUTER_LINES; i++) {
        const pdf_line *o = &p->lines.v[i];
        n += above ? o->y0 < l->y0 - 2 : o->y0 > l->y0 + 2;
    }
    return n;
}

typedef struct outer {
    uint32_t line;
    map_slot *slot;
} outer;

static bool is_outer(const pdf *p, const pdf_page *page, const pdf_line *l, bool *top)
{
    *top = l->y1 < page->height * 0.13F;
    bool bottom = l->y0 > page->height * 0.87F;
    return (*top || bottom) && l->text.len < 200 && lines_beyond(p, page, l, *top) < OUTER_LINES;
}

void pdf_drop_furniture(pdf *p)
{
    map seen = {0};
    ARRAY(str) keys = {0};
    uint32_t *key_of = arena_new(p->a, uint32_t, p->lines.n + 1);
    uint32_t *pages_of, *last_page;
    bool top;
    for (uint32_t i = 0; i < p->lines.n; i++) {
        pdf_line *l = &p->lines.v[i];
        if (!is_outer(p, &p->pages.v[l->page], l, &top)) continue;
        l->dropped = is_page_number(p->a, l->text);
        str text = pattern(p->a, l->text);
        map_slot *s = map_put(
            p->a, &seen,
            arena_format(p->a, "%c%.0f %.*s", top ? 't' : 'b', (double)l->size, (int)text.len, text.ptr));
        if (s->value == MAP_NONE) {
            s->value = (uint32_t)keys.n;
            *array_push(p->a, &keys) = s->key;
        }
        key_of[i] = s->value + 1;
    }
    pages_of = arena_new(p->a, uint32_t, keys.n + 1);
    last_page = arena_new(p->a, uint32_t, keys.n + 1);
    for (uint32_t i = 0; i < p->lines.n; i++) {
        uint32_t k = key_of[i], page = p->lines.v[i].page + 1;
        if (!k || last_page[k - 1] == page) continue;
        last_page[k - 1] = page;
        pages_of[k - 1]++;
    }
    for (uint32_t i = 0; i < p->lines.n; i++)
        if (key_of[i] && pages_of[key_of[i] - 1] >= 2) p->lines.v[i].dropped = true;
}

/* ---- notes ------------------------------------------------------------------------------- */

/* "12 Local radio", "* Local radio", "[3] …": a sign, then words. */
static bool begins_note(str s)
{
    size_t i = s.len && s.ptr[0] == '[', start = i;
    while (i < s.len && i < start + 3 && s.ptr[i] >= '0' && s.ptr[i] <= '9') i++;
    if (i > start) return i < s.len && s.ptr[i] != ',' && s.ptr[i] != '%';
    return str_starts(s, STR("*")) || str_starts(s, STR("\xE2\x80\xA0"))
           || str_starts(s, STR("\xE2\x80\xA1"));
}

bool pdf_begins_note(str s)
{
    return begins_note(s);
}

/* Smaller letters below everything else, the highest of them behind a sign. */
static void mark_notes(pdf *p, const pdf_page *page, float body)
{
    float top = page->height, lowest_body = 0;
    for (uint32_t i = page->first; i < page->first + page->n; i++) {
        const pdf_line *l = &p->lines.v[i];
        if (!l->dropped && l->size > body * 0.93F && l->y1 > lowest_body) lowest_body = l->y1;
    }
    for (uint32_t i = page->first; i < page->first + page->n; i++) {
        const pdf_line *l = &p->lines.v[i];
        bool low = !l->dropped && l->y0 >= lowest_body - 1 && l->size <= body * 0.93F
                   && l->y0 > page->height * 0.4F;
        if (low && begins_note(l->text) && l->y0 < top) top = l->y0;
    }
    for (uint32_t i = page->first; i < page->first + page->n; i++) {
        pdf_line *l = &p->lines.v[i];
        l->note = !l->dropped && l->y0 >= top - 1 && l->size <= body * 0.93F;
    }
}

void pdf_find_notes(pdf *p, float body)
{
    for (size_t i = 0; i < p->pages.n; i++) mark_notes(p, &p->pages.v[i], body);
}
