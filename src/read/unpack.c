#include "read/unpack.h"

#include <stdlib.h>

#include "read/other.h"

enum {
    GZIP_OR_ZLIB = 15 + 16, /* of inflateInit2: the largest window, a gzip header */
    TRIAL_BYTES = 1024,     /* unpacked to see whether a member begins a record */
    FIRST_BYTES = 64,       /* enough for most */
    LOOKAHEAD = 1 << 15     /* packed bytes that a trial may need */
};
#define RESCAN_BYTES ((uint64_t)256 << 20)

unpack_kind unpack_recognise(str head)
{
    const str others[] = {STR("BZh"),
                          STR("\xFD"
                              "7zXZ\0"),
                          STR("\x28\xB5\x2F\xFD")};
    if (str_starts(head, STR("\x1F\x8B\x08"))) return UNPACK_GZIP;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (str_starts(head, others[i])) return UNPACK_OTHER;
    return UNPACK_NONE;
}

/* ---- packed bytes ------------------------------------------------------------------------ */

static size_t in_left(const read_unpack *u)
{
    return u->in_end - u->in_start;
}

/* Offset in the source of the next packed byte. */
static uint64_t in_offset(const read_unpack *u)
{
    return u->next - in_left(u);
}

/* Tries to have `want` packed bytes at hand. */
static void in_need(read_unpack *u, size_t want)
{
    if (in_left(u) >= want) return;
    memmove(u->in, u->in + u->in_start, in_left(u));
    u->in_end -= u->in_start;
    u->in_start = 0;
    while (in_left(u) < want && !u->at_end) {
        int64_t n = u->source.read(u->source.from, u->next, u->in + u->in_end, UNPACK_IN_BYTES - u->in_end);
        if (n <= 0) u->at_end = true;
        if (n < 0) u->failed_later = true;
        if (n <= 0) break;
        u->next += (uint64_t)n;
        u->in_end += (size_t)n;
    }
}

static str in_view(const read_unpack *u)
{
    return (str){u->in + u->in_start, in_left(u)};
}

static void in_seek(read_unpack *u, uint64_t offset)
{
    u->in_start = u->in_end = 0;
    u->next = offset;
    u->at_end = false;
}

void unpack_seek(read_unpack *u, uint64_t offset)
{
    in_seek(u, offset);
}

uint64_t unpack_consumed(const read_unpack *u)
{
    return u->kind == UNPACK_OTHER ? u->next : in_offset(u);
}

/* ---- opening ----------------------------------------------------------------------------- */

/* libarchive reads through this, so that `next` tells how far it came. */
static int64_t counted_read(void *from, uint64_t offset, char *out, size_t cap)
{
    read_unpack *u = from;
    if (offset < u->in_end) { /* what was read to recognise it */
        size_t n = u->in_end - (size_t)offset < cap ? u->in_end - (size_t)offset : cap;
        memcpy(out, u->in + offset, n);
        return (int64_t)n;
    }
    int64_t n = u->source.read(u->source.from, offset, out, cap);
    if (n > 0) u->next = offset + (uint64_t)n;
    return n;
}

static bool open_other(read_unpack *u, error *e)
{
    read_bytes *counted = malloc(sizeof *counted);
    if (!counted) return error_set(e, SITREP_NO_MEMORY, "read", "out of memory");
    *counted = (read_bytes){.from = u, .read = counted_read};
    u->counted = counted;
    u->other = other_open_packed(counted, e);
    return u->other != NULL;
}

bool unpack_open(read_unpack *u, read_bytes source, bool (*begins)(str head), error *e)
{
    *u = (read_unpack){.source = source, .begins = begins, .in = malloc(UNPACK_IN_BYTES)};
    if (!u->in) return error_set(e, SITREP_NO_MEMORY, "read", "out of memory");
    in_need(u, 16);
    u->kind = unpack_recognise(in_view(u));
    if (u->kind == UNPACK_OTHER) return open_other(u, e);
    u->z_open = u->kind == UNPACK_GZIP && inflateInit2(&u->z, GZIP_OR_ZLIB) == Z_OK;
    return u->kind == UNPACK_NONE || u->z_open || error_set(e, SITREP_NO_MEMORY, "read", "out of memory");
}

