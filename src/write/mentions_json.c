#include "write/fields.h"

static void write_quantity(json *j, const quantity *q)
{
    field_number(j, "low", q->has_low, q->low);
    field_number(j, "best", q->has_best, q->best);
    field_number(j, "high", q->has_high, q->high);
    field_known(j, "of", q->of);
}

/* The members that only some kinds have. */
static void write_kind(json *j, const mention *m)
{
    switch (m->kind) {
    case MENTION_LOCATION:
        field_place(j, &m->place);
        field_known(j, "use", write_label(LABELS_PLACE_USE, (int)m->use));
        field_known(j, "credit", place_credit(m->place.has_point));
        return;
    case MENTION_DATE: field_date(j, &m->date); return;
    case MENTION_QUANTITY: write_quantity(j, &m->quantity); return;
    default: break;
    }
    field_known(j, "name", m->name);
    field_known(j, "entity", m->entity);
    if (m->kind == MENTION_NATIONALITY) field_known(j, "country", m->country);
}

static void write_mention(const write_view *w, const mention *m)
{
    json j = {.o = w->o};
    out_json_open(&j, '{');
    out_json_key(&j, "schema");
    out_json_string(&j, STR("sitrep.mention/1"));
    out_json_key(&j, "document");
    out_json_open(&j, '{');
    field_known(&j, "id", w->d->id);
    field_known(&j, "sha256", str_from(w->d->sha256));
    field_custody(&j, w->d);
    out_json_close(&j, '}');
    field_known(&j, "kind", write_label(LABELS_MENTION_KIND, (int)m->kind));
    field_span(&j, w, m->at);
    field_bytes(&j, w, m->at);
    field_number(&j, "chain", m->chain, m->chain);
    write_kind(&j, m);
    out_json_close(&j, '}');
    out_char(w->o, '\n');
}

void write_mentions_json(const write_view *w)
{
    size_t i = 0, k = 0;
    for (const mention *m; (m = document_next_named(w->d, &i, &k));) write_mention(w, m);
}
