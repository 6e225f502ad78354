/* Status and hedges. Looked at from the trigger outwards: the words on it, its clause's auxiliaries and
 * adverbs, then the governors above; the nearest cue that gives a status wins, negation over all. Cues are
 * in status.txt. */
#include "claim/happening.h"

enum { MAX_LEVELS = 6 };

static void add_hedge(const scene *s, happening *h, uint32_t t)
{
    span at = scene_token(s, t)->at;
    for (size_t i = 0; i < h->claim.hedges.n; i++)
        if (span_overlaps(h->claim.hedges.v[i], at)) return;
    *array_push(s->arena, &h->claim.hedges) = at;
}

static const status_cue *cue_of(const scene *s, cue_kind kind, uint32_t t)
{
    const map *m = &s->book->cue_by_word[kind];
    uint32_t i = map_get(m, scene_word(s, t));
    if (i == MAP_NONE) i = map_get(m, scene_token(s, t)->norm);
    return i == MAP_NONE ? NULL : &s->book->cues.v[i];
}

/* Notes a cue; returns its status or -1. */
static int use_cue(const scene *s, happening *h, cue_kind kind, uint32_t t)
{
    const status_cue *cue = cue_of(s, kind, t);
    if (!cue) return -1;
    if (cue->hedges) add_hedge(s, h, t);
    return cue->status;
}

static bool is_negation(const scene *s, uint32_t t)
{
    const token *k = scene_token(s, t);
    const token_array *all = &s->doc->tokens;
    if (t + 1 < all->n && map_get(&s->book->only_words, all->v[t + 1].norm) != MAP_NONE) return false;
    return (k->pos == UPOS_PART || k->pos == UPOS_ADV)
           && (str_is(k->lemma, "not") || str_is(k->norm, "n't") || str_is(k->norm, "never")
               || str_is(k->norm, "nt"));
}

/* "no" of "no fewer than 12" */
static bool is_of_bound(const scene *s, uint32_t t)
{
    const token_array *all = &s->doc->tokens;
    return t + 1 < all->n && (all->v[t + 1].tag == XPOS_JJR || all->v[t + 1].tag == XPOS_RBR);
}

static bool is_denied_by(const scene *s, uint32_t t)
{
    const status_cue *cue = cue_of(s, CUE_MODIFIER, t);
    return cue && cue->status == STATUS_DENIED && !is_of_bound(s, t);
}

/* "Not one soldier" */
static bool is_not_one(const scene *s, uint32_t t)
{
    return is_negation(s, t) && str_is(scene_token(s, t + 1)->norm, "one");
}

/* "No convoy entered", "Neither side fired", "None of the trucks arrived", "killed no one". */
static bool happens_to_nothing(const scene *s, uint32_t verb)
{
    FOR_CHILDREN (s, c, verb) {
        deprel r = scene_token(s, c)->rel;
        if (r != DEPREL_NSUBJ && r != DEPREL_NSUBJ_PASS && r != DEPREL_OBJ) continue;
        if (scene_token(s, c)->pos != UPOS_ADJ && is_denied_by(s, c)) return true;
        FOR_CHILDREN (s, d, c)
            if ((scene_token(s, d)->rel == DEPREL_DET && is_denied_by(s, d)) || is_not_one(s, d))
                return true;
    }
    return false;
}

static bool is_present_be(const scene *s, uint32_t t)
{
    const token *k = scene_token(s, t);
    return str_is(k->lemma, "be") && (k->tag == XPOS_VBZ || k->tag == XPOS_VBP);
}

/* "is shelling", "are being shelled", "has been shelling", "is under siege". */
static bool is_progressive(const scene *s, uint32_t verb)
{
    const token *k = scene_token(s, verb);
    bool ing = k->tag == XPOS_VBG, be = false, been = false, have = false;
    FOR_CHILDREN (s, c, verb) {
        const token *a = scene_token(s, c);
        if (a->rel != DEPREL_AUX && a->rel != DEPREL_AUX_PASS && a->rel != DEPREL_COP) continue;
        be = be || is_present_be(s, c);
        been = been || str_is(a->norm, "been");
        have = have || a->tag == XPOS_VBZ || a->tag == XPOS_VBP;
        ing = ing || str_is(a->norm, "being");
    }
    return ing && (be || (been && have));
}

