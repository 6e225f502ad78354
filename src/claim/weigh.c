#include "claim/weigh.h"

#include "claim/hint.h"
#include "claim/link.h"

#include <stdio.h>

#include "record/labels.h"

enum { CLAIMS_BACK = 60, OWN_DEPTH = 6 };

/* How often a rule alone is right, roughly: the precision of the rules on the training documents. */
#define RULE_LIKELIHOOD 0.65

static str text_of(label_set set, int v)
{
    return str_from(label_text(set, v));
}

/* ---- is it a happening, and of which type ------------------------------------------------------- */

static str neighbour(const scene *s, uint32_t t, int by)
{
    const sentence *sent = &s->doc->sentences.v[scene_token(s, t)->sentence];
    int64_t at = (int64_t)t + by;
    if (at < sent->first || at >= (int64_t)sent->first + sent->n) return STR("|");
    return scene_word(s, (uint32_t)at);
}

static void add_shape(const scene *s, const happening *h, str type, evidence *e)
{
    const token *k = scene_token(s, h->token);
    evidence_add(e, "tag", text_of(LABELS_XPOS, (int)k->tag), type);
    evidence_add(e, "rel", text_of(LABELS_DEPREL, (int)k->rel), type);
    evidence_add(e, "rel-tag", text_of(LABELS_DEPREL, (int)k->rel), text_of(LABELS_XPOS, (int)k->tag));
    if (k->head >= 0) {
        evidence_add(e, "head", scene_word(s, (uint32_t)k->head), text_of(LABELS_DEPREL, (int)k->rel));
        evidence_cluster(e, s->judge, "head-like", scene_word(s, (uint32_t)k->head),
                         text_of(LABELS_DEPREL, (int)k->rel));
        evidence_add(e, "head-tag", text_of(LABELS_XPOS, (int)scene_token(s, (uint32_t)k->head)->tag),
                     text_of(LABELS_DEPREL, (int)k->rel));
    }
    evidence_add(e, "preposition", scene_preposition(s, h->token), STR(""));
    FOR_CHILDREN (s, c, h->token) {
        const token *ck = scene_token(s, c);
        evidence_add(e, "child", text_of(LABELS_DEPREL, (int)ck->rel), text_of(LABELS_XPOS, (int)k->tag));
        if (ck->rel == DEPREL_DET || ck->rel == DEPREL_AMOD || ck->rel == DEPREL_COMPOUND
            || ck->rel == DEPREL_AUX || ck->rel == DEPREL_MARK || ck->rel == DEPREL_ADVMOD)
            evidence_add(e, "child-word", scene_word(s, c), text_of(LABELS_DEPREL, (int)ck->rel));
        if (ck->rel == DEPREL_OBJ || ck->rel == DEPREL_NSUBJ || ck->rel == DEPREL_NMOD
            || ck->rel == DEPREL_OBL) {
            evidence_add(e, "argument", scene_word(s, c), type);
            evidence_cluster(e, s->judge, "argument-like", scene_word(s, c), type);
            evidence_cluster(e, s->judge, "argument-slot", scene_word(s, c),
                             text_of(LABELS_DEPREL, (int)ck->rel));
        }
    }
    for (int i = -6; i <= 6; i++)
        if (i)
            evidence_cluster(e, s->judge, i * i <= 4 ? "beside" : "around", neighbour(s, h->token, i),
                             i * i <= 4 ? type : STR(""));
    for (int i = -2; i <= 2; i++)
        if (i)
            evidence_add(e,
                         i < 0   ? i < -1 ? "b2" : "b1"
                         : i > 1 ? "a2"
                                 : "a1",
                         neighbour(s, h->token, i), i * i == 1 ? type : STR(""));
}

