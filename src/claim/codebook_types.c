/* Types with their triggers, conditions and examples: codebooks/NAME/types/ . */
#include "claim/codebook.h"

#include "record/labels.h"

static bool read_flags(claim_type *type, str value)
{
    for (str rest = value; rest.ptr;) {
        str flag = str_cut(&rest, ' ');
        if (!flag.len) continue;
        if (str_is(flag, "harms")) type->harms = true;
        else if (str_is(flag, "speech")) type->is_speech = true;
        else if (str_is(flag, "named")) type->wants_named = true;
        else if (str_is(flag, "moves")) type->moves = true;
        else if (str_is(flag, "weapons")) type->has_weapons = true;
        else if (str_is(flag, "nothing")) type->is_nothing = true;
        else return false;
    }
    return true;
}

/* "AID planned=AGREE demanded=REQUEST": the root, then the root that a status gives. */
static bool read_plover(claim_type *type, str value)
{
    str rest = value;
    type->codes.plover = str_cut(&rest, ' ');
    while (rest.ptr) {
        str root = str_cut(&rest, ' ');
        if (!root.len) continue;
        int status = label_find(LABELS_STATUS, str_cut(&root, '='));
        if (status < 0 || !root.len) return false;
        type->codes_if[status].plover = root;
    }
    return true;
}

/* What is told of the whole type holds whatever its status. */
static void finish_codes(claim_type *type)
{
    for (int s = 0; s < N_CLAIM_STATUS; s++) {
        str root = type->codes_if[s].plover;
        if (!root.len) continue;
        type->codes_if[s] = type->codes;
        type->codes_if[s].plover = root;
    }
}

const claim_codes *codebook_codes(const claim_type *type, const trigger_rule *rule, claim_status status)
{
    if (type->codes_if[status].plover.len) return &type->codes_if[status];
    return rule && rule->type == type && rule->plover.len ? &rule->codes : &type->codes;
}

static bool read_code(claim_type *type, str key, str value)
{
    int64_t n;
    if (str_is(key, "plover")) return read_plover(type, value);
    if (str_is(key, "mode")) type->codes.plover_mode = value;
    else if (str_is(key, "cameo")) type->codes.cameo = value;
    else if (str_is(key, "acled")) type->codes.acled = value;
    else if (str_is(key, "ucdp") && str_to_int(value, &n) && n >= 1 && n <= 3)
        type->codes.ucdp_violence = (int)n;
    else return false;
    return true;
}

/* "near" asks which classes the sentences around have words of; those are known of the first 64. */
static bool add_near(const codebook *c, condition *k, const word_class *group)
{
    size_t i = 0;
    while (i < c->classes.n && c->classes.v[i] != group) i++;
    if (i >= 64 || i == c->classes.n) return false;
    k->near |= (uint64_t)1 << i;
    return true;
}

/* "slot=a|@b" or "!slot=a"; false with *bad set to what is wrong. */
static bool read_condition(codebook *c, str text, condition *out, str *bad)
{
    *out = (condition){0};
    if (text.len && text.ptr[0] == '!') {
        out->forbid = true;
        text = str_part(text, 1, text.len);
    }
    str rest = text;
    out->slot = str_cut(&rest, '=');
    *bad = text;
    if (!out->slot.len || !rest.ptr) return false;
    while (rest.ptr) {
        condition_value v = {.word = str_cut(&rest, '|')};
        if (str_starts(v.word, STR("@"))) {
            v.group = codebook_class(c, str_part(v.word, 1, v.word.len));
            *bad = v.word;
            if (!v.group) return false;
        }
        *array_push(c->arena, &out->values) = v;
        if (str_is(out->slot, "near") && !add_near(c, out, v.group)) return false;
    }
    return true;
}

static bool read_rule_settings(codebook *c, trigger_rule *rule, str settings, str *bad)
{
    for (str rest = settings; rest.ptr;) {
        str part = str_cut(&rest, ' ');
        if (!part.len) continue;
        *bad = part;
        if (str_is(part, "vague")) {
            rule->is_vague = true;
        } else if (str_is(part, "sure")) {
            rule->is_sure = true;
        } else if (str_is(part, "typed")) {
            rule->is_typed = true;
        } else if (str_starts(part, STR("frame="))) {
            rule->roles = codebook_frame(c, str_part(part, 6, part.len));
            if (!rule->roles) return false;
        } else if (str_starts(part, STR("plover="))) {
            rule->plover = str_part(part, 7, part.len);
        } else if (str_starts(part, STR("status="))) {
            rule->status = label_find(LABELS_STATUS, str_part(part, 7, part.len));
            if (rule->status < 0) return false;
        } else {
            condition k;
            if (!read_condition(c, part, &k, bad)) return false;
            *array_push(c->arena, &rule->conditions) = k;
        }
    }
    return true;
}

