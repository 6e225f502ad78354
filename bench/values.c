/* Times dates, weapons and quantities beside the stages before them: values DATA_FOLDER < text.
 * Standard input is read as documents of 200 lines. Prints seconds and tokens a second of each stage. */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <time.h>

#include "base/os.h"
#include "mention/date.h"
#include "mention/quantity.h"
#include "mention/weapon.h"
#include "syntax/syntax.h"
#include "token/token.h"

#define LINES 200

enum { TOKENS, SYNTAX, DATES, WEAPONS, QUANTITIES, N_STAGES };
static const char *const names[N_STAGES] = {"tokens", "syntax", "dates", "weapons", "quantities"};

typedef struct stages {
    token_rules *token;
    syntax_model *model;
    syntax_scratch *scratch;
    date_rules *dates;
    weapon_rules *weapons;
    quantity_rules *quantities;
} stages;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static bool open_all(stages *s, arena *a, str data, error *e)
{
    str books = os_path_join(a, data, STR("codebooks"));
    return (s->token = token_rules_open(a, books, e))
           && (s->model = syntax_model_open(os_path_join(a, data, STR("models/en.model")), e))
           && (s->scratch = syntax_scratch_open(s->model, e)) && date_rules_open(a, books, &s->dates, e)
           && weapon_rules_open(a, books, &s->weapons, e)
           && quantity_rules_open(a, books, &s->quantities, e);
}

static size_t run(const stages *s, arena *memory, str text, double spent[N_STAGES])
{
    document d = {.arena = memory, .text = text, .published = {2019, 11, 15}};
    *array_push(memory, &d.blocks) = (block){{0, (uint32_t)text.len}, BLOCK_PARAGRAPH};
    double t[N_STAGES + 1] = {now()};
    token_run(s->token, &d);
    t[1] = now();
    syntax_run(s->model, s->scratch, &d);
    t[2] = now();
    date_mentions(s->dates, &d);
    t[3] = now();
    weapon_mentions(s->weapons, &d);
    t[4] = now();
    quantity_mentions(s->quantities, &d);
    t[5] = now();
    for (int i = 0; i < N_STAGES; i++) spent[i] += t[i + 1] - t[i];
    return d.tokens.n;
}

int main(int argc, char **argv)
{
    arena a, memory;
    error e = {0};
    stages s = {0};
    str text;
    double spent[N_STAGES] = {0};
    size_t n = 0;
    arena_init(&a, 0);
    arena_init(&memory, 0);
    if (argc < 2) return 2;
    if (!open_all(&s, &a, str_from(argv[1]), &e) || !os_read_file(&a, STR("-"), &text, &e)) {
        fprintf(stderr, "%s:%zu: %s\n", e.where, (size_t)e.line, e.message);
        return 1;
    }
    for (size_t at = 0; at < text.len; arena_reset(&memory)) {
        size_t end = at;
        for (int line = 0; line < LINES && end < text.len; line++) {
            end = str_find(text, STR("\n"), end);
            end = end > text.len ? text.len : end + 1;
        }
        n += run(&s, &memory, str_part(text, at, end - at), spent);
        at = end;
    }
    for (int i = 0; i < N_STAGES; i++)
        printf("%-10s %7.3f s  %6.2f million tokens a second\n", names[i], spent[i],
               (double)n / spent[i] * 1e-6);
    syntax_scratch_close(s.scratch);
    syntax_model_close(s.model);
    arena_release(&memory);
    arena_release(&a);
    return 0;
}
