#define _POSIX_C_SOURCE 200809L
#include "place/build_lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <zip.h>
#include <zlib.h>

#include "base/os.h"
#include "place/format.h"

enum { BUFFER = 2 << 20, INPUT = 64 * 1024, LONGEST_LINE = 1 << 20 };

struct line_source {
    str path;
    wrapping wrap;
    FILE *file;
    zip_t *archive;
    zip_file_t *member;
    z_stream inflate;
    bool inflating, ended, failed;
    uint64_t left; /* of the gazetteer's section */
    unsigned char *input;
    char *buffer;
    size_t at, n, number;
};

static bool fail(line_source *s, error *e, sitrep_code code, const char *what)
{
    s->failed = true;
    error_set(e, code, "gazetteer", "%s", what);
    return error_at(e, s->path, s->number, 0);
}

/* ---- opening --------------------------------------------------------------------------------- */

/* The largest member that is a table: country files come with a readme.txt. */
static bool open_member(line_source *s, error *e)
{
    int code;
    s->archive = zip_open(s->path.ptr, ZIP_RDONLY, &code);
    if (!s->archive)
        return fail(s, e, SITREP_BAD_FORMAT, "a zip file that cannot be read; it may be cut short");
    zip_uint64_t best = 0, best_size = 0;
    bool found = false;
    for (zip_int64_t i = 0; i < zip_get_num_entries(s->archive, 0); i++) {
        zip_stat_t about;
        if (zip_stat_index(s->archive, (zip_uint64_t)i, 0, &about) != 0) continue;
        str name = str_from(about.name);
        if (!str_ends(name, STR(".txt")) && !str_ends(name, STR(".csv")) && !str_ends(name, STR(".tsv")))
            continue;
        if (found && about.size <= best_size) continue;
        found = true;
        best = (zip_uint64_t)i;
        best_size = about.size;
    }
    if (!found) return fail(s, e, SITREP_BAD_FORMAT, "a zip file without a table in it");
    s->member = zip_fopen_index(s->archive, best, 0);
    return s->member || fail(s, e, SITREP_BAD_FORMAT, "the table in the zip file cannot be read");
}

static bool open_rows(line_source *s, error *e)
{
    gaz_header h;
    if (fseeko(s->file, 0, SEEK_SET) != 0 || fread(&h, sizeof h, 1, s->file) != 1
        || h.version != GAZ_VERSION || h.byte_order != 0x01020304
        || h.checksum != gaz_checksum(&h, offsetof(gaz_header, checksum)))
        return fail(s, e, SITREP_BAD_MODEL, "a gazetteer of another version, or damaged");
    gaz_section rows = h.sections[GAZ_ROWS];
    if (!rows.len_bytes)
        return fail(s, e, SITREP_BAD_MODEL, "a gazetteer that was built without its rows can be no source");
    s->left = rows.len_bytes;
    if (fseeko(s->file, (off_t)rows.offset, SEEK_SET) != 0 || inflateInit(&s->inflate) != Z_OK)
        return fail(s, e, SITREP_NO_FILE, "cannot read");
    s->inflating = true;
    return true;
}

static bool open_wrapped(line_source *s, error *e)
{
    char magic[8] = {0};
    s->file = fopen(s->path.ptr, "rb");
    if (!s->file) return fail(s, e, SITREP_NO_FILE, "cannot open");
    size_t n = fread(magic, 1, sizeof magic, s->file);
    if (ferror(s->file)) return fail(s, e, SITREP_NO_FILE, "cannot read");
    if (n >= 4 && memcmp(magic, "PK\x03\x04", 4) == 0) return s->wrap = WRAP_ZIP, open_member(s, e);
    if (n == 8 && memcmp(magic, "SITREPGZ", 8) == 0) return s->wrap = WRAP_GAZETTEER, open_rows(s, e);
    return fseeko(s->file, 0, SEEK_SET) == 0 || fail(s, e, SITREP_NO_FILE, "cannot read");
}

