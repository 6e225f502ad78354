"""Feeds as input: an item a document."""
import json

ITEM = "<item><title>{0}</title><guid>{0}</guid><link>https://n.example/{0}</link><pubDate>Mon, 06 Apr 2015 10:00:00 GMT</pubDate><description>{1}</description></item>"
SENTENCE = "Rebels shelled the town of Aden on Monday, killing six people."


def feed(*items, end="</channel></rss>"):
    return "<?xml version='1.0'?>\n<rss version='2.0'><channel><title>Hill Post</title>\n" + "\n".join(items) + end


def test_each_item_is_a_document(sitrep, tmp_path):
    path = tmp_path / "feed.xml"
    path.write_text(feed(*(ITEM.format(f"n{i}", SENTENCE) for i in range(30))))
    done = sitrep("read", "--to", "jsonl", "--jobs", "3", path)
    claims = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0 and [c["document"]["id"] for c in claims] == sorted((c["document"]["id"] for c in claims), key=lambda s: int(s[1:]))
    assert {c["document"]["id"] for c in claims} == {f"n{i}" for i in range(30)}
    assert all(c["document"]["publisher"] == "Hill Post" and c["document"]["published"] == "2015-04-06"
               and c["document"]["url"] == "https://n.example/" + c["document"]["id"] for c in claims)
    assert all(c["document"]["updated"] is None and c["document"]["media"] == [] for c in claims)
    assert done.stdout == sitrep("read", "--to", "jsonl", "--jobs", "1", "--from", "feed", path).stdout
    assert sitrep("read", "--to", "jsonl", "-", stdin=path.read_bytes()).stdout.count(b"\n") == len(claims)


def test_media_and_changes(sitrep):
    done = sitrep("read", "--to", "jsonl", "-", stdin=f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>urn:1</id>
        <published>2015-04-06T10:00:00Z</published><updated>2015-04-07T10:00:00Z</updated><title>Shells</title><content>{SENTENCE}</content>
        <link href="https://n.example/1"/><link rel="enclosure" type="video/mp4" href="v.mp4"/></entry></feed>""")
    about = json.loads(done.stdout.splitlines()[0])["document"]
    assert (about["published"], about["updated"]) == ("2015-04-06", "2015-04-07")
    assert about["media"] == [{"url": "v.mp4", "type": "video/mp4", "caption": None}]


def test_damage_is_told_with_file_and_line(sitrep, tmp_path):
    path = tmp_path / "cut.xml"
    path.write_text(feed(ITEM.format("a", SENTENCE), ITEM.format("b", SENTENCE), "<item><title>", end=""))
    done = sitrep("read", "--to", "jsonl", path)
    assert done.returncode == 1 and f"{path}:5: damaged feed".encode() in done.stderr
    assert {json.loads(line)["document"]["id"] for line in done.stdout.splitlines()} == {"a", "b"}


def test_what_is_no_feed_is_told(sitrep):
    done = sitrep("text", "--from", "feed", "-", stdin="no feed at all")
    assert done.returncode == 1 and b"no feed" in done.stderr


def test_entities_and_depth_are_harmless(sitrep):
    lol = "<!DOCTYPE rss [<!ENTITY a0 'x'>" + "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 20)) + "<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
    done = sitrep("text", "-", stdin="<?xml version='1.0'?>" + lol + feed(ITEM.format("t", "Troops left &a19; &f; Aden.")).split("\n", 1)[1], timeout=20)
    assert done.returncode == 0 and b"root:" not in done.stdout and len(done.stdout) < 200
    deep = sitrep("text", "-", stdin=feed(ITEM.format("t", "<b>" * 200000), ITEM.format("u", "Fine.")), timeout=20)
    assert deep.returncode == 1 and b"nested" in deep.stderr and b"Fine." in deep.stdout
