/* Claimants: who the text says said so, nearest first. Clauses under verbs of saying, "according to",
 * "…, the ministry said", "as X reported", quotations that run on. */
#include "claim/happening.h"

enum { MAX_LEVELS = 12 };

static bool is_reporting(const scene *s, uint32_t t)
{
    return scene_in(s, &s->book->reporting, t);
}

static void push_claimant(const scene *s, claim *c, claim_claimant k)
{
    for (size_t i = 0; i < c->claimants.n; i++)
        if (span_overlaps(c->claimants.v[i].at, k.at)
            || (scene_chain(s, k.token)
                && scene_chain(s, k.token) == scene_chain(s, c->claimants.v[i].token)))
            return;
    *array_push(s->arena, &c->claimants) = k;
}

void source_add(const scene *s, claim *c, uint32_t t)
{
    claim as_actor = {0};
    role_add(s, &as_actor, ROLE_ACTOR, t);
    for (size_t i = 0; i < as_actor.actors.n; i++)
        push_claimant(s, c,
                      (claim_claimant){as_actor.actors.v[i].at, t, as_actor.actors.v[i].name,
                                       as_actor.actors.v[i].kind});
}

static void add_all(const scene *s, claim *c, const token_list *l)
{
    for (size_t i = 0; i < l->n; i++) source_add(s, c, l->v[i]);
}

/* "Reuters" of "told Reuters", but not "the Today programme", "parliament", "the court". */
bool source_may_hear(const scene *s, uint32_t t)
{
    const mention *m = s->who_at[t] == MAP_NONE ? NULL : &s->doc->mentions.v[s->who_at[t]];
    if (!m || scene_in(s, &s->book->audiences, t)) return false;
    return m->actor == ACTOR_MEDIA || (m->kind == MENTION_ORGANISATION && m->is_named);
}

/* "told Reuters": the medium that it was said to; "said, citing the ministry": the source behind. */
static void add_medium(const scene *s, claim *c, uint32_t verb)
{
    FOR_CHILDREN (s, child, verb) {
        const token *k = scene_token(s, child);
        uint32_t who = s->who_at[child];
        if ((k->rel == DEPREL_OBJ || k->rel == DEPREL_IOBJ) && who != MAP_NONE) {
            if (source_may_hear(s, child)) source_add(s, c, child);
        }
        bool silent = scene_child(s, child, DEPREL_MARK) != NO_TOKEN; /* "without citing its sources" */
        if (k->rel == DEPREL_ADVCL && k->tag == XPOS_VBG && is_reporting(s, child) && !silent) {
            token_list behind = {0};
            scene_objects(s, child, &behind);
            add_all(s, c, &behind);
        }
    }
}

static bool add_speaker(const scene *s, claim *c, uint32_t verb)
{
    token_list who = {0};
    if (scene_is_verb(s, verb)) scene_subjects(s, verb, &who);
    else
        scene_slot(s, verb, STR("of"), &who), scene_slot(s, verb, STR("by"), &who),
            scene_slot(s, verb, STR("poss"), &who), scene_slot(s, verb, STR("from"), &who);
    size_t before = c->claimants.n;
    add_all(s, c, &who);
    /* "a statement said", "the report says" without its author: the noun itself */
    if (scene_is_verb(s, verb)) add_medium(s, c, verb);
    return c->claimants.n > before;
}

static bool is_said_clause(const scene *s, uint32_t t)
{
    switch (scene_token(s, t)->rel) {
    case DEPREL_CCOMP:
    case DEPREL_PARATAXIS:
    case DEPREL_XCOMP:
    case DEPREL_ADVCL:
    case DEPREL_ACL:
    case DEPREL_OBL:
    case DEPREL_CONJ:
    case DEPREL_DEP:
    case DEPREL_CSUBJ:
    case DEPREL_CSUBJ_PASS: return true;
    default: return false;
    }
}

