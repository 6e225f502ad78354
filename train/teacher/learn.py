"""How the encoder and its teacher learn from windows, and how well they do (PyTorch)."""
import sys
import time
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

from batch import batches
from windows import KINDS, PAIRS, Told

PIECES_A_BATCH, PAIR_SHARE = 1024, 0.5
ASKED_FROM = 0.1  # of a word, that it tells of a happening: then the teacher tells its pairs


@dataclass
class Recipe:
    layers: int    # the first of the given model's
    frozen: int    # of them, that stay as they are
    rounds: int
    rate: float
    own_rate: float  # of the weights that the given model does not have


RECIPES = {"bert": Recipe(6, 0, 5, 3e-4, 1.5e-3), "mpnet": Recipe(10, 3, 4, 7e-5, 1e-3)}
FURTHER = {"bert": Recipe(6, 0, 2, 2e-4, 6e-4), "mpnet": Recipe(10, 4, 3, 5e-5, 4e-4)}  # of a net that has learned before


def likelihoods(net, batch):
    with torch.autocast("cpu", torch.bfloat16):
        return net(batch.x, batch.rows)


def loss_of(net, batch):
    kinds, pairs = likelihoods(net, batch)
    missed = -sum(((kinds[k] * batch.tags[k]).sum(-1) * batch.is_word).sum() for k in KINDS)
    if batch.n_rows:
        of_pairs = F.binary_cross_entropy_with_logits(pairs, batch.roles, reduction="none").sum(-1)
        missed = missed + PAIR_SHARE * (of_pairs * batch.is_word[batch.rows[0]]).sum()
    return missed / batch.is_word.sum()


def fit(net, recipe, taught, kept, pieces, labels):
    rng = np.random.default_rng(1)
    net.freeze(recipe.frozen)
    given, own = net.parameters_by_rate()
    adam = torch.optim.Adam([{"params": given, "lr": recipe.rate}, {"params": own, "lr": recipe.own_rate}], betas=(0.9, 0.98))
    cut = lambda: batches(taught, pieces, labels, PIECES_A_BATCH, rng)
    n = recipe.rounds * sum(1 for _ in cut())
    rise_and_fall = lambda t: min((t + 1) / (0.1 * n), max(0.02, (n - t) / (0.9 * n)))
    rate = torch.optim.lr_scheduler.LambdaLR(adam, rise_and_fall)
    start = time.time()
    for at in range(recipe.rounds):
        net.train()
        for batch in cut():
            adam.zero_grad(set_to_none=True)
            loss_of(net, batch).backward()
            torch.nn.utils.clip_grad_norm_(given + own, 2.0)
            adam.step()
            rate.step()
        told = score(net, kept, pieces, labels) if kept else ""
        print(f"round {at + 1} of {recipe.rounds}, {time.time() - start:.0f} s: {told}", file=sys.stderr, flush=True)


@torch.no_grad()
def score(net, kept, pieces, labels):
    """F of each kind and of each role of pairs, "-" not counted; "any": a happening of whatever type."""
    counts = {name: [0, 0, 0] for name in ("any",) + KINDS + PAIRS}  # right, gold, ours

    def count(name, right, gold, ours):
        for i, x in enumerate((right, gold, ours)):
            counts[name][i] += int(x.sum())

    net.eval()
    for batch in batches(kept, pieces, labels, 4 * PIECES_A_BATCH):
        kinds, pairs = likelihoods(net, batch)
        for k in KINDS:
            ours, gold = kinds[k].argmax(-1) * batch.is_word, batch.tags[k].argmax(-1)
            count(k, (ours == gold) & (gold > 0), gold > 0, ours > 0)
            if k == "happening":
                count("any", (ours > 0) & (gold > 0), gold > 0, ours > 0)
        if batch.n_rows:
            ours, gold = (pairs > 0) & batch.is_word[batch.rows[0]][:, :, None], batch.roles > 0.5
            for t, name in enumerate(PAIRS):
                count(name, (ours & gold)[:, :, t], gold[:, :, t], ours[:, :, t])
    return ", ".join(f"{k} {200 * c[0] / max(1, c[1] + c[2]):.1f}" for k, c in counts.items())


@torch.no_grad()
def ask(net, windows, pieces, labels):
    """Notes on each window what the net tells of it."""
    net.eval()
    for batch in batches(windows, pieces, labels, 4 * PIECES_A_BATCH):
        with torch.autocast("cpu", torch.bfloat16):
            h = net.words(batch.x)
            kinds = {k: p.exp() for k, p in net.kinds(h).items()}
        asking = {(i, word + 1) for i, w in enumerate(batch.windows) for word in w.rows}
        likely = (1 - kinds["happening"][:, :, 0] > ASKED_FROM) & batch.is_word
        asking = sorted(asking | {tuple(at) for at in likely.nonzero().tolist()})
        with torch.autocast("cpu", torch.bfloat16):
            rows = torch.tensor(asking or [(0, 0)])
            roles = torch.sigmoid(net.pairs(h, (rows[:, 0], rows[:, 1]))).half().numpy()
        kinds = {k: p.half().numpy() for k, p in kinds.items()}
        for i, w in enumerate(batch.windows):
            words = slice(1, len(w.words) + 1)
            w.told = Told({k: p[i, words] for k, p in kinds.items()},
                          {at[1] - 1: roles[r, words] for r, at in enumerate(asking) if at[0] == i})
