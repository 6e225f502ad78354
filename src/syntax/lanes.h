/* lanes: 16 floats that go through the same operations, in the vectors of the machine at hand.
 * In: PART_BYTES, the size of its vectors, from the file that includes this; IN_SET, the attribute of its instruction
 * set. Out: operations that give the same bits whatever the size: each is done lane by lane, none is fused, and sums
 * over lanes go in a fixed order. Parts are members and no array, since compilers keep those in registers. */
#ifndef SITREP_SYNTAX_LANES_H
#define SITREP_SYNTAX_LANES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#ifdef __x86_64__
#include <immintrin.h>
#endif

enum { LANES = 16, PART_LANES = PART_BYTES / 4 };

#define LANE_FN IN_SET static inline __attribute__((always_inline))

typedef float f_part __attribute__((vector_size(PART_BYTES)));
typedef int32_t i_part __attribute__((vector_size(PART_BYTES)));
typedef uint8_t b_part __attribute__((vector_size(PART_LANES)));
typedef int8_t s_part __attribute__((vector_size(PART_LANES)));

typedef struct lanes {
#if PART_BYTES == 64
    f_part p0;
#define EACH_PART(DO) DO(0)
#elif PART_BYTES == 32
    f_part p0, p1;
#define EACH_PART(DO) DO(0) DO(1)
#else
    f_part p0, p1, p2, p3;
#define EACH_PART(DO) DO(0) DO(1) DO(2) DO(3)
#endif
} lanes;

/* ---- parts ------------------------------------------------------------------------------------- */

/* Of a number and what is none, the number where it stands second; so do the processor's own. */
#if defined __x86_64__ && PART_BYTES == 64
#define PART_MAX(a, b) ((f_part)_mm512_max_ps((__m512)(a), (__m512)(b)))
#define PART_MIN(a, b) ((f_part)_mm512_min_ps((__m512)(a), (__m512)(b)))
#elif defined __x86_64__ && PART_BYTES == 32
#define PART_MAX(a, b) ((f_part)_mm256_max_ps((__m256)(a), (__m256)(b)))
#define PART_MIN(a, b) ((f_part)_mm256_min_ps((__m256)(a), (__m256)(b)))
#elif defined __x86_64__
#define PART_MAX(a, b) ((f_part)_mm_max_ps((__m128)(a), (__m128)(b)))
#define PART_MIN(a, b) ((f_part)_mm_min_ps((__m128)(a), (__m128)(b)))
#else
#define PART_MAX(a, b) part_chosen((a) > (b), a, b)
#define PART_MIN(a, b) part_chosen((a) < (b), a, b)

LANE_FN f_part part_chosen(i_part first, f_part a, f_part b)
{
    return (f_part)((first & (i_part)a) | (~first & (i_part)b));
}
#endif

LANE_FN f_part part_load(const float *from)
{
    f_part v;
    memcpy(&v, from, sizeof v);
    return v;
}

#define ROUNDING 12582912.0f /* 1.5 · 2^23: what is added to it loses its fraction, ties to even */

LANE_FN void part_to_bytes(f_part a, uint8_t *to)
{
    i_part whole = (i_part)(a + ROUNDING) & 0xFF;
#if defined __x86_64__ && PART_BYTES == 64
    _mm_storeu_si128((__m128i *)(void *)to, _mm512_cvtepi32_epi8((__m512i)whole));
#elif defined __x86_64__ && PART_BYTES == 32
    __m128i low = _mm256_castsi256_si128((__m256i)whole),
            high = _mm256_extracti128_si256((__m256i)whole, 1);
    low = _mm_packus_epi32(low, high);
    _mm_storel_epi64((__m128i *)(void *)to, _mm_packus_epi16(low, low));
#else
    b_part bytes = __builtin_convertvector(whole, b_part);
    memcpy(to, &bytes, sizeof bytes);
#endif
}

LANE_FN f_part part_from_bytes(const int8_t *from)
{
    s_part bytes;
    memcpy(&bytes, from, sizeof bytes);
    return __builtin_convertvector(bytes, f_part);
}

