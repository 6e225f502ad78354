#include "read/records.h"

#include <stdio.h>

#include "read/content.h"
#include "read/http.h"
#include "read/read.h"

enum {
    LOOK_BYTES = 4096,    /* asked for at a time; a line that begins an ARC record fits in */
    SKIP_STEP = 1 << 20,  /* passed over at a time */
    SURE_BYTES = 8 << 20, /* of what is skipped: so far ahead is looked whether a length is right */
    NO_TEXT = 64          /* fewer bytes hold nothing to be read */
};

void records_open(read_records *r, read_window *window, size_t cap_bytes)
{
    *r = (read_records){.window = window, .cap_bytes = cap_bytes};
}

void records_close(read_records *r)
{
    seen_release(&r->seen);
}

static records_result fault(read_records *r, error *e, uint64_t offset, const char *what)
{
    r->tally.damaged++;
    error_set(e, SITREP_BAD_FORMAT, "read", "byte %llu: %s", (unsigned long long)offset, what);
    e->offset = (size_t)offset;
    return RECORDS_FAILED;
}

/* ---- where records begin ----------------------------------------------------------------- */

static bool is_line_end(char c)
{
    return c == '\r' || c == '\n';
}

/* A version alone on its line, and a field behind it: the end of a line need not stand before. */
static bool is_whole_head(str s)
{
    str line, name;
    if (!head_begins(s) || !head_line(&s, &line) || line.len != 8) return false;
    name = str_part(s, 0, 5);
    return str_eq_nocase(name, STR("WARC-")) || str_eq_nocase(name, STR("Conte"));
}

/* The first place from `from` on where a record begins; s.len where there is none. */
static size_t find_warc(str s, size_t from)
{
    for (size_t at = from; (at = str_find(s, STR("WARC/"), at)) < s.len; at++) {
        str rest = str_part(s, at, s.len);
        if (at == 0 || s.ptr[at - 1] == '\n' ? head_begins(rest) : is_whole_head(rest)) return at;
    }
    return s.len;
}

static size_t find_arc(str s, size_t from)
{
    for (size_t at = from; at < s.len;) {
        if ((at == 0 || s.ptr[at - 1] == '\n') && head_begins(str_part(s, at, s.len))) return at;
        const char *hit = memchr(s.ptr + at, '\n', s.len - at);
        if (!hit) break;
        at = (size_t)(hit - s.ptr) + 1;
    }
    return s.len;
}

static size_t find_record(const read_records *r, str s, size_t from)
{
    return r->is_arc ? find_arc(s, from) : find_warc(s, from);
}

/* Does the content that ends before `after` end as it should? `whole`: nothing follows behind `after`. */
static bool ends_well(const read_records *r, str after, bool whole)
{
    size_t n = 0;
    while (n < after.len && n < 8 && is_line_end(after.ptr[n])) n++;
    str behind = str_part(after, n, after.len);
    if ((whole && !behind.len) || head_begins(behind)) return true;
    return !r->is_arc && (str_starts(after, STR("\r\n\r\n")) || str_starts(after, STR("\n\n")));
}

/* ---- what is passed over ----------------------------------------------------------------- */

/* Goes over `length` bytes (-1: as many as there are) up to what the record's end is; false where they are not
 * there. */
static bool skip(read_records *r, int64_t length)
{
    read_window *w = r->window;
    uint64_t left = length < 0 ? UINT64_MAX : (uint64_t)length;
    char after[LOOK_BYTES];
    if (window_is_plain(w) && left > SKIP_STEP && left < w->unpack.source.size - w->at) {
        size_t n = window_peek_at(w, w->at + left, after, sizeof after);
        if (ends_well(r, (str){after, n}, n < sizeof after)) {
            window_seek(w, w->at + left);
            return true;
        }
    }
    bool sure = false;
    for (size_t from = 0; left; from = 1) {
        str s = window_need(w, (left < SKIP_STEP ? (size_t)left : SKIP_STEP) + LOOK_BYTES);
        bool whole = w->has_fence || w->at_end;
        size_t part = s.len < left ? s.len : (size_t)left, at = sure ? part : find_record(r, s, from);
        if (!part) return length < 0;
        if (at < part && left <= SURE_BYTES) {
            s = window_need(w, (size_t)left + LOOK_BYTES);
            sure =
                s.len >= left && ends_well(r, str_part(s, (size_t)left, s.len), w->has_fence || w->at_end);
            if (sure) continue;
        }
        if (at < part) {
            window_take(w, at);
            return length < 0;
        }
        /* a line that begins a record may lie across the edge */
        size_t keep = !whole && part < left && part > LOOK_BYTES ? LOOK_BYTES : 0;
        window_take(w, part - keep);
        left -= left == UINT64_MAX ? 0 : part - keep;
    }
    return true;
}

