/* layout: how a model file lies on disk; shared by the reader and by the trainer's writer.
 *
 *     model_header | model_entry × n_sections | sections, each at a multiple of MODEL_ALIGN
 *
 * All numbers are little-endian. `checksum` covers every byte after the header. The file describes
 * itself: sections have names, the section "meta" holds lines "key<TAB>value" for people (training data,
 * licence, scores), and `feature_set` names the feature code that the weights belong to. */
#ifndef SITREP_MODEL_LAYOUT_H
#define SITREP_MODEL_LAYOUT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define MODEL_MAGIC "sitrepM"
enum { MODEL_VERSION = 2, MODEL_ALIGN = 64, MODEL_NAME_LEN = 16, MODEL_MAX_SECTIONS = 256 };
#define MODEL_ORDER 0x01020304u /* reads otherwise on a machine of the other byte order */

typedef struct model_header {
    char magic[8];
    uint32_t order, version;
    uint32_t feature_set, n_sections;
    uint64_t size_bytes; /* of the whole file */
    uint64_t checksum;
    uint64_t reserved[3];
} model_header;

typedef struct model_entry {
    char name[MODEL_NAME_LEN]; /* padded with NUL */
    uint64_t offset, len_bytes;
} model_entry;

/* A 64-bit mix over eight bytes at a time; finds damage, not forgery. */
static inline uint64_t model_checksum(const unsigned char *p, size_t n)
{
    uint64_t h = 0x9E3779B97F4A7C15u ^ n;
    for (; n >= 8; p += 8, n -= 8) {
        uint64_t w;
        memcpy(&w, p, 8);
        h = (h ^ w) * 0xD6E8FEB86659FD93u;
        h ^= h >> 32;
    }
    for (; n; p++, n--) h = (h ^ *p) * 0x100000001B3u;
    return h ^ h >> 29;
}

#endif
