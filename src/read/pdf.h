#ifndef SITREP_READ_PDF_H
#define SITREP_READ_PDF_H
#include "read/office.h"
bool pdf_read(const read_rules *rules, str program, str bytes, size_t cap_bytes, document *d, office_facts *facts,
              error *e);
#endif
