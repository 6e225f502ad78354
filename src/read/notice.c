#include "read/notice.h"

#include "read/date.h"

/* ---- words of a block -------------------------------------------------------------------- */

typedef struct word {
    str norm;            /* lower case (ASCII), of the lowered copy */
    uint32_t start, end; /* bytes in the block */
} word;
typedef ARRAY(word) word_array;

enum { LOOK_AT_WORDS = 4000, ANY_WORDS = 60, START_WORDS = 250, SENTENCE_BYTES = 600, BYLINE_WORDS = 16 };

typedef struct reader {
    const read_rules *rules;
    document *d;
    word_array words; /* of the block at hand; the array is used again */
    str block;        /* its text as written */
    char *lower;      /* room for the longest block looked at */
    size_t lower_cap;
} reader;

static void load(reader *r, span at)
{
    r->block = document_str(r->d, at);
    r->words.n = 0;
    if (r->lower_cap < r->block.len) {
        r->lower_cap = r->block.len * 2;
        r->lower = arena_new(r->d->arena, char, r->lower_cap);
    }
    for (size_t i = 0; i < r->block.len; i++) {
        char c = r->block.ptr[i];
        r->lower[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    str low = {r->lower, r->block.len};
    size_t k = 0;
    for (str w = rules_word(low, &k); w.ptr && r->words.n < LOOK_AT_WORDS; w = rules_word(low, &k))
        *array_push(r->d->arena, &r->words) = (word){w, (uint32_t)(w.ptr - low.ptr), (uint32_t)k};
}

static bool is_number(str w)
{
    return w.len && w.ptr[0] >= '0' && w.ptr[0] <= '9';
}

/* Words that the phrase covers from word i on, 0 = it does not match. */
static size_t match_phrase(const reader *r, const phrase *p, size_t i)
{
    size_t k = i;
    for (uint32_t w = 0; w < p->n; w++) {
        if (str_is(p->words[w], "*")) {
            if (w + 1 == p->n) return r->words.n - k <= 6 ? r->words.n - i : 0;
            size_t limit = k + 6 < r->words.n ? k + 6 : r->words.n;
            while (k < limit && !str_eq(r->words.v[k].norm, p->words[w + 1])) k++;
            continue;
        }
        if (str_is(p->words[w], "@date")) return w + 1 == p->n ? k - i : 0;
        if (k >= r->words.n) return 0;
        bool same = str_is(p->words[w], "@number") ? is_number(r->words.v[k].norm)
                                                   : str_eq(r->words.v[k].norm, p->words[w]);
        if (!same) return 0;
        k++;
    }
    return k - i;
}

/* ---- where a phrase counts --------------------------------------------------------------- */

static bool ends_with_stop(str text)
{
    str t = str_trim(text);
    return t.len && strchr(".!?", t.ptr[t.len - 1]);
}

/* The last character that is no space or quote before `at` in the block; 0 = none. */
static char before(const reader *r, size_t at)
{
    while (at && strchr(" \t\r\n\"'*_", r->block.ptr[at - 1])) at--;
    return at ? r->block.ptr[at - 1] : 0;
}

/* Short phrases ("Tags", "Disclaimer") need a sign or a line's end behind them, or a short block. */
static bool stands_alone(const reader *r, size_t n_words)
{
    if (n_words > 2 || r->words.n <= 8) return true;
    size_t end = r->words.v[n_words - 1].end;
    while (end < r->block.len && r->block.ptr[end] == ' ') end++;
    return end < r->block.len && strchr(":-|\n(.", r->block.ptr[end]);
}

/* Names behind "By": most words begin with a capital. */
static bool is_byline(const reader *r, size_t n)
{
    size_t capitals = 0, rest = r->words.n - n;
    if (r->words.n > BYLINE_WORDS || ends_with_stop(r->block)) return false;
    for (size_t i = n; i < r->words.n; i++) {
        char c = r->block.ptr[r->words.v[i].start];
        capitals += (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80 || is_number(r->words.v[i].norm);
    }
    return rest == 0 ? n > 1 : capitals * 10 >= rest * 7;
}

/* The end of the sentence or bracket that begins before word i; 0 = it is too long. */
static size_t sentence_end(const reader *r, size_t i)
{
    size_t at = r->words.v[i].start, limit = at + SENTENCE_BYTES;
    char open = at ? r->block.ptr[at - 1] : 0, close = open == '(' ? ')' : open == '[' ? ']' : 0;
    for (; at < r->block.len && at < limit; at++) {
        char c = r->block.ptr[at];
        if (close && c == close) return at + 1;
        bool gap = at + 1 == r->block.len || strchr(" \n\r\t\")", r->block.ptr[at + 1]);
        if (!close && strchr(".!?", c) && gap && at > r->words.v[i].start + 3) return at + 1;
    }
    return at == r->block.len ? at : 0;
}

static bool is_capital(const reader *r, size_t i)
{
    return i < r->words.n && r->block.ptr[r->words.v[i].start] >= 'A'
           && r->block.ptr[r->words.v[i].start] <= 'Z';
}

static bool has_kind(const reader *r, size_t i, uint32_t kind)
{
    for (uint32_t k = map_get(&r->rules->first, r->words.v[i].norm); k != MAP_NONE;
         k = r->rules->phrases.v[k].next)
        if (r->rules->phrases.v[k].kind == kind) return true;
    return false;
}

/* Pages flattened to a line end with "Related Army takes town Rebels flee Tags army rebels": from word i on no
 * sentence ends any more. */
static bool is_tail(const reader *r, size_t i, size_t n)
{
    enum { LONG_TEXT = 500, TAIL_WORDS = 150 };
    size_t at = (size_t)(r->block.ptr - r->d->text.ptr) + r->words.v[i].start;
    if (i == 0 || r->d->text.len < LONG_TEXT || at * 5 < r->d->text.len * 2 || r->words.n - i > TAIL_WORDS)
        return false;
    if (!is_capital(r, i)
        || (i + n < r->words.n && n < 2 && !is_capital(r, i + n) && !is_capital(r, i + n + 1)))
        return false;
    str rest = str_part(r->block, r->words.v[i].start, r->block.len);
    size_t stop = str_find(rest, STR(". "), 0);
    return stop > rest.len || str_find(rest, STR(". "), stop + 1) > rest.len;
}

/* The end of "Tags Syria Car Bomb" before "At least nine …": before the first word that begins sentences, else
 * before the last capitalised word. 0 = it is no such run. */
static size_t run_end(const reader *r, size_t i, size_t n)
{
    enum { RUN_WORDS = 40 };
    size_t k = i + n;
    while (k < r->words.n && k < i + RUN_WORDS && is_capital(r, k) && !has_kind(r, k, PHRASE_BEGIN)) k++;
    bool begins = k < r->words.n && (has_kind(r, k, PHRASE_BEGIN) || is_number(r->words.v[k].norm));
    if (!begins && k < r->words.n) k--;
    return is_capital(r, i) && k >= i + n + 2 ? r->words.v[k - 1].end : 0;
}

typedef enum verdict { IS_NEWS, IS_NOTICE, IS_REGION, HAS_NOTICE } verdict;

typedef struct finding {
    verdict verdict;
    size_t start, end; /* HAS_NOTICE: bytes in the block */
    size_t byline;     /* words of the phrase where names follow it; 0 = none */
} finding;

/* What stands before a heading on the same line: a stop, a bracket, a number. */
static bool is_gap(char c)
{
    return !c || strchr(".!?)]", c) || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* Where the part of the block that the phrase at word i makes a notice ends; 0 = nowhere. */
static size_t part_end(const reader *r, const phrase *p, size_t i, size_t n)
{
    char previous = before(r, r->words.v[i].start);
    switch (p->kind) {
    case PHRASE_SENTENCE: return previous && !strchr(".!?:([", previous) ? 0 : sentence_end(r, i);
    case PHRASE_TAIL: return (n > 1 || is_gap(previous)) && is_tail(r, i, n) ? r->block.len : 0;
    case PHRASE_RUN: return run_end(r, i, n);
    default: return 0;
    }
}

static bool apply(const reader *r, const phrase *p, size_t i, finding *f)
{
    bool inside = p->kind == PHRASE_ANY || p->kind == PHRASE_SENTENCE || p->kind == PHRASE_TAIL
                  || p->kind == PHRASE_RUN;
    if (i && !inside) return false;
    size_t n = match_phrase(r, p, i);
    if (!n) return false;
    bool found = false;
    switch (p->kind) {
    case PHRASE_ANY: found = r->words.n <= ANY_WORDS; break;
    case PHRASE_START: found = r->words.n <= START_WORDS && stands_alone(r, n); break;
    case PHRASE_WHOLE:
        found = n == r->words.n && !(str_is(p->words[p->n - 1], "*") && ends_with_stop(r->block));
        break;
    case PHRASE_BYLINE: found = is_byline(r, n); break;
    case PHRASE_REGION: found = stands_alone(r, n); break;
    default: break;
    }
    if (found) {
        f->verdict = p->kind == PHRASE_REGION ? IS_REGION : IS_NOTICE;
        if (p->kind == PHRASE_BYLINE) f->byline = n;
        return true;
    }
    size_t end = part_end(r, p, i, n);
    if (!end || f->verdict == HAS_NOTICE) return false;
    *f = (finding){.verdict = HAS_NOTICE, .start = r->words.v[i].start, .end = end};
    if (f->start && strchr("([", r->block.ptr[f->start - 1])) f->start--;
    return false; /* something stronger may follow */
}

/* "Video: army enters town" may be the title of the text; "By Jane Doe" may not. */
static bool spares_titles(const phrase *p)
{
    return p->kind == PHRASE_ANY || (p->kind == PHRASE_BYLINE && !str_is(p->words[p->n - 1], "by"));
}

static finding judge(const reader *r, bool is_title)
{
    finding f = {0};
    for (size_t i = 0; i < r->words.n; i++) {
        uint32_t k = map_get(&r->rules->first, r->words.v[i].norm);
        if (k == MAP_NONE && is_number(r->words.v[i].norm)) k = map_get(&r->rules->first, STR("@number"));
        for (; k != MAP_NONE; k = r->rules->phrases.v[k].next)
            if (!(is_title && spares_titles(&r->rules->phrases.v[k]))
                && apply(r, &r->rules->phrases.v[k], i, &f))
                return f;
    }
    return f;
}

/* ---- regions ----------------------------------------------------------------------------- */

static bool has_hint(const reader *r)
{
    for (size_t i = 0; i < r->words.n; i++) {
        uint32_t k = map_get(&r->rules->first, r->words.v[i].norm);
        for (; k != MAP_NONE; k = r->rules->phrases.v[k].next)
            if (r->rules->phrases.v[k].kind == PHRASE_HINT) return true;
    }
    return false;
}

/* A region only counts where most of the text is behind us. */
static bool late_enough(const document *d, const block_array *blocks, size_t i)
{
    size_t total = d->text.len, at = blocks->v[i].at.start;
    return at * 2 > total || (blocks->n - i) * 3 < blocks->n;
}

static bool goes_on(const reader *r)
{
    return r->words.n < 20 || has_hint(r);
}

/* ---- marking ----------------------------------------------------------------------------- */

static span trimmed(const document *d, size_t start, size_t end)
{
    str s = document_str(d, (span){(uint32_t)start, (uint32_t)(end - start)});
    str t = str_trim(s);
    size_t lead = t.len ? (size_t)(t.ptr - s.ptr) : 0;
    return (span){(uint32_t)(start + lead), (uint32_t)t.len};
}

static void push_block(document *d, block_array *out, size_t start, size_t end, block_kind kind)
{
    span at = trimmed(d, start, end);
    if (at.len) *array_push(d->arena, out) = (block){at, kind};
}

/* Names between the byline's word and a comma, line end or sign. */
static void take_author(reader *r, const finding *f)
{
    if (!f->byline || r->d->author.ptr || f->byline >= r->words.n) return;
    if (!str_is(r->words.v[f->byline - 1].norm, "by")) return;
    static const char *const behind[] = {" at ", " on "}; /* the hour, the day */
    size_t start = r->words.v[f->byline].start, end = start;
    while (end < r->block.len && !strchr("|,\n(/;", r->block.ptr[end])) end++;
    str name = str_part(r->block, start, end - start);
    for (size_t i = 0; i < 2; i++) name = str_part(name, 0, str_find(name, str_from(behind[i]), 0));
    r->d->author = arena_copy(r->d->arena, str_trim(name));
}

/* Judges a block; what stands behind a notice inside it is judged again. */
static verdict mark_block(reader *r, block_array *out, block b, size_t index)
{
    document *d = r->d;
    for (;;) {
        finding f = {0};
        load(r, b.at);
        if (b.kind != BLOCK_NOTICE) f = judge(r, index == 0 && b.kind == BLOCK_TITLE);
        if (index < 6) take_author(r, &f);
        if (f.verdict != HAS_NOTICE) {
            if (f.verdict != IS_NEWS) b.kind = BLOCK_NOTICE;
            *array_push(d->arena, out) = b;
            return f.verdict;
        }
        size_t start = b.at.start + f.start, end = b.at.start + f.end;
        push_block(d, out, b.at.start, start, b.kind);
        push_block(d, out, start, end, BLOCK_NOTICE);
        b.at = trimmed(d, end, span_end(b.at));
        if (!b.at.len) return IS_NEWS;
    }
}

void notice_mark(const read_rules *rules, document *d)
{
    reader r = {.rules = rules, .d = d};
    block_array in = d->blocks, out = {0};
    bool region = false;
    for (size_t i = 0; i < in.n; i++) {
        size_t first = out.n;
        verdict v = mark_block(&r, &out, in.v[i], i);
        if (region || (v == IS_REGION && i && late_enough(d, &in, i))) {
            load(&r, in.v[i].at);
            region = v == IS_REGION || goes_on(&r);
        }
        for (size_t k = first; region && k < out.n; k++) out.v[k].kind = BLOCK_NOTICE;
    }
    d->blocks = out;
}

/* ---- what stands in front ---------------------------------------------------------------- */

static bool begins_sentence(str s)
{
    s = str_trim(s);
    if (!s.len) return true;
    while (s.len > 1 && strchr(".!?:|-", s.ptr[0])) s = str_trim(str_part(s, 1, s.len));
    char c = s.ptr[0];
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '"' || c == '[' || c == '('
           || (unsigned char)c >= 0x80;
}

static void learn_date(document *d, civil_date day)
{
    if (!d->published.year) d->published = day;
}

/* "On 28 March 2016 …" is a sentence. */
static bool begins_with_preposition(str s)
{
    static const char *const words[] = {"on ", "at ", "from ", "the ",   "by ",
                                        "of ", "is ", "this ", "first ", "at:"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq_nocase(str_part(s, 0, strlen(words[i])), str_from(words[i]))) return true;
    return false;
}

/* A date with a year at `s`, with a new sentence behind it; bytes used. */
static size_t lead_date(document *d, str s)
{
    civil_date day;
    size_t used;
    if (begins_with_preposition(s)) return 0;
    if (!date_scan(s, false, &day, &used)) return 0;
    bool inside = used < s.len && strchr(",;", s.ptr[used]);
    if (inside || !begins_sentence(str_part(s, used, s.len))) return 0;
    learn_date(d, day);
    return used;
}

/* A lead phrase at the loaded block's beginning; bytes used. */
static size_t lead_phrase(reader *r)
{
    if (!r->words.n) return 0;
    civil_date day;
    size_t used, best = 0;
    for (uint32_t k = map_get(&r->rules->first, r->words.v[0].norm); k != MAP_NONE;
         k = r->rules->phrases.v[k].next) {
        const phrase *p = &r->rules->phrases.v[k];
        size_t n = p->kind == PHRASE_LEAD ? match_phrase(r, p, 0) : 0;
        if (!n) continue;
        size_t end = r->words.v[n - 1].end;
        if (!str_is(p->words[p->n - 1], "@date")) {
            best = end > best ? end : best;
            continue;
        }
        if (!date_scan(str_part(r->block, end, r->block.len), false, &day, &used)) continue;
        learn_date(r->d, day);
        return end + used;
    }
    return best;
}

/* Where the name of the site is put behind a title: " | Jordan Times", " - Region - Ahram Online". */
static size_t without_site(str title)
{
    static const char *const signs[] = {" | ",  " - ",       " \xE2\x80\x93 ", " \xE2\x80\x94 ",
                                        " :: ", " \xC2\xBB "};
    size_t best = title.len;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t at = str_find(title, str_from(signs[i]), 0);
        if (at < best) best = at;
    }
    return best;
}

enum { TITLE_WITHIN_BYTES = 220, TITLE_WITHIN_WORDS = 24 };

/* Do the title's words stand from word i of the block on? Gives the last word. */
static bool title_at(const reader *r, str title, size_t i, size_t *last)
{
    size_t at = 0, n = 0;
    for (str w = rules_word(title, &at); w.ptr; w = rules_word(title, &at), n++)
        if (i + n >= r->words.n || !str_eq_nocase(w, r->words.v[i + n].norm)) return false;
    *last = i + n - 1;
    return n >= 3;
}

/* Finds document.title near the loaded block's beginning; its bytes in the block. */
static bool find_title(const reader *r, size_t *start, size_t *end)
{
    str title = r->d->title, shorter = str_part(title, 0, without_site(title));
    size_t last;
    for (size_t i = 0; i < r->words.n && i < TITLE_WITHIN_WORDS && r->words.v[i].start < TITLE_WITHIN_BYTES;
         i++) {
        if (!title_at(r, title, i, &last) && !(shorter.len < title.len && title_at(r, shorter, i, &last)))
            continue;
        if (!begins_sentence(str_part(r->block, r->words.v[last].end, r->block.len))) return false;
        *start = r->words.v[i].start;
        *end = r->words.v[last].end;
        while (*end < r->block.len && strchr(".!?\"')]", r->block.ptr[*end])) ++*end;
        if (*end + 1 < r->block.len && r->block.ptr[*end] == ' ' && r->block.ptr[*end + 1] == '.')
            *end += 2;
        return true;
    }
    return false;
}

/* Replaces the first block by its lead (a notice, title) and what is left. */
static void split_first(document *d, size_t lead_end, size_t title_start, size_t title_end)
{
    block_array out = {0};
    block first = d->blocks.v[0];
    size_t base = first.at.start, at = base + lead_end;
    push_block(d, &out, base, at, BLOCK_NOTICE);
    if (title_end) {
        push_block(d, &out, at, base + title_start, BLOCK_NOTICE);
        push_block(d, &out, base + title_start, base + title_end, BLOCK_TITLE);
        at = base + title_end;
    }
    push_block(d, &out, at, span_end(first.at),
               first.kind == BLOCK_TITLE && title_end ? BLOCK_PARAGRAPH : first.kind);
    for (size_t i = 1; i < d->blocks.n; i++) *array_push(d->arena, &out) = d->blocks.v[i];
    d->blocks = out;
}

void notice_lead(const read_rules *rules, document *d)
{
    reader r = {.rules = rules, .d = d};
    for (size_t i = 0; i < 6 && d->blocks.n; i++) {
        size_t k = 0;
        while (k < d->blocks.n
               && (d->blocks.v[k].kind == BLOCK_NOTICE || (k < i && d->blocks.v[k].kind == BLOCK_TITLE)))
            k++;
        if (k == d->blocks.n) return;
        block_array all = d->blocks;
        d->blocks = (block_array){all.v + k, all.n - k, 0};
        load(&r, d->blocks.v[0].at);
        size_t start = 0, end = 0, lead = lead_date(d, r.block);
        if (!lead) lead = lead_phrase(&r);
        if (!lead && d->title.len && !find_title(&r, &start, &end)) end = 0;
        bool whole = end && start == 0 && end >= r.block.len;
        if (whole) d->blocks.v[0].kind = BLOCK_TITLE;
        bool found = (lead || end) && !whole;
        if (found) split_first(d, lead, start, end);
        block_array rest = d->blocks, joined = {0};
        for (size_t b = 0; b < k; b++) *array_push(d->arena, &joined) = all.v[b];
        for (size_t b = 0; b < rest.n; b++) *array_push(d->arena, &joined) = rest.v[b];
        d->blocks = joined;
        if (!found) return;
    }
}
