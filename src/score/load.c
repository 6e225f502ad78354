/* load: lines of JSON to documents and claims, in both layouts of claims. */
#include <jansson.h>
#include <math.h>

#include "base/os.h"
#include "base/utf8.h"
#include "score/facts.h"

/* One line being read. */
typedef struct line_view {
    score_loader *l;
    str path;
    size_t number;
    const json_t *object;
    error fault;
} line_view;

/* ---- values ----------------------------------------------------------------------------------------- */

static bool wrong(line_view *v, const char *format, const char *what)
{
    return error_set(&v->fault, SITREP_BAD_FORMAT, "score", format, what);
}

static str string_of(arena *a, const json_t *value)
{
    if (json_is_integer(value)) return arena_format(a, "%lld", (long long)json_integer_value(value));
    if (!json_is_string(value)) return (str){0};
    return arena_copy(a, (str){json_string_value(value), json_string_length(value)});
}

/* A string that a claim must have. */
static bool take_string(line_view *v, const json_t *object, const char *key, str *into)
{
    *into = string_of(v->l->a, json_object_get(object, key));
    return into->ptr || wrong(v, "\"%s\" is missing", key);
}

static score_fact *add_fact(line_view *v, score_claim *c, score_field field, str text)
{
    score_fact *f = array_push(v->l->a, &c->facts);
    *f = (score_fact){.field = field, .text = text};
    return f;
}

static bool add_phrase(line_view *v, score_claim *c, score_field field, const json_t *value)
{
    str text = json_is_string(value) ? string_of(v->l->a, value) : (str){0};
    if (!text.ptr) return wrong(v, "a value of \"%s\" is no text", score_field_name(field));
    if (c->facts.n >= SCORE_MAX_FACTS - 2 * N_SCORE_FIELDS)
        return wrong(v, "%s", "too many facts in one claim");
    add_fact(v, c, field, text)->words = words_of(&v->l->words, text);
    return true;
}

/* "low", else "best", else "high"; a bare number stands for itself. */
static bool add_number(line_view *v, score_claim *c, score_field field)
{
    const json_t *value = json_object_get(v->object, score_field_name(field));
    if (json_is_object(value)) {
        const json_t *low = json_object_get(value, "low"), *best = json_object_get(value, "best");
        value = low && !json_is_null(low) ? low : best ? best : json_object_get(value, "high");
    }
    if (!value || json_is_null(value)) return true;
    if (!json_is_number(value)) return wrong(v, "\"%s\" is no number", score_field_name(field));
    double number = json_number_value(value);
    bool whole = number == floor(number) && fabs(number) < 1e15;
    str text = whole ? arena_format(v->l->a, "%lld", (long long)number) : STR("a number with a fraction");
    add_fact(v, c, field, text)->number = number;
    return true;
}

static bool add_numbers(line_view *v, score_claim *c)
{
    return add_number(v, c, FIELD_KILLED) && add_number(v, c, FIELD_INJURED);
}

static bool add_kind(line_view *v, score_claim *c)
{
    if (!take_string(v, v->object, "type", &c->type) || !take_string(v, v->object, "status", &c->status))
        return false;
    add_fact(v, c, FIELD_TYPE, c->type);
    add_fact(v, c, FIELD_STATUS, c->status);
    return true;
}

/* ---- documents -------------------------------------------------------------------------------------- */

static score_document *document_of(line_view *v, str id, uint32_t *index)
{
    score_documents *d = &v->l->documents;
    map_slot *slot = map_put(v->l->a, &d->by_id, id);
    if (slot->value == MAP_NONE) {
        slot->value = (uint32_t)d->v.n;
        *array_push(v->l->a, &d->v) = (score_document){.id = id};
    }
    *index = slot->value;
    return &d->v.v[slot->value];
}

static bool claim_document(line_view *v, score_claim *c, str id)
{
    if (v->l->documents.given && map_get(&v->l->documents.by_id, id) == MAP_NONE)
        return wrong(v, "document %s is not among the documents", id.ptr);
    document_of(v, id, &c->document);
    return true;
}

