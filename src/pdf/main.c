/* sitrep-pdf: takes a PDF file apart. A program of its own, so that no byte of a hostile PDF is parsed in a process that
 * does anything else: the library (src/read/pdf.c) starts it with an empty environment, it bounds itself (memory, time,
 * files, no new rights), poppler may then loop, eat or crash as it will, and what is lost is one document.
 * In: the file on standard input. Out, as lines of fields apart by tabs:
 *
 *     title TEXT | author TEXT | created ISO      what the file says of itself; only what there is
 *     pages N
 *     page NUMBER WIDTH HEIGHT                    in points of 1/72 inch
 *     line X0 Y0 X1 Y1 SIZE TEXT                  in poppler's order of reading; from the page's upper left corner
 *     end                                         all has been said
 *     fault encrypted | damaged | pages N         instead of "end", or before it
 *
 * White space and control characters inside a text are spaces. */
#define _GNU_SOURCE
#include <math.h>
#include <poppler.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
    MOST_BYTES = 1 << 30, /* of input; the library sends less */
    MOST_PAGES = 5000,
    MEMORY_BYTES = 1 << 30,
    SECONDS = 60, /* of processor time */
    FILES = 64
};

static void limit(int what, rlim_t most)
{
    setrlimit(what, &(struct rlimit){most, most});
}

static void bound_myself(void)
{
    limit(RLIMIT_AS, MEMORY_BYTES);
    limit(RLIMIT_CPU, SECONDS);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NOFILE, FILES);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

static GBytes *read_all(void)
{
    size_t n = 0, room = 1 << 20;
    char *bytes = g_malloc(room);
    for (ssize_t got; (got = read(STDIN_FILENO, bytes + n, room - n)) > 0;) {
        n += (size_t)got;
        if (n > MOST_BYTES) break;
        if (n == room) bytes = g_realloc(bytes, room *= 2);
    }
    return g_bytes_new_take(bytes, n);
}

static void put_text(const char *text)
{
    char *valid = g_utf8_make_valid(text, -1);
    for (char *c = valid; *c; c++) putchar((unsigned char)*c < 0x20 || *c == 0x7F ? ' ' : *c);
    g_free(valid);
}

static void put_fact(const char *name, char *text)
{
    if (text && *text) {
        printf("%s\t", name);
        put_text(text);
        putchar('\n');
    }
    g_free(text);
}

static void put_facts(PopplerDocument *d)
{
    GDateTime *created = poppler_document_get_creation_date_time(d);
    put_fact("title", poppler_document_get_title(d));
    put_fact("author", poppler_document_get_author(d));
    if (created) {
        put_fact("created", g_date_time_format(created, "%Y-%m-%d"));
        g_date_time_unref(created);
    }
}

/* ---- one page ---------------------------------------------------------------------------- */

typedef struct sign {
    gunichar c;
    PopplerRectangle at;
} sign;

static double height(const sign *s)
{
    return s->at.y2 - s->at.y1;
}

/* The height of most of a line's letters. */
static double line_size(const sign *v, size_t n)
{
    double best = 0;
    size_t most = 0;
    for (size_t i = 0; i < n && i < 64; i++) {
        size_t like = 0;
        if (g_unichar_isspace(v[i].c)) continue;
        for (size_t k = 0; k < n && k < 64; k++) like += fabs(height(&v[k]) - height(&v[i])) < 0.5;
        if (like > most) most = like, best = height(&v[i]);
    }
    return best;
}

/* The raised number of a note: not part of what is said. In front of a line it is the note's own. */
static bool is_note_mark(const sign *v, size_t i, size_t n, double size, double bottom)
{
    const sign *s = &v[i];
    bool mark = g_unichar_isdigit(s->c) || s->c == '*' || s->c == ',' || s->c == 0x2020 || s->c == 0x2021;
    bool raised = height(s) < 0.8 * size && s->at.y2 < bottom - 0.15 * size;
    size_t first = 0;
    while (first < n && (g_unichar_isspace(v[first].c) || height(&v[first]) < 0.8 * size)) first++;
    return mark && raised && i > first;
}

static double baseline(const sign *v, size_t n, double size)
{
    double bottom = 0;
    for (size_t i = 0; i < n; i++)
        if (fabs(height(&v[i]) - size) < 0.5 && v[i].at.y2 > bottom) bottom = v[i].at.y2;
    return bottom;
}

static void put_line(const sign *v, size_t n)
{
    PopplerRectangle box = {1e9, 1e9, -1e9, -1e9};
    double size = line_size(v, n), bottom = baseline(v, n, size);
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < n; i++) {
        bool blank = g_unichar_isspace(v[i].c) || g_unichar_iscntrl(v[i].c);
        if (!blank && is_note_mark(v, i, n, size, bottom)) continue;
        g_string_append_unichar(text, blank ? ' ' : v[i].c);
        if (blank) continue;
        box.x1 = MIN(box.x1, v[i].at.x1);
        box.y1 = MIN(box.y1, v[i].at.y1);
        box.x2 = MAX(box.x2, v[i].at.x2);
        box.y2 = MAX(box.y2, v[i].at.y2);
    }
    if (box.x1 < box.x2) {
        printf("line\t%.1f\t%.1f\t%.1f\t%.1f\t%.1f\t", box.x1, box.y1, box.x2, box.y2, size);
        put_text(text->str);
        putchar('\n');
    }
    g_string_free(text, TRUE);
}

static void put_page(PopplerPage *page, int number)
{
    double width, high;
    PopplerRectangle *at = NULL;
    guint n_at = 0;
    poppler_page_get_size(page, &width, &high);
    printf("page\t%d\t%.1f\t%.1f\n", number, width, high);
    char *text = poppler_page_get_text(page);
    if (!text || !poppler_page_get_text_layout(page, &at, &n_at)) n_at = 0;
    sign *line = g_new(sign, n_at + 1);
    size_t n = 0;
    const char *c = text;
    for (guint i = 0; i < n_at && *c; i++, c = g_utf8_next_char(c)) {
        gunichar u = g_utf8_get_char_validated(c, -1);
        if (u >= 0x110000) break;
        if (u == '\n') put_line(line, n), n = 0;
        else line[n++] = (sign){u, at[i]};
    }
    put_line(line, n);
    g_free(line);
    g_free(at);
    g_free(text);
}

static void put_pages(PopplerDocument *d)
{
    int n = poppler_document_get_n_pages(d);
    printf("pages\t%d\n", n);
    if (n > MOST_PAGES) printf("fault\tpages\t%d\n", MOST_PAGES);
    for (int i = 0; i < n && i < MOST_PAGES && !ferror(stdout); i++) {
        PopplerPage *page = poppler_document_get_page(d, i);
        if (!page) continue;
        put_page(page, i + 1);
        g_object_unref(page);
    }
}

int main(void)
{
    bound_myself();
    GError *why = NULL;
    GBytes *bytes = read_all();
    PopplerDocument *d = poppler_document_new_from_bytes(bytes, NULL, &why);
    if (!d) {
        bool locked = why && g_error_matches(why, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED);
        printf("fault\t%s\n", locked ? "encrypted" : "damaged");
        return fflush(stdout) == 0 ? 0 : 1;
    }
    put_facts(d);
    put_pages(d);
    puts("end");
    return fflush(stdout) == 0 ? 0 : 1;
}
