"""Coded documents cut into words and windows, with what the encoder is to tell of each word and of pairs of words.

In: documents, their claims as coding.py writes them, and the program, which cuts documents into words and resolves their
dates. Out: windows, each some sentences that are read together.
"""
import json
import subprocess
import tempfile

KINDS = ("happening", "status", "role")
PAIRS = ("actor", "recipient", "place", "date", "claimant", "weapon", "associate", "killed", "injured", "same")
KEYS = (("weapons", "weapon"), ("places", "place"), ("targets", "recipient"), ("helpers", "associate"),
        ("actors", "actor"), ("claimant", "claimant"))
CODERS = ("others", "followed")  # who coded: others have habits that the encoder is not to follow
SMALL = ("the", "a", "an", "of", "'s")
WINDOW = 290  # pieces: ENCODER_WINDOW of src/syntax/encoder_format.h


def told_by(sitrep, command, docs):
    """What the program prints of the documents."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
        for d in docs:
            f.write(json.dumps(d, ensure_ascii=False) + "\n")
        f.flush()
        return subprocess.run([sitrep, command, "-q", "--from", "jsonl", f.name], capture_output=True, text=True,
                              check=True).stdout


def cut_into_words(sitrep, docs):
    """The sentences of each document: lists of (word, start, end)."""
    told = told_by(sitrep, "parse", [{"id": d["id"], "text": d["text"]} for d in docs])
    blocks, k = [b.split("\n") for b in told.strip().split("\n\n")], 0
    for d in docs:
        at, sentences = 0, []
        while k < len(blocks):
            found, here = [], at
            for line in blocks[k]:
                row = line.split("\t")
                if line.startswith("#") or not row[0].isdigit():
                    continue
                start = d["text"].find(row[1], here)
                if start < 0 or start > here + 400:
                    found = None
                    break
                here = start + len(row[1])
                found.append((row[1], start, here))
            if found is None:
                break
            sentences.append(found)
            at = here
            k += 1
        yield sentences


def dates_in(sitrep, docs):
    """By document: (start, end, EDTF) of the dates that it names."""
    out = {}
    for line in told_by(sitrep, "mentions", docs).splitlines():
        m = json.loads(line)
        if m["kind"] == "date" and m["edtf"]:
            out.setdefault(m["document"]["id"], []).append((m["start"], m["end"], m["edtf"]))
    return out


class Told:
    """What a net tells of a window: of each kind the likelihoods [word, name], of words that ask the roles [word, role]."""

    def __init__(self, kinds, roles):
        self.kinds, self.roles = kinds, roles


class Window:
    """Words with labels of each kind, and pairs of words."""

    def __init__(self, words):
        self.words = [w for w, _, _ in words]
        self.spans = [(a, b) for _, a, b in words]
        for kind in KINDS:
            setattr(self, kind, ["-"] * len(words))
        self.pairs = []   # (asking word, answering word, role)
        self.rows = set()  # words that ask
        self.told = None   # by a teacher: Told
        self.is_coded = True  # else the teacher alone tells
        self.coders = CODERS.index("followed")

    def words_in(self, start, end):
        return [i for i, (a, b) in enumerate(self.spans)
                if a < end and start < b and self.words[i].lower() not in SMALL]


def windows(sentences, pieces):
    """As encoder.c packs them."""
    out, here, size = [], [], 0
    for s in filter(None, sentences):
        n = sum(len(pieces.of(w)) for w, _, _ in s)
        if here and size + n > WINDOW:
            out.append(Window(here))
            here, size = [], 0
        here, size = here + s, size + n
    return out + ([Window(here)] if here else [])


def occurrences(text, phrase, low, high):
    at = text.find(phrase, low)
    while 0 <= at < high:
        yield at
        at = text.find(phrase, at + 1)


def parts_of(claim):
    """(role, phrase) of all that the claim names."""
    for key, role in KEYS:
        phrases = claim.get(key) or []
        yield from ((role, p) for p in ([phrases] if isinstance(phrases, str) else phrases))
    if claim.get("date_text"):
        yield "date", claim["date_text"]
    for key in ("killed", "injured"):
        if claim.get(key) and claim[key].get("text"):
            yield key, claim[key]["text"]


def label_parts(window, text, claim, rows, at):
    """Of several places where a phrase stands that in the claim's sentence counts, then the nearest to the trigger."""
    low, high = window.spans[0][0], window.spans[-1][1]
    start = text.find(claim["sentence"])
    end = start + len(claim["sentence"])
    for role, phrase in parts_of(claim):
        found = list(occurrences(text, phrase, low, high)) if phrase else []
        if not found:
            continue
        best = min(found, key=lambda x: (not start <= x < end, abs(x - at)))
        for j in window.words_in(best, best + len(phrase)):
            if role not in ("killed", "injured"):
                window.role[j] = role
            window.pairs += [(i, j, role) for i in rows]


def label_far_date(window, claim, dates, rows):
    """A day that the claim's own sentence does not name: every expression that means it."""
    if claim.get("date_text") or not claim.get("date"):
        return
    for start, end, edtf in dates:
        if edtf == claim["date"]:
            window.pairs += [(i, j, "date") for i in rows for j in window.words_in(start, end)]


def label_claim(all_windows, text, claim, dates):
    """(window, words of the trigger, event) of the claim, where its trigger is found."""
    at = text.find(claim["trigger"], text.find(claim["sentence"]))
    for w in all_windows if at >= 0 else ():
        if not w.spans[0][0] <= at < w.spans[-1][1]:
            continue
        rows = w.words_in(at, at + len(claim["trigger"]))
        if not rows:
            continue
        w.rows.update(rows)
        for i in rows:
            w.happening[i], w.status[i] = claim["type"], claim["status"]
        label_far_date(w, claim, dates, rows)
        label_parts(w, text, claim, rows, at)
        yield w, rows, claim.get("event")


def label(all_windows, text, claims, dates):
    triggers = [t for c in claims for t in label_claim(all_windows, text, c, dates)]
    for a in triggers:
        for b in triggers:
            if a is not b and a[0] is b[0] and a[2] and a[2] == b[2]:
                a[0].pairs += [(i, j, "same") for i in a[1] for j in b[1]]


def read_coded(sitrep, pieces, paths, coders="followed"):
    """The windows of the documents of DOCS CLAIMS [DOCS CLAIMS]…"""
    for docs_path, claims_path in zip(paths[::2], paths[1::2]):
        docs = [json.loads(line) for line in open(docs_path, encoding="utf-8")]
        claims = {}
        for line in open(claims_path, encoding="utf-8"):
            c = json.loads(line)
            claims.setdefault(c["doc"], []).append(c)
        dates = dates_in(sitrep, docs)
        for d, cut in zip(docs, cut_into_words(sitrep, docs)):
            found = windows(cut, pieces)
            label(found, d["text"], claims.get(d["id"], []), dates.get(d["id"], []))
            for w in found:
                w.coders = CODERS.index(coders)
            yield from found