static void add_filled(const happening *h, str type, evidence *e)
{
    const claim *c = &h->claim;
    bool role[N_ACTOR_ROLE] = {false};
    for (size_t i = 0; i < c->actors.n; i++) {
        role[c->actors.v[i].role] = true;
        evidence_add(e, "party-kind", text_of(LABELS_ACTOR_KIND, (int)c->actors.v[i].kind),
                     c->actors.v[i].role == ROLE_ACTOR ? type : STR("r"));
    }
    evidence_flag(e, "has-actor", role[ROLE_ACTOR]);
    evidence_flag(e, "has-recipient", role[ROLE_RECIPIENT]);
    evidence_flag(e, "has-neither", !role[ROLE_ACTOR] && !role[ROLE_RECIPIENT]);
    evidence_flag(e, "has-killed", c->has_killed);
    evidence_flag(e, "has-injured", c->has_injured);
    evidence_flag(e, "has-place", c->places.n > 0);
    evidence_flag(e, "has-date", c->has_date);
    evidence_flag(e, "has-claimant", c->claimants.n > 0);
    evidence_flag(e, "has-count", c->counts.n > 0);
    evidence_flag(e, "has-hedge", c->hedges.n > 0);
    evidence_add(e, "status", text_of(LABELS_STATUS, (int)c->status), type);
    evidence_add(e, "bare",
                 !role[ROLE_ACTOR] && !role[ROLE_RECIPIENT] && !c->places.n && !c->has_date ? STR("y")
                                                                                            : STR("n"),
                 type);
}

/* Relations from the trigger up to the root, and the verbs on the way: "after the attack", "the risk of war". */
static void add_way_up(const scene *s, const happening *h, evidence *e)
{
    char way[96];
    size_t n = 0;
    uint32_t t = h->token;
    for (int level = 0; level < 5; level++) {
        const token *k = scene_token(s, t);
        int got = snprintf(way + n, sizeof way - n, "<%s", label_text(LABELS_DEPREL, (int)k->rel));
        n = got > 0 && n + (size_t)got < sizeof way ? n + (size_t)got : sizeof way - 1;
        evidence_add(e, "way-up", (str){way, n}, STR(""));
        if (k->head < 0) break;
        t = (uint32_t)k->head;
        if (level)
            evidence_cluster(e, s->judge, "above-like", scene_word(s, t),
                             level == 1 ? STR("2") : STR("3+"));
        if (level) evidence_add(e, "above", scene_word(s, t), STR(""));
    }
    const sentence *sent = &s->doc->sentences.v[scene_token(s, h->token)->sentence];
    evidence_flag(e, "question", sent->n && str_is(scene_token(s, sent->first + sent->n - 1)->norm, "?"));
}

/* What the document has told before: the means behind a vague word. */
static void add_context(const scene *s, const happening *h, uint32_t at_sentence, str type, evidence *e)
{
    uint32_t near = 0, any = 0, same_word = 0;
    str word = scene_word(s, h->token);
    for (size_t i = s->doc->claims.n; i-- > 0 && s->doc->claims.n - i <= CLAIMS_BACK;) {
        const claim *c = &s->doc->claims.v[i];
        same_word += str_eq(scene_word(s, c->trigger_token), word);
        uint32_t at = scene_token(s, c->trigger_token)->sentence;
        if (str_eq(c->type, type)) any++, near += at_sentence - at <= 2;
        if (i + 1 == s->doc->claims.n) evidence_add(e, "last-type", c->type, type);
    }
    evidence_number(e, "same-near", near);
    evidence_number(e, "same-before", any);
    evidence_add(e, "word-told", same_word ? STR("y") : STR("n"), neighbour(s, h->token, -1));
    evidence_add(e, "word-told-type", same_word ? STR("y") : STR("n"), type);
    const sentence_array *all = &s->doc->sentences;
    evidence_flag(e, "headline", all->v[at_sentence].is_headline);
    evidence_flag(e, "no-case", !all->v[at_sentence].has_case);
    evidence_number(e, "position", at_sentence);
    evidence_number(e, "length", all->v[at_sentence].n / 4);
}

