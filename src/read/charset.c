#include "read/charset.h"

#include <stdio.h>

#include <uchardet/uchardet.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>

#include "base/utf8.h"
#include "read/builder.h"

/* ---- UTF-8 ------------------------------------------------------------------------------- */

static bool is_clean(str s)
{
    return utf8_valid_prefix(s) == s.len && (s.len == 0 || !memchr(s.ptr, 0, s.len));
}

/* Malformed bytes and NULs become U+FFFD. */
static void repair(text_builder *b, str s, uint64_t raw)
{
    size_t clean = 0, at = 0;
    uint32_t cp;
    while (at < s.len) {
        size_t n = utf8_decode(s, at, &cp);
        bool bad = cp == 0 || (n == 1 && (unsigned char)s.ptr[at] >= 0x80);
        if (bad) {
            builder_add(b, str_part(s, clean, at - clean), raw + clean);
            builder_code_point(b, 0xFFFD, raw + at);
            clean = at + 1;
        }
        at += n;
    }
    builder_add(b, str_part(s, clean, s.len), raw + clean);
    builder_end(b, raw + s.len);
}

/* `skip` bytes of byte order mark stand before it. */
static void as_utf8(arena *a, str bytes, size_t skip, str *text, raw_run_array *runs)
{
    str body = str_part(bytes, skip, bytes.len);
    if (is_clean(body)) {
        *text = body;
        if (skip) *array_push(a, runs) = (raw_run){0, skip};
        return;
    }
    text_builder b;
    builder_init(&b, a, body.len + body.len / 8);
    repair(&b, body, skip);
    *text = builder_text(&b);
    *runs = b.runs;
}

/* Well-formed sequences of more than a byte, and malformed bytes. */
static void count_sequences(str s, size_t *good, size_t *bad)
{
    uint32_t cp;
    *good = *bad = 0;
    if (utf8_valid_prefix(s) == s.len) return; /* of these nobody asks how many are good */
    for (size_t at = 0; at < s.len;) {
        size_t n = utf8_decode(s, at, &cp);
        *good += n > 1;
        *bad += n == 1 && (unsigned char)s.ptr[at] >= 0x80;
        at += n;
    }
}

/* ---- other encodings --------------------------------------------------------------------- */

static void close_converter(void *holder)
{
    ucnv_close(*(UConverter **)holder);
}

static UConverter *open_converter(arena *a, const char *name)
{
    UErrorCode code = U_ZERO_ERROR;
    UConverter **holder = arena_new(a, UConverter *, 1);
    arena_defer(a, close_converter, holder); /* before it is opened: this may jump, ucnv_open may not */
    *holder = ucnv_open(name, &code);
    return U_FAILURE(code) ? NULL : *holder;
}

enum { UNITS = 4096 };

typedef struct unit_sink {
    text_builder *b;
    uint32_t high; /* first half of a pair, 0 = none */
    uint64_t high_raw;
} unit_sink;

static void add_unit(unit_sink *s, uint32_t unit, uint64_t raw)
{
    if (s->high) {
        bool pair = unit >= 0xDC00 && unit < 0xE000;
        uint32_t cp = pair ? 0x10000 + ((s->high - 0xD800) << 10) + (unit - 0xDC00) : 0xFFFD;
        builder_code_point(s->b, cp, s->high_raw);
        s->high = 0;
        if (pair) return;
    }
    if (unit >= 0xD800 && unit < 0xDC00) {
        s->high = unit;
        s->high_raw = raw;
    } else {
        builder_code_point(s->b, unit >= 0xDC00 && unit < 0xE000 ? 0xFFFD : unit, raw);
    }
}

