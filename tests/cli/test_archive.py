"""Web archives, good, damaged and hostile, and packed files, through the whole program."""
import bz2
import gzip
import hashlib
import json
import lzma
import os
import random
import re
import resource
import subprocess
import time
import zipfile
import zlib

import pytest

from archives import PARAGRAPH, arc, by_member, chunked, http, page, pages, record, sha1, zipped
from conftest import CHECKED, PROGRAM, ROOT

NAMES = ["Aden", "Taiz", "Hodeida", "Marib", "Saada"]


def archive(tmp_path, data, name="test.warc"):
    path = tmp_path / name
    path.write_bytes(data)
    return path


def titles(done):
    """The pages that `sitrep text` printed, by their headings."""
    return re.findall(r"Shelling in (\w+)", done.stdout.decode())


def documents(sitrep, *paths, **more):
    done = sitrep("mentions", "--to", "jsonl", *paths, **more)
    seen = {}
    for line in done.stdout.splitlines():
        d = json.loads(line)["document"]
        seen[d["id"]] = d
    return list(seen.values()), done


PACKINGS = {
    "plain": lambda r: b"".join(r),
    "by member": by_member,
    "one stream": lambda r: gzip.compress(b"".join(r)),
    "small members": lambda r: b"".join(gzip.compress(b"".join(r)[i:i + 200]) for i in range(0, len(b"".join(r)), 200)),
    "bz2": lambda r: bz2.compress(b"".join(r)),
    "xz": lambda r: lzma.compress(b"".join(r)),
}


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("where", ["file", "pipe"])
@pytest.mark.parametrize("kind", ["warc", "arc"])
def test_packed_or_not_from_file_or_pipe(sitrep, tmp_path, packing, where, kind):
    records = pages(NAMES) if kind == "warc" else arc([(f"http://example.org/{n}", http(page(n))) for n in NAMES])
    data = PACKINGS[packing](records)
    done = sitrep("text", "-", stdin=data) if where == "pipe" else sitrep("text", archive(tmp_path, data, "data.bin"))
    assert titles(done) == NAMES and done.stderr == b"" and done.returncode == 0


def test_chain_of_custody(sitrep, tmp_path):
    first, second = pages(["Aden", "Taiz"])
    path = archive(tmp_path, by_member([first, second]), "a.warc.gz")
    found, done = documents(sitrep, path)
    assert [d["id"] for d in found] == ["urn:uuid:Aden", "urn:uuid:Taiz"]
    assert found[0]["retrieved"] == "2021-03-04T05:06:07Z"
    assert found[0]["source"] == {"file": str(path), "offset": 0}
    assert found[1]["source"] == {"file": str(path), "offset": len(gzip.compress(first, mtime=0))}
    assert found[1]["sha256"] == hashlib.sha256(page("Taiz")).hexdigest()
    claim = json.loads(sitrep("read", "--to", "jsonl", path).stdout.splitlines()[0])
    assert claim["document"]["url"] == "http://example.org/Aden"
    assert claim["document"]["source"]["file"] == str(path)


def test_the_body_is_what_was_hashed(sitrep, tmp_path):
    packed = http(chunked(gzip.compress(page("Aden"))), Transfer_Encoding="chunked", Content_Encoding="gzip")
    found, _ = documents(sitrep, archive(tmp_path, record(packed)))
    assert found[0]["sha256"] == hashlib.sha256(page("Aden")).hexdigest()


def test_arc_records_are_named_by_address_and_time(sitrep, tmp_path):
    path = archive(tmp_path, b"".join(arc([("http://example.org/a b", http(page("Aden")))])), "x.arc")
    found, _ = documents(sitrep, path)
    assert found[0]["id"] == "http://example.org/a%20b 2008-04-30T20:48:26Z"
    assert found[0]["retrieved"] == "2008-04-30T20:48:26Z"


def raw_deflate(data):
    c = zlib.compressobj(wbits=-15)
    return c.compress(data) + c.flush()