/* The subjects that sentence and document speak of, as far as classes of the codebook name them. */
static void add_classes(const scene *s, uint32_t at_sentence, str type, evidence *e)
{
    for (size_t k = 0; k < s->book->classes.n && k < 64; k++) {
        uint64_t bit = (uint64_t)1 << k;
        if (s->book->classes.v[k]->is_asked_only) continue;
        if (s->sentence_classes[at_sentence] & bit)
            evidence_add(e, "near", s->book->classes.v[k]->name, type);
        else if (s->document_classes & bit) evidence_add(e, "about", s->book->classes.v[k]->name, type);
    }
}

/* Whether a word hangs on what the happening's words govern, and on none that is only joined to them. */
static bool is_own_word(const scene *s, uint32_t t, const happening *h)
{
    for (int depth = 0; depth < OWN_DEPTH; depth++) {
        if (t >= h->first && t <= h->last) return true;
        for (size_t i = 0; i < h->slots.n; i++)
            if (h->slots.v[i].token == t) return true;
        const token *k = scene_token(s, t);
        if (k->head < 0 || k->rel == DEPREL_CONJ || k->rel == DEPREL_PARATAXIS) return false;
        t = (uint32_t)k->head;
    }
    return false;
}

/* The subjects that its own words name: "shells containing gas". */
static uint64_t own_classes(const scene *s, uint32_t at_sentence, const happening *h)
{
    const sentence *sent = &s->doc->sentences.v[at_sentence];
    uint64_t bits = 0;
    for (uint32_t t = sent->first; t < sent->first + sent->n; t++) {
        uint64_t b = codebook_class_bits(s->book, scene_word(s, t));
        if (b & ~bits && is_own_word(s, t, h)) bits |= b;
    }
    return bits;
}

static void add_own_classes(const scene *s, const happening *h, str type, evidence *e)
{
    for (size_t k = 0; k < s->book->classes.n && k < 64; k++)
        if (h->own_classes >> k & 1 && !s->book->classes.v[k]->is_asked_only)
            evidence_add(e, "own", s->book->classes.v[k]->name, type);
}

static void add_document_share(const scene *s, const happening *h, const claim_type *type, evidence *e)
{
    double share = hint_document_share(s, type);
    evidence_odds(e, "document-share", share, type->name);
    evidence_odds(e, "document-share-guise", share, weigh_guise(h));
    evidence_odds(e, "document-share-word", share, scene_word(s, h->token));
}

static bool is_of_type(const scene *s, const claim *c, const void *type)
{
    (void)s;
    return str_eq(c->type, *(const str *)type);
}

/* What the happening is called elsewhere. */
static void add_links(const scene *s, const happening *h, str type, evidence *e)
{
    double any = link_any(h), same = link_best(s, h, is_of_type, &type);
    evidence_odds(e, "link", any, weigh_guise(h));
    evidence_odds(e, "link-type", same, h->rule->is_vague ? STR("vague") : STR(""));
    evidence_odds(e, "link-share", any > 0 ? same / any : 0, any > 0.5 ? STR("sure") : STR(""));
}

static judge_subject subject_of(const scene *s, const happening *h, const claim_type *type)
{
    return (judge_subject){.doc = s->doc, .trigger = h->claim.trigger, .type = type->name};
}

static void add_word(const scene *s, const happening *h, str type, evidence *e)
{
    str word = scene_word(s, h->token), form = weigh_guise(h);
    evidence_add(e, "type", type, STR(""));
    evidence_add(e, "word", word, form);
    evidence_add(e, "word-type", word, type);
    evidence_cluster(e, s->judge, "like", word, form);
    evidence_cluster(e, s->judge, "like-type", word, type);
    if (h->rule->n_words > 1) evidence_add(e, "words", h->rule->words[0], h->rule->words[1]);
    evidence_flag(e, "support", h->support != NULL);
    if (h->predicate != h->token) evidence_add(e, "predicate", scene_word(s, h->predicate), form);
    evidence_add(e, "vague-type", h->rule->is_vague ? STR("y") : STR("n"), type);
}

