#include "token/token.h"

#include "token/mend.h"
#include "token/scan.h"
#include "token/sentence.h"

static void cut(const token_rules *rules, document *d)
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

/* The document whose text is `d`'s plain one: without mends, its spans count bytes of that. */
static document mended(const document *d)
{
    document m = *d;
    m.text = d->plain;
    m.mends = (mend_array){0};
    m.blocks = (block_array){0};
    for (size_t b = 0; b < d->blocks.n; b++) {
        span at = document_span(&m, document_plain(d, d->blocks.v[b].at));
        *array_push(d->arena, &m.blocks) = (block){at, d->blocks.v[b].kind};
    }
    return m;
}

void token_run(const token_rules *rules, document *d)
{
    mend_run(&rules->mends, d);
    if (!d->mends.n) {
        cut(rules, d);
        return;
    }
    document m = mended(d);
    cut(rules, &m);
    d->tokens = m.tokens;
    d->sentences = m.sentences;
    for (size_t i = 0; i < d->tokens.n; i++)
        d->tokens.v[i].at = document_span(d, document_str(&m, m.tokens.v[i].at));
    for (size_t i = 0; i < d->sentences.n; i++)
        d->sentences.v[i].at = document_span(d, document_str(&m, m.sentences.v[i].at));
}
