"""Bytes that records point at: cut out of what was read they say what the record quotes."""
import html
import json
import re

import pytest

BODY = """<html><head>%s<title>Army takes two towns &ndash; Example</title><script>var x = "<p>Rebels shelled it</p>";</script>
</head><body><article><h1>Army takes two towns</h1>
<p>On Monday the army <b>shelled</b> the town of Saraqib,&nbsp;killing at least six people &amp; injuring &#8220;dozens&#8221;,
   residents said.<!-- ad --></p><script>ad()</script>
<p>Warplanes bombed a caf%s in Aleppo, %sofficials%s said. It was the third strike on the city in a week, and rebels
fired rockets in return, killing two soldiers.</p></article></body></html>"""

PAGES = {
    "utf-8": BODY % ("", "é", "“", "”"),
    "windows-1252": BODY % ("<meta charset=windows-1252>", "é", "“", "”"),
    "utf-16": BODY % ("", "é", "“", "”"),
    "gb18030": BODY % ("<meta charset=gb2312>", "é", "“", "”"),
}


def letters(text):
    return re.sub(r"[\W_]+", "", text)


def said_by(piece):
    piece = re.sub(r"(?is)<!--.*?-->|<script\b.*?</script\s*>", "", piece)
    return letters(html.unescape(re.sub(r"(?s)<[^>]*>", "", piece)))


def records(sitrep, command, *arguments, stdin=b""):
    done = sitrep(command, "--to", "jsonl", *arguments, stdin=stdin)
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def places(record):
    if "evidence" in record:
        return record["evidence"]["exact"], record["evidence"]
    return record["text"], record


@pytest.mark.parametrize("command", ["read", "mentions"])
@pytest.mark.parametrize("charset", PAGES)
def test_bytes_of_a_page_say_what_is_quoted(sitrep, tmp_path, charset, command):
    raw = PAGES[charset].encode(charset)
    path = tmp_path / "page.html"
    path.write_bytes(raw)
    got = records(sitrep, command, path)
    assert len(got) >= 3
    codec = "utf-16-le" if charset == "utf-16" else charset
    for record in got:
        quoted, at = places(record)
        cut = raw[at["start_byte"]:at["end_byte"]].decode(codec)
        assert said_by(cut) == letters(quoted), (cut, quoted)


@pytest.mark.parametrize("command", ["read", "mentions"])
def test_bytes_of_texts_and_lines_say_what_is_quoted(sitrep, tmp_path, command):
    text = "Rebels shelled the caf\u00e9 in Aleppo on Monday, killing six people.\r\n\r\nOfficials said: \u201cTroops took Homs.\u201d\n"
    line = {"id": "a", "text": text}
    page = {"id": "b", "html": PAGES["utf-8"]}
    files = [("x.txt", text.encode(), text.encode()), ("l.txt", text.replace("\u201c", '"').replace("\u201d", '"').encode("latin-1"), None),
             ("t.jsonl", json.dumps(line).encode(), text.encode()), ("h.jsonl", json.dumps(page).encode(), PAGES["utf-8"].encode())]
    for name, raw, source in files:
        path = tmp_path / name
        path.write_bytes(raw)
        got = records(sitrep, command, path)
        assert got
        for record in got:
            quoted, at = places(record)
            cut = (source or raw)[at["start_byte"]:at["end_byte"]].decode("utf-8" if source else "latin-1")
            assert (said_by(cut) == letters(quoted)) if name == "h.jsonl" else (cut == quoted)


def test_words_that_stand_nowhere_have_no_bytes(sitrep):
    page = ('<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Rebels shell town of Saraqib, killing six"}'
            "</script><p>The army said nothing about it on Monday, and residents of the town could not be reached.</p>")
    got = records(sitrep, "mentions", "--from", "html", "-", stdin=page)
    assert any(r["start_byte"] is None and r["end_byte"] is None for r in got)
    assert any(r["start_byte"] is not None for r in got)
