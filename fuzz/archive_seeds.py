#!/usr/bin/env python3
"""archive_seeds.py FOLDER: small archives to begin with."""
import gzip
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests/cli"))
from archives import arc, by_member, chunked, http, page, record, zipped  # noqa: E402

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
small = [record(http(page("Aden", 1)), WARC_Payload_Digest="sha1:" + "A" * 32),
         record(http(chunked(gzip.compress(page("Taiz", 1))), Transfer_Encoding="chunked", Content_Encoding="gzip")),
         record(b"", kind="revisit", WARC_Refers_To="<urn:uuid:1>"), record(page("Marib", 1), kind="resource", type="text/html")]
seeds = [b"".join(small), by_member(small), gzip.compress(b"".join(small)), b"".join(arc([("http://a/", http(page("Ibb", 1)))])),
         zipped({"archive/a.warc.gz": by_member(small), "b.html": page("Saada", 1)}), gzip.compress(b'{"id": "1", "text": "x"}\n')]
for i, seed in enumerate(seeds):
    for first in range(4):
        (folder / f"seed-{i}-{first}").write_bytes(bytes([first]) + seed)
