#include "cli.h"

static const cli_layout layouts[] = {
    {"text", SITREP_LAYOUT_TEXT},
    {"jsonl", SITREP_LAYOUT_DOCUMENTS_JSONL},
    {0},
};

static const cli_command command = {
    .name = "text",
    .stage = SITREP_STAGE_TEXT,
    .layouts = layouts,
    .on_terminal = SITREP_LAYOUT_TEXT,
    .help = "\n"
            "Prints the extracted text as UTF-8: the article of a page, a plain text as it is. The offsets "
            "in all\n"
            "other outputs count the code points of exactly this text.\n"
            "\n"
            "  --to LAYOUT        text (the default), jsonl: a document a line, with what it says of "
            "itself, its\n"
            "                     media and where its paragraphs, titles, lists and captions stand\n"
            "\n"
            "Examples\n"
            "  sitrep text page.html\n"
            "  sitrep text --to jsonl crawl.warc.gz\n"
            "  sitrep text --charset windows-1251 old.txt\n",
};

int command_text(int argc, char **argv)
{
    return cli_main(&command, argc, argv);
}