/* "according to X", "according X": the preposition is the table's word "according". */
static void add_according(const scene *s, claim *c, uint32_t t)
{
    FOR_CHILDREN (s, child, t) {
        deprel r = deprel_universal(scene_token(s, child)->rel);
        if (r != DEPREL_OBL && r != DEPREL_NMOD && r != DEPREL_ADVCL && r != DEPREL_ADVMOD) continue;
        str p = scene_preposition(s, child);
        if (str_is(p, "according") || str_is(p, "per")) {
            token_list l = {0};
            *array_push(s->arena, &l) = child;
            add_all(s, c, &l);
        } else if (str_is(scene_token(s, child)->norm, "according")) {
            token_list l = {0};
            scene_slot(s, child, STR("to"), &l);
            add_all(s, c, &l);
        }
    }
}

/* A verb of saying with a subject of its own and nothing that is said below it. */
static bool is_bare_saying(const scene *s, uint32_t verb)
{
    return (scene_child(s, verb, DEPREL_NSUBJ) != NO_TOKEN)
           && scene_child(s, verb, DEPREL_CCOMP) == NO_TOKEN && scene_child(s, verb, DEPREL_OBJ) == NO_TOKEN
           && scene_child(s, verb, DEPREL_XCOMP) == NO_TOKEN;
}

static void look_below(const scene *s, claim *c, uint32_t t, uint32_t own)
{
    FOR_CHILDREN (s, child, t) {
        const token *k = scene_token(s, child);
        /* parsers also take "…, the ministry said" for a conjunct */
        bool beside = k->rel == DEPREL_PARATAXIS || k->rel == DEPREL_ADVCL || k->rel == DEPREL_DISCOURSE
                      || (k->rel == DEPREL_CONJ && is_bare_saying(s, child));
        if (child == own || !beside || !is_reporting(s, child) || !scene_is_verb(s, child)) continue;
        /* "…, killing six, the ministry said": said hangs beside; "…, saying that": its own content below */
        if (k->rel == DEPREL_ADVCL && scene_child(s, child, DEPREL_CCOMP) != NO_TOKEN) continue;
        if (k->rel == DEPREL_ADVCL && k->tag == XPOS_VBG) continue;
        add_speaker(s, c, child);
    }
}

static bool is_colon_source(const scene *s, uint32_t t, const sentence *sent)
{
    return t > sent->first && (str_is(scene_token(s, t)->norm, ":") || str_is(scene_token(s, t)->norm, "-"))
           && sent->first + sent->n - t - 1 <= 5 && sent->first + sent->n - t - 1 >= 1;
}

enum { OPENING = 6 };

/* "SOHR: drone targets convoy", "UN: thousands flee": the party before the colon that opens a headline; NO_TOKEN. */
static uint32_t opening_source(const scene *s, const sentence *sent, const happening *h)
{
    for (uint32_t t = sent->first + 1; t < sent->first + sent->n && t <= sent->first + OPENING; t++) {
        if (!str_is(scene_token(s, t)->norm, ":")) continue;
        const uint32_t who = s->who_at[t - 1];
        const bool whole = who != MAP_NONE && s->doc->mentions.v[who].first == sent->first;
        return whole && h->first > t ? t - 1 : NO_TOKEN;
    }
    return NO_TOKEN;
}

uint32_t source_of_headline(const scene *s, const happening *h)
{
    const sentence *sent = &s->doc->sentences.v[scene_token(s, h->token)->sentence];
    if (!sent->is_headline) return NO_TOKEN;
    const uint32_t opening = opening_source(s, sent, h);
    if (opening != NO_TOKEN) return opening;
    for (uint32_t t = sent->first; t < sent->first + sent->n; t++) {
        if (!is_colon_source(s, t, sent) || t <= h->last) continue;
        for (uint32_t w = t + 1; w < sent->first + sent->n; w++)
            if (s->who_at[w] != MAP_NONE || is_reporting(s, w)) return w;
    }
    return NO_TOKEN;
}

