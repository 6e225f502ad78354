#!/usr/bin/env python3
"""Prints what a model file scores: report.py TRAINER MODEL GOLD.conllu...

Each file is parsed on its own words, as written, in capitals and in lower case. UPOS, UAS and LAS count all
words on universal relations; lemmas, features and the F1 of single relations (with subtypes) follow.
"""
import collections
import os
import subprocess
import sys
import tempfile

RELATIONS = ["nsubj", "obj", "nsubj:pass", "obl:agent", "obl", "nmod", "conj", "advcl", "acl:relcl", "appos"]


def rows(text):
    return [c for c in (line.split("\t") for line in text.split("\n")) if len(c) == 10 and c[0].isdigit()]


def changed(text, how):
    lines = []
    for line in text.split("\n"):
        c = line.split("\t")
        if len(c) == 10:
            c[1] = how(c[1])
        lines.append("\t".join(c))
    return "\n".join(lines)


def parse(trainer, model, text):
    with tempfile.NamedTemporaryFile("w", suffix=".conllu", delete=False, encoding="utf-8") as f:
        f.write(text)
    out = subprocess.run([trainer, "parse", model, f.name], stdout=subprocess.PIPE, check=True).stdout
    os.unlink(f.name)
    return rows(out.decode("utf-8"))


def universal(relation):
    return relation.split(":")[0]


def share(gold, system, test):
    return 100 * sum(test(a, b) for a, b in zip(gold, system)) / max(1, len(gold))


def line(name, gold, system):
    las = share(gold, system, lambda a, b: a[6] == b[6] and universal(a[7]) == universal(b[7]))
    print("%-34s words %6d  UPOS %.2f  XPOS %.2f  UAS %.2f  LAS %.2f  lemma %.2f" % (
        name, len(gold), share(gold, system, lambda a, b: a[3] == b[3]),
        share(gold, system, lambda a, b: a[4] == b[4]), share(gold, system, lambda a, b: a[6] == b[6]), las,
        share(gold, system, lambda a, b: a[2] == b[2])))


def relations(gold, system):
    g = collections.Counter(a[7] for a in gold)
    s = collections.Counter(b[7] for b in system)
    both = collections.Counter(a[7] for a, b in zip(gold, system) if a[6:8] == b[6:8])
    print("F1 of relations, all files: " + "  ".join(
        "%s %.1f" % (r, 200 * both[r] / max(1, g[r] + s[r])) for r in RELATIONS))


def main(argv):
    trainer, model = argv[1:3]
    all_gold, all_system = [], []
    for path in argv[3:]:
        text = open(path, encoding="utf-8").read()
        gold, system = rows(text), parse(trainer, model, text)
        line(os.path.basename(path), gold, system)
        for name, how in (("  in capitals", str.upper), ("  in lower case", str.lower)):
            line(name, gold, parse(trainer, model, changed(text, how)))
        all_gold += gold
        all_system += system
    relations(all_gold, all_system)


if __name__ == "__main__":
    main(sys.argv)
