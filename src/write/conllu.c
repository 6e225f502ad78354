#include "write/conllu.h"

#include <stdio.h>

typedef struct writer {
    arena *a;
    const document *d;
    conllu_feats feats;
    conllu_sink put;
    void *user;
} writer;

static bool put_str(const writer *w, str s)
{
    return w->put(w->user, s.ptr, s.len);
}

/* Tabs and line ends must not reach the columns; a form may hold a space (as "10 000"). */
static bool put_field(const writer *w, str s)
{
    size_t from = 0;
    if (s.len == 0) return put_str(w, STR("_"));
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.ptr[i] >= ' ') continue;
        if (i > from && !put_str(w, str_part(s, from, i - from))) return false;
        if (!put_str(w, STR(" "))) return false;
        from = i + 1;
    }
    return from >= s.len || put_str(w, str_part(s, from, s.len - from));
}

static bool put_comment(const writer *w, uint32_t index)
{
    char id[48];
    const sentence *s = &w->d->sentences.v[index];
    snprintf(id, sizeof id, "# sent_id = %u\n# text = ", index + 1);
    return put_str(w, str_from(id)) && put_field(w, document_str(w->d, s->at)) && put_str(w, STR("\n"));
}

static bool put_middle(const writer *w, const token *t, uint32_t first)
{
    char head[64];
    const char *rel = label_text(LABELS_DEPREL, (int)t->rel);
    snprintf(head, sizeof head, "\t%u\t%s\t_\t", t->head < 0 ? 0 : (uint32_t)t->head - first + 1, rel);
    return put_str(w, str_from(head));
}

static bool put_token(const writer *w, uint32_t i, const sentence *s)
{
    const token *t = &w->d->tokens.v[i];
    bool glued = i + 1 < s->first + s->n && !w->d->tokens.v[i + 1].space_before;
    char id[16];
    snprintf(id, sizeof id, "%u\t", i - s->first + 1);
    return put_str(w, str_from(id)) && put_field(w, document_str(w->d, t->at)) && put_str(w, STR("\t"))
           && put_field(w, t->lemma) && put_str(w, STR("\t"))
           && put_str(w, str_from(label_text(LABELS_UPOS, (int)t->pos))) && put_str(w, STR("\t"))
           && put_str(w, str_from(label_text(LABELS_XPOS, (int)t->tag))) && put_str(w, STR("\t"))
           && put_field(w, w->feats ? w->feats(w->a, w->d, i) : STR("_")) && put_middle(w, t, s->first)
           && put_str(w, glued ? STR("SpaceAfter=No\n") : STR("_\n"));
}

bool conllu_write(arena *a, const document *d, conllu_feats feats, conllu_sink put, void *user)
{
    writer w = {a, d, feats, put, user};
    for (uint32_t i = 0; i < d->sentences.n; i++) {
        const sentence *s = &d->sentences.v[i];
        if (s->n == 0) continue;
        if (!put_comment(&w, i)) return false;
        for (uint32_t t = s->first; t < s->first + s->n; t++)
            if (!put_token(&w, t, s)) return false;
        if (!put_str(&w, STR("\n"))) return false;
    }
    return true;
}
