"""sitrep gazetteer: compiling, asking, and getting countries from a server on loopback."""
import hashlib
import http.server
import io
import json
import threading
import zipfile

import pytest

ROWS = [
    # id, name, other names, latitude, longitude, class, code, country, admin1, people
    (95000001, "Sqamra", "Squamra,Isqamra", 35.1, 36.2, "P", "PPL", "SY", "12", 900),
    (95000002, "Tell Zuhoor", "", 35.2, 36.3, "P", "PPL", "SY", "12", 0),
    (95000003, "سقلبية النور", "", 35.3, 36.4, "P", "PPL", "SY", "12", 40),
    (95000004, "Tell Zuhoor", "", 33.2, 36.1, "P", "PPL", "SY", "06", 5000),
]
DIVISIONS = "SY.12\tIdlib\tIdlib\t95000010\nSY.06\tDaraa\tDaraa\t95000011\n"


def table(rows):
    return "".join("\t".join([str(i), n, n, others, str(lat), str(lon), c, code, country, "", a1, "", "", "", str(people),
                              "", "", "Etc/UTC", "2020-01-01"]) + "\n"
                   for i, n, others, lat, lon, c, code, country, a1, people in rows)


def zipped(name, text):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("readme.txt", "About this file.\n")
        z.writestr(name, text)
    return out.getvalue()


@pytest.fixture
def built(sitrep, tmp_path):
    (tmp_path / "SY.txt").write_text(table(ROWS))
    (tmp_path / "admin1CodesASCII.txt").write_text(DIVISIONS)
    out = tmp_path / "g.bin"
    done = sitrep("gazetteer", "build", "-o", out, tmp_path / "SY.txt", tmp_path / "admin1CodesASCII.txt")
    assert done.returncode == 0 and b"places" in done.stdout and done.stderr == b""
    return out


def find(sitrep, gazetteer, *arguments):
    done = sitrep("gazetteer", "find", "--json", "--gazetteer", gazetteer, *arguments)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_find_by_spelling_place_and_nearness(sitrep, built):
    found = find(sitrep, built, "Isqamra")
    assert [(m["name"], m["match"], m["admin1"], m["country"], m["lat"]) for m in found] == \
        [("Sqamra", "alternate", "Idlib", "SY", 35.1)]
    assert [m["admin1"] for m in find(sitrep, built, "Tal Zuhur")] == ["Daraa", "Idlib"]
    assert [m["admin1"] for m in find(sitrep, built, "Tal Zuhur", "--near", "35.2,36.3")] == ["Idlib", "Daraa"]
    assert [m["rivals"] for m in find(sitrep, built, "Tal Zuhur", "--in", "Syria/Idlib")] == [0]
    assert find(sitrep, built, "Tal Zuhur", "--strictness", "folded") == []
    # in another script alone, and asked for in Latin letters; the other way round
    assert [m["geonameid"] for m in find(sitrep, built, "Saqlabiyat an-Nur", "--in", "SY/Idlib", "--strictness", "skeleton")] == [95000003]
    assert [m["geonameid"] for m in find(sitrep, built, "سقمرة", "--in", "SY/Idlib", "--strictness", "skeleton")] == [95000001]


def test_find_prints_a_table_with_credit(sitrep, built):
    done = sitrep("gazetteer", "find", "--gazetteer", built, "Sqamra", "Nosuchname")
    text = done.stdout.decode()
    assert done.returncode == 1 and "Nosuchname: not found" in text and "35.1000, 36.2000" in text
    done = sitrep("gazetteer", "find", "--gazetteer", built, "Sqamra")
    assert done.returncode == 0 and b"GeoNames" in done.stdout and b"CC BY 4.0" in done.stdout


@pytest.mark.parametrize("arguments, words", [
    (["gazetteer"], "build, get, find, check"),
    (["gazetteer", "make"], "build, get, find, check"),
    (["gazetteer", "build", "x"], "--output"),
    (["gazetteer", "get"], "country"),
    (["gazetteer", "get", "../SY"], "../SY"),
    (["gazetteer", "find"], "name"),
    (["gazetteer", "find", "--near", "91,0", "x"], "91,0"),
    (["gazetteer", "find", "--near", "here", "x"], "here"),
    (["gazetteer", "find", "--strictness", "wild", "x"], "wild"),
    (["gazetteer", "find", "--in", "Nowhere", "x"], "Nowhere"),
    (["gazetteer", "find", "--in", "SY", "--strictness", "skeleton", "x"], "province"),
])
def test_wrong_usage(sitrep, arguments, words):
    done = sitrep(*arguments)
    assert done.returncode == 2 and done.stdout == b"" and words in done.stderr.decode()


def test_build_from_zip_table_and_gazetteer(sitrep, built, tmp_path):
    (tmp_path / "UA.zip").write_bytes(zipped("UA.txt", table([(95000020, "Zzernove", "", 48.1, 38.2, "P", "PPL", "UA", "05", 7)])))
    (tmp_path / "own.csv").write_text("label;y;x;p\nHzano;35.9;36.6;SY12x\n")
    out = tmp_path / "all.bin"
    done = sitrep("gazetteer", "build", "-o", out, built, tmp_path / "UA.zip", "--map",
                  "name=label,lat=y,lon=x,country==SY,admin1==Idlib,pcode=p", tmp_path / "own.csv")
    assert done.returncode == 0, done.stderr
    assert [m["country"] for m in find(sitrep, out, "Zzernove")] == ["UA"]
    assert [(m["admin1"], m["match"]) for m in find(sitrep, out, "SY12X")] == [("Idlib", "pcode")]
    assert [m["geonameid"] for m in find(sitrep, out, "Isqamra")] == [95000001]
    assert sitrep("gazetteer", "check", out).returncode == 0
    damaged = bytearray(out.read_bytes())
    damaged[-40] ^= 1
    out.write_bytes(damaged)
    done = sitrep("gazetteer", "check", out)
    assert done.returncode == 1 and b"damaged" in done.stderr


