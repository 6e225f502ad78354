/* Times the gazetteer: place_lookup GAZETTEER NAMES_FILE, a name a line. Prints opening time and look-ups a second,
 * through the hint that other stages ask for. */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <time.h>

#include "base/os.h"
#include "place/place.h"

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

int main(int argc, char **argv)
{
    arena a;
    error e = {0};
    str names;
    arena_init(&a, 0);
    if (argc != 3) return 2;
    double start = now();
    gazetteer *g = gazetteer_open(str_from(argv[1]), &e);
    double opened = now();
    if (!g || !os_read_file(&a, str_from(argv[2]), &names, &e)) {
        fprintf(stderr, "%s: %s\n", e.where, e.message);
        return 1;
    }
    place_lookup l = gazetteer_lookup(g);
    size_t n = 0, known = 0;
    double begin = now();
    for (int round = 0; round < 5; round++)
        for (str rest = names; rest.ptr;) n++, known += l.find(l.table, str_cut(&rest, '\n')).known;
    double end = now();
    printf("opened in %.1f ms; %zu look-ups, %.1f %% known, %.0f a second\n", (opened - start) * 1e3, n,
           100.0 * (double)known / (double)n, (double)n / (end - begin));
    gazetteer_close(g);
    arena_release(&a);
    return 0;
}
