"""What came out when somebody last looked at it, byte for byte but for the line numbers of rules, which change with every
line added to a codebook: `make golden` writes the expected files anew."""
import difflib
import re

import pytest

from conftest import BUILD, ROOT

GOLDEN = ROOT / "tests" / "golden"
INPUTS = sorted(p for p in GOLDEN.iterdir() if p.suffix in (".txt", ".html", ".jsonl") and p.name.count(".") == 1)
OUTPUTS = {
    "text": ["text"],
    "conllu": ["parse"],
    "mentions.jsonl": ["mentions", "--to", "jsonl"],
    "claims.jsonl": ["read", "--to", "jsonl"],
    "claims.csv": ["read", "--to", "csv"],
    "claims.table": ["read", "--to", "table", "--width", "100"],
    "explain": ["explain", "--width", "100"],
}

whole_gazetteer = pytest.mark.skipif((BUILD / "gazetteer.bin").exists() and (BUILD / "gazetteer.bin").stat().st_size < 10_000_000,
                                     reason="the gazetteer was built without its sources")


def without_lines(output):
    return re.sub(rb'\b([a-z]+(?:_[a-z]+)*)/\d+(?=[",]|  )', rb"\1/LINE", output)


@whole_gazetteer
@pytest.mark.parametrize("kind", OUTPUTS)
@pytest.mark.parametrize("path", INPUTS, ids=lambda p: p.name)
def test_output_is_as_it_was(sitrep, request, path, kind):
    done = sitrep(*OUTPUTS[kind], f"tests/golden/{path.name}", cwd=ROOT)
    assert done.returncode == 0 and done.stderr == b""
    output = without_lines(done.stdout)
    expected = GOLDEN / f"{path.name}.{kind}"
    if request.config.getoption("--update"):
        expected.write_bytes(output)
    was, now = expected.read_text().splitlines(), output.decode().splitlines()
    difference = "\n".join(difflib.unified_diff(was, now, str(expected), "now", lineterm="", n=1))
    assert expected.read_bytes() == output, f"{difference[:4000]}\n(if that is right: make golden)"


@whole_gazetteer
def test_the_readme_shows_what_comes_out(sitrep, request):
    """Each block that begins "<!-- output of: sitrep … -->"; a line of "…" stands for lines left out."""
    readme = ROOT / "README.md"
    text = readme.read_text()
    for block in re.finditer(r"<!-- output of: sitrep (.*?)(?: \| head -(\d+))? -->\n```\n(.*?)```\n", text, re.S):
        arguments, head, shown = block.groups()
        lines = sitrep(*arguments.split(), cwd=ROOT).stdout.decode().rstrip("\n").split("\n")
        if head:  # cut at the last blank line, so that what is shown is whole
            lines = lines[:int(head)]
            lines = lines[:len(lines) - lines[::-1].index("")] + ["…"]
        now = "\n".join(lines) + "\n"
        if request.config.getoption("--update"):
            text = text.replace(block[0], block[0].replace(shown, now))
            readme.write_text(text)
        else:
            assert shown == now, f"README.md shows other output of sitrep {arguments} (make golden writes it anew)"