/* "would have killed them": what is only imagined */
static bool is_imagined(const scene *s, uint32_t verb)
{
    bool would = false, have = false;
    FOR_CHILDREN (s, c, verb) {
        const token *k = scene_token(s, c);
        if (k->rel != DEPREL_AUX && k->rel != DEPREL_AUX_PASS) continue;
        would = would || str_is(k->lemma, "would") || str_is(k->norm, "would");
        have = have || str_is(k->norm, "have");
    }
    return would && have;
}

/* Status from the words that hang directly on a node. */
static int look_at_children(const scene *s, happening *h, uint32_t t, bool *denied)
{
    int status = -1;
    FOR_CHILDREN (s, c, t) {
        const token *k = scene_token(s, c);
        if (is_negation(s, c)) *denied = true;
        int got = -1;
        switch (deprel_universal(k->rel)) {
        case DEPREL_AUX:
            got = use_cue(s, h, CUE_AUXILIARY, c);
            if (got == STATUS_PLANNED && is_imagined(s, t)) got = STATUS_PREDICTED;
            break;
        case DEPREL_ADVMOD:
        case DEPREL_AMOD:
        case DEPREL_CASE: /* "without clashes" */
        case DEPREL_DET:
        case DEPREL_XCOMP:
        case DEPREL_COMPOUND: got = use_cue(s, h, CUE_MODIFIER, c); break;
        case DEPREL_MARK: got = use_cue(s, h, CUE_MARK, c); break;
        default: break;
        }
        if (got >= 0 && status < 0) status = got;
    }
    return status;
}

static bool carries_status(deprel r)
{
    switch (deprel_universal(r)) {
    case DEPREL_XCOMP:
    case DEPREL_CCOMP:
    case DEPREL_OBJ:
    case DEPREL_OBL:
    case DEPREL_NMOD:
    case DEPREL_ACL:
    case DEPREL_ADVCL:
    case DEPREL_NSUBJ:
    case DEPREL_CSUBJ:
    case DEPREL_CONJ:
    case DEPREL_COMPOUND: return true;
    default: return false;
    }
}

/* "to": an infinitive of purpose or plan, unless a verb of success stands above. */
static bool is_infinitive(const scene *s, uint32_t t)
{
    FOR_CHILDREN (s, c, t)
        if (scene_token(s, c)->rel == DEPREL_MARK && str_is(scene_token(s, c)->norm, "to")) return true;
    return false;
}

/* "in" of "in the attack", "in attacking" */
static str preposition_of(const scene *s, uint32_t t)
{
    FOR_CHILDREN (s, c, t)
        if (scene_token(s, c)->rel == DEPREL_MARK && c < t) return scene_token(s, c)->norm;
    return scene_preposition(s, t);
}

/* "from shelling", "of killing six": the gerund that a verb above governs. */
static bool is_governed_gerund(const scene *s, uint32_t t)
{
    static const char *const marks[] = {"from", "of", "with", "for"};
    if (scene_token(s, t)->tag != XPOS_VBG) return false;
    FOR_CHILDREN (s, c, t)
        for (size_t i = 0; i < sizeof marks / sizeof *marks && c < t; i++)
            if (scene_token(s, c)->rel == DEPREL_MARK && str_is(scene_token(s, c)->norm, marks[i]))
                return true;
    return false;
}

/* The cue that a verb or noun above gives; "went on to capture" has one for both words. */
static const status_cue *cue_above(const scene *s, uint32_t up, bool noun)
{
    if (noun) return cue_of(s, CUE_NOUN, up);
    FOR_CHILDREN (s, c, up) {
        if (c != up + 1 || (scene_token(s, c)->pos != UPOS_ADV && scene_token(s, c)->pos != UPOS_ADP))
            continue;
        const str pair =
            arena_format(s->arena, "%.*s %.*s", (int)scene_word(s, up).len, scene_word(s, up).ptr,
                         (int)scene_token(s, c)->norm.len, scene_token(s, c)->norm.ptr);
        const uint32_t i = map_get(&s->book->cue_by_word[CUE_GOVERNOR], pair);
        if (i != MAP_NONE) return &s->book->cues.v[i];
    }
    return cue_of(s, CUE_GOVERNOR, up);
}

