/* The noun phrase of a head: what a reader would underline as the party. */
#include "mention/reading.h"

enum { MAX_DEPTH = 12, MAX_COMPLEMENT = 8 };

static bool is_article(const reading *r, uint32_t t)
{
    return lexicon_has(r->lex, SET_DETERMINER, r->key[t]);
}

static bool is_date(const reading *r, uint32_t t)
{
    return r->taken[t] && reading_token(r, t)->pos != UPOS_ADJ && r->name_at[t] == NO_NAME;
}

/* "shelling" in "accused the militia and other groups of shelling": of what, not of whom. */
static bool is_charge(const reading *r, uint32_t head, uint32_t c)
{
    const token *k = reading_token(r, head);
    for (int i = 0; i < MAX_DEPTH && k->rel == DEPREL_CONJ && k->head >= 0; i++)
        k = reading_token(r, (uint32_t)k->head);
    const bool charged = k->rel == DEPREL_OBJ || k->rel == DEPREL_NSUBJ_PASS;
    return charged && k->head >= 0
           && lexicon_has(r->lex, SET_CHARGE, reading_token(r, (uint32_t)k->head)->lemma)
           && r->name_at[c] == NO_NAME && !lexicon_head(r->lex, reading_token(r, c)->lemma).known;
}

/* "fighters from Hama", "members of the army"; not "troops on Monday", nor "the attack by X". */
static bool keeps_complement(const reading *r, uint32_t head, uint32_t c)
{
    if (is_date(r, c)) return false;
    str p = reading_preposition(r, c);
    if (str_is(p, "of")) return !is_charge(r, head, c);
    deprel rel = reading_token(r, head)->rel;
    bool loose = rel != DEPREL_NSUBJ && rel != DEPREL_OBL; /* "killed civilians in Hama": where, not who */
    return lexicon_has(r->lex, loose ? SET_ORIGIN : SET_COMPLEMENT, p) && c - head <= MAX_COMPLEMENT;
}

enum { MAX_DESCRIPTION = 10 };

/* Nothing but words, brackets and the stops of titles from the noun to the name. */
static bool reaches(const reading *r, uint32_t head, uint32_t name)
{
    if (name <= head || name - head > MAX_DESCRIPTION) return false;
    int open = 0;
    for (uint32_t t = head + 1; t < name; t++) {
        const token *k = reading_token(r, t);
        bool mark = k->tag == XPOS_LRB || k->tag == XPOS_RRB || k->tag == XPOS_HYPH || str_is(k->norm, ".");
        if ((k->pos == UPOS_PUNCT && !mark) || k->pos == UPOS_CCONJ || k->pos == UPOS_VERB) return false;
        open += (k->tag == XPOS_LRB) - (k->tag == XPOS_RRB);
    }
    return !open;
}

/* "Foreign Secretary Mara Lind", "envoy for Syria Mara Lind", "the newspaper Vesti": a name without a comma before it. */
static bool is_name_behind(const reading *r, uint32_t head, uint32_t c)
{
    const uint32_t at = r->name_at[c];
    return at != NO_NAME && r->names.v[at].head == c && r->names.v[at].kind != PROPER_ADJECTIVE
           && reaches(r, head, r->names.v[at].first);
}

/* "Secretary of State Mara Lind" where the parser hangs the name on the title. */
static bool is_office_holder(const reading *r, uint32_t head, uint32_t c)
{
    const uint32_t at = r->name_at[c], end = reading_office_end(r, head);
    return end > head + 1 && is_name_behind(r, head, c) && r->names.v[at].first == end;
}

uint32_t reading_name_behind(const reading *r, uint32_t head)
{
    FOR_CHILDREN (r, c, head) {
        deprel d = deprel_universal(reading_token(r, c)->rel);
        bool apposed = d == DEPREL_FLAT || d == DEPREL_COMPOUND || d == DEPREL_APPOS;
        if (c > head
            && ((apposed && is_name_behind(r, head, c))
                || (d == DEPREL_NMOD && is_office_holder(r, head, c))))
            return r->name_at[c];
    }
    return NO_NAME;
}

static bool belongs(const reading *r, uint32_t head, uint32_t c)
{
    const token *k = reading_token(r, c);
    if (c > head && (k->rel == DEPREL_PUNCT || k->rel == DEPREL_CC)) return false;
    switch (deprel_universal(k->rel)) {
    case DEPREL_NUMMOD: return !is_date(r, c); /* "in 2019 rebels …" */
    case DEPREL_AMOD:
    case DEPREL_COMPOUND:
    case DEPREL_FLAT:
    case DEPREL_FIXED:
    case DEPREL_GOESWITH: return c < head || k->rel != DEPREL_AMOD;
    case DEPREL_ADVMOD: return c < head;
    case DEPREL_NMOD:
        return c < head || k->rel == DEPREL_NMOD_DESC || keeps_complement(r, head, c)
               || is_office_holder(r, head, c);
    case DEPREL_APPOS: return is_name_behind(r, head, c);
    case DEPREL_DET: return c < head;
    case DEPREL_PUNCT: return c < head;
    default: return false;
    }
}

