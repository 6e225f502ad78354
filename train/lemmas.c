#include "lemmas.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/table.h"
#include "base/utf8.h"
#include "syntax/lemma.h"
#include "vectors.h"

enum { MAX_ENDING = 6, N_RANKED = 120000, N_DERIVED = 60000, N_KNOWN = 30000 };

/* A form under a tag with the lemma that it is given; the weightiest of several wins. */
typedef struct pair {
    str key; /* "TAG\tform" */
    str lemma;
    uint32_t weight;
    bool is_single; /* must come out right, by itself if no rule does it */
} pair;

typedef struct maker {
    arena *a;
    map index; /* "TAG\tform\tlemma" -> pair */
    ARRAY(pair) pairs;
    map common, proper; /* folded words -> how often they are no names, how often names with a capital */
    map rank;           /* word -> place in the list of frequent words */
    ARRAY(str) words;
} maker;

static void add_pair(maker *m, str tag, str form, str lemma, uint32_t weight, bool is_single)
{
    str whole = arena_format(m->a, "%.*s\t%.*s\t%.*s", (int)tag.len, tag.ptr, (int)form.len, form.ptr,
                             (int)lemma.len, lemma.ptr);
    map_slot *slot = map_put(m->a, &m->index, whole);
    if (slot->value == MAP_NONE) {
        slot->value = (uint32_t)m->pairs.n;
        *array_push(m->a, &m->pairs) = (pair){.key = str_part(whole, 0, tag.len + 1 + form.len),
                                              .lemma = str_part(whole, tag.len + form.len + 2, lemma.len)};
    }
    m->pairs.v[slot->value].weight += weight;
    m->pairs.v[slot->value].is_single |= is_single;
}

/* Tags whose words are taken as they are written. */
static const char *const written[] = {"NNP", "ADD",   ":",     "NFP", "SYM", "FW",
                                      "LS",  "-LRB-", "-RRB-", "XX",  "$"};

static bool is_written(str tag)
{
    for (size_t i = 0; i < sizeof written / sizeof *written; i++)
        if (str_is(tag, written[i])) return true;
    return false;
}

/* ---- where pairs come from --------------------------------------------------------------------- */

enum { TABLE_WEIGHT = 50 }; /* as so many sentences of a treebank */

/* "lemma TAG=form|form TAG=form" */
static bool read_forms(maker *m, const table *t, const table_line *l, error *e)
{
    str rest = l->value;
    while (rest.ptr) {
        str item = str_cut(&rest, ' ');
        if (!item.len) continue;
        str forms = item, tag = str_cut(&forms, '=');
        if (!forms.ptr || label_find(LABELS_XPOS, tag) < 0)
            return table_fault(t, l, e, "expected TAG=form|form");
        while (forms.ptr) add_pair(m, tag, str_cut(&forms, '|'), l->keyword, TABLE_WEIGHT, true);
    }
    return true;
}

/* Adjectives of names, which keep their capital. */
static void read_capitals(maker *m, const table_line *l)
{
    str rest = l->whole;
    while (rest.ptr) {
        str word = str_cut(&rest, ' ');
        if (word.len) add_pair(m, STR("JJ"), utf8_fold(m->a, word), word, TABLE_WEIGHT, true);
    }
}

static bool read_table(maker *m, str path, error *e)
{
    table t;
    bool capitals = false;
    if (!table_read(m->a, path, &t, e)) return false;
    for (size_t i = 0; i < t.lines.n; i++) {
        const table_line *l = &t.lines.v[i];
        if (!l->indent) capitals = str_is(l->keyword, "capital");
        else if (capitals) read_capitals(m, l);
        else if (!read_forms(m, &t, l, e)) return false;
    }
    return true;
}

static void count_case(maker *m, const token *k, bool is_capital_name)
{
    map_slot *s = map_put(m->a, is_capital_name ? &m->proper : &m->common, k->norm);
    s->value = s->value == MAP_NONE ? 1 : s->value + 1;
}

static bool is_capitalised(str form, str norm)
{
    return form.len > 2 && form.len == norm.len && form.ptr[0] >= 'A' && form.ptr[0] <= 'Z'
           && memcmp(form.ptr + 1, norm.ptr + 1, norm.len - 1) == 0;
}