void unpack_close(read_unpack *u)
{
    if (u->z_open) inflateEnd(&u->z);
    other_close(u->other);
    free(u->counted);
    free(u->in);
    *u = (read_unpack){0};
}

/* ---- gzip -------------------------------------------------------------------------------- */

static bool at_magic(const read_unpack *u)
{
    str s = in_view(u);
    return s.len >= 10 && str_starts(s, STR("\x1F\x8B\x08")) && !((unsigned char)s.ptr[3] & 0xE0);
}

/* Unpacks the beginning of what may be a member and asks whether it is a record's. */
static bool trial(read_unpack *u)
{
    char out[TRIAL_BYTES];
    in_need(u, LOOKAHEAD);
    inflateReset(&u->z);
    u->z.next_in = (unsigned char *)u->in + u->in_start;
    u->z.avail_in = (unsigned)in_left(u);
    u->z.next_out = (unsigned char *)out;
    u->z.avail_out = FIRST_BYTES;
    int got = inflate(&u->z, Z_SYNC_FLUSH);
    if (got == Z_OK && !u->begins((str){out, FIRST_BYTES - u->z.avail_out})) {
        u->z.avail_out += sizeof out - FIRST_BYTES;
        got = inflate(&u->z, Z_SYNC_FLUSH);
    }
    str head = {out, (size_t)((char *)u->z.next_out - out)};
    inflateReset(&u->z);
    return (got == Z_OK || got == Z_STREAM_END || got == Z_BUF_ERROR) && head.len && u->begins(head);
}

/* Moves to the next member that begins a record; false where there is none. */
static bool find_member(read_unpack *u)
{
    for (;;) {
        in_need(u, 10);
        str s = in_view(u);
        if (s.len < 10) return false;
        const char *hit = memchr(s.ptr, 0x1F, s.len - 9);
        u->in_start += hit ? (size_t)(hit - s.ptr) : s.len - 9;
        if (!hit) continue;
        if (at_magic(u) && trial(u)) return true;
        u->in_start++;
    }
}

static void begin_member(read_unpack *u)
{
    inflateReset(&u->z);
    u->member_at = in_offset(u);
    u->member_in = u->member_out = 0;
    u->in_member = u->started = true;
}

/* Behind a fault: a member may have swallowed the beginning of those behind it, so the search begins at its
 * own beginning, as long as that does not happen all too often. */
static unpack_result recover(read_unpack *u, error *e, const char *what)
{
    uint64_t fault_at = u->member_at, here = in_offset(u);
    u->in_member = false;
    error_set(e, SITREP_BAD_FORMAT, "read", "%s in the gzip member at byte %llu", what,
              (unsigned long long)fault_at);
    if (u->failed_later) error_set(e, SITREP_NO_FILE, "read", "the input cannot be read");
    e->offset = (size_t)fault_at;
    if (!u->begins || u->failed_later) {
        u->in_start = u->in_end = 0;
        u->at_end = true;
        return UNPACK_FAILED;
    }
    if (u->source.is_seekable && here - fault_at <= RESCAN_BYTES - u->rescanned) {
        u->rescanned += here - fault_at;
        in_seek(u, fault_at + 1);
    }
    if (!find_member(u)) return UNPACK_FAILED;
    begin_member(u);
    return UNPACK_DAMAGED;
}

static bool is_bomb(const read_unpack *u)
{
    return u->member_out > UNPACK_FREE_BYTES && u->member_out / UNPACK_RATIO > u->member_in;
}

