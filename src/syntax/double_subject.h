/* double_subject: "the news agency Interfax reported": where the parser gives one verb two subjects that stand side by side
 * without a comma, the second is the name of the first.
 * In: a document with trees. Out: the same, the name hung on its description as an apposition. */
#ifndef SITREP_SYNTAX_DOUBLE_SUBJECT_H
#define SITREP_SYNTAX_DOUBLE_SUBJECT_H

#include "record/record.h"

void double_subject_run(document *d);

#endif