/* Other triggers of the sentence may tell of the same happening: the nearest, and what was kept before. */
static void add_company(const scene *s, const happening_array *all, const happening *h, evidence *e)
{
    const happening *nearest = NULL;
    uint32_t best = 99, kept = 0, kept_same = 0, violent = 0;
    bool harm = scene_is_harm(s, h->token);
    for (size_t i = 0; i < all->n; i++) {
        const happening *o = &all->v[i];
        if (o->dropped || o->token == h->token) continue;
        uint32_t d = o->token > h->token ? o->token - h->token : h->token - o->token;
        if (d < best) best = d, nearest = o;
        violent += o->type->harms;
        kept += o->token < h->token;
        kept_same += o->token < h->token && o->type == h->type;
    }
    str kind = harm ? STR("harm") : STR("");
    evidence_flag(e, "harm-word", harm);
    if (h->told_with != NO_TOKEN) {
        evidence_habit(e, "told-with", str_from(h->as), STR(""));
        evidence_add(e, "told-with", str_from(h->as), scene_preposition(s, h->told_with));
        str by = happening_is_kept(all, h->told_with) ? STR("kept") : STR("dropped");
        evidence_add(e, "told-with-kept", by, str_from(h->as));
        evidence_add(e, "told-with-counted", by,
                     h->claim.has_killed || h->claim.has_injured ? STR("y") : STR("n"));
        evidence_add(e, "told-with-word", scene_word(s, h->told_with), scene_word(s, h->token));
        evidence_add(e, "told-with-tag", text_of(LABELS_XPOS, (int)scene_token(s, h->token)->tag),
                     str_from(h->as));
        bool by_one = scene_child(s, h->token, DEPREL_NSUBJ) != NO_TOKEN;
        evidence_add(e, "told-with-subject", by_one ? STR("y") : STR("n"), str_from(h->as));
    }
    evidence_add(e, "kept", kept ? STR("y") : STR("n"), kind);
    evidence_add(e, "kept-same", kept_same ? STR("y") : STR("n"), h->type->name);
    evidence_add(e, "violent-beside", violent ? STR("y") : STR("n"), kind);
    evidence_add(e, "violent-beside-word", violent ? STR("y") : STR("n"), scene_word(s, h->token));
    if (!nearest) return;
    str path = weigh_path(s, h->token, nearest->token);
    evidence_add(e, "beside-path", path, kind);
    evidence_add(e, "beside-path-type", path,
                 nearest->type == h->type ? STR("same")
                 : nearest->type->harms   ? STR("harms")
                                          : STR(""));
    evidence_add(e, "beside-type", nearest->type->name, h->type->name);
    evidence_add(e, "beside-word", scene_word(s, nearest->token), scene_word(s, h->token));
    evidence_number(e, "beside-distance", best);
}

static double weigh_happening_itself(const scene *s, const judge *j, uint32_t at_sentence,
                                     const happening_array *all, const happening *h)
{
    evidence e;
    evidence_begin(&e, JUDGE_HAPPENING);
    str word = scene_word(s, h->token), type = h->type->name;
    uint32_t unmet = 0, near = 0;
    for (uint32_t i = 0; i < h->n_options; i++)
        if (h->options[i] == h->rule) unmet = h->unmet[i];
    for (size_t i = 0; i < all->n; i++) near += !all->v[i].dropped && all->v[i].token != h->token;
    add_word(s, h, type, &e);
    evidence_habit(&e, "type", type, unmet ? STR("unmet") : STR("met"));
    evidence_habit(&e, "word", word, STR(""));
    hint_happening_evidence(s, h, &e);
    evidence_number(&e, "conditions", (uint32_t)h->rule->conditions.n);
    evidence_number(&e, "unmet", unmet);
    evidence_add(&e, "unmet-type", unmet ? STR("y") : STR("n"), type);
    evidence_add(&e, "unmet-word", unmet ? STR("y") : STR("n"), word);
    evidence_number(&e, "options", h->n_options);
    evidence_number(&e, "others-here", near);
    add_company(s, all, h, &e);
    add_shape(s, h, type, &e);
    add_way_up(s, h, &e);
    add_filled(h, type, &e);
    add_context(s, h, at_sentence, type, &e);
    add_classes(s, at_sentence, h->rule->is_vague ? STR("vague") : STR("told"), &e);
    judge_subject about = subject_of(s, h, h->type);
    return judge_ask(j, JUDGE_HAPPENING, &e, &about);
}

