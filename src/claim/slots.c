/* Slots: who stands where round a verb or a noun of a happening. The relations are those of Universal
 * Dependencies 2; passives, control, relative clauses and shared subjects are turned into deep subject
 * and object, as PETRARCH's and ASP-based coders do it by hand-written paths. */
#include "claim/scene.h"

static void add_with_conjuncts(const scene *s, uint32_t t, token_list *out, int depth)
{
    for (size_t i = 0; i < out->n; i++)
        if (out->v[i] == t) return;
    *array_push(s->arena, out) = t;
    if (depth > 40) return;
    FOR_CHILDREN (s, c, t) {
        const token *k = scene_token(s, c);
        if (k->rel == DEPREL_CONJ && k->pos != UPOS_VERB) add_with_conjuncts(s, c, out, depth + 1);
    }
}

static void add(const scene *s, uint32_t t, token_list *out)
{
    add_with_conjuncts(s, t, out, 0);
}

static bool is_relative_pronoun(const scene *s, uint32_t t)
{
    const token *k = scene_token(s, t);
    return k->tag == XPOS_WDT || k->tag == XPOS_WP || (k->tag == XPOS_IN && str_is(k->norm, "that"));
}

/* The noun that a relative clause or participle hangs on. */
static uint32_t modified_noun(const scene *s, uint32_t verb)
{
    const token *k = scene_token(s, verb);
    if (k->head < 0) return NO_TOKEN;
    bool hangs_on_noun = k->rel == DEPREL_ACL || k->rel == DEPREL_ACL_RELCL || k->rel == DEPREL_AMOD;
    return hangs_on_noun ? (uint32_t)k->head : NO_TOKEN;
}

static void add_subject_child(const scene *s, uint32_t verb, uint32_t c, token_list *out)
{
    uint32_t noun = modified_noun(s, verb);
    if (is_relative_pronoun(s, c) && noun != NO_TOKEN) add(s, noun, out);
    else add(s, c, out);
}

static void agents(const scene *s, uint32_t verb, token_list *out)
{
    FOR_CHILDREN (s, c, verb) {
        deprel r = scene_token(s, c)->rel;
        if (r == DEPREL_OBL_AGENT
            || (deprel_universal(r) == DEPREL_OBL && str_is(scene_preposition(s, c), "by")
                && s->date_at[c] == MAP_NONE))
            add(s, c, out);
    }
}

static void subjects_at(const scene *s, uint32_t verb, token_list *out, int depth);

/* "prevented militants from launching rockets", "accused of killing six": who does it is the object of the verb above, or the
 * subject of its passive. */
static uint32_t controller(const scene *s, uint32_t verb, uint32_t above)
{
    static const char *const marks[] = {"from", "of", "for", "with", "into"};
    bool marked = false;
    FOR_CHILDREN (s, c, verb)
        for (size_t i = 0; i < sizeof marks / sizeof *marks && c < verb; i++)
            marked =
                marked
                || (scene_token(s, c)->rel == DEPREL_MARK && str_is(scene_token(s, c)->norm, marks[i]));
    if (!marked || scene_token(s, verb)->tag != XPOS_VBG) return NO_TOKEN;
    uint32_t who = scene_child(s, above, DEPREL_OBJ);
    if (who == NO_TOKEN) who = scene_child(s, above, DEPREL_NSUBJ_PASS);
    return who != NO_TOKEN && who < verb && s->who_at[who] != MAP_NONE ? who : NO_TOKEN;
}