static void convert(UConverter *c, text_builder *b, str body, uint64_t raw)
{
    unit_sink sink = {.b = b};
    const char *from = body.ptr, *end = body.ptr + body.len;
    UErrorCode code = U_BUFFER_OVERFLOW_ERROR;
    while (code == U_BUFFER_OVERFLOW_ERROR) {
        UChar units[UNITS], *to = units;
        int32_t offsets[UNITS];
        uint64_t base = raw + (uint64_t)(from - body.ptr);
        code = U_ZERO_ERROR;
        ucnv_toUnicode(c, &to, units + UNITS, &from, end, offsets, true, &code);
        uint64_t last = base;
        for (ptrdiff_t i = 0; i < to - units; i++) {
            if (offsets[i] >= 0) last = base + (uint64_t)offsets[i];
            add_unit(&sink, units[i], last);
        }
    }
    if (sink.high) builder_code_point(b, 0xFFFD, sink.high_raw);
    builder_end(b, raw + body.len);
}

static bool as_other(arena *a, str bytes, size_t skip, const char *name, str *text, raw_run_array *runs)
{
    UConverter *c = open_converter(a, name);
    if (!c) return false;
    str body = str_part(bytes, skip, bytes.len);
    text_builder b;
    builder_init(&b, a, body.len + body.len / 4);
    convert(c, &b, body, skip);
    *text = builder_text(&b);
    *runs = b.runs;
    return true;
}

/* ---- which ------------------------------------------------------------------------------- */

/* What browsers take these names for (WHATWG Encoding Standard). */
static const char *web_name(str name, char buffer[64])
{
    static const char *const aliases[][2] = {
        {"iso-8859-1", "windows-1252"},
        {"iso8859-1", "windows-1252"},
        {"latin1", "windows-1252"},
        {"latin-1", "windows-1252"},
        {"us-ascii", "windows-1252"},
        {"ascii", "windows-1252"},
        {"iso-8859-9", "windows-1254"},
        {"gb2312", "gb18030"},
        {"gbk", "gb18030"},
        {"tis-620", "windows-874"},
        {"utf8", "utf-8"},
        {"unicode", "utf-16le"},
        {"ks_c_5601-1987", "windows-949"},
        {"euc-kr", "windows-949"},
        {"shift_jis", "windows-31j"},
    };
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (str_eq_nocase(name, str_from(aliases[i][0]))) return aliases[i][1];
    if (name.len == 0 || name.len > 63) return "";
    memcpy(buffer, name.ptr, name.len);
    buffer[name.len] = 0;
    return buffer;
}

static bool is_utf8_name(const char *name)
{
    return str_eq_nocase(str_from(name), STR("utf-8"));
}

static void delete_detector(void *holder)
{
    if (*(uchardet_t *)holder) uchardet_delete(*(uchardet_t *)holder);
}

static const char *guess(arena *a, str bytes, char buffer[64])
{
    enum { LOOK_AT = 256 * 1024 };
    uchardet_t *holder = arena_new(a, uchardet_t, 1);
    arena_defer(a, delete_detector, holder);
    uchardet_t d = *holder = uchardet_new();
    if (!d) return "windows-1252";
    uchardet_handle_data(d, bytes.ptr, bytes.len < LOOK_AT ? bytes.len : LOOK_AT);
    uchardet_data_end(d);
    const char *name = web_name(str_from(uchardet_get_charset(d)), buffer);
    return *name && !is_utf8_name(name) ? name : "windows-1252";
}

typedef struct mark {
    const char *bytes, *name;
    size_t len;
} mark;

static const mark marks[] = {
    {"\xEF\xBB\xBF", "utf-8", 3}, {"\xFF\xFE\x00\x00", "utf-32le", 4}, {"\x00\x00\xFE\xFF", "utf-32be", 4},
    {"\xFF\xFE", "utf-16le", 2},  {"\xFE\xFF", "utf-16be", 2},
};

static const mark *byte_order_mark(str bytes)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_starts(bytes, (str){marks[i].bytes, marks[i].len})) return &marks[i];
    return NULL;
}

typedef struct half {
    size_t n[256]; /* how often each byte stands at even, or at odd, places */
} half;

static size_t most_common(const half *h)
{
    size_t most = 0;
    for (size_t i = 1; i < 256; i++) most = h->n[i] > most ? h->n[i] : most;
    return most;
}

/* Whether these are the upper halves of code units, and the others the lower ones: of Latin letters they are NUL, of
 * other alphabets nearly always one number, but for spaces and stops. */
