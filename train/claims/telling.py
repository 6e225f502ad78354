#!/usr/bin/env python3
"""Picks news that tells of many happenings, of which no passage is coded: for the encoder's teacher to tell of.

    telling.py NEWS.jsonl CODED.txt SITREP > telling.jsonl

NEWS: an object with `id` and `text` a line. CODED: codes by offsets (coding.py), whose documents are left out, since a net
must not hear from its teacher of what it is kept from. SITREP: the program, whose `read --quick` counts happenings.
"""
import collections
import json
import re
import subprocess
import sys

CLAIMS_A_CHARACTER = 0.0017
SHORT = 300     # characters that a text is taken to be longer than it is: one claim of a line of text is no sign
LONGEST = 7000  # what stands at the end of long texts is mostly background


def main(argv):
    news, coded, sitrep = argv[1:]
    told = subprocess.run([sitrep, "read", "--quick", "-q", "--from", "jsonl", "--to", "jsonl", news], capture_output=True,
                          text=True, check=True).stdout
    claims = collections.Counter(json.loads(line)["document"]["id"] for line in told.splitlines())
    with open(coded, encoding="utf-8") as f:
        known = set(re.findall(r"^report: (\S+)", f.read(), re.M))
    with open(news, encoding="utf-8") as lines:
        for line in lines:
            d = json.loads(line)
            if d["id"] in known or claims[d["id"]] < CLAIMS_A_CHARACTER * (SHORT + len(d["text"])):
                continue
            end = d["text"].rfind("\n", LONGEST // 2, LONGEST) if len(d["text"]) > LONGEST else -1
            print(json.dumps({"id": d["id"], "text": d["text"][:end if end > 0 else LONGEST]}, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv)
