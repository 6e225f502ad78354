/* flow: paragraphs as an office file tells them -> document.text and blocks.
 * In: paragraphs opened and closed, perhaps inside others (text boxes), inside rows of tables, inside notes. Out: text
 * with a line between paragraphs, a block each. A row of short cells is one block, its cells apart by " | "; a row whose
 * cells hold paragraphs (tables are used for layout) gives those. Notes come behind everything else. */
#ifndef SITREP_READ_FLOW_H
#define SITREP_READ_FLOW_H

#include "record/record.h"

enum { FLOW_DEPTH = 16 /* paragraphs inside paragraphs; what lies deeper joins the paragraph around it */ };

typedef ARRAY(char) char_array;

typedef struct flow_paragraph {
    char_array text;
    block_kind kind;
} flow_paragraph;

typedef struct flow_cell {
    str text;
    block_kind kind;
    uint32_t cell;
} flow_cell;
typedef ARRAY(flow_cell) flow_cell_array;

typedef struct flow {
    arena *a;
    document *d;
    size_t cap_bytes; /* of text */
    char_array text;
    flow_paragraph open[FLOW_DEPTH];
    size_t depth;                /* open paragraphs, those beyond FLOW_DEPTH included */
    size_t tables, notes;        /* that are open */
    uint32_t cell;               /* of the open row */
    flow_cell_array row, behind; /* paragraphs of the open row; notes */
    bool over;                   /* there was more text than cap_bytes */
} flow;

void flow_init(flow *f, document *d, size_t cap_bytes);

void flow_begin(flow *f, block_kind kind);
void flow_kind(flow *f, block_kind kind); /* of the innermost open paragraph, if that turns out later */
void flow_add(flow *f, str text);         /* white space as in the file; line feeds stay */
void flow_end(flow *f);

/* Tables inside tables are paragraphs of the outer cell. */
void flow_table_begin(flow *f);
void flow_cell_next(flow *f);
void flow_row_end(flow *f);
void flow_table_end(flow *f);

void flow_note_begin(flow *f);
void flow_note_end(flow *f);

/* Sets document.text and blocks; raw_runs say that the text stands in no bytes. */
void flow_finish(flow *f);

#endif
