"""Formats, character sets, folders, standard input, records that are broken."""
import json
import os
import subprocess
import sys
import threading

import pytest

from conftest import CHECKED, PROGRAM, ROOT

TEXT = "Rebels captured Ma\u2019arra.\n\nSix people died, the ministry said.\n"
PAGE = """<!DOCTYPE html><html lang="en"><head><title>Rebels capture a town - Daily Post</title>
<meta charset="utf-8"><meta property="article:published_time" content="2019-11-15T08:00:00Z">
<meta property="og:title" content="Rebels capture a town"></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Rebels capture a town</h1>
<p>Rebels captured the town of Ma&rsquo;arra on Thursday after two days of fighting with the army, residents said.</p>
<p>At least six soldiers were killed &amp; ten were wounded in the clashes, the ministry of defence told reporters.</p>
<script>alert('captured')</script></article><footer><a href="/about">About us</a></footer></body></html>"""


def line(**fields):
    return json.dumps(fields, ensure_ascii=False)


def test_plain_text_comes_out_as_it_went_in(sitrep, tmp_path):
    for content in (TEXT, "one line without end", "a\r\nb\r\n", "\n\n\n", "\u4e2d\u6587 \U0001f600\n"):
        path = tmp_path / "x.txt"
        path.write_bytes(content.encode())
        assert sitrep("text", path).stdout == content.encode()
        assert sitrep("text", "-", stdin=content).stdout == content.encode()


def test_byte_order_mark_is_not_text(sitrep):
    assert sitrep("text", "-", stdin=b"\xef\xbb\xbf" + TEXT.encode()).stdout == TEXT.encode()


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_by_its_mark(sitrep, charset):
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}[charset]
    assert sitrep("text", "-", stdin=mark + TEXT.encode(charset)).stdout.decode() == TEXT


def test_other_charsets_by_option(sitrep):
    russian = "Войска вошли в город.\n"
    done = sitrep("text", "--charset", "windows-1251", "-", stdin=russian.encode("cp1251"))
    assert done.stdout.decode() == russian
    arabic = "دخل الجيش المدينة.\n"
    assert sitrep("text", "--charset", "windows-1256", "-", stdin=arabic.encode("cp1256")).stdout.decode() == arabic


