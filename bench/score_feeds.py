#!/usr/bin/env python3
"""Items of feeds against the JSON that another reader of feeds (rss-parser, for JavaScript) made of them.

    score_feeds.py DIR [--feeds build/bench/feeds] [--differences N]

DIR holds input/ with feeds and output/ with the expected JSON of the same names. Compared are the number of items and, for
each item in its place, title, link, day, author, identifier and content, where the expected JSON has one: white space
aside; titles, authors and content without tags and references, dates as the days that the feed writes."""
import argparse
import collections
import html
import json
import os
import re
import subprocess


def plain(s):
    if not isinstance(s, str):
        s = json.dumps(s) if s else ""
    s = re.sub(r"<(script|style)\b.*?</\1>", " ", s, flags=re.S | re.I)
    s = re.sub(r"</?(a|b|i|em|strong|sub|sup|span)\b[^>]*>", "", s, flags=re.S | re.I)
    s = html.unescape(html.unescape(re.sub(r"<[/!]?[a-zA-Z][^>]*>|<!--.*?-->", " ", s, flags=re.S)))
    return re.sub(r"\W+", " ", s).strip().lower()


MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def day(item):
    """The day as the feed writes it; isoDate, which is UTC, where it writes none."""
    written = re.search(r"(\d{1,2}) (\w{3}) (\d{4})", item.get("pubDate") or "")
    if written and written[2] in MONTHS:
        return f"{written[3]}-{MONTHS.index(written[2]) + 1:02}-{int(written[1]):02}"
    iso = re.match(r"\d{4}-\d\d-\d\d", item.get("pubDate") or "")
    return iso[0] if iso else (item.get("isoDate") or "")[:10]


def words(s):
    return collections.Counter(plain(s).split())


def same_words(a, b):
    a, b = words(a), words(b)
    total = sum(a.values()) + sum(b.values())
    return total == 0 or 2 * sum((a & b).values()) / total >= 0.98


def load(path):
    data = open(path, "rb").read()
    try:
        return json.loads(data.decode())["feed"]
    except UnicodeDecodeError:
        return json.loads(data.decode("latin-1"))["feed"]


def fullest(item):
    texts = [item.get(k) or "" for k in ("content:encoded", "content", "summary", "description", "itunes:summary")]
    if isinstance(item.get("itunes"), dict):
        texts.append(item["itunes"].get("summary") or "")
    return max((t if isinstance(t, str) else json.dumps(t) for t in texts), key=lambda t: len(plain(t)))


def expected(item):
    author = item.get("creator") or item.get("dc:creator") or item.get("author")
    if not author and isinstance(item.get("itunes"), dict):
        author = item["itunes"].get("author")
    return {"title": item.get("title"), "url": item.get("link"), "published": day(item), "author": author,
            "id": item.get("guid") or item.get("id") or item.get("rdf:about"), "content": fullest(item)}


def agrees(field, theirs, ours):
    if field in ("title", "author"):
        return plain(theirs) == plain(ours)
    if field == "content":
        return same_words(theirs, ours)
    return "".join(str(theirs).split()) == "".join(str(ours or "").split())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dir")
    parser.add_argument("--feeds", default="build/bench/feeds")
    parser.add_argument("--differences", type=int, default=0, help="show up to N of each field and feed")
    args = parser.parse_args()
    right, all_, counts, shown = collections.Counter(), collections.Counter(), [], collections.Counter()
    inputs = {os.path.splitext(n)[0]: n for n in sorted(os.listdir(args.dir + "/input"))}
    for name, file in inputs.items():
        gold = f"{args.dir}/output/{name}.json"
        if not os.path.exists(gold):
            continue
        run = subprocess.run([args.feeds, f"{args.dir}/input/{file}"], capture_output=True, text=True)
        ours, theirs = [json.loads(line) for line in run.stdout.splitlines()], load(gold).get("items", [])
        counts.append((file, len(ours), len(theirs)))
        for mine, item in zip(ours, theirs):
            for field, value in expected(item).items():
                if not value:
                    continue
                all_[field] += 1
                if agrees(field, value, mine[field]):
                    right[field] += 1
                    continue
                shown[name, field] += 1
                if shown[name, field] <= args.differences:
                    print(f"{file} {field}: {str(value)[:160]!r} != {str(mine[field])[:160]!r}")
    wrong = [c for c in counts if c[1] != c[2]]
    print(f"feeds {len(counts)}, items {sum(c[2] for c in counts)}, number of items the same in {len(counts) - len(wrong)}", *wrong)
    for field in all_:
        print(f"{field:10} {right[field]:6} of {all_[field]:6}  {right[field] / all_[field]:.4f}")
    if args.differences:
        for (name, field), n in sorted(shown.items()):
            print(f"    {name} {field}: {n}")


main()
