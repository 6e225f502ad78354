#include "parse.h"

#include <math.h>
#include <string.h>

enum { MAX_HIDDEN = 1024 };

/* ---- oracle ------------------------------------------------------------------------------------ */

/* Gold dependents of `head` among the words from b0 on. */
static int dependents_in_buffer(const arc_state *s, const fnet_word *word, int head)
{
    int n = 0;
    for (int i = s->b0; i < s->n; i++) n += word[i].head == head;
    return n;
}

static int shift_cost(const arc_state *s, const fnet_word *word)
{
    int cost = 0, b = s->b0;
    for (int k = 0; k < s->depth; k++) {
        cost += word[s->stack[k]].head == b;
        cost += k + 1 < s->depth && word[b].head == s->stack[k];
    }
    return cost;
}

void oracle_costs(const arc_state *s, const fnet_word *word, unsigned legal, int cost[N_ARC_MOVES])
{
    int s0 = s->depth ? s->stack[s->depth - 1] : -1, s1 = s->depth > 1 ? s->stack[s->depth - 2] : -1;
    cost[ARC_SHIFT] = legal >> ARC_SHIFT & 1 ? shift_cost(s, word) : 0;
    if (s0 < 0) return;
    int below = dependents_in_buffer(s, word, s0), head = word[s0].head;
    cost[ARC_LEFT] = below + (head == s1 || head > s->b0);
    cost[ARC_RIGHT] = below + (head >= s->b0);
}

/* ---- one state --------------------------------------------------------------------------------- */

typedef struct view {
    const float *from[ARC_POSITIONS + ARC_CATEGORIES + 1];
    float *to[ARC_POSITIONS + ARC_CATEGORIES + 1];
    float h[MAX_HIDDEN], keep[MAX_HIDDEN], dh[MAX_HIDDEN];
} view;

enum { N_PARTS = ARC_POSITIONS + ARC_CATEGORIES + 1 };

/* Where the parts of the hidden layer come from, and where their gradients go. */
static void gather(const fnet *n, const fnet_work *w, const fnet_sentence *s, view *v)
{
    int32_t at[ARC_POSITIONS];
    uint16_t row[ARC_CATEGORIES];
    size_t hp = n->shape.hidden;
    arc_positions(&w->arcs, at);
    arc_categories(&w->arcs, row);
    for (size_t p = 0; p < ARC_POSITIONS; p++) {
        bool present = at[p] >= 0 && at[p] < s->n;
        size_t word = ((size_t)(s->first_row + at[p]) * ARC_POSITIONS + p) * hp;
        size_t gap = (p * ARC_ABSENT + (at[p] >= s->n)) * hp;
        v->from[p] = present ? w->f + word : n->absent->w + gap;
        v->to[p] = present ? w->df + word : n->absent->grad[w->shard] + gap;
    }
    for (size_t c = 0; c < ARC_CATEGORIES; c++) {
        v->from[ARC_POSITIONS + c] = n->category->w + row[c] * hp;
        v->to[ARC_POSITIONS + c] = n->category->grad[w->shard] + row[c] * hp;
    }
    v->from[N_PARTS - 1] = n->hidden_b->w;
    v->to[N_PARTS - 1] = n->hidden_b->grad[w->shard];
}

static void hidden(const fnet *n, fnet_work *w, view *v)
{
    size_t hp = n->shape.hidden;
    memcpy(v->h, v->from[0], hp * sizeof(float));
    for (int p = 1; p < N_PARTS; p++)
        for (size_t j = 0; j < hp; j++) v->h[j] += v->from[p][j];
    for (size_t j = 0; j < hp; j++) v->h[j] = v->h[j] > 0 ? v->h[j] : 0;
    if (w->peak_hidden)
        for (size_t j = 0; j < hp; j++)
            if (v->h[j] > w->peak_hidden[j]) w->peak_hidden[j] = v->h[j];
    if (w->peak_f)
        for (int p = 0; p < N_PARTS; p++)
            for (size_t j = 0; j < hp; j++)
                if (fabsf(v->from[p][j]) > w->peak_f[j]) w->peak_f[j] = fabsf(v->from[p][j]);
    if (!w->training) return;
    memset(v->dh, 0, hp * sizeof(float));
    float rate = w->dropout * 0.5f, keep = 1 / (1 - rate);
    uint32_t limit = (uint32_t)(rate * 65536.0f);
    for (size_t j = 0; j < hp; j += 4) {
        uint64_t bits = rng_next(&w->r);
        for (size_t k = j; k < j + 4; k++, bits >>= 16) v->keep[k] = (bits & 0xFFFF) < limit ? 0 : keep;
    }
    for (size_t j = 0; j < hp; j++) v->h[j] *= v->keep[j];
}

static void hidden_backward(const fnet *n, view *v)
{
    size_t hp = n->shape.hidden;
    for (size_t j = 0; j < hp; j++) v->dh[j] = v->h[j] > 0 ? v->dh[j] * v->keep[j] : 0;
    for (int p = 0; p < N_PARTS; p++)
        for (size_t j = 0; j < hp; j++) v->to[p][j] += v->dh[j];
}

static void project(const fnet *n, const view *v, const param *weight, const param *bias, size_t m,
                    float *y)
{
    memcpy(y, bias->w, m * sizeof(float));
    mat_mul_add(1, n->shape.hidden, m, v->h, n->shape.hidden, 1, weight->w, m, y, m);
}

