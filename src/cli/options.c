#define _POSIX_C_SOURCE 200809L
#define _DEFAULT_SOURCE
#include <getopt.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli.h"

const char cli_input_help[] =
    "Input\n"
    "  FILE               a file, a folder (all files below it) or - for standard input\n"
    "  --from FORMAT      text, html, jsonl, feed, warc, conllu, pdf, docx, odt, or auto (default: by "
    "content)\n"
    "  --charset NAME     the character set of texts and pages, where they do not tell it right\n"
    "  --date DATE        the day of publication (YYYY-MM-DD, YYYY-MM or YYYY)\n"
    "  --title TEXT, --url URL, --author NAME, --publisher NAME, --language CODE, --licence TEXT\n"
    "                     what else is known of the documents\n"
    "\n";

const char cli_common_help[] =
    "Working\n"
    "  -j, --jobs N       read N documents at a time (default: one for each processor); the output is the\n"
    "                     same for any N and in the order of the input\n"
    "  --data DIR         the folder with codebooks, models and gazetteer (also: $SITREP_DATA)\n"
    "  --codebook DIR     another codebook than the folder's own\n"
    "  --model FILE       another language model\n"
    "  --gazetteer FILE   another gazetteer\n"
    "  --quick            without the encoder: several times as fast, claims a little less often right\n"
    "  --rules-alone      claims by the codebook's rules, without the learned weights that judge them\n"
    "  --any-language     read what is in other languages than English, too, as if it were English; else\n"
    "                     such documents are passed over with a note, such paragraphs without\n"
    "  -q, --quiet        no progress bar and no notes; failures are still told\n"
    "\n"
    "Output\n"
    "  --width N          columns for tables (default: the terminal's, else 100)\n"
    "  --colour WHEN      auto (the default: on a terminal, unless NO_COLOR is set), always, never\n"
    "  -h, --help         this text\n";

enum {
    OPTION_FROM = 256,
    OPTION_TO,
    OPTION_CHARSET,
    OPTION_DATE,
    OPTION_TITLE,
    OPTION_URL,
    OPTION_AUTHOR,
    OPTION_PUBLISHER,
    OPTION_LANGUAGE,
    OPTION_LICENCE,
    OPTION_DATA,
    OPTION_CODEBOOK,
    OPTION_MODEL,
    OPTION_GAZETTEER,
    OPTION_QUICK,
    OPTION_RULES_ALONE,
    OPTION_ANY_LANGUAGE,
    OPTION_WIDTH,
    OPTION_COLOUR,
    OPTION_SENTENCE
};

static const struct option long_options[] = {
    {"from", required_argument, NULL, OPTION_FROM},
    {"to", required_argument, NULL, OPTION_TO},
    {"charset", required_argument, NULL, OPTION_CHARSET},
    {"date", required_argument, NULL, OPTION_DATE},
    {"title", required_argument, NULL, OPTION_TITLE},
    {"url", required_argument, NULL, OPTION_URL},
    {"author", required_argument, NULL, OPTION_AUTHOR},
    {"publisher", required_argument, NULL, OPTION_PUBLISHER},
    {"language", required_argument, NULL, OPTION_LANGUAGE},
    {"licence", required_argument, NULL, OPTION_LICENCE},
    {"license", required_argument, NULL, OPTION_LICENCE},
    {"jobs", required_argument, NULL, 'j'},
    {"data", required_argument, NULL, OPTION_DATA},
    {"codebook", required_argument, NULL, OPTION_CODEBOOK},
    {"model", required_argument, NULL, OPTION_MODEL},
    {"gazetteer", required_argument, NULL, OPTION_GAZETTEER},
    {"quick", no_argument, NULL, OPTION_QUICK},
    {"rules-alone", no_argument, NULL, OPTION_RULES_ALONE},
    {"any-language", no_argument, NULL, OPTION_ANY_LANGUAGE},
    {"quiet", no_argument, NULL, 'q'},
    {"width", required_argument, NULL, OPTION_WIDTH},
    {"colour", required_argument, NULL, OPTION_COLOUR},
    {"color", required_argument, NULL, OPTION_COLOUR},
    {"sentence", required_argument, NULL, OPTION_SENTENCE},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

int cli_usage(const char *name, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "sitrep%s%s: ", *name ? " " : "", name);
    vfprintf(stderr, format, args);
    fprintf(stderr, "\nTry 'sitrep%s%s --help'.\n", *name ? " " : "", name);
    va_end(args);
    return EXIT_USAGE;
}

bool cli_number(const char *text, unsigned long max, unsigned long *n)
{
    char *end;
    if (*text < '0' || *text > '9') return false;
    *n = strtoul(text, &end, 10);
    return *end == 0 && *n >= 1 && *n <= max;
}

