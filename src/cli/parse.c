#include "cli.h"

static const cli_layout layouts[] = {
    {"conllu", SITREP_LAYOUT_CONLLU},
    {0},
};

static const cli_command command = {
    .name = "parse",
    .stage = SITREP_STAGE_TREES,
    .layouts = layouts,
    .on_terminal = SITREP_LAYOUT_CONLLU,
    .help = "\n"
            "Prints the sentences with lemmas, parts of speech and dependency trees (Universal "
            "Dependencies 2) as\n"
            "CoNLL-U. With --from conllu the tokens of the input are kept and only the rest is found.\n"
            "\n"
            "  --to LAYOUT        conllu\n"
            "\n"
            "Examples\n"
            "  sitrep parse report.txt\n"
            "  sitrep parse --from conllu gold.conllu > system.conllu\n",
};

int command_parse(int argc, char **argv)
{
    return cli_main(&command, argc, argv);
}
