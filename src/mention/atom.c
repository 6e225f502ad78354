#include "mention/atom.h"

#include "base/map.h"
#include "base/utf8.h"

typedef struct cutter {
    document *d;
    ARRAY(atom) atoms;
} cutter;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Bytes of a letter at `at`, 0 where there is none. */
static size_t letter_len(str s, size_t at)
{
    uint32_t cp;
    if (at >= s.len) return 0;
    size_t n = utf8_decode(s, at, &cp);
    return utf8_is_letter(cp) && cp != 0x2019 ? n : 0;
}

static size_t digits_len(str s, size_t at)
{
    size_t n = 0;
    while (at + n < s.len && is_digit(s.ptr[at + n])) n++;
    return n;
}

/* A separator at `at` that a number of the given shape goes on after. */
static bool goes_on(str s, size_t at, char separator, size_t n_digits)
{
    return at < s.len && s.ptr[at] == separator && digits_len(s, at + 1) == n_digits;
}

static void add_digits(atom *x, str s, size_t at, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (x->value < INT64_C(100000000000000)) x->value = x->value * 10 + (s.ptr[at + i] - '0');
    x->n_digits = (uint8_t)(x->n_digits + n > 255 ? 255 : x->n_digits + n);
}

static size_t add_fraction(atom *x, str s, size_t at)
{
    size_t n = digits_len(s, at + 1);
    double scale = 0.1;
    for (size_t i = 0; i < n && i < 9; i++, scale /= 10) x->fraction += scale * (s.ptr[at + 1 + i] - '0');
    x->is_decimal = true;
    return n + 1;
}

static bool follows_dot(str s, size_t at)
{
    return at >= 2 && s.ptr[at - 1] == '.' && is_digit(s.ptr[at - 2]);
}

/* 30, 1,500, 2.5, 7:15, 19:45:30; "14.11.2019" is three numbers. */
static size_t cut_number(atom *x, str s, size_t at)
{
    size_t n = digits_len(s, at), from = at;
    x->kind = ATOM_NUMBER;
    add_digits(x, s, at, n);
    at += n;
    if (n <= 3)
        while (goes_on(s, at, ',', 3)) {
            add_digits(x, s, at + 1, 3);
            x->has_comma = true;
            at += 4;
        }
    if (n <= 2 && !x->has_comma && goes_on(s, at, ':', 2)) {
        x->is_clock = true;
        x->value = x->value * 60 + (s.ptr[at + 1] - '0') * 10 + (s.ptr[at + 2] - '0');
        at += goes_on(s, at + 3, ':', 2) ? 6 : 3;
    } else if (at < s.len && s.ptr[at] == '.' && digits_len(s, at + 1) && !follows_dot(s, from)) {
        size_t after = at + 1 + digits_len(s, at + 1);
        if (!(after < s.len && s.ptr[after] == '.' && digits_len(s, after + 1)))
            at += add_fraction(x, s, at);
    }
    return at - from;
}

static bool goes_on_after(str s, size_t at)
{
    return letter_len(s, at) || (at < s.len && is_digit(s.ptr[at]));
}

/* st, nd, rd, th after digits, or the s of 1980s. */
static size_t cut_suffix(atom *x, str norm, size_t at)
{
    str rest = str_part(norm, at, norm.len);
    static const char *const ordinal[] = {"st", "nd", "rd", "th"};
    for (size_t i = 0; i < sizeof ordinal / sizeof *ordinal; i++)
        if (str_starts(rest, str_from(ordinal[i])) && !goes_on_after(rest, 2)) {
            x->is_ordinal = true;
            return 2;
        }
    if (str_starts(rest, STR("'s")) && rest.len == 2 && x->n_digits == 4) return x->is_plural = true, 2;
    if (str_starts(rest, STR("s")) && !goes_on_after(rest, 1)) return x->is_plural = true, 1;
    return 0;
}

static void note_case(atom *x, str text)
{
    uint32_t cp;
    x->is_upper = true;
    for (size_t at = 0; at < text.len;) {
        size_t n = utf8_decode(text, at, &cp);
        if (at == 0) x->is_capital = utf8_is_upper(cp);
        if (utf8_is_letter(cp) && !utf8_is_upper(cp)) x->is_upper = false;
        at += n;
    }
}

