#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <time.h>

#include "base/os.h"
#include "commands.h"
#include "read/conllu.h"
#include "syntax/morph.h"
#include "syntax/syntax.h"
#include "write/conllu.h"

static bool to_file(void *user, const char *bytes, size_t len)
{
    return fwrite(bytes, 1, len, user) == len;
}

typedef struct runner {
    arena a;
    syntax_model *m;
    syntax_scratch *s;
} runner;

static bool open_runner(runner *r, const char *path, error *e)
{
    arena_init(&r->a, 0);
    r->m = syntax_model_open(str_from(path), e);
    r->s = r->m ? syntax_scratch_open(r->m, e) : NULL;
    return r->s;
}

static void close_runner(runner *r)
{
    syntax_scratch_close(r->s);
    syntax_model_close(r->m);
    arena_release(&r->a);
}

int command_parse(int argc, char **argv)
{
    runner r;
    error e;
    str bytes;
    document d = {0};
    if (!open_runner(&r, argv[0], &e) || !os_read_file(&r.a, str_from(argv[1]), &bytes, &e)
        || !conllu_read(&r.a, bytes, &d, &e))
        return command_fail(&e);
    if (argc > 2) syntax_model_use(r.m, argv[2]);
    syntax_run(r.m, r.s, &d);
    bool ok = conllu_write(&r.a, &d, morph_feats, to_file, stdout);
    close_runner(&r);
    return ok ? 0 : 1;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Ten rounds over the file after one that warms up. */
int command_bench(int argc, char **argv)
{
    runner r;
    error e;
    str bytes;
    document d = {0};
    if (!open_runner(&r, argv[0], &e) || !os_read_file(&r.a, str_from(argv[1]), &bytes, &e)
        || !conllu_read(&r.a, bytes, &d, &e))
        return command_fail(&e);
    if (argc > 2 && !syntax_model_use(r.m, argv[2])) return fputs("no such kernels here\n", stderr), 1;
    syntax_run(r.m, r.s, &d);
    double start = now();
    for (int i = 0; i < 10; i++) syntax_run(r.m, r.s, &d);
    double seconds = now() - start;
    printf("%.0f tokens a second of one core (%zu tokens, %.3f s)\n", 10 * (double)d.tokens.n / seconds,
           d.tokens.n, seconds / 10);
    close_runner(&r);
    return 0;
}
