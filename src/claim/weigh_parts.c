/* The parts of a happening: each party, claimant, place, date and weapon that rules propose or that stands
 * near is asked about on its own. */
#include "claim/hint.h"
#include "claim/weigh.h"

#include "record/labels.h"

enum { SENTENCES_BACK = 3 };

typedef struct asking {
    const scene *s;
    const judge *j;
    const happening_array *all;
    happening *h;
    uint32_t sentence;
} asking;

/* First and last mention (exclusive) of the sentences that are looked at. */
static void window(const asking *a, uint32_t back, size_t *from, size_t *to)
{
    *from = a->s->first_mention[a->sentence > back ? a->sentence - back : 0];
    *to = a->s->first_mention[a->sentence + 1];
}

static judge_subject subject_of(const asking *a, span about)
{
    return (judge_subject){
        .doc = a->s->doc, .trigger = a->h->claim.trigger, .type = a->h->type->name, .about = about};
}

static double ask(const asking *a, judge_question q, uint32_t t, span about, const char *proposed,
                  evidence *e)
{
    weigh_pair(a->s, a->all, a->h, t, e);
    evidence_add(e, "proposed", str_from(proposed), STR(""));
    evidence_add(e, "proposed-type", str_from(proposed), a->h->type->name);
    judge_subject about_it = subject_of(a, about);
    return judge_ask(a->j, q, e, &about_it);
}

/* ---- parties ------------------------------------------------------------------------------------ */

static const char *proposed_role(const claim *c, uint32_t t)
{
    for (size_t i = 0; i < c->actors.n; i++)
        if (c->actors.v[i].token == t) return label_text(LABELS_ACTOR_ROLE, (int)c->actors.v[i].role);
    return "none";
}

static bool says_so(const claim *c, uint32_t t)
{
    for (size_t i = 0; i < c->claimants.n; i++)
        if (c->claimants.v[i].token == t) return true;
    return false;
}

static double ask_role(const asking *a, judge_question q, uint32_t t, span about)
{
    evidence e;
    evidence_begin(&e, q);
    const claim *c = &a->h->claim;
    bool other = false;
    for (size_t i = 0; i < c->actors.n; i++)
        other = other
                || ((q == JUDGE_ACTOR) == (c->actors.v[i].role == ROLE_ACTOR) && c->actors.v[i].token != t);
    evidence_add(&e, "other-proposed", other ? STR("y") : STR("n"), str_from(proposed_role(c, t)));
    evidence_flag(&e, "says-so", says_so(c, t));
    evidence_flag(&e, "place", a->s->place_over[t] != MAP_NONE);
    evidence_flag(&e, "weapon", a->s->weapon_at[t] != MAP_NONE);
    return ask(a, q, t, about, proposed_role(c, t), &e);
}

static void weigh_party(const asking *a, claim *out, uint32_t t, actor_role proposed, bool is_proposed)
{
    /* What the role would hold: for a pronoun its antecedent. */
    claim trial = {0};
    role_add(a->s, &trial, is_proposed ? proposed : ROLE_ACTOR, t);
    if (!trial.actors.n || (is_proposed && proposed == ROLE_ASSOCIATE)) {
        if (is_proposed) role_add(a->s, out, proposed, t);
        return;
    }
    span at = trial.actors.v[0].at;
    double actor = ask_role(a, JUDGE_ACTOR, t, at), recipient = ask_role(a, JUDGE_RECIPIENT, t, at);
    bool does = actor >= (double)a->j->threshold[JUDGE_ACTOR],
         done_to = recipient >= (double)a->j->threshold[JUDGE_RECIPIENT];
    if (does && (!done_to || actor >= recipient)) role_add(a->s, out, ROLE_ACTOR, t);
    else if (done_to) role_add(a->s, out, ROLE_RECIPIENT, t);
}

static void weigh_parties(const asking *a)
{
    claim fresh = {0};
    const claim *old = &a->h->claim;
    for (size_t i = 0; i < old->actors.n; i++)
        weigh_party(a, &fresh, old->actors.v[i].token, old->actors.v[i].role, true);
    size_t from, to;
    window(a, 1, &from, &to);
    for (size_t i = to; i-- > from;) {
        const mention *m = &a->s->doc->mentions.v[i];
        bool who = m->kind == MENTION_PERSON || m->kind == MENTION_ORGANISATION;
        if (!who || str_eq(str_from(proposed_role(old, m->head)), STR("none")) == false) continue;
        if (m->head >= a->h->first && m->head <= a->h->last) continue;
        weigh_party(a, &fresh, m->head, ROLE_ACTOR, false);
    }
    a->h->claim.actors = fresh.actors;
}

