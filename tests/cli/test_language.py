"""What is not in English is passed over with a note, and English never is."""
import json

ENGLISH = "Rebels killed six people in Aden on Monday, the governor said. The army shelled the port."
RUSSIAN = "Шесть человек погибли при обстреле рынка в понедельник, сообщил губернатор области."


def test_documents_of_other_languages_are_noted(sitrep, tmp_path):
    (tmp_path / "a.txt").write_text(RUSSIAN)
    (tmp_path / "b.txt").write_text(ENGLISH)
    for command in ("read", "mentions", "parse", "explain"):
        done = sitrep(command, tmp_path)
        assert done.returncode == 0
        assert "note: " in done.stderr.decode() and "a.txt: passed over: in Russian" in done.stderr.decode()
        assert done.stdout
        assert sitrep(command, "--quiet", tmp_path).stderr == b""
    claims = [json.loads(line) for line in sitrep("read", "--to", "jsonl", tmp_path).stdout.splitlines()]
    assert {c["document"]["language"] for c in claims} == {"en"}


def test_text_prints_any_language(sitrep):
    done = sitrep("text", "-", stdin=RUSSIAN)
    assert done.stdout.decode().strip() == RUSSIAN and done.stderr == b"" and done.returncode == 0


def test_other_languages_can_be_read_all_the_same(sitrep):
    for option in (["--any-language"], ["--language", "en"]):
        done = sitrep("parse", *option, "-", stdin="Les rebelles ont attaqué un poste de l'armée dans la nuit de lundi.")
        assert done.returncode == 0 and b"rebelles" in done.stdout and done.stderr == b""


def test_mixed_documents_keep_their_offsets(sitrep):
    text = RUSSIAN + "\n\n" + ENGLISH + "\n\n" + RUSSIAN + "\n\n" + ENGLISH
    claims = [json.loads(line) for line in sitrep("read", "--to", "jsonl", "-", stdin=text).stdout.splitlines()]
    assert claims
    for c in claims:
        assert text[c["trigger"]["start"]:c["trigger"]["end"]] == c["trigger"]["text"]
        assert c["evidence"]["exact"] in ENGLISH
