/* commands: the sub-commands of sitrep-train; each takes what follows its name and gives an exit status. */
#ifndef SITREP_TRAIN_COMMANDS_H
#define SITREP_TRAIN_COMMANDS_H

#include <string.h>

#include "base/error.h"
#include "data.h"
#include "words.h"

int command_words(int argc, char **argv);
int command_train(int argc, char **argv);
int command_score(int argc, char **argv);
int command_text(int argc, char **argv);
int command_export(int argc, char **argv);
int command_relemma(int argc, char **argv);
int command_parse(int argc, char **argv);
int command_bench(int argc, char **argv);
int command_encode_export(int argc, char **argv);

/* Prints an error; 1. */
int command_fail(const error *e);

/* Reads a net that command_train wrote, with its words. */
bool fnet_read(arena *a, const char *net_path, const char *words_path, fnet *n, error *e);
bool fnet_write(arena *a, const fnet *n, const char *path);

/* Parses with the float net and prints UPOS, XPOS, UAS, LAS (as score_syntax.py counts). Returns LAS. */
double score_data(const fnet *n, fnet_work *w, const data *d, data_view view, const char *name);

/* Prints F of the happenings, statuses and roles of the sentences that have hints, "-" not counted; nothing where
 * there are none. */
void score_hints(const fnet *n, fnet_work *w, const data *d, const char *name);

#endif
