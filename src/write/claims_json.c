#include "write/fields.h"

enum { CONTEXT = 32 /* code points of prefix and suffix: enough to find the quotation again */ };

static void write_about(json *j, const document *d)
{
    out_json_key(j, "document");
    out_json_open(j, '{');
    field_about(j, d);
    out_json_close(j, '}');
}

static void write_codes(json *j, const claim_codes *codes)
{
    static const claim_codes none;
    if (!codes) codes = &none;
    out_json_key(j, "codes");
    out_json_open(j, '{');
    field_known(j, "plover", codes->plover);
    field_known(j, "plover_mode", codes->plover_mode);
    field_known(j, "cameo", codes->cameo);
    field_known(j, "acled", codes->acled);
    field_number(j, "ucdp_violence", codes->ucdp_violence, codes->ucdp_violence);
    out_json_close(j, '}');
}

/* Opens an element that begins with its span; the caller adds members and closes it. */
static void open_span(json *j, const write_view *w, span at)
{
    out_json_open(j, '{');
    field_span(j, w, at);
}

static void write_evidence(json *j, const write_view *w, span at)
{
    str text = w->d->text;
    size_t before = position_back(text, at.start, CONTEXT);
    size_t after = position_forth(text, span_end(at), CONTEXT);
    out_json_key(j, "evidence");
    out_json_open(j, '{');
    out_json_key(j, "exact");
    out_json_string(j, document_str(w->d, at));
    out_json_key(j, "prefix");
    out_json_string(j, str_part(text, before, at.start - before));
    out_json_key(j, "suffix");
    out_json_string(j, str_part(text, span_end(at), after - span_end(at)));
    field_number(j, "start", true, (int64_t)position_of(w->positions, at.start));
    field_number(j, "end", true, (int64_t)position_of(w->positions, span_end(at)));
    field_bytes(j, w, at);
    if (w->d->pages.n) field_number(j, "page", true, document_page(w->d, at.start));
    out_json_close(j, '}');
}

static void write_hedges(json *j, const write_view *w, const claim *c)
{
    out_json_key(j, "hedges");
    out_json_open(j, '[');
    for (size_t i = 0; i < c->hedges.n; i++) {
        open_span(j, w, c->hedges.v[i]);
        out_json_close(j, '}');
    }
    out_json_close(j, ']');
}

static void write_actors(json *j, const write_view *w, const claim *c)
{
    out_json_key(j, "actors");
    out_json_open(j, '[');
    for (size_t i = 0; i < c->actors.n; i++) {
        const claim_actor *a = &c->actors.v[i];
        out_json_open(j, '{');
        field_known(j, "role", write_label(LABELS_ACTOR_ROLE, (int)a->role));
        field_span(j, w, a->at);
        field_known(j, "name", a->name);
        field_known(j, "entity", a->entity);
        field_known(j, "kind", write_label(LABELS_ACTOR_KIND, (int)a->kind));
        field_known(j, "country", a->country);
        out_json_close(j, '}');
    }
    out_json_close(j, ']');
}

static void write_places(json *j, const write_view *w, const claim *c)
{
    out_json_key(j, "places");
    out_json_open(j, '[');
    for (size_t i = 0; i < c->places.n; i++) {
        const claim_place *p = &c->places.v[i];
        out_json_open(j, '{');
        field_known(j, "role", write_label(LABELS_PLACE_ROLE, (int)p->role));
        field_span(j, w, p->at);
        field_place(j, &p->place);
        out_json_close(j, '}');
    }
    out_json_close(j, ']');
}

static void write_date(json *j, const write_view *w, const claim *c)
{
    out_json_key(j, "date");
    if (!c->has_date) {
        out_json_null(j);
        return;
    }
    open_span(j, w, c->date_at);
    field_date(j, &c->date);
    out_json_close(j, '}');
}

static void write_bounds(json *j, const quantity *q)
{
    field_number(j, "low", q->has_low, q->low);
    field_number(j, "best", q->has_best, q->best);
    field_number(j, "high", q->has_high, q->high);
}

static void write_toll(json *j, const write_view *w, const char *key, bool known, const claim_count *n)
{
    out_json_key(j, key);
    if (!known) {
        out_json_null(j);
        return;
    }
    out_json_open(j, '{');
    write_bounds(j, &n->number);
    field_span(j, w, n->at);
    out_json_close(j, '}');
}

