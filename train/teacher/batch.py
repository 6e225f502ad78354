"""Windows of about one length in arrays for the encoder (PyTorch), with what it is to tell of them.

In: windows (windows.py), their labels' names, and what a teacher told of them, where there is one. Out: batches.
"""
import numpy as np
import torch

from pieces import shape_of
from windows import KINDS, PAIRS

TEACHER_SHARE = 0.5  # of what is to be told


class Batch:
    """Word 0 of each window is none."""

    def __init__(self, windows, pieces, labels):
        n = (max(w.size for w in windows) + 7) // 8 * 8
        m = max(len(w.words) for w in windows) + 1
        zeros = lambda *shape, kind=np.int64: np.zeros((len(windows), *shape), kind)
        x = {"piece": zeros(n), "shape": zeros(n), "mask": zeros(n, kind=bool), "first": zeros(m), "last": zeros(m)}
        is_word, tags = zeros(m, kind=bool), {k: zeros(m, len(labels[k]), kind=np.float32) for k in KINDS}
        rows, roles = [], []
        for i, w in enumerate(windows):
            end = self.fill({k: a[i] for k, a in x.items()}, w, pieces)
            x["mask"][i, :end] = True
            is_word[i, 1:len(w.words) + 1] = True
            for k in KINDS:
                self.fill_tags(tags[k][i, 1:len(w.words) + 1], w, k, labels[k])
            own = self.roles_of(w, m)
            rows += [(i, word + 1) for word in own]
            roles += own.values()
        self.windows = windows
        self.n_rows = len(rows)
        where = np.array(rows or [(0, 0)])
        x["coders"] = np.array([w.coders for w in windows])
        self.x = {k: torch.from_numpy(a) for k, a in x.items()}
        self.is_word = torch.from_numpy(is_word)
        self.tags = {k: torch.from_numpy(a) for k, a in tags.items()}
        self.rows = torch.from_numpy(where[:, 0]), torch.from_numpy(where[:, 1])
        self.roles = torch.from_numpy(np.array(roles or [np.zeros((m, len(PAIRS)), np.float32)]))

    @staticmethod
    def fill(x, window, pieces):
        x["piece"][0], at = pieces.first, 1
        for k, word in enumerate(window.words, 1):
            cut = pieces.of(word)
            end = at + len(cut)
            x["piece"][at:end], x["shape"][at:end] = cut, shape_of(word)
            x["first"][k], x["last"][k] = at, end - 1
            at = end
        x["piece"][at] = pieces.last
        return at + 1

    @staticmethod
    def fill_tags(tags, window, kind, names):
        tags[np.arange(len(tags)), [names.get(name, 0) for name in getattr(window, kind)]] = 1
        if window.told:
            tags += (TEACHER_SHARE if window.is_coded else 1) * (window.told.kinds[kind] - tags)

    @staticmethod
    def roles_of(window, m):
        """By asking word: the roles of all words. What only the teacher takes for a happening asks, too."""
        asking = window.rows | set(window.told.roles if window.told else ())
        own = {word: np.zeros((m, len(PAIRS)), np.float32) for word in sorted(asking)}
        for word, other, role in window.pairs:
            own[word][other + 1, PAIRS.index(role)] = 1
        for word, roles in window.told.roles.items() if window.told else ():
            told = own[word][1:len(roles) + 1]
            told += (TEACHER_SHARE if word in window.rows else 1) * (roles - told)
        return own


def batches(windows, pieces, labels, size, rng=None):
    """Batches of at most `size` pieces; shuffled where `rng` is given."""
    for w in windows:
        w.size = sum(len(pieces.of(word)) for word in w.words) + 2
    order = sorted(windows, key=lambda w: w.size + (rng.random() * 24 if rng else 0))
    groups = [[]]
    for w in order:
        if groups[-1] and (len(groups[-1]) + 1) * w.size > size:
            groups.append([])
        groups[-1].append(w)
    if rng:
        rng.shuffle(groups)
    for g in groups:
        yield Batch(g, pieces, labels)
