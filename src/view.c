/* view: the record as sitrep.h shows it, with NUL-terminated copies in the document's memory.
 * In: a finished document. Out: structures of sitrep.h, made when they are first asked for. */
#include "pipeline.h"
#include "write/write.h"

static const char *text_of(arena *a, str s)
{
    return s.len ? arena_copy(a, s).ptr : NULL;
}

static const char *label_of(label_set set, int value)
{
    return write_label(set, value).ptr;
}

static sitrep_span span_of(const sitrep_document *x, span at)
{
    if (!at.len) return (sitrep_span){0};
    return (sitrep_span){.text = arena_copy(x->d.arena, document_str(&x->d, at)).ptr,
                         .start = position_of(&x->positions, at.start),
                         .end = position_of(&x->positions, span_end(at)),
                         .start_byte = at.start,
                         .end_byte = span_end(at)};
}

static sitrep_number number_of(const quantity *q)
{
    return (sitrep_number){q->has_low, q->has_best, q->has_high, q->low, q->best, q->high};
}

static const char *day_of(arena *a, civil_date day)
{
    char text[16];
    return text_of(a, write_civil(day, text));
}

static sitrep_count count_of(const sitrep_document *x, span at, const quantity *q)
{
    return (sitrep_count){span_of(x, at), number_of(q), text_of(x->d.arena, q->of)};
}

static sitrep_date date_of(const sitrep_document *x, span at, const date *d)
{
    arena *a = x->d.arena;
    return (sitrep_date){span_of(x, at),     text_of(a, str_from(d->edtf)),
                         day_of(a, d->from), day_of(a, d->to),
                         d->precision,       label_of(LABELS_DATE_BASIS, (int)d->basis)};
}

static sitrep_place place_of(const sitrep_document *x, span at, const char *role, const place *p)
{
    arena *a = x->d.arena;
    return (sitrep_place){.at = span_of(x, at),
                          .role = role,
                          .name = text_of(a, p->name),
                          .geonameid = p->geonameid,
                          .feature = text_of(a, p->feature),
                          .country = text_of(a, p->country),
                          .admin1 = text_of(a, p->admin1),
                          .admin2 = text_of(a, p->admin2),
                          .has_point = p->has_point,
                          .lat = p->has_point ? p->lat : 0,
                          .lon = p->has_point ? p->lon : 0,
                          .radius_m = p->radius_m,
                          .precision = p->precision,
                          .match = label_of(LABELS_PLACE_MATCH, (int)p->match)};
}

static const void *keep_copy(arena *a, const void *value, size_t size)
{
    return memcpy(arena_alloc(a, 1, size, alignof(max_align_t)), value, size);
}

static const sitrep_count *keep_count(const sitrep_document *x, bool known, const claim_count *n)
{
    if (!known) return NULL;
    sitrep_count c = count_of(x, n->at, &n->number);
    return keep_copy(x->d.arena, &c, sizeof c);
}

/* Room for what a claim has of each kind. */
#define ROOM(a, type, from) arena_new((a), type, (from).n ? (from).n : 1)

static void show_parties(const sitrep_document *x, const claim *c, sitrep_claim *to)
{
    arena *a = x->d.arena;
    sitrep_actor *actors = ROOM(a, sitrep_actor, c->actors);
    sitrep_claimant *claimants = ROOM(a, sitrep_claimant, c->claimants);
    for (size_t i = 0; i < c->actors.n; i++) {
        const claim_actor *p = &c->actors.v[i];
        actors[i] = (sitrep_actor){
            span_of(x, p->at),     label_of(LABELS_ACTOR_ROLE, (int)p->role), text_of(a, p->name),
            text_of(a, p->entity), label_of(LABELS_ACTOR_KIND, (int)p->kind), text_of(a, p->country)};
    }
    for (size_t i = 0; i < c->claimants.n; i++) {
        const claim_claimant *p = &c->claimants.v[i];
        claimants[i] = (sitrep_claimant){span_of(x, p->at), text_of(a, p->name),
                                         label_of(LABELS_ACTOR_KIND, (int)p->kind)};
    }
    to->actors = actors;
    to->n_actors = c->actors.n;
    to->claimants = claimants;
    to->n_claimants = c->claimants.n;
}

