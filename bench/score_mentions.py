#!/usr/bin/env python3
"""How many of the phrases that annotators chose for claims some mention covers.

    score_mentions.py BUILD/bench/mentions DATA_FOLDER GAZETTEER DOCS.jsonl CLAIMS.jsonl [--missed N] [--field F]

For each actor, target, claimant and place of the gold claims: the best Dice of words between the phrase and any mention
of the document (people, organisations, nationalities for parties; locations for places). Found = 0.5 or more.
"""
import argparse, collections, json, re, subprocess

def words(text):
    return [w for w in re.findall(r"\w+", text.lower()) if w not in ("the", "a", "an")]

def dice(a, b):
    common = sum((collections.Counter(a) & collections.Counter(b)).values())
    return 2 * common / (len(a) + len(b)) if a and b else 0

def main():
    p = argparse.ArgumentParser()
    for name in ("tool", "data", "gazetteer", "docs", "claims"): p.add_argument(name)
    p.add_argument("--missed", type=int, default=0)
    p.add_argument("--field")
    args = p.parse_args()
    out = subprocess.run([args.tool, args.data, args.gazetteer, args.docs], capture_output=True, check=True).stdout.decode()
    by_doc = collections.defaultdict(lambda: collections.defaultdict(list))
    for line in out.splitlines():
        f = line.split("\t")
        group = "place" if f[1] == "location" else "party" if f[1] in ("person", "organisation", "nationality") else None
        if group and f[5] != "pronoun": by_doc[f[0]][group].append((words(f[10]), f[6]))
    total, found, exact, missed = collections.Counter(), collections.Counter(), collections.Counter(), collections.Counter()
    for line in open(args.claims):
        c = json.loads(line)
        for field in ("actors", "targets", "claimant", "places"):
            for phrase in c.get(field) or []:
                w = words(phrase)
                have = by_doc[c["doc"]]["place" if field == "places" else "party"]
                if field != "places": have = have + by_doc[c["doc"]]["place"]
                best = max((dice(w, m) for m, _ in have), default=0)
                total[field] += 1
                found[field] += best >= 0.5
                exact[field] += best >= 0.999
                if best < 0.5 and args.field in (None, field): missed[field, c["doc"], phrase] += 1
    for field in total:
        print(f"{field:10} {total[field]:5}  found {100 * found[field] / total[field]:5.1f} %  same words {100 * exact[field] / total[field]:5.1f} %")
    print(f"{'all':10} {sum(total.values()):5}  found {100 * sum(found.values()) / sum(total.values()):5.1f} %  same words {100 * sum(exact.values()) / sum(total.values()):5.1f} %")
    for (field, doc, phrase), n in missed.most_common(args.missed): print(n, field, doc, repr(phrase))

main()
