/* progress: a line on stderr that tells how far reading has come; only where stderr is a terminal.
 * In: the source's own account. Out: documents, rate, share and time left, at most ten times a second, and
 * only once the work has lasted half a second. Used under the caller's lock. */
#ifndef SITREP_CLI_PROGRESS_H
#define SITREP_CLI_PROGRESS_H

#include <sitrep.h>

typedef struct progress {
    bool wanted, visible;
    double started, shown; /* seconds of the monotonic clock */
} progress;

void progress_init(progress *p, bool quiet);
void progress_show(progress *p, sitrep_progress at, uint64_t printed);

/* Clears the line, before anything else is printed. */
void progress_hide(progress *p);

#endif