static bool are_upper(const half *upper, const half *lower, size_t units)
{
    if (upper->n[0] * 10 > units * 6) return lower->n[0] <= units / 4;
    return upper->n[0] >= 4 && !lower->n[0] && (upper->n[0] + most_common(upper)) * 100 >= units * 85;
}

/* Text in UTF-16 without a mark. */
static const char *wide_name(str bytes)
{
    size_t look = bytes.len < 512 ? bytes.len & ~(size_t)1 : 512;
    half even = {0}, odd = {0};
    for (size_t i = 0; i < look; i += 2) {
        even.n[(unsigned char)bytes.ptr[i]]++;
        odd.n[(unsigned char)bytes.ptr[i + 1]]++;
    }
    if (look < 8) return NULL;
    return are_upper(&odd, &even, look / 2)   ? "utf-16le"
           : are_upper(&even, &odd, look / 2) ? "utf-16be"
                                              : NULL;
}

/* Signs that stand between letters, in the beginning of what the charset makes of the bytes. */
static size_t signs_in_words(arena *a, str bytes, const char *name)
{
    enum { LOOK_AT = 64 * 1024 };
    str text = {0};
    raw_run_array runs = {0};
    if (!as_other(a, str_part(bytes, 0, LOOK_AT), 0, name, &text, &runs)) return SIZE_MAX;
    size_t count = 0;
    uint32_t cp;
    bool after_letter = false, sign = false; /* the last was one, behind a letter */
    for (size_t at = 0; at < text.len; at += utf8_decode(text, at, &cp)) {
        utf8_decode(text, at, &cp);
        bool letter = u_isalpha((UChar32)cp);
        count += letter && sign;
        sign = after_letter && !letter && cp >= 0x80 && !u_ispunct((UChar32)cp) && !u_isspace((UChar32)cp);
        after_letter = letter;
    }
    return count;
}

/* In English text with some names in it the detector takes the Latin of Central Europe for that of the West: then there
 * are currencies and fractions inside of words. */
static const char *guess_latin(arena *a, str bytes, const char *guessed)
{
    static const char *const others[] = {"windows-1250", "iso-8859-2", "windows-1254"};
    size_t least = signs_in_words(a, bytes, guessed);
    if (least == SIZE_MAX) guessed = "windows-1252", least = signs_in_words(a, bytes, guessed);
    if (!str_eq_nocase(str_from(guessed), STR("windows-1252"))) return guessed;
    const char *best = guessed;
    for (size_t i = 0; least && i < sizeof others / sizeof *others; i++) {
        size_t n = signs_in_words(a, bytes, others[i]);
        if (n < least) least = n, best = others[i];
    }
    return best;
}

static const char *choose(arena *a, str bytes, str declared, char buffer[64])
{
    size_t good, bad;
    count_sequences(bytes, &good, &bad);
    if (bad == 0) {
        const char *wide = wide_name(bytes);
        return wide ? wide : "utf-8";
    }
    if (good >= 4 * bad) return "utf-8";
    const char *name = web_name(declared, buffer);
    UConverter *known = *name && !is_utf8_name(name) ? open_converter(a, name) : NULL;
    if (known && ucnv_getMinCharSize(known) == 1) return name;
    const char *wide = wide_name(bytes);
    return wide ? wide : guess_latin(a, bytes, guess(a, bytes, buffer));
}

bool charset_decode(arena *a, str bytes, str given, str declared, str *text, raw_run_array *runs, error *e)
{
    char buffer[64];
    const mark *m = byte_order_mark(bytes);
    size_t skip = m ? m->len : 0;
    const char *name = m           ? m->name
                       : given.len ? web_name(given, buffer)
                                   : choose(a, bytes, declared, buffer);
    if (is_utf8_name(name)) {
        as_utf8(a, bytes, skip, text, runs);
        return true;
    }
    if (as_other(a, bytes, skip, name, text, runs)) return true;
    if (given.len && !m)
        return error_set(e, SITREP_BAD_FORMAT, "read", "unknown charset \"%.*s\"",
                         (int)(given.len < 60 ? given.len : 60), given.ptr);
    return as_other(a, bytes, skip, "windows-1252", text, runs);
}
