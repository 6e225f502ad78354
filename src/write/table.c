/* table: claims for people. Each sentence stands once, with its trigger words marked; below it a row for
 * each claim made of it: when, what, how sure and with which weapons, who and against whom, where, how many,
 * who says so. */
#include "write/people.h"
#include "write/write.h"

enum { NARROW = 112 /* below it the claimants move into the column of the actors */ };

enum { COLUMN_DATE, COLUMN_WHAT, COLUMN_WHO, COLUMN_WHERE, COLUMN_TOLL, COLUMN_SAID };

typedef struct claim_row {
    const write_view *w;
    const claim *c;
    bool narrow;
} claim_row;

/* Underscores of code names make poor reading. */
static void add_name(grid_item *item, str s)
{
    size_t from = item->n;
    item_add(item, s);
    for (size_t i = from; i < item->n; i++)
        if (item->text[i] == '_') item->text[i] = ' ';
}

static bool date_item(const claim_row *r, unsigned i, grid_item *item)
{
    str rest = str_from(r->c->date.edtf), part = {0};
    if (!r->c->has_date || !rest.len) {
        item_add_text(item, "\u2013");
        item->look = LOOK_DIM;
        return i == 0;
    }
    for (unsigned k = 0; k <= i; k++) {
        if (!rest.ptr) return false;
        part = str_cut(&rest, '/');
    }
    if (i) item_add_text(item, "/");
    item_add(item, part);
    return true;
}

static look status_look(claim_status s)
{
    switch (s) {
    case STATUS_OCCURRED: return LOOK_DIM;
    case STATUS_ONGOING: return LOOK_GREEN;
    case STATUS_DENIED: return LOOK_RED;
    default: return LOOK_YELLOW;
    }
}

static bool what_item(const claim_row *r, unsigned i, grid_item *item)
{
    const claim *c = r->c;
    if (i == 0) {
        add_name(item, c->type);
        item->look = LOOK_BOLD;
        return true;
    }
    if (i == 1) {
        item_add(item, write_label(LABELS_STATUS, (int)c->status));
        item->look = status_look(c->status);
        return true;
    }
    i -= 2;
    bool is_hedge = i < c->hedges.n;
    if (!is_hedge && i - c->hedges.n >= c->weapons.n) return false;
    item_add(item, document_str(r->w->d, is_hedge ? c->hedges.v[i] : c->weapons.v[i - c->hedges.n].at));
    item->look = is_hedge ? LOOK_YELLOW : LOOK_BLUE;
    return true;
}

/* The i-th actor of a role, or NULL; *i counts down the ones passed over. */
static const claim_actor *nth_actor(const claim *c, actor_role role, unsigned *i)
{
    for (size_t k = 0; k < c->actors.n; k++)
        if (c->actors.v[k].role == role && (*i)-- == 0) return &c->actors.v[k];
    return NULL;
}

static void add_claimant(const claim_row *r, unsigned i, grid_item *item)
{
    item_add(item, document_str(r->w->d, r->c->claimants.v[i].at));
    item->look = LOOK_CYAN;
}

static bool who_item(const claim_row *r, unsigned i, grid_item *item)
{
    static const struct {
        actor_role role;
        const char *before;
    } groups[] = {{ROLE_ACTOR, ""}, {ROLE_ASSOCIATE, "+ "}, {ROLE_RECIPIENT, "\u2192 "}};
    unsigned rest = i;
    for (size_t g = 0; g < 3; g++) {
        unsigned left = rest;
        const claim_actor *a = nth_actor(r->c, groups[g].role, &left);
        if (a) {
            item_add_text(item, groups[g].before);
            item_add(item, document_str(r->w->d, a->at));
            return true;
        }
        rest = left;
    }
    if (!r->narrow || rest >= r->c->claimants.n) return false;
    item_add_text(item, "says: ");
    add_claimant(r, rest, item);
    return true;
}

/* The place in its words, then where that is: "Idlib, SY"; a bare "?" where nothing is known of it. */
static bool where_item(const claim_row *r, unsigned i, grid_item *item)
{
    if (i >= r->c->places.n) return false;
    const claim_place *p = &r->c->places.v[i];
    if (p->role != PLACE_AT) {
        item_add(item, write_label(LABELS_PLACE_ROLE, (int)p->role));
        item_add_text(item, " ");
    }
    item_add(item, document_str(r->w->d, p->at));
    if (p->place.precision) {
        bool admin = p->place.admin1.len && !str_eq(p->place.admin1, p->place.name);
        item_add_text(item, " (");
        if (admin) item_add(item, p->place.admin1);
        if (admin && p->place.country.len) item_add_text(item, ",\u00A0");
        item_add(item, p->place.country.len ? p->place.country : admin ? (str){0} : p->place.name);
        item_add_text(item, ")");
    }
    return true;
}

