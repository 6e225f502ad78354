#include "read/text.h"

#include "base/utf8.h"
#include "read/date.h"

/* ---- lines ------------------------------------------------------------------------------- */

typedef struct line {
    uint32_t start, end;    /* without white space at both ends; start == end: blank */
    uint32_t indent, width; /* code points */
    uint32_t first_word;    /* code points of the first word */
    bool bullet, heading, picture, stop, lower;
} line;
typedef ARRAY(line) line_array;

/* Bytes of a line end at `at`, 0 = none: LF, CR LF, CR, FF, VT, U+0085, U+2028, U+2029. */
static size_t line_end_at(str s, size_t at)
{
    unsigned char c = (unsigned char)s.ptr[at];
    if (c >= 0x0A && c <= 0x0D) return c == 0x0D && at + 1 < s.len && s.ptr[at + 1] == '\n' ? 2 : 1;
    if (c == 0xC2) return at + 1 < s.len && (unsigned char)s.ptr[at + 1] == 0x85 ? 2 : 0;
    if (c != 0xE2 || at + 2 >= s.len || (unsigned char)s.ptr[at + 1] != 0x80) return 0;
    return (unsigned char)s.ptr[at + 2] == 0xA8 || (unsigned char)s.ptr[at + 2] == 0xA9 ? 3 : 0;
}

static size_t space_at(str s, size_t at, size_t end)
{
    uint32_t cp;
    if (at >= end) return 0;
    size_t n = utf8_decode(s, at, &cp);
    return utf8_is_space(cp) ? n : 0;
}

static bool is_terminal(str s)
{
    while (s.len && strchr("\"')]*", s.ptr[s.len - 1])) s.len--;
    if (str_ends(s, STR("\xE2\x80\x9D")) || str_ends(s, STR("\xE2\x80\x99"))) s.len -= 3;
    return s.len && (strchr(".!?:;", s.ptr[s.len - 1]) || str_ends(s, STR("\xE2\x80\xA6")));
}

/* Bytes of a list sign with white space behind it: a bullet, "1." or "(a)"; 0 = none. */
static size_t bullet_at(str s)
{
    static const char *const signs[] = {
        "\xE2\x80\xA2", "\xE2\x97\xA6", "\xE2\x96\xAA", "\xC2\xB7",     "*",           "-", "+",
        "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x97\x8F", "\xE2\x9E\xA4", "\xE2\x96\xBA"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t n = strlen(signs[i]);
        if (str_starts(s, str_from(signs[i])) && space_at(s, n, s.len)) return n;
    }
    size_t i = s.len && s.ptr[0] == '(', start = i;
    while (i < s.len && i < start + 2 && s.ptr[i] >= '0' && s.ptr[i] <= '9') i++;
    bool closed = i > start && i < s.len && (s.ptr[i] == ')' || (s.ptr[i] == '.' && start == 0));
    return closed && space_at(s, i + 1, s.len) ? i + 1 : 0;
}

/* Wrappers of other formats that were left round a text. */
static void strip_markup(str text, line *l)
{
    str s = str_part(text, l->start, l->end - l->start);
    if (str_starts(s, STR("<![CDATA["))) l->start += 9;
    if (str_ends(s, STR("]]>"))) l->end -= l->end - l->start >= 3 ? 3 : 0;
    size_t hashes = 0;
    while (hashes < s.len && s.ptr[hashes] == '#') hashes++;
    l->heading = hashes && hashes <= 6 && space_at(s, hashes, s.len);
    if (l->heading) l->start += (uint32_t)hashes + 1;
    l->picture = str_starts(s, STR("![")) && str_ends(s, STR(")"));
}

static void measure(str text, line *l)
{
    strip_markup(text, l);
    str s = str_part(text, l->start, l->end - l->start);
    l->width = (uint32_t)utf8_count(s);
    size_t word_end = 0;
    while (word_end < s.len && !space_at(s, word_end, s.len)) word_end++;
    l->first_word = (uint32_t)utf8_count(str_part(s, 0, word_end));
    l->bullet = bullet_at(s) > 0;
    l->stop = is_terminal(s);
    uint32_t cp = 0;
    if (s.len) utf8_decode(s, 0, &cp);
    l->lower = utf8_is_letter(cp) && !utf8_is_upper(cp);
}

static line read_line(str text, size_t start, size_t end)
{
    line l = {0};
    size_t n;
    while ((n = space_at(text, start, end))) {
        start += n;
        l.indent += n == 1 && text.ptr[start - 1] == '\t' ? 4 : 1;
    }
    while (end > start) {
        size_t at = end - 1;
        while (at > start && ((unsigned char)text.ptr[at] & 0xC0) == 0x80) at--;
        if (!space_at(text, at, end)) break;
        end = at;
    }
    l.start = (uint32_t)start;
    l.end = (uint32_t)end;
    if (end > start) measure(text, &l);
    return l;
}

static line_array read_all_lines(const document *d)
{
    line_array lines = {0};
    size_t start = 0, at = 0, n;
    for (; at <= d->text.len; at += n) {
        n = at < d->text.len ? line_end_at(d->text, at) : 1;
        if (!n) {
            n = 1;
            continue;
        }
        *array_push(d->arena, &lines) = read_line(d->text, start, at);
        start = at + n;
    }
    return lines;
}

/* ---- was it wrapped? --------------------------------------------------------------------- */

enum { WRAP_MIN = 40, WRAP_MAX = 132, WRAP_SLACK = 6 };

static bool is_blank(const line *l)
{
    return l->start >= l->end;
}

/* The next word would not have fitted; a little slack where no sentence seems to end there. */
static bool is_full(const line *a, const line *b, uint32_t column)
{
    uint32_t slack = a->stop && !b->lower ? 0 : WRAP_SLACK;
    return a->width + a->indent + 1 + b->first_word + slack > column;
}

