/* people: pieces that the layouts for people share. */
#ifndef SITREP_WRITE_PEOPLE_H
#define SITREP_WRITE_PEOPLE_H

#include "write/terminal.h"
#include "write/write.h"

/* The document's title, and "2019-11-15 · ahram · 23 claims" below it. */
void write_heading(const write_view *w, const char *noun, size_t n);

/* "Idlib, SY · precision 4 · skeleton"; nothing where unresolved. */
void item_add_place(const place *p, grid_item *item);

/* "low 6 best 6 militant" */
void item_add_quantity(const quantity *q, grid_item *item);

/* What a mention was found to be, by its kind. */
void item_add_meaning(const mention *m, grid_item *item);

/* Why the sentence's triggers became claims or not, from document.trace, which must be there. Triggers stand in order
 * of their sentences, so that *next only moves forward. */
void write_why(const write_view *w, const sentence *s, size_t *next);

#endif
