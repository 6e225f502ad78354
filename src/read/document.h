/* document: the last steps that all formats share, between files of this stage.
 * In: decoded text or HTML and what the caller knows. Out: the finished document. */
#ifndef SITREP_READ_DOCUMENT_H
#define SITREP_READ_DOCUMENT_H

#include "read/read.h"

/* document.text, raw_runs and sha256 are set. */
void document_from_text(const read_rules *rules, const read_input *in, document *d);

/* `runs` lead from the decoded page back to its bytes; sha256 is set. */
void document_from_html(const read_rules *rules, const read_input *in, str html, raw_run_array runs,
                        document *d);

#endif
