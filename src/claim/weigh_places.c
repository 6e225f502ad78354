/* Where it happens: places of the sentence, of the sentences around it, and those that earlier claims have. */
#include "claim/weigh_part.h"

#include <string.h>

#include "claim/elsewhere.h"
#include "claim/hint.h"
#include "claim/link.h"
#include "claim/weigh_there.h"
#include "record/labels.h"

static bool is_proposed_place(const claim *c, span at)
{
    for (size_t i = 0; i < c->places.n; i++)
        if (span_overlaps(c->places.v[i].at, at)) return true;
    return false;
}

enum {
    MAX_CANDIDATES = 24,
    SENTENCES_BACK = 3,
    LOOK_BACK = 150,
    EARLY_SENTENCES = 2,
    SENTENCES_AHEAD = 3,
    CLAIMS_BACK = 12
};

/* A place that the happening may have. */
typedef struct candidate {
    const mention *m;
    span at;
    uint32_t rank; /* other candidates nearer to the trigger */
    /* what the last claims say of it */
    uint32_t times;                        /* how many have it */
    uint32_t since;                        /* how many later ones have another */
    bool in_last;                          /* the very last has it */
    bool same_type, same_word, same_actor; /* one of them is like this happening */
} candidate;

static bool claim_has(const document *d, const claim *c, const candidate *k)
{
    for (size_t i = 0; i < c->places.n; i++)
        if (str_eq_nocase(document_plain(d, c->places.v[i].at), document_plain(d, k->at))) return true;
    return false;
}

static bool shares_actor(const scene *s, const claim *a, const claim *b)
{
    for (size_t i = 0; i < a->actors.n; i++)
        for (size_t k = 0; k < b->actors.n; k++) {
            uint32_t chain = scene_chain(s, a->actors.v[i].token);
            if (chain && chain == scene_chain(s, b->actors.v[k].token)) return true;
        }
    return false;
}

static void find_use(const part_asking *a, candidate *k)
{
    const document *d = a->s->doc;
    for (size_t i = d->claims.n; i-- > 0 && d->claims.n - i <= CLAIMS_BACK;) {
        const claim *c = &d->claims.v[i];
        if (!claim_has(d, c, k)) {
            k->since += !k->times && c->places.n > 0;
            continue;
        }
        k->times++;
        k->in_last = k->in_last || i + 1 == d->claims.n;
        k->same_type = k->same_type || str_eq(c->type, a->h->type->name);
        k->same_word =
            k->same_word || str_eq(scene_word(a->s, c->trigger_token), scene_word(a->s, a->h->token));
        k->same_actor = k->same_actor || shares_actor(a->s, c, &a->h->claim);
    }
}

static bool is_known(const part_asking *a, const candidate *list, size_t n, const candidate *k)
{
    const document *d = a->s->doc;
    for (size_t i = 0; i < n; i++) {
        if (str_eq_nocase(document_plain(d, list[i].at), document_plain(d, k->at))) return true;
    }
    return false;
}

static bool is_early(const part_asking *a, const mention *m)
{
    return scene_token(a->s, m->head)->sentence < EARLY_SENTENCES;
}

typedef struct candidate_list {
    bool no_towns; /* of other sentences */
    candidate v[MAX_CANDIDATES];
    size_t n;
} candidate_list;

static void add_candidate(const part_asking *a, candidate_list *l, candidate k, bool is_near)
{
    if (l->n == MAX_CANDIDATES || is_known(a, l->v, l->n, &k)) return;
    find_use(a, &k);
    if (!is_near && !k.times && !is_early(a, k.m)) return;
    k.rank = (uint32_t)l->n;
    l->v[l->n++] = k;
}

/* A sum over years that names no place again ("in the town") goes with no town of another sentence. */
static bool sums_years(const part_asking *a, const place_anaphor *there)
{
    return a->h->type->harms && there->token == NO_TOKEN && sentence_sums_years(a->s, a->sentence);
}

static bool is_town_of_other(const part_asking *a, const mention *m)
{
    const bool narrow = !m->place.precision || m->place.precision < PRECISION_ADMIN1;
    return narrow && scene_token(a->s, m->head)->sentence != a->sentence;
}

