#include "syntax/headline.h"

#include "base/map.h"
#include "base/os.h"
#include "base/table.h"

typedef struct verb_form {
    str base, past; /* the past tense is a regular one, whatever the verb: no reader but the net sees it */
    bool is_third;  /* person: "strikes" */
} verb_form;

struct headline_rules {
    ARRAY(verb_form) verbs;
    map forms;   /* as written in lower case -> index in verbs */
    map plurals; /* nouns that take a plural verb */
};

/* ---- opening ------------------------------------------------------------------------------------- */

static bool has_y(str base)
{
    return str_ends(base, STR("y")) && base.len > 1 && !strchr("aeiou", base.ptr[base.len - 2]);
}

/* `s` or, behind a hissing sound, `es`; "-ies" for "-y". */
static str third_person(arena *a, str base)
{
    static const char *const hissing[] = {"s", "x", "z", "sh", "ch", "o"};
    const char *ending = has_y(base) ? "ies" : "s";
    for (size_t i = 0; i < sizeof hissing / sizeof *hissing; i++)
        if (str_ends(base, str_from(hissing[i]))) ending = "es";
    return arena_format(a, "%.*s%s", (int)(base.len - has_y(base)), base.ptr, ending);
}

static str past_tense(arena *a, str base)
{
    const char *ending = str_ends(base, STR("e")) ? "d" : has_y(base) ? "ied" : "ed";
    return arena_format(a, "%.*s%s", (int)(base.len - has_y(base)), base.ptr, ending);
}

static void add_verb(arena *a, headline_rules *r, str base)
{
    const str form[] = {base, third_person(a, base)}, past = past_tense(a, base);
    for (size_t i = 0; i < 2; i++) {
        map_put(a, &r->forms, form[i])->value = (uint32_t)r->verbs.n;
        *array_push(a, &r->verbs) = (verb_form){base, past, i == 1};
    }
}

headline_rules *headline_rules_open(arena *a, str codebook_folder, error *e)
{
    table t;
    headline_rules *r = arena_new(a, headline_rules, 1);
    if (!table_read(a, os_path_join(a, codebook_folder, STR("en/headlines.txt")), &t, e)) return NULL;
    for (size_t i = 0; i < t.lines.n; i++) {
        const table_line *l = &t.lines.v[i];
        bool is_verb = str_is(l->keyword, "verb");
        if (!is_verb && !str_is(l->keyword, "plural")) {
            table_fault(&t, l, e, "unknown class \"%.*s\"", (int)l->keyword.len, l->keyword.ptr);
            return NULL;
        }
        for (str rest = l->value; rest.ptr;) {
            str word = str_cut(&rest, ' ');
            if (word.len && is_verb) add_verb(a, r, word);
            else if (word.len) map_put(a, &r->plurals, word)->value = 1;
        }
    }
    return r;
}

/* ---- which words are tried ------------------------------------------------------------------------- */

static bool is_finite(const token *k)
{
    return k->tag == XPOS_VBD || k->tag == XPOS_VBZ || k->tag == XPOS_VBP || k->tag == XPOS_MD;
}

static bool is_nominal(const token *k)
{
    return k->pos == UPOS_NOUN || k->pos == UPOS_PROPN || k->pos == UPOS_ADJ || k->pos == UPOS_NUM;
}

/* "gunmen", "Houthis", "police"; the second of "India, Pakistan". */
static bool is_plural(const headline_rules *r, const document *d, uint32_t first, uint32_t t)
{
    const token *k = &d->tokens.v[t];
    if (k->tag == XPOS_NNS || k->tag == XPOS_NNPS || map_get(&r->plurals, k->norm) != MAP_NONE) return true;
    if (str_ends(k->norm, STR("s")) && !str_ends(k->norm, STR("ss"))) return true;
    const token *before = t > first + 1 ? k - 1 : NULL;
    return before
           && (str_is(before->norm, ",") || str_is(before->norm, "and") || str_is(before->norm, "&"));
}

