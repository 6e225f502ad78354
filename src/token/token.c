#include "token/token.h"

#include "token/scan.h"
#include "token/sentence.h"

void token_run(const token_rules *rules, document *d)
{
    scanner s = {.rules = rules, .d = d, .text = d->text, .norms = arena_new(d->arena, char, d->text.len + 1)};
    for (uint32_t b = 0; b < d->blocks.n; b++) {
        uint32_t first = (uint32_t)d->tokens.n;
        scan_block(&s, d->blocks.v[b].at);
        if (d->tokens.n > first) sentence_cut(rules, d, b, first);
    }
}