static void project_backward(const fnet *n, const fnet_work *w, view *v, const param *weight,
                             const param *bias, size_t m, const float *d)
{
    float *dw = weight->grad[w->shard], *db = bias->grad[w->shard];
    for (size_t j = 0; j < m; j++) db[j] += d[j];
    for (size_t k = 0; k < n->shape.hidden; k++) {
        float sum = 0;
        const float *row = weight->w + k * m;
        for (size_t j = 0; j < m; j++) sum += row[j] * d[j];
        v->dh[k] += sum;
        if (v->h[k] > 0)
            for (size_t j = 0; j < m; j++) dw[k * m + j] += v->h[k] * d[j];
    }
}

/* ---- moves ------------------------------------------------------------------------------------- */

static int best_move(const float *y, unsigned allowed)
{
    int best = -1;
    for (int m = 0; m < N_ARC_MOVES; m++)
        if (allowed >> m & 1 && (best < 0 || y[m] > y[best])) best = m;
    return best;
}

static unsigned cheapest(const int cost[N_ARC_MOVES], unsigned legal)
{
    int least = 1 << 30;
    unsigned set = 0;
    for (int m = 0; m < N_ARC_MOVES; m++)
        if (legal >> m & 1 && cost[m] < least) least = cost[m];
    for (int m = 0; m < N_ARC_MOVES; m++)
        if (legal >> m & 1 && cost[m] == least) set |= 1u << m;
    return set;
}

/* Raises the sum of the probabilities of the good moves. */
static double move_loss(const float *y, unsigned legal, unsigned good, float weight, float *d)
{
    float p[N_ARC_MOVES] = {0}, top = -1e30f, all = 0, right = 0;
    for (int m = 0; m < N_ARC_MOVES; m++)
        if (legal >> m & 1 && y[m] > top) top = y[m];
    for (int m = 0; m < N_ARC_MOVES; m++) {
        if (!(legal >> m & 1)) continue;
        all += p[m] = expf(y[m] - top);
        if (good >> m & 1) right += p[m];
    }
    if (right < 1e-20f) right = 1e-20f;
    for (int m = 0; m < N_ARC_MOVES; m++) {
        float wanted = good >> m & 1 ? p[m] / right : 0;
        d[m] = weight * (p[m] / all - wanted);
    }
    return weight * (logf(all) - logf(right));
}

static double label_loss(const float *y, int gold, float weight, float *d)
{
    float top = y[0], sum = 0;
    for (int i = 1; i < N_DEPREL; i++) top = y[i] > top ? y[i] : top;
    for (int i = 0; i < N_DEPREL; i++) sum += d[i] = expf(y[i] - top);
    for (int i = 0; i < N_DEPREL; i++) d[i] = weight * (d[i] / sum - (i == gold));
    return weight * (logf(sum) - (y[gold] - top));
}

/* Only ROOT's child is root. */
static deprel best_label(const float *y, bool of_root)
{
    int best = -1;
    if (of_root) return DEPREL_ROOT;
    for (int i = 0; i < N_DEPREL; i++)
        if (i != DEPREL_ROOT && (best < 0 || y[i] > y[best])) best = i;
    return (deprel)best;
}

static arc_move learn_move(const fnet *n, fnet_work *w, const fnet_sentence *s, view *v, const float *y,
                           unsigned legal)
{
    int cost[N_ARC_MOVES];
    float d[FNET_MOVES] = {0};
    oracle_costs(&w->arcs, s->word, legal, cost);
    unsigned good = cheapest(cost, legal);
    if (legal & (legal - 1)) {
        w->loss_arc += move_loss(y, legal, good, s->weight_arc, d);
        project_backward(n, w, v, n->move_w, n->move_b, FNET_MOVES, d);
    }
    bool follow = rng_unit(&w->r) < w->explore;
    return (arc_move)best_move(y, follow ? legal : good);
}

static deprel choose_label(const fnet *n, fnet_work *w, const fnet_sentence *s, view *v, int head,
                           int dependent)
{
    float y[FNET_LABELS], d[FNET_LABELS] = {0};
    if (head == s->n) return DEPREL_ROOT;
    project(n, v, n->label_w, n->label_b, FNET_LABELS, y);
    if (w->training && s->word[dependent].head == head) {
        w->loss_label += label_loss(y, s->word[dependent].rel, s->weight_arc, d);
        project_backward(n, w, v, n->label_w, n->label_b, FNET_LABELS, d);
    }
    return best_label(y, false);
}

static void step(const fnet *n, fnet_work *w, const fnet_sentence *s)
{
    view v;
    float y[FNET_MOVES];
    int head, dependent;
    deprel rel = DEPREL_DEP;
    unsigned legal = arc_legal(&w->arcs);
    gather(n, w, s, &v);
    hidden(n, w, &v);
    project(n, &v, n->move_w, n->move_b, FNET_MOVES, y);
    arc_move move = w->training ? learn_move(n, w, s, &v, y, legal) : (arc_move)best_move(y, legal);
    if (arc_would_join(&w->arcs, move, &head, &dependent)) rel = choose_label(n, w, s, &v, head, dependent);
    if (w->training) hidden_backward(n, &v);
    arc_apply(&w->arcs, move, rel);
    w->n_moves++;
}

void parse_sentence(const fnet *n, fnet_work *w, fnet_sentence *s)
{
    arc_begin(&w->arcs, s->n);
    while (!arc_done(&w->arcs)) step(n, w, s);
    if (w->training) return;
    memcpy(s->head_out, w->arcs.head, (size_t)s->n * sizeof(int32_t));
    memcpy(s->rel_out, w->arcs.rel, (size_t)s->n);
}
