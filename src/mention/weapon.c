#include "mention/weapon.h"

#include "base/map.h"
#include "base/os.h"
#include "base/table.h"
#include "base/utf8.h"
#include "mention/atom.h"

#define MAX_PARTS 12 /* of one name */
#define MAX_SUFFIX 5 /* letters of a variant: Mi-8AMTSh */

typedef struct weapon_class {
    str name;
    bool is_platform, is_modifier, is_none;
} weapon_class;

typedef struct weapon_name {
    uint32_t next; /* with the same first part, + 1; 0 = last */
    const str *parts;
    uint32_t n_parts, cls;
    str name;            /* the table's: the first of its line */
    bool is_designation; /* has a capital or a digit */
    bool is_upper;       /* all its letters are capitals */
    bool needs_company;  /* an everyday word or a person's name too */
    bool is_family;      /* "Su-#": named as the text writes it */
    bool is_modifier, is_none;
} weapon_name;

struct weapon_rules {
    ARRAY(weapon_class) classes;
    ARRAY(weapon_name) names;
    map first_part; /* -> names, + 1 */
};

/* ---- reading the table --------------------------------------------------------------------------- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The next part of a spelling: letters (with an apostrophe inside), digits, or '#'. */
static str cut_part(str s, size_t *at)
{
    uint32_t cp;
    size_t start = *at, n = utf8_decode(s, start, &cp);
    if (is_digit(s.ptr[start])) {
        size_t end = start;
        while (
            end < s.len
            && (is_digit(s.ptr[end]) || (s.ptr[end] == '.' && end + 1 < s.len && is_digit(s.ptr[end + 1]))))
            end++;
        str suffix = str_part(s, end, 2);
        if (str_is(suffix, "rd") || str_is(suffix, "th")) end += 2;
        *at = end;
        return str_part(s, start, end - start);
    }
    if (!utf8_is_letter(cp)) {
        *at = start + n;
        return cp == '#' ? str_part(s, start, 1) : (str){NULL, 0};
    }
    while (*at < s.len) {
        n = utf8_decode(s, *at, &cp);
        bool inside = cp == '\'' && *at + 1 < s.len && s.ptr[*at + 1] != ' ';
        if (!utf8_is_letter(cp) && !inside) break;
        *at += n;
    }
    return str_part(s, start, *at - start);
}

static void note_case(weapon_name *name, str spelling)
{
    bool small = false, capital = false, digit = false;
    uint32_t cp;
    for (size_t at = 0; at < spelling.len;) {
        at += utf8_decode(spelling, at, &cp);
        if (cp >= '0' && cp <= '9') digit = true;
        else if (utf8_is_upper(cp)) capital = true;
        else if (utf8_is_letter(cp)) small = true;
    }
    name->is_designation = capital || digit;
    name->is_upper = capital && !small;
}

static void add_name(arena *a, weapon_rules *r, uint32_t cls, str spelling, str name)
{
    const weapon_class *c = &r->classes.v[cls];
    weapon_name n = {.cls = cls, .name = name, .is_modifier = c->is_modifier, .is_none = c->is_none};
    str *parts = arena_new(a, str, MAX_PARTS);
    n.needs_company = str_ends(spelling, STR("^"));
    spelling = str_part(spelling, 0, spelling.len - n.needs_company);
    note_case(&n, spelling);
    str folded = utf8_fold(a, spelling);
    for (size_t at = 0; at < folded.len && n.n_parts < MAX_PARTS;) {
        str part = cut_part(folded, &at);
        if (part.len) parts[n.n_parts++] = part;
        if (str_is(part, "#")) n.is_family = true;
    }
    n.parts = parts;
    if (!n.n_parts) return;
    map_slot *slot = map_put(a, &r->first_part, parts[0]);
    n.next = slot->value == MAP_NONE ? 0 : slot->value;
    *array_push(a, &r->names) = n;
    slot->value = (uint32_t)r->names.n;
}

static void add_names(arena *a, weapon_rules *r, str line)
{
    str name = {NULL, 0};
    while (line.ptr) {
        str spelling = str_cut(&line, '|');
        if (!spelling.len) continue;
        bool common = true;
        for (size_t i = 0; i < spelling.len; i++)
            if (is_digit(spelling.ptr[i]) || (spelling.ptr[i] >= 'A' && spelling.ptr[i] <= 'Z'))
                common = false;
        /* Common nouns of a line are not spellings of each other. */
        if (!name.ptr || common) name = str_part(spelling, 0, spelling.len - str_ends(spelling, STR("^")));
        add_name(a, r, (uint32_t)r->classes.n - 1, spelling, name);
    }
}