static void add_mention(const part_asking *a, candidate_list *l, const mention *m, bool is_near)
{
    if (m->kind == MENTION_LOCATION && l->no_towns && is_town_of_other(a, m)) return;
    if (m->kind == MENTION_LOCATION && !scene_is_excepted(a->s, m->head)
        && !scene_dated_apart(a->s, a->h->token, m->head) && !place_is_elsewhere(a->s, a->h, m))
        add_candidate(a, l, (candidate){.m = m, .at = m->at}, is_near);
}

/* Places that the happening may have, nearest first: those of the sentences before it, those that earlier
 * claims have, those that the document begins with, and for headlines those below. Of several mentions of one name
 * only the nearest. */
static void find_candidates(const part_asking *a, const place_anaphor *there, candidate_list *l)
{
    const document *d = a->s->doc;
    size_t near, to;
    part_window(a, SENTENCES_BACK, &near, &to);
    size_t floor = to > LOOK_BACK ? to - LOOK_BACK : 0;
    l->n = 0;
    l->no_towns = sums_years(a, there);
    for (size_t i = to; i-- > floor;) add_mention(a, l, &d->mentions.v[i], i >= near);
    if (weigh_looks_ahead(a->s, a->sentence)) {
        size_t last = a->sentence + 1 + SENTENCES_AHEAD;
        size_t end = a->s->first_mention[last < d->sentences.n ? last : d->sentences.n];
        for (size_t i = to; i < end; i++) add_mention(a, l, &d->mentions.v[i], true);
    }
    if (there->stands) add_mention(a, l, there->stands, true);
    pair_window w = pair_window_of(a->s, a->h);
    for (uint32_t i = w.first; i < w.end; i++) {
        const mention *m = &d->mentions.v[i];
        if (m->kind == MENTION_LOCATION && pair_names(a->s, &w, m, STR("place")))
            add_mention(a, l, m, true);
    }
}

static bool is_definite(const part_asking *a)
{
    FOR_CHILDREN (a->s, c, a->h->token)
        if (scene_token(a->s, c)->rel == DEPREL_DET && str_is(scene_token(a->s, c)->norm, "the"))
            return true;
    return false;
}

static bool has_candidate(const scene *s, const claim *c, const void *with)
{
    return claim_has(s->doc, c, with);
}

static bool has_another(const scene *s, const claim *c, const void *with)
{
    const candidate *k = with;
    return c->places.n > 0 && !claim_has(s->doc, c, k);
}

static bool has_none(const scene *s, const claim *c, const void *with)
{
    (void)s, (void)with;
    return !c->places.n;
}

/* What the earlier claims of the same happening say of the place. */
static void add_candidate_links(const part_asking *a, const candidate *c, str here, evidence *e)
{
    evidence_odds(e, "link-has", link_best(a->s, a->h, has_candidate, c), here);
    evidence_odds(e, "link-another", link_best(a->s, a->h, has_another, c), here);
    evidence_odds(e, "link-none", link_best(a->s, a->h, has_none, c), here);
}

static void add_candidate_evidence(const part_asking *a, const candidate *c, evidence *e)
{
    str type = a->h->type->name, here = weigh_where(a->s, a->sentence, c->m->head);
    add_candidate_links(a, c, here, e);
    evidence_number(e, "rank", c->rank);
    evidence_number(e, "used", c->times);
    evidence_number(e, "used-since", c->since);
    evidence_add(e, "used-last", c->in_last ? STR("y") : STR("n"), c->rank ? STR("far") : STR("nearest"));
    evidence_add(e, "used-last-where", c->in_last ? STR("y") : STR("n"), here);
    evidence_add(e, "used-type", c->in_last ? STR("y") : STR("n"), type);
    evidence_add(e, "used-same-type", c->same_type ? STR("y") : STR("n"), here);
    evidence_add(e, "used-same-word", c->same_word ? STR("y") : STR("n"), here);
    evidence_add(e, "used-same-actor", c->same_actor ? STR("y") : STR("n"), here);
    evidence_add(e, "used-definite", is_definite(a) ? STR("y") : STR("n"),
                 c->same_type ? STR("type") : STR(""));
    evidence_add(e, "where-type", here, type);
    evidence_add(e, "where-guise", here, weigh_guise(a->h));
    evidence_flag(e, "early", is_early(a, c->m));
    evidence_flag(e, "first-claim", a->s->doc->claims.n == 0);
}

