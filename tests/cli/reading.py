"""What the program makes of a text, for tests of single sentences. All of them are told on 19 June 2024."""
import json


def run(sitrep, command, text, *options):
    done = sitrep(command, "--quiet", "--to", "jsonl", "--date", "2024-06-19", *options, "-", stdin=text)
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.splitlines()]


def claims_of(sitrep, text, *options):
    return run(sitrep, "read", text, *options)


def mentions_of(sitrep, text):
    return run(sitrep, "mentions", text)


def parties_of(claims):
    return [a["text"] for c in claims for a in c["actors"]]
