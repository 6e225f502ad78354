/* apposition: names behind their descriptions without a comma: "the news agency Interfax reported".
 * In: a document with trees. Out: the same, mended where the parser errs: of two subjects that stand side by side the second is
 * the name of the first, if it is one, else both are one noun ("attorney general"); what is joined to the name ("commander Omar Teshik and his wife") is joined to the description. */
#ifndef SITREP_SYNTAX_APPOSITION_H
#define SITREP_SYNTAX_APPOSITION_H

#include "record/record.h"

void apposition_run(document *d);

#endif
