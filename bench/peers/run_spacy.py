"""Tags and parses with spaCy: run_spacy.py MODEL text FILE | gold FILE.conllu; CoNLL-U on standard output."""
import importlib
import sys

import spacy
from spacy.tokens import Doc


def gold_docs(nlp, path):
    words, spaces = [], []
    for line in open(path, encoding="utf-8"):
        c = line.rstrip("\n").split("\t")
        if len(c) == 10 and c[0].isdigit():
            words.append(c[1])
            spaces.append("SpaceAfter=No" not in c[9])
        elif len(c) == 1 and not line.strip() and words:
            yield Doc(nlp.vocab, words=words, spaces=spaces)
            words, spaces = [], []


def show(doc, whole):
    """The gold sentence is one sentence whatever the parser makes of it: further roots hang on the first."""
    for sentence in ([doc] if whole else doc.sents):
        first = next(iter(sentence)).i
        for t in sentence:
            head = 0 if t.head is t or t.head.i == t.i else t.head.i - first + 1
            print("\t".join((str(t.i - first + 1), t.text.replace("\n", " ") or "_", t.lemma_.replace("\n", " ") or "_",
                             t.pos_, t.tag_, "_", str(head), t.dep_, "_", "_")))
        print()


def main():
    name, kind, path = sys.argv[1:4]
    try:
        nlp = spacy.load(name, exclude=["ner"])
    except OSError:
        nlp = importlib.import_module(name).load(exclude=["ner"])
    docs = gold_docs(nlp, path) if kind == "gold" else open(path, encoding="utf-8").read().split("\n\n")
    for doc in nlp.pipe(docs, batch_size=64):
        if len(doc):
            show(doc, kind == "gold")


main()