BODIES = {
    "gzip": http(gzip.compress(page("Aden")), Content_Encoding="gzip"),
    "zlib": http(zlib.compress(page("Aden")), Content_Encoding="deflate"),
    "raw deflate": http(raw_deflate(page("Aden")), Content_Encoding="deflate"),
    "twice": http(gzip.compress(gzip.compress(page("Aden"))), Content_Encoding="gzip, gzip"),
    "called gzip": http(page("Aden"), Content_Encoding="gzip"),
    "called br": http(page("Aden"), Content_Encoding="br"),
    "chunked": http(chunked(page("Aden")), Transfer_Encoding="chunked"),
    "called chunked": http(page("Aden"), Transfer_Encoding="chunked"),
    "no status text": http(page("Aden"), status="200"),
    "line feeds": http(page("Aden")).replace(b"\r\n", b"\n"),
    "header without colon": http(page("Aden"), Bad="x").replace(b"Bad: x", b"Bad x"),
    "no type": http(page("Aden"), type=None),
    "capitals": http(page("Aden"), type="TEXT/HTML"),
}


@pytest.mark.parametrize("name", BODIES)
def test_bodies(sitrep, tmp_path, name):
    done = sitrep("text", archive(tmp_path, record(BODIES[name])))
    assert titles(done) == ["Aden"] and done.stderr == b""


def test_wrong_chunk_sizes_are_told(sitrep, tmp_path):
    body = chunked(page("Aden", 2), 400).replace(b"190\r\n", b"180\r\n", 1)
    done = sitrep("text", archive(tmp_path, record(http(body, Transfer_Encoding="chunked"))))
    assert titles(done) == ["Aden"] and b"chunks are wrong" in done.stderr and done.returncode == 0


def test_the_server_tells_the_character_set(sitrep, tmp_path):
    body = "<html><body><p>Взрыв прогремел в городе, сообщили местные жители и власти.</p></body></html>"
    data = record(http(body.encode("koi8-r"), type="text/html; charset=koi8-r"))
    assert "Взрыв прогремел" in sitrep("text", archive(tmp_path, data)).stdout.decode()


def test_what_is_passed_over_is_counted(sitrep, tmp_path):
    data = b"".join(pages(["Aden"]) + [
        record(b"software: test\r\n", kind="warcinfo", type="application/warc-fields"),
        record(b"GET / HTTP/1.1\r\n\r\n", kind="request", type="application/http; msgtype=request"),
        record(http(b"\x89PNG....", type="image/png")), record(http(b"a{}", type="text/css")),
        record(http(b"\x89PNG....", type="image/png")), record(http(page("Ibb"), status="404 Not Found")),
        record(http(b"User-agent: *\n", type="text/plain"), url="http://example.org/robots.txt"),
        record(b"more", kind="continuation"), record(b"x", kind="new-kind")])
    done = sitrep("text", archive(tmp_path, data))
    assert titles(done) == ["Aden"] and done.returncode == 0
    assert b"10 records, 1 read; passed over 4 of other content (image/png 2, text/css 1, robots.txt 1), " \
           b"1 of other status (404 1), 2 others (continuations 1, of unknown kind 1)" in done.stderr
    assert sitrep("text", "--quiet", archive(tmp_path, data)).stderr == b""


def test_resources_conversions_and_feeds(sitrep, tmp_path):
    feed = b'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><item><title>Shelling in Taiz</title><link>http://' \
           b'example.org/taiz</link><description>' + PARAGRAPH.encode() * 3 + b"</description></item></channel></rss>"
    text = b"Shelling in Marib\n\n" + PARAGRAPH.format("Marib").encode() + b"\n"
    data = b"".join([record(page("Aden"), kind="resource", type="text/html", id="<urn:uuid:a>"),
                     record(text, kind="conversion", type="text/plain", id="<urn:uuid:b>"),
                     record(http(feed, type="application/rss+xml"), id="<urn:uuid:c>"),
                     record(http(gzip.compress(feed), type="text/xml", Content_Encoding="gzip"), id="<urn:uuid:d>")])
    path = archive(tmp_path, data)
    done = sitrep("text", path)
    assert titles(done) == ["Aden", "Marib", "Taiz", "Taiz"] and done.returncode == 0
    found, _ = documents(sitrep, path)
    assert {d["retrieved"] for d in found} == {"2021-03-04T05:06:07Z"} and {d["source"]["file"] for d in found} == {str(path)}


