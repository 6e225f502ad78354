/* The bodies of encoder_loops, compiled once for each instruction set; see lanes.h for what the including file
 * defines. */
#include <math.h>

#include "syntax/encoder_format.h"
#include "syntax/encoder_loops.h"
#include "syntax/kernel.h"
#include "syntax/lanes.h"

IN_SET static void embed(const int8_t *w, float unit, const float *shape, const float *place, size_t n,
                         float *x)
{
    for (size_t j = 0; j < n; j += LANES) {
        lanes y = lanes_mul(lanes_from_bytes(w + j), lanes_of(unit));
        lanes_store(lanes_add(lanes_add(y, lanes_load(shape + j)), lanes_load(place + j)), x + j);
    }
}

LANE_FN lanes made(made_row row, size_t j)
{
    return lanes_add(lanes_mul(lanes_load(row.sums + j), lanes_of(row.unit)), lanes_load(row.add + j));
}

IN_SET static void normalise(float *x, made_row row, gain_bias g, size_t n)
{
    lanes sum = lanes_of(0), squares = lanes_of(0);
    for (size_t j = 0; j < n; j += LANES) {
        lanes v = lanes_load(x + j);
        if (row.sums) v = lanes_add(v, made(row, j));
        sum = lanes_add(sum, v);
        lanes_store(v, x + j);
    }
    lanes mean = lanes_of(lanes_sum(sum) / (float)n);
    for (size_t j = 0; j < n; j += LANES) {
        lanes v = lanes_sub(lanes_load(x + j), mean);
        squares = lanes_add(squares, lanes_mul(v, v));
    }
    lanes scale = lanes_of(1 / sqrtf(lanes_sum(squares) / (float)n + 1e-12f));
    for (size_t j = 0; j < n; j += LANES) {
        lanes v = lanes_mul(lanes_sub(lanes_load(x + j), mean), scale);
        lanes_store(lanes_add(lanes_mul(v, lanes_load(g.gain + j)), lanes_load(g.bias + j)), x + j);
    }
}

IN_SET static void add_share(const float *x, float share, size_t n, float *y)
{
    for (size_t j = 0; j < n; j += LANES)
        lanes_store(lanes_add(lanes_load(y + j), lanes_mul(lanes_load(x + j), lanes_of(share))), y + j);
}

/* x · scale + zero as bytes of 7 bits. */
LANE_FN void bytes_of(const float *x, size_t n, float scale, float zero, uint8_t *q)
{
    for (size_t j = 0; j < n; j += LANES) {
        lanes v = lanes_add(lanes_mul(lanes_load(x + j), lanes_of(scale)), lanes_of(zero));
        lanes_to_bytes(lanes_min(lanes_max(v, lanes_of(0)), lanes_of(ACTIVATION_MAX)), q + j);
    }
}

IN_SET static float to_bytes(const float *x, size_t n, uint8_t *q)
{
    lanes most = lanes_of(1e-20f);
    for (size_t j = 0; j < n; j += LANES) most = lanes_max(lanes_abs(lanes_load(x + j)), most);
    float unit = lanes_most(most) / (SIGNED_ZERO - 1);
    bytes_of(x, n, 1 / unit, SIGNED_ZERO, q);
    return unit;
}

/* x / (1 + e^(-2 u)) with u = sqrt(2 / pi) (x + 0.044715 x^3): the same as x (1 + tanh u) / 2. */
LANE_FN lanes gelu(lanes x)
{
    lanes square = lanes_mul(lanes_mul(x, x), lanes_of(-0.102943240f));
    lanes power = lanes_mul(lanes_add(square, lanes_of(-2.302208198f)), x);
    power = lanes_min(lanes_max(power, lanes_of(-126)), lanes_of(126));
    return lanes_div(x, lanes_add(lanes_power(power), lanes_of(1)));
}

IN_SET static float gelu_to_bytes(made_row row, float *room, size_t n, uint8_t *q)
{
    lanes most = lanes_of(0);
    for (size_t j = 0; j < n; j += LANES) {
        lanes v = gelu(made(row, j));
        lanes_store(v, room + j);
        most = lanes_max(v, most);
    }
    float unit = (lanes_most(most) + GELU_LOW) / ACTIVATION_MAX;
    bytes_of(room, n, 1 / unit, GELU_LOW / unit, q);
    return unit;
}

IN_SET static void finish(made_row row, size_t n, float *y)
{
    for (size_t j = 0; j < n; j += LANES) lanes_store(made(row, j), y + j);
}

/* ---- attention ---------------------------------------------------------------------------------- */

enum {
    HEAD = ENCODER_HEAD_WIDTH,
    GROUP = 4,                         /* queries at a time */
    BLOCKS = PART_BYTES == 64 ? 2 : 1, /* of keys at a time, as many as registers hold */
    PADDING = 2 * LANES
};

static size_t padded(size_t n)
{
    return (n + PADDING - 1) / PADDING * PADDING;
}

#define POWERS_OF_2 1.442695041f /* e^x = 2^(x POWERS_OF_2) */

/* x[j] = 2^x[j], or 0 where `used` is 0. */
LANE_FN lanes weight(lanes x, const float *used)
{
    x = lanes_power(lanes_min(lanes_max(x, lanes_of(-110)), lanes_of(110)));
    return lanes_mul(x, lanes_load(used));
}

