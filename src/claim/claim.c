#include "claim/happening.h"

enum { CARRY_SENTENCES = 3 };

static span trigger_span(const scene *s, const happening *h)
{
    return span_join(scene_token(s, h->first)->at, scene_token(s, h->last)->at);
}

static void begin_claims(const scene *s, happening_array *all)
{
    for (size_t i = 0; i < all->n; i++) {
        happening *h = &all->v[i];
        const sentence *sent = &s->doc->sentences.v[scene_token(s, h->token)->sentence];
        h->claim = (claim){.type = h->type->name, .codes = &h->type->codes, .trigger = trigger_span(s, h), .trigger_token = h->token,
                           .evidence = sent->at, .rule = h->rule->name, .event = -1};
    }
}

static void add_loaded(const scene *s, claim *c, const sentence *sent)
{
    for (uint32_t t = sent->first; t < sent->first + sent->n; t++) {
        uint32_t i = map_get(&s->book->loaded, scene_word(s, t));
        if (i == MAP_NONE) i = map_get(&s->book->loaded, scene_token(s, t)->norm);
        if (i == MAP_NONE) continue;
        span at = scene_token(s, t)->at;
        bool own = span_overlaps(at, c->trigger);
        for (size_t a = 0; a < c->actors.n; a++) own = own || span_overlaps(at, c->actors.v[a].at);
        if (own) *array_push(s->arena, &c->loaded) = (claim_loaded){at, s->book->loaded_neutral.v[i]};
    }
}

/* What was told before and holds on: a town, a date, the means behind a vague word. */
typedef struct memory {
    const claim *last;          /* the last happening that harms */
    const claim_type *type;
    uint32_t sentence;
} memory;

static bool is_definite(const scene *s, uint32_t t)
{
    FOR_CHILDREN(s, c, t) {
        const token *k = scene_token(s, c);
        if (k->rel == DEPREL_DET && (str_is(k->norm, "the") || str_is(k->norm, "this") || str_is(k->norm, "that") || str_is(k->norm, "these"))) return true;
    }
    return false;
}

static void remember_type(const scene *s, const memory *m, happening *h, uint32_t n)
{
    if (!h->rule->is_vague || !m->type || n - m->sentence > CARRY_SENTENCES) return;
    bool back = h->rule->guise != GUISE_NOUN || is_definite(s, h->token);
    if (!back) return;
    h->type = m->type;
    h->claim.type = h->type->name;
    h->claim.codes = &h->type->codes;
}

static void inherit(const scene *s, const memory *m, happening *h, uint32_t n)
{
    claim *c = &h->claim;
    if (!m->last || n - m->sentence > CARRY_SENTENCES || !h->type->harms) return;
    if (!c->places.n)
        for (size_t i = 0; i < m->last->places.n; i++) *array_push(s->arena, &c->places) = m->last->places.v[i];
    if (!c->has_date && m->last->has_date && c->status == m->last->status) {
        c->has_date = true;
        c->date = m->last->date;
        c->date_at = m->last->date_at;
    }
}

static double confidence_of(const happening *h)
{
    const claim *c = &h->claim;
    double v = 0.5;
    v += c->actors.n ? 0.15 : 0;
    v += c->places.n ? 0.1 : 0;
    v += c->has_date ? 0.05 : 0;
    v += h->rule->n_words > 1 || h->rule->conditions.n ? 0.05 : 0;
    v -= h->rule->is_vague ? 0.1 : 0;
    return v - 0.05 * (c->hedges.n > 0);
}

static void read_sentence(scene *s, uint32_t n, memory *m, quote_state *quotes)
{
    happening_array all = {0};
    source_follow_quotes(s, n, quotes);
    happening_match(s, n, &all);
    begin_claims(s, &all);
    happening_join(s, &all);
    for (size_t i = 0; i < all.n; i++) {
        happening *h = &all.v[i];
        if (h->dropped) continue;
        remember_type(s, m, h, n);
        happening_fill_roles(s, h);
        happening_fill_harm(s, h);
        happening_fill_status(s, h);
        happening_fill_source(s, h);
        source_add_quoted(s, quotes, h);
    }
    happening_fill_setting(s, &all);
    for (size_t i = 0; i < all.n; i++) {
        happening *h = &all.v[i];
        if (h->dropped || (h->type->wants_named && !h->claim.actors.n)) continue;
        inherit(s, m, h, n);
        add_loaded(s, &h->claim, &s->doc->sentences.v[n]);
        h->claim.confidence = confidence_of(h);
        *array_push(s->arena, &s->doc->claims) = h->claim;
        if (h->type->harms) {
            claim *kept = arena_new(s->arena, claim, 1);
            *kept = h->claim;
            *m = (memory){kept, h->type, n};
        }
    }
}

void claim_run(const codebook *c, document *d)
{
    scene s;
    scene_init(&s, c, d);
    memory m = {0};
    quote_state quotes = {.speaker = NO_TOKEN};
    for (uint32_t n = 0; n < d->sentences.n; n++)
        if (!d->sentences.v[n].is_notice) read_sentence(&s, n, &m, &quotes);
}
