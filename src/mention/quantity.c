#include "mention/quantity.h"

#include "base/os.h"
#include "mention/number.h"

#define MAX_PHRASE 5 /* words of a hedge */
#define MAX_REACH 12 /* tokens from a number to what it counts */

/* Sections of en/numbers.txt, in the words of that file. */
/* clang-format off */
#define SECTION_LIST(X)                                                                               \
    X(AT_LEAST, at_least) X(MORE_THAN, more_than) X(UP_TO, up_to) X(FEWER_THAN, fewer_than)           \
    X(ABOUT, about) X(BETWEEN, between) X(OR_MORE, or_more) X(OR_SO, or_so) X(OR_FEWER, or_fewer)     \
    X(VAGUE, vague) X(VAGUE_WORD, vague_word) X(ZERO, zero) X(PERSON, person) X(MONEY, money)         \
    X(CURRENCY, currency) X(TIMEUNIT, timeunit) X(LABEL, label) X(HANDS, hands)       \
    X(PARENT, parent) X(APIECE, apiece) X(AGE, age) X(DENIAL, denial)
/* clang-format on */

#define LABEL_VALUE(id, text) SECTION_##id,
typedef enum section { SECTION_LIST(LABEL_VALUE) N_SECTIONS } section;
#undef LABEL_VALUE
#define LABEL_TEXT(id, text) #text,
static const char *const section_names[] = {SECTION_LIST(LABEL_TEXT)};
#undef LABEL_TEXT

typedef struct phrase {
    uint32_t n;
    str words[MAX_PHRASE];
} phrase;

typedef ARRAY(phrase) phrase_array;

struct quantity_rules {
    number_words numbers;
    phrase_array phrases[N_SECTIONS];
    map single[N_SECTIONS];                   /* phrases of one word */
    map starts[N_SECTIONS], ends[N_SECTIONS]; /* first and last words: most atoms need one look-up */
};

/* ---- reading the table --------------------------------------------------------------------------- */

static void add_phrase(arena *a, quantity_rules *r, section in, str text)
{
    phrase p = {0};
    while (text.ptr && p.n < MAX_PHRASE) {
        str word = str_cut(&text, ' ');
        if (word.len) p.words[p.n++] = word;
    }
    if (p.n == 1) map_put(a, &r->single[in], p.words[0])->value = in;
    if (!p.n) return;
    map_put(a, &r->starts[in], p.words[0])->value = in;
    map_put(a, &r->ends[in], p.words[p.n - 1])->value = in;
    *array_push(a, &r->phrases[in]) = p;
}

bool quantity_rules_open(arena *a, str codebook_folder, quantity_rules **rules, error *e)
{
    table t;
    quantity_rules *r = *rules = arena_new(a, quantity_rules, 1);
    if (!number_words_open(a, codebook_folder, &r->numbers, e)) return false;
    if (!table_read(a, os_path_join(a, codebook_folder, STR("en/numbers.txt")), &t, e)) return false;
    int in = N_SECTIONS;
    for (size_t i = 0; i < t.lines.n; i++) {
        if (t.lines.v[i].indent == 0) {
            for (in = 0; in < N_SECTIONS && !str_is(t.lines.v[i].keyword, section_names[in]);) in++;
            continue;
        }
        str rest = t.lines.v[i].whole;
        while (in < N_SECTIONS && rest.ptr) add_phrase(a, r, (section)in, str_cut(&rest, '|'));
    }
    return true;
}

/* ---- reading the text ------------------------------------------------------------------------------ */

typedef struct counter {
    const quantity_rules *r;
    document *d;
    atom_array atoms;
    bool *taken; /* by atom: of a date or a weapon's name */
} counter;

/* What has been read so far; atoms [first, end). */
typedef struct count {
    uint32_t first, end;
    uint32_t number; /* the atom of its number word */
    quantity q;
    bool is_vague;
} count;