static double weigh_type(const scene *s, const judge *j, uint32_t at_sentence, const happening *h,
                         const claim_type *type, const trigger_rule *r, uint32_t unmet)
{
    evidence e;
    evidence_begin(&e, JUDGE_TYPE);
    add_word(s, h, type->name, &e);
    const char *proposed = r == h->rule ? "first-option" : r ? "option" : "no-rule";
    evidence_add(&e, proposed, unmet ? STR("unmet") : STR(""), STR(""));
    hint_type_evidence(s, h, type, str_from(proposed), &e);
    evidence_habit(&e, "of-type", h->type->name, type->name);
    evidence_habit(&e, "word", scene_word(s, h->token), type->name);
    evidence_add(&e, "of-type", h->type->name, type->name);
    evidence_add(&e, "of-type-vague", h->type->name, h->rule->is_vague ? type->name : STR(""));
    evidence_add(&e, "unmet-type", unmet ? STR("y") : STR("n"), type->name);
    add_shape(s, h, type->name, &e);
    add_filled(h, type->name, &e);
    add_context(s, h, at_sentence, type->name, &e);
    add_links(s, h, type->name, &e);
    add_classes(s, at_sentence, type->name, &e);
    add_own_classes(s, h, type->name, &e);
    add_document_share(s, h, type, &e);
    judge_subject about = subject_of(s, h, type);
    return judge_ask(j, JUDGE_TYPE, &e, &about);
}

static void take_type(happening *h, const claim_type *type, const trigger_rule *r)
{
    h->type = type;
    h->claim.type = type->name;
    h->claim.codes = &type->codes;
    if (r) h->claim.rule = r->name;
}

static bool is_option(const happening *h, const claim_type *type)
{
    for (uint32_t k = 0; k < h->n_options; k++)
        if (h->options[k]->type == type) return true;
    return false;
}

#define RULE_MARGIN 0.2
#define HINTED_TYPE 0.3 /* so likely must a type be that no rule proposes */

/* The rule that fits whole and names its type beyond doubt, as "small-arms fire" does; NULL. */
static const trigger_rule *typed_rule(const happening *h)
{
    for (uint32_t i = 0; i < h->n_options; i++)
        if (h->options[i]->is_typed && !h->unmet[i]) return h->options[i];
    return NULL;
}

/* A rule of several words, or that asks for certain words, stands for more than the judge has seen of it. */
static bool is_particular(const trigger_rule *r)
{
    bool asks = false;
    for (size_t i = 0; i < r->conditions.n; i++) {
        const condition *k = &r->conditions.v[i];
        asks = asks || (!k->forbid && (!k->values.n || !str_is(k->values.v[0].word, "*")));
    }
    return (asks || r->n_words > 1) && !r->is_vague;
}

static void choose_type(const scene *s, const judge *j, uint32_t at_sentence, happening *h)
{
    const trigger_rule *typed = typed_rule(h);
    if (typed) {
        take_type(h, typed->type, typed);
        return;
    }
    const claim_type *best = h->type;
    const trigger_rule *best_rule = h->rule;
    double p = -1;
    h->own_classes = own_classes(s, at_sentence, h);
    for (uint32_t i = 0; i < h->n_options; i++) {
        if (!judge_knows(j, h->options[i]->type->name)) continue;
        double q = weigh_type(s, j, at_sentence, h, h->options[i]->type, h->options[i], h->unmet[i]);
        if (h->options[i] == h->rule && !h->unmet[i] && is_particular(h->rule)) q += RULE_MARGIN;
        if (q > p) p = q, best = h->options[i]->type, best_rule = h->options[i];
    }
    const claim_type *hinted = hint_type(s, h->token, HINTED_TYPE);
    for (size_t i = 0; i < s->book->types.n; i++) {
        const claim_type *type = s->book->types.v[i];
        bool may_be = type == hinted || (claim_type_is_violent(h->type) && claim_type_is_violent(type));
        if (!may_be || is_option(h, type) || !judge_knows(j, type->name)) continue;
        double q = weigh_type(s, j, at_sentence, h, type, NULL, 0);
        if (q > p) p = q, best = type, best_rule = NULL;
    }
    take_type(h, best, best_rule);
}

