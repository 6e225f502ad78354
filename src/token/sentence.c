#include "token/sentence.h"

#include "base/utf8.h"
#include "token/layout.h"
#include "token/scan.h"

/* ---- what a token is --------------------------------------------------------------------- */

typedef enum stop_kind { NO_STOP, FULL_STOP, SHOUT, ELLIPSIS, ABBREVIATION } stop_kind;

static str text_of(const document *d, uint32_t i)
{
    return document_str(d, d->tokens.v[i].at);
}

static bool made_of(str s, const char *set)
{
    for (size_t i = 0; i < s.len; i++)
        if (!strchr(set, s.ptr[i])) return false;
    return s.len > 0;
}

static stop_kind stop_of(str s)
{
    char last = s.ptr[s.len - 1];
    if (last == '.' || last == '!' || last == '?') {
        if (s.len == 1) return last == '.' ? FULL_STOP : SHOUT;
        if (made_of(s, "!?")) return SHOUT;
        if (made_of(s, ".")) return ELLIPSIS;
        return last == '.' ? ABBREVIATION : NO_STOP;
    }
    if (s.len != 3) return NO_STOP;
    if (memcmp(s.ptr, "\xE2\x80\xA6", 3) == 0) return ELLIPSIS;
    bool wide = memcmp(s.ptr, "\xE3\x80\x82", 3) == 0;
    return wide ? FULL_STOP : NO_STOP;
}

static bool is_one_of(str s, const char *const *set, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(s, set[i])) return true;
    return false;
}

#define IS_ONE_OF(s, set) is_one_of((s), (set), sizeof(set) / sizeof *(set))

/* Folded: typographic quotes are plain here. */
static bool is_opener(const document *d, uint32_t i)
{
    static const char *const set[] = {"(", "[", "{", "\"", "'", "``", "''", "-", "--", "*", "\xE2\x80\xA2"};
    return IS_ONE_OF(d->tokens.v[i].norm, set);
}

/* A quote or bracket that closes what the sentence opened: it is written to the word before. */
static bool is_closer(const document *d, uint32_t i, uint32_t end)
{
    static const char *const set[] = {")", "]", "}", "\"", "'", "''", ">"};
    const token *t = &d->tokens.v[i];
    if (t->space_before || !IS_ONE_OF(t->norm, set)) return false;
    bool quote = t->norm.ptr[0] == '"' || t->norm.ptr[0] == '\'';
    bool opens = quote && i + 1 < end && !d->tokens.v[i + 1].space_before
                 && stop_of(text_of(d, i + 1)) == NO_STOP
                 && scan_class(d->text, d->tokens.v[i + 1].at.start, &(size_t){0}) != CHAR_OTHER;
    return !opens;
}

static bool begins_upper(const document *d, uint32_t i)
{
    uint32_t cp;
    utf8_decode(d->text, d->tokens.v[i].at.start, &cp);
    return utf8_is_upper(cp);
}

static bool begins_lower(const document *d, uint32_t i)
{
    uint32_t cp;
    utf8_decode(d->text, d->tokens.v[i].at.start, &cp);
    return utf8_is_letter(cp) && !utf8_is_upper(cp);
}

static bool is_number(const document *d, uint32_t i)
{
    return made_of(text_of(d, i), "0123456789");
}

/* The first token from i on that is no opening quote or bracket; may be `end`. */
static uint32_t first_word(const document *d, uint32_t i, uint32_t end)
{
    while (i < end && is_opener(d, i)) i++;
    return i;
}

/* ---- decisions --------------------------------------------------------------------------- */

typedef struct cutter {
    const token_rules *rules;
    document *d;
    uint32_t start, end; /* the sentence so far begins at start; the block ends at end */
} cutter;

/* "1.", "a." and "ii." at the beginning are the numbers of a list. */
static bool is_list_number(const cutter *c, uint32_t stop)
{
    if (stop != c->start + 1) return false;
    str s = text_of(c->d, c->start);
    return s.len == 1 || (s.len <= 2 && is_number(c->d, c->start)) || (s.len <= 4 && made_of(s, "ivx"));
}

