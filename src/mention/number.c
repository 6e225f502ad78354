#include "mention/number.h"

#include "base/os.h"

#define MAX_VALUE INT64_C(1000000000000000)

static bool add_words(arena *a, number_words *w, const table *t, const table_line *l, number_kind kind,
                      error *e)
{
    int64_t value;
    if (!str_to_int(l->keyword, &value) || value < 0)
        return table_fault(t, l, e, "a number is missing before the words");
    str rest = l->value;
    while (rest.ptr) {
        str word = str_cut(&rest, ' ');
        if (!word.len) continue;
        map_put(a, &w->by_spelling, word)->value = (uint32_t)w->words.n;
        *array_push(a, &w->words) = (number_word){kind, value};
    }
    return true;
}

bool number_words_open(arena *a, str codebook_folder, number_words *words, error *e)
{
    static const char *const names[NUMBER_KINDS] = {"cardinal", "scale", "ordinal"};
    table t;
    if (!table_read(a, os_path_join(a, codebook_folder, STR("en/numbers.txt")), &t, e)) return false;
    *words = (number_words){0};
    int kind = NUMBER_KINDS;
    for (size_t i = 0; i < t.lines.n; i++) {
        const table_line *l = &t.lines.v[i];
        if (l->indent == 0)
            for (kind = 0; kind < NUMBER_KINDS && !str_is(l->keyword, names[kind]);) kind++;
        else if (kind < NUMBER_KINDS && !add_words(a, words, &t, l, (number_kind)kind, e)) return false;
    }
    return true;
}

static const number_word *find(const number_words *w, str norm)
{
    uint32_t i = map_get(&w->by_spelling, norm);
    return i == MAP_NONE ? NULL : &w->words.v[i];
}

bool number_starts(const number_words *words, str norm)
{
    return find(words, norm) || str_is(norm, "a") || str_is(norm, "half");
}

static const atom *at(const document *d, const atom_array *atoms, uint32_t first, uint32_t i)
{
    if (i >= atoms->n) return NULL;
    const atom *x = &atoms->v[i];
    bool same = d->tokens.v[x->token].sentence == d->tokens.v[atoms->v[first].token].sentence;
    return same ? x : NULL;
}

typedef struct sum {
    int64_t total, part; /* whole thousands and above; what is below them */
    uint32_t n;          /* atoms that are certain */
    bool any, ordinal;
} sum;

static bool scale(sum *s, int64_t by)
{
    if (s->part == 0 && s->any && s->total) return false;
    int64_t part = s->any ? s->part : 1;
    if (part > MAX_VALUE / by) return false;
    if (by < 1000) s->part = part * by;
    else s->total += part * by, s->part = 0;
    return true;
}

static bool add_cardinal(sum *s, int64_t v)
{
    int64_t below_hundred = s->part % 100;
    bool fits = v < 10 ? below_hundred == 0 || (below_hundred >= 20 && below_hundred % 10 == 0)
                       : below_hundred == 0;
    if (!fits || (s->any && s->part && s->part < 100 && v >= 10)) return false;
    s->part += v;
    return true;
}

/* One number word; false where the phrase cannot go on with it. */
static bool take(sum *s, const number_word *w)
{
    bool fits = w->kind == NUMBER_SCALE ? scale(s, w->value) : add_cardinal(s, w->value);
    if (fits && w->kind == NUMBER_ORDINAL) s->ordinal = true;
    if (fits) s->any = true;
    return fits;
}

static bool is_mark(const atom *x, char c)
{
    return x && x->kind == ATOM_MARK && x->norm.len == 1 && x->norm.ptr[0] == c;
}

/* "twenty - six", "two hundred and fifty": what may stand between words of one number. */
static uint32_t joint_len(const sum *s, const atom *next)
{
    if (is_mark(next, '-') && next->glued) return 1;
    bool after_scale = s->any && s->part % 100 == 0 && (s->part || s->total);
    return next && after_scale && str_is(next->norm, "and") ? 1 : 0;
}

