/* hint: what the language net thinks that a word tells of, as likelihoods.
 * In: the net's raw scores (document.hints). Out: likelihoods of types, statuses and parts by name, and evidence for
 * the judge from them. The net has read far more text than was ever coded by hand; the judge learns how far to
 * believe it. A word that no rule meets tells of nothing, however sure the net is: of claims that it alone proposed
 * two in five were right. Names are looked up: of a type that a codebook added, or without a net that hints, nothing
 * is known. */
#ifndef SITREP_CLAIM_HINT_H
#define SITREP_CLAIM_HINT_H

#include "claim/happening.h"
#include "claim/judge.h"

/* Readies a scene whose judge is set. */
void hint_begin(scene *s);

/* Whether anything is known at all: the net hints and the judge was taught to listen. */
bool hint_is_given(const scene *s);

/* The likelihood of `name` at a token, or the highest at the tokens from `first` to `last`; -1 = not known. */
double hint_at(const scene *s, uint32_t t, hint_kind kind, str name);
double hint_within(const scene *s, uint32_t first, uint32_t last, hint_kind kind, str name);

/* The likelihood of any name but none. */
double hint_any(const scene *s, uint32_t t, hint_kind kind);

/* The likeliest name but none at a token; only where hints are given. */
str hint_best(const scene *s, uint32_t t, hint_kind kind);

/* The likeliest type at a token that the codebook knows and that has at least `least` of the likelihood of all types;
 * NULL = none. */
const claim_type *hint_type(const scene *s, uint32_t t, double least);

/* How large a share a type has of the violence that the whole document tells of: for vague words whose means are told further
 * on. -1 = not known, or the type is no violence. */
double hint_document_share(const scene *s, const claim_type *type);

/* Adds NAME=step|b, where the step is one of about a dozen of the odds of `p`; nothing where p is negative. */
void evidence_odds(evidence *e, const char *name, double p, str b);

/* Four steps of a likelihood, for evidence that is joined with other evidence. */
str evidence_step(double p);

/* The likelihood that, for the happening told by token `from`, the tokens from `first` to `last` play `role`: the highest;
 * -1 = not known, as in another window. */
double pair_within(const scene *s, uint32_t from, uint32_t first, uint32_t last, str role);

/* Where mentions that the encoder read together with the happening's trigger may stand; empty where it did not read. */
typedef struct pair_window {
    uint32_t first, end; /* of document.mentions */
    uint32_t asking;     /* token */
} pair_window;

pair_window pair_window_of(const scene *s, const happening *h);

/* Whether the encoder takes the mention for one that plays `role`; false outside of its window. */
bool pair_names(const scene *s, const pair_window *w, const mention *m, str role);

/* The token of a trigger that tells most. */
uint32_t hint_peak(const scene *s, const happening *h);

/* Evidence of pairs for the question about a part of the happening of this type that token `from` tells: `asked` is the role
 * that is asked about. */
void hint_pair_evidence(const scene *s, uint32_t from, str type, uint32_t first, uint32_t last, str asked,
                        evidence *e);

/* Evidence for the questions about a happening and about a part of it. Each adds nothing where no hints are given. */
void hint_happening_evidence(const scene *s, const happening *h, evidence *e);
void hint_type_evidence(const scene *s, const happening *h, const claim_type *type, str proposed,
                        evidence *e);
void hint_status_evidence(const scene *s, const happening *h, str asked, str by_rule, evidence *e);
void hint_part_evidence(const scene *s, const happening *h, uint32_t first, uint32_t last, str path,
                        evidence *e);

#endif
