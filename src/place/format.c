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

uint64_t gaz_checksum(const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    uint64_t h[4] = {n, n + 1, n + 2, n + 3}, sum = 0;
    size_t at = 0;
    for (; at + 32 <= n; at += 32)
        for (int k = 0; k < 4; k++) h[k] = lane(h[k], p + at + 8 * k);
    for (; at < n; at += 8) {
        unsigned char tail[8] = {0};
        memcpy(tail, p + at, n - at < 8 ? n - at : 8);
        h[0] = lane(h[0], tail);
    }
    for (int k = 0; k < 4; k++) sum = (sum ^ h[k] ^ h[k] >> 29) * 0x9FB21C651E98DF25u;
    return sum ^ sum >> 32;
}