static void add_toll(const claim_row *r, const claim_count *n, const char *what, look l, grid_item *item)
{
    const quantity *q = &n->number;
    item->look = l;
    if (!q->has_low && !q->has_best && !q->has_high) {
        item_add(item, document_str(r->w->d, n->at));
        return;
    }
    if (q->has_low && q->has_high && q->low != q->high) {
        item_add_int(item, q->low);
        item_add_text(item, "\u2013");
        item_add_int(item, q->high);
    } else if (q->has_low && !q->has_high) {
        item_add_text(item, "\u2265");
        item_add_int(item, q->low);
    } else if (q->has_high && !q->has_low) {
        item_add_text(item, "\u2264");
        item_add_int(item, q->high);
    } else {
        if (!q->has_low) item_add_text(item, "~");
        item_add_int(item, q->has_best ? q->best : q->low);
    }
    item_add_text(item, what);
}

static bool toll_item(const claim_row *r, unsigned i, grid_item *item)
{
    const claim *c = r->c;
    if (i == 0 && c->has_killed) {
        add_toll(r, &c->killed, " dead", LOOK_RED, item);
        return true;
    }
    i -= c->has_killed;
    if (i == 0 && c->has_injured) {
        add_toll(r, &c->injured, " hurt", LOOK_YELLOW, item);
        return true;
    }
    i -= c->has_injured;
    if (i >= c->counts.n) return false;
    item_add(item, document_str(r->w->d, c->counts.v[i].at));
    item->look = LOOK_DIM;
    return true;
}

static bool claim_item(const void *row, unsigned column, unsigned i, grid_item *item)
{
    const claim_row *r = row;
    switch (column) {
    case COLUMN_DATE: return date_item(r, i, item);
    case COLUMN_WHAT: return what_item(r, i, item);
    case COLUMN_WHO: return who_item(r, i, item);
    case COLUMN_WHERE: return where_item(r, i, item);
    case COLUMN_TOLL: return toll_item(r, i, item);
    default: break;
    }
    if (i >= r->c->claimants.n) return false;
    add_claimant(r, i, item);
    return true;
}

/* Date, type and toll have a width of their own; the rest is shared out. */
static grid claim_grid(const write_view *w)
{
    grid g = {.o = w->o,
              .colour = w->colour,
              .indent = 2,
              .n = w->width < NARROW ? 5 : 6,
              .titles = {"DATE", "WHAT", "WHO \u2192 WHOM", "WHERE", "NUMBERS", "SAID BY"},
              .widths = {11, 18, 0, 0, 12, 0}};
    unsigned fixed = 2 + 11 + 18 + 12 + 2 * (g.n - 1);
    unsigned rest = w->width > fixed + 24 ? w->width - fixed : 24;
    g.widths[COLUMN_SAID] = g.n == 6 ? rest * 22 / 100 : 0;
    g.widths[COLUMN_WHERE] = (rest - g.widths[COLUMN_SAID]) * 45 / 100;
    g.widths[COLUMN_WHO] = rest - g.widths[COLUMN_SAID] - g.widths[COLUMN_WHERE];
    return g;
}

static bool same_evidence(const claim *a, const claim *b)
{
    return a->evidence.start == b->evidence.start && a->evidence.len == b->evidence.len;
}

/* Prints bytes [from, to) of the text; those in a trigger of the claims stand out. */
static void mark_triggers(const write_view *w, const claim *claims, size_t n, size_t from, size_t to)
{
    str text = w->d->text;
    while (from < to) {
        size_t next = to;
        const claim *inside = NULL;
        for (size_t i = 0; i < n; i++) {
            size_t start = claims[i].trigger.start, end = span_end(claims[i].trigger);
            if (start <= from && from < end) inside = &claims[i];
            else if (from < start && start < next) next = start;
        }
        if (inside && span_end(inside->trigger) < next) next = span_end(inside->trigger);
        look l = inside ? LOOK_BOLD : LOOK_PLAIN;
        if (inside && !w->colour && inside->trigger.start == from) out_char(w->o, '[');
        terminal_look(w->o, w->colour, l);
        terminal_str(w->o, str_part(text, from, next - from));
        terminal_plain(w->o, w->colour, l);
        if (inside && !w->colour && span_end(inside->trigger) == next) out_char(w->o, ']');
        from = next;
    }
}

static void write_evidence(const write_view *w, const claim *claims, size_t n)
{
    str rest = document_str(w->d, claims->evidence), line;
    size_t brackets = w->colour ? 0 : n < 8 ? 2 * n : 16;
    size_t width = w->width > 40 + brackets ? w->width - brackets : 40;
    while (terminal_wrap(&rest, width, &line)) {
        size_t from = (size_t)(line.ptr - w->d->text.ptr);
        mark_triggers(w, claims, n, from, from + line.len);
        out_char(w->o, '\n');
    }
}

