#define _POSIX_C_SOURCE 200809L
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

static const char help[] =
    "Usage: sitrep score [OPTION]... GOLD.jsonl SYSTEM.jsonl\n"
    "\n"
    "Compares two files of claims about the same documents: a hand-coded one with what sitrep read, or\n"
    "those of two coders. Prints precision, recall and F1 of the claims and of every kind of fact.\n"
    "\n"
    "  GOLD, SYSTEM       sitrep.claim/1 records or hand-coded claims, one a line (- for standard input)\n"
    "  --documents FILE   the documents, as sitrep read them (JSONL with id and text); needed where "
    "claims\n"
    "                     are hand-coded, since these quote their sentence and trigger\n"
    "  --by GROUP         further figures for each: type, document or publisher\n"
    "  --errors N         list the first N claims missed, spurious and wrong, with their sentences\n"
    "  --alpha            Krippendorff's alpha: type and status of paired claims (nominal), killed and\n"
    "                     injured (interval, ratio), and, with --documents, which words were taken for\n"
    "                     claims at all (unitizing)\n"
    "  --resamples N      of the documents, for the range of F1 (default 1000; 0: no ranges)\n"
    "  --seed N           of the resampling (default 1)\n"
    "  --to LAYOUT        table (the default on a terminal), jsonl (the default elsewhere), csv\n"
    "  --width N          columns for tables (default: the terminal's, else 100)\n"
    "  --colour WHEN      auto (the default: on a terminal, unless NO_COLOR is set), always, never\n"
    "  -q, --quiet        do not name the lines that are left out\n"
    "  -h, --help         this text\n"
    "\n"
    "Claims are paired one to one: their triggers overlap, or they stand in the same sentence and have "
    "the\n"
    "same type. Phrases agree where they share half of their words. The range of F1 holds the middle 95 %\n"
    "of what resampled documents give.\n"
    "\n"
    "Examples\n"
    "  sitrep read --to jsonl docs.jsonl > system.jsonl\n"
    "  sitrep score --documents docs.jsonl gold.jsonl system.jsonl --to table\n"
    "  sitrep score --documents docs.jsonl --alpha anna.jsonl ben.jsonl\n"
    "  sitrep score --documents docs.jsonl --by type --errors 20 gold.jsonl system.jsonl | less -R\n"
    "\n"
    "Exit status: 0 all was compared, 1 something could not be read (and is named), 2 wrong usage.\n";

enum {
    OPTION_DOCUMENTS = 256,
    OPTION_BY,
    OPTION_ERRORS,
    OPTION_ALPHA,
    OPTION_RESAMPLES,
    OPTION_SEED,
    OPTION_TO,
    OPTION_WIDTH,
    OPTION_COLOUR
};

