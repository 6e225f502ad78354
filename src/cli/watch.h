/* watch: polling feeds and reading what is new in them; between the files of that command.
 * In: addresses of feeds, what was read before (fetch/state.h). Out: claims of new items on stdout, each item once. */
#ifndef SITREP_CLI_WATCH_H
#define SITREP_CLI_WATCH_H

#include "cli.h"
#include "fetch/list.h"

typedef enum watch_articles { ARTICLES_AUTO, ARTICLES_ALWAYS, ARTICLES_NEVER } watch_articles;

typedef struct watch_options {
    const char *state_path;  /* NULL: the usual place */
    const char *keep_folder; /* NULL: nothing is kept */
    const char *contact;     /* for the User-Agent; NULL: none */
    watch_articles articles;
    bool once;
    double interval_s, host_interval_s, timeout_s;
    size_t max_bytes;
} watch_options;

/* Watches until a signal says stop or, with `once`, all is done. Returns the exit status. */
int watch_run(const cli_options *o, const watch_options *w, const sitrep *engine, const feed_list *feeds);

#endif
