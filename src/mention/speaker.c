/* Who "we" and "I" are: who speaks, by the verb of speech that the quotation hangs on, else by those of the sentences beside
 * it while the quotation runs on. "We" of a spokesman or commander are those whom he speaks for. */
#include "mention/chain.h"

enum { MAX_CLIMB = 24, SENTENCES_BACK = 6, SENTENCES_AHEAD = 2, UNQUOTED_BACK = 2 };

static bool is_speaker_word(const chaining *c, uint32_t t)
{
    return lexicon_has(c->r->lex, SET_SPEAKER, c->r->key[t]);
}

/* The party that a token heads; of a pronoun what it stands for. */
static uint32_t party_at(const chaining *c, uint32_t t)
{
    const uint32_t m = t == NO_TOKEN ? MAP_NONE : c->who_at[t];
    if (m == MAP_NONE || !c->v[m].is_pronoun) return m;
    return c->link[m] != m && !is_speaker_word(c, t) ? c->link[m] : MAP_NONE;
}

/* "a statement by the front said", "the front's statement said" */
static uint32_t author_of(const chaining *c, uint32_t noun)
{
    FOR_CHILDREN (c->r, t, noun) {
        if (deprel_universal(reading_token(c->r, t)->rel) != DEPREL_NMOD) continue;
        const str p = reading_preposition(c->r, t);
        const uint32_t m = party_at(c, t);
        if (m != MAP_NONE && (!p.len || str_is(p, "by") || str_is(p, "from") || str_is(p, "of"))) return m;
    }
    return MAP_NONE;
}

/* "said", "issued a statement" */
static bool tells(const chaining *c, uint32_t verb)
{
    const uint32_t what = reading_child(c->r, verb, DEPREL_OBJ);
    return lexicon_has(c->r->lex, SET_SPEECH, c->r->lemma[verb])
           || (what != NO_TOKEN && lexicon_has(c->r->lex, SET_PAPER, c->r->lemma[what]));
}

static uint32_t speaker_by(const chaining *c, uint32_t verb)
{
    if (verb == NO_TOKEN || !tells(c, verb)) return MAP_NONE;
    const uint32_t t = chain_subject(c, verb);
    if (t == NO_TOKEN) return MAP_NONE;
    const uint32_t m = party_at(c, t);
    return m != MAP_NONE ? m : author_of(c, t);
}

/* Up from the pronoun, and beside every word on the way. */
static uint32_t speaker_above(const chaining *c, uint32_t t)
{
    for (int i = 0; i < MAX_CLIMB && t != NO_TOKEN; i++) {
        const uint32_t up = reading_head(c->r, t);
        uint32_t m = speaker_by(c, up);
        if (m == MAP_NONE) m = speaker_by(c, reading_child(c->r, t, DEPREL_PARATAXIS));
        if (m != MAP_NONE) return m;
        t = up;
    }
    return MAP_NONE;
}

static uint32_t speaker_in(const chaining *c, const sentence *s)
{
    for (uint32_t t = s->first; t < sentence_end(s); t++) {
        const uint32_t m = speaker_by(c, t);
        if (m != MAP_NONE) return m;
    }
    return MAP_NONE;
}

static bool is_quote(const chaining *c, uint32_t t)
{
    const str w = reading_token(c->r, t)->norm;
    return str_is(w, "\"") || str_is(w, "''") || str_is(w, "``") || str_is(w, "\"\"");
}

bool chain_is_quoted(const chaining *c, uint32_t t)
{
    const sentence *all = c->r->doc->sentences.v;
    const uint32_t own = reading_token(c->r, t)->sentence;
    uint32_t from = own, marks = 0;
    while (from > 0 && own - from < SENTENCES_BACK && all[from - 1].block == all[own].block) from--;
    for (uint32_t i = all[from].first; i < t; i++) marks += is_quote(c, i);
    return marks % 2;
}

static uint32_t speaker_before(const chaining *c, uint32_t own, uint32_t most, bool same_block)
{
    const sentence *all = c->r->doc->sentences.v;
    for (uint32_t back = 1; back <= most && back <= own; back++) {
        if (same_block && all[own - back].block != all[own].block) break;
        const uint32_t m = speaker_in(c, &all[own - back]);
        if (m != MAP_NONE) return m;
    }
    return MAP_NONE;
}