/* ---- claimants ---------------------------------------------------------------------------------- */

static void add_word_of_saying(const asking *a, const char *where, uint32_t t, evidence *e)
{
    const sentence *sent = &a->s->doc->sentences.v[scene_token(a->s, t)->sentence];
    if (!scene_in(a->s, &a->s->book->reporting, t)) return;
    bool at_end = t + 5 >= sent->first + sent->n;
    evidence_add(e, where, scene_word(a->s, t), STR(""));
    evidence_add(e, where, scene_is_verb(a->s, t) ? STR("verb") : STR("noun"),
                 at_end ? STR("end") : STR(""));
}

/* A verb of saying right behind the party or right before it, or "according to": where text has lost its commas the
 * tree seldom shows it. */
static void add_saying_evidence(const asking *a, uint32_t t, evidence *e)
{
    const document *d = a->s->doc;
    const sentence *sent = &d->sentences.v[scene_token(a->s, t)->sentence];
    uint32_t who = a->s->who_at[t], first = t, last = t;
    if (who != MAP_NONE) first = d->mentions.v[who].first, last = first + d->mentions.v[who].n - 1;
    if (last + 1 < sent->first + sent->n) add_word_of_saying(a, "saying-behind", last + 1, e);
    while (first > sent->first && scene_token(a->s, first - 1)->pos == UPOS_DET) first--;
    if (first > sent->first) add_word_of_saying(a, "saying-before", first - 1, e);
    bool according = first > sent->first + 1 && str_is(scene_token(a->s, first - 1)->norm, "to")
                     && str_is(scene_token(a->s, first - 2)->norm, "according");
    evidence_flag(e, "according", according);
    evidence_flag(e, "opens-sentence", first == sent->first);
    evidence_flag(e, "ends-sentence", last + 2 >= sent->first + sent->n);
}

static void weigh_claimants(const asking *a)
{
    claim fresh = {0};
    const claim *old = &a->h->claim;
    for (int round = 0; round < 2; round++) {
        size_t from = 0, to = old->claimants.n;
        if (round) window(a, 1, &from, &to);
        for (size_t i = from; i < to; i++) {
            uint32_t t = round ? a->s->doc->mentions.v[i].head : old->claimants.v[i].token;
            const mention *m = &a->s->doc->mentions.v[round ? i : 0];
            if (round
                && ((m->kind != MENTION_PERSON && m->kind != MENTION_ORGANISATION) || says_so(old, t)))
                continue;
            claim trial = {0};
            source_add(a->s, &trial, t);
            if (!trial.claimants.n) continue;
            evidence e;
            evidence_begin(&e, JUDGE_CLAIMANT);
            evidence_add(&e, "role", str_from(proposed_role(old, t)), STR(""));
            evidence_number(&e, "others", (uint32_t)old->claimants.n);
            add_saying_evidence(a, t, &e);
            if (ask(a, JUDGE_CLAIMANT, t, trial.claimants.v[0].at, round ? "no" : "yes", &e)
                >= (double)a->j->threshold[JUDGE_CLAIMANT])
                source_add(a->s, &fresh, t);
        }
    }
    a->h->claim.claimants = fresh.claimants;
}

/* ---- places, dates, weapons ---------------------------------------------------------------------- */

static bool is_proposed_place(const claim *c, span at)
{
    for (size_t i = 0; i < c->places.n; i++)
        if (span_overlaps(c->places.v[i].at, at)) return true;
    return false;
}

enum { MAX_CANDIDATES = 24, LOOK_BACK = 150, EARLY_SENTENCES = 2, CLAIMS_BACK = 12 };

/* How many of the last claims have this place, and whether the very last has. */
typedef struct past_use {
    uint32_t times;
    bool in_last;
} past_use;

static past_use use_of_place(const asking *a, str name)
{
    const document *d = a->s->doc;
    past_use u = {0};
    for (size_t i = d->claims.n; i-- > 0 && d->claims.n - i <= CLAIMS_BACK;)
        for (size_t k = 0; k < d->claims.v[i].places.n; k++) {
            if (!str_eq_nocase(document_str(d, d->claims.v[i].places.v[k].at), name)) continue;
            u.times++;
            u.in_last = u.in_last || i + 1 == d->claims.n;
        }
    return u;
}

