/* Whether it occurred, goes on, is planned, denied ... */
#include "claim/weigh_part.h"

#include "claim/hint.h"
#include "record/labels.h"

static void add_status_evidence(const part_asking *a, claim_status asked, evidence *e)
{
    const scene *s = a->s;
    const happening *h = a->h;
    str is = str_from(label_text(LABELS_STATUS, (int)asked));
    str by_rule = str_from(label_text(LABELS_STATUS, (int)h->claim.status));
    evidence_add(e, "rule", by_rule, is);
    evidence_add(e, "rule-type", by_rule, h->type->name);
    evidence_habit(e, "rule", by_rule, is);
    evidence_habit(e, "asked-type", is, h->type->name);
    evidence_habit(e, "asked-guise", is, weigh_guise(h));
    evidence_add(e, "asked-type", is, h->type->name);
    evidence_add(e, "word", scene_word(s, h->token), is);
    evidence_add(e, "tag", str_from(label_text(LABELS_XPOS, (int)scene_token(s, h->token)->tag)), is);
    evidence_add(e, "rel", str_from(label_text(LABELS_DEPREL, (int)scene_token(s, h->token)->rel)), is);
    evidence_add(e, "predicate-tag",
                 str_from(label_text(LABELS_XPOS, (int)scene_token(s, h->predicate)->tag)), is);
    evidence_add(e, "predicate", scene_word(s, h->predicate), is);
    uint32_t t = h->predicate;
    for (int level = 0; level < 3; level++) {
        FOR_CHILDREN (s, c, t) {
            deprel r = scene_token(s, c)->rel;
            if (r == DEPREL_AUX || r == DEPREL_AUX_PASS || r == DEPREL_ADVMOD || r == DEPREL_MARK
                || r == DEPREL_COP || r == DEPREL_AMOD || r == DEPREL_DET)
                evidence_add(e, level ? "cue-above" : "cue", scene_token(s, c)->norm, is);
        }
        if (scene_token(s, t)->head < 0) break;
        evidence_add(e, "up-rel", str_from(label_text(LABELS_DEPREL, (int)scene_token(s, t)->rel)), is);
        t = (uint32_t)scene_token(s, t)->head;
        evidence_add(e, level ? "above-2" : "above", scene_word(s, t), is);
        evidence_add(e, level ? "above-tag-2" : "above-tag",
                     str_from(label_text(LABELS_XPOS, (int)scene_token(s, t)->tag)), is);
    }
    FOR_CHILDREN (s, c, h->token) evidence_add(e, "cue-own", scene_token(s, c)->norm, is);
    hint_status_evidence(s, h, is, by_rule, e);
    evidence_add(e, "hedged", h->claim.hedges.n ? STR("y") : STR("n"), is);
    evidence_add(e, "headline", s->doc->sentences.v[a->sentence].is_headline ? STR("y") : STR("n"), is);
}

/* What the rules find of a cue, and of a verb that settles the matter ("managed to", "failed to prevent"). */
#define CUE_MARGIN 0.5
#define SETTLED_MARGIN 0.8

void weigh_status(const part_asking *a)
{
    claim_status best = a->h->claim.status;
    double best_p = -1;
    for (int v = 0; v < N_CLAIM_STATUS; v++) {
        evidence e;
        evidence_begin(&e, JUDGE_STATUS);
        add_status_evidence(a, (claim_status)v, &e);
        judge_subject about = part_subject(a, a->h->claim.trigger);
        about.status = (claim_status)v;
        double p = judge_ask(a->j, JUDGE_STATUS, &e, &about);
        /* A cue of the tables stands for more than the judge has seen of it. */
        const bool by_rule = v == (int)a->h->claim.status;
        if (by_rule && a->h->is_settled) p += SETTLED_MARGIN;
        else if (by_rule && v != STATUS_OCCURRED) p += CUE_MARGIN;
        if (p > best_p) best = (claim_status)v, best_p = p;
    }
    a->h->claim.status = best;
}