/* "began to shell", "continued shelling", "was accused of shelling", "…, killing six": the subject above. */
static void subjects_above(const scene *s, uint32_t verb, token_list *out, int depth)
{
    const token *k = scene_token(s, verb);
    if (k->head < 0) return;
    uint32_t h = (uint32_t)k->head;
    if (k->rel == DEPREL_XCOMP || (k->rel == DEPREL_CCOMP && k->tag == XPOS_VBG)) {
        uint32_t object = scene_child(s, h, DEPREL_OBJ);
        if (object == NO_TOKEN) object = scene_child(s, h, DEPREL_IOBJ);
        if (object == NO_TOKEN) object = scene_child(s, h, DEPREL_NSUBJ_PASS);
        if (object != NO_TOKEN && object < verb) add(s, object, out);
        else subjects_at(s, h, out, depth + 1);
    } else if (k->rel == DEPREL_ADVCL && scene_is_verb(s, h)) {
        const uint32_t who = controller(s, verb, h);
        if (who != NO_TOKEN) {
            add(s, who, out);
        } else if (scene_is_passive(s, h)) {
            agents(s, h, out);
            if (!out->n) {
                uint32_t subject = scene_child(s, h, DEPREL_NSUBJ_PASS);
                if (subject != NO_TOKEN && k->tag != XPOS_VBG) add(s, subject, out);
            }
        } else {
            subjects_at(s, h, out, depth + 1);
        }
    } else if (k->rel == DEPREL_CONJ
               && (scene_is_verb(s, h) || scene_child(s, h, DEPREL_COP) != NO_TOKEN)) {
        if (scene_is_passive(s, verb) == scene_is_passive(s, h)) subjects_at(s, h, out, depth + 1);
        else if (scene_child(s, h, DEPREL_NSUBJ_PASS) != NO_TOKEN)
            add(s, scene_child(s, h, DEPREL_NSUBJ_PASS), out);
    }
}

static void subjects_at(const scene *s, uint32_t verb, token_list *out, int depth)
{
    if (depth > 8) return;
    if (scene_is_passive(s, verb)) {
        agents(s, verb, out);
        if (out->n || scene_token(s, verb)->rel != DEPREL_CONJ) return;
    } else {
        FOR_CHILDREN (s, c, verb) {
            deprel r = scene_token(s, c)->rel;
            if (r == DEPREL_NSUBJ || r == DEPREL_NSUBJ_OUTER) add_subject_child(s, verb, c, out);
        }
    }
    if (out->n) return;
    uint32_t noun = modified_noun(s, verb);
    if (noun != NO_TOKEN) {
        bool object_missing =
            scene_token(s, verb)->rel == DEPREL_ACL_RELCL && scene_child(s, verb, DEPREL_NSUBJ) != NO_TOKEN;
        if (!object_missing && !scene_is_passive(s, verb)) add(s, noun, out);
        return;
    }
    subjects_above(s, verb, out, depth);
}

void scene_subjects(const scene *s, uint32_t verb, token_list *out)
{
    subjects_at(s, verb, out, 0);
}

static void objects_at(const scene *s, uint32_t verb, token_list *out, int depth)
{
    if (depth > 8) return;
    const token *k = scene_token(s, verb);
    if (!scene_is_passive(s, verb)) {
        FOR_CHILDREN (s, c, verb) {
            const token *ck = scene_token(s, c);
            if (ck->rel != DEPREL_OBJ && ck->rel != DEPREL_OBL_UNMARKED) continue;
            if (s->date_over[c] != MAP_NONE) continue;
            if (ck->rel == DEPREL_OBJ && is_relative_pronoun(s, c) && modified_noun(s, verb) != NO_TOKEN)
                add(s, modified_noun(s, verb), out);
            else if (ck->rel == DEPREL_OBJ) add(s, c, out);
        }
        if (!out->n && k->rel == DEPREL_ACL_RELCL && scene_child(s, verb, DEPREL_NSUBJ) != NO_TOKEN
            && k->head >= 0 && !is_relative_pronoun(s, scene_child(s, verb, DEPREL_NSUBJ)))
            add(s, (uint32_t)k->head, out);
        /* "attacked and burned the village": the object stands behind the last verb */
        if (!out->n && depth < 2)
            FOR_CHILDREN (s, c, verb)
                if (scene_token(s, c)->rel == DEPREL_CONJ && scene_is_verb(s, c) && !scene_is_passive(s, c)
                    && scene_child(s, c, DEPREL_NSUBJ) == NO_TOKEN && c < verb + 4) {
                    objects_at(s, c, out, 7);
                    break;
                }
        return;
    }
    FOR_CHILDREN (s, c, verb) {
        deprel r = scene_token(s, c)->rel;
        if (r == DEPREL_NSUBJ_PASS || r == DEPREL_NSUBJ) add_subject_child(s, verb, c, out);
    }
    if (out->n) return;
    uint32_t noun = modified_noun(s, verb);
    if (noun != NO_TOKEN) add(s, noun, out);
    else if (k->rel == DEPREL_CONJ && k->head >= 0 && scene_is_verb(s, (uint32_t)k->head)) {
        if (scene_is_passive(s, (uint32_t)k->head)) objects_at(s, (uint32_t)k->head, out, depth + 1);
        else subjects_at(s, (uint32_t)k->head, out, depth + 1);
    } else if ((k->rel == DEPREL_XCOMP || k->rel == DEPREL_ADVCL) && k->head >= 0) {
        subjects_at(s, (uint32_t)k->head, out, depth + 1);
    }
}

