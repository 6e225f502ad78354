"""PDF files: paragraphs put together again, what is no text left out, hostile files survived."""
import json
import random

import pytest

from conftest import BUILD
from pdf import column, pdf

pytestmark = pytest.mark.skipif(not (BUILD / "sitrep-pdf").exists(), reason="built without poppler")

BODY = """
Rebels shelled the northern quarters of Aden on Monday, and killing of civil-
ians went on in the suburbs, the governor said. Government forces answered
with anti-aircraft guns from the hills.
   A second attack hit the port on Tuesday. At least six people were killed
there, and the hospital took in nineteen wounded."""
LONG = "The army has held the road between the two towns since the beginning of"


def text_of(sitrep, tmp_path, content):
    path = tmp_path / "report.pdf"
    path.write_bytes(content)
    done = sitrep("text", path)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


def test_lines_become_paragraphs(sitrep, tmp_path):
    lines = [(72, 90, 18, "The week in Aden")]
    lines += column(BODY.replace("   A", "A"), 72, 130)
    lines[4] = (90, lines[4][1], 10, lines[4][3])  # the second paragraph is indented
    assert text_of(sitrep, tmp_path, pdf([lines])) == (
        "The week in Aden\n\nRebels shelled the northern quarters of Aden on Monday, and killing of civilians went on in the "
        "suburbs, the governor said. Government forces answered with anti-aircraft guns from the hills.\n\n"
        "A second attack hit the port on Tuesday. At least six people were killed there, and the hospital took in nineteen wounded.")


def test_gaps_bullets_and_hyphens(sitrep, tmp_path):
    lines = column("""
The shelling went on for most of the night in the quarters held by Houthi-
aligned fighters, who had brought anti-
tank guns into the old town and who were said to have left the harbour on
the same day, after a long battle.""", 72, 100)
    lines += column("Losses of the day were given as follows by the garrison of the town itself:", 72, 170)
    lines += [(72, 190, 10, "\u2022 two tanks of the second brigade, which had come over the bridge in the"),
              (82, 202, 10, "early morning"), (72, 214, 10, "\u2022 one truck")]
    assert text_of(sitrep, tmp_path, pdf([lines])) == (
        "The shelling went on for most of the night in the quarters held by Houthi-aligned fighters, who had brought anti-tank guns "
        "into the old town and who were said to have left the harbour on the same day, after a long battle.\n\n"
        "Losses of the day were given as follows by the garrison of the town itself:\n\n"
        "\u2022 two tanks of the second brigade, which had come over the bridge in the early morning\n\n\u2022 one truck")


def test_columns_pages_heads_and_notes(sitrep, tmp_path):
    def page(number, left, right, notes=""):
        lines = [(72, 40, 8, f"Situation report {number} - Aden"), (300, 770, 8, f"{number}")]
        return lines + column(left, 72, 90) + column(right, 320, 90) + column(notes, 72, 700, 7, 9)
    first = page(1, "Rebels took the port of Aden on the third\nof March after a battle of two days in\nwhich eleven men were killed and the\nharbour burned, and then",
                 "they turned north. The army said that it\nhad lost the road to the airport and the\nbridge behind it, while its planes had\nbombed the depots of the",
                 "1 Local radio, 4 March.")
    second = page(2, "rebels in the hills. Nobody was hurt in\nthat attack, the mayor said in the\nevening to reporters in the town, and no\nhouse was hit.",
                  "On the next day it was quiet in all parts\nof the town, and the market opened again\nfor some hours before the\ncurfew.", "2 The mayor's office.")
    text = text_of(sitrep, tmp_path, pdf([first, second]))
    assert text == (
        "Rebels took the port of Aden on the third of March after a battle of two days in which eleven men were killed and the harbour "
        "burned, and then they turned north. The army said that it had lost the road to the airport and the bridge behind it, while its "
        "planes had bombed the depots of the rebels in the hills. Nobody was hurt in that attack, the mayor said in the evening to "
        "reporters in the town, and no house was hit.\n\nOn the next day it was quiet in all parts of the town, and the market opened "
        "again for some hours before the curfew.\n\n1 Local radio, 4 March.\n\n2 The mayor's office.")


