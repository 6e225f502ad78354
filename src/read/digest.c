#include "read/digest.h"

#include <nettle/md5.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>

enum { MAX_DIGEST = 64 };

typedef struct algorithm {
    const char *names[2];
    size_t size;
    void (*sum)(str bytes, uint8_t *out);
} algorithm;

#define SUM(name, SIZE)                                                                                    \
    static void sum_##name(str bytes, uint8_t *out)                                                        \
    {                                                                                                      \
        struct name##_ctx c;                                                                               \
        name##_init(&c);                                                                                   \
        name##_update(&c, bytes.len, (const uint8_t *)bytes.ptr);                                          \
        name##_digest(&c, SIZE, out);                                                                      \
    }
SUM(md5, MD5_DIGEST_SIZE)
SUM(sha1, SHA1_DIGEST_SIZE)
SUM(sha256, SHA256_DIGEST_SIZE)
SUM(sha512, SHA512_DIGEST_SIZE)

static const algorithm algorithms[] = {{{"sha1", "sha-1"}, SHA1_DIGEST_SIZE, sum_sha1},
                                       {{"sha256", "sha-256"}, SHA256_DIGEST_SIZE, sum_sha256},
                                       {{"sha512", "sha-512"}, SHA512_DIGEST_SIZE, sum_sha512},
                                       {{"md5", "md-5"}, MD5_DIGEST_SIZE, sum_md5}};

/* Digits of `bits` bits each, most significant first; the number of whole bytes, 0 where one is none. */
static size_t from_digits(str s, unsigned bits, int (*digit)(char c), uint8_t *out)
{
    uint32_t held = 0;
    unsigned n_held = 0;
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        int value = digit(s.ptr[i]);
        if (value < 0) return 0;
        held = held << bits | (uint32_t)value;
        n_held += bits;
        if (n_held < 8) continue;
        if (n == MAX_DIGEST) return 0;
        n_held -= 8;
        out[n++] = (uint8_t)(held >> n_held);
    }
    return n;
}

static int digit16(char c)
{
    char low = (char)(c | 32);
    return c >= '0' && c <= '9' ? c - '0' : low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

static int digit32(char c)
{
    char low = (char)(c | 32);
    return c >= '2' && c <= '7' ? c - '2' + 26 : low >= 'a' && low <= 'z' ? low - 'a' : -1;
}

static int digit64(char c)
{
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

/* The length tells the base. */
static bool decode(str value, size_t size, uint8_t *out)
{
    while (value.len && value.ptr[value.len - 1] == '=') value.len--;
    if (value.len == 2 * size) return from_digits(value, 4, digit16, out) == size;
    if (value.len == (8 * size + 4) / 5) return from_digits(value, 5, digit32, out) == size;
    return value.len == (8 * size + 5) / 6 && from_digits(value, 6, digit64, out) == size;
}

digest_result digest_check(str told, str bytes)
{
    uint8_t expected[MAX_DIGEST], found[MAX_DIGEST];
    size_t colon = str_find(told, STR(":"), 0);
    if (colon >= told.len) return DIGEST_UNKNOWN;
    str name = str_trim(str_part(told, 0, colon)), value = str_trim(str_part(told, colon + 1, told.len));
    for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++) {
        const algorithm *a = &algorithms[i];
        if (!str_eq_nocase(name, str_from(a->names[0])) && !str_eq_nocase(name, str_from(a->names[1])))
            continue;
        if (!decode(value, a->size, expected)) return DIGEST_UNKNOWN;
        a->sum(bytes, found);
        return memcmp(expected, found, a->size) == 0 ? DIGEST_EQUAL : DIGEST_OTHER;
    }
    return DIGEST_UNKNOWN;
}
