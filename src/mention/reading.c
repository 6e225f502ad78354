#include "mention/reading.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "mention/name_key.h"

static uint32_t *filled(arena *a, size_t n)
{
    uint32_t *v = arena_new(a, uint32_t, n + 1);
    memset(v, 0xff, (n + 1) * sizeof *v);
    return v;
}

static void take(reading *r)
{
    const document *d = r->doc;
    for (size_t i = 0; i < d->mentions.n; i++) {
        const mention *m = &d->mentions.v[i];
        if (m->kind == MENTION_QUANTITY) continue;
        for (uint32_t t = m->first; t < m->first + m->n && t < d->tokens.n; t++) r->taken[t] = true;
    }
}

void reading_init(reading *r, const lexicon *lex, const place_lookup *places, document *d)
{
    size_t n = d->tokens.n;
    *r = (reading){.lex = lex, .places = places, .doc = d, .arena = d->arena};
    r->key = arena_new(r->arena, str, n + 1);
    r->lemma = arena_new(r->arena, str, n + 1);
    r->taken = arena_new(r->arena, bool, n + 1);
    uint32_t **arrays[] = {&r->first_child, &r->next_sibling, &r->name_at, &r->mention_at};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) *arrays[i] = filled(r->arena, n);
    for (uint32_t t = (uint32_t)n; t-- > 0;) {
        const token *k = reading_token(r, t);
        r->key[t] = name_key(r->arena, document_plain(d, k->at));
        r->lemma[t] = k->lemma.len ? name_key(r->arena, k->lemma) : r->key[t];
        uint32_t h = reading_head(r, t);
        if (h == NO_TOKEN) continue;
        r->next_sibling[t] = r->first_child[h];
        r->first_child[h] = t;
    }
    take(r);
}

uint32_t reading_head(const reading *r, uint32_t t)
{
    const token *k = reading_token(r, t);
    bool sound = k->head >= 0 && (size_t)k->head < r->doc->tokens.n && (uint32_t)k->head != t
                 && reading_token(r, (uint32_t)k->head)->sentence == k->sentence;
    return sound ? (uint32_t)k->head : NO_TOKEN;
}

uint32_t reading_child(const reading *r, uint32_t t, deprel rel)
{
    FOR_CHILDREN (r, c, t)
        if (deprel_universal(reading_token(r, c)->rel) == rel) return c;
    return NO_TOKEN;
}

str reading_preposition(const reading *r, uint32_t t)
{
    FOR_CHILDREN (r, c, t) {
        if (c >= t) break;
        if (reading_token(r, c)->rel == DEPREL_CASE && reading_token(r, c)->tag != XPOS_POS)
            return r->key[c];
    }
    return STR("");
}

uint32_t reading_top(const reading *r, uint32_t first, uint32_t end)
{
    uint32_t top = NO_TOKEN;
    for (uint32_t t = first; t < end; t++) {
        uint32_t h = reading_head(r, t);
        if (h != NO_TOKEN && h >= first && h < end) continue;
        if (reading_token(r, t)->pos == UPOS_PUNCT || reading_token(r, t)->rel == DEPREL_CASE) continue;
        /* of several, the last: English names end in their head; but what is "flat" heads nothing */
        if (top != NO_TOKEN && deprel_universal(reading_token(r, t)->rel) == DEPREL_FLAT) continue;
        top = t;
    }
    return top == NO_TOKEN ? end - 1 : top;
}

place_hint reading_place(const reading *r, uint32_t first, uint32_t end)
{
    const span at = span_join(reading_token(r, first)->at, reading_token(r, end - 1)->at);
    return r->places->find(r->places->table, document_plain(r->doc, at));
}

bool reading_is_clitic(const reading *r, uint32_t t)
{
    const token *k = reading_token(r, t);
    return !k->space_before && k->norm.len > 1 && k->norm.ptr[0] == '\'';
}

str reading_key(const reading *r, uint32_t first, uint32_t end)
{
    size_t len = 0, n = 0;
    for (uint32_t t = first; t < end; t++) len += r->key[t].len + 1;
    char *out = arena_alloc(r->arena, len + 1, 1, 1);
    for (uint32_t t = first; t < end; t++) {
        if (!r->key[t].len) continue;
        if (n && !reading_is_clitic(r, t)) out[n++] = ' ';
        memcpy(out + n, r->key[t].ptr, r->key[t].len);
        n += r->key[t].len;
    }
    return (str){out, n};
}

bool reading_is_upper(const reading *r, uint32_t t)
{
    uint32_t cp;
    str s = document_plain(r->doc, reading_token(r, t)->at);
    for (size_t i = 0; i < s.len;) {
        i += utf8_decode(s, i, &cp);
        if (utf8_is_letter(cp)) return utf8_is_upper(cp);
    }
    return false;
}

uint32_t reading_count_upper(const reading *r, uint32_t t)
{
    uint32_t cp, n = 0;
    str s = document_plain(r->doc, reading_token(r, t)->at);
    for (size_t i = 0; i < s.len;) {
        i += utf8_decode(s, i, &cp);
        n += utf8_is_upper(cp);
    }
    return n;
}

bool reading_is_caps(const reading *r, uint32_t t)
{
    uint32_t cp, n = 0;
    str s = document_plain(r->doc, reading_token(r, t)->at);
    for (size_t i = 0; i < s.len;) {
        i += utf8_decode(s, i, &cp);
        if (!utf8_is_letter(cp)) continue;
        if (!utf8_is_upper(cp)) return false;
        n++;
    }
    return n >= 2;
}

uint32_t reading_office_end(const reading *r, uint32_t t)
{
    const uint32_t limit = sentence_end(reading_sentence(r, t));
    if (map_get(&r->lex->titles, r->key[t]) == MAP_NONE
        && map_get(&r->lex->titles, r->lemma[t]) == MAP_NONE)
        return t + 1;
    if (t + 2 >= limit || !str_is(r->key[t + 1], "of")) return t + 1;
    uint32_t first = t + 2 + str_is(r->key[t + 2], "the"), end = first;
    while (end < limit && r->key[end].len
           && (lexicon_has(r->lex, SET_OFFICE, r->key[end])
               || (end > first && end + 1 < limit && str_is(r->key[end], "and")
                   && lexicon_has(r->lex, SET_OFFICE, r->key[end + 1]))))
        end++;
    return end > first ? end : t + 1;
}

bool reading_is_joint(const reading *r, uint32_t t)
{
    if (t + 1 >= r->doc->tokens.n || reading_token(r, t)->space_before
        || reading_token(r, t + 1)->space_before)
        return false;
    str s = reading_token(r, t)->norm;
    return str_is(s, "-") || str_is(s, "/") || str_is(s, "\xe2\x80\x93") || str_is(s, "\xe2\x80\x91");
}

void names_add(reading *r, proper_name a)
{
    a.head = reading_top(r, a.first, a.end);
    uint32_t id = (uint32_t)r->names.n;
    for (uint32_t t = a.first; t < a.end; t++) r->name_at[t] = id;
    *array_push(r->arena, &r->names) = a;
}

static int by_place(const void *x, const void *y)
{
    const proper_name *a = x, *b = y;
    return a->first < b->first ? -1 : a->first > b->first;
}

void names_sort(reading *r)
{
    if (r->names.n) qsort(r->names.v, r->names.n, sizeof *r->names.v, by_place);
    for (uint32_t i = 0; i < r->names.n; i++)
        for (uint32_t t = r->names.v[i].first; t < r->names.v[i].end; t++) r->name_at[t] = i;
}
