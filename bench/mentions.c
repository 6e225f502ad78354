/* Prints the mentions of documents, for scoring and for reading: mentions DATA_FOLDER GAZETTEER DOCS.jsonl.
 * A line a mention, parted by tabs: document, kind, first byte, byte behind the last, chain, named or described or
 * pronoun, kind of actor, entity, country, relation of its head, text. With --timing only the time of the stage. */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <time.h>

#include "base/os.h"
#include "mention/mention.h"
#include "place/place.h"
#include "read/read.h"
#include "syntax/syntax.h"
#include "token/token.h"

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void print_text(str s)
{
    for (size_t i = 0; i < s.len; i++)
        putchar(s.ptr[i] == '\n' || s.ptr[i] == '\t' || s.ptr[i] == '\r' ? ' ' : s.ptr[i]);
}

static void print_mention(const document *d, const mention *m)
{
    printf("%.*s\t%s\t%u\t%u\t%u\t%s\t%s\t%.*s\t%.*s\t%s\t", (int)d->id.len, d->id.ptr,
           label_text(LABELS_MENTION_KIND, m->kind), m->at.start, span_end(m->at), m->chain,
           m->is_pronoun ? "pronoun"
           : m->is_named ? "named"
                         : "described",
           label_text(LABELS_ACTOR_KIND, m->actor), (int)m->entity.len, m->entity.len ? m->entity.ptr : "",
           (int)m->country.len, m->country.len ? m->country.ptr : "",
           label_text(LABELS_DEPREL, d->tokens.v[m->head].rel));
    print_text(document_str(d, m->at));
    putchar('\n');
}

typedef struct stages {
    read_rules *read;
    token_rules *token;
    syntax_model *model;
    syntax_scratch *scratch;
    lexicon *lex;
    gazetteer *places;
} stages;

static bool open_all(stages *s, arena *a, const char *data, const char *gaz, error *e)
{
    str codebooks = os_path_join(a, str_from(data), STR("codebooks"));
    s->read = read_rules_open(a, codebooks, e);
    s->token = s->read ? token_rules_open(a, codebooks, e) : NULL;
    s->model =
        s->token ? syntax_model_open(os_path_join(a, str_from(data), STR("models/en.model")), e) : NULL;
    s->scratch = s->model ? syntax_scratch_open(s->model, e) : NULL;
    s->lex = s->scratch ? lexicon_open(a, codebooks, e) : NULL;
    s->places = s->lex ? gazetteer_open(str_from(gaz), e) : NULL;
    return s->places != NULL;
}

int main(int argc, char **argv)
{
    bool timing = argc == 5;
    arena a, memory;
    error e = {0};
    stages s = {0};
    str docs;
    arena_init(&a, 0);
    arena_init(&memory, 0);
    if (argc < 4) return 2;
    double start = now();
    if (!open_all(&s, &a, argv[1], argv[2], &e) || !os_read_file(&a, str_from(argv[3]), &docs, &e)) {
        fprintf(stderr, "%s:%zu: %s\n", e.where, (size_t)e.line, e.message);
        return 1;
    }
    double opened = now(), spent = 0;
    size_t tokens = 0, n = 0;
    place_lookup look = gazetteer_lookup(s.places);
    while (docs.ptr) {
        str line = str_cut(&docs, '\n');
        if (!line.len) continue;
        document d = {.arena = &memory};
        if (!read_json_line(s.read, line, ++n, 0, NULL, &d, &e)) {
            fprintf(stderr, "%s\n", e.message);
            continue;
        }
        token_run(s.token, &d);
        syntax_run(s.model, s.scratch, &d);
        double before = now();
        mention_run(s.lex, &look, &d);
        spent += now() - before;
        tokens += d.tokens.n;
        for (size_t i = 0; i < d.mentions.n && !timing; i++) print_mention(&d, &d.mentions.v[i]);
        arena_reset(&memory);
    }
    if (timing)
        printf("opened in %.1f ms; %zu tokens, mentions of %.0f tokens a second\n", (opened - start) * 1e3,
               tokens, (double)tokens / spent);
    syntax_scratch_close(s.scratch);
    syntax_model_close(s.model);
    gazetteer_close(s.places);
    arena_release(&memory);
    arena_release(&a);
    return 0;
}