void write_heading(const write_view *w, const char *noun, size_t n)
{
    const document *d = w->d;
    char day[16];
    str title = d->title.len ? d->title : d->id.len ? d->id : d->path;
    if (str_is(title, "-")) title = STR("standard input");
    terminal_look(w->o, w->colour, LOOK_BOLD);
    terminal_str(w->o, title);
    terminal_plain(w->o, w->colour, LOOK_BOLD);
    out_char(w->o, '\n');
    terminal_look(w->o, w->colour, LOOK_DIM);
    str facts[] = {write_civil(d->published, day), d->publisher, d->title.len ? d->id : (str){0}};
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        if (!facts[i].len) continue;
        terminal_str(w->o, facts[i]);
        out_text(w->o, " \u00B7 ");
    }
    out_int(w->o, (int64_t)n);
    out_char(w->o, ' ');
    out_text(w->o, noun);
    if (n != 1) out_char(w->o, 's');
    terminal_plain(w->o, w->colour, LOOK_DIM);
    out_char(w->o, '\n');
}

void write_claims_table(const write_view *w)
{
    const claim_array *claims = &w->d->claims;
    grid g = claim_grid(w);
    write_heading(w, "claim", claims->n);
    if (claims->n) grid_head(&g);
    for (size_t i = 0, n; i < claims->n; i += n) {
        for (n = 1; i + n < claims->n && same_evidence(&claims->v[i], &claims->v[i + n]);) n++;
        out_char(w->o, '\n');
        write_evidence(w, claims->v + i, n);
        for (size_t k = i; k < i + n; k++)
            grid_row(&g, claim_item, &(claim_row){w, &claims->v[k], g.n == 5});
    }
    out_char(w->o, '\n');
}

/* ---- mentions -------------------------------------------------------------------------------- */

typedef struct mention_row {
    const write_view *w;
    const mention *m;
} mention_row;

void item_add_place(const place *p, grid_item *item)
{
    if (!p->precision) return;
    item_add(item, p->name);
    str parts[] = {str_eq(p->admin1, p->name) ? (str){0} : p->admin1, p->country};
    for (size_t i = 0; i < 2; i++) {
        if (!parts[i].len) continue;
        item_add_text(item, ", ");
        item_add(item, parts[i]);
    }
    item_add_text(item, " \u00B7 precision ");
    item_add_int(item, p->precision);
    item_add_text(item, " \u00B7 ");
    item_add(item, write_label(LABELS_PLACE_MATCH, (int)p->match));
}

void item_add_quantity(const quantity *q, grid_item *item)
{
    static const char *const names[] = {"low ", "best ", "high "};
    bool has[] = {q->has_low, q->has_best, q->has_high};
    int64_t values[] = {q->low, q->best, q->high};
    for (size_t i = 0; i < 3; i++) {
        if (!has[i]) continue;
        item_add_text(item, names[i]);
        item_add_int(item, values[i]);
        item_add_text(item, " ");
    }
    item_add(item, q->of);
}

void item_add_meaning(const mention *m, grid_item *item)
{
    switch (m->kind) {
    case MENTION_LOCATION: item_add_place(&m->place, item); return;
    case MENTION_DATE: item_add_text(item, m->date.edtf); return;
    case MENTION_QUANTITY: item_add_quantity(&m->quantity, item); return;
    default: break;
    }
    item_add(item, m->name);
    if (m->name.len && m->entity.len) item_add_text(item, " \u00B7 ");
    item_add(item, m->entity);
}

static bool mention_item(const void *row, unsigned column, unsigned i, grid_item *item)
{
    const mention_row *r = row;
    if (i) return false;
    switch (column) {
    case 0: item_add_int(item, (int64_t)position_of(r->w->positions, r->m->at.start)); break;
    case 1:
        item_add(item, write_label(LABELS_MENTION_KIND, (int)r->m->kind));
        item->look = LOOK_DIM;
        break;
    case 2: item_add(item, document_str(r->w->d, r->m->at)); break;
    case 3:
        if (r->m->chain) item_add_int(item, r->m->chain);
        break;
    default: item_add_meaning(r->m, item); break;
    }
    return true;
}

void write_mentions_table(const write_view *w)
{
    unsigned rest = w->width > 64 ? w->width - 32 : 32;
    grid g = {.o = w->o,
              .colour = w->colour,
              .n = 5,
              .titles = {"START", "KIND", "WORDS", "CHAIN", "IS"},
              .widths = {6, 12, rest * 45 / 100, 5, rest - rest * 45 / 100}};
    size_t n = 0;
    for (size_t i = 0; i < w->d->mentions.n; i++) n += !w->d->mentions.v[i].is_pronoun;
    write_heading(w, "mention", n);
    if (n) grid_head(&g);
    for (size_t i = 0; i < w->d->mentions.n; i++)
        if (!w->d->mentions.v[i].is_pronoun)
            grid_row(&g, mention_item, &(mention_row){w, &w->d->mentions.v[i]});
    out_char(w->o, '\n');
}