line_source *lines_open(str path, error *e)
{
    line_source *s = calloc(1, sizeof *s);
    char *copy = malloc(path.len + 1);
    if (s && copy) {
        memcpy(copy, path.ptr, path.len);
        copy[path.len] = 0;
        s->path = (str){copy, path.len};
        s->buffer = malloc(BUFFER);
        s->input = malloc(INPUT);
        if (s->buffer && s->input && open_wrapped(s, e)) return s;
        if (!s->failed) error_set(e, SITREP_NO_MEMORY, "gazetteer", "no memory left");
        lines_close(s);
        return NULL;
    }
    free(s);
    free(copy);
    error_set(e, SITREP_NO_MEMORY, "gazetteer", "no memory left");
    return NULL;
}

void lines_close(line_source *s)
{
    if (!s) return;
    if (s->member) zip_fclose(s->member);
    if (s->archive) zip_discard(s->archive);
    if (s->inflating) inflateEnd(&s->inflate);
    if (s->file) fclose(s->file);
    free((void *)(uintptr_t)s->path.ptr);
    free(s->buffer);
    free(s->input);
    free(s);
}

wrapping lines_wrapping(const line_source *s)
{
    return s->wrap;
}

bool lines_failed(const line_source *s)
{
    return s->failed;
}

size_t lines_number(const line_source *s)
{
    return s->number;
}

/* ---- reading --------------------------------------------------------------------------------- */

static size_t read_inflated(line_source *s, char *to, size_t room)
{
    s->inflate.next_out = (unsigned char *)to;
    s->inflate.avail_out = (unsigned)room;
    while (s->inflate.avail_out == room) {
        if (!s->inflate.avail_in && s->left) {
            size_t want = s->left < INPUT ? (size_t)s->left : INPUT, n = fread(s->input, 1, want, s->file);
            s->inflate.next_in = s->input;
            s->inflate.avail_in = (unsigned)n;
            s->left = n == want ? s->left - n : 0;
        }
        int r = inflate(&s->inflate, Z_NO_FLUSH);
        if (r == Z_STREAM_END) {
            s->ended = true;
            break;
        }
        if (r != Z_OK) {
            s->failed = true;
            break;
        }
    }
    return room - s->inflate.avail_out;
}

static size_t read_some(line_source *s, char *to, size_t room)
{
    if (s->inflating) return read_inflated(s, to, room);
    if (s->wrap == WRAP_ZIP) {
        zip_int64_t n = zip_fread(s->member, to, room);
        s->failed = n < 0;
        s->ended = n <= 0;
        return n > 0 ? (size_t)n : 0;
    }
    size_t n = fread(to, 1, room, s->file);
    s->failed = ferror(s->file) != 0;
    s->ended = n == 0;
    return n;
}

static void fill(line_source *s)
{
    if (s->at) memmove(s->buffer, s->buffer + s->at, s->n - s->at);
    s->n -= s->at;
    s->at = 0;
    while (s->n < BUFFER && !s->ended && !s->failed) s->n += read_some(s, s->buffer + s->n, BUFFER - s->n);
}

str lines_peek(line_source *s, size_t max)
{
    if (s->n - s->at < max) fill(s);
    return (str){s->buffer + s->at, s->n - s->at < max ? s->n - s->at : max};
}

bool lines_next(line_source *s, str *line, error *e)
{
    const char *end = s->n > s->at ? memchr(s->buffer + s->at, '\n', s->n - s->at) : NULL;
    if (!end) {
        fill(s);
        if (s->failed)
            return fail(s, e, SITREP_BAD_FORMAT, "cannot be read on; it is cut short or damaged");
        end = s->n ? memchr(s->buffer, '\n', s->n) : NULL;
    }
    if (s->n == s->at) return false;
    s->number++;
    size_t len = end ? (size_t)(end - s->buffer) - s->at : s->n - s->at;
    if (len > LONGEST_LINE) return fail(s, e, SITREP_BAD_FORMAT, "a line longer than any table has");
    *line = (str){s->buffer + s->at, len};
    s->at += len + (end != NULL);
    if (line->len && line->ptr[line->len - 1] == '\r') line->len--;
    return true;
}
