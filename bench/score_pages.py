#!/usr/bin/env python3
"""Main text and metadata of web pages against what a reader view makes of them.

    score_pages.py DIR [--pages build/bench/pages] [--worst N]

DIR holds a folder a page with source.html, expected.html, expected-metadata.json. Text: F1 of the words (as
bags), averaged over pages; the title that stands in front of our text is not counted. Title, author and date:
share of the pages that have one on which ours is the same (white space, case and a leading "by" aside; dates
by day)."""
import argparse
import collections
import html.parser
import json
import os
import re
import subprocess


class Text(html.parser.HTMLParser):
    BLOCKS = set("p div section article h1 h2 h3 h4 h5 h6 li ul ol table tr td th br blockquote pre figure figcaption "
                 "dl dt dd header footer main tbody thead hr".split())
    SKIP = {"script", "style", "noscript", "svg", "iframe", "video", "audio", "object", "button", "select", "textarea", "math"}

    def __init__(self):
        super().__init__()
        self.out, self.skip = [], 0

    def handle_starttag(self, tag, attrs):
        if tag in self.BLOCKS:
            self.out.append(" ")
        if tag in self.SKIP:
            self.skip += 1

    def handle_endtag(self, tag):
        if tag in self.BLOCKS:
            self.out.append(" ")
        if tag in self.SKIP and self.skip:
            self.skip -= 1

    def handle_data(self, data):
        if not self.skip:
            self.out.append(data)


def words(text):
    return collections.Counter(re.findall(r"\w+", text.lower()))


def f1(gold, system):
    hit = sum((gold & system).values())
    total = sum(gold.values()) + sum(system.values())
    return 1.0 if total == 0 else 2 * hit / total


def plain(s):
    return re.sub(r"^(by|written by)\s+", "", " ".join((s or "").split()).lower())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dir")
    parser.add_argument("--pages", default="build/bench/pages")
    parser.add_argument("--worst", type=int, default=0)
    args = parser.parse_args()
    names = sorted(n for n in os.listdir(args.dir) if os.path.exists(f"{args.dir}/{n}/source.html"))
    run = subprocess.run([args.pages] + [f"{args.dir}/{n}/source.html" for n in names], capture_output=True, text=True)
    found = {json.loads(line)["id"]: json.loads(line) for line in run.stdout.splitlines()}
    text, exact, rows = [], collections.defaultdict(list), []
    for n in names:
        ours = found.get(f"{args.dir}/{n}/source.html", {})
        meta = json.load(open(f"{args.dir}/{n}/expected-metadata.json", encoding="utf-8"))
        reader = Text()
        reader.feed(open(f"{args.dir}/{n}/expected.html", encoding="utf-8").read())
        body = ours.get("text", "")
        if ours.get("title") and body.startswith(ours["title"]):
            body = body[len(ours["title"]):]
        score = f1(words("".join(reader.out)), words(body))
        text.append(score)
        wrong = []
        for key, theirs, mine in (("title", meta["title"], ours.get("title")), ("author", meta["byline"], ours.get("author")),
                                  ("date", (meta.get("publishedTime") or "")[:10], ours.get("published"))):
            if not theirs:
                continue
            ok = plain(theirs) == plain(mine)
            exact[key].append(ok)
            if not ok:
                wrong.append(f"{key}: {theirs!r} != {mine!r}")
        rows.append((score, n, len(body.split()), sum(words("".join(reader.out)).values()), wrong))
    print("pages %d  text F1 %.4f" % (len(text), sum(text) / len(text)))
    for key in ("title", "author", "date"):
        print("%-6s %.3f of %d" % (key, sum(exact[key]) / max(1, len(exact[key])), len(exact[key])))
    for score, n, a, b, wrong in sorted(rows)[:args.worst]:
        print("%.3f %s: %d words, expected %d" % (score, n, a, b))
    if args.worst:
        for score, n, a, b, wrong in rows:
            for w in wrong:
                print("   ", n, w)


main()