static const atom *at(const counter *c, uint32_t of, int64_t i)
{
    if (i < 0 || i >= (int64_t)c->atoms.n) return NULL;
    const token_array *t = &c->d->tokens;
    return t->v[c->atoms.v[i].token].sentence == t->v[c->atoms.v[of].token].sentence ? &c->atoms.v[i]
                                                                                     : NULL;
}

static bool is(const atom *x, const char *norm)
{
    return x && str_is(x->norm, norm);
}

static bool is_in(const counter *c, section s, const atom *x)
{
    return x && map_get(&c->r->single[s], x->norm) != MAP_NONE;
}

static bool lemma_in(const counter *c, section s, const token *t)
{
    return map_get(&c->r->single[s], t->lemma) != MAP_NONE
           || map_get(&c->r->single[s], t->norm) != MAP_NONE;
}

static bool phrase_at(const counter *c, const phrase *p, uint32_t of, int64_t i)
{
    for (uint32_t k = 0; k < p->n; k++) {
        const atom *x = at(c, of, i + k);
        if (!x || !str_eq(x->norm, p->words[k])) return false;
    }
    return true;
}

/* Words of the longest phrase of a section that ends before atom i, or begins at it. */
static uint32_t phrase_before(const counter *c, section s, uint32_t i)
{
    uint32_t best = 0;
    const atom *last = at(c, i, (int64_t)i - 1);
    if (!last || map_get(&c->r->ends[s], last->norm) == MAP_NONE) return 0;
    /* "handed over 35 prisoners" */
    const atom *verb = at(c, i, (int64_t)i - 2);
    if (is(last, "over") && verb && lemma_in(c, SECTION_HANDS, &c->d->tokens.v[verb->token])) return 0;
    for (size_t k = 0; k < c->r->phrases[s].n; k++) {
        const phrase *p = &c->r->phrases[s].v[k];
        if (p->n > best && phrase_at(c, p, i, (int64_t)i - p->n)) best = p->n;
    }
    return best;
}

static uint32_t phrase_from(const counter *c, section s, uint32_t of, uint32_t i)
{
    uint32_t best = 0;
    const atom *start = at(c, of, i);
    if (!start || map_get(&c->r->starts[s], start->norm) == MAP_NONE) return 0;
    for (size_t k = 0; k < c->r->phrases[s].n; k++) {
        const phrase *p = &c->r->phrases[s].v[k];
        if (p->n > best && phrase_at(c, p, of, i)) best = p->n;
    }
    return best;
}

static quantity exactly(int64_t n)
{
    return (quantity){.low = n, .best = n, .high = n, .has_low = true, .has_best = true, .has_high = true};
}

static quantity hedged(section s, int64_t n)
{
    if (s == SECTION_MORE_THAN) n++;
    if (s == SECTION_FEWER_THAN && n > 0) n--;
    quantity q = {.low = n, .best = n, .high = n, .has_best = true};
    q.has_low = s == SECTION_AT_LEAST || s == SECTION_MORE_THAN || s == SECTION_OR_MORE;
    q.has_high = s == SECTION_UP_TO || s == SECTION_FEWER_THAN || s == SECTION_OR_FEWER;
    if (!q.has_low) q.low = 0;
    if (!q.has_high) q.high = 0;
    return q;
}

/* ---- numbers that count nothing ---------------------------------------------------------------------- */

static bool is_label(const counter *c, uint32_t i)
{
    const atom *before = at(c, i, (int64_t)i - 1);
    const token *t = &c->d->tokens.v[c->atoms.v[i].token];
    if (!before || before->kind != ATOM_WORD) return false;
    if (is_in(c, SECTION_LABEL, before)) return true;
    bool hangs_back =
        t->head >= 0 && t->head < (int32_t)c->atoms.v[i].token && t->head == (int32_t)before->token;
    deprel r = deprel_universal(t->rel);
    const token *h = &c->d->tokens.v[before->token];
    bool nominal = h->pos == UPOS_PROPN || (h->pos == UPOS_NOUN && h->tag == XPOS_NN);
    return hangs_back && nominal
           && (r == DEPREL_NUMMOD || r == DEPREL_NMOD || r == DEPREL_FLAT || r == DEPREL_COMPOUND
               || r == DEPREL_DEP);
}

