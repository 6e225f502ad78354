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
