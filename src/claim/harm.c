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

/* "Hutus", where the tagger takes it for the name of one */
static bool is_plural_name(const scene *s, uint32_t t)
{
    const str w = scene_token(s, t)->norm;
    return w.len > 3 && str_ends(w, STR("s"))
           && map_get(&s->book->person_nouns, str_part(w, 0, w.len - 1)) != MAP_NONE;
}

/* "killed him" */
static bool is_single_pronoun(const token *k)
{
    return k->pos == UPOS_PRON
           && (str_is(k->norm, "he") || str_is(k->norm, "she") || str_is(k->norm, "him")
               || str_is(k->norm, "her"));
}

static bool is_single_person(const scene *s, uint32_t t)
{
    const token *k = scene_token(s, t);
    uint32_t who = s->who_at[t];
    if (k->tag == XPOS_NNS || k->tag == XPOS_NNPS || k->pos == UPOS_PRON) return is_single_pronoun(k);
    if (scene_in(s, &s->book->collective_words, t) || is_plural_name(s, t)) return false;
    if (who != MAP_NONE && s->doc->mentions.v[who].kind == MENTION_PERSON) return true;
    return k->tag == XPOS_NN && scene_in(s, &s->book->person_nouns, t);
}

/* "12 Kenyan soldiers" of "45 Ethiopian and 12 Kenyan soldiers" */
static bool is_counted_again(const scene *s, const mention *first, const mention *m)
{
    return m->kind == MENTION_QUANTITY && m != first && m->head == first->head && m->first > first->first
           && scene_token(s, m->first - 1)->pos == UPOS_CCONJ;
}

static quantity whole_count(const scene *s, const mention *first)
{
    quantity q = first->quantity;
    enum { AHEAD = 12 };
    const size_t own = (size_t)(first - s->doc->mentions.v);
    for (size_t i = own + 1; i < s->doc->mentions.n && i <= own + AHEAD; i++) {
        const mention *m = &s->doc->mentions.v[i];
        if (!is_counted_again(s, first, m)) continue;
        add_number(&q.low, &q.has_low, false, m->quantity.low, m->quantity.has_low);
        add_number(&q.best, &q.has_best, false, m->quantity.best, m->quantity.has_best);
        add_number(&q.high, &q.has_high, false, m->quantity.high, m->quantity.has_high);
    }
    return q;
}

/* "his aunt Jane Boyle": who it is with the name */
static span person_phrase(const scene *s, uint32_t t)
{
    const uint32_t who = s->who_at[t];
    const span phrase = scene_phrase(s, t);
    return who == MAP_NONE ? phrase : span_join(phrase, s->doc->mentions.v[who].at);
}

static void add_victim(const scene *s, claim_count *c, bool *has, uint32_t t)
{
    const quantity one = {
        .low = 1, .best = 1, .high = 1, .has_low = true, .has_best = true, .has_high = true};
    const mention *count = victim_count(s, t);
    if (count) add_to(c, has, count->at, whole_count(s, count));
    else if (is_single_person(s, t)) add_to(c, has, person_phrase(s, t), one);
}

/* "killed his family": dead without a number. */
static void add_uncounted(const scene *s, claim_count *c, bool *has, const token_list *who)
{
    for (size_t i = 0; i < who->n && !*has; i++)
        if (scene_in(s, &s->book->collective_words, who->v[i]))
            add_to(c, has, scene_phrase(s, who->v[i]), (quantity){0});
}

/* "causing heavy casualties", "inflicted losses", "resulted in injuries": some, without a number. */
static bool is_uncounted_toll(const scene *s, uint32_t word)
{
    const token *k = scene_token(s, word);
    if (k->tag != XPOS_NNS || k->head < 0 || victim_count(s, word)) return false;
    FOR_CHILDREN (s, c, word)
        if (s->count_at[c] != MAP_NONE) return false;
    const str p = scene_preposition(s, word);
    const bool taken = k->rel == DEPREL_OBJ || k->rel == DEPREL_CONJ
                       || (deprel_universal(k->rel) == DEPREL_OBL && (str_is(p, "in") || str_is(p, "to")));
    return taken && scene_in(s, &s->book->inflict_verbs, scene_clause(s, (uint32_t)k->head));
}

static void add_toll_alone(const scene *s, claim *c, uint32_t word)
{
    const bool injures = scene_in(s, &s->book->injure_words, word);
    if (!is_uncounted_toll(s, word)) return;
    if (injures) add_to(&c->injured, &c->has_injured, scene_phrase(s, word), (quantity){0});
    else add_to(&c->killed, &c->has_killed, scene_phrase(s, word), (quantity){0});
}

void harm_of_word(const scene *s, claim *c, uint32_t word)
{
    bool kills = scene_in(s, &s->book->kill_words, word),
         injures = scene_in(s, &s->book->injure_words, word);
    token_list who = {0};
    victims_find(s, word, &who);
    for (size_t i = 0; i < who.n; i++) {
        uint32_t t = who.v[i];
        if (!is_person_noun(s, t) && s->count_at[t] == MAP_NONE) continue;
        if (kills) add_victim(s, &c->killed, &c->has_killed, t);
        if (injures) add_victim(s, &c->injured, &c->has_injured, t);
    }
    if (kills) add_uncounted(s, &c->killed, &c->has_killed, &who);
    if (injures) add_uncounted(s, &c->injured, &c->has_injured, &who);
    if (!c->has_killed && !c->has_injured) add_toll_alone(s, c, word);
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
