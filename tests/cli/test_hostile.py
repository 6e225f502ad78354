"""Bytes that nobody meant as a report: the program must neither crash nor hang, and the offsets must hold."""
import itertools
import json
import random
import resource
import subprocess
import tempfile

import pytest

from conftest import CHECKED, PROGRAM, ROOT
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


# ---- bounded time and memory ---------------------------------------------------------------------------------------

STRIKE = "Rebels killed six people in Aden on Monday.\n"


def limited(*arguments, pieces=(), megabytes=900, seconds=60):
    """Runs the program with little memory, and what the generator gives on its standard input."""
    def limit():
        if not CHECKED:
            resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        p = subprocess.Popen([str(PROGRAM), *map(str, arguments)], stdin=subprocess.PIPE, stdout=out, stderr=err, preexec_fn=limit, cwd=ROOT)
        try:
            for piece in pieces:
                p.stdin.write(piece)
            p.stdin.close()
        except BrokenPipeError:
            pass
        code = p.wait(seconds * (10 if CHECKED else 1))
        out.seek(0)
        err.seek(0)
        message, printed = err.read().decode(), out.read().decode()
    assert code in (0, 1) and "Sanitizer" not in message and "runtime error" not in message, (code, message)
    return code, printed, message


def repeated(piece, times):
    return (piece for _ in range(times))


def test_a_line_without_end_on_standard_input():
    code, out, message = limited("read", "--to", "jsonl", "-", pieces=repeated(b"killed " * 150000, 200))
    assert code == 1 and out == "" and "-: larger than the limit" in message


def test_a_line_without_end_in_a_file(tmp_path):
    big = tmp_path / "big.txt"
    with big.open("wb") as f:
        f.truncate(4 << 30)  # a hole: four gigabytes of NUL bytes
    (tmp_path / "next.txt").write_text(STRIKE)
    code, out, message = limited("read", "--to", "jsonl", tmp_path)
    assert code == 1 and out.count("\n") == 1 and "big.txt" in message and "limit" in message


def test_a_line_without_end_among_json_lines():
    one = json.dumps({"id": "%s", "text": STRIKE}).encode() + b"\n"
    pieces = itertools.chain([one.replace(b"%s", b"a"), b'{"id": "big", "text": "'], repeated(b"killed " * 150000, 200),
                             [b'"}\n', one.replace(b"%s", b"b")])
    code, out, message = limited("read", "--to", "jsonl", "--from", "jsonl", "-", pieces=pieces)
    assert code == 1 and [json.loads(line)["document"]["id"] for line in out.splitlines()] == ["a", "b"]
    assert "-:2" in message and "a line of more than" in message


def test_json_lines_behind_odd_ones_are_read():
    good = json.dumps({"id": "good", "text": STRIKE}).encode()
    odd = [b'{"id": "1", "text": "' + b"\0" * 100 + b'"}', b'{"id": "2", "text": "\xff\xfe\xc0\x80"}', b'{"id": "3", "text": ' + b"[" * 200000,
           b'{"id": "4", "html": "' + b"<div>" * 10000 + b'"}', b'{"id": "5", "html": "' + b"&amp;" * 200000 + b'"}', b"\0" * 1000]
    for line in odd:
        code, out, message = limited("read", "--to", "jsonl", "--from", "jsonl", "-", pieces=[line + b"\n" + good + b"\n"])
        assert out.count('"id":"good"') == 1, (line[:40], message)
        assert code == 0 or "-:1" in message, message


@pytest.mark.parametrize("name, content", [
    ("nested.html", "<div>" * 10000 + "{}" + "</div>" * 10000), ("tables.html", "<table><tr><td>" * 10000 + "{}"),
    ("bold.html", "<b><i><a href=x>" * 10000 + "{}"), ("lists.html", "<ul><li>" * 10000 + "{}"),
    ("attributes.html", "<p " + " ".join(f"a{i}=1" for i in range(100000)) + ">{}"),
    ("entities.html", "<p>{} " + "&#120;" * 1000000),
    ("laughs.html", '<!DOCTYPE x [<!ENTITY a "&b;&b;&b;"><!ENTITY b "&a;&a;">]><p>{} ' + "&a;&b;" * 1000),
    ("comments.html", "{}" + "<!-- " * 300000), ("nul.html", "<p>{}\0" + "\0" * 1000000), ("nul.txt", "\0" * 1000000 + "\n\n{}"),
], ids=lambda v: v if len(v) < 20 else "content")
def test_pages_made_to_hurt(tmp_path, name, content):
    (tmp_path / name).write_text(content.replace("{}", STRIKE, 1))
    (tmp_path / "znext.txt").write_text(STRIKE)
    code, out, message = limited("read", "--to", "jsonl", "-q", tmp_path, seconds=20)
    assert out.count('znext.txt"') >= 1, message
    assert code == 0 or name in message, message


