/* sha256_blocks: the compression of SHA-256 in the ways that a processor can do it, between the files of sha256.
 * In: the eight words of state and whole blocks of 64 bytes. Out: the state behind them, the same in every way. */
#ifndef SITREP_BASE_SHA256_BLOCKS_H
#define SITREP_BASE_SHA256_BLOCKS_H

#include "base/str.h"

typedef struct sha256_way {
    const char *name;
    bool (*usable)(void); /* on this processor */
    void (*blocks)(uint32_t h[8], const unsigned char *p, size_t n_blocks);
} sha256_way;

/* Fastest first, ended by NULL; the last can be used anywhere. */
extern const sha256_way *const sha256_ways[];
extern const sha256_way sha256_x86, sha256_arm;

extern const uint32_t sha256_round_constants[64];

/* As sha256_hex. */
void sha256_hex_by(const sha256_way *way, str bytes, char out[65]);

#endif
