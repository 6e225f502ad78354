#include "read/read.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/sha256.h"
#include "base/utf8.h"
#include "read/charset.h"
#include "read/document.h"
#include "read/feed.h"
#include "read/html.h"
#include "read/language.h"
#include "read/notice.h"
#include "read/office.h"
#include "read/pdf.h"
#include "read/text.h"

/* ---- formats ----------------------------------------------------------------------------- */

static bool ends_nocase(str s, const char *end)
{
    size_t n = strlen(end);
    return s.len > n && str_eq_nocase(str_part(s, s.len - n, n), str_from(end));
}

static read_format format_of_name(str path)
{
    static const struct {
        const char *end;
        read_format format;
    } ends[] = {{".html", READ_HTML},  {".htm", READ_HTML},      {".xhtml", READ_HTML},
                {".shtml", READ_HTML}, {".jsonl", READ_JSONL},   {".ndjson", READ_JSONL},
                {".json", READ_JSONL}, {".conllu", READ_CONLLU}, {".conll", READ_CONLLU},
                {".pdf", READ_PDF},    {".docx", READ_DOCX},     {".docm", READ_DOCX},
                {".odt", READ_ODT},    {".ott", READ_ODT}};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ends_nocase(path, ends[i].end)) return ends[i].format;
    return READ_AUTO;
}

static bool starts_nocase(str s, const char *start)
{
    size_t n = strlen(start);
    return s.len >= n && str_eq_nocase(str_part(s, 0, n), str_from(start));
}

static str without_mark(str s)
{
    if (str_starts(s, STR("\xEF\xBB\xBF"))) s = str_part(s, 3, s.len);
    return str_trim(str_part(s, 0, 4096));
}

static bool looks_like_html(str s)
{
    static const char *const starts[] = {"<!doctype html", "<html", "<head", "<body",   "<meta",  "<title",
                                         "<article",       "<div",  "<p>",   "<script", "<table", "<h1"};
    if (starts_nocase(s, "<?xml")) {
        size_t end = str_find(s, STR("?>"), 0);
        s = end < s.len ? str_trim(str_part(s, end + 2, s.len)) : s;
    }
    while (str_starts(s, STR("<!--"))) {
        size_t end = str_find(s, STR("-->"), 0);
        if (end > s.len) return true;
        s = str_trim(str_part(s, end + 3, s.len));
    }
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (starts_nocase(s, starts[i])) return true;
    return false;
}

static bool looks_like_conllu(str s)
{
    if (str_starts(s, STR("# sent_id")) || str_starts(s, STR("# newdoc")) || str_starts(s, STR("# text ="))
        || str_starts(s, STR("# global.columns")))
        return true;
    size_t tabs = 0, i = 0;
    for (; i < s.len && s.ptr[i] != '\n'; i++) tabs += s.ptr[i] == '\t';
    return tabs == 9 && s.ptr[0] == '1';
}

static bool looks_like_jsonl(str s)
{
    if (!s.len || s.ptr[0] != '{') return false;
    str rest = str_trim(str_part(s, 1, s.len));
    return str_starts(rest, STR("\""));
}

read_format read_recognise(str bytes, str path)
{
    str s = without_mark(bytes);
    if (str_starts(bytes, STR("%PDF-"))) return READ_PDF;
    if (feed_recognise(str_part(bytes, 0, 4096))) return READ_FEED;
    read_format office = office_recognise(bytes), named = format_of_name(path);
    if (office != READ_AUTO) return office;
    if (looks_like_html(s)) return READ_HTML;
    str front = str_part(bytes, 0, 1024);
    bool torn = named == READ_PDF ? str_find(front, STR("%PDF-"), 0) > front.len
                                  : read_is_binary(named) && !str_starts(bytes, STR("PK"));
    if (torn) named = READ_AUTO;
    if (named != READ_AUTO) return named;
    if (looks_like_conllu(s)) return READ_CONLLU;
    return looks_like_jsonl(s) ? READ_JSONL : READ_TEXT;
}

/* ---- what is no text --------------------------------------------------------------------- */

static const char *foreign_kind(str s)
{
    static const struct {
        const char *magic;
        size_t len;
        const char *kind;
    } kinds[] = {{"\x89PNG", 4, "a PNG image"},
                 {"\xFF\xD8\xFF", 3, "a JPEG image"},
                 {"GIF8", 4, "a GIF image"},
                 {"PK\x03\x04", 4, "a ZIP archive (DOCX, ODT, WACZ …)"},
                 {"\x1F\x8B", 2, "a gzip file"},
                 {"\x7F"
                  "ELF",
                  4, "a program"},
                 {"\xD0\xCF\x11\xE0", 4, "an old Office file"},
                 {"BZh", 3, "a bzip2 file"},
                 {"\xFD"
                  "7zXZ",
                  5, "an xz file"},
                 {"SQLite format 3", 15, "a database"},
                 {"\x28\xB5\x2F\xFD", 4, "a zstd file"},
                 {"RIFF", 4, "a media file"},
                 {"OggS", 4, "a media file"}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_starts(s, (str){kinds[i].magic, kinds[i].len})) return kinds[i].kind;
    return NULL;
}

