#include "read/container.h"

#include <stdio.h>
#include <stdlib.h>

#include "read/other.h"

/* What is open just now: the input itself, or a member of a zip. */
typedef enum layer { LAYER_NONE, LAYER_WHOLE, LAYER_LINES, LAYER_RECORDS } layer;

struct read_container {
    read_bytes source, counted; /* counted: `source`, with `furthest` kept */
    str path;
    read_format format;
    size_t cap_bytes;
    other_archive *zip; /* NULL: the input is none */
    bool ended;
    layer layer;
    read_format layer_format;
    read_window window;
    read_lines lines;
    read_records records;
    char member[1024]; /* path of the zip's member */
    error member_fault;
    uint64_t furthest; /* byte of the source that was read */
    tally tally;       /* of the zip's members */
};

/* ---- what is what ------------------------------------------------------------------------ */

static bool ends_nocase(str s, const char *end)
{
    size_t n = strlen(end);
    return s.len > n && str_eq_nocase(str_part(s, s.len - n, n), str_from(end));
}

/* The name that the packed file had. */
static str without_packing(str path)
{
    static const char *const ends[] = {".gz", ".bz2", ".xz", ".zst"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ends_nocase(path, ends[i])) return str_part(path, 0, path.len - strlen(ends[i]));
    return path;
}

static bool is_archive_name(str path)
{
    static const char *const ends[] = {".warc", ".arc", ".wet", ".wat"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ends_nocase(path, ends[i])) return true;
    return false;
}

/* Word processors use zip, too. */
static bool is_zip(str head, str path)
{
    if (!str_starts(head, STR("PK\x03\x04")) && !str_starts(head, STR("PK\x05\x06"))) return false;
    if (ends_nocase(path, ".zip") || ends_nocase(path, ".wacz")) return true;
    read_format format = read_recognise(head, path);
    return format != READ_DOCX && format != READ_ODT;
}

static bool begins_archive(str head)
{
    return head_begins(head) && (str_starts(head, STR("WARC/")) || str_starts(head, STR("filedesc:")));
}

bool container_is_one(str head, str path, read_format format)
{
    if (unpack_recognise(head) != UNPACK_NONE || format == READ_ARCHIVE || format == READ_JSONL)
        return true;
    if (format != READ_AUTO) return false;
    return is_zip(head, path) || begins_archive(head) || is_archive_name(path)
           || read_recognise(head, path) == READ_JSONL;
}

/* ---- a layer ----------------------------------------------------------------------------- */

static str layer_path(const read_container *c)
{
    return c->zip ? str_from(c->member) : c->path;
}

/* Lines come out of the window. */
static int64_t lines_source(void *from, char *out, size_t cap)
{
    read_window *w = from;
    str s = window_need(w, 1);
    if (!s.len && w->has_trouble) return -1;
    if (!s.len && window_cross(w)) s = window_need(w, 1);
    size_t n = s.len < cap ? s.len : cap;
    if (n) memcpy(out, s.ptr, n);
    window_take(w, n);
    return (int64_t)n;
}

static read_format layer_format(const read_container *c, str head, str path)
{
    bool damaged = c->window.has_trouble && c->window.has_fence;
    if (c->format != READ_AUTO) return c->format;
    if (begins_archive(head) || is_archive_name(path) || (damaged && !head.len)) return READ_ARCHIVE;
    return read_recognise(head, path);
}

static bool layer_open(read_container *c, read_bytes source, error *e)
{
    if (!window_open(&c->window, source, head_begins, e)) {
        window_close(&c->window);
        return error_at(e, layer_path(c), 0, 0);
    }
    str head = window_need(&c->window, 4096);
    c->layer_format = layer_format(c, str_part(head, 0, 4096), without_packing(layer_path(c)));
    c->layer = LAYER_WHOLE;
    if (c->layer_format == READ_ARCHIVE) {
        c->layer = LAYER_RECORDS;
        records_open(&c->records, &c->window, c->cap_bytes);
    } else if (c->layer_format == READ_JSONL) {
        c->layer = LAYER_LINES;
        read_lines_open(&c->lines, lines_source, &c->window, c->cap_bytes);
    }
    return true;
}

static void layer_close(read_container *c)
{
    if (c->layer == LAYER_LINES) read_lines_close(&c->lines);
    if (c->layer == LAYER_RECORDS) records_close(&c->records);
    if (c->layer != LAYER_NONE) window_close(&c->window);
    c->layer = LAYER_NONE;
}