/* Keys lie turned, so that a row holds one number of each; what pads them is not used. */
IN_SET static void turn_keys(const float *sums, size_t stride, const float *unit, const float *add,
                             size_t n, size_t wide, float *keys, float *used)
{
    for (size_t i = 0; i < wide; i++) used[i] = i < n;
    for (size_t i = 0; i < n; i++)
        for (size_t c = 0; c < HEAD; c++) keys[c * wide + i] = sums[i * stride + c] * unit[i] + add[c];
    for (size_t c = 0; c < HEAD; c++)
        for (size_t i = n; i < wide; i++) keys[c * wide + i] = 0;
}

/* 2 to the power of what GROUP queries and the keys give, and 1 / their sums. No score is subtracted before, since
 * those of 80 and more do not occur; they would stop at 110. */
IN_SET static void weigh_keys(const float *q, const float *keys, const float *used, size_t wide, float *to,
                              float *share)
{
    lanes sum[GROUP];
    for (int r = 0; r < GROUP; r++) sum[r] = lanes_of(0);
    for (size_t j = 0; j < wide; j += BLOCKS * LANES) {
        lanes s[GROUP][BLOCKS];
        for (int r = 0; r < GROUP; r++)
            for (int b = 0; b < BLOCKS; b++) s[r][b] = lanes_of(0);
        for (size_t c = 0; c < HEAD; c++)
            for (int b = 0; b < BLOCKS; b++) {
                lanes k = lanes_load(keys + c * wide + j + b * LANES);
                for (int r = 0; r < GROUP; r++)
                    s[r][b] = lanes_add(s[r][b], lanes_mul(lanes_of(q[(size_t)r * HEAD + c]), k));
            }
        for (int b = 0; b < BLOCKS; b++)
            for (int r = 0; r < GROUP; r++) {
                lanes w = weight(s[r][b], used + j + b * LANES);
                sum[r] = lanes_add(sum[r], w);
                lanes_store(w, to + (size_t)r * wide + j + b * LANES);
            }
    }
    for (int r = 0; r < GROUP; r++) share[r] = 1 / lanes_sum(sum[r]);
}

/* Two vectors of lanes are a row of values. */
IN_SET static void gather(const float *s, size_t wide, const float *values, size_t n, const float *share,
                          float *out, size_t out_stride, size_t n_rows)
{
    lanes sum[GROUP][2];
    for (int r = 0; r < GROUP; r++) sum[r][0] = sum[r][1] = lanes_of(0);
    for (size_t j = 0; j < n; j++) {
        lanes a = lanes_load(values + j * HEAD), b = lanes_load(values + j * HEAD + LANES);
        for (int r = 0; r < GROUP; r++) {
            lanes w = lanes_of(s[(size_t)r * wide + j]);
            sum[r][0] = lanes_add(sum[r][0], lanes_mul(w, a));
            sum[r][1] = lanes_add(sum[r][1], lanes_mul(w, b));
        }
    }
    for (int r = 0; r < GROUP; r++)
        for (int h = 0; h < 2; h++)
            if ((size_t)r < n_rows)
                lanes_store(lanes_mul(sum[r][h], lanes_of(share[r])),
                            out + (size_t)r * out_stride + (size_t)h * LANES);
}

IN_SET static void attend(const float *sums, size_t stride, size_t width, const float *unit,
                          const float *add, size_t n, float *room, float *out, size_t out_stride)
{
    size_t wide = padded(n);
    float *keys = room, *values = keys + HEAD * wide, *used = values + HEAD * wide;
    float *queries = used + wide, *s = queries + HEAD * GROUP;
    turn_keys(sums + width, stride, unit, add + width, n, wide, keys, used);
    for (size_t i = 0; i < n; i++)
        finish((made_row){sums + i * stride + 2 * width, add + 2 * width, unit[i]}, HEAD,
               values + i * HEAD);
    for (size_t i = 0; i < n; i += GROUP) {
        float share[GROUP];
        size_t n_rows = n - i < GROUP ? n - i : GROUP;
        for (size_t r = 0; r < GROUP; r++) {
            size_t at = r < n_rows ? i + r : i;
            finish((made_row){sums + at * stride, add, unit[at]}, HEAD, queries + r * HEAD);
        }
        for (size_t c = 0; c < GROUP * HEAD; c += LANES)
            lanes_store(lanes_mul(lanes_load(queries + c), lanes_of(POWERS_OF_2)), queries + c);
        weigh_keys(queries, keys, used, wide, s, share);
        gather(s, wide, values, n, share, out + i * out_stride, out_stride, n_rows);
    }
}

/* ---- likelihoods -------------------------------------------------------------------------------- */

/* What stands past n becomes 0, nearly. */
IN_SET static float weigh(float *s, size_t n)
{
    size_t wide = (n + LANES - 1) / LANES * LANES;
    lanes most = lanes_of(-1e30f), sum = lanes_of(0);
    for (size_t j = n; j < wide; j++) s[j] = -1e30f;
    for (size_t j = 0; j < wide; j += LANES) most = lanes_max(lanes_load(s + j), most);
    lanes top = lanes_of(lanes_most(most));
    for (size_t j = 0; j < wide; j += LANES) {
        lanes e = lanes_mul(lanes_sub(lanes_load(s + j), top), lanes_of(POWERS_OF_2));
        e = lanes_power(lanes_max(e, lanes_of(-126)));
        lanes_store(e, s + j);
        sum = lanes_add(sum, e);
    }
    return 1 / lanes_sum(sum);
}

#define LOOPS embed, normalise, add_share, to_bytes, gelu_to_bytes, finish, weigh, attend