/* ---- heads ------------------------------------------------------------------------------- */

typedef enum head_state { HEAD_GOOD, HEAD_CUT, HEAD_ENDLESS, HEAD_RUBBISH } head_state;

static head_state need_head(read_window *w, record_head *h, str *s)
{
    for (size_t n = LOOK_BYTES;; n *= 2) {
        *s = window_need(w, n);
        head_result got = head_read(*s, h);
        if (got == HEAD_READ) return HEAD_GOOD;
        if (got == HEAD_NONE) return HEAD_RUBBISH;
        if (s->len < n) return HEAD_CUT;
        if (n >= HEAD_CAP_BYTES) return HEAD_ENDLESS;
    }
}

/* Goes to the next place where a record begins. */
static records_result skip_rubbish(read_records *r, bool is_record, error *e, const char *what)
{
    read_window *w = r->window;
    uint64_t offset = window_offset(w), from = w->at;
    for (;;) {
        str s = window_need(w, SKIP_STEP); /* what stands at its beginning is no record */
        size_t warc = find_warc(s, 1), arc = find_arc(str_part(s, 0, warc), 1);
        size_t at = arc < warc ? arc : warc;
        bool found = at < s.len, whole = w->has_fence || w->at_end;
        size_t keep = !found && !whole && s.len > LOOK_BYTES ? LOOK_BYTES : 0;
        window_take(w, found ? at : s.len - keep);
        if (found || whole) break;
    }
    uint64_t lost = w->at - from;
    fault(r, e, offset, what);
    size_t n = strlen(e->message);
    snprintf(e->message + n, sizeof e->message - n, " (%llu bytes)", (unsigned long long)lost);
    if (lost >= NO_TEXT || is_record) return RECORDS_FAILED;
    e->code = SITREP_PASSED_OVER;
    return RECORDS_NOTE;
}

/* ---- what is read ------------------------------------------------------------------------ */

typedef struct verdict {
    bool is_read;
    bool is_told; /* passed over silently where false */
    bool is_feed;
    tally_reason reason;
    char label[TALLY_LABEL_BYTES];
} verdict;

static verdict pass(tally_reason reason, const char *label, int number)
{
    verdict v = {.is_told = true, .reason = reason};
    snprintf(v.label, sizeof v.label, label, number);
    return v;
}

static bool is_robots(str url)
{
    return str_ends(url, STR("/robots.txt"));
}

static verdict judge_content(const record_head *h, str type, str beginning)
{
    char name[96];
    verdict v = {.is_told = true, .reason = TALLY_CONTENT};
    str media = http_media_type(type, name);
    content_kind kind = content_of_type(media);
    v.is_read = content_is_read(kind, beginning);
    read_format looks = read_recognise(beginning, (str){0});
    v.is_feed = kind == CONTENT_FEED || looks == READ_FEED || (kind == CONTENT_XML && looks != READ_HTML);
    if (v.is_read && is_robots(h->url)) return pass(TALLY_CONTENT, "robots.txt", 0);
    if (str_starts(h->url, STR("metadata:"))) return pass(TALLY_CONTENT, "of the crawler", 0);
    media = media.len ? media : STR("no type");
    memcpy(v.label, media.ptr, media.len < sizeof v.label ? media.len : sizeof v.label - 1);
    return v;
}

/* The beginning of a body that is not packed. */
static str beginning_of(const http_head *http, str content)
{
    bool packed = http->content_encoding.len || http->transfer_encoding.len;
    return packed ? (str){0} : str_part(content, http->n, LOOK_BYTES);
}

static verdict judge_response(const record_head *h, str content)
{
    http_head http;
    char name[96];
    http_head_read(content, &http);
    if (!http.is_http) {
        bool is_message = str_is(http_media_type(h->type, name), "application/http");
        return judge_content(h, is_message ? (str){0} : h->type, str_part(content, 0, LOOK_BYTES));
    }
    if (http.status != 200) return pass(TALLY_STATUS, http.status ? "%d" : "none", http.status);
    return judge_content(h, http.type.len || !h->is_arc ? http.type : h->type,
                         beginning_of(&http, content));
}

