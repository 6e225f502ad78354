#include "token/scan.h"

#include "base/utf8.h"

/* ---- characters -------------------------------------------------------------------------- */

enum { L = CHAR_LETTER, D = CHAR_DIGIT, S = CHAR_SPACE };
static const uint8_t ascii_class[128] = {
    S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S,
    S, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, D, D, D, D, D, D, D, D, D, D, 0, 0, 0, 0, 0, 0,
    0, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, 0, 0, 0, 0, 0,
    0, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, 0, 0, 0, 0, S,
};

static bool is_mark(uint32_t cp)
{
    return (cp >= 0x300 && cp <= 0x36F) || cp == 0xAD || (cp >= 0x200B && cp <= 0x200F)
           || (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x2069)
           || (cp >= 0xFE00 && cp <= 0xFE0F) || cp == 0xFEFF || (cp >= 0x1F3FB && cp <= 0x1F3FF);
}

char_class scan_class(str text, size_t at, size_t *len)
{
    unsigned char c = (unsigned char)text.ptr[at];
    *len = 1;
    if (c < 128) return ascii_class[c];
    uint32_t cp;
    *len = utf8_decode(text, at, &cp);
    if (is_mark(cp)) return CHAR_MARK;
    if (utf8_is_space(cp)) return CHAR_SPACE;
    if (cp == 0xD7 || cp == 0xB2 || cp == 0xB3 || (cp >= 0x1F000 && cp <= 0x1FAFF)) return CHAR_OTHER;
    return utf8_is_letter(cp) ? CHAR_LETTER : CHAR_OTHER;
}

size_t scan_apostrophe(str text, size_t at, size_t end)
{
    if (at >= end) return 0;
    if (text.ptr[at] == '\'' || text.ptr[at] == '`') return 1;
    if (end - at < 3 || (unsigned char)text.ptr[at] != 0xE2 || (unsigned char)text.ptr[at + 1] != 0x80)
        return 0;
    unsigned char c = (unsigned char)text.ptr[at + 2];
    return c == 0x98 || c == 0x99 || c == 0xB2 ? 3 : 0;
}

static bool is_letter_at(const scanner *s, size_t at)
{
    size_t len;
    return at < s->chunk_end && scan_class(s->text, at, &len) == CHAR_LETTER;
}

static bool is_digit_at(const scanner *s, size_t at)
{
    return at < s->chunk_end && s->text.ptr[at] >= '0' && s->text.ptr[at] <= '9';
}

static bool is_word_at(const scanner *s, size_t at)
{
    return is_letter_at(s, at) || is_digit_at(s, at);
}

static bool is_upper_at(const scanner *s, size_t at)
{
    uint32_t cp;
    if (at >= s->end) return false;
    utf8_decode(s->text, at, &cp);
    return utf8_is_upper(cp);
}

static char byte_at(const scanner *s, size_t at)
{
    return at < s->chunk_end ? s->text.ptr[at] : ' ';
}

/* ---- emitting ---------------------------------------------------------------------------- */

