#include "syntax/encoder.h"

#include <stdlib.h>

#include "syntax/encoder_net.h"
#include "syntax/encoder_pieces.h"
#include "syntax/hint_names.h"

struct encoder {
    arena a;
    model file;
    encoder_net net;
    piece_table pieces;
    hint_names names;
    str *roles;
};

struct encoder_scratch {
    encoder_work *work;
    encoder_window window;
    uint32_t n_windows; /* of this document */
    size_t n_read;
};

/* Nothing below this is told from nothing. */
#define ASKED_FROM 0.01f

/* ---- opening ----------------------------------------------------------------------------------- */

static bool fault(const encoder *n, const char *what, error *e)
{
    error_set(e, SITREP_BAD_MODEL, "model", "%s", what);
    return error_at(e, n->file.path, 0, 0);
}

static bool read_roles(encoder *n, error *e)
{
    size_t len = 0;
    const char *text = model_find(&n->file, "roles", &len);
    str rest = {text, len};
    uint32_t count = 0;
    n->roles = arena_new(&n->a, str, n->net.shape.roles);
    while (rest.ptr && rest.len) {
        str name = str_cut(&rest, '\n');
        if (count < n->net.shape.roles) n->roles[count] = name;
        count++;
    }
    return count == n->net.shape.roles || fault(n, "the roles of its pairs are damaged", e);
}

static bool read_names(encoder *n, error *e)
{
    size_t len = 0;
    const char *lines = model_find(&n->file, "hint names", &len);
    if (lines && hint_names_read(&n->a, (str){lines, len}, &n->names)
        && n->names.first[N_HINT_KIND] == n->net.shape.hints)
        return true;
    return fault(n, "the names of its hints are damaged", e);
}

encoder *encoder_open(str model_path, error *e)
{
    encoder *n = calloc(1, sizeof *n);
    if (!n) {
        error_set(e, SITREP_NO_MEMORY, "syntax", "no memory for the encoder");
        return NULL;
    }
    arena_init(&n->a, 0);
    str path = arena_copy(&n->a, model_path);
    if (model_open(&n->file, path, ENCODER_FEATURES, e) && encoder_net_open(&n->file, &n->net, e)
        && piece_table_open(&n->a, &n->file, n->net.shape.pieces, &n->pieces, e) && read_names(n, e)
        && read_roles(n, e))
        return n;
    encoder_close(n);
    return NULL;
}

void encoder_close(encoder *n)
{
    if (!n) return;
    model_close(&n->file);
    arena_release(&n->a);
    free(n);
}

str encoder_about(const encoder *n, str key)
{
    return model_meta(&n->file, key);
}

bool encoder_use(encoder *n, const char *kernels_name)
{
    return encoder_net_use(&n->net, kernels_name);
}

encoder_scratch *encoder_scratch_open(const encoder *n, error *e)
{
    encoder_scratch *s = calloc(1, sizeof *s);
    if (s) s->work = encoder_work_open(&n->net);
    if (s && s->work) return s;
    error_set(e, SITREP_NO_MEMORY, "syntax", "no memory for the encoder's work space");
    free(s);
    return NULL;
}

void encoder_scratch_close(encoder_scratch *s)
{
    if (!s) return;
    encoder_work_close(s->work);
    free(s);
}

size_t encoder_pieces_read(const encoder_scratch *s)
{
    return s->n_read;
}

/* ---- windows ----------------------------------------------------------------------------------- */

static void add_piece(encoder_window *w, uint16_t piece, uint16_t shape)
{
    w->piece[w->n] = piece;
    w->shape[w->n++] = shape;
}

/* False, and nothing added: more than `limit` pieces. */
static bool add_word(const encoder *n, const document *d, uint32_t index, size_t limit, encoder_window *w)
{
    uint16_t piece[WORD_PIECES];
    str word = document_plain(d, d->tokens.v[index].at);
    size_t n_pieces = word_pieces(&n->pieces, word, piece);
    uint16_t shape = word_shape(&n->pieces, word);
    if (w->n + n_pieces > limit) return false;
    w->token[w->n_words] = index;
    w->first[w->n_words] = (uint16_t)w->n;
    for (size_t i = 0; i < n_pieces; i++) add_piece(w, piece[i], shape);
    w->last[w->n_words++] = (uint16_t)(w->n - 1);
    return true;
}

/* False: it did not fit whole; what fits stays where it is the first. */
static bool add_sentence(const encoder *n, const document *d, const sentence *s, encoder_window *w)
{
    bool is_first = w->n_words == 0;
    size_t limit = is_first ? ENCODER_PLACES - 1 : ENCODER_WINDOW + 1, n_before = w->n,
           words_before = w->n_words;
    for (uint32_t i = 0; i < s->n; i++) {
        if (add_word(n, d, s->first + i, limit, w)) continue;
        if (is_first) return true;
        w->n = n_before;
        w->n_words = words_before;
        return false;
    }
    return true;
}

/* The sentences from `at` that go into one window; returns the first that does not. */
static uint32_t pack(const encoder *n, const document *d, uint32_t at, encoder_window *w)
{
    w->n = w->n_words = 0;
    add_piece(w, PIECE_BEGIN, 0);
    while (at < d->sentences.n && add_sentence(n, d, &d->sentences.v[at], w)) at++;
    add_piece(w, PIECE_END, 0);
    return at;
}

/* ---- results ----------------------------------------------------------------------------------- */