/* Names that are hardly ever other words keep their capital where a text has it not: "baghdad" -> "Baghdad". */
static void add_names(maker *m)
{
    enum { SURE = 2 };
    for (size_t i = 0; i < m->proper.cap; i++) {
        const map_slot *s = &m->proper.slots[i];
        uint32_t common = s->key.ptr ? map_get(&m->common, s->key) : 0;
        if (!s->key.ptr || s->value < SURE || (common != MAP_NONE && common * 3 > s->value)) continue;
        str name = arena_copy(m->a, s->key);
        ((char *)(uintptr_t)name.ptr)[0] &= ~32;
        add_pair(m, STR("NNP"), s->key, name, SURE, true);
    }
}

static void read_treebank(maker *m, const data *d)
{
    for (size_t i = 0; i < d->sentences.n; i++) {
        const document *doc = d->sentences.v[i].d;
        const sentence *s = &doc->sentences.v[d->sentences.v[i].index];
        for (uint32_t t = s->first; t < s->first + s->n; t++) {
            const token *k = &doc->tokens.v[t];
            if (!k->lemma.len || str_is(k->lemma, "_")) continue;
            str tag = str_from(label_text(LABELS_XPOS, (int)k->tag));
            bool is_name = k->tag == XPOS_NNP || k->tag == XPOS_NNPS;
            str form = document_str(doc, k->at);
            add_pair(m, tag, is_name || is_written(tag) ? form : k->norm, k->lemma, 1, true);
            if (!is_name) count_case(m, k, false);
            else if (is_capitalised(form, k->norm)) count_case(m, k, true);
        }
    }
    add_names(m);
}

static bool rank_word(void *user, str word, size_t rank)
{
    maker *m = user;
    if (rank >= N_RANKED) return false;
    map_slot *slot = map_put(m->a, &m->rank, arena_copy(m->a, word));
    if (slot->value == MAP_NONE) slot->value = (uint32_t)rank;
    *array_push(m->a, &m->words) = slot->key;
    return false;
}

static uint32_t rank_of(const maker *m, str word)
{
    return map_get(&m->rank, word); /* MAP_NONE is the highest */
}

static bool is_vowel(char c)
{
    return strchr("aeiou", c) != NULL;
}

/* "scrap", "tim": a single vowel between consonants would give "scrapped"; "scraped" is of "scrape". */
static bool doubles_its_end(str stem)
{
    size_t n = stem.len, vowels = 0;
    for (size_t i = 0; i < n; i++) vowels += is_vowel(stem.ptr[i]);
    return n >= 3 && vowels == 1 && is_vowel(stem.ptr[n - 2]) && !strchr("aeiouwxyh", stem.ptr[n - 1]);
}

/* Stem + e, stem, stem without its doubled consonant: the one that is the most frequent word. */
static str best_stem(const maker *m, str stem)
{
    str candidates[4] = {stem, arena_format(m->a, "%.*se", (int)stem.len, stem.ptr)}, best = {0};
    size_t n = 2;
    if (stem.len > 3 && stem.ptr[stem.len - 1] == stem.ptr[stem.len - 2])
        candidates[n++] = str_part(stem, 0, stem.len - 1);
    if (stem.len > 2 && stem.ptr[stem.len - 1] == 'i')
        candidates[n++] = arena_format(m->a, "%.*sy", (int)stem.len - 1, stem.ptr);
    for (size_t i = doubles_its_end(stem); i < n; i++)
        if (rank_of(m, candidates[i]) != MAP_NONE
            && (!best.ptr || rank_of(m, candidates[i]) < rank_of(m, best)))
            best = candidates[i];
    return best;
}

static void derive(maker *m, str word, const char *ending, const char *const *tags)
{
    str end = str_from(ending);
    if (word.len < end.len + 3 || !str_ends(word, end)) return;
    str stem = str_part(word, 0, word.len - end.len), base = best_stem(m, stem);
    for (; base.ptr && *tags; tags++)
        add_pair(m, str_from(*tags), word, base, 1, rank_of(m, base) < N_KNOWN);
}

static bool all_letters(str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < 'a' || s.ptr[i] > 'z') return false;
    return true;
}

/* A plural or third person: the word without s, without es, with y for ies. */
static void derive_s(maker *m, str word)
{
    static const char *const tags[] = {"NNS", "VBZ", NULL};
    if (word.len < 4 || word.ptr[word.len - 1] != 's' || strchr("su'", word.ptr[word.len - 2])) return;
    str one = str_part(word, 0, word.len - 1), best = rank_of(m, one) == MAP_NONE ? (str){0} : one;
    str two = str_part(word, 0, word.len - 2);
    bool sibilant =
        word.len > 4 && word.ptr[word.len - 2] == 'e' && strchr("sxzho", word.ptr[word.len - 3]);
    if (sibilant && rank_of(m, two) != MAP_NONE && (!best.ptr || rank_of(m, two) < rank_of(m, best)))
        best = two;
    if (word.len > 4 && str_ends(word, STR("ies"))) {
        str y = arena_format(m->a, "%.*sy", (int)word.len - 3, word.ptr);
        if (rank_of(m, y) != MAP_NONE && (!best.ptr || rank_of(m, y) < rank_of(m, best))) best = y;
    }
    for (const char *const *t = tags; best.ptr && *t; t++)
        add_pair(m, str_from(*t), word, best, 1, rank_of(m, best) < N_KNOWN);
}

