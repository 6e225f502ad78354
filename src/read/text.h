/* text: plain text -> blocks.
 * In: document.text. Out: document.blocks. Lines are the only structure that plain text has: blank lines,
 * indents, bullets, and whether a line was broken because the next word did not fit (then it is joined with
 * the next one). */
#ifndef SITREP_READ_TEXT_H
#define SITREP_READ_TEXT_H

#include "record/record.h"

void text_blocks(document *d);

/* The date of a date line within the first lines ("KABUL, Afghanistan (Jan. 25, 2013) -", "BOGOTA, 9 MAR 89
 * (EFE) --", a line that is a date); year 0 where there is none. */
civil_date text_date(const document *d);

#endif
