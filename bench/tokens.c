/* tokens: text on standard input, a paragraph a line -> "sentence start end" a token, bytes into the text.
 * With a number as argument the text is cut so often and the rate is printed instead. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/os.h"
#include "token/token.h"

static void blocks_of_lines(document *d)
{
    for (size_t at = 0; at < d->text.len;) {
        size_t end = str_find(d->text, STR("\n"), at);
        if (end > d->text.len) end = d->text.len;
        if (end > at)
            *array_push(d->arena, &d->blocks) =
                (block){{(uint32_t)at, (uint32_t)(end - at)}, BLOCK_PARAGRAPH};
        at = end + 1;
    }
}

static size_t run(const token_rules *rules, arena *a, str text, bool print)
{
    arena_reset(a);
    document d = {.arena = a, .text = text};
    blocks_of_lines(&d);
    token_run(rules, &d);
    for (size_t i = 0; print && i < d.tokens.n; i++)
        printf("%u %u %u\n", d.tokens.v[i].sentence, d.tokens.v[i].at.start, span_end(d.tokens.v[i].at));
    return d.tokens.n;
}

int main(int argc, char **argv)
{
    arena tables, a;
    arena_init(&tables, 0);
    arena_init(&a, 0);
    error e = {0};
    str text;
    const char *folder = getenv("SITREP_CODEBOOKS");
    token_rules *rules = token_rules_open(&tables, str_from(folder ? folder : "codebooks"), &e);
    if (!rules || !os_read_file(&tables, STR("-"), &text, &e))
        return fprintf(stderr, "%s:%zu: %s\n", e.where, e.line, e.message), 1;
    int times = argc > 1 ? atoi(argv[1]) : 0;
    if (!times) return run(rules, &a, text, true), arena_release(&a), arena_release(&tables), 0;
    clock_t start = clock();
    size_t n = 0;
    for (int i = 0; i < times; i++) n += run(rules, &a, text, false);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    printf("%zu tokens, %.2f s, %.2f million tokens a second, %.0f MB/s\n", n, seconds,
           (double)n / seconds / 1e6, (double)text.len * times / seconds / 1e6);
    arena_release(&a);
    arena_release(&tables);
    return 0;
}
