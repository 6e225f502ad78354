#include "score/facts.h"

const char *score_field_name(score_field field)
{
#define SCORE_FIELD_NAME(name, text) [FIELD_##name] = (text),
    static const char *const names[] = {SCORE_FIELD_LIST(SCORE_FIELD_NAME)};
    return names[field];
}

bool facts_same(const score_fact *a, const score_fact *b)
{
    if (a->field != b->field) return false;
    switch (a->field) {
    case FIELD_TYPE:
    case FIELD_STATUS:
    case FIELD_DATE: return str_eq(a->text, b->text);
    case FIELD_KILLED:
    case FIELD_INJURED: return a->number == b->number;
    default: return words_alike(a->words, b->words);
    }
}

size_t facts_shared(const score_claim *a, const score_claim *b, bool *taken_a, bool *taken_b)
{
    bool own[SCORE_MAX_FACTS], *used = taken_b ? taken_b : own;
    size_t n = 0;
    memset(used, 0, b->facts.n * sizeof *used);
    for (size_t i = 0; i < a->facts.n; i++) {
        size_t k = 0;
        while (k < b->facts.n && (used[k] || !facts_same(&a->facts.v[i], &b->facts.v[k]))) k++;
        bool found = k < b->facts.n;
        if (found) used[k] = true;
        if (taken_a) taken_a[i] = found;
        n += found;
    }
    return n;
}