void scene_objects(const scene *s, uint32_t verb, token_list *out)
{
    objects_at(s, verb, out, 0);
}

static bool has_preposition(const scene *s, uint32_t t, str p)
{
    FOR_CHILDREN (s, c, t) {
        const token *k = scene_token(s, c);
        if (k->rel == DEPREL_CASE && str_eq(k->norm, p)) return true;
        /* "of" in "because of", "to" in "according to" */
        if (k->rel == DEPREL_CASE)
            FOR_CHILDREN (s, f, c)
                if (scene_token(s, f)->rel == DEPREL_FIXED && str_eq(scene_token(s, f)->norm, p))
                    return true;
    }
    return false;
}

static void prepositional(const scene *s, uint32_t t, str p, token_list *out)
{
    FOR_CHILDREN (s, c, t) {
        deprel r = deprel_universal(scene_token(s, c)->rel);
        if ((r == DEPREL_OBL || r == DEPREL_NMOD || r == DEPREL_ADVMOD || r == DEPREL_ACL
             || r == DEPREL_ADVCL)
            && has_preposition(s, c, p))
            add(s, c, out);
    }
}

static bool is_indicative(const scene *s, uint32_t verb)
{
    const token *k = scene_token(s, verb);
    bool finite = k->tag == XPOS_VBD || k->tag == XPOS_VBZ;
    FOR_CHILDREN (s, c, verb) {
        const token *a = scene_token(s, c);
        if (a->rel != DEPREL_AUX && a->rel != DEPREL_AUX_PASS && a->rel != DEPREL_COP) continue;
        if (str_is(a->norm, "must") || str_is(a->norm, "should") || str_is(a->norm, "be")) return false;
        finite = true;
    }
    return finite;
}

/* "insisted that he was there", but not "insisted that he go" or "should go". */
static void stated(const scene *s, uint32_t t, token_list *out)
{
    FOR_CHILDREN (s, c, t)
        if (scene_token(s, c)->rel == DEPREL_CCOMP && is_indicative(s, c)) add(s, c, out);
}

void scene_slot(const scene *s, uint32_t t, str slot, token_list *out)
{
    bool verb = scene_is_verb(s, t);
    if (str_is(slot, "subj")) {
        if (verb) scene_subjects(s, t, out);
    } else if (str_is(slot, "obj")) {
        if (verb) scene_objects(s, t, out);
    } else if (str_is(slot, "iobj")) {
        uint32_t c = scene_child(s, t, DEPREL_IOBJ);
        if (c != NO_TOKEN) add(s, c, out);
    } else if (str_is(slot, "poss")) {
        uint32_t c = scene_child(s, t, DEPREL_NMOD_POSS);
        if (c != NO_TOKEN) add(s, c, out);
    } else if (str_is(slot, "mod")) {
        FOR_CHILDREN (s, c, t) {
            deprel r = scene_token(s, c)->rel;
            if (c < t
                && (r == DEPREL_COMPOUND || r == DEPREL_AMOD || r == DEPREL_NMOD
                    || r == DEPREL_NMOD_UNMARKED || r == DEPREL_NMOD_DESC))
                add(s, c, out);
        }
    } else if (str_is(slot, "xcomp")) {
        FOR_CHILDREN (s, c, t)
            if (deprel_universal(scene_token(s, c)->rel) == DEPREL_XCOMP
                || scene_token(s, c)->rel == DEPREL_CCOMP)
                add(s, c, out);
    } else if (str_is(slot, "states")) {
        stated(s, t, out);
    } else {
        prepositional(s, t, slot, out);
    }
}