/* The usual indent of lines. */
static uint32_t base_indent(const line_array *lines)
{
    uint32_t counts[32] = {0}, best = 0;
    for (size_t i = 0; i < lines->n; i++)
        if (!is_blank(&lines->v[i]) && lines->v[i].indent < 32) counts[lines->v[i].indent]++;
    for (uint32_t k = 1; k < 32; k++)
        if (counts[k] > counts[best]) best = k;
    return best;
}

/* The column that the text is wrapped at, 0 where its lines are paragraphs: nine tenths of the lines that another line
 * follows are at most that wide; most of them are full or, where paragraphs follow each other without a blank line,
 * three quarters of those that end no sentence are. */
static uint32_t wrap_column(const line_array *lines)
{
    uint32_t widths[WRAP_MAX + 1] = {0}, inner = 0, wide = 0;
    for (size_t i = 0; i + 1 < lines->n; i++) {
        const line *l = &lines->v[i];
        if (is_blank(l) || is_blank(&lines->v[i + 1])) continue;
        inner++;
        if (l->width + l->indent > WRAP_MAX) wide++;
        else widths[l->width + l->indent]++;
    }
    if (inner < 2 || wide * 10 > inner) return 0;
    uint32_t column = WRAP_MAX, above = wide;
    while (column > WRAP_MIN && above + widths[column] <= inner / 20) above += widths[column--];
    uint32_t full = 0, open = 0, open_full = 0;
    for (size_t i = 0; i + 1 < lines->n; i++) {
        const line *a = &lines->v[i], *b = &lines->v[i + 1];
        if (is_blank(a) || is_blank(b)) continue;
        bool fills = is_full(a, b, column);
        full += fills;
        open += !a->stop;
        open_full += fills && !a->stop;
    }
    bool enough = inner < 5 ? full == inner && column >= 60 : full * 2 >= inner;
    enough = enough || (column >= 60 && open >= 5 && open_full * 4 >= open * 3);
    return enough ? column : 0;
}

static bool goes_on(const line *a, const line *b, uint32_t column, uint32_t indent)
{
    if (is_blank(a) || is_blank(b) || a->heading || b->heading || a->picture || b->picture) return false;
    bool full = column && is_full(a, b, column);
    if (b->bullet) return full && !a->stop && !a->bullet;
    if (!column) return !a->stop && b->lower && a->width >= 25;
    if (b->indent > indent + 1 && !a->bullet) return false;
    return full || (!a->stop && b->lower);
}

/* ---- blocks ------------------------------------------------------------------------------ */

/* Short, without a final stop, mostly capitalised or in capitals, or set off by its place. */
static bool is_heading(const document *d, const line *l, bool is_first)
{
    if (l->heading) return true;
    if (l->stop || l->bullet || l->lower || l->width > (is_first ? 200 : 90)) return false;
    str s = str_part(d->text, l->start, l->end - l->start);
    size_t words = 0, capitals = 0;
    for (size_t at = 0; at < s.len;) {
        size_t start = at;
        while (at < s.len && !space_at(s, at, s.len)) at++;
        uint32_t cp;
        utf8_decode(s, start, &cp);
        words++;
        capitals += utf8_is_upper(cp) || (cp >= '0' && cp <= '9') || at - start < 4;
        for (size_t n; (n = space_at(s, at, s.len));) at += n;
    }
    if (is_first) return words >= 2 && words <= 30;
    return words >= 2 && words <= 14 && capitals * 10 >= words * 8;
}

static void push_lines(document *d, const line_array *lines, size_t first, size_t last)
{
    const line *a = &lines->v[first];
    block_kind kind = BLOCK_PARAGRAPH;
    bool alone = last == first, more = last + 1 < lines->n;
    if (a->bullet) kind = BLOCK_LIST_ITEM;
    else if (a->picture) kind = BLOCK_NOTICE;
    else if (alone && more && is_heading(d, a, d->blocks.n == 0)) kind = BLOCK_TITLE;
    uint32_t start = a->start, end = lines->v[last].end;
    *array_push(d->arena, &d->blocks) = (block){{start, end - start}, kind};
}

void text_blocks(document *d)
{
    line_array lines = read_all_lines(d);
    uint32_t column = wrap_column(&lines), indent = base_indent(&lines);
    for (size_t i = 0; i < lines.n; i++) {
        if (is_blank(&lines.v[i])) continue;
        size_t last = i;
        while (last + 1 < lines.n && goes_on(&lines.v[last], &lines.v[last + 1], column, indent)) last++;
        push_lines(d, &lines, i, last);
        i = last;
    }
}

/* ---- the date line ----------------------------------------------------------------------- */

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* A place in capitals, then within the bracket or behind the comma the date. */
static civil_date dateline_date(str s)
{
    civil_date day;
    size_t used;
    if (s.len < 8 || !is_capital(s.ptr[0]) || !is_capital(s.ptr[1])) return (civil_date){0};
    s.len = s.len < 90 ? s.len : 90;
    for (size_t i = 2; i < s.len; i++)
        if ((s.ptr[i] == '(' || s.ptr[i] == ',') && date_scan(str_part(s, i + 1, s.len), true, &day, &used))
            return day;
    return (civil_date){0};
}

civil_date text_date(const document *d)
{
    civil_date day;
    size_t used;
    for (size_t i = 0; i < d->blocks.n && i < 6; i++) {
        str s = document_str(d, d->blocks.v[i].at);
        civil_date found = dateline_date(s);
        if (found.year) return found;
        bool alone =
            s.len < 60 && date_scan(s, false, &day, &used) && str_trim(str_part(s, used, s.len)).len < 8;
        if (alone) return day;
    }
    return (civil_date){0};
}