static void show_setting(const sitrep_document *x, const claim *c, sitrep_claim *to)
{
    arena *a = x->d.arena;
    sitrep_place *places = ROOM(a, sitrep_place, c->places);
    for (size_t i = 0; i < c->places.n; i++)
        places[i] = place_of(x, c->places.v[i].at, label_of(LABELS_PLACE_ROLE, (int)c->places.v[i].role),
                             &c->places.v[i].place);
    to->places = places;
    to->n_places = c->places.n;
    if (!c->has_date) return;
    sitrep_date d = date_of(x, c->date_at, &c->date);
    to->date = keep_copy(a, &d, sizeof d);
}

static void show_numbers(const sitrep_document *x, const claim *c, sitrep_claim *to)
{
    arena *a = x->d.arena;
    sitrep_count *counts = ROOM(a, sitrep_count, c->counts);
    sitrep_weapon *weapons = ROOM(a, sitrep_weapon, c->weapons);
    for (size_t i = 0; i < c->counts.n; i++)
        counts[i] = count_of(x, c->counts.v[i].at, &c->counts.v[i].number);
    for (size_t i = 0; i < c->weapons.n; i++) {
        const claim_weapon *p = &c->weapons.v[i];
        weapons[i] = (sitrep_weapon){span_of(x, p->at), text_of(a, p->weapon_class), text_of(a, p->name),
                                     number_of(&p->number)};
    }
    to->killed = keep_count(x, c->has_killed, &c->killed);
    to->injured = keep_count(x, c->has_injured, &c->injured);
    to->counts = counts;
    to->n_counts = c->counts.n;
    to->weapons = weapons;
    to->n_weapons = c->weapons.n;
}

static void show_words(const sitrep_document *x, const claim *c, sitrep_claim *to)
{
    arena *a = x->d.arena;
    sitrep_span *hedges = ROOM(a, sitrep_span, c->hedges);
    sitrep_loaded *loaded = ROOM(a, sitrep_loaded, c->loaded);
    for (size_t i = 0; i < c->hedges.n; i++) hedges[i] = span_of(x, c->hedges.v[i]);
    for (size_t i = 0; i < c->loaded.n; i++)
        loaded[i] = (sitrep_loaded){span_of(x, c->loaded.v[i].at), text_of(a, c->loaded.v[i].neutral)};
    to->hedges = hedges;
    to->n_hedges = c->hedges.n;
    to->loaded = loaded;
    to->n_loaded = c->loaded.n;
}

static sitrep_claim claim_of(const sitrep_document *x, const claim *c)
{
    static const claim_codes none;
    arena *a = x->d.arena;
    const claim_codes *codes = c->codes ? c->codes : &none;
    str lemma = c->trigger_token < x->d.tokens.n ? x->d.tokens.v[c->trigger_token].lemma : (str){0};
    sitrep_claim shown = {.id = text_of(a, str_from(c->id)),
                          .type = text_of(a, c->type),
                          .status = label_of(LABELS_STATUS, (int)c->status),
                          .plover = text_of(a, codes->plover),
                          .plover_mode = text_of(a, codes->plover_mode),
                          .cameo = text_of(a, codes->cameo),
                          .acled = text_of(a, codes->acled),
                          .ucdp_violence = codes->ucdp_violence,
                          .trigger = span_of(x, c->trigger),
                          .lemma = text_of(a, lemma),
                          .evidence = span_of(x, c->evidence),
                          .page = document_page(&x->d, c->evidence.start),
                          .confidence = c->confidence,
                          .rule = text_of(a, c->rule)};
    show_parties(x, c, &shown);
    show_setting(x, c, &shown);
    show_numbers(x, c, &shown);
    show_words(x, c, &shown);
    return shown;
}

static sitrep_mention mention_of(const sitrep_document *x, const mention *m)
{
    arena *a = x->d.arena;
    sitrep_mention shown = {.kind = label_of(LABELS_MENTION_KIND, (int)m->kind),
                            .at = span_of(x, m->at),
                            .chain = m->chain,
                            .name = text_of(a, m->name),
                            .entity = text_of(a, m->entity),
                            .country = text_of(a, m->country),
                            .weapon_class = text_of(a, m->weapon_class)};
    bool is_party =
        m->kind == MENTION_PERSON || m->kind == MENTION_ORGANISATION || m->kind == MENTION_NATIONALITY;
    if (is_party) shown.actor_kind = label_of(LABELS_ACTOR_KIND, (int)m->actor);
    sitrep_place p = place_of(x, m->at, NULL, &m->place);
    sitrep_date d = date_of(x, m->at, &m->date);
    sitrep_count q = count_of(x, m->at, &m->quantity);
    if (m->kind == MENTION_LOCATION) {
        shown.place = keep_copy(a, &p, sizeof p);
        shown.use = label_text(LABELS_PLACE_USE, (int)m->use);
    }
    if (m->kind == MENTION_DATE) shown.date = keep_copy(a, &d, sizeof d);
    if (m->kind == MENTION_QUANTITY) shown.quantity = keep_copy(a, &q, sizeof q);
    return shown;
}

