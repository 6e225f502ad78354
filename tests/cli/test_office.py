"""DOCX and ODT: what the printed page shows is read, what it does not show is not."""
import json
import zipfile

import pytest

from office import W, docx, odt, pack, paragraph

STRIKE = "Rebels shelled Aden on Monday, killing at least six people."


def text_of(sitrep, tmp_path, content, name="report.docx"):
    path = tmp_path / name
    path.write_bytes(content)
    done = sitrep("text", path)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


def claims_of(sitrep, tmp_path, content, name="report.docx"):
    path = tmp_path / name
    path.write_bytes(content)
    done = sitrep("read", "--to", "jsonl", path)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_docx_gives_paragraphs_lists_tables_and_notes(sitrep, tmp_path):
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
    cell = "<w:tc>{}</w:tc>".format
    row = "<w:tr>{}</w:tr>".format
    body = (paragraph("Northern front", "Rapport") + paragraph("Contents ....... 3", "TM1")
            + "<w:p><w:r><w:t>The army </w:t></w:r><w:r><w:t>took the</w:t><w:tab/><w:t>town.</w:t></w:r>"
              '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
            + paragraph("two tanks", properties=item) + paragraph("one truck", properties=item)
            + "<w:tbl>" + row(cell(paragraph("12 March")) + cell(paragraph("Aden")) + cell(paragraph("6 killed")))
            + row(cell(paragraph("First paragraph of a cell.") + paragraph("Second paragraph of it.")) + cell(paragraph("x"))) + "</w:tbl>"
            + paragraph("It was quiet."))
    notes = (f'<w:footnote w:type="separator" w:id="0">{paragraph("----")}</w:footnote>'
             f'<w:footnote w:id="2">{paragraph("Local radio, 13 March.")}</w:footnote>')
    assert text_of(sitrep, tmp_path, docx(body, notes)) == (
        "Northern front\n\nContents ....... 3\n\nThe army took the town.\n\ntwo tanks\none truck\n12 March | Aden | 6 killed\n\n"
        "First paragraph of a cell.\n\nSecond paragraph of it.\n\nx\n\nIt was quiet.\n\nLocal radio, 13 March.")


def test_what_a_docx_does_not_show_is_left_out(sitrep, tmp_path):
    body = ('<w:p><w:r><w:t>Rebels </w:t></w:r><w:del w:id="1"><w:r><w:delText>bombed</w:delText></w:r></w:del>'
            '<w:ins w:id="2"><w:r><w:t>shelled</w:t></w:r></w:ins><w:moveFrom w:id="3"><w:r><w:t> yesterday</w:t></w:r></w:moveFrom>'
            '<w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t> secretly</w:t></w:r>'
            '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> the town.</w:t></w:r></w:p>'
            '<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>' + paragraph("In a box.") + "</w:txbxContent></mc:Choice>"
            "<mc:Fallback><w:txbxContent>" + paragraph("In a box.") + "</w:txbxContent></mc:Fallback></mc:AlternateContent>"
            "<w:t>Around the box.</w:t></w:r></w:p>")
    assert text_of(sitrep, tmp_path, docx(body)) == "Rebels shelled the town.\n\nIn a box.\n\nAround the box."


def test_odt_gives_the_same(sitrep, tmp_path):
    styles = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    body = ('<text:tracked-changes><text:changed-region><text:deletion><text:p>deleted</text:p></text:deletion></text:changed-region>'
            '</text:tracked-changes><text:p text:style-name="P1">Northern front</text:p>'
            '<text:table-of-content><text:index-body><text:p>Contents</text:p></text:index-body></text:table-of-content>'
            '<text:h text:outline-level="1">Week 11</text:h>'
            '<text:p>The army<text:s text:c="2"/>took\nthe town.<text:note><text:note-citation>1</text:note-citation><text:note-body>'
            '<text:p>Local radio.</text:p></text:note-body></text:note><office:annotation><text:p>a comment</text:p></office:annotation>'
            ' It was quiet.</text:p><text:list><text:list-item><text:p>two tanks</text:p></text:list-item></text:list>'
            '<table:table><table:table-row><table:table-cell><text:p>12 March</text:p></table:table-cell><table:table-cell>'
            '<text:p>Aden</text:p></table:table-cell></table:table-row></table:table>')
    assert text_of(sitrep, tmp_path, odt(body, styles), "report.odt") == (
        "Northern front\n\nWeek 11\n\nThe army took the town. It was quiet.\n\ntwo tanks\n12 March | Aden\n\nLocal radio.")