bool weapon_rules_open(arena *a, str codebook_folder, weapon_rules **rules, error *e)
{
    return weapon_rules_read(a, os_path_join(a, codebook_folder, STR("conflict/weapons.txt")), rules, e);
}

bool weapon_rules_read(arena *a, str path, weapon_rules **rules, error *e)
{
    table t;
    weapon_rules *r = *rules = arena_new(a, weapon_rules, 1);
    if (!table_read(a, path, &t, e)) return false;
    for (size_t i = 0; i < t.lines.n; i++) {
        const table_line *l = &t.lines.v[i];
        if (l->indent == 0) {
            weapon_class c = {l->keyword, str_is(l->value, "platform"), str_is(l->keyword, "modifier"),
                              str_is(l->keyword, "none")};
            if (!c.is_modifier && !c.is_none && !c.is_platform && !str_is(l->value, "weapon"))
                return table_fault(&t, l, e, "expected: CLASS weapon|platform");
            *array_push(a, &r->classes) = c;
        } else if (!r->classes.n) {
            return table_fault(&t, l, e, "a name before the first class");
        } else {
            add_names(a, r, l->whole);
        }
    }
    return true;
}

/* ---- matching -------------------------------------------------------------------------------------- */

typedef struct finder {
    const weapon_rules *r;
    document *d;
    atom_array atoms;
} finder;

/* A match covers atoms [first, end). */
typedef struct match {
    const weapon_name *name;
    uint32_t first, end;
} match;

static const token *token_of(const finder *f, uint32_t i)
{
    return &f->d->tokens.v[f->atoms.v[i].token];
}

static const sentence *sentence_of(const finder *f, uint32_t i)
{
    return &f->d->sentences.v[token_of(f, i)->sentence];
}

static bool same_sentence(const finder *f, uint32_t i, uint32_t j)
{
    return j < f->atoms.n && token_of(f, i)->sentence == token_of(f, j)->sentence;
}

static bool is_joint(const atom *x)
{
    return x->kind == ATOM_MARK && x->norm.len == 1 && strchr("-/.'", x->norm.ptr[0]);
}

/* The next atom that is no joint; joints count only where they are glued on both sides. */
static uint32_t after_joint(const finder *f, uint32_t first, uint32_t i)
{
    bool joint = same_sentence(f, first, i) && same_sentence(f, first, i + 1) && is_joint(&f->atoms.v[i])
                 && f->atoms.v[i].glued && f->atoms.v[i + 1].glued;
    return joint ? i + 1 : i;
}

static str without_plural(str s)
{
    if (s.len > 4 && str_ends(s, STR("ies"))) return (str){NULL, 0};
    if (s.len > 3 && str_ends(s, STR("ss"))) return s;
    return s.len > 2 && str_ends(s, STR("s")) ? str_part(s, 0, s.len - 1) : s;
}

static bool is_plural_of(str word, str singular)
{
    if (str_eq(without_plural(word), singular)) return true;
    if (str_ends(word, STR("es")) && str_eq(str_part(word, 0, word.len - 2), singular)) return true;
    if (str_ends(word, STR("ies")) && str_ends(singular, STR("y")))
        return str_eq(str_part(word, 0, word.len - 3), str_part(singular, 0, singular.len - 1));
    if (str_ends(word, STR("ves")) && (str_ends(singular, STR("fe")) || str_ends(singular, STR("f"))))
        return str_starts(singular, str_part(word, 0, word.len - 3)) && singular.len <= word.len - 1;
    return false;
}

static bool part_fits(const atom *x, str part, bool last)
{
    if (x->kind == ATOM_MARK) return false;
    if (str_is(part, "#"))
        return x->kind == ATOM_NUMBER && x->n_digits <= 3 && !x->is_clock && !x->is_decimal
               && !x->is_ordinal;
    if (str_eq(x->norm, part)) return true;
    if (x->kind == ATOM_NUMBER)
        return x->is_plural && last && str_eq(str_part(x->norm, 0, x->norm.len - 1), part);
    return last && is_plural_of(x->norm, part);
}

/* Where the parts of the name end, 0 where they do not stand here. */
static uint32_t fit(const finder *f, const weapon_name *name, uint32_t i)
{
    uint32_t at = i;
    for (uint32_t k = 0; k < name->n_parts; k++) {
        if (k) at = after_joint(f, i, at);
        if (!same_sentence(f, i, at) || !part_fits(&f->atoms.v[at], name->parts[k], k + 1 == name->n_parts))
            return 0;
        at++;
    }
    return at;
}

