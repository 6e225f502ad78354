/* score_table: the comparison of two files of claims, for people: all figures in percent, the groups below,
 * then alpha, then the mistakes with their sentences. */
#include <stdio.h>

#include "write/score.h"
#include "write/terminal.h"

typedef struct sheet {
    const score_report *r;
    unsigned width;
    bool colour;
    out *o;
} sheet;

/* ---- pieces ----------------------------------------------------------------------------------------- */

/* `value` with `decimals` places, rounded as printf does: to the nearest decimal, by the number's exact value.
 * The point is our own, whatever the locale. */
static str decimal(double value, int decimals, char text[32])
{
    char printed[32];
    int n = snprintf(printed, sizeof printed, "%.*f", decimals, value);
    size_t used = 0, digits = 0, before;
    for (int i = 0; i < n; i++) digits += printed[i] >= '0' && printed[i] <= '9';
    before = digits - (size_t)decimals;
    for (int i = 0, seen = 0; i < n && used < 30; i++) {
        bool digit = printed[i] >= '0' && printed[i] <= '9';
        if (digit && seen++ == (int)before) text[used++] = '.';
        if (digit || printed[i] == '-') text[used++] = printed[i];
    }
    text[used] = 0;
    return (str){text, used};
}

static void put_left(const sheet *s, str text, size_t width, look l)
{
    size_t have = terminal_width(text);
    terminal_look(s->o, s->colour, l);
    terminal_str(s->o, text);
    terminal_plain(s->o, s->colour, l);
    out_repeat(s->o, " ", have < width ? width - have : 0);
}

static void put_right(const sheet *s, str text, size_t width, look l)
{
    size_t have = terminal_width(text);
    out_repeat(s->o, " ", have < width ? width - have : 0);
    put_left(s, text, 0, l);
}

static void put_count(const sheet *s, size_t n, size_t width)
{
    char text[32];
    snprintf(text, sizeof text, "%zu", n);
    put_right(s, str_from(text), width, LOOK_PLAIN);
}

static look share_look(double percent)
{
    return percent >= 80 ? LOOK_GREEN : percent >= 60 ? LOOK_YELLOW : LOOK_RED;
}

/* A share in percent; a dash where there was nothing to count. */
static void put_percent(const sheet *s, bool known, double percent, size_t width, bool lit)
{
    char text[32];
    if (known) put_right(s, decimal(percent, 1, text), width, lit ? share_look(percent) : LOOK_PLAIN);
    else put_right(s, STR("\u2013"), width, LOOK_DIM);
}

static double f1_percent(const sitrep_figure *f)
{
    double p = f->precision, r = f->recall;
    return p + r > 0 ? 200 * p * r / (p + r) : 0;
}

static void put_shares(const sheet *s, const sitrep_figure *f)
{
    put_percent(s, f->system, 100 * f->precision, 7, false);
    put_percent(s, f->gold, 100 * f->recall, 7, false);
    put_percent(s, f->system && f->gold, f1_percent(f), 7, true);
}

static void put_title(const sheet *s, const char *title, const char *columns)
{
    out_char(s->o, '\n');
    put_left(s, str_from(title), *columns ? 22 : 0, LOOK_BOLD);
    put_left(s, str_from(columns), 0, LOOK_DIM);
    out_char(s->o, '\n');
}

/* Underscores of code names make poor reading. */
static str readable(const char *name, char text[64])
{
    size_t n = 0;
    for (; name[n] && n < 63; n++) text[n] = name[n] == '_' ? ' ' : name[n];
    text[n] = 0;
    return (str){text, n};
}

/* ---- figures ---------------------------------------------------------------------------------------- */

static bool is_field(const sitrep_figure *f, const char *name)
{
    return strcmp(f->field, name) == 0;
}

static str figure_label(const sitrep_figure *f)
{
    if (is_field(f, "found")) return STR("claims found");
    if (is_field(f, "found_with_type")) return STR("  with their type");
    return is_field(f, "all_facts") ? STR("all facts") : str_from(f->field);
}

static void put_range(const sheet *s, const sitrep_figure *f)
{
    char low[32], high[32];
    if (!f->has_range) {
        out_repeat(s->o, " ", 15);
        return;
    }
    put_right(s, decimal(100 * f->f1_low, 1, low), 8, LOOK_DIM);
    put_left(s, STR(" \u2013 "), 0, LOOK_DIM);
    put_left(s, decimal(100 * f->f1_high, 1, high), 4, LOOK_DIM);
}