static uint32_t places_in_sentence(const part_asking *a)
{
    uint32_t n = 0;
    size_t from, to;
    part_window(a, 0, &from, &to);
    for (size_t i = from; i < to; i++) n += a->s->doc->mentions.v[i].kind == MENTION_LOCATION;
    return n;
}

/* Whether `inner` lies in `outer` by what the gazetteer says of both. */
static bool holds(const place *outer, const place *inner)
{
    if (outer->precision <= inner->precision || !inner->precision || !outer->country.len
        || !str_eq(outer->country, inner->country))
        return false;
    bool same1 = outer->admin1.len && str_eq(outer->admin1, inner->admin1);
    switch (outer->precision) {
    case PRECISION_COUNTRY: return true;
    case PRECISION_ADMIN1: return same1;
    case PRECISION_ADMIN2: return same1 && outer->admin2.len && str_eq(outer->admin2, inner->admin2);
    default: return false;
    }
}

enum { MAX_JOINT = 3 };

/* "Progreso, Coahuila", "Mudia jungle under Sadar Police Station": few words between them, all small. */
static bool is_written_next(const scene *s, const mention *inner, const mention *outer)
{
    uint32_t end = inner->first + inner->n;
    if (!inner->n || outer->first < end || outer->first - end > MAX_JOINT) return false;
    for (uint32_t t = end; t < outer->first; t++) {
        upos p = scene_token(s, t)->pos;
        if (p != UPOS_PUNCT && p != UPOS_ADP && p != UPOS_DET) return false;
    }
    return outer->first > end;
}

/* How the candidate nests with the others: holds one, lies in one. The smaller one alone is coded by most. */
static void add_nesting(const part_asking *a, const candidate_list *l, size_t self, const bool *is_place,
                        evidence *e)
{
    const mention *m = l->v[self].m;
    str outer = STR("-"), inner = STR("-"), to_taken = STR("-");
    uint32_t at = scene_token(a->s, m->head)->sentence;
    for (size_t i = 0; i < l->n; i++) {
        const mention *o = l->v[i].m;
        if (i == self) continue;
        bool in = holds(&m->place, &o->place), over = holds(&o->place, &m->place);
        bool beside = scene_token(a->s, o->head)->sentence == at;
        if (is_written_next(a->s, o, m)) outer = in ? STR("next") : STR("written next");
        else if (in && outer.ptr[0] == '-') outer = beside ? STR("here") : STR("far");
        if (is_written_next(a->s, m, o)) inner = over ? STR("next") : STR("written next");
        else if (over && inner.ptr[0] == '-') inner = beside ? STR("here") : STR("far");
        if (i < self && is_place[i]) to_taken = in ? STR("holds") : over ? STR("inside") : STR("apart");
    }
    str where = weigh_where(a->s, a->sentence, m->head), type = a->h->type->name;
    evidence_add(e, "holds", outer, where);
    evidence_add(e, "holds-type", outer, type);
    evidence_add(e, "held", inner, where);
    evidence_add(e, "held-precision", inner, part_both(a, outer, weigh_digit(m->place.precision)));
    evidence_add(e, "to-taken", to_taken, where);
    evidence_habit(e, "holds", outer, where);
    evidence_habit(e, "held", inner, where);
}

