#include "claim/weigh.h"

#include <stdio.h>

#include "claim/hint.h"

enum { PATH_BYTES = 160, MAX_CLIMB = 24 };

typedef struct path {
    char text[PATH_BYTES];
    size_t n;
} path;

static void path_add(path *p, const char *a, str b)
{
    int n = snprintf(p->text + p->n, PATH_BYTES - p->n, "%s%.*s", a, (int)b.len, b.ptr);
    if (n > 0) p->n = p->n + (size_t)n < PATH_BYTES ? p->n + (size_t)n : PATH_BYTES - 1;
}

static void path_step(const scene *s, path *p, uint32_t t, const char *mark)
{
    const token *k = scene_token(s, t);
    path_add(p, mark, str_from(label_text(LABELS_DEPREL, (int)k->rel)));
    if (k->rel == DEPREL_NMOD || k->rel == DEPREL_OBL) path_add(p, ":", scene_preposition(s, t));
}

/* Relations from `t` up to the common ancestor and down to `to`: "<obl:in<ccomp>nsubj". */
static bool tree_path(const scene *s, uint32_t t, uint32_t to, path *p)
{
    uint32_t up[MAX_CLIMB], n_up = 0, down[MAX_CLIMB], n_down = 0;
    for (int32_t a = (int32_t)t; a >= 0 && n_up < MAX_CLIMB; a = scene_token(s, (uint32_t)a)->head)
        up[n_up++] = (uint32_t)a;
    uint32_t meet = NO_TOKEN;
    for (int32_t b = (int32_t)to; b >= 0 && n_down < MAX_CLIMB && meet == NO_TOKEN;
         b = scene_token(s, (uint32_t)b)->head) {
        for (uint32_t i = 0; i < n_up; i++)
            if (up[i] == (uint32_t)b) meet = i;
        if (meet == NO_TOKEN) down[n_down++] = (uint32_t)b;
    }
    if (meet == NO_TOKEN) return false;
    for (uint32_t i = 0; i < meet; i++) path_step(s, p, up[i], "<");
    path_add(p, "^", STR(""));
    while (n_down-- > 0) path_step(s, p, down[n_down], ">");
    return true;
}

str weigh_guise(const happening *h)
{
    switch (h->rule->guise) {
    case GUISE_VERB: return STR("v");
    case GUISE_NOUN: return STR("n");
    default: return STR("a");
    }
}

str weigh_digit(unsigned n)
{
    static const char digits[] = "0123456789";
    return (str){&digits[n < 10 ? n : 9], 1};
}

str weigh_where(const scene *s, uint32_t at_sentence, uint32_t t)
{
    uint32_t at = scene_token(s, t)->sentence;
    if (at > at_sentence) return STR("below");
    return at == at_sentence ? STR("here") : at + 1 == at_sentence ? STR("before") : STR("far");
}

enum { LEAD_SENTENCES = 2 };

bool weigh_looks_ahead(const scene *s, uint32_t at_sentence)
{
    return at_sentence < LEAD_SENTENCES || s->doc->sentences.v[at_sentence].is_headline;
}

str weigh_path(const scene *s, uint32_t from, uint32_t to)
{
    path p = {.n = 0};
    return tree_path(s, from, to, &p) ? arena_copy(s->arena, (str){p.text, p.n}) : STR("");
}

static void slots_of(const scene *s, happening *h, uint32_t t, const char *mark)
{
    static const char *const fixed[] = {"subj", "obj", "iobj", "poss", "mod"};
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        token_list fillers = {0};
        scene_slot(s, t, str_from(fixed[i]), &fillers);
        for (size_t k = 0; k < fillers.n; k++)
            *array_push(s->arena, &h->slots) =
                (slot_filler){fillers.v[k], arena_format(s->arena, "%s%s", mark, fixed[i])};
    }
    FOR_CHILDREN (s, c, t) {
        str p = scene_preposition(s, c);
        if (!p.len) continue;
        str name = arena_format(s->arena, "%s%.*s", mark, (int)p.len, p.ptr);
        token_list fillers = {0};
        scene_slot(s, t, p, &fillers);
        for (size_t k = 0; k < fillers.n; k++)
            *array_push(s->arena, &h->slots) = (slot_filler){fillers.v[k], name};
    }
}

