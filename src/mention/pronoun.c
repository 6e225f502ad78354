/* Antecedents of pronouns, along the tree: the noun that a relative clause hangs on; the subject of the clause above; the
 * subject of the sentence before. A pronoun that fits none of these stays alone. */
#include "mention/chain.h"

enum { MAX_CLIMB = 24, BACK_SENTENCES = 2, MAX_LINKS = 64 };

typedef enum pronoun_sort {
    NO_SORT,
    SORT_MAN,
    SORT_WOMAN,
    SORT_MANY,
    SORT_BODY,
    SORT_RELATIVE,
    SORT_SPEAKER
} pronoun_sort;

static pronoun_sort sort_of(const chaining *c, str key)
{
    static const struct {
        word_set set;
        pronoun_sort sort;
    } sorts[] = {
        {SET_HE, SORT_MAN},  {SET_SHE, SORT_WOMAN},    {SET_THEY, SORT_MANY},
        {SET_IT, SORT_BODY}, {SET_WHO, SORT_RELATIVE}, {SET_SPEAKER, SORT_SPEAKER},
    };
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++)
        if (lexicon_has(c->r->lex, sorts[i].set, key)) return sorts[i].sort;
    return NO_SORT;
}

enum { GENDER_MAN = 1, GENDER_WOMAN = 2 };

static uint32_t link_root(const chaining *c, uint32_t m)
{
    for (int i = 0; i < MAX_LINKS && c->link[m] != m; i++) m = c->link[m];
    return m;
}

/* Titles, given names and words of kinship before and at the head; of what stands behind it ("father of Ann") none. */
static uint8_t gender_of(const chaining *c, const mention *m)
{
    for (uint32_t t = m->first; t < m->first + m->n && t <= m->head; t++) {
        const bool owner = reading_token(c->r, t)->rel == DEPREL_NMOD_POSS;
        if (!owner && lexicon_has(c->r->lex, SET_WOMAN, c->r->key[t])) return GENDER_WOMAN;
        if (!owner && lexicon_has(c->r->lex, SET_MAN, c->r->key[t])) return GENDER_MAN;
    }
    return 0;
}

/* What the chain of a mention is known as: by its words, by earlier pronouns. */
static void note_genders(chaining *c)
{
    c->gender = arena_new(c->r->arena, uint8_t, c->n + 1);
    memset(c->gender, 0, c->n + 1);
    for (uint32_t m = 0; m < c->n; m++)
        if (c->v[m].kind == MENTION_PERSON && !c->v[m].is_pronoun && !chain_is_plural(c, m))
            c->gender[link_root(c, m)] |= gender_of(c, &c->v[m]);
}

static bool is_of(const chaining *c, uint32_t m, uint8_t gender)
{
    return c->gender[link_root(c, m)] == gender;
}

static bool has_conjunct(const chaining *c, uint32_t m)
{
    FOR_CHILDREN (c->r, t, c->v[m].head)
        if (reading_token(c->r, t)->rel == DEPREL_CONJ) return true;
    return false;
}

/* "guerrilla" of "a guerrilla war" is nobody in particular. */
static bool only_modifies(const chaining *c, uint32_t m)
{
    const deprel rel = reading_token(c->r, c->v[m].head)->rel;
    return (rel == DEPREL_COMPOUND || rel == DEPREL_AMOD) && !c->v[m].is_named;
}

static bool fits(const chaining *c, uint32_t m, pronoun_sort sort)
{
    const mention *v = &c->v[m];
    if (v->is_pronoun) return sort_of(c, c->r->key[v->head]) == sort && c->link[m] != m;
    if (only_modifies(c, m)) return false;
    bool plural = chain_is_plural(c, m) || reading_token(c->r, v->head)->pos == UPOS_NUM;
    head_noun h = lexicon_head(c->r->lex, c->r->lemma[v->head]);
    switch (sort) {
    case SORT_MAN: return v->kind == MENTION_PERSON && !plural && !is_of(c, m, GENDER_WOMAN);
    case SORT_WOMAN: return v->kind == MENTION_PERSON && !plural && !is_of(c, m, GENDER_MAN);
    case SORT_MANY:
        return plural || has_conjunct(c, m)
               || (v->kind == MENTION_ORGANISATION && (v->is_named || (h.known && h.shape == SHAPE_GROUP)));
    case SORT_BODY: return v->kind == MENTION_ORGANISATION && !plural;
    default: return false;
    }
}

static bool is_subject(deprel d)
{
    return deprel_universal(d) == DEPREL_NSUBJ;
}