/* "Troops", "A", but not "GMT". */
static bool is_capitalised(const document *d, uint32_t i)
{
    str s = text_of(d, i);
    uint32_t cp, second = 0;
    size_t n = utf8_decode(s, 0, &cp);
    if (n < s.len) utf8_decode(s, n, &second);
    return utf8_is_upper(cp) && !utf8_is_upper(second);
}

/* "B." of "plan B.": a letter that no name begins with, as a small word stands before it. */
static bool is_mark_letter(const cutter *c, uint32_t i)
{
    return c->d->tokens.v[i].at.len == 2 && i > c->start && begins_upper(c->d, i)
           && begins_lower(c->d, i - 1);
}

/* "Moscow time", "New York City time": of a time of day before it. */
static bool is_zone(const cutter *c, uint32_t word)
{
    enum { ZONE_REACH = 4 };
    if (lexicon_flags(c->rules, c->d->tokens.v[word].norm) & LEX_ZONE) return true;
    for (uint32_t i = word; i < c->end && i < word + ZONE_REACH; i++)
        if (str_is(c->d->tokens.v[i].norm, "time")) return true;
    return false;
}

static bool abbreviation_ends(const cutter *c, uint32_t i, uint32_t next)
{
    bool letter = c->d->tokens.v[i].at.len == 2 && begins_upper(c->d, i); /* "C." is not "c." */
    uint32_t f = letter ? 0 : lexicon_flags(c->rules, c->d->tokens.v[i].norm);
    uint32_t word = first_word(c->d, next, c->end);
    if (f & LEX_NEVER || ((f & LEX_NUMBER) && !(f & (LEX_MAYBE | LEX_OPEN | LEX_FINAL)))) return false;
    if (word == c->end || !begins_upper(c->d, word)) return false;
    uint32_t follower = lexicon_flags(c->rules, c->d->tokens.v[word].norm);
    if ((f & LEX_FINAL) && is_capitalised(c->d, word)) return !is_zone(c, word);
    bool initial = c->d->tokens.v[i].at.len <= 3 && !(f & LEX_ABBREVIATION);
    return (follower & (LEX_STARTER | LEX_PEOPLE)) && (!initial || is_mark_letter(c, i));
}

/* A full stop without a space behind it: "said.The" ends a sentence, "Yahoo.com" does not. */
static bool attached_ends(const cutter *c, uint32_t i, uint32_t next, bool after_any)
{
    uint32_t last = i;
    while (last > c->start && (last == i || is_closer(c->d, last, c->end))) last--;
    bool word = last < i && c->d->tokens.v[last].at.len >= 2 && (after_any || begins_lower(c->d, last));
    return word && c->d->tokens.v[next].at.len >= 2 && is_capitalised(c->d, next);
}

/* Does the sentence end with the stop at i, when `next` (behind closing quotes) follows? */
static bool ends(const cutter *c, uint32_t i, uint32_t next)
{
    const document *d = c->d;
    stop_kind kind = stop_of(text_of(d, i));
    if (next == c->end) return true;
    uint32_t word = first_word(d, next, c->end);
    bool spaced = d->tokens.v[next].space_before;
    bool closed = next > i + 1;
    switch (kind) {
    case FULL_STOP:
        if (is_list_number(c, i)) return false;
        return spaced || attached_ends(c, i, next, false);
    case SHOUT:
        if (closed && word < c->end && begins_lower(d, word)) return false;
        return spaced || (!closed && attached_ends(c, i, next, true));
    case ELLIPSIS:
        if (!spaced) return !d->tokens.v[i].space_before && attached_ends(c, i, next, true);
        return word < c->end && begins_upper(d, word) && (d->tokens.v[word].at.len > 1 || closed);
    case ABBREVIATION: return spaced && abbreviation_ends(c, i, next);
    default: return false;
    }
}