void weigh_find_slots(const scene *s, happening *h)
{
    slots_of(s, h, h->token, "");
    if (h->predicate != h->token) slots_of(s, h, h->predicate, "^");
}

static void add_slot_evidence(const scene *s, const happening *h, uint32_t t, evidence *e)
{
    str type = h->type->name, form = weigh_guise(h);
    bool any = false;
    for (size_t i = 0; i < h->slots.n; i++) {
        if (h->slots.v[i].token != t) continue;
        any = true;
        evidence_add(e, "slot", h->slots.v[i].slot, form);
        evidence_add(e, "slot-type", h->slots.v[i].slot, type);
        evidence_add(e, "slot-word", h->slots.v[i].slot, scene_word(s, h->token));
        evidence_cluster(e, s->judge, "slot-like", scene_word(s, h->token), h->slots.v[i].slot);
        evidence_cluster(e, s->judge, "slot-filler", scene_word(s, t), h->slots.v[i].slot);
        if (h->support) evidence_add(e, "slot-support", h->slots.v[i].slot, h->support->words[0]);
        else if (h->predicate != h->token)
            evidence_add(e, "slot-predicate", h->slots.v[i].slot, scene_word(s, h->predicate));
    }
    evidence_flag(e, "no-slot", !any);
}

static uint32_t nearer_happenings(const scene *s, const happening_array *all, const happening *h,
                                  uint32_t t)
{
    uint32_t own = scene_distance(s, t, h->token), n = 0;
    for (size_t i = 0; i < all->n; i++)
        n += !all->v[i].dropped && all->v[i].token != h->token
             && scene_distance(s, t, all->v[i].token) < own;
    return n;
}

void weigh_cover(const scene *s, uint32_t t, uint32_t *first, uint32_t *last)
{
    const uint32_t over[] = {s->who_at[t], s->place_over[t], s->date_over[t], s->weapon_at[t]};
    *first = *last = t;
    for (size_t i = 0; i < sizeof over / sizeof *over && *first == *last; i++)
        if (over[i] != MAP_NONE && s->doc->mentions.v[over[i]].n) {
            *first = s->doc->mentions.v[over[i]].first;
            *last = *first + s->doc->mentions.v[over[i]].n - 1;
        }
}

static void add_hints(const scene *s, const happening *h, uint32_t t, str way, evidence *e)
{
    uint32_t first, last;
    weigh_cover(s, t, &first, &last);
    hint_part_evidence(s, h, first, last, way, e);
}

static void add_tree_evidence(const scene *s, const happening_array *all, const happening *h, uint32_t t,
                              evidence *e)
{
    str type = h->type->name, word = scene_word(s, h->token);
    str form = weigh_guise(h);
    path p = {.n = 0}, q = {.n = 0};
    bool joined = tree_path(s, t, h->token, &p);
    evidence_add(e, "path", (str){p.text, p.n}, form);
    evidence_add(e, "path-type", (str){p.text, p.n}, type);
    evidence_add(e, "path-word", (str){p.text, p.n}, word);
    if (h->predicate != h->token && tree_path(s, t, h->predicate, &q)) {
        evidence_add(e, "path-predicate", (str){q.text, q.n}, form);
        evidence_add(e, "path-predicate-word", (str){q.text, q.n}, scene_word(s, h->predicate));
    }
    evidence_number(e, "tree-distance", joined ? scene_distance(s, t, h->token) : 20);
    evidence_number(e, "nearer", nearer_happenings(s, all, h, t));
    evidence_flag(e, "below", scene_below(s, t, h->token));
    evidence_flag(e, "below-predicate", scene_below(s, t, h->predicate));
    evidence_add(e, "first-step", str_from(label_text(LABELS_DEPREL, (int)scene_token(s, t)->rel)),
                 scene_preposition(s, t));
    evidence_add(e, "first-step-type", str_from(label_text(LABELS_DEPREL, (int)scene_token(s, t)->rel)),
                 type);
}

/* Whether the party, place or day stands in the phrase of a happening that is taken for given, or outside: "the army advanced
 * *after the attack in Bara*". */
