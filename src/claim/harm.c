/* The dead and the injured of a happening: counted noun phrases that a verb of harm takes, "leaving six
 * dead", "with 20 wounded", "death toll of 40". */
#include "claim/happening.h"

static bool is_person_noun(const scene *s, uint32_t t)
{
    uint32_t who = s->who_at[t];
    if (who != MAP_NONE && s->doc->mentions.v[who].kind != MENTION_NATIONALITY) return true;
    return scene_in(s, &s->book->person_nouns, t) || scene_token(s, t)->pos == UPOS_NUM;
}

static void add_number(int64_t *sum, bool *has, bool first, int64_t n, bool has_n)
{
    *has = (first || *has) && has_n;
    *sum = (first ? 0 : *sum) + n;
}

static void add_to(claim_count *c, bool *has, span at, quantity q)
{
    bool first = !*has;
    if (!first && span_overlaps(c->at, at)) return;
    add_number(&c->number.low, &c->number.has_low, first, q.low, q.has_low);
    add_number(&c->number.best, &c->number.has_best, first, q.best, q.has_best);
    add_number(&c->number.high, &c->number.has_high, first, q.high, q.has_high);
    c->at = first ? at : span_join(c->at, at);
    *has = true;
}

/* The number that counts a noun: a quantity mention on it or on its number word. */
static const mention *count_of(const scene *s, uint32_t t)
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

static bool is_single_person(const scene *s, uint32_t t)
{
    const token *k = scene_token(s, t);
    uint32_t who = s->who_at[t];
    if (k->tag == XPOS_NNS || k->tag == XPOS_NNPS || k->pos == UPOS_PRON) return false;
    if (who != MAP_NONE && s->doc->mentions.v[who].kind == MENTION_PERSON) return true;
    return k->tag == XPOS_NN && scene_in(s, &s->book->person_nouns, t);
}

static void add_victim(const scene *s, claim_count *c, bool *has, uint32_t t)
{
    const mention *count = count_of(s, t);
    if (count) {
        span at = count->at;
        add_to(c, has, at, count->quantity);
    } else if (is_single_person(s, t)) {
        add_to(c, has, scene_phrase(s, t),
               (quantity){
                   .low = 1, .best = 1, .high = 1, .has_low = true, .has_best = true, .has_high = true});
    }
}

/* "deaths of six men", "casualties among civilians"; but "the toll from a bomb" */
static bool is_of_people(const scene *s, uint32_t t)
{
    str p = scene_preposition(s, t);
    return str_is(p, "of") || str_is(p, "among") || str_is(p, "amongst") || !p.len;
}

/* Who is harmed by a word of harm: the object of "kill", the subject of "die" and of "dead". */
static void victims(const scene *s, uint32_t word, token_list *out)
{
    const token *k = scene_token(s, word);
    if (scene_is_verb(s, word)) {
        scene_objects(s, word, out);
        if (!out->n) scene_subjects(s, word, out);
        return;
    }
    FOR_CHILDREN (s, c, word) {
        deprel r = scene_token(s, c)->rel;
        if (r == DEPREL_NSUBJ || r == DEPREL_NUMMOD || r == DEPREL_NSUBJ_OUTER
            || (r == DEPREL_NMOD && c > word && is_of_people(s, c)))
            *array_push(s->arena, out) = c;
    }
    /* "one child was among six dead": one of the six */
    if (s->count_at[word] != MAP_NONE && str_is(scene_preposition(s, word), "among")) out->n = 0;
    if (s->count_at[word] != MAP_NONE) *array_push(s->arena, out) = word;
    if (out->n || k->head < 0) return;
    uint32_t h = (uint32_t)k->head;
    if (k->rel == DEPREL_AMOD) *array_push(s->arena, out) = h;
    /* "left two dead", "shot dead two men", "was stabbed to death" */
    else if (scene_is_verb(s, h)
             && (k->rel == DEPREL_XCOMP || k->rel == DEPREL_ADVMOD || k->rel == DEPREL_OBL))
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
        if (behind || before) *array_push(s->arena, out) = m->head;
    }
}

static bool has_count(const scene *s, const token_list *who)
{
    for (size_t i = 0; i < who->n; i++)
        if (count_of(s, who->v[i])) return true;
    return false;
}

void harm_of_word(const scene *s, claim *c, uint32_t word)
{
    bool kills = scene_in(s, &s->book->kill_words, word),
         injures = scene_in(s, &s->book->injure_words, word);
    token_list who = {0};
    victims(s, word, &who);
    if (!scene_is_verb(s, word)) counted_by_verb(s, word, &who);
    if (!has_count(s, &who)) counted_beside(s, word, &who);
    for (size_t i = 0; i < who.n; i++) {
        uint32_t t = who.v[i];
        if (!is_person_noun(s, t) && s->count_at[t] == MAP_NONE) continue;
        if (kills) add_victim(s, &c->killed, &c->has_killed, t);
        if (injures) add_victim(s, &c->injured, &c->has_injured, t);
    }
}

/* Words of harm that hang on the happening without being triggers of their own: "leaving six dead and ten
 * wounded", "with a death toll of 40". */
static void add_hanging(const scene *s, happening *h)
{
    enum { MOST = 64 }; /* no sentence of a report has more; one that does must not cost their square */
    const sentence *sent = &s->doc->sentences.v[scene_token(s, h->token)->sentence];
    size_t looked = 0;
    for (uint32_t t = sent->first; t < sent->first + sent->n; t++) {
        if (!scene_is_harm(s, t)) continue;
        if (looked++ == MOST) break;
        bool known = false;
        for (size_t i = 0; i < h->victims_of.n; i++) known = known || h->victims_of.v[i] == t;
        if (known || (t >= h->first && t <= h->last)) continue;
        if (scene_token(s, t)->pos == UPOS_VERB && scene_token(s, t)->rel != DEPREL_XCOMP
            && scene_token(s, t)->rel != DEPREL_CONJ)
            continue;
        if (scene_below(s, t, h->predicate) || scene_below(s, t, h->token)) harm_of_word(s, &h->claim, t);
    }
}

void happening_fill_harm(const scene *s, happening *h)
{
    if (!h->type->harms) return;
    for (size_t i = 0; i < h->victims_of.n; i++) harm_of_word(s, &h->claim, h->victims_of.v[i]);
    if (!h->claim.has_killed || !h->claim.has_injured) add_hanging(s, h);
}

void happening_take_dead(const scene *s, const happening_array *all, happening *h)
{
    if (h->type->harms) return;
    h->claim.has_killed = h->claim.has_injured = false; /* of a type that it was taken for before */
    for (size_t i = 0; i < h->victims_of.n && !h->type->is_speech; i++)
        if (!happening_is_kept(all, h->victims_of.v[i])) harm_of_word(s, &h->claim, h->victims_of.v[i]);
}
