#include <jansson.h>

#include "base/sha256.h"
#include "base/utf8.h"
#include "read/builder.h"
#include "read/document.h"

/* ---- parsing, and mending what other programs write -------------------------------------- */

static void release_json(void *holder)
{
    json_decref(*(json_t **)holder);
}

static json_t *parse(arena *a, str line, json_error_t *fault)
{
    json_t **holder = arena_new(a, json_t *, 1);
    arena_defer(a, release_json, holder);
    *holder = json_loadb(line.ptr, line.len, JSON_ALLOW_NUL, fault);
    return *holder;
}

static int hex4(str s, size_t at)
{
    int v = 0;
    if (at + 6 > s.len || s.ptr[at] != '\\' || s.ptr[at + 1] != 'u') return -1;
    for (size_t i = at + 2; i < at + 6; i++) {
        char c = s.ptr[i];
        int digit = c >= '0' && c <= '9'                 ? c - '0'
                    : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                         : -1;
        if (digit < 0) return -1;
        v = v * 16 + digit;
    }
    return v;
}

/* Half a surrogate pair becomes \ufffd, a malformed byte U+FFFD. */
static str mended(arena *a, str line)
{
    text_builder b;
    builder_init(&b, a, line.len + line.len / 4);
    uint32_t cp;
    for (size_t at = 0; at < line.len;) {
        int unit = hex4(line, at), second = unit >= 0xD800 && unit < 0xDC00 ? hex4(line, at + 6) : -1;
        if (unit >= 0xD800 && unit < 0xE000) {
            bool pair = second >= 0xDC00 && second < 0xE000;
            builder_add(&b, pair ? str_part(line, at, 12) : STR("\\ufffd"), at);
            at += pair ? 12 : 6;
        } else if (line.ptr[at] == '\\' && at + 1 < line.len && (unsigned char)line.ptr[at + 1] < 0x80) {
            builder_add(&b, str_part(line, at, 2), at);
            at += 2;
        } else {
            at += utf8_decode(line, at, &cp);
            builder_code_point(&b, cp, at);
        }
    }
    return builder_text(&b);
}

/* ---- fields ------------------------------------------------------------------------------ */

static str field(const json_t *object, const char *key)
{
    const json_t *v = json_object_get(object, key);
    return json_is_string(v) ? (str){json_string_value(v), json_string_length(v)} : (str){0};
}

static str without_nul(arena *a, str s)
{
    if (!s.len || !memchr(s.ptr, 0, s.len)) return s;
    text_builder b;
    builder_init(&b, a, s.len + 16);
    uint32_t cp;
    for (size_t at = 0; at < s.len;) {
        size_t n = utf8_decode(s, at, &cp);
        builder_code_point(&b, cp, at);
        at += n;
    }
    return builder_text(&b);
}

static void take_field(arena *a, const json_t *object, const char *key, str *into)
{
    str s = str_trim(without_nul(a, field(object, key)));
    if (s.len) *into = s;
}

/* The id: a string, or a number as it is written. */
static str id_of(arena *a, const json_t *object)
{
    const json_t *v = json_object_get(object, "id");
    if (json_is_integer(v)) return arena_format(a, "%lld", (long long)json_integer_value(v));
    return without_nul(a, field(object, "id"));
}

static bool fault(error *e, const read_input *in, size_t number, uint64_t offset, const char *message)
{
    error_set(e, SITREP_BAD_FORMAT, "read", "%s", message);
    return error_at(e, in->path, number, (size_t)offset);
}

static void take_fields(arena *a, const json_t *object, read_input *in)
{
    civil_date day;
    take_field(a, object, "title", &in->title);
    take_field(a, object, "url", &in->url);
    take_field(a, object, "publisher", &in->publisher);
    take_field(a, object, "author", &in->author);
    take_field(a, object, "language", &in->language);
    take_field(a, object, "licence", &in->licence);
    take_field(a, object, "retrieved", &in->retrieved);
    if (read_date(field(object, "date"), &day)) in->published = day;
}

static void from_text(const read_rules *rules, const read_input *in, str text, document *d)
{
    sha256_hex(text, d->sha256);
    if (text.len && memchr(text.ptr, 0, text.len)) {
        text_builder b;
        builder_init(&b, d->arena, text.len + 16);
        uint32_t cp;
        for (size_t at = 0; at < text.len;) {
            size_t n = utf8_decode(text, at, &cp);
            builder_code_point(&b, cp, at);
            at += n;
        }
        d->text = builder_text(&b);
        d->raw_runs = b.runs;
    } else {
        d->text = text.len ? text : STR("");
    }
    document_from_text(rules, in, d);
}

static void from_html(const read_rules *rules, const read_input *in, str html, document *d)
{
    sha256_hex(html, d->sha256);
    document_from_html(rules, in, without_nul(d->arena, html), (raw_run_array){0}, d);
}

bool read_json_line(const read_rules *rules, str line, size_t number, uint64_t offset,
                    const read_input *defaults, document *d, error *e)
{
    read_input in = defaults ? *defaults : (read_input){0};
    json_error_t why;
    if (number == 1 && str_starts(line, STR("\xEF\xBB\xBF"))) line = str_part(line, 3, line.len);
    size_t cap = in.cap_bytes ? in.cap_bytes : READ_CAP_BYTES;
    if (line.len > cap || line.len > UINT32_MAX / 4) {
        error_set(e, SITREP_OVER_LIMIT, "read", "%zu bytes are more than the limit of %zu", line.len, cap);
        return error_at(e, in.path, number, (size_t)offset);
    }
    json_t *object = parse(d->arena, line, &why);
    if (!object && !(object = parse(d->arena, mended(d->arena, line), &(json_error_t){0})))
        return fault(e, &in, number, offset + (uint64_t)why.position, why.text);
    if (!json_is_object(object)) return fault(e, &in, number, offset, "a line of JSONL is an object");
    in.offset = offset;
    in.id = id_of(d->arena, object);
    if (!in.id.len) return fault(e, &in, number, offset, "\"id\" is missing");
    take_fields(d->arena, object, &in);
    str text = field(object, "text"), html = field(object, "html");
    if (!text.ptr && !html.ptr) return fault(e, &in, number, offset, "\"text\" or \"html\" is missing");
    if (text.ptr) from_text(rules, &in, text, d);
    else from_html(rules, &in, html, d);
    return true;
}
