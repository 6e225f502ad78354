/* cli: what the sub-commands share. In: arguments. Out: data on stdout, messages on stderr, an exit status.
 * The program knows the library by sitrep.h alone. */
#ifndef SITREP_CLI_H
#define SITREP_CLI_H

#include <getopt.h>
#include <sitrep.h>

enum {
    EXIT_READ = 0,   /* everything was read */
    EXIT_FAILED = 1, /* something could not be read or written; stderr names it */
    EXIT_USAGE = 2   /* wrong usage */
};

/* A layout that a sub-command offers for --to. */
typedef struct cli_layout {
    const char *name;
    sitrep_layout layout;
} cli_layout;

/* A sub-command that reads documents and prints something of each. */
typedef struct cli_command {
    const char *name;
    const char *operands; /* of the usage line; NULL: "[FILE]..." */
    const char *help;     /* after the usage line: what it does, options of its own, examples */
    sitrep_stage stage;
    const cli_layout *layouts; /* ends with a NULL name; the first is for pipes */
    sitrep_layout on_terminal;
    bool trace; /* what it prints tells why claims are there or not */
    /* Options of its own, their values from CLI_OWN_OPTION on; ends with a NULL name. NULL: none. */
    const struct option *own;
    bool (*take_own)(void *context, int option, const char *value); /* false: the value will not do */
} cli_command;

enum { CLI_OWN_OPTION = 512 };

/* What the command line says. */
typedef struct cli_options {
    sitrep_options engine;
    sitrep_source_options source;
    sitrep_write_options write;
    unsigned jobs;
    bool quiet;
    bool head_stands; /* what is printed once before all documents is there already */
    char **files;
    int n_files;
} cli_options;

/* Reads the arguments of a sub-command; `own` goes to its take_own. Returns false with *status where the program should
 * end now. */
bool cli_options_read(const cli_command *command, int argc, char **argv, cli_options *o, void *own,
                      int *status);

/* What every reading sub-command does: options, engine, source, all documents through `run`. */
int cli_main(const cli_command *command, int argc, char **argv);

/* Where cli_find_data keeps what it found. */
typedef struct cli_paths {
    char data[4200], gazetteer[4200], pdf_program[4200];
} cli_paths;

/* Fills engine.data_folder and gazetteer_path, where neither the options nor $SITREP_DATA give them, from what
 * lies beside the program: in a build folder the source's own folders, when installed those under share/. */
void cli_find_data(sitrep_options *engine, cli_paths *paths);

/* The path of a user's own file: "$VARIABLE/sitrep/FILE", else "$HOME/FOLDER/sitrep/FILE" (XDG Base Directory
 * Specification). False where there is neither. */
bool cli_user_path(const char *variable, const char *folder, const char *file, char *path, size_t room);

typedef struct cli_outcome {
    uint64_t n_documents, n_failed;
    bool output_gone; /* nothing more can be printed */
} cli_outcome;

/* Reads the source with o->jobs threads and prints the documents in the order of the input. `outcome` may be NULL. */
int cli_run(const cli_options *o, const sitrep *engine, sitrep_source *source, cli_outcome *outcome);

/* Width and colours as standard output's terminal has them. */
void cli_terminal(sitrep_write_options *write);

/* Values of options: a number from 1 to max; "auto" (leaves it), "always", "never". False on anything else. */
bool cli_number(const char *text, unsigned long max, unsigned long *n);
bool cli_colour(const char *when, bool *colour);

/* "sitrep: WHERE:LINE: message" on stderr. */
void cli_message(const sitrep_error *e);
void cli_note(void *context, const sitrep_error *note);

/* "sitrep NAME: …" and where to find help; returns EXIT_USAGE. */
int cli_usage(const char *name, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The options that all reading sub-commands have, for their help. */
extern const char cli_input_help[], cli_common_help[];

int command_read(int argc, char **argv);
int command_text(int argc, char **argv);
int command_mentions(int argc, char **argv);
int command_parse(int argc, char **argv);
int command_explain(int argc, char **argv);
int command_codebook(int argc, char **argv);
int command_score(int argc, char **argv);
int command_watch(int argc, char **argv);
int command_gazetteer(int argc, char **argv);

#endif
