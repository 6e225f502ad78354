"""sitrep explain: that it tells why, and that telling changes nothing."""
import json
import re
import shutil

import pytest

from conftest import CHECKED, ROOT
from texts import REPORTS, by_chance

REPORT = """Warplanes carried out strikes on Saraqib on Monday, killing at least six civilians, the White Helmets said.

In March the officer will carry a letter to his brother.

The sky was blue."""


def explained(sitrep, text, *options):
    done = sitrep("explain", "--date", "2019-11-20", "--width", "200", *options, "-", stdin=text)
    assert done.returncode == 0 and done.stderr == b"", done.stderr.decode()
    sentences = re.split(r"^Sentence \d+.*\n", done.stdout.decode(), flags=re.M)[1:]
    return sentences


def lines_of(sentence, label):
    return [l.split(None, len(label.split()))[-1] for l in sentence.splitlines() if re.match(rf" {{2,4}}{label}  ?", l)]


@pytest.mark.parametrize("options", [[], ["--rules-alone"]])
def test_each_trigger_has_its_rule_its_slots_and_its_end(sitrep, options):
    first, second, third = explained(sitrep, REPORT, *options)
    triggers = {l.split()[1]: l for l in first.splitlines() if l.startswith("  trigger ")}
    assert triggers["strikes"] == "  trigger strikes  claim air_strike"
    assert triggers["killing"] == "  trigger killing  no claim: told together with strikes"
    block = first.split("  trigger strikes")[1].split("  trigger killing")[0]
    assert re.search(r"^    rule +air_strike/\d+  noun strike : ", block, re.M)
    assert re.search(r"^    carried by +carry out$", block, re.M)
    assert re.search(r"^    slots +.*\^subj Warplanes", block, re.M)
    assert re.search(r"^    actor +\u2713.* Warplanes  +strikes \u2191obj carried \u2193nsubj Warplanes$", block, re.M)
    assert re.search(r"^    claimant +\u2713.* White Helmets .*\u2191\S+ said", block, re.M)
    assert "no trigger March: it stands in a date" in second
    assert re.search(r"movement/\d+  verb march", second)
    carry = second.split(" carry" if options else "trigger carry", 1)[1]
    assert re.search(r"obj=body\|.*\u2717", carry)
    assert "no word of the codebook stands here" in third


def test_likelihoods_are_told_where_somebody_was_asked(sitrep):
    first = explained(sitrep, REPORT)[0]
    assert re.search(r"^    happening +\d+ %, at least \d+ % is needed", first, re.M)
    assert re.search(r"^    type +air_strike \d+ %", first, re.M) and re.search(r"^    status +occurred \d+ %", first, re.M)
    assert re.search(r"^    place +\u2713 +\d+ %  Saraqib", first, re.M) and re.search(r"^    killed +\u2713 +\d+ %  at least six", first, re.M)
    first = explained(sitrep, REPORT, "--rules-alone")[0]
    assert "happening  " not in first and "%" not in first.replace("confidence", "").split("  claim ")[0]


def test_what_is_ticked_is_what_the_claim_has(sitrep):
    """Every tick stands for a value of the claim, and every value was a candidate; claims are those of sitrep read."""
    texts = REPORTS + [by_chance(seed) for seed in range(5 if CHECKED else 40)]
    stdin = "\n".join(json.dumps({"id": f"d{i}", "text": t, "date": "2021-03-15"}) for i, t in enumerate(texts))
    claims = [json.loads(l) for l in sitrep("read", "--to", "jsonl", "-", stdin=stdin).stdout.decode().splitlines()]
    shown = sitrep("explain", "--width", "300", "-", stdin=stdin).stdout.decode()
    made = re.findall(r"^  trigger .*  claim (\S+)$", shown, re.M)
    headed = re.findall(r"^  claim (\S+)  \(rule ([^,]+), confidence (\d+) %\)", shown, re.M)
    assert sorted(made) == sorted(type for type, _, _ in headed) == sorted(c["type"] for c in claims)
    assert sorted(rule for _, rule, _ in headed) == sorted(c["made_by"]["rule"] for c in claims)
    for label, key in (("place", "places"), ("weapon", "weapons"), ("claimant", "claimants")):
        ticks = len(re.findall(rf"^    {label} +\u2713", shown, re.M))
        assert ticks >= sum(len(c[key]) for c in claims) * 0.9, label  # one place may stand for two candidates
    assert shown.count("    actor      ") or not claims


def test_a_sentence_that_is_not_there_is_an_error_that_says_how_many_there_are(sitrep, tmp_path):
    path = tmp_path / "r.txt"
    path.write_text(REPORT)
    assert sitrep("explain", "--sentence", "3", path).stdout.count(b"\nSentence ") == 1
    done = sitrep("explain", "--sentence", "4", path)
    assert done.returncode == 1 and done.stdout == b""
    assert done.stderr.decode() == f"sitrep: {path}: no sentence 4: there are 3\n"
    path.write_text("Rebels shelled Aden.")
    assert b"no sentence 2: there is 1" in sitrep("explain", "--sentence", "2", path).stderr
    path.write_text("")
    assert b"no sentence 1: there are 0" in sitrep("explain", "--sentence", "1", path).stderr
    # one document that has it, one that has not
    lines = "\n".join(json.dumps({"id": i, "text": t}) for i, t in (("a", REPORT), ("b", "Rebels shelled Aden.")))
    done = sitrep("explain", "--sentence", "2", "-", stdin=lines)
    assert done.returncode == 1 and done.stdout.count(b"Sentence 2") == 1 and done.stderr.count(b"\n") == 1


def test_a_type_that_is_added_is_explained(sitrep, tmp_path):
    mine = tmp_path / "mine"
    shutil.copytree(ROOT / "codebooks" / "conflict", mine)
    (mine / "types" / "own.txt").write_text("type river_raid\n    is      harms\n    frame   violence\n    plover  ASSAULT\n"
                                            "    verb    paddle up : obj=creek|river\n")
    text = "Gunmen paddled up the creek on Friday. Gunmen paddled up the coast on Friday."
    first, second = explained(sitrep, text, "--codebook", mine)
    assert "trigger paddled up  claim river_raid" in first and "verb paddle up : obj=creek|river \u2713" in first
    assert "claim river_raid" not in second
    assert "verb paddle up : obj=creek|river \u2717" in second


def test_nothing_of_the_document_steers_the_terminal(sitrep):
    text = "Rebels \x1b[31mshelled\x1b[0m Aden\u202e, killing\x07 six."
    assert b"\x1b" not in sitrep("explain", "-", stdin=text).stdout
    coloured = sitrep("explain", "--colour", "always", "-", stdin=text).stdout
    assert b"\x1b[1m" in coloured and b"\x1b[31m[" not in coloured and b"\x07" not in coloured
