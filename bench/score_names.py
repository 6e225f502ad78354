#!/usr/bin/env python3
"""How many names are read whole: each is put into a sentence of a report, and some mention must have just its words.

    score_names.py towns SITREP CITIES.txt [PEOPLE [MOST]]   names of a table of GeoNames (cities500.txt) with at least PEOPLE
    score_names.py actors SITREP ACTORS.txt...               every spelling of the tables of actors: known as the actor?

Towns are parted into names of one word and of several. Of actors a spelling of common words ("regime forces") or of several
actors counts only where the sentence alone tells whose it is, so that not all can be found. What is missed is printed.
"""
import collections
import json
import random
import re
import subprocess
import sys

FRAMES = ("Gunmen attacked {} on Monday.", "Shells hit {}, killing six people.", "Police in {} arrested two men.",
          "Fighting spread to {} and other towns, officials said.")
SPEECH = ("{} said on Monday that six soldiers were killed.", "The army clashed with {} near the border.",
          "Fighters from {} attacked a village.")


def mentions(sitrep, frames, names):
    """The mentions of each name's sentence, by its number."""
    docs = "".join(json.dumps({"id": str(i), "text": frames[i % len(frames)].format(name)}) + "\n"
                   for i, name in enumerate(names))
    told = subprocess.run([sitrep, "mentions", "-q", "--from", "jsonl", "--to", "jsonl", "-"], input=docs, text=True,
                          capture_output=True, check=True).stdout
    found = collections.defaultdict(list)
    for line in told.splitlines():
        m = json.loads(line)
        found[int(m["document"]["id"])].append(m)
    return found


def report(label, names, missed):
    print(f"{label}: {len(names)} names, {100 * (1 - len(missed) / max(1, len(names))):.1f} % found")
    for name in missed:
        print("   ", name)


def score_towns(sitrep, path, people=50000, most=1500):
    with open(path, encoding="utf-8") as f:
        rows = [line.rstrip("\n").split("\t") for line in f]
    names = sorted({r[1] for r in rows if r[6] == "P" and int(r[14] or 0) >= int(people)})
    random.Random(3).shuffle(names)
    for label, wanted in (("several words", True), ("one word", False)):
        some = [n for n in names if bool(re.search(r"[ '-]", n)) == wanted][:int(most)]
        found = mentions(sitrep, FRAMES, some)
        report(label, some, [n for i, n in enumerate(some)
                             if n not in {m["text"] for m in found[i] if m["kind"] == "location"}])


def score_actors(sitrep, *paths):
    known = collections.defaultdict(set)
    for path in paths:
        with open(path, encoding="utf-8") as f:
            for row in (line.split("|") for line in f if not line.startswith("#")):
                for name in [row[4], *row[5].split(";")] if len(row) > 5 else row[4:5]:
                    known[name.strip()].add(row[0].strip())
    names = sorted(n for n in known if n)
    found = mentions(sitrep, SPEECH, names)
    report("actors", names, [n for i, n in enumerate(names) if not known[n] & {m.get("entity") for m in found[i]}])


def main(argv):
    if len(argv) >= 4 and argv[1] == "towns":
        return score_towns(*argv[2:])
    if len(argv) >= 4 and argv[1] == "actors":
        return score_actors(*argv[2:])
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv))