void happening_fill_source(const scene *s, happening *h)
{
    claim *c = &h->claim;
    uint32_t t = h->predicate, below = NO_TOKEN;
    if (h->predicate != h->token) add_according(s, c, h->token);
    for (int level = 0; level < MAX_LEVELS; level++) {
        add_according(s, c, t);
        look_below(s, c, t, below);
        const token *k = scene_token(s, t);
        if (k->head < 0) break;
        uint32_t up = (uint32_t)k->head;
        if (is_said_clause(s, t) && is_reporting(s, up)
            && !(k->rel == DEPREL_ADVCL && k->tag != XPOS_VBG && level > 0)) {
            /* "denounced suggestions by X that": what stands above is said of the words, not of the happening */
            const bool found = add_speaker(s, c, up);
            if (found && !scene_is_verb(s, up) && k->rel == DEPREL_ACL) break;
        }
        below = t;
        t = up;
    }
    const uint32_t headline = source_of_headline(s, h);
    if (headline != NO_TOKEN) source_add(s, c, headline);
}

enum { WORDS_CLIMB = 8 };

/* The noun of saying whose clause tells the happening: "suggestions" of "suggestions by Brandt that he would leave". */
static uint32_t words_above(const scene *s, uint32_t t)
{
    for (int i = 0; i < WORDS_CLIMB && scene_token(s, t)->head >= 0; i++) {
        const uint32_t up = (uint32_t)scene_token(s, t)->head;
        if (deprel_universal(scene_token(s, t)->rel) == DEPREL_ACL && is_reporting(s, up)
            && !scene_is_verb(s, up))
            return up;
        t = up;
    }
    return NO_TOKEN;
}

bool source_only_answers(const scene *s, const happening *h, uint32_t t)
{
    const uint32_t words = words_above(s, h->token);
    if (words == NO_TOKEN || scene_token(s, words)->head < 0 || scene_below(s, t, words)) return false;
    const uint32_t verb = (uint32_t)scene_token(s, words)->head;
    const deprel r = deprel_universal(scene_token(s, words)->rel);
    claim own = {0};
    const bool answered = (r == DEPREL_OBL && str_is(scene_preposition(s, words), "to"))
                          || (r == DEPREL_OBJ && add_speaker(s, &own, words));
    if (!answered || !scene_is_verb(s, verb)) return false;
    token_list who = {0};
    scene_subjects(s, verb, &who);
    for (size_t i = 0; i < who.n; i++)
        if (who.v[i] == t || (scene_chain(s, t) && scene_chain(s, t) == scene_chain(s, who.v[i])))
            return true;
    return false;
}

/* ---- quotations --------------------------------------------------------------------------------- */

static bool is_quote(const scene *s, uint32_t t)
{
    return str_is(scene_token(s, t)->norm, "\"") || str_is(scene_token(s, t)->norm, "''")
           || str_is(scene_token(s, t)->norm, "\"\"") || str_is(scene_token(s, t)->norm, "``");
}

static uint32_t speaker_in(const scene *s, const sentence *sent)
{
    for (uint32_t t = sent->first; t < sent->first + sent->n; t++) {
        if (!scene_is_verb(s, t) || !is_reporting(s, t)) continue;
        token_list who = {0};
        scene_subjects(s, t, &who);
        for (size_t i = 0; i < who.n; i++)
            if (s->who_at[who.v[i]] != MAP_NONE) return who.v[i];
    }
    return NO_TOKEN;
}

void source_follow_quotes(const scene *s, uint32_t n, quote_state *q)
{
    const sentence *sent = &s->doc->sentences.v[n];
    if (n && s->doc->sentences.v[n - 1].block != sent->block) q->open = false;
    uint32_t speaker = speaker_in(s, sent);
    if (speaker != NO_TOKEN) q->speaker = speaker;
    if (!q->open) q->open = sent->n && is_quote(s, sent->first);
    if (!q->open && speaker == NO_TOKEN) {
        bool any = false;
        for (uint32_t t = sent->first; t < sent->first + sent->n; t++) any = any || is_quote(s, t);
        if (!any && n && s->doc->sentences.v[n - 1].block != sent->block) q->speaker = NO_TOKEN;
    }
}

