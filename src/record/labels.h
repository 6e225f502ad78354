/* labels: the closed sets of names that the record uses, each an enumeration and a table of strings.
 * Universal Dependencies 2 (universaldependencies.org) for parts of speech and relations, the Penn
 * Treebank (Marcus et al. 1993, with the later web extensions) for fine tags, the record
 * schemas in docs/schema for the rest. */
#ifndef SITREP_RECORD_LABELS_H
#define SITREP_RECORD_LABELS_H

#include "base/str.h"

/* The parameter is not called X here: X is one of the values. */
#define UPOS_LIST(V)                                                                                       \
    V(ADJ)                                                                                                 \
    V(ADP)                                                                                                 \
    V(ADV)                                                                                                 \
    V(AUX) V(CCONJ) V(DET) V(INTJ) V(NOUN) V(NUM) V(PART) V(PRON) V(PROPN) V(PUNCT) V(SCONJ) V(SYM)        \
        V(VERB) V(X)

/* Names that are no identifiers come as (IDENTIFIER, "text"). */
#define XPOS_LIST(X)                                                                                       \
    X(NN, "NN")                                                                                            \
    X(IN, "IN")                                                                                            \
    X(DT, "DT")                                                                                            \
    X(NNP, "NNP") X(JJ, "JJ") X(PRP, "PRP") X(STOP, ".") X(RB, "RB") X(NNS, "NNS") X(COMMA, ",")           \
        X(VB, "VB") X(CC, "CC") X(VBD, "VBD") X(VBP, "VBP") X(VBZ, "VBZ") X(CD, "CD") X(VBN, "VBN")        \
            X(VBG, "VBG") X(TO, "TO") X(PRPS, "PRP$") X(MD, "MD") X(RRB, "-RRB-") X(LRB, "-LRB-")          \
                X(COLON, ":") X(WDT, "WDT") X(WRB, "WRB") X(OPEN_QUOTE, "``") X(CLOSE_QUOTE, "''")         \
                    X(WP, "WP") X(HYPH, "HYPH") X(POS, "POS") X(NNPS, "NNPS") X(RP, "RP") X(UH, "UH")      \
                        X(JJR, "JJR") X(JJS, "JJS") X(EX, "EX") X(RBR, "RBR") X(NFP, "NFP") X(ADD, "ADD")  \
                            X(SYM, "SYM") X(GW, "GW") X(DOLLAR, "$") X(FW, "FW") X(PDT, "PDT")             \
                                X(RBS, "RBS") X(LS, "LS") X(AFX, "AFX") X(WPS, "WP$") X(XX, "XX")

#define DEPREL_LIST(X)                                                                                     \
    X(ROOT, "root")                                                                                        \
    X(ACL, "acl")                                                                                          \
    X(ACL_RELCL, "acl:relcl")                                                                              \
    X(ADVCL, "advcl") X(ADVCL_RELCL, "advcl:relcl") X(ADVMOD, "advmod") X(AMOD, "amod") X(APPOS, "appos")  \
        X(AUX, "aux") X(AUX_PASS, "aux:pass") X(CASE, "case") X(CC, "cc") X(CC_PRECONJ, "cc:preconj")      \
            X(CCOMP, "ccomp") X(CLF, "clf") X(COMPOUND, "compound") X(COMPOUND_PRT, "compound:prt")        \
                X(CONJ, "conj") X(COP, "cop") X(CSUBJ, "csubj") X(CSUBJ_OUTER, "csubj:outer")              \
                    X(CSUBJ_PASS, "csubj:pass") X(DEP, "dep") X(DET, "det") X(DET_PREDET, "det:predet")    \
                        X(DISCOURSE, "discourse") X(DISLOCATED, "dislocated") X(EXPL, "expl")              \
                            X(FIXED, "fixed") X(FLAT, "flat") X(GOESWITH, "goeswith") X(IOBJ, "iobj")      \
                                X(LIST, "list") X(MARK, "mark") X(NMOD, "nmod") X(NMOD_DESC, "nmod:desc")  \
                                    X(NMOD_POSS, "nmod:poss") X(NMOD_UNMARKED, "nmod:unmarked")            \
                                        X(NSUBJ, "nsubj") X(NSUBJ_OUTER, "nsubj:outer")                    \
                                            X(NSUBJ_PASS, "nsubj:pass") X(NUMMOD, "nummod") X(OBJ, "obj")  \
                                                X(OBL, "obl") X(OBL_AGENT, "obl:agent")                    \
                                                    X(OBL_UNMARKED, "obl:unmarked") X(ORPHAN, "orphan")    \
                                                        X(PARATAXIS, "parataxis") X(PUNCT, "punct")        \
                                                            X(REPARANDUM, "reparandum")                    \
                                                                X(VOCATIVE, "vocative") X(XCOMP, "xcomp")

#define MENTION_KIND_LIST(X)                                                                               \
    X(PERSON, "person")                                                                                    \
    X(ORGANISATION, "organisation")                                                                        \
    X(NATIONALITY, "nationality")                                                                          \
    X(LOCATION, "location") X(PLATFORM, "platform") X(WEAPON, "weapon") X(DATE, "date")                    \
        X(QUANTITY, "quantity")