/* "Ali, 32, said", "a mayor, 45, was", "two men, both 29,", "died at the age of 92", "aged 12 and 15": an age. */
static bool is_age(const counter *c, uint32_t i, uint32_t end)
{
    const atom *before = at(c, i, (int64_t)i - 1), *after = at(c, i, end);
    if (is(before, "of") && is_in(c, SECTION_AGE, at(c, i, (int64_t)i - 2))) return true;
    const bool joined = is(before, "and") || is(before, "to") || is(before, "or");
    const atom *first = at(c, i, (int64_t)i - 2);
    if (joined && first && first->kind == ATOM_NUMBER && is_in(c, SECTION_AGE, at(c, i, (int64_t)i - 3)))
        return true;
    const bool each = is_in(c, SECTION_APIECE, before);
    const atom *comma = each ? at(c, i, (int64_t)i - 2) : before,
               *name = at(c, i, (int64_t)i - (each ? 3 : 2));
    bool commas = is(comma, ",") && (is(after, ",") || is(after, ".") || is(after, ")") || !after);
    if (!commas || !name || c->atoms.v[i].n_digits > 2) return false;
    const token *t = &c->d->tokens.v[name->token];
    return each
           || ((t->pos == UPOS_PROPN || t->tag == XPOS_NN || lemma_in(c, SECTION_PERSON, t))
               && c->atoms.v[i].n_digits == 2);
}

/* "a mother of 12": her children. */
static bool is_brood(const counter *c, uint32_t i, uint32_t end)
{
    const atom *parent = at(c, i, (int64_t)i - 2), *after = at(c, i, end);
    if (!is(at(c, i, (int64_t)i - 1), "of") || !is_in(c, SECTION_PARENT, parent)) return false;
    return !after || after->kind != ATOM_WORD || c->d->tokens.v[after->token].pos != UPOS_NOUN;
}

/* A joint to a word or a number makes it part of something else: Covid-19, 1/3, 3-2; "three-day" is time
 * anyway. */
static bool is_joined_before(const counter *c, uint32_t i)
{
    const atom *x = &c->atoms.v[i], *mark = at(c, i, (int64_t)i - 1);
    if (!mark || !x->glued) return false;
    return mark->kind != ATOM_MARK
           || ((is(mark, "-") || is(mark, "/") || is(mark, ".") || is(mark, ":")) && mark->glued);
}

static bool is_joined_after(const counter *c, uint32_t i, uint32_t end)
{
    const atom *mark = at(c, i, end), *next = at(c, i, (int64_t)end + 1);
    if (mark && mark->glued && mark->kind == ATOM_WORD && c->atoms.v[i].kind == ATOM_NUMBER
        && mark->at.len <= 2)
        return true;
    if (is(mark, "-") && mark->glued && is_in(c, SECTION_TIMEUNIT, next)) return true; /* 12-year-old */
    return mark && next && mark->glued && next->glued && (is(mark, "/") || is(mark, ":") || is(mark, "."));
}

static bool is_money(const counter *c, uint32_t i, uint32_t end)
{
    const atom *before = at(c, i, (int64_t)i - 1), *next = at(c, i, end);
    return is_in(c, SECTION_CURRENCY, before) || is_in(c, SECTION_MONEY, next)
           || is_in(c, SECTION_CURRENCY, next);
}

static bool is_list_number(const counter *c, uint32_t i)
{
    const token *t = &c->d->tokens.v[c->atoms.v[i].token];
    const atom *next = at(c, i, (int64_t)i + 1);
    return c->atoms.v[i].token == c->d->sentences.v[t->sentence].first && c->atoms.v[i].kind == ATOM_NUMBER
           && (is(next, ")") || is(next, "."));
}

/* "[2]": a note. */
static bool is_note(const counter *c, uint32_t i, uint32_t end)
{
    return is(at(c, i, (int64_t)i - 1), "[") && is(at(c, i, end), "]");
}