/* "[17]", "[a]": a note belongs to the sentence before it. The token behind it, or i. */
static uint32_t behind_note(const cutter *c, uint32_t i)
{
    if (i + 2 >= c->end || !str_is(text_of(c->d, i), "[") || !str_is(text_of(c->d, i + 2), "]")) return i;
    str s = text_of(c->d, i + 1);
    return s.len <= 3 && (s.len == 1 || is_number(c->d, i + 1)) ? i + 3 : i;
}

static bool is_face(const cutter *c, uint32_t i)
{
    return !begins_upper(c->d, i) && lexicon_flags(c->rules, c->d->tokens.v[i].norm) & LEX_EMOTICON;
}

/* The first token behind the stop at i that no longer belongs to its sentence. */
static uint32_t behind_stop(const cutter *c, uint32_t i)
{
    uint32_t next = i + 1, note;
    if (next < c->end && stop_of(text_of(c->d, i)) != ABBREVIATION
        && stop_of(text_of(c->d, next)) == FULL_STOP)
        next++;
    while (next < c->end) {
        if (is_closer(c->d, next, c->end) || is_face(c, next)) next++;
        else if ((note = behind_note(c, next)) > next) next = note;
        else break;
    }
    return next;
}

/* ---- making sentences -------------------------------------------------------------------- */

typedef struct letters {
    size_t upper, lower, words, capitalised; /* words: of four letters and more */
} letters;

static void count_letters(const document *d, uint32_t i, letters *n)
{
    str s = text_of(d, i);
    uint32_t cp, count = 0;
    for (size_t at = 0; at < s.len; count++) {
        at += utf8_decode(s, at, &cp);
        if (!utf8_is_letter(cp)) continue;
        if (utf8_is_upper(cp)) n->upper++;
        else if (cp < 0x530 || (cp >= 0x1E00 && cp < 0x2000)) n->lower++;
    }
    if (count < 4 || !(begins_upper(d, i) || begins_lower(d, i))) return;
    n->words++;
    n->capitalised += begins_upper(d, i);
}

static void describe(const document *d, sentence *s)
{
    letters n = {0};
    for (uint32_t i = 0; i < s->n; i++) count_letters(d, s->first + i, &n);
    const block *b = &d->blocks.v[s->block];
    s->has_case = n.upper && n.lower && !(n.upper + n.lower >= 12 && n.upper > 4 * n.lower);
    s->is_notice = b->kind == BLOCK_NOTICE;
    stop_kind last = stop_of(text_of(d, s->first + s->n - 1));
    bool title_case = n.words >= 4 && n.capitalised * 10 >= n.words * 9 && last == NO_STOP && s->has_case;
    s->is_headline = b->kind == BLOCK_TITLE || (title_case && s->n <= 30);
}

static void push_sentence(document *d, uint32_t in_block, uint32_t first, uint32_t end)
{
    sentence *s = array_push(d->arena, &d->sentences);
    uint32_t index = (uint32_t)d->sentences.n - 1;
    *s = (sentence){.first = first,
                    .n = end - first,
                    .block = in_block,
                    .at = span_join(d->tokens.v[first].at, d->tokens.v[end - 1].at)};
    for (uint32_t i = first; i < end; i++) d->tokens.v[i].sentence = index;
    describe(d, s);
}

/* How good a place to cut is behind token i: 3 a stop, 2 a semicolon, 1 a comma, 0 none. */
static int cut_quality(const document *d, uint32_t i)
{
    static const char *const strong[] = {";", ":", "--", "|"};
    str s = d->tokens.v[i].norm;
    if (stop_of(text_of(d, i)) != NO_STOP) return 3;
    if (IS_ONE_OF(s, strong)) return 2;
    return str_is(s, ",");
}

/* A sentence that is too long comes out in pieces. */
static void push_bounded(document *d, uint32_t in_block, uint32_t first, uint32_t end)
{
    while (end - first > SENTENCE_MAX_TOKENS) {
        uint32_t best = first + SENTENCE_MAX_TOKENS - 1;
        int quality = 0;
        for (uint32_t i = first + SENTENCE_MAX_TOKENS / 2; i < first + SENTENCE_MAX_TOKENS; i++)
            if (cut_quality(d, i) > quality || (cut_quality(d, i) == quality && quality)) {
                best = i;
                quality = cut_quality(d, i);
            }
        push_sentence(d, in_block, first, best + 1);
        first = best + 1;
    }
    push_sentence(d, in_block, first, end);
}

