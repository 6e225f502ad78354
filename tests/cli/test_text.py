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


# Pages as outlets that report on wars write them; each bears a fault that was repaired.
SAID = ["Artillery fire struck the eastern district of Hamrat early on Tuesday, killing five people and wounding a dozen "
        "others, the provincial health office said.",
        "Residents described a barrage that lasted for almost two hours and damaged a bakery, a school, and several homes "
        "near the main road.",
        "The army blamed fighters of the Northern Front, which controls the hills above the town, but the group denied any "
        "role in the attack.",
        "On Sunday, two soldiers were killed when their vehicle hit a landmine on the road to Qasr, a spokesman said."]
PARAGRAPHS = ["<p>" + s + "</p>" for s in SAID]


def document_of(sitrep, body, head=""):
    page = f"<!doctype html><html lang=en><head>{head}</head><body>{body}</body></html>"
    [d] = documents(sitrep("text", "--to", "jsonl", "--from", "html", "-", stdin=page))
    blocks = [(d["text"][b["start"]:b["end"]], b["notice"]) for b in d["blocks"]]
    return d, [t for t, notice in blocks if not notice], [t for t, notice in blocks if notice]


def message(n, text, media=""):
    return f"""<div class="tgme_widget_message_wrap"><div class="tgme_widget_message">
      <div class="tgme_widget_message_user"><a href="https://t.me/hamratnow"><i class="tgme_widget_message_user_photo">
      <img src="https://cdn.example/ava.jpg"></i></a></div><div class="tgme_widget_message_bubble">
      <div class="tgme_widget_message_author"><a href="https://t.me/hamratnow"><span>Hamrat Now</span></a></div>{media}
      <div class="tgme_widget_message_text">{text}</div><div class="tgme_widget_message_footer">
      <div class="tgme_widget_message_info"><span>1{n}.2K</span><span> views</span>
      <a href="https://t.me/hamratnow/{n}"><time datetime="2023-05-02T0{n}:12:00Z">0{n}:12</time></a></div></div></div></div></div>"""


def test_short_messages_of_a_channel_stay(sitrep):
    photo = "<a class=\"tgme_widget_message_photo_wrap\" style=\"background-image:url('https://cdn.example/p1.jpg')\"></a>"
    d, said, _ = document_of(sitrep, "<main><section>" + message(1, SAID[0] + "<br><br>" + SAID[1], photo)
                             + message(2, "Two more shells on the bakery now.") + message(3, SAID[2]) + message(4, SAID[3])
                             + "</section></main>", '<meta property="og:title" content="Hamrat Now">')
    assert said == ["Hamrat Now", SAID[0], SAID[1], "Two more shells on the bakery now.", SAID[2], SAID[3]]
    assert [m["url"] for m in d["media"]] == ["https://cdn.example/p1.jpg"]


def test_rows_of_tables_are_lines(sitrep):
    table = """<table><thead><tr><th>Date</th><th>District</th><th>Killed</th></tr></thead><tbody>
      <tr><td>1 May</td><td><p>Hamrat</p></td><td>5</td></tr><tr><td>2 May</td><td>Qasr<br>(road)</td><td>2</td></tr></tbody></table>"""
    _, said, notices = document_of(sitrep, "<main><h1>Humanitarian update for May</h1>" + "".join(PARAGRAPHS[:2]) + table
                                   + PARAGRAPHS[2] + "</main>")
    assert said[3:6] == ["Date | District | Killed", "1 May | Hamrat | 5", "2 May | Qasr (road) | 2"]
    assert not notices


def test_lists_made_of_line_breaks_are_lines(sitrep):
    _, said, _ = document_of(sitrep, "<main><h1>Daily report of the monitor</h1>" + "".join(PARAGRAPHS[:2])
                             + "<p>Names of the victims:<br>1. Ahmad Salim, 34<br>2. Hana Salim, 7<br>3. Omar Darwish, 51</p>"
                             + PARAGRAPHS[2] + "</main>")
    assert said[3:7] == ["Names of the victims:", "1. Ahmad Salim, 34", "2. Hana Salim, 7", "3. Omar Darwish, 51"]


def test_calls_for_support_are_notices(sitrep):
    _, said, notices = document_of(sitrep, "<main><h1>Convoy held up on its way</h1>" + PARAGRAPHS[0] + """<div><h3>Your support
      makes our reporting possible</h3><p>The Report is funded by readers. If you can, please consider making a contribution of as
      little as $5 a month, so that we can stay independent.</p><a href=d>Donate now</a></div>""" + PARAGRAPHS[1] + PARAGRAPHS[2]
                                   + "</main>")
    assert said == ["Convoy held up on its way"] + SAID[:3] and len(notices) >= 2


def test_days_and_names_that_stand_in_lines_over_the_text(sitrep):
    d, said, _ = document_of(sitrep, "<div><h1>Five dead in shelling of Hamrat</h1><div>Gulf Wire staff<br>Published: May 02, 2023 "
                             "21:14<br>Last updated: May 03, 2023 07:02</div>" + "".join(PARAGRAPHS) + "</div>")
    assert (d["published"], d["updated"]) == ("2023-05-02", "2023-05-03") and said[-4:] == SAID
    d, _, _ = document_of(sitrep, "<div><h1>Who shelled Hamrat?</h1><small>posted by Max at 10:12 AM, Wednesday, May 3, 2023"
                          "</small><br><br>" + "<br><br>".join(SAID) + "</div>")
    assert (d["author"], d["published"]) == ("Max", "2023-05-03")
    d, _, _ = document_of(sitrep, "<h1>Convoy held up on its way</h1><div>May 3, 2023, 4:15 PM \u00b7 3 min read</div>"
                          + "".join(PARAGRAPHS))
    assert d["published"] == "2023-05-03"


def test_a_title_goes_without_its_site_where_the_heading_begins_with_it(sitrep):
    d, _, _ = document_of(sitrep, "<main><h1>Hamrat live: shelling resumes as talks stall</h1>" + "".join(PARAGRAPHS) + "</main>",
                          "<title>Hamrat live: shelling resumes | World Desk</title>")
    assert d["title"] == "Hamrat live: shelling resumes"
