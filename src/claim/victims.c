/* Who is killed or hurt by a word of harm. Trees err where a number stands beside the word, so that is asked too. */
#include "claim/happening.h"

/* The number that counts a noun: a quantity mention on it or on its number word. */
const mention *victim_count(const scene *s, uint32_t t)
{
    if (s->count_at[t] != MAP_NONE) return &s->doc->mentions.v[s->count_at[t]];
    FOR_CHILDREN (s, c, t) {
        deprel r = deprel_universal(scene_token(s, c)->rel);
        if ((r == DEPREL_NUMMOD || r == DEPREL_DET || r == DEPREL_AMOD || r == DEPREL_NMOD)
            && s->count_at[c] != MAP_NONE
            && (r != DEPREL_NMOD || c < t || str_is(scene_preposition(s, c), "of")))
            return &s->doc->mentions.v[s->count_at[c]];
    }
    return NULL;
}

/* "deaths of six men", "casualties among civilians"; but "the toll from a bomb" */
static bool is_of_people(const scene *s, uint32_t t)
{
    str p = scene_preposition(s, t);
    return str_is(p, "of") || str_is(p, "among") || str_is(p, "amongst") || !p.len;
}

/* "deaths of six men and two women"; but "deaths of six and injuries to two" */
static void add_joined(const scene *s, uint32_t t, token_list *out, int depth)
{
    enum { MOST = 40 };
    *array_push(s->arena, out) = t;
    FOR_CHILDREN (s, c, t)
        if (depth < MOST && scene_token(s, c)->rel == DEPREL_CONJ && !scene_is_harm(s, c)
            && !scene_is_verb(s, c))
            add_joined(s, c, out, depth + 1);
}

/* "the death in combat of 45 men" */
static uint32_t beyond_setting(const scene *s, uint32_t t)
{
    FOR_CHILDREN (s, c, t)
        if (scene_token(s, c)->rel == DEPREL_NMOD && c > t && str_is(scene_preposition(s, c), "of")
            && s->count_at[c] != MAP_NONE)
            return c;
    return NO_TOKEN;
}

static void of_noun(const scene *s, uint32_t word, token_list *out)
{
    FOR_CHILDREN (s, c, word) {
        deprel r = scene_token(s, c)->rel;
        bool nominal = r == DEPREL_NMOD && c > word;
        if (r == DEPREL_NSUBJ || r == DEPREL_NSUBJ_OUTER) add_joined(s, c, out, 0);
        else if (r == DEPREL_NUMMOD) *array_push(s->arena, out) = c;
        else if (nominal && is_of_people(s, c)) add_joined(s, c, out, 0);
        else if (nominal && beyond_setting(s, c) != NO_TOKEN) add_joined(s, beyond_setting(s, c), out, 0);
    }
}

/* "left her with wounds": wounds that somebody is left with are his */
static bool is_left_with(const scene *s, uint32_t word)
{
    const token *k = scene_token(s, word);
    return k->pos == UPOS_NOUN && deprel_universal(k->rel) == DEPREL_OBL && k->head >= 0
           && str_is(scene_preposition(s, word), "with")
           && scene_in(s, &s->book->leave_verbs, (uint32_t)k->head);
}

/* "suffered injuries": those of the subject */
static bool is_suffered(const scene *s, uint32_t word)
{
    const token *k = scene_token(s, word);
    return k->pos == UPOS_NOUN && k->rel == DEPREL_OBJ && k->head >= 0
           && scene_in(s, &s->book->suffer_verbs, (uint32_t)k->head);
}

static bool is_somebody(const scene *s, uint32_t t)
{
    const uint32_t who = s->who_at[t];
    return scene_in(s, &s->book->person_nouns, t)
           || (who != MAP_NONE && s->doc->mentions.v[who].kind == MENTION_PERSON);
}

static void add_bearers(const scene *s, uint32_t word, token_list *out)
{
    if (!scene_in(s, &s->book->injure_words, word)) return;
    if (is_left_with(s, word)) scene_objects(s, (uint32_t)scene_token(s, word)->head, out);
    if (is_suffered(s, word)) scene_subjects(s, (uint32_t)scene_token(s, word)->head, out);
    if (out->n && !is_somebody(s, out->v[0])) out->n = 0;
}

/* "charged with murder", "linked the two with the killings": whom a deed is laid to is none of its dead. */
static bool is_laid_to(const scene *s, uint32_t verb, uint32_t deed)
{
    return str_is(scene_preposition(s, deed), "with") || scene_in(s, &s->book->accuse_verbs, verb)
           || scene_in(s, &s->book->charge_verbs, verb);
}

/* The object of "kill", the subject of "die" and of "dead". */
static void by_tree(const scene *s, uint32_t word, token_list *out)
{
    const token *k = scene_token(s, word);
    if (scene_is_verb(s, word)) {
        scene_objects(s, word, out);
        if (!out->n) scene_subjects(s, word, out);
        return;
    }
    add_bearers(s, word, out);
    if (out->n) return;
    of_noun(s, word, out);
    /* "one child was among six dead": one of the six */
    if (s->count_at[word] != MAP_NONE && str_is(scene_preposition(s, word), "among")) out->n = 0;
    if (s->count_at[word] != MAP_NONE) *array_push(s->arena, out) = word;
    if (out->n || k->head < 0) return;
    uint32_t h = (uint32_t)k->head;
    if (k->rel == DEPREL_AMOD) *array_push(s->arena, out) = h;
    /* "left two dead", "shot dead two men", "was stabbed to death" */
    else if (scene_is_verb(s, h)
             && (k->rel == DEPREL_XCOMP || k->rel == DEPREL_ADVMOD
                 || (k->rel == DEPREL_OBL && !is_laid_to(s, h, word))))
        scene_objects(s, h, out);
    else if (k->rel == DEPREL_CONJ) {
        token_list before = {0};
        if (scene_is_verb(s, h)) scene_objects(s, h, &before);
        for (size_t i = 0; i < before.n; i++) *array_push(s->arena, out) = before.v[i];
    }
}

