#!/usr/bin/env python3
"""The teacher: a slow parser that draws the trees of unlabelled text, from which the net that is shipped learns.

    teacher.py train MINILM OUT.npz DEV.conllu TRAIN.conllu...
    teacher.py label MINILM NET.npz TEXT.conllu > silver.conllu
    teacher.py score MINILM NET.npz DEV.conllu

A MiniLM encoder, tuned on the treebanks, with biaffine arcs and labels (Dozat & Manning 2017) and tags; trees are
the best projective ones with a single root.
"""
import os
import sys
import time

import numpy as np

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=true")
import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402

jax.config.update("jax_default_prng_impl", "rbg")  # faster on processors than the usual generator

import minilm  # noqa: E402
import trees  # noqa: E402
from pieces import SHAPES, Pieces, shape_of  # noqa: E402

ARC, LABEL, EPOCHS, RATE, HEAD_RATE, PIECES_A_BATCH = 384, 128, 4, 3e-4, 1.5e-3, 1280
BUCKETS = (16, 24, 32, 40, 48, 64, 96, 160, 300)


class Labels:
    def __init__(self, names):
        self.names = names
        self.ids = {w: i for i, w in enumerate(names)}

    @staticmethod
    def of(values):
        return Labels(sorted(set(values)))

    def id(self, name):
        return self.ids.get(name, 0)


class Batch:
    """Sentences of about one length, padded to n pieces (words, too, are padded to n)."""

    def __init__(self, sentences, n, pieces, labels):
        b = len(sentences)
        self.sentences = sentences
        self.piece = np.zeros((b, n), np.int32)
        self.shape = np.zeros((b, n), np.int32)
        self.mask = np.zeros((b, n), bool)
        self.first = np.zeros((b, n), np.int32)
        self.last = np.zeros((b, n), np.int32)
        self.is_word = np.zeros((b, n), bool)
        self.tags = {kind: np.zeros((b, n), np.int32) for kind in labels}
        self.head = np.zeros((b, n), np.int32)
        for i, s in enumerate(sentences):
            cut = s.pieces
            at = 1
            self.piece[i, 0] = pieces.first
            for k, (word, p) in enumerate(zip(s.words, cut), 1):
                self.piece[i, at:at + len(p)] = p
                self.shape[i, at:at + len(p)] = shape_of(word)
                self.first[i, k], self.last[i, k] = at, at + len(p) - 1
                at += len(p)
            self.piece[i, at] = pieces.last
            self.mask[i, :at + 1] = True
            k = len(s.words) + 1
            self.is_word[i, 1:k] = True
            for kind in labels:
                if hasattr(s, kind):
                    self.tags[kind][i, 1:k] = [labels[kind].id(x) for x in getattr(s, kind)]
            if hasattr(s, "head"):
                self.head[i, 1:k] = s.head

    def arrays(self):
        inputs = {k: getattr(self, k) for k in ("piece", "shape", "mask", "first", "last", "is_word", "head")}
        return {**inputs, **self.tags}