/* Of a number above 0, with an error of 1e-7: m 2^e with m around 1, and the series of atanh. */
static float logarithm(float x)
{
    uint32_t bits;
    float m;
    memcpy(&bits, &x, sizeof bits);
    int32_t e = (int32_t)(bits - 0x3F3504F3u) >> 23; /* of the root of 1/2, so that m is near 1 */
    bits -= (uint32_t)e << 23;
    memcpy(&m, &bits, sizeof m);
    double s = ((double)m - 1) / ((double)m + 1), q = s * s;
    return (float)(2 * s * (1 + q * (1.0 / 3 + q * (1.0 / 5 + q * (1.0 / 7 + q / 9))))
                   + e * 0.69314718055994531);
}

/* Room for as many columns as a kind can have, and the lanes that pad them. */
enum { KIND_ROOM = ENCODER_MAX_COLUMNS + 64 };

/* The logarithms of the likelihoods of n columns, in units; returns the likelihood of the first. */
static float write_kind(const encoder *n, const float *x, size_t n_columns, int8_t *score)
{
    float e[KIND_ROOM], top = x[0];
    for (size_t i = 0; i < n_columns; i++) top = x[i] > top ? x[i] : top;
    memcpy(e, x, n_columns * sizeof *e);
    float share = n->net.loops->weigh(e, n_columns), under = logarithm(share);
    for (size_t i = 0; i < n_columns; i++) {
        float steps = (x[i] - top + under) * (float)(1 / HINT_UNIT);
        steps = steps > -127 ? steps : -127;
        score[i] = (int8_t)(steps < 0 ? steps - 0.5f : 0);
    }
    return e[0] * share;
}

static void write_nothing(const hint_names *names, int8_t *row)
{
    memset(row, -127, names->first[N_HINT_KIND]);
    for (int kind = 0; kind < N_HINT_KIND; kind++) row[names->first[kind]] = 0;
}

/* Writes the words' hints; lists those that get a query in `asking`, and returns how many. */
static size_t write_hints(const encoder *n, encoder_scratch *s, document *d, const bool *asked,
                          uint16_t *asking)
{
    const encoder_window *w = &s->window;
    const uint32_t *first = n->names.first;
    uint16_t all[ENCODER_PLACES];
    size_t n_asking = 0;
    for (size_t i = 0; i < w->n_words; i++) all[i] = (uint16_t)i;
    const float *row = encoder_net_columns(&n->net, s->work, &n->net.hints, all, w->n_words);
    for (size_t i = 0; i < w->n_words; i++, row += n->net.hints.d.m) {
        int8_t *score = d->deep_hints.score + (size_t)w->token[i] * first[N_HINT_KIND];
        float nothing = write_kind(n, row, first[1], score);
        for (int kind = 1; kind < N_HINT_KIND; kind++)
            write_kind(n, row + first[kind], first[kind + 1] - first[kind], score + first[kind]);
        if (!asked || asked[w->token[i]] || 1 - nothing >= ASKED_FROM) asking[n_asking++] = (uint16_t)i;
    }
    return n_asking;
}

/* The first n_used columns of `layer`, one copy a word. */
static void write_rows(const encoder *n, encoder_scratch *s, document *d, const encoder_dense *layer,
                       size_t n_used, const uint16_t *word, size_t n_words, const float **to)
{
    const float *row = encoder_net_columns(&n->net, s->work, layer, word, n_words);
    float *copy = arena_new(d->arena, float, n_words *n_used);
    for (size_t i = 0; i < n_words; i++, row += layer->d.m, copy += n_used) {
        memcpy(copy, row, n_used * sizeof *copy);
        to[s->window.token[word[i]]] = copy;
    }
}

static void read_window(const encoder *n, encoder_scratch *s, document *d, const bool *asked)
{
    const encoder_window *w = &s->window;
    const encoder_shape *shape = &n->net.shape;
    uint16_t asking[ENCODER_PLACES], all[ENCODER_PLACES];
    encoder_net_run(&n->net, s->work, w);
    s->n_read += w->n;
    s->n_windows++;
    for (size_t i = 0; i < w->n_words; i++) {
        all[i] = (uint16_t)i;
        d->pairs.window[w->token[i]] = s->n_windows;
    }
    size_t n_asking = write_hints(n, s, d, asked, asking);
    write_rows(n, s, d, &n->net.key, shape->role_width + shape->roles, all, w->n_words, d->pairs.key);
    write_rows(n, s, d, &n->net.query, shape->roles * (shape->role_width + 1), asking, n_asking,
               d->pairs.query);
}

static void make_room(const encoder *n, document *d)
{
    size_t n_tokens = d->tokens.n, width = n->names.first[N_HINT_KIND];
    d->deep_hints = (hint_scores){&n->names, arena_new(d->arena, int8_t, n_tokens * width)};
    d->pairs = (pair_scores){.n_roles = n->net.shape.roles,
                             .width = n->net.shape.role_width,
                             .role = n->roles,
                             .window = arena_new(d->arena, uint32_t, n_tokens),
                             .query = arena_new(d->arena, const float *, n_tokens),
                             .key = arena_new(d->arena, const float *, n_tokens)};
    for (size_t t = 0; t < n_tokens; t++) write_nothing(&n->names, d->deep_hints.score + t * width);
}

static bool any_wanted(const bool *wanted, uint32_t from, uint32_t to)
{
    while (from < to && !wanted[from]) from++;
    return from < to;
}

void encoder_run(const encoder *n, encoder_scratch *s, document *d, const bool *wanted, const bool *asked)
{
    make_room(n, d);
    s->n_windows = 0;
    for (uint32_t at = 0, next; at < d->sentences.n; at = next) {
        next = pack(n, d, at, &s->window);
        if (s->window.n_words && (!wanted || any_wanted(wanted, at, next))) read_window(n, s, d, asked);
    }
}
