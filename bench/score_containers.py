#!/usr/bin/env python3
"""What each archive below a folder yields: a line a file with its records, the documents read of it, what was passed
over and what was told; and where another reader (warcio of PyPI, if it can be imported) can read the archive as well,
whether it finds the same pages: every HTML, XHTML or plain text answer of status 200, resource and conversion that
it gives (but robots.txt and what crawlers say of themselves) must have been read with the same address and the same bytes after decoding.

    python3 bench/score_containers.py [--program build/bench/containers] FOLDER…"""
import argparse
import hashlib
import json
import pathlib
import subprocess
import sys

try:
    from warcio.archiveiterator import ArchiveIterator
except ImportError:
    ArchiveIterator = None

TYPES = ("text/html", "application/xhtml+xml", "text/plain")
ENDS = (".warc", ".arc", ".wet", ".wat", ".gz", ".bad", ".wacz", ".zip")


def of_warcio(path):
    """(url, sha256) of every page, in order; None where warcio gives up."""
    found = []
    try:
        with path.open("rb") as f:
            for r in ArchiveIterator(f, arc2warc=True):
                kind = r.rec_headers.get_header("WARC-Type")
                status = r.http_headers.get_statuscode() if r.http_headers else "200"
                headers = r.http_headers if r.http_headers else r.rec_headers
                media = (headers.get_header("Content-Type") or "").split(";")[0].strip().lower()
                url = r.rec_headers.get_header("WARC-Target-URI") or ""
                if kind not in ("response", "resource", "conversion") or status != "200" or media not in TYPES \
                        or url.endswith("/robots.txt") \
                        or url.startswith("metadata:"):
                    continue
                found.append((url, hashlib.sha256(r.content_stream().read()).hexdigest()))
    except Exception as why:  # whatever a reader may throw at a damaged file
        return found, f"{type(why).__name__}: {why}"[:90].replace("\n", " ")
    return found, None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="build/bench/containers")
    parser.add_argument("folders", nargs="+", type=pathlib.Path)
    options = parser.parse_args()
    totals = {"files": 0, "documents": 0, "same": 0, "missing": 0, "more": 0}
    print("| file | read | text | passed over, told | warcio |\n|---|---|---|---|---|")
    for folder in options.folders:
        for path in sorted(p for p in folder.rglob("*") if p.name.endswith(ENDS) and "paths" not in p.name):
            done = subprocess.run([options.program, path], capture_output=True, text=True)
            if done.returncode:
                print(f"{path}: {done.returncode} {done.stderr}", file=sys.stderr)
            rows = [json.loads(line) for line in done.stdout.splitlines()]
            documents = [r for r in rows if "sha256" in r]
            told = [r.get("note") or r.get("fault") for r in rows if "sha256" not in r]
            told += [n for d in rows if "sha256" in d or "notes" in d for n in d.get("notes", [])]
            other = "not tried"
            if ArchiveIterator:
                pages, gave_up = of_warcio(path)
                mine = [(d.get("url"), d["sha256"]) for d in documents]
                same = sum(1 for p in pages if p in mine)
                missing = [p for p in pages if p not in mine]
                more = len(mine) - same
                totals["same"] += same
                totals["missing"] += len(missing)
                totals["more"] += more
                other = f"{same} the same" + (f", {len(missing)} only there" if missing else "") \
                    + (f", {more} only here" if more else "") + (f"; gave up: {gave_up}" if gave_up else "")
            totals["files"] += 1
            totals["documents"] += len(documents)
            name = path.relative_to(folder.parent)
            print(f"| {name} | {len(documents)} | {sum(d['text'] for d in documents)} | {'; '.join(told) or '–'} | {other} |")
    print("\n" + ", ".join(f"{k} {v}" for k, v in totals.items()))


if __name__ == "__main__":
    main()