def test_bad_files_are_named(sitrep, tmp_path):
    (tmp_path / "bad.txt").write_text(table(ROWS[:1]) + "not a row\n")
    (tmp_path / "cut.zip").write_bytes(zipped("SY.txt", table(ROWS))[:-30])
    for name, words in (("bad.txt", "bad.txt:2"), ("cut.zip", "cut.zip"), ("none.txt", "none.txt")):
        done = sitrep("gazetteer", "build", "-o", tmp_path / "out.bin", tmp_path / name)
        assert done.returncode == 1 and words in done.stderr.decode(), done.stderr
        assert not (tmp_path / "out.bin").exists()
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


class Server(http.server.BaseHTTPRequestHandler):
    files, asked, cut = {}, [], False

    def do_GET(self):
        body = self.files.get(self.path)
        etag = '"%s"' % hashlib.md5(body or b"").hexdigest()
        self.asked.append((self.path, self.headers.get("If-None-Match")))
        if body is None:
            self.send_error(404)
        elif self.headers.get("If-None-Match") == etag:
            self.send_response(304)
            self.end_headers()
        else:
            self.send_response(200)
            self.send_header("ETag", etag)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[:len(body) // 2] if self.cut else body)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def server():
    Server.files, Server.asked, Server.cut = {}, [], False
    s = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=s.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{s.server_address[1]}/dump"
    s.shutdown()
    thread.join()
    s.server_close()


def test_get_downloads_checks_and_merges(sitrep, built, server, tmp_path):
    Server.files["/dump/YE.zip"] = zipped("YE.txt", table([(95000030, "Zzabid", "", 14.2, 43.3, "P", "PPL", "YE", "", 7)]))
    env = {"HOME": str(tmp_path), "SITREP_GEONAMES_URL": server}
    get = lambda *arguments: sitrep("gazetteer", "get", *arguments, "--gazetteer", built, env=env)
    done = get("YE")
    own = tmp_path / ".local/share/sitrep/gazetteer.bin"
    assert done.returncode == 0 and own.exists(), done.stderr
    assert find(sitrep, own, "Zzabid") and find(sitrep, own, "Isqamra")
    # the same again is not sent again, and changes nothing
    before = own.read_bytes()
    done = get("YE", "--url", server)
    assert done.returncode == 0 and Server.asked[-1][1] and b"is the one that is here" in done.stderr
    assert own.read_bytes() == before
    # a newer file: its values overrule
    Server.files["/dump/YE.zip"] = zipped("YE.txt", table([(95000030, "Zzabid", "Zebeed", 15.0, 43.3, "P", "PPL", "YE", "", 7)]))
    assert get("YE").returncode == 0
    assert [m["lat"] for m in find(sitrep, own, "Zebeed")] == [15.0]
    # the user's gazetteer is the one that is used
    done = sitrep("gazetteer", "find", "--json", "Zebeed", env={"HOME": str(tmp_path)})
    assert done.returncode == 0 and b"YE" in done.stdout


def test_what_does_not_come_whole_changes_nothing(sitrep, built, server, tmp_path):
    env = {"HOME": str(tmp_path), "SITREP_GEONAMES_URL": server}
    own = tmp_path / "own.bin"
    get = lambda word: sitrep("gazetteer", "get", word, "-o", own, "--gazetteer", built, env=env)
    done = get("QQ")
    assert done.returncode == 1 and b"404" in done.stderr and not own.exists()
    Server.files["/dump/SY.zip"] = zipped("SY.txt", table(ROWS))
    Server.cut = True
    done = get("SY")
    assert done.returncode == 1 and b"SY.zip" in done.stderr and not own.exists()
    Server.cut = False
    Server.files["/dump/SY.zip"] = b"PK\x03\x04 nonsense"
    done = get("SY")
    assert done.returncode == 1 and not own.exists()
    Server.files["/dump/SY.zip"] = zipped("SY.txt", table(ROWS))
    assert get("SY").returncode == 0 and own.exists()
    assert not list((tmp_path / ".cache/sitrep/geonames").glob("*.part"))
    done = sitrep("gazetteer", "get", "SY", "--url", "http://127.0.0.1:9/dump", env=env)
    assert done.returncode == 1 and b"127.0.0.1:9" in done.stderr


def test_places_that_are_only_named_say_so(sitrep):
    text = ("Rebels shelled villages in Idlib province, the Aleppo Media Centre said. Moscow denied the report. "
            "Washington announced new US measures against Syria.\n")
    done = sitrep("mentions", "--to", "jsonl", "-", stdin=text)
    places = {m["text"]: m for m in map(json.loads, done.stdout.splitlines()) if m["kind"] == "location"}
    assert {name: places[name]["use"] for name in ("Idlib province", "Aleppo", "Moscow", "US", "Syria")} == {
        "Idlib province": "place", "Aleppo": "name", "Moscow": "government", "US": "modifier", "Syria": "place"}
    assert places["Moscow"]["country"] == "RU" and places["Aleppo"]["credit"] == "GeoNames, CC BY 4.0"
    claims = [json.loads(line) for line in sitrep("read", "--to", "jsonl", "-", stdin=text).stdout.splitlines()]
    assert all(p["text"] not in ("Aleppo", "Moscow", "US") for c in claims for p in c["places"])
    assert any(c["made_by"]["places"] for c in claims)
