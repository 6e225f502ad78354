#include "syntax/lemma.h"

#include "base/array.h"
#include "base/map.h"

enum { MAX_ENDING = 6, MAX_FORM = 48 };

/* What to do with a form: cut `strip` bytes off its end, put `add` there. */
typedef struct lemma_rule {
    uint32_t strip;
    str add;
} lemma_rule;

struct lemma_table {
    map singles; /* "TAG\tform" -> index in lemmas */
    map endings; /* "TAG\tending" -> index in rules */
    ARRAY(str) lemmas;
    ARRAY(lemma_rule) rules;
    bool has_rules[N_XPOS], keeps_form[N_XPOS];
};

/* ---- opening ----------------------------------------------------------------------------------- */

static bool find_tag(str tag, size_t *value)
{
    int v = label_find(LABELS_XPOS, tag);
    *value = (size_t)v;
    return v >= 0;
}

/* Cuts the piece before the next tab off *rest; unlike str_cut it trims nothing. */
static str cut_tab(str *rest)
{
    size_t tab = str_find(*rest, STR("\t"), 0);
    str piece = str_part(*rest, 0, tab);
    *rest = str_part(*rest, tab + 1, rest->len);
    return piece;
}

static bool read_single(lemma_table *t, arena *a, str line, str tag)
{
    size_t value;
    str rest = str_part(line, tag.len + 1, line.len), form = cut_tab(&rest);
    if (!find_tag(tag, &value) || !form.len) return false;
    map_put(a, &t->singles, str_part(line, 0, tag.len + 1 + form.len))->value = (uint32_t)t->lemmas.n;
    *array_push(a, &t->lemmas) = rest;
    return true;
}

static bool read_rule(lemma_table *t, arena *a, str line, str tag)
{
    size_t value;
    int64_t strip;
    str rest = str_part(line, tag.len + 1, line.len), ending = cut_tab(&rest), number = cut_tab(&rest);
    if (!find_tag(tag, &value) || !str_to_int(number, &strip) || strip < 0 || strip > MAX_FORM)
        return false;
    t->has_rules[value] = true;
    map_put(a, &t->endings, str_part(line, 0, tag.len + 1 + ending.len))->value = (uint32_t)t->rules.n;
    *array_push(a, &t->rules) = (lemma_rule){(uint32_t)strip, rest};
    return true;
}

static bool read_line(lemma_table *t, arena *a, str line)
{
    char kind = line.ptr[0];
    size_t value;
    line = str_part(line, 1, line.len);
    str tag = str_part(line, 0, str_find(line, STR("\t"), 0));
    if (kind == '@') return find_tag(tag, &value) && (t->keeps_form[value] = true);
    if (kind == '=') return read_single(t, a, line, tag);
    return kind == '-' && read_rule(t, a, line, tag);
}

lemma_table *lemma_table_open(arena *a, const model *m, error *e)
{
    lemma_table *t = arena_new(a, lemma_table, 1);
    size_t len = 0;
    const char *p = model_find(m, "lemma", &len);
    str all = {p, len};
    bool ok = p;
    for (size_t at = 0; ok && at < len;) {
        const char *nl = memchr(p + at, '\n', len - at);
        size_t end = nl ? (size_t)(nl - p) : len;
        ok = end > at && read_line(t, a, str_part(all, at, end - at));
        at = end + 1;
    }
    if (ok) return t;
    error_set(e, SITREP_BAD_MODEL, "model", "its table of lemmas is missing or damaged");
    error_at(e, m->path, 0, 0);
    return NULL;
}

/* ---- looking up -------------------------------------------------------------------------------- */

typedef struct lemma_key {
    char bytes[MAX_FORM + 8];
    size_t tag_len;
} lemma_key;

static str key_of(lemma_key *k, str piece)
{
    memcpy(k->bytes + k->tag_len, piece.ptr, piece.len);
    return (str){k->bytes, k->tag_len + piece.len};
}

static str apply(arena *a, const lemma_rule *r, str form)
{
    if (r->strip >= form.len && r->add.len == 0) return form;
    if (r->strip > form.len) return form;
    /* Endings are counted in bytes; a rule must not leave half a letter. */
    if (r->strip && ((unsigned char)form.ptr[form.len - r->strip] & 0xC0) == 0x80) return form;
    str stem = str_part(form, 0, form.len - r->strip);
    if (r->add.len == 0) return stem;
    char *out = arena_new(a, char, stem.len + r->add.len);
    memcpy(out, stem.ptr, stem.len);
    memcpy(out + stem.len, r->add.ptr, r->add.len);
    return (str){out, stem.len + r->add.len};
}