static void put_figure(const sheet *s, const sitrep_figure *f)
{
    bool head = is_field(f, "found") || is_field(f, "all_facts");
    out_text(s->o, "  ");
    put_left(s, figure_label(f), 20, head ? LOOK_BOLD : LOOK_PLAIN);
    put_shares(s, f);
    put_range(s, f);
    put_count(s, f->gold, 8);
    put_count(s, f->system, 8);
    put_count(s, f->gold_found, 8);
    out_char(s->o, '\n');
    if (is_field(f, "found_with_type")) out_char(s->o, '\n');
}

static void put_all(const sheet *s)
{
    bool range = s->r->figures.n && s->r->figures.v[0].has_range;
    put_title(s, "",
              range ? "      P      R      F       95 % of F    GOLD  SYSTEM    BOTH"
                    : "      P      R      F                   GOLD  SYSTEM    BOTH");
    for (size_t i = 0; i < s->r->figures.n && !s->r->figures.v[i].group; i++)
        put_figure(s, &s->r->figures.v[i]);
}

/* ---- groups ----------------------------------------------------------------------------------------- */

/* The figure of a field in the group whose figures begin at `at`, or NULL. */
static const sitrep_figure *group_figure(const figure_array *f, size_t at, const char *field)
{
    for (size_t i = at; i < f->n && f->v[i].group == f->v[at].group; i++)
        if (is_field(&f->v[i], field)) return &f->v[i];
    return NULL;
}

static void put_group(const sheet *s, size_t at, size_t room)
{
    const figure_array *f = &s->r->figures;
    const sitrep_figure *found = group_figure(f, at, "found"),
                        *typed = group_figure(f, at, "found_with_type");
    const sitrep_figure *facts = group_figure(f, at, "all_facts");
    char plain[64];
    str name = str_from(f->v[at].group), line;
    if (s->r->by == SITREP_SCORE_BY_TYPE && name.len < 63) name = readable(name.ptr, plain);
    if (!terminal_wrap(&name, room - 1, &line)) line = STR("\u2013");
    out_text(s->o, "  ");
    put_left(s, line, room, LOOK_PLAIN);
    put_shares(s, found);
    put_percent(s, typed->system && typed->gold, f1_percent(typed), 9, true);
    out_text(s->o, "  ");
    put_shares(s, facts);
    put_count(s, found->gold, 8);
    put_count(s, found->system, 8);
    out_char(s->o, '\n');
}

static void put_groups(const sheet *s)
{
    static const char *const titles[] = {"", "BY TYPE", "BY DOCUMENT", "BY PUBLISHER"};
    const figure_array *f = &s->r->figures;
    size_t room = s->width > 94 ? s->width - 72 : 22, at = 0;
    if (room > 48) room = 48;
    while (at < f->n && !f->v[at].group) at++;
    if (at == f->n) return;
    out_char(s->o, '\n');
    put_left(s, str_from(titles[s->r->by]), room + 2, LOOK_BOLD);
    put_left(s, STR("  FOUND P     R      F   TYPE F  FACTS P     R      F    GOLD  SYSTEM"), 0, LOOK_DIM);
    out_char(s->o, '\n');
    for (const char *last = NULL; at < f->n; at++) {
        if (f->v[at].group == last) continue;
        last = f->v[at].group;
        put_group(s, at, room);
    }
}

/* ---- agreement -------------------------------------------------------------------------------------- */

static void put_agreements(const sheet *s)
{
    char text[32];
    if (!s->r->agreements.n) return;
    put_title(s, "KRIPPENDORFF\u2019S ALPHA", " OF                UNITS    ALPHA");
    for (size_t i = 0; i < s->r->agreements.n; i++) {
        const sitrep_agreement *a = &s->r->agreements.v[i];
        char plain[64];
        out_text(s->o, "  ");
        put_left(s, readable(a->field, plain), 21, LOOK_PLAIN);
        put_left(s, str_from(a->metric), 13, LOOK_DIM);
        put_count(s, a->units, 11);
        if (a->has_alpha) put_right(s, decimal(a->alpha, 3, text), 9, LOOK_BOLD);
        else put_right(s, STR("\u2013"), 9, LOOK_DIM);
        out_char(s->o, '\n');
    }
}

/* ---- mistakes --------------------------------------------------------------------------------------- */

