#include "read/markup.h"

enum { SPACE = 1, SLASH = 2, CLOSE = 4, EQUALS = 8 };

static const uint8_t classes[256] = {['\t'] = SPACE, ['\n'] = SPACE, ['\f'] = SPACE, ['\r'] = SPACE,
                                     [' '] = SPACE,  ['/'] = SLASH,  ['>'] = CLOSE,  ['='] = EQUALS};

static int class_of(str page, size_t at)
{
    return classes[(unsigned char)page.ptr[at]];
}

static size_t skip(str page, size_t at, int set)
{
    while (at < page.len && class_of(page, at) & set) at++;
    return at;
}

static size_t skip_to(str page, size_t at, int set)
{
    while (at < page.len && !(class_of(page, at) & set)) at++;
    return at;
}

/* The next `c` from `at` on, page.len = none. */
static size_t next(str page, size_t at, char c)
{
    const char *hit = at < page.len ? memchr(page.ptr + at, c, page.len - at) : NULL;
    return hit ? (size_t)(hit - page.ptr) : page.len;
}

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* ---- tags -------------------------------------------------------------------------------- */

bool markup_is_tag(str page, size_t at)
{
    at += at + 1 < page.len && page.ptr[at + 1] == '/';
    return at + 1 < page.len && is_letter(page.ptr[at + 1]);
}

size_t markup_name_end(str page, size_t at)
{
    return skip_to(page, at, SPACE | SLASH | CLOSE);
}

/* The value behind "=", white space skipped. */
static size_t read_value(str page, size_t at, markup_attribute *a)
{
    at = skip(page, at, SPACE);
    if (at >= page.len) return at;
    char quote = page.ptr[at];
    a->quoted = quote == '"' || quote == '\'';
    size_t start = at + a->quoted;
    size_t end = a->quoted ? next(page, start, quote) : skip_to(page, start, SPACE | CLOSE);
    a->value = str_part(page, start, end - start);
    return end + (a->quoted && end < page.len);
}

bool markup_attribute_next(str page, size_t *at, markup_attribute *a, bool *empty, bool *cut)
{
    size_t k = skip(page, *at, SPACE | SLASH);
    *empty = k > *at && k < page.len && page.ptr[k] == '>' && page.ptr[k - 1] == '/';
    *cut = k >= page.len;
    *at = k;
    if (*cut) return false;
    if (page.ptr[k] == '>') {
        ++*at;
        return false;
    }
    *a = (markup_attribute){.start = k};
    size_t name_end = skip_to(page, k + 1, SPACE | SLASH | CLOSE | EQUALS);
    a->name = str_part(page, k, name_end - k);
    size_t sign = skip(page, name_end, SPACE);
    a->end = sign < page.len && page.ptr[sign] == '=' ? read_value(page, sign + 1, a) : name_end;
    *at = a->end;
    *cut = a->end >= page.len;
    return !*cut;
}

size_t markup_tag_end(str page, size_t at)
{
    markup_attribute a;
    bool empty, cut;
    while (markup_attribute_next(page, &at, &a, &empty, &cut)) {
    }
    return at;
}

/* ---- comments and the like --------------------------------------------------------------- */

/* Behind "-->" or "--!>"; `at` is behind "<!--". "<!-->" and "<!--->" are whole comments. */
static size_t comment_end(str page, size_t at)
{
    size_t begin = at;
    if (at < page.len && page.ptr[at] == '>') return at + 1;
    if (str_starts(str_part(page, at, 2), STR("->"))) return at + 2;
    for (at = next(page, at, '>'); at < page.len; at = next(page, at + 1, '>')) {
        size_t body = at - begin;
        if (body >= 2 && page.ptr[at - 1] == '-' && page.ptr[at - 2] == '-') return at + 1;
        if (body >= 3 && page.ptr[at - 1] == '!' && page.ptr[at - 2] == '-' && page.ptr[at - 3] == '-')
            return at + 1;
    }
    return page.len;
}

size_t markup_declaration_end(str page, size_t at)
{
    if (str_starts(str_part(page, at, 4), STR("<!--"))) return comment_end(page, at + 4);
    size_t end = next(page, at, '>');
    return end < page.len ? end + 1 : end;
}

/* ---- characters alone -------------------------------------------------------------------- */

/* Is "NAME" at `at`, and its end behind it? */
static bool is_name(str page, size_t at, const char *name)
{
    size_t n = strlen(name);
    return at + n < page.len && str_eq_nocase(str_part(page, at, n), (str){name, n})
           && class_of(page, at + n) & (SPACE | SLASH | CLOSE);
}

size_t markup_raw_end(str page, size_t at, const char *name)
{
    for (at = next(page, at, '<'); at < page.len; at = next(page, at + 1, '<'))
        if (at + 1 < page.len && page.ptr[at + 1] == '/' && is_name(page, at + 2, name)) return at;
    return page.len;
}

/* Inside "<!--": behind "-->", or the "</script" that ends the script; *ended tells which. */
static size_t leave_escape(str page, size_t at, bool *ended)
{
    bool doubled = false;
    for (size_t begin = at; at < page.len; at++) {
        char c = page.ptr[at];
        if (c == '>' && at - begin >= 2 && page.ptr[at - 1] == '-' && page.ptr[at - 2] == '-')
            return at + 1;
        if (c != '<') continue;
        bool closing = at + 1 < page.len && page.ptr[at + 1] == '/';
        if (!is_name(page, at + 1 + closing, "script")) continue;
        *ended = closing && !doubled;
        if (*ended) return at;
        doubled = !closing;
    }
    return page.len;
}

size_t markup_script_end(str page, size_t at)
{
    for (at = next(page, at, '<'); at < page.len; at = next(page, at, '<')) {
        bool ended = false;
        if (str_starts(str_part(page, at, 4), STR("<!--"))) {
            at = leave_escape(page, at + 2, &ended); /* "<!-->" is open and shut */
            if (ended) return at;
        } else {
            if (at + 1 < page.len && page.ptr[at + 1] == '/' && is_name(page, at + 2, "script")) return at;
            at++;
        }
    }
    return page.len;
}
