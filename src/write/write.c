#include "write/write.h"

#include <stdio.h>

void write_text(const write_view *w)
{
    out_str(w->o, w->d->text);
}

str write_civil(civil_date day, char text[16])
{
    text[0] = 0;
    int year = day.year;
    if (!year) return (str){text, 0};
    int width = year < 0 ? 5 : 4; /* ISO 8601: the sign stands before four figures */
    if (!day.month) snprintf(text, 16, "%0*d", width, year);
    else if (!day.day) snprintf(text, 16, "%0*d-%02d", width, year, day.month);
    else snprintf(text, 16, "%0*d-%02d-%02d", width, year, day.month, day.day);
    return str_from(text);
}

str write_label(label_set set, int value)
{
    str s = str_from(label_text(set, value));
    return str_is(s, "none") ? (str){0} : s;
}

/* 64-bit FNV-1a with a field separator, finished by the mixer of MurmurHash3 (Appleby), since FNV alone
 * leaves the high bits of short inputs poor. */
static uint64_t hash_more(uint64_t h, const void *bytes, size_t len)
{
    const unsigned char *b = bytes;
    for (size_t i = 0; i < len; i++) h = (h ^ b[i]) * 0x100000001B3u;
    return (h ^ 0xFF) * 0x100000001B3u;
}

static uint64_t hash_finish(uint64_t h)
{
    h = (h ^ (h >> 33)) * 0xFF51AFD7ED558CCDu;
    h = (h ^ (h >> 33)) * 0xC4CEB9FE1A85EC53u;
    return h ^ (h >> 33);
}

static bool is_twin(const claim *a, const claim *b)
{
    return a->trigger.start == b->trigger.start && a->trigger.len == b->trigger.len
           && str_eq(a->type, b->type);
}

void write_claim_ids(document *d, str codebook, str model)
{
    uint64_t base = hash_more(0xCBF29CE484222325u, d->sha256, strlen(d->sha256));
    base = hash_more(base, codebook.ptr, codebook.len);
    base = hash_more(base, model.ptr, model.len);
    for (size_t i = 0; i < d->claims.n; i++) {
        claim *c = &d->claims.v[i];
        unsigned twin = 0;
        /* Twins stand side by side: claims are in order of their triggers. */
        for (size_t k = i; k-- && d->claims.v[k].trigger.start == c->trigger.start;)
            twin += is_twin(&d->claims.v[k], c);
        char where[48];
        int n = snprintf(where, sizeof where, "%u %u %u", c->trigger.start, c->trigger.len, twin);
        uint64_t h = hash_more(hash_more(base, where, (size_t)n), c->type.ptr, c->type.len);
        snprintf(c->id, sizeof c->id, "clm_%016llx", (unsigned long long)hash_finish(h));
    }
}
