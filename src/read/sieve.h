/* sieve: a page -> the same page without what its parser need not see.
 * In: a decoded page. Out: the page for gumbo, with a map back, and the JSON-LD that was in it.
 *
 * gumbo reads some 20 MB a second, and most of a page of news is scripts, styles, drawings, comments, addresses and
 * indents that no reader ever sees. They are cut here, by the rules of HTML's tokenizer (markup.h), at the speed of
 * looking for the next "<"; of attributes those stay that a later step asks for. What the parser would take quadratic
 * time for is bounded on the way: attributes of a tag, depth (elements beyond it become paragraphs beside each
 * other, as in browsers), formatting left open. The tree that gumbo builds is otherwise the one that it would have
 * built. */
#ifndef SITREP_READ_SIEVE_H
#define SITREP_READ_SIEVE_H

#include "read/rules.h"

typedef struct sieved {
    str html;
    raw_run_array runs; /* from html's bytes to the page's */
    str_array linked;   /* what JSON-LD scripts hold: views of the page */
} sieved;

sieved sieve_page(arena *a, str page);

#endif
