/* terminal: text for people in columns.
 * In: valid UTF-8 from documents that nobody trusts. Out: lines of a known width, with colours where wanted
 * and without any control character of the document's own. Widths follow Unicode's East Asian Width (wide
 * and fullwidth take two columns) and count combining marks as none, without asking the locale. */
#ifndef SITREP_WRITE_TERMINAL_H
#define SITREP_WRITE_TERMINAL_H

#include "write/out.h"

typedef enum look {
    LOOK_PLAIN,
    LOOK_BOLD,
    LOOK_DIM,
    LOOK_RED,
    LOOK_GREEN,
    LOOK_YELLOW,
    LOOK_BLUE,
    LOOK_CYAN
} look;

/* Columns that `s` takes as terminal_str prints it. */
size_t terminal_width(str s);

/* Prints `s`; control and direction characters become blanks. */
void terminal_str(out *o, str s);

void terminal_look(out *o, bool colour, look l);
void terminal_plain(out *o, bool colour, look l);

/* Cuts the next line of at most `width` columns off *rest, at a space where there is one, and drops the
 * spaces at the cut. False at the end. */
bool terminal_wrap(str *rest, size_t width, str *line);

/* ---- a grid of wrapped cells ----------------------------------------------------------------- */

enum { GRID_COLUMNS = 8, GRID_ITEM_BYTES = 512 };

/* One value of a cell; it begins on a line of its own. */
typedef struct grid_item {
    char text[GRID_ITEM_BYTES];
    size_t n;
    look look;
} grid_item;

/* Appends to an item; what does not fit is cut at a code point. */
void item_add(grid_item *item, str s);
void item_add_text(grid_item *item, const char *c);
void item_add_int(grid_item *item, int64_t value);

/* Fills the i-th value of a cell (it comes empty); false where there is none. */
typedef bool grid_fill(const void *row, unsigned column, unsigned i, grid_item *item);

typedef struct grid {
    out *o;
    bool colour;
    unsigned indent, n;
    const char *titles[GRID_COLUMNS];
    unsigned widths[GRID_COLUMNS];
} grid;

void grid_head(const grid *g);
void grid_row(const grid *g, grid_fill *fill, const void *row);

#endif
