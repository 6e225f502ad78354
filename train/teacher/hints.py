#!/usr/bin/env python3
"""Hints for claims: for each word whether it tells of a happening, of which type and status, and which part a word
plays (doer, target, place, date, source, weapon). A MiniLM encoder learns them from coded documents and writes them
beside the trees of unlabelled text, from which the net that is shipped learns them as it learns its tags.

    hints.py train MINILM OUT.npz SITREP DOCS CLAIMS [DOCS CLAIMS]...
    hints.py label MINILM NET.npz TEXT.conllu DOCS... > hinted.conllu

SITREP: the program, which cuts the documents into words. Every tenth document is kept out and scored. Labels are drawn
by their likelihood, so that what learns from many of them learns the likelihoods. They stand in MISC as
Happening=, Status=, Role=; "-" is none. Sentences that stand in DOCS, the coded documents, get none: the judge of claims is
taught with those documents, where the net must know no more than elsewhere.
"""
import json
import sys

import jax
import jax.numpy as jnp
import numpy as np

import minilm
import trees
from pieces import Pieces
from teacher import PIECES_A_BATCH, Labels, batches, fit, fresh_linear, load_parameters, save_parameters, words_of
from windows import KINDS, cut_into_words

ROLES = (("weapons", "weapon"), ("date_text", "date"), ("places", "place"), ("targets", "recipient"),
         ("helpers", "associate"), ("actors", "actor"), ("claimant", "claimant"))
EPOCHS = 4


class Words:
    """A sentence as `batches` wants it, with labels by word."""

    def __init__(self, words):
        self.words = [w for w, _, _ in words]
        self.spans = [(a, b) for _, a, b in words]
        for kind in KINDS:
            setattr(self, kind, ["-"] * len(words))


def mark(sentence, start, end, kind, label):
    for i, (a, b) in enumerate(sentence.spans):
        if a < end and start < b and sentence.words[i].lower() not in ("the", "a", "an", "of", "'s"):
            getattr(sentence, kind)[i] = label


def nearest_in(sentence, text, phrase):
    low, high = sentence.spans[0][0], sentence.spans[-1][1]
    at = text.find(phrase, low)
    return (at, at + len(phrase)) if phrase and 0 <= at < high else None


def label_claim(sentences, text, c):
    low = text.find(c["sentence"])
    at = text.find(c["trigger"], low)
    for s in sentences:
        if not s.spans[0][0] <= at < s.spans[-1][1]:
            continue
        for key, role in ROLES:
            phrases = c.get(key) or []
            for phrase in [phrases] if isinstance(phrases, str) else phrases:
                span = nearest_in(s, text, phrase)
                if span:
                    mark(s, *span, "role", role)
        mark(s, at, at + len(c["trigger"]), "happening", c["type"])
        mark(s, at, at + len(c["trigger"]), "status", c["status"])


def read_coded(sitrep, paths):
    """Sentences with labels, by document."""
    for docs_path, claims_path in zip(paths[::2], paths[1::2]):
        docs = [json.loads(line) for line in open(docs_path, encoding="utf-8")]
        claims = [json.loads(line) for line in open(claims_path, encoding="utf-8")]
        for d, cut in zip(docs, cut_into_words(sitrep, docs)):
            sentences = [Words(s) for s in cut if s]
            for c in claims:
                if c["doc"] == d["id"]:
                    label_claim(sentences, d["text"], c)
            yield sentences


