#include "write/json.h"

#include "base/utf8.h"

static void begin_value(json *j)
{
    if (j->comma) out_char(j->o, ',');
    j->comma = true;
}

void out_json_bool(json *j, bool value)
{
    begin_value(j);
    out_str(j->o, value ? STR("true") : STR("false"));
}

void out_json_open(json *j, char bracket)
{
    begin_value(j);
    out_char(j->o, bracket);
    j->comma = false;
}

void out_json_close(json *j, char bracket)
{
    out_char(j->o, bracket);
    j->comma = true;
}

void out_json_key(json *j, const char *name)
{
    out_json_string(j, str_from(name));
    out_char(j->o, ':');
    j->comma = false;
}

void out_json_null(json *j)
{
    begin_value(j);
    out_text(j->o, "null");
}

void out_json_int(json *j, int64_t value)
{
    begin_value(j);
    out_int(j->o, value);
}

void out_json_fixed(json *j, double value, int decimals)
{
    begin_value(j);
    out_fixed(j->o, value, decimals);
}

static void write_escape(out *o, unsigned cp)
{
    static const char hex[] = "0123456789abcdef";
    switch (cp) {
    case '"': out_text(o, "\\\""); return;
    case '\\': out_text(o, "\\\\"); return;
    case '\n': out_text(o, "\\n"); return;
    case '\r': out_text(o, "\\r"); return;
    case '\t': out_text(o, "\\t"); return;
    default: break;
    }
    out_text(o, "\\u");
    for (int shift = 12; shift >= 0; shift -= 4) out_char(o, hex[cp >> shift & 15]);
}

/* Length of a character at `i` that is escaped, its code point to *cp; 0 = it stands for itself. Beyond what
 * RFC 8259 asks for, whatever some program takes for a line's end: DEL, NEL, U+2028, U+2029. */
static size_t escaped_at(str s, size_t i, unsigned *cp)
{
    unsigned char c = (unsigned char)s.ptr[i];
    *cp = c;
    if (c < 0x20 || c == '"' || c == '\\' || c == 0x7F) return 1;
    if (c == 0xC2 && s.len - i >= 2 && (unsigned char)s.ptr[i + 1] == 0x85) return *cp = 0x85, 2;
    bool separator = c == 0xE2 && s.len - i >= 3 && (unsigned char)s.ptr[i + 1] == 0x80
                     && ((unsigned char)s.ptr[i + 2] & 0xFE) == 0xA8;
    if (separator) *cp = 0x2000 + ((unsigned char)s.ptr[i + 2] & 0x3Fu);
    return separator ? 3 : 0;
}

void out_json_string(json *j, str s)
{
    begin_value(j);
    out_char(j->o, '"');
    size_t from = 0, n;
    unsigned cp;
    for (size_t i = 0; i < s.len; i++) {
        if (!(n = escaped_at(s, i, &cp))) continue;
        out_utf8(j->o, str_part(s, from, i - from));
        write_escape(j->o, cp);
        from = i + n;
        i += n - 1;
    }
    out_utf8(j->o, str_part(s, from, s.len));
    out_char(j->o, '"');
}

void out_json_known(json *j, str s)
{
    if (s.len) out_json_string(j, s);
    else out_json_null(j);
}
