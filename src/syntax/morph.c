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

/* "who", "which", "that": the number is that of the word which the clause describes. */
static uint32_t antecedent_of(const document *d, uint32_t subject)
{
    const token *k = &d->tokens.v[subject];
    bool relative = k->tag == XPOS_WP || k->tag == XPOS_WDT;
    if (!relative || k->head < 0) return subject;
    const token *clause = &d->tokens.v[clause_head(d, (uint32_t)k->head)];
    return clause->rel == DEPREL_ACL_RELCL && clause->head >= 0 ? (uint32_t)clause->head : subject;
}

static morph_number number_of_subject(const document *d, uint32_t subject)
{
    uint32_t who = antecedent_of(d, subject);
    const token *k = &d->tokens.v[who];
    if (has_child(d, who, DEPREL_CONJ)) return NUMBER_PLURAL;
    if (k->tag == XPOS_CD) return str_is(k->lemma, "one") ? NUMBER_SINGULAR : NUMBER_PLURAL;
    return number_of_noun(k);
}

/* "was" and "am" say it themselves; a bare present is plural unless "I" or "you" do it; else the subject says it. */
static morph_number number_of_verb(const document *d, uint32_t verb)
{
    const token *t = &d->tokens.v[verb];
    int32_t subject = subject_of(d, verb);
    const closed_word *c = subject < 0 ? NULL : find_closed(&d->tokens.v[subject]);
    bool is_be = str_is(t->lemma, "be");
    if (t->tag == XPOS_VBZ || (is_be && t->norm.len && t->norm.ptr[t->norm.len - 1] == 'm'))
        return NUMBER_SINGULAR;
    if (is_be && str_is(t->norm, "was")) return NUMBER_SINGULAR;
    if (c && c->person && c->person < 3) return c->number;
    if (is_be && t->tag == XPOS_VBD) return NUMBER_PLURAL;
    if (t->tag == XPOS_VBP) return subject < 0 && !is_be ? NUMBER_SINGULAR : NUMBER_PLURAL;
    morph_number n = subject < 0 ? NUMBER_NONE : number_of_subject(d, (uint32_t)subject);
    return n == NUMBER_NONE && t->tag == XPOS_VBD ? NUMBER_SINGULAR : n;
}

morph_number morph_of_number(const document *d, uint32_t token_index)
{
    const token *t = &d->tokens.v[token_index];
    return is_verb(t->tag) ? number_of_verb(d, token_index) : number_of_noun(t);
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

/* The verb that a joined verb is joined to, at the end of the chain. */
static uint32_t first_conjunct(const document *d, uint32_t t)
{
    for (int depth = 0; depth < 8 && d->tokens.v[t].rel == DEPREL_CONJ && d->tokens.v[t].head >= 0; depth++)
        t = (uint32_t)d->tokens.v[t].head;
    return t;
}

/* A bare form that heads a sentence, or is joined to one that does, without subject and "to". */
static bool commands(const document *d, uint32_t verb)
{
    const token *first = &d->tokens.v[first_conjunct(d, verb)];
    if (d->tokens.v[verb].tag != XPOS_VB || first->tag != XPOS_VB) return false;
    bool heads = first->rel == DEPREL_ROOT || first->rel == DEPREL_PARATAXIS || first->rel == DEPREL_CCOMP;
    uint32_t at = (uint32_t)(first - d->tokens.v);
    return heads && subject_of(d, verb) < 0 && !has_child(d, verb, DEPREL_MARK)
           && !has_child(d, at, DEPREL_MARK) && subject_of(d, at) < 0;
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
    if (!c->finite && c->modal < 0 && commands(d, verb)) c->mood = MOOD_IMPERATIVE;
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
    if (str_is(d->tokens.v[t].norm, "am") || str_is(d->tokens.v[t].norm, "'m")) person = 1;
    if (n == NUMBER_NONE && person == 2) n = NUMBER_SINGULAR;
    return arena_format(a, "Mood=Ind|%sPerson=%d|Tense=%s|VerbForm=Fin", numbers[n], person, tense);
}

/* The English treebanks call participles what goes with "be" or describes a happening, gerunds the rest. */
static bool is_gerund(const document *d, uint32_t t)
{
    static const deprel part[] = {DEPREL_ROOT, DEPREL_PARATAXIS, DEPREL_ADVCL, DEPREL_CASE, DEPREL_MARK,
                                  DEPREL_COP,  DEPREL_AUX,       DEPREL_CONJ,  DEPREL_FIXED};
    deprel rel = d->tokens.v[first_conjunct(d, t)].rel;
    if (has_child(d, t, DEPREL_AUX) || has_child(d, first_conjunct(d, t), DEPREL_AUX)) return false;
    for (size_t i = 0; i < sizeof part / sizeof *part; i++)
        if (rel == part[i] || deprel_universal(rel) == part[i]) return false;
    return true;
}

static str verb_feats(arena *a, const document *d, uint32_t t)
{
    const token *k = &d->tokens.v[t];
    switch (k->tag) {
    case XPOS_MD: return STR("VerbForm=Fin");
    case XPOS_VBZ:
    case XPOS_VBP: return finite_feats(a, d, t, "Pres");
    case XPOS_VBD: return finite_feats(a, d, t, "Past");
    case XPOS_VBG: return is_gerund(d, t) ? STR("VerbForm=Ger") : STR("Tense=Pres|VerbForm=Part");
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