uint32_t chain_subject(const chaining *c, uint32_t verb)
{
    for (int i = 0; i < MAX_CLIMB && verb != NO_TOKEN; i++) {
        FOR_CHILDREN (c->r, t, verb)
            if (is_subject(reading_token(c->r, t)->rel)) return t;
        deprel d = reading_token(c->r, verb)->rel;
        if (d != DEPREL_CONJ && d != DEPREL_XCOMP) break;
        verb = reading_head(c->r, verb);
    }
    return NO_TOKEN;
}

static uint32_t mention_at(const chaining *c, uint32_t t, pronoun_sort sort, uint32_t self)
{
    if (t == NO_TOKEN) return MAP_NONE;
    uint32_t m = c->who_at[t];
    if (m == MAP_NONE && sort == SORT_BODY && c->where_at[t] != MAP_NONE
        && c->v[c->where_at[t]].country.len)
        return c->where_at[t];
    return m != MAP_NONE && m != self && c->v[m].at.start < c->v[self].at.start && fits(c, m, sort)
               ? m
               : MAP_NONE;
}

static bool is_possessive(const chaining *c, uint32_t t)
{
    return deprel_universal(reading_token(c->r, t)->rel) == DEPREL_NMOD;
}

/* "leaders" for "invited the leaders and congratulated them": an object goes on with the object before. */
static bool shares_subject(const chaining *c, uint32_t verb, uint32_t self)
{
    const deprel own = reading_token(c->r, self)->rel;
    return (own == DEPREL_OBJ || own == DEPREL_IOBJ || own == DEPREL_OBL)
           && reading_token(c->r, verb)->rel == DEPREL_CONJ && verb < self
           && reading_child(c->r, verb, DEPREL_NSUBJ) == NO_TOKEN;
}

/* "Brandt" for "he" in "denounced suggestions by Brandt that he would leave": whose words the clause tells. */
static uint32_t teller(const chaining *c, uint32_t noun, pronoun_sort sort, uint32_t self)
{
    if (!lexicon_has(c->r->lex, SET_TELLING, c->r->lemma[noun])) return MAP_NONE;
    FOR_CHILDREN (c->r, t, noun) {
        if (deprel_universal(reading_token(c->r, t)->rel) != DEPREL_NMOD) continue;
        const str p = reading_preposition(c->r, t);
        const uint32_t m = mention_at(c, t, sort, self);
        if (m != MAP_NONE && (!p.len || str_is(p, "by") || str_is(p, "from"))) return m;
    }
    return MAP_NONE;
}

/* "punished the villages by attacking them": the object of the verb that the gerund hangs on; NO_TOKEN. */
static uint32_t object_above(const chaining *c, uint32_t t)
{
    const uint32_t verb = reading_head(c->r, t);
    if (verb == NO_TOKEN || reading_token(c->r, t)->rel != DEPREL_OBJ) return NO_TOKEN;
    const uint32_t up = reading_head(c->r, verb), mark = reading_child(c->r, verb, DEPREL_MARK);
    const token *k = reading_token(c->r, verb);
    if (up == NO_TOKEN || k->tag != XPOS_VBG || k->rel != DEPREL_ADVCL || mark == NO_TOKEN
        || !str_is(c->r->key[mark], "by"))
        return NO_TOKEN;
    const uint32_t object = reading_child(c->r, up, DEPREL_OBJ);
    return object != NO_TOKEN && object < t ? object : NO_TOKEN;
}

/* Up through the clauses of the pronoun's own sentence. Its own clause counts only for possessives. */
static uint32_t above(const chaining *c, uint32_t self, pronoun_sort sort)
{
    uint32_t t = c->v[self].head;
    bool own_clause = !is_possessive(c, t);
    for (int i = 0; i < MAX_CLIMB; i++) {
        uint32_t h = reading_head(c->r, t);
        if (h == NO_TOKEN) return MAP_NONE;
        upos pos = reading_token(c->r, h)->pos;
        bool joined = reading_token(c->r, t)->rel == DEPREL_CONJ;
        if (pos == UPOS_VERB || pos == UPOS_AUX || reading_child(c->r, h, DEPREL_COP) != NO_TOKEN) {
            if (!own_clause || joined) {
                const bool shared = shares_subject(c, t, c->v[self].head);
                const uint32_t other = shared ? reading_child(c->r, h, DEPREL_OBJ) : chain_subject(c, h);
                uint32_t m = mention_at(c, other, sort, self);
                if (m != MAP_NONE) return m;
            }
            own_clause = false;
        } else if (deprel_universal(reading_token(c->r, t)->rel) == DEPREL_ACL) {
            const uint32_t m = teller(c, h, sort, self);
            if (m != MAP_NONE) return m;
        }
        t = h;
    }
    return MAP_NONE;
}

