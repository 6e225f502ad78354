#!/usr/bin/env python3
"""The encoder that sitrep runs (src/syntax/encoder.h): a MiniLM, tuned on coded documents.

    encoder.py train MINILM OUT.pt SITREP DOCS CLAIMS [DOCS CLAIMS]... [-- DOCS CLAIMS [DOCS CLAIMS]...]
    encoder.py export MINILM NET.pt META.txt OUT.enc

It reads windows of some sentences and tells of each word which happening it names, of which status, and which part it
plays (as hints.py does); and of each word that tells of a happening how it stands to every other word of the window:
that is its doer, its target, its place, its date, its source, its weapon, its killed, or tells of the same happening.

SITREP: the program, which cuts the documents into words and tells their dates. Documents after "--" are not learned but
scored after each round. The judge of claims must be taught with documents that X: lines
"key<TAB>value" for the model. What export writes is described in train/encode.c.
"""
import struct
import sys
import time
import unicodedata

import numpy as np
import torch

from pieces import Pieces, shape_of
from transformer import Net
from windows import KINDS, PAIRS, read_coded

LAYERS, EPOCHS, RATE, HEAD_RATE, PIECES_A_BATCH, PAIR_SHARE = 6, 8, 3e-4, 1.5e-3, 1024, 0.5
# Of the model file (src/syntax/encoder_format.h).
LETTERS, PLACES = 0x3000, 300
RUN, SPACE, MARK, DIGIT, ALPHA, LOWER, UPPER = (1 << i for i in range(24, 31))


# ---- batches ---------------------------------------------------------------------------------------------------------

class Batch:
    """Windows of about one length, padded; word 0 of each is none."""

    def __init__(self, windows, pieces, labels):
        n = (max(w.size for w in windows) + 7) // 8 * 8
        m = max(len(w.words) for w in windows) + 1
        zeros = lambda width, kind=np.int64: np.zeros((len(windows), width), kind)
        x = {"piece": zeros(n), "shape": zeros(n), "mask": zeros(n, bool), "first": zeros(m), "last": zeros(m)}
        is_word, tags = zeros(m, bool), {k: zeros(m) for k in KINDS}
        rows, roles = [], []
        for i, w in enumerate(windows):
            end = self.fill({k: a[i] for k, a in x.items()}, w, pieces)
            x["mask"][i, :end] = True
            is_word[i, 1:len(w.words) + 1] = True
            for k in KINDS:
                tags[k][i, 1:len(w.words) + 1] = [labels[k].get(name, 0) for name in getattr(w, k)]
            asking = sorted(w.rows)
            own = {word: np.zeros(m, np.int64) for word in asking}
            for word, other, role in w.pairs:
                own[word][other + 1] = PAIRS.index(role)
            rows += [(i, word + 1) for word in asking]
            roles += [own[word] for word in asking]
        self.n_rows = len(rows)
        where = np.array(rows or [(0, 0)])
        self.x = {k: torch.from_numpy(a) for k, a in x.items()}
        self.is_word = torch.from_numpy(is_word)
        self.tags = {k: torch.from_numpy(a) for k, a in tags.items()}
        self.rows = torch.from_numpy(where[:, 0]), torch.from_numpy(where[:, 1])
        self.roles = torch.from_numpy(np.array(roles or [np.zeros(m, np.int64)]))

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


def batches(windows, pieces, labels, size, rng=None):
    """Shuffled where `rng` is given."""
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


# ---- learning --------------------------------------------------------------------------------------------------------

def likelihoods(net, batch):
    with torch.autocast("cpu", torch.bfloat16):
        return net(batch.x, batch.rows)


def loss_of(net, batch):
    kinds, pairs = likelihoods(net, batch)
    right = lambda scores, gold: torch.gather(scores, 2, gold[:, :, None])[:, :, 0]
    total = sum((right(kinds[k], batch.tags[k]) * batch.is_word).sum() for k in KINDS)
    if batch.n_rows:
        total = total + PAIR_SHARE * (right(pairs, batch.roles) * batch.is_word[batch.rows[0]]).sum()
    return -total / batch.is_word.sum()


