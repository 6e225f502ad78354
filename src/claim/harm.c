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
    const mention *count = victim_count(s, t);
    if (count) {
        span at = count->at;
        add_to(c, has, at, count->quantity);
    } else if (is_single_person(s, t)) {
        add_to(c, has, scene_phrase(s, t),
               (quantity){
                   .low = 1, .best = 1, .high = 1, .has_low = true, .has_best = true, .has_high = true});
    }
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
