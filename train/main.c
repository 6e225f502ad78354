/* sitrep-train: see usage below and train/README.md. */
#include <stdio.h>
#include <stdlib.h>

#include "commands.h"

static const char usage[] =
    "usage: sitrep-train words VECTORS.json OUT.words TRAIN.conllu...\n"
    "       sitrep-train train [OPTION=VALUE...] WORDS OUT.net DEV.conllu TRAIN.conllu[@WEIGHT]...\n"
    "       sitrep-train score NET WORDS DEV.conllu...\n"
    "       sitrep-train text CODEBOOKS STEP FILE.jsonl   every STEPth sentence, cut into words, as "
    "CoNLL-U\n"
    "       sitrep-train export NET WORDS VECTORS.json LEMMA.txt OUT.model META.txt TRAIN.conllu...\n"
    "       sitrep-train relemma MODEL VECTORS.json LEMMA.txt OUT.model TRAIN.conllu...\n"
    "       sitrep-train parse MODEL FILE.conllu        prints CoNLL-U, read from gold tokens\n"
    "       sitrep-train bench MODEL FILE.conllu...     tokens a second on one core\n"
    "       sitrep-train encode-export ENCODER OUT.model   what train/teacher/encoder.py wrote, in "
    "integers\n";

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*run)(int argc, char **argv);
        int least;
    } commands[] = {
        {"words", command_words, 3},
        {"train", command_train, 4},
        {"score", command_score, 3},
        {"text", command_text, 3},
        {"export", command_export, 7},
        {"relemma", command_relemma, 5},
        {"parse", command_parse, 2},
        {"bench", command_bench, 2},
        {"encode-export", command_encode_export, 2},
    };
    for (size_t i = 0; argc > 1 && i < sizeof commands / sizeof *commands; i++)
        if (strcmp(argv[1], commands[i].name) == 0 && argc - 2 >= commands[i].least)
            return commands[i].run(argc - 2, argv + 2);
    fputs(usage, stderr);
    return 2;
}
