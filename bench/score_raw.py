#!/usr/bin/env python3
"""Everything that `sitrep parse` finds in raw text, against a treebank, after the CoNLL 2018 shared task.

    score_raw.py GOLD.conllu [--sitrep build/sitrep] [--guise NAME] [--show N] [--syntax]

Raw text is put together from the treebank's words (SpaceAfter), an empty line between paragraphs (newpar, newdoc),
and may be put into another guise: capitals, small letters, typographic quotes, lost punctuation. Words are spans of
characters other than white space; two words are the same where their spans are. A word's tag, head, relation or lemma is
right where the word was found and so is what it points to; F1 over all words of both sides. Multi-word tokens that
are spelled as their parts ("don't" = do + n't) count as words; relations are universal (before the colon).
--show prints what was cut otherwise than in the treebank; --syntax feeds the treebank's own words instead."""
import argparse
import collections
import difflib
import os
import subprocess
import tempfile


class Word:
    """One word of either side: its dense span comes later."""

    def __init__(self, columns, form, space):
        self.form, self.space = form, space
        self.lemma, self.upos, self.head, self.rel = columns[2], columns[3], int(columns[6]), columns[7].split(":")[0]
        self.span = self.parent = None


def read_conllu(path):
    """[(starts a paragraph, [Word])]; a word's parent is the Word, None at the root."""
    sentences, rows, new = [], [], True
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith(("# newpar", "# newdoc")):
            new = True
        elif line and not line.startswith("#"):
            rows.append(line.split("\t"))
        elif not line and rows:
            sentences.append((new, make_words(rows)))
            rows, new = [], False
    if rows:
        sentences.append((new, make_words(rows)))
    return sentences


def make_words(rows):
    words, by_id, token, last, first = [], {}, None, 0, 0
    for row in rows:
        if "." in row[0]:
            continue
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            token = row
            continue
        number = int(row[0])
        within = token is not None and number <= last
        space = "SpaceAfter=No" not in (token if within else row)[9] and (not within or number == last)
        word = Word(row, row[1], space)
        if within and not spelled_as_parts(rows, token, first, last):
            word.form = token[1] if number == first else ""
        by_id[number] = word
        words.append(word)
    for word in words:
        word.parent = by_id.get(word.head)
    return words


def spelled_as_parts(rows, token, first, last):
    return token[1] == "".join(r[1] for r in rows if r[0].isdigit() and first <= int(r[0]) <= last)


# ---- guises: each changes forms; a word whose form becomes empty goes, its children move to its head ----

def typographic(form, seen):
    out = ""
    for c in form:
        if c == '"':
            seen["quotes"] += 1
            c = "“" if seen["quotes"] % 2 else "”"
        out += "’" if c in "'`" else c
    return out.replace("--", "—").replace("...", "…")


def same_length(fold):
    return lambda form, seen: "".join(fold(c) if len(fold(c)) == 1 else c for c in form)


GUISES = {
    "plain": lambda form, seen: form,
    "upper": same_length(str.upper),
    "lower": same_length(str.lower),
    "title": lambda form, seen: form[:1].upper() + form[1:],
    "typographic": typographic,
    "no-apostrophes": lambda form, seen: form if form in "''" else "".join(c for c in form if c not in "'’`"),
    "no-commas": lambda form, seen: "" if form in ",;:" else form,
    "no-stops": lambda form, seen: form,
}

CASELESS = ("upper", "lower", "title")  # lemmas of names are compared without case there


def put_on(guise, sentences):
    seen = collections.Counter()
    for _, words in sentences:
        for word in words:
            word.form = GUISES[guise](word.form, seen)
        if guise == "no-stops" and words[-1].form and words[-1].form in "....!!!???" and len(words) > 1:
            words[-1].form = ""
            words[-2].space = True


def without_empty(sentences):
    kept = []
    for new, words in sentences:
        for a, b in zip(words, words[1:]):
            if not b.form and b.space:
                a.space = True
        for word in words:
            while word.parent is not None and not word.parent.form:
                word.parent = word.parent.parent
        words = [w for w in words if w.form]
        if words:
            kept.append((new, words))
    return kept


# ---- raw text and spans ----

def raw_text(sentences):
    text = []
    for new, words in sentences:
        if new and text:
            text.append("\n\n")
        for word in words:
            text.append(word.form + (" " if word.space else ""))
    return "".join(text) + "\n"


def is_space(c):
    return c.isspace() or c in "\u200b\u200c\u200d\ufeff\u2060\u00ad\u200e\u200f"


def dense(text):
    return "".join(c for c in text if not is_space(c))


def give_spans(sentences):
    at = 0
    for _, words in sentences:
        for word in words:
            n = len(dense(word.form))
            word.span = (at, at + n)
            at += n


