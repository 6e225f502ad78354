#include "place/rules.h"

#include "base/table.h"
#include "place/spelling.h"

static const char *const kind_names[N_RULE_KIND] = {"article", "unify",   "area", "object", "street",
                                                    "side",    "near",    "word", "join",   "romanised",
                                                    "within",  "between", "cue",  "dial",   "trunk"};

const place_rule *rules_find(const place_rules *r, rule_kind kind, str word)
{
    uint32_t i = map_get(&r->words[kind], word);
    return i == MAP_NONE ? NULL : &r->rules.v[i];
}

static bool kind_of(str keyword, rule_kind *kind)
{
    for (int k = 0; k < N_RULE_KIND; k++)
        if (str_is(keyword, kind_names[k])) return *kind = (rule_kind)k, true;
    return false;
}

/* Words of a line stand apart by white space; '_' joins the parts of one. */
static str next_piece(str *rest)
{
    *rest = str_trim(*rest);
    size_t n = 0;
    while (n < rest->len && rest->ptr[n] != ' ' && rest->ptr[n] != '\t') n++;
    str piece = str_part(*rest, 0, n);
    *rest = str_part(*rest, n, rest->len);
    return piece;
}

static str next_word(arena *a, str *rest)
{
    char key[SPELLING_MAX];
    size_t n = spelling_fold(next_piece(rest), key);
    return arena_copy(a, (str){key, n});
}

static bool parse_line(arena *a, const table *t, const table_line *l, place_rules *out, error *e)
{
    rule_kind kind;
    if (!kind_of(l->keyword, &kind)) return table_fault(t, l, e, "unknown kind of rule");
    place_rule rule = {.kind = kind};
    str rest = l->value;
    if (kind == RULE_OBJECT || kind == RULE_STREET || kind == RULE_NEAR) {
        int64_t km;
        if (!str_to_int(next_piece(&rest), &km) || km < 0 || km > 1000)
            return table_fault(t, l, e, "a radius in kilometres is missing");
        rule.radius_m = (uint32_t)km * 1000;
    } else if (kind == RULE_UNIFY || kind == RULE_AREA || kind == RULE_SIDE || kind == RULE_CUE
               || kind == RULE_DIAL || kind == RULE_TRUNK) {
        rule.canon = arena_copy(a, next_piece(&rest));
        if (!rule.canon.len) return table_fault(t, l, e, "the rule stands for nothing");
    }
    uint32_t index = (uint32_t)out->rules.n;
    *array_push(a, &out->rules) = rule;
    for (str word = next_word(a, &rest); word.len; word = next_word(a, &rest))
        map_put(a, &out->words[kind], word)->value = index;
    return true;
}

bool rules_parse(arena *a, str path, str bytes, place_rules *out, error *e)
{
    table t;
    *out = (place_rules){0};
    if (!table_parse(a, path, bytes, &t, e)) return false;
    for (size_t i = 0; i < t.lines.n; i++)
        if (!parse_line(a, &t, &t.lines.v[i], out, e)) return false;
    return true;
}
