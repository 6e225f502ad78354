/* why: the trace of a sentence for people. Under each trigger stand the rules that matched, what stood in its slots, what
 * the judge said, and the candidates for each role with their way through the tree. */
#include <stdio.h>

#include "record/trace.h"
#include "write/people.h"

enum { LABEL = 13, MAX_WAY = 24 };

/* Candidates below this that were not taken are only counted. */
#define HARDLY 0.01

typedef struct why {
    const write_view *w;
    const sentence *s;
    const trace_trigger *t;
    const claim *claim; /* that the trigger made; NULL = none */
    span at;            /* of the trigger */
} why;

/* ---- pieces ----------------------------------------------------------------------------------------- */

static void put(const write_view *w, str s, look l)
{
    terminal_look(w->o, w->colour, l);
    terminal_str(w->o, s);
    terminal_plain(w->o, w->colour, l);
}

static void put_label(const write_view *w, const char *label)
{
    size_t n = strlen(label);
    out_text(w->o, "    ");
    put(w, str_from(label), LOOK_DIM);
    out_repeat(w->o, " ", n < LABEL ? LABEL - n : 1);
}

static str percent(double share, char text[32])
{
    int whole = (int)(share * 100 + 0.5);
    snprintf(text, 32, share > 0 && whole == 0 ? "<1 %%" : "%d %%", whole);
    return str_from(text);
}

static void put_percent(const write_view *w, double share, size_t width)
{
    char text[32];
    str s = percent(share, text);
    out_repeat(w->o, " ", s.len < width ? width - s.len : 0);
    terminal_str(w->o, s);
}

static str words_of(const write_view *w, uint32_t t)
{
    return document_str(w->d, w->d->tokens.v[t].at);
}

/* ---- the way through the tree ------------------------------------------------------------------------ */

static void put_step(const write_view *w, const char *arrow, deprel rel, uint32_t to)
{
    out_text(w->o, " ");
    terminal_look(w->o, w->colour, LOOK_DIM);
    out_text(w->o, arrow);
    out_text(w->o, label_text(LABELS_DEPREL, (int)rel));
    terminal_plain(w->o, w->colour, LOOK_DIM);
    out_text(w->o, " ");
    terminal_str(w->o, words_of(w, to));
}

/* From a token up its heads; the number of tokens, itself included. */
static uint32_t climb(const document *d, uint32_t t, uint32_t up[MAX_WAY])
{
    uint32_t n = 0;
    for (int64_t a = t; a >= 0 && a < (int64_t)d->tokens.n && n < MAX_WAY; a = d->tokens.v[a].head)
        up[n++] = (uint32_t)a;
    return n;
}

/* "strikes ↑obj carried ↓nsubj jets": up to the common head and down again. */
static void put_way(const write_view *w, uint32_t from, uint32_t to)
{
    const document *d = w->d;
    uint32_t up[MAX_WAY], down[MAX_WAY], n_up = climb(d, from, up), n_down = climb(d, to, down), i = 0,
                                         k = 0;
    for (i = 0; i < n_up; i++) {
        for (k = 0; k < n_down && down[k] != up[i]; k++) {
        }
        if (k < n_down) break;
    }
    if (i == n_up) return;
    terminal_str(w->o, words_of(w, from));
    for (uint32_t a = 0; a < i; a++) put_step(w, "\u2191", d->tokens.v[up[a]].rel, up[a + 1]);
    while (k-- > 0) put_step(w, "\u2193", d->tokens.v[down[k]].rel, down[k]);
}

/* The word of a phrase that the others hang on, or UINT32_MAX. */
static uint32_t head_of(const document *d, span at)
{
    size_t low = 0, high = d->tokens.n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (d->tokens.v[mid].at.start < at.start) low = mid + 1;
        else high = mid;
    }
    for (size_t i = low; i < d->tokens.n && d->tokens.v[i].at.start < span_end(at); i++) {
        int32_t h = d->tokens.v[i].head;
        bool outside = h < 0 || (size_t)h >= d->tokens.n || d->tokens.v[h].at.start < at.start
                       || d->tokens.v[h].at.start >= span_end(at);
        if (outside && d->tokens.v[i].pos != UPOS_PUNCT) return (uint32_t)i;
    }
    return UINT32_MAX;
}

