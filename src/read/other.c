#include "read/other.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

enum { STEP = 1 << 16 };

/* What the callbacks know; freed with the archive. */
typedef struct feed {
    read_bytes *source;
    uint64_t at;
    char buffer[STEP];
} feed;

static la_ssize_t feed_read(struct archive *a, void *context, const void **bytes)
{
    feed *f = context;
    int64_t n = f->source->read(f->source->from, f->at, f->buffer, sizeof f->buffer);
    if (n < 0) {
        archive_set_error(a, ARCHIVE_FATAL, "the input cannot be read");
        return ARCHIVE_FATAL;
    }
    *bytes = f->buffer;
    f->at += (uint64_t)n;
    return (la_ssize_t)n;
}

static la_int64_t feed_skip(struct archive *a, void *context, la_int64_t n)
{
    (void)a;
    feed *f = context;
    if (!f->source->is_seekable || n <= 0) return 0;
    uint64_t left = f->at < f->source->size ? f->source->size - f->at : 0;
    uint64_t step = (uint64_t)n < left ? (uint64_t)n : left;
    f->at += step;
    return (la_int64_t)step;
}

static la_int64_t feed_seek(struct archive *a, void *context, la_int64_t offset, int whence)
{
    (void)a;
    feed *f = context;
    int64_t from = whence == SEEK_CUR ? (int64_t)f->at : whence == SEEK_END ? (int64_t)f->source->size : 0;
    if (from + offset < 0 || (uint64_t)(from + offset) > f->source->size) return ARCHIVE_FATAL;
    f->at = (uint64_t)(from + offset);
    return (la_int64_t)f->at;
}

static int feed_close(struct archive *a, void *context)
{
    (void)a;
    free(context);
    return ARCHIVE_OK;
}

static bool fault(error *e, struct archive *a)
{
    const char *why = a ? archive_error_string(a) : NULL;
    return error_set(e, SITREP_BAD_FORMAT, "read", "cannot be unpacked: %s", why ? why : "damaged");
}

static other_archive *open_source(struct archive *a, read_bytes *source, error *e)
{
    feed *f = malloc(sizeof *f);
    if (!a || !f) {
        free(f);
        archive_read_free(a);
        error_set(e, SITREP_NO_MEMORY, "read", "out of memory");
        return NULL;
    }
    f->source = source;
    f->at = 0;
    archive_read_set_read_callback(a, feed_read);
    archive_read_set_skip_callback(a, feed_skip);
    if (source->is_seekable) archive_read_set_seek_callback(a, feed_seek);
    archive_read_set_close_callback(a, feed_close);
    archive_read_set_callback_data(a, f);
    if (archive_read_open1(a) == ARCHIVE_OK) return a;
    fault(e, a);
    archive_read_free(a);
    return NULL;
}

/* Several programs around one file are not undone: nobody but a prankster packs so. */
static struct archive *packed(void)
{
    struct archive *a = archive_read_new();
    if (!a) return NULL;
    archive_read_support_filter_bzip2(a);
    archive_read_support_filter_xz(a);
    archive_read_support_filter_zstd(a);
    archive_read_support_format_raw(a);
    return a;
}

static other_archive *first_entry(other_archive *a, error *e)
{
    struct archive_entry *entry;
    int got = a ? archive_read_next_header(a, &entry) : ARCHIVE_FATAL;
    if (!a || got == ARCHIVE_OK || got == ARCHIVE_WARN || got == ARCHIVE_EOF) return a;
    fault(e, a);
    archive_read_free(a);
    return NULL;
}

other_archive *other_open_packed(read_bytes *source, error *e)
{
    return first_entry(open_source(packed(), source, e), e);
}

other_archive *other_open_memory(str bytes, error *e)
{
    struct archive *a = packed();
    if (a && archive_read_open_memory(a, bytes.ptr, bytes.len) == ARCHIVE_OK) return first_entry(a, e);
    fault(e, a);
    archive_read_free(a);
    return NULL;
}

other_archive *other_open_zip(read_bytes *source, error *e)
{
    struct archive *a = archive_read_new();
    if (a) archive_read_support_format_zip(a);
    return open_source(a, source, e);
}

void other_close(other_archive *a)
{
    archive_read_free(a);
}

int64_t other_read(other_archive *a, char *out, size_t cap, error *e)
{
    la_ssize_t n;
    do n = archive_read_data(a, out, cap);
    while (n == ARCHIVE_RETRY);
    if (n >= 0) return n;
    fault(e, a);
    return -1;
}

other_member other_next(other_archive *a, str *name, error *e)
{
    struct archive_entry *entry;
    int got = archive_read_next_header(a, &entry);
    if (got == ARCHIVE_EOF) return OTHER_END;
    if (got < ARCHIVE_WARN) {
        fault(e, a);
        return OTHER_DAMAGED;
    }
    const char *path = archive_entry_pathname_utf8(entry);
    if (!path) path = archive_entry_pathname(entry);
    *name = str_from(path ? path : "?");
    if (archive_entry_is_encrypted(entry)) return OTHER_LOCKED;
    return archive_entry_filetype(entry) == AE_IFREG ? OTHER_FILE : OTHER_NO_FILE;
}
