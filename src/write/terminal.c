#include "write/terminal.h"

#include <stdio.h>

#include "base/utf8.h"

typedef struct range {
    uint32_t first, last;
} range;

/* Blocks of wide characters (Unicode 15, EastAsianWidth.txt; unassigned gaps inside are taken along). */
static const range wide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},   {0x2E80, 0x303E},
    {0x3041, 0xA4CF},   {0xA960, 0xA97C},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE10, 0xFE19},
    {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x16FE0, 0x18CFF}, {0x1AFF0, 0x1B2FB},
    {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FC}, {0x1F7E0, 0x1F7F0}, {0x1F900, 0x1FAFF}, {0x20000, 0x3FFFD},
};

/* Combining marks and joiners that take no column. */
static const range marks[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD},   {0x0610, 0x061A}, {0x064B, 0x065F},
    {0x06D6, 0x06DC}, {0x06DF, 0x06E4}, {0x0900, 0x0902},   {0x093C, 0x093C}, {0x0941, 0x0948},
    {0x094D, 0x094D}, {0x0E31, 0x0E31}, {0x0E34, 0x0E3A},   {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF},
    {0x1DC0, 0x1DFF}, {0x200B, 0x200D}, {0x20D0, 0x20FF},   {0x2060, 0x2060}, {0xFE00, 0xFE0F},
    {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF},
};

/* Controls, and the marks that turn the direction of what stands beside them. */
static const range unsafe[] = {
    {0x00, 0x1F},     {0x7F, 0x9F},     {0x061C, 0x061C}, {0x200E, 0x200F},
    {0x2028, 0x202E}, {0x2066, 0x206F}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F},
};

static bool in_ranges(const range *r, size_t n, uint32_t cp)
{
    for (size_t i = 0; i < n && r[i].first <= cp; i++)
        if (cp <= r[i].last) return true;
    return false;
}

#define IN(ranges, cp) in_ranges((ranges), sizeof(ranges) / sizeof *(ranges), (cp))

static size_t columns_of(uint32_t cp)
{
    if (cp < 0x300) return 1;
    if (IN(unsafe, cp)) return 1;
    return IN(marks, cp) ? 0 : IN(wide, cp) ? 2 : 1;
}

size_t terminal_width(str s)
{
    size_t width = 0;
    uint32_t cp;
    for (size_t i = 0; i < s.len;) {
        i += utf8_decode(s, i, &cp);
        width += columns_of(cp);
    }
    return width;
}

void terminal_str(out *o, str s)
{
    uint32_t cp;
    size_t from = 0;
    for (size_t i = 0; i < s.len;) {
        size_t n = utf8_decode(s, i, &cp);
        if (cp == 0xFFFD || IN(unsafe, cp)) {
            out_str(o, str_part(s, from, i - from));
            out_text(o, cp == 0xFFFD ? "\xEF\xBF\xBD" : " ");
            from = i + n;
        }
        i += n;
    }
    out_str(o, str_part(s, from, s.len));
}

void terminal_look(out *o, bool colour, look l)
{
    static const char *const codes[] = {
        [LOOK_PLAIN] = "",        [LOOK_BOLD] = "\033[1m",   [LOOK_DIM] = "\033[2m",
        [LOOK_RED] = "\033[31m",  [LOOK_GREEN] = "\033[32m", [LOOK_YELLOW] = "\033[33m",
        [LOOK_BLUE] = "\033[34m", [LOOK_CYAN] = "\033[36m",
    };
    if (colour) out_text(o, codes[l]);
}

void terminal_plain(out *o, bool colour, look l)
{
    if (colour && l != LOOK_PLAIN) out_text(o, "\033[0m");
}

static bool is_blank(uint32_t cp)
{
    return utf8_is_space(cp) && cp != 0xA0 && cp != 0x202F;
}

static str skip_blanks(str s)
{
    uint32_t cp;
    while (s.len) {
        size_t n = utf8_decode(s, 0, &cp);
        if (!is_blank(cp)) break;
        s = str_part(s, n, s.len);
    }
    return s;
}

bool terminal_wrap(str *rest, size_t width, str *line)
{
    str s = skip_blanks(*rest);
    if (!s.len) return false;
    size_t end = 0, last_blank = 0, column = 0, i = 0;
    bool was_blank = false;
    for (uint32_t cp; i < s.len;) {
        size_t n = utf8_decode(s, i, &cp);
        bool blank = is_blank(cp);
        if (blank && !was_blank) last_blank = i;
        column += columns_of(cp);
        if (column > width && !blank && i) break;
        was_blank = blank;
        i += n;
        if (!blank) end = i;
    }
    if (i < s.len && last_blank) end = last_blank;
    *line = str_part(s, 0, end);
    *rest = str_part(s, end, s.len);
    return true;
}

/* ---- the grid -------------------------------------------------------------------------------- */

void item_add(grid_item *item, str s)
{
    size_t room = sizeof item->text - item->n;
    size_t n = s.len < room ? s.len : room;
    while (n < s.len && n && ((unsigned char)s.ptr[n] & 0xC0) == 0x80) n--;
    if (n) memcpy(item->text + item->n, s.ptr, n);
    item->n += n;
}

void item_add_text(grid_item *item, const char *c)
{
    item_add(item, str_from(c));
}

void item_add_int(grid_item *item, int64_t value)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%lld", (long long)value);
    item_add_text(item, digits);
}

/* How far a cell has been printed. */
typedef struct cursor {
    grid_item item;
    str rest;
    unsigned next;
    bool done;
} cursor;

static bool cursor_line(cursor *c, grid_fill *fill, const void *row, unsigned column, unsigned width,
                        str *line)
{
    while (!c->done) {
        if (terminal_wrap(&c->rest, width, line)) return true;
        c->item.n = 0;
        c->item.look = LOOK_PLAIN;
        c->done = !fill(row, column, c->next++, &c->item);
        c->rest = (str){c->item.text, c->done ? 0 : c->item.n};
    }
    return false;
}

void grid_head(const grid *g)
{
    terminal_look(g->o, g->colour, LOOK_DIM);
    out_repeat(g->o, " ", g->indent);
    for (unsigned i = 0; i < g->n; i++) {
        size_t width = terminal_width(str_from(g->titles[i]));
        out_text(g->o, g->titles[i]);
        if (i + 1 < g->n) out_repeat(g->o, " ", (width < g->widths[i] ? g->widths[i] - width : 0) + 2);
    }
    terminal_plain(g->o, g->colour, LOOK_DIM);
    out_char(g->o, '\n');
}

static void pad_to(const grid *g, size_t *column, size_t target)
{
    if (target > *column) out_repeat(g->o, " ", target - *column);
    if (target > *column) *column = target;
}

void grid_row(const grid *g, grid_fill *fill, const void *row)
{
    cursor cursors[GRID_COLUMNS];
    for (unsigned i = 0; i < g->n; i++) cursors[i] = (cursor){0};
    for (bool any = true; any;) {
        any = false;
        size_t column = 0, target = g->indent;
        for (unsigned i = 0; i < g->n; i++) {
            str line;
            cursor *c = &cursors[i];
            if (cursor_line(c, fill, row, i, g->widths[i], &line)) {
                any = true;
                pad_to(g, &column, target);
                terminal_look(g->o, g->colour, c->item.look);
                terminal_str(g->o, line);
                terminal_plain(g->o, g->colour, c->item.look);
                column += terminal_width(line);
            }
            target += g->widths[i] + 2;
        }
        if (any) out_char(g->o, '\n');
    }
}
