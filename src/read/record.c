#include "read/record.h"

#include "read/content.h"
#include "read/digest.h"
#include "read/http.h"

/* The digest of a payload is made of the body as sent, without its chunks, or unpacked: crawlers differ. */
static void check_digests(const record_head *h, str content, str body, str dechunked, str decoded,
                          document *d)
{
    str bodies[] = {body, dechunked, decoded};
    digest_result payload = DIGEST_UNKNOWN;
    for (size_t i = 0; i < 3 && payload != DIGEST_EQUAL; i++)
        if (i == 0 || bodies[i].ptr != bodies[i - 1].ptr || bodies[i].len != bodies[i - 1].len)
            payload = digest_check(h->payload_digest, bodies[i]);
    if (payload == DIGEST_OTHER)
        read_note(d, "its payload is not what the archive's digest says (%.*s)",
                  (int)(h->payload_digest.len < 80 ? h->payload_digest.len : 80), h->payload_digest.ptr);
    if (digest_check(h->block_digest, content) == DIGEST_OTHER)
        read_note(d, "its block is not what the archive's digest says (%.*s)",
                  (int)(h->block_digest.len < 80 ? h->block_digest.len : 80), h->block_digest.ptr);
}

static void note_faults(const read_record *record, const record_head *h, document *d)
{
    if (record->is_cut) read_note(d, "the record is cut off; read is what is there");
    if (record->has_wrong_length) read_note(d, "the record's length is wrong; read up to the next record");
    if (h->truncated.len)
        read_note(d, "the archive holds only a part of it (%.*s)",
                  (int)(h->truncated.len < 40 ? h->truncated.len : 40), h->truncated.ptr);
}

static void name_record(const record_head *h, read_input *in, arena *a)
{
    str url = head_url(a, h->url), retrieved = head_date(a, h->date);
    if (url.len) in->url = url;
    if (retrieved.len) in->retrieved = retrieved;
    if (h->id.len) in->id = arena_copy(a, h->id);
    else if (url.len)
        in->id = arena_format(a, "%.*s %.*s", (int)url.len, url.ptr, (int)retrieved.len,
                              retrieved.len ? retrieved.ptr : "");
}

/* Pages that servers call so are pages; of the rest the bytes tell. A text is never taken for lines of JSON. */
static read_format format_of(str type, str body)
{
    char name[96];
    switch (content_of_type(http_media_type(type, name))) {
    case CONTENT_PAGE: return READ_HTML;
    case CONTENT_TEXT: return read_recognise(body, (str){0}) == READ_HTML ? READ_HTML : READ_TEXT;
    default: return READ_AUTO;
    }
}

bool record_unpack(const read_record *record, read_input *in, document *d, str *decoded, error *e)
{
    record_head h;
    http_head http = {0};
    str dechunked;
    in->offset = record->offset;
    if (head_read(record->bytes, &h) != HEAD_READ)
        return error_set(e, SITREP_BAD_FORMAT, "read", "byte %llu: no record of a web archive",
                         (unsigned long long)record->offset);
    str content = str_part(record->bytes, h.n, record->bytes.len);
    name_record(&h, in, d->arena);
    if (h.kind == RECORD_RESPONSE || h.kind == RECORD_REVISIT) http_head_read(content, &http);
    str body = str_part(content, http.n, content.len);
    note_faults(record, &h, d);
    if (!http_body(&http, body, in->cap_bytes ? in->cap_bytes : READ_CAP_BYTES, d, &dechunked, decoded, e))
        return false;
    if (!record->is_cut && !record->has_wrong_length && !h.truncated.len)
        check_digests(&h, content, body, dechunked, *decoded, d);
    str type = http.is_http && (http.type.len || !h.is_arc) ? http.type : h.type;
    in->charset_hint = http_charset(type);
    in->format = format_of(type, *decoded);
    return true;
}

bool record_read(const read_rules *rules, const read_record *record, const read_input *defaults,
                 document *d, error *e)
{
    read_input in = *defaults;
    if (!record_unpack(record, &in, d, &in.bytes, e)) {
        d->url = in.url;
        return false;
    }
    return read_document(rules, &in, d, e);
}