static bool read_document_line(line_view *v, void *context)
{
    (void)context;
    score_loader *l = v->l;
    str id;
    uint32_t index;
    if (!take_string(v, v->object, "id", &id)) return false;
    if (map_get(&l->documents.by_id, id) != MAP_NONE)
        return wrong(v, "document %s was there before", id.ptr);
    score_document *d = document_of(v, id, &index);
    d->publisher = string_of(l->a, json_object_get(v->object, "publisher"));
    const json_t *text = json_object_get(v->object, "text");
    d->text = json_is_string(text) ? string_of(l->a, text) : (str){0};
    d->length = utf8_count(d->text);
    return true;
}

/* ---- hand-coded claims ------------------------------------------------------------------------------ */

static score_span in_code_points(str text, size_t start, size_t len)
{
    int64_t before = (int64_t)utf8_count(str_part(text, 0, start));
    return (score_span){before, before + (int64_t)utf8_count(str_part(text, start, len))};
}

/* The first place of the sentence in its document, and of the trigger from there on. */
static bool find_quotes(line_view *v, score_claim *c)
{
    const score_document *d = &v->l->documents.v.v[c->document];
    if (!d->text.ptr)
        return wrong(v,
                     v->l->documents.given ? "document %s has no text"
                                           : "needs the text of document %s (--documents)",
                     d->id.ptr);
    size_t sentence = str_find(d->text, c->sentence_text, 0);
    if (sentence > d->text.len) return wrong(v, "the sentence does not stand in document %s", d->id.ptr);
    size_t trigger = str_find(d->text, c->trigger_text, sentence);
    if (trigger > d->text.len) return wrong(v, "the trigger does not stand in document %s", d->id.ptr);
    c->sentence = in_code_points(d->text, sentence, c->sentence_text.len);
    c->trigger = in_code_points(d->text, trigger, c->trigger_text.len);
    return true;
}

/* A list of phrases; a phrase alone is a list of one. */
static bool add_phrases(line_view *v, score_claim *c, score_field field, const char *key)
{
    const json_t *list = json_object_get(v->object, key);
    if (!list || json_is_null(list)) return true;
    if (!json_is_array(list)) return add_phrase(v, c, field, list);
    for (size_t i = 0; i < json_array_size(list); i++)
        if (!add_phrase(v, c, field, json_array_get(list, i))) return false;
    return true;
}

static bool read_coded(line_view *v, score_claim *c)
{
    str id;
    if (!take_string(v, v->object, "doc", &id) || !claim_document(v, c, id)
        || !take_string(v, v->object, "sentence", &c->sentence_text)
        || !take_string(v, v->object, "trigger", &c->trigger_text) || !find_quotes(v, c) || !add_kind(v, c))
        return false;
    str date = string_of(v->l->a, json_object_get(v->object, "date"));
    if (date.len) add_fact(v, c, FIELD_DATE, date);
    return add_numbers(v, c) && add_phrases(v, c, FIELD_ACTOR, "actors")
           && add_phrases(v, c, FIELD_ASSOCIATE, "helpers") && add_phrases(v, c, FIELD_RECIPIENT, "targets")
           && add_phrases(v, c, FIELD_PLACE, "places") && add_phrases(v, c, FIELD_CLAIMANT, "claimant")
           && add_phrases(v, c, FIELD_WEAPON, "weapons");
}

/* ---- sitrep.claim/1 --------------------------------------------------------------------------------- */

static bool take_span(line_view *v, const char *key, const char *text_key, score_span *at, str *text)
{
    const json_t *object = json_object_get(v->object, key);
    const json_t *start = json_object_get(object, "start"), *end = json_object_get(object, "end");
    if (!json_is_integer(start) || !json_is_integer(end))
        return wrong(v, "\"%s\" has no start and end", key);
    *at = (score_span){json_integer_value(start), json_integer_value(end)};
    *text = string_of(v->l->a, json_object_get(object, text_key));
    if (at->start < 0 || at->end < at->start || at->end > (int64_t)1 << 40)
        return wrong(v, "start and end of \"%s\" do not fit", key);
    return true;
}

/* The field of each element of a list: one for all, or told by its "role". */
static bool role_field(line_view *v, const json_t *element, score_field *field)
{
    str role = string_of(v->l->a, json_object_get(element, "role"));
    static const score_field fields[] = {FIELD_ACTOR, FIELD_ASSOCIATE, FIELD_RECIPIENT};
    for (size_t i = 0; i < 3; i++)
        if (str_is(role, score_field_name(fields[i]))) return *field = fields[i], true;
    return wrong(v, "%s", "an actor has no role that is known");
}

