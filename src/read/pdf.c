#include "read/pdf.h"
bool pdf_read(const read_rules *rules, str program, str bytes, size_t cap_bytes, document *d, office_facts *facts,
              error *e)
{
    (void)rules, (void)program, (void)bytes, (void)cap_bytes, (void)d, (void)facts;
    return error_set(e, SITREP_BAD_FORMAT, "read", "a PDF file is no text");
}
