#include <sitrep.h>

#include "base/sha256.h"

const char *sitrep_version(void)
{
    return SITREP_VERSION;
}

void sitrep_sha256(const void *bytes, size_t len_bytes, char hex[65])
{
    sha256_hex((str){bytes ? bytes : "", len_bytes}, hex);
}
