/* What the targets for the reading stage share: its tables, and memory for one input. Included by one file each. */
#include <stdint.h>
#include <stdlib.h>

#include "base/os.h"
#include "read/read.h"

static arena tables, memory;
static read_rules *rules;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    error e;
    const char *data = getenv("SITREP_DATA");
    arena_init(&tables, 0);
    arena_init(&memory, (size_t)256 << 20);
    rules =
        read_rules_open(&tables, os_path_join(&tables, str_from(data ? data : "."), STR("codebooks")), &e);
    if (!rules) abort();
    return 0;
}
