"""sitrep score: figures worked out by hand, both layouts of claims, alpha, mistakes, and files that are broken."""
import csv
import io
import json
import random

import jsonschema
import pytest

from conftest import CHECKED, ROOT

DOCUMENTS = [
    {"id": "a", "publisher": "Gazette", "text": "Rebels shelled Aden on Monday, killing at least six. The army denied it. "
                                                "Two men were abducted near the port."},
    {"id": "b", "publisher": "Herald", "text": "Ma\u2019arra: troops stormed a village. Police arrested ten people. \U0001f600 Shells hit a school."},
    {"id": "c", "publisher": "Gazette", "text": "Nothing happened."},
]
GOLD = [
    {"doc": "a", "sentence": "Rebels shelled Aden on Monday, killing at least six.", "trigger": "shelled", "type": "shelling",
     "status": "occurred", "actors": ["Rebels"], "helpers": [], "targets": None, "places": ["Aden"], "date": "2015-04-06",
     "killed": {"low": 6, "best": 6, "high": None, "text": "at least six"}, "injured": None, "claimant": [], "weapons": []},
    {"doc": "a", "sentence": "The army denied it.", "trigger": "denied", "type": "rejection", "status": "occurred", "actors": ["army"]},
    {"doc": "a", "sentence": "Two men were abducted near the port.", "trigger": "abducted", "type": "abduction", "status": "occurred",
     "targets": ["Two men"], "places": ["port"]},
    {"doc": "b", "sentence": "Ma\u2019arra: troops stormed a village.", "trigger": "stormed", "type": "offensive", "status": "occurred",
     "actors": ["troops"], "places": ["Ma\u2019arra"], "claimant": "witnesses"},
    {"doc": "b", "sentence": "\U0001f600 Shells hit a school.", "trigger": "hit", "type": "shelling", "status": "occurred"},
]


def record(doc, trigger, sentence, type, status="occurred", **more):
    text = next(d["text"] for d in DOCUMENTS if d["id"] == doc)
    span = lambda words: {"start": text.index(words), "end": text.index(words) + len(words)}
    return {"schema": "sitrep.claim/1", "document": {"id": doc, "publisher": None}, "type": type, "status": status,
            "trigger": {"text": trigger, **span(trigger)}, "evidence": {"exact": sentence, **span(sentence)}, **more}


SYSTEM = [
    # found, the type wrong, one of two places wrong, another number
    record("a", "shelled", "Rebels shelled Aden on Monday, killing at least six.", "air_strike", actors=[{"role": "actor", "text": "The rebels"}],
           places=[{"text": "Aden"}, {"text": "Monday"}], date={"edtf": "2015-04-06"}, killed={"low": None, "best": 7, "high": None}),
    # another word of the sentence, the same type: found
    record("a", "it", "The army denied it.", "rejection", "denied", actors=[{"role": "recipient", "text": "army"}]),
    # spurious
    record("b", "arrested", "Police arrested ten people.", "arrest", actors=[{"role": "actor", "text": "Police"}]),
    # found behind letters of two and four bytes
    record("b", "hit", "\U0001f600 Shells hit a school.", "shelling"),
]


@pytest.fixture
def files(tmp_path):
    def write(name, items):
        path = tmp_path / name
        path.write_text("".join((i if isinstance(i, str) else json.dumps(i)) + "\n" for i in items))
        return path
    return write


@pytest.fixture
def score(sitrep, files):
    """Runs on lists of claims; the objects that were printed, by kind."""
    def run(gold, system, *options, status=0, documents=DOCUMENTS):
        given = ["--documents", files("docs.jsonl", documents)] if documents else []
        done = sitrep("score", *given, *options, "--to", "jsonl", files("gold.jsonl", gold), files("system.jsonl", system))
        assert done.returncode == status, done.stderr.decode()
        schema = jsonschema.Draft202012Validator(json.loads((ROOT / "docs/schema/score.schema.json").read_text()))
        by_kind = {}
        for line in done.stdout.decode().splitlines():
            one = json.loads(line)
            schema.validate(one)
            by_kind.setdefault(one["kind"], []).append(one)
        by_kind["stderr"] = done.stderr.decode()
        return by_kind
    return run


