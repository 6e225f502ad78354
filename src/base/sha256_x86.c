/* SHA-256 by the SHA extensions of x86-64 processors (Intel, "Intel SHA Extensions", 2013): two rounds an
 * instruction, the state held as ABEF and CDGH. */
#ifdef __x86_64__

#include <cpuid.h>
#include <immintrin.h>

#include "base/sha256_blocks.h"

#define TARGET __attribute__((target("sha,sse4.1,ssse3")))

static bool usable(void)
{
    unsigned a, b, c, d;
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || !(b & bit_SHA)) return false;
    return __get_cpuid(1, &a, &b, &c, &d) && c & bit_SSE4_1 && c & bit_SSSE3;
}

/* Rounds 4 * i to 4 * i + 3 with the words w. */
TARGET static inline void four_rounds(__m128i *abef, __m128i *cdgh, __m128i w, int i)
{
    __m128i k = _mm_loadu_si128((const __m128i *)(const void *)(sha256_round_constants + 4 * i));
    __m128i sum = _mm_add_epi32(w, k);
    *cdgh = _mm_sha256rnds2_epu32(*cdgh, *abef, sum);
    *abef = _mm_sha256rnds2_epu32(*abef, *cdgh, _mm_shuffle_epi32(sum, 0x0E));
}

/* The next four words of the schedule from the last sixteen. */
TARGET static inline __m128i next_words(__m128i w0, __m128i w1, __m128i w2, __m128i w3)
{
    __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1), _mm_alignr_epi8(w3, w2, 4));
    return _mm_sha256msg2_epu32(sum, w3);
}

TARGET static void blocks(uint32_t h[8], const unsigned char *p, size_t n_blocks)
{
    const __m128i turn = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i low = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(const void *)h), 0xB1);
    __m128i high = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(const void *)(h + 4)), 0x1B);
    __m128i abef = _mm_alignr_epi8(low, high, 8), cdgh = _mm_blend_epi16(high, low, 0xF0);
    for (; n_blocks; n_blocks--, p += 64) {
        __m128i w[4], abef_before = abef, cdgh_before = cdgh;
        for (int i = 0; i < 4; i++) {
            w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)(p + 16 * i)), turn);
            four_rounds(&abef, &cdgh, w[i], i);
        }
        for (int i = 4; i < 16; i += 4) {
            for (int k = 0; k < 4; k++) {
                w[k] = next_words(w[k], w[(k + 1) & 3], w[(k + 2) & 3], w[(k + 3) & 3]);
                four_rounds(&abef, &cdgh, w[k], i + k);
            }
        }
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    low = _mm_shuffle_epi32(abef, 0x1B);  /* F E B A -> A B E F */
    high = _mm_shuffle_epi32(cdgh, 0xB1); /* H G D C -> G H C D */
    _mm_storeu_si128((__m128i *)(void *)h, _mm_blend_epi16(low, high, 0xF0));
    _mm_storeu_si128((__m128i *)(void *)(h + 4), _mm_alignr_epi8(high, low, 8));
}

const sha256_way sha256_x86 = {"sha-ni", usable, blocks};

#else
typedef int sha256_x86_is_elsewhere;
#endif
