#include "claim/elsewhere.h"

#include "claim/conjunct.h"

#include <string.h>

enum { MOST_BACK = 14, MOST_UP = 12 };

static uint32_t start_of(const scene *s, uint32_t t)
{
    return s->doc->sentences.v[scene_token(s, t)->sentence].first;
}

static uint32_t end_of(const scene *s, uint32_t t)
{
    const sentence *sent = &s->doc->sentences.v[scene_token(s, t)->sentence];
    return sent->first + sent->n;
}

/* The first of "A, B and C", whose preposition is that of all. */
static uint32_t leader(const scene *s, uint32_t t)
{
    for (int i = 0; i < 8 && scene_token(s, t)->rel == DEPREL_CONJ && scene_above(s, t) != NO_TOKEN; i++)
        t = scene_above(s, t);
    return t;
}

/* ---- points that a way is told from ---------------------------------------------------------------------------- */

static bool is_one_of(const token *k, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(k->norm, words[i])) return true;
    return false;
}

/* Back over "45 km north-east of", "a few miles from"; NO_TOKEN where nothing of that kind stands there. */
static uint32_t before_bearing(const scene *s, uint32_t t, uint32_t start)
{
    static const char *const joints[] = {"of", "from", "to", "the", "-"};
    bool bears = false;
    for (; t > start; t--) {
        const token *k = scene_token(s, t - 1);
        if (scene_in(s, &s->book->bearings, t - 1)) bears = true;
        else if (!is_one_of(k, joints, sizeof joints / sizeof *joints)) break;
    }
    return bears ? t : NO_TOKEN;
}

static bool tells_how_far(const scene *s, uint32_t t)
{
    const token *k = scene_token(s, t);
    return k->pos == UPOS_NUM || k->pos == UPOS_DET || str_is(k->norm, ",") || str_is(k->norm, "(")
           || str_is(k->norm, "-") || scene_in(s, &s->book->distances, t)
           || scene_in(s, &s->book->place_words[PLACE_WORD_SETTLEMENT], t);
}

/* A town or a part of one; also what the gazetteer lacks. */
static bool is_narrow(const place *p)
{
    return !p->geonameid || p->precision < PRECISION_ADMIN1;
}

/* "Goma" in "Bulongwe, a few kilometres east of Goma". */
static bool is_reference(const scene *s, const mention *m)
{
    const uint32_t start = start_of(s, m->first);
    uint32_t t = before_bearing(s, m->first, start);
    if (t == NO_TOKEN) return false;
    for (uint32_t n = 0; t > start && n < MOST_BACK; n++, t--) {
        const mention *named = scene_place_on(s, t - 1);
        if (named) return named != m && is_narrow(&named->place);
        if (!tells_how_far(s, t - 1)) return false;
    }
    return false;
}

/* "Syria's Idlib province": the smaller one is the place. */
static bool owns_place(const scene *s, const mention *m)
{
    const uint32_t end = end_of(s, m->first), own = m->first + m->n;
    if (own + 1 >= end
        || !(scene_token(s, own)->rel == DEPREL_CASE && scene_token(s, own)->tag == XPOS_POS))
        return false;
    const mention *owned = scene_place_on(s, own + 1);
    return owned && owned->place.precision && owned->place.precision < m->place.precision;
}

/* "at 9 am in Cairo (0700 GMT)", "Cairo time" */
static bool is_clock(const scene *s, const mention *m)
{
    const uint32_t end = end_of(s, m->first), next = m->first + m->n;
    if (next < end && str_is(scene_token(s, next)->norm, "time")) return true;
    if (next + 2 >= end || !str_is(scene_token(s, next)->norm, "(")) return false;
    for (uint32_t t = next + 1; t < end && t <= next + 3; t++)
        if (scene_in(s, &s->book->clocks, t)) return true;
    return false;
}

enum { LEAST_EXACT = 5 };

static bool spans_years(const scene *s, const mention *m)
{
    if (m->kind != MENTION_DATE || m->date.precision != LEAST_EXACT) return false;
    const bool since =
        m->first > start_of(s, m->first) && str_is(scene_token(s, m->first - 1)->norm, "since");
    return since || m->interval.edtf[0] || strchr(m->date.edtf, '/');
}

bool sentence_sums_years(const scene *s, uint32_t at)
{
    for (uint32_t i = s->first_mention[at]; i < s->first_mention[at + 1]; i++)
        if (spans_years(s, &s->doc->mentions.v[i])) return true;
    return false;
}