def figure(got, field, group=None):
    f = next(f for f in got["figure"] if f["field"] == field and f["group"] == group)
    return f["gold"], f["system"], f["gold_found"], f["system_found"]


def test_figures_are_those_worked_out_by_hand(score):
    got = score(GOLD, SYSTEM)
    assert figure(got, "found") == (5, 4, 3, 3)
    assert figure(got, "found_with_type") == (5, 4, 2, 2)
    assert figure(got, "type") == (5, 4, 2, 2)
    assert figure(got, "status") == (5, 4, 2, 2)
    assert figure(got, "actor") == (3, 2, 1, 1)
    assert figure(got, "recipient") == (1, 1, 0, 0)
    assert figure(got, "place") == (3, 2, 1, 1)
    assert figure(got, "date") == (1, 1, 1, 1)
    assert figure(got, "killed") == (1, 1, 0, 0)
    assert figure(got, "claimant") == (1, 0, 0, 0)
    assert figure(got, "all_facts") == (20, 15, 7, 7)
    found = got["figure"][0]
    assert found["precision"] == 0.75 and found["recall"] == 0.6 and found["f1"] == pytest.approx(2 / 3, abs=1e-6)
    assert found["f1_low"] is None  # three documents are too few
    claimant = next(f for f in got["figure"] if f["field"] == "claimant")
    assert claimant["precision"] is None and claimant["recall"] == 0 and claimant["f1"] is None
    assert got["totals"][0] | {"schema": 0, "gold_file": 0, "system_file": 0} == {
        "schema": 0, "kind": "totals", "gold_file": 0, "system_file": 0, "documents": 3, "gold": 5, "system": 4, "faults": 0}


def test_gold_and_system_change_places(score):
    there, back = score(GOLD, SYSTEM), score(SYSTEM, GOLD)
    for f in there["figure"]:
        assert figure(back, f["field"]) == (f["system"], f["gold"], f["system_found"], f["gold_found"])


def test_groups_count_gold_for_recall_and_system_for_precision(score):
    got = score(GOLD, SYSTEM, "--by", "type")
    assert figure(got, "found", "shelling") == (2, 1, 2, 1)
    assert figure(got, "found_with_type", "shelling") == (2, 1, 1, 1)
    assert figure(got, "found", "air_strike") == (0, 1, 0, 1)
    assert figure(got, "found_with_type", "air_strike") == (0, 1, 0, 0)
    assert figure(got, "found", "arrest") == (0, 1, 0, 0)
    got = score(GOLD, SYSTEM, "--by", "document")
    assert [f["group"] for f in got["figure"] if f["field"] == "found"] == [None, "a", "b", "c"]
    assert figure(got, "found", "a") == (3, 2, 2, 2) and figure(got, "found", "b") == (2, 2, 1, 1)
    got = score(GOLD, SYSTEM, "--by", "publisher")
    assert figure(got, "found", "Gazette") == (3, 2, 2, 2) and figure(got, "found", "Herald") == (2, 2, 1, 1)
    for name in ("type", "document", "publisher"):
        parts = score(GOLD, SYSTEM, "--by", name)["figure"]
        for field in ("found", "place", "all_facts"):
            whole = next(f for f in parts if f["field"] == field and f["by"] is None)
            for key in ("gold", "system", "gold_found", "system_found"):
                assert whole[key] == sum(f[key] for f in parts if f["field"] == field and f["by"] == name)


