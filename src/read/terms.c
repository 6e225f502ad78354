#include "read/terms.h"

enum { LOOK_AT_BYTES = 20000, SENTENCE_BYTES = 400, LAST_BLOCKS = 3, BLOCK_BYTES = 800 };

static bool fits(str wanted, str word)
{
    if (str_is(wanted, "@number")) return word.len && word.ptr[0] >= '0' && word.ptr[0] <= '9';
    return str_eq(wanted, word);
}

/* The end of the phrase if it stands at the word that ends at `at`; 0 = it does not. */
static size_t phrase_end(const phrase *p, str low, size_t at)
{
    for (uint32_t w = 1; w < p->n; w++) {
        bool gap = str_is(p->words[w], "*");
        size_t skipped = 0;
        str wanted = p->words[gap ? ++w : w], word;
        do word = rules_word(low, &at);
        while (gap && word.ptr && !fits(wanted, word) && ++skipped <= 6);
        if (!word.ptr || !fits(wanted, word)) return 0;
    }
    return at;
}

static bool ends_sentence(str s, size_t at)
{
    if (s.ptr[at] == '\n') return true;
    return strchr(".!?|", s.ptr[at]) && (at + 1 == s.len || strchr(" \n\t", s.ptr[at + 1]));
}

/* The sentence round [start, end), cut where it is too long; a copyright sign begins its own. */
static str sentence_round(arena *a, str s, size_t start, size_t end)
{
    size_t first = start, limit = start + SENTENCE_BYTES;
    bool sign = str_starts(str_part(s, start, 2), STR("\xC2\xA9"))
                || str_eq_nocase(str_part(s, start, 9), STR("copyright"));
    while (!sign && first > 0 && start - first < SENTENCE_BYTES && !ends_sentence(s, first - 1)) first--;
    while (end < s.len && end < limit && !ends_sentence(s, end)) end++;
    while (first < start && ((unsigned char)s.ptr[first] & 0xC0) == 0x80) first++;
    while (end < s.len && ((unsigned char)s.ptr[end] & 0xC0) == 0x80) end++;
    if (end < s.len && strchr(".!?", s.ptr[end])) end++;
    str piece = str_trim(str_part(s, first, end - first));
    char *out = arena_new(a, char, piece.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < piece.len; i++) {
        bool space = strchr(" \t\r\n", piece.ptr[i]) != NULL;
        if (!space) out[n++] = piece.ptr[i];
        else if (n && out[n - 1] != ' ') out[n++] = ' ';
    }
    return (str){out, n};
}

void terms_look(const read_rules *rules, arena *a, str text, terms_found *found)
{
    text = str_part(text, 0, LOOK_AT_BYTES);
    char *copy = (char *)arena_copy(a, text).ptr;
    for (size_t i = 0; i < text.len; i++)
        if (copy[i] >= 'A' && copy[i] <= 'Z') copy[i] = (char)(copy[i] + 32);
    str low = {copy, text.len};
    size_t at = 0;
    for (str w = rules_word(low, &at); w.ptr && !found->open.ptr; w = rules_word(low, &at)) {
        uint32_t k = map_get(&rules->terms.first, w);
        for (; k != MAP_NONE; k = rules->terms.phrases.v[k].next) {
            const phrase *p = &rules->terms.phrases.v[k];
            str *into = p->kind == TERMS_OPEN ? &found->open : &found->closed;
            size_t end = into->ptr ? 0 : phrase_end(p, low, at);
            if (end) *into = sentence_round(a, text, (size_t)(w.ptr - low.ptr), end);
        }
    }
}

void terms_of_document(const read_rules *rules, document *d, terms_found *found)
{
    if (d->licence.len) return;
    for (size_t i = 0; i < d->blocks.n; i++) {
        const block *b = &d->blocks.v[i];
        bool late = i + LAST_BLOCKS >= d->blocks.n && i > 0 && b->at.len <= BLOCK_BYTES;
        if (b->kind == BLOCK_NOTICE || late) terms_look(rules, d->arena, document_str(d, b->at), found);
    }
    d->licence = found->open.len ? found->open : found->closed;
}
