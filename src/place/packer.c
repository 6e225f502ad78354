#include <stdlib.h>
#include <zlib.h>

#include "place/build_rows.h"

enum { BLOCK = 64 * 1024 };

struct packer {
    z_stream z;
    FILE *to;
    unsigned char out[BLOCK];
    bool failed;
};

struct packer *packer_open(FILE *to)
{
    struct packer *p = calloc(1, sizeof *p);
    if (!p) return NULL;
    p->to = to;
    if (deflateInit(&p->z, 1) == Z_OK) return p;
    free(p);
    return NULL;
}

static bool pump(struct packer *p, int flush)
{
    int r;
    do {
        p->z.next_out = p->out;
        p->z.avail_out = BLOCK;
        r = deflate(&p->z, flush);
        size_t n = BLOCK - p->z.avail_out;
        if (n && fwrite(p->out, 1, n, p->to) != n) p->failed = true;
    } while (!p->failed && p->z.avail_out == 0);
    return !p->failed && r != Z_STREAM_ERROR;
}

bool packer_put(struct packer *p, str bytes)
{
    p->z.next_in = (unsigned char *)(uintptr_t)bytes.ptr;
    p->z.avail_in = (unsigned)bytes.len;
    return pump(p, Z_NO_FLUSH);
}

bool packer_end(struct packer *p)
{
    p->z.avail_in = 0;
    return pump(p, Z_FINISH) && fflush(p->to) == 0;
}

void packer_close(struct packer *p)
{
    if (!p) return;
    deflateEnd(&p->z);
    free(p);
}
