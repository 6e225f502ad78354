#include "encoders.h"

#include "syntax/promising.h"

/* As in zlib (RFC 1952). */
static uint32_t crc32_of(str s)
{
    uint32_t crc = ~(uint32_t)0;
    for (size_t i = 0; i < s.len; i++) {
        crc ^= (unsigned char)s.ptr[i];
        for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >> 1 ^ 0xEDB88320u : crc >> 1;
    }
    return ~crc;
}

static bool open_one(encoders *all, str path, error *e)
{
    if (all->n == MAX_ENCODERS)
        return error_set(e, SITREP_BAD_USAGE, "train", "more than %d encoders", MAX_ENCODERS);
    char name[4096];
    if (path.len >= sizeof name) return error_set(e, SITREP_BAD_USAGE, "train", "path too long");
    memcpy(name, path.ptr, path.len);
    name[path.len] = 0;
    encoder *n = encoder_open(str_from(name), e);
    if (!n) return false;
    all->encoder[all->n] = n;
    all->scratch[all->n++] = encoder_scratch_open(n, e);
    return all->scratch[all->n - 1] != NULL;
}

bool encoders_open(encoders *all, const char *paths, error *e)
{
    *all = (encoders){0};
    for (str rest = str_from(paths); rest.ptr;)
        if (!open_one(all, str_cut(&rest, ','), e)) return false;
    return true;
}

void encoders_close(encoders *all)
{
    for (size_t i = 0; i < all->n; i++) {
        encoder_scratch_close(all->scratch[i]);
        encoder_close(all->encoder[i]);
    }
    all->n = 0;
}

void encoders_run(void *context, document *d)
{
    encoders *all = context;
    if (!all->n) return;
    size_t k = crc32_of(d->id) % all->n;
    promising_read(all->encoder[k], all->scratch[k], d);
}