/* "If Russia is not stopped, it could attack": the subject of a clause that stands before the pronoun's own. */
static uint32_t ahead(const chaining *c, uint32_t self, pronoun_sort sort)
{
    const uint32_t t = c->v[self].head, verb = reading_head(c->r, t);
    if (verb == NO_TOKEN || !is_subject(reading_token(c->r, t)->rel)) return MAP_NONE;
    FOR_CHILDREN (c->r, clause, verb) {
        if (clause >= t || deprel_universal(reading_token(c->r, clause)->rel) != DEPREL_ADVCL) continue;
        uint32_t m = mention_at(c, chain_subject(c, clause), sort, self);
        if (m != MAP_NONE) return m;
    }
    return MAP_NONE;
}

static uint32_t root_of(const chaining *c, uint32_t s)
{
    const sentence *v = &c->r->doc->sentences.v[s];
    for (uint32_t t = v->first; t < sentence_end(v); t++)
        if (reading_token(c->r, t)->head < 0) return t;
    return NO_TOKEN;
}

static bool is_many(const chaining *c, uint32_t m)
{
    return chain_is_plural(c, m) || has_conjunct(c, m) || c->v[m].is_pronoun;
}

/* The one plural party of a sentence, which "they" are rather than a body that the sentence is about; MAP_NONE. */
static uint32_t only_many(const chaining *c, uint32_t s, uint32_t self)
{
    uint32_t found = MAP_NONE;
    const sentence *v = &c->r->doc->sentences.v[s];
    for (uint32_t t = v->first; t < sentence_end(v) && t < c->v[self].head; t++) {
        const uint32_t m = mention_at(c, t, SORT_MANY, self);
        if (m == MAP_NONE || c->v[m].kind != MENTION_PERSON || !is_many(c, m)) continue;
        if (found != MAP_NONE && link_root(c, found) != link_root(c, m)) return MAP_NONE;
        found = m;
    }
    return found;
}

/* "two men" of "police arrested two men" for "they" in "they were freed" */
static uint32_t by_object(const chaining *c, uint32_t root, pronoun_sort sort, uint32_t self)
{
    const uint32_t object = root == NO_TOKEN ? NO_TOKEN : reading_child(c->r, root, DEPREL_OBJ),
                   m = mention_at(c, object, sort, self);
    return m != MAP_NONE && c->v[m].kind == MENTION_PERSON && !c->v[m].is_pronoun ? m : MAP_NONE;
}

/* The pronoun is what something is done to, and not by `m`: in "they were forced back by the rebels" they are not the rebels. */
static bool is_befallen(const chaining *c, uint32_t self, uint32_t m)
{
    const uint32_t t = c->v[self].head, verb = reading_head(c->r, t);
    if (reading_token(c->r, t)->rel != DEPREL_NSUBJ_PASS || verb == NO_TOKEN) return false;
    const uint32_t agent = reading_child(c->r, verb, DEPREL_OBL_AGENT),
                   by = agent == NO_TOKEN ? MAP_NONE : c->who_at[agent];
    return by == MAP_NONE || m == MAP_NONE || link_root(c, by) != link_root(c, m);
}

/* Candidates of a sentence before `self`: its subject if that fits, else the only one that does. */
static uint32_t in_sentence(const chaining *c, uint32_t s, pronoun_sort sort, uint32_t self)
{
    uint32_t root = root_of(c, s),
             by_subject = root == NO_TOKEN ? MAP_NONE : mention_at(c, chain_subject(c, root), sort, self);
    const uint32_t object = by_object(c, root, sort, self);
    const bool befallen = is_befallen(c, self, object);
    if (object != MAP_NONE
        && (by_subject == MAP_NONE || (befallen && c->v[by_subject].kind == MENTION_ORGANISATION)))
        return object;
    if (by_subject != MAP_NONE && sort == SORT_MANY && !is_many(c, by_subject)) {
        const uint32_t many = only_many(c, s, self);
        if (many != MAP_NONE) return many;
    }
    if (by_subject != MAP_NONE) return by_subject;
    uint32_t found = MAP_NONE;
    const sentence *v = &c->r->doc->sentences.v[s];
    for (uint32_t t = v->first; t < sentence_end(v) && t < c->v[self].head; t++) {
        uint32_t m = mention_at(c, t, sort, self);
        if (m == MAP_NONE || c->v[m].kind == MENTION_LOCATION) continue;
        if (found != MAP_NONE && c->link[found] != m && c->link[m] != found && c->link[m] != c->link[found])
            return MAP_NONE;
        found = m;
    }
    return found;
}