/* Between members: zeros are padding. What else stands there is rubbish. */
static unpack_result next_member(read_unpack *u, error *e)
{
    bool first = !u->started;
    do {
        in_need(u, 10);
        while (in_left(u) && !u->in[u->in_start]) u->in_start++;
    } while (!in_left(u) && !u->at_end);
    if (u->failed_later && !in_left(u)) return recover(u, e, "unreadable bytes");
    if (!in_left(u)) return UNPACK_END;
    if (at_magic(u)) {
        u->begins_record = !first && u->begins && trial(u);
        begin_member(u);
        return first ? UNPACK_BYTES : UNPACK_MEMBER;
    }
    if (!u->begins) return UNPACK_END;
    u->member_at = in_offset(u);
    return recover(u, e, "bytes that belong to none stand instead of a header");
}

/* One step of inflate; false where it came to a fault. */
static bool inflate_step(read_unpack *u, char *out, size_t cap, size_t *n)
{
    unsigned room = cap < UINT32_MAX ? (unsigned)cap : UINT32_MAX;
    u->z.next_in = (unsigned char *)u->in + u->in_start;
    u->z.avail_in = (unsigned)in_left(u);
    u->z.next_out = (unsigned char *)out;
    u->z.avail_out = room;
    int got = inflate(&u->z, Z_NO_FLUSH);
    size_t used = in_left(u) - u->z.avail_in;
    *n = room - u->z.avail_out;
    u->in_start += used;
    u->member_in += used;
    u->member_out += *n;
    if (got == Z_STREAM_END) u->in_member = false;
    return got == Z_OK || got == Z_STREAM_END || (got == Z_BUF_ERROR && (*n || used));
}

static unpack_result read_gzip(read_unpack *u, char *out, size_t cap, size_t *n, error *e)
{
    for (;;) {
        if (u->fault) { /* told once what came before it is given out */
            const char *what = u->fault;
            u->fault = NULL;
            return recover(u, e, what);
        }
        if (!u->in_member) {
            unpack_result r = next_member(u, e);
            if (r != UNPACK_BYTES) return r;
        }
        in_need(u, 1);
        bool ok = inflate_step(u, out, cap, n);
        if (is_bomb(u)) u->fault = "a bomb: it unpacks to more than 250 times its size";
        else if (!ok) u->fault = u->at_end && !in_left(u) ? "the end is missing" : "damaged bytes";
        if (*n) return UNPACK_BYTES;
    }
}

/* ---- all --------------------------------------------------------------------------------- */

static unpack_result read_plain(read_unpack *u, char *out, size_t cap, size_t *n, error *e)
{
    if (!in_left(u)) in_need(u, 1);
    size_t have = in_left(u);
    *n = have < cap ? have : cap;
    memcpy(out, u->in + u->in_start, *n);
    u->in_start += *n;
    if (*n) return UNPACK_BYTES;
    if (!u->failed_later) return UNPACK_END;
    error_set(e, SITREP_NO_FILE, "read", "the input cannot be read");
    return UNPACK_FAILED;
}

static unpack_result read_other(read_unpack *u, char *out, size_t cap, size_t *n, error *e)
{
    int64_t got = u->at_end ? 0 : other_read(u->other, out, cap, e);
    u->member_out += got > 0 ? (uint64_t)got : 0;
    u->member_in = u->next;
    *n = got > 0 ? (size_t)got : 0;
    if (got >= 0 && !is_bomb(u)) return got ? UNPACK_BYTES : UNPACK_END;
    if (got >= 0)
        error_set(e, SITREP_OVER_LIMIT, "read", "a bomb: it unpacks to more than %d times its size",
                  UNPACK_RATIO);
    *n = 0;
    u->at_end = true;
    return UNPACK_FAILED;
}

unpack_result unpack_read(read_unpack *u, char *out, size_t cap, size_t *n, error *e)
{
    *n = 0;
    switch (u->kind) {
    case UNPACK_GZIP: return read_gzip(u, out, cap, n, e);
    case UNPACK_OTHER: return read_other(u, out, cap, n, e);
    default: return read_plain(u, out, cap, n, e);
    }
}
