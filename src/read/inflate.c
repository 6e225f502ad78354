#include "read/inflate.h"

#include <brotli/decode.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "read/other.h"
#include "read/read.h"

/* A compression at work: step() gives up to `room` bytes; 0 = the end, -1 = damaged or cut off. */
typedef struct unpacker {
    int64_t (*step)(struct unpacker *p, char *out, size_t room);
    str in; /* what is still packed */
    z_stream z;
    BrotliDecoderState *brotli;
    other_archive *other;
    bool done;
} unpacker;

static int64_t step_zlib(unpacker *p, char *out, size_t room)
{
    if (p->done) return 0;
    p->z.next_out = (unsigned char *)out;
    p->z.avail_out = (unsigned)room;
    int got = inflate(&p->z, Z_NO_FLUSH);
    p->done = got == Z_STREAM_END;
    int64_t n = (int64_t)room - p->z.avail_out;
    return n || p->done ? n : -1;
}

static int64_t step_brotli(unpacker *p, char *out, size_t room)
{
    size_t in = p->in.len, left = room;
    const uint8_t *from = (const uint8_t *)p->in.ptr;
    uint8_t *to = (uint8_t *)out;
    if (p->done) return 0;
    BrotliDecoderResult got = BrotliDecoderDecompressStream(p->brotli, &in, &from, &left, &to, NULL);
    p->in = (str){(const char *)from, in};
    p->done = got == BROTLI_DECODER_RESULT_SUCCESS;
    int64_t n = (int64_t)(room - left);
    return n || p->done ? n : -1;
}

static int64_t step_other(unpacker *p, char *out, size_t room)
{
    return other_read(p->other, out, room, NULL);
}

static void close_unpacker(void *with)
{
    unpacker *p = with;
    if (p->step == step_zlib) inflateEnd(&p->z);
    if (p->brotli) BrotliDecoderDestroyInstance(p->brotli);
    other_close(p->other);
}

static bool open_zlib(unpacker *p, str body, int window_bits)
{
    p->z.next_in = (unsigned char *)(uintptr_t)body.ptr;
    p->z.avail_in = (unsigned)body.len;
    if (inflateInit2(&p->z, window_bits) != Z_OK) return false;
    p->step = step_zlib;
    return true;
}

/* "deflate" means zlib's format, but many servers send the bare stream: zlib's header tells. */
static int window_bits(str encoding, str body)
{
    if (!str_eq_nocase(encoding, STR("deflate"))) return 15 + 16;
    unsigned first = body.len ? (unsigned char)body.ptr[0] : 0;
    unsigned second = body.len > 1 ? (unsigned char)body.ptr[1] : 0;
    return (first & 15) == 8 && (first * 256 + second) % 31 == 0 ? 15 : -15;
}

static bool is_one_of(str s, const char *a, const char *b)
{
    return str_eq_nocase(s, str_from(a)) || str_eq_nocase(s, str_from(b));
}

/* False: nobody knows this compression. An unpacker without a step: the body is not of it. */
static bool open_unpacker(unpacker *p, str encoding, str body)
{
    bool gzip = is_one_of(encoding, "gzip", "x-gzip");
    if (gzip && !str_starts(body, STR("\x1F\x8B"))) return true;
    if (gzip || str_eq_nocase(encoding, STR("deflate"))) {
        open_zlib(p, body, window_bits(encoding, body));
        return true;
    }
    p->in = body;
    if (is_one_of(encoding, "br", "brotli")) {
        p->brotli = BrotliDecoderCreateInstance(NULL, NULL, NULL);
        p->step = p->brotli ? step_brotli : NULL;
        return true;
    }
    if (!is_one_of(encoding, "zstd", "zstandard")) return false;
    if (!str_starts(body, STR("\x28\xB5\x2F\xFD"))) return true;
    p->other = other_open_memory(body, NULL);
    p->step = p->other ? step_other : NULL;
    return true;
}

static bool over_limit(error *e, str body, size_t n, size_t cap)
{
    enum { FREE_BYTES = 4 << 20 };
    if (n > cap)
        return !error_set(e, SITREP_OVER_LIMIT, "read",
                          "its body unpacks to more than the limit of %zu bytes", cap);
    if (n > FREE_BYTES && n / UNPACK_RATIO > body.len)
        return !error_set(e, SITREP_OVER_LIMIT, "read",
                          "a bomb: its body unpacks to more than %d times its size", UNPACK_RATIO);
    return false;
}

/* Text that was never packed, or was unpacked before it was kept. */
static bool is_plain(str body)
{
    str head = str_part(body, 0, 512);
    return head.len && !memchr(head.ptr, 0, head.len) && utf8_valid_prefix(head) + 4 > head.len;
}

bool inflate_body(str encoding, str body, size_t cap, document *d, str *out, error *e)
{
    arena *a = d->arena;
    unpacker *p = arena_new(a, unpacker, 1);
    arena_defer(a, close_unpacker, p);
    *out = body;
    if (!body.len) return true;
    if (!open_unpacker(p, encoding, body))
        return is_plain(body)
               || error_set(e, SITREP_BAD_FORMAT, "read", "compressed in a way that is not known: \"%.*s\"",
                            (int)(encoding.len < 40 ? encoding.len : 40), encoding.ptr);
    if (!p->step) return true;
    size_t room = body.len * 4 + 4096, n = 0;
    char *bytes = arena_new(a, char, room);
    int64_t got;
    while ((got = p->step(p, bytes + n, room - n)) > 0) {
        n += (size_t)got;
        if (over_limit(e, body, n, cap)) return false;
        if (n < room) continue;
        char *larger = arena_new(a, char, room * 2);
        memcpy(larger, bytes, n);
        bytes = larger;
        room *= 2;
    }
    if (got < 0 && !n && is_plain(body)) return true;
    if (got < 0 && !n) return error_set(e, SITREP_BAD_FORMAT, "read", "its compressed body is damaged");
    if (got < 0) read_note(d, "its compressed body is damaged or cut off; read are the first %zu bytes", n);
    *out = (str){bytes, n};
    return true;
}
