/* The loops in vectors of 128 bits, which every machine has or does without. */
#define PART_BYTES 16
#define IN_SET

#include "syntax/encoder_loops_all.h"

extern const encoder_loops encoder_loops_avx2, encoder_loops_avx512;

static const encoder_loops plain = {"", LOOPS};

size_t attend_room(size_t n)
{
    return (2 * HEAD + 1 + GROUP) * padded(n) + HEAD * GROUP;
}

const encoder_loops *encoder_loops_for(const char *kernels_name)
{
#ifdef __x86_64__
    if (strcmp(kernels_name, "avx512-vnni") == 0) return &encoder_loops_avx512;
    if (strncmp(kernels_name, "avx", 3) == 0) return &encoder_loops_avx2;
#endif
    (void)kernels_name;
    return &plain;
}