/* What went wrong below, in place of what the reader above could tell of it. */
static void tell_trouble(read_container *c, error *e)
{
    if (c->member_fault.code) *e = c->member_fault;
    else if (c->window.has_trouble) *e = c->window.trouble;
    c->member_fault.code = SITREP_OK;
    c->window.has_trouble = false;
}

static found_kind next_line(read_container *c, read_found *found, error *e)
{
    read_line_result got;
    do got = read_lines_next(&c->lines, &found->bytes, e);
    while (got == READ_LINE && str_trim(found->bytes).len == 0);
    found->line = c->lines.number;
    found->offset = c->lines.offset;
    if (got == READ_LINE) return FOUND_LINE;
    found->bytes = (str){0};
    if (got == READ_LINE_FAILED) {
        tell_trouble(c, e);
        c->lines.at_end = true;
        c->lines.start = c->lines.end = 0;
    }
    if (got != READ_LINE_END) error_at(e, found->path, found->line, (size_t)found->offset);
    return got == READ_LINE_END ? FOUND_END : FOUND_FAULT;
}

static found_kind next_record(read_container *c, read_found *found, error *e)
{
    records_result got = records_next(&c->records, &found->record, e);
    found->bytes = found->record.bytes;
    found->offset = found->record.offset;
    if (got == RECORDS_GIVEN) return FOUND_RECORD;
    if (got == RECORDS_END) return FOUND_END;
    error_at(e, found->path, 0, e->offset);
    return FOUND_FAULT;
}

static found_kind next_whole(read_container *c, read_found *found, error *e)
{
    read_window *w = &c->window;
    found->bytes = window_need(w, c->cap_bytes + 1);
    while (w->has_fence && !w->has_trouble && found->bytes.len <= c->cap_bytes) { /* no records: go on */
        w->has_fence = false;
        found->bytes = window_need(w, c->cap_bytes + 1);
    }
    found->format = c->layer_format;
    c->layer_format = READ_AUTO;
    bool over = found->bytes.len > c->cap_bytes;
    if (over) error_set(e, SITREP_OVER_LIMIT, "read", "larger than the limit of %zu bytes", c->cap_bytes);
    if (w->has_trouble) tell_trouble(c, e);
    else if (!over) return FOUND_WHOLE;
    error_at(e, found->path, 0, 0);
    return FOUND_FAULT;
}

static found_kind layer_next(read_container *c, read_found *found, error *e)
{
    switch (c->layer) {
    case LAYER_LINES: return next_line(c, found, e);
    case LAYER_RECORDS: return next_record(c, found, e);
    case LAYER_WHOLE: /* once */
        if (c->layer_format != READ_AUTO) return next_whole(c, found, e);
        return FOUND_END;
    default: return FOUND_END;
    }
}

/* ---- zip --------------------------------------------------------------------------------- */

static int64_t member_read(void *from, uint64_t offset, char *out, size_t cap)
{
    (void)offset;
    read_container *c = from;
    return other_read(c->zip, out, cap, &c->member_fault);
}

/* Asked in the order of the names: what a WACZ has besides its archives, and what programs leave in zips. */
static bool is_furniture(str name)
{
    static const char *const starts[] = {
        "indexes/",   "datapackage", "__MACOSX/", "pages/pages.jsonl", "pages/extraPages.jsonl",
        "fuzzy.json", "logs/",       "META-INF/", "content.xml",       "styles.xml",
        "meta.xml",   "settings.xml"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (str_starts(name, str_from(starts[i]))) return true;
    str base = name;
    for (size_t at; (at = str_find(base, STR("/"), 0)) < base.len;) base = str_part(base, at + 1, base.len);
    return str_starts(base, STR("."));
}

/* By the name's end: most members of a saved page are images and scripts. */
static bool is_readable_name(str name)
{
    static const char *const ends[] = {".html",   ".htm",   ".xhtml",  ".shtml", ".txt",  ".text",
                                       ".jsonl",  ".md",    ".ndjson", ".xml",   ".rss",  ".atom",
                                       ".conllu", ".conll", ".pdf",    ".docx",  ".docm", ".odt"};
    name = without_packing(name);
    if (is_archive_name(name)) return true;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ends_nocase(name, ends[i])) return true;
    return false;
}

static str name_end(str name)
{
    size_t at = name.len;
    while (at && name.ptr[at - 1] != '.' && name.ptr[at - 1] != '/') at--;
    return at && name.ptr[at - 1] == '.' ? str_part(name, at, name.len) : STR("no ending");
}

static found_kind zip_finish(read_container *c, read_found *found, error *e)
{
    bool tell = !c->ended && c->tally.records && tally_tell(&c->tally, e);
    c->ended = true;
    found->path = c->path;
    if (tell) error_at(e, c->path, 0, 0);
    return tell ? FOUND_FAULT : FOUND_END;
}

