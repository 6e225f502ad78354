/* The parts of a happening: each party, claimant, place, date and weapon that rules propose or that stands
 * near is asked about on its own. */
#include "claim/weigh_part.h"

#include "claim/hint.h"
#include "claim/link.h"
#include "claim/weigh_toll.h"
#include "record/labels.h"

void part_window(const part_asking *a, uint32_t back, size_t *from, size_t *to)
{
    *from = a->s->first_mention[a->sentence > back ? a->sentence - back : 0];
    *to = a->s->first_mention[a->sentence + 1];
}

judge_subject part_subject(const part_asking *a, span about)
{
    return (judge_subject){
        .doc = a->s->doc, .trigger = a->h->claim.trigger, .type = a->h->type->name, .about = about};
}

double part_ask(const part_asking *a, judge_question q, uint32_t t, span at, const char *proposed,
                evidence *e)
{
    weigh_pair(a->s, a->all, a->h, t, e);
    uint32_t first, last;
    weigh_cover(a->s, t, &first, &last);
    hint_pair_evidence(a->s, hint_peak(a->s, a->h), a->h->type->name, first, last,
                       str_from(judge_question_text(q)), e);
    str where = weigh_where(a->s, a->sentence, t);
    evidence_habit(e, "where", where, a->h->type->name);
    evidence_habit(e, "proposed", str_from(proposed), where);
    evidence_add(e, "proposed", str_from(proposed), STR(""));
    evidence_add(e, "proposed-type", str_from(proposed), a->h->type->name);
    judge_subject about = part_subject(a, at);
    return judge_ask(a->j, q, e, &about);
}

const char *part_proposed_role(const claim *c, uint32_t t)
{
    for (size_t i = 0; i < c->actors.n; i++)
        if (c->actors.v[i].token == t) return label_text(LABELS_ACTOR_ROLE, (int)c->actors.v[i].role);
    return "none";
}

bool part_says_so(const claim *c, uint32_t t)
{
    for (size_t i = 0; i < c->claimants.n; i++)
        if (c->claimants.v[i].token == t) return true;
    return false;
}

str part_both(const part_asking *a, str x, str y)
{
    return arena_format(a->s->arena, "%.*s %.*s", (int)x.len, x.ptr, (int)y.len, y.ptr);
}

static void weigh_weapons(const part_asking *a)
{
    claim_weapon_array fresh = {0};
    const claim_weapon_array old = a->h->claim.weapons;
    size_t from, to;
    part_window(a, 0, &from, &to);
    for (size_t i = from; i < to; i++) {
        const mention *m = &a->s->doc->mentions.v[i];
        if (m->kind != MENTION_WEAPON && m->kind != MENTION_PLATFORM) continue;
        bool proposed = false;
        for (size_t k = 0; k < old.n; k++) proposed = proposed || span_overlaps(old.v[k].at, m->at);
        evidence e;
        evidence_begin(&e, JUDGE_WEAPON);
        evidence_add(&e, "class", m->weapon_class, a->h->type->name);
        evidence_add(&e, "role", str_from(part_proposed_role(&a->h->claim, m->head)), STR(""));
        evidence_flag(&e, "trigger", span_overlaps(m->at, a->h->claim.trigger));
        if (part_ask(a, JUDGE_WEAPON, m->head, m->at, proposed ? "yes" : "no", &e)
            < (double)a->j->threshold[JUDGE_WEAPON])
            continue;
        claim_weapon w = {m->at, m->weapon_class, m->name, {0}};
        if (a->s->count_at[m->head] != MAP_NONE)
            w.number = a->s->doc->mentions.v[a->s->count_at[m->head]].quantity;
        *array_push(a->s->arena, &fresh) = w;
    }
    a->h->claim.weapons = fresh;
}

void weigh_happening(const scene *s, const judge *j, uint32_t at_sentence, const happening_array *all,
                     happening *h)
{
    part_asking a = {s, j, all, h, at_sentence};
    weigh_find_slots(s, h);
    link_find(s, j, h);
    weigh_status(&a);
    weigh_claimants(&a);
    weigh_places(&a);
    weigh_weapons(&a);
    weigh_parties(&a);
    if (h->type->harms) weigh_toll(s, j, at_sentence, all, h);
}

static bool is_description(deprel rel)
{
    switch (deprel_universal(rel)) {
    case DEPREL_APPOS:
    case DEPREL_NMOD:
    case DEPREL_ACL:
    case DEPREL_AMOD:
    case DEPREL_OBL:
    case DEPREL_COMPOUND:
    case DEPREL_FLAT:
    case DEPREL_OBJ: return true;
    default: return false;
    }
}

enum { MAX_DESCENT = 8 };

/* "a statement by the front", "told to the agency": who wrote or heard it is told for himself. */
static bool is_paper(const part_asking *a, uint32_t t)
{
    const uint32_t who = a->s->who_at[t];
    const bool person = who != MAP_NONE && a->s->doc->mentions.v[who].kind == MENTION_PERSON;
    return !person && !scene_is_verb(a->s, t) && scene_in(a->s, &a->s->book->reporting, t);
}

static bool is_hearer(const part_asking *a, uint32_t t)
{
    const uint32_t who = a->s->who_at[t];
    return who != MAP_NONE && a->s->doc->mentions.v[who].actor == ACTOR_MEDIA
           && str_is(scene_preposition(a->s, t), "to");
}

static bool describes(const part_asking *a, uint32_t t, uint32_t other)
{
    if (t == other || is_hearer(a, t)) return false;
    bool clause = false; /* an object describes only within an attribute: "forces backing the president" */
    for (int i = 0; i < MAX_DESCENT; i++) {
        const token *k = scene_token(a->s, t);
        const bool told = (t >= a->h->first && t <= a->h->last) || t == a->h->predicate;
        if (told || k->head < 0 || k->rel == DEPREL_ACL_RELCL || !is_description(k->rel)) return false;
        clause = clause || k->rel == DEPREL_OBJ || deprel_universal(k->rel) == DEPREL_OBL;
        if (deprel_universal(k->rel) == DEPREL_ACL || k->rel == DEPREL_AMOD) clause = false;
        t = (uint32_t)k->head;
        if (is_paper(a, t)) return false;
        if (t == other) return !clause;
    }
    return false;
}

static bool is_name(const part_asking *a, uint32_t t)
{
    const uint32_t who = a->s->who_at[t];
    return who != MAP_NONE && a->s->doc->mentions.v[who].is_named;
}

/* Of "the boy's great-uncle, Lazaro Gonzalez" the name stays. */
static bool is_named_by(const part_asking *a, uint32_t name, uint32_t title)
{
    const token *k = scene_token(a->s, name);
    return k->rel == DEPREL_APPOS && k->head == (int32_t)title && is_name(a, name) && !is_name(a, title);
}

/* "the brigade" in "the commander of the brigade, Omar Diallo" */
static bool describes_title_of(const part_asking *a, uint32_t t, uint32_t name)
{
    const token *k = scene_token(a->s, name);
    return k->rel == DEPREL_APPOS && t != name && is_named_by(a, name, (uint32_t)k->head)
           && describes(a, t, (uint32_t)k->head);
}

bool part_yields(const part_asking *a, uint32_t t, uint32_t other)
{
    return is_named_by(a, other, t) || describes_title_of(a, t, other)
           || (describes(a, t, other) && !is_named_by(a, t, other));
}
