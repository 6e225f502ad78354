#include "claim/check.h"

#include "claim/codebook.h"

typedef struct mark {
    str role; /* "" = the trigger */
    span at;  /* in the plain text */
} mark;
typedef ARRAY(mark) mark_array;

static bool fault(const example *x, error *e, const char *what, str detail)
{
    error_set(e, SITREP_BAD_CODEBOOK, "codebook", "%s '%.*s' in: %.*s", what, (int)detail.len, detail.ptr,
              x->text.len > 120 ? 120 : (int)x->text.len, x->text.ptr);
    return error_at(e, str_from(x->path), x->line, 0);
}

/* Copies up to a closing mark; returns false where there is none. */
static bool copy_marked(str in, size_t *at, char close, char *out, size_t *n)
{
    while (*at < in.len && in.ptr[*at] != close) out[(*n)++] = in.ptr[(*at)++];
    return *at < in.len;
}

static bool strip_marks(const example *x, arena *a, str *text, mark_array *marks, error *e)
{
    char *out = arena_new(a, char, x->text.len + 1);
    size_t n = 0;
    for (size_t at = 0; at < x->text.len; at++) {
        char c = x->text.ptr[at];
        if (c != '[' && c != '{') {
            out[n++] = c;
            continue;
        }
        mark m = {.role = STR("")};
        at++;
        if (c == '{') {
            size_t space = str_find(x->text, STR(" "), at);
            if (space >= x->text.len) return fault(x, e, "a mark without words", x->text);
            m.role = str_part(x->text, at, space - at);
            at = space + 1;
        }
        size_t start = n;
        if (!copy_marked(x->text, &at, c == '[' ? ']' : '}', out, &n))
            return fault(x, e, "a mark that is not closed", m.role);
        m.at = (span){(uint32_t)start, (uint32_t)(n - start)};
        *array_push(a, marks) = m;
    }
    *text = (str){out, n};
    return true;
}

size_t check_count(const codebook *c)
{
    return c->examples.n;
}

bool check_text(const codebook *c, size_t i, arena *a, str *text, error *e)
{
    mark_array marks = {0};
    return strip_marks(&c->examples.v[i], a, text, &marks, e);
}

static bool has_actor(const claim *c, str role, span at)
{
    int r = label_find(LABELS_ACTOR_ROLE, role);
    for (size_t i = 0; i < c->actors.n; i++)
        if ((int)c->actors.v[i].role == r && span_overlaps(c->actors.v[i].at, at)) return true;
    return false;
}

static bool holds_mark(const claim *c, const mark *m)
{
    if (!m->role.len) return span_overlaps(c->trigger, m->at);
    if (str_is(m->role, "place"))
        for (size_t i = 0; i < c->places.n; i++)
            if (span_overlaps(c->places.v[i].at, m->at)) return true;
    if (str_is(m->role, "weapon"))
        for (size_t i = 0; i < c->weapons.n; i++)
            if (span_overlaps(c->weapons.v[i].at, m->at)) return true;
    if (str_is(m->role, "claimant"))
        for (size_t i = 0; i < c->claimants.n; i++)
            if (span_overlaps(c->claimants.v[i].at, m->at)) return true;
    if (str_is(m->role, "date")) return c->has_date && span_overlaps(c->date_at, m->at);
    if (str_is(m->role, "killed")) return c->has_killed && span_overlaps(c->killed.at, m->at);
    if (str_is(m->role, "injured")) return c->has_injured && span_overlaps(c->injured.at, m->at);
    return has_actor(c, m->role, m->at);
}

static const mark *missing_mark(const claim *c, const mark_array *marks)
{
    for (size_t i = 0; i < marks->n; i++)
        if (!holds_mark(c, &marks->v[i])) return &marks->v[i];
    return NULL;
}

bool check_judge(const codebook *c, size_t i, const document *d, error *e)
{
    const example *x = &c->examples.v[i];
    mark_array marks = {0};
    str text;
    if (!strip_marks(x, d->arena, &text, &marks, e)) return false;
    const mark *missing = NULL;
    bool any = false;
    for (size_t k = 0; k < d->claims.n; k++) {
        const claim *found = &d->claims.v[k];
        if (!x->type->is_nothing && !str_eq(found->type, x->type->name)) continue;
        if (x->type->is_nothing && marks.n && !holds_mark(found, &marks.v[0])) continue;
        if (!x->must_match) return fault(x, e, "must not give", found->type);
        const mark *m = missing_mark(found, &marks);
        if (!m) return true;
        if (!any || m->role.len) missing = m;
        any = true;
    }
    if (!x->must_match) return true;
    return any ? fault(x, e, "does not find", str_part(text, missing->at.start, missing->at.len))
               : fault(x, e, "gives no", x->type->name);
}
