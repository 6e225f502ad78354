/* arc: the arc-hybrid transition system (Kuhlmann, Gómez-Rodríguez and Satta 2011) with its root at the
 * end of the buffer. In: n words. Out: after 2 n moves a projective tree with one root.
 *
 *     stack … s2 s1 s0 | b0 b1 … b(n-1) ROOT
 *     SHIFT  moves b0 to the stack
 *     LEFT   makes b0 the head of s0
 *     RIGHT  makes s1 the head of s0
 *
 * Chosen over arc-eager for its exact dynamic oracle with few features (Goldberg and Nivre 2013). The
 * trainer links this file. */
#ifndef SITREP_SYNTAX_ARC_H
#define SITREP_SYNTAX_ARC_H

#include "record/labels.h"

typedef enum arc_move { ARC_SHIFT, ARC_LEFT, ARC_RIGHT, N_ARC_MOVES } arc_move;

/* The words that the classifier sees, and the categories of what hangs on them. */
enum {
    ARC_POSITIONS = 8,   /* s0 s1 s2 b0, children of s0 (left, right), of b0 (left), of s1 (right) */
    ARC_ABSENT = 2,      /* rows a position has for "nothing there" and for the root */
    ARC_CATEGORIES = 10, /* 4 labels, 4 numbers of children, 2 distances */
    ARC_LABEL_ROWS = N_DEPREL + 1,
    ARC_COUNT_ROWS = 4,
    ARC_DISTANCE_ROWS = 10,
    ARC_CATEGORY_ROWS = 4 * ARC_LABEL_ROWS + 4 * ARC_COUNT_ROWS + 2 * ARC_DISTANCE_ROWS
};

/* All arrays are the caller's, n long; indices are words of the sentence, -1 = none; head n = the root. */
typedef struct arc_state {
    int n, b0, depth;
    int32_t *stack, *head, *left, *right; /* left, right: outermost children */
    uint16_t *n_left, *n_right;
    uint8_t *rel;
} arc_state;

void arc_begin(arc_state *s, int n);
static inline bool arc_done(const arc_state *s)
{
    return s->b0 == s->n && s->depth == 0;
}

/* A bit for each arc_move that may come next; at least one until done. */
unsigned arc_legal(const arc_state *s);

/* Head and dependent that `move` would join; false for SHIFT. */
bool arc_would_join(const arc_state *s, arc_move move, int *head, int *dependent);

void arc_apply(arc_state *s, arc_move move, deprel rel);

/* Words at the positions: -1 = none, n = the root. */
void arc_positions(const arc_state *s, int32_t at[ARC_POSITIONS]);

/* Rows of the table of categories. */
void arc_categories(const arc_state *s, uint16_t row[ARC_CATEGORIES]);

#endif
