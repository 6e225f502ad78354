#!/usr/bin/env python3
"""The encoder that sitrep runs (src/syntax/encoder.h): the first layers of a MiniLM, tuned on coded documents.

    encoder.py train MINILM OUT.npz SITREP FOLD/N DOCS CLAIMS [DOCS CLAIMS]...
    encoder.py export MINILM NET.npz META.txt OUT.enc

It reads windows of a few sentences and tells of each word which happening it names, of which status, and which part it
plays (as hints.py does); and of each word that tells of a happening how it stands to every other word of the window:
that is its doer, its target, its place, its date, its source, its weapon, its killed, or tells of the same happening.

SITREP: the program, which cuts the documents into words. FOLD/N: documents whose name has the checksum FOLD of N are
kept out and scored, so that the judge of claims can be taught on documents that the encoder does not know; 0/1000
keeps next to none. META.txt: lines "key<TAB>value" for the model. What export writes is described in train/encode.c.
"""
import json
import struct
import sys
import unicodedata
import zlib

import jax
import jax.numpy as jnp
import numpy as np

import minilm
import teacher
from hints import KINDS, cut_into_words
from teacher import PIECES_A_BATCH, Labels, batches, fit, fresh_linear, load_parameters, save_parameters, words_of

PAIRS = ("-", "actor", "recipient", "place", "date", "claimant", "weapon", "associate", "killed", "injured", "same")
KEYS = (("weapons", "weapon"), ("places", "place"), ("targets", "recipient"), ("helpers", "associate"),
        ("actors", "actor"), ("claimant", "claimant"))
SMALL = ("the", "a", "an", "of", "'s")
LAYERS, WINDOW, PAIR_WIDTH, EPOCHS, PAIR_SHARE = 3, 120, 48, 6, 0.5
# Of the model file (src/syntax/encoder_format.h).
LETTERS, PLACES = 0x3000, 300
RUN, SPACE, MARK, DIGIT, ALPHA, LOWER, UPPER = (1 << i for i in range(24, 31))


# ---- windows and their labels ----------------------------------------------------------------------------------------

class Window:
    """Sentences as `batches` wants them, with labels by word and by pair of words."""

    def __init__(self, words):
        self.words = [w for w, _, _ in words]
        self.spans = [(a, b) for _, a, b in words]
        for kind in KINDS:
            setattr(self, kind, ["-"] * len(words))
        self.pairs = []   # (asking word, answering word, role)
        self.rows = set()  # words that ask

    def words_in(self, start, end):
        return [i for i, (a, b) in enumerate(self.spans)
                if a < end and start < b and self.words[i].lower() not in SMALL]


def windows(sentences, pieces):
    """As encoder.c packs them."""
    out, here, size = [], [], 0
    for s in filter(None, sentences):
        n = sum(len(pieces.of(w)) for w, _, _ in s)
        if here and size + n > WINDOW:
            out.append(Window(here))
            here, size = [], 0
        here, size = here + s, size + n
    return out + ([Window(here)] if here else [])


def occurrences(text, phrase, low, high):
    at = text.find(phrase, low)
    while 0 <= at < high:
        yield at
        at = text.find(phrase, at + 1)


def parts_of(claim):
    """(role, phrase) of all that the claim names."""
    for key, role in KEYS:
        phrases = claim.get(key) or []
        yield from ((role, p) for p in ([phrases] if isinstance(phrases, str) else phrases))
    if claim.get("date_text"):
        yield "date", claim["date_text"]
    for key in ("killed", "injured"):
        if claim.get(key) and claim[key].get("text"):
            yield key, claim[key]["text"]


def label_parts(window, text, claim, rows, at):
    """Of several places where a phrase stands that in the claim's sentence counts, then the nearest to the trigger."""
    low, high = window.spans[0][0], window.spans[-1][1]
    start = text.find(claim["sentence"])
    end = start + len(claim["sentence"])
    for role, phrase in parts_of(claim):
        found = list(occurrences(text, phrase, low, high)) if phrase else []
        if not found:
            continue
        best = min(found, key=lambda x: (not start <= x < end, abs(x - at)))
        for j in window.words_in(best, best + len(phrase)):
            if role not in ("killed", "injured"):
                window.role[j] = role
            window.pairs += [(i, j, role) for i in rows]


