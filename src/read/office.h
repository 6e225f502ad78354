/* office: DOCX and ODT -> document.text, blocks, and what the file says of itself.
 * In: the bytes of the file. Out: text as a reader of the printed page has it: paragraphs, headings, lists, rows of
 * tables, then notes. What the page does not show stays out: deleted and moved text of tracked changes, hidden text,
 * comments, field codes, tables of contents; headers and footers as well, which lie in other parts. There is no map to
 * bytes: they are compressed. */
#ifndef SITREP_READ_OFFICE_H
#define SITREP_READ_OFFICE_H

#include "read/read.h"

/* What a file says of itself, not yet weighed; ISO 8601 with time. */
typedef struct office_facts {
    str title, author, language, created;
} office_facts;

/* READ_DOCX or READ_ODT for a zip file that is one by its first bytes, else READ_AUTO. */
read_format office_recognise(str bytes);

/* False with *e: damaged, encrypted, over a limit, or no document of that kind in it. */
bool docx_read(str bytes, size_t cap_bytes, document *d, office_facts *facts, error *e);
bool odt_read(str bytes, size_t cap_bytes, document *d, office_facts *facts, error *e);

/* Takes over what is to be believed, once the text is known: titles that a program made up ("Microsoft Word - x.doc",
 * "untitled") and authors that are no persons ("Admin") are dropped (codebooks/en/office-metadata.txt); a title that does
 * not stand in the text gives way to a heading in front; the day of making counts as day of publication only where
 * the text names its year. */
void office_weigh(const read_rules *rules, const office_facts *facts, document *d);

#endif