static unsigned terminal_width(void)
{
    const char *columns = getenv("COLUMNS");
    struct winsize size;
    unsigned long n;
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col)
        return size.ws_col;
    return columns && cli_number(columns, 10000, &n) ? (unsigned)n : 100;
}

static bool terminal_has_colour(void)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(STDOUT_FILENO) && !(no && *no) && term && strcmp(term, "dumb") != 0;
}

static bool set_format(const char *name, sitrep_format *format)
{
    static const char *const names[] = {"auto", "text", "html", "jsonl", "conllu",
                                        "feed", "pdf",  "docx", "odt",   "warc"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0) {
            *format = (sitrep_format)i;
            return true;
        }
    return false;
}

static bool set_layout(const cli_command *c, const char *name, sitrep_layout *layout)
{
    for (const cli_layout *l = c->layouts; l->name; l++)
        if (strcmp(name, l->name) == 0) {
            *layout = l->layout;
            return true;
        }
    return false;
}

bool cli_colour(const char *when, bool *colour)
{
    if (strcmp(when, "always") == 0) *colour = true;
    else if (strcmp(when, "never") == 0) *colour = false;
    else return strcmp(when, "auto") == 0;
    return true;
}

static bool set_number(const char *text, unsigned long max, void (*put)(cli_options *, unsigned long),
                       cli_options *o)
{
    unsigned long n;
    if (!cli_number(text, max, &n)) return false;
    put(o, n);
    return true;
}

static void put_jobs(cli_options *o, unsigned long n)
{
    o->jobs = (unsigned)n;
}

static void put_width(cli_options *o, unsigned long n)
{
    o->write.width = (unsigned)n;
}

static void put_sentence(cli_options *o, unsigned long n)
{
    o->write.sentence = n;
}

/* One option; false where its value will not do. */
static bool take_option(const cli_command *c, cli_options *o, int option, const char *value)
{
    switch (option) {
    case OPTION_FROM: return set_format(value, &o->source.format);
    case OPTION_TO: return set_layout(c, value, &o->write.layout);
    case OPTION_CHARSET: o->source.charset = value; return true;
    case OPTION_DATE: o->source.published = value; return true;
    case OPTION_TITLE: o->source.title = value; return true;
    case OPTION_URL: o->source.url = value; return true;
    case OPTION_AUTHOR: o->source.author = value; return true;
    case OPTION_PUBLISHER: o->source.publisher = value; return true;
    case OPTION_LANGUAGE: o->source.language = value; return true;
    case OPTION_LICENCE: o->source.licence = value; return true;
    case OPTION_DATA: o->engine.data_folder = value; return true;
    case OPTION_CODEBOOK: o->engine.codebook_folder = value; return true;
    case OPTION_MODEL: o->engine.model_path = value; return true;
    case OPTION_GAZETTEER: o->engine.gazetteer_path = value; return true;
    case OPTION_QUICK: o->engine.quick = true; return true;
    case OPTION_RULES_ALONE: o->engine.rules_alone = true; return true;
    case OPTION_ANY_LANGUAGE: o->engine.any_language = true; return true;
    case OPTION_COLOUR: return cli_colour(value, &o->write.colour);
    case OPTION_WIDTH: return set_number(value, 10000, put_width, o);
    case OPTION_SENTENCE: return set_number(value, ULONG_MAX - 1, put_sentence, o);
    case 'j': return set_number(value, 1024, put_jobs, o);
    default: o->quiet = true; return true;
    }
}

void cli_terminal(sitrep_write_options *write)
{
    write->width = terminal_width();
    write->colour = terminal_has_colour();
}

static void set_defaults(const cli_command *c, cli_options *o)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    memset(o, 0, sizeof *o);
    sitrep_options_init(&o->engine);
    sitrep_source_options_init(&o->source);
    sitrep_write_options_init(&o->write);
    o->engine.stage = c->stage;
    o->engine.trace = c->trace;
    o->write.layout = isatty(STDOUT_FILENO) ? c->on_terminal : c->layouts[0].layout;
    cli_terminal(&o->write);
    o->jobs = processors > 0 && processors < 1024 ? (unsigned)processors : 1;
}

static const char *option_name(const struct option *all, int option)
{
    for (const struct option *l = all; l->name; l++)
        if (l->val == option) return l->name;
    return "?";
}

static int bad_value(const cli_command *c, const struct option *all, int option, const char *value)
{
    char choices[128] = "";
    for (const cli_layout *l = c->layouts; option == OPTION_TO && l->name; l++) {
        size_t n = strlen(choices);
        snprintf(choices + n, sizeof choices - n, "%s%s", n ? ", " : " (one of ", l->name);
    }
    return cli_usage(c->name, "--%s: not a value: %s%s%s", option_name(all, option), value, choices,
                     *choices ? ")" : "");
}

