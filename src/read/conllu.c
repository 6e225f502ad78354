#include "read/conllu.h"

#include "base/utf8.h"

typedef ARRAY(char) text_buffer;

typedef struct reader {
    arena *a;
    document *d;
    conllu_misc *misc;
    error *e;
    text_buffer text;
    size_t line;
    uint32_t first; /* token of the sentence that is being read */
    bool space;     /* stands before the next token */
} reader;

typedef struct row {
    str id, form, lemma, upos, xpos, head, rel, misc;
} row;

static bool fault(reader *r, const char *what)
{
    error_set(r->e, SITREP_BAD_FORMAT, "read", "not CoNLL-U: %s", what);
    return error_at(r->e, r->d->path, r->line, 0);
}

static str cut_field(str *rest)
{
    size_t tab = str_find(*rest, STR("\t"), 0);
    str field = str_part(*rest, 0, tab);
    *rest = tab < rest->len ? str_part(*rest, tab + 1, rest->len) : (str){0};
    return field;
}

static bool split_row(str line, row *w)
{
    str f[10];
    for (int i = 0; i < 10; i++) {
        if (!line.ptr) return false;
        f[i] = cut_field(&line);
    }
    *w = (row){f[0], f[1], f[2], f[3], f[4], f[6], f[7], f[9]};
    return !line.ptr && w->form.len > 0;
}

static void put(reader *r, str s)
{
    for (size_t i = 0; i < s.len; i++) *array_push(r->a, &r->text) = s.ptr[i];
}

static int label_or(label_set set, str text, int otherwise)
{
    if (str_is(text, "_")) return 0;
    int v = label_find(set, text);
    return v < 0 ? otherwise : v;
}

/* Heads stay numbers within the sentence (0 = root) until it ends. */
static bool add_token(reader *r, const row *w)
{
    document *d = r->d;
    int64_t id = 0, head = 0;
    if (!str_to_int(w->id, &id) || id != (int64_t)(d->tokens.n - r->first + 1))
        return fault(r, "words are not numbered 1, 2, 3 …");
    if (!str_is(w->head, "_") && (!str_to_int(w->head, &head) || head < 0 || head > INT32_MAX))
        return fault(r, "the head is no number");
    if (r->text.n > UINT32_MAX - 64 - w->form.len) return fault(r, "too large");
    bool is_first = d->tokens.n == r->first;
    if (is_first && r->text.n) put(r, STR("\n"));
    else if (r->space && r->text.n) put(r, STR(" "));
    token *t = array_push(r->a, &d->tokens);
    *t = (token){.at = {(uint32_t)r->text.n, (uint32_t)w->form.len},
                 .norm = utf8_fold(r->a, w->form),
                 .lemma =
                     str_is(w->lemma, "_") && !str_is(w->form, "_") ? (str){0} : arena_copy(r->a, w->lemma),
                 .head = (int32_t)head,
                 .sentence = (uint32_t)d->sentences.n,
                 .pos = (upos)label_or(LABELS_UPOS, w->upos, UPOS_X),
                 .tag = (xpos)label_or(LABELS_XPOS, w->xpos, XPOS_NN),
                 .rel = (deprel)label_or(LABELS_DEPREL, w->rel, DEPREL_DEP),
                 .space_before = is_first || r->space};
    if (r->misc) *array_push(r->a, r->misc) = w->misc;
    put(r, w->form);
    r->space = str_find(w->misc, STR("SpaceAfter=No"), 0) > w->misc.len;
    return true;
}

static bool tells_case(const reader *r, uint32_t first)
{
    bool upper = false, lower = false;
    uint32_t cp;
    str s = {r->text.v, r->text.n};
    for (size_t at = r->d->tokens.v[first].at.start; at < s.len;) {
        at += utf8_decode(s, at, &cp);
        if (utf8_is_upper(cp)) upper = true;
        else if (utf8_is_letter(cp)) lower = true;
    }
    return upper && lower;
}

static bool end_sentence(reader *r)
{
    document *d = r->d;
    uint32_t n = (uint32_t)d->tokens.n - r->first;
    if (n == 0) return true;
    for (token *t = d->tokens.v + r->first; t < d->tokens.v + d->tokens.n; t++) {
        if ((uint32_t)t->head > n) return fault(r, "a head is outside its sentence");
        t->head = t->head ? (int32_t)r->first + t->head - 1 : -1;
    }
    span at = span_join(d->tokens.v[r->first].at, d->tokens.v[d->tokens.n - 1].at);
    *array_push(r->a, &d->blocks) = (block){at, BLOCK_PARAGRAPH};
    *array_push(r->a, &d->sentences) = (sentence){.at = at,
                                                  .first = r->first,
                                                  .n = n,
                                                  .block = (uint32_t)d->blocks.n - 1,
                                                  .has_case = tells_case(r, r->first)};
    r->first = (uint32_t)d->tokens.n;
    r->space = true;
    return true;
}

static bool read_line(reader *r, str line)
{
    row w;
    if (line.len && line.ptr[line.len - 1] == '\r') line.len--;
    if (line.len == 0) return end_sentence(r);
    if (line.ptr[0] == '#') return true;
    if (!split_row(line, &w)) return fault(r, "a line needs ten fields and a form");
    if (str_find(w.id, STR("-"), 0) < w.id.len || str_find(w.id, STR("."), 0) < w.id.len) return true;
    return add_token(r, &w);
}

bool conllu_read(arena *a, str bytes, document *d, error *e)
{
    return conllu_read_misc(a, bytes, d, NULL, e);
}

str conllu_misc_value(str misc, str key)
{
    while (misc.ptr) {
        str part = str_cut(&misc, '|');
        if (str_starts(part, key) && part.len > key.len && part.ptr[key.len] == '=')
            return str_part(part, key.len + 1, part.len);
    }
    return (str){0};
}

bool conllu_read_misc(arena *a, str bytes, document *d, conllu_misc *misc, error *e)
{
    reader r = {.a = a, .d = d, .misc = misc, .e = e};
    d->arena = a;
    size_t bad = utf8_valid_prefix(bytes);
    if (bad < bytes.len) return fault(&r, "not UTF-8");
    for (size_t at = 0; at < bytes.len;) {
        const char *nl = memchr(bytes.ptr + at, '\n', bytes.len - at);
        size_t end = nl ? (size_t)(nl - bytes.ptr) : bytes.len;
        r.line++;
        if (!read_line(&r, str_part(bytes, at, end - at))) return false;
        at = end + 1;
    }
    if (!end_sentence(&r)) return false;
    d->text = (str){r.text.v ? r.text.v : "", r.text.n};
    *array_push(a, &d->raw_runs) = (raw_run){0, RAW_NONE};
    return true;
}