def load(folder, path):
    saved = torch.load(path)
    net = Net(folder, LAYERS, saved["labels"])
    net.load_state_dict(saved["net"])
    return net, saved["labels"]


def train(folder, sitrep, taught_paths, kept_paths):
    """The net and the names of its labels."""
    torch.manual_seed(1)
    pieces = Pieces(folder)
    taught, kept = list(read_coded(sitrep, pieces, taught_paths)), list(read_coded(sitrep, pieces, kept_paths))
    labels = {k: {name: i for i, name in enumerate(sorted({x for w in taught for x in getattr(w, k)}))} for k in KINDS}
    net = Net(folder, LAYERS, labels)
    fit(net, taught, kept, pieces, labels)
    return net, labels


def fit(net, taught, kept, pieces, labels):
    rng = np.random.default_rng(1)
    given, own = net.parameters_by_rate()
    adam = torch.optim.Adam([{"params": given, "lr": RATE}, {"params": own, "lr": HEAD_RATE}], betas=(0.9, 0.98))
    cut = lambda: batches(taught, pieces, labels, PIECES_A_BATCH, rng)
    n = EPOCHS * sum(1 for _ in cut())
    rise_and_fall = lambda t: min((t + 1) / (0.1 * n), max(0.02, (n - t) / (0.9 * n)))
    rate = torch.optim.lr_scheduler.LambdaLR(adam, rise_and_fall)
    start = time.time()
    for epoch in range(EPOCHS):
        net.train()
        for batch in cut():
            adam.zero_grad(set_to_none=True)
            loss_of(net, batch).backward()
            torch.nn.utils.clip_grad_norm_(given + own, 2.0)
            adam.step()
            rate.step()
        told = score(net, kept, pieces, labels) if kept else ""
        print(f"epoch {epoch + 1} of {EPOCHS}, {time.time() - start:.0f} s: {told}", file=sys.stderr, flush=True)


@torch.no_grad()
def score(net, kept, pieces, labels):
    """F of each kind and of each role of pairs, "-" not counted; "any": a happening of whatever type."""
    counts = {name: [0, 0, 0] for name in ("any",) + KINDS + PAIRS[1:]}  # right, gold, ours

    def count(name, right, gold, ours):
        for i, x in enumerate((right, gold, ours)):
            counts[name][i] += int(x.sum())

    net.eval()
    for batch in batches(kept, pieces, labels, 4 * PIECES_A_BATCH):
        kinds, pairs = likelihoods(net, batch)
        for k in KINDS:
            ours, gold = kinds[k].argmax(-1) * batch.is_word, batch.tags[k]
            count(k, (ours == gold) & (gold > 0), gold > 0, ours > 0)
            if k == "happening":
                count("any", (ours > 0) & (gold > 0), gold > 0, ours > 0)
        if batch.n_rows:
            ours, gold = pairs.argmax(-1) * batch.is_word[batch.rows[0]], batch.roles
            for t, name in enumerate(PAIRS[1:], 1):
                count(name, (ours == t) & (gold == t), gold == t, ours == t)
    return ", ".join(f"{k} {200 * c[0] / max(1, c[1] + c[2]):.1f}" for k, c in counts.items())


# ---- what sitrep reads -----------------------------------------------------------------------------------------------

def letter(cp):
    """What becomes of a code point, with what is known of it: src/syntax/encoder_format.h."""
    c = chr(cp)
    plain = "".join(x for x in unicodedata.normalize("NFD", c.lower()) if unicodedata.category(x) != "Mn")
    told = ((plain.isalnum(), RUN), (plain.isspace(), SPACE), (not plain, MARK), (c.isdigit(), DIGIT),
            (c.isalpha(), ALPHA), (c.islower(), LOWER), (c.isupper(), UPPER))
    return sum(flag for holds, flag in told if holds) | (ord(plain) if len(plain) == 1 else cp)


