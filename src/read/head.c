#include "read/head.h"

bool head_line(str *rest, str *line)
{
    const char *end = rest->len ? memchr(rest->ptr, '\n', rest->len) : NULL;
    if (!end) return false;
    size_t len = (size_t)(end - rest->ptr);
    *line = (str){rest->ptr, len};
    *rest = str_part(*rest, len + 1, rest->len);
    while (line->len && line->ptr[line->len - 1] == '\r') line->len--;
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool all_digits(str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!is_digit(s.ptr[i])) return false;
    return s.len > 0;
}

/* ---- ARC: one line ----------------------------------------------------------------------- */

static bool is_address(str s)
{
    bool any = s.len == 1 && (s.ptr[0] == '-' || s.ptr[0] == '0');
    for (size_t i = 0; i < s.len && !any; i++) {
        char c = s.ptr[i];
        bool hex = is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f');
        if (!hex && c != '.' && c != ':') return false;
    }
    return any || s.len >= 3;
}

static bool has_scheme(str line)
{
    size_t i = 0;
    while (i < line.len && (((line.ptr[i] | 32) >= 'a' && (line.ptr[i] | 32) <= 'z') || line.ptr[i] == '-'))
        i++;
    return i >= 2 && i + 2 < line.len && line.ptr[i] == ':';
}

/* The word that ends at *end, which moves before it. */
static str last_word(str line, size_t *end)
{
    size_t stop = *end, start;
    while (stop && line.ptr[stop - 1] == ' ') stop--;
    for (start = stop; start && line.ptr[start - 1] != ' ';) start--;
    *end = start;
    return str_part(line, start, stop - start);
}

enum { ARC_FIELDS = 10 };

/* URL IP date type [status checksum location offset file] length; the URL may hold spaces, so the fields are
 * counted from the end. */
static bool arc_line(str line, record_head *h)
{
    str words[ARC_FIELDS] = {0}; /* from the end */
    size_t end = line.len;
    if (!has_scheme(line)) return false;
    for (size_t n = 0; n < ARC_FIELDS && end; n++) {
        size_t before = end;
        words[n] = last_word(line, &end);
        bool is_date = n >= 2 && words[n].len >= 8 && words[n].len <= 18 && all_digits(words[n]);
        size_t url_end = end;
        if (!is_date || before == end || !is_address(last_word(line, &url_end)) || !url_end) continue;
        *h = (record_head){.kind = RECORD_RESPONSE,
                           .is_arc = true,
                           .url = str_trim(str_part(line, 0, url_end)),
                           .date = words[n],
                           .type = words[n - 1],
                           .length = -1};
        if (!all_digits(words[0]) || !str_to_int(words[0], &h->length)) h->length = -1;
        if (str_starts(h->url, STR("filedesc:"))) h->kind = RECORD_ABOUT;
        return true;
    }
    return false;
}

/* ---- WARC: lines of fields --------------------------------------------------------------- */

static bool is_version(str s)
{
    return s.len >= 8 && str_starts(s, STR("WARC/")) && is_digit(s.ptr[5]) && s.ptr[6] == '.'
           && is_digit(s.ptr[7]);
}

bool head_begins(str s)
{
    str line;
    record_head h;
    if (is_version(s)) return true;
    return s.len && (s.ptr[0] | 32) >= 'a' && (s.ptr[0] | 32) <= 'z' && head_line(&s, &line)
           && arc_line(line, &h);
}

static record_kind kind_of(str name)
{
    static const struct {
        const char *name;
        record_kind kind;
    } kinds[] = {{"response", RECORD_RESPONSE},
                 {"resource", RECORD_RESOURCE},
                 {"conversion", RECORD_CONVERSION},
                 {"revisit", RECORD_REVISIT},
                 {"continuation", RECORD_CONTINUATION},
                 {"warcinfo", RECORD_ABOUT},
                 {"request", RECORD_ABOUT},
                 {"metadata", RECORD_ABOUT}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq_nocase(name, str_from(kinds[i].name))) return kinds[i].kind;
    return RECORD_UNKNOWN;
}

