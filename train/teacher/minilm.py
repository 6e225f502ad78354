"""MiniLM (Wang et al. 2020): the encoder whose vectors the teacher reads.

In: the folder of a BERT-like model as sentence-transformers lays it out (config.json, vocab.txt, model.safetensors).
Out: its parameters as a tree of arrays, and the function from word pieces (pieces.py) to vectors.
"""
import json
import os

import jax
import jax.numpy as jnp
import numpy as np

from minilm_file import read_tensors


def parameters(folder):
    t = read_tensors(os.path.join(folder, "model.safetensors"))
    config = json.load(open(os.path.join(folder, "config.json"), encoding="utf-8"))

    def linear(name):
        return {"w": t[name + ".weight"].T.copy(), "b": t[name + ".bias"].copy()}

    def norm(name):
        return {"g": t[name + ".weight"].copy(), "b": t[name + ".bias"].copy()}

    layers = []
    for i in range(config["num_hidden_layers"]):
        p = f"encoder.layer.{i}."
        qkv = [linear(p + "attention.self." + k) for k in ("query", "key", "value")]
        layers.append({"qkv": {"w": np.concatenate([x["w"] for x in qkv], 1), "b": np.concatenate([x["b"] for x in qkv])},
                       "out": linear(p + "attention.output.dense"), "norm1": norm(p + "attention.output.LayerNorm"),
                       "up": linear(p + "intermediate.dense"), "down": linear(p + "output.dense"),
                       "norm2": norm(p + "output.LayerNorm")})
    place = t["embeddings.position_embeddings.weight"] + t["embeddings.token_type_embeddings.weight"][0]
    stacked = jax.tree_util.tree_map(lambda *a: np.stack(a), *layers)
    return {"norm": norm("embeddings.LayerNorm"), "place": place, "layers": stacked}, \
        t["embeddings.word_embeddings.weight"].copy(), config["num_attention_heads"]


def dense(p, x):
    return x @ p["w"] + p["b"]


def normed(p, x):
    mean = x.mean(-1, keepdims=True)
    return (x - mean) * jax.lax.rsqrt(((x - mean) ** 2).mean(-1, keepdims=True) + 1e-12) * p["g"] + p["b"]


def dropped(x, share, key):
    if key is None:
        return x
    return jnp.where(jax.random.bernoulli(key, 1 - share, x.shape), x / (1 - share), 0)


def encode(p, x, mask, heads, key):
    """x: embedded pieces [batch, n, width]; mask [batch, n]. Vectors of all layers, the embedded ones first."""
    k0, k1 = (None, None) if key is None else jax.random.split(key)
    x = dropped(normed(p["norm"], x + p["place"][:x.shape[1]]), 0.1, k0)
    b, n, width = x.shape
    far = jnp.where(mask, 0.0, -1e9)[:, None, None, :]

    def layer_of(x, given):
        layer, key = given
        k2, k3 = (None, None) if k1 is None else jax.random.split(key)
        q, k, v = jnp.moveaxis(dense(layer["qkv"], x).reshape(b, n, 3, heads, width // heads), 2, 0)
        look = jax.nn.softmax(jnp.einsum("bqhd,bkhd->bhqk", q, k) / (width // heads) ** 0.5 + far, -1)
        seen = jnp.einsum("bhqk,bkhd->bqhd", look, v).reshape(b, n, width)
        x = normed(layer["norm1"], x + dropped(dense(layer["out"], seen), 0.1, k2))
        y = dense(layer["down"], jax.nn.gelu(dense(layer["up"], x), approximate=True))
        x = normed(layer["norm2"], x + dropped(y, 0.1, k3))
        return x, x

    n_layers = p["layers"]["norm1"]["g"].shape[0]
    keys = jnp.zeros((n_layers, 1)) if k1 is None else jax.random.split(k1, n_layers)
    _, out = jax.lax.scan(layer_of, x, (p["layers"], keys))
    return jnp.concatenate([x[None], out])
