"""A very small writer of PDF files for the tests: Helvetica, lines at given places."""
import zlib

WIDTHS = 0.5  # of an em, roughly; the tests set lines by hand


def escape(text):
    return text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def page_content(lines):
    """lines: (x, y from the top, size, text)."""
    out = [b"BT"]
    for x, y, size, text in lines:
        out.append(b"/F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj" % (size, x, 792 - y, escape(text)))
    return b"\n".join(out + [b"ET"])


def pdf(pages, info=None, compress=True, extra=b""):
    """pages: lists of lines. info: Title, Author, CreationDate …"""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(len(pages)))
    objects.append(b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)))
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for i, lines in enumerate(pages):
        content = page_content(lines)
        flate = b""
        if compress:
            content, flate = zlib.compress(content), b" /Filter /FlateDecode"
        objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (5 + 2 * i))
        objects.append(b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(content), flate, content))
    fields = b" ".join(b"/%s (%s)" % (k.encode(), escape(v)) for k, v in (info or {}).items())
    objects.append(b"<< %s >>" % fields)
    out = b"%PDF-1.4\n"
    places = []
    for i, o in enumerate(objects):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (i + 1, o)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % p for p in places)
    return out + b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(objects), extra, start)


def column(text, x, y, size=10, pitch=12):
    """A line each, one below the other."""
    return [(x, y + i * pitch, size, line) for i, line in enumerate(text.strip("\n").split("\n")) if line]