/* "of the 6100 block of Ingleside Avenue": an address. */
static bool is_address(const counter *c, uint32_t i, uint32_t end)
{
    const atom *x = &c->atoms.v[i], *next = at(c, i, end);
    if (x->kind != ATOM_NUMBER || x->value % 100 != 0) return false;
    return is(is(next, "-") ? at(c, i, (int64_t)end + 1) : next, "block");
}

static bool counts_nothing(const counter *c, uint32_t i, const number *n)
{
    const atom *x = &c->atoms.v[i];
    uint32_t end = i + n->n;
    if (n->is_ordinal || (x->is_decimal && n->n == 1)) return true;
    bool code = x->kind == ATOM_NUMBER && n->n == 1
                && (x->n_digits > 9 || (x->n_digits > 1 && c->d->text.ptr[x->at.start] == '0'));
    return code || is_label(c, i) || is_age(c, i, end) || is_brood(c, i, end) || is_joined_before(c, i)
           || is_joined_after(c, i, end) || is_money(c, i, end) || is_list_number(c, i)
           || is_note(c, i, end) || is_address(c, i, end);
}

/* ---- what is counted --------------------------------------------------------------------------- */

static bool is_nominal(const token *t)
{
    return t->pos == UPOS_NOUN || t->pos == UPOS_PROPN;
}

static bool in_reach(const counter *c, uint32_t from, int64_t noun)
{
    if (noun <= (int64_t)from || noun - from > MAX_REACH || noun >= (int64_t)c->d->tokens.n) return false;
    return c->d->tokens.v[noun].sentence == c->d->tokens.v[from].sentence;
}

/* The noun after "of" that hangs on the number: "dozens of civilians", "14 of the dead". */
static int64_t noun_of(const counter *c, uint32_t t)
{
    const token_array *tokens = &c->d->tokens;
    for (uint32_t k = t + 2; in_reach(c, t, k); k++) {
        if (tokens->v[k].head != (int32_t)t || deprel_universal(tokens->v[k].rel) != DEPREL_NMOD) continue;
        return str_is(tokens->v[t + 1].norm, "of") ? (int64_t)k : -1;
    }
    return -1;
}

static int64_t noun_by_tree(const counter *c, uint32_t t)
{
    const token *k = &c->d->tokens.v[t];
    if (k->pos == UPOS_X || k->head < 0) return noun_of(c, t);
    deprel r = deprel_universal(k->rel);
    bool modifies = r == DEPREL_NUMMOD || r == DEPREL_DET || r == DEPREL_AMOD || r == DEPREL_COMPOUND
                    || r == DEPREL_NMOD;
    if (modifies && in_reach(c, t, k->head)) {
        const token *h = &c->d->tokens.v[k->head];
        bool ok = is_nominal(h) || h->pos == UPOS_ADJ || h->pos == UPOS_PRON || h->pos == UPOS_VERB
                  || h->pos == UPOS_SYM;
        return ok ? k->head : -1;
    }
    return noun_of(c, t);
}

/* Without a tree: the last noun of the run that follows. */
static int64_t noun_by_place(const counter *c, uint32_t t)
{
    const token_array *tokens = &c->d->tokens;
    uint32_t k = t + 1;
    int64_t noun = -1;
    if (in_reach(c, t, k) && str_is(tokens->v[k].norm, "of")) k++;
    while (in_reach(c, t, k) && (tokens->v[k].pos == UPOS_DET || str_is(tokens->v[k].norm, "the"))) k++;
    for (; in_reach(c, t, k); k++) {
        if (is_nominal(&tokens->v[k])) noun = k;
        else if (tokens->v[k].pos != UPOS_ADJ || noun >= 0) break;
    }
    return noun;
}

