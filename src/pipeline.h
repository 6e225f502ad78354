/* pipeline: the objects behind sitrep.h; for pipeline.c, view.c and render.c alone. */
#ifndef SITREP_PIPELINE_H
#define SITREP_PIPELINE_H

#include "claim/claim.h"
#include "mention/mention.h"
#include "place/place.h"
#include "read/read.h"
#include "source.h"
#include "syntax/attach.h"
#include "syntax/encoder.h"
#include "syntax/headline.h"
#include "token/token.h"
#include "write/position.h"

/* Const once open. */
struct sitrep {
    arena memory;
    sitrep_options options; /* its strings are copies */
    str codebook_folder, language_folder;
    str codebook_name, model_name;
    read_rules *read;
    token_rules *tokens;
    headline_rules *headlines;
    attach_rules *attachments;
    syntax_model *syntax;
    lexicon *lexicon;
    gazetteer *gazetteer; /* NULL: none, places stay unresolved */
    place_lookup places;
    codebook *codebook;
    encoder *encoder; /* NULL: the small net's hints alone */
    judge *judge;     /* NULL: the codebook's rules decide alone */
};

/* What sitrep.h shows of a document; made when it is first asked for. */
typedef struct document_view {
    sitrep_about about;
    sitrep_claim *claims;
    sitrep_mention *mentions;
    size_t n_mentions;
    bool has_about, has_claims, has_mentions;
} document_view;

struct sitrep_document {
    document d;
    positions positions;
    const sitrep *engine;
    document_view view;
};

struct sitrep_worker {
    const sitrep *engine;
    arena memory; /* of the document */
    syntax_scratch *syntax;
    encoder_scratch *encoder;
    piece piece;
    sitrep_document document;
    bool rules_alone; /* the codebook's examples test its rules, not what was learned */
};

#endif
