/* notice: blocks of text -> which of them are about the article and not of it.
 * In: document.text and blocks. Out: blocks of kind BLOCK_NOTICE; a block that holds a notice and news is
 * cut. What stands in front of the first sentence on its line (date, agency, the title without a stop) is
 * cut off as well. Phrases come from codebooks/en/notices.txt. */
#ifndef SITREP_READ_NOTICE_H
#define SITREP_READ_NOTICE_H

#include "read/rules.h"

/* Takes date lines, lead phrases and the known title off the beginning of the first block. Sets
 * document.published from a date found there where it is not known. */
void notice_lead(const read_rules *rules, document *d);

/* Marks and cuts. A byline in front sets document.author where it is not known. */
void notice_mark(const read_rules *rules, document *d);

#endif
