"""What is printed: records against their schemas, offsets against the text, order, tables, terminals."""
import csv
import io
import json
import os
import pty
import re
import signal
import subprocess
import time

import jsonschema
import pytest

from conftest import CHECKED, PROGRAM, ROOT
from texts import REPORTS, by_chance


def documents(n=0):
    texts = REPORTS + [by_chance(seed) for seed in range(n)]
    return "\n".join(json.dumps({"id": f"d{i}", "text": t, "date": "2021-03-15"}) for i, t in enumerate(texts)) + "\n"


def records(done):
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.decode().splitlines() if line]


def validator(name):
    schema = json.loads((ROOT / "docs" / "schema" / f"{name}.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def spans_of(value):
    """Every object that has a text with its place."""
    if isinstance(value, dict):
        if value.get("start") is not None and ("text" in value or "exact" in value):
            yield value
        for inner in value.values():
            yield from spans_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans_of(inner)


@pytest.mark.parametrize("command, schema", [("read", "claim"), ("mentions", "mention")])
def test_records_fit_their_schema_and_spans_their_text(sitrep, command, schema):
    stdin = documents(20 if CHECKED else 150)
    text = {d["id"]: d["text"] for d in map(json.loads, stdin.splitlines())}
    check = validator(schema)
    got = records(sitrep(command, "--to", "jsonl", "-", stdin=stdin))
    assert len(got) > 20
    for record in got:
        check.validate(record)
        whole = text[record["document"]["id"]]
        for span in spans_of(record):
            piece = span.get("text", span.get("exact"))
            assert 0 <= span["start"] < span["end"] <= len(whole)
            assert whole[span["start"]:span["end"]] == piece
        if "evidence" in record:
            e = record["evidence"]
            assert whole[max(0, e["start"] - 32):e["start"]] == e["prefix"]
            assert whole[e["end"]:e["end"] + 32] == e["suffix"]
            assert e["start"] <= record["trigger"]["start"] and record["trigger"]["end"] <= e["end"]


def test_years_before_our_era_fit_the_schema(sitrep):
    done = sitrep("mentions", "--to", "jsonl", "-", stdin=b"Athens was burnt in 480 BC by troops from Persia.")
    dates = [m for m in records(done) if m["kind"] == "date"]
    assert [m["from"] for m in dates] == ["-0479-01-01"]
    for m in dates:
        validator("mention").validate(m)


def test_schemas_refuse_what_is_wrong():
    check = validator("mention")
    good = {"schema": "sitrep.mention/1", "document": {"id": "x", "sha256": "0" * 64, "retrieved": None, "source": None}, "kind": "quantity", "text": "six",
            "start": 0, "end": 3, "start_byte": 0, "end_byte": 3, "chain": None, "low": 6, "best": 6, "high": 6, "of": None}
    check.validate(good)
    for change in ({"kind": "thing"}, {"start": -1}, {"low": "six"}, {"extra": 1}, {"kind": "person"}):
        assert not check.is_valid({**good, **change}), change


def test_members_stand_in_the_order_of_the_contract(sitrep):
    claim = records(sitrep("read", "--to", "jsonl", "-", stdin=documents()))[0]
    assert list(claim) == ["schema", "id", "event_id", "document", "type", "codes", "status", "hedges", "trigger",
                           "evidence", "actors", "places", "date", "killed", "injured", "counts", "weapons", "claimants",
                           "loaded", "confidence", "made_by"]


def test_offsets_point_into_what_text_prints(sitrep, report):
    text = sitrep("text", report).stdout.decode()
    for record in records(sitrep("read", "--to", "jsonl", report)) + records(sitrep("mentions", "--to", "jsonl", report)):
        for span in spans_of(record):
            assert text[span["start"]:span["end"]] == span.get("text", span.get("exact"))


def test_ids_are_stable_and_different(sitrep):
    one, two = (records(sitrep("read", "--to", "jsonl", "-", stdin=documents())) for _ in range(2))
    assert [c["id"] for c in one] == [c["id"] for c in two]
    assert len({c["id"] for c in one}) == len(one)


@pytest.mark.parametrize("command", ["read", "mentions", "parse", "text"])
def test_any_number_of_jobs_prints_the_same_bytes(sitrep, command):
    stdin = documents(30 if CHECKED else 200) + "{broken\n" + documents(5)
    outputs = {(d.stdout, d.stderr.replace(b"note: ", b""), d.returncode)
               for d in (sitrep(command, "--jobs", jobs, "--quiet", "-", stdin=stdin) for jobs in (1, 2, 3, 8, 64))}
    assert len(outputs) == 1
    assert outputs.pop()[2] == 1


def test_input_in_pieces_reads_as_the_whole(sitrep):
    stdin = documents(5).encode()
    whole = sitrep("read", "--to", "jsonl", "-", stdin=stdin).stdout
    for size in (1, 7, 4096):
        reader = subprocess.Popen([PROGRAM, "read", "--to", "jsonl", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, cwd=ROOT, bufsize=0)
        for at in range(0, len(stdin), size):
            reader.stdin.write(stdin[at:at + size])
        reader.stdin.close()
        assert reader.stdout.read() == whole
        assert reader.wait() == 0


def test_csv_has_a_row_a_claim(sitrep):
    claims = records(sitrep("read", "--to", "jsonl", "-", stdin=documents()))
    done = sitrep("read", "--to", "csv", "-", stdin=documents())
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode(), newline="")))
    assert [r["id"] for r in rows] == [c["id"] for c in claims]
    documented = (ROOT / "docs" / "formats.md").read_text()
    for row, claim in zip(rows, claims):
        assert None not in row and None not in row.values()
        assert row["type"] == claim["type"] and row["evidence"] == claim["evidence"]["exact"]
        assert row["actors"] == "; ".join(a["text"] for a in claim["actors"] if a["role"] == "actor")
        assert row["place_lats"] == "; ".join("" if p["lat"] is None else repr(p["lat"]).removesuffix(".0") for p in claim["places"])
        assert row["killed_best"] == ("" if not claim["killed"] or claim["killed"]["best"] is None else str(claim["killed"]["best"]))
    for column in rows[0]:
        assert f"`{column}`" in documented, column