/* `is_place`: which of the candidates before it, which stand nearer to the trigger, are places of it. */
static double ask_place(const part_asking *a, const candidate_list *l, size_t self, uint32_t here,
                        const place_anaphor *there, const bool *is_place)
{
    const candidate *c = &l->v[self];
    bool taken = false;
    for (size_t i = 0; i < self; i++) taken = taken || is_place[i];
    const mention *m = c->m;
    evidence e;
    evidence_begin(&e, JUDGE_PLACE);
    evidence_add(&e, "role", str_from(part_proposed_role(&a->h->claim, m->head)), STR(""));
    evidence_flag(&e, "says-so", part_says_so(&a->h->claim, m->head));
    evidence_number(&e, "here", here);
    str where = weigh_where(a->s, a->sentence, m->head), free = taken ? STR("taken") : STR("free");
    evidence_add(&e, "taken", free, where);
    evidence_add(&e, "taken-feature", free, part_both(a, where, m->place.feature));
    evidence_add(&e, "taken-type", free, part_both(a, where, a->h->type->name));
    evidence_add(&e, "taken-used", free,
                 part_both(a, where,
                           c->in_last ? STR("last")
                           : c->times ? STR("used")
                                      : STR("-")));
    evidence_habit(&e, "taken", free, where);
    evidence_add(&e, "none-here", here ? STR("n") : STR("y"), c->in_last ? STR("y") : STR("n"));
    evidence_add(&e, "feature", m->place.feature, STR(""));
    evidence_add(&e, "feature-type", m->place.feature, a->h->type->name);
    evidence_add(&e, "feature-where", m->place.feature, weigh_where(a->s, a->sentence, c->m->head));
    evidence_number(&e, "precision", m->place.precision);
    add_candidate_evidence(a, c, &e);
    add_nesting(a, l, self, is_place, &e);
    there_evidence(a->s, there, m, where, &e);
    const char *proposed = is_proposed_place(&a->h->claim, m->at) ? "yes" : "no";
    return part_ask(a, JUDGE_PLACE, m->head, m->at, proposed, &e);
}

/* "the two bombings", "these attacks": sums up what sentences before told one by one. */
static bool is_summary(const part_asking *a)
{
    const token *k = scene_token(a->s, a->h->token);
    if (k->pos != UPOS_NOUN || k->tag != XPOS_NNS) return false;
    FOR_CHILDREN (a->s, c, a->h->token) {
        const token *d = scene_token(a->s, c);
        if (d->rel == DEPREL_DET
            && (str_is(d->norm, "the") || str_is(d->norm, "these") || str_is(d->norm, "those")))
            return true;
    }
    return false;
}

/* Whether both are of one list: "in Kenya and Tanzania"; of another sentence where the happening sums up (`sums`). */
static bool is_listed_with(const part_asking *a, bool sums, const mention *m, const mention *o)
{
    const uint32_t at = scene_token(a->s, m->head)->sentence;
    return (at == a->sentence || (at < a->sentence && sums)) && scene_token(a->s, o->head)->sentence == at
           && scene_joined(a->s, m->head, o->head) && m->place.precision == o->place.precision
           && !scene_is_contrasted(a->s, m->head);
}

static bool is_same_name(const document *d, const mention *a, const mention *b)
{
    return str_eq_nocase(document_plain(d, a->at), document_plain(d, b->at));
}

/* "the two villages" */
static bool stands_for_several(const scene *s, const place_anaphor *there)
{
    return there->token != NO_TOKEN && scene_token(s, there->token)->tag == XPOS_NNS;
}

/* What is told of one place of a list is told of all that are not unlikely by themselves. */
static void take_lists(const part_asking *a, const place_anaphor *there, const candidate_list *l,
                       const double *likely, bool *is_place)
{
    const bool sums = is_summary(a) || stands_for_several(a->s, there);
    const double share = sums ? 0.25 : 0.6;
    const double least = share * (double)a->j->threshold[JUDGE_PLACE];
    bool granted[MAX_CANDIDATES];
    if (stands_for_several(a->s, there) && there->stands && there->distance <= 2)
        for (size_t i = 0; i < l->n; i++)
            for (size_t k = 0; k < l->n && is_same_name(a->s->doc, l->v[i].m, there->stands); k++)
                is_place[i] = is_place[i] || (k != i && is_listed_with(a, true, l->v[i].m, l->v[k].m));
    memcpy(granted, is_place, sizeof granted);
    for (size_t i = 0; i < l->n; i++)
        for (size_t k = 0; k < l->n && !is_place[i] && likely[i] >= least; k++)
            is_place[i] = granted[k] && is_listed_with(a, sums, l->v[i].m, l->v[k].m);
}

