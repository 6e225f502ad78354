/* score_csv: a row a figure, an agreement, a mistake (RFC 4180). docs/formats.md lists the columns. */
#include "write/score.h"

static void cell_text(out *o, const char *value, bool first)
{
    if (!first) out_char(o, ',');
    if (!value || !*value) return;
    out_char(o, '"');
    out_csv_part(o, str_from(value));
    out_char(o, '"');
}

static void cell_count(out *o, bool known, size_t value)
{
    out_char(o, ',');
    if (known) out_int(o, (int64_t)value);
}

static void cell_share(out *o, bool known, double value)
{
    out_char(o, ',');
    if (known) out_fixed(o, value, 6);
}

static void skip_cells(out *o, int n)
{
    while (n-- > 0) out_char(o, ',');
}

static void write_figure(const sitrep_figure *f, out *o)
{
    cell_text(o, "figure", true);
    cell_text(o, f->group, false);
    cell_text(o, f->field, false);
    cell_count(o, true, f->gold);
    cell_count(o, true, f->system);
    cell_count(o, true, f->gold_found);
    cell_count(o, true, f->system_found);
    cell_share(o, f->system, f->precision);
    cell_share(o, f->gold, f->recall);
    cell_share(o, f->system && f->gold, f->f1);
    cell_share(o, f->has_range, f->f1_low);
    cell_share(o, f->has_range, f->f1_high);
    skip_cells(o, 11);
    out_text(o, "\r\n");
}

static void write_agreement(const sitrep_agreement *a, out *o)
{
    cell_text(o, "agreement", true);
    cell_text(o, NULL, false);
    cell_text(o, a->field, false);
    skip_cells(o, 9);
    cell_text(o, a->metric, false);
    cell_count(o, true, a->units);
    cell_share(o, a->has_alpha, a->alpha);
    skip_cells(o, 8);
    out_text(o, "\r\n");
}

static void write_mistake(const sitrep_mistake *m, out *o)
{
    cell_text(o, m->kind, true);
    cell_text(o, NULL, false);
    cell_text(o, m->field, false);
    skip_cells(o, 12);
    cell_text(o, m->document, false);
    cell_text(o, m->type, false);
    cell_text(o, m->gold, false);
    cell_text(o, m->system, false);
    cell_text(o, m->trigger, false);
    cell_text(o, m->sentence, false);
    cell_count(o, m->gold_line, m->gold_line);
    cell_count(o, m->system_line, m->system_line);
    out_text(o, "\r\n");
}

void write_score_csv(const score_report *r, out *o)
{
    out_text(o, "kind,group,field,gold,system,gold_found,system_found,precision,recall,f1,f1_low,f1_high,"
                "metric,units,"
                "alpha,document,type,gold_value,system_value,trigger,sentence,gold_line,system_line\r\n");
    for (size_t i = 0; i < r->figures.n; i++) write_figure(&r->figures.v[i], o);
    for (size_t i = 0; i < r->agreements.n; i++) write_agreement(&r->agreements.v[i], o);
    for (size_t i = 0; i < r->mistakes.n; i++) write_mistake(&r->mistakes.v[i], o);
}