def far_letters():
    """Ranges (first, last, flags) above the table."""
    out = []
    for cp in range(LETTERS, 0x110000):
        flags = 0 if 0xD800 <= cp < 0xE000 else letter(cp) & ~0x1FFFFF
        if flags and out and out[-1][1:] == [cp - 1, flags]:
            out[-1][1] = cp
        elif flags:
            out.append([cp, cp, flags])
    return np.array(out, np.uint32)


def is_usable(piece):
    """Pieces that reports in Latin letters can have; signs of the encoder's own are added by name."""
    if piece.startswith("[") and piece.endswith("]") and len(piece) > 2:
        return False
    return all(ord(c) < 0x250 or 0x2000 <= ord(c) < 0x2070 or 0x20A0 <= ord(c) < 0x20D0 for c in piece)


def arrays_of(net, labels, pieces, meta):
    ids = pieces.ids
    kept = ["[UNK]", "[CLS]", "[SEP]"] + [w for w in ids if is_usable(w)]
    p = {name: a.float().numpy() for name, a in net.state_dict().items()}
    letters = np.array([letter(c) for c in range(LETTERS)], np.uint32)
    out = {"meta": meta, "letters": letters, "letters.far": far_letters(),
           "vocabulary": "".join(w + "\n" for w in kept), "piece": p["piece.weight"][[ids[w] for w in kept]],
           "shape": p["shape.weight"], "place": p["place.weight"][:PLACES], "norm.g": p["norm.weight"],
           "norm.b": p["norm.bias"], "mix": net.shares().detach().numpy()}
    for i in range(LAYERS):
        for name in ("qkv", "out", "up", "down"):
            out[f"{i}.{name}.w"], out[f"{i}.{name}.b"] = p[f"layers.{i}.{name}.weight"].T, p[f"layers.{i}.{name}.bias"]
        for name, ours in (("norm1", "n1"), ("norm2", "n2")):
            out[f"{i}.{ours}.g"], out[f"{i}.{ours}.b"] = p[f"layers.{i}.{name}.weight"], p[f"layers.{i}.{name}.bias"]
    for name, parts in (("hints", KINDS), ("key", ("k", "ku")), ("query", ("q", "qu"))):
        out[name + ".w"] = np.concatenate([p[f"heads.{k}.weight"].T for k in parts], 1)
        out[name + ".b"] = np.concatenate([p[f"heads.{k}.bias"] for k in parts])
    out["hint names"] = "".join(f"{k}\t{x}\n" for k in KINDS for x in labels[k])
    out["roles"] = "".join(r + "\n" for r in PAIRS)
    return out


def write_arrays(path, arrays):
    with open(path, "wb") as f:
        f.write(b"sitrepE1")
        for name, a in arrays.items():
            if isinstance(a, str):
                kind, a = b"text", np.frombuffer(a.encode(), np.uint8)
            else:
                kind = b"u4" if a.dtype == np.uint32 else b"f4"
                a = np.asarray(a, "<u4" if kind == b"u4" else "<f4")
            a = np.atleast_2d(a)
            f.write(struct.pack("<16s8sII", name.encode(), kind, *a.shape) + a.tobytes())


def main(argv):
    if argv[1:2] == ["train"] and len(argv) >= 7:
        cut = argv.index("--") if "--" in argv else len(argv)
        net, labels = train(argv[2], argv[4], argv[5:cut], argv[cut + 1:])
        torch.save({"net": net.state_dict(), "labels": labels}, argv[3])
        return 0
    if argv[1:2] == ["export"] and len(argv) == 6:
        net, labels = load(argv[2], argv[3])
        meta = open(argv[4], encoding="utf-8").read()
        write_arrays(argv[5], arrays_of(net, labels, Pieces(argv[2]), meta))
        return 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv))
