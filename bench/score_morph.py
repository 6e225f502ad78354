#!/usr/bin/env python3
"""Inflection of verbs and auxiliaries against the features of a treebank, on its own words.

    score_morph.py GOLD.conllu... [--sitrep build/sitrep]

Tags and trees are sitrep's. F1 of each feature over all verbs of either side: right where both say the same. Number and
person of a verb are those of its subject."""
import argparse
import collections
import os
import subprocess

FEATURES = ("Tense", "Voice", "Mood", "VerbForm", "Number", "Person")


def verbs(lines):
    """{number of the word: {feature: value}} of verbs and auxiliaries."""
    out, n = {}, 0
    for line in lines:
        c = line.rstrip("\n").split("\t")
        if len(c) == 10 and c[0].isdigit():
            if c[3] in ("VERB", "AUX"):
                out[n] = dict(p.split("=", 1) for p in c[5].split("|")) if c[5] != "_" else {}
            n += 1
    return out


def count(gold, system, both, sides):
    for word in set(gold) | set(system):
        g, s = gold.get(word, {}), system.get(word, {})
        for feature in FEATURES:
            for side in (g.get(feature), s.get(feature)):
                if side:
                    sides[feature] += 1
                    sides[feature, side] += 1
            if g.get(feature) and g.get(feature) == s.get(feature):
                both[feature] += 1
                both[feature, g[feature]] += 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--sitrep", default="build/sitrep")
    args = parser.parse_args()
    for path in args.gold:
        out = subprocess.run([args.sitrep, "parse", "-q", "--from", "conllu", path], capture_output=True, check=True)
        both, sides = collections.Counter(), collections.Counter()
        count(verbs(open(path, encoding="utf-8")), verbs(out.stdout.decode().split("\n")), both, sides)
        print(os.path.basename(path))
        for key in sorted(sides, key=lambda k: (k, "") if isinstance(k, str) else k):
            name = key if isinstance(key, str) else "  %s=%s" % key
            print("  %-16s F1 %5.1f" % (name, 200 * both[key] / sides[key]))


if __name__ == "__main__":
    main()
