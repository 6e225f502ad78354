#include "gold.h"

#include "base/os.h"
#include "base/utf8.h"
#include "record/labels.h"

static str string_of(const json_t *o, const char *key)
{
    const json_t *v = json_object_get(o, key);
    return json_is_string(v) ? (str){json_string_value(v), json_string_length(v)} : (str){0};
}

static gold_document *document_of(gold *g, str id)
{
    map_slot *slot = map_put(g->arena, &g->by_id, arena_copy(g->arena, id));
    if (slot->value == MAP_NONE) {
        slot->value = (uint32_t)g->documents.n;
        *array_push(g->arena, &g->documents) = (gold_document){.id = slot->key, .others = g->others};
    }
    return &g->documents.v[slot->value];
}

const gold_document *gold_find(const gold *g, str id)
{
    uint32_t i = map_get(&g->by_id, id);
    return i == MAP_NONE ? NULL : &g->documents.v[i];
}

typedef bool line_fn(gold *g, json_t *record, void *context);

static bool each_line(gold *g, str path, line_fn *fn, void *context, error *e)
{
    str bytes;
    if (!os_read_file(g->arena, path, &bytes, e)) return false;
    size_t number = 0;
    for (str rest = bytes; rest.ptr;) {
        str line = str_cut(&rest, '\n');
        number++;
        if (!line.len) continue;
        json_t *record = json_loadb(line.ptr, line.len, 0, NULL);
        if (!record || !fn(g, record, context)) {
            error_set(e, SITREP_BAD_FORMAT, "train", "not a hand-coded record");
            return error_at(e, path, number, 0);
        }
    }
    return true;
}

typedef struct texts {
    map by_id;
    ARRAY(str) text;
} texts;

static bool take_text(gold *g, json_t *record, void *context)
{
    texts *t = context;
    map_put(g->arena, &t->by_id, string_of(record, "id"))->value = (uint32_t)t->text.n;
    *array_push(g->arena, &t->text) = string_of(record, "text");
    return string_of(record, "id").ptr != NULL;
}

static bool take_claim(gold *g, json_t *record, void *context)
{
    texts *t = context;
    uint32_t i = map_get(&t->by_id, string_of(record, "doc"));
    if (i == MAP_NONE) return false;
    str text = t->text.v[i], within = string_of(record, "sentence"), trigger = string_of(record, "trigger");
    size_t at = str_find(text, within, 0), word = str_find(text, trigger, at);
    if (at > text.len || word > text.len) return true; /* a copy that is not exact teaches nothing */
    gold_document *d = document_of(g, string_of(record, "doc"));
    *array_push(g->arena, &d->claims) = (gold_claim){
        record, {(uint32_t)word, (uint32_t)trigger.len}, {(uint32_t)at, (uint32_t)within.len}, false};
    return true;
}

bool gold_read(gold *g, str docs_path, str claims_path, error *e)
{
    texts t = {0};
    return each_line(g, docs_path, take_text, &t, e) && each_line(g, claims_path, take_claim, &t, e);
}

typedef ARRAY(str) word_array;

/* ---- answers ------------------------------------------------------------------------------------ */

static bool is_small_word(str w)
{
    static const char *const small[] = {"the", "a",   "an", "of",  "in",    "on",  "at",  "to",  "by",
                                        "and", "for", "s",  "its", "their", "his", "her", "said"};
    for (size_t i = 0; i < sizeof small / sizeof *small; i++)
        if (str_is(w, small[i])) return true;
    return false;
}

static void words_of(arena *a, str text, word_array *out)
{
    str folded = utf8_fold(a, text);
    size_t start = 0;
    for (size_t i = 0; i <= folded.len; i++) {
        unsigned char c = i < folded.len ? (unsigned char)folded.ptr[i] : ' ';
        bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
        if (letter) continue;
        str w = str_part(folded, start, i - start);
        if (w.len && !is_small_word(w)) *array_push(a, out) = w;
        start = i + 1;
    }
}

/* Dice's coefficient of the words of two phrases is at least one half. */
static bool alike(str a, str b)
{
    if (str_eq_nocase(a, b)) return true;
    arena scratch;
    arena_init(&scratch, 0);
    word_array x = {0}, y = {0};
    words_of(&scratch, a, &x);
    words_of(&scratch, b, &y);
    size_t both = 0;
    for (size_t i = 0; i < x.n; i++)
        for (size_t k = 0; k < y.n; k++)
            if (str_eq(x.v[i], y.v[k])) {
                both++;
                y.v[k].ptr = NULL, y.v[k].len = 0;
                break;
            }
    bool yes = x.n + y.n && 4 * both >= x.n + y.n;
    arena_release(&scratch);
    return yes;
}

static bool listed(const json_t *record, const char *key, str text, uint32_t *which)
{
    size_t i;
    json_t *v;
    json_array_foreach(json_object_get(record, key), i, v)
    {
        if (!json_is_string(v) || !alike((str){json_string_value(v), json_string_length(v)}, text))
            continue;
        if (which) *which = (uint32_t)i;
        return true;
    }
    return false;
}

