#include "read/pdf.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/os.h"
#include "base/utf8.h"

enum { SECONDS = 90, PRINTED_MOST = 256 << 20, LINES_MOST = 2000000, LETTERS_PER_PAGE = 4 };

/* ---- what the program prints ------------------------------------------------------------- */

static float number(str s)
{
    char digits[32];
    size_t n = s.len < sizeof digits - 1 ? s.len : sizeof digits - 1;
    if (n) memcpy(digits, s.ptr, n);
    digits[n] = 0;
    double v = strtod(digits, NULL);
    return v > -1e6 && v < 1e6 ? (float)v : 0;
}

static size_t count_letters(str s)
{
    size_t n = 0;
    uint32_t cp;
    for (size_t at = 0; at < s.len;) {
        at += utf8_decode(s, at, &cp);
        n += utf8_is_letter(cp);
    }
    return n;
}

static void parse_line(pdf *p, str rest)
{
    pdf_line l = {0};
    if (!p->pages.n || p->lines.n == LINES_MOST) return;
    pdf_page *page = &p->pages.v[p->pages.n - 1];
    l.x0 = number(str_cut(&rest, '\t'));
    l.y0 = number(str_cut(&rest, '\t'));
    l.x1 = number(str_cut(&rest, '\t'));
    l.y1 = number(str_cut(&rest, '\t'));
    l.size = number(str_cut(&rest, '\t'));
    l.text = str_trim(rest);
    l.page = (uint32_t)p->pages.n - 1;
    if (!l.text.len || l.x1 <= l.x0 || l.y1 <= l.y0) return;
    page->letters += count_letters(l.text);
    page->n++;
    *array_push(p->a, &p->lines) = l;
}

static void parse_page(pdf *p, str rest)
{
    pdf_page page = {.first = (uint32_t)p->lines.n};
    page.number = (uint32_t)number(str_cut(&rest, '\t'));
    page.width = number(str_cut(&rest, '\t'));
    page.height = number(rest);
    *array_push(p->a, &p->pages) = page;
}

void pdf_parse(pdf *p, str printed)
{
    if (utf8_valid_prefix(printed) < printed.len) printed.len = utf8_valid_prefix(printed);
    while (printed.len) {
        const char *hit = memchr(printed.ptr, '\n', printed.len);
        size_t n = hit ? (size_t)(hit - printed.ptr) : printed.len;
        str rest = str_part(printed, 0, n), what = str_cut(&rest, '\t');
        printed = str_part(printed, n + (hit != NULL), printed.len);
        if (!rest.ptr) rest = STR("");
        if (!hit || memchr(what.ptr, 0, what.len) || memchr(rest.ptr, 0, rest.len)) continue; /* torn */
        if (str_is(what, "line")) parse_line(p, rest);
        else if (str_is(what, "page")) parse_page(p, rest);
        else if (str_is(what, "pages")) p->n_pages = (uint32_t)number(rest);
        else if (str_is(what, "title")) p->facts.title = rest;
        else if (str_is(what, "author")) p->facts.author = rest;
        else if (str_is(what, "created")) p->facts.created = rest;
        else if (str_is(what, "fault")) p->fault = str_cut(&rest, '\t');
        else if (str_is(what, "end")) p->complete = true;
    }
}

/* ---- one document ------------------------------------------------------------------------ */

static bool bad(error *e, const char *what)
{
    return error_set(e, SITREP_BAD_FORMAT, "read", "%s", what);
}

/* Was there anything to begin with? What came before a crash is not used: nobody knows how true it is. */
static bool check_run(const pdf *p, os_run_result result, error *e)
{
    if (result == OS_RUN_NONE)
        return bad(e, "a PDF file, and the program sitrep-pdf that would read it is not installed");
    if (result == OS_RUN_LATE || result == OS_RUN_MUCH)
        return error_set(e, SITREP_OVER_LIMIT, "read", "a PDF file that asks for too much %s",
                         result == OS_RUN_LATE ? "time" : "memory");
    if (str_is(p->fault, "encrypted"))
        return bad(e, "an encrypted PDF file: it can be read once its password is taken off");
    if (result == OS_RUN_CRASHED || !p->complete || str_is(p->fault, "damaged"))
        return bad(e, "a damaged PDF file");
    return true;
}

static bool check_letters(const pdf *p, document *d, error *e)
{
    size_t letters = 0, empty = 0;
    for (size_t i = 0; i < p->pages.n; i++) {
        letters += p->pages.v[i].letters;
        empty += p->pages.v[i].letters < LETTERS_PER_PAGE;
    }
    if (letters < LETTERS_PER_PAGE)
        return bad(e, "a PDF file without text, such as a scan: recognise its letters first (OCR)");
    if (empty) read_note(d, "%zu of its %zu pages have no text", empty, p->pages.n);
    if (str_is(p->fault, "pages"))
        read_note(d, "only the first %zu of its %u pages are read", p->pages.n, p->n_pages);
    return true;
}

bool pdf_read(const read_rules *rules, str program, str bytes, size_t cap_bytes, document *d,
              office_facts *facts, error *e)
{
    pdf *p = arena_new(d->arena, pdf, 1);
    str printed = {"", 0};
    p->a = d->arena;
    os_run_result result = OS_RUN_NONE;
    if (program.len) result = os_run(d->arena, program, bytes, PRINTED_MOST, SECONDS, &printed);
    pdf_parse(p, printed);
    if (!check_run(p, result, e) || !check_letters(p, d, e)) return false;
    pdf_layout(p, &rules->hyphens, d);
    *facts = p->facts;
    return d->text.len <= cap_bytes
           || error_set(e, SITREP_OVER_LIMIT, "read", "its text is longer than the limit of %zu bytes",
                        cap_bytes);
}
