/* html: a page -> the article on it.
 * In: a decoded page with its map to bytes. Out: document.text, blocks, raw_runs, title, author, publisher,
 * date, language, address, licence, media. document.url, where it is known before, is what addresses are seen from. */
#ifndef SITREP_READ_HTML_H
#define SITREP_READ_HTML_H

#include "read/rules.h"
#include "read/terms.h"

/* The encoding that the page itself names in its first kilobytes, "" where it does not. A view of `bytes`. */
str html_charset(str bytes);

/* `html` must live as long as the document; `runs` lead from it to the page's bytes. *terms gets what is said
 * of the page's use round the article. */
void html_read(const read_rules *rules, str html, const raw_run_array *runs, document *d,
               terms_found *terms);

#endif