static bool derive_regular(maker *m, str vectors_path, error *e)
{
    static const char *const ed[] = {"VBD", "VBN", NULL}, *const ing[] = {"VBG", NULL};
    static const char *const er[] = {"JJR", NULL}, *const est[] = {"JJS", NULL};
    vectors_visitor v = {rank_word, NULL, m};
    if (!vectors_read(vectors_path, &v, e)) return false;
    for (size_t i = 0; i < m->words.n && i < N_DERIVED; i++) {
        str w = m->words.v[i];
        if (!all_letters(w)) continue;
        derive(m, w, "ed", ed);
        derive(m, w, "ing", ing);
        if (i < 15000) derive(m, w, "er", er);
        if (i < 30000) derive(m, w, "est", est);
        derive_s(m, w);
    }
    return true;
}

/* ---- rules ------------------------------------------------------------------------------------- */

typedef struct rule {
    uint32_t strip;
    str add;
} rule;

static str form_of(const pair *p)
{
    size_t tab = str_find(p->key, STR("\t"), 0);
    return str_part(p->key, tab + 1, p->key.len);
}

static str tag_of(const pair *p)
{
    return str_part(p->key, 0, str_find(p->key, STR("\t"), 0));
}

static rule rule_of(const pair *p)
{
    str f = form_of(p);
    size_t same = 0;
    while (same < f.len && same < p->lemma.len && f.ptr[same] == p->lemma.ptr[same]) same++;
    return (rule){(uint32_t)(f.len - same), str_part(p->lemma, same, p->lemma.len)};
}

/* The heaviest lemma of each key. */
static void keep_heaviest(maker *m)
{
    map best = {0};
    size_t n = 0;
    for (size_t i = 0; i < m->pairs.n; i++) {
        map_slot *s = map_put(m->a, &best, m->pairs.v[i].key);
        if (s->value == MAP_NONE || m->pairs.v[i].weight > m->pairs.v[s->value].weight)
            s->value = (uint32_t)i;
    }
    for (size_t i = 0; i < m->pairs.n; i++)
        if (map_get(&best, m->pairs.v[i].key) == i) m->pairs.v[n++] = m->pairs.v[i];
    m->pairs.n = n;
}

typedef struct rules {
    map counts; /* "TAG\tending\tstrip\tadd" -> number of words */
    map best;   /* "TAG\tending" -> index in text */
    ARRAY(str) text;
    ARRAY(uint32_t) count;
} rules;

static str rule_text(maker *m, const pair *p, size_t ending, rule r)
{
    str f = form_of(p), t = tag_of(p);
    return arena_format(m->a, "%.*s\t%.*s\t%u\t%.*s", (int)t.len, t.ptr, (int)ending,
                        f.ptr + f.len - ending, r.strip, (int)r.add.len, r.add.ptr);
}

static str ending_key(maker *m, str tag, str ending)
{
    return arena_format(m->a, "%.*s\t%.*s", (int)tag.len, tag.ptr, (int)ending.len,
                        ending.len ? ending.ptr : "");
}

static void count_rule(maker *m, rules *r, const pair *p, size_t ending)
{
    str f = form_of(p), text = rule_text(m, p, ending, rule_of(p));
    map_slot *s = map_put(m->a, &r->counts, text);
    if (s->value == MAP_NONE) {
        s->value = (uint32_t)r->text.n;
        *array_push(m->a, &r->text) = text;
        *array_push(m->a, &r->count) = 0;
    }
    uint32_t mine = s->value;
    r->count.v[mine]++;
    map_slot *b = map_put(m->a, &r->best, ending_key(m, tag_of(p), str_part(f, f.len - ending, ending)));
    if (b->value == MAP_NONE || r->count.v[mine] > r->count.v[b->value]) b->value = mine;
}

/* Tags whose words change; the others keep the folded form, or the form as written. */
static bool has_rules(str tag)
{
    const char *const tags[] = {"NNS", "NNPS", "VBZ", "VBD", "VBN", "VBG", "JJR", "JJS", "RBR", "RBS"};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (str_is(tag, tags[i])) return true;
    return false;
}