static int64_t counted_noun(const counter *c, const count *n)
{
    uint32_t last = c->atoms.v[n->end - 1].token, first = c->atoms.v[n->number].token;
    const atom *next = at(c, n->first, n->end);
    if (is(next, "%")) return next->token;
    for (uint32_t t = last + 1; t-- > first;) {
        int64_t noun = noun_by_tree(c, t);
        if (noun > (int64_t)last) return noun;
    }
    return noun_by_place(c, last);
}

static bool is_person(const counter *c, const token *t)
{
    return lemma_in(c, SECTION_PERSON, t);
}

static bool is_weapon_head(const counter *c, uint32_t t)
{
    for (size_t i = 0; i < c->d->mentions.n; i++) {
        const mention *m = &c->d->mentions.v[i];
        if ((m->kind == MENTION_WEAPON || m->kind == MENTION_PLATFORM) && m->head == t) return true;
    }
    return false;
}

/* ---- phrases ----------------------------------------------------------------------------------- */

static bool is_range_joint(const counter *c, uint32_t i, uint32_t end, bool between)
{
    const atom *x = at(c, i, end);
    if (between) return is(x, "and") || is(x, "to") || is(x, "-");
    return is(x, "-") || is(x, "to") || is(x, "or");
}

/* "between 20 and 30", "5-10", "6 or 7" */
static void read_range(const counter *c, count *n, const number *low)
{
    uint32_t opening = phrase_before(c, SECTION_BETWEEN, n->first);
    if (!is_range_joint(c, n->first, n->end, opening > 0) || !at(c, n->first, (int64_t)n->end + 1)) return;
    number high = number_read(&c->r->numbers, c->d, &c->atoms, n->end + 1);
    bool plain = high.n && !high.is_ordinal && high.value > low->value && !c->taken[n->end + 1];
    int64_t from = low->value;
    /* "2 to 3 million" */
    int64_t scale = high.value >= 1000000000 ? 1000000000 : 1000000;
    if (high.value >= 1000000 && from < 1000 && from * scale < high.value) from *= scale;
    if (!plain || (from > 0 && high.value / from > 1000)) return;
    n->q = (quantity){.low = from, .high = high.value, .has_low = true, .has_high = true};
    n->first -= opening;
    n->end += 1 + high.n;
    n->is_vague = false;
}

static void read_hedges_before(const counter *c, count *n, int64_t value)
{
    static const section order[] = {SECTION_AT_LEAST, SECTION_MORE_THAN, SECTION_UP_TO, SECTION_FEWER_THAN,
                                    SECTION_ABOUT};
    for (int round = 0; round < 2; round++) {
        uint32_t best = 0;
        section found = N_SECTIONS;
        for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
            uint32_t len = phrase_before(c, order[k], n->first);
            if (len > best) best = len, found = order[k];
        }
        if (!best) return;
        if (!n->is_vague) n->q = hedged(found, value);
        n->first -= best;
    }
}

static uint32_t read_hedge_after(const counter *c, count *n, uint32_t i, int64_t value)
{
    static const section order[] = {SECTION_OR_MORE, SECTION_OR_SO, SECTION_OR_FEWER};
    for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
        uint32_t len = phrase_from(c, order[k], n->first, i);
        if (!len) continue;
        if (!n->is_vague) n->q = hedged(order[k], value);
        return len;
    }
    return 0;
}

static bool is_year_like(const counter *c, const count *n, int64_t noun)
{
    const atom *x = &c->atoms.v[n->number];
    bool shape =
        x->kind == ATOM_NUMBER && x->n_digits == 4 && !x->has_comma && x->value >= 1900 && x->value <= 2035;
    return shape && n->first == n->number && (noun < 0 || c->d->tokens.v[noun].tag == XPOS_NN);
}

/* "the 444 Brigade", "121 Task Force Battalion": the number of a unit. */
static bool is_designation(const counter *c, const count *n, const token *noun)
{
    bool plain = n->q.has_low && n->q.has_high && n->q.low == n->q.high && n->q.low > 1 && !n->is_vague;
    if (!noun || !plain || (noun->tag != XPOS_NN && noun->tag != XPOS_NNP)) return false;
    const char first = document_plain(c->d, noun->at).ptr[0];
    return first >= 'A' && first <= 'Z' && lemma_in(c, SECTION_LABEL, noun);
}