def label_claim(all_windows, text, claim):
    """(window, words of the trigger, event) of the claim, where its trigger is found."""
    at = text.find(claim["trigger"], text.find(claim["sentence"]))
    for w in all_windows if at >= 0 else ():
        if not w.spans[0][0] <= at < w.spans[-1][1]:
            continue
        rows = w.words_in(at, at + len(claim["trigger"]))
        if not rows:
            continue
        w.rows.update(rows)
        for i in rows:
            w.happening[i], w.status[i] = claim["type"], claim["status"]
        label_parts(w, text, claim, rows, at)
        yield w, rows, claim.get("event")


def label(all_windows, text, claims):
    triggers = [t for c in claims for t in label_claim(all_windows, text, c)]
    for a in triggers:
        for b in triggers:
            if a is not b and a[0] is b[0] and a[2] and a[2] == b[2]:
                a[0].pairs += [(i, j, "same") for i in a[1] for j in b[1]]


def read_coded(sitrep, pieces, paths):
    """(name, windows) of each document."""
    for docs_path, claims_path in zip(paths[::2], paths[1::2]):
        docs = [json.loads(line) for line in open(docs_path, encoding="utf-8")]
        claims = {}
        for line in open(claims_path, encoding="utf-8"):
            c = json.loads(line)
            claims.setdefault(c["doc"], []).append(c)
        for d, cut in zip(docs, cut_into_words(sitrep, docs)):
            found = windows(cut, pieces)
            label(found, d["text"], claims.get(d["id"], []))
            yield d["id"], found


class Batch(teacher.Batch):
    """With the pairs: `row` marks words that ask, `pair` what each word is to them."""

    def __init__(self, sentences, n, pieces, labels):
        super().__init__(sentences, n, pieces, labels)
        self.pair = np.zeros((len(sentences), n, n), np.int8)
        self.row = np.zeros((len(sentences), n), bool)
        for b, s in enumerate(sentences):
            for i, j, role in s.pairs:
                if i + 1 < n and j + 1 < n:
                    self.pair[b, i + 1, j + 1] = PAIRS.index(role)
            for i in s.rows:
                self.row[b, i + 1] = True

    def arrays(self):
        return {**super().arrays(), "pair": self.pair, "row": self.row}


teacher.Batch = Batch


# ---- the net ---------------------------------------------------------------------------------------------------------

class Encoder:
    def __init__(self, folder):
        self.lm, embedding, self.heads = minilm.parameters(folder)
        self.lm["layers"] = jax.tree_util.tree_map(lambda a: a[:LAYERS], self.lm["layers"])
        self.embedding = jnp.asarray(embedding)
        self.pieces = minilm.Pieces(folder)
        self.labels, self.p = None, None
        self.run = jax.jit(lambda p, x: self.outputs(p, x, None))
        self.pairs_of = jax.jit(self.pair_scores)

    def fresh(self):
        keys = iter(jax.random.split(jax.random.PRNGKey(1), len(KINDS) + 4))
        width, roles = self.embedding.shape[1], len(PAIRS)
        sizes = {**{k: len(self.labels[k].names) for k in KINDS},
                 "qu": roles, "ku": roles, "k": PAIR_WIDTH, "q": roles * PAIR_WIDTH}
        own = {name: fresh_linear(next(keys), width, n) for name, n in sizes.items()}
        return {"lm": jax.tree_util.tree_map(jnp.asarray, self.lm),
                "own": {**own, "shape": jnp.zeros((8, width)), "mix": jnp.zeros(8)}}

    def load(self, path):
        self.labels, leaves = load_parameters(path)
        self.p = jax.tree_util.tree_unflatten(jax.tree_util.tree_structure(self.fresh()), leaves)

    def outputs(self, p, x, key):
        h = words_of(p, self.embedding, x, self.heads, key)
        kinds = {k: jax.nn.log_softmax(minilm.dense(p["own"][k], h), -1) for k in KINDS}
        return kinds, {k: minilm.dense(p["own"][k], h) for k in ("q", "k", "qu", "ku")}

    def pair_scores(self, out):
        b, n, _ = out["q"].shape
        q = out["q"].reshape(b, n, len(PAIRS), PAIR_WIDTH)
        s = jnp.einsum("bird,bjd->bijr", q, out["k"]) / PAIR_WIDTH ** 0.5
        return jax.nn.log_softmax(s + out["qu"][:, :, None, :] + out["ku"][:, None, :, :], -1)

    def loss(self, p, x, key):
        kinds, out = self.outputs(p, x, key)
        words = sum(-(jnp.take_along_axis(kinds[k], x[k][:, :, None], 2)[:, :, 0] * x["is_word"]).sum() for k in KINDS)
        right = jnp.take_along_axis(self.pair_scores(out), x["pair"].astype(jnp.int32)[..., None], 3)[..., 0]
        pairs = -(right * x["row"][:, :, None] * x["is_word"][:, None, :]).sum()
        return (words + PAIR_SHARE * pairs) / x["is_word"].sum()

    def train(self, taught, kept_out):
        self.labels = {k: Labels.of(x for w in taught for x in getattr(w, k)) for k in KINDS}
        self.p = self.fresh()
        rng = np.random.default_rng(1)
        cut = lambda: batches(taught, self.pieces, self.labels, PIECES_A_BATCH, rng)
        for self.p in fit(self.loss, self.p, cut, jax.random.PRNGKey(2), EPOCHS):
            print(self.score(kept_out), file=sys.stderr, flush=True)

    def score(self, kept_out):
        """F of each kind and of each role of pairs, "-" not counted."""
        counts = {name: [0, 0, 0] for name in KINDS + PAIRS[1:]}  # right, gold, ours

        def count(name, gold, ours):
            """Of numbers of labels, 0 = none."""
            for i, n in enumerate((((gold == ours) & (gold > 0)).sum(), (gold > 0).sum(), (ours > 0).sum())):
                counts[name][i] += int(n)

        for batch in batches(kept_out, self.pieces, self.labels, 2 * PIECES_A_BATCH):
            kinds, out = self.run(self.p, batch.arrays())
            pairs = np.asarray(self.pairs_of(out)).argmax(-1)
            for i, w in enumerate(batch.sentences):
                words = slice(1, len(w.words) + 1)
                for k in KINDS:
                    count(k, batch.tags[k][i, words], np.asarray(kinds[k])[i, words].argmax(-1))
                for r in w.rows:
                    for t, name in enumerate(PAIRS[1:], 1):
                        count(name, batch.pair[i, r + 1, words] == t, pairs[i, r + 1, words] == t)
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


