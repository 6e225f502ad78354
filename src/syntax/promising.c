#include "syntax/promising.h"

#include <math.h>

/* exp of every score, so that a word costs a few additions. */
static void fill_weights(double weight[256])
{
    for (int i = 0; i < 256; i++) weight[i] = exp(HINT_UNIT * (i + INT8_MIN));
}

/* The likelihood that a word tells of anything. */
static double likelihood(const hint_scores *h, uint32_t t, const double weight[256])
{
    const int8_t *row = h->score + (size_t)t * h->names->first[N_HINT_KIND];
    uint32_t first = h->names->first[HINT_HAPPENING], end = h->names->first[HINT_HAPPENING + 1];
    double sum = 0;
    for (uint32_t i = first; i < end; i++) sum += weight[row[i] - INT8_MIN];
    return 1 - weight[row[first] - INT8_MIN] / sum;
}

static bool is_promising(const document *d, const sentence *s, double least, const double weight[256])
{
    for (uint32_t t = s->first; t < s->first + s->n; t++)
        if (likelihood(&d->hints, t, weight) >= least) return true;
    return false;
}

const bool *promising_sentences(const document *d, double least)
{
    double weight[256];
    bool *flag = arena_new(d->arena, bool, d->sentences.n + 1);
    fill_weights(weight);
    for (size_t i = 0; i < d->sentences.n; i++)
        flag[i] = !d->hints.score || is_promising(d, &d->sentences.v[i], least, weight);
    return flag;
}

void promising_read(const encoder *n, encoder_scratch *s, document *d)
{
    const bool *none_asked = arena_new(d->arena, bool, d->tokens.n + 1);
    encoder_run(n, s, d, promising_sentences(d, PROMISING_LEAST), none_asked);
}
