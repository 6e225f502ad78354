#include "write/fields.h"

void field_known(json *j, const char *key, str value)
{
    out_json_key(j, key);
    out_json_known(j, value);
}

void field_number(json *j, const char *key, bool known, int64_t value)
{
    out_json_key(j, key);
    if (known) out_json_int(j, value);
    else out_json_null(j);
}

void field_span(json *j, const write_view *w, span at)
{
    field_known(j, "text", document_str(w->d, at));
    field_number(j, "start", at.len, (int64_t)position_of(w->positions, at.start));
    field_number(j, "end", at.len, (int64_t)position_of(w->positions, span_end(at)));
}

void field_bytes(json *j, const write_view *w, span at)
{
    uint64_t start, end;
    bool known = document_raw_span(w->d, at, &start, &end);
    field_number(j, "start_byte", known, (int64_t)start);
    field_number(j, "end_byte", known, (int64_t)end);
}

/* Five decimals are about a metre, finer than any gazetteer is right. */
static void field_degrees(json *j, const char *key, bool known, double value)
{
    out_json_key(j, key);
    if (known) out_json_fixed(j, value, 5);
    else out_json_null(j);
}

void field_place(json *j, const place *p)
{
    field_known(j, "name", p->name);
    field_number(j, "geonameid", p->geonameid, p->geonameid);
    field_known(j, "feature", p->feature);
    field_known(j, "country", p->country);
    field_known(j, "admin1", p->admin1);
    field_known(j, "admin2", p->admin2);
    field_degrees(j, "lat", p->has_point, p->lat);
    field_degrees(j, "lon", p->has_point, p->lon);
    field_number(j, "radius_m", p->radius_m, p->radius_m);
    field_number(j, "precision", p->precision, p->precision);
    field_known(j, "match", write_label(LABELS_PLACE_MATCH, (int)p->match));
    field_number(j, "rivals", p->match != MATCH_NONE, p->n_rivals);
}

str place_credit(bool has_point)
{
    return has_point ? STR("GeoNames, CC BY 4.0") : (str){0};
}

bool places_have_point(const claim *c)
{
    for (size_t i = 0; i < c->places.n; i++)
        if (c->places.v[i].place.has_point) return true;
    return false;
}

void field_date(json *j, const date *d)
{
    char text[16];
    field_known(j, "edtf", str_from(d->edtf));
    field_known(j, "from", write_civil(d->from, text));
    field_known(j, "to", write_civil(d->to, text));
    field_number(j, "precision", d->precision, d->precision);
    field_known(j, "basis", write_label(LABELS_DATE_BASIS, (int)d->basis));
}

void field_custody(json *j, const document *d)
{
    field_known(j, "retrieved", d->retrieved);
    out_json_key(j, "source");
    if (!d->path.len) {
        out_json_null(j);
        return;
    }
    out_json_open(j, '{');
    field_known(j, "file", d->path);
    field_number(j, "offset", true, (int64_t)d->source_offset);
    out_json_close(j, '}');
}

static void write_media(json *j, const document *d)
{
    out_json_key(j, "media");
    out_json_open(j, '[');
    for (size_t i = 0; i < d->media.n; i++) {
        out_json_open(j, '{');
        field_known(j, "url", d->media.v[i].url);
        field_known(j, "type", d->media.v[i].type);
        field_known(j, "caption", d->media.v[i].caption);
        out_json_close(j, '}');
    }
    out_json_close(j, ']');
}

void field_about(json *j, const document *d)
{
    char text[16];
    field_known(j, "id", d->id);
    field_known(j, "url", d->url);
    field_known(j, "title", d->title);
    field_known(j, "author", d->author);
    field_known(j, "publisher", d->publisher);
    field_known(j, "published", write_civil(d->published, text));
    field_known(j, "updated", write_civil(d->updated, text));
    field_known(j, "language", d->language);
    field_known(j, "sha256", str_from(d->sha256));
    field_known(j, "licence", d->licence);
    write_media(j, d);
    field_custody(j, d);
}
