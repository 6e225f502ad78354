#include "write/json.h"

#include "base/utf8.h"

static void begin_value(json *j)
{
    if (j->comma) out_char(j->o, ',');
    j->comma = true;
}

void json_open(json *j, char bracket)
{
    begin_value(j);
    out_char(j->o, bracket);
    j->comma = false;
}

void json_close(json *j, char bracket)
{
    out_char(j->o, bracket);
    j->comma = true;
}

void json_key(json *j, const char *name)
{
    json_string(j, str_from(name));
    out_char(j->o, ':');
    j->comma = false;
}

void json_null(json *j)
{
    begin_value(j);
    out_text(j->o, "null");
}

void json_int(json *j, int64_t value)
{
    begin_value(j);
    out_int(j->o, value);
}

void json_fixed(json *j, double value, int decimals)
{
    begin_value(j);
    out_fixed(j->o, value, decimals);
}

static void write_escape(out *o, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    switch (c) {
    case '"': out_text(o, "\\\""); return;
    case '\\': out_text(o, "\\\\"); return;
    case '\n': out_text(o, "\\n"); return;
    case '\r': out_text(o, "\\r"); return;
    case '\t': out_text(o, "\\t"); return;
    default: break;
    }
    out_text(o, "\\u00");
    out_char(o, hex[c >> 4]);
    out_char(o, hex[c & 15]);
}

void json_string(json *j, str s)
{
    begin_value(j);
    out_char(j->o, '"');
    size_t from = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F) continue;
        out_utf8(j->o, str_part(s, from, i - from));
        write_escape(j->o, c);
        from = i + 1;
    }
    out_utf8(j->o, str_part(s, from, s.len));
    out_char(j->o, '"');
}

void json_known(json *j, str s)
{
    if (s.len) json_string(j, s);
    else json_null(j);
}