/* "failed to prevent a massacre", "the failure to stop the attacks", "did not rule out strikes": a denial that is denied. */
static bool is_undone(const scene *s, uint32_t denying)
{
    FOR_CHILDREN (s, c, denying)
        if (is_negation(s, c)) return true;
    const token *k = scene_token(s, denying);
    if (k->head < 0 || (k->rel != DEPREL_XCOMP && k->rel != DEPREL_ACL)) return false;
    const bool noun = scene_token(s, (uint32_t)k->head)->pos == UPOS_NOUN;
    const status_cue *above = cue_above(s, (uint32_t)k->head, noun);
    return above && above->status == STATUS_DENIED;
}

/* "no indication that", "no plans to" */
static bool is_no(const scene *s, uint32_t noun)
{
    FOR_CHILDREN (s, c, noun)
        if (scene_token(s, c)->rel == DEPREL_DET && is_denied_by(s, c)) return true;
    return false;
}

/* The status that a cue gives what hangs on it. */
static int status_by(const scene *s, happening *h, const status_cue *cue, uint32_t up)
{
    if (scene_token(s, up)->pos == UPOS_NOUN && cue->status != STATUS_DENIED && is_no(s, up))
        return STATUS_DENIED;
    if (cue->status != STATUS_DENIED || !is_undone(s, up)) return cue->status;
    h->is_settled = true;
    return cue->leaves_open ? STATUS_POSSIBLE : STATUS_OCCURRED;
}

/* "managed to capture", "are using jets to bomb", "will begin to shell": the verb above is true of what hangs on it, whose
 * status is its own. */
static bool is_implicative(const status_cue *cue)
{
    return cue && cue->status == STATUS_OCCURRED && !cue->hedges;
}

static int look_above(const scene *s, happening *h, uint32_t from, bool *denied);

/* Whether the clause is opened by a word that makes it wait for its time: "when the rebels reach the border". */
static bool is_awaited(const scene *s, uint32_t verb)
{
    FOR_CHILDREN (s, c, verb)
        if (c < verb && scene_in(s, &s->book->await_words, c)) return true;
    return false;
}

/* "pledged to defect when the rebels reached the border", "will see them before chairing a meeting": what is told of the
 * time of something that has not happened has not happened either. */
static int status_of_time(const scene *s, happening *h, uint32_t verb)
{
    bool denied = false;
    const token *k = scene_token(s, verb);
    if (k->head < 0 || !is_awaited(s, verb)) return -1;
    int by = look_at_children(s, h, (uint32_t)k->head, &denied);
    if (by < 0) by = look_above(s, h, (uint32_t)k->head, &denied);
    if (denied || (by != STATUS_PLANNED && by != STATUS_THREATENED && by != STATUS_PREDICTED)) return -1;
    return k->tag == XPOS_VBG ? by : STATUS_PREDICTED;
}

static int look_above(const scene *s, happening *h, uint32_t from, bool *denied)
{
    uint32_t t = from;
    for (int level = 0; level < MAX_LEVELS; level++) {
        const token *k = scene_token(s, t);
        if (k->head < 0 || !carries_status(k->rel)) return -1;
        uint32_t up = (uint32_t)k->head;
        if (k->rel == DEPREL_CONJ && scene_child(s, t, DEPREL_NSUBJ) != NO_TOKEN) return -1;
        bool noun = scene_token(s, up)->pos == UPOS_NOUN;
        bool subject = deprel_universal(k->rel) == DEPREL_NSUBJ || deprel_universal(k->rel) == DEPREL_CSUBJ;
        int got = subject && !noun ? use_cue(s, h, CUE_MODIFIER, up) : -1;
        const bool aside = k->rel == DEPREL_ADVCL && !is_infinitive(s, t) && !is_governed_gerund(s, t);
        const bool governed = k->rel != DEPREL_CONJ && k->rel != DEPREL_ACL_RELCL && !aside
                              && (!subject || scene_is_passive(s, up));
        /* "the decision to attack", but not "in attacking" */
        const bool about = noun && str_is(preposition_of(s, t), "in");
        const status_cue *cue = got < 0 && governed && !about ? cue_above(s, up, noun) : NULL;
        if (cue && cue->hedges) add_hedge(s, h, up);
        if (is_implicative(cue)) {
            h->is_settled = true;
            got = look_at_children(s, h, up, denied);
            if (got < 0 && is_progressive(s, up)) got = STATUS_ONGOING;
            if (got >= 0) return got;
            t = up;
            continue;
        }
        if (cue) got = status_by(s, h, cue, up);
        if (got >= 0) return got;
        if (k->rel == DEPREL_ACL_RELCL) return -1;
        if (k->rel == DEPREL_ADVCL) return is_infinitive(s, t) ? STATUS_PLANNED : status_of_time(s, h, t);
        if (k->rel == DEPREL_XCOMP || k->rel == DEPREL_CONJ || k->rel == DEPREL_OBJ) {
            got = look_at_children(s, h, up, denied);
            if (got >= 0) return got;
        }
        t = up;
    }
    return -1;
}

