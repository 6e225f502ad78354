#include "cli.h"

static const cli_layout layouts[] = {
    {"jsonl", SITREP_LAYOUT_MENTIONS_JSONL},
    {"table", SITREP_LAYOUT_MENTIONS_TABLE},
    {0},
};

static const cli_command command = {
    .name = "mentions",
    .stage = SITREP_STAGE_MENTIONS,
    .layouts = layouts,
    .on_terminal = SITREP_LAYOUT_MENTIONS_TABLE,
    .help =
        "\n"
        "Prints everything that the text names, whether or not a claim uses it: people, organisations,\n"
        "nationalities, places with coordinates, platforms, weapons, dates, quantities. Mentions of the "
        "same\n"
        "thing bear the same chain number.\n"
        "\n"
        "  --to LAYOUT        table (the default on a terminal), jsonl (the default elsewhere:\n"
        "                     sitrep.mention/1 records, one a line)\n"
        "\n"
        "Examples\n"
        "  sitrep mentions report.txt\n"
        "  sitrep mentions reports/ | jq -r 'select(.kind == \"location\") | .name' | sort | uniq -c\n",
};

int command_mentions(int argc, char **argv)
{
    return cli_main(&command, argc, argv);
}