/* ---- what the place belongs to --------------------------------------------------------------------------------- */

/* "the mayor of Nice said", "accused by the consul in Jeddah", but "put a bounty on the mayor of Iguala": who holds an
 * office there does something, and nothing befalls him. */
static bool befalls_holder(const scene *s, str preposition, uint32_t t)
{
    const mention *who = s->who_at[t] == MAP_NONE ? NULL : &s->doc->mentions.v[s->who_at[t]];
    if (!who || who->kind != MENTION_PERSON || !(str_is(preposition, "of") || str_is(preposition, "in")))
        return false;
    static const char *const partners[] = {"by", "to", "with", "from", "between", "among"};
    const str p = scene_preposition(s, t);
    for (size_t i = 0; i < sizeof partners / sizeof *partners; i++)
        if (str_is(p, partners[i])) return false;
    return scene_token(s, t)->rel != DEPREL_NSUBJ;
}

static bool is_age(const scene *s, uint32_t t)
{
    const str w = scene_token(s, t)->norm;
    return w.len > 0 && w.len < 4 && w.ptr[0] >= '0' && w.ptr[0] <= '9';
}

static bool is_comma(const scene *s, uint32_t t)
{
    return str_is(scene_token(s, t)->norm, ",");
}

static bool is_of_name(const scene *s, uint32_t t)
{
    return scene_token(s, t)->pos == UPOS_PROPN && !scene_place_on(s, t);
}

/* "Peter Olden, of Harlan", "Peter Olden, 47 and homeless, of Harlan, Vt.", whatever the tree hangs it on. */
static bool is_told_home(const scene *s, const mention *m)
{
    enum { MOST_BETWEEN = 12 };
    const uint32_t start = start_of(s, m->first);
    uint32_t t = m->first;
    const mention *town = t >= start + 2 && is_comma(s, t - 1) ? scene_place_on(s, t - 2) : NULL;
    if (town && town != m) t = town->first;
    if (t < start + 3 || !str_is(scene_token(s, t - 1)->norm, "of") || !is_comma(s, t - 2)) return false;
    t -= 3;
    if (is_of_name(s, t)) return true;
    for (int i = 0; i < MOST_BETWEEN && t >= start + 2; i++, t--)
        if (is_age(s, t) && is_comma(s, t - 1)) return is_of_name(s, t - 2);
    return false;
}

/* "arrested Peter Olden, 37, of Harlan": where somebody is from. */
static bool is_home(const scene *s, const mention *m)
{
    const uint32_t first = leader(s, m->head);
    uint32_t of = scene_above(s, first);
    if (!str_is(scene_preposition(s, first), "of") || of == NO_TOKEN) return false;
    if (scene_token(s, of)->pos == UPOS_NUM && scene_above(s, of) != NO_TOKEN) of = scene_above(s, of);
    const uint32_t who = s->who_at[of];
    const mention *person = who == MAP_NONE ? NULL : &s->doc->mentions.v[who];
    return person && person->kind == MENTION_PERSON && person->is_named
           && scene_token(s, of)->pos == UPOS_PROPN;
}

static bool is_of_topic(const scene *s, str preposition, uint32_t t)
{
    return map_get_pair(&s->book->topics, preposition, ' ', scene_word(s, t)) != MAP_NONE
           || map_get_pair(&s->book->topics, preposition, ' ', scene_token(s, t)->norm) != MAP_NONE;
}

/* "Consul General Amin Khan in Jeddah": a word of his title. */
static bool is_of_title(const scene *s, str preposition, uint32_t t)
{
    const mention *who = s->who_at[t] == MAP_NONE ? NULL : &s->doc->mentions.v[s->who_at[t]];
    if (!who || who->kind != MENTION_PERSON) return false;
    for (uint32_t i = who->first; i < who->first + who->n && i < t; i++)
        if (is_of_topic(s, preposition, i)) return true;
    return false;
}

/* "negotiated with Turkey over Libya", "the mayor of Nice said", "refugees from Sudan" */
static bool is_topic(const scene *s, const mention *m)
{
    const uint32_t first = leader(s, m->head), over = scene_above(s, first);
    const str p = scene_preposition(s, first);
    if (over == NO_TOKEN || !p.len || over > first) return false;
    return (is_of_topic(s, p, over) || is_of_title(s, p, over)) && !befalls_holder(s, p, over);
}