def test_notices_never_become_claims(sitrep, report):
    text = sitrep("text", report).stdout.decode()
    furniture = text.index("Share this article")
    assert all(c["evidence"]["end"] <= furniture for c in records(sitrep("read", "--to", "jsonl", report)))


# ---- for people --------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [80, 100, 120])
def test_tables_keep_their_width(sitrep, report, width):
    for command in ("read", "mentions"):
        done = sitrep(command, "--to", "table", "--width", width, report)
        lines = done.stdout.decode().splitlines()
        assert len(lines) > 20 and max(map(len, lines)) <= width
        assert b"\x1b" not in done.stdout


def on_terminal(*arguments, env=None, columns=100, keep_output=True):
    """What the program prints where its streams are a terminal; without keep_output only on stderr."""
    import fcntl, struct, termios
    pid, fd = pty.fork()
    if pid == 0:
        os.chdir(ROOT)
        if not keep_output:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.execve(PROGRAM, [str(PROGRAM), *map(str, arguments)],
                  {"TERM": "xterm", "PATH": os.environ["PATH"], **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")},
                   **(env or {})})
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    output = []
    while True:
        try:
            output.append(os.read(fd, 65536))
        except OSError:
            break
        if not output[-1]:
            break
    return b"".join(output).decode(), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def test_a_terminal_gets_a_coloured_table_unless_told_otherwise(report):
    output, status = on_terminal("read", report)
    assert status == 0 and "\x1b[1m" in output and "WHO" in output and "{" not in output
    for arguments, env in ((["--colour", "never"], {}), (["--color=never"], {}), ([], {"NO_COLOR": "1"}), ([], {"TERM": "dumb"})):
        output, status = on_terminal("read", *arguments, report, env=env)
        assert status == 0 and "\x1b[1m" not in output and "WHO" in output
    output, _ = on_terminal("read", report, env={"NO_COLOR": ""})
    assert "\x1b[1m" in output
    output, _ = on_terminal("read", "--to", "jsonl", report)
    assert output.startswith('{"schema"') and "\x1b" not in output