enum { FREE_STOP_REACH = 4096 }; /* moving more tokens for it would be slow */

/* The stop of "etc." at a sentence's end becomes a token, as in the treebanks. Returns true if it did;
 * tokens from i + 1 on have moved up by one. */
static bool free_stop(const cutter *c, uint32_t i)
{
    document *d = c->d;
    token *t = &d->tokens.v[i];
    bool open = lexicon_flags(c->rules, t->norm) & (LEX_OPEN | LEX_FINAL) || is_mark_letter(c, i);
    if (!open || d->tokens.n - i > FREE_STOP_REACH) return false;
    (void)array_push(d->arena, &d->tokens);
    t = &d->tokens.v[i];
    memmove(t + 1, t, (d->tokens.n - 1 - i) * sizeof *t);
    t[0].at.len--;
    t[0].norm.len--;
    t[1].at.start = span_end(t[0].at);
    t[1].at.len = 1;
    t[1].norm = STR(".");
    t[1].space_before = false;
    return true;
}

enum { LOST_STOPS_TOKENS = 25, LOST_STOPS_SURE = 60, LOST_STOPS_PIECE = 5 };

/* Does a sentence begin at i though no stop stands before it? A word such as "The" behind a word that a sentence may
 * end with; in a sentence that is hardly too long names that begin with "The" are let alone. */
static bool restarts(const cutter *c, uint32_t i, bool is_sure)
{
    const document *d = c->d;
    if (!begins_lower(d, i - 1) || !d->tokens.v[i].space_before || !is_capitalised(d, i)) return false;
    if (!d->tokens.v[i + 1].space_before || lexicon_flags(c->rules, d->tokens.v[i - 1].norm) & LEX_LEADS)
        return false;
    if (!is_sure && str_is(d->tokens.v[i].norm, "the") && begins_upper(d, i + 1)) return false;
    uint32_t begins = is_sure ? LEX_RESTART | LEX_STARTER : LEX_RESTART;
    return (lexicon_flags(c->rules, d->tokens.v[i].norm) & begins) != 0;
}

/* Where a text has lost its stops, the next place in [from, end) where a sentence begins, or end. */
static uint32_t lost_stop(const cutter *c, uint32_t from, uint32_t end)
{
    if (end - from < LOST_STOPS_TOKENS) return end;
    for (uint32_t i = from + LOST_STOPS_PIECE; i + LOST_STOPS_PIECE < end; i++)
        if (restarts(c, i, end - from >= LOST_STOPS_SURE)) return i;
    return end;
}

/* The sentence from c->start to `end`, in pieces where it has to be. */
static void finish(const cutter *c, uint32_t in_block, uint32_t end)
{
    uint32_t first = c->start;
    while (first < end) {
        uint32_t next = lost_stop(c, first, end);
        push_bounded(c->d, in_block, first, next);
        first = next;
    }
}

void sentence_cut(const token_rules *rules, document *d, uint32_t in_block, uint32_t first)
{
    cutter c = {rules, d, first, (uint32_t)d->tokens.n};
    for (uint32_t i = first; i < c.end; i++) {
        if (i > c.start && layout_begins(rules, d, c.start, i, c.end)) {
            finish(&c, in_block, i);
            c.start = i;
        }
        stop_kind kind = stop_of(text_of(d, i));
        if (kind == NO_STOP) continue;
        uint32_t next = behind_stop(&c, i);
        if (!ends(&c, i, next)) continue;
        if (kind == ABBREVIATION && next == i + 1 && free_stop(&c, i)) next++, c.end++;
        finish(&c, in_block, next);
        c.start = next;
        i = next - 1;
    }
    if (c.start < c.end) finish(&c, in_block, c.end);
}
