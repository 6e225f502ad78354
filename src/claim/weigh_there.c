#include "claim/weigh_there.h"

enum { FARTHEST = 4, MENTIONS_BACK = 200 };

static uint32_t words_of(const scene *s, uint32_t t)
{
    uint32_t bits = 0;
    for (uint32_t k = 0; k < N_PLACE_WORDS; k++)
        if (scene_in(s, &s->book->place_words[k], t)) bits |= 1u << k;
    return bits;
}

static bool is(uint32_t words, place_word k)
{
    return words >> k & 1;
}

/* "the town", "this state": nothing beside it says which. */
static bool is_definite(const scene *s, uint32_t t)
{
    bool definite = false;
    FOR_CHILDREN (s, c, t) {
        const token *k = scene_token(s, c);
        definite = definite || (k->rel == DEPREL_DET && k->norm.len > 1 && !str_is(k->norm, "an"));
        bool names = s->place_over[c] != MAP_NONE
                     && (deprel_universal(k->rel) == DEPREL_NMOD || k->rel == DEPREL_COMPOUND
                         || k->rel == DEPREL_APPOS || k->rel == DEPREL_FLAT);
        if (names) return false;
    }
    return definite;
}

static bool is_anaphor(const scene *s, uint32_t t, uint32_t words)
{
    const token *k = scene_token(s, t);
    if (s->place_over[t] != MAP_NONE) return false;
    if (is(words, PLACE_WORD_YONDER)) return k->pos == UPOS_ADV && k->rel != DEPREL_EXPL;
    return k->pos == UPOS_NOUN && is_definite(s, t);
}

static bool fits(uint32_t words, const place *p)
{
    bool town = str_starts(p->feature, STR("PPL"));
    if (is(words, PLACE_WORD_YONDER)) return p->precision != PRECISION_COUNTRY;
    if (is(words, PLACE_WORD_SETTLEMENT) && (town || p->feature.len == 0)) return true;
    if (is(words, PLACE_WORD_DIVISION)
        && (p->precision == PRECISION_ADMIN1 || p->precision == PRECISION_ADMIN2))
        return true;
    if (is(words, PLACE_WORD_LAND) && p->precision == PRECISION_COUNTRY) return true;
    return is(words, PLACE_WORD_SPOT) && !town && p->precision < PRECISION_ADMIN2;
}

/* The last place named before the word that fits it. */
static const mention *antecedent(const scene *s, uint32_t at_sentence, const place_anaphor *a)
{
    const mention *v = s->doc->mentions.v;
    size_t end = s->first_mention[at_sentence + 1], floor = end > MENTIONS_BACK ? end - MENTIONS_BACK : 0;
    for (size_t i = end; i-- > floor;)
        if (v[i].kind == MENTION_LOCATION && v[i].head < a->token && fits(a->words, &v[i].place))
            return &v[i];
    return NULL;
}

place_anaphor there_find(const scene *s, uint32_t at_sentence, const happening *h)
{
    place_anaphor best = {.token = NO_TOKEN, .distance = FARTHEST + 1};
    const sentence *sent = &s->doc->sentences.v[at_sentence];
    for (uint32_t t = sent->first; t < sent->first + sent->n; t++) {
        const token *k = scene_token(s, t);
        uint32_t words = k->pos == UPOS_NOUN || k->pos == UPOS_ADV ? words_of(s, t) : 0;
        if (!words || (t >= h->first && t <= h->last) || !is_anaphor(s, t, words)) continue;
        uint32_t d = scene_distance(s, t, h->token);
        if (d < best.distance) best = (place_anaphor){t, words, d, NULL};
    }
    if (best.token != NO_TOKEN) best.stands = antecedent(s, at_sentence, &best);
    return best;
}

void there_evidence(const scene *s, const place_anaphor *a, const mention *m, str where, evidence *e)
{
    if (a->token == NO_TOKEN) {
        evidence_add(e, "there", STR("-"), where);
        return;
    }
    bool means =
        a->stands && str_eq_nocase(document_plain(s->doc, a->stands->at), document_plain(s->doc, m->at));
    str fit = means ? STR("means") : fits(a->words, &m->place) ? STR("fits") : STR("other");
    evidence_add(e, "there", fit, where);
    evidence_add(e, "there-distance", fit, weigh_digit(a->distance));
    evidence_add(e, "there-word", fit, scene_word(s, a->token));
    evidence_add(e, "there-preposition", fit, scene_preposition(s, a->token));
}