def test_revisits(sitrep, tmp_path):
    digest = sha1(page("Aden"))
    first = record(http(page("Aden")), id="<urn:uuid:a>", WARC_Payload_Digest=digest)
    again = record(http(b""), kind="revisit", id="<urn:uuid:b>", WARC_Payload_Digest=digest)
    to_id = record(b"", kind="revisit", id="<urn:uuid:c>", WARC_Refers_To="<urn:uuid:a>")
    foreign = record(http(b""), kind="revisit", id="<urn:uuid:d>", WARC_Payload_Digest=sha1(b"x"))
    with_page = record(http(page("Taiz")), kind="revisit", id="<urn:uuid:e>", WARC_Payload_Digest=sha1(page("Taiz")))
    done = sitrep("text", archive(tmp_path, first + again + to_id + foreign + with_page))
    assert titles(done) == ["Aden", "Taiz"]
    assert b"3 revisits (of what was read 2, of what is not in this archive 1)" in done.stderr and done.returncode == 0


@pytest.mark.parametrize("of,told,differs", [
    ("payload", "sha1:" + "A" * 32, True), ("payload", "sha1:" + "0" * 40, True), ("payload", "sha256:" + "0" * 64, True),
    ("payload", "md5:" + hashlib.md5(page("Aden")).hexdigest(), False), ("payload", "crc32:12345678", False),
    ("payload", "sha256:" + hashlib.sha256(page("Aden")).hexdigest(), False), ("payload", sha1(page("Aden")), False),
    ("payload", sha1(chunked(page("Aden"))), False), ("payload", "sha1:short", False), ("payload", "", False),
    ("block", sha1(http(chunked(page("Aden")), Transfer_Encoding="chunked")), False), ("block", "sha1:" + "B" * 32, True)])
def test_digests(sitrep, tmp_path, of, told, differs):
    block = http(chunked(page("Aden")), Transfer_Encoding="chunked")
    field = {"WARC_Payload_Digest" if of == "payload" else "WARC_Block_Digest": told}
    done = sitrep("text", archive(tmp_path, record(block, **field)))
    assert titles(done) == ["Aden"] and done.returncode == 0
    assert (b"is not what the archive's digest says" in done.stderr) == differs


# ---- damage: nothing behind it is lost ---------------------------------------------------------

def damaged_header(r):
    return r.replace(b"WARC-Type: response\r\n", b"WARC-Type: response\r\nno colon here\r\n: empty\r\n continued\r\n")


