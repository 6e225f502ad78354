#!/usr/bin/env python3
"""Names of people, organisations and places against re3d (CoNLL: a token and its B-/I-/O label a line).

    score_entities.py BUILD/bench/mentions DATA_FOLDER GAZETTEER FILE.txt [--errors N KIND]

Sentences become documents of one line. A gold entity is found where a mention of its kind covers the same words (exact), or
shares a word with it (overlap). Articles do not count; gold pronouns and adverbs ("we", "there") are passed over. The row
"party" takes people and organisations as one kind: re3d calls plural people organisations.
"""
import argparse, collections, json, re, subprocess, tempfile

KINDS = {"Person": "person", "Organisation": "organisation", "Location": "location", "Nationality": "nationality", "Weapon": "weapon", "MilitaryPlatform": "platform", "Quantity": "quantity", "Temporal": "date"}

PASSED = set("i you he she it we they me him her us them my your his its our their mine ours theirs who whom whose which himself herself itself themselves ourselves here there".split())

def read(path):
    sentences, current = [], []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line.strip():
            if current: sentences.append(current)
            current = []
        else: current.append(line.rsplit("\t", 1))
    return sentences + ([current] if current else [])

def gold(sentence):
    spans, i, n = [], 0, len(sentence)
    while i < n:
        label = sentence[i][1]
        if label == "O": i += 1; continue
        kind, j = label[2:], i + 1
        while j < n and sentence[j][1] == "I-" + kind: j += 1
        spans.append((KINDS.get(kind), i, j)); i = j
    out = []
    for kind, a, z in spans:
        if sentence[a][0].lower() in ("the", "a", "an") and z > a + 1: a += 1
        if kind and " ".join(w for w, _ in sentence[a:z]).lower() not in PASSED: out.append((kind, a, z))
    return out

def main():
    p = argparse.ArgumentParser()
    for name in ("tool", "data", "gazetteer", "file"): p.add_argument(name)
    p.add_argument("--errors", nargs=2)
    args = p.parse_args()
    sentences, starts = read(args.file), []
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        for n, s in enumerate(sentences):
            text, at = "", []
            for word, _ in s:
                glued = re.match(r"^[,.;:!?)\]%]|^'s$|^’s$|^[-’/]$", word) or re.search(r"[(\[]$|\w[-’/]$", text)
                if text and not glued: text += " "
                at.append((len(text.encode()), len((text + word).encode()))); text += word
            starts.append(at)
            out.write(json.dumps({"id": str(n), "text": text}) + "\n")
        out.flush()
        lines = subprocess.run([args.tool, args.data, args.gazetteer, out.name], capture_output=True, check=True).stdout.decode()
    found = collections.defaultdict(list)
    for line in lines.splitlines():
        f = line.split("\t")
        if f[5] == "pronoun": continue
        at = starts[int(f[0])]
        cover = [i for i, (a, z) in enumerate(at) if a < int(f[3]) and z > int(f[2])]
        if cover: found[int(f[0])].append((f[1], cover[0], cover[-1] + 1, f[10]))
    stats, errors = collections.defaultdict(collections.Counter), collections.Counter()
    for n, s in enumerate(sentences):
        g, have = gold(s), found[n]
        g += [("party", a, z) for k, a, z in g if k in ("person", "organisation")]
        have += [("party",) + m[1:] for m in have if m[0] in ("person", "organisation")]
        for kind, a, z in g:
            stats[kind]["gold"] += 1
            same = [m for m in have if m[0] == kind and m[1] < z and m[2] > a]
            stats[kind]["exact"] += any(m[1] == a and m[2] == z for m in same)
            stats[kind]["overlap"] += bool(same)
            if not any(m[1] == a and m[2] == z for m in same): errors[kind, "missed", " ".join(w for w, _ in s[a:z]), " / ".join(f"{m[0]}:{m[3]}" for m in have if m[1] < z and m[2] > a)] += 1
        for m in have:
            stats[m[0]]["system"] += 1
            touch = [x for x in g if x[0] == m[0] and x[1] < m[2] and x[2] > m[1]]
            stats[m[0]]["right"] += bool(touch)
            if not touch: errors[m[0], "false", m[3], " ".join(w for w, _ in s[max(0, m[1] - 3):m[2] + 3])] += 1
    for kind, c in sorted(stats.items()):
        def f(hit, right):
            pr, rc = right / max(1, c["system"]), hit / max(1, c["gold"])
            return 200 * pr * rc / max(1e-9, pr + rc)
        print(f"{kind:13} gold {c['gold']:5} system {c['system']:5}  exact F {f(c['exact'], c['exact']):5.1f}  overlap F {f(c['overlap'], c['right']):5.1f} (P {100*c['right']/max(1,c['system']):.1f} R {100*c['overlap']/max(1,c['gold']):.1f})")
    if args.errors:
        for (kind, what, text, around), n in errors.most_common():
            if kind == args.errors[1] and int(args.errors[0]) > 0:
                args.errors[0] = str(int(args.errors[0]) - 1); print(n, what, repr(text), "|", around)

main()
