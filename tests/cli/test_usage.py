"""Exit statuses, help, options, messages."""
import re

import pytest

COMMANDS = ["read", "mentions", "parse", "text", "explain"]


def test_version_and_help(sitrep):
    assert re.fullmatch(rb"sitrep \d+\.\d+\.\d+\n", sitrep("--version").stdout)
    for arguments in (["--help"], ["-h"], ["help"]):
        done = sitrep(*arguments)
        assert done.returncode == 0 and b"Exit status" in done.stdout and b"Examples" in done.stdout
        for command in [*COMMANDS, "codebook", "score", "watch", "gazetteer"]:
            assert command.encode() in done.stdout


@pytest.mark.parametrize("command", [*COMMANDS, "codebook", "score", "watch", "gazetteer"])
def test_every_command_has_help_with_examples(sitrep, command):
    done = sitrep(command, "--help")
    assert done.returncode == 0 and done.stderr == b""
    text = done.stdout.decode()
    assert text.startswith(f"Usage: sitrep {command}") and f"\nExamples\n  " in text
    assert done.stdout == sitrep("help", command).stdout
    assert max(map(len, text.splitlines())) <= 108


@pytest.mark.parametrize("arguments, words", [
    ([], "no command"),
    (["reed"], "no such command"),
    (["help", "reed"], "no such command"),
    (["read", "--nonsense"], "--nonsense"),
    (["read", "--to", "yaml", "x"], "jsonl, table, csv"),
    (["text", "--to", "csv", "x"], "csv"),
    (["read", "--from", "pptx", "x"], "pptx"),
    (["read", "--jobs", "0", "x"], "jobs"),
    (["read", "--jobs", "many", "x"], "jobs"),
    (["read", "--jobs"], "needs a value"),
    (["read", "-j"], "needs a value"),
    (["read", "--date", "yesterday", "x"], "yesterday"),
    (["read", "--date", "2019-13-01", "x"], "2019-13-01"),
    (["read", "--date", "2019-02-29", "x"], "2019-02-29"),
    (["read", "--date", "19-02-01", "x"], "19-02-01"),
    (["read", "--width", "wide", "x"], "wide"),
    (["read", "--colour", "red", "x"], "red"),
    (["codebook"], "check"),
    (["codebook", "make"], "check"),
    (["codebook", "check", "a", "b"], "one"),
    (["score"], "two"),
    (["score", "a", "b", "c"], "two"),
    (["score", "-", "-"], "once"),
    (["score", "--by", "colour", "a", "b"], "colour"),
    (["score", "--to", "xml", "a", "b"], "xml"),
    (["score", "--errors", "-1", "a", "b"], "errors"),
    (["score", "--resamples", "200000", "a", "b"], "resamples"),
    (["score", "--documents"], "needs a value"),
])
def test_wrong_usage_exits_with_2_and_names_the_fault(sitrep, arguments, words):
    done = sitrep(*arguments)
    assert done.returncode == 2 and done.stdout == b""
    assert words in done.stderr.decode() and "--help" in done.stderr.decode()


def test_a_document_that_fails_is_named_and_the_rest_is_read(sitrep, tmp_path):
    good = tmp_path / "good.txt"
    good.write_text("Rebels captured the town.\n")
    done = sitrep("text", tmp_path / "none.txt", good, tmp_path / "nor-this.txt")
    assert done.returncode == 1
    assert done.stdout == good.read_bytes()
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 2 and all(line.startswith("sitrep: ") for line in lines)
    assert "none.txt: cannot open: No such file" in lines[0] and "nor-this.txt" in lines[1]


def test_odd_file_names(sitrep, tmp_path):
    for name in (b"caf\xe9.txt", b"tab\tand\x1b[31m.txt", b" ", b"--to", "\u540d.txt".encode()):
        import os
        path = os.path.join(os.fsencode(tmp_path), name)
        with open(path, "wb") as f:
            f.write(b"Rebels shelled Aden.")
        done = sitrep("text", os.fsdecode(path))
        assert (done.returncode, done.stdout) == (0, b"Rebels shelled Aden.")
        sitrep("read", "--to", "jsonl", os.fsdecode(path)).stdout.decode()
        os.unlink(path)
        done = sitrep("text", "--", os.fsdecode(path))
        assert done.returncode == 1 and b"\x1b" not in done.stderr and done.stderr.count(b"\n") == 1


def test_data_that_is_not_there_is_named(sitrep, tmp_path, report):
    for arguments in (["--data", tmp_path], ["--model", tmp_path / "no.model"], ["--codebook", tmp_path / "none"],
                      ["--gazetteer", tmp_path / "no.bin"]):
        done = sitrep("read", *arguments, report)
        assert done.returncode == 1 and done.stdout == b"" and str(tmp_path).encode() in done.stderr, arguments


def test_damaged_model_and_gazetteer_are_refused(sitrep, tmp_path, report):
    damaged = tmp_path / "damaged"
    for content in (b"", b"x", b"sitrepM\0" + b"\xff" * 5000, b"\0" * 100000):
        damaged.write_bytes(content)
        for option in ("--model", "--gazetteer"):
            done = sitrep("read", option, damaged, report)
            assert done.returncode == 1 and b"damaged" in done.stderr, (option, content[:10])


def test_codebook_faults_name_file_and_line(sitrep, tmp_path):
    import shutil
    from conftest import ROOT
    mine = tmp_path / "mine"
    shutil.copytree(ROOT / "codebooks" / "conflict", mine)
    victim = sorted((mine / "types").glob("*.txt"))[0]
    victim.write_text(victim.read_text() + "\nbroken_type\n    no_such_keyword here\n")
    line = victim.read_text().count("\n")
    done = sitrep("codebook", "check", mine)
    assert done.returncode == 1
    assert re.search(rf"{re.escape(victim.name)}:({line}|{line - 1}):", done.stderr.decode()), done.stderr


def test_nothing_on_stdin_is_an_empty_document_or_none(sitrep):
    done = sitrep("text", "-")
    assert done.returncode in (0, 1) and done.stdout == b""
    assert sitrep("read", "--from", "jsonl", "-").returncode == 0


def test_quick_reads_without_the_encoder(sitrep, report, tmp_path):
    import shutil
    from conftest import ROOT
    full = sitrep("read", "--to", "jsonl", report)
    quick = sitrep("read", "--to", "jsonl", "--quick", report)
    assert full.returncode == quick.returncode == 0 and full.stdout and quick.stdout
    (tmp_path / "models").mkdir()
    (tmp_path / "codebooks").symlink_to(ROOT / "codebooks")
    for name in ("en.model", "claims-quick.model"):
        shutil.copy(ROOT / "models" / name, tmp_path / "models")
    alone = sitrep("read", "--to", "jsonl", "--data", tmp_path, "--gazetteer", ROOT / "build" / "gazetteer.bin", report)
    assert alone.returncode == 0 and alone.stdout == quick.stdout


def test_rules_alone_need_no_learned_weights(sitrep, report):
    judged = sitrep("read", "--to", "jsonl", report)
    ruled = sitrep("read", "--to", "jsonl", "--rules-alone", report)
    assert judged.returncode == ruled.returncode == 0
    assert ruled.stdout and ruled.stdout != judged.stdout