/* The last atom of the token that is no mark. */
static uint32_t atom_of_token(const counter *c, uint32_t from, uint32_t token_index)
{
    uint32_t i = from;
    uint32_t last = i;
    for (; i + 1 < c->atoms.n && c->atoms.v[i + 1].token <= token_index; i++)
        if (c->atoms.v[i + 1].kind != ATOM_MARK || is(&c->atoms.v[i + 1], "%")) last = i + 1;
    return last;
}

static void add_mention(counter *c, const count *n, int64_t noun)
{
    document *d = c->d;
    uint32_t end = noun >= 0 ? atom_of_token(c, n->end - 1, (uint32_t)noun) + 1 : n->end;
    mention *m = array_push(d->arena, &d->mentions);
    m->kind = MENTION_QUANTITY;
    m->at = span_join(c->atoms.v[n->first].at, c->atoms.v[end - 1].at);
    m->first = c->atoms.v[n->first].token;
    m->n = c->atoms.v[end - 1].token - m->first + 1;
    m->head = noun >= 0 ? (uint32_t)noun : c->atoms.v[n->number].token;
    m->quantity = n->q;
    if (noun >= 0)
        m->quantity.of = is(&c->atoms.v[end - 1], "%") ? STR("percent") : d->tokens.v[noun].lemma;
    if (!m->quantity.of.ptr) m->quantity.of = STR("");
}

/* Ends a phrase whose number is known: its noun, the hedges round it; the atom after. */
static uint32_t finish(counter *c, count *n, int64_t value)
{
    uint32_t after = read_hedge_after(c, n, n->end, value);
    n->end += after;
    int64_t noun = counted_noun(c, n);
    const token *t = noun >= 0 ? &c->d->tokens.v[noun] : NULL;
    if (t && (lemma_in(c, SECTION_TIMEUNIT, t) || lemma_in(c, SECTION_MONEY, t))) return n->end;
    if (is_year_like(c, n, noun) || is_designation(c, n, t)) return n->end;
    if (!after && t) {
        uint32_t last = atom_of_token(c, n->end - 1, (uint32_t)noun) + 1;
        read_hedge_after(c, n, last, value);
    }
    add_mention(c, n, noun);
    return n->end;
}

static uint32_t read_number(counter *c, uint32_t i)
{
    number n = number_read(&c->r->numbers, c->d, &c->atoms, i);
    if (!n.n) return i;
    if (counts_nothing(c, i, &n)) return i + n.n;
    count out = {.first = i, .end = i + n.n, .number = i, .q = exactly(n.value)};
    read_range(c, &out, &n);
    bool range = out.q.low != out.q.high;
    if (!range) read_hedges_before(c, &out, n.value);
    const token *t = &c->d->tokens.v[c->atoms.v[i].token];
    bool lone_one = n.value == 1 && n.in_words && out.first == i;
    if (lone_one && t->pos != UPOS_NUM && t->pos != UPOS_X) return out.end;
    if (lone_one
        && (is(at(c, i, (int64_t)i - 1), "no") || is(at(c, i, out.end), "another")
            || is(at(c, i, out.end), "day")))
        return out.end;
    if (range) {
        int64_t noun = counted_noun(c, &out);
        if (noun >= 0 && lemma_in(c, SECTION_TIMEUNIT, &c->d->tokens.v[noun])) return out.end;
        add_mention(c, &out, noun);
        return out.end;
    }
    return finish(c, &out, n.value);
}

