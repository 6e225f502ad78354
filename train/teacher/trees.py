"""Trees: CoNLL-U in and out, and the best projective tree with one root (Eisner 1996) of many sentences at once."""
import numpy as np


class Sentence:
    """Words without multiword tokens and empty nodes. `head` counts from 1, 0 is the root."""

    def __init__(self, lines):
        self.lines = lines
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
        self.rows = [r for r in rows if r[0].isdigit()]
        self.words = [r[1] for r in self.rows]
        self.upos = [r[3] for r in self.rows]
        self.xpos = [r[4] for r in self.rows]
        self.head = [int(r[6]) if r[6].isdigit() else 0 for r in self.rows]
        self.rel = [r[7] for r in self.rows]

    def written(self):
        out = [line for line in self.lines if line.startswith("#")]
        for r, upos, xpos, head, rel in zip(self.rows, self.upos, self.xpos, self.head, self.rel):
            out.append("\t".join([r[0], r[1], "_", upos, xpos, "_", str(head), rel, "_", r[9]]))
        return "\n".join(out) + "\n\n"


def read(paths):
    out = []
    for path in paths:
        block = []
        for line in open(path, encoding="utf-8"):
            line = line.rstrip("\n")
            if line:
                block.append(line)
            elif block:
                out.append(Sentence(block))
                block = []
        if block:
            out.append(Sentence(block))
    return [s for s in out if s.words]


def best_trees(score):
    """score[b, h, d]: of head h over word d, positions 0 the root, 1 … n the words; -> head[b, n].

    All sentences have n words. Spans grow from short to long; a step works on all spans of one width. Best scores of
    spans lie by their first word (`_at`) and by their last (`_to`), and by width: right ones are headed by their first
    word, left ones by their last; an open one ends with an arc. The root takes one word."""
    b, m, _ = score.shape
    n = m - 1
    s = score[:, 1:, 1:].astype(np.float32)
    empty = lambda: np.full((b, n, n), -1e30, np.float32)
    right_at, right_to, left_at, left_to, open_right_at, open_left_to = (empty() for _ in range(6))
    for spans in (right_at, right_to, left_at, left_to):
        spans[:, :, 0] = 0
    cut_open, cut_left, cut_right = (np.zeros((b, n, n), np.int32) for _ in range(3))
    for width in range(1, n):
        first, last = np.arange(n - width), np.arange(width, n)
        back = slice(width - 1, None, -1)

        def best(a, c):
            both = a + c
            k = both.argmax(2)
            return k, np.take_along_axis(both, k[:, :, None], 2)[:, :, 0]

        k, inner = best(right_at[:, :n - width, :width], left_to[:, width:, back])
        cut_open[:, :n - width, width] = k + first
        open_left_to[:, width:, width] = inner + s[:, last, first]
        open_right_at[:, :n - width, width] = inner + s[:, first, last]
        k, left = best(left_at[:, :n - width, :width], open_left_to[:, width:, width:0:-1])
        cut_left[:, :n - width, width] = k + first
        left_at[:, :n - width, width] = left_to[:, width:, width] = left
        k, right = best(open_right_at[:, :n - width, 1:width + 1], right_to[:, width:, back])
        cut_right[:, :n - width, width] = k + first + 1
        right_at[:, :n - width, width] = right_to[:, width:, width] = right
    whole = left_at[:, 0, :] + right_to[:, n - 1, ::-1] + score[:, 0, 1:]
    head = np.zeros((b, n), np.int32)
    for r in range(b):
        walk(head[r], int(whole[r].argmax()), n, cut_open[r], cut_left[r], cut_right[r])
    return head


def walk(head, root, n, cut_open, cut_left, cut_right):
    """Reads the heads of one sentence off the places where the best spans were cut."""
    stack = [("left", 0, root), ("right", root, n - 1)]
    while stack:
        kind, i, j = stack.pop()
        if i == j:
            continue
        if kind == "left":
            k = int(cut_left[i, j - i])
            stack += [("left", i, k), ("open left", k, j)]
        elif kind == "right":
            k = int(cut_right[i, j - i])
            stack += [("open right", i, k), ("right", k, j)]
        else:
            k = int(cut_open[i, j - i])
            head[i if kind == "open left" else j] = (j if kind == "open left" else i) + 1
            stack += [("right", i, k), ("left", k + 1, j)]
