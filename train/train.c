#define _POSIX_C_SOURCE 200809L
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "commands.h"
#include "optim.h"

enum { MAX_BATCH = 256, KEPT_OUT = 200 };

typedef struct options {
    char layers[64];
    double epochs, rate, dropout, explore, batch, seed, hidden, first_width, every, clip, hints;
} options;

typedef struct trainer {
    options o;
    fnet n;
    data train, dev, hinted; /* hinted: kept out of training to score hints */
    uint32_t *order;
    size_t next;           /* in order */
    uint64_t t, n_updates; /* done, in all */
    uint64_t epoch;
    fnet_work work[FNET_SHARDS];
    fnet_sentence batch[FNET_SHARDS][MAX_BATCH];
    int n_batch[FNET_SHARDS];
    size_t batch_words;
    float rate, scale;
    pthread_barrier_t barrier;
    bool done;
} trainer;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void shuffle(trainer *k)
{
    rng r = rng_make((uint64_t)k->o.seed, 1000 + k->epoch);
    for (size_t i = k->train.sentences.n; i > 1; i--) {
        size_t j = rng_next(&r) % i;
        uint32_t swap = k->order[i - 1];
        k->order[i - 1] = k->order[j];
        k->order[j] = swap;
    }
    k->next = 0;
}

/* Sentences for each shard until it has its share of words. Words are made by the shard's thread. */
static uint32_t picked[FNET_SHARDS][MAX_BATCH];

static bool pick_batch(trainer *k)
{
    for (int s = 0; s < FNET_SHARDS; s++) {
        size_t n_words = 0;
        k->n_batch[s] = 0;
        while (k->next < k->train.sentences.n && n_words < (size_t)k->o.batch
               && k->n_batch[s] < MAX_BATCH) {
            uint32_t i = k->order[k->next++];
            const data_sentence *d = &k->train.sentences.v[i];
            uint32_t n = d->d->sentences.v[d->index].n;
            if (n > 200 || n < 1) continue;
            picked[s][k->n_batch[s]++] = i;
            n_words += n;
        }
    }
    return k->n_batch[0] > 0;
}

static void make_words(trainer *k, int s)
{
    rng *r = &k->work[s].r;
    *r = rng_make((uint64_t)k->o.seed + 77, k->t * FNET_SHARDS + (uint64_t)s);
    for (int i = 0; i < k->n_batch[s]; i++) {
        const data_sentence *d = &k->train.sentences.v[picked[s][i]];
        fnet_sentence *n = &k->batch[s][i];
        if (!n->word) n->word = malloc(200 * sizeof *n->word);
        if (!n->word) abort();
        n->n = data_words(&k->n, d, data_random_view(r), r, n->word);
        n->weight_tag = n->weight_arc = d->weight;
        n->weight_hint = d->hints ? d->weight * (float)k->o.hints : 0;
    }
}

static void run_shard(trainer *k, int s)
{
    make_words(k, s);
    fnet_work *w = &k->work[s];
    w->training = true;
    w->dropout = (float)k->o.dropout;
    w->explore = k->epoch == 0 ? 0 : (float)k->o.explore;
    if (k->n_batch[s]) fnet_run(&k->n, w, k->batch[s], k->n_batch[s]);
}

static void *helper(void *p)
{
    trainer *k = p;
    for (;;) {
        pthread_barrier_wait(&k->barrier);
        if (k->done) return NULL;
        run_shard(k, 1);
        pthread_barrier_wait(&k->barrier);
        pthread_barrier_wait(&k->barrier);
        optim_update(&k->n, 1, 2, k->rate, k->scale, k->t);
        pthread_barrier_wait(&k->barrier);
    }
}

static void clear_touched(fnet *n)
{
    for (int i = 0; i < n->n_params; i++)
        for (int s = 0; s < FNET_SHARDS; s++) {
            param *p = &n->params[i];
            for (uint32_t j = 0; j < p->n_touched[s]; j++) p->is_touched[s][p->touched[s][j]] = 0;
            p->n_touched[s] = 0;
        }
}

/* Rises for 200 updates, then falls in a straight line to a hundredth. */
static float rate_at(const trainer *k)
{
    double done = (double)k->t / (double)k->n_updates;
    double warm = k->t < 200 ? (double)k->t / 200 : 1;
    return (float)(k->o.rate * warm * (done < 1 ? 1 - 0.99 * done : 0.01));
}

static void update(trainer *k)
{
    k->t++;
    pthread_barrier_wait(&k->barrier);
    run_shard(k, 0);
    pthread_barrier_wait(&k->barrier);
    double norm = optim_norm(&k->n) / k->o.batch;
    k->scale = (float)((norm > k->o.clip ? k->o.clip / norm : 1) / k->o.batch);
    k->rate = rate_at(k);
    pthread_barrier_wait(&k->barrier);
    optim_update(&k->n, 0, 2, k->rate, k->scale, k->t);
    pthread_barrier_wait(&k->barrier);
    clear_touched(&k->n);
}

