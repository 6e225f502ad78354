#include "record/labels.h"

#define TEXT_1(name) #name,
#define TEXT_2(id, text) text,

static const char *const upos_text[] = {UPOS_LIST(TEXT_1)};
static const char *const xpos_text[] = {XPOS_LIST(TEXT_2)};
static const char *const deprel_text[] = {DEPREL_LIST(TEXT_2)};
static const char *const mention_kind_text[] = {MENTION_KIND_LIST(TEXT_2)};
static const char *const actor_kind_text[] = {ACTOR_KIND_LIST(TEXT_2)};
static const char *const actor_role_text[] = {ACTOR_ROLE_LIST(TEXT_2)};
static const char *const place_role_text[] = {PLACE_ROLE_LIST(TEXT_2)};
static const char *const place_match_text[] = {PLACE_MATCH_LIST(TEXT_2)};
static const char *const place_use_text[] = {PLACE_USE_LIST(TEXT_2)};
static const char *const date_basis_text[] = {DATE_BASIS_LIST(TEXT_2)};
static const char *const status_text[] = {CLAIM_STATUS_LIST(TEXT_2)};

static const struct {
    const char *const *text;
    int n;
} sets[N_LABEL_SETS] = {
    [LABELS_UPOS] = {upos_text, N_UPOS},
    [LABELS_XPOS] = {xpos_text, N_XPOS},
    [LABELS_DEPREL] = {deprel_text, N_DEPREL},
    [LABELS_MENTION_KIND] = {mention_kind_text, N_MENTION_KIND},
    [LABELS_ACTOR_KIND] = {actor_kind_text, N_ACTOR_KIND},
    [LABELS_ACTOR_ROLE] = {actor_role_text, N_ACTOR_ROLE},
    [LABELS_PLACE_ROLE] = {place_role_text, N_PLACE_ROLE},
    [LABELS_PLACE_MATCH] = {place_match_text, N_PLACE_MATCH},
    [LABELS_PLACE_USE] = {place_use_text, N_PLACE_USE},
    [LABELS_DATE_BASIS] = {date_basis_text, N_DATE_BASIS},
    [LABELS_STATUS] = {status_text, N_CLAIM_STATUS},
};

const char *label_text(label_set set, int value)
{
    return value >= 0 && value < sets[set].n ? sets[set].text[value] : "";
}

static int find_exact(label_set set, str text)
{
    for (int i = 0; i < sets[set].n; i++)
        if (str_is(text, sets[set].text[i])) return i;
    return -1;
}

int label_find(label_set set, str text)
{
    int value = find_exact(set, text);
    size_t colon = str_find(text, STR(":"), 0);
    if (value < 0 && set == LABELS_DEPREL && colon < text.len)
        value = find_exact(set, str_part(text, 0, colon));
    return value;
}

deprel deprel_universal(deprel r)
{
    str text = str_from(label_text(LABELS_DEPREL, (int)r));
    size_t colon = str_find(text, STR(":"), 0);
    return colon < text.len ? (deprel)find_exact(LABELS_DEPREL, str_part(text, 0, colon)) : r;
}