/* Where a candidate stands: its way from the trigger, or the number of another sentence. */
static void put_where(const why *y, span at)
{
    const document *d = y->w->d;
    uint32_t head = head_of(d, at);
    if (head == UINT32_MAX) return;
    uint32_t there = d->tokens.v[head].sentence, here = d->tokens.v[y->t->token].sentence;
    if (there == here) {
        put_way(y->w, y->t->token, head);
        return;
    }
    char text[48];
    snprintf(text, sizeof text, "in sentence %u", there + 1);
    put(y->w, str_from(text), LOOK_DIM);
}

/* ---- rules ------------------------------------------------------------------------------------------ */

/* Long lists of words are cut: the rule names the line where they stand. */
static void put_condition(const write_view *w, const trace_condition *c)
{
    enum { MOST = 56 };
    size_t n = c->text.len;
    for (size_t i = 0; i < c->text.len && c->text.len > MOST; i++)
        if (c->text.ptr[i] == '|' && (i < MOST || n == c->text.len)) n = i;
    put(w, str_part(c->text, 0, n), c->holds ? LOOK_GREEN : LOOK_RED);
    if (n < c->text.len) out_text(w->o, "|\u2026");
}

static void put_option(const why *y, const trace_option *o, bool preferred)
{
    const write_view *w = y->w;
    put_label(w, preferred || y->t->fate == FATE_PASSED ? "rule" : "other rule");
    put(w, o->rule, preferred ? LOOK_BOLD : LOOK_PLAIN);
    out_text(w->o, "  ");
    terminal_str(w->o, o->words);
    for (size_t i = 0; i < o->conditions.n; i++) {
        const trace_condition *c = &o->conditions.v[i];
        out_text(w->o, i ? " " : " : ");
        put_condition(w, c);
        out_text(w->o, c->holds ? " \u2713" : " \u2717");
    }
    out_char(w->o, '\n');
}

static void put_rules(const why *y)
{
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < y->t->options.n; i++) {
            const trace_option *o = &y->t->options.v[i];
            bool preferred = str_eq(o->rule, y->t->rule);
            if (preferred == !round) put_option(y, o, preferred);
        }
    if (!y->t->carrier.len) return;
    put_label(y->w, "carried by");
    terminal_str(y->w->o, y->t->carrier);
    out_char(y->w->o, '\n');
}

static void put_slots(const why *y)
{
    const write_view *w = y->w;
    if (!y->t->slots.n) return;
    put_label(w, "slots");
    for (size_t i = 0; i < y->t->slots.n; i++) {
        if (i) out_text(w->o, " \u00B7 ");
        put(w, y->t->slots.v[i].slot, LOOK_DIM);
        out_char(w->o, ' ');
        terminal_str(w->o, words_of(w, y->t->slots.v[i].token));
    }
    out_char(w->o, '\n');
}

/* ---- answers ---------------------------------------------------------------------------------------- */

static bool is_mine(const why *y, const trace_answer *a, const char *question)
{
    return a->trigger.start == y->at.start && a->trigger.len == y->at.len
           && strcmp(a->question, question) == 0;
}

/* The answers of this sentence: all about triggers in it, which were asked about one after another. */
static void answers_here(const why *y, size_t *from, size_t *to)
{
    const trace_answer_array *all = &y->w->d->trace->answers;
    size_t low = 0, high = all->n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (all->v[mid].trigger.start < y->s->at.start) low = mid + 1;
        else high = mid;
    }
    for (*from = *to = low; *to < all->n && all->v[*to].trigger.start < span_end(y->s->at); ++*to) {
    }
}

static bool fits_some_rule(const trace_trigger *t)
{
    for (size_t i = 0; i < t->options.n; i++)
        if (t->options.v[i].fits) return true;
    return false;
}

static void put_happening(const why *y, size_t from, size_t to)
{
    const write_view *w = y->w;
    for (size_t i = from; i < to; i++) {
        const trace_answer *a = &w->d->trace->answers.v[i];
        if (!is_mine(y, a, "happening")) continue;
        put_label(w, "happening");
        put_percent(w, a->likelihood, 0);
        out_text(w->o, ", at least ");
        put_percent(w, a->threshold, 0);
        out_text(w->o, fits_some_rule(y->t) ? " is needed\n"
                                            : " is needed, and more where no rule holds whole\n");
    }
}