static bool same_number(const json_t *record, const char *key, const quantity *q)
{
    const json_t *k = json_object_get(record, key);
    if (!json_is_object(k) || !q) return false;
    const json_t *v = json_object_get(k, "low");
    if (!json_is_integer(v)) v = json_object_get(k, "best");
    if (!json_is_integer(v)) v = json_object_get(k, "high");
    if (!json_is_integer(v)) return !q->has_low && !q->has_best && !q->has_high;
    int64_t ours = q->has_low ? q->low : q->has_best ? q->best : q->high;
    return (q->has_low || q->has_best || q->has_high) && json_integer_value(v) == ours;
}

/* The same value; where the coders or the text gave none, the same words. */
static bool is_coded_date(const json_t *record, str words, const date *d)
{
    str value = string_of(record, "date"), told = string_of(record, "date_text");
    if (!d) return false;
    if (d->edtf[0] && value.len) return str_eq(str_from(d->edtf), value);
    return words.len && told.len && (alike(told, words) || str_find(told, words, 0) < told.len);
}

/* The claim whose trigger the asked one overlaps; the same type is preferred. */
static gold_claim *coded(const gold *g, const document *doc, span trigger, str type)
{
    const gold_document *d = gold_find(g, doc->id);
    gold_claim *best = NULL;
    for (size_t i = 0; d && i < d->claims.n; i++) {
        gold_claim *c = &d->claims.v[i];
        if (!span_overlaps(c->trigger, trigger)) continue;
        if (!best || str_eq(string_of(c->record, "type"), type)) best = c;
    }
    return best;
}

static gold_claim *coded_other(const gold *g, const judge_subject *about)
{
    return coded(g, about->doc, about->about, about->other_type);
}

bool gold_has(const gold *g, judge_question q, const judge_subject *about)
{
    return coded(g, about->doc, about->trigger, about->type)
           && ((q != JUDGE_SAME && q != JUDGE_LINK) || coded_other(g, about));
}

static bool is_same_event(const gold *g, const gold_claim *c, const judge_subject *about)
{
    const gold_claim *o = coded_other(g, about);
    return o && o != c && str_eq(string_of(c->record, "event"), string_of(o->record, "event"));
}

double gold_answer(const gold *g, judge_question q, const judge_subject *about, uint32_t *which)
{
    gold_claim *c = coded(g, about->doc, about->trigger, about->type);
    if (!c) return 0;
    c->asked = true;
    const json_t *r = c->record;
    str text = document_str(about->doc, about->about);
    switch (q) {
    case JUDGE_HAPPENING: return 1;
    case JUDGE_TYPE: return str_eq(string_of(r, "type"), about->type);
    case JUDGE_STATUS: return label_find(LABELS_STATUS, string_of(r, "status")) == (int)about->status;
    case JUDGE_ACTOR: return listed(r, "actors", text, which);
    case JUDGE_RECIPIENT: return listed(r, "targets", text, which);
    case JUDGE_PLACE: return listed(r, "places", text, which);
    case JUDGE_CLAIMANT: return listed(r, "claimant", text, which);
    case JUDGE_WEAPON: return listed(r, "weapons", text, which);
    case JUDGE_DATE:
    case JUDGE_DAY:
        if (!is_coded_date(r, q == JUDGE_DATE ? text : (str){0}, about->when)) return 0;
        if (which) *which = 0;
        return 1;
    case JUDGE_LINK:
    case JUDGE_SAME: return is_same_event(g, c, about);
    case JUDGE_KILLED: return same_number(r, "killed", about->number);
    case JUDGE_INJURED: return same_number(r, "injured", about->number);
    case N_JUDGE_QUESTIONS: break;
    }
    return 0;
}

static size_t answers_of(const gold_claim *c, judge_question q)
{
    const json_t *r = c->record;
    switch (q) {
    case JUDGE_HAPPENING: return 1;
    case JUDGE_ACTOR: return json_array_size(json_object_get(r, "actors"));
    case JUDGE_RECIPIENT: return json_array_size(json_object_get(r, "targets"));
    case JUDGE_PLACE: return json_array_size(json_object_get(r, "places"));
    case JUDGE_CLAIMANT: return json_array_size(json_object_get(r, "claimant"));
    case JUDGE_WEAPON: return json_array_size(json_object_get(r, "weapons"));
    case JUDGE_KILLED: return json_is_object(json_object_get(r, "killed"));
    case JUDGE_INJURED: return json_is_object(json_object_get(r, "injured"));
    default: return 0;
    }
}

size_t gold_count(const gold *g, judge_question q)
{
    size_t n = 0;
    for (size_t i = 0; i < g->documents.n; i++)
        for (size_t k = 0; k < g->documents.v[i].claims.n && !g->documents.v[i].others; k++)
            n += answers_of(&g->documents.v[i].claims.v[k], q);
    return n;
}

void gold_print_unasked(const gold *g)
{
    for (size_t i = 0; i < g->documents.n; i++)
        for (size_t k = 0; k < g->documents.v[i].claims.n; k++) {
            const gold_claim *c = &g->documents.v[i].claims.v[k];
            if (c->asked) continue;
            str type = string_of(c->record, "type"), trigger = string_of(c->record, "trigger"),
                within = string_of(c->record, "sentence");
            printf("%.*s\t%.*s\t%.*s\n", (int)type.len, type.ptr, (int)trigger.len, trigger.ptr,
                   (int)within.len, within.ptr);
        }
}