static verdict judge_revisit(const read_records *r, const record_head *h, str content)
{
    seen_state by_digest = seen_find(&r->seen, h->payload_digest);
    seen_state state = seen_find(&r->seen, h->refers_to);
    http_head http;
    if (by_digest > state) state = by_digest;
    if (state == SEEN_READ) return pass(TALLY_REVISIT, "of what was read", 0);
    if (state == SEEN_PASSED) return pass(TALLY_REVISIT, "of what was passed over", 0);
    http_head_read(content, &http);
    if (http.is_http && str_trim(str_part(content, http.n, content.len)).len)
        return judge_response(h, content);
    return pass(TALLY_REVISIT, "of what is not in this archive", 0);
}

static verdict judge(const read_records *r, const record_head *h, str content)
{
    switch (h->kind) {
    case RECORD_RESPONSE: return judge_response(h, content);
    case RECORD_RESOURCE:
    case RECORD_CONVERSION: return judge_content(h, h->type, str_part(content, 0, LOOK_BYTES));
    case RECORD_REVISIT: return judge_revisit(r, h, content);
    case RECORD_CONTINUATION: return pass(TALLY_OTHER, "continuations", 0);
    case RECORD_UNKNOWN: return pass(TALLY_OTHER, "of unknown kind", 0);
    default: return (verdict){0};
    }
}

/* So much of the content that its HTTP header is there, or all of it. */
static str need_content(read_window *w, const record_head *h)
{
    http_head http;
    for (size_t n = LOOK_BYTES;; n *= 2) {
        size_t want = h->length >= 0 && (uint64_t)h->length < n ? (size_t)h->length : n;
        str s = window_need(w, h->n + want), content = str_part(s, h->n, want);
        if (content.len < n || http_head_read(content, &http) || n >= HEAD_CAP_BYTES) return content;
    }
}

/* ---- where records end ------------------------------------------------------------------- */

/* Without the line ends that part it from the next record. */
static size_t without_separator(const read_records *r, str s, size_t begin, size_t end)
{
    size_t most = r->is_arc ? 2 : 4;
    while (end > begin && most-- && is_line_end(s.ptr[end - 1])) end--;
    return end;
}

/* The end of the record before the next one in sight; SIZE_MAX where it is further away than a record may be
 * long. */
static size_t end_by_search(read_records *r, const record_head *h, read_record *record)
{
    read_window *w = r->window;
    size_t looked = h->n;
    for (size_t n = h->n + SKIP_STEP;; n += n / 2) {
        str s = window_need(w, n);
        size_t at = find_record(r, s, looked);
        record->bytes = s;
        if (at < s.len) return at;
        if (w->has_fence || w->at_end) return s.len;
        if (s.len > h->n + r->cap_bytes) return SIZE_MAX;
        looked = s.len > LOOK_BYTES + h->n ? s.len - LOOK_BYTES : h->n;
    }
}

/* Can it be seen from afar that the content ends where its length says? */
static bool lies_as_told(const read_records *r, const record_head *h)
{
    const read_window *w = r->window;
    char after[LOOK_BYTES];
    uint64_t end = w->at + h->n + (uint64_t)h->length;
    if (!window_is_plain(w) || end > w->unpack.source.size) return false;
    size_t n = window_peek_at(w, end, after, sizeof after);
    return ends_well(r, (str){after, n}, n < sizeof after);
}

/* Settles where the record ends, and what of it is its own; false where it is too long. */
static bool settle_end(read_records *r, const record_head *h, read_record *record)
{
    read_window *w = r->window;
    bool too_long = h->length > (int64_t)r->cap_bytes;
    if (too_long && lies_as_told(r, h)) return false;
    size_t told = too_long ? SIZE_MAX : h->n + (h->length > 0 ? (size_t)h->length : 0);
    if (h->length >= 0 && !too_long) {
        record->bytes = window_need(w, told + LOOK_BYTES);
        str s = record->bytes;
        bool whole = w->has_fence || w->at_end;
        if (s.len >= told && ends_well(r, str_part(s, told, s.len), whole)) {
            r->given = told;
            record->bytes = str_part(s, 0, told);
            return true;
        }
    }
    size_t end = end_by_search(r, h, record);
    if (end == SIZE_MAX && (too_long || h->length < 0)) return false;
    bool found = end < record->bytes.len;
    record->is_cut = !found && end < told && (w->has_trouble || w->at_end);
    record->has_wrong_length = h->length >= 0 && !record->is_cut;
    if (!found && end >= told && h->length >= 0) { /* no other record: what is behind it is rubbish */
        record->has_wrong_length = false;
        end = told;
    }
    r->given = end;
    if (!record->is_cut) end = without_separator(r, record->bytes, h->n, end);
    record->bytes = str_part(record->bytes, 0, end);
    return true;
}

