/* sections: writes a model file as laid out in model/layout.h. */
#ifndef SITREP_TRAIN_SECTIONS_H
#define SITREP_TRAIN_SECTIONS_H

#include "base/array.h"
#include "model/layout.h"

typedef struct section {
    char name[MODEL_NAME_LEN];
    const void *bytes;
    size_t len_bytes;
} section;

typedef struct sections {
    arena *a;
    ARRAY(section) v;
} sections;

/* `bytes` must live until the file is written. */
void sections_add(sections *s, const char *name, const void *bytes, size_t len_bytes);

bool sections_write(const sections *s, const char *path, uint32_t feature_set);

#endif