static void write_counts(json *j, const write_view *w, const claim *c)
{
    out_json_key(j, "counts");
    out_json_open(j, '[');
    for (size_t i = 0; i < c->counts.n; i++) {
        out_json_open(j, '{');
        field_known(j, "of", c->counts.v[i].number.of);
        write_bounds(j, &c->counts.v[i].number);
        field_span(j, w, c->counts.v[i].at);
        out_json_close(j, '}');
    }
    out_json_close(j, ']');
}

static void write_weapons(json *j, const write_view *w, const claim *c)
{
    out_json_key(j, "weapons");
    out_json_open(j, '[');
    for (size_t i = 0; i < c->weapons.n; i++) {
        const claim_weapon *x = &c->weapons.v[i];
        open_span(j, w, x->at);
        field_known(j, "class", x->weapon_class);
        field_known(j, "name", x->name);
        field_number(j, "low", x->number.has_low, x->number.low);
        field_number(j, "high", x->number.has_high, x->number.high);
        out_json_close(j, '}');
    }
    out_json_close(j, ']');
}

static void write_claimants(json *j, const write_view *w, const claim *c)
{
    out_json_key(j, "claimants");
    out_json_open(j, '[');
    for (size_t i = 0; i < c->claimants.n; i++) {
        open_span(j, w, c->claimants.v[i].at);
        field_known(j, "name", c->claimants.v[i].name);
        field_known(j, "kind", write_label(LABELS_ACTOR_KIND, (int)c->claimants.v[i].kind));
        out_json_close(j, '}');
    }
    out_json_close(j, ']');
}

static void write_loaded(json *j, const write_view *w, const claim *c)
{
    out_json_key(j, "loaded");
    out_json_open(j, '[');
    for (size_t i = 0; i < c->loaded.n; i++) {
        open_span(j, w, c->loaded.v[i].at);
        field_known(j, "neutral", c->loaded.v[i].neutral);
        out_json_close(j, '}');
    }
    out_json_close(j, ']');
}

static void write_made_by(json *j, const write_view *w, const claim *c)
{
    out_json_key(j, "made_by");
    out_json_open(j, '{');
    out_json_key(j, "sitrep");
    out_json_string(j, str_from(sitrep_version()));
    field_known(j, "codebook", w->codebook);
    field_known(j, "model", w->model);
    field_known(j, "rule", c->rule);
    field_known(j, "places", place_credit(places_have_point(c)));
    out_json_close(j, '}');
}

/* Members stand in the order of the schema's example. */
static void write_claim(const write_view *w, const claim *c)
{
    json j = {.o = w->o};
    out_json_open(&j, '{');
    out_json_key(&j, "schema");
    out_json_string(&j, STR("sitrep.claim/1"));
    field_known(&j, "id", str_from(c->id));
    out_json_key(&j, "event_id");
    out_json_null(&j);
    write_about(&j, w->d);
    field_known(&j, "type", c->type);
    write_codes(&j, c->codes);
    field_known(&j, "status", write_label(LABELS_STATUS, (int)c->status));
    write_hedges(&j, w, c);
    out_json_key(&j, "trigger");
    open_span(&j, w, c->trigger);
    field_known(&j, "lemma",
                c->trigger_token < w->d->tokens.n ? w->d->tokens.v[c->trigger_token].lemma : (str){0});
    out_json_close(&j, '}');
    write_evidence(&j, w, c->evidence);
    write_actors(&j, w, c);
    write_places(&j, w, c);
    write_date(&j, w, c);
    write_toll(&j, w, "killed", c->has_killed, &c->killed);
    write_toll(&j, w, "injured", c->has_injured, &c->injured);
    write_counts(&j, w, c);
    write_weapons(&j, w, c);
    write_claimants(&j, w, c);
    write_loaded(&j, w, c);
    out_json_key(&j, "confidence");
    out_json_fixed(&j, c->confidence, 2);
    write_made_by(&j, w, c);
    out_json_close(&j, '}');
    out_char(w->o, '\n');
}

void write_claims_json(const write_view *w)
{
    for (size_t i = 0; i < w->d->claims.n; i++) write_claim(w, &w->d->claims.v[i]);
}