class Hinter:
    def __init__(self, folder):
        self.lm, embedding, self.heads = minilm.parameters(folder)
        self.embedding = jnp.asarray(embedding)
        self.pieces = Pieces(folder)
        self.labels, self.p = None, None
        self.likelihoods = jax.jit(lambda p, x: self.scores(p, words_of(p, self.embedding, x, self.heads, None)))

    def fresh(self):
        keys = jax.random.split(jax.random.PRNGKey(1), len(KINDS))
        width = self.embedding.shape[1]
        own = {kind: fresh_linear(k, width, len(self.labels[kind].names)) for k, kind in zip(keys, KINDS)}
        return {"lm": jax.tree_util.tree_map(jnp.asarray, self.lm),
                "own": {**own, "shape": jnp.zeros((8, width)), "mix": jnp.zeros(8)}}

    def scores(self, p, h):
        return {kind: jax.nn.log_softmax(minilm.dense(p["own"][kind], h), -1) for kind in KINDS}

    def loss(self, p, x, key):
        s = self.scores(p, words_of(p, self.embedding, x, self.heads, key))
        pick = lambda kind: -(jnp.take_along_axis(s[kind], x[kind][:, :, None], 2)[:, :, 0] * x["is_word"]).sum()
        return sum(pick(kind) for kind in KINDS) / x["is_word"].sum()

    def train(self, sentences, kept_out):
        self.labels = {k: Labels.of(x for s in sentences for x in getattr(s, k)) for k in KINDS}
        self.p = self.fresh()
        rng = np.random.default_rng(1)
        cut = lambda: batches(sentences, self.pieces, self.labels, PIECES_A_BATCH, rng)
        for self.p in fit(self.loss, self.p, cut, jax.random.PRNGKey(2), EPOCHS):
            print(self.score(kept_out), file=sys.stderr, flush=True)

    def run(self, sentences, pick):
        for batch in batches(sentences, self.pieces, self.labels, 4 * PIECES_A_BATCH):
            told = {k: np.asarray(v) for k, v in self.likelihoods(self.p, batch.arrays()).items()}
            for i, s in enumerate(batch.sentences):
                for kind in KINDS:
                    rows = told[kind][i, 1:len(s.words) + 1]
                    setattr(s, "our_" + kind, [self.labels[kind].names[k] for k in pick(rows)])

    def score(self, sentences):
        self.run(sentences, lambda rows: rows.argmax(-1))
        out = []
        for kind in KINDS:
            right = ours = gold = 0
            for s in sentences:
                for a, b in zip(getattr(s, kind), getattr(s, "our_" + kind)):
                    right, ours, gold = right + (a == b != "-"), ours + (b != "-"), gold + (a != "-")
            out.append(f"{kind} F {200 * right / max(1, ours + gold):.1f}")
        return ", ".join(out)


def squeezed(text):
    return "".join(text.split())


def label(hinter, path, docs_paths):
    sentences = trees.read([path])
    coded = squeezed("".join(json.loads(line)["text"] for p in docs_paths for line in open(p, encoding="utf-8")))
    coded = {coded[i:i + 24] for i in range(len(coded))}
    is_coded = lambda s: squeezed("".join(s.words))[:24] in coded
    rng = np.random.default_rng(3)

    def draw(rows):
        edges = np.cumsum(np.exp(rows), -1)
        return (edges < rng.random((len(rows), 1)) * edges[:, -1:]).sum(-1)

    hinter.run([s for s in sentences if not is_coded(s)], draw)
    for s in sentences:
        for i, row in enumerate(s.rows):
            told = [f"{kind.capitalize()}={getattr(s, 'our_' + kind)[i]}" for kind in KINDS] if hasattr(s, "our_role") else []
            row[9] = "|".join(([row[9]] if row[9] != "_" else []) + told) or "_"
        sys.stdout.write(s.written())


def main(argv):
    if len(argv) < 5 or argv[1] not in ("train", "label"):
        print(__doc__, file=sys.stderr)
        return 2
    h = Hinter(argv[2])
    if argv[1] == "train":
        coded = list(read_coded(argv[4], argv[5:]))
        flat = lambda docs: [s for d in docs for s in d]
        h.train(flat(d for i, d in enumerate(coded) if i % 10), flat(coded[::10]))
        save_parameters(argv[3], h.p, h.labels)
        return 0
    h.labels, leaves = load_parameters(argv[3])
    h.p = jax.tree_util.tree_unflatten(jax.tree_util.tree_structure(h.fresh()), leaves)
    label(h, argv[4], argv[5:])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