/* Types or statuses: what is likely, likeliest first. */
static void put_choices(const why *y, size_t from, size_t to, const char *question)
{
    const write_view *w = y->w;
    const trace_answer *all = w->d->trace->answers.v;
    double below = 2;
    bool any = false;
    for (int shown = 0; shown < 5; shown++) {
        const trace_answer *best = NULL;
        for (size_t i = from; i < to; i++)
            if (is_mine(y, &all[i], question) && all[i].likelihood < below
                && (!best || all[i].likelihood > best->likelihood))
                best = &all[i];
        if (!best || (any && best->likelihood < HARDLY)) break;
        below = best->likelihood;
        if (any) out_text(w->o, " \u00B7 ");
        else put_label(w, question);
        any = true;
        bool type = strcmp(question, "type") == 0;
        terminal_str(w->o, type ? best->type : write_label(LABELS_STATUS, (int)best->status));
        out_char(w->o, ' ');
        put_percent(w, best->likelihood, 0);
    }
    if (any) out_char(w->o, '\n');
}

/* ---- candidates for roles ---------------------------------------------------------------------------- */

static bool same_span(span a, span b)
{
    return a.start == b.start && a.len == b.len;
}

static bool has_actor(const claim *c, actor_role role, span at)
{
    for (size_t i = 0; i < c->actors.n; i++)
        if (c->actors.v[i].role == role && same_span(c->actors.v[i].at, at)) return true;
    return false;
}

/* Whether the claim has in the end what the question asked about. */
static bool is_taken(const claim *c, const char *question, span at)
{
    if (!c) return false;
    if (strcmp(question, "actor") == 0) return has_actor(c, ROLE_ACTOR, at);
    if (strcmp(question, "recipient") == 0) return has_actor(c, ROLE_RECIPIENT, at);
    if (strcmp(question, "date") == 0 || strcmp(question, "day") == 0)
        return c->has_date && same_span(c->date_at, at);
    if (strcmp(question, "killed") == 0) return c->has_killed && same_span(c->killed.at, at);
    if (strcmp(question, "injured") == 0) return c->has_injured && same_span(c->injured.at, at);
    for (size_t i = 0; strcmp(question, "place") == 0 && i < c->places.n; i++)
        if (same_span(c->places.v[i].at, at)) return true;
    for (size_t i = 0; strcmp(question, "weapon") == 0 && i < c->weapons.n; i++)
        if (same_span(c->weapons.v[i].at, at)) return true;
    for (size_t i = 0; strcmp(question, "claimant") == 0 && i < c->claimants.n; i++)
        if (same_span(c->claimants.v[i].at, at)) return true;
    return false;
}

static void put_candidate(const why *y, const char *question, span at, double likelihood, bool taken)
{
    const write_view *w = y->w;
    str words = document_str(w->d, at), line;
    put_label(w, question);
    put(w, taken ? STR("\u2713") : STR("\u2717"), taken ? LOOK_GREEN : LOOK_RED);
    if (likelihood >= 0) put_percent(w, likelihood, 6);
    else out_text(w->o, "      ");
    out_text(w->o, "  ");
    if (!terminal_wrap(&words, 30, &line)) line = (str){0};
    put(w, line, taken ? LOOK_BOLD : LOOK_PLAIN);
    size_t have = terminal_width(line);
    if (words.len) out_text(w->o, "\u2026");
    out_repeat(w->o, " ", have < 30 ? 32 - have - (words.len > 0) : 1);
    put_where(y, at);
    out_char(w->o, '\n');
}

static void put_candidates(const why *y, size_t from, size_t to, const char *question)
{
    size_t hardly = 0;
    for (size_t i = from; i < to; i++) {
        const trace_answer *a = &y->w->d->trace->answers.v[i];
        if (!is_mine(y, a, question)) continue;
        bool taken = is_taken(y->claim, question, a->about);
        if (!taken && a->likelihood < HARDLY) hardly++;
        else put_candidate(y, question, a->about, a->likelihood, taken);
    }
    if (!hardly) return;
    char text[64];
    snprintf(text, sizeof text, "%zu more below 1 %%", hardly);
    put_label(y->w, question);
    put(y->w, str_from(text), LOOK_DIM);
    out_char(y->w->o, '\n');
}

