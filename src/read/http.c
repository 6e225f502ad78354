#include "read/http.h"

#include "read/head.h"
#include "read/inflate.h"
#include "read/read.h"

/* ---- the header -------------------------------------------------------------------------- */

static int status_of(str line)
{
    size_t at = str_find(line, STR(" "), 0);
    int64_t status;
    str word = str_trim(str_part(line, at, line.len));
    return word.len >= 3 && str_to_int(str_part(word, 0, 3), &status) && status > 0 ? (int)status : 0;
}

static void take_field(http_head *h, str line)
{
    const struct {
        const char *name;
        str *into;
    } fields[] = {{"Content-Type", &h->type},
                  {"Transfer-Encoding", &h->transfer_encoding},
                  {"Content-Encoding", &h->content_encoding}};
    size_t colon = str_find(line, STR(":"), 0);
    if (colon >= line.len) return;
    str name = str_trim(str_part(line, 0, colon));
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (str_eq_nocase(name, str_from(fields[i].name)))
            *fields[i].into = str_trim(str_part(line, colon + 1, line.len));
}

bool http_head_read(str s, http_head *h)
{
    str rest = s, line;
    *h = (http_head){.is_http = str_starts(s, STR("HTTP"))};
    if (!h->is_http) return true;
    h->n = s.len;
    if (!head_line(&rest, &line)) return false;
    h->status = status_of(line);
    while (head_line(&rest, &line)) {
        if (!line.len) {
            h->n = s.len - rest.len;
            return true;
        }
        take_field(h, line);
    }
    return false;
}

str http_media_type(str type, char out[96])
{
    size_t n = 0;
    for (size_t i = 0; i < type.len && n < 95; i++) {
        char c = type.ptr[i];
        if (c == ';' || c == ',' || c == ' ' || c == '\t') break;
        out[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    return (str){out, n};
}

str http_charset(str type)
{
    for (size_t at = 0; at + 8 < type.len; at++) {
        if (!str_eq_nocase(str_part(type, at, 8), STR("charset="))) continue;
        size_t start = at + 8, end;
        while (start < type.len
               && (type.ptr[start] == '"' || type.ptr[start] == '\'' || type.ptr[start] == ' '))
            start++;
        for (end = start; end < type.len && !memchr("\"'; ,", type.ptr[end], 5);) end++;
        return end > start ? str_part(type, start, end - start) : (str){0};
    }
    return (str){0};
}

/* ---- chunks ------------------------------------------------------------------------------ */

/* "1f40;name=value": the size, or -1. */
static int64_t chunk_size(str line)
{
    int64_t size = 0;
    size_t i = 0, digits = 0;
    line = str_trim(line);
    for (; i < line.len; i++, digits++) {
        char c = line.ptr[i], low = (char)(c | 32);
        int digit = c >= '0' && c <= '9' ? c - '0' : low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
        if (digit < 0) break;
        if (size > INT64_MAX / 16 - 16) return -1;
        size = size * 16 + digit;
    }
    bool clean = i == line.len || line.ptr[i] == ';' || line.ptr[i] == ' ';
    return digits && clean ? size : -1;
}

typedef enum chunk_result { CHUNK, CHUNK_LAST, CHUNK_BROKEN, CHUNK_CUT } chunk_result;

/* Cuts a chunk off the front of *rest. Broken: *rest stays. */
static chunk_result next_chunk(str *rest, str *chunk)
{
    str after = *rest, line = {0};
    if (!head_line(&after, &line)) return rest->len ? CHUNK_BROKEN : CHUNK_CUT;
    int64_t size = line.len < 256 ? chunk_size(line) : -1;
    if (size < 0) return CHUNK_BROKEN;
    *chunk = str_part(after, 0, (size_t)size);
    after = str_part(after, (size_t)size, after.len);
    if (size == 0) return CHUNK_LAST;
    if (chunk->len < (size_t)size) {
        *rest = after;
        return CHUNK_CUT;
    }
    if (str_starts(after, STR("\r\n"))) after = str_part(after, 2, after.len);
    else if (str_starts(after, STR("\n"))) after = str_part(after, 1, after.len);
    else if (after.len) return CHUNK_BROKEN;
    *rest = after;
    return CHUNK;
}

/* A body that is called chunked but does not begin so is taken as it is; where sizes stop making sense, what
 * is left is taken as it stands. */
static str dechunk(arena *a, str body, document *d)
{
    str rest = body, chunk = {0};
    if (next_chunk(&(str){body.ptr, body.len}, &chunk) == CHUNK_BROKEN) {
        str line, after = body;
        if (!head_line(&after, &line) || chunk_size(line) < 0) return body;
    }
    char *out = arena_new(a, char, body.len + 1);
    size_t n = 0;
    for (;;) {
        chunk_result r = next_chunk(&rest, &chunk);
        if (r == CHUNK_BROKEN) {
            read_note(d, "the sizes of its chunks are wrong; taken as it stands from byte %zu of the body",
                      body.len - rest.len);
            str line, after = rest;
            chunk = head_line(&after, &line) && chunk_size(line) >= 0 ? after : rest;
        }
        if (r == CHUNK_CUT && chunk.len) read_note(d, "its last chunk is cut off");
        if (r != CHUNK_LAST && chunk.len) {
            memcpy(out + n, chunk.ptr, chunk.len);
            n += chunk.len;
        }
        if (r != CHUNK) return (str){out, n};
        chunk = (str){0};
    }
}

/* ---- the body ---------------------------------------------------------------------------- */

static bool names(str list, const char *encoding)
{
    for (str rest = list; rest.ptr;)
        if (str_eq_nocase(str_cut(&rest, ','), str_from(encoding))) return true;
    return false;
}

/* The encodings in the order in which they are undone: the last one first. */
static bool undo_all(str list, str body, size_t cap, document *d, str *decoded, error *e)
{
    enum { MAX_ENCODINGS = 4 };
    str encodings[MAX_ENCODINGS];
    size_t n = 0;
    *decoded = body;
    for (str rest = list; rest.ptr;) {
        str name = str_cut(&rest, ',');
        if (!name.len || str_eq_nocase(name, STR("identity")) || str_eq_nocase(name, STR("chunked")))
            continue;
        if (n == MAX_ENCODINGS)
            return error_set(e, SITREP_OVER_LIMIT, "read", "compressed more than %d times over",
                             MAX_ENCODINGS);
        encodings[n++] = name;
    }
    while (n)
        if (!inflate_body(encodings[--n], *decoded, cap, d, decoded, e)) return false;
    return true;
}

bool http_body(const http_head *h, str body, size_t cap, document *d, str *dechunked, str *decoded,
               error *e)
{
    *dechunked = names(h->transfer_encoding, "chunked") ? dechunk(d->arena, body, d) : body;
    str unpacked = *dechunked;
    if (!undo_all(h->transfer_encoding, unpacked, cap, d, &unpacked, e)) return false;
    return undo_all(h->content_encoding, unpacked, cap, d, decoded, e);
}