static records_result give(read_records *r, const record_head *h, read_record *record, error *e)
{
    if (!settle_end(r, h, record)) {
        fault(r, e, record->offset, "the record is larger than a document may be; passed over");
        e->code = SITREP_OVER_LIMIT;
        window_take(r->window, h->n);
        skip(r, h->length);
        return RECORDS_FAILED;
    }
    http_head http;
    str content = str_part(record->bytes, h->n, record->bytes.len);
    http_head_read(content, &http);
    if (record->is_cut && str_trim(str_part(content, http.n, content.len)).len < NO_TEXT)
        return fault(r, e, record->offset, "the record is cut off; nothing of it can be read");
    if (!str_trim(str_part(content, http.n, content.len)).len) {
        tally_pass(&r->tally, TALLY_OTHER, STR("empty"));
        window_take(r->window, r->given);
        r->given = 0;
        record->bytes = (str){0};
        return RECORDS_GIVEN;
    }
    r->tally.given++;
    return RECORDS_GIVEN;
}

/* ---- one after another ------------------------------------------------------------------- */

static records_result pass_over(read_records *r, const record_head *h, const verdict *v, uint64_t offset,
                                error *e)
{
    read_window *w = r->window;
    if (v->is_told) tally_pass(&r->tally, v->reason, str_from(v->label));
    window_take(w, h->n);
    if (skip(r, h->length)) return RECORDS_GIVEN;
    if (w->has_trouble) return RECORDS_GIVEN; /* the damage is told next */
    fault(r, e, offset,
          w->at_end && w->start == w->end ? "the record, which is not read, is cut off"
                                          : "the length of the record, which is not read, is wrong");
    e->code = SITREP_PASSED_OVER;
    return RECORDS_NOTE;
}

/* At a record. RECORDS_GIVEN without bytes: it was passed over. */
static records_result next_record(read_records *r, read_record *record, error *e)
{
    read_window *w = r->window;
    record_head h;
    str s;
    *record = (read_record){.offset = window_offset(w)};
    head_state state = need_head(w, &h, &s);
    if (state == HEAD_RUBBISH) return skip_rubbish(r, false, e, "bytes that belong to no record");
    if (state == HEAD_ENDLESS) return skip_rubbish(r, true, e, "a record's header that does not end");
    if (state == HEAD_CUT) return skip_rubbish(r, true, e, "a record that is cut off in its header");
    r->is_arc = h.is_arc;
    if (h.is_broken) {
        window_take(w, h.n);
        return fault(r, e, record->offset, "a record that is cut off in its header");
    }
    r->tally.records++;
    r->tally.kinds[h.kind]++;
    str content = need_content(w, &h);
    head_read(window_need(w, 0), &h); /* its fields moved with the window */
    verdict v = judge(r, &h, content);
    record->is_feed = v.is_feed;
    if (h.kind != RECORD_REVISIT && h.kind != RECORD_ABOUT) {
        seen_add(&r->seen, h.payload_digest, v.is_read);
        seen_add(&r->seen, h.id, v.is_read);
    }
    return v.is_read ? give(r, &h, record, e) : pass_over(r, &h, &v, record->offset, e);
}

static void skip_line_ends(read_window *w)
{
    for (;;) {
        str s = window_need(w, LOOK_BYTES);
        size_t n = 0;
        while (n < s.len && is_line_end(s.ptr[n])) n++;
        window_take(w, n);
        if (n < s.len || !n) return;
    }
}

static records_result finish(read_records *r, error *e)
{
    bool tell = !r->ended && tally_tell(&r->tally, e);
    r->ended = true;
    return tell ? RECORDS_NOTE : RECORDS_END;
}

records_result records_next(read_records *r, read_record *record, error *e)
{
    read_window *w = r->window;
    window_take(w, r->given);
    r->given = 0;
    for (;;) {
        skip_line_ends(w);
        if (window_need(w, 1).len) {
            records_result result = next_record(r, record, e);
            if (result != RECORDS_GIVEN || record->bytes.len) return result;
        } else if (w->has_trouble) {
            w->has_trouble = false;
            r->tally.damaged++;
            *e = w->trouble;
            return RECORDS_FAILED;
        } else if (!window_cross(w)) {
            return finish(r, e);
        }
    }
}
