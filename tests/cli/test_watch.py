"""sitrep watch against a server on this machine: what it asks for, how often, and what it makes of the answers."""
import gzip
import http.server
import json
import os
import signal
import subprocess
import threading
import time

import pytest

from conftest import PROGRAM, ROOT, run

SENTENCE = "Rebels shelled the town of Aden on Monday, killing six people, residents said."
PAGE = "<html><head><title>{0}</title></head><body><article><h1>{0}</h1><p>" + SENTENCE + \
       " Hospitals took in dozens of wounded, a doctor said, and the port was closed until further notice.</p></article></body></html>"


def item(name, text=SENTENCE, link=None):
    link = f"<link>{link}</link>" if link else ""
    return f"<item><title>{name}</title><guid isPermaLink='false'>{name}</guid>{link}<description>{text}</description></item>"


def feed(*items):
    return "<rss version='2.0'><channel><title>Hill Post</title>" + "".join(items) + "</channel></rss>"


class Server:
    """Answers by path with what `pages` says: a string, bytes, or a function of the handler."""

    def __init__(self):
        self.pages, self.log, self.times, self.headers = {}, [], [], []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer.log.append(self.path)
                outer.times.append(time.monotonic())
                outer.headers.append(self.headers)
                page = outer.pages.get(self.path)
                try:
                    if callable(page):
                        page(self)
                    elif page is None:
                        outer.answer(self, 404, b"nothing")
                    else:
                        outer.answer(self, 200, page)
                except (BrokenPipeError, ConnectionResetError):
                    pass

            def log_message(self, *_):
                pass

        class Quiet(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass

        self.http = Quiet(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @staticmethod
    def answer(handler, status, body=b"", **headers):
        body = body.encode() if isinstance(body, str) else body
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)


@pytest.fixture
def server():
    s = Server()
    yield s
    s.http.shutdown()
    s.http.server_close()


@pytest.fixture
def watch(server, tmp_path):
    def go(*arguments, feeds=None, **named):
        return run("watch", "--once", "--to", "jsonl", "--host-interval", "0", "--interval", "0.2", "--state", tmp_path / "state.db",
                   *arguments, *(feeds or [server.url + "/feed"]), timeout=60, **named)
    return go


def ids(done):
    return sorted({json.loads(line)["document"]["id"] for line in done.stdout.splitlines()})


def redirect(to, status=302):
    return lambda h: Server.answer(h, status, Location=to)


def test_new_items_are_read_once_each(server, watch):
    server.pages["/feed"] = feed(item("a"), item("b"), item("a"))
    done = watch()
    assert done.returncode == 0 and ids(done) == ["a", "b"], done.stderr
    about = json.loads(done.stdout.splitlines()[0])["document"]
    assert about["publisher"] == "Hill Post" and about["retrieved"].endswith("Z") and about["source"]["file"] == server.url + "/feed"
    assert watch().stdout == b""
    server.pages["/feed"] = feed(item("c"), item("a"), item("b"))
    assert ids(watch()) == ["c"]


def test_what_has_not_changed_is_not_sent(server, watch):
    def page(h):
        known = h.headers["If-None-Match"] == '"v1"' and h.headers["If-Modified-Since"] == "Mon, 06 Apr 2015 10:00:00 GMT"
        if known:
            Server.answer(h, 304)
        else:
            Server.answer(h, 200, feed(item("a")), ETag='"v1"', Last_Modified="Mon, 06 Apr 2015 10:00:00 GMT")
    server.pages["/feed"] = page
    assert ids(watch()) == ["a"]
    done = watch()
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert [h["If-None-Match"] for h in server.headers] == [None, '"v1"']
    assert all(h["User-Agent"].startswith("sitrep/") and not h["Cookie"] and not h["Referer"] for h in server.headers)


def test_failures_are_asked_more_rarely(server, watch):
    server.pages["/feed"] = lambda h: Server.answer(h, 500)
    done = watch("--interval", "1000")
    assert done.returncode == 1 and b"500" in done.stderr and b"not asked again for 33 min" in done.stderr
    assert watch().returncode == 0 and len(server.log) == 1  # not even asked


def test_retry_after_is_heeded(server, watch):
    server.pages["/feed"] = lambda h: Server.answer(h, 429, Retry_After="7200")
    done = watch("--interval", "0.1")
    assert done.returncode == 1 and b"429" in done.stderr and b"not asked again for 2 h" in done.stderr
    watch()
    assert len(server.log) == 1


def test_a_feed_that_comes_back_is_read(server, watch):
    server.pages["/feed"] = lambda h: Server.answer(h, 503)
    watch("--interval", "0.01")
    time.sleep(1.1)
    server.pages["/feed"] = feed(item("a"))
    assert ids(watch()) == ["a"]


def test_redirects_are_followed_to_an_end(server, watch):
    server.pages.update({"/feed": redirect("/b"), "/b": redirect("/c", 301), "/c": feed(item("a")),
                         "/loop": redirect("/loop"), "/file": redirect("file:///etc/passwd"), "/gone": redirect("/nowhere", 301)})
    done = watch(feeds=[server.url + p for p in ("/feed", "/loop", "/file", "/gone")])
    assert done.returncode == 1 and ids(done) == ["a"]
    assert server.log.count("/loop") == 6 and b"more than 5 times" in done.stderr and b"root" not in done.stdout
    assert b"has moved for good to " + server.url.encode() + b"/nowhere" in done.stderr


def test_summaries_lead_to_articles(server, watch, tmp_path):
    server.pages.update({"/feed": feed(item("a", "Short.", server.url + "/a"), item("b", "Short.", server.url + "/b?x=1&amp;y=2")),
                         "/a": PAGE.format("Shells hit Aden"), "/b?x=1&y=2": PAGE.format("More shells")})
    done = watch("--keep", tmp_path / "kept")
    assert done.returncode == 0 and ids(done) == ["a", "b"], done.stderr
    claims = [json.loads(line) for line in done.stdout.splitlines()]
    assert {c["document"]["url"] for c in claims} == {server.url + "/a", server.url + "/b?x=1&y=2"}
    assert server.log == ["/feed", "/robots.txt", "/a", "/b?x=1&y=2"]
    kept = [json.loads(line) for line in (tmp_path / "kept" / "custody.jsonl").read_text().splitlines()]
    assert [k["url"] for k in kept] == [server.url + p for p in ("/feed", "/a", "/b?x=1&y=2")]
    import hashlib
    for k in kept:
        data = (tmp_path / "kept" / k["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == k["sha256"] and len(data) == k["bytes"]
    assert {c["document"]["sha256"] for c in claims} == {k["sha256"] for k in kept[1:]}
    assert all((tmp_path / "kept") == type(tmp_path)(c["document"]["source"]["file"]).parents[1] for c in claims)
    assert watch().stdout == b"" and server.log[4:] == ["/feed"]


def test_articles_are_a_matter_of_choice(server, watch):
    server.pages.update({"/feed": feed(item("a", SENTENCE + " word" * 400, server.url + "/a")), "/a": PAGE.format("Long one")})
    assert ids(watch()) == ["a"] and server.log == ["/feed"]  # the feed has all of it
    server.pages["/feed"] = feed(item("b", "Short. " + SENTENCE, server.url + "/a"))
    assert ids(watch("--no-articles")) == ["b"] and "/a" not in server.log
    server.pages["/feed"] = feed(item("c", SENTENCE + " word" * 400, server.url + "/a"))
    assert ids(watch("--articles", "always")) == ["c"] and server.log[-1] == "/a"


def test_robots_are_heeded_and_the_summary_is_read(server, watch):
    server.pages.update({"/robots.txt": "User-agent: *\nAllow: /\n\nUser-agent: SitRep\nDisallow: /private\nCrawl-delay: 0.5\n",
                         "/feed": feed(*(item(n, SENTENCE, f"{server.url}/{p}") for n, p in
                                         (("a", "private/a"), ("b", "open/b"), ("c", "open/c")))),
                         "/open/b": PAGE.format("Open one"), "/open/c": PAGE.format("Open two"), "/private/a": PAGE.format("Closed")})
    done = watch()
    assert done.returncode == 0 and ids(done) == ["a", "b", "c"], done.stderr
    assert "/private/a" not in server.log and b"robots.txt does not allow it" in done.stderr
    assert server.times[server.log.index("/open/c")] - server.times[server.log.index("/open/b")] >= 0.25


def test_no_robots_to_be_got_closes_a_site(server, watch):
    server.pages.update({"/robots.txt": lambda h: Server.answer(h, 500), "/feed": feed(item("a", SENTENCE, server.url + "/a")),
                         "/a": PAGE.format("Open")})
    done = watch()
    assert ids(done) == ["a"] and "/a" not in server.log and b"robots.txt cannot be got" in done.stderr


def test_articles_that_fail_are_tried_again_then_left(server, watch):
    answers = {"/a": [500, 200], "/b": [500, 500, 500, 500], "/c": [404]}

    def page(h):
        Server.answer(h, answers[h.path].pop(0), PAGE.format("Fetched"))
    server.pages.update({"/feed": feed(*(item(n, SENTENCE, f"{server.url}/{n}") for n in "abc")), "/a": page, "/b": page, "/c": page})
    done = watch("--host-interval", "0.01")
    assert done.returncode == 0 and ids(done) == ["a", "b", "c"]
    assert [server.log.count("/" + n) for n in "abc"] == [2, 3, 1]
    titles = {json.loads(line)["document"]["url"] for line in done.stdout.splitlines()}
    assert len(titles) == 3


def test_hosts_are_given_time(server, watch):
    server.pages.update({f"/{i}": feed(item(str(i))) for i in range(4)})
    watch("--host-interval", "0.4", feeds=[f"{server.url}/{i}" for i in range(4)])
    assert len(server.times) == 4 and server.times[-1] - server.times[0] >= 0.9  # 1.2, but for a server that was slow to notice the first


def test_sizes_and_times_are_bounded(server, watch):
    def packed(body):
        small = gzip.compress(body, 1)
        return lambda h: Server.answer(h, 200, small, Content_Encoding="gzip")

    def slow(h):
        h.send_response(200)
        h.end_headers()
        for _ in range(400):
            h.wfile.write(b"<rss>")
            h.wfile.flush()
            time.sleep(0.05)

    def headers(h):
        h.send_response(200)
        for i in range(20000):
            h.send_header(f"X-{i}", "x" * 100)
        h.end_headers()
    server.pages.update({"/ok": packed(feed(item("a")).encode()), "/bomb": packed(b"<rss>" + b" " * (64 << 20)), "/slow": slow,
                         "/large": b"x" * 3000000, "/headers": headers, "/endless": redirect("http://127.0.0.1:1/")})
    start = time.monotonic()
    done = watch("--max-bytes", "1000000", "--timeout", "3", feeds=[server.url + p for p in
                                                                  ("/ok", "/bomb", "/slow", "/large", "/headers", "/endless")])
    assert done.returncode == 1 and ids(done) == ["a"] and time.monotonic() - start < 60
    told = done.stderr.decode()
    assert told.count("larger than") == 3 and told.count("takes too long") == 1 and told.count("not asked again") == 5, told


def test_damaged_feeds_are_told(server, watch):
    server.pages.update({"/cut": feed(item("a"))[:-16] + "<item><title>", "/none": "<html><body>Hello</body></html>"})
    done = watch(feeds=[server.url + "/cut", server.url + "/none"])
    assert done.returncode == 1 and b"damaged feed" in done.stderr and b"no feed" in done.stderr and ids(done) == ["a"]


def test_public_feeds_do_not_lead_inside(server, watch):
    # What is on this machine may: the feed itself lies here. A host that cannot be one is refused, passwords too.
    server.pages["/feed"] = feed(*(item(n, SENTENCE, link) for n, link in (("a", "http://user:secret@127.0.0.1/"), ("b", "file:///etc/passwd"),
                                                                            ("c", "javascript:alert(1)"), ("d", "gopher://x/"))))
    done = watch()
    assert ids(done) == ["a", "b", "c", "d"] and server.log == ["/feed"] and b"root:" not in done.stdout


def test_lists(server, watch, tmp_path):
    server.pages.update({f"/{i}": feed(item(f"i{i}")) for i in range(4)})
    opml = tmp_path / "feeds.opml"
    opml.write_text(f"""<?xml version="1.0"?><opml version="2.0"><head><title>x</title></head><body><outline text="War">
        <outline text="Deep"><outline type="rss" text="0" xmlUrl="{server.url}/0"/></outline>
        <outline type="rss" text="1" xmlUrl="{server.url}/1"/><outline text="again" xmlUrl="{server.url}/0"/></outline></body></opml>""")
    lines = tmp_path / "feeds.txt"
    lines.write_text(f"# feeds\n\n{server.url}/2\r\n  {server.url}/3  \n")
    assert ids(watch(feeds=[opml, lines])) == ["i0", "i1", "i2", "i3"] and len(server.log) == 4
    bad = tmp_path / "bad.opml"
    for text, line in (("<opml><body>\n<outline xmlUrl='ftp://x/'/></body></opml>", 2), ("<opml>\n<body>", 2),
                       ("<!DOCTYPE o [<!ENTITY a 'b'>]><opml/>", 1), ("https://x.example/\nnonsense\n", 2)):
        bad.write_text(text)
        done = watch(feeds=[bad])
        assert done.returncode == 1 and f"{bad}:{line}:".encode() in done.stderr, done.stderr
    bad.write_text("<html/>")
    assert b"neither OPML" in watch(feeds=[bad]).stderr


def test_usage(server, watch, tmp_path):
    assert run("watch").returncode == 2
    for option, value in (("--interval", "soon"), ("--interval", "-1"), ("--articles", "some"), ("--max-bytes", "0"), ("--contact", "a\nb")):
        done = watch(option, value)
        assert done.returncode == 2 and option.encode() in done.stderr
    assert watch(feeds=[tmp_path / "none.opml"]).returncode == 1
    other = tmp_path / "other.db"
    other.write_bytes(b"not a database" * 100)
    for path in (other, tmp_path / "no" / "folder.db"):
        done = watch("--state", path)
        assert done.returncode == 1 and str(path).encode() in done.stderr
    assert server.log == []
    done = run("watch", "--once", "--host-interval", "0", "--contact", "desk@hill.example", server.url + "/feed",
               env={"XDG_STATE_HOME": str(tmp_path / "deep" / "er")})
    assert (tmp_path / "deep/er/sitrep/watch.db").exists() and "desk@hill.example" in server.headers[0]["User-Agent"]


def start(server, tmp_path, *arguments):
    return subprocess.Popen([str(PROGRAM), "watch", "--to", "jsonl", "--host-interval", "0", "--interval", "0.1", "--state",
                             str(tmp_path / "state.db"), *arguments, server.url + "/feed"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            env={"PATH": os.environ["PATH"], "HOME": "/dev/null",
                                 **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}}, cwd=ROOT)


def wait_for(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    assert condition()


def test_it_goes_on_until_told_to_stop(server, watch, tmp_path):
    server.pages["/feed"] = feed(item("a"))
    for number in (signal.SIGINT, signal.SIGTERM):
        server.log.clear()
        p = start(server, tmp_path)
        wait_for(lambda: len(server.log) >= 3)
        second = watch()
        assert second.returncode == 1 and b"in use by another watch" in second.stderr
        server.pages["/feed"] = feed(item(f"new{number}"), item("a"))
        n = len(server.log)
        wait_for(lambda: len(server.log) >= n + 3)
        p.send_signal(number)
        out, err = p.communicate(timeout=20)
        assert p.returncode == 0 and err == b"" and f"new{number}".encode() in out


def test_a_stop_while_a_server_dawdles(server, tmp_path):
    release = threading.Event()
    server.pages["/feed"] = lambda h: release.wait(20)
    p = start(server, tmp_path)
    wait_for(lambda: server.log)
    p.send_signal(signal.SIGTERM)
    begun = time.monotonic()
    p.communicate(timeout=20)
    release.set()
    assert p.returncode == 0 and time.monotonic() - begun < 5


def test_what_was_not_finished_is_read_next_time(server, watch, tmp_path):
    """Stopped between a feed and its article: the ETag must not hide the article."""
    release = threading.Event()

    def page(h):
        if h.headers["If-None-Match"]:
            Server.answer(h, 304)
        else:
            Server.answer(h, 200, feed(item("a", "Short.", server.url + "/a"), item("b", SENTENCE)), ETag='"1"')
    server.pages.update({"/feed": page, "/a": lambda h: release.wait(20)})
    p = start(server, tmp_path)
    wait_for(lambda: "/a" in server.log)
    p.kill()
    out, _ = p.communicate()
    release.set()
    server.pages["/a"] = PAGE.format("Late one")
    assert b'"id":"b"' in out and b'"id":"a"' not in out
    assert ids(watch()) == ["a"]


def test_nobody_listens_any_more(server, watch, tmp_path):
    server.pages["/feed"] = feed(*(item(f"i{n}") for n in range(50)))
    p = start(server, tmp_path, "--no-articles")
    p.stdout.close()
    assert p.wait(timeout=30) in (0, 1)
    p.stderr.close()
    assert len(ids(watch("--no-articles"))) == 50  # what was not printed is not lost
