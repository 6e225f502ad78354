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
    .trace = true,
    .help = "\n"
            "Shows each sentence after every stage and why a claim is there, is not, or is wrong: its "
            "tree, what it\n"
            "names, every trigger with the rules of the codebook that match it, what was weighed against "
            "what, and\n"
            "the claims made of it. For repairing a codebook.\n"
            "\n"
            "Of each trigger it tells the rule that was preferred and its conditions, other rules, the "
            "words in its\n"
            "slots (subj, obj, on ..., as conditions and frames name them; with ^ those of the verb that "
            "carries it),\n"
            "how likely it is to be a happening and of which type, and each candidate for a role with its "
            "likelihood,\n"
            "a tick where it was taken, and the way through the tree: up to a head, down to a dependent.\n"
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