static past_use use_of_date(const asking *a, const date *when)
{
    const document *d = a->s->doc;
    past_use u = {0};
    for (size_t i = d->claims.n; i-- > 0 && d->claims.n - i <= CLAIMS_BACK;) {
        if (!d->claims.v[i].has_date || strcmp(d->claims.v[i].date.edtf, when->edtf) != 0) continue;
        u.times++;
        u.in_last = u.in_last || i + 1 == d->claims.n;
    }
    return u;
}

typedef struct candidate {
    const mention *m;
    past_use use;
    uint32_t rank; /* other candidates nearer to the trigger */
} candidate;

static bool is_known(const asking *a, const candidate *list, size_t n, const mention *m)
{
    const document *d = a->s->doc;
    for (size_t i = 0; i < n; i++) {
        const mention *o = list[i].m;
        if (m->kind == MENTION_DATE ? strcmp(o->date.edtf, m->date.edtf) == 0
                                          && o->first < a->s->doc->sentences.v[a->sentence].first
                                    : str_eq_nocase(document_str(d, o->at), document_str(d, m->at)))
            return true;
    }
    return false;
}

/* Places or dates that the happening may have, nearest first: those of the sentences before it, those that earlier
 * claims have, those that the document begins with. Of several mentions of one name only the nearest. */
static size_t candidates(const asking *a, mention_kind kind, candidate out[MAX_CANDIDATES])
{
    const document *d = a->s->doc;
    size_t n = 0, near, to;
    window(a, SENTENCES_BACK, &near, &to);
    size_t floor = to > LOOK_BACK ? to - LOOK_BACK : 0;
    for (size_t i = to; i-- > floor && n < MAX_CANDIDATES;) {
        const mention *m = &d->mentions.v[i];
        if (m->kind != kind || (kind == MENTION_DATE && !m->date.edtf[0])) continue;
        if (is_known(a, out, n, m)) continue;
        past_use use =
            kind == MENTION_DATE ? use_of_date(a, &m->date) : use_of_place(a, document_str(d, m->at));
        bool early = scene_token(a->s, m->head)->sentence < EARLY_SENTENCES;
        if (i < near && !use.times && !early) continue;
        out[n] = (candidate){m, use, (uint32_t)n};
        n++;
    }
    return n;
}

static void add_candidate_evidence(const asking *a, const candidate *c, evidence *e)
{
    evidence_number(e, "rank", c->rank);
    evidence_number(e, "used", c->use.times);
    evidence_add(e, "used-last", c->use.in_last ? STR("y") : STR("n"),
                 c->rank ? STR("far") : STR("nearest"));
    evidence_add(e, "used-type", c->use.in_last ? STR("y") : STR("n"), a->h->type->name);
    evidence_flag(e, "early", scene_token(a->s, c->m->head)->sentence < EARLY_SENTENCES);
    evidence_flag(e, "first-claim", a->s->doc->claims.n == 0);
}

static uint32_t places_in_sentence(const asking *a)
{
    uint32_t n = 0;
    size_t from, to;
    window(a, 0, &from, &to);
    for (size_t i = from; i < to; i++) n += a->s->doc->mentions.v[i].kind == MENTION_LOCATION;
    return n;
}

static bool place_stands(const asking *a, const candidate *c, uint32_t here)
{
    const mention *m = c->m;
    evidence e;
    evidence_begin(&e, JUDGE_PLACE);
    evidence_add(&e, "role", str_from(proposed_role(&a->h->claim, m->head)), STR(""));
    evidence_flag(&e, "says-so", says_so(&a->h->claim, m->head));
    evidence_number(&e, "here", here);
    evidence_add(&e, "none-here", here ? STR("n") : STR("y"), c->use.in_last ? STR("y") : STR("n"));
    evidence_add(&e, "feature", m->place.feature, STR(""));
    evidence_number(&e, "precision", m->place.precision);
    add_candidate_evidence(a, c, &e);
    const char *proposed = is_proposed_place(&a->h->claim, m->at) ? "yes" : "no";
    return ask(a, JUDGE_PLACE, m->head, m->at, proposed, &e) >= (double)a->j->threshold[JUDGE_PLACE];
}

static void weigh_places(const asking *a)
{
    claim_place_array old = a->h->claim.places, fresh = {0};
    candidate list[MAX_CANDIDATES];
    uint32_t here = places_in_sentence(a);
    for (size_t i = candidates(a, MENTION_LOCATION, list); i-- > 0;) {
        if (!place_stands(a, &list[i], here)) continue;
        const mention *m = list[i].m;
        claim_place p = {PLACE_AT, m->at, m->place};
        for (size_t k = 0; k < old.n; k++)
            if (span_overlaps(old.v[k].at, m->at)) p.role = old.v[k].role;
        *array_push(a->s->arena, &fresh) = p;
    }
    a->h->claim.places = fresh;
}