/* The options of all commands and those of this one. */
static void join_options(const cli_command *c, struct option *all, size_t room)
{
    size_t n = sizeof long_options / sizeof *long_options - 1;
    memcpy(all, long_options, sizeof long_options);
    for (const struct option *own = c->own; own && own->name && n + 1 < room; own++) all[n++] = *own;
    memset(&all[n], 0, sizeof all[n]);
}

static void print_help(const cli_command *c)
{
    printf("Usage: sitrep %s [OPTION]... %s\n%s\n%s%s", c->name, c->operands ? c->operands : "[FILE]...",
           c->help, c->operands ? "" : cli_input_help, cli_common_help);
}

bool cli_options_read(const cli_command *c, int argc, char **argv, cli_options *o, void *own, int *status)
{
    struct option all[80];
    join_options(c, all, sizeof all / sizeof *all);
    set_defaults(c, o);
    optind = 1;
    opterr = 0;
    for (int option, at = 1; (option = getopt_long(argc, argv, ":j:qh", all, NULL)) != -1; at = optind) {
        if (option == 'h') {
            print_help(c);
            *status = EXIT_READ;
            return false;
        }
        if (option == '?' || option == ':') {
            const char *what = option == ':' ? "needs a value" : "unknown or ambiguous option";
            *status = cli_usage(c->name, "%s: %s", argv[at] ? argv[at] : "", what);
            return false;
        }
        bool ok =
            option >= CLI_OWN_OPTION ? c->take_own(own, option, optarg) : take_option(c, o, option, optarg);
        if (!ok) {
            *status = bad_value(c, all, option, optarg);
            return false;
        }
    }
    o->files = argv + optind;
    o->n_files = argc - optind;
    if (o->n_files || !isatty(STDIN_FILENO)) return true;
    *status = cli_usage(c->name, "nothing to read: name a FILE, or - for standard input");
    return false;
}

/* The folder in which the program lies; "" where the system does not tell. */
static void own_folder(char *folder, size_t room)
{
    ssize_t n = readlink("/proc/self/exe", folder, room - 1);
    folder[n > 0 ? n : 0] = 0;
    char *slash = strrchr(folder, '/');
    if (slash) *slash = 0;
}

/* What takes PDF files apart, where it lies beside the program or as it is installed. */
static void find_pdf_program(sitrep_options *engine, cli_paths *paths)
{
    static const char *const beside[] = {"/sitrep-pdf", "/../libexec/sitrep-pdf"};
    char self[PATH_MAX];
    own_folder(self, sizeof self);
    for (size_t i = 0; *self && !engine->pdf_program && i < sizeof beside / sizeof *beside; i++) {
        snprintf(paths->pdf_program, sizeof paths->pdf_program, "%s%s", self, beside[i]);
        if (access(paths->pdf_program, X_OK) == 0) engine->pdf_program = paths->pdf_program;
    }
}

bool cli_user_path(const char *variable, const char *folder, const char *file, char *path, size_t room)
{
    const char *own = getenv(variable), *home = getenv("HOME");
    int n = -1;
    if (own && *own == '/') n = snprintf(path, room, "%s/sitrep/%s", own, file);
    else if (home && *home == '/') n = snprintf(path, room, "%s/%s/sitrep/%s", home, folder, file);
    return n > 0 && (size_t)n < room;
}

void cli_find_data(sitrep_options *engine, cli_paths *paths)
{
    static const char *const beside[] = {"/..", "/../share/sitrep", "/../.."};
    char self[PATH_MAX], probe[PATH_MAX + 64], real[PATH_MAX];
    const char *environment = getenv("SITREP_DATA");
    find_pdf_program(engine, paths);
    if (engine->data_folder || (environment && *environment)) return;
    own_folder(self, sizeof self);
    for (size_t i = 0; *self && !engine->data_folder && i < sizeof beside / sizeof *beside; i++) {
        snprintf(probe, sizeof probe, "%s%s/codebooks", self, beside[i]);
        if (access(probe, R_OK) != 0) continue;
        snprintf(probe, sizeof probe, "%s%s", self, beside[i]);
        snprintf(paths->data, sizeof paths->data, "%s", realpath(probe, real) ? real : probe);
        engine->data_folder = paths->data;
    }
    bool own = cli_user_path("XDG_DATA_HOME", ".local/share", "gazetteer.bin", paths->gazetteer,
                             sizeof paths->gazetteer);
    if (own && !engine->gazetteer_path && access(paths->gazetteer, R_OK) == 0)
        engine->gazetteer_path = paths->gazetteer;
    if (engine->gazetteer_path) return;
    snprintf(paths->gazetteer, sizeof paths->gazetteer, "%s/gazetteer.bin", self);
    if (*self && !engine->gazetteer_path && access(paths->gazetteer, R_OK) == 0)
        engine->gazetteer_path = paths->gazetteer;
}