/* Letters and a number that a variant adds to a designation: Su-24M, Tu-22M3. */
static uint32_t add_variant(const finder *f, const weapon_name *name, uint32_t first, uint32_t end)
{
    bool ends_in_number = f->atoms.v[end - 1].kind == ATOM_NUMBER && !f->atoms.v[end - 1].is_plural;
    if (!name->is_designation || !ends_in_number || !same_sentence(f, first, end)) return end;
    const atom *x = &f->atoms.v[end];
    if (!x->glued || x->kind != ATOM_WORD || x->at.len > MAX_SUFFIX || !x->is_capital) return end;
    end++;
    bool number =
        same_sentence(f, first, end) && f->atoms.v[end].glued && f->atoms.v[end].kind == ATOM_NUMBER;
    return number ? end + 1 : end;
}

/* Written in capitals, but for the s of its plural. */
static bool is_upper_word(const finder *f, uint32_t i)
{
    const atom *x = &f->atoms.v[i];
    if (x->is_upper) return true;
    str word = document_plain(f->d, x->at);
    for (size_t k = 0; k + 1 < word.len; k++)
        if (word.ptr[k] >= 'a' && word.ptr[k] <= 'z') return false;
    return word.ptr[word.len - 1] == 's';
}

/* A designation is written with its capitals, where the text has any. */
static bool case_fits(const finder *f, const weapon_name *name, uint32_t first, uint32_t end)
{
    if (!sentence_of(f, first)->has_case) return true;
    bool starts_with_digit = f->atoms.v[first].kind == ATOM_NUMBER;
    if (!starts_with_digit && !f->atoms.v[first].is_capital) return false;
    if (name->is_upper && end - first <= 2 && !starts_with_digit && name->parts[0].len > 1)
        return is_upper_word(f, first) || end - first > 1;
    return true;
}

/* "An 12-year-old", "A 10" are no aircraft: letters apart from their number need a noun's part of
 * speech. */
static bool letters_fit(const finder *f, const weapon_name *name, uint32_t first)
{
    const token *t = token_of(f, first);
    bool apart = name->n_parts > 1 && same_sentence(f, first, first + 1)
                 && f->atoms.v[first + 1].kind == ATOM_NUMBER && !f->atoms.v[first + 1].glued;
    if (!apart) return true;
    bool name_like = t->pos == UPOS_PROPN || t->pos == UPOS_NOUN || t->pos == UPOS_X;
    return name_like && (f->atoms.v[first].is_upper || f->atoms.v[first].at.len > 1)
           && name->parts[0].len > 1 && !str_is(name->parts[0], "an");
}

/* A common noun: not the verb, not a surname or a firm. */
static bool noun_fits(const finder *f, uint32_t first, uint32_t end)
{
    const token *t = token_of(f, end - 1);
    const sentence *s = sentence_of(f, first);
    if (t->pos == UPOS_VERB || t->pos == UPOS_PRON || t->pos == UPOS_AUX || t->pos == UPOS_ADV
        || t->pos == UPOS_ADP)
        return false;
    bool single = end == first + 1;
    if (single && t->pos == UPOS_ADJ) return false;
    bool name_like =
        single && t->pos == UPOS_PROPN && f->atoms.v[first].is_capital && !f->atoms.v[first].is_upper;
    return !(name_like && s->has_case && !s->is_headline && f->atoms.v[first].token != s->first);
}

static bool is_allowed(const finder *f, const weapon_name *name, uint32_t first, uint32_t end)
{
    if (name->is_modifier) return true;
    if (name->is_designation) return case_fits(f, name, first, end) && letters_fit(f, name, first);
    return noun_fits(f, first, end);
}

static void try_names(const finder *f, str first_part, uint32_t i, bool modifiers, match *best)
{
    uint32_t at = first_part.len ? map_get(&f->r->first_part, first_part) : MAP_NONE;
    for (uint32_t k = at == MAP_NONE ? 0 : at; k; k = f->r->names.v[k - 1].next) {
        const weapon_name *name = &f->r->names.v[k - 1];
        uint32_t end = name->is_modifier == modifiers ? fit(f, name, i) : 0;
        if (!end || !is_allowed(f, name, i, end)) continue;
        end = add_variant(f, name, i, end);
        bool better = end > best->end
                      || (end == best->end && best->name && best->name->is_family && !name->is_family);
        if (better) *best = (match){name, i, end};
    }
}