/* "the death toll has reached 20", "has risen to 21": the number stands with the verb; "raised the toll to 56": a number
 * alone, for of "took the wounded to two hospitals" it tells nothing. */
static void counted_by_verb(const scene *s, uint32_t noun, token_list *out)
{
    const token *k = scene_token(s, noun);
    bool is_object = k->rel == DEPREL_OBJ || k->rel == DEPREL_NSUBJ_PASS;
    if ((k->rel != DEPREL_NSUBJ && !is_object) || k->head < 0) return;
    uint32_t verb = (uint32_t)k->head;
    if (!scene_is_verb(s, verb)) return;
    token_list counted = {0};
    if (!is_object) scene_objects(s, verb, &counted);
    scene_slot(s, verb, STR("to"), &counted);
    scene_slot(s, verb, STR("at"), &counted);
    for (size_t i = 0; i < counted.n; i++)
        if (!is_object || scene_token(s, counted.v[i])->pos == UPOS_NUM)
            *array_push(s->arena, out) = counted.v[i];
}

/* Where the tree goes astray: the people counted right behind the word ("killed at least 39 people"), or right
 * before it but for auxiliaries ("six people have been killed"). */
static void counted_beside(const scene *s, uint32_t word, token_list *out)
{
    const sentence *sent = &s->doc->sentences.v[scene_token(s, word)->sentence];
    uint32_t end = sent->first + sent->n;
    uint32_t n = scene_token(s, word)->sentence;
    for (uint32_t i = s->first_mention[n]; i < s->first_mention[n + 1]; i++) {
        const mention *m = &s->doc->mentions.v[i];
        if (m->kind != MENTION_QUANTITY || m->first < sent->first || m->first >= end || m->head >= end)
            continue;
        /* "killed by two men", "dead in 39 attacks": other people's number */
        bool other = m->first == word + 2 && scene_token(s, word + 1)->pos == UPOS_ADP;
        bool behind = m->first > word && m->first <= word + 2 && !other;
        bool before = m->first + m->n <= word && m->first + m->n + 3 > word;
        for (uint32_t t = m->first + m->n; before && t < word; t++)
            before = scene_token(s, t)->pos == UPOS_AUX;
        /* "the person killed was a man": one of them */
        if (behind && m->first == word + 2 && scene_token(s, word + 1)->pos == UPOS_AUX) out->n = 0;
        if (behind || before) add_joined(s, m->head, out, 0);
    }
}

/* "were killed along with 40 civilians", "six soldiers, together with a child, were killed" */
static void add_company(const scene *s, uint32_t of, bool ahead, token_list *out)
{
    FOR_CHILDREN (s, c, of) {
        deprel r = deprel_universal(scene_token(s, c)->rel);
        bool nominal = r == DEPREL_OBL || r == DEPREL_NMOD;
        if (nominal && (ahead || c > of)
            && map_get(&s->book->company_words, scene_preposition(s, c)) != MAP_NONE)
            add_joined(s, c, out, 0);
    }
}

static void add_companions(const scene *s, uint32_t word, token_list *out)
{
    const size_t n = out->n;
    for (size_t i = 0; i < n; i++) add_company(s, out->v[i], true, out);
    if (n && scene_is_verb(s, word)) add_company(s, word, false, out);
}

static bool has_count(const scene *s, const token_list *who)
{
    for (size_t i = 0; i < who->n; i++)
        if (victim_count(s, who->v[i])) return true;
    return false;
}

/* "among them two girls", "of whom three were children": some of those before */
static bool opens_part(const scene *s, uint32_t t)
{
    const str w = scene_token(s, t)->norm;
    const token *next = scene_token(s, t + 1);
    if (!str_is(w, "among") && !str_is(w, "amongst") && !str_is(w, "of")) return false;
    return next->tag == XPOS_WP || str_is(next->norm, "them");
}

static bool is_some_of(const scene *s, uint32_t whole, uint32_t t)
{
    enum { REACH = 16 };
    for (uint32_t i = whole + 1; i < t && i < whole + REACH; i++)
        if (opens_part(s, i)) return true;
    return false;
}

static void drop_parts(const scene *s, token_list *who)
{
    size_t n = 0;
    for (size_t i = 0; i < who->n; i++)
        if (!n || !is_some_of(s, who->v[n - 1], who->v[i])) who->v[n++] = who->v[i];
    who->n = n;
}

void victims_find(const scene *s, uint32_t word, token_list *out)
{
    by_tree(s, word, out);
    if (!scene_is_verb(s, word)) counted_by_verb(s, word, out);
    if (!has_count(s, out)) counted_beside(s, word, out);
    add_companions(s, word, out);
    drop_parts(s, out);
}