static void set_tag(lemma_key *k, xpos tag)
{
    str text = str_from(label_text(LABELS_XPOS, (int)tag));
    k->tag_len = text.len + 1;
    memcpy(k->bytes, text.ptr, text.len);
    k->bytes[text.len] = '\t';
}

/* The rule of the longest ending, and that ending's length; MAP_NONE where none applies. */
static uint32_t longest_ending(const lemma_table *t, lemma_key *k, str form, size_t *n)
{
    for (*n = form.len < MAX_ENDING ? form.len : MAX_ENDING;; --*n) {
        uint32_t rule = map_get(&t->endings, key_of(k, str_part(form, form.len - *n, *n)));
        if (rule != MAP_NONE || *n == 0) return rule;
    }
}

static str by_rule(const lemma_table *t, arena *a, xpos tag, str form)
{
    lemma_key k;
    size_t n, other_n;
    set_tag(&k, tag);
    uint32_t rule = longest_ending(t, &k, form, &n);
    if ((tag == XPOS_VBD || tag == XPOS_VBN) && !str_ends(form, STR("ed"))) {
        /* Irregular past tenses and participles are taken for each other: "withdrew" behind a name. */
        set_tag(&k, tag == XPOS_VBD ? XPOS_VBN : XPOS_VBD);
        uint32_t other = longest_ending(t, &k, form, &other_n);
        if (other != MAP_NONE && (rule == MAP_NONE || other_n > n)) rule = other;
    }
    return rule == MAP_NONE ? form : apply(a, &t->rules.v[rule], form);
}

/* ---- the form that is looked up ---------------------------------------------------------------- */

enum { NAME_UPPER_MIN = 6 }; /* shorter words in capitals are mostly acronyms */

static bool all_within(str s, char first, char last)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < first || s.ptr[i] > last) return false;
    return true;
}

static str capitalised(arena *a, str form)
{
    if (form.len < NAME_UPPER_MIN || !all_within(form, 'A', 'Z')) return form;
    char *out = arena_new(a, char, form.len);
    for (size_t i = 0; i < form.len; i++) out[i] = (char)(i ? form.ptr[i] | 32 : form.ptr[i]);
    return (str){out, form.len};
}

/* "30,000": groups of three digits behind each comma. */
static bool is_grouped(str norm)
{
    size_t comma = str_find(norm, STR(","), 0);
    bool found = comma < norm.len && comma > 0 && all_within(str_part(norm, 0, comma), '0', '9');
    while (found && comma < norm.len && norm.ptr[comma] == ',') {
        str group = str_part(norm, comma + 1, 3);
        found = group.len == 3 && all_within(group, '0', '9');
        comma += 4;
    }
    return found && (comma >= norm.len || norm.ptr[comma] == '.');
}

static str without_commas(arena *a, str norm)
{
    if (!is_grouped(norm)) return norm;
    char *out = arena_new(a, char, norm.len);
    size_t n = 0;
    for (size_t i = 0; i < norm.len; i++)
        if (norm.ptr[i] != ',') out[n++] = norm.ptr[i];
    return (str){out, n};
}

str lemma_base(arena *a, str form, str norm, upos pos, xpos tag, bool keeps_form)
{
    if (pos == UPOS_PROPN || tag == XPOS_NNP || tag == XPOS_NNPS) return capitalised(a, form);
    if (keeps_form) return form;
    if (tag == XPOS_CD) return without_commas(a, norm);
    return tag == XPOS_NN && form.len == 1 ? form : norm; /* "vitamin C" */
}

str lemma_of(const lemma_table *t, arena *a, str form, str norm, upos pos, xpos tag)
{
    lemma_key k;
    bool is_name = tag == XPOS_NNP || tag == XPOS_NNPS;
    str base = lemma_base(a, form, norm, pos, tag, t->keeps_form[tag]);
    if (base.len == 0 || base.len > MAX_FORM || norm.len > MAX_FORM || form.len > MAX_FORM) return base;
    set_tag(&k, tag);
    uint32_t single = map_get(&t->singles, key_of(&k, is_name || t->keeps_form[tag] ? form : norm));
    if (single != MAP_NONE) return t->lemmas.v[single];
    return t->has_rules[tag] ? by_rule(t, a, tag, base) : base;
}
