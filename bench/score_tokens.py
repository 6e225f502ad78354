#!/usr/bin/env python3
"""Sentence and token F1 on raw text, after the CoNLL 2018 shared task: spans of characters without white
space, compared exactly.

    score_tokens.py GOLD.conllu [--tokens build/bench/tokens] [--show N]

Raw text is put together from the tokens (SpaceAfter) with a line for each paragraph (newpar, newdoc).
Syntactic words inside a multi-word token that is spelled as its parts ("don't" = do + n't) count as tokens."""
import argparse
import collections
import subprocess


def read_gold(path):
    """paragraphs: lists of sentences, each a list of (form, space_after)."""
    paragraphs, sentence, new = [], [], True
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith(("# newpar", "# newdoc")):
            new = True
        elif not line:
            if sentence:
                if new or not paragraphs:
                    paragraphs.append([])
                paragraphs[-1].append(flatten(sentence))
                new = False
            sentence = []
        elif not line.startswith("#"):
            sentence.append(line.split("\t"))
    return paragraphs


def flatten(rows):
    out, pending = [], None
    for row in rows:
        space = "SpaceAfter=No" not in row[9]
        if "." in row[0]:
            continue
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            pending = {"form": row[1], "left": last - first + 1, "parts": [], "space": space}
            continue
        if pending:
            pending["parts"].append(row[1])
            pending["left"] -= 1
            if pending["left"] == 0:
                parts, form = pending["parts"], pending["form"]
                if "".join(parts) != form:
                    parts = [form]
                out += [(p, False) for p in parts[:-1]] + [(parts[-1], pending["space"])]
                pending = None
            continue
        out.append((row[1], space))
    return out


def gold_spans(paragraphs):
    text, tokens, sentences, at = [], [], [], 0
    for paragraph in paragraphs:
        for sentence in paragraph:
            start = at
            for form, space in sentence:
                dense = form.replace(" ", "").replace("\u00a0", "")
                tokens.append((at, at + len(dense)))
                at += len(dense)
                text.append(form + (" " if space else ""))
            sentences.append((start, at))
        text.append("\n")
    return "".join(text), tokens, sentences


def system_spans(text, command):
    raw = text.encode()
    out = subprocess.run(command, input=raw, capture_output=True, check=True).stdout.decode().split("\n")
    dense, at = {}, 0
    byte = 0
    for c in text:
        dense[byte] = at
        byte += len(c.encode())
        if not c.isspace():
            at += 1
    dense[byte] = at
    tokens, sentences = [], {}
    for line in out:
        if not line:
            continue
        s, a, b = map(int, line.split())
        span = (dense[a], dense[b])
        tokens.append(span)
        sentences[s] = (min(sentences.get(s, span)[0], span[0]), span[1])
    return tokens, list(sentences.values())


def f1(gold, system):
    hit = len(set(gold) & set(system))
    p, r = hit / max(1, len(system)), hit / max(1, len(gold))
    return 100 * p, 100 * r, 100 * 2 * p * r / max(1e-9, p + r)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    parser.add_argument("--tokens", default="build/bench/tokens")
    parser.add_argument("--show", type=int, default=0, help="print the N most frequent differences")
    args = parser.parse_args()
    text, gold_tokens, gold_sentences = gold_spans(read_gold(args.gold))
    tokens, sentences = system_spans(text, [args.tokens])
    for name, g, s in (("tokens", gold_tokens, tokens), ("sentences", gold_sentences, sentences)):
        print("%-10s P %.2f R %.2f F %.2f (gold %d, found %d)" % ((name,) + f1(g, s) + (len(g), len(s))))
    if args.show:
        show(text, gold_tokens, tokens, gold_sentences, sentences, args.show)


def show(text, gold, system, gold_s, system_s, n):
    dense = "".join(c for c in text if not c.isspace())
    spaced = [i for i, c in enumerate(text) if not c.isspace()]

    def word(spans, a, b):
        return " ".join(dense[x:y] for x, y in spans if x >= a and y <= b)
    counts = collections.Counter()
    common = sorted(set(x for x, _ in gold) & set(x for x, _ in system)) + [len(dense)]
    g, s = sorted(gold), sorted(system)
    gi = si = 0
    for a, b in zip(common, common[1:]):
        gs, ss = [], []
        while gi < len(g) and g[gi][0] < b:
            gs.append(g[gi]); gi += 1
        while si < len(s) and s[si][0] < b:
            ss.append(s[si]); si += 1
        if gs != ss:
            counts["gold [%s] system [%s]" % (word(gs, a, b), word(ss, a, b))] += 1
    for k, v in counts.most_common(n):
        print(v, k)
    ends_g, ends_s = {b for _, b in gold_s}, {b for _, b in system_s}
    for name, missing in (("missed", ends_g - ends_s), ("extra", ends_s - ends_g)):
        print("---", name, len(missing))
        for b in sorted(missing)[:n]:
            at = spaced[b - 1]
            print("   ", repr(text[max(0, at - 40):at + 1]), "|", repr(text[at + 1:at + 40]))


main()