/* Letters; also dots between single letters (p.m., U.S.) and an apostrophe inside (o'clock). */
static size_t word_len(str s, size_t at)
{
    size_t from = at, n, parts = 0;
    while (at < s.len) {
        size_t start = at;
        while ((n = letter_len(s, at))) at += n;
        if (at == start) break;
        bool single = letter_len(s, start) == at - start;
        parts++;
        if (s.ptr[at < s.len ? at : s.len - 1] == '\'' && at < s.len && letter_len(s, at + 1)
            && at - start > 0)
            at++;
        else if (single && at + 1 < s.len && s.ptr[at] == '.' && letter_len(s, at + 1)) at++;
        else if (parts > 1 && single && at < s.len && s.ptr[at] == '.') return at + 1 - from;
        else break;
    }
    return at - from;
}

static str without_dots(arena *a, str s)
{
    char *out = arena_new(a, char, s.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] != '.') out[n++] = s.ptr[i];
    return (str){out, n};
}

static void add_atom(cutter *c, uint32_t token_index, atom x, size_t at, size_t len, bool first)
{
    const token *t = &c->d->tokens.v[token_index];
    str text = document_plain(c->d, t->at), part = str_part(text, at, len);
    bool same_length = t->norm.len == text.len;
    x.at = document_span(c->d, part);
    x.token = token_index;
    x.word = MAP_NONE;
    x.glued = first ? !t->space_before && token_index > 0 : true;
    x.norm = same_length ? str_part(t->norm, at, len) : utf8_fold(c->d->arena, part);
    if (x.kind == ATOM_WORD && memchr(x.norm.ptr, '.', x.norm.len))
        x.norm = without_dots(c->d->arena, x.norm);
    note_case(&x, part);
    *array_push(c->d->arena, &c->atoms) = x;
}

/* A dot inside or at the end of a longer token only ends an abbreviation. */
static bool is_dropped(str text, size_t at, size_t len)
{
    bool between_digits =
        at > 0 && at + 1 < text.len && is_digit(text.ptr[at - 1]) && is_digit(text.ptr[at + 1]);
    return text.len > 1 && len == 1 && text.ptr[at] == '.' && at > 0 && !between_digits;
}

static void cut_token(cutter *c, uint32_t i)
{
    str text = document_plain(c->d, c->d->tokens.v[i].at);
    bool first = true;
    for (size_t at = 0; at < text.len;) {
        atom x = {.kind = ATOM_MARK};
        size_t len = word_len(text, at);
        if (len) x.kind = ATOM_WORD;
        else if (is_digit(text.ptr[at])) {
            len = cut_number(&x, text, at);
            char small[4] = {0};
            for (size_t k = 0; k < 3 && at + len + k < text.len; k++)
                small[k] = (char)(is_digit(text.ptr[at + len + k]) ? '0' : text.ptr[at + len + k] | 0x20);
            str rest = {small, text.len - at - len < 3 ? text.len - at - len : 3};
            if (small[0] == 's' || small[0] == 'n' || small[0] == 'r' || small[0] == 't')
                len += cut_suffix(&x, rest, 0);
        } else {
            uint32_t cp;
            len = utf8_decode(text, at, &cp);
        }
        if (!is_dropped(text, at, len)) {
            add_atom(c, i, x, at, len, first);
            first = false;
        }
        at += len;
    }
}

atom_array atom_cut(document *d)
{
    cutter c = {.d = d};
    for (uint32_t i = 0; i < d->tokens.n; i++) cut_token(&c, i);
    return (atom_array){c.atoms.v, c.atoms.n};
}

uint32_t atom_head_token(const document *d, uint32_t first, uint32_t n)
{
    for (uint32_t i = first; i < first + n; i++) {
        const token *t = &d->tokens.v[i];
        bool outside = t->head < (int32_t)first || t->head >= (int32_t)(first + n);
        if (outside && (t->head >= 0 || t->rel == DEPREL_ROOT) && t->rel != DEPREL_CASE
            && t->rel != DEPREL_PUNCT)
            return i;
    }
    return first + n - 1;
}
