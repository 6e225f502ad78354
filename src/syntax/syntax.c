#include "syntax/syntax.h"

#include <stdlib.h>

#include "syntax/lemma.h"
#include "syntax/net.h"

struct syntax_model {
    arena a;
    model file;
    net n;
    lemma_table *lemmas;
};

struct syntax_scratch {
    net_scratch *net;
    net_word word[NET_MAX_WORDS];
    uint8_t pos[NET_MAX_WORDS], tag[NET_MAX_WORDS], rel[NET_MAX_WORDS];
    int32_t head[NET_MAX_WORDS];
    uint32_t replaced; /* token that is read as `instead`; where instead.ptr */
    str instead;
};

syntax_model *syntax_model_open(str model_path, error *e)
{
    syntax_model *m = calloc(1, sizeof *m);
    if (!m) {
        error_set(e, SITREP_NO_MEMORY, "syntax", "no memory for the model");
        return NULL;
    }
    arena_init(&m->a, 0);
    str path = arena_copy(&m->a, model_path);
    if (model_open(&m->file, path, FEATURE_SET, e) && net_open(&m->a, &m->file, &m->n, e)
        && (m->lemmas = lemma_table_open(&m->a, &m->file, e)))
        return m;
    syntax_model_close(m);
    return NULL;
}

void syntax_model_close(syntax_model *m)
{
    if (!m) return;
    model_close(&m->file);
    arena_release(&m->a);
    free(m);
}

str syntax_model_about(const syntax_model *m, str key)
{
    return model_meta(&m->file, key);
}

bool syntax_model_use(syntax_model *m, const char *kernels_name)
{
    for (const kernels *const *k = kernels_all; *k; k++)
        if (strcmp((*k)->name, kernels_name) == 0 && (*k)->usable()) return m->n.k = *k, true;
    return false;
}

syntax_scratch *syntax_scratch_open(const syntax_model *m, error *e)
{
    syntax_scratch *s = calloc(1, sizeof *s);
    if (s) s->net = net_scratch_open(&m->n, e);
    else error_set(e, SITREP_NO_MEMORY, "syntax", "no memory for the parser's work space");
    if (s && s->net) return s;
    free(s);
    return NULL;
}

void syntax_scratch_close(syntax_scratch *s)
{
    if (!s) return;
    net_scratch_close(s->net);
    free(s);
}

static void read_words(syntax_scratch *s, const document *d, const sentence *sent, uint32_t first,
                       uint32_t n)
{
    uint32_t end = sent->first + sent->n;
    for (uint32_t i = 0; i < n; i++) {
        const token *t = &d->tokens.v[first + i];
        bool space_after = first + i + 1 == end || t[1].space_before;
        unsigned flags = (sent->has_case ? FORM_CASED : 0) | (t->space_before ? FORM_SPACE_BEFORE : 0)
                         | (space_after ? FORM_SPACE_AFTER : 0);
        bool is_replaced = s->instead.ptr && first + i == s->replaced;
        s->word[i] = is_replaced ? (net_word){s->instead, s->instead, flags}
                                 : (net_word){document_plain(d, t->at), t->norm, flags};
    }
}

/* No participle in -ing lacks the ending: "overran" is none, whatever the words around it. */
static xpos fitting_tag(xpos tag, str norm)
{
    bool ends = str_ends(norm, STR("ing")) || str_ends(norm, STR("in")) || str_ends(norm, STR("in'"));
    return tag == XPOS_VBG && !ends ? XPOS_VBD : tag;
}

/* `parent`: the token that takes the piece's root; -1 = none. Returns the root. */
static int32_t write_words(const syntax_model *m, const syntax_scratch *s, document *d, uint32_t first,
                           uint32_t n, int32_t parent)
{
    int32_t root = -1;
    for (uint32_t i = 0; i < n; i++) {
        token *t = &d->tokens.v[first + i];
        t->pos = (upos)s->pos[i];
        t->tag = fitting_tag((xpos)s->tag[i], t->norm);
        t->rel = (deprel)s->rel[i];
        t->head = (int32_t)first + s->head[i];
        if ((uint32_t)s->head[i] == n) {
            root = (int32_t)(first + i);
            t->head = parent;
            if (parent >= 0) t->rel = DEPREL_PARATAXIS;
        }
        t->lemma = lemma_of(m->lemmas, d->arena, s->word[i].form, s->word[i].norm, t->pos, t->tag);
    }
    return root;
}

/* "'s" of "he's gone" is of "have", that of "he's here" of "be": only the tree tells. */
static void settle_clitics(document *d, uint32_t first, uint32_t n)
{
    for (uint32_t i = first; i < first + n; i++) {
        token *t = &d->tokens.v[i];
        if (t->tag != XPOS_VBZ || t->rel != DEPREL_AUX || t->head < 0 || !str_is(t->norm, "'s")) continue;
        if (d->tokens.v[t->head].tag == XPOS_VBN) t->lemma = STR("have");
    }
}

static void make_room_for_hints(const syntax_model *m, document *d)
{
    const hint_names *names = m->n.hints.m ? &m->n.hint_names : NULL;
    if (d->hints.names == names) return;
    size_t n_scores = names ? d->tokens.n * names->first[N_HINT_KIND] : 0;
    d->hints = (hint_scores){names, n_scores ? arena_new(d->arena, int8_t, n_scores) : NULL};
}

void syntax_run_sentence(const syntax_model *m, syntax_scratch *s, document *d, uint32_t index)
{
    const sentence *sent = &d->sentences.v[index];
    int32_t root = -1;
    size_t width = m->n.hint_names.first[N_HINT_KIND];
    make_room_for_hints(m, d);
    for (uint32_t done = 0; done < sent->n;) {
        uint32_t left = sent->n - done, n = left < NET_MAX_WORDS ? left : NET_MAX_WORDS;
        read_words(s, d, sent, sent->first + done, n);
        int8_t *hints = d->hints.score ? d->hints.score + (size_t)(sent->first + done) * width : NULL;
        net_run(&m->n, s->net, s->word, n, (net_result){s->pos, s->tag, s->rel, s->head, hints});
        int32_t here = write_words(m, s, d, sent->first + done, n, root);
        if (root < 0) root = here;
        done += n;
    }
    settle_clitics(d, sent->first, sent->n);
}

void syntax_run_instead(const syntax_model *m, syntax_scratch *s, document *d, uint32_t index, uint32_t t,
                        str form)
{
    s->replaced = t, s->instead = form;
    syntax_run_sentence(m, s, d, index);
    s->instead = (str){0};
}

void syntax_run(const syntax_model *m, syntax_scratch *s, document *d)
{
    for (uint32_t i = 0; i < d->sentences.n; i++) syntax_run_sentence(m, s, d, i);
}