/* "The blast has not stirred hatred": what a happening does not do is not that it did not happen. */
static bool acts_itself(const scene *s, const happening *h)
{
    const token *k = scene_token(s, h->token);
    return k->rel == DEPREL_NSUBJ && k->head == (int32_t)h->predicate && !h->support
           && !scene_is_passive(s, h->predicate) && !scene_in(s, &s->book->happen_verbs, h->predicate);
}

/* Status by the verb that carries the noun, and by what stands above. */
static int status_of_clause(const scene *s, happening *h, bool *denied)
{
    const uint32_t by = h->predicate;
    int status = -1;
    if (by != h->token && scene_is_verb(s, by)) {
        bool negated = false;
        status = look_at_children(s, h, by, &negated);
        *denied = *denied || (negated && !acts_itself(s, h));
        if (status < 0 && h->support) status = h->support->status;
        /* "clashes continue", "talks are planned" */
        const status_cue *cue = status < 0 ? cue_of(s, CUE_GOVERNOR, by) : NULL;
        if (cue && cue->hedges) add_hedge(s, h, by);
        if (cue) status = status_by(s, h, cue, by);
        if (cue && cue->status == STATUS_DENIED && status != STATUS_DENIED) *denied = false;
    } else if (by != h->token) {
        /* "the clashes are ongoing" */
        status = use_cue(s, h, CUE_MODIFIER, by);
    }
    if (status < 0) status = look_above(s, h, scene_is_verb(s, by) ? by : h->token, denied);
    return status < 0 && (is_progressive(s, by) || is_progressive(s, h->token)) ? STATUS_ONGOING : status;
}

void happening_fill_status(const scene *s, happening *h)
{
    bool denied = false;
    int status = h->rule->status;
    const int own = look_at_children(s, h, h->token, &denied);
    if (status < 0) status = own;
    bool apart = false;
    const int got = status_of_clause(s, h, &apart);
    if (scene_given(s, h->token) != NO_TOKEN) {
        h->is_settled = apart || (got >= 0 && got != STATUS_OCCURRED);
    } else {
        denied = denied || apart;
        if (status < 0) status = got;
    }
    if (scene_is_verb(s, h->token)) denied = denied || happens_to_nothing(s, h->token);
    /* "if no agreement is reached" */
    if (denied && status != STATUS_PREDICTED) status = STATUS_DENIED;
    h->claim.status = status < 0 ? STATUS_OCCURRED : (claim_status)status;
}

/* "the army said", but not "is said to have" */
static bool is_plain(const scene *s, const sentence *sent, span at)
{
    for (uint32_t t = sent->first; t < sent->first + sent->n; t++)
        if (scene_token(s, t)->at.start == at.start)
            return scene_is_verb(s, t) && !scene_is_passive(s, t)
                   && scene_in(s, &s->book->plain_reporting, t);
    return false;
}

void status_drop_plain(const scene *s, claim *c)
{
    const sentence *sent = &s->doc->sentences.v[scene_token(s, c->trigger_token)->sentence];
    size_t kept = 0;
    for (size_t i = 0; i < c->hedges.n; i++)
        if (!is_plain(s, sent, c->hedges.v[i])) c->hedges.v[kept++] = c->hedges.v[i];
    c->hedges.n = kept;
}