@pytest.mark.parametrize("facts, title, author, published", [
    (dict(dc_title="The fall of Aden", dc_creator="Jane Doe", dcterms_created="2015-04-07T10:00:00Z"), "The fall of Aden", "Jane Doe", "2015-04-07"),
    (dict(dc_title="Microsoft Word - final_v2.docx", dc_creator="Microsoft Office User"), None, None, None),
    (dict(dc_title="Document1", dc_creator="admin", dcterms_created="2019-04-07T10:00:00Z"), None, None, None),
    (dict(dc_title="final_report_2015", dc_creator=" "), None, None, None),
])
def test_what_a_file_says_of_itself_is_weighed(sitrep, tmp_path, facts, title, author, published):
    claims = claims_of(sitrep, tmp_path, docx(paragraph("The year 2015 was hard for the city. " + STRIKE), **facts))
    about = claims[0]["document"]
    assert (about["title"], about["author"], about["published"]) == (title, author, published)


def test_a_heading_is_the_title_and_the_caller_knows_better(sitrep, tmp_path):
    content = docx(paragraph("Shells on the port", "Titre1") + paragraph(STRIKE), dc_title="Weekly template")
    assert claims_of(sitrep, tmp_path, content)[-1]["document"]["title"] == "Shells on the port"
    done = sitrep("read", "--to", "jsonl", "--title", "Given", "--date", "2015-04-06", tmp_path / "report.docx")
    about = json.loads(done.stdout.splitlines()[-1])["document"]
    assert about["title"] == "Given" and about["published"] == "2015-04-06"


def test_claims_of_an_office_file_have_offsets_into_its_text(sitrep, tmp_path):
    content = odt(f"<text:p>Kyiv \u2014 caf\u00e9.</text:p><text:p>{STRIKE}</text:p>")
    claims = claims_of(sitrep, tmp_path, content, "report.odt")
    text = text_of(sitrep, tmp_path, content, "report.odt")
    assert claims and claims[0]["killed"]["low"] == 6
    for c in claims:
        assert text[c["evidence"]["start"]:c["evidence"]["end"]] == c["evidence"]["exact"]


def test_formats_by_content_and_by_name(sitrep, tmp_path):
    content = docx(paragraph(STRIKE))
    assert text_of(sitrep, tmp_path, content, "noname") == STRIKE
    assert sitrep("text", "-", stdin=content).stdout.decode() == STRIKE
    assert sitrep("text", "--from", "docx", "-", stdin=content).stdout.decode() == STRIKE
    assert text_of(sitrep, tmp_path, STRIKE.encode(), "plain.docx") == STRIKE  # no zip file at all: text


def spoilt(kind):
    good = docx(paragraph(STRIKE) * 200)
    if kind == "cut":
        return good[:len(good) // 2]
    if kind == "bytes":
        return good[:400] + bytes(300) + good[700:]
    if kind == "xml":
        return pack({"_rels/.rels": "", "word/document.xml": f"<w:document {W}><w:body><w:p>"})
    if kind == "doctype":
        lol = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9)) + "]>"
        return pack({"word/document.xml": f"{lol}<w:document {W}><w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>"})
    if kind == "empty":
        return pack({"word/other.xml": "<x/>"})
    return pack({"[Content_Types].xml": "", "xl/workbook.xml": "<x/>"})


@pytest.mark.parametrize("kind, words", [("cut", "zip"), ("bytes", "damaged"), ("xml", "word/document.xml"), ("doctype", "document type"),
                                         ("empty", "missing"), ("sheet", "ZIP")])
def test_damaged_files_are_named_and_the_next_is_read(sitrep, tmp_path, kind, words):
    (tmp_path / "a.docx" if kind != "sheet" else tmp_path / "a").write_bytes(spoilt(kind))
    (tmp_path / "b.docx").write_bytes(docx(paragraph(STRIKE)))
    done = sitrep("read", "--to", "jsonl", tmp_path)
    assert done.returncode == 1 and done.stdout.count(b"\n") >= 1
    assert words in done.stderr.decode() and done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("inside", ["text", "tags"])
def test_a_bomb_ends_at_a_limit(sitrep, tmp_path, inside):
    path = tmp_path / "bomb.docx"
    chunk = ("A" * 1000000 if inside == "text" else "<w:p><w:r/></w:p>" * 60000)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z, z.open("word/document.xml", "w", force_zip64=True) as part:
        part.write(f"<w:document {W}><w:body><w:p><w:r><w:t>".encode())
        for _ in range(200 if inside == "text" else 160):
            part.write(chunk.encode() if inside == "text" else f"</w:t></w:r></w:p>{chunk}<w:p><w:r><w:t>".encode())
    done = sitrep("text", path, timeout=60)
    assert done.returncode == 1 and b"limit" in done.stderr or b"more than" in done.stderr


def test_deep_nesting_is_survived(sitrep, tmp_path):
    inner = STRIKE
    boxes = "<w:p><w:r><w:txbxContent>" * 3000 + paragraph(inner) + "</w:txbxContent></w:r></w:p>" * 3000
    assert STRIKE in text_of(sitrep, tmp_path, docx(boxes))
    tables = "<w:tbl><w:tr><w:tc>" * 3000 + paragraph(inner) + "</w:tc></w:tr></w:tbl>" * 3000
    assert STRIKE in text_of(sitrep, tmp_path, docx(tables))
