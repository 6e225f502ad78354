#include "syntax/rows.h"

#include <stdlib.h>

enum { N_ENTRIES = 1 << 13, SET = 4, ENTRY_FORM = 22 };

/* A form with its flags, or free (len 0xFF). */
typedef struct entry {
    uint32_t used; /* number of the sentence that needs it */
    uint8_t len, flags;
    char form[ENTRY_FORM];
} entry;

struct row_cache {
    entry *entries;
    int16_t *kept;  /* N_ENTRIES rows */
    int16_t *spare; /* NET_MAX_WORDS rows for words that cannot be kept, then one of zeros */
    const int16_t *row[NET_MAX_WORDS];
    size_t columns; /* of a row: width · out */
    uint32_t sentence;
};

row_cache *row_cache_open(const net *n)
{
    row_cache *c = calloc(1, sizeof *c);
    if (!c) return NULL;
    c->columns = (size_t)n->layer[0].shape.width * n->layer[0].shape.out;
    c->entries = malloc(N_ENTRIES * sizeof *c->entries);
    c->kept = malloc(N_ENTRIES * c->columns * sizeof *c->kept);
    c->spare = calloc((NET_MAX_WORDS + 1) * c->columns, sizeof *c->spare);
    if (!c->entries || !c->kept || !c->spare) {
        row_cache_close(c);
        return NULL;
    }
    memset(c->entries, 0xFF, N_ENTRIES * sizeof *c->entries);
    for (size_t i = 0; i < N_ENTRIES; i++) c->entries[i].used = 0;
    return c;
}

void row_cache_close(row_cache *c)
{
    if (!c) return;
    free(c->entries);
    free(c->kept);
    free(c->spare);
    free(c);
}

/* To the nearest integer, ties to even. */
static int16_t cut_input(float v)
{
    v = v > -MIX_LIMIT ? v : -MIX_LIMIT;
    v = v < MIX_LIMIT ? v : MIX_LIMIT;
    return (int16_t)((v + 12582912.0f) - 12582912.0f);
}

/* The inputs of the first layer: the known word, then the sum of affixes and mean of n-grams. */
static void read_inputs(const net *n, const form_features *f, int16_t input[FORM_DIM])
{
    float x[FORM_DIM];
    int row = vocabulary_row(n->slots, n->shape.n_slots, f);
    for (size_t k = 0; k < WORD_DIM; k++) x[k] = row < 0 ? 0 : n->word[(size_t)row * WORD_DIM + k];
    int32_t summed[GRAM_DIM] = {0}, averaged[GRAM_DIM] = {0};
    for (uint32_t i = 0; i < f->n_summed; i++)
        for (size_t k = 0; k < GRAM_DIM; k++) summed[k] += n->gram[(size_t)f->summed[i] * GRAM_DIM + k];
    for (uint32_t i = 0; i < f->n_averaged; i++)
        for (size_t k = 0; k < GRAM_DIM; k++) averaged[k] += n->gram[(size_t)f->averaged[i] * GRAM_DIM + k];
    float count = f->n_averaged ? (float)f->n_averaged : 1;
    for (size_t k = 0; k < GRAM_DIM; k++) x[WORD_DIM + k] = (float)summed[k] + (float)averaged[k] / count;
    for (size_t k = 0; k < FORM_DIM; k++) input[k] = cut_input(x[k] * n->input_scale[k]);
}

static void compute_row(row_cache *c, const net *n, const net_word *w, unsigned flags, int16_t *row)
{
    form_features f;
    int16_t x[FORM_DIM];
    form_features_read(w->form, w->norm, flags, &f);
    read_inputs(n, &f, x);
    n->k->mix(x, FORM_DIM, n->first_w, c->columns, n->first_cut, n->layer[0].shape.out, row);
}

static bool is_form(const entry *e, str form, unsigned flags)
{
    return e->len == form.len && e->flags == flags && memcmp(e->form, form.ptr, form.len) == 0;
}

/* The entry that holds the form, or the one to be given up for it: of its set the longest unused, but none
 * that the running sentence needs (NULL where all are). */
static entry *find_entry(row_cache *c, str form, unsigned flags)
{
    uint64_t h = (str_hash(form) + flags) * 0xD6E8FEB86659FD93u;
    entry *set = c->entries + (h >> 40) % (N_ENTRIES / SET) * SET, *oldest = NULL;
    for (entry *e = set; e < set + SET; e++) {
        if (is_form(e, form, flags)) return e;
        if (e->used != c->sentence && (!oldest || e->used < oldest->used)) oldest = e;
    }
    return oldest;
}

static const int16_t *find_row(row_cache *c, const net *n, const net_word *w, size_t index)
{
    unsigned flags = form_flags_that_count(w->form, w->flags);
    int16_t *row = c->spare + index * c->columns;
    bool told_by_form = w->norm.len == w->form.len; /* not of the "s" that stands for "'s" */
    entry *e = told_by_form && w->form.len <= ENTRY_FORM ? find_entry(c, w->form, flags) : NULL;
    if (e) {
        row = c->kept + (size_t)(e - c->entries) * c->columns;
        e->used = c->sentence;
        if (is_form(e, w->form, flags)) return row;
        e->len = (uint8_t)w->form.len;
        e->flags = (uint8_t)flags;
        memcpy(e->form, w->form.ptr, w->form.len);
    }
    compute_row(c, n, w, flags, row);
    return row;
}

void row_cache_run(row_cache *c, const net *n, const net_word *words, size_t n_words, uint8_t *out)
{
    size_t width = n->layer[0].shape.width, m = n->layer[0].shape.out, half = width / 2;
    const int16_t *parts[2 * NET_PADDING + 2];
    const int16_t *zeros = c->spare + NET_MAX_WORDS * c->columns;
    if (++c->sentence == UINT32_MAX) c->sentence = 0;
    for (size_t t = 0; t < n_words; t++) c->row[t] = find_row(c, n, &words[t], t);
    for (size_t t = 0; t < n_words; t++) {
        for (size_t tap = 0; tap < width; tap++) {
            size_t at = t + tap;
            bool inside = at >= half && at - half < n_words;
            parts[tap] = (inside ? c->row[at - half] : zeros) + tap * m;
        }
        parts[width] = n->first_bias;
        n->k->sum_rows(parts, width + 1, m, n->first_scale, out + t * m);
    }
}
