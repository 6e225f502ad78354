/* mistakes: what one file has and the other has not, for people to look at. */
#include "score/compare.h"

typedef struct mistake_list {
    arena *a;
    mistake_array *to;
    size_t most, n_missed, n_spurious, n_wrong;
} mistake_list;

static sitrep_mistake *add_mistake(mistake_list *l, const char *kind, const score_case *x,
                                   const score_claim *c)
{
    sitrep_mistake *m = array_push(l->a, l->to);
    str sentence = c->sentence_text.len ? c->sentence_text : (str){0};
    *m = (sitrep_mistake){.kind = kind,
                          .document = arena_copy(l->a, x->document->id).ptr,
                          .type = c->type.ptr,
                          .trigger = c->trigger_text.ptr ? c->trigger_text.ptr : "",
                          .sentence = sentence.ptr ? sentence.ptr : ""};
    return m;
}

/* The values of a field that the other claim lacks, joined; NULL where there are none. */
static const char *lacking(arena *a, const score_claim *c, const bool *taken, score_field field)
{
    str joined = {0};
    for (size_t i = 0; i < c->facts.n; i++) {
        str text = c->facts.v[i].text;
        if (c->facts.v[i].field != field || taken[i]) continue;
        joined = joined.ptr ? arena_format(a, "%s; %s", joined.ptr, text.ptr) : text;
    }
    return joined.ptr;
}

/* A mistake for each field; the pair counts as one. */
static void add_wrong(mistake_list *l, const score_case *x, const score_pair *p)
{
    bool gold[SCORE_MAX_FACTS], system[SCORE_MAX_FACTS];
    size_t shared = facts_shared(p->gold, p->system, gold, system);
    if (shared == p->gold->facts.n && shared == p->system->facts.n) return;
    if (l->n_wrong++ >= l->most) return;
    for (int field = 0; field < N_SCORE_FIELDS; field++) {
        const char *in_gold = lacking(l->a, p->gold, gold, (score_field)field);
        const char *in_system = lacking(l->a, p->system, system, (score_field)field);
        if (!in_gold && !in_system) continue;
        sitrep_mistake *m = add_mistake(l, "wrong", x, p->gold);
        m->field = score_field_name((score_field)field);
        m->gold = in_gold;
        m->system = in_system;
        m->gold_line = p->gold->line;
        m->system_line = p->system->line;
    }
}

static void add_missed(mistake_list *l, const score_case *x)
{
    for (size_t i = 0, k = 0; i < x->n_gold; i++) {
        bool paired = k < x->n_pairs && x->pairs[k].gold == &x->gold[i]; /* pairs are in order of gold */
        k += paired;
        if (!paired && l->n_missed++ < l->most)
            add_mistake(l, "missed", x, &x->gold[i])->gold_line = x->gold[i].line;
    }
}

static void add_spurious(mistake_list *l, const score_case *x)
{
    bool *paired = arena_new(l->a, bool, x->n_system + 1);
    for (size_t i = 0; i < x->n_pairs; i++) paired[x->pairs[i].system - x->system] = true;
    for (size_t i = 0; i < x->n_system; i++)
        if (!paired[i] && l->n_spurious++ < l->most)
            add_mistake(l, "spurious", x, &x->system[i])->system_line = x->system[i].line;
}

void compare_mistakes(arena *a, const comparison *c, mistake_array *mistakes)
{
    mistake_list l = {.a = a, .to = mistakes, .most = c->options->max_mistakes};
    for (size_t i = 0; i < c->n; i++) add_missed(&l, &c->cases[i]);
    for (size_t i = 0; i < c->n; i++) add_spurious(&l, &c->cases[i]);
    for (size_t i = 0; i < c->n; i++)
        for (size_t k = 0; k < c->cases[i].n_pairs; k++) add_wrong(&l, &c->cases[i], &c->cases[i].pairs[k]);
}