/* "briefings on weapons in Chad": of the topic of a word is what stands in it, too, but not of what is told within it ("talks
 * on the attack in Chad"). */
static bool is_in_topic(const scene *s, const happening *h, const mention *m)
{
    static const char *const joints[] = {"on", "about", "over", "concerning", "regarding"};
    uint32_t t = scene_above(s, leader(s, m->head));
    for (int i = 0; i < MOST_UP && t != NO_TOKEN && t != h->token && !scene_is_verb(s, t); i++) {
        const uint32_t over = scene_above(s, t);
        const str p = scene_preposition(s, t);
        if (over != NO_TOKEN && over < t && !scene_is_verb(s, over) && is_of_topic(s, p, over))
            for (size_t k = 0; k < sizeof joints / sizeof *joints; k++)
                if (str_is(p, joints[k])) return true;
        t = over;
    }
    return false;
}

/* Of the list, alone or with the word before it: "hospital", "medical center". */
static bool is_word_of(const scene *s, const map *words, uint32_t t)
{
    return scene_in(s, words, t)
           || (t > start_of(s, t)
               && map_get_pair(words, scene_token(s, t - 1)->norm, ' ', scene_token(s, t)->norm)
                      != MAP_NONE);
}

/* The nearest word of the list that the place hangs on or stands in; NO_TOKEN. */
static uint32_t inside(const scene *s, const mention *m, const map *words)
{
    for (uint32_t t = m->first; t < m->first + m->n; t++)
        if (is_word_of(s, words, t)) return t;
    uint32_t t = m->head;
    for (int i = 0; i < MOST_UP && t != NO_TOKEN; i++, t = scene_above(s, t)) {
        if (t != m->head && is_word_of(s, words, t)) return t;
        if (scene_is_verb(s, t)) break;
    }
    return NO_TOKEN;
}

/* A word of the list close before the place, wherever the tree hangs it; NO_TOKEN. */
static uint32_t just_before(const scene *s, const mention *m, const map *words)
{
    uint32_t t = m->first;
    for (int i = 0; i < 3 && t > start_of(s, m->first); i++, t--)
        if (is_word_of(s, words, t - 1)) return t - 1;
    return NO_TOKEN;
}

/* "was stabbed and taken to a hospital in Dayton" */
static bool is_clinic(const scene *s, const happening *h, const mention *m)
{
    uint32_t clinic = inside(s, m, &s->book->clinics);
    if (clinic == NO_TOKEN) clinic = just_before(s, m, &s->book->clinics);
    if (clinic == NO_TOKEN || clinic == h->token) return false;
    uint32_t t = clinic;
    for (int i = 0; i < MOST_UP && t != NO_TOKEN && !scene_is_verb(s, t); i++) t = scene_above(s, t);
    if (t == h->token || t == h->predicate) /* "died at Lorain Hospital" */
        return scene_above(s, clinic) == t && str_is(scene_word(s, t), "die");
    return t != NO_TOKEN && scene_in(s, &s->book->convey_verbs, t);
}

/* "was on trial in Dallas when he drew a knife" */
static bool is_told_apart(const scene *s, uint32_t t)
{
    for (int i = 0; i < MOST_UP && t != NO_TOKEN; i++, t = scene_above(s, t))
        FOR_CHILDREN (s, c, t)
            if (str_is(scene_token(s, c)->norm, "when") || str_is(scene_token(s, c)->norm, "where"))
                return true;
    return false;
}

static bool tells_verdict(const scene *s, uint32_t t)
{
    for (uint32_t i = start_of(s, t); i < end_of(s, t); i++)
        if (scene_in(s, &s->book->verdicts, i)) return true;
    return false;
}

/* "found guilty of murder at Oxford Crown Court", "on trial in Dallas" */
static bool is_court(const scene *s, const happening *h, const mention *m)
{
    const uint32_t court = inside(s, m, &s->book->courts);
    if (court == h->token || court == h->predicate || is_told_apart(s, h->token)) return false;
    if (court != NO_TOKEN) return tells_verdict(s, m->first);
    return just_before(s, m, &s->book->courts) != NO_TOKEN && tells_verdict(s, m->first);
}

