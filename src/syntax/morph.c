#include "syntax/morph.h"

/* ---- looking round in the tree ----------------------------------------------------------------- */

static const sentence *sentence_of(const document *d, uint32_t t)
{
    return &d->sentences.v[d->tokens.v[t].sentence];
}

static bool is_aux(deprel r)
{
    return deprel_universal(r) == DEPREL_AUX || r == DEPREL_COP;
}

/* The word that an auxiliary or copula belongs to; any other word itself. */
static uint32_t clause_head(const document *d, uint32_t t)
{
    const token *k = &d->tokens.v[t];
    return is_aux(k->rel) && k->head >= 0 ? (uint32_t)k->head : t;
}

/* The nearest subject of the clause, where need be that of the clause which it is joined to; -1 = none. */
static int32_t subject_of(const document *d, uint32_t t)
{
    uint32_t verb = clause_head(d, t);
    const sentence *s = sentence_of(d, t);
    for (int depth = 0; depth < 4; depth++) {
        for (uint32_t i = s->first; i < s->first + s->n; i++) {
            const token *k = &d->tokens.v[i];
            if (k->head == (int32_t)verb && deprel_universal(k->rel) == DEPREL_NSUBJ) return (int32_t)i;
        }
        const token *v = &d->tokens.v[verb];
        if (v->head < 0 || v->rel != DEPREL_CONJ) return -1;
        verb = (uint32_t)v->head;
    }
    return -1;
}

static bool has_child(const document *d, uint32_t t, deprel rel)
{
    const sentence *s = sentence_of(d, t);
    for (uint32_t i = s->first; i < s->first + s->n; i++)
        if (d->tokens.v[i].head == (int32_t)t && d->tokens.v[i].rel == rel) return true;
    return false;
}

/* ---- closed classes ---------------------------------------------------------------------------- */

typedef struct closed_word {
    const char *norm;
    xpos tag;
    uint8_t person; /* 0 = none */
    morph_number number;
    const char *feats;
} closed_word;