def test_a_terminal_as_input_is_not_waited_for():
    output, status = on_terminal("read")
    assert status == 2 and "nothing to read" in output


def test_colour_can_be_asked_for(sitrep, report):
    assert b"\x1b[1m" in sitrep("read", "--to", "table", "--colour", "always", report).stdout
    assert b"\x1b[1m" in sitrep("explain", "--colour", "always", report, env={"NO_COLOR": "1"}).stdout


def test_a_document_cannot_send_escapes_to_the_terminal(sitrep):
    evil = "Rebels \x1b[31mkilled\x1b]0;owned\x07 six\x9b31m people in \u202eoppelA\u202c.\n"
    for command in ("read", "mentions", "explain"):
        for layout in ([] if command == "explain" else ["--to", "table"]):
            done = sitrep(command, *(["--to", "table"] if layout else []), "--from", "text", "-", stdin=evil)
            output = done.stdout.decode()
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", output)


def test_explain_shows_every_stage(sitrep, report):
    output = sitrep("explain", report).stdout.decode()
    assert "Sentence 1" in output and "nsubj" in output and "  mentions\n" in output and "  claim " in output
    assert "notice: not read for claims" in output
    one = sitrep("explain", "--sentence", 4, report).stdout.decode()
    assert one.count("Sentence ") == 1 and "Sentence 4" in one


def test_progress_is_shown_on_a_terminal_only(sitrep, tmp_path):
    path = tmp_path / "docs.jsonl"
    path.write_text(documents(0) * (100 if CHECKED else 2500))
    assert sitrep("read", path).stderr == b""
    output, status = on_terminal("read", "--jobs", "1", path, keep_output=False)
    assert status == 0 and re.search(r"\d+ documents?, \d+.*?/s  \[[#.]{20}\] \d+ %  \d+ (s|min) left", output)
    output, _ = on_terminal("read", "--quiet", path, keep_output=False)
    assert "\r\x1b[K" not in output


# ---- outputs that go wrong ---------------------------------------------------------------------------


def test_a_reader_that_has_seen_enough_ends_it_quietly(tmp_path):
    path = tmp_path / "docs.jsonl"
    path.write_text(documents(0) * 400)
    reader = subprocess.Popen([PROGRAM, "read", "--to", "jsonl", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    reader.stdout.readline()
    reader.stdout.close()
    assert reader.stderr.read() == b"" and reader.wait(60) == 0


def test_a_full_disk_is_told(report):
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full")
    for arguments in (["read", "--to", "csv", report], ["text", report], ["read", "--help"]):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([PROGRAM, *arguments], stdout=full, stderr=subprocess.PIPE, cwd=ROOT)
        assert done.returncode == 1
        assert arguments[-1] == "--help" or b"No space left" in done.stderr


def test_closed_streams_are_survived(report):
    for closing in ((1,), (2,), (0,), (0, 1, 2)):
        done = subprocess.run([PROGRAM, "read", report], cwd=ROOT, preexec_fn=lambda: [os.close(n) for n in closing])
        assert done.returncode in (0, 1)


def test_an_interrupt_ends_it():
    reader = subprocess.Popen([PROGRAM, "read", "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, cwd=ROOT,
                              preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))  # jobs in the background ignore it
    time.sleep(0.3)
    reader.send_signal(signal.SIGINT)
    assert reader.wait(10) == -signal.SIGINT