/* Of a type that a codebook added, and of words that those who coded for it leave out ("sure"), the judge knows nothing: the
 * rule decides where it is the preferred one and fits whole, and where nothing but such types is in question. */
static bool rules_decide(const judge *j, happening *h)
{
    bool fits_whole = false, any_taught = false;
    for (uint32_t i = 0; i < h->n_options; i++) {
        any_taught = any_taught || judge_knows(j, h->options[i]->type->name);
        if (h->options[i] == h->rule) fits_whole = !h->unmet[i];
    }
    bool is_strange = h->rule->is_sure || !judge_knows(j, h->rule->type->name);
    if (any_taught && !(fits_whole && is_strange)) return false;
    h->dropped = !fits_whole;
    h->likelihood = RULE_LIKELIHOOD;
    return true;
}

/* What no rule fits must be likelier. */
#define UNFIT_MARGIN 0.1

static void weigh_one(const scene *s, const judge *j, uint32_t at_sentence, const happening_array *all,
                      happening *h)
{
    if (rules_decide(j, h)) return;
    h->likelihood = weigh_happening_itself(s, j, at_sentence, all, h);
    double needed = (double)j->threshold[JUDGE_HAPPENING] + (happening_fits(h) ? 0 : UNFIT_MARGIN);
    h->dropped = h->likelihood < needed;
    if (h->dropped) return;
    link_find(s, j, h);
    choose_type(s, j, at_sentence, h);
}

static bool has_number(const quantity *q)
{
    return q->has_low || q->has_best || q->has_high;
}

/* "Seven soldiers were killed in the attack", where "attack" is no claim: the judge learned that one of the two mostly is, and a
 * number of dead is not to be lost. */
#define ONLY_TOLL 0.4

static bool is_only_toll(const happening_array *all, const happening *h)
{
    bool counted = (h->claim.has_killed && has_number(&h->claim.killed.number))
                   || (h->claim.has_injured && has_number(&h->claim.injured.number));
    bool alone = h->told_with == NO_TOKEN || !happening_is_kept(all, h->told_with);
    for (size_t i = 0; i < all->n && h->told_with == NO_TOKEN; i++) alone = alone && all->v[i].dropped;
    return counted && alone;
}

static void keep_tolls(const scene *s, const judge *j, uint32_t at_sentence, happening_array *all)
{
    for (size_t i = 0; i < all->n; i++) {
        happening *h = &all->v[i];
        bool likely = h->likelihood >= ONLY_TOLL * (double)j->threshold[JUDGE_HAPPENING];
        if (!h->dropped || !likely || !happening_fits(h) || !is_only_toll(all, h)) continue;
        h->dropped = false;
        link_find(s, j, h);
        choose_type(s, j, at_sentence, h);
    }
}

/* Words of harm last: "killed in the attack" is a claim where "attack" is none. */
void weigh_happenings(const scene *s, const judge *j, uint32_t at_sentence, happening_array *all)
{
    for (int of_harm = 0; of_harm < 2; of_harm++)
        for (size_t i = 0; i < all->n; i++)
            if (!all->v[i].dropped && (all->v[i].told_with != NO_TOKEN) == of_harm)
                weigh_one(s, j, at_sentence, all, &all->v[i]);
    keep_tolls(s, j, at_sentence, all);
    /* "sent an aid convoy": where the object tells of none, its verb may */
    for (size_t i = 0; i < all->n; i++)
        if (all->v[i].instead && all->v[i].instead->dropped) weigh_one(s, j, at_sentence, all, &all->v[i]);
}
