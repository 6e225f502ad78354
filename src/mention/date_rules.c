#include "mention/date_rules.h"

#include "base/os.h"
#include "base/table.h"

#define LABEL_TEXT(id, text) #text,
static const char *const class_names[] = {DATE_CLASS_LIST(LABEL_TEXT)};
static const char *const op_names[] = {DATE_OP_LIST(LABEL_TEXT)};
#undef LABEL_TEXT
static const char *const holiday_rules[N_HOLIDAY_RULES] = {"fixed",   "easter", "orthodox", "nth",
                                                           "islamic", "hebrew", "newmoon",  "fullmoon",
                                                           "once",    "known",  "month"};

typedef struct loader {
    arena *a;
    date_rules *r;
    const table *t;
    const table_line *l;
    error *e;
} loader;

static int find_name(const char *const *names, int n, str name)
{
    for (int i = 0; i < n; i++)
        if (str_is(name, names[i])) return i;
    return -1;
}

static uint32_t intern(loader *ld, str spelling)
{
    map_slot *slot = map_put(ld->a, &ld->r->words, spelling);
    if (slot->value == MAP_NONE) {
        slot->value = (uint32_t)ld->r->word.n;
        array_push(ld->a, &ld->r->word);
    }
    return slot->value;
}

const date_word_class *date_word_in(const date_rules *r, uint32_t word, date_class cls)
{
    if (word == MAP_NONE) return NULL;
    for (uint32_t i = r->word.v[word].first_class; i; i = r->classes.v[i - 1].next)
        if (r->classes.v[i - 1].cls == cls) return &r->classes.v[i - 1];
    return NULL;
}

/* VALUE word word^ …; "^": only with a capital. */
static bool add_class_line(loader *ld, date_class cls)
{
    int64_t value;
    if (!str_to_int(ld->l->keyword, &value))
        return table_fault(ld->t, ld->l, ld->e, "a number is missing before the words");
    str rest = ld->l->value;
    while (rest.ptr) {
        str word = str_cut(&rest, ' ');
        if (!word.len) continue;
        bool needs_name = str_ends(word, STR("^"));
        uint32_t id = intern(ld, str_part(word, 0, word.len - needs_name));
        date_word_class c = {ld->r->word.v[id].first_class, cls, (int)value, needs_name};
        *array_push(ld->a, &ld->r->classes) = c;
        ld->r->word.v[id].first_class = (uint32_t)ld->r->classes.n;
    }
    return true;
}

static void add_holiday_name(loader *ld, holiday_name h, str name)
{
    uint32_t *words = arena_new(ld->a, uint32_t, name.len + 1);
    while (name.ptr) {
        str word = str_cut(&name, ' ');
        if (word.len) words[h.n++] = intern(ld, word);
    }
    h.words = words;
    if (!h.n) return;
    *array_push(ld->a, &ld->r->word.v[words[0]].holidays) = (uint32_t)ld->r->holidays.n;
    *array_push(ld->a, &ld->r->holidays) = h;
}

/* RULE number … | name | name */
static bool add_holiday_line(loader *ld)
{
    holiday_name h = {0};
    int rule = find_name(holiday_rules, N_HOLIDAY_RULES, ld->l->keyword);
    str names = ld->l->value, args = str_cut(&names, '|');
    for (int i = 0; args.ptr && i < 3; i++) {
        int64_t value;
        if (!str_to_int(str_cut(&args, ' '), &value)) rule = -1;
        else h.arg[i] = (int)value;
    }
    if (rule < 0)
        return table_fault(
            ld->t, ld->l, ld->e,
            "expected: fixed|easter|orthodox|nth|islamic|hebrew|newmoon|fullmoon|once|known|month NUMBERS "
            "| NAMES");
    h.rule = (holiday_rule)rule;
    while (names.ptr) add_holiday_name(ld, h, str_cut(&names, '|'));
    return true;
}

static bool add_choice(loader *ld, pattern_element *el, str text)
{
    pattern_choice c = {.is_class = text.len > 2 && text.ptr[0] == '{'};
    if (c.is_class) {
        int cls = find_name(class_names, N_DATE_CLASSES, str_part(text, 1, text.len - 2));
        if (cls < 0) return table_fault(ld->t, ld->l, ld->e, "no class %.*s", (int)text.len, text.ptr);
        c.id = (uint32_t)cls;
    } else {
        c.id = intern(ld, text);
    }
    *array_push(ld->a, &ld->r->choices) = c;
    el->n_choices++;
    return true;
}