static void report(trainer *k, double seconds)
{
    double tag = 0, arc = 0, label = 0, hint = 0, n = 1, n_hinted = 1;
    for (int s = 0; s < FNET_SHARDS; s++) {
        fnet_work *w = &k->work[s];
        tag += w->loss_tag, arc += w->loss_arc, label += w->loss_label, n += (double)w->n_words;
        hint += w->loss_hint, n_hinted += (double)w->n_hinted;
        w->loss_tag = w->loss_arc = w->loss_label = w->loss_hint = 0;
        w->n_words = w->n_hinted = 0;
    }
    printf("epoch %d: tag %.4f arc %.4f label %.4f hint %.4f, %.0f s\n", (int)k->epoch + 1, tag / n,
           arc / n, label / n, hint / n_hinted, seconds);
    fflush(stdout);
}

static void train_all(trainer *k)
{
    double start = now();
    fnet_work eval;
    fnet_work_init(&eval, &k->n, 0);
    for (k->epoch = 0; k->epoch < (uint64_t)k->o.epochs; k->epoch++) {
        shuffle(k);
        while (pick_batch(k)) update(k);
        report(k, now() - start);
        if ((k->epoch + 1) % (uint64_t)k->o.every == 0 || k->epoch + 1 == (uint64_t)k->o.epochs) {
            score_data(&k->n, &eval, &k->dev, (data_view){0}, "dev");
            score_hints(&k->n, &eval, &k->hinted, "hints kept out");
        }
    }
}

static bool set_option(options *o, const char *arg)
{
    const struct {
        const char *name;
        double *value;
    } names[] = {{"epochs=", &o->epochs},   {"rate=", &o->rate},         {"dropout=", &o->dropout},
                 {"explore=", &o->explore}, {"batch=", &o->batch},       {"seed=", &o->seed},
                 {"hidden=", &o->hidden},   {"first=", &o->first_width}, {"every=", &o->every},
                 {"clip=", &o->clip},       {"hints=", &o->hints}};
    if (strncmp(arg, "layers=", 7) == 0) return snprintf(o->layers, sizeof o->layers, "%s", arg + 7) > 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strncmp(arg, names[i].name, strlen(names[i].name)) == 0)
            return *names[i].value = atof(arg + strlen(names[i].name)), true;
    return false;
}

static bool read_training(trainer *k, arena *a, int argc, char **argv, error *e)
{
    k->train.a = k->dev.a = a;
    if (!data_read(&k->dev, str_from(argv[0]), 1, e)) return false;
    for (int i = 1; i < argc; i++) {
        char *at = strchr(argv[i], '@');
        if (at) *at = 0;
        if (!data_read(&k->train, str_from(argv[i]), at ? (float)atof(at + 1) : 1.0f, e)) return false;
    }
    return true;
}

/* Every 200th sentence with hints is kept out of training. */
static void keep_out_hinted(trainer *k, arena *a)
{
    size_t n = 0, n_hinted = 0;
    for (size_t i = 0; i < k->train.sentences.n; i++) {
        const data_sentence *s = &k->train.sentences.v[i];
        if (s->hints && n_hinted++ % KEPT_OUT == 0) {
            *array_push(a, &k->hinted.sentences) = *s;
            k->train.n_tokens -= s->d->sentences.v[s->index].n;
        } else k->train.sentences.v[n++] = *s;
    }
    k->train.sentences.n = n;
}

static void set_up_hints(trainer *k, arena *a)
{
    hint_names names = data_hint_names(&k->train);
    fnet_add_hints(&k->n, &names, (uint64_t)k->o.seed);
    data_settle_hints(&k->train, &names);
    keep_out_hinted(k, a);
}

static bool set_up(trainer *k, arena *a, int argc, char **argv, error *e)
{
    words w;
    fnet_shape shape;
    if (!words_read(a, str_from(argv[0]), &w, e)) return false;
    if (!fnet_shape_parse(&shape, k->o.layers, (uint32_t)k->o.first_width, (uint32_t)k->o.hidden))
        return error_set(e, SITREP_BAD_USAGE, "train", "layers are written c256,c256,q128");
    shape.n_words = (uint32_t)w.n;
    fnet_init(&k->n, &shape, (uint64_t)k->o.seed);
    words_to_net(&w, &k->n);
    if (!read_training(k, a, argc - 2, argv + 2, e)) return false;
    set_up_hints(k, a);
    k->order = arena_new(a, uint32_t, k->train.sentences.n);
    for (uint32_t i = 0; i < k->train.sentences.n; i++) k->order[i] = i;
    for (int s = 0; s < FNET_SHARDS; s++) fnet_work_init(&k->work[s], &k->n, s);
    k->n_updates = (uint64_t)(k->o.epochs * (double)k->train.n_tokens / (k->o.batch * FNET_SHARDS));
    return true;
}

int command_train(int argc, char **argv)
{
    static trainer k;
    arena a;
    error e = {0};
    pthread_t thread;
    arena_init(&a, 0);
    k.o = (options){"c256,c256", 15, 2e-3, 0.3, 0.9, 350, 1, 128, 5, 3, 4, 0.5};
    for (; argc && set_option(&k.o, argv[0]); argc--, argv++) {
    }
    if (argc < 4) return fputs("sitrep-train train: WORDS OUT DEV TRAIN...\n", stderr), 2;
    if (!set_up(&k, &a, argc, argv, &e)) return command_fail(&e);
    pthread_barrier_init(&k.barrier, NULL, 2);
    if (pthread_create(&thread, NULL, helper, &k)) abort();
    train_all(&k);
    k.done = true;
    pthread_barrier_wait(&k.barrier);
    pthread_join(thread, NULL);
    return fnet_write(&a, &k.n, argv[1]) ? 0 : 1;
}
