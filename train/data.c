#include "data.h"

#include <stdlib.h>

#include "base/os.h"
#include "base/utf8.h"
#include "read/conllu.h"
#include "syntax/hint_names.h"

enum { MAX_HINT_NAMES = 128 };

/* ---- hints ------------------------------------------------------------------------------------- */

static const char *const hint_key[N_HINT_KIND] = {"Happening", "Status", "Role"};

static uint8_t intern(data *d, hint_kind kind, str name)
{
    if (!d->hint_name[kind].n) *array_push(d->a, &d->hint_name[kind]) = STR("-");
    for (size_t i = 0; i < d->hint_name[kind].n; i++)
        if (str_eq(d->hint_name[kind].v[i], name)) return (uint8_t)i;
    if (d->hint_name[kind].n == MAX_HINT_NAMES) return 0;
    *array_push(d->a, &d->hint_name[kind]) = name;
    return (uint8_t)(d->hint_name[kind].n - 1);
}

/* Whether the word has any of the keys. */
static bool read_hints(data *d, str misc, data_hints *out)
{
    bool any = false;
    for (int kind = 0; kind < N_HINT_KIND; kind++) {
        str name = conllu_misc_value(misc, str_from(hint_key[kind]));
        any = any || name.ptr;
        out->column[kind] = name.len ? intern(d, (hint_kind)kind, name) : 0;
    }
    return any;
}

static bool read_hints_of(data *d, const conllu_misc *misc, const sentence *s, data_hints *out)
{
    bool any = false;
    for (uint32_t t = s->first; t < s->first + s->n; t++) any = read_hints(d, misc->v[t], &out[t]) || any;
    for (int kind = 0; any && kind < N_HINT_KIND; kind++) intern(d, (hint_kind)kind, STR("-"));
    return any;
}

static int by_name(const void *a, const void *b)
{
    return str_compare(*(const str *)a, *(const str *)b);
}

hint_names data_hint_names(const data *d)
{
    hint_names n = {0};
    if (!d->hint_name[0].n) return n;
    str *name = arena_new(d->a, str, (size_t)N_HINT_KIND * MAX_HINT_NAMES);
    for (int kind = 0; kind < N_HINT_KIND; kind++) {
        size_t count = d->hint_name[kind].n;
        str *first = name + n.first[kind];
        memcpy(first, d->hint_name[kind].v, count * sizeof *first);
        qsort(first + 1, count - 1, sizeof *first, by_name);
        n.first[kind + 1] = n.first[kind] + (uint32_t)count;
    }
    n.name = name;
    return n;
}

void data_settle_hints(data *d, const hint_names *names)
{
    uint8_t column[N_HINT_KIND][MAX_HINT_NAMES] = {{0}};
    for (int kind = 0; kind < N_HINT_KIND; kind++)
        for (size_t i = 0; i < d->hint_name[kind].n; i++) {
            int32_t at = hint_column(names, (hint_kind)kind, d->hint_name[kind].v[i]);
            column[kind][i] = (uint8_t)(at < 0 ? 0 : (uint32_t)at - names->first[kind]);
        }
    for (size_t b = 0; b < d->hints.n; b++)
        for (size_t i = 0; i < d->hints.v[b].n; i++)
            for (int kind = 0; kind < N_HINT_KIND; kind++) {
                uint8_t *c = &d->hints.v[b].v[i].column[kind];
                *c = column[kind][*c];
            }
}

/* ---- sentences --------------------------------------------------------------------------------- */

bool data_read(data *d, str path, float weight, error *e)
{
    conllu_misc misc = {0};
    str bytes;
    document *doc = arena_new(d->a, document, 1);
    if (!os_read_file(d->a, path, &bytes, e)) return false;
    doc->path = path;
    if (!conllu_read_misc(d->a, bytes, doc, &misc, e)) return false;
    data_hints *hints = arena_new(d->a, data_hints, doc->tokens.n);
    *array_push(d->a, &d->hints) = (data_hint_block){hints, doc->tokens.n};
    for (uint32_t i = 0; i < doc->sentences.n; i++) {
        bool hinted = read_hints_of(d, &misc, &doc->sentences.v[i], hints);
        *array_push(d->a, &d->sentences) = (data_sentence){doc, i, weight, hinted ? hints : NULL};
    }
    d->n_tokens += doc->tokens.n;
    return true;
}