def test_the_closest_are_paired_first(score):
    sentence = "Rebels shelled Aden on Monday, killing at least six."
    two = [record("a", "killing", sentence, "shelling"), record("a", "shelled", sentence, "shelling")]
    got = score(GOLD[:1], two, "--errors", "9")
    assert figure(got, "found") == (1, 2, 1, 1)
    assert [m["trigger"] for m in got["spurious"]] == ["killing"]


def test_mistakes_are_listed_with_their_sentences(score):
    got = score(GOLD, SYSTEM, "--errors", "10")
    assert [(m["document"], m["type"], m["gold_line"]) for m in got["missed"]] == [("a", "abduction", 3), ("b", "offensive", 4)]
    assert [(m["type"], m["system_line"], m["sentence"]) for m in got["spurious"]] == [("arrest", 3, "Police arrested ten people.")]
    wrong = {(m["gold_line"], m["field"]): (m["gold_value"], m["system_value"]) for m in got["wrong"]}
    assert wrong == {(1, "type"): ("shelling", "air_strike"), (1, "place"): (None, "Monday"), (1, "killed"): ("6", "7"),
                     (2, "status"): ("occurred", "denied"), (2, "actor"): ("army", None), (2, "recipient"): (None, "army")}
    one = score(GOLD, SYSTEM, "--errors", "1")
    assert len(one["missed"]) == len(one["spurious"]) == 1 and {m["gold_line"] for m in one["wrong"]} == {1}
    assert "missed" not in score(GOLD, SYSTEM)


def alphas(got):
    return {(a["field"], a["metric"]): (a["units"], a["alpha"]) for a in got["agreement"]}


def test_alpha_of_the_same_file_is_one(score):
    got = alphas(score(GOLD, GOLD, "--alpha"))
    assert got["trigger", "unitizing"] == (10, 1) and got["trigger_and_type", "unitizing"] == (10, 1)
    assert got["type", "nominal"] == (5, 1)
    assert got["status", "nominal"] == (5, None)  # all the same: nothing can be told
    assert got["injured", "ratio"] == (0, None)


def test_alpha_of_coders_who_differ(score):
    numbers = [[6, 6], [10, 12], [3, 3], [40, 30]]
    text = " ".join(f"Shells{i} fell." for i in range(4))
    coded = lambda who: [{"doc": "d", "sentence": f"Shells{i} fell.", "trigger": f"Shells{i}", "type": "ab"[(i + who * (i == 3)) % 2],
                          "status": "occurred", "killed": n[who]} for i, n in enumerate(numbers)]
    got = alphas(score(coded(0), coded(1), "--alpha", documents=[{"id": "d", "text": text}]))
    # types a b a b against a b a a: coincidences by hand
    assert got["type", "nominal"] == (4, pytest.approx(1 - (2 / 8) / (2 * 5 * 3 / 56), abs=1e-6))
    values = [v for pair in numbers for v in pair]
    observed = 2 * sum((a - b) ** 2 for a, b in numbers) / 8
    expected = sum((a - b) ** 2 for a in values for b in values) / 56
    assert got["killed", "interval"] == (4, pytest.approx(1 - observed / expected, abs=1e-6))
    observed = 2 * sum(((a - b) / (a + b)) ** 2 for a, b in numbers) / 8
    expected = sum(((a - b) / (a + b)) ** 2 for a in values for b in values) / 56
    assert got["killed", "ratio"] == (4, pytest.approx(1 - observed / expected, abs=1e-6))
    assert got["trigger", "unitizing"][1] == 1 and got["trigger_and_type", "unitizing"][1] < 1


def test_records_need_no_documents_and_quotes_do(score):
    got = score(SYSTEM, SYSTEM, documents=None)
    assert figure(got, "all_facts") == (15, 15, 15, 15)
    got = score(SYSTEM, SYSTEM, "--alpha", documents=None)
    assert "trigger" not in {a["field"] for a in got["agreement"]}
    got = score(GOLD, SYSTEM, documents=None, status=1)
    assert "gold.jsonl:1: needs the text of document a (--documents)" in got["stderr"]