static const verb_form *verb_of(const headline_rules *r, const document *d, uint32_t t)
{
    uint32_t at = map_get(&r->forms, d->tokens.v[t].norm);
    return at == MAP_NONE ? NULL : &r->verbs.v[at];
}

/* A word that may be the verb: somebody before it, something behind it. */
static bool may_be_verb(const headline_rules *r, const document *d, uint32_t first, uint32_t end,
                        uint32_t t)
{
    const token *k = &d->tokens.v[t];
    const verb_form *v = verb_of(r, d, t);
    if (!v || t == first || t + 1 >= end || !is_nominal(k - 1)) return false;
    bool behind = is_nominal(k + 1) || k[1].pos == UPOS_DET || k[1].tag == XPOS_PRPS;
    return behind && (v->is_third || is_plural(r, d, first, t - 1));
}

/* Where the main clause may lack its verb: the sentence's end, or the comma before its first finite verb. */
static uint32_t end_of_verbless(const document *d, const sentence *sent)
{
    uint32_t end = sent->first + sent->n, comma = sent->first;
    for (uint32_t t = sent->first; t < end; t++) {
        const token *k = &d->tokens.v[t];
        if (k->pos == UPOS_PUNCT && !str_is(k->norm, "-")) comma = t;
        if (is_finite(k)) return comma;
    }
    return end;
}

/* ---- reading again --------------------------------------------------------------------------------- */

static bool has_both_sides(const document *d, const sentence *sent, uint32_t verb)
{
    bool doer = false, object = false;
    for (uint32_t t = sent->first; t < sent->first + sent->n; t++) {
        const token *k = &d->tokens.v[t];
        if (k->head != (int32_t)verb) continue;
        doer = doer || (k->rel == DEPREL_NSUBJ && t < verb);
        object = object || (k->rel == DEPREL_OBJ && t > verb);
    }
    return doer && object;
}

static bool try_verb(const syntax_model *m, syntax_scratch *s, document *d, uint32_t index, uint32_t t,
                     const verb_form *v)
{
    token *k = &d->tokens.v[t];
    syntax_run_instead(m, s, d, index, t, v->past);
    bool is_main = k->rel == DEPREL_ROOT || k->rel == DEPREL_PARATAXIS; /* "SOHR: drone targets convoy" */
    if ((k->tag != XPOS_VBD && k->tag != XPOS_VBN) || !is_main
        || !has_both_sides(d, &d->sentences.v[index], t))
        return false;
    k->tag = v->is_third ? XPOS_VBZ : XPOS_VBP;
    k->lemma = v->base;
    return true;
}

enum { MAX_TRIES = 3 };

static void read_headline(const headline_rules *r, const syntax_model *m, syntax_scratch *s, document *d,
                          uint32_t index)
{
    const sentence *sent = &d->sentences.v[index];
    uint32_t end = end_of_verbless(d, sent), word[MAX_TRIES], n = 0;
    for (uint32_t t = sent->first; t < end && n < MAX_TRIES; t++)
        if (may_be_verb(r, d, sent->first, end, t)) word[n++] = t;
    for (uint32_t i = 0; i < n; i++)
        if (try_verb(m, s, d, index, word[i], verb_of(r, d, word[i]))) return;
    if (n) syntax_run_sentence(m, s, d, index);
}

enum { MAX_WORDS = 30 };

/* Titles; and what stands as short and without a stop as one, like the lines of a ticker. */
static bool is_headline(const document *d, const sentence *sent)
{
    return sent->is_headline
           || (sent->n <= MAX_WORDS && sent->n && d->tokens.v[sent->first + sent->n - 1].pos != UPOS_PUNCT);
}

void headline_run(const headline_rules *r, const syntax_model *m, syntax_scratch *s, document *d)
{
    for (uint32_t i = 0; i < d->sentences.n; i++)
        if (is_headline(d, &d->sentences.v[i])) read_headline(r, m, s, d, i);
}