/* The words whose features are their own; "it", "you" and "her" are told apart by tag and relation. */
static const closed_word closed_words[] = {
    {"i", XPOS_PRP, 1, NUMBER_SINGULAR, "Case=Nom|Number=Sing|Person=1|PronType=Prs"},
    {"me", XPOS_PRP, 1, NUMBER_SINGULAR, "Case=Acc|Number=Sing|Person=1|PronType=Prs"},
    {"we", XPOS_PRP, 1, NUMBER_PLURAL, "Case=Nom|Number=Plur|Person=1|PronType=Prs"},
    {"us", XPOS_PRP, 1, NUMBER_PLURAL, "Case=Acc|Number=Plur|Person=1|PronType=Prs"},
    {"you", XPOS_PRP, 2, NUMBER_NONE, "Case=Nom|Person=2|PronType=Prs"},
    {"he", XPOS_PRP, 3, NUMBER_SINGULAR, "Case=Nom|Gender=Masc|Number=Sing|Person=3|PronType=Prs"},
    {"him", XPOS_PRP, 3, NUMBER_SINGULAR, "Case=Acc|Gender=Masc|Number=Sing|Person=3|PronType=Prs"},
    {"she", XPOS_PRP, 3, NUMBER_SINGULAR, "Case=Nom|Gender=Fem|Number=Sing|Person=3|PronType=Prs"},
    {"her", XPOS_PRP, 3, NUMBER_SINGULAR, "Case=Acc|Gender=Fem|Number=Sing|Person=3|PronType=Prs"},
    {"it", XPOS_PRP, 3, NUMBER_SINGULAR, "Case=Nom|Gender=Neut|Number=Sing|Person=3|PronType=Prs"},
    {"they", XPOS_PRP, 3, NUMBER_PLURAL, "Case=Nom|Number=Plur|Person=3|PronType=Prs"},
    {"them", XPOS_PRP, 3, NUMBER_PLURAL, "Case=Acc|Number=Plur|Person=3|PronType=Prs"},
    {"one", XPOS_PRP, 3, NUMBER_SINGULAR, "Number=Sing|Person=3|PronType=Prs"},
    {"myself", XPOS_PRP, 1, NUMBER_SINGULAR, "Case=Acc|Number=Sing|Person=1|PronType=Prs|Reflex=Yes"},
    {"ourselves", XPOS_PRP, 1, NUMBER_PLURAL, "Case=Acc|Number=Plur|Person=1|PronType=Prs|Reflex=Yes"},
    {"yourself", XPOS_PRP, 2, NUMBER_SINGULAR, "Case=Acc|Number=Sing|Person=2|PronType=Prs|Reflex=Yes"},
    {"yourselves", XPOS_PRP, 2, NUMBER_PLURAL, "Case=Acc|Number=Plur|Person=2|PronType=Prs|Reflex=Yes"},
    {"himself", XPOS_PRP, 3, NUMBER_SINGULAR,
     "Case=Acc|Gender=Masc|Number=Sing|Person=3|PronType=Prs|Reflex=Yes"},
    {"herself", XPOS_PRP, 3, NUMBER_SINGULAR,
     "Case=Acc|Gender=Fem|Number=Sing|Person=3|PronType=Prs|Reflex=Yes"},
    {"itself", XPOS_PRP, 3, NUMBER_SINGULAR,
     "Case=Acc|Gender=Neut|Number=Sing|Person=3|PronType=Emp|Reflex=Yes"},
    {"themselves", XPOS_PRP, 3, NUMBER_PLURAL, "Case=Acc|Number=Plur|Person=3|PronType=Prs|Reflex=Yes"},
    {"my", XPOS_PRPS, 1, NUMBER_SINGULAR, "Case=Gen|Number=Sing|Person=1|Poss=Yes|PronType=Prs"},
    {"our", XPOS_PRPS, 1, NUMBER_PLURAL, "Case=Gen|Number=Plur|Person=1|Poss=Yes|PronType=Prs"},
    {"your", XPOS_PRPS, 2, NUMBER_NONE, "Case=Gen|Person=2|Poss=Yes|PronType=Prs"},
    {"his", XPOS_PRPS, 3, NUMBER_SINGULAR,
     "Case=Gen|Gender=Masc|Number=Sing|Person=3|Poss=Yes|PronType=Prs"},
    {"her", XPOS_PRPS, 3, NUMBER_SINGULAR,
     "Case=Gen|Gender=Fem|Number=Sing|Person=3|Poss=Yes|PronType=Prs"},
    {"its", XPOS_PRPS, 3, NUMBER_SINGULAR,
     "Case=Gen|Gender=Neut|Number=Sing|Person=3|Poss=Yes|PronType=Prs"},
    {"their", XPOS_PRPS, 3, NUMBER_PLURAL, "Case=Gen|Number=Plur|Person=3|Poss=Yes|PronType=Prs"},
    {"the", XPOS_DT, 0, NUMBER_NONE, "Definite=Def|PronType=Art"},
    {"a", XPOS_DT, 0, NUMBER_SINGULAR, "Definite=Ind|PronType=Art"},
    {"an", XPOS_DT, 0, NUMBER_SINGULAR, "Definite=Ind|PronType=Art"},
    {"this", XPOS_DT, 3, NUMBER_SINGULAR, "Number=Sing|PronType=Dem"},
    {"that", XPOS_DT, 3, NUMBER_SINGULAR, "Number=Sing|PronType=Dem"},
    {"these", XPOS_DT, 3, NUMBER_PLURAL, "Number=Plur|PronType=Dem"},
    {"those", XPOS_DT, 3, NUMBER_PLURAL, "Number=Plur|PronType=Dem"},
    {"no", XPOS_DT, 0, NUMBER_NONE, "PronType=Neg"},
    {"all", XPOS_DT, 3, NUMBER_PLURAL, "PronType=Tot"},
    {"both", XPOS_DT, 3, NUMBER_PLURAL, "PronType=Tot"},
    {"each", XPOS_DT, 3, NUMBER_SINGULAR, "PronType=Tot"},
    {"every", XPOS_DT, 0, NUMBER_NONE, "PronType=Tot"},
    {"all", XPOS_PDT, 0, NUMBER_NONE, "PronType=Tot"},
    {"both", XPOS_PDT, 0, NUMBER_NONE, "PronType=Tot"},
    {"whose", XPOS_WPS, 0, NUMBER_NONE, "Poss=Yes|PronType=Rel"},
};

static const closed_word *find_closed(const token *t)
{
    for (size_t i = 0; i < sizeof closed_words / sizeof *closed_words; i++)
        if (closed_words[i].tag == t->tag && str_is(t->norm, closed_words[i].norm)) return &closed_words[i];
    return NULL;
}

/* ---- number, person ---------------------------------------------------------------------------- */

static bool is_finite(xpos tag)
{
    return tag == XPOS_VBD || tag == XPOS_VBP || tag == XPOS_VBZ || tag == XPOS_MD;
}