static void read_words(const number_words *w, const document *d, const atom_array *atoms, uint32_t i,
                       sum *s)
{
    uint32_t k = 0;
    for (;;) {
        const atom *x = at(d, atoms, i, i + s->n);
        k = s->any ? joint_len(s, x) : 0;
        if (k) x = at(d, atoms, i, i + s->n + k);
        const number_word *word = x && x->kind == ATOM_WORD ? find(w, x->norm) : NULL;
        if (!word || s->ordinal || !take(s, word)) return;
        s->n += k + 1;
    }
}

static number finish(const sum *s, bool in_words)
{
    return (number){s->n, s->total + s->part, s->ordinal, false, in_words};
}

/* "a hundred", "a dozen", "half a million" */
static number read_article(const number_words *w, const document *d, const atom_array *atoms, uint32_t i)
{
    bool half = str_is(atoms->v[i].norm, "half");
    uint32_t skip = half ? 2 : 1;
    const atom *article = at(d, atoms, i, i + skip - 1), *next = at(d, atoms, i, i + skip);
    const number_word *word = next && next->kind == ATOM_WORD ? find(w, next->norm) : NULL;
    if (!word || word->kind != NUMBER_SCALE || !str_is(article->norm, "a")) return (number){0};
    sum s = {.n = skip};
    read_words(w, d, atoms, i, &s);
    number out = finish(&s, true);
    if (half) out.value /= 2;
    return out;
}

/* "a quarter of a million" */
static number read_quarter(const number_words *w, const document *d, const atom_array *atoms, uint32_t i)
{
    const atom *quarter = at(d, atoms, i, i + 1), *of = at(d, atoms, i, i + 2), *a = at(d, atoms, i, i + 3);
    const atom *next = at(d, atoms, i, i + 4);
    const number_word *word = next && next->kind == ATOM_WORD ? find(w, next->norm) : NULL;
    if (!word || word->kind != NUMBER_SCALE || !str_is(quarter->norm, "quarter")) return (number){0};
    if (!str_is(of->norm, "of") || !str_is(a->norm, "a")) return (number){0};
    return (number){.n = 5, .value = word->value / 4, .in_words = true};
}

static number read_digits(const number_words *w, const document *d, const atom_array *atoms, uint32_t i)
{
    const atom *x = &atoms->v[i];
    if (x->is_clock || x->is_plural) return (number){0};
    number out = {1, x->value, x->is_ordinal, x->fraction > 0, false};
    const atom *next = at(d, atoms, i, i + 1);
    const number_word *word = next && next->kind == ATOM_WORD ? find(w, next->norm) : NULL;
    if (x->is_ordinal || !word || word->kind != NUMBER_SCALE || x->value > MAX_VALUE / word->value)
        return out;
    out.value = x->value * word->value + (int64_t)(x->fraction * (double)word->value + 0.5);
    out.is_half = false;
    out.n = 2;
    return out;
}

/* "… and a half" */
static void add_half(const document *d, const atom_array *atoms, uint32_t i, number *out)
{
    const atom *and = at(d, atoms, i, i + out->n), *a = at(d, atoms, i, i + out->n + 1);
    const atom *half = at(d, atoms, i, i + out->n + 2);
    if (!half || !str_is(and->norm, "and") || !str_is(a->norm, "a") || !str_is(half->norm, "half")) return;
    out->n += 3;
    out->is_half = true;
}

number number_read(const number_words *words, const document *d, const atom_array *atoms, uint32_t i)
{
    const atom *x = &atoms->v[i];
    number out = {0};
    if (x->kind == ATOM_NUMBER) out = read_digits(words, d, atoms, i);
    else if (x->kind == ATOM_WORD && (str_is(x->norm, "a") || str_is(x->norm, "half")))
        out = read_article(words, d, atoms, i);
    if (!out.n && x->kind == ATOM_WORD && str_is(x->norm, "a")) out = read_quarter(words, d, atoms, i);
    if (!out.n && x->kind == ATOM_WORD && !str_is(x->norm, "a") && !str_is(x->norm, "half")) {
        sum s = {0};
        read_words(words, d, atoms, i, &s);
        if (s.any) out = finish(&s, true);
    }
    if (out.n && !out.is_ordinal) add_half(d, atoms, i, &out);
    return out;
}