static void put_sentence(const sheet *s, const sitrep_mistake *m)
{
    str rest = str_from(m->sentence), trigger = str_from(m->trigger), line;
    while (terminal_wrap(&rest, s->width - 4, &line)) {
        size_t at = trigger.len ? str_find(line, trigger, 0) : line.len + 1;
        out_text(s->o, "    ");
        if (at < line.len) {
            terminal_str(s->o, str_part(line, 0, at));
            put_left(s, trigger, 0, LOOK_BOLD);
            terminal_str(s->o, str_part(line, at + trigger.len, line.len));
            trigger.len = 0;
        } else {
            terminal_str(s->o, line);
        }
        out_char(s->o, '\n');
    }
}

static void put_lines(const sheet *s, const sitrep_mistake *m)
{
    char text[96];
    if (m->gold_line && m->system_line)
        snprintf(text, sizeof text, "lines %zu and %zu", m->gold_line, m->system_line);
    else snprintf(text, sizeof text, "line %zu", m->gold_line + m->system_line);
    put_left(s, str_from(text), 0, LOOK_DIM);
}

static void put_mistake_head(const sheet *s, const sitrep_mistake *m)
{
    char plain[64];
    out_text(s->o, "  ");
    put_left(s, strlen(m->type) < 63 ? readable(m->type, plain) : str_from(m->type), 0, LOOK_CYAN);
    out_text(s->o, " \u00B7 ");
    put_left(s, str_from(m->trigger), 0, LOOK_BOLD);
    out_text(s->o, " \u00B7 ");
    terminal_str(s->o, str_from(m->document));
    out_text(s->o, " \u00B7 ");
    put_lines(s, m);
    out_char(s->o, '\n');
    put_sentence(s, m);
}

static void put_wrong_field(const sheet *s, const sitrep_mistake *m)
{
    out_text(s->o, "      ");
    put_left(s, str_from(m->field), 10, LOOK_DIM);
    terminal_str(s->o, str_from(m->gold ? m->gold : "\u2013"));
    put_left(s, STR("  \u2260  "), 0, LOOK_RED);
    terminal_str(s->o, str_from(m->system ? m->system : "\u2013"));
    out_char(s->o, '\n');
}

static bool same_pair(const sitrep_mistake *a, const sitrep_mistake *b)
{
    return a->gold_line == b->gold_line && a->system_line == b->system_line
           && strcmp(a->kind, b->kind) == 0;
}

static void put_mistakes(const sheet *s)
{
    static const struct {
        const char *kind, *title;
    } parts[] = {{"missed", "MISSED: gold has it, system has not"},
                 {"spurious", "SPURIOUS: system has it, gold has not"},
                 {"wrong", "WRONG: gold \u2260 system"}};
    const mistake_array *m = &s->r->mistakes;
    for (size_t p = 0; p < 3; p++) {
        bool any = false;
        for (size_t i = 0; i < m->n; i++) {
            if (strcmp(m->v[i].kind, parts[p].kind) != 0) continue;
            if (!any) put_title(s, parts[p].title, "");
            any = true;
            if (!i || !same_pair(&m->v[i - 1], &m->v[i])) put_mistake_head(s, &m->v[i]);
            if (m->v[i].field) put_wrong_field(s, &m->v[i]);
        }
    }
}

/* ---- the sheet -------------------------------------------------------------------------------------- */

static void put_heading(const sheet *s)
{
    const sitrep_score_totals *t = &s->r->totals;
    char text[160];
    put_left(s, s->r->gold_path, 0, LOOK_BOLD);
    put_left(s, STR(" (gold) \u00B7 "), 0, LOOK_DIM);
    put_left(s, s->r->system_path, 0, LOOK_BOLD);
    put_left(s, STR(" (system)"), 0, LOOK_DIM);
    snprintf(text, sizeof text, "\n%zu document%s \u00B7 %zu and %zu claims", t->documents,
             t->documents == 1 ? "" : "s", t->gold, t->system);
    terminal_look(s->o, s->colour, LOOK_DIM);
    out_text(s->o, text);
    if (t->faults) {
        snprintf(text, sizeof text, " \u00B7 %zu line%s left out", t->faults, t->faults == 1 ? "" : "s");
        out_text(s->o, text);
    }
    terminal_plain(s->o, s->colour, LOOK_DIM);
    out_char(s->o, '\n');
}

void write_score_table(const score_report *r, unsigned width, bool colour, out *o)
{
    sheet s = {r, width, colour, o};
    put_heading(&s);
    put_all(&s);
    put_groups(&s);
    put_agreements(&s);
    put_mistakes(&s);
}
