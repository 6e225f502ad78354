/* parse: greedy parsing with the float net, and what it learns from.
 * Moves follow the net's own choice most of the time while training, and the loss prefers the moves of
 * least
 * cost by the dynamic oracle of the arc-hybrid system (Goldberg and Nivre 2013). */
#ifndef SITREP_TRAIN_PARSE_H
#define SITREP_TRAIN_PARSE_H

#include "fnet.h"

void parse_sentence(const fnet *n, fnet_work *w, fnet_sentence *s);

/* Gold arcs that become unreachable by each move; of the legal moves only. */
void oracle_costs(const arc_state *s, const fnet_word *word, unsigned legal, int cost[N_ARC_MOVES]);

#endif
