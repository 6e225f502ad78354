"""Web archives and other packed files, made by hand for the tests."""
import base64
import gzip
import hashlib
import io
import zipfile

PARAGRAPH = ("Government forces shelled the village of {0} on Monday, killing three civilians and wounding nine others, "
             "residents and a local monitoring group said. Rescue workers pulled two people from the rubble of a house. "
             "The ministry of defence did not comment on the report, which could not be confirmed independently.")


def page(name, paragraphs=3):
    body = "".join(f"<p>{PARAGRAPH.format(name)}</p>" for _ in range(paragraphs))
    return f"<!DOCTYPE html><html><head><title>Shelling in {name}</title></head><body><article><h1>Shelling in " \
           f"{name}</h1>{body}</article></body></html>".encode()


def http(body, type="text/html; charset=utf-8", status="200 OK", **headers):
    lines = [f"HTTP/1.1 {status}"] + ([f"Content-Type: {type}"] if type else [])
    lines += [f"{k.replace('_', '-')}: {v}" for k, v in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def sha1(data):
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def record(block, url="http://example.org/a", kind="response", id="<urn:uuid:1>", length=None, version="1.0",
           type="application/http; msgtype=response", date="2021-03-04T05:06:07Z", **fields):
    head = [f"WARC/{version}", f"WARC-Type: {kind}", f"WARC-Date: {date}"]
    if url:
        head.append(f"WARC-Target-URI: {url}")
    if id:
        head.append(f"WARC-Record-ID: {id}")
    if type:
        head.append(f"Content-Type: {type}")
    head += [f"{k.replace('_', '-')}: {v}" for k, v in fields.items()]
    head.append(f"Content-Length: {len(block) if length is None else length}")
    return "\r\n".join(head).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def pages(names, **more):
    return [record(http(page(n)), url=f"http://example.org/{n}", id=f"<urn:uuid:{n}>", **more) for n in names]


def by_member(records):
    return b"".join(gzip.compress(r, mtime=0) for r in records)


def arc(records):
    """(url, block) pairs as an ARC file, version 1."""
    text = b"1 0 test\nURL IP-address Archive-date Content-type Archive-length\n"
    out = [b"filedesc://test.arc 0.0.0.0 20080430204825 text/plain %d\n" % len(text) + text]
    for url, block in records:
        out.append(b"\n%s 192.0.2.1 20080430204826 text/html %d\n" % (url.encode(), len(block)) + block)
    return out


def zipped(members, method=zipfile.ZIP_STORED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as z:
        for name, data in members.items():
            z.writestr(name, data)
    return out.getvalue()


def chunked(body, size=100):
    parts = [body[i:i + size] for i in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in parts) + b"0\r\n\r\n"
