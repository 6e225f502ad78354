/* pdf_layout: between pdf_layout.c and pdf_furniture.c. In: parsed lines. Out: marks on them. */
#ifndef SITREP_READ_PDF_LAYOUT_H
#define SITREP_READ_PDF_LAYOUT_H

#include "read/pdf.h"

/* Sets pdf_line.dropped: page numbers, and what stands at the top or bottom of two pages or more, numbers aside. */
void pdf_drop_furniture(pdf *p);

/* Sets pdf_line.note. `body`: the size of most letters. */
void pdf_find_notes(pdf *p, float body);

/* Does a line begin with the sign of a note? */
bool pdf_begins_note(str s);

#endif
