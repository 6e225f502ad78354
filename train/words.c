#include "words.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/os.h"
#include "base/utf8.h"
#include "vectors.h"

typedef struct choice {
    arena *a;
    map rows; /* word -> row */
    words *w;
    size_t limit, n_training;
    bool filling;
} choice;

static void add_word(choice *c, str word, uint32_t count)
{
    map_slot *slot = map_put(c->a, &c->rows, word);
    if (slot->value != MAP_NONE) {
        c->w->count[slot->value] += count;
        return;
    }
    if (c->w->n == c->limit) return;
    slot->value = (uint32_t)c->w->n;
    c->w->key[c->w->n] = str_hash(word);
    c->w->count[c->w->n++] = count;
}

static str without_digits(arena *a, str norm)
{
    str s = arena_copy(a, norm);
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] >= '0' && s.ptr[i] <= '9') ((char *)(uintptr_t)s.ptr)[i] = '0';
    return s;
}

/* Counts of the training words; those with two occurrences become rows at once. */
static void count_training(choice *c, const data *d)
{
    map counts = {0};
    ARRAY(str) order = {0};
    for (size_t i = 0; i < d->sentences.n; i++) {
        const document *doc = d->sentences.v[i].d;
        const sentence *s = &doc->sentences.v[d->sentences.v[i].index];
        for (uint32_t t = s->first; t < s->first + s->n; t++) {
            str word = without_digits(c->a, doc->tokens.v[t].norm);
            map_slot *slot = map_put(c->a, &counts, word);
            if (slot->value == MAP_NONE) {
                slot->value = 0;
                *array_push(c->a, &order) = word;
            }
            slot->value++;
        }
    }
    for (size_t i = 0; i < order.n; i++) {
        uint32_t n = map_get(&counts, order.v[i]);
        if (n >= 2) add_word(c, order.v[i], n);
    }
    c->n_training = c->w->n;
}

static bool want_any(void *user, str word, size_t rank)
{
    choice *c = user;
    (void)rank;
    if (!c->filling) return map_get(&c->rows, word) != MAP_NONE;
    if (c->w->n < c->limit) add_word(c, arena_copy(c->a, word), 0);
    return map_get(&c->rows, word) != MAP_NONE;
}

static void take(void *user, str word, const float *vector)
{
    choice *c = user;
    memcpy(c->w->vector + map_get(&c->rows, word) * (size_t)WORD_DIM, vector, sizeof(float) * WORD_DIM);
}

/* Vectors of unit variance: the net need not learn their scale. */
static void normalise(words *w)
{
    double sum = 0, n = 1;
    for (size_t i = 0; i < w->n * WORD_DIM; i++) {
        sum += (double)w->vector[i] * w->vector[i];
        n += w->vector[i] != 0;
    }
    float scale = (float)(0.5 / sqrt(sum / n + 1e-12));
    for (size_t i = 0; i < w->n * WORD_DIM; i++) w->vector[i] *= scale;
}

bool words_choose(arena *a, const data *d, str vectors_path, size_t limit, words *w, error *e)
{
    *w = (words){0, arena_new(a, uint64_t, limit), arena_new(a, uint32_t, limit),
                 arena_new(a, float, limit *WORD_DIM)};
    choice c = {.a = a, .w = w, .limit = limit, .filling = true};
    count_training(&c, d);
    vectors_visitor v = {want_any, take, &c};
    if (!vectors_read(vectors_path, &v, e)) return false;
    normalise(w);
    return true;
}

bool words_write(const words *w, const char *path)
{
    FILE *f = fopen(path, "wb");
    uint64_t n = w->n;
    bool ok = f && fwrite(&n, sizeof n, 1, f) == 1 && fwrite(w->key, sizeof *w->key, w->n, f) == w->n
              && fwrite(w->count, sizeof *w->count, w->n, f) == w->n
              && fwrite(w->vector, sizeof *w->vector, w->n * WORD_DIM, f) == w->n * WORD_DIM;
    return (f ? fclose(f) == 0 : false) && ok;
}

bool words_read(arena *a, str path, words *w, error *e)
{
    str bytes;
    uint64_t n;
    if (!os_read_file(a, path, &bytes, e)) return false;
    memcpy(&n, bytes.ptr, sizeof n);
    size_t row = sizeof *w->key + sizeof *w->count + sizeof(float) * WORD_DIM;
    if (bytes.len != sizeof n + n * row)
        return error_set(e, SITREP_BAD_FORMAT, "train", "damaged word file");
    *w = (words){n, arena_new(a, uint64_t, n), arena_new(a, uint32_t, n), arena_new(a, float, n *WORD_DIM)};
    const char *p = bytes.ptr + sizeof n;
    memcpy(w->key, p, n * sizeof *w->key);
    memcpy(w->count, p += n * sizeof *w->key, n * sizeof *w->count);
    memcpy(w->vector, p + n * sizeof *w->count, n * WORD_DIM * sizeof(float));
    return true;
}

void words_to_net(const words *w, fnet *n)
{
    memcpy(n->fixed, w->vector, w->n * WORD_DIM * sizeof(float));
    memcpy(n->word_count, w->count, w->n * sizeof(uint32_t));
    for (size_t i = 0; i < w->n; i++) {
        if (vocabulary_find(n->slots, n->n_slots, w->key[i]) >= 0) continue;
        uint64_t k = w->key[i] ^ w->key[i] >> 31;
        k *= 0xD6E8FEB86659FD93u;
        size_t at = k >> 20;
        while (n->slots[at & (n->n_slots - 1)]) at++;
        n->slots[at & (n->n_slots - 1)] = (k >> 16) << 16 | (i + 1);
    }
}
