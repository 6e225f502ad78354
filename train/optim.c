#include "optim.h"

#include <math.h>
#include <string.h>

typedef struct step {
    float rate, scale, fix1, fix2;
} step;

enum { WIDTH_UNIT = 16 };
static const float beta1 = 0.9f, beta2 = 0.98f, tiny = 1e-8f;

static void update_range(param *p, size_t from, size_t to, const step *s)
{
    float *g0 = p->grad[0], *g1 = p->grad[1];
    for (size_t i = from; i < to; i++) {
        float g = (g0[i] + g1[i]) * s->scale;
        g0[i] = g1[i] = 0;
        p->m[i] = beta1 * p->m[i] + (1 - beta1) * g;
        p->v[i] = beta2 * p->v[i] + (1 - beta2) * g * g;
        p->w[i] -= s->rate * (p->m[i] * s->fix1) / (sqrtf(p->v[i] * s->fix2) + tiny);
    }
}

/* Rows are dealt out by number, so that no two threads meet. */
static void update_rows(param *p, int part, int parts, const step *s)
{
    size_t width = p->n / p->rows;
    for (int shard = 0; shard < FNET_SHARDS; shard++)
        for (uint32_t i = 0; i < p->n_touched[shard]; i++) {
            uint32_t row = p->touched[shard][i];
            if (row % (uint32_t)parts != (uint32_t)part) continue;
            if (shard && p->is_touched[0][row]) continue;
            update_range(p, row * width, (row + 1) * width, s);
        }
}

void optim_update(fnet *n, int part, int parts, float rate, float scale, uint64_t t)
{
    step s = {rate, scale, 1 / (1 - powf(beta1, (float)t)), 1 / (1 - powf(beta2, (float)t))};
    for (int i = 0; i < n->n_params; i++) {
        param *p = &n->params[i];
        size_t units = p->n / WIDTH_UNIT, from = units * (size_t)part / (size_t)parts * WIDTH_UNIT,
               to = units * (size_t)(part + 1) / (size_t)parts * WIDTH_UNIT;
        if (p->rows) update_rows(p, part, parts, &s);
        else update_range(p, from, to, &s);
    }
}

double optim_norm(const fnet *n)
{
    double sum = 0;
    for (int i = 0; i < n->n_params; i++) {
        const param *p = &n->params[i];
        if (p->rows) continue;
        for (size_t k = 0; k < p->n; k++) {
            float g = p->grad[0][k] + p->grad[1][k];
            sum += (double)g * g;
        }
    }
    return sqrt(sum);
}
