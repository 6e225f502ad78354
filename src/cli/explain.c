#include "cli.h"

static const cli_layout layouts[] = {
    {"explain", SITREP_LAYOUT_EXPLAIN},
    {0},
};

static const cli_command command = {
    .name = "explain",
    .stage = SITREP_STAGE_CLAIMS,
    .layouts = layouts,
    .on_terminal = SITREP_LAYOUT_EXPLAIN,
    .help = "\n"
            "Shows each sentence after every stage: its tree, what it names, the claims made of it and the "
            "rule of\n"
            "the codebook behind each. For finding out why a claim is there, is not, or is wrong.\n"
            "\n"
            "  --sentence N       only the N-th sentence\n"
            "  --to LAYOUT        explain\n"
            "\n"
            "Examples\n"
            "  sitrep explain report.txt | less -R\n"
            "  sitrep explain --sentence 3 report.txt\n"
            "  echo 'Shells hit a market in Aden, killing six.' | sitrep explain -\n",
};

int command_explain(int argc, char **argv)
{
    return cli_main(&command, argc, argv);
}