static uint32_t speaker_behind(const chaining *c, uint32_t own)
{
    const sentence *all = c->r->doc->sentences.v;
    const uint32_t n = (uint32_t)c->r->doc->sentences.n;
    for (uint32_t i = own + 1; i < n && i <= own + SENTENCES_AHEAD && all[i].block == all[own].block; i++) {
        const uint32_t m = speaker_in(c, &all[i]);
        if (m != MAP_NONE) return m;
    }
    return MAP_NONE;
}

static uint32_t speaker_of(const chaining *c, uint32_t t)
{
    const uint32_t own = reading_token(c->r, t)->sentence;
    uint32_t m = speaker_above(c, t);
    if (m == MAP_NONE) m = speaker_in(c, &c->r->doc->sentences.v[own]);
    if (m != MAP_NONE) return m;
    if (!chain_is_quoted(c, t)) return speaker_before(c, own, UNQUOTED_BACK, true);
    m = speaker_before(c, own, SENTENCES_BACK, true);
    if (m == MAP_NONE) m = speaker_behind(c, own);
    return m == MAP_NONE ? speaker_before(c, own, SENTENCES_BACK, false) : m;
}

/* Whether `inner` is whom the person of `outer` speaks for: "spokesman for the Sudanese army". */
static bool speaks_for(const chaining *c, const mention *outer, const mention *inner)
{
    if (inner == outer || inner->kind != MENTION_ORGANISATION || inner->actor == ACTOR_MEDIA
        || inner->first < outer->first || inner->first + inner->n > outer->first + outer->n)
        return false;
    const str p = reading_preposition(c->r, inner->head);
    return !p.len || str_is(p, "of") || str_is(p, "for") || str_is(p, "from") || str_is(p, "with")
           || str_is(p, "in");
}

static uint32_t root_of(const chaining *c, uint32_t m)
{
    for (uint32_t i = 0; i < c->n && c->link[m] != m; i++) m = c->link[m];
    return m;
}

enum { MENTIONS_BESIDE = 8 };

/* Whom the phrase of person `m` names beside the person. */
static uint32_t body_in(const chaining *c, uint32_t m)
{
    const uint32_t from = m > MENTIONS_BESIDE ? m - MENTIONS_BESIDE : 0;
    for (uint32_t i = from; i < c->n && i <= m + MENTIONS_BESIDE; i++)
        if (speaks_for(c, &c->v[m], &c->v[i])) return i;
    return MAP_NONE;
}

enum { CHAIN_BACK = 400 };

/* Those whom a person speaks for, as one of the person's mentions tells; else the person. */
static uint32_t body_of(const chaining *c, uint32_t m)
{
    if (c->v[m].kind != MENTION_PERSON || chain_is_plural(c, m)) return m;
    const uint32_t root = root_of(c, m);
    uint32_t from = root < m ? root : m, end = m + MENTIONS_BESIDE;
    if (m - from > CHAIN_BACK) from = m - CHAIN_BACK;
    for (uint32_t i = from; i < c->n && i <= end; i++) {
        if (c->v[i].kind != MENTION_PERSON || c->v[i].is_pronoun || root_of(c, i) != root) continue;
        const uint32_t body = body_in(c, i);
        if (body != MAP_NONE) return body;
    }
    return m;
}

/* Nobody calls himself or his own side "they" or "it": only what is not quoted may. */
bool chain_is_speaking(const chaining *c, uint32_t self, uint32_t m)
{
    const uint32_t t = c->v[self].head, speaker = chain_is_quoted(c, t) ? speaker_of(c, t) : MAP_NONE;
    if (speaker == MAP_NONE || speaker_by(c, reading_head(c->r, t)) != MAP_NONE) return false;
    const uint32_t root = root_of(c, m);
    return root == root_of(c, speaker) || root == root_of(c, body_of(c, speaker));
}

uint32_t chain_speaker(const chaining *c, uint32_t self)
{
    const uint32_t t = c->v[self].head, m = speaker_of(c, t);
    if (m == MAP_NONE || m == self) return MAP_NONE;
    return lexicon_has(c->r->lex, SET_WE, c->r->key[t]) ? body_of(c, m) : m;
}