/* ---- made on demand -------------------------------------------------------------------------- */

static const sitrep_media *media_of(arena *a, const media_array *media)
{
    sitrep_media *all = media->n ? arena_new(a, sitrep_media, media->n) : NULL;
    for (size_t i = 0; i < media->n; i++)
        all[i] = (sitrep_media){text_of(a, media->v[i].url), text_of(a, media->v[i].type),
                                text_of(a, media->v[i].caption)};
    return all;
}

static void show_about(sitrep_document *x)
{
    const document *d = &x->d;
    arena *a = d->arena;
    x->view.about = (sitrep_about){.id = text_of(a, d->id),
                                   .path = text_of(a, d->path),
                                   .url = text_of(a, d->url),
                                   .title = text_of(a, d->title),
                                   .author = text_of(a, d->author),
                                   .publisher = text_of(a, d->publisher),
                                   .language = text_of(a, d->language),
                                   .licence = text_of(a, d->licence),
                                   .published = day_of(a, d->published),
                                   .sha256 = d->sha256,
                                   .retrieved = text_of(a, d->retrieved),
                                   .source_offset = d->source_offset,
                                   .updated = day_of(a, d->updated),
                                   .media = media_of(a, &d->media),
                                   .n_media = d->media.n};
    x->view.has_about = true;
}

static void show_claims(sitrep_document *x)
{
    sitrep_claim *claims = ROOM(x->d.arena, sitrep_claim, x->d.claims);
    for (size_t i = 0; i < x->d.claims.n; i++) claims[i] = claim_of(x, &x->d.claims.v[i]);
    x->view.claims = claims;
    x->view.has_claims = true;
}

static void show_mentions(sitrep_document *x)
{
    size_t n = 0, i = 0, k = 0;
    sitrep_mention *mentions =
        arena_new(x->d.arena, sitrep_mention, x->d.mentions.n + x->d.allusions.n + 1);
    for (const mention *m; (m = document_next_named(&x->d, &i, &k));) mentions[n++] = mention_of(x, m);
    x->view.mentions = mentions;
    x->view.n_mentions = n;
    x->view.has_mentions = true;
}

/* The caller's const is about what he sees; the view is filled in the worker's own memory, and a document
 * is used by one thread at a time. False where memory ran out. */
static bool on_demand(const sitrep_document *shown, bool done, void (*show)(sitrep_document *))
{
    if (done) return true;
    sitrep_document *x = (sitrep_document *)(uintptr_t)shown;
    jmp_buf full;
    x->d.arena->on_full = &full;
    bool ok = !setjmp(full);
    if (ok) show(x);
    x->d.arena->on_full = NULL;
    return ok;
}

const sitrep_about *sitrep_document_about(const sitrep_document *d)
{
    return on_demand(d, d->view.has_about, show_about) ? &d->view.about : NULL;
}

const char *sitrep_document_text(const sitrep_document *d, size_t *len_bytes)
{
    if (len_bytes) *len_bytes = d->d.text.len;
    return d->d.text.len ? d->d.text.ptr : "";
}

size_t sitrep_document_claim_count(const sitrep_document *d)
{
    return d->d.claims.n;
}

const sitrep_claim *sitrep_document_claim(const sitrep_document *d, size_t i)
{
    bool ok = i < d->d.claims.n && on_demand(d, d->view.has_claims, show_claims);
    return ok ? &d->view.claims[i] : NULL;
}

size_t sitrep_document_mention_count(const sitrep_document *d)
{
    size_t n = 0;
    for (size_t i = 0; i < d->d.mentions.n; i++) n += !d->d.mentions.v[i].is_pronoun;
    return n + d->d.allusions.n;
}

const sitrep_mention *sitrep_document_mention(const sitrep_document *d, size_t i)
{
    bool ok = on_demand(d, d->view.has_mentions, show_mentions) && i < d->view.n_mentions;
    return ok ? &d->view.mentions[i] : NULL;
}