static bool is_own(const part_asking *a, const mention *m)
{
    return m->place.precision && scene_token(a->s, m->head)->sentence == a->sentence
           && scene_below(a->s, m->head, a->h->token);
}

/* "a siege of two villages in nearby Idlib province": where the happening's own words name places, nothing of other
 * sentences that lies apart from all of them. */
static void drop_apart(const part_asking *a, const candidate_list *l, bool *is_place)
{
    for (size_t i = 0; i < l->n; i++) {
        const mention *m = l->v[i].m;
        bool apart = false, beside = false;
        if (!m->place.precision || scene_token(a->s, m->head)->sentence == a->sentence) continue;
        for (size_t k = 0; k < l->n; k++) {
            const place *own = &l->v[k].m->place;
            if (!is_place[k] || !is_own(a, l->v[k].m)) continue;
            if (holds(&m->place, own) || holds(own, &m->place)) beside = true;
            else apart = true;
        }
        if (apart && !beside) is_place[i] = false;
    }
}

enum { CONTAINER_REACH = 5 };

/* "Sarmada, Syria", "Godhra in the western state of Gujarat": named only to tell where the other lies. */
static bool only_locates(const scene *s, const mention *outer, const mention *inner)
{
    const bool town_in_region = inner->place.precision && inner->place.precision < PRECISION_ADMIN2
                                && outer->place.precision >= PRECISION_ADMIN2;
    /* "eastern Syria" has no borders to ask for: the text says that it holds the town */
    const bool part_of_country = outer->place.precision == PRECISION_WIDER && outer->place.country.len
                                 && str_eq(outer->place.country, inner->place.country);
    const uint32_t from = inner->first + inner->n;
    if (!town_in_region || !(part_of_country || holds(&outer->place, &inner->place))) return false;
    if (outer->first <= from || outer->first - from > CONTAINER_REACH) return false;
    bool bound = false;
    for (uint32_t t = from; t < outer->first; t++) {
        const token *k = scene_token(s, t);
        const bool binds = str_is(k->norm, ",") || str_is(k->norm, "in") || str_is(k->norm, "of");
        bound = bound || binds;
        if (!binds && k->pos != UPOS_DET && k->pos != UPOS_ADJ && k->pos != UPOS_NOUN
            && k->pos != UPOS_PROPN)
            return false;
    }
    return bound && scene_token(s, inner->head)->sentence == scene_token(s, outer->head)->sentence;
}

/* The most specific named places are wanted; what they lie in is known of them. */
static void drop_containers(const part_asking *a, const candidate_list *l, bool *is_place)
{
    for (size_t i = 0; i < l->n; i++)
        for (size_t k = 0; k < l->n && is_place[i]; k++)
            if (is_place[k] && only_locates(a->s, l->v[i].m, l->v[k].m)) is_place[i] = false;
}

void weigh_places(const part_asking *a)
{
    claim_place_array old = a->h->claim.places, fresh = {0};
    candidate_list list;
    uint32_t here = places_in_sentence(a);
    place_anaphor there = there_find(a->s, a->sentence, a->h);
    find_candidates(a, &there, &list);
    bool is_place[MAX_CANDIDATES] = {false};
    double likely[MAX_CANDIDATES];
    for (size_t i = 0; i < list.n; i++) {
        likely[i] = ask_place(a, &list, i, here, &there, is_place);
        is_place[i] = likely[i] >= (double)a->j->threshold[JUDGE_PLACE];
    }
    take_lists(a, &there, &list, likely, is_place);
    drop_apart(a, &list, is_place);
    drop_containers(a, &list, is_place);
    for (size_t i = list.n; i-- > 0;) {
        if (!is_place[i]) continue;
        const mention *m = list.v[i].m;
        claim_place p = {PLACE_AT, m->at, m->place};
        for (size_t k = 0; k < old.n; k++)
            if (span_overlaps(old.v[k].at, m->at)) p.role = old.v[k].role;
        *array_push(a->s->arena, &fresh) = p;
    }
    a->h->claim.places = fresh;
}