static void weigh_date(const asking *a)
{
    claim *c = &a->h->claim;
    const mention *best = NULL;
    double best_p = (double)a->j->threshold[JUDGE_DATE];
    candidate list[MAX_CANDIDATES];
    size_t n = candidates(a, MENTION_DATE, list);
    for (size_t i = 0; i < n; i++) {
        const mention *m = list[i].m;
        evidence e;
        evidence_begin(&e, JUDGE_DATE);
        evidence_number(&e, "precision", m->date.precision);
        evidence_add(&e, "status", str_from(label_text(LABELS_STATUS, (int)c->status)), STR(""));
        add_candidate_evidence(a, &list[i], &e);
        const char *proposed = c->has_date && span_overlaps(c->date_at, m->at) ? "yes"
                               : c->has_date                                   ? "other"
                                                                               : "no";
        double p = ask(a, JUDGE_DATE, m->head, m->at, proposed, &e);
        if (p >= best_p) best = m, best_p = p;
    }
    c->has_date = best != NULL;
    if (best) c->date_at = best->at, c->date = best->date;
}

static void weigh_weapons(const asking *a)
{
    claim_weapon_array fresh = {0};
    const claim_weapon_array old = a->h->claim.weapons;
    size_t from, to;
    window(a, 0, &from, &to);
    for (size_t i = from; i < to; i++) {
        const mention *m = &a->s->doc->mentions.v[i];
        if (m->kind != MENTION_WEAPON && m->kind != MENTION_PLATFORM) continue;
        bool proposed = false;
        for (size_t k = 0; k < old.n; k++) proposed = proposed || span_overlaps(old.v[k].at, m->at);
        evidence e;
        evidence_begin(&e, JUDGE_WEAPON);
        evidence_add(&e, "class", m->weapon_class, a->h->type->name);
        evidence_add(&e, "role", str_from(proposed_role(&a->h->claim, m->head)), STR(""));
        evidence_flag(&e, "trigger", span_overlaps(m->at, a->h->claim.trigger));
        if (ask(a, JUDGE_WEAPON, m->head, m->at, proposed ? "yes" : "no", &e)
            < (double)a->j->threshold[JUDGE_WEAPON])
            continue;
        claim_weapon w = {m->at, m->weapon_class, m->name, {0}};
        if (a->s->count_at[m->head] != MAP_NONE)
            w.number = a->s->doc->mentions.v[a->s->count_at[m->head]].quantity;
        *array_push(a->s->arena, &fresh) = w;
    }
    a->h->claim.weapons = fresh;
}

/* ---- status and numbers --------------------------------------------------------------------------- */

static void add_status_evidence(const asking *a, claim_status asked, evidence *e)
{
    const scene *s = a->s;
    const happening *h = a->h;
    str is = str_from(label_text(LABELS_STATUS, (int)asked));
    str by_rule = str_from(label_text(LABELS_STATUS, (int)h->claim.status));
    evidence_add(e, "rule", by_rule, is);
    evidence_add(e, "rule-type", by_rule, h->type->name);
    evidence_add(e, "asked-type", is, h->type->name);
    evidence_add(e, "word", scene_word(s, h->token), is);
    evidence_add(e, "tag", str_from(label_text(LABELS_XPOS, (int)scene_token(s, h->token)->tag)), is);
    evidence_add(e, "rel", str_from(label_text(LABELS_DEPREL, (int)scene_token(s, h->token)->rel)), is);
    evidence_add(e, "predicate-tag",
                 str_from(label_text(LABELS_XPOS, (int)scene_token(s, h->predicate)->tag)), is);
    evidence_add(e, "predicate", scene_word(s, h->predicate), is);
    uint32_t t = h->predicate;
    for (int level = 0; level < 3; level++) {
        FOR_CHILDREN (s, c, t) {
            deprel r = scene_token(s, c)->rel;
            if (r == DEPREL_AUX || r == DEPREL_AUX_PASS || r == DEPREL_ADVMOD || r == DEPREL_MARK
                || r == DEPREL_COP || r == DEPREL_AMOD || r == DEPREL_DET)
                evidence_add(e, level ? "cue-above" : "cue", scene_token(s, c)->norm, is);
        }
        if (scene_token(s, t)->head < 0) break;
        evidence_add(e, "up-rel", str_from(label_text(LABELS_DEPREL, (int)scene_token(s, t)->rel)), is);
        t = (uint32_t)scene_token(s, t)->head;
        evidence_add(e, level ? "above-2" : "above", scene_word(s, t), is);
        evidence_add(e, level ? "above-tag-2" : "above-tag",
                     str_from(label_text(LABELS_XPOS, (int)scene_token(s, t)->tag)), is);
    }
    FOR_CHILDREN (s, c, h->token) evidence_add(e, "cue-own", scene_token(s, c)->norm, is);
    hint_status_evidence(s, h, is, by_rule, e);
    evidence_add(e, "hedged", h->claim.hedges.n ? STR("y") : STR("n"), is);
    evidence_add(e, "headline", s->doc->sentences.v[a->sentence].is_headline ? STR("y") : STR("n"), is);
}