def realign(gold, system):
    """Where the reader changed characters, moves the system's spans to the gold text's."""
    a = "".join(dense(w.form) for _, ws in gold for w in ws)
    b = "".join(dense(w.form) for _, ws in system for w in ws)
    if a == b:
        return
    place = [-1] * (len(b) + 1)
    for m in difflib.SequenceMatcher(None, b, a, autojunk=False).get_matching_blocks():
        for k in range(m.size + 1):
            place[m.a + k] = m.b + k
    for _, words in system:
        for w in words:
            w.span = (place[w.span[0]], place[w.span[1] - 1] + 1 if w.span[1] else 0)
    print("note: the reader changed the text; %d characters of gold, %d read" % (len(a), len(b)))


# ---- scores ----

def parse(sitrep, text, syntax_file):
    with tempfile.TemporaryDirectory() as folder:
        source, out = os.path.join(folder, "raw.txt"), os.path.join(folder, "out.conllu")
        if not syntax_file:
            open(source, "w", encoding="utf-8").write(text)
        command = [sitrep, "parse", "-q", "--from", "conllu" if syntax_file else "text", syntax_file or source]
        with open(out, "wb") as f:
            subprocess.run(command, stdout=f, check=True)
        return read_conllu(out)


def f1(right, gold, system):
    return 200.0 * right / max(1, gold + system)


def scores(gold, system, fold=str):
    g = {w.span: w for _, ws in gold for w in ws}
    s = {w.span: w for _, ws in system for w in ws}
    both = [(g[k], s[k]) for k in g if k in s]
    n, m = sum(len(ws) for _, ws in gold), sum(len(ws) for _, ws in system)

    def over(test):
        return f1(sum(test(a, b) for a, b in both), n, m)

    def heads(a, b):
        return (a.parent.span if a.parent else None) == (b.parent.span if b.parent else None)
    ends = [{(ws[0].span[0], ws[-1].span[1]) for _, ws in side} for side in (gold, system)]
    return [("tokens", over(lambda a, b: True)),
            ("sentences", f1(len(ends[0] & ends[1]), len(ends[0]), len(ends[1]))),
            ("UPOS", over(lambda a, b: a.upos == b.upos)),
            ("UAS", over(heads)),
            ("LAS", over(lambda a, b: heads(a, b) and a.rel == b.rel)),
            ("lemma", over(lambda a, b: fold(a.lemma) == fold(b.lemma) or a.lemma == "_"))]


# ---- differences ----

def show(gold, system, n):
    text = "".join(dense(w.form) + " " for _, ws in gold for w in ws)
    plain = text.replace(" ", "")
    g = [w.span for _, ws in gold for w in ws]
    s = [w.span for _, ws in system for w in ws]
    starts = sorted({a for a, _ in g} & {a for a, _ in s}) + [len(plain)]
    cuts = [collections.defaultdict(list), collections.defaultdict(list)]
    for spans, cut in zip((g, s), cuts):
        k = 0
        for a, b in spans:
            while starts[k + 1] <= a and k + 2 < len(starts):
                k += 1
            cut[k].append((a, b))
    counts = collections.Counter()
    for k in range(len(starts) - 1):
        if cuts[0][k] != cuts[1][k]:
            counts["gold [%s] system [%s]" % tuple(" ".join(plain[a:b] for a, b in c[k]) for c in cuts)] += 1
    for what, count in counts.most_common(n):
        print(count, what)
    spaced = {w.span[1]: (i, j) for i, (_, ws) in enumerate(gold) for j, w in enumerate(ws)}
    flat = [w for _, ws in gold for w in ws]
    order = {w.span[1]: i for i, w in enumerate(flat)}
    ends = [{ws[-1].span[1] for _, ws in side} for side in (gold, system)]
    for name, missing in (("missed", ends[0] - ends[1]), ("extra", ends[1] - ends[0])):
        print("---", name, len(missing))
        for end in sorted(e for e in missing if e in order)[:n]:
            i = order[end] + 1
            left, right = flat[max(0, i - 9):i], flat[i:i + 7]
            print("   ", " | ".join("".join(w.form + (" " if w.space else "") for w in side) for side in (left, right)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--sitrep", default="build/sitrep")
    parser.add_argument("--guise", default="plain", choices=sorted(GUISES) + ["all"])
    parser.add_argument("--show", type=int, default=0, metavar="N")
    parser.add_argument("--syntax", action="store_true")
    args = parser.parse_args()
    for path in args.gold:
        for guise in (GUISES if args.guise == "all" else [args.guise]):
            gold = read_conllu(path)
            put_on(guise, gold)
            gold = without_empty(gold)
            system = parse(args.sitrep, raw_text(gold), path if args.syntax else None)
            give_spans(gold)
            give_spans(system)
            realign(gold, system)
            row = scores(gold, system, str.lower if guise in CASELESS else str)
            name = "%s %s" % (os.path.basename(path).replace(".conllu", ""), guise)
            print("%-32s" % name + "  ".join("%s %.2f" % pair for pair in row), flush=True)
            if args.show:
                show(gold, system, args.show)


if __name__ == "__main__":
    main()
