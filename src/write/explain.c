/* explain: every sentence after every stage, so that a person sees why a claim is there or is not. The tree
 * stands on its side: a token a line, in text order, with a bar from each head to its dependents.
 *
 *     1  │ ╭── Syrian      ADJ    JJ    amod    syrian
 *     2  ├─┴  warplanes   NOUN   NNS   nsubj   warplane                                             */
#include "write/people.h"

enum { MAX_TREE = 512, MAX_DEPTH = 48 };

/* The part of a sentence's tree that drawing needs; token numbers are within the sentence. */
typedef struct drawing {
    const token *t;
    int n;
    int head[MAX_TREE], depth[MAX_TREE];
    int first[MAX_TREE], last[MAX_TREE]; /* outermost lines that its bar reaches, its own included */
    bool above[MAX_TREE], below[MAX_TREE];
    size_t width; /* columns of the widest drawn token */
} drawing;

static int local_head(const sentence *s, const token *t, int n)
{
    int h = t->head - (int)s->first;
    return t->head < 0 || h < 0 || h >= n ? -1 : h;
}

/* Number of heads above; MAX_DEPTH also for a token whose heads go round in a circle. */
static int depth_of(const drawing *d, int i)
{
    int depth = 0;
    for (i = d->head[i]; i >= 0 && depth < MAX_DEPTH; i = d->head[i]) depth++;
    return depth;
}

static void drawing_fill(drawing *d, const document *doc, const sentence *s)
{
    d->t = doc->tokens.v + s->first;
    d->n = s->n < MAX_TREE ? (int)s->n : MAX_TREE;
    d->width = 12;
    for (int i = 0; i < d->n; i++) {
        d->head[i] = local_head(s, &d->t[i], d->n);
        d->first[i] = d->last[i] = i;
        d->above[i] = d->below[i] = false;
    }
    for (int i = 0; i < d->n; i++) {
        int h = d->head[i];
        d->depth[i] = depth_of(d, i);
        if (h >= 0 && i < d->first[h]) d->first[h] = i;
        if (h >= 0 && i > d->last[h]) d->last[h] = i;
        if (h >= 0) *(i < h ? &d->above[h] : &d->below[h]) = true;
        size_t width = terminal_width(document_str(doc, d->t[i].at)) + 2 * (size_t)d->depth[i] + 2;
        if (width > d->width) d->width = width < 56 ? width : 56;
    }
}

/* The sign at a token's own place in front of its word. */
static const char *node_sign(const drawing *d, int i)
{
    bool root = d->head[i] < 0;
    if (d->above[i] && d->below[i]) return root ? "\u251C" : "\u253C";
    if (d->above[i]) return root ? "\u2570" : "\u2534";
    if (d->below[i]) return root ? "\u256D" : "\u252C";
    return "\u2500";
}

static const char *arm_sign(const drawing *d, int head, int i)
{
    if (i == d->first[head]) return "\u256D\u2500";
    return i == d->last[head] ? "\u2570\u2500" : "\u251C\u2500";
}

static void draw_branch(const write_view *w, const drawing *d, int i)
{
    int path[MAX_DEPTH], n = d->depth[i] < MAX_DEPTH ? d->depth[i] : 0;
    for (int k = n, a = d->head[i]; k-- > 0; a = d->head[a]) path[k] = a;
    terminal_look(w->o, w->colour, LOOK_DIM);
    for (int k = 0; k < n; k++) {
        int a = path[k];
        bool bar = d->first[a] < i && i < d->last[a];
        out_text(w->o, k + 1 == n ? arm_sign(d, a, i) : bar ? "\u2502 " : "  ");
    }
    out_text(w->o, node_sign(d, i));
    out_char(w->o, ' ');
    terminal_plain(w->o, w->colour, LOOK_DIM);
}

static void pad(out *o, size_t have, size_t want)
{
    out_repeat(o, " ", have < want ? want - have : 1);
}

static void write_cell(const write_view *w, str s, size_t width)
{
    terminal_str(w->o, s);
    pad(w->o, terminal_width(s), width);
}

