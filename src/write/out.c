#include "write/out.h"

#include <math.h>

#include "base/utf8.h"

void out_init(out *o, sitrep_sink_fn *sink, void *context)
{
    o->sink = sink;
    o->context = context;
    o->failed = false;
    o->n = 0;
}

bool out_flush(out *o)
{
    if (o->n && !o->failed) o->failed = !o->sink(o->context, o->buffer, o->n);
    o->n = 0;
    return !o->failed;
}

void out_str(out *o, str s)
{
    if (!s.len) return;
    if (s.len > sizeof o->buffer - o->n) out_flush(o);
    if (s.len > sizeof o->buffer) {
        if (!o->failed) o->failed = !o->sink(o->context, s.ptr, s.len);
        return;
    }
    memcpy(o->buffer + o->n, s.ptr, s.len);
    o->n += s.len;
}

void out_text(out *o, const char *c)
{
    out_str(o, str_from(c));
}

void out_char(out *o, char c)
{
    if (o->n == sizeof o->buffer) out_flush(o);
    o->buffer[o->n++] = c;
}

void out_repeat(out *o, const char *c, size_t times)
{
    while (times--) out_text(o, c);
}

static void out_digits(out *o, uint64_t value, int at_least)
{
    char digits[24];
    size_t at = sizeof digits;
    for (int n = 0; value || n < at_least; n++, value /= 10) digits[--at] = (char)('0' + value % 10);
    out_str(o, (str){digits + at, sizeof digits - at});
}

void out_int(out *o, int64_t value)
{
    if (value < 0) out_char(o, '-');
    out_digits(o, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, 1);
}

void out_fixed(out *o, double value, int decimals)
{
    uint64_t scale = 1;
    int places = decimals;
    for (int i = 0; i < places; i++) scale *= 10;
    if (!(fabs(value) < 9e9)) value = 0;
    uint64_t scaled = (uint64_t)llround(fabs(value) * (double)scale);
    if (value < 0 && scaled) out_char(o, '-');
    out_digits(o, scaled / scale, 1);
    uint64_t rest = scaled % scale;
    if (!rest) return;
    for (; rest % 10 == 0; rest /= 10) places--;
    out_char(o, '.');
    out_digits(o, rest, places);
}

void out_utf8(out *o, str s)
{
    while (s.len) {
        size_t good = utf8_valid_prefix(s);
        out_str(o, str_part(s, 0, good));
        if (good < s.len) out_text(o, "\xEF\xBF\xBD");
        s = str_part(s, good + 1, s.len);
    }
}

void out_csv_part(out *o, str s)
{
    while (s.len) {
        size_t quote = str_find(s, STR("\""), 0);
        size_t n = quote < s.len ? quote + 1 : s.len;
        out_utf8(o, str_part(s, 0, n));
        if (quote < s.len) out_char(o, '"');
        s = str_part(s, n, s.len);
    }
}
