/* sitrep-gazetteer: compiles a gazetteer at set-up.
 *     sitrep-gazetteer -o OUT [-k CODEBOOKS] [--geonames FILE] [--cities FILE] [--admin FILE] [--csv FILE MAPPING]
 * Without sources the tables of the codebook folder alone make it: countries, provinces, regions. */
#include <stdio.h>

#include "place/build.h"
#include "place/place.h"

enum { MAX_SOURCES = 64 };

static int usage(void)
{
    fputs("usage: sitrep-gazetteer -o OUT [-k CODEBOOKS] [--geonames FILE] [--cities FILE] [--admin FILE]\n"
          "                        [--csv FILE MAPPING]...\n",
          stderr);
    return 2;
}

static int fail(const error *e)
{
    fprintf(stderr, "sitrep-gazetteer: %s%s%s", e->where, e->where[0] ? ":" : "", e->message);
    if (e->line) fprintf(stderr, " (line %zu)", e->line);
    fputc('\n', stderr);
    return 1;
}

int main(int argc, char **argv)
{
    gaz_source sources[MAX_SOURCES];
    size_t n = 0;
    gaz_build build = {.sources = sources};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-o") == 0 && i + 1 < argc) build.out = str_from(argv[++i]);
        else if (strcmp(argv[i], "-k") == 0 && i + 1 < argc) build.codebooks = str_from(argv[++i]);
        else sources[n++] = (gaz_source){str_from(argv[i]), {0}};
    }
    build.n_sources = n;
    if (!build.out.len) return usage();
    arena a;
    error e = {0};
    gaz_build_report r = {0};
    arena_init(&a, 0);
    bool ok = gazetteer_build(&a, &build, &r, &e);
    if (ok)
        printf("%s: %zu rows read, %zu merged, %zu places, %zu spellings, %zu without a point, %.1f MB\n",
               build.out.ptr, r.n_read, r.n_merged, r.n_entries, r.n_spellings, r.n_without_point,
               (double)r.file_bytes / 1e6);
    arena_release(&a);
    return ok ? 0 : fail(&e);
}
