"""The first layers of a MiniLM (Wang et al. 2020) or an MPNet (Song et al. 2020) with heads for claims, in PyTorch, whose
products of 16 bits make it three times as fast on a processor as minilm.py.

In: the folder of a BERT-like model as sentence-transformers lays it out (config.json, model.safetensors). Out: of words,
the log-likelihoods of each kind; of pairs of words, those of each role.
"""
import json
import math
import os

import torch
import torch.nn.functional as F
from torch import nn

from minilm_file import read_tensors
from pieces import SHAPES
from windows import CODERS, KINDS, PAIRS

PAIR_WIDTH = 48


BERT_NAMES = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
              "attention.output.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm")
MPNET_NAMES = ("attention.attn.q", "attention.attn.k", "attention.attn.v", "attention.attn.o",
               "attention.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm")
BUCKETS, FAR = 32, 128  # of distances between pieces
MPNET_SIGNS = 2         # places that none of its pieces has


def kind_of(folder):
    """"bert" or "mpnet"."""
    return json.load(open(os.path.join(folder, "config.json"), encoding="utf-8"))["model_type"]


def distances(n):
    """The bucket of the distance between each two of n pieces, as MPNet counts (Song et al. 2020)."""
    d = torch.arange(n)[:, None] - torch.arange(n)[None, :]
    side = BUCKETS // 2
    exact = side // 2
    behind, d = (d < 0).long() * side, d.abs()
    steps = torch.log(d.float().clamp(min=1) / exact) / math.log(FAR / exact)
    far = exact + (steps * (side - exact)).long()
    return behind + torch.where(d < exact, d, far.clamp(max=side - 1))


class Layer(nn.Module):
    def __init__(self, width, inner, heads):
        super().__init__()
        self.heads = heads
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, far):
        b, n, w = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=far.to(q.dtype))
        x = self.norm1(x + self.drop(self.out(seen.transpose(1, 2).reshape(b, n, w))))
        y = self.down(F.gelu(self.up(x), approximate="tanh"))
        return self.norm2(x + self.drop(y))