static const struct option long_options[] = {
    {"documents", required_argument, NULL, OPTION_DOCUMENTS},
    {"by", required_argument, NULL, OPTION_BY},
    {"errors", required_argument, NULL, OPTION_ERRORS},
    {"alpha", no_argument, NULL, OPTION_ALPHA},
    {"resamples", required_argument, NULL, OPTION_RESAMPLES},
    {"seed", required_argument, NULL, OPTION_SEED},
    {"to", required_argument, NULL, OPTION_TO},
    {"width", required_argument, NULL, OPTION_WIDTH},
    {"colour", required_argument, NULL, OPTION_COLOUR},
    {"color", required_argument, NULL, OPTION_COLOUR},
    {"quiet", no_argument, NULL, 'q'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

typedef struct request {
    sitrep_score_options score;
    sitrep_write_options write;
} request;

/* The place of `name` in a list of `n` names; false where it is none of them. */
static bool choose(const char *name, const char *const *names, size_t n, size_t *at)
{
    for (*at = 0; *at < n; ++*at)
        if (strcmp(names[*at], name) == 0) return true;
    return false;
}

static bool take_group(request *r, const char *value)
{
    static const char *const names[] = {"type", "document", "publisher"};
    size_t at;
    bool ok = choose(value, names, 3, &at);
    if (ok) r->score.by = (sitrep_score_group)(SITREP_SCORE_BY_TYPE + at);
    return ok;
}

static bool take_layout(request *r, const char *value)
{
    static const char *const names[] = {"jsonl", "csv", "table"};
    size_t at;
    bool ok = choose(value, names, 3, &at);
    if (ok) r->write.layout = (sitrep_layout)(SITREP_LAYOUT_SCORE_JSONL + at);
    return ok;
}

/* As cli_number, 0 allowed. */
static bool number_or_none(const char *text, unsigned long max, unsigned long *n)
{
    *n = 0;
    return strcmp(text, "0") == 0 || cli_number(text, max, n);
}

static bool take_option(request *r, int option, const char *value)
{
    unsigned long n = 0;
    bool ok = true;
    switch (option) {
    case OPTION_DOCUMENTS: r->score.documents_path = value; return true;
    case OPTION_BY: return take_group(r, value);
    case OPTION_TO: return take_layout(r, value);
    case OPTION_ALPHA: r->score.agreement = true; return true;
    case OPTION_COLOUR: return cli_colour(value, &r->write.colour);
    case OPTION_ERRORS:
        ok = number_or_none(value, ULONG_MAX - 1, &n);
        r->score.max_mistakes = n;
        return ok;
    case OPTION_RESAMPLES:
        ok = number_or_none(value, 100000, &n);
        r->score.resamples = (unsigned)n;
        return ok;
    case OPTION_SEED:
        ok = number_or_none(value, ULONG_MAX - 1, &n);
        r->score.seed = n;
        return ok;
    case OPTION_WIDTH:
        ok = cli_number(value, 10000, &n);
        r->write.width = (unsigned)n;
        return ok;
    default: r->score.on_fault = NULL; return true;
    }
}

static void tell_fault(void *context, const sitrep_error *fault)
{
    (void)context;
    cli_message(fault);
}

static bool print_bytes(void *context, const void *bytes, size_t n)
{
    (void)context;
    return fwrite(bytes, 1, n, stdout) == n;
}

static int compare(const request *r, char **files)
{
    sitrep_error e = {0};
    sitrep_score *score = sitrep_score_open(files[0], files[1], &r->score, &e);
    bool ok = score && sitrep_score_write(score, &r->write, print_bytes, NULL, &e);
    if (!ok) cli_message(&e);
    if (ok && sitrep_score_count(score).faults) ok = false;
    sitrep_score_close(score);
    return ok ? EXIT_READ : EXIT_FAILED;
}

static const char *option_name(int option)
{
    for (const struct option *l = long_options; l->name; l++)
        if (l->val == option) return l->name;
    return "?";
}

/* Standard input can be read once. */
static bool reads_twice(const request *r, char **files)
{
    const char *d = r->score.documents_path;
    return (strcmp(files[0], "-") == 0) + (strcmp(files[1], "-") == 0) + (d && strcmp(d, "-") == 0) > 1;
}

int command_score(int argc, char **argv)
{
    static const char name[] = "score";
    request r;
    sitrep_score_options_init(&r.score);
    sitrep_write_options_init(&r.write);
    cli_terminal(&r.write);
    r.write.layout = isatty(STDOUT_FILENO) ? SITREP_LAYOUT_SCORE_TABLE : SITREP_LAYOUT_SCORE_JSONL;
    r.score.on_fault = tell_fault;
    optind = 1;
    opterr = 0;
    for (int option, at = 1; (option = getopt_long(argc, argv, ":qh", long_options, NULL)) != -1;
         at = optind) {
        if (option == 'h') {
            fputs(help, stdout);
            return EXIT_READ;
        }
        if (option == '?' || option == ':')
            return cli_usage(name, "%s: %s", argv[at] ? argv[at] : "",
                             option == ':' ? "needs a value" : "unknown or ambiguous option");
        if (!take_option(&r, option, optarg))
            return cli_usage(name, "--%s: not a value: %s", option_name(option), optarg);
    }
    if (argc - optind != 2) return cli_usage(name, "two files of claims, please: GOLD.jsonl SYSTEM.jsonl");
    if (reads_twice(&r, argv + optind)) return cli_usage(name, "standard input can be read once");
    return compare(&r, argv + optind);
}
