#include "token/token.h"

#include "token/scan.h"
#include "token/sentence.h"

void token_run(const token_rules *rules, document *d)
{
    scanner s = {.rules = rules,
                 .d = d,
                 .text = d->text,
                 .norms = arena_new(d->arena, char, d->text.len + 1),
                 .bare = scan_lost_apostrophes(d->text)};
    if (!d->tokens.n) { /* about five bytes a token: no growing, no copying */
        d->tokens.cap = d->text.len / 5 + 16;
        d->tokens.v = arena_new(d->arena, token, d->tokens.cap);
    }
    for (uint32_t b = 0; b < d->blocks.n; b++) {
        uint32_t first = (uint32_t)d->tokens.n;
        if (d->blocks.v[b].kind == BLOCK_FOREIGN) continue;
        scan_block(&s, d->blocks.v[b].at);
        if (d->tokens.n > first) sentence_cut(rules, d, b, first);
    }
}