static uint32_t longest_rule(maker *m, const rules *r, const pair *p)
{
    str f = form_of(p), tag = tag_of(p);
    if (!f.ptr) return MAP_NONE;
    for (size_t n = f.len < MAX_ENDING ? f.len : MAX_ENDING;; n--) {
        uint32_t at = map_get(&r->best, ending_key(m, tag, str_part(f, f.len - n, n)));
        if (at != MAP_NONE && (r->count.v[at] >= 2 || n == 0)) return at;
        if (n == 0) return MAP_NONE;
    }
}

/* The part of a rule's text behind its ending: "strip\tadd". */
static str action(str text)
{
    size_t at = str_find(text, STR("\t"), str_find(text, STR("\t"), 0) + 1);
    return str_part(text, at + 1, text.len);
}

static bool rule_fits(maker *m, const pair *p, str text)
{
    return str_eq(action(text), action(rule_text(m, p, 0, rule_of(p))));
}

/* ---- writing ----------------------------------------------------------------------------------- */

typedef ARRAY(char) text;

static void put(arena *a, text *t, char head, str s)
{
    *array_push(a, t) = head;
    for (size_t i = 0; i < s.len; i++) *array_push(a, t) = s.ptr[i];
    *array_push(a, t) = '\n';
}

/* A rule is written unless the next shorter ending says the same. */
static void write_rules(maker *m, const rules *r, text *out)
{
    for (uint32_t i = 0; i < r->text.n; i++) {
        str rest = r->text.v[i], tag = str_part(rest, 0, str_find(rest, STR("\t"), 0));
        str tail = str_part(rest, tag.len + 1, rest.len);
        str ending = str_part(tail, 0, str_find(tail, STR("\t"), 0));
        if (map_get(&r->best, ending_key(m, tag, ending)) != i || (r->count.v[i] < 2 && ending.len))
            continue;
        bool same = false;
        for (size_t n = ending.len; n-- > 0;) {
            uint32_t shorter = map_get(&r->best, ending_key(m, tag, str_part(ending, ending.len - n, n)));
            if (shorter == MAP_NONE || (r->count.v[shorter] < 2 && n)) continue;
            same = str_eq(action(r->text.v[shorter]), action(r->text.v[i]));
            break;
        }
        if (!same) put(m->a, out, '-', r->text.v[i]);
    }
}

/* Does the word come out right without an entry of its own? */
static bool comes_right(maker *m, const rules *r, const pair *p, str base)
{
    str tag = tag_of(p);
    bool by_rule = has_rules(tag) && str_eq(base, form_of(p));
    uint32_t at = by_rule ? longest_rule(m, r, p) : MAP_NONE;
    return at != MAP_NONE ? rule_fits(m, p, r->text.v[at]) : str_eq(base, p->lemma);
}

static void write_singles(maker *m, const rules *r, text *out)
{
    for (size_t i = 0; i < m->pairs.n; i++) {
        const pair *p = &m->pairs.v[i];
        str tag = tag_of(p), f = form_of(p);
        if (!p->is_single || !f.len || (f.len == 1 && str_is(tag, "NN"))) continue;
        str base = lemma_base(m->a, f, f, UPOS_X, (xpos)label_find(LABELS_XPOS, tag), is_written(tag));
        bool is_rare = p->weight < 2 && str_eq(base, f) && (is_written(tag) || !has_rules(tag));
        if (!is_rare && !comes_right(m, r, p, base))
            put(m->a, out, '=',
                arena_format(m->a, "%.*s\t%.*s", (int)p->key.len, p->key.ptr, (int)p->lemma.len,
                             p->lemma.ptr));
    }
}

bool lemmas_make(arena *a, const data *d, str table_path, str vectors_path, str *section, error *e)
{
    maker m = {.a = a};
    rules r = {0};
    text out = {0};
    read_treebank(&m, d);
    if (!read_table(&m, table_path, e) || !derive_regular(&m, vectors_path, e)) return false;
    keep_heaviest(&m);
    for (size_t i = 0; i < m.pairs.n; i++)
        for (size_t n = 0;
             has_rules(tag_of(&m.pairs.v[i])) && n <= MAX_ENDING && n <= form_of(&m.pairs.v[i]).len; n++)
            count_rule(&m, &r, &m.pairs.v[i], n);
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) put(a, &out, '@', str_from(written[i]));
    write_rules(&m, &r, &out);
    write_singles(&m, &r, &out);
    *section = (str){out.v, out.n};
    return true;
}
