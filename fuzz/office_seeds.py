#!/usr/bin/env python3
"""office_seeds.py FOLDER: what stands in DOCX and ODT files, as fuzz/office.c wants it, and whole files."""
import io
import pathlib
import sys
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests/cli"))
from office import docx, odt, paragraph  # noqa: E402

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
TABLE = "<w:tbl><w:tr><w:tc>{0}</w:tc><w:tc>{0}</w:tc></w:tr></w:tbl>"
CHANGES = '<w:p><w:del><w:r><w:delText>x</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>y</w:t><w:tab/><w:br/></w:r></w:p>'
files = [docx(paragraph("Rebels held Aden.", "Titre1") + TABLE.format(paragraph("six killed")) + CHANGES, dc_title="Aden", dc_creator="A. Writer"),
         odt('<text:h text:outline-level="1">Aden</text:h><text:p>Rebels<text:s text:c="3"/>held<text:tab/>it.<text:note><text:note-body>'
             '<text:p>Note</text:p></text:note-body></text:note></text:p><text:list><text:list-item><text:p>six</text:p></text:list-item></text:list>'
             '<table:table><table:table-row><table:table-cell table:number-columns-repeated="99999"><text:p>a</text:p></table:table-cell>'
             '</table:table-row></table:table>', dc_title="Aden")]
for i, data in enumerate(files):
    names = [("word/document.xml", "word/styles.xml", "docProps/core.xml"), ("content.xml", "meta.xml")][i]
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        for k, other in enumerate(names[1:]):
            (folder / f"seed-{i}-{k}").write_bytes(bytes([i]) + z.read(names[0]) + b"\xff" + z.read(other))
    (folder / f"seed-{i}-whole").write_bytes(bytes([128 + i]) + data)