static found_kind zip_fault(read_container *c, read_found *found, error *e, str name)
{
    char message[sizeof e->message];
    memcpy(message, e->message, sizeof message);
    snprintf(e->message, sizeof e->message, "%.*s: %.150s", (int)(name.len < 80 ? name.len : 80), name.ptr,
             message);
    found->path = c->path;
    error_at(e, c->path, 0, 0);
    return FOUND_FAULT;
}

/* Goes to the next member that is to be read; FOUND_WHOLE: a layer is open on it. */
static found_kind zip_next(read_container *c, read_found *found, error *e)
{
    str name;
    for (;;) {
        switch (other_next(c->zip, &name, e)) {
        case OTHER_END: return zip_finish(c, found, e);
        case OTHER_DAMAGED: c->ended = true; return zip_fault(c, found, e, STR("the zip"));
        case OTHER_NO_FILE: continue;
        case OTHER_LOCKED:
            error_set(e, SITREP_BAD_FORMAT, "read", "locked with a password");
            return zip_fault(c, found, e, name);
        case OTHER_FILE: break;
        }
        if (str_is(name, "[Content_Types].xml")) { /* of Office, but no DOCX: that is no container */
            c->ended = true;
            error_set(e, SITREP_BAD_FORMAT, "read", "a ZIP of Office without a text, as of a spreadsheet");
            return zip_fault(c, found, e, name);
        }
        if (is_furniture(name)) continue;
        c->tally.records++;
        if (!is_readable_name(name)) {
            tally_pass(&c->tally, TALLY_CONTENT, name_end(name));
            continue;
        }
        c->tally.given++;
        snprintf(c->member, sizeof c->member, "%.*s/%.*s", (int)c->path.len, c->path.ptr, (int)name.len,
                 name.ptr);
        c->member_fault.code = SITREP_OK;
        if (layer_open(c, (read_bytes){.from = c, .read = member_read}, e)) return FOUND_WHOLE;
        return zip_fault(c, found, e, name);
    }
}

/* ---- all --------------------------------------------------------------------------------- */

/* Remembers how far the source was read. */
static int64_t counted_read(void *from, uint64_t offset, char *out, size_t cap)
{
    read_container *c = from;
    int64_t n = c->source.read(c->source.from, offset, out, cap);
    if (n > 0 && offset + (uint64_t)n > c->furthest) c->furthest = offset + (uint64_t)n;
    return n;
}

static bool open_all(read_container *c, error *e)
{
    char head[4096];
    c->counted = c->source;
    c->counted.from = c;
    c->counted.read = counted_read;
    int64_t n = c->source.read(c->source.from, 0, head, sizeof head);
    bool whole_name = n > 0 && is_zip((str){head, (size_t)n}, c->path) && c->format == READ_AUTO;
    bool wacz = n > 0 && c->format == READ_ARCHIVE && str_starts((str){head, (size_t)n}, STR("PK\x03\x04"));
    if (!whole_name && !wacz) return layer_open(c, c->counted, e);
    c->format = READ_AUTO;
    c->zip = other_open_zip(&c->counted, e);
    return c->zip || error_at(e, c->path, 0, 0);
}

read_container *container_open(read_bytes source, str path, read_format format, size_t cap_bytes, error *e)
{
    read_container *c = calloc(1, sizeof *c);
    if (!c) {
        error_set(e, SITREP_NO_MEMORY, "read", "out of memory");
        return NULL;
    }
    c->source = source;
    c->path = path;
    c->format = format;
    c->cap_bytes = cap_bytes ? cap_bytes : READ_CAP_BYTES;
    if (open_all(c, e)) return c;
    container_close(c);
    return NULL;
}

void container_close(read_container *c)
{
    if (!c) return;
    layer_close(c);
    other_close(c->zip);
    free(c);
}

void container_next(read_container *c, read_found *found, error *e)
{
    for (;;) {
        *found = (read_found){.kind = FOUND_END, .path = layer_path(c)};
        if (c->layer != LAYER_NONE) {
            found->kind = layer_next(c, found, e);
            if (found->kind != FOUND_END) return;
            layer_close(c);
            *found = (read_found){.kind = FOUND_END, .path = c->path};
        }
        if (!c->zip || c->ended) return;
        found_kind got = zip_next(c, found, e);
        if (got == FOUND_WHOLE) continue;
        found->kind = got;
        return;
    }
}

uint64_t container_consumed(const read_container *c)
{
    return c->furthest;
}
