"""docs/codebook.md, followed to the letter: what it adds is added to a copy of the codebook, what it types is typed, in its order,
and what it shows must come out ("…" stands for anything)."""
import os
import re
import subprocess

from conftest import BUILD, ROOT

PAGE = ROOT / "docs" / "codebook.md"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.S | re.M)


def type_in(block, folder, line):
    """Runs each command behind "$ " and compares what it prints with the lines below it."""
    environment = {**os.environ, "PATH": f"{BUILD.resolve()}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}
    for typed in re.split(r"^\$ ", block, flags=re.M)[1:]:
        command, _, shown = typed.partition("\n")
        done = subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, text=True, env=environment, timeout=300)
        assert "Sanitizer" not in done.stderr, done.stderr
        expected = ".*".join(re.escape(part) for part in shown.rstrip().split("\u2026"))
        assert re.fullmatch(expected, done.stdout.rstrip(), re.S), f"{PAGE}:{line}: $ {command}\n{done.stdout}{done.stderr}"


def test_the_page_can_be_followed(tmp_path):
    (tmp_path / "codebooks").symlink_to(ROOT / "codebooks")
    text = PAGE.read_text()
    added = run = 0
    for block in BLOCK.finditer(text):
        language, content = block.groups()
        line = text.count("\n", 0, block.start()) + 1
        if language == "console":
            type_in(content, tmp_path, line)
            run += 1
            continue
        named = re.findall(r"`(my-codebook/[^`]+)`", text[:block.start()].rstrip().rsplit("\n\n", 1)[-1])
        assert named, f"{PAGE}:{line}: a block that names no file"
        path = tmp_path / named[-1]
        assert path.parent.is_dir(), path
        with open(path, "a") as f:
            f.write(content if content.startswith(" ") or not f.tell() else "\n" + content)
        added += 1
    assert added >= 8 and run >= 9


def test_the_page_names_every_file_and_property():
    text = PAGE.read_text()
    for path in (ROOT / "codebooks" / "conflict").glob("*.txt"):
        assert f"`{path.name}`" in text
    used = {k for p in (ROOT / "codebooks/conflict/types").glob("*.txt")
            for k in re.findall(r"^    (\w+)\s", p.read_text(), re.M)}
    assert all(f"`{k}`" in text for k in used), used
    flags = set(" ".join(re.findall(r"^    is\s+(.*)$", "\n".join(p.read_text() for p in (ROOT / "codebooks/conflict/types").glob("*.txt")),
                                    re.M)).split())
    assert all(f"`{f}`" in text for f in flags), flags
