#include "claim/weigh_same.h"

#include "claim/hint.h"

#include "record/labels.h"

typedef struct asking {
    const scene *s;
    const judge *j;
    judge_question question;
    const claim *c; /* the later one */
    const dated *how;
    uint32_t k; /* the earlier one */
} asking;

/* ---- likeness ---------------------------------------------------------------------------------------- */

typedef enum sharing { SHARE_UNKNOWN, SHARE_NONE, SHARE_SOME } sharing;

/* role < 0: any */
static sharing share_parties(const scene *s, const claim *a, const claim *b, int role)
{
    bool in_a = false, in_b = false;
    for (size_t k = 0; k < b->actors.n; k++) in_b = in_b || role < 0 || (int)b->actors.v[k].role == role;
    for (size_t i = 0; i < a->actors.n; i++) {
        if (role >= 0 && (int)a->actors.v[i].role != role) continue;
        in_a = true;
        for (size_t k = 0; k < b->actors.n; k++) {
            const claim_actor *x = &a->actors.v[i], *y = &b->actors.v[k];
            if (role >= 0 && (int)y->role != role) continue;
            uint32_t chain = scene_chain(s, x->token);
            bool same = chain ? chain == scene_chain(s, y->token)
                              : str_eq(scene_word(s, x->token), scene_word(s, y->token));
            if (same || (x->entity.len && str_eq(x->entity, y->entity))) return SHARE_SOME;
        }
    }
    return in_a && in_b ? SHARE_NONE : SHARE_UNKNOWN;
}

static sharing share_places(const document *d, const claim *a, const claim *b)
{
    for (size_t i = 0; i < a->places.n; i++)
        for (size_t k = 0; k < b->places.n; k++)
            if (str_eq_nocase(document_plain(d, a->places.v[i].at), document_plain(d, b->places.v[k].at)))
                return SHARE_SOME;
    return a->places.n && b->places.n ? SHARE_NONE : SHARE_UNKNOWN;
}

static sharing share_count(bool in_a, const claim_count *a, bool in_b, const claim_count *b)
{
    if (!in_a || !in_b || !a->number.has_low || !b->number.has_low) return SHARE_UNKNOWN;
    return a->number.low == b->number.low ? SHARE_SOME : SHARE_NONE;
}

static sharing share_toll(const claim *a, const claim *b)
{
    sharing killed = share_count(a->has_killed, &a->killed, b->has_killed, &b->killed);
    sharing injured = share_count(a->has_injured, &a->injured, b->has_injured, &b->injured);
    return killed > injured ? killed : injured;
}

static sharing share_date(const claim *a, const claim *b)
{
    if (!a->has_date || !b->has_date) return SHARE_UNKNOWN;
    return strcmp(a->date.edtf, b->date.edtf) == 0 ? SHARE_SOME : SHARE_NONE;
}

likeness weigh_likeness(const scene *s, const claim *a, const claim *b)
{
    str x = scene_word(s, a->trigger_token), y = scene_word(s, b->trigger_token);
    sharing actor = share_parties(s, a, b, ROLE_ACTOR), recipient = share_parties(s, a, b, ROLE_RECIPIENT),
            where = share_places(s->doc, a, b), number = share_toll(a, b), day = share_date(a, b);
    uint16_t cluster = judge_cluster(s->judge, x);
    return (likeness){.type = str_eq(a->type, b->type),
                      .word = str_eq(x, y),
                      .cluster = cluster && cluster == judge_cluster(s->judge, y),
                      .actor = actor == SHARE_SOME,
                      .recipient = recipient == SHARE_SOME,
                      .party = share_parties(s, a, b, -1) == SHARE_SOME,
                      .place = where == SHARE_SOME,
                      .number = number == SHARE_SOME,
                      .date = day == SHARE_SOME,
                      .differ_actor = actor == SHARE_NONE,
                      .differ_recipient = recipient == SHARE_NONE,
                      .differ_place = where == SHARE_NONE,
                      .differ_number = number == SHARE_NONE,
                      .differ_date = day == SHARE_NONE};
}

/* ---- evidence ---------------------------------------------------------------------------------------- */

static str three(bool same, bool differ)
{
    return same ? STR("same") : differ ? STR("differ") : STR("-");
}