static void write_token(const write_view *w, const drawing *d, int i)
{
    const token *t = &d->t[i];
    str form = document_str(w->d, t->at);
    grid_item item = {0};
    item_add_int(&item, i + 1);
    out_repeat(w->o, " ", item.n < 5 ? 5 - item.n : 0);
    out_str(w->o, (str){item.text, item.n});
    out_text(w->o, "  ");
    draw_branch(w, d, i);
    terminal_str(w->o, form);
    size_t depth = d->depth[i] < MAX_DEPTH ? (size_t)d->depth[i] : 0;
    pad(w->o, 2 * depth + 2 + terminal_width(form), d->width + 2);
    write_cell(w, str_from(label_text(LABELS_UPOS, (int)t->pos)), 6);
    write_cell(w, str_from(label_text(LABELS_XPOS, (int)t->tag)), 6);
    write_cell(w, str_from(label_text(LABELS_DEPREL, (int)t->rel)), 15);
    terminal_str(w->o, t->lemma);
    out_char(w->o, '\n');
}

static void write_tree(const write_view *w, const sentence *s)
{
    drawing d;
    drawing_fill(&d, w->d, s);
    for (int i = 0; i < d.n; i++) write_token(w, &d, i);
    if (s->n > (uint32_t)d.n) out_text(w->o, "       (the rest of this very long sentence is not drawn)\n");
}

/* A line "  label   words  [meaning]". */
static void write_fact(const write_view *w, const char *label, str words, const grid_item *meaning)
{
    out_text(w->o, "    ");
    terminal_look(w->o, w->colour, LOOK_DIM);
    write_cell(w, str_from(label), 14);
    terminal_plain(w->o, w->colour, LOOK_DIM);
    terminal_str(w->o, words);
    if (meaning && meaning->n) {
        terminal_look(w->o, w->colour, LOOK_CYAN);
        out_text(w->o, words.len ? "  = " : "= ");
        terminal_str(w->o, (str){meaning->text, meaning->n});
        terminal_plain(w->o, w->colour, LOOK_CYAN);
    }
    out_char(w->o, '\n');
}

/* Mentions stand in text order, so that *next only moves forward. */
static void write_sentence_mentions(const write_view *w, const sentence *s, size_t *next)
{
    bool any = false;
    for (; *next < w->d->mentions.n; ++*next) {
        const mention *m = &w->d->mentions.v[*next];
        if (m->at.start >= span_end(s->at)) break;
        if (m->at.start < s->at.start) continue;
        if (!any) out_text(w->o, "  mentions\n");
        any = true;
        grid_item meaning = {0};
        item_add_meaning(m, &meaning);
        if (m->chain) {
            item_add_text(&meaning, meaning.n ? " \u00B7 chain " : "chain ");
            item_add_int(&meaning, m->chain);
        }
        const char *label = m->is_pronoun ? "pronoun" : label_text(LABELS_MENTION_KIND, (int)m->kind);
        write_fact(w, label, document_str(w->d, m->at), &meaning);
    }
}

static void add_joined(grid_item *item, str s)
{
    if (!s.len) return;
    if (item->n) item_add_text(item, " \u00B7 ");
    item_add(item, s);
}

static void write_claim_head(const write_view *w, const claim *c)
{
    grid_item made = {0}, codes = {0};
    item_add_text(&made, "rule ");
    item_add(&made, c->rule);
    item_add_text(&made, ", confidence ");
    item_add_int(&made, (int64_t)(c->confidence * 100 + 0.5));
    item_add_text(&made, " %");
    out_text(w->o, "  claim ");
    terminal_look(w->o, w->colour, LOOK_BOLD);
    terminal_str(w->o, c->type);
    terminal_plain(w->o, w->colour, LOOK_BOLD);
    out_text(w->o, "  (");
    terminal_str(w->o, (str){made.text, made.n});
    out_text(w->o, ")\n");
    write_fact(w, "trigger", document_str(w->d, c->trigger), NULL);
    write_fact(w, "status", write_label(LABELS_STATUS, (int)c->status), NULL);
    for (size_t i = 0; i < c->hedges.n; i++)
        write_fact(w, "hedge", document_str(w->d, c->hedges.v[i]), NULL);
    if (!c->codes) return;
    add_joined(&codes, c->codes->plover);
    add_joined(&codes, c->codes->plover_mode);
    add_joined(&codes, c->codes->cameo);
    add_joined(&codes, c->codes->acled);
    write_fact(w, "codes", (str){codes.text, codes.n}, NULL);
}

