#!/usr/bin/env python3
"""Picks everyday news: documents in which no word of war, crime or protest stands.

    peaceful.py NEWS.jsonl [LIMIT] > peaceful.jsonl

NEWS: an object with `id` and `text` a line. What the codebook's triggers meet in such documents ("a push for reform",
"the team attacked late") are no happenings of violence, force or movement; the judge learns that from them. The words
that exclude a document are those that hardly ever stand in peaceful news; words of two meanings (attack, strike, fire,
target) are not among them, since it is just these that must be told apart.
"""
import json
import re
import sys

WAR = re.compile(
    r"\b(kill|murder|troop|soldier|militan|militar|milit|bomb|army|armies|armed|rebel|terror|airstrike|gunm|gunfire|shooting|"
    r"police|hostage|weapon|missile|rocket|war|wars|warfare|wartime|conflict|insurg|guerrilla|jihad|islamist|taliban|"
    r"hamas|hezbollah|isis|isil|al-qa|palestin|israel|syria|iraq|afghan|ukrain|invasion|invade|coup|refugee|protest|"
    r"demonstrator|riot|curfew|ceasefire|truce|sanction|nuclear|peacekeep|massacre|genocide|assassin|kidnap|abduct|"
    r"arrest|prison|jail|detain|custody|suspect|victim|wounded|dead|death|died|violence|violent|crash|explosion|blast|"
    r"navy|naval|marine|nato|pentagon|embassy|minister|sheriff|robber|stab|assault|rape|torture|evacuat|disaster|"
    r"earthquake|hurricane|flood|fled|flee|rescue|iran|korea|russia)", re.I)


def main(argv):
    limit = int(argv[2]) if len(argv) > 2 else 200
    with open(argv[1], encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            text = record.get("text") or ""
            if len(text) < 300 or WAR.search(text):
                continue
            print(json.dumps({"id": "peaceful-" + str(record["id"]), "text": text}, ensure_ascii=False))
            limit -= 1
            if not limit:
                return


if __name__ == "__main__":
    main(sys.argv)