class Net(nn.Module):
    def __init__(self, folder, n_layers, labels):
        super().__init__()
        c = json.load(open(os.path.join(folder, "config.json"), encoding="utf-8"))
        w, roles = c["hidden_size"], len(PAIRS)
        self.piece = nn.Embedding(c["vocab_size"], w)
        self.is_mpnet = kind_of(folder) == "mpnet"
        self.place = nn.Embedding(c["max_position_embeddings"] - MPNET_SIGNS * self.is_mpnet, w)
        self.relative = nn.Embedding(BUCKETS, c["num_attention_heads"]) if self.is_mpnet else None
        self.norm = nn.LayerNorm(w, eps=1e-12)
        self.layers = nn.ModuleList(Layer(w, c["intermediate_size"], c["num_attention_heads"]) for _ in range(n_layers))
        self.drop, self.word_drop = nn.Dropout(0.1), nn.Dropout(0.2)
        self.shape = nn.Embedding(SHAPES, w)
        self.coders = nn.Embedding(len(CODERS), w)
        self.mix = nn.Parameter(torch.zeros(n_layers + 1))
        sizes = {**{k: len(labels[k]) for k in KINDS}, "qu": roles, "ku": roles, "k": PAIR_WIDTH, "q": roles * PAIR_WIDTH}
        self.heads = nn.ModuleDict({k: nn.Linear(w, n) for k, n in sizes.items()})
        nn.init.zeros_(self.shape.weight)
        nn.init.zeros_(self.coders.weight)
        for h in self.heads.values():
            nn.init.normal_(h.weight, std=(2 / (w + h.out_features)) ** 0.5)
            nn.init.zeros_(h.bias)
        nn.init.constant_(self.heads["ku"].bias, -4)  # most words play no part
        self.take(read_tensors(os.path.join(folder, "model.safetensors")))

    def take(self, file):
        """The file's weights; the pieces' vectors stay as they are."""
        t = {name.removeprefix("mpnet."): torch.from_numpy(a.copy()) for name, a in file.items()}
        self.piece.weight.data = t["embeddings.word_embeddings.weight"]
        self.piece.weight.requires_grad_(False)
        self.place.weight.data = t["embeddings.position_embeddings.weight"]
        if self.is_mpnet:
            self.place.weight.data = self.place.weight.data[MPNET_SIGNS:]
            self.relative.weight.data = t["encoder.relative_attention_bias.weight"]
            self.relative.weight.requires_grad_(False)
        else:
            self.place.weight.data += t["embeddings.token_type_embeddings.weight"][0]
        self.norm.weight.data, self.norm.bias.data = t["embeddings.LayerNorm.weight"], t["embeddings.LayerNorm.bias"]
        for i, layer in enumerate(self.layers):
            p = f"encoder.layer.{i}."
            names = MPNET_NAMES if self.is_mpnet else BERT_NAMES
            asked = [p + k for k in names[:3]]
            layer.qkv.weight.data = torch.cat([t[k + ".weight"] for k in asked])
            layer.qkv.bias.data = torch.cat([t[k + ".bias"] for k in asked])
            parts = (layer.out, layer.norm1, layer.up, layer.down, layer.norm2)
            for ours, theirs in zip(parts, names[3:]):
                ours.weight.data, ours.bias.data = t[p + theirs + ".weight"], t[p + theirs + ".bias"]

    def freeze(self, n):
        """The first n layers and what lies before them learn nothing."""
        for part in [self.place, *self.layers[:n]] if n else ():
            part.requires_grad_(False)

    def parameters_by_rate(self):
        """Those that the file gave, and our own."""
        named = [(n.split(".")[0], p) for n, p in self.named_parameters() if p.requires_grad]
        is_own = lambda name: name in ("heads", "mix", "shape", "coders")
        return [p for n, p in named if not is_own(n)], [p for n, p in named if is_own(n)]

    def shares(self):
        """Of the layers' vectors in a word's vector."""
        return torch.softmax(self.mix + 0.3 * torch.arange(len(self.mix)), 0)

    def words(self, x):
        h = self.piece(x["piece"]) + self.shape(x["shape"]) + self.place.weight[:x["piece"].shape[1]]
        h = h + self.coders(x["coders"])[:, None, :]
        h = self.drop(self.norm(h))
        far = torch.zeros(x["mask"].shape).masked_fill(~x["mask"], -1e9)[:, None, None, :]
        if self.is_mpnet:
            far = far + self.relative(distances(x["piece"].shape[1])).permute(2, 0, 1)[None]
        share = self.shares()
        mixed = share[0] * h
        for i, layer in enumerate(self.layers):
            h = layer(h, far)
            mixed = mixed + share[i + 1] * h
        at = lambda i: torch.gather(mixed, 1, i[:, :, None].expand(-1, -1, mixed.shape[2]))
        return self.word_drop((at(x["first"]) + at(x["last"])) / 2)

    def kinds(self, h):
        """Log-likelihoods of the kinds of words."""
        return {k: F.log_softmax(self.heads[k](h).float(), -1) for k in KINDS}

    def pairs(self, h, rows):
        """Of each of `rows` (window, word): the log-odds that a word of its window has a role [row, word, role]."""
        window, word = rows
        asking = h[window, word]
        q = self.heads["q"](asking).view(-1, len(PAIRS), PAIR_WIDTH)
        s = torch.matmul(q, self.heads["k"](h)[window].transpose(1, 2)).transpose(1, 2).float() / PAIR_WIDTH ** 0.5
        return s + self.heads["qu"](asking).float()[:, None, :] + self.heads["ku"](h).float()[window]

    def forward(self, x, rows):
        h = self.words(x)
        return self.kinds(h), self.pairs(h, rows)
