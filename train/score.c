#include <stdio.h>
#include <stdlib.h>

#include "base/os.h"
#include "commands.h"
#include "syntax/hint_names.h"

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

/* ---- hints ------------------------------------------------------------------------------------- */

typedef struct hint_counts {
    size_t right, ours, gold;
} hint_counts;

static void count_hints(const fnet_sentence *s, hint_counts *c)
{
    for (int i = 0; i < s->n; i++)
        for (int kind = 0; kind < N_HINT_KIND; kind++) {
            uint8_t ours = s->hint_out[i * N_HINT_KIND + kind], gold = s->word[i].hint[kind];
            c[kind].ours += ours > 0;
            c[kind].gold += gold > 0;
            c[kind].right += ours && ours == gold;
        }
}

void score_hints(const fnet *n, fnet_work *w, const data *d, const char *name)
{
    enum { MOST = 512 };
    static fnet_word word[MOST];
    static int32_t head[MOST];
    static uint8_t labels[3][MOST], hints[MOST * N_HINT_KIND];
    hint_counts c[N_HINT_KIND] = {{0}};
    rng r = rng_make(1, 1);
    w->training = false;
    for (size_t i = 0; n->hint_columns && i < d->sentences.n; i++) {
        const data_sentence *ds = &d->sentences.v[i];
        if (!ds->hints || ds->d->sentences.v[ds->index].n > MOST) continue;
        fnet_sentence s = {.word = word,
                           .head_out = head,
                           .rel_out = labels[0],
                           .pos_out = labels[1],
                           .tag_out = labels[2],
                           .hint_out = hints};
        s.n = data_words(n, ds, (data_view){0}, &r, word);
        fnet_run(n, w, &s, 1);
        count_hints(&s, c);
    }
    if (!c[0].gold && !c[0].ours) return;
    printf("%s:", name);
    for (int kind = 0; kind < N_HINT_KIND; kind++)
        printf(" %s F %.1f", hint_kind_text((hint_kind)kind),
               200.0 * (double)c[kind].right / (double)(c[kind].ours + c[kind].gold + !c[kind].ours));
    printf("\n");
    fflush(stdout);
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
        data_settle_hints(&d, &n.hint_names);
        score_data(&n, &w, &d, (data_view){0}, argv[i]);
        score_hints(&n, &w, &d, argv[i]);
        score_data(&n, &w, &d, (data_view){.letters = CASE_NONE}, "  without case");
    }
    return 0;
}

/* ---- files of nets ----------------------------------------------------------------------------- */

/* Shape, parameters; where the net has hints then the length of their names, the names, their parameters. */
bool fnet_write(arena *a, const fnet *n, const char *path)
{
    FILE *f = fopen(path, "wb");
    bool ok = f && fwrite(&n->shape, sizeof n->shape, 1, f) == 1;
    str names = n->hint_columns ? hint_names_write(a, &n->hint_names) : STR("");
    uint64_t len = names.len;
    for (int i = 0; ok && i < n->n_params; i++) {
        if (&n->params[i] == n->hint_w)
            ok = fwrite(&len, sizeof len, 1, f) == 1 && fwrite(names.ptr, 1, names.len, f) == names.len;
        ok = ok && fwrite(n->params[i].w, sizeof(float), n->params[i].n, f) == n->params[i].n;
    }
    return (f ? fclose(f) == 0 : false) && ok;
}

static bool read_params(fnet *n, int from, str *rest)
{
    for (int i = from; i < n->n_params; i++) {
        size_t len = n->params[i].n * sizeof(float);
        if (rest->len < len) return false;
        memcpy(n->params[i].w, rest->ptr, len);
        *rest = str_part(*rest, len, rest->len);
    }
    return true;
}

static bool read_hints(arena *a, fnet *n, str *rest)
{
    uint64_t len = 0;
    hint_names names;
    int from = n->n_params;
    if (rest->len < sizeof len) return false;
    memcpy(&len, rest->ptr, sizeof len);
    str lines = str_part(*rest, sizeof len, (size_t)len);
    *rest = str_part(*rest, sizeof len + lines.len, rest->len);
    if (!hint_names_read(a, lines, &names)) return false;
    fnet_add_hints(n, &names, 1);
    return read_params(n, from, rest);
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
    str rest = str_part(bytes, sizeof shape, bytes.len);
    if (!read_params(n, 0, &rest) || (rest.len && !read_hints(a, n, &rest)))
        return error_set(e, SITREP_BAD_FORMAT, "train", "the net is cut short");
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