static bool is_verb(xpos tag)
{
    return is_finite(tag) || tag == XPOS_VB || tag == XPOS_VBG || tag == XPOS_VBN;
}

static morph_number number_of_noun(const token *t)
{
    const closed_word *c = find_closed(t);
    if (c) return c->number;
    if (t->tag == XPOS_NNS || t->tag == XPOS_NNPS) return NUMBER_PLURAL;
    bool noun = t->tag == XPOS_NN || t->tag == XPOS_NNP;
    return noun ? NUMBER_SINGULAR : NUMBER_NONE;
}

morph_number morph_of_number(const document *d, uint32_t token_index)
{
    const token *t = &d->tokens.v[token_index];
    if (!is_verb(t->tag)) return number_of_noun(t);
    if (t->tag == XPOS_VBZ) return NUMBER_SINGULAR;
    int32_t subject = subject_of(d, token_index);
    if (subject < 0) return NUMBER_NONE;
    if (has_child(d, (uint32_t)subject, DEPREL_CONJ)) return NUMBER_PLURAL;
    return number_of_noun(&d->tokens.v[subject]);
}

static int person_of(const document *d, uint32_t t)
{
    int32_t subject = d->tokens.v[t].tag == XPOS_VBZ ? -1 : subject_of(d, t);
    const closed_word *c = subject < 0 ? NULL : find_closed(&d->tokens.v[subject]);
    return c && c->person ? c->person : 3;
}

/* ---- clauses ----------------------------------------------------------------------------------- */

static void add_auxiliary(const document *d, uint32_t i, morph_clause *c, xpos verb)
{
    const token *k = &d->tokens.v[i];
    bool have = str_is(k->lemma, "have"), be = str_is(k->lemma, "be");
    if (k->rel == DEPREL_AUX_PASS) c->voice = VOICE_PASSIVE;
    if (k->tag == XPOS_MD && (str_is(k->lemma, "will") || str_is(k->lemma, "shall")))
        c->tense = TENSE_FUTURE;
    else if (k->tag == XPOS_MD) c->modal = (int32_t)i;
    if (k->tag == XPOS_MD && str_is(k->lemma, "would")) c->mood = MOOD_CONDITIONAL;
    if (k->tag == XPOS_VBD && c->tense == TENSE_NONE) c->tense = TENSE_PAST;
    if ((k->tag == XPOS_VBZ || k->tag == XPOS_VBP) && c->tense == TENSE_NONE) c->tense = TENSE_PRESENT;
    c->finite |= is_finite(k->tag);
    c->perfect |= have && k->rel == DEPREL_AUX;
    c->progressive |= be && k->rel == DEPREL_AUX && verb == XPOS_VBG;
}

static void add_own_form(const document *d, uint32_t verb, morph_clause *c)
{
    xpos tag = d->tokens.v[verb].tag;
    if (c->tense == TENSE_NONE && (tag == XPOS_VBD || tag == XPOS_VBN)) c->tense = TENSE_PAST;
    if (c->tense == TENSE_NONE && (tag == XPOS_VBZ || tag == XPOS_VBP || tag == XPOS_VBG))
        c->tense = TENSE_PRESENT;
    c->finite |= is_finite(tag);
    if (c->voice == VOICE_NONE && is_verb(tag)) {
        bool bare = tag == XPOS_VBN && !c->perfect;
        c->voice = bare ? VOICE_PASSIVE : VOICE_ACTIVE;
    }
    bool commands = tag == XPOS_VB && !c->finite && c->modal < 0 && subject_of(d, verb) < 0
                    && !has_child(d, verb, DEPREL_MARK) && d->tokens.v[verb].rel != DEPREL_XCOMP;
    if (commands) c->mood = MOOD_IMPERATIVE;
    else if (c->finite && c->mood == MOOD_NONE) c->mood = MOOD_INDICATIVE;
}

morph_clause morph_of_clause(const document *d, uint32_t token_index)
{
    morph_clause c = {.modal = -1};
    uint32_t verb = clause_head(d, token_index);
    const sentence *s = sentence_of(d, verb);
    for (uint32_t i = s->first; i < s->first + s->n; i++) {
        const token *k = &d->tokens.v[i];
        if (k->head != (int32_t)verb) continue;
        if (is_aux(k->rel)) add_auxiliary(d, i, &c, d->tokens.v[verb].tag);
        c.negated |= k->rel == DEPREL_ADVMOD && (str_is(k->lemma, "not") || str_is(k->lemma, "never"));
    }
    add_own_form(d, verb, &c);
    return c;
}

