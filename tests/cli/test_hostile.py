"""Bytes that nobody meant as a report: the program must neither crash nor hang, and the offsets must hold."""
import json
import random

import pytest

from conftest import CHECKED, ROOT
from texts import REPORTS, by_chance

ROUNDS = 15 if CHECKED else 60


def damaged(dice):
    """A report with bytes cut out, doubled, turned over."""
    data = bytearray(dice.choice(REPORTS + [(ROOT / "docs/examples/report.txt").read_text()]).encode())
    for _ in range(dice.randrange(1, 30)):
        at = dice.randrange(len(data))
        kind = dice.randrange(4)
        if kind == 0:
            data[at] = dice.randrange(256)
        elif kind == 1:
            del data[at:at + dice.randrange(1, 9)]
        elif kind == 2:
            data[at:at] = data[at:at + dice.randrange(1, 200)]
        else:
            data[at:at] = bytes(dice.randrange(256) for _ in range(dice.randrange(1, 9)))
        data = data or bytearray(b"x")
    return bytes(data)


def random_bytes(dice):
    return bytes(dice.randrange(256) for _ in range(dice.randrange(3000)))


def tag_soup(dice):
    tags = ["<p>", "</p>", "<div>", "<table>", "<td>", "</div>", "<script>", "</script>", "<!--", "-->", "<a href='x'>", "&#0;",
            "&#x110000;", "&bogus;", "<svg>", "<![CDATA[", "<title>", "<meta charset=utf-16>", "<html lang=", "\0", "Rebels killed six."]
    return "".join(dice.choice(tags) for _ in range(dice.randrange(400))).encode()


@pytest.mark.parametrize("make, formats", [(damaged, ["auto", "text", "jsonl", "conllu"]), (random_bytes, ["auto", "text", "html", "jsonl", "conllu"]),
                                           (tag_soup, ["auto", "html"])])
def test_any_bytes_are_survived(sitrep, make, formats):
    for seed in range(ROUNDS):
        dice = random.Random(f"{make.__name__} {seed}")
        data = make(dice)
        source = dice.choice(formats)
        command = dice.choice(["read", "mentions", "explain", "parse", "text"])
        done = sitrep(command, "--from", source, "-", stdin=data, timeout=60)
        assert done.returncode in (0, 1)
        done.stdout.decode()  # always UTF-8


def test_json_lines_of_odd_strings(sitrep):
    odd = ["", " ", "\0", "\ufeff", "\ufeffRebels killed six.", "\ud800", "a" * 100000, "( " * 5000, "and " * 20000, ". " * 20000,
           "\u0301" * 1000, "1" * 400, "-" * 10000, "\u201c" * 3000, "x\n" * 20000, "the army of " * 3000,
           "killed and " * 2000, "St. " * 3000, "\U000e0001" * 50]
    lines = "\n".join(json.dumps({"id": str(i), "text": t}) for i, t in enumerate(odd))
    for command in ("read", "mentions", "parse", "explain"):
        done = sitrep(command, "-", "--from", "jsonl", stdin=lines, timeout=300 if CHECKED else 60)
        assert done.returncode in (0, 1)
        done.stdout.decode()


@pytest.mark.parametrize("conllu", [
    "1\ta\ta\tNOUN\tNN\t_\t1\tdep\t_\t_\n\n",
    "1\ta\ta\tNOUN\tNN\t_\t2\tdep\t_\t_\n2\tb\tb\tNOUN\tNN\t_\t1\tdep\t_\t_\n\n",
    "1\ta\ta\tNOUN\tNN\t_\t99\tdep\t_\t_\n\n",
    "1\ta\ta\tNOUN\tNN\t_\t-5\tdep\t_\t_\n\n",
    "1-2\tab\t_\t_\t_\t_\t_\t_\t_\t_\n1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n2\tb\t_\t_\t_\t_\t_\t_\t_\t_\n\n",
    "1\ta\0b\ta\tNOUN\tNN\t_\t0\troot\t_\t_\n\n",
    "1\t\t\t\t\t\t\t\t\t\n\n", "nonsense\n", "1\ta\n", "\n\n\n", "# comment only\n",
])
def test_damaged_trees_are_survived(sitrep, conllu):
    for command in ("parse", "explain", "read"):
        assert sitrep(command, "--from", "conllu", "-", stdin=conllu).returncode in (0, 1)


def test_deep_nesting_and_long_lines(sitrep, tmp_path):
    cases = {"deep.html": "<div>" * 20000 + "Rebels killed six people in Aden." + "</div>" * 20000,
             "deep.jsonl": '{"id":"1","text":"x","y":' + "[" * 100000 + "]" * 100000 + "}\n",
             "long.txt": "word " * 200000,
             "quotes.txt": '"' * 50000,
             "entities.html": "<p>" + "&amp;" * 200000 + "</p>"}
    for name, content in cases.items():
        path = tmp_path / name
        path.write_text(content)
        done = sitrep("read", path, timeout=300 if CHECKED else 60)
        assert done.returncode in (0, 1), name