/* "anniversary", but of "lines" only those in "along the lines of" */
static bool is_likeness(const scene *s, uint32_t t)
{
    if (scene_in(s, &s->book->likenesses, t)) return true;
    const str p = scene_preposition(s, t);
    return p.len && map_get_pair(&s->book->likened, p, ' ', scene_word(s, t)) != MAP_NONE;
}

/* "along the lines of the invasion of Panama", "on the anniversary of the raid in Hama": what hangs on the likeness alone. */
static bool is_likened(const scene *s, const happening *h, const mention *m)
{
    uint32_t t = m->head;
    for (int i = 0; i < MOST_UP && t != NO_TOKEN; i++, t = scene_above(s, t))
        if (t != m->head && t != h->token && is_likeness(s, t)) return !scene_below(s, h->token, t);
    return false;
}

/* Whether `t` stands in what is told as before or after `top`: "after a visit to Salzburg". */
static bool is_apart_from(const scene *s, uint32_t t, uint32_t top)
{
    bool apart = false;
    for (int i = 0; i < MOST_UP && t != NO_TOKEN && t != top; i++, t = scene_above(s, t))
        FOR_CHILDREN (s, c, t)
            apart =
                apart
                || (c < t && scene_in(s, &s->book->apart_words, c)
                    && (scene_token(s, c)->rel == DEPREL_CASE || scene_token(s, c)->rel == DEPREL_MARK));
    return apart && t == top;
}

/* "returned to Vienna after a visit to Salzburg": where a journey led is not where something was before or after it. */
static bool is_goal_of_other(const scene *s, const happening *h, const mention *m)
{
    const uint32_t first = leader(s, m->head), verb = scene_above(s, first);
    if (h->type->moves && is_apart_from(s, m->head, h->token)) return true;
    return verb != NO_TOKEN && verb != h->token && scene_is_verb(s, verb)
           && str_is(scene_preposition(s, first), "to") && is_apart_from(s, h->token, verb);
}

/* "Monday's Libya attack", "Hanoi began to retreat": who did it; but "the Quito meeting". */
static bool is_doer(const scene *s, const happening *h, const mention *m)
{
    if (m->place.precision != PRECISION_COUNTRY && scene_token(s, m->head)->rel != DEPREL_NSUBJ)
        return false;
    for (size_t i = 0; i < h->claim.actors.n; i++) {
        const claim_actor *a = &h->claim.actors.v[i];
        if (a->role == ROLE_ACTOR && a->at.start == m->at.start && a->at.len == m->at.len) return true;
    }
    return false;
}

/* The doer of a happening whose description `t` stands in: "snipers" of "citadel" in "snipers positioned in the citadel shot at
 * people"; NO_TOKEN. */
static uint32_t posted_doer(const scene *s, const happening *h, uint32_t t)
{
    for (int i = 0; i < MOST_UP && t != NO_TOKEN && t != h->token; i++, t = scene_above(s, t)) {
        const token *k = scene_token(s, t);
        if (k->rel != DEPREL_ACL || k->head < 0 || !scene_in(s, &s->book->posted_words, t)) continue;
        const uint32_t who = (uint32_t)k->head;
        const bool does = scene_token(s, who)->rel == DEPREL_NSUBJ && !scene_below(s, h->token, who);
        return does ? who : NO_TOKEN;
    }
    return NO_TOKEN;
}

static bool is_post_of_doer(const scene *s, const happening *h, const mention *m)
{
    const uint32_t who = posted_doer(s, h, m->head);
    if (who == NO_TOKEN || scene_above(s, who) != h->predicate) return false;
    const sentence *sent = &s->doc->sentences.v[scene_token(s, h->token)->sentence];
    for (uint32_t t = sent->first; t < sent->first + sent->n; t++)
        if (s->place_at[t] != MAP_NONE && scene_below(s, t, h->token) && !scene_below(s, t, who))
            return true;
    return false;
}

bool place_is_elsewhere(const scene *s, const happening *h, const mention *m)
{
    if (is_reference(s, m) || owns_place(s, m) || is_clock(s, m) || is_home(s, m) || is_doer(s, h, m))
        return true;
    if (is_told_home(s, m) || is_in_topic(s, h, m) || place_is_of_conjunct(s, h, m)) return true;
    if (is_topic(s, m) || is_likened(s, h, m) || is_goal_of_other(s, h, m)) return true;
    if (is_post_of_doer(s, h, m)) return true;
    return h->type->harms && (is_clinic(s, h, m) || is_court(s, h, m));
}