/* Lower case and plain quotes; points into the text where that is so already. */
static str norm_of(scanner *s, size_t start, size_t end)
{
    str word = str_part(s->text, start, end - start);
    size_t i = 0;
    while (i < word.len && (unsigned char)word.ptr[i] < 128 && !(word.ptr[i] >= 'A' && word.ptr[i] <= 'Z')
           && word.ptr[i] != '`')
        i++;
    if (i == word.len) return word;
    char *out = s->norms + s->norms_used;
    for (i = 0; i < word.len && (unsigned char)word.ptr[i] < 128; i++) {
        char c = word.ptr[i];
        out[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c == '`' ? '\'' : c;
    }
    str norm = {out, word.len};
    if (i < word.len) {
        norm = utf8_fold(s->d->arena, word);
    } else {
        s->norms_used += word.len;
    }
    return norm;
}

static void push(scanner *s, size_t start, size_t end, str norm)
{
    *array_push(s->d->arena, &s->d->tokens) = (token){.at = {(uint32_t)start, (uint32_t)(end - start)},
                                                      .norm = norm,
                                                      .head = -1,
                                                      .space_before = s->space};
    s->space = false;
    s->at = end;
}

/* Marks at the end (zero-width spaces, direction marks) stay outside. */
static size_t without_marks(const scanner *s, size_t start, size_t end)
{
    while (end > start) {
        size_t at = end - 1, len;
        while (at > start && ((unsigned char)s->text.ptr[at] & 0xC0) == 0x80) at--;
        uint32_t cp;
        utf8_decode(s->text, at, &cp);
        bool combining = cp >= 0x300 && cp <= 0x36F;
        if (at == start || combining || scan_class(s->text, at, &len) != CHAR_MARK) break;
        end = at;
    }
    return end;
}

static void emit(scanner *s, size_t end)
{
    size_t start = s->at, bare = without_marks(s, start, end);
    push(s, start, bare, norm_of(s, start, bare));
    s->at = end;
}

/* Bytes of the stem of "Syrias", "countrys" where apostrophes were lost; 0 = no possessive. */
static size_t lost_possessive(const scanner *s, str norm)
{
    size_t n = norm.len;
    if (!s->bare || n < 5 || norm.ptr[n - 1] != 's') return 0;
    bool country = norm.ptr[n - 2] == 'y' && !strchr("aeiou", norm.ptr[n - 3]);
    if (country) return n - 1;
    return lexicon_flags(s->rules, str_part(norm, 0, n - 1)) & LEX_POSSESSOR && is_upper_at(s, s->at)
               ? n - 1
               : 0;
}

/* A word that the lexicon cuts ("cannot") comes out in its parts. */
static void emit_word(scanner *s, size_t end)
{
    size_t start = s->at, len = end - start;
    str norm = norm_of(s, start, end);
    size_t stem = norm.len == len ? lost_possessive(s, norm) : 0;
    if (stem) {
        push(s, start, start + stem, str_part(norm, 0, stem));
        push(s, s->at, end, STR("'s")); /* what it stands for */
        return;
    }
    uint32_t v = len >= 2 && len <= 8 ? lexicon_flags(s->rules, norm) : 0;
    if (!(v & LEX_SPLIT) || norm.len != len) {
        size_t bare = without_marks(s, start, end);
        push(s, start, bare, bare == end ? norm : norm_of(s, start, bare));
        s->at = end;
        return;
    }
    size_t first = v >> 24 & 15, second = v >> 28;
    push(s, start, start + first, str_part(norm, 0, first));
    if (second) push(s, s->at, s->at + second, str_part(norm, first, second));
    push(s, s->at, end, str_part(norm, first + second, len));
}

static uint32_t flags_of(scanner *s, size_t start, size_t end)
{
    char folded[24];
    size_t n = end - start;
    if (n > sizeof folded) return 0;
    for (size_t i = 0; i < n; i++) {
        char c = s->text.ptr[start + i];
        folded[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    return lexicon_flags(s->rules, (str){folded, n});
}

/* ---- addresses, names of hosts and files ------------------------------------------------- */

static bool is_closing_byte(char c)
{
    return c && strchr(".,;:!?\"')]}>*|", c) != NULL;
}

static size_t address_end(const scanner *s)
{
    size_t end = s->chunk_end;
    int open = 0; /* brackets of the address itself stay */
    for (size_t i = s->at; i < end; i++) open += (s->text.ptr[i] == '(') - (s->text.ptr[i] == ')');
    while (end > s->at && is_closing_byte(s->text.ptr[end - 1])) {
        if (s->text.ptr[end - 1] == ')' && ++open > 0) break;
        end--;
    }
    while (end > s->at + 3 && (unsigned char)s->text.ptr[end - 3] == 0xE2) end -= 3; /* closing quotes */
    return end;
}

static bool is_host_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
           || (c && strchr("._%+-", c));
}

/* user@host, @user; 0 = none. */
static size_t mail_end(const scanner *s)
{
    size_t i = s->at;
    while (i < s->chunk_end && is_host_byte(s->text.ptr[i])) i++;
    if (byte_at(s, i) != '@' || !is_word_at(s, i + 1)) return 0;
    for (i++; i < s->chunk_end && is_host_byte(s->text.ptr[i]);) i++;
    while (s->text.ptr[i - 1] == '.' || s->text.ptr[i - 1] == '-') i--;
    return i;
}

/* A link that begins at s->at: "http://…", "www.…"; 0 = none. */
static size_t link_end(const scanner *s)
{
    size_t i = s->at;
    while (i < s->chunk_end && i < s->at + 8 && is_letter_at(s, i)) i++;
    str rest = str_part(s->text, i, s->chunk_end - i);
    bool scheme = i > s->at && str_starts(rest, STR("://"));
    bool www = i == s->at + 3 && rest.len > 2 && rest.ptr[0] == '.' && (s->text.ptr[s->at] | 32) == 'w'
               && (s->text.ptr[s->at + 1] | 32) == 'w';
    return scheme || www ? address_end(s) : 0;
}

/* "example.com/page", "report.doc": `dot` is the place of a full stop with a letter behind it. */
static size_t domain_end(scanner *s, size_t dot)
{
    size_t i = dot, last = dot;
    while (i < s->chunk_end && is_host_byte(s->text.ptr[i])) {
        if (s->text.ptr[i] == '.' && is_word_at(s, i + 1)) last = i;
        i++;
    }
    while (i > last && !is_word_at(s, i - 1)) i--;
    size_t label = last + 1;
    while (label < i && is_letter_at(s, label)) label++;
    bool known = flags_of(s, last + 1, i) & LEX_DOMAIN;
    if (!known || label != i || is_upper_at(s, last + 1) != is_upper_at(s, last + 2)) return 0;
    return byte_at(s, i) == '/' ? address_end(s) : i;
}

/* ---- words ------------------------------------------------------------------------------- */

/* Length of the clitic ("'s", "'ll" …, "'t" behind n) whose apostrophe is at `at`; 0 = none. */
static size_t clitic_at(scanner *s, size_t word, size_t at)
{
    size_t quote = scan_apostrophe(s->text, at, s->chunk_end), n = 0;
    char c[2] = {0};
    if (!quote) return 0;
    size_t i = at + quote;
    for (; n < 3 && is_letter_at(s, i + n); n++)
        if (n < 2) c[n] = s->text.ptr[i + n] | 32;
    if (n == 0 || n > 2 || is_word_at(s, i + n)) return 0;
    bool found = n == 2 ? (c[0] == 'r' && c[1] == 'e') || (c[0] == 'v' && c[1] == 'e')
                              || (c[0] == 'l' && c[1] == 'l')
                        : c[0] == 's' || c[0] == 'm' || c[0] == 't'
                              || (c[0] == 'd' && (flags_of(s, word, at) & LEX_D_STEM));
    if (found && n == 1 && c[0] == 't' && at > word && (s->text.ptr[at - 1] | 32) != 'n') return 0;
    return found && !(flags_of(s, word, i + n) & LEX_WHOLE) ? quote + n : 0; /* "Ra's al-Ayn" */
}

/* The longest abbreviation with a full stop that begins at `part` and reaches at least `dot`; 0 = none. */
static size_t abbreviation_end(scanner *s, size_t part, size_t dot)
{
    size_t i = dot, best = 0;
    for (; i < s->chunk_end && i - part < 12
           && (is_letter_at(s, i) || s->text.ptr[i] == '.' || s->text.ptr[i] == '\'');
         i++)
        if (s->text.ptr[i] == '.' && (flags_of(s, part, i + 1) & LEX_ABBREVIATION)) best = i + 1;
    return best;
}

/* First byte behind the white space after the chunk, or the end of the block. */
static size_t next_chunk(const scanner *s, size_t at)
{
    size_t len;
    while (at < s->end && scan_class(s->text, at, &len) == CHAR_SPACE) at += len;
    return at;
}

/* "U.S.", "p.m.", "J.R.R." from s->at; the end behind the last stop, or 0. */
static size_t acronym_end(scanner *s)
{
    size_t i = s->at, letters = 0, len;
    while (is_letter_at(s, i)) {
        scan_class(s->text, i, &len);
        if (byte_at(s, i + len) != '.') break;
        i += len + 1;
        letters++;
    }
    if (letters && is_letter_at(s, i) && (scan_class(s->text, i, &len), !is_word_at(s, i + len)))
        return i + len; /* "U.S" */
    return letters >= 2 ? i : 0;
}

/* Is the last token a capitalised word, so that "I" is a number behind it ("World War I.")? */
static bool follows_name(const scanner *s)
{
    size_t n = s->d->tokens.n;
    if (!n || !s->space) return false;
    span last = s->d->tokens.v[n - 1].at;
    return last.len > 1 && is_upper_at(s, last.start) && s->text.ptr[span_end(last) - 1] != '.';
}

/* A single capital with a stop before a capitalised word ("John F. Kennedy", "J.Smith"). */
static bool is_initial(scanner *s, size_t dot)
{
    if (!is_upper_at(s, s->at)) return false;
    if (is_upper_at(s, dot + 1) && dot + 1 < s->chunk_end) return true;
    if (byte_at(s, dot + 1) == '-' && is_upper_at(s, dot + 2)) return true; /* "J.-P." */
    size_t next = next_chunk(s, dot + 1);
    bool numeral = s->text.ptr[s->at] == 'I' && follows_name(s);
    return dot + 1 == s->chunk_end && is_upper_at(s, next) && !numeral;
}

/* Does the text from `at` on, behind an abbreviation, show that no sentence has ended? A number, or where
 * letter case tells, a comma or a small letter. */
static bool goes_on(const scanner *s, size_t at)
{
    size_t next = next_chunk(s, at), len;
    if (next >= s->end) return false;
    char c = s->text.ptr[next];
    if (c >= '0' && c <= '9') return true;
    if (!s->cased) return false;
    return (next == at && (c == ',' || c == ';'))
           || (scan_class(s->text, next, &len) == CHAR_LETTER && !is_upper_at(s, next));
}

/* "3 m. deep": a unit behind a number, and the sentence goes on. */
static bool measures(scanner *s, size_t part, size_t dot)
{
    size_t n = s->d->tokens.n;
    if (!n || part != s->at || !(flags_of(s, part, dot) & LEX_UNIT)) return false;
    char c = s->text.ptr[s->d->tokens.v[n - 1].at.start];
    return c >= '0' && c <= '9' && goes_on(s, dot + 1);
}

/* Where a word whose last part begins at `part` and meets a full stop at `dot` ends; 0 = before the stop. */
static size_t stop_in_word(scanner *s, size_t part, size_t dot)
{
    size_t len, end;
    scan_class(s->text, part, &len);
    bool single = part + len == dot && part == s->at;
    size_t acronym = single ? acronym_end(s) : 0;
    if (acronym > dot + 1) return acronym;
    if ((end = abbreviation_end(s, part, dot))) {
        uint32_t f = flags_of(s, part, end);
        if ((f & LEX_ABBREVIATION) != LEX_NUMBER || goes_on(s, end)) return end;
    }
    if (single && is_initial(s, dot)) return dot + 1;
    if (measures(s, part, dot)) return dot + 1;
    return is_word_at(s, dot + 1) ? domain_end(s, dot) : 0;
}

static size_t hyphen_at(const scanner *s, size_t at)
{
    if (byte_at(s, at) == '-') return 1;
    bool unicode = s->chunk_end - at >= 3 && memcmp(s->text.ptr + at, "\xE2\x80", 2) == 0
                   && ((unsigned char)s->text.ptr[at + 2] & 0xFE) == 0x90;
    return unicode ? 3 : 0;
}

/* Bytes of a joiner at `at` that the word goes on behind; 0 = it ends here. */
static size_t joiner_at(scanner *s, size_t at)
{
    size_t n, len;
    if (at >= s->chunk_end) return 0;
    if ((n = hyphen_at(s, at)))
        return is_word_at(s, at + n) && (flags_of(s, s->at, at) & LEX_PREFIX) ? n : 0;
    if ((n = scan_apostrophe(s->text, at, s->chunk_end)))
        return is_letter_at(s, at + n) && byte_at(s, at) != '`' ? n : 0;
    char c = s->text.ptr[at];
    if (c == '_' || c == '*') return is_word_at(s, at + 1);
    if (c == '&')
        return is_upper_at(s, at - 1) == is_upper_at(s, at + 1) && is_word_at(s, at + 1) && at - s->at <= 4;
    return scan_class(s->text, at, &len) == CHAR_MARK ? len : 0;
}

/* "w/o", "24/7": a word of the lexicon with a slash in it, from s->at; 0 = none. */
static size_t whole_end(scanner *s)
{
    for (size_t end = s->chunk_end; end > s->at; end--) {
        if (end - s->at > 12 || is_closing_byte(s->text.ptr[end - 1])) continue;
        return flags_of(s, s->at, end) & LEX_WHOLE ? end : 0;
    }
    return 0;
}

/* "x" of "7.62x39", not of "4x4". */
static bool is_times(const scanner *s, size_t at)
{
    return s->text.ptr[at] == 'x' && is_digit_at(s, at + 1) && is_digit_at(s, at + 2);
}

static void scan_word(scanner *s)
{
    size_t i = s->at, part = i, len, n;
    if (!s->space && i && is_digit_at(s, i - 1) && is_times(s, i)) {
        emit(s, i + 1);
        return;
    }
    for (;;) {
        while (i < s->chunk_end) {
            char_class c = scan_class(s->text, i, &len);
            if (c != CHAR_LETTER && c != CHAR_DIGIT) break;
            i += len;
        }
        if ((n = clitic_at(s, s->at, i))) break;
        if (byte_at(s, i) == '.' && (n = stop_in_word(s, part, i))) {
            emit(s, n);
            return;
        }
        if (byte_at(s, i) == '/' && (n = whole_end(s)) > i) {
            emit(s, n);
            return;
        }
        if (!(n = joiner_at(s, i))) break;
        if (hyphen_at(s, i)) part = i + n;
        i += n;
    }
    bool negated = n && (s->text.ptr[i + n - 1] | 32) == 't';
    size_t stem = negated ? i - 1 : i;
    if (byte_at(s, i) == '$' && i - s->at <= 3 && is_upper_at(s, s->at) && is_upper_at(s, i - 1))
        stem = ++i, n = 0;
    if (stem > s->at) emit_word(s, stem);
    if (n) emit(s, i + n);
}

/* ---- numbers ----------------------------------------------------------------------------- */

static size_t digits_end(const scanner *s, size_t at)
{
    while (is_digit_at(s, at)) at++;
    return at;
}

/* "713-853-3989", "345-9945", "28-04-2016": not ranges such as "1969-1970". */
static size_t dashed_end(const scanner *s)
{
    size_t i = digits_end(s, s->at), first = i - s->at, groups = 1, last = first;
    while (byte_at(s, i) == '-' && is_digit_at(s, i + 1)) {
        size_t end = digits_end(s, i + 1);
        last = end - i - 1;
        i = end;
        groups++;
    }
    if (is_letter_at(s, i) || groups > 6) return 0;
    return groups >= 3 || (groups == 2 && first <= 3 && last == 4) ? i : 0;
}

/* Bytes of a sign such as the half at `at`. */
static size_t fraction_at(const scanner *s, size_t at)
{
    str sign = str_part(s->text, at, 2);
    return at < s->chunk_end && sign.len == 2 && (unsigned char)sign.ptr[0] == 0xC2
                   && (unsigned char)sign.ptr[1] >= 0xBC && (unsigned char)sign.ptr[1] <= 0xBE
               ? 2
               : 0;
}

static size_t number_end(const scanner *s)
{
    size_t i = digits_end(s, s->at), dashed = dashed_end(s);
    if (dashed) return dashed;
    for (;;) {
        char c = byte_at(s, i);
        size_t end = digits_end(s, i + 1), n = end - i - 1;
        if (n == 0
            || !(c == '.' || c == ':' || (c == ',' && n == 3) || (c == '/' && n <= 4 && i - s->at <= 6)))
            return i + fraction_at(s, i);
        i = end;
    }
}

/* "2M" of "BMP-2M", "9K37M1": the number belongs to a designation, its letters are no unit. */
static bool is_designation(const scanner *s, size_t end, size_t tail_end)
{
    if (!is_upper_at(s, end)) return false;
    bool joined = !s->space && s->at >= 2 && s->text.ptr[s->at - 1] == '-' && is_letter_at(s, s->at - 2);
    if (joined && tail_end - end <= 3) return true;
    for (size_t i = end; i < tail_end; i++)
        if (is_digit_at(s, i)) return true;
    return false;
}

/* Letters written to a number: ordinals and codes stay, units and long words leave. */
static size_t number_tail(scanner *s, size_t end)
{
    size_t i = end, len;
    while (i < s->chunk_end && (is_word_at(s, i))) {
        scan_class(s->text, i, &len);
        i += len;
    }
    if (i == end || is_times(s, end)) return end;
    uint32_t f = flags_of(s, end, i);
    if ((f & LEX_ORDINAL) || is_designation(s, end, i)) return i;
    bool word = is_upper_at(s, end) && is_letter_at(s, end + 1) && !is_upper_at(s, end + 1); /* "2017Get" */
    return (f & LEX_UNIT) || i - end > 3 || word ? end : i;
}

/* "142016" behind "Jun": the end of the day in it, whose comma was lost; 0 = no such thing. */
static size_t lost_comma(const scanner *s, size_t end)
{
    size_t n = end - s->at, len = s->d->tokens.n;
    if (n < 5 || n > 6 || !len) return 0;
    str month = s->d->tokens.v[len - 1].norm;
    if (str_ends(month, STR("."))) month.len--;
    if (!(lexicon_flags(s->rules, month) & LEX_MONTH)) return 0;
    int64_t day, year;
    bool numbers = str_to_int(str_part(s->text, s->at, n - 4), &day)
                   && str_to_int(str_part(s->text, end - 4, 4), &year);
    return numbers && day >= 1 && day <= 31 && year >= 1900 && year < 2100 ? end - 4 : 0;
}

static void scan_number(scanner *s)
{
    size_t end = number_end(s), day = lost_comma(s, end);
    if (day) emit(s, day);
    size_t file = byte_at(s, end) == '.' && is_letter_at(s, end + 1) ? domain_end(s, end) : 0;
    emit(s, file ? file : number_tail(s, end));
}

/* ---- everything else --------------------------------------------------------------------- */

static size_t run_end(const scanner *s, const char *set)
{
    size_t i = s->at;
    while (i < s->chunk_end && strchr(set, s->text.ptr[i])) i++;
    return i;
}

/* Signs that make one token when they are repeated: "...", "--", "?!", "====". */
static size_t repeated_end(const scanner *s)
{
    static const char *const sets[] = {".", "!?", "-", "=", "*", "_", "~", "+",
                                       "<", ">",  "#", "`", "'", "|", "^"};
    size_t rule = strchr("-=_*~+|<>#", s->text.ptr[s->at]) ? run_end(s, "-=_*~+|<>#") : s->at;
    if (rule - s->at >= 4) return rule; /* "----==": a drawn line */
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        if (strchr(sets[i], s->text.ptr[s->at])) return run_end(s, sets[i]);
    return s->at + 1;
}

static size_t emoticon_end(scanner *s)
{
    for (size_t n = 4; n >= 2; n--) {
        if (n > s->chunk_end - s->at || is_word_at(s, s->at + n)) continue;
        str face = str_part(s->text, s->at, n);
        char folded[4];
        for (size_t i = 0; i < n; i++)
            folded[i] = face.ptr[i] >= 'A' && face.ptr[i] <= 'Z' ? (char)(face.ptr[i] + 32) : face.ptr[i];
        if (lexicon_flags(s->rules, (str){folded, n}) & LEX_EMOTICON) return s->at + n;
    }
    return 0;
}

/* "[email protected]" stands in pages whose addresses were hidden; the space may be a no-break one. */
static size_t hidden_mail_end(const scanner *s)
{
    static const char *const forms[] = {"[email protected]", "[email\xC2\xA0protected]",
                                        "[email&#160;protected]"};
    str rest = str_part(s->text, s->at, s->end - s->at);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (str_starts(rest, str_from(forms[i]))) return s->at + strlen(forms[i]);
    return 0;
}

static uint32_t code_at(const scanner *s, size_t at)
{
    uint32_t cp = 0;
    if (at < s->chunk_end) utf8_decode(s->text, at, &cp);
    return cp;
}

static bool is_flag_letter(uint32_t cp)
{
    return cp >= 0x1F1E6 && cp <= 0x1F1FF;
}

/* A sign with the marks behind it; two flag letters are a flag, a zero-width joiner binds two pictographs. */
static size_t sign_end(const scanner *s)
{
    enum { JOINER = 0x200D };
    size_t len, n = s->at;
    scan_class(s->text, n, &len);
    n += is_flag_letter(code_at(s, n)) && is_flag_letter(code_at(s, n + len)) ? 2 * len : len;
    while (n < s->chunk_end && scan_class(s->text, n, &len) == CHAR_MARK) {
        bool joins = code_at(s, n) == JOINER && code_at(s, n + len) >= 0x2190;
        n += len;
        if (joins) scan_class(s->text, n, &len), n += len;
    }
    return n;
}

static size_t symbol_end(scanner *s)
{
    size_t n;
    char c = s->text.ptr[s->at];
    size_t quote = scan_apostrophe(s->text, s->at, s->chunk_end);
    if (c == '[' && (n = hidden_mail_end(s))) return n;
    if (quote && (n = clitic_at(s, s->at, s->at))) return s->at + n;
    if (quote && s->space && is_digit_at(s, s->at + quote))
        return number_tail(s, digits_end(s, s->at + quote));
    if (str_starts(str_part(s->text, s->at, s->chunk_end - s->at), STR("[...]"))) return s->at + 5;
    if ((c == '.' || c == '+') && s->space && is_digit_at(s, s->at + 1)) return digits_end(s, s->at + 1);
    if ((c == '@' || c == '#') && is_letter_at(s, s->at + 1)) return mail_end(s) ? mail_end(s) : s->at + 1;
    if ((unsigned char)c < 128) return s->space && (n = emoticon_end(s)) ? n : repeated_end(s);
    return sign_end(s);
}

/* ---- chunks ------------------------------------------------------------------------------ */

static void scan_piece(scanner *s, bool has_link)
{
    size_t len, n;
    char_class c = scan_class(s->text, s->at, &len);
    if (c == CHAR_SPACE || c == CHAR_MARK) {
        s->at += len;
    } else if (has_link && (c == CHAR_LETTER || c == CHAR_DIGIT)
               && ((n = link_end(s)) || (n = mail_end(s)))) {
        emit(s, n);
    } else if (c == CHAR_LETTER) {
        scan_word(s);
    } else if (c == CHAR_DIGIT) {
        scan_number(s);
    } else {
        emit(s, symbol_end(s));
    }
}

static void scan_chunk(scanner *s)
{
    size_t i = s->at, len;
    bool has_link = false;
    while (i < s->end && scan_class(s->text, i, &len) != CHAR_SPACE) {
        has_link |= s->text.ptr[i] == '@' || (s->text.ptr[i] | 32) == 'w'
                    || (s->text.ptr[i] == '/' && i > s->at && s->text.ptr[i - 1] == '/');
        i += len;
    }
    s->chunk_end = i;
    while (s->at < s->chunk_end) scan_piece(s, has_link);
}

/* A run of ASCII letters with white space behind it needs no looking at. */
static bool scan_plain(scanner *s)
{
    size_t i = s->at;
    while (i < s->end && (unsigned char)s->text.ptr[i] < 128
           && ascii_class[(unsigned char)s->text.ptr[i]] == L)
        i++;
    if (i == s->at || (i < s->end && s->text.ptr[i] != ' ' && s->text.ptr[i] != '\n')) return false;
    s->chunk_end = i;
    emit_word(s, i);
    return true;
}

bool scan_lost_apostrophes(str text)
{
    enum { SOME_LENGTH = 300 };
    if (text.len < SOME_LENGTH || memchr(text.ptr, '\'', text.len)) return false;
    return str_find(text, STR("\xE2\x80\x99"), 0) > text.len
           && str_find(text, STR("\xE2\x80\x98"), 0) > text.len;
}

static bool has_capital(str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] >= 'A' && s.ptr[i] <= 'Z') return true;
    return false;
}

void scan_block(scanner *s, span at)
{
    size_t len;
    s->cased = has_capital(document_str(s->d, at));
    s->at = at.start;
    s->end = span_end(at);
    s->space = true;
    while (s->at < s->end) {
        if (scan_class(s->text, s->at, &len) == CHAR_SPACE) {
            s->at += len;
            s->space = true;
        } else if (!scan_plain(s)) {
            scan_chunk(s);
        }
    }
}
