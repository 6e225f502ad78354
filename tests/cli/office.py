"""Office files put together by hand for the tests."""
import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
RELATIONS = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
             'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
             '</Relationships>')
STYLES = (f'<w:styles {W}><w:style w:styleId="Titre1"><w:name w:val="heading 1"/></w:style>'
          '<w:style w:styleId="Rapport"><w:name w:val="Our heading"/><w:basedOn w:val="Titre1"/></w:style>'
          '<w:style w:styleId="TM1"><w:name w:val="toc 1"/></w:style></w:styles>')
ODF = " ".join(f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for p, n in [
    ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("meta", "meta"), ("draw", "drawing")])
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'


def pack(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, content in parts.items():
            z.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def docx(body, notes="", **facts):
    core = "".join(f"<{k.replace('_', ':')}>{v}</{k.replace('_', ':')}>" for k, v in facts.items())
    return pack({"[Content_Types].xml": "<Types/>", "_rels/.rels": RELATIONS, "word/styles.xml": STYLES,
                 "word/document.xml": f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>',
                 "word/footnotes.xml": f"<w:footnotes {W}>{notes}</w:footnotes>",
                 "docProps/core.xml": f'<cp:coreProperties xmlns:cp="urn:cp" {DC}>{core}</cp:coreProperties>'})


def paragraph(text, style=None, properties=""):
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f'<w:p><w:pPr>{style}{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def odt(body, styles="", **facts):
    meta = "".join(f"<{k.replace('_', ':', 1).replace('_', '-')}>{v}</{k.replace('_', ':', 1).replace('_', '-')}>" for k, v in facts.items())
    return pack({"mimetype": "application/vnd.oasis.opendocument.text",
                 "content.xml": f"<office:document-content {ODF}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
                                f"<office:text>{body}</office:text></office:body></office:document-content>",
                 "meta.xml": f"<office:document-meta {ODF} {DC}><office:meta>{meta}</office:meta></office:document-meta>"})