static str steps(uint32_t n)
{
    static const char *const step[] = {"0", "1", "2", "3", "4-6", "7-12", "13+"};
    return str_from(step[n < 4 ? n : n < 7 ? 4 : n < 13 ? 5 : 6]);
}

static str yes(bool on)
{
    return on ? STR("y") : STR("n");
}

/* The determiner or number of a nominal trigger. */
static str determiner(const scene *s, uint32_t t)
{
    FOR_CHILDREN (s, c, t) {
        const token *k = scene_token(s, c);
        if (k->rel == DEPREL_DET) return k->norm;
        if (k->rel == DEPREL_NMOD_POSS) return STR("poss");
        if (k->rel == DEPREL_NUMMOD) return STR("number");
    }
    return STR("bare");
}

/* Claims between the two that are of the later one's type. */
static uint32_t rivals(const asking *a)
{
    const claim *v = a->s->doc->claims.v;
    uint32_t n = 0;
    for (size_t i = a->k + 1; i < a->s->doc->claims.n; i++) n += str_eq(v[i].type, a->c->type);
    return n;
}

static bool tells_much(const token *k)
{
    return k->pos == UPOS_NOUN || k->pos == UPOS_PROPN || k->pos == UPOS_NUM;
}

enum { MAX_SHARED = 256 };

/* Names, things and numbers that stand in both sentences, but for the triggers. */
static uint32_t shared_words(const scene *s, const sentence *x, const sentence *y, uint32_t c, uint32_t o)
{
    uint32_t there[MAX_SHARED], m = 0, n = 0;
    for (uint32_t k = y->first; k < y->first + y->n && m < MAX_SHARED; k++)
        if (k != o && tells_much(scene_token(s, k))) there[m++] = s->word_hash[k];
    for (uint32_t i = x->first; i < x->first + x->n; i++) {
        if (i == c || !tells_much(scene_token(s, i))) continue;
        bool found = false;
        for (uint32_t k = 0; k < m && !found; k++) found = there[k] == s->word_hash[i];
        n += found;
    }
    return n;
}

static void add_distance(const asking *a, const claim *c, const claim *o, str like, evidence *e)
{
    const scene *s = a->s;
    uint32_t x = scene_token(s, c->trigger_token)->sentence, y = scene_token(s, o->trigger_token)->sentence;
    const sentence *here = &s->doc->sentences.v[x], *there = &s->doc->sentences.v[y];
    str gap = steps(x - y);
    evidence_add(e, "gap", gap, like);
    evidence_add(e, "gap-guise", gap, a->how->guise);
    evidence_add(e, "claims-between", steps((uint32_t)s->doc->claims.n - a->k), like);
    evidence_add(e, "rivals", steps(rivals(a)), like);
    evidence_add(e, "headline", yes(there->is_headline), yes(here->is_headline));
    evidence_add(e, "headline-like", yes(there->is_headline), like);
    evidence_add(e, "block", yes(here->block == there->block), gap);
    evidence_add(e, "first", yes(a->k == 0), like);
    if (x != y) {
        str shared = steps(shared_words(s, here, there, c->trigger_token, o->trigger_token));
        evidence_add(e, "shared", shared, like);
        evidence_add(e, "shared-gap", shared, gap);
        evidence_add(e, "shared-guise", shared, a->how->guise);
        return;
    }
    str path = weigh_path(s, c->trigger_token, o->trigger_token);
    evidence_add(e, "path", path, STR(""));
    evidence_add(e, "path-like", path, like);
    evidence_number(e, "tokens", c->trigger_token - o->trigger_token);
}