/* The longest name that begins at atom i. */
static match match_at(const finder *f, uint32_t i, bool modifiers)
{
    match best = {.first = i};
    const atom *x = &f->atoms.v[i];
    char buffer[64];
    if (x->kind == ATOM_MARK) return best;
    try_names(f, x->norm, i, modifiers, &best);
    if (x->kind != ATOM_WORD) return best;
    str singular = without_plural(x->norm);
    if (singular.len && singular.len < x->norm.len) try_names(f, singular, i, modifiers, &best);
    if (str_ends(x->norm, STR("es")))
        try_names(f, str_part(x->norm, 0, x->norm.len - 2), i, modifiers, &best);
    bool changes = str_ends(x->norm, STR("ies")) || str_ends(x->norm, STR("ves"));
    if (changes && x->norm.len < sizeof buffer) {
        memcpy(buffer, x->norm.ptr, x->norm.len);
        bool ies = str_ends(x->norm, STR("ies"));
        buffer[x->norm.len - 3] = ies ? 'y' : 'f';
        try_names(f, (str){buffer, x->norm.len - 2}, i, modifiers, &best);
        buffer[x->norm.len - 2] = 'e';
        if (!ies) try_names(f, (str){buffer, x->norm.len - 1}, i, modifiers, &best);
    }
    return best;
}

/* ---- mentions ---------------------------------------------------------------------------------------- */

static bool has_company(const finder *f, const match *m, bool joined)
{
    if (!m->name->needs_company || joined) return true;
    const atom *last = &f->atoms.v[m->end - 1];
    bool plural = last->kind == ATOM_WORD && !str_eq(last->norm, m->name->parts[m->name->n_parts - 1]);
    if (plural) return true;
    return m->first > 0 && same_sentence(f, m->first, m->first - 1)
           && token_of(f, m->first - 1)->pos == UPOS_NUM;
}

static str name_of(const finder *f, const match *m)
{
    if (!m->name->is_family) return m->name->name;
    span at = span_join(f->atoms.v[m->first].at, f->atoms.v[m->end - 1].at);
    if (f->atoms.v[m->end - 1].is_plural) at.len--;
    return document_plain(f->d, at);
}

static void add_mention(finder *f, uint32_t first, uint32_t end, const match *m)
{
    document *d = f->d;
    const weapon_class *cls = &f->r->classes.v[m->name->cls];
    mention *out = array_push(d->arena, &d->mentions);
    out->kind = cls->is_platform ? MENTION_PLATFORM : MENTION_WEAPON;
    out->at = span_join(f->atoms.v[first].at, f->atoms.v[end - 1].at);
    out->first = f->atoms.v[first].token;
    out->n = f->atoms.v[end - 1].token - out->first + 1;
    out->head = atom_head_token(d, out->first, out->n);
    out->is_named = m->name->is_designation;
    out->name = name_of(f, m);
    out->weapon_class = cls->name;
}

/* The name that reaches farthest after none or some modifiers ("long-range", "homemade") from atom i. */
static match match_after_modifiers(const finder *f, uint32_t i)
{
    match best = match_at(f, i, false);
    uint32_t at = i;
    for (int k = 0; k < 4; k++) {
        match modifier = match_at(f, at, true);
        if (!modifier.end) break;
        at = after_joint(f, i, modifier.end);
        if (!same_sentence(f, i, at)) break;
        match m = match_at(f, at, false);
        if (m.end > best.end) best = m;
    }
    return best;
}

/* Joins "Kornet" + "missiles", "mortar" + "rounds"; the named part, else the first, says what it is, unless
 * the second is of another kind ("helicopter rockets"). */
static match join_following(const finder *f, match m, uint32_t *end, bool *joined)
{
    *end = m.end;
    for (int k = 0; k < 3; k++) {
        uint32_t at = after_joint(f, m.first, *end);
        if (!same_sentence(f, m.first, at)) break;
        match next = match_at(f, at, false);
        if (!next.end || next.name->is_designation || next.name->is_none) break;
        bool other_kind =
            f->r->classes.v[next.name->cls].is_platform != f->r->classes.v[m.name->cls].is_platform;
        if (other_kind && !m.name->is_designation) m = next;
        *end = next.end;
        *joined = true;
    }
    return m;
}

/* One mention that begins at atom i; the atom after it, or i. */
static uint32_t read_at(finder *f, uint32_t i)
{
    uint32_t end;
    bool joined = false;
    match m = match_after_modifiers(f, i);
    if (!m.end) return i;
    if (m.name->is_none) return m.end;
    match said = join_following(f, m, &end, &joined);
    if (!has_company(f, &m, joined)) return i;
    add_mention(f, i, end, &said);
    return end;
}

void weapon_mentions(const weapon_rules *rules, document *d)
{
    if (!d->tokens.n) return;
    finder f = {rules, d, atom_cut(d)};
    for (uint32_t i = 0; i < f.atoms.n;) {
        uint32_t end = read_at(&f, i);
        i = end > i ? end : i + 1;
    }
}