/* {class} word a|b [optional] */
static bool add_pattern_line(loader *ld, date_op op)
{
    date_pattern p = {.op = op, .first_element = (uint32_t)ld->r->elements.n, .line = ld->l->number};
    str rest = ld->l->whole;
    while (rest.ptr) {
        str text = str_cut(&rest, ' ');
        if (!text.len) continue;
        pattern_element el = {.first_choice = (uint32_t)ld->r->choices.n};
        el.is_optional = text.ptr[0] == '[' && text.len > 2;
        if (el.is_optional) text = str_part(text, 1, text.len - 2);
        while (text.ptr)
            if (!add_choice(ld, &el, str_cut(&text, '|'))) return false;
        *array_push(ld->a, &ld->r->elements) = el;
        p.n_elements++;
        p.n_required += !el.is_optional;
    }
    *array_push(ld->a, &ld->r->patterns) = p;
    return true;
}

static bool add_line(loader *ld, int cls, int op)
{
    if (cls == CLASS_HOLIDAY) return add_holiday_line(ld);
    if (cls >= 0) return add_class_line(ld, (date_class)cls);
    return add_pattern_line(ld, (date_op)op);
}

/* ---- which patterns can begin with a word ------------------------------------------------------ */

static void push_once(arena *a, index_array *list, uint32_t value)
{
    if (list->n == 0 || list->v[list->n - 1] != value) *array_push(a, list) = value;
}

static bool class_has_numbers(uint32_t cls)
{
    return cls > CLASS_HOLIDAY;
}

static void index_class(loader *ld, uint32_t pattern, uint32_t cls)
{
    date_rules *r = ld->r;
    if (class_has_numbers(cls)) push_once(ld->a, &r->number_patterns, pattern);
    for (uint32_t w = 0; w < r->word.n; w++) {
        bool is_named = cls == CLASS_HOLIDAY || cls == CLASS_ISLAMIC; /* names of several words */
        bool begins =
            (is_named && r->word.v[w].holidays.n > 0) || date_word_in(r, w, (date_class)cls) != NULL;
        if (begins) push_once(ld->a, &r->word.v[w].patterns, pattern);
    }
}

static void index_pattern(loader *ld, uint32_t pattern)
{
    const date_pattern *p = &ld->r->patterns.v[pattern];
    for (uint32_t e = 0; e < p->n_elements; e++) {
        const pattern_element *el = &ld->r->elements.v[p->first_element + e];
        for (uint32_t k = 0; k < el->n_choices; k++) {
            pattern_choice c = ld->r->choices.v[el->first_choice + k];
            if (c.is_class) index_class(ld, pattern, c.id);
            else push_once(ld->a, &ld->r->word.v[c.id].patterns, pattern);
        }
        if (!el->is_optional) return;
    }
}

bool date_rules_open(arena *a, str codebook_folder, date_rules **rules, error *e)
{
    table t;
    date_rules *r = *rules = arena_new(a, date_rules, 1);
    loader ld = {a, r, &t, NULL, e};
    if (!number_words_open(a, codebook_folder, &r->numbers, e)) return false;
    if (!table_read(a, os_path_join(a, codebook_folder, STR("en/dates.txt")), &t, e)) return false;
    int cls = -1, op = -1;
    for (size_t i = 0; i < t.lines.n; i++) {
        ld.l = &t.lines.v[i];
        if (ld.l->indent == 0) {
            bool is_pattern = str_is(ld.l->keyword, "pattern");
            op = is_pattern ? find_name(op_names, N_DATE_OPS, ld.l->value) : -1;
            cls = is_pattern ? -1 : find_name(class_names, N_WORD_CLASSES + 1, ld.l->keyword);
            if (cls < 0 && op < 0) return table_fault(&t, ld.l, e, "no section of this name");
        } else if (cls < 0 && op < 0) {
            return table_fault(&t, ld.l, e, "a line before the first section");
        } else if (!add_line(&ld, cls, op)) {
            return false;
        }
    }
    for (size_t i = 0; i < r->numbers.by_spelling.cap;
         i++) /* so that a word without a number has no part in a pattern */
        if (r->numbers.by_spelling.slots[i].key.ptr) intern(&ld, r->numbers.by_spelling.slots[i].key);
    for (uint32_t i = 0; i < r->patterns.n; i++) index_pattern(&ld, i);
    return true;
}
