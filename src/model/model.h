/* model: the reader of learned weights.
 * In: a file as in layout.h. Out: named, aligned, read-only sections. The file is mapped, so that processes
 * share it and opening costs one pass for the checksum; what does not fit is refused with its cause. */
#ifndef SITREP_MODEL_MODEL_H
#define SITREP_MODEL_MODEL_H

#include "base/error.h"
#include "base/os.h"

typedef struct model {
    os_map map;
    str path;
} model;

/* Maps and checks the file. `feature_set` is the one that the caller's code computes. `path` must live as
 * long as the model. Errors: SITREP_NO_FILE, SITREP_BAD_MODEL. Reading is thread-safe afterwards. */
bool model_open(model *m, str path, uint32_t feature_set, error *e);
void model_close(model *m);

/* The section called `name`, *len_bytes long; NULL where there is none. Lives as long as the model. */
const void *model_find(const model *m, const char *name, size_t *len_bytes);

/* The section called `name`, which must be exactly `len_bytes` long, else SITREP_BAD_MODEL and NULL. */
const void *model_need(const model *m, const char *name, size_t len_bytes, error *e);

/* A line of the "meta" section: its value, or "" where `key` is missing. */
str model_meta(const model *m, str key);

#endif
