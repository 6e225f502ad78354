#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "watch.h"

static const cli_layout layouts[] = {
    {"jsonl", SITREP_LAYOUT_CLAIMS_JSONL},
    {"table", SITREP_LAYOUT_CLAIMS_TABLE},
    {"csv", SITREP_LAYOUT_CLAIMS_CSV},
    {0},
};

enum {
    OPTION_ONCE = CLI_OWN_OPTION,
    OPTION_INTERVAL,
    OPTION_STATE,
    OPTION_KEEP,
    OPTION_ARTICLES,
    OPTION_NO_ARTICLES,
    OPTION_HOST_INTERVAL,
    OPTION_TIMEOUT,
    OPTION_MAX_BYTES,
    OPTION_CONTACT
};

static const struct option own_options[] = {
    {"once", no_argument, NULL, OPTION_ONCE},
    {"interval", required_argument, NULL, OPTION_INTERVAL},
    {"state", required_argument, NULL, OPTION_STATE},
    {"keep", required_argument, NULL, OPTION_KEEP},
    {"articles", required_argument, NULL, OPTION_ARTICLES},
    {"no-articles", no_argument, NULL, OPTION_NO_ARTICLES},
    {"host-interval", required_argument, NULL, OPTION_HOST_INTERVAL},
    {"timeout", required_argument, NULL, OPTION_TIMEOUT},
    {"max-bytes", required_argument, NULL, OPTION_MAX_BYTES},
    {"contact", required_argument, NULL, OPTION_CONTACT},
    {NULL, 0, NULL, 0},
};

/* Seconds, fractions as well. */
static bool take_seconds(const char *text, double least, double most, double *s)
{
    char *end;
    if ((*text < '0' || *text > '9') && *text != '.') return false;
    *s = strtod(text, &end);
    return *end == 0 && *s >= least && *s <= most;
}

static bool take_articles(const char *when, watch_articles *articles)
{
    static const char *const names[] = {"auto", "always", "never"};
    for (size_t i = 0; i < 3; i++) {
        if (strcmp(when, names[i]) != 0) continue;
        *articles = (watch_articles)i;
        return true;
    }
    return false;
}

/* It goes into a header: printable ASCII of some length. */
static bool take_contact(const char *text, const char **contact)
{
    for (const char *c = text; *c; c++)
        if (*c < ' ' || *c > '~') return false;
    *contact = text;
    return strlen(text) <= 200;
}

static bool take_own(void *context, int option, const char *value)
{
    watch_options *w = context;
    unsigned long n;
    switch (option) {
    case OPTION_ONCE: w->once = true; return true;
    case OPTION_INTERVAL: return take_seconds(value, 0.01, 30 * 86400.0, &w->interval_s);
    case OPTION_HOST_INTERVAL: return take_seconds(value, 0, 86400, &w->host_interval_s);
    case OPTION_TIMEOUT: return take_seconds(value, 0.01, 3600, &w->timeout_s);
    case OPTION_STATE: w->state_path = value; return true;
    case OPTION_KEEP: w->keep_folder = value; return true;
    case OPTION_ARTICLES: return take_articles(value, &w->articles);
    case OPTION_NO_ARTICLES: w->articles = ARTICLES_NEVER; return true;
    case OPTION_CONTACT: return take_contact(value, &w->contact);
    default:
        if (!cli_number(value, 1UL << 30, &n)) return false;
        w->max_bytes = n;
        return true;
    }
}

static const cli_command command = {
    .name = "watch",
    .operands = "FEEDS...",
    .stage = SITREP_STAGE_CLAIMS,
    .layouts = layouts,
    .on_terminal = SITREP_LAYOUT_CLAIMS_TABLE,
    .own = own_options,
    .take_own = take_own,
    .help =
        "\n"
        "Polls feeds and prints the claims of what is new in them, each item once, also over many runs. "
        "Where a\n"
        "feed has but a summary, the article that it links to is fetched. Ends cleanly on SIGINT and "
        "SIGTERM.\n"
        "\n"
        "  FEEDS              an OPML file, a file with an address a line, or an address\n"
        "  --once             poll each feed once, read what is new, end\n"
        "  --interval S       seconds between two polls of a feed (default 900)\n"
        "  --state FILE       what was read before (default: $XDG_STATE_HOME/sitrep/watch.db, or the same\n"
        "                     below ~/.local/state)\n"
        "  --keep DIR         keep feeds and pages as they came, with a log of addresses, times and "
        "SHA-256\n"
        "  --articles WHEN    follow links to articles: auto (the default: of summaries), always, never\n"
        "  --no-articles      the same as --articles never\n"
        "  --host-interval S  seconds between two requests to one host (default 5); more where a site "
        "asks\n"
        "                     for it\n"
        "  --timeout S        for one request (default 60)\n"
        "  --max-bytes N      of one feed or page, decompressed (default 16777216)\n"
        "  --contact TEXT     a way to reach you, sent along with the program's name\n"
        "  --to LAYOUT        as of sitrep read: table, jsonl, csv\n"
        "\n"
        "Of feeds that have not changed nothing is sent (ETag, Last-Modified); feeds that fail are asked "
        "ever\n"
        "more rarely; Retry-After and, for articles, robots.txt are heeded.\n"
        "\n"
        "Examples\n"
        "  sitrep watch feeds.opml >> claims.jsonl\n"
        "  sitrep watch --once --keep kept/ --to jsonl https://news.example/rss >> claims.jsonl\n",
};

static int add_feeds(const cli_options *o, feed_list *feeds)
{
    sitrep_error e = {0};
    for (int i = 0; i < o->n_files; i++)
        if (!feed_list_add(feeds, o->files[i], &e)) {
            cli_message(&e);
            return EXIT_FAILED;
        }
    if (feeds->n) return EXIT_READ;
    if (o->n_files == 0)
        return cli_usage(command.name, "which feeds? Name an OPML file, a list, or an address");
    fprintf(stderr, "sitrep: %s: no feeds in it\n", o->files[0]);
    return EXIT_FAILED;
}

int command_watch(int argc, char **argv)
{
    watch_options w = {.interval_s = 900, .host_interval_s = 5, .timeout_s = 60, .max_bytes = 16 << 20};
    cli_options o;
    cli_paths paths;
    feed_list feeds = {0};
    sitrep_error e = {0};
    int status;
    if (!cli_options_read(&command, argc, argv, &o, &w, &status)) return status;
    status = add_feeds(&o, &feeds);
    cli_find_data(&o.engine, &paths);
    if (!o.quiet) o.engine.on_note = cli_note;
    sitrep *engine = status == EXIT_READ ? sitrep_open(&o.engine, &e) : NULL;
    if (engine) status = watch_run(&o, &w, engine, &feeds);
    else if (status == EXIT_READ) {
        cli_message(&e);
        status = EXIT_FAILED;
    }
    sitrep_close(engine);
    feed_list_release(&feeds);
    return status;
}
