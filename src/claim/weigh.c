#include "claim/weigh.h"

#include "record/labels.h"

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
        evidence_add(e, "head-tag", text_of(LABELS_XPOS, (int)scene_token(s, (uint32_t)k->head)->tag), text_of(LABELS_DEPREL, (int)k->rel));
    }
    evidence_add(e, "preposition", scene_preposition(s, h->token), STR(""));
    FOR_CHILDREN(s, c, h->token) {
        const token *ck = scene_token(s, c);
        evidence_add(e, "child", text_of(LABELS_DEPREL, (int)ck->rel), text_of(LABELS_XPOS, (int)k->tag));
        if (ck->rel == DEPREL_DET || ck->rel == DEPREL_AMOD || ck->rel == DEPREL_COMPOUND || ck->rel == DEPREL_AUX || ck->rel == DEPREL_MARK || ck->rel == DEPREL_ADVMOD)
            evidence_add(e, "child-word", scene_word(s, c), text_of(LABELS_DEPREL, (int)ck->rel));
        if (ck->rel == DEPREL_OBJ || ck->rel == DEPREL_NSUBJ || ck->rel == DEPREL_NMOD || ck->rel == DEPREL_OBL)
            evidence_add(e, "argument", scene_word(s, c), type);
    }
    for (int i = -2; i <= 2; i++)
        if (i) evidence_add(e, i < 0 ? i < -1 ? "b2" : "b1" : i > 1 ? "a2" : "a1", neighbour(s, h->token, i), i * i == 1 ? type : STR(""));
}

static void add_filled(const happening *h, str type, evidence *e)
{
    const claim *c = &h->claim;
    bool role[N_ACTOR_ROLE] = {false};
    for (size_t i = 0; i < c->actors.n; i++) {
        role[c->actors.v[i].role] = true;
        evidence_add(e, "party-kind", text_of(LABELS_ACTOR_KIND, (int)c->actors.v[i].kind), c->actors.v[i].role == ROLE_ACTOR ? type : STR("r"));
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
    evidence_add(e, "bare", !role[ROLE_ACTOR] && !role[ROLE_RECIPIENT] && !c->places.n && !c->has_date ? STR("y") : STR("n"), type);
}

/* What the document has told before: the means behind a vague word. */
static void add_context(const scene *s, uint32_t at_sentence, str type, evidence *e)
{
    uint32_t near = 0, any = 0;
    for (size_t i = s->doc->claims.n; i-- > 0;) {
        const claim *c = &s->doc->claims.v[i];
        uint32_t at = scene_token(s, c->trigger_token)->sentence;
        if (str_eq(c->type, type)) any++, near += at_sentence - at <= 2;
        if (i + 1 == s->doc->claims.n) evidence_add(e, "last-type", c->type, type);
    }
    evidence_number(e, "same-near", near);
    evidence_number(e, "same-before", any);
    const sentence_array *all = &s->doc->sentences;
    evidence_flag(e, "headline", all->v[at_sentence].is_headline);
    evidence_flag(e, "no-case", !all->v[at_sentence].has_case);
    evidence_number(e, "position", at_sentence);
    evidence_number(e, "length", all->v[at_sentence].n / 4);
}

static double weigh_type(const scene *s, const judge *j, uint32_t at_sentence, const happening_array *all, const happening *h, const claim_type *type, const trigger_rule *r, uint32_t unmet)
{
    evidence e;
    evidence_begin(&e, JUDGE_HAPPENING);
    str word = scene_word(s, h->token), form = h->rule->guise == GUISE_VERB ? STR("v") : h->rule->guise == GUISE_NOUN ? STR("n") : STR("a");
    evidence_add(&e, "type", type->name, STR(""));
    evidence_add(&e, "word", word, form);
    evidence_add(&e, "word-type", word, type->name);
    evidence_flag(&e, "told-before", !r);
    evidence_number(&e, "conditions", r ? (uint32_t)r->conditions.n : 0);
    evidence_number(&e, "unmet", unmet);
    evidence_add(&e, "unmet-type", unmet ? STR("y") : STR("n"), type->name);
    evidence_add(&e, "unmet-word", unmet ? STR("y") : STR("n"), word);
    evidence_flag(&e, "first-option", r == h->rule);
    evidence_flag(&e, "vague", h->rule->is_vague);
    evidence_add(&e, "vague-type", h->rule->is_vague ? STR("y") : STR("n"), type->name);
    if (h->rule->n_words > 1) evidence_add(&e, "words", h->rule->words[0], h->rule->words[1]);
    evidence_number(&e, "options", h->n_options);
    evidence_flag(&e, "support", h->support != NULL);
    if (h->predicate != h->token) evidence_add(&e, "predicate", scene_word(s, h->predicate), form);
    add_shape(s, h, type->name, &e);
    add_filled(h, type->name, &e);
    add_context(s, at_sentence, type->name, &e);
    uint32_t same = 0;
    for (size_t i = 0; i < all->n; i++) same += !all->v[i].dropped && all->v[i].type == type && all->v[i].token != h->token;
    evidence_number(&e, "same-here", same);
    judge_subject about = {.doc = s->doc, .trigger = h->claim.trigger, .type = type->name};
    return judge_ask(j, JUDGE_HAPPENING, &e, &about);
}

static void take_type(happening *h, const claim_type *type, const trigger_rule *r)
{
    h->type = type;
    h->claim.type = type->name;
    h->claim.codes = &type->codes;
    if (r) h->claim.rule = r->name;
}

/* The types told shortly before are options of a vague word. */
static size_t told_types(const scene *s, uint32_t at_sentence, const claim_type *out[], size_t max)
{
    size_t n = 0;
    for (size_t i = s->doc->claims.n; i-- > 0 && n < max;) {
        const claim *c = &s->doc->claims.v[i];
        if (at_sentence - scene_token(s, c->trigger_token)->sentence > 6) break;
        const claim_type *type = codebook_type(s->book, c->type);
        bool known = !type->harms || !str_is(type->codes.plover, "ASSAULT");
        for (size_t k = 0; k < n; k++) known = known || out[k] == type;
        if (!known) out[n++] = type;
    }
    return n;
}

static void weigh_one(const scene *s, const judge *j, uint32_t at_sentence, const happening_array *all, happening *h)
{
    const claim_type *best = h->type;
    const trigger_rule *best_rule = h->rule;
    double p = 0;
    for (uint32_t i = 0; i < h->n_options; i++) {
        double q = weigh_type(s, j, at_sentence, all, h, h->options[i]->type, h->options[i], h->unmet[i]);
        if (q > p) p = q, best = h->options[i]->type, best_rule = h->options[i];
    }
    if (h->rule->is_vague) {
        const claim_type *told[4];
        size_t n = told_types(s, at_sentence, told, 4);
        for (size_t i = 0; i < n; i++) {
            bool known = false;
            for (uint32_t k = 0; k < h->n_options; k++) known = known || h->options[k]->type == told[i];
            double q = known ? 0 : weigh_type(s, j, at_sentence, all, h, told[i], NULL, 0);
            if (q > p) p = q, best = told[i], best_rule = NULL;
        }
    }
    take_type(h, best, best_rule);
    h->likelihood = p;
    h->dropped = p < (double)j->threshold[JUDGE_HAPPENING];
}

void weigh_happenings(const scene *s, const judge *j, uint32_t at_sentence, happening_array *all)
{
    for (size_t i = 0; i < all->n; i++)
        if (!all->v[i].dropped) weigh_one(s, j, at_sentence, all, &all->v[i]);
}
