/* date: the date of publication as documents write it, at the beginning of a string.
 * The dates inside sentences are another stage's; this one only reads metadata, date lines and the lines
 * that stand over an article. */
#ifndef SITREP_READ_DATE_H
#define SITREP_READ_DATE_H

#include "read/read.h"

/* As read_date, and the number of bytes that were read to *used (a time and zone behind the date included).
 * With `short_years` "18 NOV 89" is 1989. */
bool date_scan(str s, bool short_years, civil_date *found, size_t *used);

#endif
