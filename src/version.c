#include <sitrep.h>

const char *sitrep_version(void)
{
    return SITREP_VERSION;
}
