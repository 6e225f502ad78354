/* optim: Adam (Kingma and Ba 2015) over all parameters; rows of tables are updated when touched. */
#ifndef SITREP_TRAIN_OPTIM_H
#define SITREP_TRAIN_OPTIM_H

#include "fnet.h"

/* Part `part` of `parts` of each parameter, so that threads share the work. `scale` multiplies gradients,
 * which are cleared. `t` counts updates from 1. */
void optim_update(fnet *n, int part, int parts, float rate, float scale, uint64_t t);

/* Euclidean length of the summed gradient of the dense parameters. */
double optim_norm(const fnet *n);

#endif
