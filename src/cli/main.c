#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *summary;
} commands[] = {
    {"read", command_read, "claims: who did what to whom, where, when, with what loss, who says so"},
    {"mentions", command_mentions, "people, groups, places, dates, numbers and weapons that are named"},
    {"parse", command_parse, "sentences with parts of speech and dependency trees (CoNLL-U)"},
    {"text", command_text, "the extracted text, into which all offsets point"},
    {"explain", command_explain, "each sentence after every stage, and why a claim is there"},
    {"codebook", command_codebook, "run the example sentences of a codebook (codebook check)"},
    {"watch", command_watch, "read feeds as they are published, each item once"},
    {"score", command_score, "compare two files of claims: precision, recall, F1, Krippendorff's alpha"},
    {"gazetteer", command_gazetteer,
     "places: look one up, get countries from GeoNames, compile a file (find, get, build)"},
};

/* File names and pieces of documents stand in messages; they must not steer the terminal. */
static void put_plain(const char *text)
{
    for (; *text; text++) fputc((unsigned char)*text < 0x20 || *text == 0x7F ? '?' : *text, stderr);
}

void cli_message(const sitrep_error *e)
{
    fputs("sitrep: ", stderr);
    put_plain(e->where);
    if (e->where[0] && e->line) fprintf(stderr, ":%zu", e->line);
    if (e->where[0]) fputs(": ", stderr);
    put_plain(e->message);
    fputc('\n', stderr);
}

void cli_note(void *context, const sitrep_error *note)
{
    (void)context;
    fputs("note: ", stderr);
    cli_message(note);
}

static int add_files(const cli_options *o, sitrep_source *source)
{
    static char standard_input[] = "-";
    char *only[] = {standard_input};
    char **files = o->n_files ? o->files : only;
    sitrep_error e = {0};
    for (int i = 0; i < (o->n_files ? o->n_files : 1); i++)
        if (!sitrep_source_add_path(source, files[i], &e)) {
            cli_message(&e);
            return EXIT_FAILED;
        }
    return EXIT_READ;
}

int cli_main(const cli_command *command, int argc, char **argv)
{
    cli_options o;
    sitrep_error e = {0};
    cli_paths paths;
    int status;
    if (!cli_options_read(command, argc, argv, &o, NULL, &status)) return status;
    cli_find_data(&o.engine, &paths);
    if (!o.quiet) o.engine.on_note = o.source.on_note = cli_note;
    sitrep_source *source = sitrep_source_open(&o.source, &e);
    if (!source) {
        if (e.code == SITREP_BAD_USAGE) return cli_usage(command->name, "%s", e.message);
        cli_message(&e);
        return EXIT_FAILED;
    }
    sitrep *engine = sitrep_open(&o.engine, &e);
    if (!engine) cli_message(&e);
    status = engine ? add_files(&o, source) : EXIT_FAILED;
    if (status == EXIT_READ) status = cli_run(&o, engine, source, NULL);
    sitrep_source_close(source);
    sitrep_close(engine);
    return status;
}

static void print_help(void)
{
    puts(
        "Usage: sitrep COMMAND [OPTION]... [FILE]...\n"
        "\n"
        "Reads reports of wars into structured claims: who did what to whom, where, when, with what loss,\n"
        "and who says so.\n"
        "\n"
        "Commands");
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        printf("  %-10s %s\n", commands[i].name, commands[i].summary);
    puts("  help       this text, or the help of a command (help read)\n"
         "\n"
         "Options\n"
         "  --help     this text; after a command, its help\n"
         "  --version  the version\n"
         "\n"
         "Examples\n"
         "  sitrep read report.html                          a table on a terminal\n"
         "  sitrep read --date 2019-11-15 report.txt > claims.jsonl\n"
         "  cat docs.jsonl | sitrep read --from jsonl - > claims.jsonl\n"
         "  sitrep explain --sentence 3 report.txt\n"
         "\n"
         "Exit status: 0 all was read, 1 something failed (stderr names it), 2 wrong usage.");
}

static int run_command(const char *name, int argc, char **argv)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(commands[i].name, name) == 0) return commands[i].run(argc, argv);
    return cli_usage("", "no such command: %s", name);
}

static int run_help(const char *name)
{
    static char flag[] = "--help";
    char command[64];
    char *argv[] = {command, flag, NULL};
    snprintf(command, sizeof command, "%s", name);
    return run_command(command, 2, argv);
}

/* Standard streams that are closed are opened so that using them fails: else the next file that is opened would take
 * their place. */
static void hold_standard_streams(void)
{
    static const int modes[] = {O_WRONLY, O_RDONLY, O_RDWR};
    for (int fd = 0; fd < 3; fd++)
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF && open("/dev/null", modes[fd]) != fd)
            _exit(EXIT_FAILED);
}

/* What stdio still holds has to get out, too. */
static int finish(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout)) return status;
    return status == EXIT_READ ? EXIT_FAILED : status;
}

int main(int argc, char **argv)
{
    hold_standard_streams();
    signal(SIGPIPE, SIG_IGN);
    if (argc < 2) return cli_usage("", "no command");
    const char *first = argv[1];
    if (strcmp(first, "--version") == 0) printf("sitrep %s\n", sitrep_version());
    else if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0) print_help();
    else if (strcmp(first, "help") == 0 && argc > 2) return finish(run_help(argv[2]));
    else if (strcmp(first, "help") == 0) print_help();
    else return finish(run_command(first, argc - 1, argv + 1));
    return finish(EXIT_READ);
}