static void widen(const reading *r, uint32_t t, uint32_t *first, uint32_t *last, int depth)
{
    if (t < *first) *first = t;
    if (t > *last) *last = t;
    if (depth > MAX_DEPTH) return;
    FOR_CHILDREN (r, c, t) {
        deprel rel = reading_token(r, c)->rel;
        bool inner = depth > 0
                     && (rel == DEPREL_CASE || rel == DEPREL_DET || rel == DEPREL_CONJ || rel == DEPREL_CC
                         || rel == DEPREL_NMOD_POSS);
        if (inner || belongs(r, t, c)) widen(r, c, first, last, depth + 1);
    }
}

static bool is_edge(const reading *r, uint32_t t)
{
    const token *k = reading_token(r, t);
    return k->pos == UPOS_PUNCT || k->pos == UPOS_CCONJ || k->pos == UPOS_ADP || is_article(r, t)
           || k->rel == DEPREL_CASE || k->rel == DEPREL_FIXED /* "according to" */
           || lexicon_has(r->lex, SET_ALIAS, r->key[t]);
}

static bool is_hyphen(const reading *r, uint32_t t)
{
    return str_is(reading_token(r, t)->norm, "-") || reading_token(r, t)->tag == XPOS_HYPH;
}

/* The first word of "22-year-old" whose last one stands at t, also where blanks stand between; t where it is none. */
uint32_t reading_age(const reading *r, uint32_t t)
{
    enum { AGE_WORDS = 4 };
    const str word = r->key[t];
    if ((!str_is(word, "old") && !str_is(word, "olds")) || t < reading_sentence(r, t)->first + AGE_WORDS)
        return t;
    const str unit = r->key[t - 2];
    const bool aged = str_is(unit, "year") || str_is(unit, "years") || str_is(unit, "month")
                      || str_is(unit, "week") || str_is(unit, "day");
    return aged && is_hyphen(r, t - 1) && is_hyphen(r, t - 3) && r->key[t - 4].len ? t - 4 : t;
}

/* "today troops killed": the day is not theirs */
static bool is_day_before(const reading *r, uint32_t t, uint32_t head)
{
    const token *k = reading_token(r, t);
    const bool loose =
        k->rel == DEPREL_OBL_UNMARKED || k->rel == DEPREL_NMOD_UNMARKED || k->rel == DEPREL_COMPOUND;
    return loose && t + 1 == head && is_date(r, t) && k->tag != XPOS_CD && !reading_is_joint(r, t + 1);
}

/* "US-led forces": the first half of a word with a hyphen, wherever the parser hangs it. */
static uint32_t with_first_halves(const reading *r, uint32_t a)
{
    while (a >= 2 && reading_is_joint(r, a - 1) && !str_is(reading_token(r, a - 1)->norm, "/")
           && reading_token(r, a - 2)->sentence == reading_token(r, a)->sentence) {
        const uint32_t name = r->name_at[a - 2];
        a = name != NO_NAME && r->names.v[name].first < a ? r->names.v[name].first : a - 2;
    }
    return a;
}

void phrase_of(const reading *r, uint32_t head, uint32_t *first, uint32_t *end)
{
    uint32_t a = head, z = head;
    widen(r, head, &a, &z, 0);
    const uint32_t over = r->name_at[head];
    if (over != NO_NAME) {
        if (r->names.v[over].first < a) a = r->names.v[over].first;
        if (r->names.v[over].end - 1 > z) z = r->names.v[over].end - 1;
    }
    /* no phrase begins or ends within a name: "operatives of the Department of State | Services" */
    const uint32_t at_start = r->name_at[a];
    if (at_start != NO_NAME && r->names.v[at_start].first < a) a = r->names.v[at_start].first;
    const uint32_t at_end = r->name_at[z];
    if (at_end != NO_NAME && r->names.v[at_end].end - 1 > z) z = r->names.v[at_end].end - 1;
    FOR_CHILDREN (r, c, head)
        if (c > a && c < head && reading_token(r, c)->rel == DEPREL_DET && is_article(r, c)
            && r->name_at[c] == NO_NAME)
            a = c + 1;
    while (a < head && r->name_at[a] == NO_NAME && is_edge(r, a)) a++;
    if (a < head && (str_is(r->key[a], "earlier") || str_is(r->key[a], "later")))
        a++; /* "Hours earlier gunmen …" */
    if (is_day_before(r, a, head)) a++;
    a = reading_age(r, a);
    a = with_first_halves(r, a);
    /* "at least 15 people" */
    bool bound =
        a > 0 && (str_is(r->key[a], "least") || str_is(r->key[a], "most")) && str_is(r->key[a - 1], "at");
    if (bound && reading_token(r, a - 1)->sentence == reading_token(r, a)->sentence) a--;
    *first = a;
    *end = z + 1;
}