/* The first of a name counts. */
static void take_field(record_head *h, str name, str value)
{
    const struct {
        const char *name;
        str *into;
    } fields[] = {{"WARC-Type", &h->kind_name},
                  {"WARC-Target-URI", &h->url},
                  {"WARC-Record-ID", &h->id},
                  {"WARC-Date", &h->date},
                  {"Content-Type", &h->type},
                  {"WARC-Payload-Digest", &h->payload_digest},
                  {"WARC-Block-Digest", &h->block_digest},
                  {"WARC-Refers-To", &h->refers_to},
                  {"WARC-Truncated", &h->truncated}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (!fields[i].into->ptr && str_eq_nocase(name, str_from(fields[i].name))) *fields[i].into = value;
    if (h->length < 0 && str_eq_nocase(name, STR("Content-Length")) && all_digits(value)
        && !str_to_int(value, &h->length))
        h->length = -1;
}

static str without_brackets(str s)
{
    if (s.len >= 2 && s.ptr[0] == '<' && s.ptr[s.len - 1] == '>') s = str_trim(str_part(s, 1, s.len - 2));
    return s;
}

static void settle(record_head *h)
{
    h->kind = kind_of(h->kind_name);
    h->url = without_brackets(h->url);
    h->id = without_brackets(h->id);
    h->refers_to = without_brackets(h->refers_to);
}

static head_result warc_head(str s, record_head *h)
{
    str rest = s, line;
    *h = (record_head){.length = -1};
    if (!head_line(&rest, &line)) return HEAD_UNFINISHED;
    while (head_line(&rest, &line)) {
        if (!line.len) {
            h->n = s.len - rest.len;
            settle(h);
            return HEAD_READ;
        }
        size_t before = line.len > 8 ? line.len - 8 : 0;
        if (is_version(
                str_part(line, before, 8))) { /* the next record begins: this one broke off in its head */
            h->n = (size_t)(line.ptr - s.ptr) + before;
            h->is_broken = true;
            settle(h);
            return HEAD_READ;
        }
        size_t colon = str_find(line, STR(":"), 0);
        if (colon < line.len && line.ptr[0] != ' ' && line.ptr[0] != '\t')
            take_field(h, str_trim(str_part(line, 0, colon)),
                       str_trim(str_part(line, colon + 1, line.len)));
    }
    return HEAD_UNFINISHED;
}

head_result head_read(str s, record_head *h)
{
    str rest = s, line;
    if (is_version(s)) return warc_head(s, h);
    if (!head_line(&rest, &line)) return HEAD_UNFINISHED;
    if (!arc_line(line, h)) return HEAD_NONE;
    h->n = s.len - rest.len;
    return HEAD_READ;
}

/* ---- values ------------------------------------------------------------------------------ */

str head_url(arena *a, str url)
{
    size_t n = 0, spaces = 0;
    for (size_t i = 0; i < url.len; i++) spaces += (unsigned char)url.ptr[i] <= ' ';
    if (!spaces) return url.len ? arena_copy(a, url) : (str){0};
    char *out = arena_new(a, char, url.len + 2 * spaces + 1);
    for (size_t i = 0; i < url.len; i++) {
        unsigned char c = (unsigned char)url.ptr[i];
        if (c > ' ') {
            out[n++] = (char)c;
            continue;
        }
        out[n++] = '%';
        out[n++] = "0123"[c >> 4];
        out[n++] = "0123456789ABCDEF"[c & 15];
    }
    return (str){out, n};
}

static bool is_iso(str s)
{
    if (s.len < 4 || s.len > 40 || !all_digits(str_part(s, 0, 4))) return false;
    for (size_t i = 4; i < s.len; i++)
        if (!is_digit(s.ptr[i]) && !strchr("-:.+TZtz", s.ptr[i])) return false;
    return s.len == 4 || s.ptr[4] == '-';
}

str head_date(arena *a, str s)
{
    if (s.len < 8 || !all_digits(s)) return is_iso(s) ? arena_copy(a, s) : (str){0};
    const char *c = s.ptr;
    if (s.len < 14) return arena_format(a, "%.4s-%.2s-%.2s", c, c + 4, c + 6);
    return arena_format(a, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", c, c + 4, c + 6, c + 8, c + 10, c + 12);
}
