#include <stdlib.h>

#include "claim/judge.h"
#include "model/model.h"

judge *judge_open(str path, error *e)
{
    struct {
        judge judge;
        model file;
    } *both = calloc(1, sizeof *both);
    if (!both) {
        error_set(e, SITREP_NO_MEMORY, "model", "no memory for the claim model");
        return NULL;
    }
    judge *j = &both->judge;
    if (model_open(&both->file, path, JUDGE_FEATURES, e)) {
        j->file = &both->file;
        j->weights = model_need(&both->file, "weights", JUDGE_ROWS * sizeof *j->weights, e);
        j->clusters = j->weights ? model_need(&both->file, "clusters",
                                              JUDGE_CLUSTER_SLOTS * sizeof(judge_cluster_slot), e)
                                 : NULL;
        const float *step = j->clusters ? model_need(&both->file, "step", sizeof *step, e) : NULL;
        const float *t = step ? model_need(&both->file, "thresholds", sizeof j->threshold, e) : NULL;
        size_t len = 0;
        const char *types = t ? model_find(&both->file, "types", &len) : NULL;
        if (t && !types)
            error_set(e, SITREP_BAD_MODEL, "model", "its list of types is missing"),
                error_at(e, path, 0, 0);
        if (types) {
            size_t unused;
            j->types = (str){types, len};
            j->hears_hints = model_find(&both->file, "hints", &unused) != NULL;
            j->step = *step;
            memcpy(j->threshold, t, sizeof j->threshold);
            return j;
        }
    }
    judge_close(j);
    return NULL;
}

void judge_close(judge *j)
{
    if (j && j->file) model_close(j->file);
    free(j);
}