/* "dozens", "a number of", "several": counted without a number. */
static uint32_t read_vague(counter *c, uint32_t i)
{
    uint32_t n = phrase_from(c, SECTION_VAGUE, i, i), word = 0;
    if (!n) word = n = is_in(c, SECTION_VAGUE_WORD, &c->atoms.v[i]);
    if (!n && c->atoms.v[i].kind == ATOM_NUMBER && c->atoms.v[i].is_plural && c->atoms.v[i].value % 10 == 0)
        n = 1; /* 100s */
    if (!n) return i;
    count out = {.first = i, .end = i + n, .number = i + n - 1, .is_vague = true};
    read_hedges_before(c, &out, 0);
    int64_t noun = counted_noun(c, &out);
    const atom *next = at(c, i, out.end);
    bool alone = noun < 0;
    if (alone && (word || is(next, "-") || c->atoms.v[out.number].at.len < 5)) return out.end;
    if (!alone && c->d->tokens.v[noun].tag == XPOS_NN && !is(next, "of")
        && !is_person(c, &c->d->tokens.v[noun]))
        return out.end;
    return finish(c, &out, 0);
}

/* "fewer" of "no fewer than 12 soldiers" */
static bool is_bound_word(const counter *c, uint32_t i)
{
    if (i >= c->atoms.n) return false;
    xpos tag = c->d->tokens.v[c->atoms.v[i].token].tag;
    return tag == XPOS_JJR || tag == XPOS_RBR;
}

/* "did not suffer any casualties", "nobody reported any injuries" */
static bool is_any_of_none(const counter *c, uint32_t i)
{
    enum { MOST_WORDS = 5 };
    if (!is(&c->atoms.v[i], "any")) return false;
    for (int64_t k = (int64_t)i - 1; k >= (int64_t)i - MOST_WORDS; k--) {
        const atom *x = at(c, i, k);
        if (!x || (x->kind == ATOM_MARK && !is(x, "'"))) return false;
        if (is_in(c, SECTION_DENIAL, x)) return true;
    }
    return false;
}

/* "no civilians", "a soldier", "one rocket": only people and weapons are counted so. */
static uint32_t read_article(counter *c, uint32_t i)
{
    uint32_t zero = is_any_of_none(c, i) ? 1 : phrase_from(c, SECTION_ZERO, i, i);
    bool article = is(&c->atoms.v[i], "a") || is(&c->atoms.v[i], "an");
    if (!zero && !article) return i;
    if (zero && is_bound_word(c, i + zero)) return i;
    count out = {.first = i, .end = i + (zero ? zero : 1), .number = i, .q = exactly(zero ? 0 : 1)};
    int64_t noun = counted_noun(c, &out);
    if (noun < 0) return i;
    const token *t = &c->d->tokens.v[noun];
    bool fits = is_person(c, t) || is_weapon_head(c, (uint32_t)noun);
    if (!fits || (article && (t->tag == XPOS_NNS || t->tag == XPOS_NNPS))) return i;
    add_mention(c, &out, noun);
    return out.end;
}

static void mark_taken(counter *c)
{
    c->taken = arena_new(c->d->arena, bool, c->atoms.n + 1);
    size_t at_atom = 0;
    for (size_t k = 0; k < c->d->mentions.n; k++) {
        const mention *m = &c->d->mentions.v[k];
        if (m->kind != MENTION_DATE && m->kind != MENTION_WEAPON && m->kind != MENTION_PLATFORM) continue;
        if (at_atom >= c->atoms.n || c->atoms.v[at_atom].at.start > m->at.start) at_atom = 0;
        while (at_atom < c->atoms.n && span_end(c->atoms.v[at_atom].at) <= m->at.start) at_atom++;
        for (size_t i = at_atom; i < c->atoms.n && c->atoms.v[i].at.start < span_end(m->at); i++)
            c->taken[i] = true;
    }
}

void quantity_mentions(const quantity_rules *rules, document *d)
{
    if (!d->tokens.n) return;
    counter c = {.r = rules, .d = d, .atoms = atom_cut(d)};
    mark_taken(&c);
    for (uint32_t i = 0; i < c.atoms.n;) {
        uint32_t end = c.taken[i] ? i + 1 : read_vague(&c, i);
        if (end == i) end = read_number(&c, i);
        if (end == i) end = read_article(&c, i);
        i = end > i ? end : i + 1;
    }
}
