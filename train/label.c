/* label: text without trees gets those of an ensemble, as training text for one net. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/os.h"
#include "commands.h"
#include "parse.h"
#include "read/read.h"
#include "token/token.h"
#include "write/conllu.h"

enum { MAX_NETS = 8, MAX_LABELLED = 120, MIN_LABELLED = 3 };

static bool to_file(void *user, const char *bytes, size_t len)
{
    return fwrite(bytes, 1, len, user) == len;
}

/* ---- text -> tokens ---------------------------------------------------------------------------- */

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

/* ---- tokens -> trees --------------------------------------------------------------------------- */

typedef struct ensemble {
    int n;
    fnet net[MAX_NETS];
    fnet_work work[MAX_NETS];
} ensemble;

static void add_log_softmax(const float *y, int from, int to, float *sum)
{
    float top = y[from], all = 0;
    for (int i = from + 1; i < to; i++) top = y[i] > top ? y[i] : top;
    for (int i = from; i < to; i++) all += expf(y[i] - top);
    for (int i = from; i < to; i++) sum[i] += y[i] - top - logf(all);
}

static int best_of(const float *y, int from, int to)
{
    int best = from;
    for (int i = from + 1; i < to; i++)
        if (y[i] > y[best]) best = i;
    return best;
}

static void tag_together(const ensemble *x, const fnet_sentence *s, token *t)
{
    for (int i = 0; i < s->n; i++) {
        float sum[FNET_TAGS] = {0};
        for (int k = 0; k < x->n; k++) {
            const float *y = x->work[k].tags + (size_t)(s->first_row + i) * FNET_TAGS;
            add_log_softmax(y, 0, N_UPOS, sum);
            add_log_softmax(y, N_UPOS, N_UPOS + N_XPOS, sum);
        }
        t[i].pos = (upos)best_of(sum, 0, N_UPOS);
        t[i].tag = (xpos)(best_of(sum, N_UPOS, N_UPOS + N_XPOS) - N_UPOS);
    }
}

static void move_together(ensemble *x, const fnet_sentence *s)
{
    float moves[FNET_MOVES] = {0}, labels[FNET_LABELS] = {0};
    unsigned legal = arc_legal(&x->work[0].arcs);
    int best = -1, head, dependent;
    for (int k = 0; k < x->n; k++) {
        float move[FNET_MOVES], label[FNET_LABELS];
        parse_scores(&x->net[k], &x->work[k], s, move, label);
        add_log_softmax(move, 0, N_ARC_MOVES, moves);
        add_log_softmax(label, 0, N_DEPREL, labels);
    }
    for (int m = 0; m < N_ARC_MOVES; m++)
        if (legal >> m & 1 && (best < 0 || moves[m] > moves[best])) best = m;
    bool joins = arc_would_join(&x->work[0].arcs, (arc_move)best, &head, &dependent);
    deprel rel = joins && head == s->n ? DEPREL_ROOT : (deprel)best_of(labels, DEPREL_ROOT + 1, N_DEPREL);
    for (int k = 0; k < x->n; k++) arc_apply(&x->work[k].arcs, (arc_move)best, rel);
}

static void label_sentence(ensemble *x, const data_sentence *ds)
{
    document *d = (document *)(uintptr_t)ds->d;
    const sentence *sent = &d->sentences.v[ds->index];
    static fnet_word word[512];
    static int32_t head[512];
    static uint8_t labels[3][512];
    rng r = rng_make(1, 1);
    if (sent->n > 512) return;
    fnet_sentence s = {
        .word = word, .head_out = head, .rel_out = labels[0], .pos_out = labels[1], .tag_out = labels[2]};
    s.n = data_words(&x->net[0], ds, (data_view){0}, &r, word);
    for (int k = 0; k < x->n; k++) {
        fnet_run(&x->net[k], &x->work[k], &s, 1);
        arc_begin(&x->work[k].arcs, s.n);
    }
    token *t = d->tokens.v + sent->first;
    tag_together(x, &s, t);
    while (!arc_done(&x->work[0].arcs)) move_together(x, &s);
    for (int i = 0; i < s.n; i++) {
        int h = x->work[0].arcs.head[i];
        t[i].head = h == s.n ? -1 : (int32_t)sent->first + h;
        t[i].rel = (deprel)x->work[0].arcs.rel[i];
        t[i].lemma = (str){0};
    }
}

int command_label(int argc, char **argv)
{
    static ensemble x;
    arena a;
    error e = {0};
    arena_init(&a, 0);
    data d = {.a = &a};
    if (!data_read(&d, str_from(argv[1]), 1, &e)) return command_fail(&e);
    for (int i = 2; i < argc && x.n < MAX_NETS; i++, x.n++) {
        if (!fnet_read(&a, argv[i], argv[0], &x.net[x.n], &e)) return command_fail(&e);
        fnet_work_init(&x.work[x.n], &x.net[x.n], 0);
    }
    for (size_t i = 0; i < d.sentences.n; i++) label_sentence(&x, &d.sentences.v[i]);
    if (!d.sentences.n) return 1;
    return conllu_write(&a, d.sentences.v[0].d, NULL, to_file, stdout) ? 0 : 1;
}