def test_unknown_charset_is_told(sitrep, tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("text")
    done = sitrep("text", "--charset", "klingon-1", path)
    assert done.returncode == 2 and b"unknown charset: klingon-1" in done.stderr


def test_pages_give_their_article(sitrep, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(PAGE)
    for done in (sitrep("text", path), sitrep("text", "-", stdin=PAGE), sitrep("text", "--from", "html", path)):
        text = done.stdout.decode()
        assert "captured the town of Ma\u2019arra on Thursday" in text and "killed & ten were wounded" in text
        assert "alert" not in text and "About us" not in text and "Home" not in text


def test_charset_of_a_page_by_its_meta(sitrep):
    page = PAGE.replace('charset="utf-8"', 'charset="windows-1252"').replace("&rsquo;", "\u2019")
    assert "Ma\u2019arra" in sitrep("text", "-", stdin=page.encode("cp1252")).stdout.decode()


def test_jsonl_text_is_taken_as_given(sitrep):
    odd = "  A\u00a0B\tC \u2028 \U0001f600 e\u0301\r\n"
    done = sitrep("text", "--from", "jsonl", "-", stdin=line(id="1", text=odd) + "\n")
    assert done.returncode == 0 and done.stdout.decode() == odd


def test_jsonl_is_recognised_and_ids_come_back(sitrep):
    stdin = "\n".join([line(id="a", text="Rebels shelled Aden.", extra={"x": [1]}), "",
                       line(id=7, text="Troops arrested two men in Goma.")]) + "\n"
    done = sitrep("read", "--to", "jsonl", "-", stdin=stdin)
    assert done.returncode == 0
    assert {json.loads(l)["document"]["id"] for l in done.stdout.splitlines()} == {"a", "7"}


def test_broken_lines_are_named_and_passed_over(sitrep, tmp_path):
    path = tmp_path / "docs.jsonl"
    path.write_text("\n".join([line(id="1", text="one."), "{broken", line(id="3"), line(text="no id"), "[]",
                               line(id="6", text="six."), '"text"', line(id="8", text=8)]) + "\n")
    done = sitrep("text", path)
    assert done.returncode == 1 and done.stdout == b"one.six."
    faults = done.stderr.decode().splitlines()
    assert [f.split(": ")[1] for f in faults] == [f"{path}:{n}" for n in (2, 3, 4, 5, 7, 8)]


def test_html_in_jsonl(sitrep):
    done = sitrep("text", "--from", "jsonl", "-", stdin=line(id="p", html=PAGE))
    assert "captured the town" in done.stdout.decode() and "About us" not in done.stdout.decode()


def test_metadata_of_a_line_and_of_the_command_line(sitrep):
    full = line(id="1", text="Rebels shelled Aden.", title="T", date="2020-02-03", url="http://x.example/1",
                publisher="P", author="A", language="en")
    bare = line(id="2", text="Rebels shelled Aden.")
    done = sitrep("read", "--to", "jsonl", "--date", "2021-01", "--publisher", "Q", "-", stdin=full + "\n" + bare)
    one, two = [json.loads(l)["document"] for l in done.stdout.splitlines()]
    assert (one["title"], one["published"], one["url"], one["publisher"], one["author"]) == \
        ("T", "2020-02-03", "http://x.example/1", "P", "A")
    assert (two["title"], two["published"], two["url"], two["publisher"], two["author"]) == \
        (None, "2021-01", None, "Q", None)


def test_sha256_is_that_of_the_bytes_read(sitrep, tmp_path):
    import hashlib
    path = tmp_path / "x.txt"
    path.write_bytes("Rebels shelled Ma\u2019arra.".encode())
    claim = json.loads(sitrep("read", "--to", "jsonl", path).stdout.splitlines()[0])
    assert claim["document"]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_folders_are_read_in_order_of_names(sitrep, tmp_path):
    for name, text in (("b/2.txt", "two "), ("a.txt", "one "), ("b/10.txt", "ten "), (".hidden", "no "), ("c.txt", "three ")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assert sitrep("text", tmp_path).stdout == b"one ten two three "


def test_a_pipe_with_a_name_can_be_read(tmp_path, sitrep):
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    writer = threading.Thread(target=lambda: fifo.write_text(TEXT * 1000))
    writer.start()
    assert sitrep("text", "--from", "text", fifo).stdout.decode() == TEXT * 1000
    writer.join()


@pytest.mark.parametrize("content", [b"", b"\0" * 1000, b"\xff\xfe", b"{", b"<", b"\x1f\x8b\x08", b"%PDF-1.7\n1 0 obj",
                                     b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20])
def test_odd_files_are_survived(sitrep, tmp_path, content):
    path = tmp_path / "odd"
    path.write_bytes(content)
    for command in ("text", "read", "mentions", "parse", "explain"):
        done = sitrep(command, path)
        assert done.returncode == 0 or b"odd" in done.stderr


def test_a_document_beyond_the_limit_is_refused_and_the_next_is_read(sitrep, tmp_path):
    big = tmp_path / "big.txt"
    big.write_bytes(b"The army shelled the town. " * 800_000)
    done = sitrep("text", big, "-", stdin="small")
    assert done.returncode == 1 and done.stdout == b"small"
    assert b"big.txt: larger than the limit of 16777216 bytes" in done.stderr


PEAK = """
import os, subprocess, sys
program, n = sys.argv[1:]
feed = "import sys\\nfor i in range(%s): print('{\\"id\\":\\"%%d\\",\\"text\\":\\"%%s\\"}' %% (i, 'Rebels shelled Aden. ' * 40))" % n
feeder = subprocess.Popen([sys.executable, "-c", feed], stdout=subprocess.PIPE)
reader = subprocess.Popen([program, "text", "--from", "jsonl", "--jobs", "2", "-"], stdin=feeder.stdout, stdout=subprocess.DEVNULL)
feeder.stdout.close()
_, status, usage = os.wait4(reader.pid, 0)
assert status == 0 and feeder.wait() == 0
print(usage.ru_maxrss)
"""


@pytest.mark.skipif(CHECKED, reason="a checked build keeps freed memory for a while")
def test_jsonl_takes_constant_memory():
    """Forty thousand documents from a pipe need no more memory than two thousand."""
    few, many = (int(subprocess.run([sys.executable, "-c", PEAK, str(PROGRAM), str(n)], capture_output=True, text=True,
                                    check=True, cwd=ROOT).stdout) for n in (2_000, 40_000))
    assert many < few + 4096


def test_what_a_folder_holds_that_is_no_file_is_told(sitrep, tmp_path):
    (tmp_path / "good.txt").write_text("Rebels shelled Aden.")
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "elsewhere").symlink_to("/")
    (tmp_path / "linked.txt").symlink_to(tmp_path / "good.txt")
    os.mkfifo(tmp_path / "pipe")
    done = sitrep("text", tmp_path)
    assert done.returncode == 0 and done.stdout == b"Rebels shelled Aden." * 2
    assert done.stderr.decode().splitlines() == [
        f"note: sitrep: {tmp_path}/dangling.txt: passed over: a link that leads nowhere",
        f"note: sitrep: {tmp_path}/elsewhere: passed over: a link to a folder",
        f"note: sitrep: {tmp_path}/pipe: passed over: no regular file"]
    assert sitrep("text", "--quiet", tmp_path).stderr == b""


def test_standard_streams_that_are_closed(tmp_path):
    """A closed standard input is an error that says so, and no file takes its place; so with the others."""
    path = tmp_path / "x.txt"
    path.write_text("Rebels shelled Aden.")
    shell = lambda command: subprocess.run(["sh", "-c", command.replace("SITREP", str(PROGRAM)).replace("FILE", str(path))],
                                           capture_output=True, text=True, timeout=120)
    for command in ("SITREP text - <&-", "SITREP text --from jsonl - <&-", "SITREP read - <&-", "SITREP score - FILE <&-"):
        done = shell(command)
        assert done.returncode == 1 and "standard input: cannot read: Bad file descriptor" in done.stderr, command
    done = shell("SITREP text FILE <&-")
    assert done.returncode == 0 and done.stdout == "Rebels shelled Aden."
    done = shell("SITREP text FILE >&-")
    assert done.returncode == 1 and "standard output: cannot write" in done.stderr
    done = shell("SITREP read --to jsonl FILE 2>&-")
    assert done.returncode == 0 and done.stdout.startswith("{")