/* ---- UD features ------------------------------------------------------------------------------- */

static str finite_feats(arena *a, const document *d, uint32_t t, const char *tense)
{
    static const char *const numbers[] = {"", "Number=Sing|", "Number=Plur|"};
    morph_number n = morph_of_number(d, t);
    int person = person_of(d, t);
    if (n == NUMBER_NONE && person == 2) n = NUMBER_SINGULAR;
    return arena_format(a, "Mood=Ind|%sPerson=%d|Tense=%s|VerbForm=Fin", numbers[n], person, tense);
}

static str verb_feats(arena *a, const document *d, uint32_t t)
{
    const token *k = &d->tokens.v[t];
    switch (k->tag) {
    case XPOS_MD: return STR("VerbForm=Fin");
    case XPOS_VBZ:
    case XPOS_VBP: return finite_feats(a, d, t, "Pres");
    case XPOS_VBD: return finite_feats(a, d, t, "Past");
    case XPOS_VBG:
        return k->rel == DEPREL_ADVCL || has_child(d, t, DEPREL_MARK) ? STR("VerbForm=Ger")
                                                                      : STR("Tense=Pres|VerbForm=Part");
    case XPOS_VBN:
        return k->pos == UPOS_VERB && morph_of_clause(d, t).voice == VOICE_PASSIVE
                   ? STR("Tense=Past|VerbForm=Part|Voice=Pass")
                   : STR("Tense=Past|VerbForm=Part");
    default:
        return morph_of_clause(d, t).mood == MOOD_IMPERATIVE && !is_aux(k->rel)
                   ? STR("Mood=Imp|VerbForm=Fin")
                   : STR("VerbForm=Inf");
    }
}

static str number_word_feats(str norm)
{
    bool digit = false;
    for (size_t i = 0; i < norm.len; i++) digit |= norm.ptr[i] >= '0' && norm.ptr[i] <= '9';
    return digit ? STR("NumForm=Digit|NumType=Card") : STR("NumForm=Word|NumType=Card");
}

static str degree_feats(xpos tag, upos pos)
{
    if (tag == XPOS_JJR || tag == XPOS_RBR) return STR("Degree=Cmp");
    if (tag == XPOS_JJS || tag == XPOS_RBS) return STR("Degree=Sup");
    return pos == UPOS_ADJ ? STR("Degree=Pos") : (str){"", 0};
}

static str pronoun_feats(const token *t)
{
    const closed_word *c = find_closed(t);
    bool object =
        t->rel == DEPREL_OBJ || t->rel == DEPREL_IOBJ || t->rel == DEPREL_OBL || t->rel == DEPREL_NMOD;
    if (c && object && str_is(t->norm, "it"))
        return STR("Case=Acc|Gender=Neut|Number=Sing|Person=3|PronType=Prs");
    if (c && object && str_is(t->norm, "you")) return STR("Case=Acc|Person=2|PronType=Prs");
    if (c) return str_from(c->feats);
    if (t->tag == XPOS_WDT) return t->pos == UPOS_DET ? STR("PronType=Int") : STR("PronType=Rel");
    if (t->tag == XPOS_WP) return STR("PronType=Rel");
    if (t->tag == XPOS_NN) return STR("Number=Sing|PronType=Ind");
    return t->tag == XPOS_DT ? STR("PronType=Ind") : (str){"", 0};
}

str morph_feats(arena *a, const document *d, uint32_t index)
{
    const token *t = &d->tokens.v[index];
    if ((t->pos == UPOS_VERB || t->pos == UPOS_AUX) && is_verb(t->tag)) return verb_feats(a, d, index);
    switch (t->pos) {
    case UPOS_NOUN:
    case UPOS_PROPN:
        return morph_of_number(d, index) == NUMBER_PLURAL ? STR("Number=Plur") : STR("Number=Sing");
    case UPOS_PRON:
    case UPOS_DET: return pronoun_feats(t);
    case UPOS_ADJ:
    case UPOS_ADV: return t->tag == XPOS_WRB ? STR("PronType=Int") : degree_feats(t->tag, t->pos);
    case UPOS_NUM: return number_word_feats(t->norm);
    case UPOS_PART: return t->tag == XPOS_RB ? STR("Polarity=Neg") : (str){"", 0};
    default: return (str){"", 0};
    }
}
