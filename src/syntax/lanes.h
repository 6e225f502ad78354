/* lanes: 16 floats that go through the same operations, in the vectors of the machine at hand.
 * In: PART_BYTES, the size of its vectors, from the file that includes this; IN_SET, the attribute of its instruction
 * set. Out: operations that give the same bits whatever the size: each is done lane by lane, none is fused, and sums
 * over lanes go in a fixed order. */
#ifndef SITREP_SYNTAX_LANES_H
#define SITREP_SYNTAX_LANES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { LANES = 16, PARTS = LANES * 4 / PART_BYTES, PART_LANES = LANES / PARTS };

#define LANE_FN IN_SET static inline __attribute__((always_inline))
#define EACH_PART(i) for (int i = 0; i < PARTS; i++)

typedef float f_part __attribute__((vector_size(PART_BYTES)));
typedef int32_t i_part __attribute__((vector_size(PART_BYTES)));
typedef uint8_t b_part __attribute__((vector_size(PART_LANES)));

typedef struct lanes {
    f_part p[PARTS];
} lanes;

LANE_FN lanes lanes_load(const float *from)
{
    lanes r;
    memcpy(&r, from, sizeof r);
    return r;
}

LANE_FN void lanes_store(lanes a, float *to)
{
    memcpy(to, &a, sizeof a);
}

LANE_FN lanes lanes_of(float x)
{
    lanes r;
    EACH_PART(i) r.p[i] = x - (f_part){0};
    return r;
}

LANE_FN lanes lanes_add(lanes a, lanes b)
{
    EACH_PART(i) a.p[i] = a.p[i] + b.p[i];
    return a;
}

LANE_FN lanes lanes_sub(lanes a, lanes b)
{
    EACH_PART(i) a.p[i] = a.p[i] - b.p[i];
    return a;
}

LANE_FN lanes lanes_mul(lanes a, lanes b)
{
    EACH_PART(i) a.p[i] = a.p[i] * b.p[i];
    return a;
}

LANE_FN lanes lanes_div(lanes a, lanes b)
{
    EACH_PART(i) a.p[i] = a.p[i] / b.p[i];
    return a;
}

/* Of a number and what is none, the number where it stands second. */
LANE_FN lanes lanes_max(lanes a, lanes b)
{
    EACH_PART(i)
    {
        i_part more = a.p[i] > b.p[i];
        a.p[i] = (f_part)((more & (i_part)a.p[i]) | (~more & (i_part)b.p[i]));
    }
    return a;
}

LANE_FN lanes lanes_min(lanes a, lanes b)
{
    EACH_PART(i)
    {
        i_part less = a.p[i] < b.p[i];
        a.p[i] = (f_part)((less & (i_part)a.p[i]) | (~less & (i_part)b.p[i]));
    }
    return a;
}

LANE_FN lanes lanes_abs(lanes a)
{
    EACH_PART(i) a.p[i] = (f_part)((i_part)a.p[i] & 0x7FFFFFFF);
    return a;
}

LANE_FN float lanes_sum(lanes a)
{
    float v[LANES];
    memcpy(v, &a, sizeof v);
    for (int half = LANES / 2; half; half /= 2)
        for (int i = 0; i < half; i++) v[i] += v[i + half];
    return v[0];
}

LANE_FN float lanes_most(lanes a)
{
    float v[LANES];
    memcpy(v, &a, sizeof v);
    for (int half = LANES / 2; half; half /= 2)
        for (int i = 0; i < half; i++) v[i] = v[i] > v[i + half] ? v[i] : v[i + half];
    return v[0];
}

/* The nearest integers as bytes; 0 <= a <= 255. */
LANE_FN void lanes_to_bytes(lanes a, uint8_t *to)
{
    EACH_PART(i)
    {
        i_part whole = (i_part)(a.p[i] + 12582912.0f) & 0xFF;
        b_part bytes = __builtin_convertvector(whole, b_part);
        memcpy(to + i * PART_LANES, &bytes, sizeof bytes);
    }
}

LANE_FN lanes lanes_from_bytes(const int8_t *from)
{
    typedef int8_t s_part __attribute__((vector_size(PART_LANES)));
    lanes r;
    EACH_PART(i)
    {
        s_part bytes;
        memcpy(&bytes, from + i * PART_LANES, sizeof bytes);
        r.p[i] = __builtin_convertvector(bytes, f_part);
    }
    return r;
}

/* e^a for a up to 88, with an error of 3e-7 of it; 0 nearly below -87. */
LANE_FN lanes lanes_exp(lanes a)
{
    static const float term[] = {1.0f,          0.69314718f,   0.24022651f,   0.055504109f,
                                 0.0096181291f, 0.0013333558f, 0.00015403530f};
    a = lanes_mul(lanes_min(lanes_max(a, lanes_of(-87)), lanes_of(88)), lanes_of(1.44269504f));
    lanes r;
    EACH_PART(i)
    {
        f_part big = a.p[i] + 12582912.0f, rest = a.p[i] - (big - 12582912.0f);
        f_part y = rest * term[6] + term[5];
        for (int k = 4; k >= 0; k--) y = y * rest + term[k];
        i_part whole = (i_part)big << 23;
        r.p[i] = (f_part)((i_part)y + whole);
    }
    return r;
}

#endif
