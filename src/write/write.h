/* write: a finished document -> what programs and people read.
 * In: the document after its last stage, the code-point positions of its text, the names of the data that
 * made it. Out: bytes in an `out`. Nothing here changes the document or allocates; every layout is a pure
 * function of what it is given, so that the same document gives the same bytes on every machine. */
#ifndef SITREP_WRITE_WRITE_H
#define SITREP_WRITE_WRITE_H

#include "record/record.h"
#include "write/out.h"
#include "write/position.h"

typedef struct write_view {
    const document *d;
    const positions *positions;
    str codebook, model; /* "conflict 1.0.0", "en 1" */
    unsigned width;      /* terminal columns of what people read */
    bool colour;
    size_t sentence; /* explain: from 1; 0 = all */
    out *o;
} write_view;

void write_text(const write_view *w);
void write_documents_json(const write_view *w);
void write_claims_json(const write_view *w);
void write_mentions_json(const write_view *w);
void write_csv_head(out *o);
void write_claims_csv(const write_view *w);
void write_claims_table(const write_view *w);
void write_mentions_table(const write_view *w);
void write_explain(const write_view *w);

/* Fills the ids of the document's claims: 64 bits of a hash over the document's sha256, the trigger's span,
 * the type, codebook and model, and a running number among claims that are alike in all that. */
void write_claim_ids(document *d, str codebook, str model);

/* ---- shared by the layouts ------------------------------------------------------------------- */

/* "2019-11-15", "2019-11" or "2019" into `text`; "" where the year is unknown. */
str write_civil(civil_date day, char text[16]);

/* What a label set calls a value; "" where that is the set's word for "none". */
str write_label(label_set set, int value);

#endif
