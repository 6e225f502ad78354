/* The loops in vectors of 256 bits. */
#ifdef __x86_64__

#define PART_BYTES 32
#define IN_SET __attribute__((target("avx2")))

#include "syntax/encoder_loops_all.h"

extern const encoder_loops encoder_loops_avx2;
const encoder_loops encoder_loops_avx2 = {"avx2", LOOPS};

#else
typedef int encoder_loops_avx2_empty;
#endif
