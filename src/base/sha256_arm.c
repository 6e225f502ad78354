/* SHA-256 by the cryptographic extension of ARMv8 (Arm Architecture Reference Manual, SHA256H and its kin):
 * four rounds an instruction pair. */
#ifdef __aarch64__

#include <arm_neon.h>
#ifdef __linux__
#include <sys/auxv.h>
#endif

#include "base/sha256_blocks.h"

#ifdef __clang__
#define TARGET __attribute__((target("sha2")))
#else
#define TARGET __attribute__((target("+crypto")))
#endif

static bool usable(void)
{
#if defined __linux__
    enum { HAS_SHA2 = 1 << 6 };
    return getauxval(AT_HWCAP) & HAS_SHA2;
#elif defined __APPLE__
    return true;
#else
    return false;
#endif
}

TARGET static void blocks(uint32_t h[8], const unsigned char *p, size_t n_blocks)
{
    uint32x4_t abcd = vld1q_u32(h), efgh = vld1q_u32(h + 4);
    for (; n_blocks; n_blocks--, p += 64) {
        uint32x4_t w[4], abcd_before = abcd, efgh_before = efgh;
        for (int i = 0; i < 4; i++) w[i] = vreinterpretq_u32_u8(vrev32q_u8(vld1q_u8(p + 16 * i)));
        for (int i = 0; i < 16; i++) {
            uint32x4_t *now = &w[i & 3], before = abcd;
            if (i >= 4)
                *now =
                    vsha256su1q_u32(vsha256su0q_u32(*now, w[(i + 1) & 3]), w[(i + 2) & 3], w[(i + 3) & 3]);
            uint32x4_t sum = vaddq_u32(*now, vld1q_u32(sha256_round_constants + 4 * i));
            abcd = vsha256hq_u32(abcd, efgh, sum);
            efgh = vsha256h2q_u32(efgh, before, sum);
        }
        abcd = vaddq_u32(abcd, abcd_before);
        efgh = vaddq_u32(efgh, efgh_before);
    }
    vst1q_u32(h, abcd);
    vst1q_u32(h + 4, efgh);
}

const sha256_way sha256_arm = {"armv8-crypto", usable, blocks};

#else
typedef int sha256_arm_is_elsewhere;
#endif