def test_ranges_hold_the_figure_and_are_the_same_each_time(score):
    documents = [{"id": f"d{i}", "text": "Rebels shelled Aden. Troops stormed Taiz."} for i in range(30)]
    gold = [{"doc": d["id"], "sentence": s + ".", "trigger": s.split()[1], "type": "t", "status": "occurred"}
            for d in documents for s in d["text"].rstrip(".").split(". ")]
    dice = random.Random(3)
    system = [g for g in gold if dice.random() < 0.7]
    got = score(gold, system, documents=documents)
    for f in got["figure"]:
        assert f["f1_low"] <= f["f1"] <= f["f1_high"] and f["f1_low"] < f["f1_high"]
    assert got["figure"] == score(gold, system, documents=documents)["figure"]
    assert got["figure"] != score(gold, system, "--seed", "2", documents=documents)["figure"]
    assert score(gold, system, "--resamples", "0", documents=documents)["figure"][0]["f1_low"] is None


@pytest.mark.parametrize("bad, words", [
    ("{", "gold.jsonl:2: "),
    ("[]", "gold.jsonl:2: a line of JSONL is an object"),
    ("{}", "gold.jsonl:2: neither a hand-coded claim nor a sitrep.claim/1 record"),
    ("\x00\x01\x02", "gold.jsonl:2: "),
    (GOLD[0] | {"sentence": "Rebels shelled Eden."}, "the sentence does not stand in document a"),
    (GOLD[0] | {"trigger": "bombed"}, "the trigger does not stand in document a"),
    (GOLD[0] | {"doc": "z"}, "document z is not among the documents"),
    (GOLD[0] | {"type": None}, '"type" is missing'),
    (GOLD[0] | {"killed": "six"}, '"killed" is no number'),
    (GOLD[0] | {"actors": [7]}, 'a value of "actor" is no text'),
    (GOLD[0] | {"actors": ["x"] * 5000}, "too many facts"),
    (SYSTEM[0] | {"trigger": {}}, '"trigger" has no start and end'),
    (SYSTEM[0] | {"evidence": {"start": 9, "end": 3}}, 'start and end of "evidence" do not fit'),
    (SYSTEM[0] | {"actors": [{"role": "hero", "text": "x"}]}, "an actor has no role that is known"),
    (SYSTEM[0] | {"places": "Aden"}, '"places" is no list'),
])
def test_a_line_that_cannot_be_used_is_named_and_the_rest_is_compared(score, bad, words):
    got = score([GOLD[0], bad, *GOLD[1:]], SYSTEM, status=1)
    assert words in got["stderr"] and got["stderr"].count("\n") == 1 and "gold.jsonl:2" in got["stderr"]
    assert figure(got, "found") == (5, 4, 3, 3) and got["totals"][0]["faults"] == 1
    assert score([GOLD[0], bad, *GOLD[1:]], SYSTEM, "-q", status=1)["stderr"] == ""


def test_empty_and_missing_files(sitrep, score, files, tmp_path):
    got = score([], [], "--alpha", "--errors", "3", "--by", "type")
    assert figure(got, "found") == (0, 0, 0, 0)
    assert figure(score(GOLD, []), "found") == (5, 0, 0, 0)
    done = sitrep("score", files("gold.jsonl", GOLD), tmp_path / "none.jsonl")
    assert done.returncode == 1 and done.stdout == b"" and b"none.jsonl: cannot open" in done.stderr
    done = sitrep("score", tmp_path, tmp_path)
    assert done.returncode == 1 and b"cannot read" in done.stderr
    got = score(GOLD, SYSTEM, documents=[*DOCUMENTS, DOCUMENTS[0], {"text": "x"}], status=1)
    assert "docs.jsonl:4: document a was there before" in got["stderr"] and 'docs.jsonl:5: "id" is missing' in got["stderr"]


