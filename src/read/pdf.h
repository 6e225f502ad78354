/* pdf: the lines that sitrep-pdf found on pages -> paragraphs.
 * In: a PDF file's bytes; the program (src/pdf) that takes it apart, in a process of its own: parsers of PDF are large,
 * old and written in C++, their bugs are found by the dozen each year, and one page can ask for any memory or time. So
 * the library does not even link one. Out: document.text with paragraphs put together again over line ends, columns and
 * pages; running heads and page numbers left out; footnotes behind everything; document.pages.
 * Paragraphs are told by the distance of lines, indents, short last lines and sizes of letters, each measured against
 * what is usual in the same document. */
#ifndef SITREP_READ_PDF_H
#define SITREP_READ_PDF_H

#include "read/office.h"
#include "read/rules.h"

typedef struct pdf_line {
    float x0, y0, x1, y1; /* points, from the page's upper left corner */
    float size;           /* height of its letters */
    uint32_t page;        /* index into pdf.pages */
    str text;
    float left, right; /* of the column that it stands in; pdf_layout.c */
    bool dropped;      /* running head, page number */
    bool note;         /* of the notes at the foot of a page */
} pdf_line;
typedef ARRAY(pdf_line) pdf_line_array;

typedef struct pdf_page {
    uint32_t number, first, n; /* lines */
    float width, height;
    size_t letters;
} pdf_page;
typedef ARRAY(pdf_page) pdf_page_array;

typedef struct pdf {
    arena *a;
    pdf_line_array lines;
    pdf_page_array pages;
    office_facts facts;
    bool complete;    /* the program came to its end */
    str fault;        /* "encrypted", "damaged" or "pages" */
    uint32_t n_pages; /* that the file has */
} pdf;

/* What the program printed. Anything at all is survived: it comes from a process that parsed hostile bytes. */
void pdf_parse(pdf *p, str printed);

/* Sets document.text, blocks, pages; raw_runs say that the text stands in no bytes. `hyphens` may be empty. */
void pdf_layout(pdf *p, const map *hyphens, document *d);

/* False with *e: no program, encrypted, damaged, nothing but pictures, over a limit. */
bool pdf_read(const read_rules *rules, str program, str bytes, size_t cap_bytes, document *d,
              office_facts *facts, error *e);

#endif