static uint32_t relative_of(const chaining *c, uint32_t self)
{
    uint32_t t = c->v[self].head;
    for (int i = 0; i < MAX_CLIMB; i++) {
        deprel d = reading_token(c->r, t)->rel;
        uint32_t h = reading_head(c->r, t);
        if (h == NO_TOKEN) return MAP_NONE;
        if (d == DEPREL_ACL_RELCL || d == DEPREL_ACL) return c->who_at[h] != self ? c->who_at[h] : MAP_NONE;
        t = h;
    }
    return MAP_NONE;
}

static bool is_expletive(const chaining *c, uint32_t t)
{
    return deprel_universal(reading_token(c->r, t)->rel) == DEPREL_EXPL;
}

/* "It" is mostly a thing; only who speaks, decides or fights is a party. */
static bool may_be_body(const chaining *c, uint32_t self)
{
    uint32_t t = c->v[self].head, h = reading_head(c->r, t);
    if (h == NO_TOKEN || is_possessive(c, t)) return h != NO_TOKEN;
    const lexicon *lex = c->r->lex;
    str verb = c->r->lemma[h];
    return is_subject(reading_token(c->r, t)->rel)
           && (lexicon_has(lex, SET_SPEECH, verb) || lexicon_has(lex, SET_DEED, verb)
               || lexicon_has(lex, SET_ARMED, verb));
}

static uint32_t antecedent(const chaining *c, uint32_t self)
{
    pronoun_sort sort = sort_of(c, c->r->key[c->v[self].head]);
    if (sort == SORT_RELATIVE) return relative_of(c, self);
    if (sort == SORT_SPEAKER) return chain_speaker(c, self);
    if (sort == NO_SORT || is_expletive(c, c->v[self].head)) return MAP_NONE;
    const uint32_t object = object_above(c, c->v[self].head);
    if (object != NO_TOKEN) return mention_at(c, object, sort, self);
    uint32_t m = above(c, self, sort);
    if (m == MAP_NONE) m = ahead(c, self, sort);
    if (m != MAP_NONE || (sort == SORT_BODY && !may_be_body(c, self))) return m;
    uint32_t s = reading_token(c->r, c->v[self].head)->sentence;
    /* "suspended a ceasefire with the dissidents after they killed": another than the subject above may be meant */
    bool own_sentence = is_possessive(c, c->v[self].head)
                        || (sort == SORT_MANY && is_subject(reading_token(c->r, c->v[self].head)->rel));
    for (uint32_t back = own_sentence ? 0 : 1; back <= BACK_SENTENCES && back <= s && m == MAP_NONE; back++)
        m = in_sentence(c, s - back, sort, self);
    return m;
}

/* "They", "it", "he": somebody else than who says so. */
static bool is_other(const chaining *c, uint32_t self)
{
    pronoun_sort sort = sort_of(c, c->r->key[c->v[self].head]);
    return sort != SORT_SPEAKER && sort != SORT_RELATIVE && sort != NO_SORT;
}

static void note_pronoun(chaining *c, uint32_t self, uint32_t of)
{
    const pronoun_sort sort = sort_of(c, c->r->key[c->v[self].head]);
    if (sort == SORT_MAN) c->gender[link_root(c, of)] |= GENDER_MAN;
    if (sort == SORT_WOMAN) c->gender[link_root(c, of)] |= GENDER_WOMAN;
}

/* Who speaks is known before what is quoted: "They bombed the school," he said. */
void chain_pronouns(chaining *c)
{
    note_genders(c);
    for (int quoted = 0; quoted < 2; quoted++)
        for (uint32_t m = 0; m < c->n; m++) {
            if (!c->v[m].is_pronoun || chain_is_quoted(c, c->v[m].head) != quoted) continue;
            uint32_t a = antecedent(c, m);
            if (a == MAP_NONE || a == m) continue;
            if (is_other(c, m) && chain_is_speaking(c, m, a)) continue;
            c->link[m] = a;
            note_pronoun(c, m, a);
            c->v[m].actor = c->v[a].actor, c->v[m].country = c->v[a].country;
        }
}
