#!/usr/bin/env python3
"""News under open licences, as documents whose codes stand in open.txt.

    open_news.py WIKINEWS EVENTS TREEBANKS > open.jsonl

WIKINEWS: a clone of github.com/vanatteveldt/wikinews (articles of Wikinews, 2019 and 2020, CC BY 2.5). EVENTS: one of
github.com/igorbrigadir/newsir16-data (entries of Wikipedia's "Portal:Current events", September 2015, CC BY-SA 3.0).
TREEBANKS: a folder with en_ewt-train.conllu and gum_ccby-train.conllu (documents of UD English EWT, CC BY-SA 4.0, and of the
openly licensed part of GUM).
Printed: objects with `id`, `date` and `text`, a line each.
"""
import csv
import json
import os
import re
import sys

YEARS = (2019, 2020)


def articles(folder):
    for year in YEARS:
        with open(os.path.join(folder, "data", f"wikinews_{year}.csv"), encoding="utf-8", newline="") as f:
            for n, row in enumerate(csv.DictReader(f)):
                text = re.sub(r"\n{2,}", "\n\n", re.sub(r"[ \t]+\n", "\n", row["text"])).strip()
                yield {"id": f"wikinews-{year}-{n}", "date": row["date"], "text": text}


def entries(folder):
    with open(os.path.join(folder, "wikipedia", "wikitimes_CEP.json"), encoding="utf-8") as f:
        for entry in json.load(f):
            yield {"id": "cep-" + entry["id"], "date": entry["date"],
                   "text": re.sub(r"\s+", " ", entry["description"]).strip()}


def treebank_documents(folder):
    """Documents put together from their sentences; codes tell their days."""
    for name in ("en_ewt-train", "gum_ccby-train"):
        document, starts_paragraph = None, False
        with open(os.path.join(folder, name + ".conllu"), encoding="utf-8") as f:
            for line in f:
                if line.startswith("# newdoc id"):
                    if document:
                        yield document
                    document, starts_paragraph = {"id": line.split("=")[1].strip(), "text": ""}, True
                elif line.startswith("# newpar"):
                    starts_paragraph = True
                elif line.startswith("# text ="):
                    gap = "" if not document["text"] else "\n\n" if starts_paragraph else " "
                    document["text"] += gap + line[9:].rstrip("\n")
                    starts_paragraph = False
        if document:
            yield document


def main(argv):
    if len(argv) != 4:
        print(__doc__, file=sys.stderr)
        return 2
    csv.field_size_limit(10**8)
    for documents in (articles(argv[1]), entries(argv[2]), treebank_documents(argv[3])):
        for d in documents:
            print(json.dumps(d, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