static void write_claim_parties(const write_view *w, const claim *c)
{
    for (size_t i = 0; i < c->actors.n; i++) {
        const claim_actor *a = &c->actors.v[i];
        grid_item item = {0};
        add_joined(&item, a->name);
        add_joined(&item, a->entity);
        add_joined(&item, write_label(LABELS_ACTOR_KIND, (int)a->kind));
        add_joined(&item, a->country);
        write_fact(w, label_text(LABELS_ACTOR_ROLE, (int)a->role), document_str(w->d, a->at), &item);
    }
    for (size_t i = 0; i < c->claimants.n; i++) {
        grid_item item = {0};
        add_joined(&item, c->claimants.v[i].name);
        add_joined(&item, write_label(LABELS_ACTOR_KIND, (int)c->claimants.v[i].kind));
        write_fact(w, "claimant", document_str(w->d, c->claimants.v[i].at), &item);
    }
}

static void write_claim_number(const write_view *w, const char *label, const claim_count *n)
{
    grid_item item = {0};
    item_add_quantity(&n->number, &item);
    write_fact(w, label, document_str(w->d, n->at), &item);
}

static void write_claim_facts(const write_view *w, const claim *c)
{
    for (size_t i = 0; i < c->places.n; i++) {
        const place *p = &c->places.v[i].place;
        grid_item item = {0};
        item_add_place(p, &item);
        if (p->n_rivals && item.n) {
            item_add_text(&item, " \u00B7 namesakes ");
            item_add_int(&item, p->n_rivals);
        }
        write_fact(w, label_text(LABELS_PLACE_ROLE, (int)c->places.v[i].role),
                   document_str(w->d, c->places.v[i].at), &item);
    }
    if (c->has_date) {
        grid_item item = {0};
        add_joined(&item, str_from(c->date.edtf));
        add_joined(&item, write_label(LABELS_DATE_BASIS, (int)c->date.basis));
        write_fact(w, "date", document_str(w->d, c->date_at), &item);
    }
    if (c->has_killed) write_claim_number(w, "killed", &c->killed);
    if (c->has_injured) write_claim_number(w, "injured", &c->injured);
    for (size_t i = 0; i < c->counts.n; i++) write_claim_number(w, "count", &c->counts.v[i]);
    for (size_t i = 0; i < c->weapons.n; i++) {
        grid_item item = {0};
        add_joined(&item, c->weapons.v[i].weapon_class);
        add_joined(&item, c->weapons.v[i].name);
        write_fact(w, "weapon", document_str(w->d, c->weapons.v[i].at), &item);
    }
    for (size_t i = 0; i < c->loaded.n; i++) {
        grid_item item = {0};
        item_add(&item, c->loaded.v[i].neutral);
        write_fact(w, "loaded", document_str(w->d, c->loaded.v[i].at), &item);
    }
}

static void write_sentence_claims(const write_view *w, const sentence *s, size_t *next)
{
    for (; *next < w->d->claims.n; ++*next) {
        const claim *c = &w->d->claims.v[*next];
        if (c->trigger.start >= span_end(s->at)) break;
        if (c->trigger.start < s->at.start) continue;
        write_claim_head(w, c);
        write_claim_parties(w, c);
        write_claim_facts(w, c);
    }
}

static void write_sentence(const write_view *w, size_t number, const sentence *s, size_t next[3])
{
    str rest = document_str(w->d, s->at), line;
    terminal_look(w->o, w->colour, LOOK_BOLD);
    out_text(w->o, "Sentence ");
    out_int(w->o, (int64_t)number);
    terminal_plain(w->o, w->colour, LOOK_BOLD);
    if (s->is_headline) out_text(w->o, "  (headline)");
    if (s->is_notice) out_text(w->o, "  (notice: not read for claims)");
    if (!s->has_case) out_text(w->o, "  (letter case tells nothing)");
    out_char(w->o, '\n');
    while (terminal_wrap(&rest, w->width > 24 ? w->width - 2 : 24, &line)) {
        out_text(w->o, "  ");
        terminal_str(w->o, line);
        out_char(w->o, '\n');
    }
    if (!s->is_notice) write_tree(w, s);
    write_sentence_mentions(w, s, &next[0]);
    if (w->d->trace && !s->is_notice) write_why(w, s, &next[1]);
    write_sentence_claims(w, s, &next[2]);
    out_char(w->o, '\n');
}

void write_explain(const write_view *w)
{
    size_t next[3] = {0, 0, 0}; /* mention, trigger, claim */
    write_heading(w, "claim", w->d->claims.n);
    out_char(w->o, '\n');
    for (size_t i = 0; i < w->d->sentences.n; i++)
        if (!w->sentence || w->sentence == i + 1) write_sentence(w, i + 1, &w->d->sentences.v[i], next);
}
