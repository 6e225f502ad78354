/* What became of the triggers of a sentence, kept for who wants to know. Nothing is decided here: rules and slots are
 * asked once more, in the scratch memory of the sentence, and what they say goes to the document. */
#include "claim/happening.h"
#include "claim/weigh.h"
#include "record/trace.h"

/* ---- rules as a codebook writes them ------------------------------------------------------------- */

static str joined(arena *a, str so_far, const char *between, str more)
{
    if (!so_far.len) return more;
    return arena_format(a, "%.*s%s%.*s", (int)so_far.len, so_far.ptr, between, (int)more.len, more.ptr);
}

static str rule_words(arena *a, const trigger_rule *r)
{
    static const char *const guises[] = {"verb", "noun", "adj"};
    str words = str_from(guises[r->guise]);
    for (uint32_t i = 0; i < r->n_words; i++) words = joined(a, words, " ", r->words[i]);
    return words;
}

static str condition_text(arena *a, const condition *k)
{
    str values = {0};
    for (size_t i = 0; i < k->values.n; i++) {
        const condition_value *v = &k->values.v[i];
        str value =
            v->group ? arena_format(a, "@%.*s", (int)v->group->name.len, v->group->name.ptr) : v->word;
        values = joined(a, values, "|", value);
    }
    return arena_format(a, "%s%.*s=%.*s", k->forbid ? "!" : "", (int)k->slot.len, k->slot.ptr,
                        (int)values.len, values.ptr);
}

static trace_option option_of(const scene *s, const trigger_rule *r, uint32_t at)
{
    arena *keep = s->doc->arena;
    trace_option o = {.type = r->type->name, .rule = r->name, .words = rule_words(keep, r), .fits = true};
    happening h;
    if (!happening_begin(s, r, at, &h)) return o;
    for (size_t i = 0; i < r->conditions.n; i++) {
        bool holds = happening_condition_holds(s, &h, &r->conditions.v[i]);
        o.fits = o.fits && holds;
        *array_push(keep, &o.conditions) =
            (trace_condition){condition_text(keep, &r->conditions.v[i]), holds};
    }
    return o;
}

/* ---- triggers ------------------------------------------------------------------------------------ */

/* The happening that a trigger was folded into: it has its victims, or is carried by it. */
static uint32_t joined_to(const happening_array *all, const happening *h)
{
    for (size_t i = 0; i < all->n; i++) {
        const happening *o = &all->v[i];
        if (o == h) continue;
        bool takes = o->predicate == h->token;
        for (size_t k = 0; k < o->victims_of.n; k++) takes = takes || o->victims_of.v[k] == h->token;
        if (takes) return o->token;
    }
    return UINT32_MAX;
}

static void find_fate(const scene *s, const happening_array *all, const happening *h, trace_trigger *t)
{
    if (!h->dropped && (s->judge || !h->type->wants_named || h->claim.actors.n)) {
        t->fate = FATE_CLAIM;
    } else if (!h->dropped) {
        t->fate = FATE_UNNAMED;
    } else if (h->likelihood > 0 && h->told_with == NO_TOKEN) {
        bool known = false;
        for (uint32_t i = 0; i < h->n_options; i++)
            known = known || judge_knows(s->judge, h->options[i]->type->name);
        t->fate = known ? FATE_UNLIKELY : FATE_UNMET;
    } else {
        t->fate = FATE_JOINED;
        t->other = joined_to(all, h);
    }
}

static void trace_slots(const scene *s, const happening *h, trace_trigger *t)
{
    happening probe = *h;
    memset(&probe.slots, 0, sizeof probe.slots);
    weigh_find_slots(s, &probe);
    for (size_t i = 0; i < probe.slots.n; i++)
        *array_push(s->doc->arena, &t->slots) =
            (trace_slot){arena_copy(s->doc->arena, probe.slots.v[i].slot), probe.slots.v[i].token};
}

