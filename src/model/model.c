#include "model/model.h"

#include "model/layout.h"

static bool fault(const model *m, error *e, const char *what)
{
    error_set(e, SITREP_BAD_MODEL, "model", "%s", what);
    return error_at(e, m->path, 0, 0);
}

static const model_header *header_of(const model *m)
{
    return (const model_header *)(const void *)m->map.bytes;
}

static const model_entry *entries_of(const model *m)
{
    return (const model_entry *)(const void *)(m->map.bytes + sizeof(model_header));
}

static bool check_entries(const model *m, error *e)
{
    const model_header *h = header_of(m);
    if (h->n_sections > MODEL_MAX_SECTIONS
        || m->map.len_bytes < sizeof *h + h->n_sections * sizeof(model_entry))
        return fault(m, e, "its table of contents is damaged");
    for (uint32_t i = 0; i < h->n_sections; i++) {
        const model_entry *s = &entries_of(m)[i];
        if (s->offset % MODEL_ALIGN || s->offset > m->map.len_bytes
            || s->len_bytes > m->map.len_bytes - s->offset || s->name[MODEL_NAME_LEN - 1])
            return fault(m, e, "a section lies outside the file");
    }
    return true;
}

static bool check(const model *m, uint32_t feature_set, error *e)
{
    const model_header *h = header_of(m);
    size_t n = m->map.len_bytes;
    if (n < sizeof *h || memcmp(h->magic, MODEL_MAGIC, sizeof h->magic) != 0)
        return fault(m, e, "not a model file of sitrep");
    if (h->order != MODEL_ORDER) return fault(m, e, "made for machines of the other byte order");
    if (h->version != MODEL_VERSION) return fault(m, e, "of another version of the file format");
    if (h->size_bytes != n) return fault(m, e, "cut short or grown");
    if (h->checksum != model_checksum(m->map.bytes + sizeof *h, n - sizeof *h))
        return fault(m, e, "its checksum is wrong: the file is damaged");
    if (h->feature_set != feature_set) return fault(m, e, "trained for another set of features");
    return check_entries(m, e);
}

bool model_open(model *m, str path, uint32_t feature_set, error *e)
{
    *m = (model){.path = path};
    if (!os_map_file(path, &m->map, e)) return false;
    if (check(m, feature_set, e)) return true;
    model_close(m);
    return false;
}

void model_close(model *m)
{
    os_unmap(&m->map);
}

const void *model_find(const model *m, const char *name, size_t *len_bytes)
{
    for (uint32_t i = 0; i < header_of(m)->n_sections; i++) {
        const model_entry *s = &entries_of(m)[i];
        if (strcmp(s->name, name) != 0) continue;
        *len_bytes = s->len_bytes;
        return m->map.bytes + s->offset;
    }
    return NULL;
}

const void *model_need(const model *m, const char *name, size_t len_bytes, error *e)
{
    size_t len = 0;
    const void *p = model_find(m, name, &len);
    if (p && len == len_bytes) return p;
    error_set(e, SITREP_BAD_MODEL, "model", "section \"%s\" is %s", name,
              p ? "of the wrong size" : "missing");
    error_at(e, m->path, 0, 0);
    return NULL;
}

str model_meta(const model *m, str key)
{
    size_t len = 0;
    const char *p = model_find(m, "meta", &len);
    str rest = {p, p ? len : 0};
    while (rest.ptr) {
        str line = str_cut(&rest, '\n');
        if (str_starts(line, key) && line.len > key.len && line.ptr[key.len] == '\t')
            return str_part(line, key.len + 1, line.len);
    }
    return (str){"", 0};
}