static void add_rule(codebook *c, trigger_rule rule)
{
    str head = rule.guise == GUISE_NOUN ? rule.words[rule.n_words - 1] : rule.words[0];
    map *by_word = rule.type->is_nothing ? c->nothing_by_word : c->by_word;
    map_slot *slot = map_put(c->arena, &by_word[rule.guise], head);
    rule.next = slot->value;
    rule.order = (uint32_t)c->rules.n;
    slot->value = rule.order;
    *array_push(c->arena, &c->rules) = rule;
}

/* "bomb, shoot down : obj=@aircraft frame=x" */
static bool read_rules(codebook *c, const table *t, const table_line *l, claim_type *type, guise g,
                       error *e)
{
    str rest = l->value, bad = {0};
    str words = str_cut(&rest, ':');
    trigger_rule rule = {.type = type, .guise = g, .roles = type->roles, .status = -1};
    if (rest.ptr && !read_rule_settings(c, &rule, rest, &bad))
        return table_fault(t, l, e, "not a condition or setting: '%.*s'", (int)bad.len, bad.ptr);
    rule.name = arena_format(c->arena, "%.*s/%u", (int)type->name.len, type->name.ptr, l->number);
    str_array phrases = codebook_split(c->arena, words, ',');
    for (size_t i = 0; i < phrases.n; i++) {
        rule.n_words = codebook_words(c->arena, phrases.v[i], rule.words);
        if (!rule.n_words) return table_fault(t, l, e, "a trigger has 1 to %d words", RULE_WORDS);
        add_rule(c, rule);
    }
    return true;
}

static bool read_type_line(codebook *c, const table *t, const table_line *l, claim_type *type, error *e)
{
    if (str_is(l->keyword, "verb")) return read_rules(c, t, l, type, GUISE_VERB, e);
    if (str_is(l->keyword, "noun")) return read_rules(c, t, l, type, GUISE_NOUN, e);
    if (str_is(l->keyword, "adj")) return read_rules(c, t, l, type, GUISE_ADJECTIVE, e);
    if (str_is(l->keyword, "yes") || str_is(l->keyword, "no")) {
        *array_push(c->arena, &c->examples) =
            (example){type, str_is(l->keyword, "yes"), l->value, t->path.ptr, l->number};
        return true;
    }
    if (str_is(l->keyword, "is"))
        return read_flags(type, l->value)
               || table_fault(t, l, e, "unknown property in '%.*s'", (int)l->value.len, l->value.ptr);
    if (str_is(l->keyword, "frame")) {
        type->roles = codebook_frame(c, l->value);
        return type->roles
               || table_fault(t, l, e, "no frame '%.*s' in frames.txt", (int)l->value.len, l->value.ptr);
    }
    return read_code(type, l->keyword, l->value)
           || table_fault(t, l, e, "unknown line '%.*s'", (int)l->keyword.len, l->keyword.ptr);
}

bool codebook_read_types(codebook *c, const table *t, error *e)
{
    claim_type *type = NULL;
    for (size_t i = 0; i < t->lines.n; i++) {
        const table_line *l = &t->lines.v[i];
        if (l->indent == 0) {
            if (!str_is(l->keyword, "type") || !l->value.len)
                return table_fault(t, l, e, "expected 'type NAME'");
            if (codebook_type(c, l->value))
                return table_fault(t, l, e, "type '%.*s' stands twice", (int)l->value.len, l->value.ptr);
            type = arena_new(c->arena, claim_type, 1);
            *type = (claim_type){.name = l->value, .roles = codebook_frame(c, STR("violence"))};
            *array_push(c->arena, &c->types) = type;
        } else if (!type) {
            return table_fault(t, l, e, "a line before the first type");
        } else if (!read_type_line(c, t, l, type, e)) {
            return false;
        }
    }
    for (size_t k = 0; k < c->types.n; k++) finish_codes(c->types.v[k]);
    for (size_t k = 0; k < c->rules.n; k++) {
        c->rules.v[k].codes = c->rules.v[k].type->codes;
        if (c->rules.v[k].plover.len) c->rules.v[k].codes.plover = c->rules.v[k].plover;
    }
    return true;
}
