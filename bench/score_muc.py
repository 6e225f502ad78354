#!/usr/bin/env python3
"""Recall of the answers to MUC-3/4's questions over sitrep's claims, by head word.

    score_muc.py docs TEXTS... > docs.jsonl               texts as they were given out (in capitals)
    score_muc.py score SYSTEM.jsonl KEYS... [--misses]    keys: the filled-in templates of those texts

Asked of each text that has a template: the individuals and the organisations that did it, the people it befell, the things
that were struck, the instruments. An answer is a set of phrases of which any will do ("FMLN" / "FARABUNDO MARTI …"); answers
in brackets or marked "?" are optional and are not asked. It is found where a claim of the text holds a phrase with the same
head word (the last word before "OF", "IN", "FROM", a comma or a bracket) in the role: actors and associates for who did it;
recipients, and the phrases of the dead and injured, for people; recipients and places for things; weapons for instruments.
`in claims` counts an answer whose head word stands in any role of any claim. No credit is taken off for what is said too
much: claims tell more than MUC asked for.
"""
import collections, json, re, sys

SLOTS = {"9": "perpetrator, individual", "10": "perpetrator, organisation", "12": "physical target", "18": "victim, name",
         "19": "victim, description", "6": "instrument"}


def head(phrase):
    phrase = re.split(r",|\(|\[| OF | IN | FROM | WHO | WITH | AT ", phrase.upper().strip())[0]
    found = re.findall(r"[A-ZÑÁÉÍÓÚÜ0-9]+(?:[-'][A-Z0-9]+)*", phrase)
    return stem(found[-1]) if found else ""


def stem(word):
    return word[:-1] if word.endswith("S") and len(word) > 3 else word


def documents(paths):
    for path in paths:
        name, lines = None, []
        for line in open(path, encoding="latin-1"):
            begin = re.match(r"((?:DEV|TST\d)-MUC\d-\d{4})\b", line)
            if begin:
                if name: yield name, "".join(lines)
                name, lines = begin.group(1), []
            elif name: lines.append(line)
        if name: yield name, "".join(lines)


def answers(paths):
    """(text, slot, phrases) of every answer that must be found, once a text."""
    seen = set()
    for path in paths:
        name, slot = None, None
        for line in open(path, encoding="latin-1"):
            if line.startswith(";"): continue
            field = re.match(r"(\d+)\.\s+[A-Z :]+?\s{2,}(.*)", line)
            if field:
                slot, value = field.group(1), field.group(2)
                if slot == "0": name = re.match(r"[A-Z0-9-]+", value).group(0)
            else: value = line.strip()
            if slot not in SLOTS or not name or value.startswith(("?", "(")): continue
            phrases = tuple(re.findall(r'"([^"]+)"', value.split(":")[0] if slot == "18" else value))
            if not phrases or (name, slot, head(phrases[0])) in seen: continue
            seen.update((name, slot, head(p)) for p in phrases)
            yield name, slot, phrases


def roles_of(claim):
    parts = collections.defaultdict(list)
    for a in claim["actors"]: parts[a["role"]].append(a["text"])
    parts["place"] = [p["text"] for p in claim["places"]]
    parts["weapon"] = [w["text"] for w in claim["weapons"]]
    parts["harm"] = [q["text"] for q in (claim.get("killed"), claim.get("injured")) if q and q.get("text")]
    parts["trigger"] = [claim["trigger"]["text"]]
    return parts


WANTED = {"9": ("actor", "associate"), "10": ("actor", "associate"), "12": ("recipient", "place"),
          "18": ("recipient", "harm"), "19": ("recipient", "harm"), "6": ("weapon", "trigger")}


def words(text):
    return {stem(w) for w in re.findall(r"[A-ZÑÁÉÍÓÚÜ0-9]+(?:[-'][A-Z0-9]+)*", text.upper())}


def read_claims(path):
    held = collections.defaultdict(lambda: collections.defaultdict(set))
    for line in open(path, encoding="utf-8"):
        claim = json.loads(line)
        for role, texts in roles_of(claim).items():
            for text in texts:
                held[claim["document"]["id"]][role] |= words(text) if role in ("harm", "trigger", "weapon") else words(text) & {head(text)} | {head(text)}
    return held


def main(argv):
    if argv[1] == "docs":
        for name, text in documents(argv[2:]): print(json.dumps({"id": name, "text": re.sub(r"[ \t]*\n(?=\S)", " ", text)}))
        return
    misses = "--misses" in argv
    held = read_claims(argv[2])
    asked, found, anywhere = collections.Counter(), collections.Counter(), collections.Counter()
    for name, slot, phrases in answers([p for p in argv[3:] if p != "--misses"]):
        heads, parts = {head(p) for p in phrases}, held[name]
        right = any(heads & parts[r] for r in WANTED[slot])
        asked[slot] += 1; found[slot] += right
        anywhere[slot] += any(heads & v for v in parts.values())
        if misses and not right: print(name, SLOTS[slot], " / ".join(phrases), sep="\t")
    for slot, what in SLOTS.items():
        print("%-26s recall %5.1f  in claims %5.1f   (of %d)" % (what, 100 * found[slot] / max(1, asked[slot]), 100 * anywhere[slot] / max(1, asked[slot]), asked[slot]))
    n = sum(asked.values())
    print("%-26s recall %5.1f  in claims %5.1f   (of %d)" % ("all", 100 * sum(found.values()) / max(1, n), 100 * sum(anywhere.values()) / max(1, n), n))


if __name__ == "__main__":
    main(sys.argv)
