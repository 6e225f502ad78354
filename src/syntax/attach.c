#include "syntax/attach.h"

#include "base/map.h"
#include "base/os.h"
#include "base/table.h"

struct attach_rules {
    arena *a;
    map pairs; /* "verb preposition" */
    map verbs;
};

static void add_verb(attach_rules *r, const table_line *l)
{
    map_put(r->a, &r->verbs, l->keyword)->value = 1;
    for (str rest = l->value; rest.ptr;) {
        str word = str_cut(&rest, ' ');
        if (!word.len) continue;
        str pair =
            arena_format(r->a, "%.*s %.*s", (int)l->keyword.len, l->keyword.ptr, (int)word.len, word.ptr);
        map_put(r->a, &r->pairs, pair)->value = 1;
    }
}

attach_rules *attach_rules_open(arena *a, str codebook_folder, error *e)
{
    table t;
    attach_rules *r = arena_new(a, attach_rules, 1);
    r->a = a;
    if (!table_read(a, os_path_join(a, codebook_folder, STR("en/attach.txt")), &t, e)) return NULL;
    for (size_t i = 0; i < t.lines.n; i++) add_verb(r, &t.lines.v[i]);
    return r;
}

/* What the noun is to the verb that its phrase may belong to: its object, or what is done to it. */
static bool is_object_of(const token *noun, const token *verb)
{
    return verb->pos == UPOS_VERB && (noun->rel == DEPREL_OBJ || noun->rel == DEPREL_NSUBJ_PASS);
}

/* `mark`: a preposition. */
static void attach(const attach_rules *r, document *d, const token *mark)
{
    token *all = d->tokens.v;
    if (mark->rel != DEPREL_CASE || mark->head < 0) return;
    token *phrase = &all[mark->head];
    if (phrase->rel != DEPREL_NMOD || phrase->head < 0 || phrase < mark) return;
    const token *noun = &all[phrase->head];
    if (noun->head < 0 || noun > mark) return;
    const token *verb = &all[noun->head];
    if (!is_object_of(noun, verb) || map_get_pair(&r->pairs, verb->lemma, ' ', mark->norm) == MAP_NONE)
        return;
    phrase->head = noun->head;
    phrase->rel = DEPREL_OBL;
}

void attach_run(const attach_rules *r, document *d)
{
    for (size_t i = 0; i < d->sentences.n; i++) {
        const sentence *s = &d->sentences.v[i];
        bool any = false;
        for (uint32_t t = s->first; t < s->first + s->n; t++)
            any = any
                  || (d->tokens.v[t].pos == UPOS_VERB
                      && map_get(&r->verbs, d->tokens.v[t].lemma) != MAP_NONE);
        for (uint32_t t = s->first; any && t < s->first + s->n; t++) attach(r, d, &d->tokens.v[t]);
    }
}