static bool check(const read_input *in, read_format format, error *e)
{
    size_t cap = in->cap_bytes ? in->cap_bytes : READ_CAP_BYTES;
    const char *kind = foreign_kind(in->bytes);
    if (in->bytes.len > cap || in->bytes.len > UINT32_MAX / 4) {
        error_set(e, SITREP_OVER_LIMIT, "read", "%zu bytes are more than the limit of %zu", in->bytes.len,
                  cap);
        return error_at(e, in->path, 0, 0);
    }
    if (!kind || read_is_binary(format)) return true;
    error_set(e, SITREP_BAD_FORMAT, "read", "%s is no text", kind);
    return error_at(e, in->path, 0, 0);
}

/* ---- documents --------------------------------------------------------------------------- */

void read_note(document *d, const char *format, ...)
{
    error *note = array_push(d->arena, &d->notes);
    char message[sizeof note->message];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    error_set(note, SITREP_PASSED_OVER, "read", "%s", message);
}

static void prefer(str *field, str given)
{
    if (given.ptr) *field = given;
}

/* What the caller knows wins. */
static void take_given(document *d, const read_input *in)
{
    prefer(&d->id, in->id);
    prefer(&d->path, in->path);
    prefer(&d->url, in->url);
    prefer(&d->title, in->title);
    prefer(&d->author, in->author);
    prefer(&d->publisher, in->publisher);
    prefer(&d->language, in->language);
    prefer(&d->licence, in->licence);
    prefer(&d->retrieved, in->retrieved);
    d->source_offset = in->offset;
    if (in->published.year) d->published = in->published;
}

/* The last step of all formats. */
static void document_finish(const read_rules *rules, const read_input *in, document *d, terms_found *terms)
{
    terms_of_document(rules, d, terms);
    language_find(&rules->languages, in->language, in->any_language ? LANGUAGE_READ_ALL : LANGUAGE_MARK, d);
    if (!d->id.len) d->id = d->path.len ? d->path : arena_copy(d->arena, str_from(d->sha256));
}

void document_from_text(const read_rules *rules, const read_input *in, document *d)
{
    take_given(d, in);
    text_blocks(d);
    notice_lead(rules, d);
    notice_mark(rules, d);
    if (!d->published.year) d->published = text_date(d);
    if (!d->title.ptr && d->blocks.n && d->blocks.v[0].kind == BLOCK_TITLE)
        d->title = document_str(d, d->blocks.v[0].at);
    document_finish(rules, in, d, &(terms_found){0});
}

void document_from_html(const read_rules *rules, const read_input *in, str html, raw_run_array runs,
                        document *d)
{
    terms_found terms = {0};
    prefer(&d->url, in->url);
    html_read(rules, html, &runs, d, &terms);
    take_given(d, in);
    notice_mark(rules, d);
    if (!d->published.year) d->published = text_date(d);
    document_finish(rules, in, d, &terms);
}

static bool document_from_office(const read_rules *rules, const read_input *in, read_format format,
                                 document *d, error *e)
{
    office_facts facts = {0};
    size_t cap = in->cap_bytes ? in->cap_bytes : READ_CAP_BYTES;
    bool ok = format == READ_PDF    ? pdf_read(rules, in->pdf_program, in->bytes, cap, d, &facts, e)
              : format == READ_DOCX ? docx_read(in->bytes, cap, d, &facts, e)
                                    : odt_read(in->bytes, cap, d, &facts, e);
    if (!ok) return false;
    office_weigh(rules, &facts, d);
    take_given(d, in);
    notice_mark(rules, d);
    civil_date said = in->published.year ? in->published : text_date(d);
    if (said.year) d->published = said;
    document_finish(rules, in, d, &(terms_found){0});
    return true;
}

bool read_document(const read_rules *rules, const read_input *in, document *d, error *e)
{
    read_format format = in->format == READ_AUTO ? read_recognise(in->bytes, in->path) : in->format;
    if (!check(in, format, e)) return false;
    sha256_hex(in->bytes, d->sha256);
    if (read_is_binary(format))
        return document_from_office(rules, in, format, d, e) || error_at(e, in->path, 0, 0);
    str declared = format == READ_HTML ? html_charset(in->bytes) : (str){0}, text;
    if (in->charset_hint.len) declared = in->charset_hint;
    raw_run_array runs = {0};
    if (!charset_decode(d->arena, in->bytes, in->charset, declared, &text, &runs, e))
        return error_at(e, in->path, 0, 0);
    if (format == READ_HTML) {
        document_from_html(rules, in, text, runs, d);
        return true;
    }
    d->text = text;
    d->raw_runs = runs;
    document_from_text(rules, in, d);
    return true;
}
