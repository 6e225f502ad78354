/* score_json: sitrep.score/1, an object a line: figures, then agreements, then mistakes. */
#include "write/json.h"
#include "write/score.h"

static void member_text(json *j, const char *key, const char *value)
{
    out_json_key(j, key);
    out_json_known(j, str_from(value));
}

static void member_count(json *j, const char *key, size_t value)
{
    out_json_key(j, key);
    out_json_int(j, (int64_t)value);
}

static void member_share(json *j, const char *key, bool known, double value)
{
    out_json_key(j, key);
    if (known) out_json_fixed(j, value, 6);
    else out_json_null(j);
}

static json begin(out *o, const char *kind)
{
    json j = {.o = o};
    out_json_open(&j, '{');
    member_text(&j, "schema", "sitrep.score/1");
    member_text(&j, "kind", kind);
    return j;
}

static void end(json *j)
{
    out_json_close(j, '}');
    out_char(j->o, '\n');
}

static void write_totals(const score_report *r, out *o)
{
    json j = begin(o, "totals");
    member_text(&j, "gold_file", r->gold_path.ptr);
    member_text(&j, "system_file", r->system_path.ptr);
    member_count(&j, "documents", r->totals.documents);
    member_count(&j, "gold", r->totals.gold);
    member_count(&j, "system", r->totals.system);
    member_count(&j, "faults", r->totals.faults);
    end(&j);
}

static void write_figure(const score_report *r, const sitrep_figure *f, out *o)
{
    static const char *const by[] = {NULL, "type", "document", "publisher"};
    json j = begin(o, "figure");
    member_text(&j, "by", f->group ? by[r->by] : NULL);
    member_text(&j, "group", f->group);
    member_text(&j, "field", f->field);
    member_count(&j, "gold", f->gold);
    member_count(&j, "system", f->system);
    member_count(&j, "gold_found", f->gold_found);
    member_count(&j, "system_found", f->system_found);
    member_share(&j, "precision", f->system, f->precision);
    member_share(&j, "recall", f->gold, f->recall);
    member_share(&j, "f1", f->system && f->gold, f->f1);
    member_share(&j, "f1_low", f->has_range, f->f1_low);
    member_share(&j, "f1_high", f->has_range, f->f1_high);
    end(&j);
}

static void write_agreement(const sitrep_agreement *a, out *o)
{
    json j = begin(o, "agreement");
    member_text(&j, "field", a->field);
    member_text(&j, "metric", a->metric);
    member_count(&j, "units", a->units);
    member_share(&j, "alpha", a->has_alpha, a->alpha);
    end(&j);
}

static void member_line(json *j, const char *key, size_t line)
{
    out_json_key(j, key);
    if (line) out_json_int(j, (int64_t)line);
    else out_json_null(j);
}

static void write_mistake(const sitrep_mistake *m, out *o)
{
    json j = begin(o, m->kind);
    member_text(&j, "document", m->document);
    member_text(&j, "type", m->type);
    member_text(&j, "field", m->field);
    member_text(&j, "gold_value", m->gold);
    member_text(&j, "system_value", m->system);
    member_text(&j, "trigger", m->trigger);
    member_text(&j, "sentence", m->sentence);
    member_line(&j, "gold_line", m->gold_line);
    member_line(&j, "system_line", m->system_line);
    end(&j);
}

void write_score_json(const score_report *r, out *o)
{
    write_totals(r, o);
    for (size_t i = 0; i < r->figures.n; i++) write_figure(r, &r->figures.v[i], o);
    for (size_t i = 0; i < r->agreements.n; i++) write_agreement(&r->agreements.v[i], o);
    for (size_t i = 0; i < r->mistakes.n; i++) write_mistake(&r->mistakes.v[i], o);
}
