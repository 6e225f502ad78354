#include "clusters.h"

#include <math.h>

#include "vectors.h"

enum { WORDS = 40000, CLUSTERS = 400, PASSES = 12 };

typedef struct collected {
    arena *a;
    uint32_t n;
    str *word;
    float *vector; /* of length one */
} collected;

/* Plain lower-case words; the file has them by falling frequency. */
static bool want(void *user, str word, size_t rank)
{
    const collected *c = user;
    (void)rank;
    if (c->n == WORDS || word.len < 2) return false;
    for (size_t i = 0; i < word.len; i++)
        if (word.ptr[i] < 'a' || word.ptr[i] > 'z') return false;
    return true;
}

static void take(void *user, str word, const float *vector)
{
    collected *c = user;
    float sum = 0;
    for (int i = 0; i < VECTOR_DIM; i++) sum += vector[i] * vector[i];
    if (sum <= 0) return;
    float *to = c->vector + (size_t)c->n * VECTOR_DIM;
    for (int i = 0; i < VECTOR_DIM; i++) to[i] = vector[i] / sqrtf(sum);
    c->word[c->n++] = arena_copy(c->a, word);
}

static uint32_t nearest(const float *centre, const float *v)
{
    uint32_t best = 0;
    float most = -2;
    for (uint32_t k = 0; k < CLUSTERS; k++) {
        float dot = 0;
        for (int i = 0; i < VECTOR_DIM; i++) dot += centre[k * VECTOR_DIM + (uint32_t)i] * v[i];
        if (dot > most) most = dot, best = k;
    }
    return best;
}

static void recentre(const collected *c, const uint32_t *of, float *centre)
{
    memset(centre, 0, sizeof *centre * CLUSTERS * VECTOR_DIM);
    for (uint32_t w = 0; w < c->n; w++)
        for (int i = 0; i < VECTOR_DIM; i++)
            centre[of[w] * VECTOR_DIM + (uint32_t)i] += c->vector[w * VECTOR_DIM + (uint32_t)i];
    for (uint32_t k = 0; k < CLUSTERS; k++) {
        float sum = 0;
        for (int i = 0; i < VECTOR_DIM; i++)
            sum += centre[k * VECTOR_DIM + (uint32_t)i] * centre[k * VECTOR_DIM + (uint32_t)i];
        for (int i = 0; i < VECTOR_DIM && sum > 0; i++) centre[k * VECTOR_DIM + (uint32_t)i] /= sqrtf(sum);
    }
}

bool clusters_make(arena *a, str vectors_path, judge_cluster_slot *table, error *e)
{
    collected c = {a, 0, arena_new(a, str, WORDS), arena_new(a, float, (size_t)WORDS *VECTOR_DIM)};
    vectors_visitor v = {want, take, &c};
    if (!vectors_read(vectors_path, &v, e)) return false;
    if (c.n < CLUSTERS) return error_set(e, SITREP_BAD_FORMAT, "train", "too few word vectors");
    float *centre = arena_new(a, float, CLUSTERS *VECTOR_DIM);
    uint32_t *of = arena_new(a, uint32_t, c.n);
    for (uint32_t k = 0; k < CLUSTERS; k++)
        memcpy(centre + k * VECTOR_DIM, c.vector + (size_t)(k * (c.n / CLUSTERS)) * VECTOR_DIM,
               sizeof *centre * VECTOR_DIM);
    for (int pass = 0; pass < PASSES; pass++) {
        for (uint32_t w = 0; w < c.n; w++) of[w] = nearest(centre, c.vector + (size_t)w * VECTOR_DIM);
        recentre(&c, of, centre);
    }
    for (uint32_t w = 0; w < c.n; w++) judge_cluster_put(table, c.word[w], (uint16_t)(of[w] + 1));
    return true;
}
