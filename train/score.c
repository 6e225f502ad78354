#include <stdio.h>
#include <stdlib.h>

#include "base/os.h"
#include "commands.h"

typedef struct counts {
    size_t n, pos, tag, uas, las;
} counts;

static void count(const fnet_sentence *s, counts *c)
{
    for (int i = 0; i < s->n; i++) {
        bool head = s->head_out[i] == s->word[i].head;
        bool rel = deprel_universal((deprel)s->rel_out[i]) == deprel_universal((deprel)s->word[i].rel);
        c->n++;
        c->pos += s->pos_out[i] == s->word[i].pos;
        c->tag += s->tag_out[i] == s->word[i].tag;
        c->uas += head;
        c->las += head && rel;
    }
}

double score_data(const fnet *n, fnet_work *w, const data *d, data_view view, const char *name)
{
    counts c = {0};
    rng r = rng_make(1, 1);
    w->training = false;
    for (size_t i = 0; i < d->sentences.n; i++) {
        size_t room = d->sentences.v[i].d->sentences.v[d->sentences.v[i].index].n;
        fnet_word *word = malloc(room * sizeof *word);
        int32_t *head = malloc(room * sizeof *head);
        uint8_t *labels = malloc(3 * room);
        if (!word || !head || !labels) abort();
        fnet_sentence s = {.word = word,
                           .head_out = head,
                           .rel_out = labels,
                           .pos_out = labels + room,
                           .tag_out = labels + 2 * room};
        s.n = data_words(n, &d->sentences.v[i], view, &r, word);
        fnet_run(n, w, &s, 1);
        count(&s, &c);
        free(word);
        free(head);
        free(labels);
    }
    double all = 100.0 / (double)(c.n ? c.n : 1);
    printf("%s: UPOS %.2f XPOS %.2f UAS %.2f LAS %.2f\n", name, all * (double)c.pos, all * (double)c.tag,
           all * (double)c.uas, all * (double)c.las);
    fflush(stdout);
    return all * (double)c.las;
}

int command_score(int argc, char **argv)
{
    arena a;
    error e;
    fnet n;
    fnet_work w;
    arena_init(&a, 0);
    if (!fnet_read(&a, argv[0], argv[1], &n, &e)) return command_fail(&e);
    fnet_work_init(&w, &n, 0);
    for (int i = 2; i < argc; i++) {
        data d = {.a = &a};
        if (!data_read(&d, str_from(argv[i]), 1, &e)) return command_fail(&e);
        score_data(&n, &w, &d, (data_view){0}, argv[i]);
        score_data(&n, &w, &d, (data_view){.letters = CASE_NONE}, "  without case");
    }
    return 0;
}

/* ---- files of nets ----------------------------------------------------------------------------- */

bool fnet_write(const fnet *n, const char *path)
{
    FILE *f = fopen(path, "wb");
    bool ok = f && fwrite(&n->shape, sizeof n->shape, 1, f) == 1;
    for (int i = 0; ok && i < n->n_params; i++)
        ok = fwrite(n->params[i].w, sizeof(float), n->params[i].n, f) == n->params[i].n;
    return (f ? fclose(f) == 0 : false) && ok;
}

bool fnet_read(arena *a, const char *net_path, const char *words_path, fnet *n, error *e)
{
    str bytes;
    words w;
    fnet_shape shape;
    if (!os_read_file(a, str_from(net_path), &bytes, e) || !words_read(a, str_from(words_path), &w, e))
        return false;
    if (bytes.len < sizeof shape) return error_set(e, SITREP_BAD_FORMAT, "train", "not a net");
    memcpy(&shape, bytes.ptr, sizeof shape);
    if (shape.n_words != w.n) return error_set(e, SITREP_BAD_FORMAT, "train", "net and words do not match");
    fnet_init(n, &shape, 0);
    words_to_net(&w, n);
    const char *p = bytes.ptr + sizeof shape;
    for (int i = 0; i < n->n_params; p += n->params[i].n * sizeof(float), i++) {
        if ((size_t)(bytes.ptr + bytes.len - p) < n->params[i].n * sizeof(float))
            return error_set(e, SITREP_BAD_FORMAT, "train", "the net is cut short");
        memcpy(n->params[i].w, p, n->params[i].n * sizeof(float));
    }
    return true;
}

int command_fail(const error *e)
{
    fprintf(stderr, "sitrep-train: %s: %s\n", e->where, e->message);
    return 1;
}

int command_words(int argc, char **argv)
{
    arena a;
    error e;
    words w;
    arena_init(&a, 0);
    data d = {.a = &a};
    for (int i = 2; i < argc; i++)
        if (!data_read(&d, str_from(argv[i]), 1, &e)) return command_fail(&e);
    if (!words_choose(&a, &d, str_from(argv[0]), 30000, &w, &e)) return command_fail(&e);
    printf("%zu words\n", w.n);
    return words_write(&w, argv[1]) ? 0 : 1;
}