/* Nobody was asked: the parties are those in the rule's frame. */
static void put_ruled_parties(const why *y)
{
    const claim *c = y->claim;
    for (size_t i = 0; i < c->actors.n; i++)
        put_candidate(y, label_text(LABELS_ACTOR_ROLE, (int)c->actors.v[i].role), c->actors.v[i].at, -1,
                      true);
    for (size_t i = 0; i < c->claimants.n; i++)
        put_candidate(y, "claimant", c->claimants.v[i].at, -1, true);
}

/* ---- a trigger --------------------------------------------------------------------------------------- */

static void put_fate(const why *y)
{
    const write_view *w = y->w;
    out_text(w->o, "  ");
    put(w, y->t->fate == FATE_CLAIM ? STR("claim ") : STR("no claim"), LOOK_DIM);
    switch (y->t->fate) {
    case FATE_CLAIM: put(w, y->t->type, LOOK_GREEN); break;
    case FATE_JOINED:
        out_text(w->o, ": told together with ");
        put(w, y->t->other < w->d->tokens.n ? words_of(w, y->t->other) : STR("another trigger"), LOOK_BOLD);
        break;
    case FATE_UNLIKELY: out_text(w->o, ": too unlikely to be a happening"); break;
    case FATE_UNMET: out_text(w->o, ": a condition of its rule does not hold"); break;
    case FATE_UNNAMED: out_text(w->o, ": the type asks for an actor, and none is told"); break;
    default: break;
    }
    out_char(w->o, '\n');
}

static void put_trigger(const why *y)
{
    static const char *const roles[] = {"actor", "recipient", "claimant", "place",  "date",
                                        "day",   "weapon",    "killed",   "injured"};
    size_t from, to;
    out_text(y->w->o, "  trigger ");
    put(y->w, document_str(y->w->d, y->at), LOOK_BOLD);
    put_fate(y);
    put_rules(y);
    put_slots(y);
    answers_here(y, &from, &to);
    put_happening(y, from, to);
    put_choices(y, from, to, "type");
    put_choices(y, from, to, "status");
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) put_candidates(y, from, to, roles[i]);
    if (from == to && y->claim) put_ruled_parties(y);
}

static void put_passed(const why *y)
{
    const write_view *w = y->w;
    out_text(w->o, "  no trigger ");
    put(w, words_of(w, y->t->token), LOOK_BOLD);
    out_text(w->o, ": ");
    out_text(w->o, y->t->reason);
    out_char(w->o, '\n');
    for (size_t i = 0; i < y->t->options.n; i++) put_option(y, &y->t->options.v[i], false);
}

static const claim *claim_of(const document *d, const trace_trigger *t, const sentence *s)
{
    if (t->fate != FATE_CLAIM) return NULL;
    size_t low = 0, high = d->claims.n;
    while (low < high) { /* claims stand in order of their sentences */
        size_t mid = (low + high) / 2;
        if (d->tokens.v[d->claims.v[mid].trigger_token].sentence < d->tokens.v[s->first].sentence)
            low = mid + 1;
        else high = mid;
    }
    for (; low < d->claims.n && d->claims.v[low].trigger.start < span_end(s->at); low++)
        if (d->claims.v[low].trigger_token == t->token) return &d->claims.v[low];
    return NULL;
}

void write_why(const write_view *w, const sentence *s, size_t *next)
{
    const trace_trigger_array *all = &w->d->trace->triggers;
    bool any = false;
    for (; *next < all->n && all->v[*next].token < s->first + s->n; ++*next) {
        const trace_trigger *t = &all->v[*next];
        if (t->token < s->first) continue;
        span at = span_join(w->d->tokens.v[t->first].at, w->d->tokens.v[t->last].at);
        why y = {w, s, t, claim_of(w->d, t, s), at};
        if (t->fate == FATE_PASSED) put_passed(&y);
        else put_trigger(&y);
        any = true;
    }
    if (!any && s->n) {
        put(w, STR("  no word of the codebook stands here"), LOOK_DIM);
        out_char(w->o, '\n');
    }
}
