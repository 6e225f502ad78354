#include "claim/chronicle.h"
#include "claim/hint.h"
#include "claim/weigh_same.h"

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
        h->claim = (claim){.type = h->type->name,
                           .codes = &h->type->codes,
                           .trigger = trigger_span(s, h),
                           .trigger_token = h->token,
                           .evidence = sent->at,
                           .rule = h->rule->name,
                           .event = -1};
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
    const claim *last; /* the last happening that harms */
    const claim_type *type;
    uint32_t sentence;
} memory;

static bool is_definite(const scene *s, uint32_t t)
{
    FOR_CHILDREN (s, c, t) {
        const token *k = scene_token(s, c);
        if (k->rel == DEPREL_DET
            && (str_is(k->norm, "the") || str_is(k->norm, "this") || str_is(k->norm, "that")
                || str_is(k->norm, "these")))
            return true;
    }
    return false;
}

static void remember_type(const scene *s, const memory *m, happening *h, uint32_t n)
{
    if (!h->rule->is_vague || !m->type || n - m->sentence > CARRY_SENTENCES
        || !str_is(m->type->codes.plover, "ASSAULT"))
        return;
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
        for (size_t i = 0; i < m->last->places.n; i++)
            *array_push(s->arena, &c->places) = m->last->places.v[i];
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

typedef struct reading {
    scene scene;
    const judge *judge; /* NULL: rules alone */
    memory memory;
    quote_state quotes;
    dated_array dated; /* goes with document.claims; judges only */
    chronicle chronicle;
} reading;

static void fill(reading *r, happening *h)
{
    happening_fill_roles(&r->scene, h);
    happening_fill_harm(&r->scene, h);
    happening_fill_status(&r->scene, h);
    happening_fill_source(&r->scene, h);
    source_add_quoted(&r->scene, &r->quotes, h);
}

/* The quantity; of a vague word the fewest that the codebook says it counts. */
static quantity number_of(const scene *s, const mention *m)
{
    quantity q = m->quantity;
    if (q.has_low || q.has_best || q.has_high) return q;
    for (uint32_t t = m->first; t < m->first + m->n; t++) {
        uint32_t fewest = map_get(&s->book->vague_numbers, scene_token(s, t)->norm);
        if (fewest == MAP_NONE || fewest < q.low) continue;
        q.low = fewest;
        q.has_low = true;
    }
    return q;
}

/* "detained a suspected insurgent" counts one; "a camp", "a source said" count nothing that anybody asks for. */
static bool is_counted(const scene *s, const claim_actor *a, const mention *count)
{
    uint32_t who = s->who_at[a->token];
    bool is_person = who != MAP_NONE && s->doc->mentions.v[who].kind == MENTION_PERSON;
    return !scene_counts_by_article(s, count) || (a->role == ROLE_RECIPIENT && is_person);
}

static bool is_toll(const claim *c, span at)
{
    return (c->has_killed && span_overlaps(at, c->killed.at))
           || (c->has_injured && span_overlaps(at, c->injured.at));
}

/* "detained two insurgents", "a convoy of 20 trucks": the parties of a claim that the text counts, but for its dead
 * and injured. */
static void add_counts(const scene *s, claim *c)
{
    size_t n = 0; /* "75 dead" counts the dead, not what the claim is told by */
    for (size_t i = 0; i < c->counts.n; i++)
        if (!is_toll(c, c->counts.v[i].at)) c->counts.v[n++] = c->counts.v[i];
    c->counts.n = n;
    for (size_t i = 0; i < c->actors.n; i++) {
        uint32_t q = s->count_at[c->actors.v[i].token];
        if (q == MAP_NONE || !is_counted(s, &c->actors.v[i], &s->doc->mentions.v[q])) continue;
        const mention *m = &s->doc->mentions.v[q];
        bool told = is_toll(c, m->at);
        for (size_t k = 0; k < c->counts.n; k++) told = told || span_overlaps(c->counts.v[k].at, m->at);
        if (!told) *array_push(s->arena, &c->counts) = (claim_count){m->at, number_of(s, m)};
    }
}

static void *copied(arena *a, const void *v, size_t n, size_t size)
{
    return n ? memcpy(arena_alloc(a, n, size, alignof(max_align_t)), v, n * size) : NULL;
}

#define COPY_ARRAY(a, array)                                                                               \
    ((array).v = copied((a), (array).v, (array).n, sizeof *(array).v), (array).cap = (array).n)

/* The claim in the document's memory; what else was thought of its sentence is scratch. */
static claim lasting(arena *a, claim c)
{
    COPY_ARRAY(a, c.hedges);
    COPY_ARRAY(a, c.actors);
    COPY_ARRAY(a, c.places);
    COPY_ARRAY(a, c.counts);
    COPY_ARRAY(a, c.weapons);
    COPY_ARRAY(a, c.claimants);
    COPY_ARRAY(a, c.loaded);
    return c;
}

static const claim_codes *codes_of(const happening *h)
{
    const trigger_rule *rule = h->rule->type == h->type ? h->rule : NULL;
    for (uint32_t i = 0; i < h->n_options; i++)
        if (h->options[i]->type == h->type) rule = h->options[i];
    return codebook_codes(h->type, rule, h->claim.status);
}

static void keep(reading *r, happening *h, uint32_t n)
{
    const scene *s = &r->scene;
    arena *memory_of_document = s->doc->arena;
    if (!r->judge) inherit(s, &r->memory, h, n);
    add_loaded(s, &h->claim, &s->doc->sentences.v[n]);
    add_counts(s, &h->claim);
    h->claim.codes = codes_of(h);
    status_drop_plain(s, &h->claim);
    h->claim.confidence = r->judge ? h->likelihood : confidence_of(h);
    claim kept_claim = lasting(memory_of_document, h->claim);
    *array_push(memory_of_document, &s->doc->claims) = kept_claim;
    if (!h->type->harms || r->judge) return;
    claim *kept = arena_new(memory_of_document, claim, 1);
    *kept = kept_claim;
    r->memory = (memory){kept, h->type, n};
}

static void weigh(reading *r, uint32_t n, const happening_array *all, happening *h)
{
    const scene *s = &r->scene;
    double same[SAME_BACK];
    weigh_happening(s, r->judge, n, all, h);
    dated own = weigh_date(s, r->judge, n, all, h);
    weigh_same(s, r->judge, &h->claim, &own, same);
    chronicle_date(&r->chronicle, &h->claim);
    if (!h->claim.has_date) weigh_day(s, r->judge, n, all, h, &own, same);
    *array_push(s->doc->arena, &r->dated) = own;
    r->scene.told = r->dated.v;
}

static void read_sentence(reading *r, uint32_t n)
{
    const scene *s = &r->scene;
    happening_array all = {0};
    source_follow_quotes(s, n, &r->quotes);
    chronicle_follow(&r->chronicle, s, n);
    happening_match(s, n, r->judge != NULL, &all);
    begin_claims(s, &all);
    happening_join(s, &all);
    for (size_t i = 0; i < all.n; i++) {
        if (all.v[i].dropped && !all.v[i].instead) continue;
        if (!r->judge) remember_type(s, &r->memory, &all.v[i], n);
        fill(r, &all.v[i]);
    }
    happening_fill_setting(s, &all);
    if (r->judge) weigh_happenings(s, r->judge, n, &all);
    for (size_t i = 0; i < all.n; i++) {
        happening *h = &all.v[i];
        if (h->dropped || (!r->judge && h->type->wants_named && !h->claim.actors.n)) continue;
        if (r->judge) weigh(r, n, &all, h);
        happening_take_dead(s, &all, h);
        if (!r->judge) chronicle_date(&r->chronicle, &h->claim);
        keep(r, h, n);
    }
    if (s->doc->trace) happening_trace(s, n, &all);
}

static void release_scratch(void *scratch)
{
    arena_release(scratch);
}

/* Memory for one sentence at a time. It goes with the document's, also when that runs out. */
static arena *open_scratch(document *d)
{
    arena *scratch = arena_new(d->arena, arena, 1);
    arena_init(scratch, d->arena->cap_bytes);
    scratch->on_full = d->arena->on_full;
    arena_defer(d->arena, release_scratch, scratch);
    return scratch;
}

void claim_run(const codebook *c, const judge *j, document *d)
{
    reading r = {.judge = j, .quotes = {.speaker = NO_TOKEN}};
    scene_init(&r.scene, c, d);
    r.scene.judge = j;
    hint_begin(&r.scene);
    scene_find_classes(&r.scene);
    if (j) scene_hash_words(&r.scene);
    r.scene.arena = open_scratch(d);
    chronicle_begin(&r.chronicle, &r.scene);
    for (uint32_t n = 0; n < d->sentences.n; n++) {
        if (d->sentences.v[n].is_notice) continue;
        read_sentence(&r, n);
        arena_reset(r.scene.arena);
    }
}