static void add_words(const asking *a, const claim *c, const claim *o, str like, evidence *e)
{
    const scene *s = a->s;
    const dated *later = a->how, *earlier = &a->s->told[a->k];
    str det = determiner(s, c->trigger_token),
        guises = arena_format(s->arena, "%.*s%.*s", (int)later->guise.len, later->guise.ptr,
                              (int)earlier->guise.len, earlier->guise.ptr);
    str word = scene_word(s, c->trigger_token), other = scene_word(s, o->trigger_token);
    str tag = str_from(label_text(LABELS_XPOS, (int)scene_token(s, c->trigger_token)->tag));
    evidence_add(e, "guises", guises, like);
    evidence_add(e, "determiner", det, like);
    evidence_add(e, "tag", tag, like);
    evidence_add(e, "tags", tag,
                 str_from(label_text(LABELS_XPOS, (int)scene_token(s, o->trigger_token)->tag)));
    evidence_add(e, "words", word, other);
    evidence_add(e, "word", word, like);
    evidence_add(e, "other-word", other, like);
    evidence_add(e, "types", c->type, o->type);
    evidence_add(e, "type", c->type, like);
    evidence_add(e, "vague", yes(later->is_vague), like);
    evidence_add(e, "harm", yes(scene_is_harm(s, c->trigger_token)),
                 yes(scene_is_harm(s, o->trigger_token)));
    evidence_add(e, "harm-type", yes(scene_is_harm(s, c->trigger_token)), o->type);
    evidence_add(e, "tenses", weigh_tense(s, later->predicate), weigh_tense(s, earlier->predicate));
}

static void add_parts(const asking *a, const claim *c, const claim *o, const likeness *l, str like,
                      evidence *e)
{
    str actor = three(l->actor, l->differ_actor), recipient = three(l->recipient, l->differ_recipient);
    str where = three(l->place, l->differ_place), number = three(l->number, l->differ_number);
    str day = three(l->date, l->differ_date);
    evidence_add(e, "actor", actor, like);
    evidence_add(e, "recipient", recipient, like);
    evidence_add(e, "parties", actor, recipient);
    evidence_add(e, "party", yes(l->party), like);
    evidence_add(e, "place", where, like);
    evidence_add(e, "place-actor", where, actor);
    evidence_add(e, "number", number, like);
    evidence_add(e, "day", day, like);
    evidence_add(e, "day-place", day, where);
    evidence_add(e, "dated", yes(c->has_date), yes(o->has_date));
    evidence_add(e, "statuses", str_from(label_text(LABELS_STATUS, (int)c->status)),
                 str_from(label_text(LABELS_STATUS, (int)o->status)));
    evidence_add(e, "toll", yes(c->has_killed || c->has_injured), yes(o->has_killed || o->has_injured));
    (void)a;
}

static double ask(const asking *a)
{
    const scene *s = a->s;
    const claim *c = a->c, *o = &s->doc->claims.v[a->k];
    likeness l = weigh_likeness(s, c, o);
    str like = l.word && l.type ? STR("wt")
               : l.word         ? STR("w")
               : l.cluster      ? STR("c")
               : l.type         ? STR("t")
                                : STR("-");
    evidence e;
    evidence_begin(&e, a->question);
    evidence_add(&e, "like", like, STR(""));
    add_distance(a, c, o, like, &e);
    add_words(a, c, o, like, &e);
    add_parts(a, c, o, &l, like, &e);
    hint_pair_evidence(s, c->trigger_token, c->type, o->trigger_token, o->trigger_token, STR("same"), &e);
    judge_subject about = {
        .doc = s->doc, .trigger = c->trigger, .type = c->type, .about = o->trigger, .other_type = o->type};
    return judge_ask(a->j, a->question, &e, &about);
}

double weigh_link(const scene *s, const judge *j, const claim *c, const dated *how, uint32_t earlier)
{
    return ask(&(asking){.s = s, .j = j, .question = JUDGE_LINK, .c = c, .how = how, .k = earlier});
}

void weigh_same(const scene *s, const judge *j, claim *c, const dated *how, double same[SAME_BACK])
{
    claim_array *all = &s->doc->claims;
    uint32_t best = 0;
    double p = (double)j->threshold[JUDGE_SAME];
    for (uint32_t back = 1; back <= SAME_BACK; back++) {
        same[back - 1] = 0;
        if (back > all->n) continue;
        asking a = {
            .s = s, .j = j, .question = JUDGE_SAME, .c = c, .how = how, .k = (uint32_t)all->n - back};
        same[back - 1] = ask(&a);
        if (same[back - 1] >= p) p = same[back - 1], best = back;
    }
    if (!best) return;
    claim *earlier = &all->v[all->n - best];
    if (earlier->event < 0) earlier->event = (int32_t)(all->n - best);
    c->event = earlier->event;
}