static void add_given(const scene *s, const happening *h, uint32_t t, evidence *e)
{
    const uint32_t top = scene_given(s, h->token);
    str where = top == NO_TOKEN ? STR("free") : scene_below(s, t, top) ? STR("inside") : STR("outside");
    str step = str_from(label_text(LABELS_DEPREL, (int)scene_token(s, t)->rel));
    evidence_add(e, "given", where, weigh_guise(h));
    evidence_add(e, "given-step", where, step);
}

enum { MAX_BETWEEN = 4 };

/* The words between trigger and mention where they are few: "attack *on the* convoy", "raid *by* police". */
static void add_between(const scene *s, const happening *h, uint32_t t, evidence *e)
{
    const document *d = s->doc;
    uint32_t who = s->who_at[t] != MAP_NONE       ? s->who_at[t]
                   : s->place_over[t] != MAP_NONE ? s->place_over[t]
                                                  : s->date_over[t];
    uint32_t first = who != MAP_NONE ? d->mentions.v[who].first : t;
    uint32_t last = who != MAP_NONE ? first + d->mentions.v[who].n - 1 : t;
    bool behind = first > h->last;
    uint32_t from = behind ? h->last + 1 : last + 1, to = behind ? first : h->first;
    if (to < from || to - from > MAX_BETWEEN) return;
    char words[80];
    size_t n = 0;
    for (uint32_t w = from; w < to; w++) {
        const token *k = scene_token(s, w);
        int got = snprintf(words + n, sizeof words - n, " %.*s", (int)k->norm.len, k->norm.ptr);
        n = got > 0 && n + (size_t)got < sizeof words ? n + (size_t)got : sizeof words - 1;
    }
    evidence_add(e, behind ? "between-behind" : "between-before", (str){words, n}, STR(""));
    evidence_add(e, behind ? "between-behind-type" : "between-before-type", (str){words, n}, h->type->name);
    evidence_number(e, behind ? "words-behind" : "words-before", to - from);
}

/* "Syria" in "Syrian Observatory", "Assad" in "the Assad regime". */
static bool is_inside_another(const document *d, uint32_t i)
{
    const mention *m = &d->mentions.v[i];
    for (uint32_t k = i; k-- > 0 && i - k < 6;) {
        const mention *o = &d->mentions.v[k];
        bool party = o->kind == MENTION_PERSON || o->kind == MENTION_ORGANISATION;
        if (party && o->at.start <= m->at.start && span_end(o->at) >= span_end(m->at)
            && o->at.len > m->at.len)
            return true;
    }
    return false;
}

/* What the same party did before in the document. */
static void add_history(const scene *s, const happening *h, const mention *m, evidence *e)
{
    const claim_array *told = &s->doc->claims;
    str word = scene_word(s, h->token), form = weigh_guise(h);
    uint32_t seen = 0, said = 0;
    for (size_t i = told->n; m->chain && i-- > 0 && told->n - i < 12;) {
        const claim *c = &told->v[i];
        str when = str_from(i + 1 == told->n ? "last" : told->n - i < 4 ? "near" : "far");
        for (size_t a = 0; a < c->actors.n; a++) {
            if (scene_chain(s, c->actors.v[a].token) != m->chain) continue;
            str role = str_from(label_text(LABELS_ACTOR_ROLE, (int)c->actors.v[a].role));
            if (!seen++) {
                evidence_add(e, "did-last", role, STR(""));
                evidence_add(e, "did-when", role, when);
                evidence_add(e, "did-guise", role, form);
                evidence_add(e, "did-status", role,
                             str_from(label_text(LABELS_STATUS, (int)h->claim.status)));
            }
            if (str_eq(c->type, h->type->name)) {
                evidence_add(e, "did-same", role, STR(""));
                evidence_add(e, "did-same-guise", role, form);
            }
            if (str_eq(scene_word(s, c->trigger_token), word)) evidence_add(e, "did-word", role, STR(""));
        }
        for (size_t a = 0; a < c->claimants.n; a++) {
            if (scene_chain(s, c->claimants.v[a].token) != m->chain) continue;
            evidence_add(e, "said-before", STR(""), STR(""));
            if (!said++) evidence_add(e, "said-when", when, STR(""));
        }
    }
    evidence_number(e, "did-often", seen);
}

