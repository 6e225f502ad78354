#include "sections.h"

#include <stdio.h>

void sections_add(sections *s, const char *name, const void *bytes, size_t len_bytes)
{
    section *n = array_push(s->a, &s->v);
    snprintf(n->name, sizeof n->name, "%s", name);
    n->bytes = bytes;
    n->len_bytes = len_bytes;
}

static size_t aligned(size_t n)
{
    return (n + MODEL_ALIGN - 1) / MODEL_ALIGN * MODEL_ALIGN;
}

bool sections_write(const sections *s, const char *path, uint32_t feature_set)
{
    size_t size = aligned(sizeof(model_header) + s->v.n * sizeof(model_entry)), at = size;
    for (size_t i = 0; i < s->v.n; i++) size += aligned(s->v.v[i].len_bytes);
    unsigned char *file = (unsigned char *)arena_new(s->a, max_align_t, size / sizeof(max_align_t) + 1);
    model_header *h = (model_header *)(void *)file;
    model_entry *entry = (model_entry *)(void *)(file + sizeof *h);
    *h = (model_header){.magic = MODEL_MAGIC,
                        .order = MODEL_ORDER,
                        .version = MODEL_VERSION,
                        .feature_set = feature_set,
                        .n_sections = (uint32_t)s->v.n,
                        .size_bytes = size};
    for (size_t i = 0; i < s->v.n; i++) {
        const section *x = &s->v.v[i];
        memcpy(entry[i].name, x->name, sizeof x->name);
        entry[i].offset = at;
        entry[i].len_bytes = x->len_bytes;
        memcpy(file + at, x->bytes, x->len_bytes);
        at += aligned(x->len_bytes);
    }
    h->checksum = model_checksum(file + sizeof *h, size - sizeof *h);
    FILE *f = fopen(path, "wb");
    bool ok = f && fwrite(file, 1, size, f) == size;
    return (f ? fclose(f) == 0 : false) && ok;
}
