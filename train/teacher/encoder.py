#!/usr/bin/env python3
"""The encoder that sitrep runs (src/syntax/encoder.h): a MiniLM, tuned on coded documents; and its teacher, an MPNet.

    encoder.py train MODEL OUT.pt SITREP [--from NET.pt] [--teacher MODEL NET.pt] [--times N] [DOCS CLAIMS...]
                     [--uncoded DOCS] [--others DOCS CLAIMS...] [-- DOCS CLAIMS...]
    encoder.py mean OUT.pt NET.pt NET.pt...
    encoder.py export MINILM NET.pt META.txt OUT.enc

It reads windows of some sentences and tells of each word which happening it names, of which status, and which part it
plays (as hints.py does); and of each word that tells of a happening how it stands to every other word of the window:
that is its doer, its target, its place, its date, its source, its weapon, its killed, or tells of the same happening.

SITREP: the program, which cuts the documents into words and tells their dates. Documents after "--" are not learned but
scored after each round. --from: goes on with a net. --teacher: half of what is to be told is what that net tells
(Hinton et al. 2015, "Distilling the knowledge in a neural network"). Documents after --others were coded by others than
those whose habits are followed: a vector of the coders, added to every piece, takes what only they do, and what is exported
reads as the followed ones would. --times N: theirs are learned N times a round, without a teacher. --uncoded: documents of
which the teacher alone tells, as the followed coders would. The judge of claims must
be taught with documents that neither net has learned. mean: of the weights of nets that went on from one and the same
(Wortsman et al. 2022, "Model soups"). META.txt: lines "key<TAB>value" for the model. What export writes is described in
train/encode.c.
"""
import os
import struct
import sys
import unicodedata

import numpy as np
import torch

from learn import FURTHER, RECIPES, ask, fit
from pieces import Pieces
from transformer import Net, kind_of
from windows import CODERS, KINDS, PAIRS, WINDOW, read_coded

# Of the model file (src/syntax/encoder_format.h).
LETTERS, PLACES = 0x3000, 300
RUN, SPACE, MARK, DIGIT, ALPHA, LOWER, UPPER = (1 << i for i in range(24, 31))


# ---- learning --------------------------------------------------------------------------------------------------------

def load(folder, path):
    saved = torch.load(path)
    net = Net(folder, RECIPES[kind_of(folder)].layers, saved["labels"])
    net.load_state_dict(saved["net"])
    return net, saved["labels"]


def names_in(windows):
    return {k: {name: i for i, name in enumerate(sorted({x for w in windows for x in getattr(w, k)}))} for k in KINDS}


def read_taught(sitrep, pieces, paths, coders="followed"):
    """Windows to learn from: without sentences that are too long for one, as tables are."""
    return [w for w in read_coded(sitrep, pieces, paths, coders)
            if sum(len(pieces.of(word)) for word in w.words) <= WINDOW]


def read_uncoded(sitrep, pieces, docs):
    """Windows of documents that nobody coded."""
    found = read_taught(sitrep, pieces, [docs, os.devnull])
    for w in found:
        w.is_coded = False
    return found


def train(folder, sitrep, start, teacher, times, uncoded, paths):
    """The net and the names of its labels. `start`: a net that goes on learning; `teacher`: its folder and net; or None.
    `uncoded`: documents of which the teacher alone tells, or None. `paths`: of the followed coders' documents, of others',
    and of those that are scored."""
    torch.manual_seed(1)
    pieces, recipe = Pieces(folder), RECIPES[kind_of(folder)]
    followed, others = read_taught(sitrep, pieces, paths[0]), read_taught(sitrep, pieces, paths[1], "others")
    kept = list(read_coded(sitrep, pieces, paths[2]))
    labels = names_in(followed + others)
    if start:
        (net, labels), recipe = load(folder, start), FURTHER[kind_of(folder)]
    if teacher:
        elder, known = load(*teacher)
        if start and known != labels:
            raise SystemExit("the teacher knows other labels than the net that is to go on")
        labels = known
        if uncoded:
            others += read_uncoded(sitrep, pieces, uncoded)
        ask(elder, others, Pieces(teacher[0]), labels)
    if not start:
        net = Net(folder, recipe.layers, labels)
    fit(net, recipe, followed * times + others, kept, pieces, labels)
    return net, labels


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
           "shape": p["shape.weight"], "place": (p["place.weight"] + p["coders.weight"][CODERS.index("followed")])[:PLACES], "norm.g": p["norm.weight"],
           "norm.b": p["norm.bias"], "mix": net.shares().detach().numpy()}
    for i in range(len(net.layers)):
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


def option(args, name, n):
    """Takes an option with its n values out of the arguments."""
    if name not in args:
        return None
    at = args.index(name)
    values = args[at + 1:at + 1 + n]
    del args[at:at + 1 + n]
    return values


def mean_of(paths):
    """The net whose weights are the mean of theirs, and the names of its labels."""
    saved = [torch.load(path) for path in paths]
    if any(s["labels"] != saved[0]["labels"] for s in saved):
        raise SystemExit("the nets know different labels")
    return {k: sum(s["net"][k] for s in saved) / len(saved) for k in saved[0]["net"]}, saved[0]["labels"]


def cut(paths):
    """Into those before --others, those after it, and those after "--"."""
    parts = {"": [], "--others": [], "--": []}
    at = ""
    for p in paths:
        if p in parts:
            at = p
        else:
            parts[at].append(p)
    return list(parts.values())


def main(argv):
    args = argv[2:]
    start, teacher = option(args, "--from", 1), option(args, "--teacher", 2)
    times, uncoded = option(args, "--times", 1) or ["1"], option(args, "--uncoded", 1)
    if uncoded and not teacher:
        raise SystemExit("--uncoded: nobody tells of these documents without --teacher")
    if argv[1:2] == ["train"] and len(args) >= 5:
        folder, out, sitrep, *paths = args
        net, labels = train(folder, sitrep, start and start[0], teacher, int(times[0]), uncoded and uncoded[0],
                            cut(paths))
        torch.save({"net": net.state_dict(), "labels": labels}, out)
        return 0
    if argv[1:2] == ["mean"] and len(args) >= 3:
        out, *paths = args
        weights, labels = mean_of(paths)
        torch.save({"net": weights, "labels": labels}, out)
        return 0
    if argv[1:2] == ["export"] and len(args) == 4:
        folder, given, meta, out = args
        net, labels = load(folder, given)
        write_arrays(out, arrays_of(net, labels, Pieces(folder), open(meta, encoding="utf-8").read()))
        return 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv))