/* Whether the happening's own sentence tells who does it and to whom, as far as rules see. */
static void add_need(const happening *h, uint32_t gap, evidence *e)
{
    bool role[N_ACTOR_ROLE] = {false};
    for (size_t i = 0; i < h->claim.actors.n; i++) role[h->claim.actors.v[i].role] = true;
    str where = str_from(gap == 0 ? "here" : gap == 1 ? "beside" : "far");
    evidence_add(e, "doer-told", role[ROLE_ACTOR] ? STR("y") : STR("n"), where);
    evidence_add(e, "other-told", role[ROLE_RECIPIENT] ? STR("y") : STR("n"), where);
    evidence_add(e, "where-type", where, h->type->name);
    evidence_add(e, "where-guise", where, weigh_guise(h));
}

static void add_kind_slots(const happening *h, uint32_t t, str kind, evidence *e)
{
    for (size_t i = 0; i < h->slots.n; i++)
        if (h->slots.v[i].token == t) evidence_add(e, "slot-kind", h->slots.v[i].slot, kind);
}

void weigh_pair(const scene *s, const happening_array *all, const happening *h, uint32_t t, evidence *e)
{
    const document *d = s->doc;
    const token *k = scene_token(s, t), *own = scene_token(s, h->token);
    str type = h->type->name;
    evidence_odds(e, "likely", h->likelihood, STR("")); /* what is none has no parts */
    evidence_add(e, "type", type, STR(""));
    evidence_add(e, "type-preposition", type, scene_preposition(s, t));
    evidence_add(e, "word", scene_word(s, t), STR(""));
    evidence_cluster(e, s->judge, "like", scene_word(s, t), type);
    if (k->head >= 0)
        evidence_cluster(e, s->judge, "head-like", scene_word(s, (uint32_t)k->head),
                         scene_preposition(s, t));
    evidence_add(e, "head-word", k->head >= 0 ? scene_word(s, (uint32_t)k->head) : STR(""),
                 scene_preposition(s, t));
    evidence_flag(e, "before", t < h->token);
    uint32_t gap = k->sentence > own->sentence ? k->sentence - own->sentence : own->sentence - k->sentence;
    evidence_number(e, "sentences", gap);
    evidence_number(e, "tokens", t < h->token ? h->token - t : t - h->token);
    evidence_flag(e, "headline", d->sentences.v[k->sentence].is_headline);
    evidence_flag(e, "other-block",
                  d->sentences.v[k->sentence].block != d->sentences.v[own->sentence].block);
    if (hint_is_given(s)) add_hints(s, h, t, gap ? STR("far") : weigh_path(s, t, h->token), e);
    if (gap == 0) add_tree_evidence(s, all, h, t, e);
    if (gap == 0) add_given(s, h, t, e);
    if (gap == 0) add_slot_evidence(s, h, t, e);
    if (gap == 0) add_between(s, h, t, e);
    if (gap != 0) evidence_add(e, "far-step", str_from(label_text(LABELS_DEPREL, (int)k->rel)), type);
    add_need(h, gap, e);
    uint32_t who = s->who_at[t];
    if (who == MAP_NONE) {
        evidence_add(e, "no-mention", str_from(label_text(LABELS_DEPREL, (int)k->rel)), weigh_guise(h));
        add_kind_slots(h, t, STR("none"), e);
        return;
    }
    const mention *m = &d->mentions.v[who];
    add_kind_slots(h, t, str_from(label_text(LABELS_ACTOR_KIND, (int)m->actor)), e);
    evidence_add(e, "kind", str_from(label_text(LABELS_ACTOR_KIND, (int)m->actor)),
                 str_from(label_text(LABELS_MENTION_KIND, (int)m->kind)));
    evidence_add(e, "kind-type", str_from(label_text(LABELS_ACTOR_KIND, (int)m->actor)), type);
    evidence_flag(e, "named", m->is_named);
    evidence_flag(e, "pronoun", m->is_pronoun);
    evidence_flag(e, "inside-another", is_inside_another(d, who));
    add_history(s, h, m, e);
}