#define CUE_MARGIN 0.5

static void weigh_status(const asking *a)
{
    claim_status best = a->h->claim.status;
    double best_p = -1;
    for (int v = 0; v < N_CLAIM_STATUS; v++) {
        evidence e;
        evidence_begin(&e, JUDGE_STATUS);
        add_status_evidence(a, (claim_status)v, &e);
        judge_subject about = subject_of(a, a->h->claim.trigger);
        about.status = (claim_status)v;
        double p = judge_ask(a->j, JUDGE_STATUS, &e, &about);
        /* A cue of the tables stands for more than the judge has seen of it. */
        if (v == (int)a->h->claim.status && v != STATUS_OCCURRED) p += CUE_MARGIN;
        if (p > best_p) best = (claim_status)v, best_p = p;
    }
    a->h->claim.status = best;
}

static double ask_number(const asking *a, judge_question q, const claim_count *n, uint32_t word,
                         bool proposed)
{
    evidence e;
    evidence_begin(&e, q);
    evidence_add(&e, "of", n->number.of, a->h->type->name);
    evidence_add(&e, "exact", n->number.has_low && n->number.has_high ? STR("y") : STR("n"), STR(""));
    evidence_number(&e, "number", n->number.has_low ? (uint32_t)n->number.low : 0);
    evidence_add(&e, "own", word == a->h->token ? STR("y") : STR("n"), proposed ? STR("y") : STR("n"));
    evidence_add(&e, "word-path", weigh_path(a->s, word, a->h->token), STR(""));
    evidence_flag(&e, "word-before", word < a->h->token);
    weigh_pair(a->s, a->all, a->h, word, &e);
    judge_subject about = subject_of(a, n->at);
    about.number = &n->number;
    return judge_ask(a->j, q, &e, &about);
}

/* Each word of harm of the sentence proposes its numbers; the likeliest stands. */
static void weigh_numbers(const asking *a)
{
    const sentence *sent = &a->s->doc->sentences.v[a->sentence];
    claim *c = &a->h->claim;
    claim_count killed = {0}, injured = {0};
    double best_killed = (double)a->j->threshold[JUDGE_KILLED],
           best_injured = (double)a->j->threshold[JUDGE_INJURED];
    bool has_killed = false, has_injured = false;
    for (uint32_t t = sent->first; t < sent->first + sent->n; t++) {
        if (!scene_is_harm(a->s, t)) continue;
        claim trial = {0};
        harm_of_word(a->s, &trial, t);
        if (trial.has_killed) {
            double p = ask_number(a, JUDGE_KILLED, &trial.killed, t,
                                  c->has_killed && span_overlaps(c->killed.at, trial.killed.at));
            if (p >= best_killed) best_killed = p, killed = trial.killed, has_killed = true;
        }
        if (trial.has_injured) {
            double p = ask_number(a, JUDGE_INJURED, &trial.injured, t,
                                  c->has_injured && span_overlaps(c->injured.at, trial.injured.at));
            if (p >= best_injured) best_injured = p, injured = trial.injured, has_injured = true;
        }
    }
    c->has_killed = has_killed, c->has_injured = has_injured;
    c->killed = killed, c->injured = injured;
}

void weigh_happening(const scene *s, const judge *j, uint32_t at_sentence, const happening_array *all,
                     happening *h)
{
    asking a = {s, j, all, h, at_sentence};
    weigh_find_slots(s, h);
    weigh_status(&a);
    weigh_claimants(&a);
    weigh_places(&a);
    weigh_date(&a);
    weigh_weapons(&a);
    weigh_parties(&a);
    if (h->type->harms) weigh_numbers(&a);
}