#define ACTOR_KIND_LIST(X)                                                                                 \
    X(UNKNOWN, "unknown")                                                                                  \
    X(STATE_FORCES, "state_forces")                                                                        \
    X(POLICE, "police")                                                                                    \
    X(REBELS, "rebels") X(MILITIA, "militia") X(EXTREMISTS, "extremists") X(CIVILIANS, "civilians")        \
        X(GOVERNMENT, "government") X(MEDIA, "media") X(AID, "aid") X(INTERNATIONAL, "international")

#define ACTOR_ROLE_LIST(X) X(ACTOR, "actor") X(ASSOCIATE, "associate") X(RECIPIENT, "recipient")

#define PLACE_ROLE_LIST(X) X(AT, "at") X(FROM, "from") X(TO, "to") X(NEAR, "near") X(ALONG, "along")

#define PLACE_MATCH_LIST(X)                                                                                \
    X(NONE, "none")                                                                                        \
    X(EXACT, "exact")                                                                                      \
    X(ALTERNATE, "alternate") X(GENERIC, "generic") X(SKELETON, "skeleton") X(CONTAINMENT, "containment")

#define DATE_BASIS_LIST(X) X(NONE, "none") X(TEXT, "text") X(RELATIVE, "relative") X(DOCUMENT, "document")

/* What a place's name is used for: a place, a word beside a noun ("US measures"), the state that sits there ("Moscow
 * denied"), a part of the name of something else ("Aleppo Media Centre"). */
#define PLACE_USE_LIST(X)                                                                                  \
    X(PLACE, "place") X(MODIFIER, "modifier") X(GOVERNMENT, "government") X(NAME, "name")

#define CLAIM_STATUS_LIST(X)                                                                               \
    X(OCCURRED, "occurred")                                                                                \
    X(ONGOING, "ongoing")                                                                                  \
    X(PLANNED, "planned")                                                                                  \
    X(DEMANDED, "demanded") X(THREATENED, "threatened") X(PREDICTED, "predicted") X(POSSIBLE, "possible")  \
        X(DENIED, "denied")

#define LABEL_1(name) UPOS_##name,
typedef enum upos { UPOS_LIST(LABEL_1) N_UPOS } upos;
#undef LABEL_1

/* One enumeration, its number of values, and label_NAME_text / label_NAME_find. */
#define LABEL_VALUE_XPOS(id, text) XPOS_##id,
#define LABEL_VALUE_DEPREL(id, text) DEPREL_##id,
#define LABEL_VALUE_MENTION(id, text) MENTION_##id,
#define LABEL_VALUE_ACTOR_KIND(id, text) ACTOR_##id,
#define LABEL_VALUE_ACTOR_ROLE(id, text) ROLE_##id,
#define LABEL_VALUE_PLACE_ROLE(id, text) PLACE_##id,
#define LABEL_VALUE_PLACE_MATCH(id, text) MATCH_##id,
#define LABEL_VALUE_PLACE_USE(id, text) NAMED_##id,
#define LABEL_VALUE_DATE_BASIS(id, text) BASIS_##id,
#define LABEL_VALUE_STATUS(id, text) STATUS_##id,

typedef enum xpos { XPOS_LIST(LABEL_VALUE_XPOS) N_XPOS } xpos;
typedef enum deprel { DEPREL_LIST(LABEL_VALUE_DEPREL) N_DEPREL } deprel;
typedef enum mention_kind { MENTION_KIND_LIST(LABEL_VALUE_MENTION) N_MENTION_KIND } mention_kind;
typedef enum actor_kind { ACTOR_KIND_LIST(LABEL_VALUE_ACTOR_KIND) N_ACTOR_KIND } actor_kind;
typedef enum actor_role { ACTOR_ROLE_LIST(LABEL_VALUE_ACTOR_ROLE) N_ACTOR_ROLE } actor_role;
typedef enum place_role { PLACE_ROLE_LIST(LABEL_VALUE_PLACE_ROLE) N_PLACE_ROLE } place_role;
typedef enum place_match { PLACE_MATCH_LIST(LABEL_VALUE_PLACE_MATCH) N_PLACE_MATCH } place_match;
typedef enum place_use { PLACE_USE_LIST(LABEL_VALUE_PLACE_USE) N_PLACE_USE } place_use;
typedef enum date_basis { DATE_BASIS_LIST(LABEL_VALUE_DATE_BASIS) N_DATE_BASIS } date_basis;
typedef enum claim_status { CLAIM_STATUS_LIST(LABEL_VALUE_STATUS) N_CLAIM_STATUS } claim_status;

typedef enum label_set {
    LABELS_UPOS,
    LABELS_XPOS,
    LABELS_DEPREL,
    LABELS_MENTION_KIND,
    LABELS_ACTOR_KIND,
    LABELS_ACTOR_ROLE,
    LABELS_PLACE_ROLE,
    LABELS_PLACE_MATCH,
    LABELS_PLACE_USE,
    LABELS_DATE_BASIS,
    LABELS_STATUS,
    N_LABEL_SETS
} label_set;

/* The text of a value; "" where it is out of range. Static. */
const char *label_text(label_set set, int value);

/* The value of a text, or -1. A relation with an unknown subtype gives its universal part. */
int label_find(label_set set, str text);

/* The universal relation of one with a subtype: DEPREL_NSUBJ of DEPREL_NSUBJ_PASS. */
deprel deprel_universal(deprel r);

#endif
