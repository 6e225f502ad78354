/* csv: a row a claim (RFC 4180). Text stands in quotes, numbers do not, what is not known is empty. A cell
 * that holds several values joins them with "; ", and cells of one group (recipients, recipient_kinds …)
 * hold as many, in the same order. Values are verbatim: a spreadsheet that runs formulas should import the
 * columns as text. docs/formats.md lists the columns. */
#include "write/fields.h"
#include "write/write.h"

typedef struct row {
    const write_view *w;
    bool comma;
} row;

static void next_cell(row *r)
{
    if (r->comma) out_char(r->w->o, ',');
    r->comma = true;
}

static void cell(row *r, str s)
{
    next_cell(r);
    if (!s.len) return;
    out_char(r->w->o, '"');
    out_csv_part(r->w->o, s);
    out_char(r->w->o, '"');
}

static void cell_int(row *r, bool known, int64_t value)
{
    next_cell(r);
    if (known) out_int(r->w->o, value);
}

static void cell_span(row *r, span at)
{
    cell(r, document_str(r->w->d, at));
    cell_int(r, at.len, (int64_t)position_of(r->w->positions, at.start));
    cell_int(r, at.len, (int64_t)position_of(r->w->positions, span_end(at)));
}

/* A cell of joined values: list_open, list_next before each value, list_close. */
typedef struct list {
    out *o;
    bool any, bare;
} list;

/* One value alone needs no quotes where it is a number. */
static list list_open(row *r, bool bare)
{
    next_cell(r);
    if (!bare) out_char(r->w->o, '"');
    return (list){.o = r->w->o, .bare = bare};
}

static void list_next(list *l)
{
    if (l->any) out_text(l->o, "; ");
    l->any = true;
}

static void list_close(list *l)
{
    if (!l->bare) out_char(l->o, '"');
}

static bool has_role(const claim *c, actor_role role)
{
    for (size_t i = 0; i < c->actors.n; i++)
        if (c->actors.v[i].role == role) return true;
    return false;
}

typedef enum actor_field { ACTOR_TEXT, ACTOR_NAME, ACTOR_KIND, ACTOR_COUNTRY, N_ACTOR_FIELDS } actor_field;

static str actor_value(const write_view *w, const claim_actor *a, actor_field field)
{
    switch (field) {
    case ACTOR_NAME: return a->name;
    case ACTOR_KIND: return write_label(LABELS_ACTOR_KIND, (int)a->kind);
    case ACTOR_COUNTRY: return a->country;
    default: return document_str(w->d, a->at);
    }
}

static void cell_actors(row *r, const claim *c, actor_role role)
{
    for (int field = 0; field < N_ACTOR_FIELDS; field++) {
        list l = list_open(r, !has_role(c, role));
        for (size_t i = 0; i < c->actors.n; i++) {
            if (c->actors.v[i].role != role) continue;
            list_next(&l);
            out_csv_part(l.o, actor_value(r->w, &c->actors.v[i], (actor_field)field));
        }
        list_close(&l);
    }
}

typedef enum place_field {
    FIELD_TEXT,
    FIELD_ROLE,
    FIELD_NAME,
    FIELD_COUNTRY,
    FIELD_ADMIN1,
    FIELD_ADMIN2,
    FIELD_MATCH,
    FIELD_GEONAMEID,
    FIELD_LAT,
    FIELD_LON,
    FIELD_RADIUS,
    FIELD_PRECISION,
    N_PLACE_FIELDS
} place_field;

static str place_text(const write_view *w, const claim_place *p, place_field field)
{
    switch (field) {
    case FIELD_ROLE: return write_label(LABELS_PLACE_ROLE, (int)p->role);
    case FIELD_NAME: return p->place.name;
    case FIELD_COUNTRY: return p->place.country;
    case FIELD_ADMIN1: return p->place.admin1;
    case FIELD_ADMIN2: return p->place.admin2;
    case FIELD_MATCH: return write_label(LABELS_PLACE_MATCH, (int)p->place.match);
    default: return document_str(w->d, p->at);
    }
}

static void place_number(out *o, const place *p, place_field field)
{
    switch (field) {
    case FIELD_GEONAMEID:
        if (p->geonameid) out_int(o, p->geonameid);
        return;
    case FIELD_LAT:
        if (p->has_point) out_fixed(o, p->lat, 5);
        return;
    case FIELD_LON:
        if (p->has_point) out_fixed(o, p->lon, 5);
        return;
    case FIELD_RADIUS:
        if (p->radius_m) out_int(o, p->radius_m);
        return;
    default:
        if (p->precision) out_int(o, p->precision);
        return;
    }
}

static void cell_places(row *r, const claim *c)
{
    for (int field = 0; field < N_PLACE_FIELDS; field++) {
        bool number = field >= FIELD_GEONAMEID;
        list l = list_open(r, number || c->places.n == 0);
        for (size_t i = 0; i < c->places.n; i++) {
            list_next(&l);
            if (number) place_number(l.o, &c->places.v[i].place, (place_field)field);
            else out_csv_part(l.o, place_text(r->w, &c->places.v[i], (place_field)field));
        }
        list_close(&l);
    }
}

