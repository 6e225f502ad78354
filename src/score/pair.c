/* pair: which claim of one file tells the same as which of the other. Greedy, best first: with scores that
 * seldom tie this differs little from the best assignment and is easier to follow by hand. */
#include <stdlib.h>

#include "score/compare.h"

typedef struct candidate {
    double score;
    uint32_t gold, system;
} candidate;

static bool overlap(score_span a, score_span b)
{
    return a.start < b.end && b.start < a.end;
}

/* 0: no pair. Added up in this order in floating point, since ties are broken by it. */
static double pair_score(const score_claim *g, const score_claim *s)
{
    double score = 0;
    bool same_type = str_eq(g->type, s->type);
    if (overlap(g->trigger, s->trigger)) score = 4;
    else if (same_type && overlap(g->sentence, s->sentence)) score = 2;
    if (score > 0) score += (double)same_type + 0.1 * (double)facts_shared(g, s, NULL, NULL);
    return score;
}

/* Best first; among equals the earlier gold claim, then the earlier system claim. */
static int by_score(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (x->score != y->score) return x->score > y->score ? -1 : 1;
    if (x->gold != y->gold) return x->gold < y->gold ? -1 : 1;
    return (x->system > y->system) - (x->system < y->system);
}

static int by_gold(const void *a, const void *b)
{
    const score_claim *x = ((const score_pair *)a)->gold, *y = ((const score_pair *)b)->gold;
    return (x > y) - (x < y);
}

static void pair_case(arena *a, score_case *c)
{
    ARRAY(candidate) candidates = {0};
    for (size_t i = 0; i < c->n_gold; i++)
        for (size_t k = 0; k < c->n_system; k++) {
            double score = pair_score(&c->gold[i], &c->system[k]);
            if (score > 0) *array_push(a, &candidates) = (candidate){score, (uint32_t)i, (uint32_t)k};
        }
    if (!candidates.n) return;
    qsort(candidates.v, candidates.n, sizeof *candidates.v, by_score);
    bool *gold_used = arena_new(a, bool, c->n_gold), *system_used = arena_new(a, bool, c->n_system);
    c->pairs = arena_new(a, score_pair, c->n_gold);
    for (size_t i = 0; i < candidates.n; i++) {
        const candidate *x = &candidates.v[i];
        if (gold_used[x->gold] || system_used[x->system]) continue;
        gold_used[x->gold] = system_used[x->system] = true;
        c->pairs[c->n_pairs++] = (score_pair){&c->gold[x->gold], &c->system[x->system]};
    }
    qsort(c->pairs, c->n_pairs, sizeof *c->pairs, by_gold);
}

/* By document, then as in the file. */
static int by_document(const void *a, const void *b)
{
    const score_claim *x = a, *y = b;
    if (x->document != y->document) return x->document < y->document ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

static const score_claim *claims_of(const score_claim_array *claims, size_t *at, uint32_t document,
                                    size_t *n)
{
    size_t from = *at;
    while (*at < claims->n && claims->v[*at].document == document) ++*at;
    *n = *at - from;
    return claims->v + from;
}

comparison compare_claims(arena *a, const score_documents *documents, score_claim_array *gold,
                          score_claim_array *system, const sitrep_score_options *options)
{
    size_t n = documents->v.n, at_gold = 0, at_system = 0;
    comparison c = {documents, arena_new(a, score_case, n + 1), n, options};
    if (gold->n) qsort(gold->v, gold->n, sizeof *gold->v, by_document);
    if (system->n) qsort(system->v, system->n, sizeof *system->v, by_document);
    for (size_t i = 0; i < n; i++) {
        score_case *x = &c.cases[i];
        x->document = &documents->v.v[i];
        x->gold = claims_of(gold, &at_gold, (uint32_t)i, &x->n_gold);
        x->system = claims_of(system, &at_system, (uint32_t)i, &x->n_system);
        pair_case(a, x);
    }
    return c;
}