def batches(sentences, pieces, labels, size, rng=None):
    """Shuffled where `rng` is given."""
    by_size = {}
    order = np.arange(len(sentences))
    if rng is not None:
        rng.shuffle(order)
    out = []
    for i in order:
        s = sentences[i]
        if not hasattr(s, "pieces"):
            s.pieces = [pieces.of(w) for w in s.words]
        n = sum(map(len, s.pieces)) + 2
        bucket = next((b for b in BUCKETS if b >= n), None)
        if bucket is None:
            continue
        held = by_size.setdefault(bucket, [])
        held.append(s)
        if len(held) == max(1, size // bucket):
            out.append(Batch(held, bucket, pieces, labels))
            by_size[bucket] = []
    for bucket, held in by_size.items():
        if held:
            full = max(1, size // bucket)
            padding = [held[0]] * (full - len(held)) if rng is None else []
            batch = Batch(held + padding, bucket, pieces, labels)
            batch.sentences = held
            if rng is None or len(held) == full:
                out.append(batch)
    if rng is not None:
        rng.shuffle(out)
    return out


def fresh_linear(key, n, m):
    return {"w": jax.random.normal(key, (n, m)) * (2 / (n + m)) ** 0.5, "b": jnp.zeros(m)}


def fresh(key, labels, width):
    """Parameters beside the encoder's."""
    keys = iter(jax.random.split(key, 12))
    linear = lambda n, m: fresh_linear(next(keys), n, m)
    return {"shape": jnp.zeros((SHAPES, width)), "mix": jnp.zeros(8),
            "upos": linear(width, len(labels["upos"].names)), "xpos": linear(width, len(labels["xpos"].names)),
            "arc_head": linear(width, ARC), "arc_dep": linear(width, ARC), "arc": jnp.zeros((ARC + 1, ARC)),
            "rel_head": linear(width, LABEL), "rel_dep": linear(width, LABEL),
            "rel": jnp.zeros((LABEL + 1, len(labels["rel"].names), LABEL + 1))}


def save_parameters(path, p, labels):
    leaves = {f"p{i}": np.asarray(a) for i, a in enumerate(jax.tree_util.tree_leaves(p))}
    np.savez(path, **leaves, **{k: np.array(v.names) for k, v in labels.items()})


def load_parameters(path):
    """Labels by kind, and the parameters as a list."""
    z = np.load(path)
    labels = {k: Labels(list(map(str, z[k]))) for k in z.files if not k[1:].isdigit()}
    return labels, [jnp.asarray(z[f"p{i}"]) for i in range(len(z.files) - len(labels))]


def words_of(p, embedding, x, heads, key):
    """Vectors of the words (row 0: the root) from the encoder's layers."""
    k1, k2 = (None, None) if key is None else jax.random.split(key)
    e = embedding[x["piece"]] + p["own"]["shape"][x["shape"]]
    layers = minilm.encode(p["lm"], e, x["mask"], heads, k1)
    mix = jax.nn.softmax(p["own"]["mix"][:len(layers)] + jnp.arange(len(layers)) * 0.3)
    h = jnp.tensordot(mix, layers, 1)
    take = lambda i: jnp.take_along_axis(h, i[:, :, None], 1)
    return minilm.dropped((take(x["first"]) + take(x["last"])) / 2, 0.2, k2)


def with_one(x):
    return jnp.concatenate([x, jnp.ones(x.shape[:-1] + (1,))], -1)


def mlp(p, x, key):
    return minilm.dropped(jax.nn.leaky_relu(minilm.dense(p, x), 0.1), 0.3, key)


def arc_scores(p, h, x, keys):
    head, dep = mlp(p["arc_head"], h, keys[0]), mlp(p["arc_dep"], h, keys[1])
    s = jnp.einsum("bhi,ij,bdj->bdh", with_one(head), p["arc"], dep)
    usable = x["is_word"].at[:, 0].set(True)
    return jax.nn.log_softmax(jnp.where(usable[:, None, :], s, -1e9), -1)


def rel_scores(p, h, heads_of, keys):
    head, dep = mlp(p["rel_head"], h, keys[2]), mlp(p["rel_dep"], h, keys[3])
    chosen = jnp.take_along_axis(head, heads_of[:, :, None], 1)
    return jax.nn.log_softmax(jnp.einsum("bni,ilj,bnj->bnl", with_one(chosen), p["rel"], with_one(dep)), -1)


def loss_of(p, embedding, x, heads, key):
    k1, k2 = jax.random.split(key)
    keys = jax.random.split(k2, 4)
    h = words_of(p, embedding, x, heads, k1)
    pick = lambda s, gold: -(jnp.take_along_axis(s, gold[:, :, None], 2)[:, :, 0] * x["is_word"]).sum()
    tag = lambda name: pick(jax.nn.log_softmax(minilm.dense(p["own"][name], h), -1), x[name])
    total = pick(arc_scores(p["own"], h, x, keys), x["head"]) + pick(rel_scores(p["own"], h, x["head"], keys), x["rel"])
    return (total + 0.5 * tag("upos") + 0.5 * tag("xpos")) / x["is_word"].sum()


def make_update(loss_of, p, n_steps):
    """Adam whose rate rises for a tenth of the steps and then falls; -> step(state, t, x, key), the first state."""
    def rate(t):
        return jnp.minimum(t / (0.1 * n_steps), jnp.maximum(0.02, (n_steps - t) / (0.9 * n_steps)))

    def step(state, t, x, key):
        p, m, v = state
        loss, g = jax.value_and_grad(loss_of)(p, x, key)
        norm = jnp.sqrt(sum((a ** 2).sum() for a in jax.tree_util.tree_leaves(g)))
        g = jax.tree_util.tree_map(lambda a: a * jnp.minimum(1, 2 / norm), g)
        m = jax.tree_util.tree_map(lambda a, b: 0.9 * a + 0.1 * b, m, g)
        v = jax.tree_util.tree_map(lambda a, b: 0.98 * a + 0.02 * b * b, v, g)
        scale = rate(t) * jnp.sqrt(1 - 0.98 ** t) / (1 - 0.9 ** t)

        def moved(base):
            return lambda w, a, b: w - scale * base * a / (jnp.sqrt(b) + 1e-7)

        p = {"lm": jax.tree_util.tree_map(moved(RATE), p["lm"], m["lm"], v["lm"]),
             "own": jax.tree_util.tree_map(moved(HEAD_RATE), p["own"], m["own"], v["own"])}
        return (p, m, v), loss

    zero = lambda: jax.tree_util.tree_map(jnp.zeros_like, p)
    return jax.jit(step, donate_argnums=(0,)), (jax.tree_util.tree_map(jnp.array, p), zero(), zero())


def fit(loss_of, p, cut, key, epochs):
    """Yields the parameters after each epoch; `cut` gives an epoch's batches."""
    t, start, n_steps = 0, time.time(), epochs * len(cut())
    step, state = make_update(loss_of, p, n_steps)
    for epoch in range(epochs):
        for batch in cut():
            t += 1
            state, _ = step(state, jnp.float32(t), batch.arrays(), jax.random.fold_in(key, t))
        print(f"epoch {epoch + 1} of {epochs}, {time.time() - start:.0f} s: ", end="", file=sys.stderr)
        yield state[0]


class Teacher:
    def __init__(self, folder):
        self.lm, self.embedding, self.heads = minilm.parameters(folder)
        self.embedding = jnp.asarray(self.embedding)
        self.pieces = Pieces(folder)
        self.p, self.labels = None, None
        self.vectors = jax.jit(lambda p, x: words_of(p, self.embedding, x, self.heads, None))
        self.arcs = jax.jit(lambda p, h, x: arc_scores(p, h, x, [None] * 4))
        self.rels = jax.jit(lambda p, h, head: rel_scores(p, h, head, [None] * 4))
        self.tags = jax.jit(lambda p, h: (minilm.dense(p["upos"], h).argmax(-1), minilm.dense(p["xpos"], h).argmax(-1)))

    def train(self, sentences, dev):
        self.labels = {k: Labels.of(x for s in sentences for x in getattr(s, k)) for k in ("upos", "xpos", "rel")}
        key = jax.random.PRNGKey(1)
        self.p = {"lm": jax.tree_util.tree_map(jnp.asarray, self.lm), "own": fresh(key, self.labels, self.embedding.shape[1])}
        rng = np.random.default_rng(1)
        cut = lambda: batches(sentences, self.pieces, self.labels, PIECES_A_BATCH, rng)
        loss = lambda p, x, key: loss_of(p, self.embedding, x, self.heads, key)
        for self.p in fit(loss, self.p, cut, key, EPOCHS):
            print(self.score(dev), file=sys.stderr, flush=True)

    def load(self, path):
        self.labels, leaves = load_parameters(path)
        like = {"lm": self.lm, "own": fresh(jax.random.PRNGKey(1), self.labels, self.embedding.shape[1])}
        self.p = jax.tree_util.tree_unflatten(jax.tree_util.tree_structure(like), leaves)

    def run(self, sentences):
        """Writes tags and trees into the sentences."""
        for batch in batches(sentences, self.pieces, self.labels, 4 * PIECES_A_BATCH):
            x = batch.arrays()
            h = self.vectors(self.p, x)
            arcs = np.array(self.arcs(self.p["own"], h, x)).transpose(0, 2, 1)
            upos, xpos = (np.asarray(a) for a in self.tags(self.p["own"], h))
            head = np.zeros(x["head"].shape, np.int32)
            by_length = {}
            for i, s in enumerate(batch.sentences):
                by_length.setdefault(len(s.words), []).append(i)
            for n, group in by_length.items():
                head[group, 1:n + 1] = trees.best_trees(arcs[group, :n + 1, :n + 1])
            rel_score = np.array(self.rels(self.p["own"], h, head))
            root = self.labels["rel"].id("root")
            rel_score[:, :, root] = -1e9
            rel = rel_score.argmax(-1)
            for i, s in enumerate(batch.sentences):
                n = len(s.words)
                s.upos = [self.labels["upos"].names[k] for k in upos[i, 1:n + 1]]
                s.xpos = [self.labels["xpos"].names[k] for k in xpos[i, 1:n + 1]]
                s.head = [int(k) for k in head[i, 1:n + 1]]
                s.rel = ["root" if s.head[j] == 0 else self.labels["rel"].names[k] for j, k in enumerate(rel[i, 1:n + 1])]

    def score(self, paths):
        out = []
        for path in paths:
            gold, ours = trees.read([path]), trees.read([path])
            self.run(ours)
            n = tag = uas = las = 0
            for g, s in zip(gold, ours):
                for j in range(len(g.words)):
                    n += 1
                    tag += g.upos[j] == s.upos[j]
                    uas += g.head[j] == s.head[j]
                    las += g.head[j] == s.head[j] and g.rel[j].split(":")[0] == s.rel[j].split(":")[0]
            out.append(f"{os.path.basename(path)} UPOS {100 * tag / n:.2f} UAS {100 * uas / n:.2f} LAS {100 * las / n:.2f}")
        return "; ".join(out)


def main(argv):
    if len(argv) < 5 or argv[1] not in ("train", "label", "score"):
        print(__doc__, file=sys.stderr)
        return 2
    t = Teacher(argv[2])
    if argv[1] == "train":
        t.train(trees.read(argv[5:]), [argv[4]])
        save_parameters(argv[3], t.p, t.labels)
        return 0
    t.load(argv[3])
    if argv[1] == "score":
        print(t.score([argv[4]]))
        return 0
    sentences = trees.read([argv[4]])
    t.run(sentences)
    for s in sentences:
        sys.stdout.write(s.written())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
