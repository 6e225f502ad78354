#include "place/format.h"

uint64_t gaz_hash(char mark, str key)
{
    uint64_t h = 14695981039346656037u;
    if (mark) h = (h ^ (unsigned char)mark) * 1099511628211u;
    for (size_t i = 0; i < key.len; i++) h = (h ^ (unsigned char)key.ptr[i]) * 1099511628211u;
    h = (h ^ h >> 33) * 0xff51afd7ed558ccdu;
    h = (h ^ h >> 33) * 0xc4ceb9fe1a85ec53u;
    return h ^ h >> 33;
}

static uint64_t lane(uint64_t h, const unsigned char *p)
{
    uint64_t v;
    memcpy(&v, p, 8);
    h += v * 0xC2B2AE3D27D4EB4Fu;
    return (h << 31 | h >> 33) * 0x9E3779B185EBCA87u;
}

void gaz_sum_begin(gaz_sum *s)
{
    *s = (gaz_sum){.h = {1, 2, 3, 4}};
}

static void sum_block(gaz_sum *s, const unsigned char *p)
{
    for (int k = 0; k < 4; k++) s->h[k] = lane(s->h[k], p + 8 * k);
}

void gaz_sum_add(gaz_sum *s, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    size_t at = 0, begun = s->n % 32;
    s->n += n;
    if (begun) {
        size_t take = n < 32 - begun ? n : 32 - begun;
        memcpy(s->rest + begun, p, take);
        if (begun + take < 32) return;
        sum_block(s, s->rest);
        at = take;
    }
    for (; at + 32 <= n; at += 32) sum_block(s, p + at);
    if (at < n) memcpy(s->rest, p + at, n - at);
}

uint64_t gaz_sum_end(gaz_sum *s)
{
    uint64_t sum = s->n;
    if (s->n % 32) memset(s->rest + s->n % 32, 0, 32 - s->n % 32), sum_block(s, s->rest);
    for (int k = 0; k < 4; k++) sum = (sum ^ s->h[k] ^ s->h[k] >> 29) * 0x9FB21C651E98DF25u;
    return sum ^ sum >> 32;
}

uint64_t gaz_checksum(const void *bytes, size_t n)
{
    gaz_sum s;
    gaz_sum_begin(&s);
    gaz_sum_add(&s, bytes, n);
    return gaz_sum_end(&s);
}
