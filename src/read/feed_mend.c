/* Mending XML before it is parsed: what is cut out leaves its line ends, so that lines keep their numbers. */
#include "base/utf8.h"
#include "read/feed_parts.h"

typedef struct mender {
    str in;
    size_t at;
    char *out; /* room for the worst case */
    size_t n;
    bool no_comment_end, no_instruction_end, has_doctype; /* looking again would be in vain, and slow */
} mender;

static void put(mender *m, const char *bytes, size_t len)
{
    memcpy(m->out + m->n, bytes, len);
    m->n += len;
}

/* Leaves out what stands before `end`, but for its line ends. */
static void skip_to(mender *m, size_t end)
{
    for (; m->at < end; m->at++)
        if (m->in.ptr[m->at] == '\n') m->out[m->n++] = '\n';
}

static bool starts_at(const mender *m, const char *what)
{
    size_t n = strlen(what);
    return str_eq_nocase(str_part(m->in, m->at, n), str_from(what));
}

/* Behind the next `mark`, or SIZE_MAX where there is none. */
static size_t behind(const mender *m, const char *mark)
{
    size_t at = str_find(m->in, str_from(mark), m->at);
    return at < m->in.len ? at + strlen(mark) : SIZE_MAX;
}

/* Behind a document type declaration, its own declarations included. */
static size_t behind_doctype(const mender *m)
{
    char quote = 0;
    bool inside = false;
    for (size_t i = m->at; i < m->in.len; i++) {
        char c = m->in.ptr[i];
        if (quote) quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'') quote = c;
        else if (c == '[') inside = true;
        else if (c == ']') inside = false;
        else if (c == '>' && !inside) return i + 1;
    }
    return SIZE_MAX;
}

static bool is_name_start(char c)
{
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_xml_char(uint32_t cp)
{
    return cp == '\t' || cp == '\n' || cp == '\r' || (cp >= 0x20 && cp < 0xD800)
           || (cp >= 0xE000 && cp < 0xFFFE) || (cp >= 0x10000 && cp <= 0x10FFFF);
}

/* "&#…;" at the cursor: its length and code point; 0 = none. */
static size_t numeric_reference(const mender *m, uint32_t *cp)
{
    size_t i = m->at + 2, start;
    bool hex = i < m->in.len && (m->in.ptr[i] | 32) == 'x';
    i += hex;
    uint64_t value = 0;
    for (start = i; i < m->in.len && i < start + 8; i++) {
        char c = m->in.ptr[i];
        int digit = c >= '0' && c <= '9'                        ? c - '0'
                    : hex && (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                                : -1;
        if (digit < 0) break;
        value = value * (hex ? 16 : 10) + (uint64_t)digit;
    }
    if (i == start || i >= m->in.len || m->in.ptr[i] != ';') return 0;
    *cp = value > 0x10FFFF ? 0xFFFD : (uint32_t)value;
    return i + 1 - m->at;
}

static void ampersand(mender *m)
{
    static const char *const names[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};
    uint32_t cp = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t n = strlen(names[i]);
        if (!str_eq(str_part(m->in, m->at, n), str_from(names[i]))) continue;
        put(m, names[i], n);
        m->at += n;
        return;
    }
    size_t n = starts_at(m, "&#") ? numeric_reference(m, &cp) : 0;
    if (!n) put(m, "&amp;", 5);
    else if (is_xml_char(cp)) put(m, m->in.ptr + m->at, n);
    else put(m, "\xEF\xBF\xBD", 3);
    m->at += n ? n : 1;
}

/* One character that is no markup. */
static void plain(mender *m)
{
    uint32_t cp;
    size_t n = utf8_decode(m->in, m->at, &cp);
    if (is_xml_char(cp)) put(m, m->in.ptr + m->at, n);
    else put(m, " ", 1);
    m->at += n;
}

static void plain_to(mender *m, size_t end)
{
    while (m->at < end) plain(m);
}

/* A tag up to its end; signs inside its values are escaped. */
static void tag(mender *m)
{
    char quote = 0;
    m->out[m->n++] = m->in.ptr[m->at++];
    while (m->at < m->in.len) {
        char c = m->in.ptr[m->at];
        if (c == '&') {
            ampersand(m);
            continue;
        }
        if (c == '<' && !quote) return; /* never closed */
        if (c == '<') {
            put(m, "&lt;", 4);
            m->at++;
            continue;
        }
        if (quote) quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'') quote = c;
        plain(m);
        if (c == '>' && !quote) return;
    }
}

/* The end of what is cut out whole: a comment, an instruction, the first document type declaration. */
static size_t end_of_aside(mender *m)
{
    size_t end = SIZE_MAX;
    if (starts_at(m, "<!--") && !m->no_comment_end)
        m->no_comment_end = (end = behind(m, "-->")) == SIZE_MAX;
    else if (starts_at(m, "<?") && !m->no_instruction_end)
        m->no_instruction_end = (end = behind(m, "?>")) == SIZE_MAX;
    else if (starts_at(m, "<!DOCTYPE") && !m->has_doctype) {
        m->has_doctype = true;
        end = behind_doctype(m);
    }
    return end;
}

static void less_than(mender *m)
{
    size_t end;
    char next = m->at + 1 < m->in.len ? m->in.ptr[m->at + 1] : ' ';
    bool closing = next == '/' && m->at + 2 < m->in.len && is_name_start(m->in.ptr[m->at + 2]);
    if (is_name_start(next) || closing) tag(m);
    else if (starts_at(m, "<![CDATA[")) plain_to(m, (end = behind(m, "]]>")) == SIZE_MAX ? m->in.len : end);
    else if ((end = end_of_aside(m)) != SIZE_MAX) skip_to(m, end);
    else {
        put(m, "&lt;", 4);
        m->at++;
    }
}

str feed_mend(arena *a, str text)
{
    size_t grow = 1;
    for (size_t i = 0; i < text.len; i++) grow += text.ptr[i] == '<' || text.ptr[i] == '&' ? 4 : 0;
    mender m = {.in = text, .out = arena_new(a, char, text.len + grow)};
    const char *first = text.len ? memchr(text.ptr, '<', text.len) : NULL;
    skip_to(&m, first ? (size_t)(first - text.ptr) : text.len);
    while (m.at < text.len) {
        char c = text.ptr[m.at];
        if (c == '<') less_than(&m);
        else if (c == '&') ampersand(&m);
        else plain(&m);
    }
    return (str){m.out, m.n};
}