void source_add_quoted(const scene *s, const quote_state *q, happening *h)
{
    if (!q->open || q->speaker == NO_TOKEN || h->claim.claimants.n) return;
    source_add(s, &h->claim, q->speaker);
}

enum { QUOTE_SENTENCES = 8, QUOTE_WORDS = 5, SAYING_WORDS = 14 };

/* First token of the paragraph, or of the sentences of it that count, and the first one behind it. */
static void paragraph_of(const scene *s, uint32_t n, uint32_t *first, uint32_t *end)
{
    const sentence *all = s->doc->sentences.v;
    uint32_t from = n, to = n;
    while (from > 0 && n - from < QUOTE_SENTENCES && all[from - 1].block == all[n].block) from--;
    while (to + 1 < s->doc->sentences.n && to - n < QUOTE_SENTENCES && all[to + 1].block == all[n].block)
        to++;
    *first = all[from].first;
    *end = all[to].first + all[to].n;
}

/* The quotation marks round a token; false where it stands outside or where only a word or two are quoted. */
static bool marks_around(const scene *s, uint32_t t, uint32_t *open, uint32_t *close)
{
    uint32_t first, end;
    paragraph_of(s, scene_token(s, t)->sentence, &first, &end);
    *open = *close = NO_TOKEN;
    for (uint32_t i = first; i < t; i++)
        if (is_quote(s, i)) *open = *open == NO_TOKEN ? i : NO_TOKEN;
    for (uint32_t i = t; i < end && *close == NO_TOKEN; i++)
        if (is_quote(s, i)) *close = i;
    return *open != NO_TOKEN && *close != NO_TOKEN && *close - *open > QUOTE_WORDS;
}

/* Who says so by a verb of saying among the tokens [first, end), which belong to one sentence; NO_TOKEN. */
static uint32_t speaker_among(const scene *s, uint32_t first, uint32_t end)
{
    for (uint32_t t = first; t < end; t++) {
        if (!scene_is_verb(s, t) || !is_reporting(s, t)) continue;
        token_list who = {0};
        scene_subjects(s, t, &who);
        for (size_t i = 0; i < who.n; i++)
            if (who.v[i] >= first && who.v[i] < end && s->who_at[who.v[i]] != MAP_NONE) return who.v[i];
    }
    return NO_TOKEN;
}

/* "…," the minister said, or else the minister said: "…": who is named beside the quotation that a token stands in. */
uint32_t source_of_quotation(const scene *s, uint32_t t)
{
    uint32_t open, close;
    if (!marks_around(s, t, &open, &close)) return NO_TOKEN;
    const sentence *all = s->doc->sentences.v, *last = &all[scene_token(s, close)->sentence];
    uint32_t end = last->first + last->n;
    for (uint32_t i = close + 1; i < end; i++)
        if (is_quote(s, i)) end = i;
    if (end > close + SAYING_WORDS) end = close + SAYING_WORDS;
    const uint32_t behind = speaker_among(s, close + 1, end);
    if (behind != NO_TOKEN || open == 0) return behind;
    const sentence *before = &all[scene_token(s, open - 1)->sentence];
    if (before->block != all[scene_token(s, open)->sentence].block) return NO_TOKEN;
    uint32_t first = before->first;
    for (uint32_t i = first; i < open; i++)
        if (is_quote(s, i)) first = i + 1;
    return speaker_among(s, first, open);
}

/* "mission" for "explosions" of "the mission recorded explosions", "the camera observed 12 explosions": who perceives a
 * happening tells of it; NO_TOKEN. */
uint32_t source_of_perception(const scene *s, const happening *h)
{
    const token *k = scene_token(s, h->token);
    if (k->rel != DEPREL_OBJ || k->head < 0 || !scene_in(s, &s->book->perceiving, (uint32_t)k->head))
        return NO_TOKEN;
    const uint32_t who = scene_child(s, (uint32_t)k->head, DEPREL_NSUBJ);
    if (who == NO_TOKEN || s->place_over[who] != MAP_NONE) return NO_TOKEN;
    return s->who_at[who] != MAP_NONE || scene_in(s, &s->book->observers, who) ? who : NO_TOKEN;
}