static void cell_date(row *r, const claim *c)
{
    static const date none;
    const date *d = c->has_date ? &c->date : &none;
    char text[16];
    cell(r, c->has_date ? document_str(r->w->d, c->date_at) : (str){0});
    cell(r, str_from(d->edtf));
    cell(r, write_civil(d->from, text));
    cell(r, write_civil(d->to, text));
    cell_int(r, d->precision, d->precision);
    cell(r, write_label(LABELS_DATE_BASIS, (int)d->basis));
}

static void cell_toll(row *r, bool known, const claim_count *n)
{
    cell_int(r, known && n->number.has_low, n->number.low);
    cell_int(r, known && n->number.has_best, n->number.best);
    cell_int(r, known && n->number.has_high, n->number.high);
    cell(r, known ? document_str(r->w->d, n->at) : (str){0});
}

static span count_at(const claim *c, size_t i)
{
    return c->counts.v[i].at;
}
static span weapon_at(const claim *c, size_t i)
{
    return c->weapons.v[i].at;
}
static span claimant_at(const claim *c, size_t i)
{
    return c->claimants.v[i].at;
}
static span loaded_at(const claim *c, size_t i)
{
    return c->loaded.v[i].at;
}
static span hedge_at(const claim *c, size_t i)
{
    return c->hedges.v[i];
}

/* Pieces of a claim that are shown in their words alone. */
static void cell_words(row *r, const claim *c, size_t n, span (*at)(const claim *, size_t))
{
    list l = list_open(r, n == 0);
    for (size_t i = 0; i < n; i++) {
        list_next(&l);
        out_csv_part(l.o, document_str(r->w->d, at(c, i)));
    }
    list_close(&l);
}

static void cell_codes(row *r, const claim_codes *codes)
{
    static const claim_codes none;
    if (!codes) codes = &none;
    cell(r, codes->plover);
    cell(r, codes->plover_mode);
    cell(r, codes->cameo);
    cell(r, codes->acled);
    cell_int(r, codes->ucdp_violence, codes->ucdp_violence);
}

static void cell_document(row *r)
{
    const document *d = r->w->d;
    char text[16];
    cell(r, d->id);
    cell(r, d->url);
    cell(r, d->title);
    cell(r, d->publisher);
    cell(r, write_civil(d->published, text));
    cell(r, str_from(d->sha256));
    cell(r, d->retrieved);
    cell(r, d->path);
    cell_int(r, d->path.len, (int64_t)d->source_offset);
}

static void write_row(const write_view *w, const claim *c)
{
    row r = {.w = w};
    cell(&r, str_from(c->id));
    cell_document(&r);
    cell(&r, c->type);
    cell_codes(&r, c->codes);
    cell(&r, write_label(LABELS_STATUS, (int)c->status));
    cell_words(&r, c, c->hedges.n, hedge_at);
    cell_span(&r, c->trigger);
    cell_actors(&r, c, ROLE_ACTOR);
    cell_actors(&r, c, ROLE_ASSOCIATE);
    cell_actors(&r, c, ROLE_RECIPIENT);
    cell_places(&r, c);
    cell_date(&r, c);
    cell_toll(&r, c->has_killed, &c->killed);
    cell_toll(&r, c->has_injured, &c->injured);
    cell_words(&r, c, c->counts.n, count_at);
    cell_words(&r, c, c->weapons.n, weapon_at);
    cell_words(&r, c, c->claimants.n, claimant_at);
    cell_words(&r, c, c->loaded.n, loaded_at);
    next_cell(&r);
    out_fixed(w->o, c->confidence, 2);
    cell_span(&r, c->evidence);
    cell(&r, c->rule);
    cell(&r, w->codebook);
    cell(&r, w->model);
    cell(&r, place_credit(places_have_point(c)));
    out_text(w->o, "\r\n");
}

void write_csv_head(out *o)
{
    out_text(o, "id,document_id,document_url,document_title,document_publisher,document_published,"
                "document_sha256,document_retrieved,document_source,document_source_offset,type,plover,"
                "plover_mode,cameo,acled,ucdp_violence,status,hedges,"
                "trigger,trigger_start,trigger_end,"
                "actors,actor_names,actor_kinds,actor_countries,"
                "associates,associate_names,associate_kinds,associate_countries,"
                "recipients,recipient_names,recipient_kinds,recipient_countries,"
                "places,place_roles,place_names,place_countries,place_admin1,place_admin2,place_matches,"
                "place_geonameids,place_lats,place_lons,place_radii_m,place_precisions,"
                "date_text,date,date_from,date_to,date_precision,date_basis,"
                "killed_low,killed_best,killed_high,killed_text,"
                "injured_low,injured_best,injured_high,injured_text,"
                "counts,weapons,claimants,loaded,confidence,evidence,evidence_start,evidence_end,"
                "rule,codebook,model,place_credit\r\n");
}

void write_claims_csv(const write_view *w)
{
    for (size_t i = 0; i < w->d->claims.n; i++) write_row(w, &w->d->claims.v[i]);
}