def test_raised_numbers_of_notes_are_no_numbers(sitrep, tmp_path):
    lines = [(72, 100, 10, "The shelling killed six people in the town of Aden."), (302, 96, 6, "12"),
             (312, 100, 10, "It was quiet on the next day."), (72, 112, 10, "No one else was hurt there, the mayor said on that day.")]
    assert "12" not in text_of(sitrep, tmp_path, pdf([lines]))


def test_claims_tell_their_page(sitrep, tmp_path):
    pages = [column("Nothing happened in the town for a whole week, the mayor of it said then.", 72, 100),
             column("Rebels shelled Aden on Monday, killing at least six people in the harbour.", 72, 100)]
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf(pages, {"Title": "Microsoft Word - final.doc", "Author": "Jane Doe"}))
    claims = [json.loads(line) for line in sitrep("read", "--to", "jsonl", path).stdout.splitlines()]
    assert claims and all(c["evidence"]["page"] == 2 for c in claims)
    assert claims[0]["document"]["title"] is None and claims[0]["document"]["author"] == "Jane Doe"
    assert claims[0]["evidence"].get("start_byte") is None


def test_the_day_of_making_counts_where_the_text_names_its_year(sitrep, tmp_path):
    for year, day in (("2015", "2015-04-07"), ("1990", None)):
        path = tmp_path / "report.pdf"
        path.write_bytes(pdf([column(f"Rebels shelled Aden in April {year}, killing at least six people there.", 72, 100)],
                             {"CreationDate": "D:20150407120000Z"}))
        claims = [json.loads(line) for line in sitrep("read", "--to", "jsonl", path).stdout.splitlines()]
        assert claims[0]["document"]["published"] == day


@pytest.mark.parametrize("content, words", [
    (pdf([[]]), "without text"),
    (pdf([column("Secret.", 72, 100)], extra=b"/Encrypt << /Filter /Standard /V 1 /R 2 /O (" + b"x" * 32 + b") /U (" + b"y" * 32 + b") /P -4 >> /ID [(a) (a)]"),
     "encrypted"),
    (b"%PDF-1.4\nnothing of the kind\n", "damaged"),
])
def test_files_that_give_nothing_are_named(sitrep, tmp_path, content, words):
    (tmp_path / "a.pdf").write_bytes(content)
    (tmp_path / "b.txt").write_text("Rebels shelled Aden on Monday.")
    done = sitrep("read", tmp_path)
    assert done.returncode == 1 and words in done.stderr.decode() and done.stdout


def test_damaged_files_are_survived(sitrep, tmp_path):
    good = pdf([column(BODY, 72, 100)] * 3, compress=False)
    for seed in range(12):
        dice = random.Random(seed)
        data = bytearray(good)
        for _ in range(dice.randrange(1, 40)):
            at = dice.randrange(len(data))
            if dice.randrange(3):
                data[at] = dice.randrange(256)
            else:
                del data[at:at + dice.randrange(60)]
        done = sitrep("text", "--from", "pdf", "-", stdin=bytes(data), timeout=120)
        assert done.returncode in (0, 1)


def test_loops_and_bombs_end(sitrep, tmp_path):
    bomb = pdf([[(72, 100, 10, "A" * 20000000)]])  # one string
    many = pdf([[(72, 100, 10, "x")]] * 10).replace(b"/Count 10", b"/Count 999999999")
    loop = pdf([[(72, 100, 10, "x")]]).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]")
    for content in (bomb, many, loop):
        done = sitrep("text", "-", stdin=content, timeout=150)
        assert done.returncode in (0, 1)


def test_without_the_program_it_says_so(tmp_path, sitrep):
    import shutil
    import subprocess
    alone = tmp_path / "sitrep"
    shutil.copy(BUILD / "sitrep", alone)
    (tmp_path / "a.pdf").write_bytes(pdf([column("Words.", 72, 100)]))
    done = subprocess.run([alone, "text", "--data", BUILD.parent, tmp_path / "a.pdf"], capture_output=True)
    assert done.returncode == 1 and b"sitrep-pdf" in done.stderr