def test_what_sitrep_reads_can_be_scored(sitrep, score):
    stdin = "\n".join(json.dumps(d) for d in DOCUMENTS)
    claims = sitrep("read", "--to", "jsonl", "-", stdin=stdin).stdout.decode().splitlines()
    assert claims
    got = score(claims, claims, "--alpha")
    assert all(f["f1"] in (1, None) for f in got["figure"])
    score(GOLD, claims)


def test_csv_has_the_same_figures(sitrep, score, files):
    got = score(GOLD, SYSTEM, "--alpha", "--errors", "9", "--by", "type")
    done = sitrep("score", "--documents", files("docs.jsonl", DOCUMENTS), "--alpha", "--errors", "9", "--by", "type", "--to", "csv",
                  files("gold.jsonl", GOLD), files("system.jsonl", SYSTEM))
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode(), newline="")))
    columns = set((ROOT / "docs/formats.md").read_text().split("## Scores")[1].split("`"))
    assert all(None not in r and None not in r.values() and set(r) <= columns for r in rows)
    for kind in ("figure", "agreement", "missed", "spurious", "wrong"):
        mine = [r for r in rows if r["kind"] == kind]
        assert len(mine) == len(got[kind])
        for row, one in zip(mine, got[kind]):
            for key, value in one.items():
                if key in row and value is not None:
                    assert row[key] == value if isinstance(value, str) else float(row[key]) == value


def test_the_table_is_for_people(sitrep, files):
    arguments = ["score", "--documents", files("docs.jsonl", DOCUMENTS), "--alpha", "--errors", "9", "--by", "type", "--to", "table",
                 files("gold.jsonl", GOLD), files("system.jsonl", SYSTEM)]
    text = sitrep(*arguments, "--width", "100").stdout.decode()
    lines = [l.split() for l in text.splitlines()]
    assert ["claims", "found", "75.0", "60.0", "66.7", "5", "4", "3"] in lines
    assert ["all", "facts", "46.7", "35.0", "40.0", "20", "15", "7"] in lines
    for words in ("BY TYPE", "KRIPPENDORFF", "MISSED", "SPURIOUS", "WRONG", "shelling  \u2260  air_strike", "Two men were abducted"):
        assert words in text
    assert max(map(len, text.splitlines())) <= 100 or "/" in text.splitlines()[0]
    assert not [l for l in text.splitlines() if l != l.rstrip()]
    assert "\x1b[" in sitrep(*arguments, "--colour", "always").stdout.decode() and "\x1b[" not in text
    nasty = [dict(GOLD[0], type="\x1b[31m\u202e")]
    assert b"\x1b" not in sitrep("score", "--documents", files("docs.jsonl", DOCUMENTS), "--errors", "9", "--to", "table",
                                 files("gold.jsonl", nasty), files("system.jsonl", [])).stdout


def test_any_bytes_are_survived(sitrep, files, tmp_path):
    good = "\n".join(json.dumps(x) for x in GOLD + SYSTEM).encode()
    for seed in range(10 if CHECKED else 60):
        dice = random.Random(seed)
        paths = []
        for name in ("docs", "gold", "system"):
            data = bytearray(good if name != "docs" else "\n".join(map(json.dumps, DOCUMENTS)).encode())
            for _ in range(dice.randrange(12)):
                at = dice.randrange(len(data))
                if dice.random() < 0.5:
                    data[at] = dice.randrange(256)
                else:
                    del data[at:at + dice.randrange(1, 9)]
            path = tmp_path / name
            path.write_bytes(data)
            paths.append(path)
        layout = dice.choice(["table", "csv", "jsonl"])
        done = sitrep("score", "--documents", paths[0], "--alpha", "--errors", "99", "--by", dice.choice(["type", "document", "publisher"]),
                      "--to", layout, paths[1], paths[2], timeout=60)
        assert done.returncode in (0, 1)
        done.stdout.decode()
