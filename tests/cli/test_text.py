"""sitrep text --to jsonl: documents with what they say of themselves, their media and their blocks."""
import json

import jsonschema

from conftest import ROOT

PAGE = """<!doctype html><html lang="en"><head><title>Clinic hit in Tal | Example News</title>
<meta property="og:site_name" content="Example News"><meta name="author" content="Jane Doe">
<meta property="article:published_time" content="2023-05-01T10:00:00Z">
<link rel="canonical" href="https://news.example/war/tal"></head><body><article><h1>Clinic hit in Tal</h1>
<p class="byline">By Jane Doe</p>
<figure><img src="/i/a.jpg"><figcaption>Rescuers at the clinic in Tal.</figcaption></figure>
<p>Two shells hit a clinic in Tal on Monday, killing three patients \u2013 among them a child \u2013 doctors said.</p>
<ul><li>Three people were killed</li><li>Eleven were hurt</li></ul>
<p>\u0428\u0442\u0430\u0431 \u0430\u0440\u043c\u0438\u0438 \u0437\u0430\u044f\u0432\u0438\u043b, \u0447\u0442\u043e \u043e\u0431\u0441\u0442\u0440\u0435\u043b \u0432\u0435\u043b\u0441\u044f \u0441 \u0441\u043e\u0441\u0435\u0434\u043d\u0438\u0445 \u0432\u044b\u0441\u043e\u0442 \u0438 \u043f\u0440\u043e\u0434\u043e\u043b\u0436\u0430\u043b\u0441\u044f \u0432\u0435\u0441\u044c \u0434\u0435\u043d\u044c, \u0434\u043e \u0441\u0430\u043c\u043e\u0439 \u043d\u043e\u0447\u0438.</p>
<p>The army said that the fire had come from the hills, where rebels had dug in last week.</p>
<iframe src="https://www.youtube.com/embed/abc"></iframe></article></body></html>"""


def documents(done):
    assert done.returncode == 0, done.stderr.decode()
    schema = json.loads((ROOT / "docs" / "schema" / "document.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    found = [json.loads(line) for line in done.stdout.decode().splitlines()]
    for d in found:
        jsonschema.Draft202012Validator(schema).validate(d)
        at = 0
        for b in d["blocks"]:
            assert at <= b["start"] < b["end"] <= len(d["text"])
            at = b["end"]
    return found


def test_a_page_as_a_document(sitrep, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(PAGE)
    [d] = documents(sitrep("text", "--to", "jsonl", path))
    assert (d["title"], d["author"], d["publisher"], d["published"]) == \
        ("Clinic hit in Tal", "Jane Doe", "Example News", "2023-05-01")
    assert d["media"] == [
        {"url": "https://news.example/i/a.jpg", "type": "image/jpeg", "caption": "Rescuers at the clinic in Tal."},
        {"url": "https://www.youtube.com/embed/abc", "type": "text/html", "caption": None}]
    assert d["text"] == sitrep("text", path).stdout.decode().rstrip("\n")
    kinds = [b["kind"] for b in d["blocks"]]
    assert kinds == ["title", "paragraph", "caption", "paragraph", "list_item", "list_item", "paragraph", "paragraph"]
    assert [b["kind"] == "paragraph" and b["notice"] for b in d["blocks"]].index(True) == 1
    assert [i for i, b in enumerate(d["blocks"]) if b["foreign"]] == [6]
    piece = d["blocks"][3]
    assert d["text"][piece["start"]:piece["end"]].startswith("Two shells hit")


def test_documents_of_lines_and_texts(sitrep):
    lines = [{"id": "a", "text": "Shells fell on Tal.", "date": "2021-02-03", "licence": "CC BY 4.0"},
             {"id": "b", "html": PAGE, "url": "https://other.example/x", "retrieved": "2023-06-01T00:00:00Z"}]
    a, b = documents(sitrep("text", "--to", "jsonl", "-", stdin="\n".join(map(json.dumps, lines))))
    assert (a["id"], a["published"], a["licence"], a["media"], a["text"]) == \
        ("a", "2021-02-03", "CC BY 4.0", [], "Shells fell on Tal.")
    assert (b["url"], b["retrieved"], b["media"][0]["url"]) == \
        ("https://other.example/x", "2023-06-01T00:00:00Z", "https://other.example/i/a.jpg")


def test_claims_name_the_media_of_their_page(sitrep):
    done = sitrep("read", "--to", "jsonl", "--from", "html", "-", stdin=PAGE)
    claims = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert claims and all(len(c["document"]["media"]) == 2 for c in claims)
