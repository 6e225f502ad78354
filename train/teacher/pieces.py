"""Word pieces of a BERT-like model."""
import os
import unicodedata

SHAPES = 8


def shape_of(word):
    """Letters' case, which the encoder does not see."""
    if any(c.isdigit() for c in word):
        return 1
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 2
    if all(c.islower() for c in letters):
        return 3
    if all(c.isupper() for c in letters):
        return 4 if len(letters) > 1 else 5
    return 6 if word[0].isupper() and all(c.islower() for c in letters[1:]) else 7


class Pieces:
    """Word pieces of a word, letters without case and accents; longest match first."""

    def __init__(self, folder):
        lines = open(os.path.join(folder, "vocab.txt"), encoding="utf-8").read().split("\n")
        self.ids = {w: i for i, w in enumerate(lines) if w}
        self.unknown, self.first, self.last = (self.ids[w] for w in ("[UNK]", "[CLS]", "[SEP]"))
        self.known = {}

    def parts(self, word):
        """Runs of letters and digits, and every other sign for itself."""
        word = unicodedata.normalize("NFD", word.lower())
        run = ""
        for c in word:
            if unicodedata.category(c) == "Mn":
                continue
            if c.isalnum():
                run += c
                continue
            if run:
                yield run
            run = ""
            if not c.isspace():
                yield c
        if run:
            yield run

    def cut(self, part):
        out, at = [], 0
        while at < len(part):
            end = len(part)
            while end > at and ("##" if at else "") + part[at:end] not in self.ids:
                end -= 1
            if end == at:
                return [self.unknown]
            out.append(self.ids[("##" if at else "") + part[at:end]])
            at = end
        return out

    def of(self, word):
        if word not in self.known:
            self.known[word] = [p for part in self.parts(word) for p in self.cut(part)][:8] or [self.unknown]
        return self.known[word]
