#define _POSIX_C_SOURCE 200809L
#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

void progress_init(progress *p, bool quiet)
{
    const char *term = getenv("TERM");
    *p = (progress){.wanted = !quiet && isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0};
    p->started = p->shown = now();
}

static void format_left(char *out, size_t size, double seconds)
{
    if (seconds < 90) snprintf(out, size, "%.0f s left", seconds);
    else if (seconds < 5400) snprintf(out, size, "%.0f min left", seconds / 60);
    else snprintf(out, size, "%.1f h left", seconds / 3600);
}

void progress_show(progress *p, sitrep_progress at, uint64_t printed)
{
    double t = now(), elapsed = t - p->started;
    char bar[21], left[32];
    if (!p->wanted || elapsed < 0.5 || (p->visible && t - p->shown < 0.1)) return;
    p->shown = t;
    p->visible = true;
    fprintf(stderr, "\r\033[K%llu document%s, %.*f/s", (unsigned long long)printed, printed == 1 ? "" : "s",
            printed < 100 * elapsed, (double)printed / elapsed);
    double share = at.bytes_all ? (double)at.bytes / (double)at.bytes_all : 0;
    if (share > 1) share = 1;
    if (share > 0) {
        int full = (int)(share * 20);
        memset(bar, '.', 20);
        memset(bar, '#', (size_t)full);
        bar[20] = 0;
        format_left(left, sizeof left, elapsed / share - elapsed);
        fprintf(stderr, "  [%s] %.0f %%  %s", bar, share * 100, left);
    }
    fflush(stderr);
}

void progress_hide(progress *p)
{
    if (!p->visible) return;
    fputs("\r\033[K", stderr);
    fflush(stderr);
    p->visible = false;
}
