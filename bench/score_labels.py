#!/usr/bin/env python3
"""Labels of documents and sentences against the types of the claims that sitrep finds in them.

    score_labels.py docs SET FILE.tsv > docs.jsonl
    score_labels.py score SET FILE.tsv SYSTEM.jsonl

SET: `satp` (reports on insurgency in South Asia: armed attack, bombing, abduction, property) or `police` (India police
events: killed, arrested, any action, failed to act, used force). A row is a text and a column of 0 or 1 for each label.
A label is said where some claim that occurred, goes on or is only reported fits its rule below; nothing is learned from the
rows. Prints precision, recall and F1 for each label, and their micro mean.
"""
import collections, json, re, sys

HAPPENED = ("occurred", "ongoing", "possible")
SHOOTING = {"attack", "clash", "offensive", "territory_gain", "ceasefire_violation"}
BOMBING = {"explosive", "suicide_attack", "shelling", "missile_strike", "air_strike"}
LAWMEN = {"police", "state_forces"}
ACTS = {"arrest", "seizure", "restriction", "deployment", "siege", "offensive", "attack", "clash", "release", "withdrawal"}


def roles(claim, role):
    return [a for a in claim["actors"] if a["role"] == role]


def by_police(claim):
    return any(a.get("kind") in LAWMEN or re.search(r"\b(police|constable|officer|crpf|rpf|army|jawan|forces?)", a["text"].lower())
               for a in roles(claim, "actor")) or "police" in words(claim) or "police firing" in claim["evidence"]["exact"].lower()


def words(claim):
    return (claim["trigger"]["text"] + " " + claim["trigger"].get("lemma", "")).lower()


def firing(claim):
    return bool(re.search(r"fir(e|ing)|shot|shoot|lathi|tear|charge|dispers|baton|force", words(claim)))


def harm_alone(claim):
    return bool(re.match(r"(kill|injur|die|wound|dead|death|hurt|casualt|bod)", words(claim)))


RULES = {
    "satp": {
        "armed attack": lambda c, all: c["type"] in SHOOTING and (not harm_alone(c) or not any(x["type"] in BOMBING for x in all)),
        "bombing": lambda c, all: c["type"] in BOMBING,
        "abduction": lambda c, all: c["type"] == "abduction" or (c["type"] == "release" and roles(c, "actor")),
        "property": lambda c, all: c["type"] in ("destruction", "seizure") and not by_police(c),
    },
    "police": {
        "killed": lambda c, all: c["type"] in SHOOTING and by_police(c) and bool(c.get("killed") or "kill" in words(c)),
        "arrested": lambda c, all: c["type"] == "arrest",
        "any action": lambda c, all: c["type"] == "arrest" or c["type"] == "restriction" or (c["type"] in ACTS and (by_police(c) or firing(c))),
        "failed to act": lambda c, all: False,
        "used force": lambda c, all: c["type"] in ("attack", "clash", "abuse") and (by_police(c) or firing(c)) and firing(c),
    },
}


def rows(path, labels):
    for line in open(path, encoding="utf-8", errors="replace"):
        cells = line.rstrip("\n").split("\t")
        if len(cells) > labels: yield cells[0], [c == "1" for c in cells[-labels:]]


def main(argv):
    rules = RULES[argv[2]]
    data = list(rows(argv[3], len(rules)))
    if argv[1] == "docs":
        for i, (text, _) in enumerate(data): print(json.dumps({"id": str(i), "text": text}))
        return
    claims = collections.defaultdict(list)
    for line in open(argv[4], encoding="utf-8"):
        claim = json.loads(line)
        if claim["status"] in HAPPENED: claims[claim["document"]["id"]].append(claim)
    total = [0, 0, 0]
    for k, (name, rule) in enumerate(rules.items()):
        hit = said = gold = 0
        for i, (_, labels) in enumerate(data):
            found = any(rule(c, claims[str(i)]) for c in claims[str(i)])
            hit += found and labels[k]; said += found; gold += labels[k]
        total = [a + b for a, b in zip(total, (hit, said, gold))]
        show(name, hit, said, gold)
    show("all", *total)


def show(name, hit, said, gold):
    p, r = hit / said if said else 0, hit / gold if gold else 0
    print("%-14s P %5.1f  R %5.1f  F %5.1f   (gold %d, said %d)" % (name, 100 * p, 100 * r, 200 * p * r / (p + r) if p + r else 0, gold, said))


if __name__ == "__main__":
    main(sys.argv)