def layer_arrays(layers, i):
    for name in ("qkv", "out", "up", "down"):
        yield f"{i}.{name}.w", layers[name]["w"][i]
        yield f"{i}.{name}.b", layers[name]["b"][i]
    for name, ours in (("norm1", "n1"), ("norm2", "n2")):
        yield f"{i}.{ours}.g", layers[name]["g"][i]
        yield f"{i}.{ours}.b", layers[name]["b"][i]


def arrays_of(e, meta):
    ids = e.pieces.ids
    kept = ["[UNK]", "[CLS]", "[SEP]"] + [w for w in ids if is_usable(w)]
    p = jax.tree_util.tree_map(np.asarray, e.p)
    lm, own = p["lm"], p["own"]
    mix = np.exp(own["mix"][:LAYERS + 1] + 0.3 * np.arange(LAYERS + 1))
    letters = np.array([letter(c) for c in range(LETTERS)], np.uint32)
    out = {"meta": meta, "letters": letters, "letters.far": far_letters(),
           "vocabulary": "".join(w + "\n" for w in kept), "piece": np.asarray(e.embedding)[[ids[w] for w in kept]],
           "shape": own["shape"], "place": lm["place"][:PLACES], "norm.g": lm["norm"]["g"], "norm.b": lm["norm"]["b"],
           "mix": mix / mix.sum()}
    for i in range(LAYERS):
        out.update(layer_arrays(lm["layers"], i))
    for name, parts in (("hints", KINDS), ("key", ("k", "ku")), ("query", ("q", "qu"))):
        out[name + ".w"] = np.concatenate([own[k]["w"] for k in parts], 1)
        out[name + ".b"] = np.concatenate([own[k]["b"] for k in parts])
    out["hint names"] = "".join(f"{k}\t{x}\n" for k in KINDS for x in e.labels[k].names)
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
    if not (argv[1:2] == ["train"] and len(argv) >= 8 or argv[1:2] == ["export"] and len(argv) == 6):
        print(__doc__, file=sys.stderr)
        return 2
    e = Encoder(argv[2])
    if argv[1] == "export":
        e.load(argv[3])
        write_arrays(argv[5], arrays_of(e, open(argv[4], encoding="utf-8").read()))
        return 0
    fold, n_folds = map(int, argv[5].split("/"))
    coded = list(read_coded(argv[4], e.pieces, argv[6:]))
    is_kept_out = lambda name: zlib.crc32(name.encode()) % n_folds == fold
    e.train([w for name, ws in coded if not is_kept_out(name) for w in ws],
            [w for name, ws in coded if is_kept_out(name) for w in ws][:400])
    save_parameters(argv[3], e.p, e.labels)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
