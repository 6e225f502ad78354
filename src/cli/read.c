#include "cli.h"

static const cli_layout layouts[] = {
    {"jsonl", SITREP_LAYOUT_CLAIMS_JSONL},
    {"table", SITREP_LAYOUT_CLAIMS_TABLE},
    {"csv", SITREP_LAYOUT_CLAIMS_CSV},
    {0},
};

static const cli_command command = {
    .name = "read",
    .stage = SITREP_STAGE_CLAIMS,
    .layouts = layouts,
    .on_terminal = SITREP_LAYOUT_CLAIMS_TABLE,
    .help = "\n"
            "Prints the claims of reports: who did what to whom, where, when, with what loss, and who says "
            "so.\n"
            "\n"
            "  --to LAYOUT        table (the default on a terminal), jsonl (the default elsewhere:\n"
            "                     sitrep.claim/1 records, one a line), csv (a row a claim)\n"
            "\n"
            "Examples\n"
            "  sitrep read report.html\n"
            "  sitrep read --date 2019-11-15 --publisher 'South Front' report.txt --to jsonl\n"
            "  cat docs.jsonl | sitrep read --from jsonl - > claims.jsonl\n"
            "  sitrep read --to csv reports/ > claims.csv\n",
};

int command_read(int argc, char **argv)
{
    return cli_main(&command, argc, argv);
}