static bool add_elements(line_view *v, score_claim *c, score_field field, const char *key)
{
    const json_t *list = json_object_get(v->object, key);
    if (list && !json_is_null(list) && !json_is_array(list)) return wrong(v, "\"%s\" is no list", key);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *element = json_array_get(list, i);
        if (field == FIELD_ACTOR || field == FIELD_ASSOCIATE || field == FIELD_RECIPIENT)
            if (!role_field(v, element, &field)) return false;
        if (!add_phrase(v, c, field, json_object_get(element, "text"))) return false;
    }
    return true;
}

static bool read_record(line_view *v, score_claim *c)
{
    const json_t *document = json_object_get(v->object, "document");
    str id;
    if (!take_string(v, document, "id", &id) || !claim_document(v, c, id)
        || !take_span(v, "trigger", "text", &c->trigger, &c->trigger_text)
        || !take_span(v, "evidence", "exact", &c->sentence, &c->sentence_text) || !add_kind(v, c))
        return false;
    score_document *d = &v->l->documents.v.v[c->document];
    if (!d->publisher.len) d->publisher = string_of(v->l->a, json_object_get(document, "publisher"));
    str edtf = string_of(v->l->a, json_object_get(json_object_get(v->object, "date"), "edtf"));
    if (edtf.len) add_fact(v, c, FIELD_DATE, edtf);
    return add_numbers(v, c) && add_elements(v, c, FIELD_ACTOR, "actors")
           && add_elements(v, c, FIELD_PLACE, "places") && add_elements(v, c, FIELD_CLAIMANT, "claimants")
           && add_elements(v, c, FIELD_WEAPON, "weapons");
}

static bool read_claim_line(line_view *v, void *context)
{
    score_claim c = {.line = v->number};
    bool coded = json_object_get(v->object, "doc") && json_object_get(v->object, "sentence");
    bool recorded = json_is_object(json_object_get(v->object, "document"));
    if (!coded && !recorded)
        return wrong(v, "%s", "neither a hand-coded claim nor a sitrep.claim/1 record");
    if (!(coded ? read_coded(v, &c) : read_record(v, &c))) return false;
    *array_push(v->l->a, (score_claim_array *)context) = c;
    return true;
}

/* ---- files ------------------------------------------------------------------------------------------ */

static void release_json(void *holder)
{
    json_decref(*(json_t **)holder);
}

static void tell_fault(line_view *v)
{
    v->l->faults++;
    error_at(&v->fault, v->path, v->number, v->fault.offset);
    if (v->l->options->on_fault) v->l->options->on_fault(v->l->options->fault_context, &v->fault);
}

/* The line's object lives in *holder, so that it is freed also where memory runs out in between. */
static void read_line(line_view *v, str line, json_t **holder, bool (*fn)(line_view *, void *),
                      void *context)
{
    json_error_t why;
    json_decref(*holder);
    *holder = json_loadb(line.ptr, line.len, JSON_ALLOW_NUL, &why);
    v->object = *holder;
    bool ok = *holder || wrong(v, "%s", why.text);
    if (ok && !json_is_object(*holder)) ok = wrong(v, "%s", "a line of JSONL is an object");
    if (!ok || !fn(v, context)) tell_fault(v);
}

static bool read_lines(score_loader *l, str path, bool (*fn)(line_view *, void *), void *context, error *e)
{
    str rest;
    json_t **holder = arena_new(l->a, json_t *, 1);
    arena_defer(l->a, release_json, holder);
    if (!os_read_file(l->a, path, &rest, e)) return false;
    if (str_starts(rest, STR("\xEF\xBB\xBF"))) rest = str_part(rest, 3, rest.len);
    if (!rest.len) return true;
    for (size_t number = 1; rest.ptr; number++) {
        str line = str_cut(&rest, '\n');
        line_view v = {.l = l, .path = path, .number = number};
        if (line.len) read_line(&v, line, holder, fn, context);
    }
    return true;
}

bool load_documents(score_loader *l, str path, error *e)
{
    l->documents.given = true;
    return read_lines(l, path, read_document_line, NULL, e);
}

bool load_claims(score_loader *l, str path, score_claim_array *claims, error *e)
{
    return read_lines(l, path, read_claim_line, claims, e);
}
