/* The loops in vectors of 512 bits. */
#ifdef __x86_64__

#define PART_BYTES 64
#ifdef __clang__ /* drops a whole target attribute of which it does not know a part */
#define IN_SET __attribute__((target("avx2,avx512f,avx512bw,avx512vl,avx512dq")))
#else
#define IN_SET __attribute__((target("avx2,avx512f,avx512bw,avx512vl,avx512dq,prefer-vector-width=512")))
#endif

#include "syntax/encoder_loops_all.h"

extern const encoder_loops encoder_loops_avx512;
const encoder_loops encoder_loops_avx512 = {"avx512-vnni", LOOPS};

#else
typedef int encoder_loops_avx512_empty;
#endif
