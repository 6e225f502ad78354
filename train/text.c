/* text: unlabelled text cut into words, for the teachers to read. */
#include <stdio.h>
#include <stdlib.h>

#include "base/os.h"
#include "commands.h"
#include "read/read.h"
#include "token/token.h"
#include "write/conllu.h"

enum { MAX_LABELLED = 120, MIN_LABELLED = 3 };

static bool to_file(void *user, const char *bytes, size_t len)
{
    return fwrite(bytes, 1, len, user) == len;
}

/* Keeps every `step`th of the sentences that are worth a tree; *number counts them over all documents. */
static void drop_sentences(document *d, size_t step, size_t *number)
{
    size_t n = 0;
    for (size_t i = 0; i < d->sentences.n; i++) {
        const sentence *s = &d->sentences.v[i];
        bool worth = s->n >= MIN_LABELLED && s->n <= MAX_LABELLED && !s->is_notice;
        if (worth && (*number)++ % step == 0) d->sentences.v[n++] = *s;
    }
    d->sentences.n = n;
    for (size_t i = 0; i < d->tokens.n; i++) d->tokens.v[i].head = -1;
}

/* Every STEPth sentence of a JSONL file, as CoNLL-U. */
int command_text(int argc, char **argv)
{
    arena tables, a;
    error e = {0};
    str all;
    arena_init(&tables, 0);
    arena_init(&a, 0);
    read_rules *reading = read_rules_open(&tables, str_from(argv[0]), &e);
    token_rules *splitting = reading ? token_rules_open(&tables, str_from(argv[0]), &e) : NULL;
    size_t step = (size_t)atoi(argv[1]), line = 0, number = 0;
    if (step == 0) step = 1;
    if (!splitting || !os_read_file(&tables, str_from(argv[2]), &all, &e)) return command_fail(&e);
    (void)argc;
    for (size_t at = 0; at < all.len;) {
        const char *nl = memchr(all.ptr + at, '\n', all.len - at);
        size_t end = nl ? (size_t)(nl - all.ptr) : all.len;
        document d = {.arena = &a};
        if (read_json_line(reading, str_part(all, at, end - at), ++line, at, NULL, &d, &e)) {
            token_run(splitting, &d);
            drop_sentences(&d, step, &number);
            if (!conllu_write(&a, &d, NULL, to_file, stdout)) return 1;
        }
        arena_reset(&a);
        at = end + 1;
    }
    return 0;
}
