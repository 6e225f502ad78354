/* party_rules: what the grammar says for certain of who takes part, whatever a judge would say.
 * `a`: the happening that is asked about; `t`: the head word of a party. Nothing is kept or changed. */
#ifndef SITREP_CLAIM_PARTY_RULES_H
#define SITREP_CLAIM_PARTY_RULES_H

#include "claim/weigh_part.h"

/* Whether it takes no part: the owner in "its forces struck", some of others ("including 79 children"), a title, a short name
 * in brackets, what somebody uses, who only perceives, what happens on another day. */
bool party_is_none(const part_asking *a, uint32_t t);

/* "the owner" of "arrested the driver but not the owner"; what is told of the owner alone is his. */
bool party_is_unlike(const part_asking *a, uint32_t t);

/* Whether it may be a doer: no weapon, not who charges another with the deed, not whom the verb says that it befell. */
bool party_may_act(const part_asking *a, uint32_t t);

/* "blamed rebels for the attack", "the group claimed responsibility for the blast" */
bool party_surely_acts(const part_asking *a, uint32_t t);

/* "the agent's slaying"; "attacked him", where the rule takes the party for the object. */
bool party_surely_suffers(const part_asking *a, uint32_t t, bool is_object);

/* "Sunni and Shiite militants" of "clashes between Sunni and Shiite militants", where they are the claim's only party, become
 * the doer and the other side (sides.c). */
void party_split_sides(const scene *s, claim *c);

#endif