/* 2^a, with an error of 3e-6 of it: 2 to the whole part and a polynomial, whose terms were fitted. */
LANE_FN f_part part_power(f_part a)
{
    f_part big = a + ROUNDING, x = a - (big - ROUNDING);
    f_part y = ((x * 0.00958282407f + 0.0559064224f) * x + 0.240240991f) * x + 0.693124175f;
    return (f_part)((i_part)(y * x + 1.0f) + ((i_part)big << 23));
}

/* ---- lanes ------------------------------------------------------------------------------------- */

LANE_FN lanes lanes_load(const float *from)
{
    lanes r;
#define DO(i) r.p##i = part_load(from + i * PART_LANES);
    EACH_PART(DO)
#undef DO
    return r;
}

LANE_FN void lanes_store(lanes a, float *to)
{
#define DO(i) memcpy(to + i * PART_LANES, &a.p##i, sizeof a.p##i);
    EACH_PART(DO)
#undef DO
}

LANE_FN lanes lanes_of(float x)
{
    lanes r;
#define DO(i) r.p##i = x - (f_part){0};
    EACH_PART(DO)
#undef DO
    return r;
}

LANE_FN lanes lanes_add(lanes a, lanes b)
{
#define DO(i) a.p##i = a.p##i + b.p##i;
    EACH_PART(DO)
#undef DO
    return a;
}

LANE_FN lanes lanes_sub(lanes a, lanes b)
{
#define DO(i) a.p##i = a.p##i - b.p##i;
    EACH_PART(DO)
#undef DO
    return a;
}

LANE_FN lanes lanes_mul(lanes a, lanes b)
{
#define DO(i) a.p##i = a.p##i * b.p##i;
    EACH_PART(DO)
#undef DO
    return a;
}

LANE_FN lanes lanes_div(lanes a, lanes b)
{
#define DO(i) a.p##i = a.p##i / b.p##i;
    EACH_PART(DO)
#undef DO
    return a;
}

LANE_FN lanes lanes_max(lanes a, lanes b)
{
#define DO(i) a.p##i = PART_MAX(a.p##i, b.p##i);
    EACH_PART(DO)
#undef DO
    return a;
}

LANE_FN lanes lanes_min(lanes a, lanes b)
{
#define DO(i) a.p##i = PART_MIN(a.p##i, b.p##i);
    EACH_PART(DO)
#undef DO
    return a;
}

LANE_FN lanes lanes_abs(lanes a)
{
#define DO(i) a.p##i = (f_part)((i_part)a.p##i & 0x7FFFFFFF);
    EACH_PART(DO)
#undef DO
    return a;
}

/* The nearest integers as bytes; 0 <= a <= 255. */
LANE_FN void lanes_to_bytes(lanes a, uint8_t *to)
{
#define DO(i) part_to_bytes(a.p##i, to + i * PART_LANES);
    EACH_PART(DO)
#undef DO
}

LANE_FN lanes lanes_from_bytes(const int8_t *from)
{
    lanes r;
#define DO(i) r.p##i = part_from_bytes(from + i * PART_LANES);
    EACH_PART(DO)
#undef DO
    return r;
}

/* 2^a for |a| up to 126. */
LANE_FN lanes lanes_power(lanes a)
{
#define DO(i) a.p##i = part_power(a.p##i);
    EACH_PART(DO)
#undef DO
    return a;
}

LANE_FN float lanes_sum(lanes a)
{
    float v[LANES];
    lanes_store(a, v);
    for (int half = LANES / 2; half; half /= 2)
        for (int i = 0; i < half; i++) v[i] += v[i + half];
    return v[0];
}

LANE_FN float lanes_most(lanes a)
{
    float v[LANES];
    lanes_store(a, v);
    for (int half = LANES / 2; half; half /= 2)
        for (int i = 0; i < half; i++) v[i] = v[i] > v[i + half] ? v[i] : v[i + half];
    return v[0];
}

#endif
