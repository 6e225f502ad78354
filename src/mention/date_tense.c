#include "mention/date_resolve.h"

#define MAX_CLIMB 24

static bool is_verb(const token *t)
{
    switch (t->tag) {
    case XPOS_VB:
    case XPOS_VBD:
    case XPOS_VBG:
    case XPOS_VBN:
    case XPOS_VBP:
    case XPOS_VBZ: return true;
    default: return false;
    }
}

static bool is_modal(const date_reader *r, const token *t)
{
    uint32_t word = map_get(&r->rules->words, t->norm);
    return t->tag == XPOS_MD || date_word_in(r->rules, word, CLASS_MODAL);
}

typedef struct company {
    bool modal, past, perfect, to, be;
} company;

static void look_at(const date_reader *r, const token *t, company *c)
{
    if (t->tag == XPOS_MD && is_modal(r, t)) c->modal = true;
    if (t->tag == XPOS_TO) c->to = true;
    if (t->pos != UPOS_AUX) return;
    if (t->tag == XPOS_VBD) c->past = true;
    if (str_is(t->lemma, "have")) c->perfect = true;
    if (str_is(t->lemma, "be")) c->be = true;
}

static company company_of(const date_reader *r, uint32_t verb)
{
    const document *d = r->d;
    const sentence *s = &d->sentences.v[d->tokens.v[verb].sentence];
    company c = {0};
    for (uint32_t i = s->first; i < s->first + s->n; i++)
        if (d->tokens.v[i].head == (int32_t)verb) look_at(r, &d->tokens.v[i], &c);
    return c;
}

static bool is_planned(const date_reader *r, const token *t)
{
    uint32_t word = map_get(&r->rules->words, t->norm);
    return t->tag != XPOS_MD && date_word_in(r->rules, word, CLASS_MODAL);
}

static tense tense_of_verb(const date_reader *r, uint32_t verb)
{
    const token *t = &r->d->tokens.v[verb];
    company c = company_of(r, verb);
    if (c.modal) return TENSE_FUTURE;
    if (is_planned(r, t) && t->tag != XPOS_VBD && !c.past) return TENSE_FUTURE;
    if (c.to && t->tag == XPOS_VB) return TENSE_FUTURE; /* "was to arrive" too */
    if (c.past || c.perfect || t->tag == XPOS_VBD) return TENSE_PAST;
    if (t->tag == XPOS_VBN) return c.be ? TENSE_PRESENT : TENSE_PAST;
    if (t->tag == XPOS_VBG && !c.be) return TENSE_NONE;
    return t->tag == XPOS_VB ? TENSE_NONE : TENSE_PRESENT;
}

/* "forced them to retreat", "managed to flee": the infinitive has the tense of its verb. */
static bool is_implied(const date_reader *r, int64_t i)
{
    int32_t head = r->d->tokens.v[i].head;
    if (head < 0 || (size_t)head >= r->d->tokens.n) return false;
    return date_word_in(r->rules, map_get(&r->rules->words, r->d->tokens.v[head].lemma), CLASS_IMPLIED);
}

/* "had been due to expire": what was to come lies behind. */
static bool governor_is_past_perfect(const date_reader *r, int64_t i)
{
    int32_t head = r->d->tokens.v[i].head;
    if (head < 0 || (size_t)head >= r->d->tokens.n) return false;
    company c = company_of(r, (uint32_t)head);
    return c.past; /* but "has vowed to leave" */
}

tense date_tense(const date_reader *r, uint32_t token_index, bool *direct)
{
    const document *d = r->d;
    int64_t i = token_index;
    tense found = TENSE_NONE;
    int step = 0, verb_step = 0;
    for (; step < MAX_CLIMB && i >= 0 && i < (int64_t)d->tokens.n; step++, i = d->tokens.v[i].head) {
        const token *t = &d->tokens.v[i];
        if (t->tag == XPOS_JJ && is_planned(r, t) && step) found = TENSE_FUTURE;
        else if (is_verb(t)) found = tense_of_verb(r, (uint32_t)i);
        bool infinitive = found == TENSE_FUTURE && is_verb(t) && t->tag == XPOS_VB;
        if (infinitive && (is_implied(r, i) || governor_is_past_perfect(r, i))) found = TENSE_NONE;
        if (is_verb(t) && !verb_step) verb_step = step;
        if (found != TENSE_NONE) break;
    }
    if (direct) *direct = verb_step == 1 && step == 1;
    if (found == TENSE_PRESENT && d->sentences.v[d->tokens.v[token_index].sentence].is_headline)
        return TENSE_PAST;
    return found;
}