data_view data_random_view(rng *r)
{
    float letters = rng_unit(r), punctuation = rng_unit(r);
    return (data_view){
        .letters = letters < 0.12f   ? CASE_NONE
                   : letters < 0.16f ? CASE_TITLE
                                     : CASE_AS_WRITTEN,
        .drop_punctuation = punctuation < 0.03f   ? 1
                            : punctuation < 0.05f ? 2
                                                  : 0,
        .drop_words = true,
    };
}

static bool has_children(const document *d, const sentence *s, uint32_t t)
{
    for (uint32_t i = s->first; i < s->first + s->n; i++)
        if (d->tokens.v[i].head == (int32_t)t) return true;
    return false;
}

static bool is_kept(const document *d, const sentence *s, uint32_t t, int drop)
{
    if (drop == 0 || d->tokens.v[t].pos != UPOS_PUNCT || s->n < 3) return true;
    bool at_end = t + 1 == s->first + s->n;
    return (drop == 1 && !at_end) || has_children(d, s, t);
}

static str title_case(str form, char *out, size_t room)
{
    if (form.len < 4 || form.len > room || form.ptr[0] < 'a' || form.ptr[0] > 'z') return form;
    memcpy(out, form.ptr, form.len);
    out[0] = (char)(out[0] - 32);
    return (str){out, form.len};
}

static void read_features(const document *d, const sentence *s, uint32_t t, data_case letters,
                          form_features *f)
{
    const token *k = &d->tokens.v[t];
    char title[64];
    str form = document_str(d, k->at);
    unsigned flags = s->has_case && letters != CASE_NONE ? FORM_CASED : 0;
    if (letters == CASE_TITLE) form = title_case(form, title, sizeof title);
    flags |= k->space_before ? FORM_SPACE_BEFORE : 0;
    flags |= t + 1 == s->first + s->n || k[1].space_before ? FORM_SPACE_AFTER : 0;
    form_features_read(form, k->norm, form_flags_that_count(form, flags), f);
}

/* What was learned of a rare word is often hidden, so that words never seen are nothing new. */
static uint8_t random_drop(const fnet *n, int row, rng *r)
{
    float count = row < 0 ? 1 : (float)n->word_count[row];
    uint8_t drop = rng_unit(r) < 0.8f / (0.6f + count) ? 2 : 0;
    return rng_unit(r) < 0.03f ? 3 : drop;
}

int data_words(const fnet *n, const data_sentence *ds, data_view view, rng *r, fnet_word *word)
{
    const sentence *s = &ds->d->sentences.v[ds->index];
    int kept = 0;
    int32_t *map = malloc(s->n * sizeof *map);
    if (!map) abort();
    for (uint32_t i = 0; i < s->n; i++) {
        map[i] = kept;
        if (!is_kept(ds->d, s, s->first + i, view.drop_punctuation)) continue;
        const token *t = &ds->d->tokens.v[s->first + i];
        fnet_word *w = &word[kept++];
        read_features(ds->d, s, s->first + i, view.letters, &w->f);
        w->row = vocabulary_row(n->slots, n->n_slots, &w->f);
        w->pos = (uint8_t)t->pos;
        w->tag = (uint8_t)t->tag;
        w->rel = (uint8_t)t->rel;
        w->head = t->head;
        for (int kind = 0; kind < N_HINT_KIND; kind++)
            w->hint[kind] = ds->hints ? ds->hints[s->first + i].column[kind] : 0;
        w->drop = view.drop_words ? random_drop(n, w->row, r) : 0;
    }
    for (int i = 0; i < kept; i++)
        word[i].head = word[i].head < 0 ? kept : map[(uint32_t)word[i].head - s->first];
    free(map);
    return kept;
}