static void trace_happening(const scene *s, const happening_array *all, const happening *h)
{
    arena *keep = s->doc->arena;
    trace_trigger t = {.token = h->token,
                       .first = h->first,
                       .last = h->last,
                       .other = UINT32_MAX,
                       .rule = h->rule->name,
                       .type = h->type->name,
                       .likelihood = h->likelihood};
    if (h->support)
        for (uint32_t i = 0; i < h->support->n_words; i++)
            t.carrier = joined(keep, t.carrier, " ", h->support->words[i]);
    for (uint32_t i = 0; i < h->n_options; i++)
        *array_push(keep, &t.options) = option_of(s, h->options[i], h->token);
    find_fate(s, all, h, &t);
    trace_slots(s, h, &t);
    *array_push(keep, &s->doc->trace->triggers) = t;
}

/* ---- words of the codebook that became no trigger -------------------------------------------------- */

enum { MAX_PASSED = 3 };

/* Rules that a word opens: those whose words all stand there, with their conditions, or else those that lack words. */
static void add_passed_rules(const scene *s, uint32_t at, str word, guise g, bool whole, trace_trigger *t)
{
    for (uint32_t i = map_get(&s->book->by_word[g], word); i != MAP_NONE && t->options.n < MAX_PASSED;
         i = s->book->rules.v[i].next) {
        const trigger_rule *r = &s->book->rules.v[i];
        happening probe;
        if (happening_begin(s, r, at, &probe) == whole)
            *array_push(s->doc->arena, &t->options) = option_of(s, r, at);
    }
}

static void find_passed_rules(const scene *s, uint32_t at, bool whole, trace_trigger *t)
{
    str word = scene_word(s, at), norm = scene_token(s, at)->norm;
    for (int g = 0; g < N_GUISES; g++) {
        add_passed_rules(s, at, word, (guise)g, whole, t);
        if (!str_eq(word, norm)) add_passed_rules(s, at, norm, (guise)g, whole, t);
    }
}

static const char *why_passed(const scene *s, uint32_t t, const trace_trigger *found)
{
    bool fits = false;
    for (size_t i = 0; i < found->options.n; i++) fits = fits || found->options.v[i].fits;
    if (s->date_over[t] != MAP_NONE) return "it stands in a date";
    if (s->place_over[t] != MAP_NONE && scene_token(s, t)->pos == UPOS_PROPN)
        return "it stands in the name of a place";
    return fits ? "it is another part of speech here, or a part of another noun"
                : "a condition does not hold";
}

/* A verb that opens rules of several words: "take" of "take control". Nouns that end such rules, and verbs of saying, are
 * too common to tell anything. */
static bool may_open_rules(const scene *s, uint32_t t)
{
    return scene_token(s, t)->pos == UPOS_VERB && !scene_in(s, &s->book->reporting, t);
}

static void trace_passed(const scene *s, uint32_t at)
{
    trace_trigger t = {.token = at, .first = at, .last = at, .other = UINT32_MAX, .fate = FATE_PASSED};
    find_passed_rules(s, at, true, &t);
    happening probe;
    const trigger_rule *nothing = happening_nothing(s, at, &probe);
    if (nothing) {
        t.reason = "it tells of nothing";
        t.options.n = 0;
        *array_push(s->doc->arena, &t.options) = option_of(s, nothing, at);
    } else if (t.options.n) {
        t.reason = why_passed(s, at, &t);
    } else if (may_open_rules(s, at)) {
        find_passed_rules(s, at, false, &t);
        t.reason = "other words of the rule are missing";
    }
    if (t.options.n) *array_push(s->doc->arena, &s->doc->trace->triggers) = t;
}

static bool is_in_trigger(const happening_array *all, uint32_t t)
{
    for (size_t i = 0; i < all->n; i++)
        if (t >= all->v[i].first && t <= all->v[i].last) return true;
    return false;
}

void happening_trace(const scene *s, uint32_t n, const happening_array *all)
{
    const sentence *sent = &s->doc->sentences.v[n];
    for (size_t i = 0; i < all->n; i++) trace_happening(s, all, &all->v[i]);
    for (uint32_t t = sent->first; t < sent->first + sent->n; t++)
        if (!is_in_trigger(all, t)) trace_passed(s, t);
}
