/* encoder: text on standard input, a paragraph a line -> how many word pieces and words the encoder of MODEL reads in
 * a second on one core; a sum over all results tells whether two kernels give the same bits.
 *
 *     encoder MODEL [TIMES [KERNELS]] < TEXT
 *     encoder MODEL pieces < TEXT           each word, the look of its letters, the numbers of its pieces */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/os.h"
#include "syntax/encoder.h"
#include "syntax/encoder_pieces.h"
#include "token/token.h"

static void read_lines(const token_rules *rules, document *d)
{
    for (size_t at = 0; at < d->text.len;) {
        size_t end = str_find(d->text, STR("\n"), at);
        if (end > d->text.len) end = d->text.len;
        if (end > at)
            *array_push(d->arena, &d->blocks) =
                (block){{(uint32_t)at, (uint32_t)(end - at)}, BLOCK_PARAGRAPH};
        at = end + 1;
    }
    token_run(rules, d);
}

static uint64_t sum_of(const document *d, uint64_t h)
{
    size_t width = d->deep_hints.names->first[N_HINT_KIND], k = d->pairs.width + d->pairs.n_roles;
    for (size_t i = 0; i < d->tokens.n * width; i++)
        h = (h ^ (uint8_t)d->deep_hints.score[i]) * 0x100000001B3u;
    for (size_t t = 0; t < d->tokens.n; t++)
        for (size_t i = 0; d->pairs.key[t] && i < k; i++) {
            uint32_t bits;
            memcpy(&bits, &d->pairs.key[t][i], sizeof bits);
            h = (h ^ bits) * 0x100000001B3u;
        }
    return h;
}

static int print_pieces(arena *a, const char *path, const document *d)
{
    error e;
    model m;
    piece_table t;
    size_t len = 0;
    if (!model_open(&m, str_from(path), ENCODER_FEATURES, &e)) return fprintf(stderr, "%s\n", e.message), 1;
    const encoder_shape *s = model_find(&m, "encoder", &len);
    if (!s || !piece_table_open(a, &m, s->pieces, &t, &e)) return fprintf(stderr, "%s\n", e.message), 1;
    for (size_t i = 0; i < d->tokens.n; i++) {
        uint16_t piece[WORD_PIECES];
        str word = document_plain(d, d->tokens.v[i].at);
        size_t n = word_pieces(&t, word, piece);
        printf("%.*s\t%d", (int)word.len, word.ptr, word_shape(&t, word));
        for (size_t k = 0; k < n; k++) printf("%c%d", k ? ' ' : '\t', piece[k]);
        putchar('\n');
    }
    model_close(&m);
    return 0;
}

static int measure(encoder *n, encoder_scratch *s, document *d, int times)
{
    uint64_t sum = 0;
    arena a;
    arena_init(&a, 0);
    clock_t start = clock();
    for (int i = 0; i < times; i++) {
        arena_reset(&a);
        d->arena = &a;
        encoder_run(n, s, d, NULL, NULL);
    }
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    double pieces = (double)encoder_pieces_read(s), words = (double)d->tokens.n * times;
    sum = sum_of(d, sum);
    printf(
        "%.0f pieces, %.0f words, %.2f s: %.0f pieces, %.0f words a second; %.1f us a piece; sum %016llx\n",
        pieces, words, seconds, pieces / seconds, words / seconds, seconds / pieces * 1e6,
        (unsigned long long)sum);
    arena_release(&a);
    return 0;
}

int main(int argc, char **argv)
{
    arena tables;
    arena_init(&tables, 0);
    error e = {0};
    str text;
    const char *folder = getenv("SITREP_CODEBOOKS");
    if (argc < 2) return fputs("usage: encoder MODEL [TIMES [KERNELS] | pieces] < TEXT\n", stderr), 2;
    token_rules *rules = token_rules_open(&tables, str_from(folder ? folder : "codebooks"), &e);
    encoder *n = rules ? encoder_open(str_from(argv[1]), &e) : NULL;
    encoder_scratch *s = n ? encoder_scratch_open(n, &e) : NULL;
    if (!s || !os_read_file(&tables, STR("-"), &text, &e))
        return fprintf(stderr, "%s:%zu: %s\n", e.where, e.line, e.message), 1;
    if (argc > 3 && !encoder_use(n, argv[3])) return fputs("not on this machine\n", stderr), 1;
    document d = {.arena = &tables, .text = text};
    read_lines(rules, &d);
    int status = argc > 2 && strcmp(argv[2], "pieces") == 0
                     ? print_pieces(&tables, argv[1], &d)
                     : measure(n, s, &d, argc > 2 ? atoi(argv[2]) : 1);
    encoder_scratch_close(s);
    encoder_close(n);
    arena_release(&tables);
    return status;
}
