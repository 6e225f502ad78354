/* sha256: the digest of FIPS 180-4, to prove what was read.
 * In: bytes. Out: 64 hexadecimal digits and a NUL. */
#ifndef SITREP_BASE_SHA256_H
#define SITREP_BASE_SHA256_H

#include "base/str.h"

void sha256_hex(str bytes, char out[65]);

#endif