def test_feeds_of_a_billion_laughs(tmp_path):
    entities = "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9))
    for name, body in (("rss.xml", "<rss><channel><item><title>x</title><description>&j;</description></item></channel></rss>"),
                       ("outside.xml", "<rss><channel><item><title>x</title><description>&f;</description></item></channel></rss>")):
        declared = '<!ENTITY f SYSTEM "file:///etc/passwd">' if name == "outside.xml" else '<!ENTITY a "aaaaaaaaaa">' + entities
        (tmp_path / name).write_text(f'<?xml version="1.0"?><!DOCTYPE rss [{declared}]>{body}')
    (tmp_path / "znext.txt").write_text(STRIKE)
    code, out, message = limited("text", "-q", tmp_path, megabytes=500, seconds=20)
    assert STRIKE in out and "root:" not in out and len(out) < 10000000


# ---- character sets that are told wrong or not at all ---------------------------------------------------------------

WEST = "“Rebels killed six people in Saint-Étienne-du-Rouvray”, General José Núñez said – “on Monday”. Señor Müller’s café was hit, too: " \
       "the façade fell down, and the whole naïve world saw it…\n"
EAST = "Generál Ľubomír Dvořák said that rebels shelled Łódź and Győr on Monday, killing Václav Šťastný and wounding Małgorzata Żółkiewska in Kraków. " \
       "Wójt Stanisław Gąsiorowski z Częstochowy powiedział, że żołnierze zostali ranni.\n"
TURKISH = "General İsmail Güneş said that rebels killed six people in Diyarbakır and Şırnak on Monday. Çağlar Öztürk, müdür, saldırının " \
          "sabah erken saatlerde olduğunu söyledi; köylüler yaralandı ve üç kişi öldü.\n"
RUSSIAN = "Вооружённые силы обстреляли село Песчаное в понедельник, погибли шесть человек, сообщил генерал Иван Щукин. Жители укрылись в подвалах.\n"
ARABIC = "قتل ستة أشخاص في قصف على مدينة عدن يوم الاثنين، وقال المتحدث باسم الجيش إن القوات الحكومية سيطرت على القرية بعد اشتباكات عنيفة.\n"
JAPANESE = "月曜日にアデンで反政府勢力が六人を殺害したと、政府軍の報道官が発表した。住民は避難を続けている。\n"
CHARSETS = [("cp1252", WEST), ("cp1251", RUSSIAN), ("cp1256", ARABIC), ("iso8859-2", EAST), ("iso8859-9", TURKISH), ("koi8-r", RUSSIAN),
            ("shift_jis", JAPANESE), ("utf-16-le", WEST), ("utf-16-be", WEST), ("utf-16-le", RUSSIAN), ("utf-16-be", RUSSIAN)]


@pytest.mark.parametrize("label", [None, "utf-8"])
@pytest.mark.parametrize("charset, text", CHARSETS, ids=lambda v: v if v.islower() else "text")
def test_charsets_without_label_or_with_a_wrong_one(sitrep, tmp_path, charset, text, label):
    data = (text * 4).encode(charset)
    if label:
        page = f'<html><head><meta charset="{label}"><title>x</title></head><body><p>{text}</p><p>{text}</p><p>{text}</p></body></html>'
        data = page.encode(charset)
    path = tmp_path / ("a.html" if label else "a.txt")
    path.write_bytes(data)
    done = sitrep("text", "--any-language", path)
    assert done.returncode == 0 and text.strip() in done.stdout.decode(), done.stdout.decode()[:400]


@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1252", "windows-1251", "us-ascii"])
def test_utf_8_under_a_wrong_label(sitrep, tmp_path, label):
    for text in (WEST, EAST, RUSSIAN, ARABIC):
        (tmp_path / "a.html").write_bytes(f'<meta charset="{label}"><p>{text}</p><p>{text}</p>'.encode())
        done = sitrep("text", "--any-language", tmp_path / "a.html")
        assert text.strip() in done.stdout.decode()
