#include "syntax/arc.h"

void arc_begin(arc_state *s, int n)
{
    s->n = n;
    s->b0 = s->depth = 0;
    for (int i = 0; i < n; i++) {
        s->head[i] = s->left[i] = s->right[i] = -1;
        s->n_left[i] = s->n_right[i] = 0;
        s->rel[i] = DEPREL_DEP;
    }
}

static int from_top(const arc_state *s, int k)
{
    return s->depth > k ? s->stack[s->depth - 1 - k] : -1;
}

/* ROOT takes exactly one child: the last word left on the stack. */
unsigned arc_legal(const arc_state *s)
{
    if (s->b0 < s->n)
        return 1u << ARC_SHIFT | (s->depth > 0 ? 1u << ARC_LEFT : 0) | (s->depth > 1 ? 1u << ARC_RIGHT : 0);
    return s->depth > 1 ? 1u << ARC_RIGHT : s->depth == 1 ? 1u << ARC_LEFT : 0;
}

bool arc_would_join(const arc_state *s, arc_move move, int *head, int *dependent)
{
    *dependent = from_top(s, 0);
    *head = move == ARC_LEFT ? s->b0 : from_top(s, 1);
    return move != ARC_SHIFT;
}

void arc_apply(arc_state *s, arc_move move, deprel rel)
{
    int head, dependent;
    if (!arc_would_join(s, move, &head, &dependent)) {
        s->stack[s->depth++] = s->b0++;
        return;
    }
    s->depth--;
    s->head[dependent] = head;
    s->rel[dependent] = (uint8_t)rel;
    if (head == s->n) return;
    if (move == ARC_LEFT) {
        s->left[head] = dependent;
        s->n_left[head] += s->n_left[head] < UINT16_MAX;
    } else {
        s->right[head] = dependent;
        s->n_right[head] += s->n_right[head] < UINT16_MAX;
    }
}

void arc_positions(const arc_state *s, int32_t at[ARC_POSITIONS])
{
    int s0 = from_top(s, 0), s1 = from_top(s, 1), b0 = s->b0;
    at[0] = s0;
    at[1] = s1;
    at[2] = from_top(s, 2);
    at[3] = b0;
    at[4] = s0 >= 0 ? s->left[s0] : -1;
    at[5] = s0 >= 0 ? s->right[s0] : -1;
    at[6] = b0 < s->n ? s->left[b0] : -1;
    at[7] = s1 >= 0 ? s->right[s1] : -1;
}

static uint16_t label_row(const arc_state *s, int child)
{
    return child >= 0 ? s->rel[child] : N_DEPREL;
}

static uint16_t count_row(const uint16_t *count, int word, int n)
{
    if (word < 0 || word >= n) return 0;
    return count[word] < ARC_COUNT_ROWS ? count[word] : ARC_COUNT_ROWS - 1;
}

static uint16_t distance_row(int from, int to)
{
    int d = to - from;
    if (from < 0) return 0;
    return (uint16_t)(d <= 5 ? d : d <= 7 ? 6 : d <= 10 ? 7 : d <= 20 ? 8 : 9);
}

void arc_categories(const arc_state *s, uint16_t row[ARC_CATEGORIES])
{
    int32_t at[ARC_POSITIONS];
    arc_positions(s, at);
    for (int i = 0; i < 4; i++) row[i] = (uint16_t)(i * ARC_LABEL_ROWS + label_row(s, at[4 + i]));
    int base = 4 * ARC_LABEL_ROWS;
    row[4] = (uint16_t)(base + count_row(s->n_left, at[0], s->n));
    row[5] = (uint16_t)(base + ARC_COUNT_ROWS + count_row(s->n_right, at[0], s->n));
    row[6] = (uint16_t)(base + 2 * ARC_COUNT_ROWS + count_row(s->n_left, at[3], s->n));
    row[7] = (uint16_t)(base + 3 * ARC_COUNT_ROWS + count_row(s->n_right, at[1], s->n));
    base += 4 * ARC_COUNT_ROWS;
    row[8] = (uint16_t)(base + distance_row(at[0], at[3]));
    row[9] = (uint16_t)(base + ARC_DISTANCE_ROWS + distance_row(at[1], at[0]));
}
