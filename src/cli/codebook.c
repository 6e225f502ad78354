#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"

static const char help[] =
    "Usage: sitrep codebook check [OPTION]... [DIR]\n"
    "\n"
    "Reads a codebook and runs the example sentences that stand beside its rules, those that must match "
    "and\n"
    "those that must not. Each that does not come out as written is named with its file and line.\n"
    "\n"
    "  DIR                the codebook (default: the one that sitrep read uses)\n"
    "  --data DIR         the folder with codebooks, models and gazetteer (also: $SITREP_DATA)\n"
    "  --model FILE       another language model\n"
    "  --gazetteer FILE   another gazetteer\n"
    "  -q, --quiet        no notes and no summary\n"
    "  -h, --help         this text\n"
    "\n"
    "Examples\n"
    "  sitrep codebook check\n"
    "  sitrep codebook check my-codebook/\n"
    "\n"
    "Exit status: 0 all came out as written, 1 some did not or the codebook has a fault, 2 wrong usage.\n";

static const struct option long_options[] = {
    {"data", required_argument, NULL, 'd'},
    {"model", required_argument, NULL, 'm'},
    {"gazetteer", required_argument, NULL, 'g'},
    {"quiet", no_argument, NULL, 'q'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

static void tell_fault(void *context, const sitrep_error *fault)
{
    (void)context;
    if (fault->where[0]) printf("%s:%zu: ", fault->where, fault->line);
    puts(fault->message);
}

static int check(sitrep_options *options, bool quiet)
{
    sitrep_error e = {0};
    sitrep_check totals = {0};
    cli_paths paths;
    cli_find_data(options, &paths);
    if (!quiet) options->on_note = cli_note;
    sitrep *engine = sitrep_open(options, &e);
    bool ran = engine && sitrep_codebook_check(engine, tell_fault, NULL, &totals, &e);
    if (!ran) cli_message(&e);
    else if (!quiet)
        printf("%s: %zu passed, %zu failed\n", sitrep_codebook_name(engine), totals.passed, totals.failed);
    sitrep_close(engine);
    return ran && !totals.failed ? EXIT_READ : EXIT_FAILED;
}

int command_codebook(int argc, char **argv)
{
    static const char name[] = "codebook";
    sitrep_options options;
    bool quiet = false;
    sitrep_options_init(&options);
    optind = 1;
    opterr = 0;
    for (int option; (option = getopt_long(argc, argv, ":qh", long_options, NULL)) != -1;) {
        switch (option) {
        case 'd': options.data_folder = optarg; break;
        case 'm': options.model_path = optarg; break;
        case 'g': options.gazetteer_path = optarg; break;
        case 'q': quiet = true; break;
        case 'h': fputs(help, stdout); return EXIT_READ;
        case ':': return cli_usage(name, "%s: needs a value", argv[optind - 1]);
        default: return cli_usage(name, "%s: unknown option", argv[optind - 1]);
        }
    }
    if (optind == argc || strcmp(argv[optind], "check") != 0)
        return cli_usage(name, "codebook does: check");
    if (argc - optind > 2) return cli_usage(name, "one codebook at a time");
    if (argc - optind == 2) options.codebook_folder = argv[optind + 1];
    return check(&options, quiet);
}