DAMAGE = {  # what is done to the third of five records; is its page still read?
    "length too large": (lambda r: r.replace(b"\r\nContent-Length: ", b"\r\nContent-Length: 9"), True),
    "length too small": (lambda r: r.replace(b"\r\nContent-Length: 1", b"\r\nContent-Length: "), True),
    "length huge": (lambda r: r.replace(b"\r\nContent-Length: ", b"\r\nContent-Length: 99999999999999"), True),
    "length beyond numbers": (lambda r: r.replace(b"\r\nContent-Length: ", b"\r\nContent-Length: " + b"9" * 30), True),
    "length negative": (lambda r: r.replace(b"\r\nContent-Length: ", b"\r\nContent-Length: -"), True),
    "no length": (lambda r: r.replace(b"\r\nContent-Length: ", b"\r\nX-Length: "), True),
    "cut off": (lambda r: r[:len(r) * 2 // 3], True),
    "cut off in the header": (lambda r: r[:60], False),
    "rubbish before": (lambda r: b"rubbish \x00\x01\x02\r\n" * 20 + r, True),
    "rubbish behind": (lambda r: r + b"\n\n\nrubbish\r\nWARC-Type: x\r\n\r\n" * 20, True),
    "no separator": (lambda r: r[:-4], True),
    "bad header lines": (damaged_header, True),
    "in angle brackets": (lambda r: r.replace(b"http://example.org/Hodeida", b"<http://example.org/a b>"), True),
    "endless header": (lambda r: r.replace(b"WARC-Type", b"X: " + b"y" * 2_000_000 + b"\r\nWARC-Type"), False),
    "endless line": (lambda r: b"z" * 3_000_000, False),
}


@pytest.mark.parametrize("packing", ["plain", "by member", "one stream"])
@pytest.mark.parametrize("name", DAMAGE)
def test_damage(sitrep, tmp_path, name, packing):
    records = pages(NAMES)
    harm, is_read = DAMAGE[name]
    records[2] = harm(records[2])
    done = sitrep("text", archive(tmp_path, PACKINGS[packing](records)), timeout=60)
    found = titles(done)
    assert found == NAMES or (not is_read and found == NAMES[:2] + NAMES[3:])
    if not is_read:
        assert done.returncode == 1 and b"test.warc: byte " in done.stderr


@pytest.mark.parametrize("place", [0, 12, 0.3, 0.6, -6, "end"])
def test_damaged_members(sitrep, tmp_path, place):
    members = [bytearray(gzip.compress(r)) for r in pages(NAMES)]
    if place == "end":
        members[2] = members[2][:len(members[2]) // 2]
    else:
        at = int(place * len(members[2])) if isinstance(place, float) else place
        members[2][at] ^= 0xFF
        members[2][at + 1] ^= 0xFF
    path = archive(tmp_path, b"".join(members), "test.warc.gz")
    done = sitrep("text", path)
    assert [t for t in titles(done) if t != "Hodeida"] == NAMES[:2] + NAMES[3:]
    offset = sum(map(len, members[:2]))
    assert done.returncode == 1 and b"the gzip member at byte %d" % offset in done.stderr


def test_a_cut_off_page_is_read_as_far_as_it_goes(sitrep, tmp_path):
    whole = record(http(page("Aden", 10)))
    done = sitrep("text", archive(tmp_path, whole[:len(whole) // 2]))
    assert titles(done) == ["Aden"] and b"byte 0, http://example.org/a: the record is cut off" in done.stderr


def test_any_cut_and_any_flipped_byte_is_survived(sitrep, tmp_path):
    data = by_member(pages(["Aden", "Taiz"]))
    plain = b"".join(pages(["Aden", "Taiz"]))
    dice = random.Random(7)
    folder = tmp_path / "many"
    folder.mkdir()
    for i in range(40 if CHECKED else 150):
        source = bytearray(data if i % 2 else plain)
        for _ in range(dice.randint(1, 8)):
            source[dice.randrange(len(source))] = dice.randrange(256)
        (folder / f"{i:03}.warc").write_bytes(source[:dice.randrange(len(source))] if i % 3 == 0 else source)
    sitrep("text", folder, timeout=120)


# ---- hostile -----------------------------------------------------------------------------------

def limited(*arguments, megabytes=900, seconds=30):
    def limit():
        if not CHECKED:
            resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    started = time.monotonic()
    done = subprocess.run([str(PROGRAM), *map(str, arguments)], capture_output=True, preexec_fn=limit, cwd=ROOT,
                          timeout=seconds * (10 if CHECKED else 1), env={**os.environ, "LC_ALL": "C"})
    assert done.returncode in (0, 1), done.stderr
    return done, time.monotonic() - started


def test_bombs(tmp_path):
    zeros = bytes(1 << 20)
    c = zlib.compressobj(9, wbits=31)
    bomb = b"".join(c.compress(zeros) for _ in range(1000)) + c.flush()
    first, last = pages(["Aden", "Taiz"])
    c = zlib.compressobj(9, wbits=31)
    whole = record(http(b""), id="<urn:uuid:b>", length=1000 << 20)[:-4]
    member = c.compress(whole) + b"".join(c.compress(zeros) for _ in range(1000)) + c.flush()
    for name, data in (("body", record(http(bomb, Content_Encoding="gzip"))), ("member", member), ("rubbish", bomb)):
        parts = [gzip.compress(first), gzip.compress(data) if name == "body" else data, gzip.compress(last)]
        done, _ = limited("text", archive(tmp_path, b"".join(parts), f"{name}.warc.gz"))
        assert titles(done) == ["Aden", "Taiz"] and done.returncode == 1 and b"bomb" in done.stderr, (name, done.stderr)
    done, _ = limited("text", archive(tmp_path, bomb, "page.html.gz"))
    assert done.returncode == 1 and b"page.html.gz" in done.stderr


def test_zips(sitrep, tmp_path):
    warc = by_member(pages(["Aden", "Taiz"]))
    wacz = zipped({"datapackage.json": "{}", "archive/data.warc.gz": warc, "pages/pages.jsonl": '{"id": "x", "text": "no"}\n',
                   "indexes/index.cdx": "no", "archive/more.warc": b"".join(pages(["Marib"]))})
    done = sitrep("text", archive(tmp_path, wacz, "a.wacz"))
    assert titles(done) == ["Aden", "Taiz", "Marib"] and done.returncode == 0 and done.stderr == b""
    assert titles(sitrep("text", "-", stdin=wacz)) == ["Aden", "Taiz", "Marib"]
    found, _ = documents(sitrep, archive(tmp_path, wacz, "a.wacz"))
    assert found[2]["source"] == {"file": str(tmp_path / "a.wacz/archive/more.warc"), "offset": 0}
    mixed = zipped({"a/page.html": page("Aden"), "a/logo.png": b"\x89PNG", "inner.zip": wacz, "../../etc/evil.html": page("Ibb"),
                    "docs.jsonl.gz": gzip.compress(json.dumps({"id": "1", "html": page("Taiz").decode()}).encode())},
                   zipfile.ZIP_DEFLATED)
    done = sitrep("text", archive(tmp_path, mixed, "mixed.zip"))
    assert titles(done) == ["Aden", "Ibb", "Taiz"] and b"passed over 2 of other content" in done.stderr


def test_zip_with_lies(sitrep, tmp_path):
    good = bytearray(zipped({"a.html": page("Aden"), "b.html": page("Taiz")}, zipfile.ZIP_DEFLATED))
    dice = random.Random(3)
    folder = tmp_path / "zips"
    folder.mkdir()
    for i in range(30 if CHECKED else 120):
        bad = bytearray(good)
        for _ in range(dice.randint(1, 6)):
            bad[dice.randrange(len(bad))] = dice.choice([0, 255, dice.randrange(256)])
        (folder / f"{i:03}.zip").write_bytes(bad[:dice.randrange(len(bad))] if i % 4 == 0 else bad)
    limited("text", folder)
    bomb = zipped({"a.html": bytes(300 << 20), "b.html": page("Taiz")}, zipfile.ZIP_DEFLATED)
    done, _ = limited("text", archive(tmp_path, bomb, "bomb.zip"))
    assert titles(done) == ["Taiz"] and b"bomb.zip/a.html" in done.stderr and done.returncode == 1


def test_constant_memory_and_any_number_of_jobs(sitrep, tmp_path):
    """A large archive takes no more memory than a small one."""
    path = tmp_path / "large.warc.gz"
    noise = random.Random(5).randbytes(4 << 20)
    image = gzip.compress(record(http(noise, type="image/jpeg"), id="<urn:uuid:i>"), 1)
    plain_image = record(http(noise, type="image/jpeg"), id="<urn:uuid:i>")
    two = [gzip.compress(r, 1) for r in pages(["Aden", "Taiz"])]
    copies = 10 if CHECKED else 40
    with path.open("wb") as f:
        for _ in range(copies):
            f.write(two[0] + image + two[1])
    with (tmp_path / "large.warc").open("wb") as f:
        for _ in range(copies):
            f.write(pages(["Aden"])[0] + plain_image + pages(["Taiz"])[0])
    for large in (path, tmp_path / "large.warc"):
        done, _ = limited("text", "--jobs", 2, large, megabytes=400)
        assert titles(done) == ["Aden", "Taiz"] * copies and done.returncode == 0, done.stderr[:300]
    with path.open("rb") as f:
        piped = subprocess.run([str(PROGRAM), "text", "--jobs", "3", "-"], stdin=f, capture_output=True, cwd=ROOT)
    assert piped.stdout == done.stdout


# ---- packed documents --------------------------------------------------------------------------

@pytest.mark.parametrize("pack,end", [(gzip.compress, ".gz"), (bz2.compress, ".bz2"), (lzma.compress, ".xz")])
def test_packed_documents(sitrep, tmp_path, pack, end):
    lines = b"".join(json.dumps({"id": str(i), "html": page(n).decode()}).encode() + b"\n" for i, n in enumerate(NAMES))
    assert titles(sitrep("text", archive(tmp_path, pack(lines), "docs.jsonl" + end))) == NAMES
    assert titles(sitrep("text", archive(tmp_path, pack(page("Aden")), "page.html" + end))) == ["Aden"]
    assert titles(sitrep("text", "-", stdin=pack(page("Aden")))) == ["Aden"]
    text = b"Shelling in Marib\n\n" + PARAGRAPH.format("Marib").encode()
    assert titles(sitrep("text", archive(tmp_path, pack(text), "note.txt" + end))) == ["Marib"]
    cut = sitrep("text", archive(tmp_path, pack(lines)[:-30], "cut.jsonl" + end))
    assert cut.returncode == 1 and b"cut.jsonl" in cut.stderr
